// What a script finds beside the language and its tools. Nothing else is declared, so a global that isn't there is an
// error before the script runs.

// Names that no script has: what the compiler says of them is taken for what it says of these.
interface __MissingAwait {
  readonly missing: unique symbol;
}

/** A value, or a complaint where it is a promise that nothing has awaited. */
type __Settled<T> = T extends PromiseLike<unknown> ? __MissingAwait : T;

type __Simple = string | number | boolean | bigint | symbol | null | undefined;

/** The next depth, by depth. The last is as deep as anybody looks, or types that are made of themselves would have no end. */
type __Deeper = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** A value that leaves the script, or a complaint where it is or has a promise, however deep. */
type __Sent<T, Depth extends number = 0> = 0 extends 1 & T
  ? T
  : [T] extends [__Simple]
    ? T
    : T extends PromiseLike<unknown>
      ? __MissingAwait
      : T extends (...values: never) => unknown
        ? T
        : Depth extends 12
          ? T
          : T extends Map<infer Key, infer Value>
            ? Map<Key, __Sent<Value, __Deeper[Depth]>>
            : T extends Set<infer Value>
              ? Set<__Sent<Value, __Deeper[Depth]>>
              : T extends object
                ? { [Key in keyof T]: __Sent<T[Key], __Deeper[Depth]> }
                : T;

/** The same of a result, which may be a promise itself. */
type __Returned<T> = 0 extends 1 & T ? T : T extends PromiseLike<infer Value> ? PromiseLike<__Sent<Value>> : __Sent<T>;

// What the script is given around its statements, its interpolations, its result and what it hands to a tool.
declare function __settled<T>(value: __Settled<T>): void;
declare function __text<T>(value: __Settled<T>): T;
declare function __result<T>(value: __Returned<T>): T;
declare function __input<T>(value: __Sent<T>): T;

interface Console {
  debug<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  log<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  info<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  warn<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  error<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  trace<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  group<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  groupCollapsed<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  groupEnd(): void;
  dir<T>(value?: __Settled<T>, options?: object): void;
  table<T>(rows?: __Settled<T>, columns?: readonly string[]): void;
  assert<T extends readonly unknown[]>(condition?: unknown, ...values: { [K in keyof T]: __Settled<T[K]> }): void;
  count(label?: string): void;
  countReset(label?: string): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog<T extends readonly unknown[]>(label?: string, ...values: { [K in keyof T]: __Settled<T[K]> }): void;
}

declare const console: Console;

declare function setTimeout(callback: (...values: any[]) => unknown, delay?: number, ...values: unknown[]): number;
declare function setInterval(callback: (...values: any[]) => unknown, delay?: number, ...values: unknown[]): number;
declare function clearTimeout(timer: number | undefined): void;
declare function clearInterval(timer: number | undefined): void;
declare function queueMicrotask(callback: () => unknown): void;

// ---- the language, where it is stricter than scripts need ----

/** Whoever groups something knows the groups. */
interface __Groups<K, T> extends Map<K, T[]> {
  get(key: K): T[];
}

interface ObjectConstructor {
  groupBy<K extends PropertyKey, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Record<K, T[]>;
}

interface MapConstructor {
  groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): __Groups<K, T>;
}

/** A value of a kind of which a list has some, or none. */
type __Alike<T> = (T extends string ? string : T extends number ? number : T) | null | undefined;

/** What is left of values where those are taken out that count as false. */
type __True<T> = T extends false | 0 | 0n | "" | null | undefined ? never : T;

interface Array<T> {
  includes(value: __Alike<T>, from?: number): boolean;
  filter(counts: BooleanConstructor): __True<T>[];
}

interface ReadonlyArray<T> {
  includes(value: __Alike<T>, from?: number): boolean;
  filter(counts: BooleanConstructor): __True<T>[];
}

declare function parseInt(value: __Simple, radix?: number): number;
declare function parseFloat(value: __Simple): number;
declare function isNaN(value: __Simple): boolean;
declare function isFinite(value: __Simple): boolean;

interface NumberConstructor {
  parseInt(value: __Simple, radix?: number): number;
  parseFloat(value: __Simple): number;
}

// ---- the small part of the web ----

/** An error that is told by its name, such as "AbortError". */
declare class DOMException extends Error {
  constructor(message?: string, name?: string);
}

declare class TextEncoder {
  readonly encoding: "utf-8";
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number };
}

/** Knows utf-8, utf-16le, utf-16be and windows-1252, by all of their names. */
declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}

declare function atob(base64: string): string;
declare function btoa(binary: string): string;

declare class URLSearchParams {
  constructor(init?: string | URLSearchParams | Record<string, string | number | boolean> | Iterable<readonly [string, string | number | boolean]>);
  readonly size: number;
  append(name: string, value: string | number | boolean): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string | number | boolean): void;
  sort(): void;
  entries(): IteratorObject<[string, string], undefined>;
  keys(): IteratorObject<string, undefined>;
  values(): IteratorObject<string, undefined>;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => unknown, receiver?: unknown): void;
  toString(): string;
  [Symbol.iterator](): IteratorObject<[string, string], undefined>;
}

declare class URL {
  constructor(url: string | URL, base?: string | URL);
  static parse(url: string | URL, base?: string | URL): URL | null;
  static canParse(url: string | URL, base?: string | URL): boolean;
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
  hash: string;
  toString(): string;
  toJSON(): string;
}

declare function structuredClone<T>(value: T, options?: { transfer?: Iterable<ArrayBuffer> }): T;

type __Integers =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

declare const crypto: {
  getRandomValues<T extends __Integers>(array: T): T;
  randomUUID(): `${string}-${string}-${string}-${string}-${string}`;
};

declare const performance: {
  now(): number;
  readonly timeOrigin: number;
};

interface __AbortEvent {
  readonly type: "abort";
  readonly target: AbortSignal;
  readonly currentTarget: AbortSignal;
}

type __AbortListener =
  | ((this: AbortSignal, event: __AbortEvent) => unknown)
  | { handleEvent(event: __AbortEvent): unknown };

declare class AbortSignal {
  private constructor();
  static abort(reason?: unknown): AbortSignal;
  static timeout(milliseconds: number): AbortSignal;
  static any(signals: Iterable<AbortSignal>): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  onabort: ((this: AbortSignal, event: __AbortEvent) => unknown) | null;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: __AbortListener | null, options?: boolean | { once?: boolean }): void;
  removeEventListener(type: "abort", listener: __AbortListener | null, options?: boolean | { once?: boolean }): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

// The content is bytes, or text for a file. A media type is one such as "image/png".
declare namespace output {
  function image(bytes: Uint8Array, mediaType: string, name?: string): Promise<void>;
  function file(content: Uint8Array | string, mediaType: string, name?: string): Promise<void>;
}

// Reads the JSON that a tool has given as text: as the whole result, in its parts, or as its only field, as in `{ content }`. What has
// no text in it is handed back. The type is what the script says that it is.
declare function $json<T = any>(result: unknown): T;

// What scripts of one session keep for each other by name: JSON, with bytes and bigints.
declare namespace $store {
  function set(name: string, value: unknown): Promise<void>;
  // The type is what the script says that it is. Nothing, if there is no such name.
  function get<T = any>(name: string): Promise<T | undefined>;
  function keys(): Promise<string[]>;
  function remove(name: string): Promise<boolean>;
  export { set, get, keys, remove as delete };
}

// For `using`.
interface SymbolConstructor {
  readonly dispose: unique symbol;
  readonly asyncDispose: unique symbol;
}

interface Disposable {
  [Symbol.dispose](): void;
}

interface AsyncDisposable {
  [Symbol.asyncDispose](): PromiseLike<void>;
}
