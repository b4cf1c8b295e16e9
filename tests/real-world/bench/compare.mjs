// Schemas to declarations, by codemode-cli and by npm's json-schema-to-typescript, on the same files, as whole processes.
//
//     npm ci --prefix tests/mcp-servers
//     cargo build --release -p codemode-cli --no-default-features --features cli
//     cargo run --release -p codemode-real-world --example bench-inputs -- target/bench-inputs
//     node tests/real-world/bench/compare.mjs target/release/codemode-cli target/bench-inputs
//
// Other files in that folder are measured as well. A file is an MCP `tools/list` result. json-schema-to-typescript takes one schema at a time; a script beside this one
// gives it each of the file's schemas in turn, in one process, which is kinder to it than its own command line.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const [codemode, inputs] = process.argv.slice(2);
const runs = 5;

/** The median of the wall time of whole processes, in milliseconds; `undefined` if it can't be done. */
function median(program, args) {
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(program, args, { stdio: ["ignore", "ignore", "pipe"], timeout: 600_000 });
    const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
    if (status !== 0) {
      console.error(`${program} ${args.join(" ")}: ${stderr}`);
      return undefined;
    }
    times.push(elapsed);
    // What takes minutes is measured once.
    if (elapsed > 60_000) break;
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

const ms = (time) => (time === undefined ? "failed" : `${time.toFixed(1)} ms`).padStart(14);
console.log(`${"input".padEnd(16)}${"codemode-cli".padStart(14)}${"json2ts".padStart(14)}${"ratio".padStart(10)}`);
for (const name of readdirSync(inputs).filter((name) => name.endsWith(".json"))) {
  const file = join(inputs, name);
  const ours = median(codemode, ["emit-dts", "--mcp-tools", file]);
  const theirs = median(process.execPath, [join(import.meta.dirname, "json2ts.mjs"), file]);
  const ratio = ours && theirs ? `${(theirs / ours).toFixed(0)}×` : "";
  console.log(`${name.padEnd(16)}${ms(ours)}${ms(theirs)}${ratio.padStart(10)}`);
}
