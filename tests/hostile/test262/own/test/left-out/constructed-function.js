/*---
description: what no script has, by its syntax
---*/
new Function('return 1');
