//! The rate limiter of a client: calls per second, and the cooldown after a 429. It uses atomics only: a forked child
//! would never see a lock released that another thread of its parent held.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::client::rate_limit::adaptive::AdaptiveRateLimiter;

/// Limits the calls of a client, or of a run of many calls.
#[derive(Debug)]
pub struct RateLimiter {
    /// All times below are nanoseconds since this.
    epoch: Instant,
    /// Time between two calls; 0 for no limit.
    interval: u64,
    /// The next free slot under the fixed rate.
    next_slot: AtomicU64,
    cooldown_until: AtomicU64,
    /// Total waiting times of calls, for the fixed rate and after 429 responses.
    rate_wait: AtomicU64,
    cooldown_wait: AtomicU64,
    throttled_responses: AtomicU64,
    adaptive: AdaptiveRateLimiter,
}

/// Throttling statistics.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ThrottleStats {
    /// Total seconds that calls waited for the fixed rate.
    pub rate_wait: f64,
    /// Total seconds that calls waited after responses with status 429.
    pub cooldown_wait: f64,
    /// Number of responses with status 429.
    pub throttled_responses: u64,
}

impl RateLimiter {
    /// Creates a limiter; `None` sets no fixed rate, and only 429 responses slow the calls down.
    pub fn new(calls_per_second: Option<f64>) -> Self {
        let interval = calls_per_second.map_or(0, |rate| (1e9 / rate.max(1e-6)) as u64);
        Self {
            epoch: Instant::now(),
            interval,
            next_slot: AtomicU64::new(0),
            cooldown_until: AtomicU64::new(0),
            rate_wait: AtomicU64::new(0),
            cooldown_wait: AtomicU64::new(0),
            throttled_responses: AtomicU64::new(0),
            adaptive: AdaptiveRateLimiter::default(),
        }
    }

    /// Reserves the next slot under the fixed rate; `None` means now.
    pub fn reserve(&self) -> Option<Instant> {
        if self.interval == 0 {
            return None;
        }
        let now = self.now();
        let previous =
            self.next_slot.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |slot| Some(slot.max(now) + self.interval));
        let slot = previous.unwrap_or_default().max(now);
        (slot > now).then(|| self.to_instant(slot))
    }

    /// The end of the cooldown; `None` if there is none.
    pub fn cooldown_until(&self) -> Option<Instant> {
        let until = self.cooldown_until.load(Ordering::Relaxed);
        (until > self.now()).then(|| self.to_instant(until))
    }

    /// Records a 429 for a call that was sent at `sent_at`, and starts a cooldown: no call is sent before it ends.
    pub fn start_cooldown(&self, delay: Duration, sent_at: Instant) {
        self.throttled_responses.fetch_add(1, Ordering::Relaxed);
        let now = self.now();
        let until = now + u64::try_from(delay.as_nanos()).unwrap_or(u64::MAX / 2);
        self.cooldown_until.fetch_max(until, Ordering::Relaxed);
        self.adaptive.on_throttled(self.to_nanos(sent_at), now, delay);
    }

    /// Whether the service has accepted a call recently.
    pub fn had_recent_success(&self) -> bool {
        self.adaptive.had_recent_success(self.now())
    }

    /// Records a call that the service accepted.
    pub fn on_success(&self) {
        self.adaptive.on_success(self.now());
    }

    /// Whether the adaptive rate limits calls now.
    pub fn is_throttled(&self) -> bool {
        self.adaptive.current_rate(self.now()).is_some()
    }

    /// Reserves the next slot under the adaptive rate; `None` means now.
    pub fn reserve_adaptive(&self) -> Option<Instant> {
        let now = self.now();
        self.adaptive.reserve(now).filter(|slot| *slot > now).map(|slot| self.to_instant(slot))
    }

    /// Adds to the time that calls waited for the fixed rate.
    pub fn record_rate_wait(&self, waited: Duration) {
        add_nanos(&self.rate_wait, waited);
    }

    /// Adds to the time that calls waited after 429 responses.
    pub fn record_cooldown_wait(&self, waited: Duration) {
        add_nanos(&self.cooldown_wait, waited);
    }

    /// The statistics since the limiter was created.
    pub fn throttle_stats(&self) -> ThrottleStats {
        let seconds = |counter: &AtomicU64| Duration::from_nanos(counter.load(Ordering::Relaxed)).as_secs_f64();
        ThrottleStats {
            rate_wait: seconds(&self.rate_wait),
            cooldown_wait: seconds(&self.cooldown_wait),
            throttled_responses: self.throttled_responses.load(Ordering::Relaxed),
        }
    }

    fn now(&self) -> u64 {
        self.to_nanos(Instant::now())
    }

    fn to_nanos(&self, instant: Instant) -> u64 {
        u64::try_from(instant.saturating_duration_since(self.epoch).as_nanos()).unwrap_or(u64::MAX)
    }

    fn to_instant(&self, nanos: u64) -> Instant {
        self.epoch + Duration::from_nanos(nanos)
    }
}

fn add_nanos(counter: &AtomicU64, duration: Duration) {
    counter.fetch_add(u64::try_from(duration.as_nanos()).unwrap_or_default(), Ordering::Relaxed);
}

impl ThrottleStats {
    /// Averages the seconds over the workers: their sum is longer than the run.
    pub fn per_worker(self, workers: usize) -> Self {
        let workers = workers.max(1) as f64;
        Self { rate_wait: self.rate_wait / workers, cooldown_wait: self.cooldown_wait / workers, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_one_interval_apart() {
        let limiter = RateLimiter::new(Some(1000.0));
        let slots: Vec<_> = (0..100).filter_map(|_| limiter.reserve()).collect();
        let span = slots.first().zip(slots.last()).map(|(first, last)| *last - *first);
        assert!(span.is_some_and(|span| span >= Duration::from_millis(90)), "{span:?}");
    }
}
