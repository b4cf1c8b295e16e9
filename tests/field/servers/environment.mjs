// Tells what it was started with, and has words in its tools that are also in its settings.
import { serve, text, tool } from "./mini.mjs";

serve({
  "tools/list": () => ({
    tools: [
      tool("started", { description: "Tells the arguments and the environment." }),
      tool("list_issues", { description: "Lists the issues of a repository, also those of the context and of the master branch." }),
      tool("fail"),
      tool("refuse"),
    ],
  }),
  "tools/call": ({ name }) => {
    const told = text(JSON.stringify({ arguments: process.argv.slice(2), environment: process.env, limit: 100000, folder: process.cwd() }));
    if (name === "refuse") throw { code: -32000, message: told.content[0].text };
    return name === "fail" ? { ...told, isError: true } : told;
  },
});
