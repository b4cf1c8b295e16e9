/*---
description: a test that never says that it is over
flags: [async]
---*/
