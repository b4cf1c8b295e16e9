/*---
description: a test that has to be refused before it runs, and throws what it should only then
negative:
  phase: parse
  type: SyntaxError
---*/
throw new SyntaxError('too late');
