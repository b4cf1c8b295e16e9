// Texts and bytes: `TextEncoder` and `TextDecoder`, as the Encoding standard has them, for the encodings that are met.
((web) => {
  "use strict";

  const { tag, uncurry, list, isObject } = web;
  const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
  const { fromCharCode } = String;
  const { isView } = ArrayBuffer;
  const Bytes = Uint8Array;
  const TypeErrorOfLanguage = TypeError;
  const RangeErrorOfLanguage = RangeError;
  const charCodeAt = uncurry(String.prototype.charCodeAt);
  const slice = uncurry(String.prototype.slice);
  const toLowerCase = uncurry(String.prototype.toLowerCase);

  const getter = (prototype, name) => uncurry(getOwnPropertyDescriptor(prototype, name).get);
  const TypedArrayPrototype = getPrototypeOf(Bytes.prototype);
  const kindOf = getter(TypedArrayPrototype, Symbol.toStringTag);
  const ofTypedArray = {
    __proto__: null,
    buffer: getter(TypedArrayPrototype, "buffer"),
    offset: getter(TypedArrayPrototype, "byteOffset"),
    length: getter(TypedArrayPrototype, "byteLength"),
  };
  const ofDataView = {
    __proto__: null,
    buffer: getter(DataView.prototype, "buffer"),
    offset: getter(DataView.prototype, "byteOffset"),
    length: getter(DataView.prototype, "byteLength"),
  };
  const bufferLength = getter(ArrayBuffer.prototype, "byteLength");

  // The memory of a buffer or of a view on one, as bytes that the script can't pull away while nothing of it runs.
  const bytesOf = (source) => {
    if (!isView(source)) {
      const length = bufferLength(source);
      return length === 0 ? new Bytes(0) : new Bytes(source, 0, length);
    }
    const parts = kindOf(source) === undefined ? ofDataView : ofTypedArray;
    const length = parts.length(source);
    return length === 0 ? new Bytes(0) : new Bytes(parts.buffer(source), parts.offset(source), length);
  };

  // ---- to bytes ----

  const REPLACEMENT = 0xfffd;

  // The character at a place of a text. Half of a pair is the mark for what can't be read.
  const pointAt = (text, position) => {
    const unit = charCodeAt(text, position);
    if (unit < 0xd800 || unit > 0xdfff) return unit;
    if (unit > 0xdbff || position + 1 === text.length) return REPLACEMENT;
    const next = charCodeAt(text, position + 1);
    if (next < 0xdc00 || next > 0xdfff) return REPLACEMENT;
    return 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
  };
  const bytesFor = (point) => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

  const encodedLength = (text) => {
    let bytes = 0;
    for (let position = 0; position < text.length; position++) {
      const point = pointAt(text, position);
      if (point > 0xffff) position++;
      bytes += bytesFor(point);
    }
    return bytes;
  };

  // Writes as many characters as there is room for.
  const encodeTo = (text, bytes, room) => {
    let written = 0;
    let position = 0;
    while (position < text.length) {
      const point = pointAt(text, position);
      const size = bytesFor(point);
      if (written + size > room) break;
      if (size === 1) {
        bytes[written++] = point;
      } else {
        bytes[written++] = (size === 2 ? 0xc0 : size === 3 ? 0xe0 : 0xf0) | (point >> (6 * (size - 1)));
        for (let left = size - 2; left >= 0; left--) bytes[written++] = 0x80 | ((point >> (6 * left)) & 0x3f);
      }
      position += size === 4 ? 2 : 1;
    }
    return { read: position, written };
  };

  const encode = (text) => {
    const length = encodedLength(text);
    const bytes = new Bytes(length);
    encodeTo(text, bytes, length);
    return bytes;
  };

  class TextEncoder {
    get encoding() {
      return "utf-8";
    }
    encode(text = "") {
      return encode(`${text}`);
    }
    encodeInto(text, bytes) {
      if (kindOf(bytes) !== "Uint8Array") throw new TypeErrorOfLanguage("encodeInto needs a Uint8Array to write to");
      const whole = `${text}`;
      return encodeTo(whole, bytes, ofTypedArray.length(bytes));
    }
  }
  tag(TextEncoder);

  // ---- to text ----

  // As many characters as an engine takes for arguments without complaint.
  const PIECE = 4096;

  // A text that is put together of UTF-16's units.
  class Units {
    text = "";
    units = list();
    count = 0;
    add(unit) {
      this.units[this.count++] = unit;
      if (this.count === PIECE) this.flush();
    }
    addPoint(point) {
      if (point > 0xffff) {
        this.add(0xd800 + ((point - 0x10000) >> 10));
        this.add(0xdc00 + ((point - 0x10000) & 0x3ff));
      } else {
        this.add(point);
      }
    }
    flush() {
      this.text += apply(fromCharCode, undefined, this.units);
      this.units = list();
      this.count = 0;
    }
    finish() {
      this.flush();
      return this.text;
    }
  }

  const NONE = -1;
  const ERROR = -2;

  // A decoder takes a byte and gives a character, nothing yet, or an error. After an error of a byte that may begin another
  // character, `again` says that it is to be taken once more. At the end it tells whether something is missing.
  class Utf8 {
    again = false;
    #point = 0;
    #needed = 0;
    #lower = 0x80;
    #upper = 0xbf;
    take(byte) {
      if (this.#needed === 0) {
        if (byte < 0x80) return byte;
        if (byte < 0xc2 || byte > 0xf4) return ERROR;
        this.#needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        if (byte === 0xe0) this.#lower = 0xa0;
        if (byte === 0xed) this.#upper = 0x9f;
        if (byte === 0xf0) this.#lower = 0x90;
        if (byte === 0xf4) this.#upper = 0x8f;
        this.#point = byte & (0x3f >> this.#needed);
        return NONE;
      }
      const fits = byte >= this.#lower && byte <= this.#upper;
      this.#lower = 0x80;
      this.#upper = 0xbf;
      if (!fits) {
        this.#needed = 0;
        this.again = true;
        return ERROR;
      }
      this.#point = (this.#point << 6) | (byte & 0x3f);
      return --this.#needed === 0 ? this.#point : NONE;
    }
    isCut() {
      return this.#needed > 0;
    }
  }

  class Utf16 {
    again = false;
    #high;
    #byte = NONE;
    #lead = NONE;
    constructor(bigEndian) {
      this.#high = bigEndian ? 0 : 1;
    }
    take(byte) {
      if (this.#byte === NONE) {
        this.#byte = byte;
        return NONE;
      }
      const unit = this.#high === 0 ? (this.#byte << 8) | byte : (byte << 8) | this.#byte;
      const first = this.#byte;
      this.#byte = NONE;
      const lead = this.#lead;
      this.#lead = NONE;
      if (lead !== NONE) {
        if (unit >= 0xdc00 && unit <= 0xdfff) return 0x10000 + ((lead - 0xd800) << 10) + (unit - 0xdc00);
        // Both bytes begin something else.
        this.#byte = first;
        this.again = true;
        return ERROR;
      }
      if (unit >= 0xd800 && unit <= 0xdbff) {
        this.#lead = unit;
        return NONE;
      }
      return unit >= 0xdc00 && unit <= 0xdfff ? ERROR : unit;
    }
    isCut() {
      return this.#byte !== NONE || this.#lead !== NONE;
    }
  }

  // What is different from the first 256 characters of Unicode.
  const WINDOWS_1252 =
    "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
    "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

  class Windows1252 {
    again = false;
    take(byte) {
      return byte < 0x80 || byte > 0x9f ? byte : charCodeAt(WINDOWS_1252, byte - 0x80);
    }
    isCut() {
      return false;
    }
  }

  // The standard's labels.
  const LABELS = {
    "utf-8": ["unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "utf-8", "utf8", "x-unicode20utf8"],
    "utf-16le": ["csunicode", "iso-10646-ucs-2", "ucs-2", "unicode", "unicodefeff", "utf-16", "utf-16le"],
    "utf-16be": ["unicodefffe", "utf-16be"],
    "windows-1252": [
      "ansi_x3.4-1968", "ascii", "cp1252", "cp819", "csisolatin1", "ibm819", "iso-8859-1", "iso-ir-100", "iso8859-1",
      "iso88591", "iso_8859-1", "iso_8859-1:1987", "l1", "latin1", "us-ascii", "windows-1252", "x-cp1252",
    ],
  };
  const encodings = { __proto__: null };
  for (const name of Object.keys(LABELS)) for (const label of LABELS[name]) encodings[label] = name;

  const isSpace = (unit) => unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0c || unit === 0x0d;
  const encodingOf = (label) => {
    let start = 0;
    let end = label.length;
    while (start < end && isSpace(charCodeAt(label, start))) start++;
    while (end > start && isSpace(charCodeAt(label, end - 1))) end--;
    const encoding = end - start > 20 ? undefined : encodings[toLowerCase(slice(label, start, end))];
    if (encoding !== undefined) return encoding;
    const shown = slice(label, 0, 50);
    throw new RangeErrorOfLanguage(`no encoding "${shown}": there are utf-8, utf-16le, utf-16be and windows-1252`);
  };
  const decoderFor = (encoding) => {
    if (encoding === "utf-8") return new Utf8();
    return encoding === "windows-1252" ? new Windows1252() : new Utf16(encoding === "utf-16be");
  };

  class TextDecoder {
    #encoding;
    #fatal;
    #ignoreBOM;
    // Those of a text that goes on with the next call.
    #decoder;
    #atStart;
    constructor(label = "utf-8", options = undefined) {
      this.#encoding = encodingOf(`${label}`);
      this.#fatal = !!options?.fatal;
      this.#ignoreBOM = !!options?.ignoreBOM;
    }
    get encoding() {
      return this.#encoding;
    }
    get fatal() {
      return this.#fatal;
    }
    get ignoreBOM() {
      return this.#ignoreBOM;
    }
    decode(input = undefined, options = undefined) {
      const goesOn = !!options?.stream;
      if (input !== undefined && !isObject(input)) throw new TypeErrorOfLanguage("decode needs an ArrayBuffer or a view on one");
      const bytes = input === undefined ? new Bytes(0) : bytesOf(input);
      if (this.#decoder === undefined) this.#atStart = !this.#ignoreBOM && this.#encoding !== "windows-1252";
      const decoder = this.#decoder ?? decoderFor(this.#encoding);
      // A text with an error ends with it.
      this.#decoder = undefined;
      const text = this.#run(decoder, bytes, ofTypedArray.length(bytes), goesOn);
      if (goesOn) this.#decoder = decoder;
      return text;
    }
    #run(decoder, bytes, length, goesOn) {
      const units = new Units();
      for (let position = 0; position < length; position++) {
        const point = decoder.take(bytes[position]);
        if (decoder.again) {
          decoder.again = false;
          position--;
        }
        if (point !== NONE) this.#add(units, point);
      }
      if (!goesOn && decoder.isCut()) this.#add(units, ERROR);
      return units.finish();
    }
    #add(units, point) {
      if (point === ERROR && this.#fatal) {
        throw new TypeErrorOfLanguage(`The encoded data was not valid for encoding ${this.#encoding}`);
      }
      if (this.#atStart && point === 0xfeff) {
        this.#atStart = false;
        return;
      }
      this.#atStart = false;
      units.addPoint(point === ERROR ? REPLACEMENT : point);
    }
  }
  tag(TextDecoder);

  // ---- for the other files ----

  web.kindOf = kindOf;
  web.getter = getter;
  web.bytesOf = bytesOf;
  web.lengthOf = ofTypedArray.length;
  web.bufferOf = ofTypedArray.buffer;
  web.encode = encode;
  // As the bytes come: a mark in front is text, and what can't be read is marked.
  const { decode } = TextDecoder.prototype;
  web.decode = (bytes) => apply(decode, new TextDecoder("utf-8", { __proto__: null, ignoreBOM: true }), [bytes]);
  // One character a byte.
  web.binary = (bytes) => {
    const units = new Units();
    const length = ofTypedArray.length(bytes);
    for (let position = 0; position < length; position++) units.add(bytes[position]);
    return units.finish();
  };
  // A value as a text of Unicode.
  const wellFormed = uncurry(String.prototype.toWellFormed);
  web.wellFormed = (value) => wellFormed(`${value}`);
  web.opaque.push(TextEncoder.prototype, TextDecoder.prototype);
  web.globals.TextEncoder = TextEncoder;
  web.globals.TextDecoder = TextDecoder;
})(globalThis.__codemodeWeb);
