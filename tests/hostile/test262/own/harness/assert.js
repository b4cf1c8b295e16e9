function assert(truth, message) {
  if (truth !== true) throw new Test262Error(message);
}
assert.sameValue = (actual, expected) => assert(Object.is(actual, expected), `${String(actual)} isn't ${String(expected)}`);
