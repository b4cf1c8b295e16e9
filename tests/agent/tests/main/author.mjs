// What a program that asks a model says, for two tasks and without a model.
import { createInterface } from "node:readline";

let request;
for await (const line of createInterface({ input: process.stdin })) {
  const heard = JSON.parse(line);
  const say = (turn) => console.log(JSON.stringify(turn));
  if (heard.request !== undefined) {
    request = heard.request;
    const script = 'return await everything.echo({ message: "ping" });';
    say({ tool: "run", arguments: { script } });
  } else {
    say({ done: request.includes("`ping`") ? heard.text : "I don't know." });
  }
}
