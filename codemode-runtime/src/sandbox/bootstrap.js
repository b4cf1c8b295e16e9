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
  const { stringify, parse } = JSON;
  const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const { freeze, create, keys, prototype: ObjectPrototype } = Object;
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
  const { op_codemode_call: call, op_codemode_log: log, op_codemode_too_many_timers: refuseTimer } = ops;

  const define = (object, name, value, enumerable) =>
    defineProperty(object, name, {
      __proto__: null,
      value,
      enumerable,
      configurable: false,
      writable: false,
    });

  // ---- values that cross ----

  // JSON has no bigint and no bytes: they cross as marked strings, which start with NUL and a letter for their kind. Where
  // there are some, a string that starts with NUL by itself is marked as a string.
  const NUL = "\0";
  const MAX_DEPTH = 127;

  const typedArrayTag = apply(
    getOwnPropertyDescriptor,
    undefined,
    [getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag],
  ).get;
  const isBytes = (value) => typeof value === "object" && apply(typedArrayTag, value, []) === "Uint8Array";
  // Taken in the second step: the engine adds the language's latest to an isolate when it starts from the snapshot.
  let toBase64, fromBase64;
  const Uint8ArrayOfLanguage = Uint8Array;
  const BigIntOfLanguage = BigInt;

  // What JSON would turn into something else without a word.
  const LOSSY = [
    [MapOfLanguage, "a Map; pass Object.fromEntries(map)"],
    [SetOfLanguage, "a Set; pass [...set]"],
    [Promise, "a promise; await it first"],
    [RegExp, "a RegExp; pass its source"],
    [ErrorOfLanguage, "an Error; pass its message"],
    [ArrayBuffer, "an ArrayBuffer; pass new Uint8Array(buffer)"],
    [WeakMap, "a WeakMap"],
    [WeakSet, "a WeakSet"],
  ];

  const isInvalidDate = (value) => {
    if (!(value instanceof DateOfLanguage)) return false;
    try {
      const time = apply(getTime, value, []);
      return time !== time;
    } catch {
      // It only looks like one.
      return false;
    }
  };

  const MAX_PLACE = 200;

  const refuse = (way, what) => {
    const place = way.length > MAX_PLACE ? `${apply(slice, way, [0, MAX_PLACE])}…` : way;
    throw new TypeErrorOfLanguage(`${place}: can't be sent, because it is ${what}`);
  };

  // Refuses what JSON would change, with its place, and tells whether something has to be marked.
  const check = (value, place, depth) => {
    switch (typeof value) {
      case "number":
        if (value !== value || value === Infinity || value === -Infinity) refuse(place, value);
        return false;
      case "bigint":
        return true;
      case "function":
      case "symbol":
        return refuse(place, `a ${typeof value}`);
      case "object":
        break;
      default:
        return false;
    }
    if (value === null) return false;
    if (isBytes(value)) return true;
    if (isInvalidDate(value)) refuse(place, "an invalid Date");
    if (typeof value.toJSON === "function") return false;
    if (depth > MAX_DEPTH) refuse(place, `nested deeper than ${MAX_DEPTH} levels, or inside of itself`);
    let marks = false;
    if (isArray(value)) {
      for (let position = 0; position < value.length; position++) {
        const item = value[position];
        if (item === undefined) refuse(`${place}[${position}]`, "undefined; write null");
        if (check(item, `${place}[${position}]`, depth + 1)) marks = true;
      }
      return marks;
    }
    for (let position = 0; position < LOSSY.length; position++) {
      if (value instanceof LOSSY[position][0]) refuse(place, LOSSY[position][1]);
    }
    const tag = apply(typedArrayTag, value, []);
    if (tag !== undefined) refuse(place, `a ${tag}; pass Array.from(array)`);
    const names = ownKeys(value);
    for (let position = 0; position < names.length; position++) {
      const key = names[position];
      if (typeof key !== "string" || !getOwnPropertyDescriptor(value, key).enumerable) continue;
      if (check(value[key], `${place}.${key}`, depth + 1)) marks = true;
    }
    return marks;
  };

  // Whether the value is such as nearly all are: nothing in it that JSON would change, mark or call. Costs a fraction of
  // what `check` does, which has a name for everything else.
  const isPlain = (value, depth) => {
    switch (typeof value) {
      case "string":
      case "boolean":
      case "undefined":
        return true;
      case "number":
        return value - value === 0;
      case "object":
        break;
      default:
        return false;
    }
    if (value === null) return true;
    if (depth > MAX_DEPTH || value.toJSON !== undefined) return false;
    if (isArray(value)) {
      for (let position = 0; position < value.length; position++) {
        const item = value[position];
        if (item === undefined || !isPlain(item, depth + 1)) return false;
      }
      return true;
    }
    const prototype = getPrototypeOf(value);
    if (prototype !== ObjectPrototype && prototype !== null) return false;
    const names = keys(value);
    for (let position = 0; position < names.length; position++) {
      if (!isPlain(value[names[position]], depth + 1)) return false;
    }
    return true;
  };

  const mark = (_key, value) => {
    if (typeof value === "bigint") return `${NUL}n${value}`;
    if (typeof value === "string" && value[0] === NUL) return `${NUL}s${value}`;
    return isBytes(value) ? `${NUL}b${apply(toBase64, value, [])}` : value;
  };

  const unmark = (_key, value) => {
    if (typeof value !== "string" || value[0] !== NUL) return value;
    const rest = apply(slice, value, [2]);
    if (value[1] === "n") return BigIntOfLanguage(rest);
    return value[1] === "b" ? apply(fromBase64, Uint8ArrayOfLanguage, [rest]) : rest;
  };

  // ---- tools ----

  class ToolError extends ErrorOfLanguage {}
  define(ToolError.prototype, "name", "ToolError", false);

  const encodeInput = (path, input) => {
    if (input === undefined) return "";
    const marks = !isPlain(input, 0) && check(input, `${path}: input`, 0);
    const text = marks ? `~${stringify(input, mark)}` : stringify(input);
    // The host looks at the bytes; a text that has more characters than that needn't be copied for it.
    if (text !== undefined && text.length > limits.argumentBytes) {
      refuse(`${path}: input`, `${text.length} characters of JSON long, more than the ${limits.argumentBytes} bytes that it may have`);
    }
    return text;
  };

  const decodeReply = (path, reply) => {
    const first = reply[0];
    if (first === "~") return parse(apply(slice, reply, [1]), unmark);
    if (first !== "!") return parse(reply);
    const { kind, message } = parse(apply(slice, reply, [1]));
    const Kind = kind === "input" ? TypeErrorOfLanguage : ToolError;
    throw new Kind(`${path}: ${message}`);
  };

  const toolFunction = (number, path) => {
    const tool = async (input) => decodeReply(path, await call(number, encodeInput(path, input)));
    define(tool, "name", path, false);
    return freeze(tool);
  };

  // What belongs to the world and not to the tools takes its arguments one by one, as the language's functions do.
  const outputFunction = (number, path) => {
    const send = toolFunction(number, path);
    const output = async (content, mediaType, name) => {
      const isText = typeof content === "string";
      await send({ __proto__: null, [isText ? "text" : "bytes"]: content, mediaType, name });
    };
    define(output, "name", path, false);
    return freeze(output);
  };

  const defineNamespaces = (tools) => {
    const namespaces = create(null);
    for (let position = 0; position < tools.length; position++) {
      const number = tools[position][0];
      const path = tools[position][1];
      const dot = apply(indexOf, path, ["."]);
      const namespace = apply(slice, path, [0, dot]);
      namespaces[namespace] ??= create(null);
      const made = namespace === "output" ? outputFunction(number, path) : toolFunction(number, path);
      define(namespaces[namespace], apply(slice, path, [dot + 1]), made, true);
    }
    for (const name in namespaces) define(globalThis, name, freeze(namespaces[name]), true);
  };

  // ---- stack traces ----

  // A script's error shows the script's own frames, whatever the script would like to see of the others.
  define(ErrorOfLanguage, "prepareStackTrace", (error, sites) => {
    let text = `${error}`;
    for (let position = 0; position < sites.length; position++) {
      const site = sites[position];
      if (site.getFileName() === "codemode:script") text += `\n    at ${site}`;
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

  // Whether what is printed is still kept.
  let logs = true;
  const console = { __proto__: null };
  for (const [level, name] of ["debug", "log", "info", "warn", "error"].entries()) {
    const printer = (...values) => {
      if (!logs) return;
      const texts = [];
      for (let position = 0; position < values.length; position++) {
        defineProperty(texts, position, { __proto__: null, value: print(values[position]) });
      }
      const text = apply(join, texts, [" "]);
      // One more than the log may have, so that the host sees that something is missing, but doesn't copy it all.
      logs = log(level, text.length > limits.logBytes ? apply(slice, text, [0, limits.logBytes + 1]) : text);
    };
    define(printer, "name", name, false);
    define(console, name, freeze(printer), true);
  }

  // ---- timers ----

  const timers = new MapOfLanguage();
  let lastTimer = 0;
  const timersWaiting = apply.bind(undefined, getOwnPropertyDescriptor(Map.prototype, "size").get, timers, []);

  const startTimer = (callback, delay, values, repeat) => {
    if (typeof callback !== "function") {
      throw new TypeErrorOfLanguage("a timer needs a function to call");
    }
    if (timersWaiting() >= limits.timers) refuseTimer();
    const id = ++lastTimer;
    const fire = () => {
      if (!repeat) apply(mapDelete, timers, [id]);
      apply(callback, undefined, values);
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

  const limitClock = ({ frozenAt, resolution }) => {
    const now = frozenAt === undefined ? () => floor(realNow() / resolution) * resolution : () => frozenAt;
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

  // Mulberry32: a generator of 32 bits. Good enough to try things out, and the same on every engine.
  const seedRandom = (seed) => {
    let state = seed | 0;
    const bits = () => {
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
    for (const name of ownKeys(globals)) define(globalThis, name, globals[name], false);
  };

  // The engine reports a thrown value that is no error as no more than its kind.
  const attempt = async (main) => {
    try {
      return await main();
    } catch (thrown) {
      if (thrown instanceof ErrorOfLanguage) throw thrown;
      throw new ErrorOfLanguage(`the script threw a value that is no Error: ${print(thrown)}`);
    }
  };

  const run = async (main, tools) => {
    defineNamespaces(parse(tools));
    const value = await attempt(main);
    if (value === undefined) return undefined;
    if (!isPlain(value, 0) && check(value, "the script's result", 0)) {
      throw new TypeErrorOfLanguage("the script's result has a bigint or bytes in it; return them as strings");
    }
    return stringify(value);
  };

  return (options) => {
    limits = options.limits;
    ({ toBase64 } = Uint8Array.prototype);
    ({ fromBase64 } = Uint8Array);
    close(options.closesCodeGeneration);
    return run;
  };
})();
