//! Any text that could be an outcome: what is read of it comes through another time as it is.
#![no_main]

use codemode_runtime::Outcome;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(outcome) = serde_json::from_slice::<Outcome>(data) {
        let text = serde_json::to_string(&outcome).expect("an outcome is JSON");
        let again: Outcome = serde_json::from_str(&text).expect("it was one");
        let once_more = serde_json::to_string(&again).expect("an outcome is JSON");
        assert_eq!(text, once_more);
    }
});
