// `URLSearchParams`, as the URL standard has it.
((web) => {
  "use strict";

  const { tag, uncurry, list, append, isObject } = web;
  const { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
  const TypeErrorOfLanguage = TypeError;
  const Bytes = Uint8Array;
  const encodeURIComponentOfLanguage = encodeURIComponent;
  const charCodeAt = uncurry(String.prototype.charCodeAt);
  const slice = uncurry(String.prototype.slice);
  const indexOf = uncurry(String.prototype.indexOf);
  const sort = uncurry(Array.prototype.sort);
  const { iterator } = Symbol;

  // ---- the text of a form ----

  // What `encodeURIComponent` leaves as it is, or writes in another way, and a form doesn't.
  const REST = { __proto__: null, "!": "%21", "'": "%27", "(": "%28", ")": "%29", "~": "%7E" };
  const toForm = (text) => {
    const encoded = encodeURIComponentOfLanguage(text);
    let form = "";
    let kept = 0;
    for (let position = 0; position < encoded.length; position++) {
      const letter = encoded[position];
      const isBlank = letter === "%" && encoded[position + 1] === "2" && encoded[position + 2] === "0";
      const other = isBlank ? "+" : REST[letter];
      if (other === undefined) continue;
      form += slice(encoded, kept, position) + other;
      if (isBlank) position += 2;
      kept = position + 1;
    }
    return form + slice(encoded, kept);
  };

  const hexValue = (unit) => {
    if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
    const letter = unit | 0x20;
    return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
  };

  const fromForm = (form) => {
    if (indexOf(form, "%") < 0 && indexOf(form, "+") < 0) return form;
    const bytes = web.encode(form);
    const length = web.lengthOf(bytes);
    let end = 0;
    for (let position = 0; position < length; position++) {
      let byte = bytes[position];
      if (byte === 0x2b) byte = 0x20;
      if (byte === 0x25 && position + 2 < length) {
        const high = hexValue(bytes[position + 1]);
        const low = hexValue(bytes[position + 2]);
        if (high >= 0 && low >= 0) {
          byte = high * 16 + low;
          position += 2;
        }
      }
      bytes[end++] = byte;
    }
    return web.decode(new Bytes(web.bufferOf(bytes), 0, end));
  };

  const pair = (name, value) => ({ __proto__: null, name, value });

  const parse = (text) => {
    const pairs = list();
    let from = 0;
    while (from <= text.length) {
      const found = indexOf(text, "&", from);
      const end = found < 0 ? text.length : found;
      const equals = indexOf(slice(text, from, end), "=");
      const middle = equals < 0 ? end : from + equals;
      if (end > from) {
        pairs[pairs.length] = pair(fromForm(slice(text, from, middle)), fromForm(slice(text, middle + 1, end)));
      }
      from = end + 1;
    }
    return pairs;
  };

  const serialize = (pairs) => {
    let text = "";
    for (let position = 0; position < pairs.length; position++) {
      if (position > 0) text += "&";
      text += `${toForm(pairs[position].name)}=${toForm(pairs[position].value)}`;
    }
    return text;
  };

  const withoutMark = (text) => (text[0] === "?" ? slice(text, 1) : text);

  // What a script may make parameters of: a text, a list of pairs, an object.
  const pairsOf = (init) => {
    if (!isObject(init)) return parse(withoutMark(web.wellFormed(init)));
    const pairs = list();
    if (init[iterator] === undefined || init[iterator] === null) {
      const names = ownKeys(init);
      for (let position = 0; position < names.length; position++) {
        const name = names[position];
        if (!getOwnPropertyDescriptor(init, name)?.enumerable) continue;
        const value = web.wellFormed(init[name]);
        pairs[pairs.length] = pair(web.wellFormed(name), value);
      }
      return pairs;
    }
    for (const item of init) {
      const parts = list();
      if (isObject(item)) {
        for (const part of item) {
          if (parts.length === 2) parts.tooMany = true;
          else parts[parts.length] = web.wellFormed(part);
          if (parts.tooMany) break;
        }
      }
      if (parts.length !== 2 || parts.tooMany) {
        throw new TypeErrorOfLanguage("URLSearchParams: each item of a list is a pair of a name and a value");
      }
      pairs[pairs.length] = pair(parts[0], parts[1]);
    }
    return pairs;
  };

  // ---- the class ----

  class URLSearchParams {
    #pairs;
    // Tells the URL of which these are the parameters.
    #changed;
    constructor(init = "") {
      this.#pairs = pairsOf(init);
    }
    static {
      web.paramsOf = (text, changed) => {
        const params = new URLSearchParams(text);
        params.#changed = changed;
        return params;
      };
      web.serialized = (params) => serialize(params.#pairs);
      web.refill = (params, text) => {
        params.#pairs = parse(withoutMark(text));
      };
    }
    #set(pairs) {
      this.#pairs = pairs;
      this.#changed?.();
    }
    // The pairs that aren't of a name, or of a name and a value.
    #without(name, value) {
      const pairs = list();
      for (let position = 0; position < this.#pairs.length; position++) {
        const one = this.#pairs[position];
        if (one.name !== name || (value !== undefined && one.value !== value)) pairs[pairs.length] = one;
      }
      return pairs;
    }
    #find(name) {
      for (let position = 0; position < this.#pairs.length; position++) {
        if (this.#pairs[position].name === name) return position;
      }
      return -1;
    }
    get size() {
      return this.#pairs.length;
    }
    append(name, value) {
      const pairs = this.#pairs;
      pairs[pairs.length] = pair(web.wellFormed(name), web.wellFormed(value));
      this.#set(pairs);
    }
    delete(name, value = undefined) {
      this.#set(this.#without(web.wellFormed(name), value === undefined ? undefined : web.wellFormed(value)));
    }
    get(name) {
      const found = this.#find(web.wellFormed(name));
      return found < 0 ? null : this.#pairs[found].value;
    }
    getAll(name) {
      const wanted = web.wellFormed(name);
      const values = [];
      for (let position = 0; position < this.#pairs.length; position++) {
        if (this.#pairs[position].name === wanted) append(values, this.#pairs[position].value);
      }
      return values;
    }
    has(name, value = undefined) {
      const wanted = web.wellFormed(name);
      if (value === undefined) return this.#find(wanted) >= 0;
      return this.#without(wanted, web.wellFormed(value)).length < this.#pairs.length;
    }
    set(name, value) {
      const wanted = pair(web.wellFormed(name), web.wellFormed(value));
      const found = this.#find(wanted.name);
      if (found < 0) {
        this.#pairs[this.#pairs.length] = wanted;
        return this.#set(this.#pairs);
      }
      const pairs = list();
      for (let position = 0; position < this.#pairs.length; position++) {
        const one = this.#pairs[position];
        if (position === found) pairs[pairs.length] = wanted;
        else if (one.name !== wanted.name) pairs[pairs.length] = one;
      }
      this.#set(pairs);
    }
    sort() {
      this.#set(sort(this.#pairs, (one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0)));
    }
    *entries() {
      for (let position = 0; position < this.#pairs.length; position++) {
        yield [this.#pairs[position].name, this.#pairs[position].value];
      }
    }
    *keys() {
      for (let position = 0; position < this.#pairs.length; position++) yield this.#pairs[position].name;
    }
    *values() {
      for (let position = 0; position < this.#pairs.length; position++) yield this.#pairs[position].value;
    }
    forEach(callback, receiver = undefined) {
      if (typeof callback !== "function") throw new TypeErrorOfLanguage("forEach needs a function to call");
      for (let position = 0; position < this.#pairs.length; position++) {
        const { name, value } = this.#pairs[position];
        apply(callback, receiver, [value, name, this]);
      }
    }
    toString() {
      return serialize(this.#pairs);
    }
  }
  tag(URLSearchParams);
  defineProperty(URLSearchParams.prototype, iterator, {
    __proto__: null,
    value: URLSearchParams.prototype.entries,
    enumerable: false,
    configurable: true,
    writable: true,
  });

  web.opaque.push(URLSearchParams.prototype);
  web.globals.URLSearchParams = URLSearchParams;
})(globalThis.__codemodeWeb);
