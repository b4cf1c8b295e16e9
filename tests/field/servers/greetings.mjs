// Greetings that are odd in one place. Each mode is another one.
import { greeting, serve, text, tool } from "./mini.mjs";

const [mode] = process.argv.slice(2);
const odd = {
  old: { protocolVersion: "2024-10-07" },
  odd: { protocolVersion: "1.0" },
  future: { protocolVersion: "2099-01-01" },
  number: { protocolVersion: 2 },
  missing: { protocolVersion: undefined },
  noCapabilities: { capabilities: undefined },
  listOfCapabilities: { capabilities: [] },
  flag: { capabilities: { tools: true } },
  nulls: { capabilities: { tools: { listChanged: null }, logging: null }, instructions: null },
  experimental: { capabilities: { tools: {}, experimental: { x: true } } },
  noVersion: { serverInfo: { name: "no version" } },
  noServer: { serverInfo: undefined },
  textServer: { serverInfo: "me" },
  meta: { _meta: [] },
  instructions: { instructions: ["do", "this"] },
};
const refusals = {
  refusesInWords: { code: -32602, message: "Unsupported protocol version: 2025-11-25. Supported: 2024-11-05" },
  refusesInData: { code: -32602, message: "Unsupported protocol version", data: { supported: ["2024-11-05", "2025-03-26"], requested: "2025-11-25" } },
};
serve({
  initialize: (parameters) => {
    const speaks = ["2024-11-05", "2025-03-26"].includes(parameters.protocolVersion);
    if (refusals[mode] && !speaks) throw refusals[mode];
    if (mode === "closed") throw { code: -32000, message: "The licence has expired." };
    if (mode === "nothing") return null;
    return greeting(parameters, odd[mode]);
  },
  "tools/list": () => ({ tools: [tool("one")] }),
  "tools/call": () => text(mode),
});
