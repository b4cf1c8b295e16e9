// Built-in functions that loop on the engine's own side. Many never look whether they should stop.

// # indexOf over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].indexOf.call({ length: 2 ** 53 - 1 } as any, 1 as never);

// # lastIndexOf over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].lastIndexOf.call({ length: 2 ** 53 - 1 } as any, 1 as never);

// # includes over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].includes.call({ length: 2 ** 53 - 1 } as any, 1 as never);

// # reverse over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return typeof [].reverse.call({ length: 2 ** 53 - 1 } as any);

// # copyWithin over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return typeof [].copyWithin.call({ length: 2 ** 53 - 1 } as any, 0, 1);

// # some over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].some.call({ length: 2 ** 53 - 1 } as any, () => true);

// # every over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].every.call({ length: 2 ** 53 - 1 } as any, () => true);

// # forEach over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
[].forEach.call({ length: 2 ** 53 - 1 } as any, () => {});

// # filter over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].filter.call({ length: 2 ** 53 - 1 } as any, () => true);

// # reduce over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].reduce.call({ length: 2 ** 53 - 1 } as any, ((a: any) => a) as any, 0 as never);

// # reduceRight over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].reduceRight.call({ length: 2 ** 53 - 1 } as any, ((a: any) => a) as any, 0 as never);

// # shift over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].shift.call({ length: 2 ** 53 - 1 } as any) ?? null;

// # unshift over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return [].unshift.call({ length: 2 ** 53 - 3 } as any, 1 as never);

// # splice over a length that never ends
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return typeof [].splice.call({ length: 2 ** 53 - 3 } as any, 0, 1);

// # sort over a length that never ends
// expect: out_of_memory
// in-process: ends the host, Fatal JavaScript out of memory: invalid array length
// quickjs: expect timeout
// quickjs in-process: may go on
return typeof [].sort.call({ length: 2 ** 53 - 1 } as any);

// # fill over a length that never ends is out of memory sooner than out of time
// expect: out_of_memory
// in-process: goes on
// limits: heap 16MiB
return typeof [].fill.call({ length: 2 ** 53 - 1 } as any, 1 as never);

// # find calls back for every hole, and so can be stopped
// expect: timeout
return [].find.call({ length: 2 ** 53 - 1 } as any, () => false);

// # findLastIndex calls back for every hole, and so can be stopped
// expect: timeout
return [].findLastIndex.call({ length: 2 ** 53 - 1 } as any, () => false);

// # map refuses a length that no array can have
// expect: exception RangeError: Invalid array length
// quickjs: expect exception RangeError: invalid array length
return [].map.call({ length: 2 ** 53 - 1 } as any, (x: any) => x);

// # toReversed refuses a length that no array can have
// expect: exception RangeError: Invalid array length
// quickjs: expect exception RangeError: invalid array length
return ([] as any).toReversed.call({ length: 2 ** 53 - 1 });

// # indexOf over the holes of the longest array
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return new Array(2 ** 32 - 1).indexOf(1);

// # lastIndexOf over the holes of the longest array
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return new Array(2 ** 32 - 1).lastIndexOf(1);

// # reverse over the holes of the longest array
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return new Array(2 ** 32 - 1).reverse().length;

// # forEach over the holes of the longest array
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
new Array(2 ** 32 - 1).forEach(() => {});

// # flat over the holes of the longest array
// expect: timeout
// in-process: goes on
// quickjs in-process: goes on
return new Array(2 ** 32 - 1).flat().length;

// # join of the longest array
// expect: exception RangeError: Invalid string length
// quickjs: expect out_of_memory
// quickjs in-process: may go on
return new Array(2 ** 32 - 1).join().length;

// # an array of the longest length as JSON
// expect: exception RangeError: Invalid string length
// quickjs: expect out_of_memory
// quickjs in-process: may go on
return JSON.stringify(new Array(2 ** 32 - 1)).length;

// # an array of the longest length as the result
// expect: exception undefined; write null
return new Array(2 ** 32 - 1);

// # an array of the longest length in the log
// expect: ok
console.log(new Array(2 ** 32 - 1));

// # a template of raw strings that never ends
// expect: timeout
// in-process: goes on
// quickjs: expect out_of_memory|timeout
// quickjs in-process: may go on
return String.raw({ raw: { length: 2 ** 53 - 1 } as any });

// # apply with an argument list of millions
// expect: out_of_memory
// in-process: may go on
// in-process: expect out_of_memory|timeout
// quickjs: expect exception RangeError: too many arguments in function call
return Reflect.apply(() => 1, null, { length: 2 ** 26 } as any);

// # an iterator without an end, as a list of arguments
// expect: timeout
const endless = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) };
return new Set(endless as any).size;

// # an iterator without an end, as entries of a map
// expect: timeout
const endless = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: [1, 2] }) }) };
return new Map(endless as any).size;

// # an iterator without an end, as entries of an object
// expect: timeout
const endless = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: ['a', 2] }) }) };
return Object.fromEntries(endless as any);

// # an iterator helper that drops without an end
// expect: timeout
const endless = (function* () { for (;;) yield 1; })();
return [...(endless as any).drop(Infinity)];

// # a filter over an iterator that keeps nothing
// expect: timeout
const endless = (Iterator as any).from({ next: () => ({ done: false, value: 1 }) });
return endless.filter(() => false).next();

// # a generator that yields itself
// expect: exception RangeError: Maximum call stack size exceeded
function* own(): any { yield* own(); }
return [...own()];

// # a set that is compared with a set-like without an end
// expect: timeout
const like = { size: Infinity, has: () => true, keys: () => ({ next: () => ({ done: false, value: 1 }) }) };
return (new Set([1]) as any).union(like).size;

// # a grouping of an iterator without an end into one group
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
// limits: heap 16MiB
const endless = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) };
return (Map as any).groupBy(endless, () => 1).size;

// # a number to a power that has millions of digits
// expect: timeout
// quickjs: expect exception|timeout
return (7n ** (2n ** 26n)).toString().length;

// # a product of numbers with millions of digits
// expect: timeout
// quickjs: expect exception|timeout
let a = 3n ** (2n ** 22n);
for (;;) a = (a * a) >> 6_000_000n;

// # digits of a number with millions of them
// expect: timeout
// quickjs: expect exception|timeout
return BigInt('9'.repeat(40_000_000)).toString(7).length;

// # a comparison by language of very long texts
// expect: timeout
// quickjs: expect out_of_memory|timeout
// quickjs in-process: may go on
const text = 'äöü'.repeat(4e6);
for (;;) text.localeCompare(`${text}a`);

// # the normal form of a very long text, again and again
// expect: timeout
// quickjs in-process: may go on
const text = 'ä\u0323'.repeat(1e5);
const normalize = () => text.normalize('NFKD');
for (;;) normalize();

// # a loop around nothing but a built-in, where the engine looks only every few thousand rounds
// expect: timeout
// in-process: may go on
// quickjs in-process: may go on
const text = 'ä\u0323'.repeat(1e5);
for (;;) text.normalize('NFKD');

// # parsing JSON with a reviver that never comes back
// expect: timeout
return JSON.parse('[1]', () => { for (;;); });

// # a deep equality of proxies that answer each other
// expect: exception RangeError: Maximum call stack size exceeded
const a: any = new Proxy({}, { get: (_, key) => b[key] });
const b: any = new Proxy({}, { get: (_, key) => a[key] });
return a.answer;
