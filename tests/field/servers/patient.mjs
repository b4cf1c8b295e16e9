// Tools that take their time, fail, and hand back what they are given.
import { pause, serve, text, tool } from "./mini.mjs";

const takes = (properties) => ({ inputSchema: { type: "object", properties, required: Object.keys(properties) } });

serve({
  "tools/list": () => ({
    tools: [
      tool("slow", takes({ milliseconds: { type: "number" } })),
      tool("fail", takes({ why: { type: "string" } })),
      tool("echo", takes({ value: {} })),
    ],
  }),
  "tools/call": async ({ name, arguments: input }) => {
    if (name === "fail") return { ...text(input.why), isError: true };
    if (name === "slow") await pause(input.milliseconds);
    return text(name === "slow" ? "slept" : JSON.stringify(input.value));
  },
});
