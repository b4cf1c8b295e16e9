// What the tests of the runner need; written for them.
function Test262Error(message) {
  this.message = message;
}
Test262Error.prototype.toString = function () {
  return `Test262Error: ${this.message}`;
};
