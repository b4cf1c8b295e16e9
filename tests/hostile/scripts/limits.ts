// Each limit, by a script that goes a little further than it may, and by one that goes round it.

// # processor time in a loop
// expect: timeout
// limits: cpu 200ms
for (;;);

// # processor time in small pieces between timers
// expect: timeout
// limits: cpu 300ms
for (;;) { const end = Date.now() + 5; while (Date.now() < end); await new Promise((done) => setTimeout(done, 1)); }

// # time without calls
// expect: timeout
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

// # an argument of one byte too many
// expect: exception TypeError: desk.echo: input: can't be sent, because it is 101 characters of JSON long
// limits: argument 100
await desk.echo({ text: 'x'.repeat(90) });

// # an argument that just fits
// expect: ok 89
// limits: argument 100
return (await desk.echo({ text: 'x'.repeat(89) })).length;

// # an argument whose letters have more bytes than it has letters
// expect: exception TypeError: desk.echo
// limits: argument 100
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

// # a line too many
// expect: ok
// limits: lines 3
// logs: ["1", "2", "3", "(cut: the log may have no more than 3 lines)"]
for (let i = 1; i <= 10; i++) console.log(i);

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

// # a script of one byte too many
// expect: limit the script has 478 bytes, more than the 400 that it may have
// limits: source 400
/* xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx */

// # an error that is longer than it may be
// expect: exception … (cut: the text has 1000 bytes)
// limits: error 100
throw new Error('x'.repeat(1000));

// # the limits of one run aren't used up by the last
// expect: ok 3
// limits: calls 2
// calls: desk.add
return await desk.add({ a: 1, b: 2 });
