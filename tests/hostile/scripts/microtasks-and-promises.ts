// Microtasks without an end, promises that never settle, and rejections.

// # an endless await
// expect: timeout
for (;;) await null;

// # an endless chain of reactions
// expect: out_of_memory|timeout
const next = (): any => Promise.resolve().then(next);
await next();

// # an endless chain of reactions that nobody waits for
// expect: ok "done"
// limits: grace 300ms
// quickjs in-process: may go on
const next = (): any => Promise.resolve().then(next);
void next();
return 'done';

// # two endless chains that feed each other
// expect: timeout
const ping = (): any => { void Promise.resolve().then(pong); };
const pong = (): any => { void Promise.resolve().then(ping); };
ping();
await new Promise(() => {});

// # an endless chain of rejections and handlers
// expect: timeout
// quickjs: expect out_of_memory|timeout
const next = (): any => Promise.reject(new Error('again')).catch(next);
await next();

// # an endless chain of thenables
// expect: timeout
const then = (resolve: (value: unknown) => void) => resolve({ then });
await { then };

// # a thenable that resolves with a new thenable each time and grows
// expect: out_of_memory
// limits: heap 16MiB, wall 20000ms
const kept: unknown[] = [];
const then = (resolve: (value: unknown) => void) => { kept.push(new Array(1000).fill(0)); resolve({ then }); };
await { then };

// # microtasks that each start two more
// expect: out_of_memory
// quickjs in-process: may go on
// limits: heap 16MiB, wall 20000ms
const split = (): any => { void Promise.resolve().then(split); void Promise.resolve().then(split); };
split();
await new Promise(() => {});

// # a promise that nothing settles
// expect: deadlock the script waits for a promise that nothing can settle any more
await new Promise(() => {});

// # a promise that waits for itself
// expect: deadlock
let resolve: any;
const own: Promise<unknown> = new Promise((done) => { resolve = done; });
resolve(own.then(() => own.then(() => new Promise(() => {}))));
await own;

// # a promise that is resolved with itself
// expect: exception TypeError: Chaining cycle detected
// quickjs: expect exception TypeError: promise self resolution
let resolve: any;
const own: Promise<unknown> = new Promise((done) => { resolve = done; });
resolve(own);
await own;

// # two promises that wait for each other
// expect: deadlock
let a: any;
let b: any;
const first = new Promise((done) => { a = done; });
const second = new Promise((done) => { b = done; });
a(second);
b(first);
await first;

// # a race of nobody
// expect: deadlock
await Promise.race([]);

// # an async generator that is asked for its next value while it waits for that
// expect: deadlock
const generator: AsyncGenerator = (async function* (): any { yield await generator.next(); })();
await generator.next();

// # a thenable that never answers
// expect: deadlock
await { then() {} };

// # a result that is a promise that never settles
// expect: deadlock
return new Promise(() => {});

// # a result that is a rejected promise
// expect: exception Error: a
return Promise.reject(new Error('a'));

// # a rejection that nobody looks at
// expect: exception Error: nobody
void Promise.reject(new Error('nobody'));
return 'done';

// # a rejection that nobody looks at, of a call
// expect: exception ToolError: desk.fail: nobody
// calls: !desk.fail, desk.rest
void desk.fail({ message: 'nobody' });
await desk.rest({ milliseconds: 50 });
return 'done';

// # a hundred thousand rejections that nobody looks at
// expect: exception Error: number 0
// quickjs: left out, it needs longer than the suite has
for (let i = 0; i < 1e5; i++) void Promise.reject(new Error(`number ${i}`));
await new Promise(() => {});

// # a rejection that is looked at in time
// expect: ok "done"
const promise = Promise.reject(new Error('late'));
await null;
promise.catch(() => {});
return 'done';

// # ten thousand rejections that nobody looks at
// expect: exception Error: number 0
// quickjs: expect timeout
for (let i = 0; i < 1e4; i++) void Promise.reject(new Error(`number ${i}`));
await null;
return 'done';

// # rejections without an end that nobody looks at
// expect: timeout
// quickjs in-process: may go on
for (;;) void Promise.reject(1);

// # a rejection with a value that can't be shown
// expect: exception =[object Object]
// quickjs: expect crashed
void Promise.reject(Object.create(null));
return 'done';

// # a rejection with a proxy that throws from every trap
// expect: exception =#<Object>
// quickjs: expect crashed
const trap = () => { throw new Error('trap'); };
void Promise.reject(new Proxy({}, new Proxy({}, { get: () => trap })));
return 'done';

// # all of a million promises
// expect: ok 200000
// quickjs: expect out_of_memory
return (await Promise.all(Array.from({ length: 2e5 }, async () => 1))).length;

// # a promise that is resolved many times settles once
// expect: ok "first"
return await new Promise((done) => { for (let i = 0; i < 1e5; i++) done(i ? i : 'first'); });

// # an executor that throws after it has resolved
// expect: ok "fine"
return await new Promise((done) => { done('fine'); throw new Error('late'); });
