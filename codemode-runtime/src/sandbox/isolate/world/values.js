// What crosses the border of an isolate: a script's values as JSON text, and the host's text as values. The rule is that of
// `docs/scripts.md`: a value crosses as what it is, or not at all.
//
// The script can change every object of the language before any of this is used, so whatever is needed is taken into a
// constant now.
globalThis.__codemodeValues = (() => {
  "use strict";

  const { stringify, parse } = JSON;
  const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const { keys, prototype: ObjectPrototype } = Object;
  const { toString: tagOf } = ObjectPrototype;
  const { isArray } = Array;
  const MapOfLanguage = Map;
  const StringOfLanguage = String;
  const BigIntOfLanguage = BigInt;
  const Uint8ArrayOfLanguage = Uint8Array;
  const slice = String.prototype.slice;
  const { includes, charCodeAt, isWellFormed, toWellFormed } = String.prototype;
  const mapGet = Map.prototype.get;
  const mapSet = Map.prototype.set;
  const { getTime } = Date.prototype;
  const iterator = Symbol.iterator;
  const typedArrayTag = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
  const IteratorPrototype = getPrototypeOf(getPrototypeOf([][iterator]()));
  const AsyncIteratorPrototype = getPrototypeOf(getPrototypeOf((async function* () {}).prototype));

  // JSON has no bigint and no bytes: they cross as marked strings, which start with NUL and a letter for their kind. In a
  // text with marks, a string that starts with NUL by itself is marked as a string.
  const NUL = "\0";
  const MAX_DEPTH = 127;
  // How many places are told at once. Whoever mends those finds out about the others.
  const MAX_LOSSES = 10;
  const MAX_PLACE = 200;

  // Taken when the world is closed: the engine adds the language's latest to an isolate when it starts from the snapshot.
  let toBase64, fromBase64;

  // ---- kinds of values ----

  // The prototypes of everything that the language or the host makes, with the name of each. An object that has one of
  // them keeps what it is about where no property shows it.
  const kinds = new MapOfLanguage();

  const learnKinds = (world) => {
    const learn = (object, prefix) => {
      for (const name of ownKeys(object)) {
        const made = getOwnPropertyDescriptor(object, name).value;
        const prototype = typeof made === "function" ? getOwnPropertyDescriptor(made, "prototype")?.value : undefined;
        if (typeof prototype === "object" && prototype !== ObjectPrototype) {
          apply(mapSet, kinds, [prototype, `${prefix}${StringOfLanguage(name)}`]);
        }
      }
    };
    learn(world, "");
    learn(world.Intl, "Intl.");
    apply(mapSet, kinds, [IteratorPrototype, "Iterator"]);
    apply(mapSet, kinds, [AsyncIteratorPrototype, "AsyncIterator"]);
  };

  const kindOf = (value) => {
    for (let above = getPrototypeOf(value); above !== null; above = getPrototypeOf(above)) {
      const kind = apply(mapGet, kinds, [above]);
      if (kind !== undefined) return kind;
    }
    return undefined;
  };

  const REMEDIES = {
    __proto__: null,
    ArrayBuffer: "write new Uint8Array(buffer)",
    AsyncIterator: "write await Array.fromAsync(iterator)",
    DataView: "write new Uint8Array(view.buffer)",
    RegExp: "write regexp.source",
    URLSearchParams: "write [...parameters]",
  };
  for (const name of ["Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"]) {
    REMEDIES[name] = "write error.message";
  }

  const withArticle = (name) => `${apply(includes, "AEIO", [name[0]]) ? "an" : "a"} ${name}`;

  const typedArrayOf = (value) => apply(typedArrayTag, value, []);

  const isInvalidDate = (value) => {
    try {
      const time = apply(getTime, value, []);
      return time !== time;
    } catch {
      return false;
    }
  };

  // What an object of one of the language's kinds stands for, where that is plain.
  const unbox = { __proto__: null };
  for (const Box of [String, Number, Boolean, BigInt]) {
    const { valueOf } = Box.prototype;
    unbox[Box.name] = (value) => apply(valueOf, value, []);
  }

  // ---- writing ----

  // A text that has become too long to go on.
  const TOO_LONG = { __proto__: null };

  // Where in a value something is: the key, in what holds it. Only what is told becomes a text.
  const placeOf = (state, at) => {
    let way = "";
    for (let place = at; place !== null; place = place.above) {
      way = typeof place.key === "number" ? `[${place.key}]${way}` : `.${place.key}${way}`;
    }
    way = `${state.root}${way}`;
    return way.length > MAX_PLACE ? `${apply(slice, way, [0, MAX_PLACE])}…` : way;
  };

  // Something that JSON would change: `what` it is, with what to write instead.
  const lose = (state, at, what) => {
    state.losses = `${state.losses}${state.lost === 0 ? "" : "\n"}${placeOf(state, at)}: can't be sent, because it is ${what}`;
    state.lost += 1;
    if (state.lost === MAX_LOSSES) {
      state.losses = `${state.losses}\n(more isn't looked at)`;
      throw state;
    }
    return undefined;
  };

  // Half a surrogate pair, as cutting a text leaves it, is no character. U+FFFD stands in its place, as on the way in.
  const quote = (text) => stringify(apply(toWellFormed, text, []));
  const isWhole = (text) => apply(isWellFormed, text, []);

  const grow = (state, length) => {
    state.length += length;
    if (state.length > state.limit) throw TOO_LONG;
  };

  // The text of a value, or nothing for what has none. `at` is where it is; `asked` says that it is what a `toJSON` has
  // handed back. Everything is read once only, so what is looked at is what is sent.
  const write = (state, value, at, depth, asked) => {
    switch (typeof value) {
      case "string": {
        state.kept = true;
        let text;
        if (value[0] === NUL && state.marks) {
          state.marked = true;
          text = quote(`${NUL}s${value}`);
        } else {
          text = quote(value);
        }
        grow(state, text.length);
        return text;
      }
      case "number":
        // A tool that takes a number takes no null.
        if (value - value !== 0) return lose(state, at, state.marks ? `${value}` : `${value}; write null`);
        state.kept = true;
        grow(state, 1);
        return `${value}`;
      case "boolean":
        state.kept = true;
        return value ? "true" : "false";
      case "undefined":
        state.empty = true;
        return undefined;
      case "bigint":
        if (!state.marks) return lose(state, at, "a bigint; write String(value)");
        state.marked = true;
        return stringify(`${NUL}n${value}`);
      case "object":
        break;
      default:
        return lose(state, at, `a ${typeof value}`);
    }
    if (value === null) {
      state.kept = true;
      return "null";
    }
    if (!asked) {
      const toJSON = value.toJSON;
      if (typeof toJSON === "function") {
        const key = at === null ? "" : `${at.key}`;
        const said = apply(toJSON, value, [key]);
        if (said === null && isInvalidDate(value)) return lose(state, at, "an invalid Date");
        return write(state, said, at, depth, true);
      }
    }
    const typed = typedArrayOf(value);
    if (typed === "Uint8Array") {
      if (!state.marks) return lose(state, at, "bytes; write bytes.toBase64()");
      state.marked = true;
      const text = stringify(`${NUL}b${apply(toBase64, value, [])}`);
      grow(state, text.length);
      return text;
    }
    if (typed !== undefined) return lose(state, at, `${withArticle(typed)}; write Array.from(array)`);
    if (depth === MAX_DEPTH) {
      lose(state, at, `nested deeper than ${MAX_DEPTH} levels, or inside of itself`);
      // Of a value that is inside of itself nobody wants the levels above.
      if (state.lenient) throw state;
      return undefined;
    }
    grow(state, 2);
    if (isArray(value)) return writeList(state, value, at, depth);
    if (isArguments(value)) return writeList(state, value, at, depth);
    const prototype = getPrototypeOf(value);
    if (prototype === ObjectPrototype || prototype === null) return writeFields(state, value, keys(value), at, depth);
    const kind = kindOf(value);
    return kind === undefined ? writeInstance(state, value, at, depth) : writeKind(state, value, kind, at, depth);
  };

  // A text that grows by small pieces is a tree of them in the engine, of many times its length. Looking at a character of
  // it makes it one piece again; of one that has grown long that would take too long.
  const MAX_LOOSE = 4096;
  const append = (texts, piece) => {
    texts.loose = texts.loose === "" && texts.firm === "" ? piece : `${texts.loose},${piece}`;
    if (texts.loose.length > MAX_LOOSE) {
      apply(charCodeAt, texts.loose, [0]);
      texts.firm = `${texts.firm}${texts.loose}`;
      texts.loose = "";
    }
  };
  const noTexts = () => ({ firm: "", loose: "" });

  const writeItem = (state, item, at, depth) => {
    if (item === undefined && !state.lenient) lose(state, at, "undefined; write null");
    grow(state, 1);
    return write(state, item, at, depth + 1, false) ?? "null";
  };

  const writeList = (state, list, above, depth) => {
    const at = { above, key: 0 };
    const { length } = list;
    const texts = noTexts();
    for (let position = 0; position < length; position++) {
      at.key = position;
      append(texts, writeItem(state, list[position], at, depth));
    }
    writeNothingBeside(state, list, above);
    return `[${texts.firm}${texts.loose}]`;
  };

  // The arguments of a function are a list that looks like an object of fields.
  const isArguments = (value) => value[iterator] !== undefined && apply(tagOf, value, []) === "[object Arguments]";

  // What `match`, `matchAll` and `exec` put beside the texts that they have found: nobody who sends those means it.
  const OF_MATCHES = { __proto__: null, index: true, input: true, groups: true, indices: true };
  const isMatch = (list) =>
    typeof getOwnPropertyDescriptor(list, "index")?.value === "number" &&
    typeof getOwnPropertyDescriptor(list, "input")?.value === "string" &&
    getOwnPropertyDescriptor(list, "groups") !== undefined;

  const isPosition = (name) => `${name >>> 0}` === name && name !== "4294967295";

  // A list has no place for what it has under a name.
  const writeNothingBeside = (state, list, above) => {
    const names = keys(list);
    // Positions come first.
    let first = names.length;
    while (first > 0 && !isPosition(names[first - 1])) first -= 1;
    if (first === names.length) return;
    const matched = isMatch(list);
    for (let position = first; position < names.length; position++) {
      const key = names[position];
      if ((matched && OF_MATCHES[key]) || list[key] === undefined) continue;
      lose(state, { above, key }, "a property of a list; write an object that has the list and this");
    }
  };

  const writeFields = (state, object, names, above, depth) => {
    const at = { above, key: "" };
    const texts = noTexts();
    for (let position = 0; position < names.length; position++) {
      const name = names[position];
      at.key = name;
      const field = write(state, object[name], at, depth + 1, false);
      if (field === undefined) continue;
      const key = quote(name);
      grow(state, key.length + 2);
      append(texts, `${key}:${field}`);
    }
    return `{${texts.firm}${texts.loose}}`;
  };

  // An object of a class of the script's own is its fields.
  const writeInstance = (state, object, at, depth) => {
    const names = keys(object);
    if (names.length > 0) return writeFields(state, object, names, at, depth);
    return lose(state, at, "an object of a class, without a field of its own");
  };

  const writeKind = (state, value, kind, at, depth) => {
    switch (kind) {
      case "Map":
        return writeMap(state, value, at, depth);
      case "Set":
      case "Iterator":
        return writeIterated(state, value, at, depth);
      case "Promise":
        return lose(state, at, "a promise; await it first");
      case "String":
      case "Number":
      case "Boolean":
      case "BigInt":
        return write(state, unbox[kind](value), at, depth, true);
      default: {
        const remedy = REMEDIES[kind];
        const name = withArticle(kind);
        return lose(state, at, remedy === undefined ? name : `${name}; ${remedy}`);
      }
    }
  };

  const { [iterator]: iterateMap } = Map.prototype;
  const { [iterator]: iterateSet } = Set.prototype;
  const { next: nextOfMap } = getPrototypeOf(new Map()[iterator]());
  const { next: nextOfSet } = getPrototypeOf(new Set()[iterator]());

  // A map whose keys are texts is an object. An object that is one already has no place for another kind of key.
  const writeMap = (state, map, above, depth) => {
    const at = { above, key: "" };
    const entries = apply(iterateMap, map, []);
    const texts = noTexts();
    for (let step = apply(nextOfMap, entries, []); !step.done; step = apply(nextOfMap, entries, [])) {
      const name = step.value[0];
      const value = step.value[1];
      if (typeof name !== "string") return lose(state, above, "a Map whose keys aren't all texts; write [...map]");
      at.key = name;
      const field = write(state, value, at, depth + 1, false);
      if (field === undefined) continue;
      const key = quote(name);
      grow(state, key.length + 2);
      append(texts, `${key}:${field}`);
    }
    return `{${texts.firm}${texts.loose}}`;
  };

  // What is there to be gone through once, is written as the list that this gives.
  const writeIterated = (state, value, above, depth) => {
    const at = { above, key: 0 };
    let items = value, next = nextOfSet;
    if (kindOf(value) === "Set") items = apply(iterateSet, value, []);
    else next = value.next;
    const texts = noTexts();
    for (let step = apply(next, items, []); !step.done; step = apply(next, items, [])) {
      append(texts, writeItem(state, step.value, at, depth));
      at.key += 1;
    }
    return `[${texts.firm}${texts.loose}]`;
  };

  // What writing a value begins with. It has all of its fields from the start, so nothing is looked for elsewhere.
  const started = (root, limit, marks, lenient) => ({
    root, limit, marks, lenient,
    // What has been found so far.
    length: 0, tooLong: false, losses: "", lost: 0, marked: false,
    // Whether there is any value in what was written, and whether any was left out for being undefined.
    kept: false, empty: false,
  });

  // How much longer the text of a value may become.
  let left = 0;

  // Whether a value is such as nearly all are: nothing in it that JSON would change, mark or call, and not too much of it.
  // The engine's own function writes it in a fraction of the time that `write` takes, which knows about everything else.
  const isPlain = (value, depth) => {
    left -= typeof value === "string" ? value.length + 2 : 2;
    if (left < 0) return false;
    switch (typeof value) {
      case "string":
        return isWhole(value);
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
    if (depth === MAX_DEPTH || value.toJSON !== undefined) return false;
    if (isArray(value)) {
      for (let position = 0; position < value.length; position++) {
        const item = value[position];
        if (item === undefined || !isPlain(item, depth + 1)) return false;
      }
      return keys(value).length === value.length;
    }
    if (value[iterator] !== undefined) return false;
    const prototype = getPrototypeOf(value);
    if (prototype !== ObjectPrototype && prototype !== null) return false;
    const names = keys(value);
    for (let position = 0; position < names.length; position++) {
      const name = names[position];
      // A getter is for `write`, which reads it once.
      const field = getOwnPropertyDescriptor(value, name);
      if (field === undefined || field.get !== undefined) return false;
      left -= name.length;
      if (!isWhole(name) || !isPlain(field.value, depth + 1)) return false;
    }
    return true;
  };

  // Writes a value. Returns its text, which is nothing where it has none or couldn't be finished, and what was found.
  const encode = (value, state) => {
    left = state.limit;
    if (typeof value === "object" && isPlain(value, 0)) {
      state.kept = true;
      return stringify(value);
    }
    let text;
    try {
      text = write(state, value, null, 0, false);
    } catch (error) {
      if (error === TOO_LONG) state.tooLong = true;
      else if (error !== state) throw error;
    }
    return text;
  };

  // ---- reading ----

  const unmark = (_key, value) => {
    if (typeof value !== "string" || value[0] !== NUL) return value;
    const rest = apply(slice, value, [2]);
    if (value[1] === "n") return BigIntOfLanguage(rest);
    return value[1] === "b" ? apply(fromBase64, Uint8ArrayOfLanguage, [rest]) : rest;
  };

  return {
    __proto__: null,
    encode,
    started,
    decode: (text) => parse(text),
    decodeMarked: (text) => parse(text, unmark),
    close: (world) => {
      ({ toBase64 } = Uint8Array.prototype);
      ({ fromBase64 } = Uint8Array);
      learnKinds(world);
    },
  };
})();
