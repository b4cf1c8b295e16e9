/*---
description: a test that is over when it says so
flags: [async]
---*/
Promise.resolve().then(() => $DONE(), $DONE);
