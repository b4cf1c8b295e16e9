// A server that writes its number down and heeds neither the end of its input nor a signal.
import { appendFileSync } from "node:fs";
import { serve, text, tool } from "./mini.mjs";

appendFileSync(process.env.NUMBERS, `${process.pid}\n`);
for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"]) process.on(signal, () => {});
setInterval(() => {}, 1000);
serve({ "tools/list": () => ({ tools: [tool("one")] }), "tools/call": () => text("one") });
process.stdin.removeAllListeners("end");
