// The first code in a fresh isolate. It takes what it needs and leaves a function behind, which removes everything that
// isn't the language, puts the console and the timers in its place, and returns the function that runs a script.
//
// These are two steps because the first is part of the snapshot that isolates start from, while the engine still needs its
// own globals to start from a snapshot.
//
// The script can change every object of the language afterwards, so whatever is used later is taken into a constant now.
globalThis.__codemode = (() => {
  "use strict";

  // What the host wants of this isolate; filled in the second step.
  let limits;
  const { ops, createTimer, cancelTimer } = Deno.core;
  const { parse, stringify } = JSON;
  const { encode, started, decode, decodeMarked, close: closeValues } = globalThis.__codemodeValues;
  const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const { freeze, create } = Object;
  const { isArray, from: arrayFrom } = Array;
  const ErrorOfLanguage = Error;
  const TypeErrorOfLanguage = TypeError;
  const RangeErrorOfLanguage = RangeError;
  const DateOfLanguage = Date;
  const MapOfLanguage = Map;
  const SetOfLanguage = Set;
  const StringOfLanguage = String;
  const slice = String.prototype.slice;
  const indexOf = String.prototype.indexOf;
  const join = Array.prototype.join;
  const { getTime, toString: dateToString } = Date.prototype;
  const mapGet = Map.prototype.get;
  const mapSet = Map.prototype.set;
  const mapDelete = Map.prototype.delete;
  const {
    op_codemode_call: call,
    op_codemode_log: log,
    op_codemode_random_bits: systemBits,
    op_codemode_too_many_timers: refuseTimer,
    op_codemode_started: tellStart,
    op_codemode_failed: tellFailure,
    op_codemode_returned: tellResult,
  } = ops;
  // What the files in `web/` have left.
  const web = globalThis.__codemodeWeb;

  // Whether the script has returned or failed.
  let ended = false;

  const define = (object, name, value, enumerable) =>
    defineProperty(object, name, {
      __proto__: null,
      value,
      enumerable,
      configurable: false,
      writable: false,
    });

  // ---- tools ----

  class ToolError extends ErrorOfLanguage {}
  define(ToolError.prototype, "name", "ToolError", false);

  // The JSON text of what goes to a tool, and whether there are marks in it.
  const encodeWithin = (what, value, bytes) => {
    const state = started(what, 2 * bytes, true, false);
    const text = encode(value, state);
    if (state.lost > 0) throw new TypeErrorOfLanguage(state.losses);
    // The host looks at the bytes; a text that has more characters than that needn't be copied for it.
    if (state.tooLong || text?.length > bytes) {
      const length = state.tooLong ? "too many" : text.length;
      throw new TypeErrorOfLanguage(
        `${what}: can't be sent, because it is ${length} characters of JSON long, more than the ${bytes} bytes that it may have`,
      );
    }
    return { __proto__: null, text, marked: state.marked };
  };

  const encodeInput = (path, input, bytes) => {
    if (input === undefined) return "";
    const { text, marked } = encodeWithin(`${path}: input`, input, bytes);
    return marked ? `~${text}` : text ?? "";
  };

  const decodeReply = (path, reply) => {
    const first = reply[0];
    if (first === "~") return decodeMarked(apply(slice, reply, [1]));
    if (first !== "!") return decode(reply);
    const { kind, message } = decode(apply(slice, reply, [1]));
    const Kind = kind === "input" ? TypeErrorOfLanguage : ToolError;
    throw new Kind(`${path}: ${message}`);
  };

  const toolFunction = (number, path) => {
    const tool = async (input) => decodeReply(path, await call(number, encodeInput(path, input, limits.argumentBytes)));
    define(tool, "name", path, false);
    return freeze(tool);
  };

  // What belongs to the world and not to the tools takes its arguments one by one, as the language's functions do.
  const outputFunction = (number, path) => {
    const output = async (content, mediaType, name) => {
      const isText = typeof content === "string";
      const input = { __proto__: null, [isText ? "text" : "bytes"]: content, mediaType, name };
      decodeReply(path, await call(number, encodeInput(path, input, limits.attachedBytes)));
    };
    define(output, "name", path, false);
    return freeze(output);
  };

  // The arguments go as a list, and so does what `get` finds: nothing and `null` are two things.
  const storeFunction = (number, path) => {
    const send = async (input) => decodeReply(path, await call(number, input));
    const named = (name) => {
      if (typeof name === "string") return stringify(name);
      throw new TypeErrorOfLanguage(`${path}: a value's name is a text, such as "orders"`);
    };
    const functions = {
      __proto__: null,
      "$store.delete": async (name) => await send(`[${named(name)}]`),
      "$store.get": async (name) => (await send(`[${named(name)}]`))[0],
      "$store.keys": async () => await send(""),
      "$store.set": async (name, value) => {
        const before = named(name);
        const { text, marked } = encodeWithin(`${path}: the value`, value, limits.storedBytes);
        if (text === undefined) {
          throw new TypeErrorOfLanguage(`${path}: there is no value; \`$store.delete\` takes one away`);
        }
        await send(`${marked ? "~" : ""}[${before},${text}]`);
      },
    };
    const made = functions[path];
    define(made, "name", path, false);
    return freeze(made);
  };

  // The text of a tool's result that is one: the text itself, the texts among its parts, or the only field of an object.
  const textOf = (result) => {
    if (!isArray(result)) {
      const names = ownKeys(result);
      return names.length === 1 ? result[names[0]] : undefined;
    }
    const texts = [];
    for (let position = 0; position < result.length; position++) {
      const part = result[position];
      if (part?.type !== "text" || typeof part.text !== "string") continue;
      defineProperty(texts, texts.length, { __proto__: null, value: part.text });
    }
    return texts.length > 0 ? apply(join, texts, ["\n"]) : undefined;
  };

  const SHOWN = 80;

  // What is no text is a value already.
  const readJson = (result) => {
    if (typeof result?.then === "function") throw new TypeErrorOfLanguage("$json: `await` the result first");
    const text = typeof result === "object" && result !== null ? textOf(result) : result;
    if (typeof text !== "string") return result;
    try {
      return parse(text);
    } catch {
      const begin = text.length > SHOWN ? `${apply(slice, text, [0, SHOWN])}…` : text;
      throw new TypeErrorOfLanguage(`$json: the text isn't JSON: ${stringify(begin)}`);
    }
  };

  const defineNamespaces = (tools) => {
    const namespaces = create(null);
    for (let position = 0; position < tools.length; position++) {
      const number = tools[position][0];
      const path = tools[position][1];
      const dot = apply(indexOf, path, ["."]);
      const namespace = apply(slice, path, [0, dot]);
      const name = apply(slice, path, [dot + 1]);
      // An object with a function of this name is a promise to the language, and `await` would call the tool.
      if (name === "then") continue;
      namespaces[namespace] ??= create(null);
      const make = namespace === "output" ? outputFunction : namespace === "$store" ? storeFunction : toolFunction;
      const made = make(number, path);
      define(namespaces[namespace], name, made, true);
    }
    for (const name in namespaces) define(globalThis, name, freeze(namespaces[name]), true);
  };

  // Saved scripts, each of which may call those before it. Evaluating one runs what stands outside of its function.
  const defineSaved = (names, factories) => {
    if (names.length === 0) return;
    const saved = create(null);
    define(globalThis, "scripts", saved, true);
    for (let position = 0; position < names.length; position++) {
      const made = factories[position]();
      define(saved, names[position], freeze(made), true);
    }
    freeze(saved);
  };

  // ---- stack traces ----

  // A script's error shows the script's own frames, whatever the script would like to see of the others.
  define(ErrorOfLanguage, "prepareStackTrace", (error, sites) => {
    let text;
    try {
      text = `${error}`;
    } catch {
      text = "Error";
    }
    for (let position = 0; position < sites.length; position++) {
      const site = sites[position];
      const file = site.getFileName();
      if (file === "codemode:script" || (typeof file === "string" && apply(slice, file, [0, 17]) === "codemode:scripts/")) text += `\n    at ${site}`;
    }
    return text;
  }, false);

  // ---- console ----

  const UNPRINTABLE = "[unprintable]";

  // What JSON would leave out or refuse is shown by its kind instead.
  const printable = (value, above) => {
    switch (typeof value) {
      case "bigint":
        return `${value}n`;
      case "function":
        return `[function ${value.name}]`;
      case "symbol":
        return StringOfLanguage(value);
      case "undefined":
        return "undefined";
      case "number":
        return value === value && value !== Infinity && value !== -Infinity ? value : `${value}`;
      case "object":
        break;
      default:
        return value;
    }
    if (value === null) return null;
    // A chain, and not a list: a list per level would make printing a deep value cost the square of its depth.
    for (let outer = above; outer !== null; outer = outer.above) if (outer.value === value) return "[circular]";
    const inside = { __proto__: null, value, above };
    if (value instanceof ErrorOfLanguage) return `${value.name}: ${value.message}`;
    if (typeof value.toJSON === "function") return value;
    if (value instanceof MapOfLanguage || value instanceof SetOfLanguage) {
      return printable(arrayFrom(value), inside);
    }
    const copy = isArray(value) ? [] : { __proto__: null };
    const names = ownKeys(value);
    for (let position = 0; position < names.length; position++) {
      const key = names[position];
      if (typeof key === "symbol" || (isArray(value) && key === "length")) continue;
      if (!isArray(value) && !getOwnPropertyDescriptor(value, key)?.enumerable) continue;
      define(copy, key, printable(value[key], inside), true);
    }
    return copy;
  };

  const print = (value) => {
    try {
      if (typeof value === "string") return value;
      const shown = printable(value, null);
      return typeof shown === "string" ? shown : stringify(shown);
    } catch {
      // A getter or a proxy of the script threw. Printing must not.
      return UNPRINTABLE;
    }
  };

  const printAll = (values) => {
    const texts = [];
    for (let position = 0; position < values.length; position++) {
      defineProperty(texts, position, { __proto__: null, value: print(values[position]) });
    }
    return apply(join, texts, [" "]);
  };

  // Whether what is printed is still kept.
  let logs = true;
  const logAll = (level, values) => {
    if (!logs) return;
    const text = web.grouped(printAll(values));
    // One more than the log may have, so that the host sees that something is missing, but doesn't copy it all.
    logs = log(level, text.length > limits.logBytes ? apply(slice, text, [0, limits.logBytes + 1]) : text);
  };
  const console = { __proto__: null };
  for (const [level, name] of ["debug", "log", "info", "warn", "error"].entries()) {
    const printer = (...values) => logAll(level, values);
    define(printer, "name", name, false);
    define(console, name, freeze(printer), true);
  }
  web.addToConsole(console);

  // ---- timers ----

  const timers = new MapOfLanguage();
  let lastTimer = 0;
  const timersWaiting = apply.bind(undefined, getOwnPropertyDescriptor(Map.prototype, "size").get, timers, []);

  const startTimer = (callback, delay, values, repeat) => {
    if (typeof callback !== "function") {
      throw new TypeErrorOfLanguage("a timer needs a function to call");
    }
    const id = ++lastTimer;
    if (ended) return id;
    if (timersWaiting() >= limits.timers) refuseTimer();
    const fire = () => {
      if (!repeat) apply(mapDelete, timers, [id]);
      try {
        apply(callback, undefined, values);
      } catch (thrown) {
        fail();
        throw thrown;
      }
    };
    const milliseconds = delay > 0 ? +delay : 0;
    apply(mapSet, timers, [id, createTimer(fire, milliseconds, undefined, repeat, true)]);
    return id;
  };

  const stopTimer = (id) => {
    const timer = apply(mapGet, timers, [id]);
    if (timer === undefined) return;
    apply(mapDelete, timers, [id]);
    cancelTimer(timer);
  };

  // Puts something else in the place of one of the language's constructors, of which the prototype stays.
  const replaceConstructor = (name, replacement) => {
    defineProperty(replacement.prototype, "constructor", { __proto__: null, value: replacement });
    defineProperty(globalThis, name, { __proto__: null, value: replacement });
  };
  const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

  // ---- buffers ----

  // The memory of a buffer that can be resized doesn't come from the host's allocator, which keeps the others within their
  // limit, and the engine ends the process when one grows by too much, or many could.
  const ArrayBufferOfLanguage = ArrayBuffer;
  const { construct } = Reflect;
  const limitBuffers = () => {
    const LimitedArrayBuffer = new Proxy(ArrayBufferOfLanguage, {
      __proto__: null,
      construct(target, values, newTarget) {
        const most = isObject(values[1]) ? values[1].maxByteLength : undefined;
        if (most === undefined) return construct(target, [values[0]], newTarget);
        const bytes = +most;
        if (bytes > limits.bufferBytes) throw new RangeErrorOfLanguage("Array buffer allocation failed");
        return construct(target, [values[0], { __proto__: null, maxByteLength: bytes }], newTarget);
      },
    });
    replaceConstructor("ArrayBuffer", LimitedArrayBuffer);
  };

  // ---- time and chance ----

  // An engine has no switch for its clock. These are the ways to it that a script has.
  const { now: realNow } = Date;
  const { floor, imul } = Math;

  let now = realNow;
  const limitClock = ({ frozenAt, resolution }) => {
    now = frozenAt === undefined ? () => floor(realNow() / resolution) * resolution : () => frozenAt;
    const LimitedDate = new Proxy(DateOfLanguage, {
      __proto__: null,
      construct: (target, values, newTarget) => construct(target, values.length === 0 ? [now()] : values, newTarget),
      apply: () => apply(dateToString, new DateOfLanguage(now()), []),
    });
    const limited = { now: () => now() };
    defineProperty(DateOfLanguage, "now", { __proto__: null, value: limited.now });
    replaceConstructor("Date", LimitedDate);

    // A date that isn't given is the present one.
    const { prototype } = Intl.DateTimeFormat;
    const { formatToParts } = prototype;
    const formatter = getOwnPropertyDescriptor(prototype, "format").get;
    const formats = {
      formatToParts(date) {
        return apply(formatToParts, this, [date === undefined ? now() : date]);
      },
      get format() {
        const format = apply(formatter, this, []);
        return (date) => format(date === undefined ? now() : date);
      },
    };
    defineProperty(prototype, "formatToParts", { __proto__: null, value: formats.formatToParts });
    defineProperty(prototype, "format", { __proto__: null, get: getOwnPropertyDescriptor(formats, "format").get });
  };

  let randomBits = systemBits;

  // Mulberry32: a generator of 32 bits. Good enough to try things out, and the same on every engine.
  const seedRandom = (seed) => {
    let state = seed | 0;
    const bits = randomBits = () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
      return (mixed ^ (mixed >>> 14)) >>> 0;
    };
    const seeded = { random: () => (floor(bits() / 32) * 67108864 + floor(bits() / 64)) / 9007199254740992 };
    defineProperty(Math, "random", { __proto__: null, value: seeded.random });
  };

  // ---- globals ----

  const globals = {
    __proto__: null,
    console: freeze(console),
    setTimeout: (callback, delay, ...values) => startTimer(callback, delay, values, false),
    setInterval: (callback, delay, ...values) => startTimer(callback, delay, values, true),
    clearTimeout: (id) => stopTimer(id),
    clearInterval: (id) => stopTimer(id),
    $json: (result) => readJson(result),
  };

  // ---- closing the world ----

  // ECMAScript 2025 without what reaches beyond a single thread of plain code: SharedArrayBuffer and Atomics.
  const LANGUAGE = [
    "globalThis", "Infinity", "NaN", "undefined",
    "eval", "isFinite", "isNaN", "parseFloat", "parseInt",
    "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape",
    "AggregateError", "Array", "ArrayBuffer", "BigInt", "BigInt64Array", "BigUint64Array", "Boolean", "DataView", "Date",
    "Error", "EvalError", "FinalizationRegistry", "Float16Array", "Float32Array", "Float64Array", "Function", "Int8Array",
    "Int16Array", "Int32Array", "Iterator", "Map", "Number", "Object", "Promise", "Proxy", "RangeError", "ReferenceError",
    "RegExp", "Set", "String", "Symbol", "SyntaxError", "TypeError", "URIError", "Uint8Array", "Uint8ClampedArray",
    "Uint16Array", "Uint32Array", "WeakMap", "WeakRef", "WeakSet",
    "Intl", "JSON", "Math", "Reflect",
  ];
  const kept = new SetOfLanguage([...LANGUAGE, Symbol.toStringTag]);

  // For an engine whose own switch for code from strings covers the global names only: the constructors can be reached
  // from any function.
  const refuseCode = () => {
    throw new EvalError("Code generation from strings disallowed for this context");
  };
  const closeCodeGeneration = () => {
    const kinds = [function () {}, async function () {}, function* () {}, async function* () {}];
    for (const kind of kinds) {
      const prototype = getPrototypeOf(kind);
      const refusing = function () { refuseCode(); };
      define(refusing, "prototype", prototype, false);
      defineProperty(prototype, "constructor", { __proto__: null, value: refusing });
      if (kind === kinds[0]) {
        define(refusing, "name", "Function", false);
        defineProperty(globalThis, "Function", { __proto__: null, value: refusing });
      }
    }
    defineProperty(globalThis, "eval", { __proto__: null, value: function eval_() { refuseCode(); } });
  };

  const close = (closesCodeGeneration) => {
    for (const key of ownKeys(globalThis)) {
      // Twice, because in an isolate from the snapshot there is a second `queueMicrotask` below the first.
      if (!kept.has(key)) deleteProperty(globalThis, key) && deleteProperty(globalThis, key);
    }
    // The engine's wrapper of an op looks this one up at every call: a replaced one would be handed the bare op.
    define(Function.prototype, "call", Function.prototype.call, false);
    limitBuffers();
    if (limits.clock !== null) limitClock(limits.clock);
    if (limits.randomSeed !== null) seedRandom(limits.randomSeed);
    if (closesCodeGeneration) closeCodeGeneration();
    for (const all of [globals, web.globals]) {
      for (const name of ownKeys(all)) define(globalThis, name, all[name], false);
    }
  };

  // ---- the end ----

  const timerIds = apply.bind(undefined, Map.prototype.keys, timers, []);
  const { next: nextKey } = getPrototypeOf(new Map().keys());

  // From here on the script gets nothing done but to see the calls through that it has begun.
  const finish = () => {
    ended = true;
    const ids = timerIds();
    for (let step = apply(nextKey, ids, []); !step.done; step = apply(nextKey, ids, [])) stopTimer(step.value);
  };

  // And not even that if it has failed. Told to the host before anybody looks at what was thrown, which may run some of the
  // script.
  const fail = () => {
    tellFailure();
    finish();
  };

  // Where in the script's text its result is.
  let place = -1;
  // Whether nobody has said that it is the result: it is the value of the last statement.
  let implied = false;
  const returned = (offset, value, isImplied) => {
    place = offset;
    implied = isImplied === true;
    return value;
  };

  const INFO = 2;
  const LEFT_OUT = "So the script has no result. To hand one back, `return` it.";
  const PARTLY_LEFT_OUT = "So this was left out of the result. To hand another one back, `return` it.";

  // A value that was never said to be the result is no reason to fail: what can't be sent of it is left out.
  const encodeImplied = (value) => {
    const state = started("the value of the last statement", 2 * limits.outputBytes, false, true);
    let text;
    try {
      text = encode(value, state);
    } catch (thrown) {
      log(INFO, `the value of the last statement is left out, because it can't be read: ${print(thrown)}`);
      return undefined;
    }
    const isNothing = !state.kept && (state.empty || state.lost > 0);
    if (state.tooLong) log(INFO, `the value of the last statement is left out, because it is longer than ${limits.outputBytes} bytes`);
    if (state.lost > 0) log(INFO, `${state.losses}\n${isNothing || text === undefined ? LEFT_OUT : PARTLY_LEFT_OUT}`);
    return isNothing || text === undefined ? undefined : [text];
  };

  // The result as the host reads it: its JSON text, in a list of its own if nobody has said that it is the result; or the
  // place and what is wrong with it; or about how long it has become, for what is far too long.
  const encodeResult = (value) => {
    if (value === undefined) return undefined;
    if (implied) return encodeImplied(value);
    const state = started("the script's result", 2 * limits.outputBytes, false, false);
    const text = encode(value, state);
    if (state.lost > 0) return [place, state.losses];
    return state.tooLong ? [state.length] : text;
  };

  const run = async (main, text, ...factories) => {
    const given = decode(text);
    limits.outputBytes = given.outputBytes;
    limits.logBytes = given.logBytes;
    defineNamespaces(given.tools);
    web.begin();
    try {
      defineSaved(given.saved, factories);
      const end = main(returned);
      tellStart(end);
      const result = encodeResult(await end);
      tellResult(result);
      finish();
      return result;
    } catch (thrown) {
      fail();
      // The engine reports a thrown value that is no error as no more than its kind.
      if (thrown instanceof ErrorOfLanguage) throw thrown;
      throw new ErrorOfLanguage(`the script threw a value that is no Error: ${print(thrown)}`);
    }
  };

  return (options) => {
    limits = options.limits;
    close(options.closesCodeGeneration);
    const { Float16Array } = globalThis;
    const { fromBase64 } = Uint8Array;
    const { toBase64 } = Uint8Array.prototype;
    web.start({ limits, now, randomBits, startTimer, log: logAll, print, printAll, toBase64, fromBase64, Float16Array });
    closeValues(globalThis);
    return run;
  };
})();
