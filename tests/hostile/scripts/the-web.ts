// The part of the web that scripts have: its bounds, and what a script could make of it.

// # base64 of more bytes than there may be
// expect: exception RangeError: Uint8Array.fromBase64: Out of memory
// quickjs: expect exception InternalError: out of memory
// limits: heap 512MiB
return atob('AAAA'.repeat(25e6)).length;

// # bytes of a text that is longer than they may be
// expect: exception RangeError: Array buffer allocation failed
// quickjs: expect exception InternalError: out of memory
// limits: heap 512MiB
return btoa('x'.repeat(1e8)).length;

// # a text of a hundred megabytes to bytes
// expect: exception RangeError: Array buffer allocation failed
// quickjs: expect exception|timeout
// limits: heap 512MiB
return new TextEncoder().encode('x'.repeat(1e8)).length;

// # bytes that are all wrong to text
// expect: out_of_memory
// limits: heap 32MiB, buffers 48MiB
const bytes = new Uint8Array(32 * 1024 * 1024).fill(0xff);
const texts: string[] = [];
for (;;) texts.push(new TextDecoder().decode(bytes));

// # a decoder that never gets to the end of a character
// expect: ok [0, 0]
const decoder = new TextDecoder();
let length = 0;
for (let round = 0; round < 1e5; round++) length += decoder.decode(new Uint8Array(0), { stream: true }).length;
decoder.decode(new Uint8Array([0xf0, 0x9f, 0x98]), { stream: true });
return [length, decoder.decode(new Uint8Array(0), { stream: true }).length];

// # a decoder on memory that is gone
// expect: ok ["", "", "TypeError"]
const gone = new Uint8Array(8);
const view = new DataView(gone.buffer);
gone.buffer.transfer();
const decoder = new TextDecoder();
const attempt = (value: any) => { try { return decoder.decode(value) } catch (error: any) { return error.name } };
return [attempt(gone), attempt(gone.buffer), attempt(view)];

// # a decoder whose options take the memory away
// expect: ok ["", 0]
const bytes = new Uint8Array(8).fill(97);
const text = new TextDecoder().decode(bytes, { get stream() { bytes.buffer.transfer(); return false } });
return [text, bytes.length];

// # a decoder on memory that shrinks
// expect: ok ["aaaaaaaa", "aa", ""]
const buffer = new ArrayBuffer(8, { maxByteLength: 16 });
const whole = new Uint8Array(buffer);
const fixed = new Uint8Array(buffer, 4, 4);
whole.fill(97);
const before = new TextDecoder().decode(whole);
buffer.resize(2);
return [before, new TextDecoder().decode(whole), new TextDecoder().decode(fixed)];

// # bytes of a text into memory that is gone
// expect: ok [{"read": 0, "written": 0}, 0]
const bytes = new Uint8Array(8);
const result = new TextEncoder().encodeInto({ toString() { bytes.buffer.transfer(); return 'abc' } } as any, bytes);
return [result, bytes.length];

// # random bytes into memory that is gone
// expect: ok 0
const bytes = new Uint8Array(8);
bytes.buffer.transfer();
return crypto.getRandomValues(bytes).length;

// # random bytes without an end
// expect: timeout
const bytes = new Uint8Array(65536);
for (;;) crypto.getRandomValues(bytes);

// # random bytes into what looks like a list of bytes
// expect: exception TypeError: getRandomValues needs a typed array to fill
return crypto.getRandomValues({ length: 8, byteLength: 8, buffer: new ArrayBuffer(8), __proto__: Uint8Array.prototype } as any);

// # a URL that is longer than it may be
// expect: exception TypeError: a URL may have 1048576 characters
return new URL('http://a.example/' + 'x'.repeat(2e6));

// # a URL that grows until it is longer than it may be
// expect: exception TypeError: a URL may have 1048576 characters
const url = new URL('http://a.example/');
for (;;) url.pathname += 'x'.repeat(1e5);

// # a URL whose parameters grow until it is longer than it may be
// expect: exception TypeError: a URL may have 1048576 characters
const url = new URL('http://a.example/');
for (;;) {
    url.searchParams.append('x', 'y'.repeat(1e5));
    url.href;
}

// # URLs that would take long to read
// expect: ok true
const long = (text: string) => text.repeat(2 ** 18 / text.length);
const urls = [
    `http://${long('ü')}/`, `http://${long('ü.')}/`, `//${long('ü.')}`, `http:${long('ü.')}`, `http://xn--${long('a')}/`, `http://${long('1.')}/`,
    `http://a/${long('a/../')}`, `http://a/${long('%')}`, `http://a/?${long("'")}`, `http://${long('@')}/`, `http://[${long(':')}]/`, `${long('a')}:`,
    `http://${long('xn--a.')}`, `\th\nt\ttp:\\\\${long('ü.')}`, `x://${long('ü.')}`, `x://${long('a@')}`,
];
for (const url of urls) URL.canParse(url, 'http://a.example');
for (const value of urls) {
    for (const part of ['host', 'hostname', 'port', 'username'] as const) new URL('http://a.example')[part] = value;
}
return true;

// # a URL whose parts grow by being written down
// expect: ok [600018, 600020]
const url = new URL('http://a.example/');
url.username = 'ü'.repeat(1e5);
const before = url.href.length;
url.hash = 'x';
return [before, url.href.length];

// # a URL that has fallen behind its parameters
// expect: ok ["http://a.example/?a=1&b=2", "?b=2", "http://b.example/", ""]
const url = new URL('http://a.example/?a=1');
url.searchParams.append('b', '2');
const first = url.href;
url.searchParams.delete('a');
const second = url.search;
url.searchParams.append('c', '3');
url.href = 'http://b.example/';
return [first, second, url.href, url.searchParams.toString()];

// # more parameters than memory
// expect: out_of_memory
// limits: heap 32MiB
return new URLSearchParams('a&'.repeat(1e7)).size;

// # parameters without an end
// expect: out_of_memory
// limits: heap 32MiB
const params = new URLSearchParams();
for (;;) params.append('a'.repeat(100) + params.size, 'b');

// # parameters of a list without an end
// expect: out_of_memory
// limits: heap 32MiB
return new URLSearchParams((function* () { for (;;) yield ['a', 'b'] as const })()).size;

// # parameters that are added while they are read
// expect: out_of_memory|timeout
// limits: heap 32MiB
const params = new URLSearchParams('a=b');
for (const [name, value] of params) params.append(name, value);

// # a copy of something deep
// expect: ok true
let deep: any = null;
for (let level = 0; level < 1e6; level++) deep = { deep };
try { structuredClone(deep); return false } catch (error) { return error instanceof RangeError }

// # a copy of something that is inside of itself
// expect: ok true
const loop: any = [new Map()];
loop[0].set(loop, new Set([loop]));
const copy = structuredClone(loop);
return copy[0].has(copy) && copy[0].get(copy).has(copy) && copy !== loop;

// # copies that double
// expect: ok 1
let wide: any = [];
for (let level = 0; level < 60; level++) wide = [wide, wide];
return new Set(structuredClone(wide)).size;

// # a copy of a getter without an end
// expect: timeout
return structuredClone({ get a() { for (;;); } });

// # a copy of what makes more of itself
// expect: out_of_memory|exception RangeError
// limits: heap 32MiB
const more = () => ({ get next() { return more() }, filling: 'x'.repeat(100) });
return structuredClone(more());

// # a copy of an object that says that it has all names
// expect: ok {"a": 1}
return structuredClone(new Proxy({ a: 1 }, {}));

// # a copy of the longest list
// expect: ok [4294967295, 1]
const list: number[] = [];
list[2 ** 32 - 2] = 1;
const copy = structuredClone(list);
return [copy.length, copy[2 ** 32 - 2]];

// # copies of more memory than there may be
// expect: exception RangeError: Array buffer allocation failed
// quickjs: expect out_of_memory|exception
const bytes = new Uint8Array(4e7);
return structuredClone([bytes]).length;

// # a copy of what grows while it is copied
// expect: ok [3, 3]
const map = new Map<any, any>([['a', { get a() { map.set(map.size, 1); return 1 } }], ['b', 2]]);
const copies = [structuredClone(map), structuredClone(map)];
return [copies[0].size + 1, copies[1].size];

// # copies of what can do something
// expect: ok ["DataCloneError"]
const things: unknown[] = [
    desk, desk.add, console, console.log, crypto, Promise.resolve(), new WeakMap(), new WeakRef({}), new URL('a:b'), new TextDecoder(),
    new AbortController(), new AbortController().signal, new URLSearchParams(), [][Symbol.iterator](), (async function* () {})(), URL, globalThis.setTimeout,
];
const names = things.map((thing) => { try { structuredClone(thing); return typeof thing } catch (error: any) { return error.name } });
return [...new Set(names)];

// # aborts within aborts
// expect: ok 1
const controller = new AbortController();
let calls = 0;
controller.signal.onabort = () => { calls++; controller.abort() };
controller.abort();
return calls;

// # a listener that breaks
// expect: exception Error: mine
const controller = new AbortController();
controller.signal.addEventListener('abort', () => { throw new Error('mine') });
let called = false;
controller.signal.addEventListener('abort', () => { called = true });
controller.abort();
if (!called) return 'not called';
await new Promise((done) => setTimeout(done, 1));

// # more signals that wait than there may be timers
// expect: limit the script may have 10 timers waiting, and wanted one more
// limits: timers 10
for (let signal = 0; signal < 11; signal++) AbortSignal.timeout(1e6);

// # a signal that nobody has made
// expect: exception TypeError: Illegal constructor: a signal comes from an AbortController
new (AbortSignal as any)({});

// # a signal by its prototype
// expect: exception TypeError
// v8: expect exception TypeError: Cannot read private member #aborted from an object whose class did not declare it
return Object.create(AbortSignal.prototype).aborted;

// # listeners without an end
// expect: out_of_memory
// limits: heap 32MiB
const { signal } = new AbortController();
for (;;) signal.addEventListener('abort', () => {});

// # microtasks without an end
// expect: timeout
const again = () => queueMicrotask(again);
again();
await new Promise(() => {});

// # a microtask that breaks
// expect: exception RangeError: mine
queueMicrotask(() => { throw new RangeError('mine') });
await new Promise((done) => setTimeout(done, 1));

// # a table of more columns and rows than anybody reads
// expect: ok
const row = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`c${at}`, at]));
console.table(Array.from({ length: 1000 }, () => row));

// # a table with a column for each row
// expect: ok
console.table(Array.from({ length: 20000 }, (_, at) => ({ [`c${at}`]: at })));

// # a table that breaks when it is looked at
// expect: ok
// logs: ["[unprintable]"]
console.table(new Proxy([], { ownKeys() { throw new Error('mine') } }));

// # groups without an end
// expect: timeout
for (;;) console.group();

// # lines in groups that grow
// expect: ok
for (let level = 0; level < 1e5; level++) console.group();
console.log('\n'.repeat(1e6));

// # names of times and counts that can't be read
// expect: ok
// logs: ["[unprintable]: 1"]
console.count({ toString() { throw new Error('mine') }, toJSON() { throw new Error('mine') } } as any);

// # what is there of the web, in a language that is broken
// expect: ok ["aGk=", "hi", "ü", [195, 188], "http://a.example/?b=1&c=2", "1", {"a": [1, {"b": 2}]}, 36, true, "AbortError"]
const broken = () => { throw new Error('mine') };
const answers: unknown[] = [];
const { defineProperty, getOwnPropertyNames } = Object;
const add = (value: unknown) => { defineProperty(answers, answers.length, { value, enumerable: true, configurable: true, writable: true }) };
const owners: any[] = [
    Array.prototype, String.prototype, Map.prototype, Set.prototype, Uint8Array.prototype, Object.getPrototypeOf(Uint8Array.prototype), ArrayBuffer.prototype,
    DataView.prototype, Date.prototype, RegExp.prototype, Promise.prototype, Number.prototype, Function.prototype, Reflect, JSON, Math,
    URLSearchParams.prototype, TextDecoder.prototype,
];
const { stringify } = JSON;
const decoder = new TextDecoder();
const decode = decoder.decode;
const get = URLSearchParams.prototype.get;
const append = URLSearchParams.prototype.append;
const { apply } = Reflect;
for (const owner of owners) {
    for (const name of getOwnPropertyNames(owner)) {
        // The language itself asks a promise for this one.
        if (name === 'constructor') continue;
        try { defineProperty(owner, name, { get: broken, set: broken, configurable: true }) } catch {}
    }
}
const symbols = [Symbol.split, Symbol.replace, Symbol.species, Symbol.iterator];
const more = [String.prototype, RegExp.prototype, Array, Promise, ArrayBuffer, Array.prototype];
for (let symbol = 0; symbol < symbols.length; symbol++) {
    for (let owner = 0; owner < more.length; owner++) {
        try { defineProperty(more[owner], symbols[symbol], { get: broken, configurable: true }) } catch {}
    }
}
for (let index = 0; index < 20; index++) defineProperty(Array.prototype, index, { set: broken, get: broken, configurable: true });
add(btoa('hi'));
add(atob('aGk='));
const bytes = new TextEncoder().encode('ü');
add(apply(decode, decoder, [bytes]));
add([bytes[0], bytes[1]]);
const url = new URL('?b=1', 'http://a.example');
apply(append, url.searchParams, ['c', '2']);
add(url.href);
add(apply(get, url.searchParams, ['b']));
add(structuredClone({ a: [1, { b: 2 }] }));
add(crypto.randomUUID().length);
add(performance.now() >= 0);
const controller = new AbortController();
controller.abort();
add(controller.signal.reason.name);
return answers;

// # values for the host through what is there of the web
// expect: exception TypeError: desk.add: input: can't be sent, because it is a URLSearchParams; write [...parameters]
await desk.add(new URLSearchParams('a=1&b=2') as any);
