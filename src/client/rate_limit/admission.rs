//! What a call waits for before it is sent: quiet, its turn, its place in line, and a slot among the calls under way.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::StatusCode;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{sleep_until, timeout_at};

use crate::client::error::{Error, ErrorKind};
use crate::client::execute::CallExecution;
use crate::client::rate_limit::limiter::RateLimiter;
use crate::client::retry;
use crate::client::transport::fd_limit;

const NO_TURN: &str = "the service refuses calls with 429, so that they go one by one, and the turn of this one comes after its \
                       time is up; it was not sent; allow more time, or make fewer calls";

impl CallExecution<'_> {
    /// Waits until the call may be sent. Whoever was held up for a slot while a 429 came waits for another turn: what waits
    /// there would otherwise all be sent into the quiet.
    pub async fn turn_and_slot(&mut self) -> Result<OwnedSemaphorePermit, Error> {
        loop {
            let in_line = self.wait_for_turn().await?;
            if self.attempts == 0 && self.request.pace.is_some() {
                self.deadline = Instant::now() + self.request.total;
            }
            let slot = self.slot().await?;
            let pace = self.engine.pace;
            if pace.quiet().is_none() && (in_line || !pace.is_throttled()) {
                return Ok(slot);
            }
        }
    }

    /// Waits for the client's pace, the run's own, and any quiet that the service asked for; tells whether in line.
    async fn wait_for_turn(&self) -> Result<bool, Error> {
        let own = self.request.pace.as_deref();
        loop {
            self.wait_for_quiet().await?;
            for pace in [Some(self.engine.pace), own].into_iter().flatten() {
                self.wait_until(pace.take_turn()).await?;
            }
            let in_line = self.engine.pace.is_throttled();
            if in_line {
                self.wait_in_line().await?;
            }
            // Whoever was asked for quiet meanwhile takes a new turn after it: turns saved up would all be taken at once.
            if self.engine.pace.quiet().is_none() {
                return Ok(in_line);
            }
        }
    }

    async fn wait_for_quiet(&self) -> Result<(), Error> {
        while let Some(quiet) = self.engine.pace.quiet() {
            let left = quiet.saturating_duration_since(Instant::now());
            if self.is_too_late(quiet) {
                return Err(self.finished(self.quiet_asked_for(left)));
            }
            let pause = retry::spread(left);
            self.counting_pace().paused(pause);
            sleep_until((Instant::now() + pause).into()).await;
        }
        Ok(())
    }

    /// Waits while the service's refusals limit the calls: each for its turn, and behind those that came before it.
    async fn wait_in_line(&self) -> Result<(), Error> {
        let came = Instant::now();
        let first = self.engine.transport.line.acquire();
        let waits = self.request.pace.is_some() && self.attempts == 0;
        let first =
            if waits { first.await.ok() } else { timeout_at(self.deadline.into(), first).await.ok().and_then(Result::ok) };
        self.counting_pace().paused(came.elapsed());
        let turn = self.engine.pace.throttled_turn();
        if first.is_none() || turn.is_some_and(|turn| self.is_too_late(turn)) {
            return Err(self.finished(self.refused_unsent(NO_TURN, None)));
        }
        if let Some(turn) = turn {
            self.counting_pace().paused(turn.saturating_duration_since(Instant::now()));
            sleep_until(turn.into()).await;
        }
        Ok(())
    }

    async fn wait_until(&self, turn: Option<Instant>) -> Result<(), Error> {
        let Some(turn) = turn else { return Ok(()) };
        if self.is_too_late(turn) {
            let problem = "its turn under calls_per_second comes after its time is up, and nothing was sent; allow more time, \
                           or raise calls_per_second";
            return Err(self.finished(self.failure(ErrorKind::Timeout, problem)));
        }
        self.wait(turn).await;
        Ok(())
    }

    /// The first turn of a run's call is waited for however long it takes: its time limit begins afterwards.
    fn is_too_late(&self, turn: Instant) -> bool {
        turn > self.deadline && (self.request.pace.is_none() || self.attempts > 0)
    }

    async fn wait(&self, until: Instant) {
        self.counting_pace().waited(until.saturating_duration_since(Instant::now()));
        sleep_until(until.into()).await;
    }

    /// A run's waiting is counted with the run, so that its report can say what held it back.
    pub fn counting_pace(&self) -> &RateLimiter {
        self.request.pace.as_deref().unwrap_or(self.engine.pace)
    }

    /// The answer to another call of this client said that this one would be refused too.
    fn quiet_asked_for(&self, left: Duration) -> Error {
        let problem = format!(
            "after a 429 the service asked for quiet for another {left:.1?}, which is longer than this call may take; \
             nothing was sent"
        );
        self.refused_unsent(&problem, Some(left))
    }

    /// The service's 429, for a call that was not sent because of the others' 429.
    fn refused_unsent(&self, problem: &str, left: Option<Duration>) -> Error {
        self.failure(ErrorKind::Status, problem).with(|details| {
            details.status = Some(StatusCode::TOO_MANY_REQUESTS.as_u16());
            details.retry_after = left.map(|left| left.as_secs_f64());
        })
    }

    /// A place among the calls under way.
    async fn slot(&self) -> Result<OwnedSemaphorePermit, Error> {
        let free = Arc::clone(&self.engine.transport.in_flight).acquire_owned();
        match timeout_at(self.deadline.into(), free).await {
            Ok(Ok(slot)) => Ok(slot),
            _ => Err(self.finished(self.failure(ErrorKind::Timeout, &queued(self.engine.config.limits.in_flight)))),
        }
    }
}

/// Why a call that found no slot was not sent, for a client that may have so many calls under way.
fn queued(asked: usize) -> String {
    let most = fd_limit::connections(asked);
    let remedy = if most < asked {
        "let the process have more files open (`ulimit -n`), of which calls take a quarter,"
    } else {
        "raise max_in_flight,"
    };
    format!(
        "its time was up before one of the client's {most} calls under way (max_in_flight) was over, and nothing was sent; \
         {remedy} or allow more time"
    )
}
