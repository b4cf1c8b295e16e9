// Serves the list of tools in a file, as it is. A call gives back the tool's name and what it was given; with `structured` in
// the input, that as structured content.
import { readFileSync } from "node:fs";
import { serve } from "./mini.mjs";

const listed = JSON.parse(readFileSync(process.argv[2], "utf8"));

serve({
  "tools/list": () => listed,
  "tools/call": ({ name, arguments: input }) => ({
    content: [{ type: "text", text: JSON.stringify({ name, input }) }],
    ...(input?.structured === undefined ? {} : { structuredContent: input.structured }),
  }),
});
