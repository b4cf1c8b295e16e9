// What scripts keep for each other: its bounds, and what a script could make of it.

// # a store that is filled until it is full
// expect: ok [4, true, 4]
let kept = 0;
let told = '';
try {
  for (;;) { await $store.set(`n${kept}`, 'x'.repeat(4_000_000)); kept += 1; }
} catch (e) { told = (e as Error).message; }
return [kept, told.startsWith('$store.set: the store is full'), (await $store.keys()).length];

// # values without number
// expect: limit the script may call tools 1000 times, and wanted to call `$store.set` once more
for (let n = 0; ; n++) await $store.set(`n${n}`, n);

// # a value that is one byte too large, and one that isn't
// expect: ok [false, true]
const fits = async (bytes: number) => { try { await $store.set('a', 'x'.repeat(bytes - 2)); return true; } catch { return false; } };
return [await fits(4 * 1024 * 1024 + 1), await fits(4 * 1024 * 1024)];

// # more memory than there is, read from the store
// expect: out_of_memory
// limits: heap 32MiB
await $store.set('a', Array.from({ length: 300_000 }, (_, n) => `${n}`));
const all: unknown[] = [];
for (;;) all.push(await $store.get('a'));

// # a language that was changed before
// expect: ok [{"a":[1]},["n"]]
// quickjs: expect exception Error: patched
const gone = () => { throw new Error('patched'); };
Object.assign(JSON, { stringify: gone, parse: gone });
Object.defineProperty(Array.prototype, '0', { get: gone, set: gone, configurable: true });
Object.assign(String.prototype, { slice: gone, indexOf: gone });
await $store.set('n', { a: [1] });
return [await $store.get('n'), await $store.keys()];

// # names and values that aren't what they seem
// expect: ok ["TypeError","TypeError","TypeError","TypeError","TypeError"]
const name = (call: () => Promise<unknown>) => call().then(() => 'none', (e: Error) => e.name);
return [
  await name(() => $store.get({ toString: () => 'a' } as any)),
  await name(() => $store.set(new String('a') as any, 1)),
  await name(() => $store.set('\ud800', 1)),
  await name(() => $store.set('a', () => 1)),
  await name(() => $store.delete(Symbol.iterator as any)),
];

// # marks that a script forges
// expect: ok ["\u0000n7","\u0000bAAAA","\u0000","object"]
await $store.set('a', [new String('\0n7'), '\0bAAAA', '\0', { '\0n': 1 }]);
const [a, b, c, d] = await $store.get('a');
return [String(a), b, c, typeof d];

// # a getter that keeps something while it is kept
// expect: ok [["a","b"],1]
const value = { get x() { void $store.set('b', 2); return 1; } };
await $store.set('a', value);
return [await $store.keys(), (await $store.get('a')).x];

// # prototypes by name
// expect: ok ["kept","kept",true,["__proto__","constructor"]]
await $store.set('__proto__', 'kept');
await $store.set('constructor', 'kept');
await $store.set('o', JSON.parse('{"__proto__":{"polluted":true}}'));
const o = await $store.get('o');
await $store.delete('o');
return [await $store.get('__proto__'), await $store.get('constructor'), Object.hasOwn(o, '__proto__') && !('polluted' in {}), await $store.keys()];

// # a store that can't be replaced
// expect: ok ["TypeError","TypeError","TypeError"]
const refusal = (act: () => void) => { try { act(); return 'none'; } catch (e) { return (e as Error).name; } };
return [
  refusal(() => { ($store as any).get = 1; }),
  refusal(() => { delete ($store as any).get; }),
  refusal(() => { ($store as any).more = 1; }),
];

// # after its end a script keeps nothing
// expect: ok 1
// never: late
setTimeout(() => void $store.set('late', 1), 0);
return 1;

// # keys of two hundred and one bytes
// expect: exception ToolError: $store.set: a name has 1 to 200 bytes, and this one has 201
await $store.set('n'.repeat(201), 1);
