//! Names that other places have where code runs, and what a script does instead.

/// What a name stands for that isn't there.
pub(super) struct Absent {
    pub(super) names: &'static [&'static str],
    /// What there is instead, as sentences.
    pub(super) instead: &'static str,
    /// Whether a tool may do it.
    pub(super) by_tools: bool,
}

const fn absent(names: &'static [&'static str], instead: &'static str) -> Absent {
    Absent {
        names,
        instead,
        by_tools: false,
    }
}

const fn by_tools(names: &'static [&'static str], instead: &'static str) -> Absent {
    Absent {
        names,
        instead,
        by_tools: true,
    }
}

/// What is said of modules, however they are loaded.
pub(super) const NO_MODULES: &str = "There are no modules, packages and files to load: a script has the language itself and the tools' namespaces, without an import.";

/// All of them. A name that a script does have is never looked up.
#[rustfmt::skip]
pub(super) const ABSENT: &[Absent] = &[
    by_tools(
        &["fetch", "XMLHttpRequest", "Request", "Response", "Headers", "WebSocket", "EventSource", "axios", "got", "request", "http", "https",
          "net", "dns", "tls", "undici"],
        "A script reaches no network but through its tools.",
    ),
    by_tools(
        &["process", "env", "Deno", "Bun", "child_process", "exec", "execSync", "spawn", "os"],
        "There is no process, no environment and no system around a script: what it needs stands in its text or comes from a tool.",
    ),
    by_tools(
        &["fs", "fsPromises", "path", "readFile", "readFileSync", "writeFile", "writeFileSync", "open"],
        "There are no files: a tool reads and writes them, and `output.file(content, mediaType, name)` hands one out.",
    ),
    by_tools(
        &["require", "module", "exports", "importScripts", "__dirname", "__filename", "__non_webpack_require__", "define"],
        NO_MODULES,
    ),
    absent(
        &["Buffer"],
        "Bytes are a `Uint8Array`: `Uint8Array.fromBase64(text)` and `Uint8Array.fromHex(text)`, `bytes.toBase64()` and `bytes.toHex()`; \
         `new TextEncoder().encode(text)` and `new TextDecoder().decode(bytes)` for text.",
    ),
    absent(
        &["Blob", "File", "FormData", "FileReader", "ReadableStream", "WritableStream", "TransformStream", "CompressionStream",
          "DecompressionStream", "ImageData", "createImageBitmap"],
        "There are no blobs and no streams: bytes are a `Uint8Array`, and `output.file(content, mediaType, name)` hands a file out.",
    ),
    absent(
        &["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore"],
        "Nothing is kept from one script to the next but in a session: `await $store.set(name, value)` and `await $store.get(name)`.",
    ),
    absent(
        &["window", "global", "self", "root", "top", "parent", "frames", "unsafeWindow"],
        "The global object is `globalThis`, and it has the language itself: a variable of the script's own (`let`) holds what it wants to keep.",
    ),
    absent(
        &["document", "navigator", "location", "history", "screen", "Element", "HTMLElement", "Node", "DOMParser", "XMLSerializer",
          "MutationObserver", "getComputedStyle", "jQuery", "cheerio", "customElements"],
        "There is no page and no browser around a script: text is taken apart with the methods of strings and regular expressions.",
    ),
    absent(
        &["alert", "prompt", "confirm", "readline", "input", "ask"],
        "Nobody can be asked or told anything while a script runs: return the question or the message.",
    ),
    absent(
        &["print", "println", "printf", "puts", "echo", "log", "logger", "debug"],
        "`console.log(…)` prints, and `return` hands the result back.",
    ),
    absent(
        &["exit", "quit", "die"],
        "`return` ends a script, and `throw new Error(…)` makes it fail.",
    ),
    absent(
        &["sleep", "wait", "delay", "pause", "timeout", "usleep"],
        "`await new Promise((done) => setTimeout(done, milliseconds))` waits.",
    ),
    absent(
        &["setImmediate", "clearImmediate", "requestAnimationFrame", "cancelAnimationFrame", "requestIdleCallback", "nextTick", "scheduler"],
        "`setTimeout(callback, 0)` runs something later, `queueMicrotask(callback)` and `await null` soon.",
    ),
    absent(
        &["Event", "EventTarget", "CustomEvent", "EventEmitter", "addEventListener", "removeEventListener", "dispatchEvent", "postMessage",
          "MessageChannel", "MessagePort", "BroadcastChannel"],
        "There are no events: promises and callbacks tell that something has happened.",
    ),
    absent(
        &["Worker", "SharedWorker", "ServiceWorker", "SharedArrayBuffer", "Atomics", "cluster", "worker_threads"],
        "A script has one thread and shares no memory: `await Promise.all([…])` waits for several calls at the same time.",
    ),
    absent(
        &["WebAssembly", "wasm"],
        "There is no WebAssembly: a script is TypeScript alone.",
    ),
    absent(
        &["Temporal", "moment", "dayjs", "luxon", "DateTime", "dateFns", "date"],
        "`Date` counts and reads dates, and `Intl.DateTimeFormat` writes them in other time zones.",
    ),
    absent(
        &["_", "lodash", "underscore", "R", "ramda", "z", "zod", "Ajv", "uuid", "uuidv4", "nanoid", "React", "$"],
        "There are no libraries: a script has the language itself, with the methods of arrays, objects and maps, and `crypto.randomUUID()`.",
    ),
    absent(
        &["assert", "expect", "describe", "it", "test", "should"],
        "There is no library for assertions: `if (!condition) throw new Error(\"…\")`.",
    ),
    absent(
        &["DisposableStack", "AsyncDisposableStack", "SuppressedError"],
        "`try { … } finally { … }` and `using` clean up.",
    ),
    absent(
        &["NodeJS"],
        "There is no Node.js and there are none of its types: a timer is a `number`.",
    ),
    by_tools(
        &["ls", "cd", "pwd", "cat", "grep", "git", "npm", "npx", "curl", "wget", "bash", "sh", "shell", "mkdir", "rm"],
        "There is no shell, and there are no programs: the functions of the tools' namespaces do what is to be done.",
    ),
    absent(&["None", "nil", "NULL"], "The language's own words are `null` and `undefined`."),
    absent(&["True", "False"], "The language's own words are `true` and `false`."),
    absent(&["len"], "Lists and texts have a `length`."),
    absent(&["str", "int", "float", "range", "dict", "list"], "This is TypeScript: `String(value)`, `Number(text)`, `Array.from({ length })`, `{}` and `[]`."),
];

/// What other systems put before the names of tools.
pub(super) const PREFIXES: &[&str] = &[
    "functions",
    "function",
    "tools",
    "tool",
    "mcp",
    "codemode",
    "default_api",
    "api",
    "apis",
    "mcptools",
    "mcp_tools",
    "server",
    "servers",
    "client",
    "mcpclient",
    "plugins",
    "actions",
    "skills",
    "namespace",
    "host",
    "sdk",
    "this",
    "globalthis",
    "self",
    "window",
];

/// How other systems call a tool by its name.
pub(super) const CALLS: &[&str] = &[
    "calltool",
    "call",
    "usetool",
    "usemcptool",
    "callmcptool",
    "invoke",
    "invoketool",
    "executetool",
    "runtool",
    "callfunction",
    "exectool",
    "accessmcpresource",
    "request",
];
