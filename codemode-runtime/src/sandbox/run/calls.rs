//! The calls of one run.

use std::borrow::Cow;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::clock::Stretch;
use crate::outcome::CallRecord;
use crate::sandbox::lock::lock;

/// The calls of one run, in the order in which they began, and the time in which any was under way.
///
/// All behind one lock: a call is counted, recorded and timed at once, and costs little more than that.
pub(crate) struct Calls(Mutex<Recorded>);

struct Recorded {
    calls: Vec<Call>,
    under_way: Stretch,
}

struct Call {
    tool: Cow<'static, str>,
    started: Instant,
    ended: Option<(Duration, bool)>,
}

/// How many tools are named in one line of the log.
const MAX_NAMED: usize = 5;

impl Calls {
    pub(crate) fn new(now: Instant) -> Self {
        Self(Mutex::new(Recorded {
            calls: Vec::new(),
            under_way: Stretch::new(now),
        }))
    }

    /// Records that a call begins, and returns its number; or its tool, if there are `most` calls already.
    pub(crate) fn begin(
        &self,
        tool: Cow<'static, str>,
        most: u64,
        now: Instant,
    ) -> Result<usize, Cow<'static, str>> {
        let mut recorded = lock(&self.0);
        let number = recorded.calls.len();
        if number as u64 >= most {
            return Err(tool);
        }
        recorded.calls.push(Call {
            tool,
            started: now,
            ended: None,
        });
        recorded.under_way.begin(now);
        Ok(number)
    }

    /// Records that a call has ended.
    pub(crate) fn end(&self, number: usize, ok: bool, now: Instant) {
        let mut recorded = lock(&self.0);
        if let Some(call) = recorded.calls.get_mut(number) {
            call.ended = Some((now.saturating_duration_since(call.started), ok));
        }
        recorded.under_way.end(now);
    }

    /// The tool of a call.
    pub(crate) fn tool(&self, number: usize) -> Option<Cow<'static, str>> {
        let recorded = lock(&self.0);
        recorded.calls.get(number).map(|call| call.tool.clone())
    }

    /// How many have begun and not ended.
    pub(crate) fn under_way(&self) -> usize {
        lock(&self.0).under_way.open()
    }

    /// The calls that have started and not ended, in words.
    pub(crate) fn unfinished(&self) -> String {
        let calls = self.records();
        let mut tools: Vec<_> = calls
            .iter()
            .filter(|call| call.pending)
            .map(|call| &*call.tool)
            .collect();
        tools.dedup();
        match tools.as_slice() {
            [] => String::new(),
            few if few.len() <= MAX_NAMED => format!(" ({})", few.join(", ")),
            many => format!(" ({} and more)", many[..MAX_NAMED].join(", ")),
        }
    }

    /// How long any was under way.
    pub(crate) fn time(&self, now: Instant) -> Duration {
        lock(&self.0).under_way.total(now)
    }

    /// The calls for the outcome of a run that is over: what hasn't ended never will.
    pub(crate) fn records(&self) -> Vec<CallRecord> {
        let recorded = lock(&self.0);
        let records = recorded.calls.iter().map(|call| {
            let (time, ok) = call
                .ended
                .unwrap_or_else(|| (call.started.elapsed(), false));
            CallRecord {
                tool: call.tool.clone(),
                ms: milliseconds(time),
                ok,
                pending: call.ended.is_none(),
            }
        });
        records.collect()
    }
}

/// Milliseconds with microseconds behind the point, which is as much as a reader can use.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_calls_begin_as_may_and_not_one_more() {
        let now = Instant::now();
        let calls = Calls::new(now);
        assert_eq!(calls.begin("a.b".into(), 2, now), Ok(0));
        calls.end(0, true, now);
        assert_eq!(calls.begin("a.b".into(), 2, now), Ok(1));
        assert_eq!(calls.begin("a.c".into(), 2, now), Err("a.c".into()));
        let records = calls.records();
        let tools: Vec<_> = records
            .iter()
            .map(|call| (&*call.tool, call.ok, call.pending))
            .collect();
        assert_eq!(tools, [("a.b", true, false), ("a.b", false, true)]);
        assert_eq!(calls.under_way(), 1);
    }

    #[test]
    fn a_call_is_known_by_its_number() {
        let now = Instant::now();
        let calls = Calls::new(now);
        let tools = ["a.b", "c.d"];
        for tool in tools {
            calls.begin(tool.into(), 9, now).unwrap();
        }
        assert_eq!(
            [0, 1, 2].map(|call| calls.tool(call)),
            [Some("a.b".into()), Some("c.d".into()), None]
        );
    }

    #[test]
    fn the_time_of_calls_is_that_in_which_any_was_under_way() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let calls = Calls::new(start);
        assert_eq!((calls.under_way(), calls.time(at(9))), (0, Duration::ZERO));
        for second in [1, 2] {
            calls.begin("a.b".into(), 9, at(second)).unwrap();
        }
        assert_eq!(
            (calls.under_way(), calls.time(at(3))),
            (2, Duration::from_secs(2))
        );
        calls.end(0, true, at(4));
        calls.end(1, false, at(6));
        assert_eq!(
            (calls.under_way(), calls.time(at(9))),
            (0, Duration::from_secs(5))
        );
        let records = calls.records();
        let times: Vec<_> = records.iter().map(|call| (call.ms, call.ok)).collect();
        assert_eq!(times, [(3000.0, true), (4000.0, false)]);
    }

    #[test]
    fn milliseconds_have_three_digits_behind_the_point() {
        for (nanoseconds, expected) in [
            (0, 0.0),
            (1_234_499, 1.234),
            (1_234_500, 1.235),
            (2_000_000_000, 2000.0),
        ] {
            let time = Duration::from_nanos(nanoseconds);
            assert_eq!(
                milliseconds(time).to_bits(),
                f64::to_bits(expected),
                "{time:?}"
            );
        }
    }
}
