// What a server says and asks by itself: before the session, while it lists, and instead of an answer.
import { SILENT, greeting, pause, send, serve, text, tool } from "./mini.mjs";

const replies = {};
const waiting = {};
let lists = 0;
const ask = (method) => new Promise((done) => {
  waiting[method] = done;
  send({ id: method, method, params: {} });
});
serve({
  response: ({ id, result, error }) => {
    replies[id] = error ? error.code : result;
    waiting[id]?.();
  },
  initialize: async (parameters) => {
    send({ method: "notifications/message", params: { level: "chatty", data: "hello" } });
    await ask("ping");
    await ask("roots/list");
    await ask("sampling/createMessage");
    return greeting(parameters);
  },
  "tools/list": () => {
    lists += 1;
    send({ method: "notifications/tools/list_changed" });
    return { tools: [tool("cancelled"), tool("replies"), tool("lists"), tool("progress")] };
  },
  "tools/call": async ({ name, _meta }, { id }) => {
    if (name === "cancelled") {
      send({ method: "notifications/cancelled", params: { requestId: id, reason: "the budget is spent" } });
      return SILENT;
    }
    if (name === "progress") {
      send({ method: "notifications/progress", params: { progressToken: String(_meta?.progressToken), progress: "1", total: null, message: "half way" } });
      send({ method: "notifications/progress", params: null });
      send({ method: "notifications/of-our-own", params: { a: 1 } });
      await pause(50);
      return text("done");
    }
    if (name === "replies") {
      await ask("elicitation/create");
      return text(JSON.stringify(replies));
    }
    return text(String(lists));
  },
});
