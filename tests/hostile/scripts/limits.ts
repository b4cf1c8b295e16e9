// Each limit, by a script that goes just as far as it may, by one that goes one further, and by those that go round it.

// # time that is just enough
// expect: ok "rested"
// limits: wall 2000ms
// calls: desk.rest
await desk.rest({ milliseconds: 1000 });
return 'rested';

// # time that isn't enough
// expect: timeout the script ran longer than its limit of 500ms
// limits: wall 500ms
// calls: !desk.rest
await desk.rest({ milliseconds: 1000 });
return 'rested';

// # processor time that is just enough
// expect: ok "done"
// limits: cpu 1000ms
const end = Date.now() + 500;
while (Date.now() < end);
return 'done';

// # processor time isn't spent by waiting
// expect: ok "waited"
// limits: cpu 1000ms
await new Promise((done) => setTimeout(done, 1500));
return 'waited';

// # processor time in a loop
// expect: timeout the script used more than its limit of 200ms of processor time
// limits: cpu 200ms
for (;;);

// # processor time in small pieces between timers
// expect: timeout the script used more than its limit of 300ms of processor time
// limits: cpu 300ms
for (;;) { const end = Date.now() + 5; while (Date.now() < end); await new Promise((done) => setTimeout(done, 1)); }

// # time without calls that is just enough
// expect: ok "waited"
// limits: script 2000ms
await new Promise((done) => setTimeout(done, 1000));
return 'waited';

// # time without calls
// expect: timeout the script ran longer than its limit of 200ms, not counting the time of tools
// limits: script 200ms
await new Promise((done) => setTimeout(done, 1e6));

// # time without calls isn't spent while a call is under way
// expect: ok 600
// limits: script 500ms
// calls: desk.rest
return await desk.rest({ milliseconds: 600 });

// # a call that is under way stops the clock only for so long as the other one runs
// expect: timeout
// limits: script 300ms, wall 800ms
// calls: !desk.stay
void desk.stay();
for (;;);

// # what is left under way and has just enough time
// expect: ok "returned"
// limits: grace 2000ms
// calls: desk.rest
// logs: []
void desk.rest({ milliseconds: 500 });
return 'returned';

// # what is left under way for too long
// expect: ok "returned"
// limits: grace 200ms
// calls: !desk.rest
// logs: ["what the script had left under way (desk.rest) was ended: it took longer than the 200ms that it may take"]
void desk.rest({ milliseconds: 15000 });
return 'returned';

// # a heap that is just large enough
// expect: ok 20
// limits: heap 32MiB
// quickjs: left out, its arrays take another size
const kept = [];
while (kept.length < 20) kept.push(new Array(131072).fill(kept.length + 0.5));
return kept.length;

// # a heap that is too small by a little
// expect: out_of_memory
// limits: heap 32MiB
// quickjs: left out, its arrays take another size
const kept = [];
while (kept.length < 36) kept.push(new Array(131072).fill(kept.length + 0.5));
return kept.length;

// # buffers that just fit beside the engine's own, of eight bytes
// expect: ok 1048568
// limits: buffers 1MiB
// quickjs: left out, its buffers are part of the heap
const buffers = [new ArrayBuffer(1000000), new ArrayBuffer(48568)];
return buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);

// # buffers of one byte too many
// expect: exception RangeError: Array buffer allocation failed
// limits: buffers 1MiB
// quickjs: left out, its buffers are part of the heap
const buffers = [new ArrayBuffer(1000000), new ArrayBuffer(48569)];
return buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);

// # an argument of one byte too many
// expect: exception TypeError: desk.echo: input: can't be sent, because it is 101 characters of JSON long
// limits: argument 100
await desk.echo({ text: 'x'.repeat(90) });

// # an argument that just fits
// expect: ok 89
// limits: argument 100
return (await desk.echo({ text: 'x'.repeat(89) })).length;

// # an argument of letters of two bytes that just fits
// expect: ok 45
// limits: argument 100
// calls: desk.echo
return (await desk.echo({ text: 'x' + 'ä'.repeat(44) })).length;

// # an argument of letters of two bytes of one byte too many
// expect: exception TypeError: desk.echo: the input has 101 bytes of JSON, more than the 100 that it may have
// limits: argument 100
// calls: ?desk.echo
await desk.echo({ text: 'ä'.repeat(45) });

// # an argument whose letters have more bytes than it has letters
// expect: exception TypeError: desk.echo
// limits: argument 100
// calls: ?desk.echo
await desk.echo({ text: 'ä'.repeat(60) });

// # an argument that only its escapes make too large
// expect: exception TypeError: desk.echo
// limits: argument 100
await desk.echo({ text: '\u0001'.repeat(30) });

// # an argument that only a toJSON makes too large
// expect: exception TypeError: desk.echo
// limits: argument 100
await desk.echo({ text: { toJSON: () => 'x'.repeat(1000) } as any });

// # an answer of one byte too many
// expect: exception ToolError: desk.letters
// limits: result 100
// calls: !desk.letters
await desk.letters({ count: 99 });

// # an answer that just fits
// expect: ok 98
// limits: result 100
return (await desk.letters({ count: 98 })).length;

// # a refusal that is larger than an answer may be
// expect: exception ToolError: desk.fail
// limits: result 100
// calls: !desk.fail
await desk.fail({ message: 'x'.repeat(1000) });

// # as many calls as may be
// expect: ok 6
// limits: calls 3
// calls: desk.add x3
let sum = 0;
for (let i = 1; i <= 3; i++) sum += await desk.add({ a: i, b: 0 });
return sum;

// # a call too many
// expect: limit the script may call tools 3 times, and wanted to call `desk.add` once more
// limits: calls 3
// calls: desk.add x3
// inputs: [{ "a": 1, "b": 0 }, { "a": 2, "b": 0 }, { "a": 3, "b": 0 }]
for (let i = 1; i <= 4; i++) await desk.add({ a: i, b: 0 });

// # as many calls at once as may be
// expect: ok 3
// limits: in-flight 3, grace 100ms
// calls: !desk.stay x2, desk.add
void desk.stay();
void desk.stay();
return await desk.add({ a: 1, b: 2 });

// # more calls at once than may be, which wait for their turn
// expect: ok [20, 4]
// limits: in-flight 5
const started = Date.now();
const all = await Promise.all(Array.from({ length: 20 }, () => desk.rest({ milliseconds: 50 })));
return [all.length, Math.min(4, Math.floor((Date.now() - started) / 45))];

// # calls that never come back, in the way of others
// expect: timeout
// limits: in-flight 2, wall 300ms
void desk.stay();
void desk.stay();
await desk.add({ a: 1, b: 2 });

// # a result that just fits
// expect: ok "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
// limits: output 50
return 'x'.repeat(48);

// # a result of one byte too many
// expect: limit the script returned 51 bytes of JSON, more than its limit of 50
// limits: output 50
return 'x'.repeat(49);

// # pictures and files that just fit, with their names and 256 bytes for each
// expect: ok
// limits: attachments 1000
// calls: output.file x2
await output.file('x'.repeat(300), 'text/plain', 'a.txt');
await output.file('x'.repeat(178), 'text/plain', 'b.txt');

// # pictures and files of one byte too many
// expect: exception ToolError: output.file: no more than 1000 bytes of pictures and files can be handed out in one run
// limits: attachments 1000
// calls: output.file, !output.file
await output.file('x'.repeat(300), 'text/plain', 'a.txt');
await output.file('x'.repeat(179), 'text/plain', 'b.txt');

// # lines that just fit
// expect: ok
// limits: lines 3
// logs: ["1", "2", "3"]
for (let i = 1; i <= 3; i++) console.log(i);

// # a line too many
// expect: ok
// limits: lines 3
// logs: ["1", "2", "3", "(cut: the log may have no more than 3 lines)"]
for (let i = 1; i <= 4; i++) console.log(i);

// # a line that just fits
// expect: ok
// limits: log 5
// logs: ["ääx"]
console.log('ääx');

// # a line that is cut in the middle of a letter
// expect: ok
// limits: log 5
// logs: ["ää…", "(cut: the log may have no more than 5 bytes)"]
console.log('äää');

// # lines of nothing but separators between them
// expect: ok
// limits: log 5
console.log(...new Array(100).fill(''));
console.log('more');

// # a line after the log is full isn't even printed
// expect: ok 0
// limits: lines 1
let asked = 0;
console.log(1);
console.log(2);
console.log({ get a() { asked++; return 1; } });
return asked;

// # lines of a tool count
// expect: timeout
// limits: lines 1, wall 250ms
// logs: ["script", "(cut: the log may have no more than 1 lines)"]
console.log('script');
await desk.ignore();

// # as many timers as may wait
// expect: ok "done"
// limits: timers 3
await Promise.all([1, 2, 3].map((time) => new Promise((done) => setTimeout(done, time))));
return 'done';

// # one timer too many
// expect: limit the script may have 3 timers waiting, and wanted one more
// limits: timers 3
await Promise.all([1, 2, 3, 4].map((time) => new Promise((done) => setTimeout(done, time))));
return 'done';

// # one timer too many can't be caught
// expect: limit the script may have 3 timers waiting, and wanted one more
// limits: timers 3
// logs: []
try { for (;;) setTimeout(() => {}, 1e6); } catch { console.log('caught'); }
console.log('after');

// # timers that are cleared make room
// expect: ok "done"
// limits: timers 3
for (let i = 0; i < 100; i++) clearTimeout(setTimeout(() => {}, 1e6));
return 'done';

// # timers that have fired make room
// expect: ok "done"
// limits: timers 3
for (let i = 0; i < 20; i++) await new Promise((done) => setTimeout(done, 0));
return 'done';

// # intervals of one timer, started again from within
// expect: timeout
// limits: timers 3, wall 250ms
const again = () => { setTimeout(again, 0); };
again();
await new Promise(() => {});

// # a script that just fits
// expect: ok "counted"
// limits: source 400
/* xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx */
return 'counted';

// # a script of one byte too many
// expect: limit the script has 400 bytes, more than the 399 that it may have
// limits: source 399
/* xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx */
return 'counted';

// # an error that just fits
// expect: exception Error: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
// limits: error 50
// never: cut
throw new Error('x'.repeat(50));

// # an error of one byte too many
// expect: exception xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (cut: the text has 51 bytes)
// limits: error 50
throw new Error('x'.repeat(51));

// # an error that is much longer than it may be
// expect: exception … (cut: the text has 1000 bytes)
// limits: error 100
throw new Error('x'.repeat(1000));

// # the limits of one run aren't used up by the last
// expect: ok 3
// limits: calls 2
// calls: desk.add
return await desk.add({ a: 1, b: 2 });
