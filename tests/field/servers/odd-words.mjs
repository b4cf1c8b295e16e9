// Tools whose results are a text, an object and anything; descriptions and names with what a terminal would obey.
import { serve, text, tool } from "./mini.mjs";

const odd = "\u001b[31mred\u0007 \u009b31m \u202eright\u2066 \u200bnothing";
const rows = {
  type: "object",
  properties: { rows: { type: "array", items: { type: "number" } } },
  required: ["rows"],
};

serve({
  "tools/list": () => ({
    tools: [
      tool("echo", {
        inputSchema: {
          type: "object",
          properties: { text: { type: "string" }, limit: { type: "integer" }, data: {} },
          required: ["text"],
        },
      }),
      tool("as_object", { outputSchema: rows }),
      tool("as_text"),
      tool("evil", {
        description: odd,
        inputSchema: {
          type: "object",
          properties: { [odd]: { type: "string", description: odd }, which: { enum: [odd, "plain"] } },
        },
      }),
    ],
  }),
  "tools/call": ({ name, arguments: input }) => {
    if (name === "as_object") return { content: [], structuredContent: { rows: [1, 2] } };
    if (name === "as_text") return text(JSON.stringify({ rows: [1, 2] }));
    if (name === "evil") return text(String(input.which === odd && odd in input));
    return text(JSON.stringify(input));
  },
});
