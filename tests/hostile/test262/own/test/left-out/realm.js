/*---
description: what no script has, by its syntax
---*/
const realm = $262.createRealm().global;
