//! The loop of one call: admission, attempt, classification, delay.

use std::any::Any;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::time::{Duration, Instant, SystemTime};

use futures_util::FutureExt;
use http::StatusCode;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::sleep_until;

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::execute::attempt::Attempt;
use crate::client::execute::attempt_error::AttemptError;
use crate::client::execute::classify::{CallState, RetryDecision};
use crate::client::observe::attempt_log::AttemptRecord;
use crate::client::rate_limit::admission::{Admission, WaitLimit};
use crate::client::rate_limit::limiter::RateLimiter;
use crate::client::request::Request;
use crate::client::response::Response;
use crate::client::retry::budget::RetryBudget;
use crate::client::thread_failure;
use crate::client::transport::connection_tracker::ConnectionTracker;
use crate::client::transport::pool::RuntimeClients;

/// The parts of a client that a call uses.
pub(crate) struct CallContext<'a> {
    pub config: &'a Config,
    pub limiter: &'a RateLimiter,
    pub retry_budget: &'a RetryBudget,
    pub clients: &'a RuntimeClients,
}

/// A call in progress.
struct CallExecution<'a> {
    context: &'a CallContext<'a>,
    request: &'a Request,
    admission: Admission<'a>,
    started_at: Instant,
    /// When the next request could have been sent, had no limit kept it waiting.
    ready_at: Instant,
    state: CallState<'a>,
}

impl<'a> CallContext<'a> {
    /// Sends the request and retries as its policy allows.
    pub async fn execute(&'a self, request: &'a Request) -> Result<Response, Error> {
        if let Some(retries) = request.policy.retry.budget {
            self.retry_budget.deposit(retries);
        }
        let started_at = Instant::now();
        let state = CallState::new(request, self.limiter, self.retry_budget, &self.config.api_key, started_at);
        let admission = self.admission(request);
        let call = CallExecution { context: self, request, admission, started_at, ready_at: started_at, state };
        call.execute_with_retries().await
    }

    fn admission(&'a self, request: &'a Request) -> Admission<'a> {
        Admission {
            operation: request.operation,
            limiter: self.limiter,
            run_limiter: request.sinks.limiter.as_deref(),
            throttle_queue: &self.clients.throttle_queue,
            permits: &self.clients.permits,
            max_in_flight: self.config.limits.max_in_flight,
        }
    }
}

impl CallExecution<'_> {
    async fn execute_with_retries(mut self) -> Result<Response, Error> {
        loop {
            let permit = self.acquire_permit().await?;
            let outcome = self.attempt().await;
            let decision = self.state.classify(outcome);
            drop(permit);
            match decision {
                RetryDecision::Complete(response) => return Ok(response),
                RetryDecision::Fail(error) => return Err(self.state.with_attempt_context(error)),
                RetryDecision::Retry { delay, error } => self.wait_before_retry(delay, error).await?,
            }
        }
    }

    async fn acquire_permit(&mut self) -> Result<OwnedSemaphorePermit, Error> {
        let limit = if self.state.attempts == 0 && self.request.sinks.limiter.is_some() {
            WaitLimit::Timeout(self.request.policy.total_timeout)
        } else {
            WaitLimit::Deadline(self.state.deadline)
        };
        let (permit, deadline) = self.admission.acquire(limit).await.map_err(|error| self.state.with_attempt_context(error))?;
        self.state.deadline = deadline;
        Ok(permit)
    }

    async fn attempt(&mut self) -> Result<Response, AttemptError> {
        self.state.start_attempt();
        let attempt = Attempt {
            config: self.context.config,
            clients: self.context.clients,
            request: self.request,
            deadline: self.state.deadline,
            force_new_connection: self.state.force_new_connection,
            tracker: ConnectionTracker::new(),
        };
        // A thread that cannot be started fails the attempt.
        let outcome = AssertUnwindSafe(attempt.send()).catch_unwind().await;
        let mut outcome = outcome.unwrap_or_else(fail_without_thread);
        match &mut outcome {
            Ok(response) => {
                response.attempts = self.state.attempts;
                response.elapsed = self.started_at.elapsed();
            }
            Err(error) if attempt.is_connection_lost(error) => self.context.clients.reuse.record_close(),
            Err(_) => {}
        }
        self.report(&outcome);
        outcome
    }

    fn report(&self, outcome: &Result<Response, AttemptError>) {
        let elapsed = self.state.attempt_started_at.elapsed();
        if let (Some(latency), Ok(_)) = (&self.request.sinks.latency, outcome) {
            latency.record(elapsed);
        }
        let has_failed = !outcome.as_ref().is_ok_and(|response| response.status.is_success());
        if let Some(log) = self.request.sinks.attempt_log.as_ref().filter(|log| log.records_attempt(has_failed)) {
            log.push(self.attempt_record(outcome, elapsed));
        }
    }

    fn attempt_record(&self, outcome: &Result<Response, AttemptError>, elapsed: Duration) -> AttemptRecord {
        let key = &self.context.config.api_key;
        let response = outcome.as_ref().ok();
        AttemptRecord {
            operation: self.request.operation,
            status: response.map(|response| response.status.as_u16()),
            request_id: response.and_then(Response::request_id).map(|id| key.redact(id)),
            error: outcome.as_ref().err().map(|error| (error.kind.name(), key.redact(&error.message))),
            elapsed,
            queued: self.state.attempt_started_at.saturating_duration_since(self.ready_at),
            sent_at: SystemTime::now().checked_sub(elapsed).unwrap_or(SystemTime::UNIX_EPOCH),
            retry_delay: None,
        }
    }

    /// Waits for the delay of a retry; fails with `error` if the delay ends after the deadline.
    async fn wait_before_retry(&mut self, delay: Duration, error: Error) -> Result<(), Error> {
        if let Some(log) = &self.request.sinks.attempt_log {
            log.record_retry_delay(delay);
        }
        let until = Instant::now() + delay;
        if until >= self.state.deadline {
            return Err(self.state.with_attempt_context(error));
        }
        if error.context().status == Some(StatusCode::TOO_MANY_REQUESTS.as_u16()) {
            self.admission.stats_limiter().record_cooldown_wait(delay);
        }
        sleep_until(until.into()).await;
        self.ready_at = until;
        Ok(())
    }
}

/// The error of an attempt that could not start a thread. Other panics continue.
fn fail_without_thread<T>(panic: Box<dyn Any + Send>) -> Result<T, AttemptError> {
    match thread_failure::reason(panic.as_ref()) {
        Some(reason) => Err(AttemptError::no_thread(reason)),
        None => resume_unwind(panic),
    }
}
