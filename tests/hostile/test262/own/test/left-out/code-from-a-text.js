/*---
description: code from a text
---*/
assert.sameValue(eval('1'), 1);
