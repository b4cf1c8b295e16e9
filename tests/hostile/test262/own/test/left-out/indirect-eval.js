/*---
description: what no script has, by its syntax
---*/
(0, eval)('1');
