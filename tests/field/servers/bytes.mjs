// A server of files that sends a text as bytes.
import { serve, tool } from "./mini.mjs";

const resource = { uri: "file:///greeting.txt", mimeType: "text/plain", blob: Buffer.from("grüße 👍").toString("base64") };

serve({
  "tools/list": () => ({ tools: [tool("get_file")] }),
  "tools/call": () => ({ content: [{ type: "resource", resource }] }),
});
