// `AbortController` and `AbortSignal`, as the DOM standard has them, with as much of events as they need.
((web) => {
  "use strict";

  const { tag, uncurry, list, isObject, globals, host } = web;
  const { DOMException } = globals;
  const { apply } = Reflect;
  const { freeze } = Object;
  const SetOfLanguage = Set;
  const TypeErrorOfLanguage = TypeError;
  const setAdd = uncurry(Set.prototype.add);
  const setDelete = uncurry(Set.prototype.delete);
  const setForEach = uncurry(Set.prototype.forEach);

  // Only this file makes signals.
  const OURS = {};
  let abort;

  // The listener as a function that takes the event, whatever the script has given for one.
  const call = (listener, signal, event) => {
    if (typeof listener === "function") apply(listener, signal, [event]);
    else apply(listener.handleEvent, listener, [event]);
  };

  // What a listener throws is nobody's to catch, and doesn't keep the others from being called.
  const callApart = (listener, signal, event) => {
    try {
      call(listener, signal, event);
    } catch (error) {
      host.queueMicrotask(() => {
        throw error;
      });
    }
  };

  class AbortSignal {
    #aborted = false;
    #reason = undefined;
    #onabort = null;
    #handles = false;
    #listeners = new SetOfLanguage();
    // Those that are aborted along with this one.
    #followers = list();
    constructor(key) {
      if (key !== OURS) throw new TypeErrorOfLanguage("Illegal constructor: a signal comes from an AbortController");
    }
    static {
      abort = (signal, reason = new DOMException("This operation was aborted", "AbortError")) => {
        if (signal.#aborted) return;
        const aborted = list();
        signal.#mark(reason, aborted);
        for (let position = 0; position < aborted.length; position++) aborted[position].#tell();
      };
    }
    static abort(reason = undefined) {
      const signal = new AbortSignal(OURS);
      abort(signal, reason);
      return signal;
    }
    static timeout(milliseconds) {
      const delay = +milliseconds;
      if (!(delay >= 0 && delay < Infinity)) {
        throw new TypeErrorOfLanguage("AbortSignal.timeout needs a number of milliseconds");
      }
      const signal = new AbortSignal(OURS);
      const late = () => abort(signal, new DOMException("The operation was aborted due to timeout", "TimeoutError"));
      host.startTimer(late, delay, [], false);
      return signal;
    }
    static any(signals) {
      const signal = new AbortSignal(OURS);
      const sources = list();
      for (const source of signals) {
        if (!isObject(source) || !(#aborted in source)) throw new TypeErrorOfLanguage("AbortSignal.any needs signals");
        sources[sources.length] = source;
      }
      for (let position = 0; position < sources.length; position++) {
        if (!sources[position].#aborted) continue;
        abort(signal, sources[position].#reason);
        return signal;
      }
      for (let position = 0; position < sources.length; position++) {
        const followers = sources[position].#followers;
        followers[followers.length] = signal;
      }
      return signal;
    }
    // All are aborted before anybody hears of one.
    #mark(reason, aborted) {
      this.#aborted = true;
      this.#reason = reason;
      aborted[aborted.length] = this;
      for (let position = 0; position < this.#followers.length; position++) {
        const follower = this.#followers[position];
        if (!follower.#aborted) follower.#mark(reason, aborted);
      }
      this.#followers = list();
    }
    #tell() {
      const event = freeze({ type: "abort", target: this, currentTarget: this });
      setForEach(this.#listeners, (listener) => callApart(listener, this, event));
    }
    get aborted() {
      return this.#aborted;
    }
    get reason() {
      return this.#reason;
    }
    throwIfAborted() {
      if (this.#aborted) throw this.#reason;
    }
    get onabort() {
      return this.#onabort;
    }
    set onabort(handler) {
      this.#onabort = typeof handler === "function" ? handler : null;
      if (this.#handles) return;
      this.#handles = true;
      // Whichever it is then, it is called in the place of the first.
      setAdd(this.#listeners, (event) => {
        if (this.#onabort !== null) call(this.#onabort, this, event);
      });
    }
    addEventListener(type, listener, options = undefined) {
      if (listener === null || listener === undefined) return;
      if (!isObject(listener)) throw new TypeErrorOfLanguage("addEventListener needs a function to call");
      // An abort comes once, so there is nothing else to listen to and nothing in the options to look at.
      if (`${type}` === "abort" && !this.#aborted) setAdd(this.#listeners, listener);
    }
    removeEventListener(type, listener, options = undefined) {
      if (`${type}` === "abort") setDelete(this.#listeners, listener);
    }
  }
  tag(AbortSignal);

  class AbortController {
    #signal = new AbortSignal(OURS);
    get signal() {
      return this.#signal;
    }
    abort(reason = undefined) {
      abort(this.#signal, reason);
    }
  }
  tag(AbortController);

  web.opaque.push(AbortSignal.prototype, AbortController.prototype);
  globals.AbortController = AbortController;
  globals.AbortSignal = AbortSignal;
})(globalThis.__codemodeWeb);
