//! Writes the sample log to standard output: seven weeks of a small software site.
//!
//! ```text
//! cargo run -p site-report --bin generate-log > examples/site-report/data/access.log
//! ```
//!
//! Nobody's data is in it: addresses and hosts are those reserved for documentation, and the people are dice. The dice
//! are seeded and all arithmetic is in integers, so each machine writes the same bytes. There is something to find,
//! too: a weekly rhythm, growth, a day on which a news site links to the blog, a broken link, an afternoon of server
//! errors, bots, and lines that a server should not write but does.

use std::io::{self, Write};

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

/// A Monday.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 9, 28).expect("a date of the calendar");
const DAYS: u64 = 49;
/// Visits from Monday to Sunday, in percent of a Monday's.
const WEEKLY_RHYTHM: [u64; 7] = [100, 108, 110, 104, 92, 54, 48];
const VISITS_ON_FIRST_MONDAY: u64 = 7;
/// Each day brings this much more of the first day's visits, in percent.
const DAILY_GROWTH: u64 = 1;
/// Day 24, a Thursday: a news site links to the blog.
const NEWS_DAY: u64 = 24;
/// Day 31, a Thursday: the contact form fails all afternoon.
const OUTAGE_DAY: u64 = 31;

const SITE: &str = "https://www.example.com";
const NEWS_PAGE: Page = ("/blog/sealed-scripts", 15_872, 0);
const BROKEN_LINK: &str = "/docs/v1/quickstart";

/// Target, size in bytes, and how often a visit begins there in relation to the others.
type Page = (&'static str, u64, u64);

const PAGES: [Page; 10] = [
    ("/", 8_412, 30),
    ("/docs/", 11_056, 18),
    ("/docs/install", 9_730, 16),
    ("/docs/tools", 17_344, 12),
    ("/blog/", 6_120, 6),
    ("/blog/typed-errors", 13_205, 7),
    NEWS_PAGE,
    ("/pricing", 5_518, 9),
    ("/download?os=linux", 4_807, 8),
    ("/about", 3_966, 3),
];

/// Referrer of the first page of a visit, and its weight. The site's own pages follow from there.
const REFERRERS: [(&str, u64); 7] = [
    ("-", 36),
    ("https://www.google.com/", 28),
    ("https://duckduckgo.com/", 8),
    ("https://www.bing.com/", 5),
    ("https://forum.example.org/t/typed-tools/318", 11),
    ("https://wiki.example.net/tools", 7),
    ("https://blog.example.net/2026/favourites", 5),
];

/// What browsers call themselves, and how many in a hundred people have them.
const BROWSERS: [(&str, u64); 5] = [
    (
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        45,
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
        10,
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15",
        15,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148 Safari/604.1",
        22,
    ),
    (r#"Mozilla/5.0 (compatible; Reader \"Nightly\" 0.9)"#, 8),
];

/// Requests from dusk to dawn are few; one weight an hour.
const HOURS: [u64; 24] = [
    2, 1, 1, 1, 1, 2, 4, 7, 11, 14, 15, 14, 11, 13, 15, 14, 12, 10, 8, 8, 9, 8, 6, 4,
];

fn main() -> io::Result<()> {
    let mut dice = Dice(2026);
    let mut lines = Vec::new();
    for day in 0..DAYS {
        people(&mut dice, day, &mut lines);
        bots(&mut dice, day, &mut lines);
    }
    oddities(&mut lines);
    // A server writes in the order of time. The sort is stable, so equals stay as they were made.
    lines.sort_by_key(|line| line.time);
    let mut out = io::stdout().lock();
    for line in lines {
        out.write_all(&line.text)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

struct LogLine {
    time: DateTime<FixedOffset>,
    text: Vec<u8>,
}

/// What one request has in common with the next one of the same client.
struct Client {
    address: String,
    agent: &'static str,
}

impl Client {
    fn line(
        &self,
        time: DateTime<FixedOffset>,
        request: &str,
        (status, bytes): (u16, Option<u64>),
        referrer: &str,
    ) -> LogLine {
        let Self { address, agent } = self;
        let bytes = bytes.map_or("-".into(), |bytes| bytes.to_string());
        let stamp = time.format("%d/%b/%Y:%H:%M:%S %z");
        let text = format!(
            r#"{address} - - [{stamp}] "{request} HTTP/1.1" {status} {bytes} "{referrer}" "{agent}""#
        );
        LogLine {
            time,
            text: text.into_bytes(),
        }
    }
}

fn people(dice: &mut Dice, day: u64, lines: &mut Vec<LogLine>) {
    let weekday = at(day, 0, 0, 0).weekday().num_days_from_monday() as usize;
    let visits =
        VISITS_ON_FIRST_MONDAY * WEEKLY_RHYTHM[weekday] * (100 + DAILY_GROWTH * day) / 10_000;
    for _ in 0..visits + dice.below(3) {
        let person = dice.below(40 + 3 * day);
        let referrer = *dice.pick(&REFERRERS, |referrer| referrer.1);
        let landing = *dice.pick(&PAGES, |page| page.2);
        visit(
            dice,
            day,
            &person_client(person),
            referrer.0,
            landing,
            lines,
        );
    }
    let from_news = match day {
        NEWS_DAY => 58,
        day if day == NEWS_DAY + 1 => 14,
        _ => 0,
    };
    for person in 0..from_news {
        visit(
            dice,
            day,
            &person_client(1_000 + person),
            "https://news.example.org/item/4711",
            NEWS_PAGE,
            lines,
        );
    }
}

/// A person's address and browser follow from the number, so that who comes back is recognised.
fn person_client(person: u64) -> Client {
    let mut dice = Dice(person);
    let address = match dice.below(10) {
        0..4 => format!("192.0.2.{}", 1 + person % 254),
        4..7 => format!("198.51.100.{}", 1 + person % 254),
        7 => format!("host-{person}.example.net"),
        _ => format!("2001:db8:{:x}::{:x}", dice.below(4_096), 1 + person),
    };
    let agent = dice.pick(&BROWSERS, |browser| browser.1).0;
    Client { address, agent }
}

fn visit(
    dice: &mut Dice,
    day: u64,
    client: &Client,
    referrer: &str,
    landing: Page,
    lines: &mut Vec<LogLine>,
) {
    let mut time = moment(dice, day);
    let mut page = landing;
    let mut referrer = referrer.to_owned();
    // One in three follows the wiki's link, which nobody has mended.
    if referrer.contains("wiki.example.net") && dice.below(3) == 0 {
        lines.push(client.line(
            time,
            &format!("GET {BROKEN_LINK}"),
            (404, Some(1_240)),
            &referrer,
        ));
        return;
    }
    for step in 0..=dice.below(3) {
        let cached = step == 0 && dice.below(9) == 0;
        let answer = if cached {
            (304, None)
        } else {
            (200, Some(page.1))
        };
        lines.push(client.line(time, &format!("GET {}", page.0), answer, &referrer));
        if step == 0 && !cached && dice.below(2) == 0 {
            let from = format!("{SITE}{}", page.0);
            lines.push(client.line(time, "GET /assets/site.css", (200, Some(21_480)), &from));
        }
        referrer = format!("{SITE}{}", page.0);
        page = *dice.pick(&PAGES, |page| page.2);
        time += seconds(8 + dice.below(150));
    }
    let is_afternoon = (12..18).contains(&(time.timestamp().rem_euclid(86_400) / 3_600));
    if day == OUTAGE_DAY && is_afternoon {
        lines.push(client.line(time, "POST /contact", (503, Some(412)), &referrer));
    } else if dice.below(25) == 0 {
        lines.push(client.line(time, "POST /contact", (204, None), &referrer));
    }
}

fn bots(dice: &mut Dice, day: u64, lines: &mut Vec<LogLine>) {
    let crawler = Client {
        address: format!("2001:db8:c4a3::{:x}", 1 + dice.below(4)),
        agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    };
    lines.push(crawler.line(moment(dice, day), "GET /robots.txt", (200, Some(68)), "-"));
    for _ in 0..=dice.below(3) {
        let page = *dice.pick(&PAGES, |page| page.2 + 1);
        lines.push(crawler.line(
            moment(dice, day),
            &format!("GET {}", page.0),
            (200, Some(page.1)),
            "-",
        ));
    }
    let monitor = Client {
        address: "203.0.113.9".into(),
        agent: "uptime-monitor/2.3",
    };
    for hour in [5, 13, 21] {
        lines.push(monitor.line(at(day, hour, 0, 0), "HEAD /", (200, None), "-"));
    }
    if dice.below(3) == 0 {
        let scanner = Client {
            address: format!("203.0.113.{}", 100 + dice.below(50)),
            agent: "-",
        };
        let mut time = moment(dice, day);
        for path in ["/wp-login.php", "/.env", "/admin/config.php?id=1%27"] {
            lines.push(scanner.line(time, &format!("GET {path}"), (404, Some(1_240)), "-"));
            time += seconds(1);
        }
    }
}

/// Lines as they are in every real log. The first four hold a request all the same.
fn oddities(lines: &mut Vec<LogLine>) {
    let mut push = |time: DateTime<FixedOffset>, text: &[u8]| {
        let stamp = format!("[{}]", time.format("%d/%b/%Y:%H:%M:%S %z"));
        let text = text
            .splitn(2, |&byte| byte == b'@')
            .collect::<Vec<_>>()
            .join(stamp.as_bytes());
        lines.push(LogLine { time, text });
    };
    // Somebody speaks TLS where HTTP is expected; somebody connects and says nothing.
    push(
        at(3, 2, 14, 7),
        br#"203.0.113.77 - - @ "\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03" 400 226 "-" "-""#,
    );
    push(
        at(12, 4, 40, 51),
        br#"2001:db8:66::1 - - @ "-" 408 - "-" "-""#,
    );
    // A name with a space, and a byte of Latin-1 in a program's name.
    push(
        at(16, 9, 3, 30),
        br#"192.0.2.41 - jo doe @ "GET /pricing HTTP/1.1" 200 5518 "-" "Mozilla/5.0 (X11)""#,
    );
    push(
        at(20, 11, 20, 0),
        b"198.51.100.8 - - @ \"GET /about HTTP/1.1\" 200 3966 \"-\" \"Lecteur/1.0 (Caf\xe9)\"",
    );
    // The disk is full, and the line stays where it was cut; then what follows begins in its middle.
    push(at(9, 10, 12, 44), br#"192.0.2.57 - - @ "GET /docs/insta"#);
    push(
        at(9, 10, 12, 45),
        br#"1" 200 9730 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101""#,
    );
    // Someone has written a note into the log.
    push(at(13, 0, 0, 0), b"# rotated, one week kept");
    push(at(13, 0, 0, 1), b"");
    // A server with another configuration for a while: no status; a date in another format.
    push(
        at(27, 15, 30, 2),
        br#"198.51.100.31 - - @ "GET /docs/ HTTP/1.1" - - "-" "Mozilla/5.0""#,
    );
    push(
        at(27, 15, 31, 9),
        br#"198.51.100.31 - - [2026-10-25T15:31:09Z] "GET / HTTP/1.1" 200 8412 "-" "Mozilla/5.0""#,
    );
    push(
        at(38, 17, 5, 21),
        br#"2001:db8:1f::9 - - @ "GET /docs/tools HTTP/1.1" 200 17,344 "-" "Mozilla/5.0""#,
    );
}

fn at(day: u64, hour: u64, minute: u64, second: u64) -> DateTime<FixedOffset> {
    let midnight = (FIRST_DAY + Days::new(day))
        .and_time(NaiveTime::MIN)
        .and_utc()
        .fixed_offset();
    midnight + seconds((hour * 60 + minute) * 60 + second)
}

/// Some time of that day, more likely one at which people are awake; early enough that a visit ends the same day.
fn moment(dice: &mut Dice, day: u64) -> DateTime<FixedOffset> {
    let hours: Vec<_> = (0..).zip(HOURS).collect();
    let hour = dice.pick(&hours, |hour| hour.1).0;
    at(day, hour, 0, 0) + seconds(dice.below(3_000))
}

fn seconds(count: u64) -> TimeDelta {
    TimeDelta::seconds(count.cast_signed())
}

/// Dice that fall the same way on every machine and in every version: `SplitMix64`, whose state is a counter.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number below `bound`, which is small, so that the remainder's bias doesn't show.
    fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }

    /// One of the items, each as likely as its weight says.
    fn pick<'items, T>(&mut self, items: &'items [T], weight: impl Fn(&T) -> u64) -> &'items T {
        let mut left = self.below(items.iter().map(&weight).sum());
        let is_hit = |item: &&T| match left.checked_sub(weight(item)) {
            None => true,
            Some(rest) => {
                left = rest;
                false
            }
        };
        // The weights sum up to more than `left`, so one of them is hit.
        items.iter().find(is_hit).unwrap_or(&items[0])
    }
}
