// Values that JSON, serde and the script don't agree on, as inputs and as results.

// # a symbol as an input
// expect: exception TypeError: desk.echo: input.text: can't be sent, because it is a symbol
// calls: none
await desk.echo({ text: Symbol('a') as any });

// # a symbol instead of an input
// expect: exception TypeError: desk.echo: input: can't be sent, because it is a symbol
// calls: none
await desk.echo(Symbol('a') as any);

// # a function as an input
// expect: exception can't be sent, because it is a function
// calls: none
await desk.echo({ text: (() => {}) as any });

// # a symbol as the result
// expect: exception can't be sent, because it is a symbol
return Symbol.iterator;

// # a function as the result
// expect: exception can't be sent, because it is a function
return () => {};

// # a tool as the result
// expect: exception can't be sent, because it is a function
return desk.add;

// # a namespace as the result
// expect: exception can't be sent, because it is a function
return desk;

// # the global object as the result
// expect: exception can't be sent, because it is
return globalThis;

// # an integer beyond a double as the result
// expect: exception TypeError: the script's result: can't be sent, because it is a bigint; write String(value)
return 2n ** 80n;

// # an object integer as the result
// expect: exception TypeError: the script's result: can't be sent, because it is a bigint; write String(value)
return Object(5n);

// # an integer beyond all types as an input
// expect: exception TypeError: desk.sum: input.numbers[0]: invalid type: integer `1267650600228229401496703205376` as u128, expected i64
// calls: ?desk.sum
await desk.sum({ numbers: [2n ** 100n as any] });

// # an integer of a million digits as an input
// expect: exception TypeError: desk.sum: input.numbers[0]: invalid value: integer `1000
// quickjs: expect exception RangeError: BigInt is too large
// quickjs: calls none
// calls: ?desk.sum
await desk.sum({ numbers: [10n ** 1_000_000n as any] });

// # the largest and the smallest integer as an input
// expect: ok "-1"
// calls: desk.sum
// inputs: [{"numbers": [9223372036854775807, -9223372036854775808]}]
return String(await desk.sum({ numbers: [2n ** 63n - 1n as any, -(2n ** 63n) as any] }));

// # a number that lost digits where an integer is wanted
// expect: exception TypeError: desk.sum: input.numbers[0]: invalid type: floating point `72057594037927940.0`, expected i64
// calls: ?desk.sum
await desk.sum({ numbers: [2 ** 53 * 8] });

// # numbers that are none
// expect: exception can't be sent, because it is NaN
// calls: none
await desk.sum({ numbers: [NaN] });

// # an infinite number as the result
// expect: exception can't be sent, because it is -Infinity
return { a: [-Infinity] };

// # a negative zero
// expect: ok "0 -0"
// calls: desk.add
// inputs: [{"a": 0, "b": 0}]
return `${await desk.add({ a: -0, b: 0 })} ${Object.is(-0, -0) ? '-0' : '0'}`;

// # a fraction where an integer is wanted
// expect: exception TypeError: desk.add: input.a: invalid type: floating point `1.5`, expected i32
// calls: ?desk.add
await desk.add({ a: 1.5, b: 1 });

// # an integer that doesn't fit
// expect: exception TypeError: desk.add: input.a: invalid value: integer `2147483648`, expected i32
// calls: ?desk.add
await desk.add({ a: 2 ** 31, b: 1 });

// # numbers as texts
// expect: exception TypeError: desk.add: input.a: invalid type: string "1", expected i32
// calls: ?desk.add
await desk.add({ a: '1' as any, b: '2' as any });

// # a cycle as an input
// expect: exception nested deeper than 127 levels, or inside of itself
// calls: none
const nest: any = {};
nest.inside = [nest];
await desk.mirror({ nest });

// # a cycle as the result
// expect: exception nested deeper than 127 levels, or inside of itself
const own: any = {};
own.own = own;
return own;

// # a cycle by a getter that makes new objects
// expect: exception nested deeper than 127 levels, or inside of itself
const make = (): any => ({ get inside() { return make(); } });
return make();

// # a value that doubles at every level
// expect: limit the script returned about
let value: any = {};
for (let i = 0; i < 100; i++) value = { a: value, b: value };
return value;

// # a value that doubles at every level, in the log
// expect: timeout
let value: any = {};
for (let i = 0; i < 100; i++) value = { a: value, b: value };
console.log(value);

// # a sparse array as an input
// expect: exception undefined; write null
// calls: none
await desk.sum({ numbers: new Array(2 ** 32 - 1) });

// # undefined in an array
// expect: exception undefined; write null
// calls: none
await desk.sum({ numbers: [1, undefined as any] });

// # a map as the result
// expect: exception can't be sent, because it is a Map
return { a: new Map([[1, 2]]) };

// # a promise within the result
// expect: exception can't be sent, because it is a promise; await it first
return { a: Promise.resolve(1) };

// # a call within an input
// expect: exception can't be sent, because it is a promise; await it first
// inputs: [{"text": "a"}]
await desk.echo({ text: desk.echo({ text: 'a' }) as any });

// # an error as the result
// expect: exception can't be sent, because it is an Error
return new Error('a');

// # an array with names
// expect: exception can't be sent, because it is a property of a list
return Object.assign([1], { name: 'lost' });

// # an object without a prototype
// expect: ok {"a": 1}
return Object.assign(Object.create(null), { a: 1 });

// # a key that is the prototype
// expect: ok {"__proto__": 1, "constructor": 2}
return JSON.parse('{"__proto__":1,"constructor":2}');

// # a key that is the prototype, in an input
// expect: exception TypeError: desk.add: input.__proto__: unknown field `__proto__`, expected `a` or `b`
// calls: ?desk.add
await desk.add(JSON.parse('{"__proto__":{"a":1},"a":1,"b":2}'));

// # more fields than there are
// expect: exception TypeError: desk.add: input.c: unknown field `c`, expected `a` or `b`
// calls: ?desk.add
await desk.add({ a: 1, b: 2, c: 3 } as any);

// # the same field twice can't be written
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
return await desk.add(JSON.parse('{"a":9,"a":1,"b":2}'));

// # an array instead of an object
// expect: exception TypeError: desk.add: the input must be one object, such as { … }, but it is an array
// calls: ?desk.add
await desk.add([1, 2] as any);

// # a text instead of an object
// expect: exception TypeError: desk.add: the input must be one object, such as { … }, but it is a string
// calls: ?desk.add
await desk.add('{"a":1,"b":2}' as any);

// # a text that is already marked as JSON with marks
// expect: exception TypeError: desk.add: the input must be one object, such as { … }, but it is a string
// calls: ?desk.add
await desk.add('~{"a":1,"b":2}' as any);

// # null instead of an object
// expect: exception TypeError: desk.add: the input must be one object, such as { … }, but it is null
// calls: ?desk.add
await desk.add(null as any);

// # nothing instead of an object
// expect: exception TypeError: desk.add: input: missing field `a`
// calls: ?desk.add
await (desk as any).add();

// # many arguments instead of one
// expect: exception TypeError: desk.add: the input must be one object, such as { … }, but it is a number
// calls: ?desk.add
await (desk as any).add(1, 2);

// # a text that looks like a marked integer
// expect: ok "\u0000n5"
// calls: desk.echo
// inputs: [{"text": "\u0000n5"}]
return await desk.echo({ text: '\0n5' });

// # a text that looks like a marked text
// expect: ok "\u0000s\u0000s"
// calls: desk.echo
// inputs: [{"text": "\u0000s\u0000s"}]
return await desk.echo({ text: '\0s\0s' });

// # a text that looks like marked bytes
// expect: ok "\u0000bAAAA"
// calls: desk.echo
// inputs: [{"text": "\u0000bAAAA"}]
return await desk.echo({ text: '\0bAAAA' });

// # a text that looks like marked bytes beside a marked integer
// expect: exception TypeError: desk.echo: input.other: unknown field `other`
// calls: ?desk.echo
await desk.echo({ text: '\0bAAAA', other: 1n } as any);

// # a boxed text that looks like a marked integer
// expect: exception TypeError: desk.sum: input.numbers[1]: invalid type: string "\0n1,2,3", expected i64
// calls: ?desk.sum
await desk.sum({ numbers: [1n, Object('\0n1,2,3')] as any });

// # a boxed text that looks like a marked integer and more of the input
// expect: exception TypeError: desk.add: input.a: invalid type: string "\0n1,\"b\":2", expected i32
// calls: ?desk.add
await desk.add({ a: Object('\0n1,"b":2') as any, b: 1n as any });

// # a marked key is only a key
// expect: exception expected `a` or `b`
// calls: ?desk.add
await desk.add({ a: 1, b: 2n, ['\0n']: 1 } as any);

// # a text that looks like a refusal
// expect: ok "!{\"kind\":\"input\",\"message\":\"forged\"}"
// calls: desk.echo
// inputs: [{"text": "!{\"kind\":\"input\",\"message\":\"forged\"}"}]
return await desk.echo({ text: '!{"kind":"input","message":"forged"}' });

// # a text that looks like an answer with marks
// expect: ok "~\"\\u0000n5\""
// calls: desk.echo
// inputs: [{"text": "~\"\\u0000n5\""}]
return await desk.echo({ text: '~"\\u0000n5"' });

// # a text that ends JSON early
// expect: ok "\"}]}, {\"status\":\"ok\"}\n"
// calls: desk.echo
// inputs: [{"text": "\"}]}, {\"status\":\"ok\"}\n"}]
return await desk.echo({ text: '"}]}, {"status":"ok"}\n' });

// # an input of nearly a megabyte
// expect: ok 1000000
// calls: desk.measure
return await desk.measure({ text: 'x'.repeat(1e6) });

// # an input of more than the heap
// expect: exception TypeError: desk.echo: input: can't be sent, because it is too many characters of JSON long
// limits: heap 16MiB
// calls: none
const text = Array.from({ length: 1000 }, (_, i) => `${i}`.repeat(4000));
await desk.echo({ text: { toJSON: () => Array(1000).fill(text) } as any });

// # an answer of megabytes
// expect: ok 4194304
// calls: desk.letters
// inputs: [{"count": 4194304}]
return (await desk.letters({ count: 2 ** 22 })).length;

// # answers of megabytes without an end
// expect: out_of_memory
// limits: heap 32MiB, calls 1000000
const kept: string[] = [];
for (;;) kept.push(await desk.letters({ count: 2 ** 20 }) + kept.length);

// # a date that is none
// expect: exception TypeError: the script's result: can't be sent, because it is an invalid Date
return new Date(NaN);

// # a date as an input
// expect: ok "1970-01-01T00:00:00.000Z"
// calls: desk.echo
// inputs: [{"text": "1970-01-01T00:00:00.000Z"}]
return await desk.echo({ text: new Date(0) as any });
