// `atob` and `btoa`: bytes as texts of one character each, and as base64.
((web) => {
  "use strict";

  const { uncurry, globals, host } = web;
  const { DOMException } = globals;
  const { apply } = Reflect;
  const Bytes = Uint8Array;
  const SyntaxErrorOfLanguage = SyntaxError;
  const TypeErrorOfLanguage = TypeError;
  const charCodeAt = uncurry(String.prototype.charCodeAt);

  // Nothing at all isn't the text "undefined".
  const textOf = (name, values) => {
    if (values.length === 0) throw new TypeErrorOfLanguage(`${name} needs a text`);
    return `${values[0]}`;
  };

  const functions = {
    atob(text) {
      const base64 = textOf("atob", arguments);
      let bytes;
      try {
        // What the language forgives by itself is what `atob` does.
        bytes = apply(host.fromBase64, Bytes, [base64]);
      } catch (error) {
        if (!(error instanceof SyntaxErrorOfLanguage)) throw error;
        throw new DOMException("atob: the text is no base64", "InvalidCharacterError");
      }
      return web.binary(bytes);
    },
    btoa(text) {
      const binary = textOf("btoa", arguments);
      const bytes = new Bytes(binary.length);
      for (let position = 0; position < binary.length; position++) {
        const unit = charCodeAt(binary, position);
        if (unit > 0xff) {
          throw new DOMException(
            "btoa: a character of the text is no byte; new TextEncoder().encode(text).toBase64() takes any text",
            "InvalidCharacterError",
          );
        }
        bytes[position] = unit;
      }
      return apply(host.toBase64, bytes, []);
    },
  };
  Object.assign(globals, functions);
})(globalThis.__codemodeWeb);
