// What servers say in HTTP instead of an answer. Each path is another server.
import { appendFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { reply, result, serve, text, tool } from "./mini-http.mjs";

const [log] = process.argv.slice(2);
let sessions = 0;
const calls = {};
const alive = {};
const paused = new Set();

const answer = (words) => JSON.stringify({ jsonrpc: "2.0", id: 3, result: text(words) });

const refusals = {
  "/401": [401, { error: "invalid_token", error_description: "The access token has expired." }, { "www-authenticate": "Bearer" }],
  "/403": [403, { error: { message: "insufficient_scope: issues.write" } }],
  "/429": [429, { error: "slow down" }, { "retry-after": "60" }],
  "/429-silent": [429, ""],
  "/500": [500, { message: "the database is gone" }],
  "/503": [503, "<html><head><title>Maintenance</title></head></html>", { "content-type": "text/html", "retry-after": "1" }],
  "/html": [200, "<html><head><title>Sign in to the proxy</title></head></html>", { "content-type": "text/html" }],
  "/empty": [200, "", { "content-type": "application/json" }],
  "/taken": [202, ""],
  "/invalid": [400, { jsonrpc: "2.0", id: null, error: { code: -32602, message: "Bad Request: no such argument" } }],
  "/302": [302, "", { location: "https://elsewhere.example/mcp?key=1" }],
  "/nan": [200, '{"jsonrpc":"2.0","id":ID,"result":{"n":NaN}}'],
  "/cut": [200, '{"jsonrpc":"2.0","id":ID,"result":{"content":['],
  "/latin": [200, Buffer.from(answer("grüße"), "latin1"), { "content-type": "application/json; charset=iso-8859-1" }],
  "/wide": [200, Buffer.from(answer("wide"), "utf16le"), { "content-type": 'application/json; charset="UTF-16LE"' }],
  "/squeezed": [200, gzipSync(answer("squeezed")), { "content-encoding": "gzip" }],
  "/squeezedEvents": [200, gzipSync(`data: ${answer("squeezed")}\n\n`), { "content-encoding": "gzip", "content-type": "text/event-stream" }],
  "/stranger": [200, { jsonrpc: "2.0", id: "somebody else's", result: {} }],
};

serve({
  post: (message, request, response) => {
    const path = request.url;
    if (log) appendFileSync(log, `${path} ${message.method}\n`);
    const of = (closed) => refusals[closed];
    const closed = path.startsWith("/closed") ? of(path.slice("/closed".length)) : message.method === "tools/call" && of(path);
    if (closed) {
      const [status, body, headers] = closed;
      const written = typeof body === "string" ? body.replace("ID", message.id) : body;
      if (Buffer.isBuffer(body)) return response.writeHead(status, headers).end(body), true;
      return reply(response, status, written, headers), true;
    }
    if (path === "/patient" && message.method === "tools/call" && !paused.has(path)) {
      paused.add(path);
      return reply(response, 429, "", { "retry-after": "1" }), true;
    }
    if (path === "/moved") return response.writeHead(307, { location: "/here" }).end(), true;
    if (path === "/headers" && message.method === "tools/call") {
      const { accept, "content-type": type, "x-team": team, "user-agent": agent } = request.headers;
      return result(response, message, text(JSON.stringify([accept, type, team, agent]))), true;
    }
    if (path === "/events" && message.method === "tools/call") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": hello\r\n\r\nevent: message\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":\"s\"}\r\n\r\n");
      response.write(Buffer.from(`data: {"jsonrpc":"2.0","id":"${message.id}",\ndata: "result":{"content":[{"type":"text","text":"gr\u00fcn \\ud83d"}]}}\n\n`, "latin1"));
      return response.end(), true;
    }
    if (path === "/broken-off" && message.method === "tools/call") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": hello\n\n");
      setTimeout(() => response.destroy(), 100);
      return true;
    }
    if (message.method === "initialize") {
      const id = `session-${(sessions += 1)}`;
      (alive[path] ??= new Set()).add(id);
      const greeting = { protocolVersion: message.params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "s", version: "1" } };
      return result(response, message, greeting, path.startsWith("/session") ? { "mcp-session-id": id } : {}), true;
    }
    if (!path.startsWith("/session")) return false;
    if (message.method === "tools/call" && (calls[path] = (calls[path] ?? 0) + 1) % 3 === 0) alive[path].clear();
    if (path === "/session-never" && message.method === "tools/call") alive[path].clear();
    if (alive[path].has(request.headers["mcp-session-id"])) return false;
    const words = "Bad Request: No valid session ID provided";
    if (path !== "/session-404") reply(response, 400, { jsonrpc: "2.0", id: null, error: { code: -32000, message: words } });
    else reply(response, 404, "");
    return true;
  },
  handlers: { "tools/list": () => ({ tools: [tool("one")] }), "tools/call": () => text("one") },
});
