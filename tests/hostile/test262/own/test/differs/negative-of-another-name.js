/*---
description: a test that throws something else
negative:
  phase: runtime
  type: RangeError
---*/
null.a;
