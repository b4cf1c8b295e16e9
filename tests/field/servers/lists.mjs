// Lists of tools: with entries that are odd, and with pages that don't end. Each mode is another one.
import { SILENT, raw, serve, text, tool } from "./mini.mjs";

const [mode] = process.argv.slice(2);
const object = { type: "object" };
const entries = [
  tool("good_one"),
  null,
  "text",
  { name: "no_schema" },
  { name: "null_schema", inputSchema: null },
  { name: "text_schema", inputSchema: '{"type":"object"}' },
  { name: "list_schema", inputSchema: [] },
  { name: "python_schema", input_schema: object },
  { name: 7, inputSchema: object },
  { inputSchema: object },
  tool("description_list", { description: ["one", "two"] }),
  tool("title_object", { title: {} }),
  tool("icons_text", { icons: "https://icons.example/i.png" }),
  tool("icon_sizes", { icons: [{ src: "https://icons.example/i.png", sizes: "48x48" }] }),
  tool("hints_text", { annotations: { readOnlyHint: "true" } }),
  tool("hints_list", { annotations: ["readOnly"] }),
  tool("output_true", { outputSchema: true }),
  tool("output_list", { outputSchema: [] }),
  tool("meta_list", { _meta: [] }),
  tool("good_two"),
];
let asked = 0;
const pages = {
  entries: () => ({ tools: entries }),
  bare: () => [tool("one")],
  none: () => ({}),
  text: () => "tools",
  same: () => ({ tools: [tool("one"), tool("two")], nextCursor: "1" }),
  empty: (cursor) => ({ tools: [tool(cursor ? "two" : "one")], nextCursor: cursor ? "" : "2" }),
  circle: (cursor) => ({ tools: [tool(cursor === "b" ? "two" : "one")], nextCursor: cursor === "b" ? "a" : "b" }),
  twice: (cursor) => ({ tools: [tool("one"), tool("two")], ...(cursor ? {} : { nextCursor: "2" }) }),
  counting: () => ({ tools: [tool("one")], nextCursor: `${asked}` }),
  numbered: (cursor) => ({ tools: [tool(cursor === undefined ? "one" : "two")], nextCursor: cursor === undefined ? 2 : null }),
  later: (cursor) => {
    if (cursor) throw { code: -32603, message: "the second page is lost" };
    return { tools: [tool("one")], nextCursor: "2" };
  },
};
const unbounded = (number) => `{"type":"object","properties":{"n":{"type":"number","minimum":0,"maximum":${number}}}}`;
serve({
  "tools/list": ({ cursor }, { id }) => {
    asked += 1;
    if (mode.startsWith("number-")) {
      const odd = `{"name":"odd","inputSchema":${unbounded(mode.slice("number-".length))}}`;
      raw(`{"jsonrpc":"2.0","id":${id},"result":{"tools":[${odd},{"name":"one","inputSchema":{"type":"object"}}]}}\n`);
      return SILENT;
    }
    return pages[mode](cursor);
  },
  "tools/call": ({ name }) => text(name === "asked" ? String(asked) : `${mode} ${name} ${asked}`),
});
