// Tells the headers of the last request.
import { serve, text, tool } from "./mini-http.mjs";

let seen = {};
serve({
  post: (message, request) => {
    seen = request.headers;
  },
  handlers: {
    "tools/list": () => ({ tools: [tool("list_issues", { description: "Lists issues." }), tool("get_context")] }),
    "tools/call": () => text(JSON.stringify(seen)),
  },
});
