// Plain code that never ends, in all the places where code can run.

// # a loop
// expect: timeout the script ran longer than its limit of
for (;;);

// # a loop that catches its own end
// expect: timeout
for (;;) { try { for (;;); } catch { continue; } finally { continue; } }

// # a loop in a finally of a return
// expect: timeout
try { return 'fine'; } finally { for (;;); }

// # a labelled loop that goes around its own breaks
// expect: timeout
outer: for (;;) { inner: for (;;) { if (Math.random() < 2) continue outer; break inner; } }

// # a loop in a static block of a class
// expect: timeout
class A { static { for (;;); } }

// # a loop in a field of a class
// expect: timeout
class A { a = (() => { for (;;); })(); }
new A();

// # a loop in a computed name
// expect: timeout
const a = { [(() => { for (;;); })() as any]: 1 };

// # a loop in a default value
// expect: timeout
(function (a = (() => { for (;;); })()) {})();

// # a loop in a template tag
// expect: timeout
((..._: any[]) => { for (;;); })`${1}`;

// # a loop in a conversion to a primitive
// expect: timeout
return `${{ [Symbol.toPrimitive]() { for (;;); } }}`;

// # a loop in a conversion to a number by a built-in
// expect: timeout
return Math.max({ valueOf() { for (;;); } } as any);

// # a loop in a test for an instance
// expect: timeout
return {} instanceof ({ [Symbol.hasInstance]() { for (;;); } } as any);

// # a loop in the comparison of a sort
// expect: timeout
[3, 2, 1].sort(() => { for (;;); });

// # a loop in a replacement of a text
// expect: timeout
'a'.replace('a', () => { for (;;); });

// # a loop in a destructuring
// expect: timeout
const { a } = { get a() { for (;;); } };

// # a loop in the return of an iterator
// expect: timeout
for (const _ of { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }), return() { for (;;); } }) } as any) break;

// # a loop after the first await
// expect: timeout
await null;
for (;;);

// # a loop after a call
// expect: timeout
// calls: desk.add
await desk.add({ a: 1, b: 2 });
for (;;);

// # a loop in a timer
// expect: timeout
setTimeout(() => { for (;;); }, 0);
await new Promise(() => {});

// # a loop in a timer while a call is under way
// expect: timeout
// calls: !desk.stay
setTimeout(() => { for (;;); }, 0);
await desk.stay();

// # a loop that generates
// expect: timeout
function* forever() { for (;;) yield 1; }
for (const _ of forever());

// # a loop over an async generator
// expect: timeout
async function* forever() { for (;;) yield 1; }
for await (const _ of forever());

// # a loop over a proxy of itself
// expect: timeout
for (let object: any = new Proxy({}, { getPrototypeOf: () => object }); object; object = Object.getPrototypeOf(object));

// # a loop in toString of a thrown object
// expect: timeout
throw { toString() { for (;;); }, toJSON() { for (;;); } };

// # a loop in a getter of a thrown error
// expect: timeout
throw Object.defineProperty(new Error('a'), 'message', { get() { for (;;); } });

// # a loop in the name of a thrown error
// expect: timeout
throw Object.defineProperty(new Error('a'), 'name', { get() { for (;;); } });

// # a loop in the stack of a thrown error
// expect: timeout
throw Object.defineProperty(new Error('a'), 'stack', { get() { for (;;); } });

// # a loop in the cause of a thrown error
// expect: timeout
throw Object.defineProperty(new Error('a'), 'cause', { get() { for (;;); } });

// # a loop in the errors of a thrown aggregate
// expect: timeout
throw Object.defineProperty(new AggregateError([]), 'errors', { get() { for (;;); } });

// # a loop in the prototype of a thrown error
// expect: timeout
throw new Proxy(new Error('a'), { getPrototypeOf() { for (;;); } });

// # a loop in a getter of the result
// expect: timeout
return { get a() { for (;;); } };

// # a loop in toJSON of the result
// expect: timeout
return { toJSON() { for (;;); } };

// # a loop in a getter of an input
// expect: timeout
// calls: none
await desk.echo({ get text() { for (;;); return ''; } });

// # a loop in toJSON of an input
// expect: timeout
// calls: none
await desk.echo({ toJSON() { for (;;); } } as any);

// # a loop in a getter of what is printed
// expect: timeout
console.log({ get a() { for (;;); } });

// # a loop in the keys of what is printed
// expect: timeout
console.log(new Proxy({}, { ownKeys() { for (;;); } }));

// # a loop in the then of the result
// expect: timeout
return { then() { for (;;); } };

// # a loop in the getter of the then of the result
// expect: timeout
return { get then() { for (;;); } };

// # a wait that ends by the clock only
// expect: timeout
const end = Date.now() + 1e9;
while (Date.now() < end);

// # a call that never comes back
// expect: timeout
// calls: !desk.stay
await desk.stay();

// # a call that doesn't listen when it is told to stop
// expect: timeout
// calls: !desk.ignore
// logs: ["not listening"]
await desk.ignore();

// # a call that never comes back and that nobody waits for
// expect: ok "done"
// limits: grace 300ms
// calls: !desk.stay
void desk.stay();
return 'done';

// # a script that was stopped can't claim to have ended well
// expect: timeout
// logs: ["before"]
console.log('before');
try { for (;;); } catch { return 'fine'; } finally { console.log('after'); return 'fine'; }
