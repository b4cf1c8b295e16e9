// `URL`, as the URL standard has it. The host reads and changes addresses; here is what a script sees of them.
((web) => {
  "use strict";

  const { tag, uncurry } = web;
  const { parse } = JSON;
  const TypeErrorOfLanguage = TypeError;
  const slice = uncurry(String.prototype.slice);
  const {
    op_codemode_parse_url: parseUrl,
    op_codemode_change_url: changeUrl,
  } = Deno.core.ops;

  // The parts of an address in the order in which the host has them.
  const [HREF, PROTOCOL, USERNAME, PASSWORD, HOST, HOSTNAME, PORT, PATHNAME, SEARCH, HASH, ORIGIN] = Array(11).keys();

  // The host's reader can't be stopped, so it gets no more than it reads in no time.
  const MAX_LENGTH = 1024 * 1024;

  const tooLong = () => new TypeErrorOfLanguage(`a URL may have ${MAX_LENGTH} characters, and this one would have more`);
  const checked = (value) => {
    const text = web.wellFormed(value);
    if (text.length > MAX_LENGTH) throw tooLong();
    return text;
  };

  const partsOf = (url, base) => {
    const relative = checked(url);
    const parts = parseUrl(relative, base === undefined ? "" : checked(base), base !== undefined);
    return parts === "" ? undefined : parse(parts);
  };

  const readParts = (url, base) => {
    const parts = partsOf(url, base);
    if (parts !== undefined) return parts;
    const shown = slice(`${url}`, 0, 200);
    const place = base === undefined ? "" : ` with base "${slice(`${base}`, 0, 200)}"`;
    throw new TypeErrorOfLanguage(`Invalid URL: "${shown}"${place}`);
  };

  const changed = (parts, part, value) => {
    if (parts[HREF].length + value.length > MAX_LENGTH) throw tooLong();
    const after = changeUrl(parts[HREF], part, value);
    return after === "" ? parts : parse(after);
  };

  class URL {
    #known;
    #params;
    // Whether the parameters have changed since. Whoever adds one after the other reads the URL once, at the end.
    #isBehind = false;
    constructor(url, base = undefined) {
      this.#known = readParts(url, base);
    }
    static parse(url, base = undefined) {
      return partsOf(url, base) === undefined ? null : new URL(url, base);
    }
    static canParse(url, base = undefined) {
      return partsOf(url, base) !== undefined;
    }
    get #parts() {
      if (this.#isBehind) {
        this.#known = changed(this.#known, SEARCH, web.serialized(this.#params));
        this.#isBehind = false;
      }
      return this.#known;
    }
    #change(part, value) {
      this.#known = changed(this.#parts, part, checked(value));
      if (part === SEARCH) this.#refill();
    }
    #refill() {
      if (this.#params !== undefined) web.refill(this.#params, this.#known[SEARCH]);
    }
    get href() {
      return this.#parts[HREF];
    }
    set href(value) {
      this.#known = readParts(value);
      this.#isBehind = false;
      this.#refill();
    }
    get origin() {
      return this.#parts[ORIGIN];
    }
    get protocol() {
      return this.#parts[PROTOCOL];
    }
    set protocol(value) {
      this.#change(PROTOCOL, value);
    }
    get username() {
      return this.#parts[USERNAME];
    }
    set username(value) {
      this.#change(USERNAME, value);
    }
    get password() {
      return this.#parts[PASSWORD];
    }
    set password(value) {
      this.#change(PASSWORD, value);
    }
    get host() {
      return this.#parts[HOST];
    }
    set host(value) {
      this.#change(HOST, value);
    }
    get hostname() {
      return this.#parts[HOSTNAME];
    }
    set hostname(value) {
      this.#change(HOSTNAME, value);
    }
    get port() {
      return this.#parts[PORT];
    }
    set port(value) {
      this.#change(PORT, value);
    }
    get pathname() {
      return this.#parts[PATHNAME];
    }
    set pathname(value) {
      this.#change(PATHNAME, value);
    }
    get search() {
      return this.#parts[SEARCH];
    }
    set search(value) {
      this.#change(SEARCH, value);
    }
    get searchParams() {
      this.#params ??= web.paramsOf(this.#known[SEARCH], () => {
        this.#isBehind = true;
      });
      return this.#params;
    }
    get hash() {
      return this.#parts[HASH];
    }
    set hash(value) {
      this.#change(HASH, value);
    }
    toString() {
      return this.#parts[HREF];
    }
    toJSON() {
      return this.#parts[HREF];
    }
  }
  tag(URL);

  web.opaque.push(URL.prototype);
  web.globals.URL = URL;
})(globalThis.__codemodeWeb);
