//! An adaptive rate limit, derived from 429 responses (the curve of TCP CUBIC). `docs/decisions/0007-adaptive-limiter.md`
//! has the measurements.
//!
//! After a cooldown, the calls that waited must not be sent at the same time: most would be throttled again and use up
//! their attempts. They start slightly below the rate that the service accepted before. The rate stays near that value for
//! some seconds, then grows ever faster until it limits nothing.
//!
//! All fields are atomics, for the reason given in `limiter`. The counters are estimates, so a lost update is harmless.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::client::retry::backoff::with_jitter;

/// Nanoseconds since the client was created.
pub(crate) type Nanos = u64;

/// Estimates the rate that the service accepts, and limits calls to it.
#[derive(Debug, Default)]
pub struct AdaptiveRateLimiter {
    /// Accepted calls in the current window and in the previous one.
    accepted: AtomicU32,
    previous_accepted: AtomicU32,
    window_start: AtomicU64,
    previous_window_start: AtomicU64,
    /// When the cooldown after the last decrease ends; 0 for never.
    last_decrease: AtomicU64,
    /// The rate before the last decrease, as bits of an `f64`.
    base_rate: AtomicU64,
    /// Whether there were too few samples to measure the rate.
    is_estimate: AtomicBool,
    next_slot: AtomicU64,
}

const SECOND: f64 = 1e9;
const WINDOW: Nanos = 1_000_000_000;
/// The limit ends this long after the last decrease.
const RECOVERY_TIME: Nanos = 30 * WINDOW;
/// Accepted calls needed to measure a rate.
const MIN_SAMPLES: u32 = 20;
/// Calls per second if the rate cannot be measured.
const INITIAL_RATE: f64 = 10.0;
const MIN_RATE: f64 = 0.5;
/// More than any client sends; a higher rate counts as no limit.
const UNLIMITED_RATE: f64 = 20_000.0;
/// Slots missed by up to this are made up for: timers have a resolution of 1 ms.
const BURST_TOLERANCE: Nanos = 10_000_000;

impl AdaptiveRateLimiter {
    /// Records a call that the service accepted.
    pub fn on_success(&self, now: Nanos) {
        self.roll_window(now);
        self.accepted.fetch_add(1, Relaxed);
    }

    /// Whether the service has accepted a call recently. If so, a 429 is caused by the rate.
    pub fn had_recent_success(&self, now: Nanos) -> bool {
        self.roll_window(now);
        self.recent_accepted() > 0
    }

    fn recent_accepted(&self) -> u32 {
        self.accepted.load(Relaxed) + self.previous_accepted.load(Relaxed)
    }

    /// Starts a new window if the current one is over.
    fn roll_window(&self, now: Nanos) {
        let start = self.window_start.load(Relaxed);
        if now.saturating_sub(start) >= WINDOW && self.window_start.compare_exchange(start, now, Relaxed, Relaxed).is_ok() {
            let accepted = self.accepted.swap(0, Relaxed);
            let is_recent = now - start < 3 * WINDOW;
            self.previous_accepted.store(if is_recent { accepted } else { 0 }, Relaxed);
            self.previous_window_start.store(if is_recent { start } else { now }, Relaxed);
        }
    }

    /// Records a 429 for a call that was sent at `sent_at`, and lowers the rate. The cooldown ends after `delay`.
    pub fn on_throttled(&self, sent_at: Nanos, now: Nanos, delay: Duration) {
        let last_decrease = self.last_decrease.load(Relaxed);
        // Calls that were in flight during the last decrease are no evidence about the new rate.
        if last_decrease != 0 && sent_at <= last_decrease {
            return;
        }
        self.roll_window(now);
        let current = self.current_rate(now);
        let accepted = self.recent_accepted();
        if accepted == 0 && current.is_some() {
            // No call succeeded in this window, so the rate is not the cause; a lower rate would only delay the errors.
            return;
        }
        let until = after(now, delay);
        let window = until - self.previous_window_start.load(Relaxed).min(until);
        let measured = f64::from(accepted) / (window as f64 / SECOND).max(1e-3);
        let is_estimate = current.is_none() && accepted < MIN_SAMPLES;
        let rate = if is_estimate { measured.max(INITIAL_RATE) } else { measured.min(current.unwrap_or(f64::MAX)).max(MIN_RATE) };
        if self.last_decrease.compare_exchange(last_decrease, until.max(1), Relaxed, Relaxed).is_ok() {
            self.base_rate.store(rate.to_bits(), Relaxed);
            self.is_estimate.store(is_estimate, Relaxed);
            // Other clients may have received the same delay.
            self.next_slot.store(after(now, with_jitter(delay)), Relaxed);
        }
    }

    /// The limit in calls per second; `None` for no limit.
    pub fn current_rate(&self, now: Nanos) -> Option<f64> {
        let last_decrease = self.last_decrease.load(Relaxed);
        if last_decrease == 0 || now > last_decrease + RECOVERY_TIME {
            return None;
        }
        let seconds = now.saturating_sub(last_decrease) as f64 / SECOND;
        let rate = f64::from_bits(self.base_rate.load(Relaxed)) * growth(seconds, self.is_estimate.load(Relaxed));
        (rate < UNLIMITED_RATE).then_some(rate)
    }

    /// Reserves the next slot; `None` means now. Called by one call at a time, which then waits for its slot.
    pub fn reserve(&self, now: Nanos) -> Option<Nanos> {
        let rate = self.current_rate(now)?;
        let slot = self.next_slot.load(Relaxed).max(now.saturating_sub(BURST_TOLERANCE));
        self.next_slot.store(slot + (SECOND / rate) as u64, Relaxed);
        Some(slot)
    }
}

fn after(now: Nanos, delay: Duration) -> Nanos {
    now.saturating_add(u64::try_from(delay.as_nanos()).unwrap_or(u64::MAX / 2))
}

/// Growth of the rate after a decrease: from 0.7 to 1 in 4 s, to 1.8 in 10 s, to 69 in 30 s. An estimate doubles every half
/// second instead.
fn growth(seconds: f64, is_estimate: bool) -> f64 {
    if is_estimate { 4_f64.powf(seconds) } else { 1.0 + 0.004 * (seconds - 4.2).powi(3) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: Nanos = 100 * WINDOW;
    const DELAY: Duration = Duration::from_secs(1);

    /// A limiter after `accepted` calls within one second from `START`, and then a 429.
    fn throttled_after(accepted: u32) -> AdaptiveRateLimiter {
        let limiter = AdaptiveRateLimiter::default();
        for index in 0..accepted {
            limiter.on_success(START + u64::from(index) * WINDOW / u64::from(accepted));
        }
        limiter.on_throttled(START + WINDOW, START + WINDOW, DELAY);
        limiter
    }

    #[test]
    fn does_not_limit_before_the_first_429() {
        let limiter = AdaptiveRateLimiter::default();
        limiter.on_success(START);
        assert_eq!((limiter.current_rate(START), limiter.reserve(START)), (None, None));
    }

    #[test]
    fn rate_is_the_accepted_rate_including_the_cooldown() {
        let limiter = throttled_after(200);
        let rate_after = |seconds: u64| limiter.current_rate(START + (2 + seconds) * WINDOW).map(f64::round);
        assert_eq!([0, 4, 10, 31].map(rate_after), [Some(70.0), Some(100.0), Some(178.0), None]);
    }

    #[test]
    fn decreases_once_for_calls_in_flight() {
        let limiter = throttled_after(200);
        let before = limiter.current_rate(START + 2 * WINDOW);
        for _ in 0..900 {
            limiter.on_throttled(START + WINDOW / 2, START + WINDOW + 1, DELAY);
        }
        assert_eq!(limiter.current_rate(START + 2 * WINDOW), before);
    }

    #[test]
    fn keeps_the_rate_if_no_call_succeeds() {
        let limiter = throttled_after(0);
        let later = START + 6 * WINDOW;
        let before = limiter.current_rate(later);
        for second in 3..6 {
            limiter.on_throttled(START + second * WINDOW, START + second * WINDOW, DELAY);
        }
        assert_eq!(limiter.current_rate(later), before);
        assert!(before > Some(1000.0));
    }

    #[test]
    fn recovers_quickly_from_an_estimate() {
        let limiter = throttled_after(0);
        let mut calls = 0;
        while limiter.reserve(START + 5 * WINDOW).is_some_and(|slot| slot <= START + 5 * WINDOW) {
            calls += 1;
        }
        // Slots missed long ago are not made up for.
        assert!((1..=10).contains(&calls), "{calls}");
        assert!(limiter.current_rate(START + 5 * WINDOW).is_some_and(|rate| rate > 500.0));
    }

    proptest! {
        /// The slots of one second never exceed the rate and the burst tolerance.
        #[test]
        fn slots_never_exceed_the_rate(accepted in 0_u32..3000, later in 0_u64..20_000) {
            let limiter = throttled_after(accepted);
            let start = START + 2 * WINDOW + later * 1_000_000;
            let max_calls = limiter.current_rate(start + WINDOW).unwrap_or(UNLIMITED_RATE) * 1.02 + 2.0;
            let mut now = start;
            let mut calls = 0_u32;
            while let Some(slot) = limiter.reserve(now).filter(|slot| *slot < start + WINDOW) {
                now = now.max(slot);
                calls += 1;
            }
            prop_assert!(f64::from(calls) <= max_calls, "{} slots, maximum {}", calls, max_calls);
        }
    }
}
