// Memory outside of the heap, and arrays that change under the engine's hands.

// # one buffer that is too large
// expect: exception RangeError: Array buffer allocation failed
// quickjs: expect exception InternalError: out of memory
return new ArrayBuffer(2 ** 40).byteLength;

// # buffers without an end
// expect: exception RangeError: Array buffer allocation failed
// quickjs: expect out_of_memory
const kept: ArrayBuffer[] = [];
for (;;) kept.push(new ArrayBuffer(1024 * 1024));

// # buffers without an end, each written
// expect: exception RangeError: Array buffer allocation failed
// quickjs: expect out_of_memory
// quickjs in-process: may go on
// limits: buffers 8MiB
const kept: Uint8Array[] = [];
for (;;) kept.push(new Uint8Array(1024 * 1024).fill(1));

// # buffers without an end, tiny ones
// expect: out_of_memory
// limits: heap 32MiB
const kept: ArrayBuffer[] = [];
for (;;) kept.push(new ArrayBuffer(8));

// # buffers without an end, in a loop that catches its end
// expect: timeout
// quickjs: expect out_of_memory|timeout
// limits: buffers 8MiB
const kept: ArrayBuffer[] = [];
for (;;) { try { for (;;) kept.push(new ArrayBuffer(1024 * 1024)); } catch { continue; } }

// # buffers that are thrown away at once
// expect: timeout
// limits: heap 32MiB
for (;;) new Uint8Array(1024 * 1024)[0] = 1;

// # a buffer that can grow to a terabyte
// expect: exception RangeError: Array buffer allocation failed
return new (ArrayBuffer as any)(1, { maxByteLength: 2 ** 40 }).resize(2 ** 39);

// # a buffer that grows past the limit
// expect: exception RangeError: Array buffer allocation failed
// limits: buffers 8MiB
const buffer: any = new (ArrayBuffer as any)(1, { maxByteLength: 2 ** 30 });
for (let size = 1; size < 2 ** 30; size *= 2) { buffer.resize(size); new Uint8Array(buffer).fill(1); }
return buffer.byteLength;

// # buffers that can grow, without an end, in a loop that catches its end
// expect: timeout
// limits: heap 32MiB
const kept: any[] = [];
for (;;) { try { kept.push(new (ArrayBuffer as any)(1, { maxByteLength: 2 ** 32 })); } catch { kept.length = 0; } }

// # a buffer that is handed on again and again
// expect: ok 1048576
let buffer: any = new ArrayBuffer(1024 * 1024);
for (let i = 0; i < 1000; i++) buffer = buffer.transfer();
return buffer.byteLength;

// # a typed array that is sorted for long
// expect: timeout
// quickjs: expect exception|timeout
// limits: buffers 512MiB
const numbers = new Float64Array(2e7).map(() => Math.random());
for (;;) { numbers.sort(); numbers.reverse(); }

// # a typed array whose comparison takes its buffer away
// expect: ok 0
const array: any = new Uint8Array(1000).map((_, i) => 1000 - i);
array.sort((a: number, b: number) => { if (array.length) array.buffer.transfer(); return a - b; });
return array.length;

// # a typed array whose comparison makes its buffer smaller
// expect: ok 1
const buffer: any = new (ArrayBuffer as any)(1000, { maxByteLength: 2000 });
const array = new Uint8Array(buffer).fill(3);
array.sort((a, b) => { buffer.resize(1); return a - b; });
return array.length;

// # a fill whose value takes the buffer away
// expect: exception TypeError
// v8: expect exception TypeError: Cannot perform %TypedArray%.prototype.fill on a detached ArrayBuffer
const array: any = new Uint8Array(8);
array.fill({ valueOf() { array.buffer.transfer(); return 1; } });
return array.length;

// # a view whose offset takes the buffer away
// expect: exception TypeError
// v8: expect exception TypeError: Cannot perform DataView.prototype.getInt8 on a detached or out-of-bounds ArrayBuffer
const buffer: any = new ArrayBuffer(8);
return new DataView(buffer).getInt8({ valueOf() { buffer.transfer(); return 0; } } as any);

// # a copy into a buffer that shrinks meanwhile
// expect: ok 1
const buffer: any = new (ArrayBuffer as any)(64, { maxByteLength: 64 });
const array = new Uint8Array(buffer);
array.set({ length: 2, get 0() { buffer.resize(1); return 7; }, 1: 8 } as any);
return array.length;

// # a slice into a species that is too small
// expect: exception TypeError
// v8: expect exception TypeError: Derived TypedArray constructor created an array which was too small
class Small extends Uint8Array { static get [Symbol.species](): any { return function () { return new Uint8Array(1); }; } }
return new Small(100).slice().length;

// # a typed array from an array-like without an end
// expect: exception RangeError: Array buffer allocation failed
// quickjs: expect exception InternalError: out of memory
return new Uint8Array({ length: 2 ** 53 - 1 } as any).length;

// # a typed array from an iterator without an end
// expect: out_of_memory
// quickjs: expect exception InternalError: out of memory
// limits: heap 32MiB
return Uint8Array.from({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) } as any).length;

// # base64 of much
// expect: out_of_memory
// quickjs in-process: may go on
// limits: heap 32MiB
const kept: string[] = [];
for (;;) kept.push((new Uint8Array(1024 * 1024) as any).toBase64());

// # bytes where a text is wanted
// expect: exception TypeError: desk.echo: input.text: invalid type: a Uint8Array, expected a string
// calls: ?desk.echo
await desk.echo({ text: new Uint8Array(4) as any });

// # bytes that claim to be something else
// expect: ok "forged"
// calls: desk.echo
const bytes: any = new Uint8Array(4);
bytes.toJSON = () => 'forged';
Object.defineProperty(bytes, Symbol.toStringTag, { value: 'String' });
return await desk.echo({ text: bytes });

// # something else that claims to be bytes
// expect: exception TypeError: desk.echo: input.text: invalid type: an object, expected a string
// calls: ?desk.echo
await desk.echo({ text: { [Symbol.toStringTag]: 'Uint8Array', length: 1, 0: 1 } as any });

// # an array of floats where bytes could be
// expect: exception desk.echo: input.text: can't be sent, because it is a Float64Array
// calls: none
await desk.echo({ text: new Float64Array(1) as any });

// # shared memory isn't there
// expect: exception ReferenceError: SharedArrayBuffer is not defined
return new SharedArrayBuffer(8).byteLength;

// # a buffer isn't shared, and can't be waited on
// expect: exception ReferenceError: Atomics is not defined
return Atomics.wait(new Int32Array(8), 0, 0);
