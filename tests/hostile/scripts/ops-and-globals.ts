// The ways to the engine's own functions, and to anything that isn't the language.

// # the engine's object
// expect: exception ReferenceError: Deno is not defined
return Deno.core.ops;

// # the engine's object, by the global object
// expect: ok "undefined"
return typeof (globalThis as any).Deno;

// # the engine's bootstrap
// expect: exception ReferenceError: __bootstrap is not defined
return __bootstrap.core;

// # the engine's primordials
// expect: exception ReferenceError: primordials is not defined
return primordials;

// # names of the engine anywhere among the globals
// expect: ok []
return Reflect.ownKeys(globalThis).map(String).filter((name) => /deno|op_|core|boot|intern|v8|node|process|require/i.test(name));

// # names of the engine anywhere in reach
// expect: ok []
const seen = new Set<unknown>();
const names: string[] = [];
const open: unknown[] = [globalThis, async () => {}, function* () {}, async function* () {}, desk.add({ a: 1, b: 2 })];
for (const value of open) {
    if (Object(value) !== value || seen.has(value)) continue;
    seen.add(value);
    open.push(Object.getPrototypeOf(value));
    for (const key of Reflect.ownKeys(value as object)) {
        if (/deno|op_|ext:|bootstrap|codemode/i.test(String(key))) names.push(String(key));
        const { value: inside, get, set } = Object.getOwnPropertyDescriptor(value, key)!;
        open.push(inside, get, set);
    }
}
return names;

// # functions in reach whose names are the engine's
// expect: ok []
const seen = new Set<unknown>();
const names: string[] = [];
const open: unknown[] = [globalThis];
for (const value of open) {
    if (Object(value) !== value || seen.has(value)) continue;
    seen.add(value);
    open.push(Object.getPrototypeOf(value));
    if (typeof value === 'function' && /op_|codemode/.test(String(value.name))) names.push(value.name);
    for (const key of Reflect.ownKeys(value as object)) { const { value: inside, get, set } = Object.getOwnPropertyDescriptor(value, key)!; open.push(inside, get, set); }
}
return names;

// # the text of a tool's function
// expect: ok false
return /op_|callHosted|Deno/.test(Function.prototype.toString.call(desk.add));

// # the text of the console's functions
// expect: ok false
return /op_|Deno|ext:/.test(Object.values(console).map(String).join());

// # the text of the timers' functions
// expect: ok false
return /op_|Deno|ext:/.test([setTimeout, setInterval, clearTimeout, clearInterval].map(String).join());

// # the environment
// expect: exception ReferenceError: process is not defined
return process.env;

// # files
// expect: exception ReferenceError: require is not defined
return require('fs').readFileSync('/etc/passwd', 'utf8');

// # the network
// expect: exception ReferenceError: fetch is not defined
return await fetch('http://169.254.169.254/latest/meta-data/');

// # a socket
// expect: exception ReferenceError: WebSocket is not defined
return new WebSocket('ws://127.0.0.1:9229');

// # a request of the old kind
// expect: exception ReferenceError: XMLHttpRequest is not defined
return new XMLHttpRequest();

// # a fine clock
// expect: ok true
return Array.from({ length: 1000 }, () => performance.now()).every((time) => Number.isInteger(time) && time >= 0);

// # a fine clock, of the newer kind
// expect: exception ReferenceError: Temporal is not defined
return Temporal.Now.instant().epochNanoseconds;

// # keys and their uses
// expect: exception TypeError
// v8: expect exception TypeError: Cannot read properties of undefined (reading 'generateKey')
return (crypto as any).subtle.generateKey;

// # a collection of garbage by name
// expect: exception ReferenceError: gc is not defined
gc();

// # an inspector
// expect: exception ReferenceError: inspector is not defined
inspector.open();

// # natives of the engine
// expect: syntax SyntaxError: line 1, column 8: Unexpected token
return %DebugPrint({});

// # a debugger that nobody listens to
// expect: ok 1
debugger;
return 1;

// # the old ways to a prototype
// expect: ok true
return ({} as any).__proto__ === Object.prototype;

// # old ways to define what a lookup finds, on a tool
// expect: exception TypeError
// v8: expect exception TypeError: Cannot redefine property: name
(desk.add as any).__defineGetter__('name', () => 'forged');

// # old ways to look for getters, on the console
// expect: ok []
return Reflect.ownKeys(console).filter((key) => (console as any).__lookupGetter__?.(key)).map(String);

// # the prototype of a namespace
// expect: ok [null, null]
return [Object.getPrototypeOf(desk), Object.getPrototypeOf(console)];

// # a new tool in a namespace
// expect: exception TypeError: Cannot add property forged, object is not extensible
(desk as any).forged = () => 'forged';

// # another tool in place of a tool
// expect: exception TypeError: Cannot assign to read only property 'add'
(desk as any).add = () => 'forged';

// # another namespace in place of a namespace
// expect: exception TypeError
// v8: expect exception TypeError: Cannot assign to read only property 'desk' of object '[object Object]'
(globalThis as any).desk = { add: () => 'forged' };

// # a namespace deleted
// expect: exception TypeError
// v8: expect exception TypeError: Cannot delete property 'desk' of [object Object]
delete (globalThis as any).desk;

// # another console
// expect: exception TypeError
// v8: expect exception TypeError: Cannot assign to read only property 'console' of object '[object Object]'
(globalThis as any).console = { log() {} };

// # a tool called with a receiver of the script's own
// expect: ok 3
// calls: desk.add
return await desk.add.call(new Proxy({}, { get() { throw new Error('asked'); } }), { a: 1, b: 2 });

// # a tool called as a constructor
// expect: exception TypeError: desk.add is not a constructor
// quickjs: expect exception TypeError: not a constructor
new (desk.add as any)({ a: 1, b: 2 });

// # a tool with a species and a prototype
// expect: ok [false, "undefined"]
return ['prototype' in desk.add, typeof (desk.add as any)[Symbol.species]];

// # a tool that isn't there
// expect: exception TypeError: desk.erase is not a function
(desk as any).erase();

// # a namespace that isn't there
// expect: exception ReferenceError: vault is not defined
vault.read();

// # the vault behind a tool
// expect: ok 27
// calls: desk.keyLength
return await desk.keyLength();

// # a tool that breaks tells nothing of itself
// expect: exception ToolError: desk.panic: the tool stopped unexpectedly (it panicked)
// calls: !desk.panic
await desk.panic();

// # a tool that breaks later tells nothing of itself
// expect: exception ToolError: desk.panicLater: the tool stopped unexpectedly (it panicked)
// calls: !desk.panicLater
await desk.panicLater();

// # a tool that breaks leaves the others whole
// expect: ok [3, 3]
// calls: !desk.panic, !desk.panicLater, desk.add, desk.add
await desk.panic().catch(() => {});
await desk.panicLater().catch(() => {});
return [await desk.add({ a: 1, b: 2 }), await desk.add({ a: 1, b: 2 })];

// # what a tool says of its failure reaches the script as it is
// expect: exception ToolError: desk.fail: exactly this
// calls: !desk.fail
await desk.fail({ message: 'exactly this' });

// # tools by names that no reader of the script could know
// expect: ok [3, 3, 3, 3, 3]
// calls: desk.add x5
const input = { a: 1, b: 2 };
const global: any = (0, (function f() { return globalThis; }))();
const { ['a' + 'dd']: first } = desk as any;
const second = (desk as any)[['a', 'd', 'd'].join('')];
const third = global['de' + 'sk'].add;
const fourth = Object.values(desk)[Object.keys(desk).indexOf('add')] as any;
const fifth = Reflect.get(desk, 'dda'.split('').reverse().join(''));
return [await first(input), await second(input), await third(input), await fourth(input), await fifth(input)];

// # tools by spellings that no reader of the script would expect
// expect: ok [3, 3, 3, 3]
// calls: desk.add x4
const input = { a: 1, b: 2 };
return [
    await desk /* of the host */ . // its tool
        add(input),
    await desk?.add?.(input),
    await d\u0065sk.\u0061dd(input),
    await desk['add'](input),
];
