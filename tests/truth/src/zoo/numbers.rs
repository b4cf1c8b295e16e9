//! Numbers

use std::num::{NonZeroI32, NonZeroU8, NonZeroU64, Wrapping};
use std::ops::{Bound, Range, RangeInclusive};
use std::sync::atomic::{AtomicBool, AtomicU32};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Widths {
    tiny: u8,
    small: i16,
    size: usize,
    big: Option<i64>,
    list: Vec<u16>,
}

super::entry::zoo! {
    both u8: [0, 255];
    both u16: [65535];
    both u32: [0, u32::MAX];
    both u64: [0, (1 << 53) - 1];
    both u128: [0, (1 << 53) - 1];
    both usize: [1];
    both i8: [-128, 127];
    both i16: [-1];
    both i32: [i32::MIN, i32::MAX];
    both i64: [1 - (1 << 53)];
    both i128: [-1];
    both isize: [-1];
    both f32: [0.5, f32::MAX];
    both f64: [0.1, -0.0, f64::MIN, 1e21, 5e-324];
    both NonZeroU8: [NonZeroU8::MIN, NonZeroU8::MAX];
    both NonZeroU64: [NonZeroU64::MIN];
    both NonZeroI32: [NonZeroI32::MIN];
    both Wrapping<u8>: [Wrapping(1)];
    both AtomicU32: [AtomicU32::new(1)];
    both AtomicBool: [AtomicBool::new(true)];
    both Range<u8>: [1..2];
    both RangeInclusive<i8>: [-1..=1];
    both Bound<u8>: [Bound::Unbounded, Bound::Included(1), Bound::Excluded(2)];
    input Bound<u8>: [serde_json::json!({ "Included": -1, "Excluded": 0 })];
    both serde_json::Number: [1.into(), serde_json::Number::from_f64(0.5).expect("finite")];
    both Widths: [Widths { tiny: 1, small: -1, size: 1, big: Some(1), list: vec![1] }];
}
