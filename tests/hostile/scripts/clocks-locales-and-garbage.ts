// Clocks, locales, and what can be told from the collection of garbage.

// # a date beyond all dates
// expect: exception RangeError: Invalid time value
// quickjs: expect exception RangeError: Date value is NaN
return new Date(8.64e15 + 1).toISOString();

// # a date of a text without an end
// expect: ok null
return Number.isNaN(Date.parse('1'.repeat(1e6))) ? null : 'a date';

// # a date that is built of objects that throw
// expect: exception Error: asked
new Date({ valueOf() { throw new Error('asked'); } } as any);

// # a date that changes while it is set
// expect: ok true
const date = new Date(0);
date.setFullYear(2000, { valueOf: () => { date.setTime(NaN); return 1; } } as any);
return Number.isNaN(date.getTime()) || date.getFullYear() === 2000;

// # the clock, replaced by the script, moves no limit
// expect: timeout
Date.now = () => 0;
(globalThis as any).Date = class { static now() { return 0; } };
for (;;);

// # a locale that is none
// expect: exception RangeError: Invalid language tag: not a locale
// quickjs: expect ok {"_l":"not a locale"}
new Intl.NumberFormat('not a locale');

// # a locale of nearly a megabyte
// expect: ok
new Intl.NumberFormat('en-x-' + 'abcdefgh-'.repeat(1e5) + 'a');
return;

// # a list of locales without an end
// expect: timeout
// in-process: goes on
// quickjs: expect ok 1
return Intl.getCanonicalLocales({ length: 2 ** 53 - 1, 0: 'en' } as any).length;

// # a number with too many digits
// expect: exception RangeError: maximumFractionDigits value is out of range.
// quickjs: expect ok "1"
return new Intl.NumberFormat('en', { maximumFractionDigits: 1000 }).format(1);

// # an integer of a million digits, formatted
// expect: ok 133333
// quickjs: expect ok 100000
return (10n ** 99_999n).toLocaleString('en').length;

// # a text of many thousand words cut into them
// expect: ok 200000
// quickjs: expect ok 700000
return [...new (Intl as any).Segmenter('th', { granularity: 'word' }).segment('ภาษาไทย'.repeat(1e5))].length;

// # names of all zones and currencies, again and again
// expect: timeout
// quickjs: expect exception TypeError
for (;;) for (const key of ['timeZone', 'currency', 'unit', 'calendar']) (Intl as any).supportedValuesOf(key);

// # collators of ever other languages
// expect: timeout
// limits: heap 256MiB
for (let i = 0; ; i++) new Intl.Collator(`en-x-a${i % 1e5}`).compare('a', 'b');

// # a sort by language of many texts
// expect: timeout
// quickjs: expect out_of_memory|timeout
const texts = Array.from({ length: 1e6 }, (_, i) => `ä${(i * 7919) % 1e6}`);
for (;;) texts.sort((a, b) => a.localeCompare(b, 'de'));

// # options that are getters which throw
// expect: exception Error: asked
new Intl.DateTimeFormat('en', { get timeZone(): any { throw new Error('asked'); } });

// # the zone and locale are the host's business, and no path
// expect: ok true
// quickjs: expect exception TypeError: not a function
const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
return !`${timeZone}${locale}`.startsWith('/');

// # a weak reference that is held to the end of the turn
// expect: ok "here"
const reference = new WeakRef({ a: 'here' });
return reference.deref()?.a;

// # a clean-up that is the global object's
// expect: exception TypeError
// v8: expect exception TypeError: FinalizationRegistry: cleanup must be callable
new FinalizationRegistry(globalThis as any);

// # a weak map keyed by the console
// expect: ok 1
return new WeakMap([[console, 1]]).get(console);

// # a weak map keyed by a registered symbol
// expect: exception TypeError
// v8: expect exception TypeError: Invalid value used as weak map key
new WeakMap().set(Symbol.for('a') as any, 1);

// # ephemerons in a chain
// expect: timeout
// quickjs: expect out_of_memory|timeout
// limits: heap 16MiB
const map = new WeakMap();
let key = {};
const first = key;
for (;;) { const next = {}; map.set(key, next); key = next; }

// # randomness that is the script's own changes nothing of the host's
// expect: ok 3
// calls: desk.add
Math.random = () => 0.5;
Math.max = Math.min = Math.floor = (() => NaN) as any;
return await desk.add({ a: 1, b: 2 });

// # a text in upper case by a language of its own
// expect: ok "Iİ"
// quickjs: expect ok "II"
return 'ıi'.toLocaleUpperCase('tr');
