// The script's own text, which is read, rewritten and wrapped before it runs.

// # an end of the function around the script
// expect: syntax SyntaxError: line 1, column 1: Unexpected token
}); globalThis.escaped = 1; (async () => {

// # an end of the function around the script, in parentheses
// expect: syntax SyntaxError: line 1, column 1: Unexpected token
})(); (async () => { return 1;

// # a comment that would hide the end of the function around the script
// expect: ok 1
return 1; //

// # a comment that never ends
// expect: syntax SyntaxError: line 1, column 11: Unterminated multiline comment
return 1; /*

// # a text that never ends
// expect: syntax SyntaxError: line 1, column 12: Expected `}` but found `EOF`
return `${1

// # a name for the source, of the engine's own
// expect: exception Error: a
// never: core/01
//# sourceURL=ext:core/01_core.js
throw new Error('a');

// # a name for the source, after the end
// expect: exception Error: a
// never: forged
throw new Error('a');
//# sourceURL=forged.js

// # a name for the source in a comment that is kept
// expect: exception Error: a
// never: forged.js
/*! @license
//# sourceURL=forged.js
*/
throw new Error('a');

// # a map for the source
// expect: exception Error: a
// never: /etc/passwd
throw new Error('a');
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbIi9ldGMvcGFzc3dkIl0sIm1hcHBpbmdzIjoiQUFBQSJ9

// # a comment of HTML is an expression here
// expect: ok true
let y = 1;
const x = 0;
return x<!--y;

// # a comment of HTML that ends a line is no comment here
// expect: syntax SyntaxError: line 3, column 3: Unexpected token
let x = 1;
return x
--> 0;

// # a directive for sloppy code
// expect: ok true
return (function (this: unknown) { 'use sloppy'; return this === undefined; })();

// # a directive for another compiler
// expect: exception ReferenceError
// v8: expect exception ReferenceError: leaked is not defined
'use asm';
(globalThis as any); leaked = 1;

// # a number of the old kind
// expect: syntax line 1, column 8: '0'-prefixed octal literals
return 010;

// # a deletion of a name
// expect: syntax SyntaxError: line 1, column 21: Delete of an unqualified identifier in strict mode.
const a = 1; delete a;

// # an assignment to eval
// expect: syntax SyntaxError: line 1, column 1: Cannot assign to 'eval' in strict mode
eval = 1;

// # a variable that is called like the host's
// expect: ok "mine"
const desk = { add: () => 'mine' };
return desk.add();

// # a variable that is called undefined
// expect: syntax SyntaxError: line 1, column 5: Identifier `undefined` has already been declared
var undefined = 1; let undefined = 2;

// # a name in escapes
// expect: exception ReferenceError: process is not defined
return \u0070rocess;

// # a keyword in escapes
// expect: syntax SyntaxError: line 1, column 1: Keywords cannot contain escape characters
\u0069mport fs from 'fs';

// # a line of a hashbang
// expect: ok 1
#!/usr/bin/env deno
return 1;

// # an empty script
// expect: ok

// # a script of spaces and separators
// expect: ok
   	 ﻿

// # half of a surrogate pair in the text is no text at all
// expect: ok 1
return '\ud83d'.length;

// # an enum that runs code
// expect: exception Error: in an enum
enum E { A = (() => { throw new Error('in an enum'); })() as any }

// # a namespace that runs code
// expect: exception Error: in a namespace
namespace N { export const a = (() => { throw new Error('in a namespace'); })(); }
return N.a;

// # a decorator that runs code
// expect: syntax line 2, column 1: decorators aren't supported
function decorate() { throw new Error('in a decorator'); }
@decorate class A {}

// # a type that is a bomb
// expect: ok 1
type Bomb<T, N extends number = 1000> = N extends 0 ? T : Bomb<T[], 999>;
let bomb: Bomb<string> | undefined;
return 1;

// # types nested without sense
// expect: ok 1
const a: Array<Array<Array<Array<Array<Array<Array<Array<Array<Array<string>>>>>>>>>> = [];
return 1 + a.length;

// # elements of another language
// expect: syntax line 1, column 8: JSX isn't supported
return <div>{1}</div>;

// # a label that is a tool
// expect: ok 1
desk: for (;;) { break desk; }
return 1;

// # a with of the global object
// expect: syntax SyntaxError: line 1, column 1: 'with' statements are not allowed
with (globalThis) desk;

// # an await in a default that the wrapper would allow
// expect: syntax SyntaxError: line 1, column 22: await expression not allowed in formal parameter
async function f(a = await 1) {}

// # a yield at the top
// expect: syntax line 1, column 1: A 'yield' expression is only allowed in a generator body
yield 1;

// # a break out of the script
// expect: syntax line 1, column 1: Illegal break statement
break;

// # a return in a static block
// expect: syntax SyntaxError: line 1, column 20: A 'return' statement cannot be used inside a class static block.
class A { static { return 1; } }

// # a private name from nowhere
// expect: syntax SyntaxError: line 1, column 13: Private identifier '#secret' is not allowed outside class bodies
return this.#secret;

// # a regular expression that the engine refuses
// expect: syntax
// v8: expect syntax SyntaxError: Invalid regular expression: /(?<a>.)(?<a>.)/: Duplicate capture group name
return /(?<a>.)(?<a>.)/.test('a');

// # a regular expression that only the parser takes
// expect: syntax SyntaxError: line 1, column 8: Unterminated regular expression
return /[/.test('a');

// # two scripts in one
// expect: ok 1
return 1;
return 2;
