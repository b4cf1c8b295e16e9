// Each tool answers with the result that stands under its name in the only argument, which is JSON.
import { serve, tool } from "./mini.mjs";

const results = JSON.parse(process.argv[2]);
const described = { outputSchema: { type: "object", properties: { id: { type: "number" } }, required: ["id"] } };

serve({
  "tools/list": () => ({ tools: Object.keys(results).map((name) => tool(name, name.startsWith("described") ? described : {})) }),
  "tools/call": ({ name }) => results[name],
});
