// Objects of the script's own making, where the sandbox reads or calls something.

// # a proxy as the result that changes its mind
// expect: ok {"a": 1}
let asked = 0;
return new Proxy({ a: 1 }, { get: (target, key) => key === 'a' && asked++ > 0 ? () => {} : Reflect.get(target, key) });

// # a getter of the result that throws
// expect: exception Error: mine
return { get a() { throw new Error('mine'); } };

// # a getter of the result that throws no error
// expect: exception Error: the script threw a value that is no Error: null
return { get a() { throw null; } };

// # a getter of the result that calls a tool
// expect: ok {"a": 1}
// calls: desk.add
// inputs: [{"a": 1, "b": 1}]
return { get a() { void desk.add({ a: 1, b: 1 }); return 1; } };

// # a getter of an input that calls the same tool
// expect: ok 3
// calls: desk.add, desk.add
// inputs: [{"a": 5, "b": 5}, {"a": 1, "b": 2}]
return await desk.add({ get a() { void desk.add({ a: 5, b: 5 }); return 1; }, b: 2 });

// # a getter of an input that would change between check and use
// expect: ok "fine"
// calls: desk.echo
// inputs: [{"text": "fine"}]
let asked = 0;
await desk.echo({ get text(): any { return asked++ ? { n: 1 } : 'fine'; } });

// # a getter of an input that would be a function at its second look
// expect: ok "fine"
// calls: desk.echo
// inputs: [{"text": "fine"}]
let asked = 0;
await desk.echo({ get text(): any { return asked++ ? () => {} : 'fine'; } });

// # a getter of an input that would be an integer beyond all limits at its second look
// expect: ok 1
// calls: desk.sum
// inputs: [{"numbers": [1]}]
let asked = 0;
await desk.sum({ get numbers(): any { return asked++ ? [2n ** 70n] : [1]; } });

// # a proxy as an input without own keys
// expect: exception TypeError: desk.echo: input: missing field `text`
// calls: ?desk.echo
await desk.echo(new Proxy({ text: 'a' }, { ownKeys: () => [] }));

// # a proxy as an input that lies about its keys
// expect: exception TypeError
// v8: expect exception TypeError: 'ownKeys' on proxy: trap returned duplicate entries
// calls: none
await desk.echo(new Proxy({}, { ownKeys: () => ['text', 'text'] }) as any);

// # a proxy as an input that has keys but no descriptors
// expect: exception TypeError: desk.echo: input: missing field `text`
// calls: ?desk.echo
await desk.echo(new Proxy({}, { ownKeys: () => ['text'], getOwnPropertyDescriptor: () => undefined }) as any);

// # a proxy as an input that throws from every trap
// expect: exception Error: trap
// calls: none
const trap = () => { throw new Error('trap'); };
await desk.echo(new Proxy({}, new Proxy({}, { get: () => trap })) as any);

// # a revoked proxy as an input
// expect: exception TypeError
// v8: expect exception TypeError: Cannot perform 'get' on a proxy that has been revoked
// calls: none
const { proxy, revoke } = Proxy.revocable({ text: 'a' }, {});
revoke();
await desk.echo(proxy);

// # a revoked proxy as the result
// expect: exception TypeError
// v8: expect exception TypeError: Cannot perform 'get' on a proxy that has been revoked
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
return proxy;

// # a revoked proxy that is thrown
// expect: exception
// v8: expect exception Cannot perform 'getPrototypeOf' on a proxy that has been revoked
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
throw proxy;

// # a revoked proxy in the log
// expect: ok
// logs: ["[unprintable]"]
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
console.log(proxy);

// # a proxy of an array with a length without an end
// expect: limit more than its limit of 65536
return new Proxy([], { get: (target, key) => key === 'length' ? Infinity : key === 'toJSON' ? undefined : 1 });

// # a proxy of an array whose length grows as it is read
// expect: limit more than its limit of 65536
let length = 0;
return new Proxy([], { get: (_, key) => key === 'length' ? ++length : key === 'toJSON' ? undefined : 1 });

// # keys without an end
// expect: exception RangeError: Invalid array length
// quickjs: expect ok {}
return new Proxy({}, { ownKeys: () => new Proxy([], { get: (_, key) => key === 'length' ? 2 ** 40 : 'a' }) as any });

// # toJSON of the result that returns something that can't be sent
// expect: ok
return { toJSON: () => undefined };

// # toJSON of the result that returns a function
// expect: exception TypeError: the script's result: can't be sent, because it is a function
return { toJSON: () => () => 1 };

// # toJSON of the result that is an integer that JSON doesn't know
// expect: exception TypeError: the script's result: can't be sent, because it is a bigint; write String(value)
return { toJSON: () => 1n };

// # toJSON of an input that is deeper than the check looks
// expect: exception can't be sent, because it is nested deeper than 127 levels
// calls: none
let nest: any = {};
for (let i = 0; i < 1000; i++) nest = { inside: [nest] };
await desk.mirror({ nest: { toJSON: () => nest } as any });

// # toJSON of an input that is large
// expect: exception TypeError: desk.add: the input must be one object, such as { … }, but it is a string
// calls: ?desk.add
await desk.add({ toJSON: () => 'x'.repeat(1e6) } as any);

// # toJSON that is a getter that counts
// expect: ok "b"
// calls: desk.echo
// inputs: [{"text": "b"}]
let asked = 0;
return await desk.echo({ text: { get toJSON() { return asked++ > 0 ? () => 'b' : () => 'a'; } } as any });

// # toJSON that is there only at its third look
// expect: exception TypeError: desk.echo: input.text.toJSON: can't be sent, because it is a function
// calls: none
let asked = 0;
return await desk.echo({ text: { get toJSON() { return asked++ > 1 ? () => '\0n1' : undefined; } } as any });

// # an array with a getter that empties it
// expect: ok [1, 2]
// calls: desk.echo
// inputs: [{"text": "a"}]
const list: any[] = [1, 2];
await desk.echo({ text: 'a', get more() { return undefined; } } as any);
return list;

// # an array that is emptied while it is checked
// expect: ok [1]
const list: any[] = [{ get a() { list.length = 1; return 1; } }, 2, 3];
return list.map((item) => (typeof item === 'object' ? item.a : item)).slice(0, 1);

// # an array of the result that is emptied while it is checked
// expect: exception TypeError: the script's result[1]: can't be sent, because it is undefined
const list: any[] = [{ get a() { list.length = 1; return 1; } }, 2, 3];
return list;

// # a getter on the arguments of a timer
// expect: ok "fine"
return await new Promise((done) => setTimeout(new Proxy(() => done('fine'), {}), { valueOf: () => 1 } as any));

// # a delay of a timer that throws
// expect: exception Error: delay
setTimeout(() => {}, { valueOf() { throw new Error('delay'); } } as any);

// # a proxy of a tool
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
return await new Proxy(desk.add, {})({ a: 1, b: 2 });

// # a proxy of a namespace that swaps a tool
// expect: exception TypeError
// v8: expect exception 'get' on proxy: property 'add' is a read-only and non-configurable data property
const forged: any = new Proxy(desk, { get: () => () => 'forged' });
return forged.add();

// # a setter that a bare assignment would reach
// expect: ok 3
// calls: desk.add
// inputs: [{"a": 1, "b": 2}]
for (const key of ['a', 'b', '0', 'kind', 'message', 'above', 'value', 'path', 'input'])
    Object.defineProperty(Object.prototype, key, { __proto__: null, set() { throw new Error('reached'); }, configurable: true } as any);
console.log({ a: [1] });
return await desk.add(JSON.parse('{"a":1,"b":2}'));
