//! Whatever a worker may send, in pieces of any size: it is read or refused, and no more is kept than has come.
#![no_main]

use codemode_runtime::__private::fuzz_frames;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some((piece, bytes)) = data.split_first() {
        let in_pieces = fuzz_frames(bytes, usize::from(*piece));
        assert_eq!(in_pieces, fuzz_frames(bytes, bytes.len()));
    }
});
