// Objects that claim to be promises, and whatever else is called between two steps of an async function.

// # a result that is a thenable
// expect: ok "settled"
return { then: (done: (value: unknown) => void) => done('settled') };

// # a result that is a thenable which answers twice
// expect: ok "first"
return { then(done: (value: unknown) => void, fail: (error: unknown) => void) { done('first'); fail(new Error('second')); done('third'); throw new Error('fourth'); } };

// # a result that is a thenable which throws
// expect: exception Error: thrown
return { then() { throw new Error('thrown'); } };

// # a result that is a thenable which rejects with nothing
// expect: exception Error: the script threw a value that is no Error: undefined
return { then: (_: unknown, fail: (error: unknown) => void) => fail(undefined) };

// # a thenable within the result is no promise, and its then can't be sent
// expect: exception can't be sent, because it is a function
return { a: { then: () => 1 } };

// # a thenable as an input
// expect: exception can't be sent, because it is a function
// calls: none
await desk.echo({ text: { then: (done: any) => done('a') } as any });

// # an input that is a thenable isn't waited for
// expect: exception can't be sent, because it is a function
// calls: none
await desk.echo({ text: 'a', then() {} } as any);

// # a then that is handed the engine's own functions
// expect: ok ["", ""]
const names: string[] = [];
await { then(done: any, fail: any) { names.push(done.name, fail.name); done(); } };
return names;

// # the engine's own functions of a thenable, from their constructors
// expect: exception EvalError
return await new Promise((_, reject) => { const thenable: any = { then(done: any) { try { done.constructor('return 1')(); } catch (error) { reject(error); } } }; void Promise.resolve(thenable); });

// # the functions that a call's promise hands on
// expect: exception EvalError
const call = desk.add({ a: 1, b: 2 });
let heard: any;
(call as any).constructor = function (executor: any) { executor((heard = () => {}), () => {}); };
(call as any).constructor[Symbol.species] = (call as any).constructor;
call.then(() => {});
return heard.constructor('return 1')();

// # a subclass of promises that listens to the script's own end
// expect: ok 1
class Own extends Promise<unknown> { override then(...handlers: any[]): any { return super.then(...(handlers as [any, any])); } }
return Own.resolve(1);

// # a promise whose then is a getter that throws
// expect: exception Error: asked
return Object.defineProperty(Promise.resolve(1), 'then', { get() { throw new Error('asked'); } });

// # a promise whose constructor is a getter that throws
// expect: exception Error: asked
await Object.defineProperty(Promise.resolve(1), 'constructor', { get() { throw new Error('asked'); } });

// # a promise with another prototype
// expect: ok {}
return Object.setPrototypeOf(Promise.resolve(1), null);

// # an object with the prototype of promises
// expect: exception TypeError
// v8: expect exception TypeError: Method Promise.prototype.then called on incompatible receiver #<Promise>
await Object.create(Promise.prototype);

// # a proxy of a promise
// expect: exception TypeError
// v8: expect exception TypeError: Method Promise.prototype.then called on incompatible receiver #<Promise>
await new Proxy(Promise.resolve(1), {});

// # a proxy of a call
// expect: exception TypeError
// v8: expect exception TypeError: Method Promise.prototype.then called on incompatible receiver #<Promise>
// calls: desk.add
await new Proxy(desk.add({ a: 1, b: 2 }), {});

// # a resolved promise that is resolved with a tool's call afterwards
// expect: ok 3
// calls: desk.add
let resolve: any;
const promise = new Promise((done) => { resolve = done; });
resolve(desk.add({ a: 1, b: 2 }));
resolve('forged');
return await promise;

// # a race of a call and a timer
// expect: ok "timer"
// calls: desk.rest
return await Promise.race([desk.rest({ milliseconds: 200 }), new Promise((done) => setTimeout(() => done('timer'), 1))]);

// # a call whose failure nobody looks at until later
// expect: ok "desk.fail: a"
// calls: !desk.fail, desk.rest
const call = desk.fail({ message: 'a' }).then(() => '', (error) => error.message);
await desk.rest({ milliseconds: 5 });
return await call;

// # Promise.all with an iterable of the script's own
// expect: exception Error: closed
await Promise.all({ [Symbol.iterator]: () => ({ next() { throw new Error('closed'); } }) } as any);

// # Promise.all with a resolve of the script's own
// expect: exception TypeError
// v8: expect exception TypeError: resolve is not a function
Promise.resolve = 1 as any;
await Promise.all([1]);

// # Promise.all that is called back too often
// expect: ok [1]
const thenable = { then(done: any) { done(1); done(2); done(3); } };
return await Promise.all([thenable]);

// # a capability that is asked for twice
// expect: exception TypeError
// v8: expect exception TypeError: Promise executor has already been invoked with non-undefined arguments
function Twice(executor: any) { executor(() => {}, () => {}); executor(() => {}, () => {}); }
return Promise.resolve.call(Twice as any, 1);

// # a capability that keeps the functions of the engine
// expect: exception EvalError
let kept: any;
function Keep(this: any, executor: any) { kept = executor; executor(() => {}, () => {}); }
Promise.resolve.call(Keep as any, 1);
return kept.constructor('return 1')();

// # a withResolvers of the script's own
// expect: ok "mine"
const { promise, resolve } = (Promise as any).withResolvers.call(class extends Promise<unknown> {});
resolve('mine');
return await promise;

// # a try that runs the script's code later
// expect: exception Error: inside
await (Promise as any).try(() => { throw new Error('inside'); });

// # an async function that is awaited by the sandbox and never returns to it
// expect: deadlock
await new Promise(() => {}).finally(() => 'never');

// # hooks of promises
// expect: exception ReferenceError
// v8: expect exception ReferenceError: async_hooks is not defined
return async_hooks.createHook({});

// # a context that follows promises
// expect: exception ReferenceError: AsyncContext is not defined
return new AsyncContext.Variable();

// # a message channel
// expect: exception ReferenceError: MessageChannel is not defined
return new MessageChannel();

// # an abort signal
// expect: exception TypeError: the script's result: can't be sent, because it is an AbortController
return new AbortController();
