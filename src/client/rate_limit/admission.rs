//! Acquires everything a call needs before sending: cooldown, rate limit slot, throttle queue position, in-flight permit.
//! `docs/decisions/0006-rate-limiter.md` has the reasons.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep_until, timeout_at};

use crate::client::error::{Error, ErrorKind};
use crate::client::rate_limit::limiter::RateLimiter;
use crate::client::retry::backoff::with_jitter;
use crate::client::transport::fd_limit;

const NO_SLOT: &str = "rate limited (429): the next free slot is after this call's deadline; it was not sent. Raise the timeout or \
                       send fewer calls";
const NO_RATE_PERMIT: &str = "the next free slot under calls_per_second is after this call's deadline, and nothing was sent. Raise \
                              the timeout or calls_per_second";

/// The limits that a call has to pass.
pub(crate) struct Admission<'a> {
    pub operation: &'a str,
    /// The limiter of the client.
    pub limiter: &'a RateLimiter,
    /// The limiter of the run that the call belongs to.
    pub run_limiter: Option<&'a RateLimiter>,
    /// Queue of the calls that wait for a slot under the adaptive rate.
    pub throttle_queue: &'a Semaphore,
    /// One permit for each call in flight.
    pub permits: &'a Arc<Semaphore>,
    /// The limit of calls in flight that the user set.
    pub max_in_flight: usize,
}

/// Until when an attempt may wait.
#[derive(Clone, Copy)]
pub(crate) enum WaitLimit {
    Deadline(Instant),
    /// The first attempt of a call of a run: its timeout starts when the rate limits let it pass.
    Timeout(Duration),
}

impl WaitLimit {
    /// The deadline while the call waits for rate limits.
    fn queue_deadline(self) -> Option<Instant> {
        match self {
            Self::Deadline(deadline) => Some(deadline),
            Self::Timeout(_) => None,
        }
    }

    /// The deadline once the rate limits let the call pass.
    fn call_deadline(self) -> Instant {
        match self {
            Self::Deadline(deadline) => deadline,
            Self::Timeout(timeout) => Instant::now() + timeout,
        }
    }
}

impl Admission<'_> {
    /// Waits until the call may be sent. Returns its permit and its deadline.
    ///
    /// A call that waited for its permit while a 429 arrived starts over: otherwise every waiting call would be sent during
    /// the cooldown.
    pub async fn acquire(&self, limit: WaitLimit) -> Result<(OwnedSemaphorePermit, Instant), Error> {
        loop {
            let was_queued = self.pass_rate_limits(limit.queue_deadline()).await?;
            let deadline = limit.call_deadline();
            let permit = self.acquire_permit(deadline).await?;
            if self.limiter.cooldown_until().is_none() && (was_queued || !self.limiter.is_throttled()) {
                return Ok((permit, deadline));
            }
        }
    }

    /// Waits for the cooldown and all rate limits. Returns whether the call was in the throttle queue.
    async fn pass_rate_limits(&self, deadline: Option<Instant>) -> Result<bool, Error> {
        loop {
            self.wait_for_cooldown(deadline).await?;
            for limiter in [Some(self.limiter), self.run_limiter].into_iter().flatten() {
                self.wait_for_slot(limiter.reserve(), deadline).await?;
            }
            let is_throttled = self.limiter.is_throttled();
            if is_throttled {
                self.wait_in_throttle_queue(deadline).await?;
            }
            // If a cooldown started meanwhile, reserve a new slot after it: saved slots would all be used at once.
            if self.limiter.cooldown_until().is_none() {
                return Ok(is_throttled);
            }
        }
    }

    async fn wait_for_cooldown(&self, deadline: Option<Instant>) -> Result<(), Error> {
        while let Some(until) = self.limiter.cooldown_until() {
            let left = until.saturating_duration_since(Instant::now());
            if exceeds(deadline, until) {
                return Err(self.cooldown_error(left));
            }
            let delay = with_jitter(left);
            self.stats_limiter().record_cooldown_wait(delay);
            sleep_until((Instant::now() + delay).into()).await;
        }
        Ok(())
    }

    async fn wait_for_slot(&self, slot: Option<Instant>, deadline: Option<Instant>) -> Result<(), Error> {
        let Some(slot) = slot else { return Ok(()) };
        if exceeds(deadline, slot) {
            return Err(self.error(ErrorKind::Timeout, NO_RATE_PERMIT));
        }
        self.stats_limiter().record_rate_wait(slot.saturating_duration_since(Instant::now()));
        sleep_until(slot.into()).await;
        Ok(())
    }

    /// Waits first for the head of the FIFO queue, then for a slot under the adaptive rate.
    async fn wait_in_throttle_queue(&self, deadline: Option<Instant>) -> Result<(), Error> {
        let queued_at = Instant::now();
        let head = self.throttle_queue.acquire();
        let head = match deadline {
            None => head.await.ok(),
            Some(deadline) => timeout_at(deadline.into(), head).await.ok().and_then(Result::ok),
        };
        self.stats_limiter().record_cooldown_wait(queued_at.elapsed());
        let slot = self.limiter.reserve_adaptive();
        if head.is_none() || slot.is_some_and(|slot| exceeds(deadline, slot)) {
            return Err(self.throttled_error(NO_SLOT, None));
        }
        if let Some(slot) = slot {
            self.stats_limiter().record_cooldown_wait(slot.saturating_duration_since(Instant::now()));
            sleep_until(slot.into()).await;
        }
        Ok(())
    }

    async fn acquire_permit(&self, deadline: Instant) -> Result<OwnedSemaphorePermit, Error> {
        let permit = Arc::clone(self.permits).acquire_owned();
        match timeout_at(deadline.into(), permit).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(self.error(ErrorKind::Timeout, &pool_timeout_message(self.max_in_flight))),
        }
    }

    /// The limiter whose statistics are charged: the run's, so that its report shows what throttled it.
    pub fn stats_limiter(&self) -> &RateLimiter {
        self.run_limiter.unwrap_or(self.limiter)
    }

    fn cooldown_error(&self, left: Duration) -> Error {
        let message = format!(
            "rate limited (429): Retry-After has {left:.1?} left, more than this call's remaining time; nothing was sent. Raise \
             the timeout or send fewer calls"
        );
        self.throttled_error(&message, Some(left))
    }

    /// A local 429, for a call that was not sent because of the responses to other calls.
    fn throttled_error(&self, message: &str, left: Option<Duration>) -> Error {
        self.error(ErrorKind::Status, message).with(|context| {
            context.status = Some(StatusCode::TOO_MANY_REQUESTS.as_u16());
            context.retry_after = left.map(|left| left.as_secs_f64());
        })
    }

    fn error(&self, kind: ErrorKind, message: &str) -> Error {
        Error::new(kind, format!("{}: {message}", self.operation)).in_operation(self.operation)
    }
}

fn exceeds(deadline: Option<Instant>, slot: Instant) -> bool {
    deadline.is_some_and(|deadline| slot > deadline)
}

/// Why a call without a permit was not sent.
fn pool_timeout_message(max_in_flight: usize) -> String {
    let limit = fd_limit::max_connections(max_in_flight);
    let remedy = if limit < max_in_flight {
        "Raise the open-file limit (`ulimit -n`), of which calls use a quarter,"
    } else {
        "Raise max_in_flight"
    };
    format!(
        "the call timed out while all {limit} permits of the client (max_in_flight) were in use, and nothing was sent. {remedy} or \
         the timeout"
    )
}
