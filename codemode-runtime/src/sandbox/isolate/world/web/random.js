// `crypto`, as far as it is about chance.
((web) => {
  "use strict";

  const { globals, host } = web;
  const { DOMException } = globals;
  const { freeze } = Object;
  const Bytes = Uint8Array;
  const TypeErrorOfLanguage = TypeError;
  const { isView } = ArrayBuffer;

  const INTEGERS = { __proto__: null };
  for (const kind of [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array,
  ]) {
    INTEGERS[kind.name] = true;
  }

  // As the standard has it.
  const MAX_BYTES = 65_536;

  const fill = (bytes, length) => {
    let bits = 0;
    for (let position = 0; position < length; position++) {
      bits = position % 4 === 0 ? host.randomBits() : bits >>> 8;
      bytes[position] = bits & 0xff;
    }
  };

  const HEX = "0123456789abcdef";

  const crypto = {
    __proto__: null,
    getRandomValues(array) {
      if (!isView(array)) throw new TypeErrorOfLanguage("getRandomValues needs a typed array to fill");
      if (INTEGERS[web.kindOf(array)] === undefined) {
        throw new DOMException("getRandomValues needs a typed array of integers", "TypeMismatchError");
      }
      const bytes = web.bytesOf(array);
      const length = web.lengthOf(bytes);
      if (length > MAX_BYTES) {
        throw new DOMException(`getRandomValues fills ${MAX_BYTES} bytes at once, not ${length}`, "QuotaExceededError");
      }
      fill(bytes, length);
      return array;
    },
    randomUUID() {
      const bytes = new Bytes(16);
      fill(bytes, 16);
      // The kind of UUID that is of random bits.
      bytes[6] = (bytes[6] & 0x0f) | 0x40;
      bytes[8] = (bytes[8] & 0x3f) | 0x80;
      let text = "";
      for (let position = 0; position < 16; position++) {
        if (position === 4 || position === 6 || position === 8 || position === 10) text += "-";
        text += HEX[bytes[position] >> 4] + HEX[bytes[position] & 0x0f];
      }
      return text;
    },
  };
  for (const name of ["getRandomValues", "randomUUID"]) freeze(crypto[name]);
  globals.crypto = freeze(crypto);
})(globalThis.__codemodeWeb);
