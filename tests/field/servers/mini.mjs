// What the servers over stdio have in common: lines of JSON in and out, and the answers that none of them gets wrong.

/** Writes bytes or a text as they are. */
export const raw = (bytes) => process.stdout.write(bytes);
/** Writes one message as a line. */
export const send = (message) => raw(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
/** A result that is a text. */
export const text = (text) => ({ content: [{ type: "text", text }] });
/** A tool that takes nothing, with more fields. */
export const tool = (name, more = {}) => ({ name, inputSchema: { type: "object", properties: {} }, ...more });
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** What a handler returns if it has answered by itself, or never will. */
export const SILENT = Symbol("silent");

/** The answer to `initialize`, with more fields. */
export const greeting = ({ protocolVersion }, more = {}) => ({
  protocolVersion,
  capabilities: { tools: { listChanged: true } },
  serverInfo: { name: "mini", version: "1" },
  ...more,
});

/**
 * Serves. `handlers` has a function for each method, which gets the parameters and the message and returns the result;
 * what it throws is sent as an error. `handlers.response` gets answers to the server's own requests.
 */
export function serve(handlers) {
  const all = { initialize: greeting, ping: () => ({}), ...handlers };
  const handle = async (message) => {
    const { id, method, params } = message;
    if (method === undefined) return handlers.response?.(message);
    if (id === undefined) return handlers[method]?.(params, message);
    try {
      if (!all[method]) throw { code: -32601, message: `no method ${method}` };
      const result = await all[method](params ?? {}, message);
      if (result !== SILENT) send({ id, result });
    } catch ({ code = -32603, message, data }) {
      send({ id, error: { code, message, data } });
    }
  };
  // Not `readline`, which ends lines at U+2028 as well.
  let rest = "";
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    for (const line of lines) if (line.trim() !== "") handle(JSON.parse(line));
  });
  process.stdin.on("end", () => process.exit(0));
}
