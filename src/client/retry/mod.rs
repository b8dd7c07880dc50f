//! What may be sent again, and when.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use super::config::RetryPolicy;

/// Statuses that may pass by themselves.
pub fn passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

/// The pause before attempt number `attempt + 1`: somewhere between nothing and a bound that doubles, so that clients
/// that failed together do not come back together.
pub fn pause(policy: &RetryPolicy, attempt: u32) -> Duration {
    let bound = policy.base.saturating_mul(1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX)).min(policy.cap);
    bound.mul_f64(fastrand::f64())
}

/// `pause` and up to a quarter more, but never above a second more: calls that were told to wait for the same time must
/// not come back in the same moment.
pub fn spread(pause: Duration) -> Duration {
    pause + (pause / 4).min(Duration::from_secs(1)).mul_f64(fastrand::f64())
}

/// How long the service asks to wait: milliseconds, seconds (whole or not), or a date. Nothing sensible gives `None`.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(milliseconds) = text("retry-after-ms").and_then(|text| text.parse::<f64>().ok()) {
        return seconds(milliseconds / 1000.0);
    }
    let text = text("retry-after")?;
    if let Ok(number) = text.parse::<f64>() {
        return seconds(number);
    }
    let date = httpdate::parse_http_date(text).ok()?;
    // A date in the past means now; a wrong clock must not make a wait of days.
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

fn seconds(number: f64) -> Option<Duration> {
    if number.is_nan() { None } else { Some(Duration::try_from_secs_f64(number.max(0.0)).unwrap_or(Duration::MAX)) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn asked(value: &str) -> Option<f64> {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", value.parse().unwrap());
        retry_after(&headers).map(|pause| pause.as_secs_f64())
    }

    #[test]
    fn every_spelling_of_retry_after() {
        for (text, wanted) in
            [("7", Some(7.0)), ("0.25", Some(0.25)), ("-3", Some(0.0)), ("soon", None), ("nan", None), ("", None)]
        {
            assert_eq!(asked(text), wanted, "{text}");
        }
        assert!(asked("1e9").unwrap() >= 1e9);
        assert!(asked("inf").unwrap() >= 1e9);
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:37 GMT"), Some(0.0));
        let later = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(30));
        assert!((28.0..=30.0).contains(&asked(&later).unwrap()));
    }

    #[test]
    fn milliseconds_win() {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", "7".parse().unwrap());
        headers.insert("retry-after-ms", "150".parse().unwrap());
        assert_eq!(retry_after(&headers), Some(Duration::from_millis(150)));
    }

    #[test]
    fn spread_only_adds() {
        for _ in 0..200 {
            assert!((100..=125).contains(&spread(Duration::from_millis(100)).as_millis()));
            assert!((60_000..=61_000).contains(&spread(Duration::from_secs(60)).as_millis()));
        }
    }

    #[test]
    fn calls_that_were_told_the_same_do_not_come_back_together() {
        fastrand::seed(7);
        let mut tenths = [0; 10];
        for _ in 0..1000 {
            let late = spread(Duration::from_secs(1)) - Duration::from_secs(1);
            if let Some(count) = tenths.get_mut((late.as_secs_f64() * 40.0) as usize) {
                *count += 1;
            }
        }
        assert!(tenths.iter().all(|count| (60..=140).contains(count)), "{tenths:?}");
    }

    #[test]
    fn pauses_grow_to_the_cap_and_never_above() {
        let policy = RetryPolicy::default();
        for attempt in 1..200 {
            assert!(pause(&policy, attempt) <= policy.cap);
        }
        let most = (0..200).map(|_| pause(&policy, 1)).max().unwrap();
        assert!(most <= policy.base && most > policy.base / 2);
    }
}
