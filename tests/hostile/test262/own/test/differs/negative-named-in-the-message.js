/*---
description: a test that throws another error, which only speaks of the right one
negative:
  phase: runtime
  type: RangeError
---*/
throw new TypeError('this is no RangeError');
