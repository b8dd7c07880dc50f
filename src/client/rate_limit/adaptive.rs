//! How many calls a second the service takes, learnt from its 429s. Only atomics, as in `limit`: what they count is an
//! estimate, so that a count lost between two threads does no harm.
//!
//! After the quiet that a 429 asks for, the calls that waited must not come back together: most would be refused again, and
//! their attempts used up. So they come at the rate that the service took before, a little slower at first; for some
//! seconds the rate stays near that, then it grows faster and faster, until it limits nothing (the curve of TCP CUBIC).

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::client::retry::spread;

/// Nanoseconds since the client was made.
pub(crate) type Moment = u64;

#[derive(Debug, Default)]
pub struct AdaptiveRateLimiter {
    /// Answers that were no refusals, in a stretch of time and in the one before it.
    taken: AtomicU32,
    taken_before: AtomicU32,
    /// When these two stretches began.
    began: AtomicU64,
    began_before: AtomicU64,
    /// When the quiet after the last refusal ends, and the rate that was right until then; 0 for never.
    cut: AtomicU64,
    rate: AtomicU64,
    /// Whether too little was known to tell a rate.
    guessed: AtomicBool,
    /// When the next call may go.
    next: AtomicU64,
}

const SECOND: f64 = 1e9;
const STRETCH: u64 = 1_000_000_000;
/// After this without a refusal nothing is limited.
const LIFTED: u64 = 30 * STRETCH;
/// Answers from which a rate can be told.
const ENOUGH: u32 = 20;
/// Calls a second to begin with, where it can't; and what no rate is below.
const GUESS: f64 = 10.0;
const LEAST: f64 = 0.5;
/// More than any client calls.
const NO_LIMIT: f64 = 20_000.0;
/// Turns that were missed by so much are made up for: timers wake to the millisecond.
const CREDIT: u64 = 10_000_000;

impl AdaptiveRateLimiter {
    /// The service has taken a call.
    pub fn taken(&self, now: Moment) {
        self.turn_over(now);
        self.taken.fetch_add(1, Relaxed);
    }

    /// Whether the service has taken a call lately. What it refuses beside that, it refuses at its rate.
    pub fn is_taking(&self, now: Moment) -> bool {
        self.turn_over(now);
        self.taken.load(Relaxed) + self.taken_before.load(Relaxed) > 0
    }

    /// Begins a new stretch when it is time.
    fn turn_over(&self, now: Moment) {
        let began = self.began.load(Relaxed);
        if now.saturating_sub(began) >= STRETCH && self.began.compare_exchange(began, now, Relaxed, Relaxed).is_ok() {
            let taken = self.taken.swap(0, Relaxed);
            // What was long ago says nothing about now.
            let recent = now - began < 3 * STRETCH;
            self.taken_before.store(if recent { taken } else { 0 }, Relaxed);
            self.began_before.store(if recent { began } else { now }, Relaxed);
        }
    }

    /// The service has refused a call that was sent at `sent`, and wants quiet for `pause`.
    pub fn refused(&self, sent: Moment, now: Moment, pause: Duration) {
        let cut = self.cut.load(Relaxed);
        // Calls that were under way when the rate was cut say nothing of the new one.
        if cut != 0 && sent <= cut {
            return;
        }
        self.turn_over(now);
        let until = now.saturating_add(u64::try_from(pause.as_nanos()).unwrap_or(u64::MAX / 2));
        let limit = self.limit(now);
        let taken = self.taken.load(Relaxed) + self.taken_before.load(Relaxed);
        if taken == 0 && limit.is_some() {
            // It takes nothing at all: that is no matter of the rate, and calls need not take long to learn of it.
            return;
        }
        let seconds = (until - self.began_before.load(Relaxed).min(until)) as f64 / SECOND;
        let found = f64::from(taken) / seconds.max(1e-3);
        let guessed = limit.is_none() && taken < ENOUGH;
        let rate = if guessed { found.max(GUESS) } else { found.min(limit.unwrap_or(f64::MAX)).max(LEAST) };
        if self.cut.compare_exchange(cut, until.max(1), Relaxed, Relaxed).is_ok() {
            self.rate.store(rate.to_bits(), Relaxed);
            self.guessed.store(guessed, Relaxed);
            // Other clients were told to wait as long.
            let spread = now.saturating_add(u64::try_from(spread(pause).as_nanos()).unwrap_or(u64::MAX / 2));
            self.next.store(spread, Relaxed);
        }
    }

    /// Calls a second that may go; `None` for any number.
    pub fn limit(&self, now: Moment) -> Option<f64> {
        let cut = self.cut.load(Relaxed);
        if cut == 0 || now > cut + LIFTED {
            return None;
        }
        let rate = f64::from_bits(self.rate.load(Relaxed));
        let limit = rate * growth(now.saturating_sub(cut) as f64 / SECOND, self.guessed.load(Relaxed));
        (limit < NO_LIMIT).then_some(limit)
    }

    /// When the next call may go; `None` for any time. Asked by one call at a time, which waits until then.
    pub fn take_turn(&self, now: Moment) -> Option<Moment> {
        let limit = self.limit(now)?;
        let turn = self.next.load(Relaxed).max(now.saturating_sub(CREDIT));
        self.next.store(turn + (SECOND / limit) as u64, Relaxed);
        Some(turn)
    }
}

/// By how much the rate has grown so many seconds after a refusal: from 0.7 to 1 in 4 s, to 1.8 in 10 s, to 69 in 30 s. A mere
/// guess doubles every half second instead.
fn growth(seconds: f64, guessed: bool) -> f64 {
    if guessed { 4_f64.powf(seconds) } else { 1.0 + 0.004 * (seconds - 4.2).powi(3) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AT: Moment = 100 * STRETCH;
    const PAUSE: Duration = Duration::from_secs(1);

    /// `taken` calls within a second from `AT` on, and then a refusal.
    fn refused_after(taken: u32) -> AdaptiveRateLimiter {
        let throttle = AdaptiveRateLimiter::default();
        for number in 0..taken {
            throttle.taken(AT + u64::from(number) * STRETCH / u64::from(taken));
        }
        throttle.refused(AT + STRETCH, AT + STRETCH, PAUSE);
        throttle
    }

    #[test]
    fn without_a_refusal_nothing_is_limited() {
        let throttle = AdaptiveRateLimiter::default();
        throttle.taken(AT);
        assert_eq!((throttle.limit(AT), throttle.take_turn(AT)), (None, None));
    }

    #[test]
    fn the_rate_is_what_was_taken_with_the_quiet_counted() {
        let throttle = refused_after(200);
        let after = |seconds: u64| throttle.limit(AT + (2 + seconds) * STRETCH).map(f64::round);
        assert_eq!([0, 4, 10, 31].map(after), [Some(70.0), Some(100.0), Some(178.0), None]);
    }

    #[test]
    fn refusals_of_calls_under_way_count_once() {
        let throttle = refused_after(200);
        let before = throttle.limit(AT + 2 * STRETCH);
        for _ in 0..900 {
            throttle.refused(AT + STRETCH / 2, AT + STRETCH + 1, PAUSE);
        }
        assert_eq!(throttle.limit(AT + 2 * STRETCH), before);
    }

    #[test]
    fn a_service_that_takes_nothing_is_not_asked_slower_and_slower() {
        let throttle = refused_after(0);
        let later = AT + 6 * STRETCH;
        let before = throttle.limit(later);
        for second in 3..6 {
            throttle.refused(AT + second * STRETCH, AT + second * STRETCH, PAUSE);
        }
        assert_eq!(throttle.limit(later), before);
        assert!(before > Some(1000.0));
    }

    #[test]
    fn a_refusal_of_which_nothing_is_known_costs_little() {
        let throttle = refused_after(0);
        let mut calls = 0;
        while throttle.take_turn(AT + 5 * STRETCH).is_some_and(|turn| turn <= AT + 5 * STRETCH) {
            calls += 1;
        }
        // Turns that were missed long ago are not made up for.
        assert!((1..=10).contains(&calls), "{calls}");
        assert!(throttle.limit(AT + 5 * STRETCH).is_some_and(|limit| limit > 500.0));
    }

    proptest! {
        /// Whatever the service takes, a second of turns holds no more than the rate and the credit allow.
        #[test]
        fn turns_keep_the_rate(taken in 0_u32..3000, later in 0_u64..20_000) {
            let throttle = refused_after(taken);
            let start = AT + 2 * STRETCH + later * 1_000_000;
            let most = throttle.limit(start + STRETCH).unwrap_or(NO_LIMIT) * 1.02 + 2.0;
            let mut now = start;
            let mut calls = 0_u32;
            while let Some(turn) = throttle.take_turn(now).filter(|turn| *turn < start + STRETCH) {
                now = now.max(turn);
                calls += 1;
            }
            prop_assert!(f64::from(calls) <= most, "{} turns, {} at the most", calls, most);
        }
    }
}
