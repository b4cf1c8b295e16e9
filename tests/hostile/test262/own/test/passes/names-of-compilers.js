/*---
description: eval and new Function() in a comment, in longer words, and as what isn't called
---*/
const evaluated = 'eval(1)';
assert.sameValue(evaluated.length, 7);
assert.sameValue(typeof eval, 'function'); // Function('return 1')()
function isFunction(value) { return value instanceof Function; }
assert.sameValue(isFunction(isFunction), true);
