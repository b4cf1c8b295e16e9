// What else a program writes to its standard output: banners, logs, colours. The last tool tells what the client said to that.
import { SILENT, raw, send, serve, text, tool } from "./mini.mjs";

const [mode] = process.argv.slice(2);
const noises = {
  banner: "Server running on stdio\n\n\u001b[32mready\u001b[0m\r\n[info] {not json}\n",
  logs: '{"level":30,"time":1893456000000,"msg":"started"}\n"a text"\n42\nnull\n[]\n{}\n{"jsonrpc":"2.0"}\n{"id":5,"msg":"order"}\n',
  object: "{\n  level: 'info',\n  message: 'started'\n}\n",
  mark: "\ufeff",
  open: "{\n",
};
const answers = [];
raw(noises[mode]);
serve({
  response: (message) => answers.push(message),
  "tools/list": () => {
    raw(noises[mode]);
    return { tools: [tool("one"), tool("told")] };
  },
  "tools/call": ({ name }, { id }) => {
    raw(noises[mode]);
    if (name === "told") return text(JSON.stringify(answers));
    send({ id, result: text(mode) });
    send({ id, result: text("again") });
    raw("bye, without an end of the line");
    return SILENT;
  },
});
