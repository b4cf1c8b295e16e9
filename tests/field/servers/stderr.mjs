// What servers write to their standard error, as they answer. Each mode is another one.
import { writeSync } from "node:fs";
import { serve, text, tool } from "./mini.mjs";

const [mode] = process.argv.slice(2);
const say = (bytes) => {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(2, bytes, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
};
if (mode === "latin") say(Buffer.from("configuration of M\u00fcller\n", "latin1"));
serve({
  "tools/list": () => ({ tools: [tool("one")] }),
  "tools/call": () => {
    if (mode === "latin") for (let i = 0; i < 50; i++) say(Buffer.from(`line ${i} ${"x".repeat(2000)}\n`));
    if (mode === "bar") for (let i = 0; i < 100; i++) say(Buffer.from(`\rdownloading ${i} % ${"#".repeat(100_000)}`));
    if (mode === "endless") for (let i = 0; i < 64; i++) say(Buffer.alloc(1024 * 1024, "z"));
    return text(mode);
  },
});
