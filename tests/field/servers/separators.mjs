// Texts with what other languages take for the end of a line, in results, names, descriptions and schemas.
import { serve, text, tool } from "./mini.mjs";

const odd = "one\u2028two\u2029three\u0085four\vfive\fsix\0seven";

serve({
  "tools/list": () => ({
    tools: [
      tool("say", { description: odd }),
      tool("choose", {
        description: "Takes what looks like two lines.",
        inputSchema: { type: "object", properties: { which: { enum: [odd, "plain"] } }, required: ["which"] },
      }),
    ],
  }),
  "tools/call": ({ name, arguments: input }) => text(name === "say" ? odd : String(input.which === odd)),
});
