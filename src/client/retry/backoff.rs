//! Delays between attempts. `docs/decisions/0004-retries.md` has the reasons.

use std::time::Duration;

use crate::client::config::RetryPolicy;

/// Exponential backoff with full jitter: the delay after the given number of attempts. Clients that failed at the same
/// time do not retry at the same time.
pub fn backoff_delay(policy: &RetryPolicy, attempts: u32) -> Duration {
    let factor = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    policy.initial_delay.saturating_mul(factor).min(policy.max_delay).mul_f64(fastrand::f64())
}

/// Adds up to a quarter of the delay, at most one second: calls that received the same `Retry-After` do not retry at the
/// same time.
pub fn with_jitter(delay: Duration) -> Duration {
    delay + (delay / 4).min(Duration::from_secs(1)).mul_f64(fastrand::f64())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn jitter_is_positive_and_bounded() {
        for _ in 0..200 {
            assert!((100..=125).contains(&with_jitter(Duration::from_millis(100)).as_millis()));
            assert!((60_000..=61_000).contains(&with_jitter(Duration::from_secs(60)).as_millis()));
        }
    }

    #[test]
    fn jitter_is_uniform() {
        fastrand::seed(7);
        let mut tenths = [0; 10];
        for _ in 0..1000 {
            let jitter = with_jitter(Duration::from_secs(1)) - Duration::from_secs(1);
            if let Some(count) = tenths.get_mut((jitter.as_secs_f64() * 40.0) as usize) {
                *count += 1;
            }
        }
        assert!(tenths.iter().all(|count| (60..=140).contains(count)), "{tenths:?}");
    }

    #[test]
    fn backoff_grows_up_to_the_maximum() {
        let policy = RetryPolicy::default();
        for attempts in 1..200 {
            assert!(backoff_delay(&policy, attempts) <= policy.max_delay);
        }
        let longest = (0..200).map(|_| backoff_delay(&policy, 1)).max().unwrap();
        assert!(longest <= policy.initial_delay && longest > policy.initial_delay / 2);
    }
}
