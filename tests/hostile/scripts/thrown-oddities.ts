// Whatever can be thrown, is.

// # nothing
// expect: exception the script threw a value that is no Error: undefined
throw undefined;

// # null
// expect: exception the script threw a value that is no Error: null
throw null;

// # a number
// expect: exception the script threw a value that is no Error: 42
throw 42;

// # a text
// expect: exception the script threw a value that is no Error: a text
throw 'a text';

// # an empty text
// expect: exception the script threw a value that is no Error
throw '';

// # a symbol
// expect: exception the script threw a value that is no Error: Symbol(a)
throw Symbol('a');

// # an integer
// expect: exception the script threw a value that is no Error: 5n
throw 5n;

// # a function
// expect: exception the script threw a value that is no Error: [function f]
throw function f() {};

// # a class
// expect: exception the script threw a value that is no Error: [function A]
throw class A {};

// # an object without a prototype, thrown
// expect: exception the script threw a value that is no Error: {"a":1}
throw Object.assign(Object.create(null), { a: 1 });

// # an object that can't be printed
// expect: exception the script threw a value that is no Error: [unprintable]
throw { get a() { throw new Error('b'); } };

// # a promise
// expect: exception the script threw a value that is no Error
throw Promise.resolve(1);

// # a rejected promise
// expect: exception
// v8: expect exception Error: the script threw a value that is no Error: {}
throw Promise.reject(new Error('inside'));

// # a proxy of an error
// expect: exception
// v8: expect exception Error: a
throw new Proxy(new Error('a'), {});

// # a proxy whose every trap throws itself
// expect: exception
// v8: expect exception =#<Object>
// quickjs: expect crashed
// quickjs in-process: ends the host
const traps: any = new Proxy({}, { get: () => () => { throw proxy; } });
const proxy: any = new Proxy({}, traps);
throw proxy;

// # a proxy of an error whose every trap throws
// expect: exception
// v8: expect exception Error: trap
throw new Proxy(new Error('a'), new Proxy({}, { get: () => () => { throw new Error('trap'); } }));

// # an error with a message that is no text
// expect: exception
// v8: expect exception =Error
throw Object.assign(new Error(), { message: { toString() { return 'built'; } } });

// # an error with a message that is a symbol
// expect: exception
// v8: expect exception =Error
throw Object.assign(new Error(), { message: Symbol('a') });

// # an error with a name that is a symbol
// expect: exception
// v8: expect exception =Error
throw Object.assign(new Error('a'), { name: Symbol('b') });

// # an error whose message throws
// expect: exception
// v8: expect exception =Error
throw Object.defineProperty(new Error('a'), 'message', { get() { throw new Error('b'); } });

// # an error whose name throws
// expect: exception
// v8: expect exception =Error
throw Object.defineProperty(new Error('a'), 'name', { get() { throw new Error('b'); } });

// # an error whose stack throws
// expect: exception
// v8: expect exception Error: a
throw Object.defineProperty(new Error('a'), 'stack', { get() { throw new Error('b'); } });

// # an error whose stack is a lie
// expect: exception Error: a
// never: owned
throw Object.assign(new Error('a'), { stack: 'Error: owned\n    at owned (/etc/passwd:1:1)' });

// # an error whose toString throws
// expect: exception
// v8: expect exception Error: a
throw Object.assign(new Error('a'), { toString() { throw new Error('b'); } });

// # an error with a message of megabytes
// expect: exception … (cut: the text has 10000000 bytes)
throw new Error('x'.repeat(1e7));

// # an error with a name of megabytes
// expect: exception … (cut: the text has 10000000 bytes)
throw Object.assign(new Error('a'), { name: 'x'.repeat(1e7) });

// # a text of megabytes
// expect: exception … (cut: the text has
throw 'x'.repeat(1e7);

// # an object of megabytes
// expect: exception … (cut: the text has
throw { list: new Array(1e5).fill('x') };

// # an error with itself as its cause
// expect: exception Error: a
const error: any = new Error('a');
error.cause = error;
throw error;

// # an aggregate with itself among its errors
// expect: exception AggregateError: a
const error: any = new AggregateError([], 'a');
error.errors.push(error, error);
throw error;

// # an aggregate of a hundred thousand errors
// expect: exception AggregateError: many
// quickjs: expect out_of_memory
throw new AggregateError(Array.from({ length: 1e5 }, (_, i) => new Error(`${i}`)), 'many');

// # a chain of causes of a hundred thousand
// expect: exception Error: last
// quickjs: expect out_of_memory
let error = new Error('first');
for (let i = 0; i < 1e5; i++) error = new Error('last', { cause: error });
throw error;

// # an error with a getter for its errors that never ends
// expect: exception
// v8: expect exception AggregateError: a
throw Object.defineProperty(new AggregateError([], 'a'), 'errors', { value: { length: 2 ** 32, get 0() { return new Error('b'); } } });

// # an error with lines that look like frames
// expect: exception Error: a
// never: "line":777
throw new Error('a\n    at owned (codemode:script:777:7)');

// # an error with a name that looks like frames
// expect: exception
// v8: expect exception at owned (codemode:script:777:7): a
// never: "line":777
throw Object.assign(new Error('a'), { name: 'Error\n    at owned (codemode:script:777:7)' });

// # an error whose prototype is an error's
// expect: exception
// v8: expect exception Error: made by hand
throw { __proto__: Error.prototype, message: 'made by hand' };

// # an error whose prototype is null
// expect: exception
// v8: expect exception Error: the script threw a value that is no Error: {}
throw Object.setPrototypeOf(new Error('a'), null);

// # an error whose constructor is something else
// expect: exception Error: a
throw Object.assign(new Error('a'), { constructor: { name: 'ToolError' } });

// # an error that claims to be of a tool
// expect: exception ToolError: desk.add: forged
// calls: none
throw Object.assign(new Error('desk.add: forged'), { name: 'ToolError' });

// # an error without a message
// expect: exception Error
// v8: expect exception =Error:
throw new Error();

// # an error of a class of the script's own
// expect: exception Own: mine
class Own extends Error { override name = 'Own'; }
throw new Own('mine');

// # an error in a timer
// expect: exception Error: in a timer
setTimeout(() => { throw new Error('in a timer'); }, 0);
await new Promise((done) => setTimeout(done, 50));
return 'done';

// # a null in a timer
// expect: exception
// v8: expect exception =null
setTimeout(() => { throw null; }, 0);
await new Promise((done) => setTimeout(done, 50));
return 'done';

// # an error of an iterator that is closed
// expect: exception Error: inside
const iterator = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }), return() { throw new Error('closing'); } }) };
for (const _ of iterator as any) throw new Error('inside');

// # an error that hides another one
// expect: exception SuppressedError:
{
    using thing = { [Symbol.dispose]() { throw new Error('disposed'); } } as any;
    throw new Error('thrown');
}
