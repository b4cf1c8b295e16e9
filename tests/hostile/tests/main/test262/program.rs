//! A test as a script.

use super::checkout::Checkout;
use super::test::Test;

/// What a script returns that has come to its end.
pub(super) const PASSED: &str = "passed";

/// What a test expects of its host.
const HOST: &str = "\
const $262: any = { global: globalThis, detachArrayBuffer(buffer: any) { buffer.transfer(); }, destroy() {} };
let $settle: any;
const $settled = new Promise((done) => { $settle = done; });
function $DONE(error?: any) { $settle(error === undefined ? { } : { error }); }
function print(..._: any[]) {}
function reportCompare(..._: any[]) {}
";

/// The script of a test, with all that it finds defined.
pub(super) fn of(checkout: &Checkout, path: &str, test: &Test) -> String {
    let harness = checkout.harness(path, &test.includes);
    let wait = if test.is_async() {
        "const $outcome: any = await $settled; if ('error' in $outcome) throw $outcome.error;"
    } else {
        ""
    };
    format!(
        "{HOST}\n{harness}\n{}\n;{wait}\nreturn '{PASSED}';\n",
        test.source
    )
}
