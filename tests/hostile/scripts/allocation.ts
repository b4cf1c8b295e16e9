// Memory, by every way that leads to it. The limits are small, so that a run of the suite needs little itself.

// # arrays of numbers
// expect: out_of_memory the script needed more than its 16777216 bytes of heap
// limits: heap 16MiB
const kept: unknown[] = [];
for (;;) kept.push(new Array(1e4).fill(0));

// # small objects
// expect: out_of_memory
// limits: heap 16MiB
const kept: unknown[] = [];
for (let i = 0; ; i++) kept.push({ i, inside: [i] });

// # an array that grows by one
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
// limits: heap 16MiB
const kept: unknown[] = [];
for (;;) kept.push(0);

// # an array that holds itself as often as it can
// expect: out_of_memory
// limits: heap 16MiB
const kept: unknown[] = [];
for (;;) kept.push(kept, ...kept.slice(-1000));

// # a list that is doubled by spreading
// expect: out_of_memory
// quickjs in-process: may go on
// limits: heap 16MiB
let list: unknown[] = [1];
for (;;) list = [...list, ...list];

// # a list that is doubled by concat
// expect: out_of_memory
// quickjs in-process: may go on
// limits: heap 16MiB
let list: unknown[] = [1.5];
for (;;) list = list.concat(list);

// # an array made at its full size
// expect: out_of_memory
// limits: heap 16MiB
return new Array(3e7).fill(1.5).length;

// # an array from a length
// expect: out_of_memory
// limits: heap 16MiB
return Array.from({ length: 1e8 }, (_, i) => ({ i })).length;

// # a map of numbers
// expect: out_of_memory
// limits: heap 16MiB
const map = new Map();
for (let i = 0; ; i++) map.set(i, i);

// # a set of texts
// expect: out_of_memory
// limits: heap 16MiB
const set = new Set();
for (let i = 0; ; i++) set.add(`text ${i}`);

// # an object with ever more names
// expect: out_of_memory
// limits: heap 16MiB
const object: any = {};
for (let i = 0; ; i++) object[`name${i}`] = i;

// # ever more symbols
// expect: out_of_memory
// limits: heap 16MiB
const kept: unknown[] = [];
for (let i = 0; ; i++) kept.push(Symbol(`symbol ${i}`));

// # ever more registered symbols
// expect: out_of_memory
// quickjs: expect timeout
// limits: heap 16MiB
for (let i = 0; ; i++) Symbol.for(`registered ${i}`);

// # ever more functions
// expect: out_of_memory
// limits: heap 16MiB
const kept: unknown[] = [];
for (let i = 0; ; i++) kept.push(() => i, class { own = i; });

// # ever more generators under way
// expect: out_of_memory
// limits: heap 16MiB
const kept: unknown[] = [];
for (;;) { const generator = (function* () { yield kept; })(); generator.next(); kept.push(generator); }

// # ever more promises that never settle
// expect: out_of_memory
// limits: heap 16MiB
const kept: unknown[] = [];
for (;;) { kept.push(new Promise(() => {})); await null; }

// # ever more async functions that wait
// expect: out_of_memory
// limits: heap 16MiB
const never = new Promise(() => {});
for (let i = 0; ; i++) void (async () => { await never; return i; })();

// # ever larger integers
// expect: out_of_memory
// quickjs: expect exception RangeError: BigInt is too large
let n = 1n;
for (;;) n <<= 2n ** 24n;

// # ever more integers of a megabyte
// expect: out_of_memory
// quickjs: expect exception RangeError: BigInt is too large
// limits: heap 16MiB
const kept: bigint[] = [];
for (let i = 0n; ; i++) kept.push((1n << 8_000_000n) + i);

// # ever more errors with their traces
// expect: out_of_memory
// limits: heap 16MiB
const kept: unknown[] = [];
for (;;) kept.push(new Error('a'));

// # a chain of causes
// expect: out_of_memory
// limits: heap 16MiB
let error: Error = new Error('first');
for (;;) error = new Error('next', { cause: error });

// # a long chain of prototypes
// expect: out_of_memory
// limits: heap 16MiB
let object: any = {};
for (;;) object = Object.create(object);

// # bound functions of bound functions
// expect: out_of_memory
// limits: heap 16MiB
let bound: any = () => {};
for (;;) bound = bound.bind(null, bound);

// # proxies of proxies
// expect: out_of_memory
// limits: heap 16MiB
let proxy: any = {};
for (;;) proxy = new Proxy(proxy, {});

// # closures in a loop that catches its end
// expect: out_of_memory
// limits: heap 16MiB
const kept: unknown[] = [];
for (;;) { try { for (;;) kept.push(new Array(1e4).fill(1)); } catch { continue; } }

// # an allocation in each handler of the last failure
// expect: out_of_memory
// in-process: may go on
// limits: heap 16MiB
const kept: unknown[] = [];
const fill = (): never => { try { for (;;) kept.push(new Array(1e3).fill(1)); } finally { fill(); } };
fill();

// # a stop at the limit, freeing and filling again
// expect: out_of_memory
// limits: heap 16MiB
for (;;) { const kept: unknown[] = []; for (let i = 0; i < 4e5; i++) kept.push({ i, j: [i] }); }

// # more than the heap in one getter of the result
// expect: out_of_memory
// limits: heap 16MiB
return { get a() { const kept: unknown[] = []; for (;;) kept.push([kept.length]); } };

// # more than the heap while it is made JSON
// expect: out_of_memory
// limits: heap 16MiB
return JSON.stringify(Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => 'x'.repeat(1000)))).length;

// # more than the heap in a timer
// expect: out_of_memory
// limits: heap 16MiB
setTimeout(() => { const kept: unknown[] = []; for (;;) kept.push([kept.length]); }, 0);
await new Promise(() => {});

// # weak references to much, without an end, need no more than one of them
// expect: timeout
// limits: heap 16MiB
for (;;) { new WeakRef(new Array(1e4).fill(0)); await new Promise((done) => setTimeout(done, 0)); }

// # registrations for clean-up without an end
// expect: out_of_memory
// limits: heap 16MiB
const registry = new FinalizationRegistry(() => {});
const kept: unknown[] = [];
for (let i = 0; ; i++) { const object = { i }; kept.push(object); registry.register(object, object.i); }
