// One built-in that wants much memory at once, where the engine can't stop in the middle. It used to end the process for
// most of these.
//
// QuickJS asks its allocator first and throws where that says no, which a script may catch.

// # the keys of a large typed array
// expect: out_of_memory
// in-process: may go on
// quickjs: expect exception InternalError: out of memory
return Object.keys(new Uint8Array(2 ** 25)).length;

// # the own keys of a large typed array
// expect: out_of_memory
// in-process: may go on
// quickjs: expect exception InternalError: out of memory
return Reflect.ownKeys(new Uint8Array(2 ** 25)).length;

// # a large typed array, spread
// expect: out_of_memory
return [...new Uint8Array(2 ** 25)].length;

// # a large typed array, spread into arguments
// expect: out_of_memory
return Math.max(...new Uint8Array(2 ** 25));

// # the entries of a long text
// expect: out_of_memory
// in-process: may go on
// quickjs: expect exception InternalError: out of memory
return Object.entries('x'.repeat(2 ** 25)).length;

// # the letters of a long text
// expect: out_of_memory
// quickjs in-process: may go on
return Array.from('x'.repeat(2 ** 25)).length;

// # a long text assigned to an object
// expect: out_of_memory
// in-process: may go on
// quickjs: expect exception InternalError: out of memory
return Object.assign({}, 'x'.repeat(2 ** 24))[0];

// # a long text cut at its commas
// expect: out_of_memory
// quickjs in-process: may go on
return 'x,'.repeat(2 ** 25).split(',').length;

// # all matches in a long text
// expect: out_of_memory
return 'x'.repeat(2 ** 25).match(/x/g)!.length;

// # a long text with each letter replaced by a function
// expect: out_of_memory
// in-process: may go on
return 'x'.repeat(2 ** 24).replace(/x/g, () => 'yy').length;

// # a long text in capitals
// expect: out_of_memory
// in-process: may go on
// quickjs: expect exception InternalError: out of memory
return 'x'.repeat(2 ** 28).toUpperCase().length;

// # a long text in small letters of a language
// expect: out_of_memory
// in-process: may go on
// quickjs: expect exception InternalError: out of memory
return 'x'.repeat(2 ** 28).toLocaleLowerCase('tr').length;

// # the normal form of a text of a hundred megabytes
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
return 'x'.repeat(2 ** 27).normalize('NFKD').length;

// # a long text as a name
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
return ({} as any)['x'.repeat(2 ** 28)];

// # a long text as the name of a registered symbol
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
return Symbol.for('x'.repeat(2 ** 28)).description!.length;

// # a long text, unescaped
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
return decodeURIComponent('%41'.repeat(2 ** 25)).length;

// # a long text, escaped
// expect: out_of_memory
return escape('ä'.repeat(2 ** 25)).length;

// # a long text as a number
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
return Number('1'.repeat(2 ** 28)) > 1;

// # a long text, cut into words
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
return typeof new (Intl as any).Segmenter().segment('x'.repeat(2 ** 27)).containing(5);

// # a long text as a regular expression
// expect: out_of_memory
return new RegExp('a'.repeat(2 ** 25)).test('a');

// # a long text as the result
// expect: limit the script returned
return 'x'.repeat(2 ** 24);

// # a text that is far too long as the result
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
return 'ä'.repeat(2 ** 28);

// # a text that is far too long as an input
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
// calls: none
await desk.measure({ text: 'x'.repeat(2 ** 28) });

// # a text that is far too long in the log
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
console.log('ä'.repeat(2 ** 28));

// # a text that is far too long in an import
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
await import('x'.repeat(2 ** 28));

// # JSON of many numbers
// expect: out_of_memory
return JSON.parse('[' + '0,'.repeat(2 ** 24) + '0]').length;

// # JSON of many texts
// expect: out_of_memory
return JSON.stringify(new Array(1e7).fill('xxxxxxxxxx')).length;

// # letters from the numbers of a large typed array
// expect: out_of_memory
// quickjs: expect exception RangeError: too many arguments in function call
return String.fromCharCode.apply(null, new Uint8Array(2 ** 25) as any).length;

// # a large array, mapped
// expect: out_of_memory
return new Array(2 ** 25).fill(0).map((_, i) => ({ i })).length;

// # a large array, joined to another
// expect: out_of_memory
// quickjs in-process: may go on
return new Array(2 ** 25).fill(0).concat(new Array(2 ** 25).fill(1)).length;

// # a large array, joined to itself a hundred times
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
return ([] as number[]).concat(...new Array(100).fill(new Array(1e6).fill(1))).length;

// # a large array, filled
// expect: out_of_memory
// in-process: may go on
return new Array(2 ** 26).fill({}).length;

// # a large array, sorted
// expect: out_of_memory
// quickjs in-process: may go on
return new Array(2 ** 25).fill(0).sort().length;

// # a large array, sorted into a new one
// expect: out_of_memory
// quickjs in-process: may go on
return (new Array(2 ** 25).fill(0) as any).toSorted().length;

// # the longest array, filled
// expect: out_of_memory
// in-process: may go on
const list: number[] = [];
list[2 ** 32 - 2] = 1;
return list.fill(0).length;

// # an array that is longer than any, sorted into a new one
// expect: out_of_memory
// in-process: ends the host, Fatal JavaScript out of memory: invalid array length
// quickjs: expect exception RangeError: invalid array length
return ([] as any).toSorted.call({ length: 2 ** 32 - 1 });

// # a large array, frozen
// expect: out_of_memory
// quickjs in-process: may go on
return Object.freeze(new Array(2 ** 25).fill(1)).length;

// # an object from many entries
// expect: out_of_memory
return Object.keys(Object.fromEntries(new Array(2 ** 22).fill(0).map((_, i) => [i, i]))).length;

// # an array-like of many, as arguments
// expect: exception RangeError: Maximum call stack size exceeded
// quickjs: expect exception RangeError: too many arguments in function call
return Reflect.construct(Array, { length: 2 ** 22 }).length;

// # an array of many, as arguments
// expect: exception RangeError: Maximum call stack size exceeded
// quickjs: expect exception RangeError: too many arguments in function call
return ((...values: unknown[]) => values.length)(...new Array(1e6));

// # a large buffer as base64
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
// limits: buffers 256MiB
return /=/.test((new Uint8Array(2 ** 27) as any).toBase64());

// # hexadecimal digits of a large buffer
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
return (Uint8Array as any).fromHex('00'.repeat(2 ** 27)).length;

// # a buffer that is handed on and grows
// expect: exception RangeError: Array buffer allocation failed
// quickjs: expect exception InternalError: out of memory
return (new ArrayBuffer(8) as any).transfer(2 ** 36).byteLength;

// # an integer of a quarter of a gigabyte
// expect: exception RangeError: Maximum BigInt size exceeded
// quickjs: expect exception RangeError: BigInt is too large
return 2n ** (2n ** 30n) > 1n;

// # a message of an error of half a gigabyte
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
throw new Error('x'.repeat(2 ** 29 - 24));

// # a message of an error of half a gigabyte, with its trace
// expect: ok 33
// quickjs: expect exception InternalError: out of memory
return new Error('x'.repeat(2 ** 29 - 24)).stack!.length;
