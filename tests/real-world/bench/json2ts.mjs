// The schemas of an MCP `tools/list` result, each through json-schema-to-typescript.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { compile } = createRequire(import.meta.dirname + "/../../mcp-servers/")("json-schema-to-typescript");

const { tools } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const { name, inputSchema, outputSchema } of tools) {
  for (const [schema, suffix] of [[inputSchema, "Input"], [outputSchema, "Output"]]) {
    if (schema) process.stdout.write(await compile(schema, name + suffix, { bannerComment: "" }));
  }
}
