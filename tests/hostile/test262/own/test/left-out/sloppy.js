/*---
description: sloppy code
flags: [noStrict]
---*/
with ({}) {}
