// `performance`, by the clock that the script has anyway, and `queueMicrotask`.
((web) => {
  "use strict";

  const { globals, host } = web;
  const { freeze } = Object;
  const TypeErrorOfLanguage = TypeError;

  // When the script began, and how far its time has come: the system's clock may be set back.
  let origin = 0;
  let latest = 0;
  web.begin = () => {
    origin = host.now();
  };

  const performance = {
    __proto__: null,
    now() {
      const passed = host.now() - origin;
      if (passed > latest) latest = passed;
      return latest;
    },
    get timeOrigin() {
      return origin;
    },
  };
  globals.performance = freeze(performance);
  web.passed = performance.now;

  // What it throws is a rejection that nobody looks at.
  const later = async (callback) => {
    await undefined;
    callback();
  };
  host.queueMicrotask = later;
  const functions = {
    queueMicrotask(callback) {
      if (typeof callback !== "function") throw new TypeErrorOfLanguage("queueMicrotask needs a function to call");
      later(callback);
    },
  };
  Object.assign(globals, functions);
})(globalThis.__codemodeWeb);
