/*---
description: a test that the parser has to refuse
negative:
  phase: parse
  type: SyntaxError
---*/
let a; let a;
