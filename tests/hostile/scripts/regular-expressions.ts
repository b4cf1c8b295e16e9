// Regular expressions that take for ever, need much, or run the script's code in the middle.

// # nested repetition
// expect: timeout
return /^(a+)+$/.test('a'.repeat(50) + 'b');

// # overlapping alternatives
// expect: timeout
return /^(a|aa)+$/.test('a'.repeat(60) + 'b');

// # repetition of twins
// expect: timeout
return /^(?:a|a)*$/.test('a'.repeat(60) + 'b');

// # repetition of anything, three times over
// expect: timeout
return /^(.*)(.*)(.*)(.*)(.*)(.*)(.*)[^a]$/.test('a'.repeat(500));

// # a back reference that is tried everywhere
// expect: timeout
return /^(a+)+\1+$/.test('a'.repeat(40) + 'b');

// # a look-behind that is tried everywhere
// expect: timeout
return /(?<=^b(a+)+)c/.test('a'.repeat(40) + 'c');

// # a look-ahead within a repetition
// expect: timeout
return /^((?=a)a+)+$/.test('a'.repeat(50) + 'b');

// # nested repetition with the flags for sets and letters
// expect: timeout
return new RegExp('^(\\p{L}+)+$', 'v').test('a'.repeat(50) + '1');

// # nested repetition in a split
// expect: timeout
return ('a'.repeat(50) + 'b').split(/(?:a+)+c/).length;

// # nested repetition in a replacement
// expect: timeout
return ('a'.repeat(50) + 'b').replaceAll(/(a+)+c/g, '');

// # nested repetition in matchAll
// expect: timeout
return [...('a'.repeat(50) + 'b').matchAll(/(a+)+c/g)].length;

// # nested repetition in a timer
// expect: timeout
setTimeout(() => /^(a+)+$/.test('a'.repeat(50) + 'b'), 0);
await new Promise(() => {});

// # an exec that is the script's own and never ends
// expect: timeout
// quickjs: expect out_of_memory|timeout
const expression = /a/g;
expression.exec = () => ({ index: 0, 0: 'a', length: 1 }) as any;
return expression[Symbol.replace]('a', 'b');

// # a last index that never moves
// expect: timeout
// quickjs: expect out_of_memory|timeout
const expression: any = Object.create(RegExp.prototype, { flags: { value: 'g' }, lastIndex: { get: () => 0, set() {} } });
expression.exec = () => [''];
return expression[Symbol.replace]('a', '');

// # flags that are the script's own
// expect: exception TypeError
// v8: expect exception TypeError: flags
class Own extends RegExp { get flags(): string { throw new TypeError('flags'); } }
return 'a'.matchAll(new Own('a', 'g'));

// # a species that is the script's own in a split
// expect: exception EvalError: Code generation from strings disallowed for this context
const expression: any = /a/;
expression.constructor = { [Symbol.species]: Function };
return expression[Symbol.split]('a');

// # matches without an end
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
// limits: heap 16MiB, wall 20000ms
const expression = /(?:)/g;
Object.defineProperty(expression, 'exec', { value: () => ['a'] });
return 'a'.match(expression);

// # an expression that is too large for the engine
// expect: exception SyntaxError: Invalid regular expression
// quickjs: expect exception SyntaxError: too many captures
return new RegExp('()'.repeat(100_000)).test('a');

// # ever more expressions, compiled
// expect: timeout
for (let i = 0; ; i++) new RegExp(`a{${i % 1000}}${i}`).test('aaa');

// # the engine's memory of the last match tells nothing of the host
// expect: ok ["", "", ""]
// quickjs: expect exception TypeError: the script's result[0]: can't be sent, because it is undefined; write 
return [(RegExp as any).lastMatch, (RegExp as any).$1, (RegExp as any).input];

// # the engine's memory of the last match isn't the bootstrap's after calls and output
// expect: ok ["", ""]
// quickjs: expect exception TypeError: the script's result[0]: can't be sent, because it is undefined; write 
// calls: desk.add
await desk.add({ a: 1, b: 2 });
console.log({ a: 1 });
return [(RegExp as any)['$_'], (RegExp as any)['$&']];
