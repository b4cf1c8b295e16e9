/*---
description: a test that asserts what is so
---*/
assert.sameValue([1, 2].length, 2);
