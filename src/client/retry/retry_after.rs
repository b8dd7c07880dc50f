//! The `Retry-After` header.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

/// Parses `Retry-After-Ms` (milliseconds) or `Retry-After` (seconds, also fractional, or a date).
pub fn parse_retry_after(headers: &HeaderMap) -> Option<Duration> {
    let header = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(milliseconds) = header("retry-after-ms").and_then(|text| text.parse::<f64>().ok()) {
        return from_seconds(milliseconds / 1000.0);
    }
    let text = header("retry-after")?;
    if let Ok(seconds) = text.parse::<f64>() {
        return from_seconds(seconds);
    }
    let date = httpdate::parse_http_date(text).ok()?;
    // A date in the past means no delay.
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

fn from_seconds(seconds: f64) -> Option<Duration> {
    if seconds.is_nan() { None } else { Some(Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX)) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse(value: &str) -> Option<f64> {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", value.parse().unwrap());
        parse_retry_after(&headers).map(|delay| delay.as_secs_f64())
    }

    #[test]
    fn parses_seconds_and_dates() {
        for (text, expected) in
            [("7", Some(7.0)), ("0.25", Some(0.25)), ("-3", Some(0.0)), ("soon", None), ("nan", None), ("", None)]
        {
            assert_eq!(parse(text), expected, "{text}");
        }
        assert!(parse("1e9").unwrap() >= 1e9);
        assert!(parse("inf").unwrap() >= 1e9);
        assert_eq!(parse("Sun, 06 Nov 1994 08:49:37 GMT"), Some(0.0));
        let later = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(30));
        assert!((28.0..=30.0).contains(&parse(&later).unwrap()));
    }

    #[test]
    fn prefers_milliseconds() {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", "7".parse().unwrap());
        headers.insert("retry-after-ms", "150".parse().unwrap());
        assert_eq!(parse_retry_after(&headers), Some(Duration::from_millis(150)));
    }
}
