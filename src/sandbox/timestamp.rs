//! Timestamps in milliseconds since 1970: written as the service does (`2026-01-31T08:00:00.000Z`), parsed as callers write them.

use chrono::{DateTime, SecondsFormat, Utc};

/// Milliseconds of a day.
pub const DAY: i64 = 24 * HOUR;
const HOUR: i64 = 60 * MINUTE;
/// Milliseconds of a minute.
pub const MINUTE: i64 = 60_000;

/// Date, time and zone, with and without seconds.
const FORMATS: [&str; 2] = ["%FT%H:%M:%S%.f%#z", "%FT%H:%M%#z"];
const DATE_LENGTH: usize = "2026-01-31".len();

/// The current time, as the service writes it.
pub fn now() -> String {
    format(now_millis())
}

/// The current time in milliseconds since 1970.
pub fn now_millis() -> i64 {
    Utc::now().timestamp_millis()
}

/// Milliseconds of a short duration such as `12h` or `7d`.
pub fn parse_duration(text: &str) -> Option<i64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "s" => 1000,
        "m" => MINUTE,
        "h" => HOUR,
        "d" => DAY,
        "w" => 7 * DAY,
        _ => return None,
    };
    number.parse::<u32>().ok().map(|number| i64::from(number) * unit)
}

/// Formats milliseconds since 1970 as the service does.
pub fn format(millis: i64) -> String {
    DateTime::from_timestamp_millis(millis).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Parses an ISO 8601 date, or date and time; without a zone it is in UTC.
pub fn parse(text: &str) -> Option<i64> {
    let (date, time) = text.split_at_checked(DATE_LENGTH)?;
    let time = if time.is_empty() { "00:00" } else { time.strip_prefix(['T', 't', ' '])? };
    let zone = if time.contains(['Z', 'z', '+', '-']) { "" } else { "Z" };
    let text = format!("{date}T{time}{zone}");
    FORMATS.iter().find_map(|format| DateTime::parse_from_str(&text, format).ok()).map(|parsed| parsed.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_every_notation_of_a_timestamp() {
        let expected = Some(1_769_846_400_000);
        for text in [
            "2026-01-31T08:00:00.000Z",
            "2026-01-31T08:00Z",
            "2026-01-31t08:00z",
            "2026-01-31 08:00:00",
            "2026-01-31T10:00:00+02:00",
            "2026-01-31T03:00:00.0-0500",
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        assert_eq!(parse("2026-01-31"), Some(1_769_817_600_000));
    }

    #[test]
    fn rejects_invalid_dates_and_times() {
        for text in
            ["", "soon", "2026-13-01", "2026-02-31", "2026-1-1", "2026-01-31T25:00", "2026-01-31T08", "2026-01-31T08:00+x"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn parses_short_durations() {
        assert_eq!(parse_duration("2h"), Some(7_200_000));
        assert_eq!(parse_duration("30d"), Some(30 * DAY));
        for text in ["", "h", "2", "2y", "-1d", "1.5h"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn formatted_timestamps_parse_back(timestamp in -2_000_000_000_000i64..32_000_000_000_000) {
            proptest::prop_assert_eq!(parse(&format(timestamp)), Some(timestamp));
        }
    }
}
