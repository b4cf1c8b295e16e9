// Much of everything that the host counts or keeps.

// # lines without an end
// expect: timeout
for (;;) console.log('0123456789');

// # lines without an end, empty ones
// expect: timeout
for (;;) console.log();

// # many lines
// expect: ok "done"
for (let i = 0; i < 1e5; i++) console.log(`line ${i}`);
return 'done';

// # one line of megabytes
// expect: ok "done"
console.log('x'.repeat(2e7));
return 'done';

// # one line of half a gigabyte
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
// limits: heap 32MiB
console.log('x'.repeat(2 ** 29 - 24));
return 'done';

// # one line of many values
// expect: ok "done"
// quickjs: expect exception RangeError: too many arguments in function call
console.log(...new Array(1e5).fill('x'));
return 'done';

// # lines on all levels in turn
// expect: ok "done"
for (let i = 0; i < 2e4; i++) { console.debug(i); console.log(i); console.info(i); console.warn(i); console.error(i); }
return 'done';

// # a line of a huge object
// expect: ok "done"
console.log(Array.from({ length: 1e5 }, (_, i) => ({ i })));
return 'done';

// # lines in timers without an end
// expect: timeout
setInterval(() => console.log('tick'), 0);
await new Promise(() => {});

// # calls without an end
// expect: limit the script may call tools 1000 times, and wanted to call `desk.add` once more
for (;;) await desk.add({ a: 1, b: 2 });

// # calls without an end, all at once
// expect: limit the script may call tools 1000 times
for (;;) void desk.add({ a: 1, b: 2 });

// # calls without an end that all fail
// expect: limit the script may call tools 1000 times
for (;;) await desk.fail({ message: 'a' }).catch(() => {});

// # calls without an end that break
// expect: limit the script may call tools 20 times
// limits: calls 20
for (;;) await desk.panic().catch(() => {});

// # calls without an end that are refused before they start aren't counted
// expect: timeout
// quickjs: expect out_of_memory|timeout
// calls: none
for (;;) await desk.echo({ text: Symbol('a') as any }).catch(() => {});

// # calls without an end that never come back
// expect: limit the script may call tools 100 times
// limits: calls 100
for (;;) void desk.stay();

// # a call that was refused for its number can't be caught
// expect: limit the script may call tools 3 times
// limits: calls 3
// calls: desk.add x3
// logs: []
for (let i = 0; i < 4; i++) { try { await desk.add({ a: i, b: i }); } catch { console.log('caught'); } }
console.log('after');
return 'fine';

// # a call more than the only one
// expect: limit the script may call tools 1 times
// limits: calls 1
// calls: desk.add
await desk.add({ a: 1, b: 2 });
await desk.add({ a: 1, b: 2 });

// # calls from timers without an end
// expect: limit the script may call tools 50 times
// limits: calls 50
setInterval(() => desk.add({ a: 1, b: 2 }), 0);
await new Promise(() => {});

// # many calls at once that rest
// expect: ok 500
return (await Promise.all(Array.from({ length: 500 }, () => desk.rest({ milliseconds: 20 })))).length;

// # timers without an end
// expect: limit the script may have 1000 timers waiting, and wanted one more
for (;;) setTimeout(() => {}, 1e9);

// # timers that start two more each
// expect: limit the script may have 1000 timers waiting, and wanted one more
const split = () => { setTimeout(split, 0); setTimeout(split, 0); };
split();
await new Promise(() => {});

// # intervals that are never cleared
// expect: ok "done"
for (let i = 0; i < 1000; i++) setInterval(() => {}, 1);
return 'done';

// # a hundred thousand timers that are cleared
// expect: ok "done"
for (let i = 0; i < 1e5; i++) clearTimeout(setTimeout(() => {}, 1e6));
return 'done';

// # a timer of a time that is none
// expect: ok "done"
for (const delay of [NaN, -1, -Infinity, 0, undefined, null, '5', {}, []]) await new Promise((done) => setTimeout(done, delay as any));
return 'done';

// # a timer of a time without an end fires at once, as elsewhere
// expect: ok
await new Promise((done) => setTimeout(done, Infinity));

// # a timer of a time that no clock has fires at once, as elsewhere
// expect: ok
await new Promise((done) => setTimeout(done, Number.MAX_VALUE));

// # a timer that nobody waits for doesn't keep the script
// expect: ok "done"
setTimeout(() => console.log('late'), 1e6);
return 'done';

// # clearing of what is no timer
// expect: ok "done"
for (const id of [0, -1, 1e9, NaN, '1', null, {}, Symbol('a')]) { clearTimeout(id as any); clearInterval(id as any); }
return 'done';

// # clearing of timers that the script didn't start
// expect: ok "fired"
const fired = new Promise((done) => setTimeout(() => done('fired'), 20));
for (let i = 2; i < 1e4; i++) clearTimeout(i);
return await fired;

// # rejections without an end that are looked at late
// expect: timeout
for (;;) { const promise = Promise.reject(1); await null; promise.catch(() => {}); }

// # errors without an end in timers
// expect: exception Error: first
setInterval(() => { throw new Error('first'); }, 0);
await new Promise(() => {});

// # dates without an end
// expect: timeout
for (;;) new Date().toString();

// # formats without an end
// expect: timeout
// quickjs: expect exception TypeError: not a function
// limits: heap 256MiB
for (let i = 0; ; i++) new Intl.DateTimeFormat('de', { timeZone: 'Europe/Berlin', dateStyle: 'full' }).format(i);

// # output of a script and its tools together
// expect: ok "done"
// limits: output 1000, calls 200
for (let i = 0; i < 100; i++) { console.log('x'.repeat(100)); void desk.add({ a: 1, b: 1 }); }
return 'done';
