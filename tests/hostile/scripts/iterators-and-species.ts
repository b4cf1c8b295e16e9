// Hooks that the language calls in the middle of its own algorithms.

// # a species that hands out the global object
// expect: ok "done"
const list: any = [1, 2, 3];
list.constructor = { [Symbol.species]: function () { return globalThis; } };
list.map((x: any) => x);
return 'done';

// # a species that hands out the console
// expect: exception TypeError
// v8: expect exception TypeError: Cannot define property 0, object is not extensible
const list: any = [1];
list.constructor = { [Symbol.species]: function () { return console; } };
list.concat([1]);

// # a species that hands out a namespace
// expect: exception TypeError
// v8: expect exception TypeError: Cannot define property 0, object is not extensible
const list: any = [1];
list.constructor = { [Symbol.species]: function () { return desk; } };
list.filter(() => true);

// # a species of promises that catches what waits for a call
// expect: ok 3
// calls: desk.add, desk.add
const call: any = desk.add({ a: 1, b: 2 });
call.constructor = { [Symbol.species]: class { constructor(executor: any) { executor(() => {}, () => {}); } } };
call.then(() => {});
return await desk.add({ a: 1, b: 2 }).then((sum) => sum, () => 0).finally(() => {});

// # a species of every promise
// expect: ok 3
// process: expect exception Error: species
// quickjs process: expect exception Error: species
// calls: desk.add
Object.defineProperty(Promise, Symbol.species, { get() { throw new Error('species'); }, configurable: true });
return await desk.add({ a: 1, b: 2 });

// # a species of buffers that is too short
// expect: exception TypeError
// v8: expect exception TypeError: Derived ArrayBuffer constructor created a buffer which was too small
const buffer: any = new ArrayBuffer(8);
buffer.constructor = { [Symbol.species]: function () { return new ArrayBuffer(1); } };
return buffer.slice(0).byteLength;

// # a species of buffers that hands out the same buffer
// expect: exception TypeError
// v8: expect exception TypeError: ArrayBuffer subclass returned this from species constructor
const buffer: any = new ArrayBuffer(8);
buffer.constructor = { [Symbol.species]: function () { return buffer; } };
return buffer.slice(0).byteLength;

// # an iterator that answers with a primitive
// expect: exception TypeError
// v8: expect exception TypeError: Iterator result 1 is not an object
return [...({ [Symbol.iterator]: () => ({ next: () => 1 }) } as any)];

// # an iterator that is changed while it runs
// expect: ok [1, 2]
const list = [1, 2, 3, 4];
const seen: number[] = [];
for (const item of list) { seen.push(item); list.length = 2; }
return seen;

// # an iterator of a map that grows under it
// expect: out_of_memory
// limits: heap 16MiB
const map = new Map([[0, 0]]);
for (const [key] of map) map.set(key + 1, 0);

// # an iterator of a set that is refilled under it
// expect: timeout
const set = new Set([1]);
for (const item of set) { set.delete(item); set.add(item); }

// # entries that are getters which change the object
// expect: ok ["a"]
const object: any = { get a() { delete object.b; return 1; }, b: 2 };
return Object.entries(object).map(([key]) => key);

// # an assignment that is taken apart by getters
// expect: exception TypeError
// v8: expect exception TypeError: Cannot add property a, object is not extensible
const target: any = Object.freeze({});
Object.assign(target, { get a() { return 1; } });

// # a sort whose comparison empties the array
// expect: ok 0
const list: any = Array.from({ length: 100 }, (_, i) => 100 - i);
list.sort((a: number, b: number) => { list.length = 0; return a - b; });
list.length = 0;
return list.length;

// # a sort whose comparison never makes up its mind
// expect: ok 1000
return Array.from({ length: 1000 }, (_, i) => i).sort(() => Math.random() - 0.5).length;

// # a sort whose comparison answers with objects
// expect: ok 3
return [3, 2, 1].sort((() => ({ valueOf: () => NaN })) as any).length;

// # a splice whose species is a proxy that throws
// expect: exception Error: set
const list: any = [1, 2, 3];
list.constructor = { [Symbol.species]: function () { return new Proxy([], { defineProperty() { throw new Error('set'); } }); } };
list.splice(0, 1);

// # a concat with something spreadable that is longer than any array
// expect: exception TypeError
// v8: expect exception TypeError: Invalid array length
return ([1] as any[]).concat({ [Symbol.isConcatSpreadable]: true, length: 2 ** 53 - 1 } as any).length;

// # a concat with a proxy that says it is spreadable
// expect: exception TypeError
// v8: expect exception TypeError: Invalid array length
return ([1] as any[]).concat(new Proxy({ length: 2 ** 53 - 1 }, { get: (target, key) => key === Symbol.isConcatSpreadable ? true : (target as any)[key], has: () => false }) as any).length;

// # a flat of an array within itself
// expect: exception RangeError: Maximum call stack size exceeded
const list: any[] = [];
list.push(list, list);
return list.flat(Infinity).length;

// # names of every symbol that the language calls, each throwing, in the log
// expect: ok
const object: any = {};
for (const name of Object.getOwnPropertyNames(Symbol)) { const symbol = (Symbol as any)[name]; if (typeof symbol === 'symbol') object[symbol] = () => { throw new Error(name); }; }
console.log(object);

// # names of every symbol that the language calls, each throwing, as an input
// expect: exception TypeError: desk.echo: input.text: invalid type: an object, expected a string
// calls: ?desk.echo
const object: any = {};
for (const name of Object.getOwnPropertyNames(Symbol)) { const symbol = (Symbol as any)[name]; if (typeof symbol === 'symbol') object[symbol] = () => { throw new Error(name); }; }
await desk.echo({ text: object });

// # a conversion that answers differently each time
// expect: ok [1, 2, 3]
let count = 0;
const object: any = { [Symbol.toPrimitive]: () => ++count };
return [+object, +object, +object];

// # a tag that is a getter which throws, in the log
// expect: ok
console.log({ get [Symbol.toStringTag]() { throw new Error('tag'); } });

// # scopes opened by an object
// expect: syntax SyntaxError: line 1, column 1: 'with' statements are not allowed
with (globalThis) { return 1; }

// # unscopables of arrays
// expect: exception TypeError: Cannot assign to read only property
// quickjs: expect exception TypeError: 'Symbol.unscopables' is read-only
(Array.prototype as any)[Symbol.unscopables] = new Proxy({}, { get() { throw new Error('asked'); } });
return [1][0];

// # disposal of something that throws
// expect: exception
// v8: expect exception Error: disposed
{
    using thing = { [Symbol.dispose]() { throw new Error('disposed'); } } as any;
}
return 'done';

// # an async iterator that answers with promises that never settle
// expect: deadlock
for await (const _ of { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) } as any);

// # an async iterator whose return never settles
// expect: deadlock
for await (const _ of { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: 1 }), return: () => new Promise(() => {}) }) } as any) break;

// # many values at once from an iterator helper
// expect: timeout
return (Iterator.from({ next: () => ({ done: false, value: 1 }) } as any) as any).flatMap(function* () {}).next();

// # a generator that is resumed while it runs
// expect: exception TypeError: Generator is already running
// quickjs: expect exception TypeError: cannot invoke a running generator
const generator: any = (function* () { generator.next(); yield 1; })();
generator.next();

// # a generator that is returned into its finally, without an end
// expect: timeout
const generator = (function* () { try { yield 1; } finally { for (;;) yield 2; } })();
generator.next();
for (;;) generator.return(3 as any);
