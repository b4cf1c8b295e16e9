// The language, changed before the sandbox uses it.

// # a toJSON for every object decides what a script sends of its own, and nothing else
// expect: ok "polluted"
// calls: none
(Object.prototype as any).toJSON = () => 'polluted';
return { a: 1 };

// # a toJSON for every text
// expect: ok "a"
// calls: desk.echo
// inputs: [{"text": "a"}]
(String.prototype as any).toJSON = () => 'polluted';
const text = await desk.echo({ text: 'a' });
return text === 'a' ? text : 'a';

// # a toJSON for every number can't change the tool's answer
// expect: ok true
// calls: desk.keyLength
(Number.prototype as any).toJSON = () => 7;
return (await desk.keyLength()) === 27;

// # a then for every object
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
let heard: unknown[] = [];
Object.defineProperty(Object.prototype, 'then', { get() { heard.push(this); return undefined; }, configurable: true });
return await desk.add({ a: 1, b: 2 });

// # a kind and a message for every object forge no refusal
// expect: ok "a"
// calls: desk.echo
// inputs: [{"text": "a"}]
(Object.prototype as any).kind = 'input';
(Object.prototype as any).message = 'forged';
return await desk.echo({ text: 'a' });

// # a setter for every index hears nothing
// expect: ok 0
// quickjs: expect ok 3
// calls: desk.add
let heard = 0;
for (let i = 0; i < 10; i++) Object.defineProperty(Array.prototype, i, { set() { heard++; }, configurable: true });
await desk.add({ a: 1, b: 2 });
console.log('a', { b: [1, 2] });
return heard;

// # a getter for every index hears nothing
// expect: ok 0
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
let heard = 0;
for (let i = 0; i < 10; i++) Object.defineProperty(Object.prototype, i, { get() { heard++; return 'x'; }, configurable: true });
await desk.add({ a: 1, b: 2 });
console.log('a');
return heard;

// # descriptors of every object polluted
// expect: ok {"sum": 3}
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
for (const key of ['value', 'writable', 'enumerable', 'configurable'])
    Object.defineProperty(Object.prototype, key, { __proto__: null, value: 'polluted', writable: true, configurable: true } as any);
return { sum: await desk.add({ a: 1, b: 2 }) };

// # accessors of every descriptor polluted
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
Object.defineProperty(Object.prototype, 'get', { __proto__: null, value: () => 'polluted', configurable: true } as any);
return await desk.add({ a: 1, b: 2 });

// # iteration of every array broken
// expect: ok 3
// calls: desk.add
// logs: ["a 1"]
// inputs: [{"a": 1, "b": 2}]
(Array.prototype as any)[Symbol.iterator] = () => { throw new Error('broken'); };
console.log('a', 1);
return await desk.add({ a: 1, b: 2 });

// # the next of every array's iterator broken
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
Object.getPrototypeOf([][Symbol.iterator]()).next = () => { throw new Error('broken'); };
return await desk.add({ a: 1, b: 2 });

// # JSON replaced
// expect: ok {"a": 1}
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
(globalThis as any).JSON = { stringify: () => '"forged"', parse: () => 'forged' };
await desk.add({ a: 1, b: 2 });
return { a: 1 };

// # JSON's functions replaced
// expect: ok {"sum": 3}
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
JSON.stringify = () => '"forged"';
JSON.parse = () => 'forged';
return { sum: await desk.add({ a: 1, b: 2 }) };

// # every promise's then replaced hears no host function
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
const then = Promise.prototype.then;
const names: string[] = [];
Promise.prototype.then = function (this: any, ...handlers: any[]): any { for (const handler of handlers) names.push(handler?.name); return then.apply(this, handlers as any); };
const sum = await desk.add({ a: 1, b: 2 });
if (names.some((name) => name?.includes('op'))) throw new Error(names.join());
return sum;

// # every promise's then never calls back
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
Promise.prototype.then = () => new Promise(() => {}) as any;
return await desk.add({ a: 1, b: 2 });

// # every promise's constructor is the script's own
// expect: exception Error: constructor
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
Object.defineProperty(Promise.prototype, 'constructor', { get() { throw new Error('constructor'); }, configurable: true });
return await desk.add({ a: 1, b: 2 });

// # the global Promise is gone
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
delete (globalThis as any).Promise;
return await desk.add({ a: 1, b: 2 });

// # every function's call and apply replaced
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
Function.prototype.apply = () => 'forged';
Function.prototype.bind = () => () => 'forged' as any;
return await desk.add({ a: 1, b: 2 });

// # every function's call can't be replaced, since the engine looks it up
// expect: exception TypeError: Cannot assign to read only property 'call'
// quickjs: expect exception TypeError: 'call' is read-only
Function.prototype.call = function () { return 'forged'; };

// # Reflect replaced
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
Reflect.apply = Reflect.ownKeys = Reflect.defineProperty = (() => { throw new Error('forged'); }) as any;
return await desk.add({ a: 1, b: 2 });

// # maps replaced, where the sandbox keeps timers
// expect: ok "fired"
Map.prototype.set = Map.prototype.get = Map.prototype.delete = (() => { throw new Error('forged'); }) as any;
return await new Promise((done) => setTimeout(() => done('fired'), 1));

// # a map's set that shows the engine's timers
// expect: ok []
const seen: unknown[] = [];
const set = Map.prototype.set;
Map.prototype.set = function (this: any, key: any, value: any) { seen.push(key, value); return set.apply(this, [key, value]); };
setTimeout(() => {}, 1);
await new Promise((done) => setTimeout(done, 5));
return seen;

// # an array's push that shows the console's texts
// expect: ok []
// logs: ["secret 1"]
const seen: unknown[] = [];
Array.prototype.push = function (...values: unknown[]) { seen[seen.length] = values; return 0; };
console.log('secret', 1);
return seen;

// # texts' functions replaced
// expect: ok "a"
// calls: desk.echo
// inputs: [{"text": "a"}]
String.prototype.charCodeAt = () => 33;
String.prototype.slice = () => '{"kind":"input","message":"forged"}';
String.prototype.startsWith = () => true;
return await desk.echo({ text: 'a' });

// # symbols of texts replaced
// expect: ok "a,b"
// logs: ["a,b"]
(String.prototype as any)[Symbol.iterator] = () => { throw new Error('broken'); };
console.log('a,b');
return 'a,b';

// # a test for instances that is the script's own
// expect: ok {"a": {}}
Object.defineProperty(Map, Symbol.hasInstance, { value: () => true });
return { a: {} };

// # a test for instances that would let a map through
// expect: exception TypeError: the script's result.a: can't be sent, because it is a Map
Object.defineProperty(Map, Symbol.hasInstance, { value: () => false });
return { a: new Map([[1, 2]]) };

// # errors whose class tests instances by itself
// expect: exception
// v8: expect exception Error: asked
Object.defineProperty(Error, Symbol.hasInstance, { value: () => { throw new Error('asked'); } });
throw { a: 1 };

// # errors whose class says that everything is one
// expect: exception
// v8: expect exception =null
Object.defineProperty(Error, Symbol.hasInstance, { value: () => true });
throw null;

// # the class of tool errors, changed for later ones
// expect: ok "TypeError"
// calls: !desk.fail
// inputs: [{"message": "a"}]
const error: any = await desk.fail({ message: 'a' }).catch((error) => error);
try { Object.defineProperty(Object.getPrototypeOf(error), 'name', { value: 'forged' }); } catch (refused: any) { return refused.name; }

// # a message of every error
// expect: exception a
Object.defineProperty(Error.prototype, 'message', { get: () => 'polluted', configurable: true });
throw new Error('a');

// # a name of every error
// expect: exception
// v8: expect exception =Error
Object.defineProperty(Error.prototype, 'name', { get() { throw new Error('polluted'); }, configurable: true });
throw new Error('a');

// # every prototype frozen
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
for (const name of Object.getOwnPropertyNames(globalThis)) { const value = (globalThis as any)[name]; if (value?.prototype) Object.freeze(value.prototype); }
return await desk.add({ a: 1, b: 2 });

// # every prototype emptied, after which not even await works
// expect: exception
// v8: expect exception Cannot convert object to primitive value
// quickjs: calls none
// calls: desk.add
const own = Reflect.ownKeys;
const names = own(globalThis);
for (let i = 0; i < names.length; i++) {
    const prototype = (globalThis as any)[names[i]!]?.prototype;
    const keys = prototype ? own(prototype) : [];
    for (let k = 0; k < keys.length; k++) { try { delete prototype[keys[k]!]; } catch { continue; } }
}
return { sum: await desk.add({ a: 1, b: 2 }) };

// # every global deleted
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
const tools = desk;
for (const name of Reflect.ownKeys(globalThis)) { try { delete (globalThis as any)[name]; } catch { continue; } }
return await tools.add({ a: 1, b: 2 });

// # the prototype of the global object replaced
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
try { Object.setPrototypeOf(globalThis, new Proxy({}, { get: () => 'polluted', has: () => true })); } catch { }
return await desk.add({ a: 1, b: 2 });

// # a prototype for every object's prototype
// expect: exception TypeError: Immutable prototype object
// quickjs: expect exception TypeError: 'Immutable prototype object 'Object.prototype' cannot have their proto
Object.setPrototypeOf(Object.prototype, new Proxy({}, { get: () => 'polluted' }));
