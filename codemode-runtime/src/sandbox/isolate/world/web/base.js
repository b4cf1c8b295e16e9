// What the files of the web's part share. They run before the bootstrap, each in a fresh world, and leave here what it puts
// on the global object: nothing of the script's is there yet, and nothing of this is when the script is.
globalThis.__codemodeWeb = (() => {
  "use strict";

  const { defineProperty } = Reflect;
  const { assign, setPrototypeOf } = Object;
  const { bind, call } = Function.prototype;
  const ErrorOfLanguage = Error;

  const define = (object, name, value) =>
    defineProperty(object, name, { __proto__: null, value, enumerable: false, configurable: true, writable: true });

  // What a class of the web is called by `Object.prototype.toString`.
  const tag = (constructor) =>
    defineProperty(constructor.prototype, Symbol.toStringTag, {
      __proto__: null,
      value: constructor.name,
      enumerable: false,
      configurable: true,
      writable: false,
    });

  class DOMException extends ErrorOfLanguage {
    constructor(message = "", name = "Error") {
      super(message);
      define(this, "name", `${name}`);
    }
  }
  tag(DOMException);

  const host = { __proto__: null };

  return {
    // By their names.
    globals: { __proto__: null, DOMException },
    // What the bootstrap has for these files: the limits, the clock, the timers, chance. It isn't there before the bootstrap
    // has started them.
    host,
    start: (given) => assign(host, given),
    // What inherits from these holds more than its fields show, so it can't be cloned.
    opaque: [],
    tag,
    // A method as a function that takes its object first. No script can come between.
    uncurry: bind.bind(call),
    // A list that a script's changes to arrays don't reach.
    list: () => setPrototypeOf([], null),
    // Adds to a list that the script gets.
    append: (list, value) =>
      defineProperty(list, list.length, { __proto__: null, value, enumerable: true, configurable: true, writable: true }),
    isObject: (value) => (typeof value === "object" && value !== null) || typeof value === "function",
  };
})();
