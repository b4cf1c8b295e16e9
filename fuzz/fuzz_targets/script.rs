//! Any text that could be a script: it is read or refused, and each of its places is one of the text.
#![no_main]

use codemode_runtime::__private::fuzz_script;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        fuzz_script(text);
    }
});
