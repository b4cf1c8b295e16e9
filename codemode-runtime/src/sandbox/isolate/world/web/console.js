// What a console has beside its levels. The bootstrap has those, and what prints a value.
((web) => {
  "use strict";

  const { uncurry, list, isObject, host } = web;
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const { freeze } = Object;
  const { isArray } = Array;
  const ErrorOfLanguage = Error;
  const MapOfLanguage = Map;
  const SetOfLanguage = Set;
  const indexOf = uncurry(String.prototype.indexOf);
  const slice = uncurry(String.prototype.slice);
  const repeat = uncurry(String.prototype.repeat);
  const mapGet = uncurry(Map.prototype.get);
  const mapSet = uncurry(Map.prototype.set);
  const mapDelete = uncurry(Map.prototype.delete);
  const mapHas = uncurry(Map.prototype.has);
  const mapSize = web.getter(Map.prototype, "size");
  const mapForEach = uncurry(Map.prototype.forEach);
  const setForEach = uncurry(Set.prototype.forEach);

  // ---- groups ----

  const MAX_INDENT = 20;
  let depth = 0;

  // A text as it stands in its groups, and no more of it than the log may have.
  web.grouped = (text) => {
    if (depth === 0) return text;
    const indent = repeat("  ", depth < MAX_INDENT ? depth : MAX_INDENT);
    const most = host.limits.logBytes;
    let shown = indent;
    let from = 0;
    while (shown.length <= most) {
      const end = indexOf(text, "\n", from);
      if (end < 0) return shown + slice(text, from);
      shown += slice(text, from, end + 1) + indent;
      from = end + 1;
    }
    return shown;
  };

  // ---- tables ----

  // The rows of a value by what they are called, of which a list's are numbered.
  const rowsOf = (value) => {
    const rows = list();
    const add = (name, row) => {
      rows[rows.length] = { __proto__: null, name, row };
    };
    if (value instanceof MapOfLanguage) mapForEach(value, (row, key) => add(host.print(key), row));
    else if (value instanceof SetOfLanguage) setForEach(value, (row) => add(`${rows.length}`, row));
    else {
      const names = ownKeys(value);
      for (let position = 0; position < names.length; position++) {
        const name = names[position];
        if (typeof name === "string" && getOwnPropertyDescriptor(value, name)?.enumerable) add(name, value[name]);
      }
    }
    return rows;
  };

  // Whether the row has columns, as a value that is told by its fields has.
  const hasColumns = (row) =>
    isObject(row) && (isArray(row) || getPrototypeOf(row) === null || typeof row.toJSON !== "function") &&
    typeof row !== "function" && !(row instanceof ErrorOfLanguage);

  const VALUES = "Values";

  const table = (value, wanted) => {
    const most = host.limits.logBytes;
    const rows = rowsOf(value);
    const columns = new MapOfLanguage();
    let hasValues = false;
    if (isArray(wanted)) for (let at = 0; at < wanted.length; at++) mapSet(columns, `${wanted[at]}`, true);
    for (let position = 0; position < rows.length; position++) {
      const { row } = rows[position];
      if (!hasColumns(row)) {
        hasValues = true;
        continue;
      }
      if (isArray(wanted)) continue;
      const names = ownKeys(row);
      // A line that has no room for more needs no more columns.
      for (let at = 0; at < names.length && mapSize(columns) <= most; at++) {
        const name = names[at];
        if (typeof name === "string" && getOwnPropertyDescriptor(row, name)?.enumerable) mapSet(columns, name, true);
      }
    }
    let text = "(index)";
    mapForEach(columns, (_, name) => {
      if (text.length <= most) text += ` | ${name}`;
    });
    if (hasValues) text += ` | ${VALUES}`;
    for (let position = 0; position < rows.length && text.length <= most; position++) {
      const { name, row } = rows[position];
      const isRow = hasColumns(row);
      text += `\n${name}`;
      mapForEach(columns, (_, column) => {
        if (text.length > most) return;
        const has = isRow && getOwnPropertyDescriptor(row, column) !== undefined;
        text += ` | ${has ? host.print(row[column]) : ""}`;
      });
      if (hasValues) text += ` | ${isRow ? "" : host.print(row)}`;
    }
    return text;
  };

  // ---- the functions ----

  const LEVEL = { __proto__: null, log: 1, info: 2, warn: 3, error: 4 };
  const counts = new MapOfLanguage();
  const starts = new MapOfLanguage();

  const labelOf = (label) => {
    try {
      return `${label}`;
    } catch {
      return host.print(label);
    }
  };
  const took = (label, values) => {
    if (!mapHas(starts, label)) return host.log(LEVEL.warn, [`No timer "${label}" was started`]);
    const text = `${label}: ${web.passed() - mapGet(starts, label)}ms`;
    return host.log(LEVEL.info, prepended(text, values));
  };
  const prepended = (first, values) => {
    const all = list();
    all[0] = first;
    for (let position = 0; position < values.length; position++) all[position + 1] = values[position];
    return all;
  };
  const openGroup = (values) => {
    if (values.length > 0) host.log(LEVEL.log, values);
    depth++;
  };

  const functions = {
    __proto__: null,
    assert(condition, ...values) {
      if (condition) return;
      host.log(LEVEL.error, values.length === 0 ? ["Assertion failed"] : prepended("Assertion failed:", values));
    },
    count(label = "default") {
      const name = labelOf(label);
      const count = (mapGet(counts, name) ?? 0) + 1;
      mapSet(counts, name, count);
      host.log(LEVEL.info, [`${name}: ${count}`]);
    },
    countReset(label = "default") {
      mapDelete(counts, labelOf(label));
    },
    dir(value) {
      host.log(LEVEL.log, [value]);
    },
    group(...values) {
      openGroup(values);
    },
    groupCollapsed(...values) {
      openGroup(values);
    },
    groupEnd() {
      if (depth > 0) depth--;
    },
    table(value, columns = undefined) {
      let text = value;
      try {
        if (isObject(value) && typeof value !== "function") text = table(value, columns);
      } catch {
        // A getter or a proxy of the script threw. Printing must not.
      }
      host.log(LEVEL.log, [text]);
    },
    time(label = "default") {
      const name = labelOf(label);
      if (mapHas(starts, name)) return void host.log(LEVEL.warn, [`The timer "${name}" was started already`]);
      mapSet(starts, name, web.passed());
    },
    timeEnd(label = "default") {
      const name = labelOf(label);
      took(name, []);
      mapDelete(starts, name);
    },
    timeLog(label = "default", ...values) {
      took(labelOf(label), values);
    },
    trace(...values) {
      const { stack } = new ErrorOfLanguage();
      const frames = typeof stack === "string" ? indexOf(stack, "\n    at ") : -1;
      const message = values.length === 0 ? "Trace" : `Trace: ${host.printAll(values)}`;
      host.log(LEVEL.log, [frames < 0 ? message : message + slice(stack, frames)]);
    },
  };

  web.addToConsole = (console) => {
    for (const name of ownKeys(functions)) {
      defineProperty(console, name, {
        __proto__: null,
        value: freeze(functions[name]),
        enumerable: true,
        configurable: false,
        writable: false,
      });
    }
  };
})(globalThis.__codemodeWeb);
