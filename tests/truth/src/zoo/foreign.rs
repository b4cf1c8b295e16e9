//! Types of other crates

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use either::Either;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use semver::Version;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use url::Url;
use uuid::Uuid;

#[derive(Deserialize, Serialize, JsonSchema)]
struct Event {
    id: Uuid,
    at: DateTime<Utc>,
    day: Option<NaiveDate>,
    link: Url,
    takes: Duration,
    version: Version,
}

fn day() -> NaiveDate {
    NaiveDate::default()
}

fn url() -> Url {
    Url::parse("https://example.org/a?b").expect("a URL")
}

super::entry::zoo! {
    both DateTime<Utc>: [DateTime::default()];
    both NaiveDate: [day()];
    both NaiveTime: [NaiveTime::default()];
    both NaiveDateTime: [NaiveDateTime::default()];
    both Weekday: [Weekday::Mon];
    input Weekday: [serde_json::json!("MON")];
    both TimeDelta: [TimeDelta::seconds(1)];
    both Uuid: [Uuid::nil()];
    both Url: [url()];
    both Version: [Version::new(1, 2, 3)];
    both Duration: [Duration::new(1, 5)];
    both SystemTime: [SystemTime::UNIX_EPOCH];
    both Bytes: [Bytes::from_static(&[1, 255])];
    both BytesMut: [BytesMut::from(&[1][..])];
    both Either<u8, String>: [Either::Left(1), Either::Right("a".to_owned())];
    both SmolStr: [SmolStr::new("a")];
    both Decimal: [Decimal::new(125, 2)];
    both jiff::Timestamp: [jiff::Timestamp::UNIX_EPOCH];
    both jiff::civil::Date: [jiff::civil::Date::ZERO];
    both jiff::SignedDuration: [jiff::SignedDuration::from_secs(1)];
    both Event: [Event { id: Uuid::nil(), at: DateTime::default(), day: Some(day()), link: url(), takes: Duration::from_secs(1), version: Version::new(1, 0, 0) }];
}
