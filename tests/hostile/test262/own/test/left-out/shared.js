/*---
description: shared memory
features: [SharedArrayBuffer]
---*/
new SharedArrayBuffer(1);
