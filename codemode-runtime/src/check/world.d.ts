// What a script finds beside the language and its tools. Nothing else is declared, so a global that isn't there is an
// error before the script runs.

// Names that no script has: what the compiler says of them is taken for what it says of these.
interface __MissingAwait {
  readonly missing: unique symbol;
}

/** A value, or a complaint where it is a promise that nothing has awaited. */
type __Settled<T> = T extends PromiseLike<unknown> ? __MissingAwait : T;

/** A value whose parts are no promises. It may be one itself. */
type __Sendable<T> = T extends PromiseLike<unknown> ? T : T extends object ? { [K in keyof T]: __Settled<T[K]> } : T;

// What the script is given around its statements, its interpolations and its result.
declare function __settled<T>(value: __Settled<T>): void;
declare function __text<T>(value: __Settled<T>): T;
declare function __result<T>(value: __Sendable<T>): T;

interface Console {
  debug<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  log<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  info<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  warn<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
  error<T extends readonly unknown[]>(...values: { [K in keyof T]: __Settled<T[K]> }): void;
}

declare const console: Console;

declare function setTimeout(callback: (...values: any[]) => unknown, delay?: number, ...values: unknown[]): number;
declare function setInterval(callback: (...values: any[]) => unknown, delay?: number, ...values: unknown[]): number;
declare function clearTimeout(timer: number | undefined): void;
declare function clearInterval(timer: number | undefined): void;

// The content is bytes, or text for a file. A media type is one such as "image/png".
declare namespace output {
  function image(bytes: Uint8Array, mediaType: string, name?: string): Promise<void>;
  function file(content: Uint8Array | string, mediaType: string, name?: string): Promise<void>;
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
