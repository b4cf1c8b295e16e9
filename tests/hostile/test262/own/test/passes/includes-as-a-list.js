/*---
description: the same, written the other way
includes:
  - twice.js
---*/
assert.sameValue(twice(3), 6);
