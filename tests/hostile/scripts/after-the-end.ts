// What a script leaves behind to happen later.

// # a timer after the end
// expect: ok "done"
// logs: []
setTimeout(() => console.log('late'), 30);
return 'done';

// # an interval after the end
// expect: ok "done"
setInterval(() => console.log('late'), 1);
return 'done';

// # a call after the end
// expect: ok "done"
// calls: desk.add
setTimeout(() => desk.add({ a: 1, b: 2 }), 200);
void desk.add({ a: 1, b: 2 });
return 'done';

// # a call that starts the next one when it ends
// expect: ok "done"
// calls: desk.rest, desk.rest, desk.rest
void desk.rest({ milliseconds: 1 }).then(() => desk.rest({ milliseconds: 2 })).then(() => desk.rest({ milliseconds: 3 }));
return 'done';

// # calls after the end without an end
// expect: ok "done"
// limits: calls 50
// calls: desk.add x50
// logs: ["what the script had left under way was ended: the script may call tools 50 times, and wanted to call `desk.add` once more"]
const next = (): any => desk.add({ a: 1, b: 2 }).then(next);
void next();
return 'done';

// # a loop after the end
// expect: ok "done"
// limits: grace 300ms
// calls: desk.rest
// logs: ["what the script had left under way was ended: it took longer than the 300ms that it may take"]
void desk.rest({ milliseconds: 1 }).then(() => { for (;;); });
return 'done';

// # microtasks after the end
// expect: ok "done"
// limits: grace 300ms
void (async () => { for (;;) await null; })();
return 'done';

// # an error after the end
// expect: ok "done"
// calls: desk.rest
// logs: ["after the script had returned: Error: late (line 1, column 56)"]
// quickjs: logs ["after the script had returned: Error: late"]
void desk.rest({ milliseconds: 1 }).then(() => { throw new Error('late'); });
return 'done';

// # much after the end
// expect: ok "done"
// limits: heap 16MiB
// calls: desk.rest
void desk.rest({ milliseconds: 1 }).then(() => { const kept: unknown[] = []; for (;;) kept.push([kept.length]); });
return 'done';

// # a built-in without an end, after the end
// expect: ok "done"
// in-process: goes on
// limits: grace 300ms
// calls: desk.rest
void desk.rest({ milliseconds: 1 }).then(() => [].indexOf.call({ length: 2 ** 53 - 1 } as any, 1 as never));
return 'done';

// # a call that never ends
// expect: ok "done"
// limits: grace 300ms
// calls: !desk.stay
// logs: ["what the script had left under way (desk.stay) was ended: it took longer than the 300ms that it may take"]
void desk.stay();
return 'done';

// # a call that lost a race
// expect: ok "late"
// limits: grace 300ms
// calls: !desk.stay
return await Promise.race([desk.stay(), new Promise((done) => setTimeout(done, 20, 'late'))]);

// # calls that never end, and are more than may be under way
// expect: ok "done"
// limits: grace 300ms, in-flight 2
for (let i = 0; i < 100; i++) void desk.stay();
return 'done';

// # a call that never ends, and as little time as there can be
// expect: ok "done"
// limits: grace 0ms
// calls: !desk.stay
void desk.stay();
return 'done';

// # a failed call that nobody waits for
// expect: ok "done"
// calls: !desk.fail
// logs: ["after the script had returned: ToolError: desk.fail: late"]
void desk.fail({ message: 'late' });
return 'done';

// # a thousand failed calls that nobody waits for
// expect: ok "done"
for (let i = 0; i < 1000; i++) void desk.fail({ message: `${i}` });
return 'done';

// # a timer within what follows a call
// expect: ok "done"
// calls: desk.rest, desk.rest
// logs: []
void desk.rest({ milliseconds: 1 }).then(() => setTimeout(() => console.log('late'), 1)).then(() => desk.rest({ milliseconds: 20 }) && undefined);
return 'done';

// # many timers after the end
// expect: ok "done"
// limits: timers 10
// calls: desk.rest
void desk.rest({ milliseconds: 1 }).then(() => { for (let i = 0; i < 1000; i++) setTimeout(() => {}, 1); });
return 'done';

// # an error after the end that calls when it is read
// expect: ok "done"
// calls: desk.rest
const late = Object.defineProperty(new Error('late'), 'message', { get() { void desk.add({ a: 1, b: 2 }); return 'read'; } });
void desk.rest({ milliseconds: 1 }).then(() => { throw late; });
return 'done';

// # a failure after the end, of a script that has failed
// expect: exception Error: first
void desk.rest({ milliseconds: 1 }).then(() => { throw new Error('second'); });
throw new Error('first');

// # a result that changes after the end
// expect: ok {"sum": 1}
const result = { sum: 1 };
void Promise.resolve().then(() => {}).then(() => {}).then(() => {}).then(() => { setTimeout(() => { result.sum = 2; }, 0); });
return result;

// # output after the end
// expect: ok "done"
// logs: ["before", "after"]
console.log('before');
void desk.rest({ milliseconds: 1 }).then(() => console.log('after'));
return 'done';

// # a clean-up of garbage after the end
// expect: ok "done"
// quickjs: left out, it cleans up at once, so nothing is left for the end
// logs: []
const registry = new FinalizationRegistry(() => console.log('late'));
for (let i = 0; i < 1000; i++) registry.register({}, i);
return 'done';

// # a finally after a failure
// expect: exception Error: a
// calls: desk.add
try { throw new Error('a'); } finally { await desk.add({ a: 1, b: 2 }); }

// # a call under way when the script fails
// expect: exception Error: a
void desk.stay();
throw new Error('a');

// # many calls under way when the script fails
// expect: exception Error: a
for (let i = 0; i < 100; i++) void desk.stay();
throw new Error('a');

// # a call under way when the heap is full
// expect: out_of_memory
// limits: heap 16MiB
// calls: !desk.stay
void desk.stay();
const kept: unknown[] = [];
for (;;) kept.push([kept.length]);

// # a script that is stopped goes on with nothing
// expect: timeout
// logs: []
// calls: none
try { for (;;); } finally { console.log('after'); await desk.add({ a: 1, b: 2 }); }

// # a generator that would go on when it is closed
// expect: timeout
// logs: []
const generator = (function* () { try { yield 1; } finally { console.log('closed'); } })();
for (const _ of generator) for (;;);

// # a disposal that would go on
// expect: timeout
// logs: []
{
    using thing = { [Symbol.dispose]() { console.log('disposed'); } } as any;
    for (;;);
}

// # a global that the next script would find
// expect: ok
(globalThis as any).polluted = 'by the last script';
(Object.prototype as any).polluted = 'by the last script';
Array.prototype.sort = () => [] as any;
Array.prototype.join = () => 'polluted';
return;

// # a registered symbol that the next script would find
// expect: ok null
const key = Symbol.for('channel');
const found = (globalThis as any)[key] ?? null;
(globalThis as any)[key] = 'left';
return found;

// # a registered symbol that the last script left
// expect: ok null
return (globalThis as any)[Symbol.for('channel')] ?? null;
