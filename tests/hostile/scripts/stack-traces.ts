// The hooks of stack traces, which hand out call sites with the functions and receivers of everybody on the stack.

// # prepareStackTrace can't be replaced
// expect: exception TypeError: Cannot assign to read only property 'prepareStackTrace'
// quickjs: expect exception TypeError: 'prepareStackTrace' is read-only
(Error as any).prepareStackTrace = (_: unknown, sites: unknown[]) => sites;

// # prepareStackTrace can't be redefined
// expect: exception TypeError: Cannot redefine property
// quickjs: expect exception TypeError: property is not configurable
Object.defineProperty(Error, 'prepareStackTrace', { value: (_: unknown, sites: unknown[]) => sites });

// # prepareStackTrace can't be deleted
// expect: exception TypeError: Cannot delete property
// quickjs: expect exception TypeError: could not delete property
delete (Error as any).prepareStackTrace;

// # prepareStackTrace of a derived class hears nothing
// expect: ok "string"
class Own extends Error { static prepareStackTrace(_: unknown, sites: unknown[]) { return sites; } }
return typeof new Own('a').stack;

// # prepareStackTrace on the prototype of functions hears nothing
// expect: ok "string"
(Function.prototype as any).prepareStackTrace = (_: unknown, sites: unknown[]) => sites;
return typeof new TypeError('a').stack;

// # the sandbox's own prepareStackTrace, called by the script, gets what the script gives it
// expect: exception TypeError
// v8: expect exception TypeError: site.getFileName is not a function
return (Error as any).prepareStackTrace(new Error('a'), [{}]);

// # the sandbox's own prepareStackTrace, called with sites of the script's making
// expect: ok "Error: a\n    at [object Object]"
return (Error as any).prepareStackTrace(new Error('a'), [{ getFileName: () => 'codemode:script' }]);

// # the sandbox's own prepareStackTrace, called with a list without an end
// expect: timeout
return (Error as any).prepareStackTrace(new Error('a'), { length: Infinity, __proto__: new Proxy({}, { get: () => ({ getFileName: () => '' }) }) });

// # the conversion of an error to a text hears no site
// expect: ok [[], []]
const heard: unknown[] = [];
const error: any = new Error('a');
error.toString = (...values: unknown[]) => { heard.push(...values); return 'mine'; };
void error.stack;
const own: any = {};
(Error as any).captureStackTrace(own);
void own.stack;
return [heard, Object.keys(own)];

// # an error's name is read while the stack is made, with nobody's frames but the script's
// expect: ok true
let depth = 0;
Object.defineProperty(Error.prototype, 'name', { get() { if (depth++ < 3) void new Error('inside').stack; return 'Error'; }, configurable: true });
return !String(new Error('a').stack).includes('bootstrap');

// # captureStackTrace gives a text
// expect: ok "string"
const holder: any = {};
(Error as any).captureStackTrace(holder);
return typeof holder.stack;

// # captureStackTrace above a function of the sandbox
// expect: ok true
const holder: any = {};
(Error as any).captureStackTrace(holder, desk.add);
return !/bootstrap|ext:c|node/.test(holder.stack);

// # captureStackTrace on the console
// expect: exception TypeError: Cannot define property stack, object is not extensible
// quickjs: expect ok
(Error as any).captureStackTrace(console);

// # captureStackTrace leaves the console as it is
// expect: ok [false,"undefined"]
try { (Error as any).captureStackTrace(console); } catch { /* as it should be */ }
return ['stack' in console, typeof (console as any).stack];

// # captureStackTrace on the global object
// expect: ok "string"
(Error as any).captureStackTrace(globalThis);
return typeof (globalThis as any).stack;

// # a trace without a limit
// expect: ok true
Error.stackTraceLimit = Infinity;
return !/bootstrap|ext:c|node|rust/.test(String(new Error('a').stack));

// # a trace with a limit that is none
// expect: exception Error: a
(Error as any).stackTraceLimit = { valueOf() { throw new Error('asked'); } };
throw new Error('a');

// # a trace with a limit that is a getter
// expect: exception Error: a
Object.defineProperty(Error, 'stackTraceLimit', { get() { throw new Error('asked'); }, configurable: true });
throw new Error('a');

// # a trace from within a getter that the sandbox reads
// expect: ok true
let stack = '';
await desk.echo({ get text() { stack = String(new Error('a').stack); return 'b'; } });
return stack.split('\n').every((line) => !/bootstrap|ext:c|check|encode|op_/.test(line));

// # a trace from within a toJSON that the sandbox calls
// expect: ok true
let stack = '';
await desk.echo({ text: { toJSON() { stack = String(new Error('a').stack); return 'b'; } } as any });
return stack.split('\n').every((line) => !/bootstrap|ext:c|check|encode|op_/.test(line));

// # a trace from within a proxy that the console looks at
// expect: ok true
let stack = '';
console.log(new Proxy({}, { ownKeys() { stack = String(new Error('a').stack); return []; } }));
return stack.split('\n').every((line) => !/bootstrap|ext:c|printable|print|op_/.test(line));

// # a trace from within a timer
// expect: ok true
const stack = await new Promise<string>((done) => setTimeout(() => done(String(new Error('a').stack)), 1));
return !/bootstrap|ext:c|timers|fire/.test(stack);

// # a trace of an error of a tool
// expect: ok true
const error: any = await desk.fail({ message: 'a' }).catch((error) => error);
return !/bootstrap|ext:c|decode|\.rs/.test(error.stack);

// # a trace of an error of the engine inside of the sandbox's functions
// expect: ok true
const error: any = await desk.echo({ text: Symbol('a') as any }).catch((error) => error);
return !/bootstrap|ext:c|refuse|check/.test(error.stack);

// # a caller of a function
// expect: exception TypeError
// v8: expect exception TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions
const getter: any = { get text() { return (function f(this: any): any { return (f as any).caller; })(); } };
await desk.echo(getter);

// # the arguments of a caller
// expect: exception TypeError
// v8: expect exception TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions
const getter: any = { get text() { return (function f(): any { return (f as any).arguments; })(); } };
await desk.echo(getter);

// # the callee of arguments
// expect: exception TypeError
// v8: expect exception TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions
return (function () { return arguments.callee; })();

// # the receiver that a getter of the sandbox's input sees is the input
// expect: ok true
let receiver: unknown;
const input = { get text() { receiver = this; return 'a'; } };
await desk.echo(input);
return receiver === input;

// # the receiver that a callback of a timer sees is nothing
// expect: ok true
return await new Promise((done) => setTimeout(function (this: unknown) { done(this === undefined); }, 1));

// # frames of the outcome are the script's, by its lines
// expect: exception Error: a
// never: bootstrap
const object = { get text(): string { throw new Error('a'); } };
await desk.echo(object);

// # a name of a function that looks like a place
// expect: exception Error: a
// never: "line":777
const f = { ['x (codemode:script:777:7)']() { throw new Error('a'); } };
f['x (codemode:script:777:7)']();

// # a trace in a language where no list can be read
// expect: exception Error: patched
const patched = () => { throw new Error('patched'); };
Object.defineProperty(Array.prototype, '0', { get: patched, set: patched, configurable: true });
Object.defineProperty(Array.prototype, '1', { get: patched, set: patched, configurable: true });
Object.defineProperty(Object.prototype, 'length', { get: patched, set: patched, configurable: true });
throw new Error('patched');
