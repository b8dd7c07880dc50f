//! Moments as the service writes them (`2026-01-31T08:00:00.000Z`) and as callers write them.

use std::time::{SystemTime, UNIX_EPOCH};

pub const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;
pub const MINUTE: i64 = 60_000;

/// The present moment, as the service writes it.
pub fn now() -> String {
    written(milliseconds())
}

/// The present moment in milliseconds since 1970.
pub fn milliseconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or_default()
}

/// Milliseconds of a short form such as `12h` or `7d`.
pub fn duration(text: &str) -> Option<i64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "s" => 1000,
        "m" => MINUTE,
        "h" => HOUR,
        "d" => DAY,
        "w" => 7 * DAY,
        _ => return None,
    };
    digits(number).map(|number| number * unit)
}

/// Milliseconds since 1970 as the service writes a moment.
pub fn written(milliseconds: i64) -> String {
    let (days, rest) = (milliseconds.div_euclid(DAY), milliseconds.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (rest / HOUR, rest % HOUR / MINUTE, rest % MINUTE / 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", rest % 1000)
}

/// Milliseconds since 1970 of an ISO-8601 date or moment; one without a zone is in UTC.
pub fn read(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let (time, offset) = split_zone(time)?;
    let mut pieces = date.split('-').map(digits);
    let (year, month, day) = (pieces.next()??, pieces.next()??, pieces.next()??);
    let sensible = pieces.next().is_none() && date.len() == 10 && (1..=12).contains(&month) && (1..=31).contains(&day);
    sensible.then_some(days_since_1970(year, month, day) * DAY + time_of_day(time)? - offset)
}

/// The time without its zone, and the zone's distance from UTC.
fn split_zone(time: &str) -> Option<(&str, i64)> {
    if let Some(utc) = time.strip_suffix(['Z', 'z']) {
        return Some((utc, 0));
    }
    let Some(at) = time.rfind(['+', '-']) else { return Some((time, 0)) };
    let (clock, zone) = time.split_at_checked(at)?;
    let zone_digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = zone_digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { digits(minutes)? };
    let distance = digits(hours)? * HOUR + minutes * MINUTE;
    Some((clock, if zone.starts_with('-') { -distance } else { distance }))
}

fn time_of_day(time: &str) -> Option<i64> {
    if time.is_empty() {
        return Some(0);
    }
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut pieces = clock.split(':').map(digits);
    let (hour, minute, second) = (pieces.next()??, pieces.next()??, pieces.next().unwrap_or(Some(0))?);
    let milliseconds = digits(&format!("{fraction:0<3}").chars().take(3).collect::<String>())?;
    let sensible = hour < 24 && minute < 60 && second <= 60 && pieces.next().is_none();
    sensible.then_some(hour * HOUR + minute * MINUTE + second * 1000 + milliseconds)
}

fn digits(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

// Both directions count years from March, so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_moment_agree() {
        let moment = Some(1_769_846_400_000);
        for text in ["2026-01-31T08:00:00.000Z", "2026-01-31T08:00Z", "2026-01-31 08:00:00", "2026-01-31T10:00:00+02:00"] {
            assert_eq!(read(text), moment, "{text}");
        }
        assert_eq!(read("2026-01-31T03:00:00.0-0500"), moment);
        assert_eq!(read("2026-01-31"), Some(1_769_817_600_000));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "soon", "2026-13-01", "2026-1-1", "2026-01-31T25:00", "2026-01-31T08", "2026-01-31T08:00+x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn short_forms_are_durations() {
        assert_eq!(duration("2h"), Some(7_200_000));
        assert_eq!(duration("30d"), Some(30 * DAY));
        for text in ["", "h", "2", "2y", "-1d", "1.5h"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_written_moment_reads_back(moment in -2_000_000_000_000i64..32_000_000_000_000) {
            proptest::prop_assert_eq!(read(&written(moment)), Some(moment));
        }
    }
}
