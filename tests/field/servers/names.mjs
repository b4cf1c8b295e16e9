// Has tools of the names in its arguments, each of which answers with its own name.
import { serve, text, tool } from "./mini.mjs";

serve({
  "tools/list": () => ({ tools: process.argv.slice(2).map((name) => tool(name)) }),
  "tools/call": ({ name }) => text(name),
});
