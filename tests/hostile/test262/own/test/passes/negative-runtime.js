/*---
description: a test that has to throw
negative:
  phase: runtime
  type: TypeError
---*/
null.a;
