// What the servers over streamable HTTP have in common. They print their port when they listen.
import { createServer } from "node:http";

export { text, tool } from "./mini.mjs";

/** Answers with JSON. */
export const reply = (response, status, body, headers = {}) => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};

/** Answers a message with a result. */
export const result = (response, { id }, value, headers) => reply(response, 200, { jsonrpc: "2.0", id, result: value }, headers);

/**
 * Serves on a free port of loopback. `post(message, request, response)` sees each message first and returns true if it
 * has answered. `handlers` has a function for each method, which gets the parameters and returns the result.
 */
export function serve({ post, get, handlers }) {
  const all = {
    initialize: ({ protocolVersion }) => ({
      protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: "mini-http", version: "1" },
    }),
    ping: () => ({}),
    ...handlers,
  };
  const server = createServer(async (request, response) => {
    if (request.method === "GET" && get) return get(request, response);
    if (request.method !== "POST") return reply(response, 405, {});
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const message = JSON.parse(body);
    if (await post?.(message, request, response)) return;
    if (message.id === undefined) return response.writeHead(202).end();
    const handler = all[message.method];
    if (handler) return result(response, message, await handler(message.params ?? {}));
    reply(response, 200, { jsonrpc: "2.0", id: message.id, error: { code: -32601, message: `no method ${message.method}` } });
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
}
