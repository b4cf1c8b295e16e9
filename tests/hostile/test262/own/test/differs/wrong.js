/*---
description: a test that asserts what isn't so
---*/
assert.sameValue([1, 2].length, 3);
