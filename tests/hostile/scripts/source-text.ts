// The script's own text, which is read, rewritten and wrapped before it runs.

// # an end of the function around the script
// expect: syntax
}); globalThis.escaped = 1; (async () => {

// # an end of the function around the script, in parentheses
// expect: syntax
})(); (async () => { return 1;

// # a comment that would hide the end of the function around the script
// expect: ok 1
return 1; //

// # a comment that never ends
// expect: syntax
return 1; /*

// # a text that never ends
// expect: syntax
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
// expect: syntax
let x = 1;
return x
--> 0;

// # a directive for sloppy code
// expect: ok true
return (function (this: unknown) { 'use sloppy'; return this === undefined; })();

// # a directive for another compiler
// expect: exception ReferenceError
'use asm';
(globalThis as any); leaked = 1;

// # a number of the old kind
// expect: syntax
return 010;

// # a deletion of a name
// expect: syntax
const a = 1; delete a;

// # an assignment to eval
// expect: syntax
eval = 1;

// # a variable that is called like the host's
// expect: ok "mine"
const desk = { add: () => 'mine' };
return desk.add();

// # a variable that is called undefined
// expect: syntax
var undefined = 1; let undefined = 2;

// # a name in escapes
// expect: exception ReferenceError: process is not defined
return \u0070rocess;

// # a keyword in escapes
// expect: syntax
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
// expect: exception
namespace N { export const a = (() => { throw new Error('in a namespace'); })(); }
return N.a;

// # a decorator that runs code
// expect: syntax
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
// expect: syntax
return <div>{1}</div>;

// # a label that is a tool
// expect: ok 1
desk: for (;;) { break desk; }
return 1;

// # a with of the global object
// expect: syntax
with (globalThis) desk;

// # an await in a default that the wrapper would allow
// expect: syntax
async function f(a = await 1) {}

// # a yield at the top
// expect: syntax
yield 1;

// # a break out of the script
// expect: syntax
break;

// # a return in a static block
// expect: syntax
class A { static { return 1; } }

// # a private name from nowhere
// expect: syntax
return this.#secret;

// # a regular expression that the engine refuses
// expect: syntax
return /(?<a>.)(?<a>.)/.test('a');

// # a regular expression that only the parser takes
// expect: syntax
return /[/.test('a');

// # two scripts in one
// expect: ok 1
return 1;
return 2;
