// The stack, from every side that may eat it: the script's, the engine's and the host's.

// # a function that calls itself
// expect: exception RangeError: Maximum call stack size exceeded
function f(): any { return f(); }
f();

// # an async function that calls itself
// expect: exception RangeError: Maximum call stack size exceeded
const f = async (): Promise<any> => f();
await f();

// # a getter that reads itself
// expect: exception RangeError: Maximum call stack size exceeded
const object = { get a(): any { return this.a; } };
return object.a;

// # a conversion that converts itself
// expect: exception RangeError: Maximum call stack size exceeded
const object: any = { toString() { return `${this}`; } };
return `${object}`;

// # a constructor that constructs itself
// expect: exception RangeError: Maximum call stack size exceeded
class A { inside = new A(); }
new A();

// # a proxy whose trap calls itself
// expect: exception RangeError: Maximum call stack size exceeded
const proxy: any = new Proxy({}, { get: (_, key) => proxy[key] });
return proxy.a;

// # a chain of proxies that is too deep for the engine
// expect: exception RangeError: Maximum call stack size exceeded
let proxy: any = {};
for (let i = 0; i < 1e5; i++) proxy = new Proxy(proxy, {});
return proxy.a;

// # a chain of bound functions that is deeper than the stack
// expect: ok 1
// quickjs: expect out_of_memory
let bound: any = () => 1;
for (let i = 0; i < 1e5; i++) bound = bound.bind(null);
return bound();

// # a sort whose comparison sorts
// expect: exception RangeError: Maximum call stack size exceeded
const sort = (): any => [2, 1].sort(sort);
sort();

// # a replacement that replaces
// expect: exception RangeError: Maximum call stack size exceeded
const replace = (): string => 'a'.replace(/a/, replace);
replace();

// # a reviver that parses
// expect: exception RangeError: Maximum call stack size exceeded
const revive = (): any => JSON.parse('[1]', revive);
revive();

// # a toJSON that makes JSON
// expect: exception RangeError: Maximum call stack size exceeded
const object = { toJSON(): any { return JSON.stringify(object); } };
JSON.stringify(object);

// # a printed value whose getter prints
// expect: ok "done"
const object = { get a(): any { console.log(object); return 1; } };
console.log(object);
return 'done';

// # a JSON text of a hundred thousand brackets
// expect: ok true
// quickjs: expect exception RangeError: Maximum call stack size exceeded
const deep = JSON.parse('['.repeat(1e5) + ']'.repeat(1e5));
return Array.isArray(deep);

// # a deep value made JSON
// expect: ok 200002
// quickjs: expect exception RangeError: Maximum call stack size exceeded
let deep: any = [];
for (let i = 0; i < 1e5; i++) deep = [deep];
return JSON.stringify(deep).length;

// # a deep value as the result
// expect: exception nested deeper than 127 levels, or inside of itself
let deep: any = [];
for (let i = 0; i < 1e5; i++) deep = [deep];
return deep;

// # a deep value as an input
// expect: exception nested deeper than 127 levels, or inside of itself
// calls: none
let nest: any = {};
for (let i = 0; i < 1e5; i++) nest = { inside: [nest] };
await desk.mirror({ nest });

// # a deep value in the log
// expect: ok "done"
// logs: ["[unprintable]"]
let deep: any = [];
for (let i = 0; i < 1e5; i++) deep = [deep];
console.log(deep);
return 'done';

// # a result as deep as it may be
// expect: ok true
let deep: any = [];
for (let i = 0; i < 120; i++) deep = [deep];
const { length } = JSON.stringify(deep);
return length === 242;

// # an input as deep as serde reads goes through, one that is deeper doesn't
// expect: ok [true, "TypeError"]
// calls: desk.mirror
const nest = (depth: number): any => { let nest: any = {}; for (let i = 0; i < depth; i++) nest = { inside: [nest] }; return nest; };
const fine = JSON.stringify(await desk.mirror({ nest: nest(50) })) === JSON.stringify(nest(50));
return [fine, await desk.mirror({ nest: nest(70) }).then(() => 'through', (error) => error.name)];

// # a regular expression of very many groups
// expect: exception SyntaxError
// v8: expect exception SyntaxError: Invalid regular expression: /((((
return new RegExp('('.repeat(1e5) + ')'.repeat(1e5)).test('a');

// # a stack that is full when a tool is called
// expect: exception RangeError: Maximum call stack size exceeded
// calls: none
const full = (): any => { try { return full(); } catch (error) { return desk.add({ a: 1, b: 2 }).then(() => { throw error; }, () => { throw error; }); } };
await full();

// # a stack that is full when something is printed
// expect: ok "done"
const full = (): void => { try { full(); } catch { console.log('at the end'); } };
try { full(); } catch { }
return 'done';

// # a stack that is full when an error is thrown, with a trace of all of it
// expect: exception RangeError: Maximum call stack size exceeded
Error.stackTraceLimit = Infinity;
function f(): any { return f(); }
f();

// # a stack that is full of built-ins
// expect: exception RangeError: Maximum call stack size exceeded
const f = (): any => Reflect.apply(Function.prototype.apply, f, [null, []]);
f();

// # classes that inherit from each other, deeply
// expect: ok
// quickjs: expect exception RangeError: Maximum call stack size exceeded
let Class: any = class {};
for (let i = 0; i < 2e4; i++) Class = class extends Class {};
new Class();
return;

// # an async generator that yields to itself, deeply
// expect: exception RangeError: Maximum call stack size exceeded
async function* f(): any { yield* f(); }
for await (const _ of f());
