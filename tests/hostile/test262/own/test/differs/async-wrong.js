/*---
description: a test that says that something is wrong
flags: [async]
---*/
Promise.reject(new Test262Error('wrong')).catch($DONE);
