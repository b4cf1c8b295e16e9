// A server that writes its number down and heeds neither the end of its input nor a signal. With `NO_LIST` it is never done
// with listing its tools.
import { appendFileSync } from "node:fs";
import { SILENT, serve, text, tool } from "./mini.mjs";

appendFileSync(process.env.NUMBERS, `${process.pid}\n`);
for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"]) process.on(signal, () => {});
setInterval(() => {}, 1000);
serve({
  "tools/list": () => {
    appendFileSync(process.env.ASKED, "listed\n");
    return process.env.NO_LIST ? SILENT : { tools: [tool("one")] };
  },
  "tools/call": () => text("one"),
});
process.stdin.removeAllListeners("end");
