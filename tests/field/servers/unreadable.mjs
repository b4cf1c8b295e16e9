// Answers that are no JSON by the letter, or no answers by the protocol. Each tool gives another one.
import { SILENT, pause, raw, send, serve, text, tool } from "./mini.mjs";

const MIB = 1024 * 1024;
const content = '"content":[{"type":"text","text":"t"}]';
const structured = (value) => `{${content},"structuredContent":{"n":${value}}}`;
const results = {
  surrogate: String.raw`{"content":[{"type":"text","text":"half: \ud83d, whole: \ud83d\ude00"}]}`,
  control: '{"content":[{"type":"text","text":"raw \u0001 and \t"}]}',
  newline: '{"content":[{"type":"text","text":"one\ntwo"}]}',
  path: String.raw`{"content":[{"type":"text","text":"C:\Users\me"}]}`,
  comma: `{${content},}`,
  nan: structured("NaN"),
  infinite: structured("1e999"),
  deep: structured(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`),
  abyss: structured(`${"[".repeat(5000)}${"]".repeat(5000)}`),
  quotes: '{"content":[{"type":"text","text":"a "quoted" word"}]}',
  cut: '{"content":[{"type":"text","text":"no end',
};
const line = (id, result) => `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`;
const errors = {
  codeless: { message: "no code" },
  textCode: { code: "-32000", message: "a text as code" },
  textError: "the error is a text",
  objectMessage: { code: 1, message: { reason: "deep" } },
};
const written = {
  latin: (id) => Buffer.from(`${line(id, '{"content":[{"type":"text","text":"gr\u00fc\u00dfe"}]}')}\n`, "latin1"),
  numberBehind: (id) => `{"jsonrpc":"2.0","result":${structured("NaN")},"id":${id}}\n`,
  large: (id) => `${line(id, JSON.stringify(text("x".repeat(17 * MIB))))}\n`,
  largeBehind: (id) => `{"result":${JSON.stringify(text("x".repeat(17 * MIB)))},"id":${id},"jsonrpc":"2.0"}\n`,
  pretty: (id) => `${JSON.stringify({ jsonrpc: "2.0", id, result: text("pretty") }, null, 2)}\n`,
  textNumber: (id) => `{"jsonrpc":"2.0","id":"${id}","result":${JSON.stringify(text("text number"))}}\n`,
  fraction: (id) => `{"jsonrpc":"2.0","id":${id}.0,"result":${JSON.stringify(text("fraction"))}}\n`,
  versionless: (id) => `{"id":${id},"result":${JSON.stringify(text("versionless"))}}\n`,
  echo: (id) => `${JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: {}, result: text("echo") })}\n`,
  nullError: (id) => `${JSON.stringify({ jsonrpc: "2.0", id, result: text("null error"), error: null })}\n`,
  nullResult: (id) => `${JSON.stringify({ jsonrpc: "2.0", id, result: null, error: { code: 1, message: "null result" } })}\n`,
  neither: (id) => `${JSON.stringify({ jsonrpc: "2.0", id })}\n`,
  batch: (id) => `${JSON.stringify([{ jsonrpc: "2.0", id: 987654, result: {} }, { jsonrpc: "2.0", id, result: text("batch") }])}\n`,
  glued: (id) => `${line(4321, "{}")}${line(id, JSON.stringify(text("glued")))}\n`,
  endless: (id) => line(id, JSON.stringify(text("endless"))),
  prettyEndless: (id) => JSON.stringify({ jsonrpc: "2.0", id, result: text("pretty endless") }, null, 2),
  halves: async (id) => {
    const whole = line(id, JSON.stringify(text("halves")));
    raw(whole.slice(0, -1));
    await pause(600);
    return whole.slice(-1);
  },
  prompted: (id) => `\u001b[32m> \u001b[0m${line(id, JSON.stringify(text("prompted")))}\n`,
  nobody: () => `${JSON.stringify({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "Parse error" } })}\n`,
};
const names = [...Object.keys(results), ...Object.keys(errors), ...Object.keys(written), "fine"];

serve({
  "tools/list": () => ({ tools: names.map((name) => tool(name)) }),
  "tools/call": async ({ name }, { id }) => {
    if (name === "fine") return text("fine");
    if (errors[name]) send({ id, error: errors[name] });
    else raw(results[name] ? `${line(id, results[name])}\n` : await written[name](id));
    return SILENT;
  },
});
