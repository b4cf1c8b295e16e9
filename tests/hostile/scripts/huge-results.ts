// Results that nobody wants to read.

// # a text that is just too large
// expect: limit the script returned 65537 bytes of JSON, more than its limit of 65536
return 'x'.repeat(64 * 1024 - 1);

// # a text that just fits
// expect: ok 65534
const text = 'x'.repeat(64 * 1024 - 2);
return text.length;

// # a text of a hundred megabytes
// expect: limit more than its limit of 65536
// quickjs: expect exception InternalError: out of memory
// limits: heap 256MiB
return 'x'.repeat(1e8);

// # letters of two bytes are counted as such
// expect: limit the script returned 80002 bytes of JSON
return 'ä'.repeat(4e4);

// # letters that JSON escapes are counted as they are written
// expect: limit the script returned
return '\u0001'.repeat(2e4);

// # a list of a million zeros
// expect: limit more than its limit of 65536
return new Array(1e6).fill(0);

// # an object of a hundred thousand names
// expect: limit more than its limit of 65536
return Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [i, i]));

// # a result that is small in the script and large as JSON
// expect: limit more than its limit of 65536
// limits: heap 256MiB
const row = new Array(1000).fill('x'.repeat(1000));
return new Array(50).fill(row);

// # a result that is larger than the heap as JSON
// expect: limit more than its limit of 65536
// limits: heap 16MiB
const row = new Array(1000).fill(['x'.repeat(1000), Math.random()]);
return new Array(1000).fill(row);

// # a result with a huge name
// expect: limit more than its limit of 65536
return { ['x'.repeat(1e6)]: 1 };

// # a result from a toJSON that is large
// expect: limit more than its limit of 65536
return { toJSON: () => 'x'.repeat(1e6) };

// # numbers that JSON writes long
// expect: ok [1e21, 1.7976931348623157e308, 5e-324]
return [1e21, Number.MAX_VALUE, Number.MIN_VALUE];

// # an error that is as large as a result may be
// expect: exception … (cut: the text has
return Promise.reject(new Error('x'.repeat(64 * 1024)));
