// A server that tells what it has of the environment.
import { serve, text, tool } from "./mini.mjs";

serve({
  "tools/list": () => ({ tools: [tool("names"), tool("all")] }),
  "tools/call": ({ name }) => text(name === "names" ? JSON.stringify(Object.keys(process.env)) : JSON.stringify(process.env)),
});
