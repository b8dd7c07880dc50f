//! How fast a client goes: calls per second, and the pause that a 429 asks for. Only atomics, so that a forked child can
//! never meet a lock that nobody will release.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::client::rate_limit::adaptive::AdaptiveRateLimiter;

/// Paces the calls of one client.
#[derive(Debug)]
pub struct RateLimiter {
    start: Instant,
    /// Nanoseconds between two calls; 0 for no limit.
    gap: u64,
    /// When the next call may go, in nanoseconds since `start`.
    next: AtomicU64,
    /// Until when the service wants quiet.
    quiet_until: AtomicU64,
    /// Nanoseconds that calls have waited for their turn, and for the quiet to be over; how often the service asked for it.
    waited: AtomicU64,
    paused: AtomicU64,
    refusals: AtomicU64,
    /// What its 429s say about the service.
    throttle: AdaptiveRateLimiter,
}

/// What has held calls back.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ThrottleStats {
    /// Seconds that calls waited for their turn under the limit, added up.
    pub waited: f64,
    /// Seconds that calls waited after answers with status 429, added up.
    pub paused: f64,
    /// Answers with status 429.
    pub refusals: u64,
}

impl RateLimiter {
    pub fn new(calls_per_second: Option<f64>) -> Self {
        let gap = calls_per_second.map_or(0, |rate| (1e9 / rate.max(1e-6)) as u64);
        Self {
            start: Instant::now(),
            gap,
            next: AtomicU64::new(0),
            quiet_until: AtomicU64::new(0),
            waited: AtomicU64::new(0),
            paused: AtomicU64::new(0),
            refusals: AtomicU64::new(0),
            throttle: AdaptiveRateLimiter::default(),
        }
    }

    /// Takes a place in the line and tells when its turn is; `None` means now.
    pub fn take_turn(&self) -> Option<Instant> {
        if self.gap == 0 {
            return None;
        }
        let now = self.now();
        let turn = |next: u64| next.max(now);
        let before = self.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |next| Some(turn(next) + self.gap));
        let mine = turn(before.unwrap_or_default());
        (mine > now).then(|| self.moment(mine))
    }

    /// When the quiet that the service asked for is over; `None` means that it is.
    pub fn quiet(&self) -> Option<Instant> {
        let until = self.quiet_until.load(Ordering::Relaxed);
        (until > self.now()).then(|| self.moment(until))
    }

    /// The service refused a call sent at `sent` and asked for quiet: no call of this client goes before `pause` is over.
    pub fn keep_quiet(&self, pause: Duration, sent: Instant) {
        self.refusals.fetch_add(1, Ordering::Relaxed);
        let now = self.now();
        let until = now + u64::try_from(pause.as_nanos()).unwrap_or(u64::MAX / 2);
        self.quiet_until.fetch_max(until, Ordering::Relaxed);
        self.throttle.refused(self.at(sent), now, pause);
    }

    /// Whether the service has taken a call lately.
    pub fn is_taking(&self) -> bool {
        self.throttle.is_taking(self.now())
    }

    /// The service has taken a call.
    pub fn taken(&self) {
        self.throttle.taken(self.now());
    }

    /// Whether the service's refusals limit the calls for now.
    pub fn is_throttled(&self) -> bool {
        self.throttle.limit(self.now()).is_some()
    }

    /// When the next call may go by what the service took before it refused one; `None` means now.
    pub fn throttled_turn(&self) -> Option<Instant> {
        let now = self.now();
        self.throttle.take_turn(now).filter(|turn| *turn > now).map(|turn| self.moment(turn))
    }

    /// A call has waited this long for its turn.
    pub fn waited(&self, time: Duration) {
        self.waited.fetch_add(u64::try_from(time.as_nanos()).unwrap_or_default(), Ordering::Relaxed);
    }

    /// A call has waited this long because the service asked for quiet.
    pub fn paused(&self, time: Duration) {
        self.paused.fetch_add(u64::try_from(time.as_nanos()).unwrap_or_default(), Ordering::Relaxed);
    }

    pub fn held_back(&self) -> ThrottleStats {
        let seconds = |counter: &AtomicU64| Duration::from_nanos(counter.load(Ordering::Relaxed)).as_secs_f64();
        let refusals = self.refusals.load(Ordering::Relaxed);
        ThrottleStats { waited: seconds(&self.waited), paused: seconds(&self.paused), refusals }
    }

    fn now(&self) -> u64 {
        self.at(Instant::now())
    }

    fn at(&self, moment: Instant) -> u64 {
        u64::try_from(moment.saturating_duration_since(self.start).as_nanos()).unwrap_or(u64::MAX)
    }

    fn moment(&self, nanoseconds: u64) -> Instant {
        self.start + Duration::from_nanos(nanoseconds)
    }
}

impl ThrottleStats {
    /// With the seconds of one of so many workers, on average: those of all of them together are longer than the run.
    pub fn of_one(self, workers: usize) -> Self {
        let workers = workers.max(1) as f64;
        Self { waited: self.waited / workers, paused: self.paused / workers, ..self }
    }
}

/// Keeps retries from becoming the load that a service breaks under: each call earns a part of a retry.
///
/// The first retries are lent, so that a short script has some too; what calls earn pays them back first. So the retries
/// of a client whose every call fails are never more than the loan or the earned part of its calls, whichever is more.
#[derive(Debug)]
pub struct RetryBudget {
    /// What may be spent, in thousandths of a retry.
    saved: AtomicU32,
    owed: AtomicU32,
}

const RETRY: u32 = 1000;
const LOAN: u32 = 20 * RETRY;
const MOST: u32 = 100 * RETRY;

impl Default for RetryBudget {
    fn default() -> Self {
        Self { saved: AtomicU32::new(LOAN), owed: AtomicU32::new(LOAN) }
    }
}

impl RetryBudget {
    /// A call begins, and earns this part of a retry.
    pub fn earn(&self, part: f64) {
        let part = (part * f64::from(RETRY)) as u32;
        let update = |counter: &AtomicU32, change: &dyn Fn(u32) -> Option<u32>| {
            counter.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
        };
        if !update(&self.owed, &|owed| (owed > 0).then(|| owed.saturating_sub(part))) {
            update(&self.saved, &|saved| (saved < MOST).then(|| saved.saturating_add(part).min(MOST)));
        }
    }

    /// Whether there is enough left for one more retry; takes it.
    pub fn spend(&self) -> bool {
        self.saved.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |saved| saved.checked_sub(RETRY)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_a_gap_apart() {
        let pace = RateLimiter::new(Some(1000.0));
        let turns: Vec<_> = (0..100).filter_map(|_| pace.take_turn()).collect();
        let first = turns.first().copied();
        let last = turns.last().copied();
        let span = first.zip(last).map(|(first, last)| last - first);
        assert!(span.is_some_and(|span| span >= Duration::from_millis(90)), "{span:?}");
    }

    #[test]
    fn without_a_limit_only_quiet_waits() {
        let pace = RateLimiter::new(None);
        assert!(pace.take_turn().is_none() && pace.quiet().is_none());
        pace.keep_quiet(Duration::from_secs(5), Instant::now());
        assert!(pace.quiet().is_some_and(|turn| turn > Instant::now() + Duration::from_secs(4)));
    }

    #[test]
    fn a_failing_service_gets_at_most_a_fifth_more() {
        for calls in [100, 101, 500, 10_000] {
            let budget = RetryBudget::default();
            let retries = (0..calls).map(|_| {
                budget.earn(0.2);
                // Each call fails three times.
                usize::from(budget.spend()) + usize::from(budget.spend())
            });
            let sum: usize = retries.sum();
            assert!(sum <= calls / 5 && sum + 1 >= calls / 5, "{calls}: {sum}");
        }
    }

    #[test]
    fn a_single_call_has_its_retries() {
        let budget = RetryBudget::default();
        budget.earn(0.2);
        assert!(budget.spend() && budget.spend());
    }
}
