/*---
description: a test that needs another file
includes: [twice.js]
---*/
assert.sameValue(twice(2), 4);
