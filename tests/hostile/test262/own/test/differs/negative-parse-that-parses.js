/*---
description: a test that ought to be refused and isn't
negative:
  phase: parse
  type: SyntaxError
---*/
let a;
