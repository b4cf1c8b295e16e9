// Code from texts, and code from elsewhere.

// # eval
// expect: exception EvalError: Code generation from strings disallowed for this context
return eval('1');

// # eval by another name
// expect: exception EvalError
const other = eval;
return other('1');

// # eval of what is no text hands it back
// expect: ok 5
// quickjs: expect exception EvalError: Code generation from strings disallowed for this context
return (eval as any)(5);

// # eval of an object that becomes a text
// expect: ok "object"
// quickjs: expect exception EvalError: Code generation from strings disallowed for this context
return typeof (eval as any)({ toString: () => '1' });

// # the constructor of functions
// expect: exception EvalError
return new Function('return 1')();

// # the constructor of functions, found on a function
// expect: exception EvalError
return (() => {}).constructor('return 1')();

// # the constructor of async functions
// expect: exception EvalError
return (async () => {}).constructor('return 1')();

// # the constructor of generators
// expect: exception EvalError
return (function* () {}).constructor('return 1')();

// # the constructor of async generators
// expect: exception EvalError
return (async function* () {}).constructor('return 1')();

// # the constructor of functions, found on a tool
// expect: exception EvalError
return (desk.add as any).constructor.constructor('return 1')();

// # the constructor of functions, found on the console
// expect: exception EvalError
return (console.log as any).constructor('return 1')();

// # the constructor of functions, found on an error of a tool
// expect: exception EvalError
const error: any = await desk.fail({ message: 'a' }).catch((error) => error);
return error.constructor.constructor('return 1')();

// # the constructor of functions, found on the promise of a call
// expect: exception EvalError
const call: any = desk.add({ a: 1, b: 2 });
return call.constructor.constructor('return 1')();

// # the constructor of functions, by Reflect and a new target
// expect: exception EvalError
return Reflect.construct(Function, ['return 1'], class extends Function {})();

// # a class that extends the constructor of functions
// expect: exception EvalError
class Own extends Function { constructor() { super('return 1'); } }
return new Own()();

// # a bound constructor of functions
// expect: exception EvalError
return (Function.bind(null, 'return 1') as any)()();

// # a constructor of functions through a species
// expect: exception EvalError
const list: any = ['return 1'];
list.constructor = { [Symbol.species]: Function };
return list.map(() => 'return 1')();

// # a text as the callback of a timer
// expect: exception TypeError: a timer needs a function to call
setTimeout('throw 1' as any, 0);

// # a text as the callback of an interval
// expect: exception TypeError: a timer needs a function to call
setInterval('throw 1' as any, 0);

// # a text as a callback of the language
// expect: exception TypeError
// v8: expect exception TypeError: string "return 1" is not a function
[1].map('return 1' as any);

// # an import of a module
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('fs');

// # an import of a file
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('file:///etc/passwd');

// # an import of a text as a module
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('data:text/javascript,export default 1');

// # an import of the engine's own modules
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('ext:core/ops');

// # an import of the engine's own module, by its other name
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('ext:core/mod.js');

// # an import of the script itself
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('codemode:script');

// # an import of the bootstrap
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('codemode:' + 'bootstrap');

// # an import over the network
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('https://example.org/a.js');

// # an import of a package
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('npm:left-pad');

// # an import of data
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('/etc/passwd', { with: { type: 'json' } } as any);

// # an import of bytes
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('/etc/passwd', { with: { type: 'bytes' } } as any);

// # an import with attributes that throw
// expect: exception
// v8: expect exception Error: asked
await import('a', { get with(): any { throw new Error('asked'); } } as any);

// # an import of what can't become a text
// expect: exception Error: asked
await import({ toString() { throw new Error('asked'); } } as any);

// # an import of a text without an end
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
await import('x'.repeat(1e7));

// # imports without an end
// expect: timeout
for (;;) await import('a').catch(() => {});

// # imports without an end that nobody waits for
// expect: timeout
// quickjs in-process: may go on
// limits: heap 256MiB
for (;;) import('a').catch(() => {});

// # an import in a timer that nobody looks at
// expect: exception TypeError: a script can't import anything: the tools are there as namespaces
setTimeout(() => { void import('a'); }, 0);
await new Promise((done) => setTimeout(done, 100));

// # an import statement
// expect: syntax there is no namespace `fs`, and a script can't load anything else
import fs from 'fs';
return fs;

// # an export statement exports to nobody
// expect: ok
export const a = 1;

// # an import for its effects
// expect: syntax a script can't load anything: the tools are there as namespaces, without an import
import 'ext:core/ops';

// # the place of a module
// expect: syntax
// v8: expect syntax SyntaxError: Cannot use 'import.meta' outside a module
return import.meta.url;

// # an import in a phase
// expect: syntax SyntaxError: line 1, column 22: Unexpected token
return await (import as any).source('a');

// # a deferred import
// expect: syntax SyntaxError: line 1, column 22: Unexpected token
return await (import as any).defer('a');

// # a require in disguise
// expect: syntax SyntaxError: line 1, column 1: a script can't load anything
import fs = require('fs');
return fs;

// # a realm of its own
// expect: exception ReferenceError: ShadowRealm is not defined
return new (ShadowRealm as any)().evaluate('1');

// # a worker
// expect: exception ReferenceError: Worker is not defined
new Worker('data:text/javascript,1');

// # compiled code
// expect: exception ReferenceError: WebAssembly is not defined
new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));

// # compiled code, reached from nowhere else
// expect: ok []
const seen = new Set<unknown>();
const found: string[] = [];
const open: unknown[] = [globalThis];
for (const value of open) {
    if (Object(value) !== value || seen.has(value)) continue;
    seen.add(value);
    if ((value as any)?.[Symbol.toStringTag] === 'WebAssembly') found.push('WebAssembly');
    for (const key of Reflect.ownKeys(value as object)) { const { value: inside, get, set } = Object.getOwnPropertyDescriptor(value, key)!; open.push(inside, get, set); }
    open.push(Object.getPrototypeOf(value));
}
return found;

// # an import of a namespace is the namespace
// expect: ok 3
// calls: desk.add
import { desk as office } from 'anywhere';
return await office.add({ a: 1, b: 2 });

// # an import of a namespace under the name of another thing
// expect: ok true
import { desk as Promise } from 'anywhere';
return typeof (Promise as any).add === 'function';

// # an import of what is no namespace
// expect: syntax there is no namespace `vault`
import { vault } from 'desk';
return await (vault as any)();

// # an import of a namespace that would leave its text
// expect: syntax there is no namespace `add`
import { add } from 'desk"; globalThis.polluted = "';

// # an import of the prototype of all objects
// expect: syntax there is no namespace `constructor`
import { constructor } from '__proto__';

// # an import of what every object inherits
// expect: syntax there is no namespace `constructor`
import { constructor } from 'desk';
return (constructor as any)('return 1')();

// # an export of a tool under another name
// expect: syntax SyntaxError: line 1, column 1: a script can't load anything
export { add as default } from 'elsewhere';

// # an export that comes before the end
// expect: syntax a value that is the default export is the script's result, so it has to be the last statement
export default { desk: { add: () => 'forged' } };
return await desk.add({ a: 1, b: 2 });

// # a last expression that is a value of its own
// expect: ok {"a": 1}
({ a: 1 });

// # a last expression that is a call to a tool
// expect: ok 3
// calls: desk.add
desk.add({ a: 1, b: 2 });
