// `structuredClone`, for the values that a script has.
((web) => {
  "use strict";

  const { uncurry, getter, isObject, globals, opaque, host } = web;
  const { DOMException } = globals;
  const { construct, defineProperty, getPrototypeOf } = Reflect;
  const { keys, prototype: ObjectPrototype } = Object;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const ArrayBufferOfLanguage = ArrayBuffer;
  const Bytes = Uint8Array;
  const DataViewOfLanguage = DataView;
  const DateOfLanguage = Date;
  const ErrorOfLanguage = Error;
  const MapOfLanguage = Map;
  const ObjectOfLanguage = Object;
  const RegExpOfLanguage = RegExp;
  const SetOfLanguage = Set;
  const TypeErrorOfLanguage = TypeError;
  const isPrototypeOf = uncurry(ObjectPrototype.isPrototypeOf);
  const hasOwn = uncurry(ObjectPrototype.hasOwnProperty);

  const mapGet = uncurry(Map.prototype.get);
  const mapHas = uncurry(Map.prototype.has);
  const mapSet = uncurry(Map.prototype.set);
  const mapForEach = uncurry(Map.prototype.forEach);
  const setAdd = uncurry(Set.prototype.add);
  const setHas = uncurry(Set.prototype.has);
  const setForEach = uncurry(Set.prototype.forEach);
  const getTime = uncurry(Date.prototype.getTime);
  const bytesSet = uncurry(Bytes.prototype.set);
  const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
  const bufferMax = getter(ArrayBuffer.prototype, "maxByteLength");
  const isResizable = getter(ArrayBuffer.prototype, "resizable");
  const isDetached = getter(ArrayBuffer.prototype, "detached");
  const transfer = uncurry(ArrayBuffer.prototype.transfer);
  const viewBuffer = getter(DataView.prototype, "buffer");
  const viewOffset = getter(DataView.prototype, "byteOffset");
  const viewLength = getter(DataView.prototype, "byteLength");
  const arrayOffset = getter(getPrototypeOf(Bytes.prototype), "byteOffset");
  const arrayLength = getter(getPrototypeOf(Bytes.prototype), "length");
  const source = getter(RegExp.prototype, "source");

  const FLAGS = [
    ["d", "hasIndices"], ["g", "global"], ["i", "ignoreCase"], ["m", "multiline"], ["s", "dotAll"], ["u", "unicode"],
    ["v", "unicodeSets"], ["y", "sticky"],
  ];
  for (const flag of FLAGS) flag[1] = getter(RegExp.prototype, flag[1]);

  const typedArrays = { __proto__: null };
  for (const kind of [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array,
    Float32Array, Float64Array,
  ]) {
    typedArrays[kind.name] = kind;
  }
  const errors = { __proto__: null };
  for (const kind of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) errors[kind.name] = kind;

  // What holds more than can be seen of it.
  const IteratorPrototype = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()));
  const AsyncIteratorPrototype = getPrototypeOf(getPrototypeOf((async function* () {}).prototype));
  opaque.push(
    Promise.prototype, WeakMap.prototype, WeakSet.prototype, WeakRef.prototype, FinalizationRegistry.prototype,
    Symbol.prototype, IteratorPrototype, AsyncIteratorPrototype,
  );

  const refuse = (what) => {
    throw new DOMException(`structuredClone: ${what} can't be cloned`, "DataCloneError");
  };

  // A kind of object: what it inherits from, and a function of the language that takes nothing else. What only looks like
  // one is as good as any other object.
  const kindOf = ({ prototype }, probe) => ({ __proto__: null, prototype, probe });
  const kinds = {
    __proto__: null,
    buffer: kindOf(ArrayBuffer, bufferLength),
    map: kindOf(Map, getter(Map.prototype, "size")),
    set: kindOf(Set, getter(Set.prototype, "size")),
    date: kindOf(Date, getTime),
    regExp: kindOf(RegExp, FLAGS[0][1]),
  };
  const boxes = [Number, String, Boolean, BigInt].map((box) => kindOf(box, uncurry(box.prototype.valueOf)));
  const is = ({ prototype, probe }, value) => {
    if (!isPrototypeOf(prototype, value)) return false;
    try {
      probe(value);
      return true;
    } catch {
      return false;
    }
  };

  const define = (object, key, value, enumerable) =>
    defineProperty(object, key, { __proto__: null, value, enumerable, configurable: true, writable: true });

  class Cloning {
    // From what was met to its copy: values may be in more than one place, and inside of themselves.
    #copies = new MapOfLanguage();

    clone(value) {
      if (typeof value === "symbol" || typeof value === "function") refuse(`a ${typeof value}`);
      if (typeof value !== "object" || value === null) return value;
      if (mapHas(this.#copies, value)) return mapGet(this.#copies, value);
      return this.#object(value);
    }

    #keep(value, copy) {
      mapSet(this.#copies, value, copy);
      return copy;
    }

    #object(value) {
      if (isArray(value)) {
        const copy = [];
        copy.length = value.length;
        return this.#fields(value, this.#keep(value, copy));
      }
      if (isView(value)) return this.#view(value);
      const prototype = getPrototypeOf(value);
      if (prototype !== ObjectPrototype && prototype !== null) {
        if (is(kinds.buffer, value)) return this.#buffer(value);
        if (is(kinds.map, value)) return this.#map(value);
        if (is(kinds.set, value)) return this.#set(value);
        if (is(kinds.date, value)) return this.#keep(value, new DateOfLanguage(getTime(value)));
        if (is(kinds.regExp, value)) return this.#regExp(value);
        if (isPrototypeOf(ErrorOfLanguage.prototype, value)) return this.#error(value);
        for (let position = 0; position < boxes.length; position++) {
          const box = boxes[position];
          if (is(box, value)) return this.#keep(value, new ObjectOfLanguage(box.probe(value)));
        }
        for (let position = 0; position < opaque.length; position++) {
          if (isPrototypeOf(opaque[position], value)) refuse("an object that holds more than its fields");
        }
      }
      return this.#fields(value, this.#keep(value, {}));
    }

    #fields(value, copy) {
      const names = keys(value);
      for (let position = 0; position < names.length; position++) {
        const name = names[position];
        // A getter may have taken it away.
        if (hasOwn(value, name)) define(copy, name, this.clone(value[name]), true);
      }
      return copy;
    }

    #buffer(buffer) {
      if (isDetached(buffer)) refuse("a detached ArrayBuffer");
      const length = bufferLength(buffer);
      const options = isResizable(buffer) ? { __proto__: null, maxByteLength: bufferMax(buffer) } : undefined;
      const copy = new ArrayBufferOfLanguage(length, options);
      bytesSet(new Bytes(copy), new Bytes(buffer));
      return this.#keep(buffer, copy);
    }

    #view(view) {
      const kind = web.kindOf(view);
      if (kind === undefined) {
        const offset = viewOffset(view);
        const length = viewLength(view);
        return this.#keep(view, new DataViewOfLanguage(this.clone(viewBuffer(view)), offset, length));
      }
      const offset = arrayOffset(view);
      const length = arrayLength(view);
      const kinds = kind === "Float16Array" ? host.Float16Array : typedArrays[kind];
      return this.#keep(view, construct(kinds, [this.clone(web.bufferOf(view)), offset, length]));
    }

    #map(map) {
      const copy = this.#keep(map, new MapOfLanguage());
      const entries = web.list();
      mapForEach(map, (value, key) => {
        entries[entries.length] = key;
        entries[entries.length] = value;
      });
      for (let position = 0; position < entries.length; position += 2) {
        const key = this.clone(entries[position]);
        mapSet(copy, key, this.clone(entries[position + 1]));
      }
      return copy;
    }

    #set(set) {
      const copy = this.#keep(set, new SetOfLanguage());
      const values = web.list();
      setForEach(set, (value) => {
        values[values.length] = value;
      });
      for (let position = 0; position < values.length; position++) setAdd(copy, this.clone(values[position]));
      return copy;
    }

    #regExp(regExp) {
      let flags = "";
      for (let position = 0; position < FLAGS.length; position++) {
        if (FLAGS[position][1](regExp)) flags += FLAGS[position][0];
      }
      return this.#keep(regExp, new RegExpOfLanguage(source(regExp), flags));
    }

    #error(error) {
      const { name, message, stack } = error;
      if (isPrototypeOf(DOMException.prototype, error)) {
        return this.#keep(error, new DOMException(message, name));
      }
      const Kind = errors[`${name}`] ?? ErrorOfLanguage;
      const copy = this.#keep(error, new Kind());
      if (message !== undefined) define(copy, "message", `${message}`, false);
      define(copy, "stack", typeof stack === "string" ? stack : "", false);
      if (hasOwn(error, "cause")) define(copy, "cause", this.clone(error.cause), false);
      return copy;
    }
  }

  // The buffers whose memory goes with the copy.
  const transferred = (wanted) => {
    const buffers = web.list();
    if (wanted === undefined) return buffers;
    const seen = new SetOfLanguage();
    for (const buffer of wanted) {
      if (!isObject(buffer)) throw new TypeErrorOfLanguage("structuredClone: only an ArrayBuffer can be transferred");
      if (!is(kinds.buffer, buffer)) refuse("what is transferred and no ArrayBuffer");
      if (isDetached(buffer)) refuse("a detached ArrayBuffer");
      if (setHas(seen, buffer)) refuse("an ArrayBuffer that is transferred twice");
      setAdd(seen, buffer);
      buffers[buffers.length] = buffer;
    }
    return buffers;
  };

  const functions = {
    structuredClone(value, options = undefined) {
      const buffers = transferred(options?.transfer);
      const copy = new Cloning().clone(value);
      // Each is copied like the others, so all that is left is that its owner loses it.
      for (let position = 0; position < buffers.length; position++) transfer(buffers[position]);
      return copy;
    },
  };
  Object.assign(globals, functions);
})(globalThis.__codemodeWeb);
