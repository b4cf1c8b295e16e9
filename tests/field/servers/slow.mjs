// Servers that start slowly or never.
import { SILENT, greeting, pause, serve, text, tool } from "./mini.mjs";

const [mode, milliseconds] = process.argv.slice(2);
serve({
  initialize: async (parameters) => {
    if (mode === "hung") return SILENT;
    if (mode === "slow") await pause(Number(milliseconds));
    return greeting(parameters);
  },
  "tools/list": () => (mode === "listless" ? SILENT : { tools: [tool("one")] }),
  "tools/call": () => text(mode),
});
