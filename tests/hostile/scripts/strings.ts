// Texts that are huge, half, or look like something else.

// # the longest text
// expect: exception RangeError: Invalid string length
// quickjs: expect exception RangeError: invalid string length
return 'x'.repeat(2 ** 30).length;

// # a text that is doubled without an end
// expect: exception RangeError: Invalid string length
// quickjs: expect exception InternalError: string too long
let text = 'x';
for (;;) text += text;

// # a text of half a gigabyte that is never written out
// expect: ok 536870888
// quickjs: expect exception InternalError: out of memory
return 'x'.repeat(2 ** 29 - 24).length;

// # a text of half a gigabyte, written out
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
// limits: heap 32MiB
return /y/.test('x'.repeat(2 ** 29 - 24));

// # a long text cut into letters
// expect: out_of_memory
// process: expect crashed the process of the script crashed: it was ended by signal 5
// quickjs: expect exception InternalError: out of memory
// limits: heap 32MiB
// in-process: ends the host, Fatal JavaScript invalid size error
return 'x'.repeat(2 ** 28).split('').length;

// # a long text with every letter replaced
// expect: out_of_memory
// in-process: may go on
// quickjs: expect exception InternalError: out of memory
// limits: heap 32MiB
return 'x'.repeat(2 ** 27).replaceAll('x', 'yyy').length;

// # a text padded to a length that none can have
// expect: exception RangeError: Invalid string length
// quickjs: expect exception RangeError: invalid string length
return 'x'.padStart(2 ** 31).length;

// # parts that join to more than a text can have
// expect: exception RangeError: Invalid string length
// quickjs: expect out_of_memory
return new Array(2 ** 20).fill('x'.repeat(2 ** 12)).join('').length;

// # a replacement that makes more than a text can have
// expect: exception RangeError: Invalid string length
// quickjs: expect out_of_memory
return 'x'.repeat(2 ** 16).replace(/x/g, '$`').length;

// # ever more texts
// expect: out_of_memory
// limits: heap 16MiB
const kept: string[] = [];
for (let i = 0; ; i++) kept.push(`${i}`.padEnd(1e4, `ab${i}`));

// # ever more slices of one text
// expect: out_of_memory
// limits: heap 16MiB
const text = 'x'.repeat(1e6);
const kept: string[] = [];
for (let i = 0; ; i++) kept.push(text.slice(i % 1000, i % 1000 + 5000));

// # a rope of many small parts, made flat
// expect: ok 3000000
let text = '';
for (let i = 0; i < 1e6; i++) text += 'abc';
text.indexOf('abcd');
return text.length;

// # a long text encoded for an address
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
// limits: heap 16MiB
const kept: string[] = [];
for (;;) kept.push(encodeURIComponent('ä'.repeat(2 ** 23)));

// # a long text in the normal form
// expect: out_of_memory
// quickjs in-process: may go on
// limits: heap 16MiB
const kept: string[] = [];
for (let i = 0; ; i++) kept.push(`ä${i}`.repeat(1e5).normalize('NFKD'));

// # half of a surrogate pair as the result
// expect: ok "\ufffd"
return '\ud800';

// # half of a surrogate pair as a key of the result
// expect: ok {"\ufffd":1}
return { '\udfff': 1 };

// # half of a surrogate pair as an input
// expect: ok "\ufffd"
// calls: desk.echo
return await desk.echo({ text: '\ud800' });

// # half of a surrogate pair in the log is shown as a replacement
// expect: ok
// quickjs: logs ["a\ufffd\ufffd\ufffdb"]
// logs: ["a\ufffdb"]
console.log('a\ud800b');

// # half of a surrogate pair in an error
// expect: exception Error: a
throw new Error('a\ud800b');

// # a text of nothing but NUL
// expect: ok true
// calls: desk.echo
const text = '\0'.repeat(1000);
return (await desk.echo({ text })) === text;

// # separators of lines and paragraphs
// expect: ok "\u2028\u2029\u0085\ufeff"
// calls: desk.echo
return await desk.echo({ text: '\u2028\u2029\u0085\ufeff' });

// # a text that turns the direction of writing
// expect: ok "\u202e\u2066a\u2069"
// logs: ["\u202e"]
console.log('\u202e');
return '\u202e\u2066a\u2069';

// # commands for a terminal
// expect: ok "\u001b[2J\u001b]0;owned\u0007"
// logs: ["\u001b[31m\r\n\b"]
console.log('\u001b[31m\r\n\b');
return '\u001b[2J\u001b]0;owned\u0007';

// # a string object instead of a string
// expect: exception Error: it said boxed
await desk.echo({ text: Object('boxed') as any }).then((text) => { throw new Error(`it said ${text}`); });
