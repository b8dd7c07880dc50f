//! Classifies the outcome of an attempt: complete, fail, or retry. `docs/decisions/0004-retries.md` has the rules.

use std::time::{Duration, Instant};

use http::{Method, StatusCode};

use crate::client::api_key::ApiKey;
use crate::client::error::{Error, ErrorKind};
use crate::client::execute::attempt_error::AttemptError;
use crate::client::rate_limit::limiter::RateLimiter;
use crate::client::request::Request;
use crate::client::response::Response;
use crate::client::retry::backoff::{backoff_delay, with_jitter};
use crate::client::retry::budget::RetryBudget;
use crate::client::retry::retry_after::parse_retry_after;

/// Whether a call completes, fails or is retried.
pub(super) enum RetryDecision {
    Complete(Response),
    Fail(Error),
    /// `error` is returned if there is no time for the delay.
    Retry {
        delay: Duration,
        error: Error,
    },
}

/// Whether a retry uses the retry budget.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BudgetCost {
    Charged,
    /// The request was throttled, or its connection was stale: such a retry adds no load to a failing service.
    Free,
}

/// The state of a call between its attempts.
pub(super) struct CallState<'a> {
    request: &'a Request,
    limiter: &'a RateLimiter,
    retry_budget: &'a RetryBudget,
    key: &'a ApiKey,
    pub deadline: Instant,
    pub attempts: u32,
    pub attempt_started_at: Instant,
    /// Whether an attempt without a response may have been executed.
    possibly_executed: bool,
    /// Set after a transport error: the next attempt opens a new connection.
    pub force_new_connection: bool,
}

impl<'a> CallState<'a> {
    /// Starts the attempts of one call. The total timeout counts from `started_at`.
    pub fn new(
        request: &'a Request,
        limiter: &'a RateLimiter,
        retry_budget: &'a RetryBudget,
        key: &'a ApiKey,
        started_at: Instant,
    ) -> Self {
        Self {
            request,
            limiter,
            retry_budget,
            key,
            deadline: started_at + request.policy.total_timeout,
            attempts: 0,
            attempt_started_at: started_at,
            possibly_executed: false,
            force_new_connection: false,
        }
    }

    /// Counts an attempt and starts its clock.
    pub fn start_attempt(&mut self) {
        self.attempts += 1;
        self.attempt_started_at = Instant::now();
    }

    /// Decides after an attempt: return the response, wait and retry, or fail.
    pub fn classify(&mut self, outcome: Result<Response, AttemptError>) -> RetryDecision {
        match outcome {
            Ok(response) => self.classify_response(response),
            Err(error) => self.classify_error(error),
        }
    }

    fn classify_response(&mut self, mut response: Response) -> RetryDecision {
        let retry_after = parse_retry_after(&response.headers);
        if response.status == StatusCode::TOO_MANY_REQUESTS {
            self.on_throttled(retry_after);
        } else {
            self.limiter.on_success();
        }
        if response.status.is_success() {
            return RetryDecision::Complete(response);
        }
        if self.is_already_deleted(response.status) {
            response.warnings.push(format!(
                "{}: the {} response to attempt {} counts as success, because an earlier attempt may have deleted it",
                self.request.operation,
                response.status.as_u16(),
                self.attempts
            ));
            response.body = bytes::Bytes::new();
            return RetryDecision::Complete(response);
        }
        self.classify_status(&response, retry_after)
    }

    fn classify_status(&mut self, response: &Response, retry_after: Option<Duration>) -> RetryDecision {
        let (policy, status) = (&self.request.policy, response.status);
        let body = response.error_body();
        // A device that is not connected is reported by the service itself, before it executes anything.
        let is_from_service = body.is_from_service(status);
        let error = response.to_error(body, self.request.operation, retry_after, self.key);
        let outcome_unknown = status == StatusCode::REQUEST_TIMEOUT || (status.is_server_error() && !is_from_service);
        if outcome_unknown && !policy.idempotent {
            return RetryDecision::Fail(error.with(|context| {
                context.kind = ErrorKind::OutcomeUnknown;
                context.message = format!("{}. It may have been executed", context.message);
            }));
        }
        let is_rejected = status == StatusCode::SERVICE_UNAVAILABLE && is_from_service;
        self.possibly_executed |= outcome_unknown || (status.is_server_error() && !is_rejected);
        let is_throttled = status == StatusCode::TOO_MANY_REQUESTS;
        let may_retry = is_retryable_status(status) && (policy.idempotent || is_throttled);
        if !may_retry || retry_after.is_some_and(|delay| delay > policy.retry.max_retry_after) {
            return RetryDecision::Fail(error);
        }
        let retry_after = retry_after.filter(|delay| !delay.is_zero());
        let delay = retry_after.map_or_else(|| self.backoff_delay(), with_jitter);
        // Then the limiter keeps calls below the rate that the service accepts.
        let is_paced = retry_after.is_some() || self.limiter.had_recent_success();
        let cost = if is_throttled && is_paced { BudgetCost::Free } else { BudgetCost::Charged };
        self.retry_or_fail(delay, cost, error)
    }

    fn classify_error(&mut self, failed: AttemptError) -> RetryDecision {
        self.possibly_executed |= failed.possibly_executed;
        let outcome_unknown = failed.possibly_executed && !self.request.policy.idempotent && !failed.has_response();
        let (kind, message) = if outcome_unknown {
            (ErrorKind::OutcomeUnknown, format!("{}; it may have been executed, so it is not retried", failed.message))
        } else {
            (failed.kind, failed.message)
        };
        let operation = self.request.operation;
        let error = Error::new(kind, format!("{operation}: {message}")).in_operation(operation);
        let error = error.with(|context| {
            context.status = failed.status.map(|status| status.as_u16());
            context.cause = failed.cause;
        });
        if outcome_unknown || failed.permanent {
            return RetryDecision::Fail(error);
        }
        // The service closed an idle connection, or announced that it closes one, which is no sign of a problem: retry on a new one
        // without delay.
        let is_stale = (failed.stale_connection || failed.goaway) && !self.force_new_connection;
        self.force_new_connection = true;
        if is_stale {
            return self.retry_or_fail(Duration::ZERO, BudgetCost::Free, error);
        }
        self.retry_or_fail(self.backoff_delay(), BudgetCost::Charged, error)
    }

    fn retry_or_fail(&self, delay: Duration, cost: BudgetCost, error: Error) -> RetryDecision {
        let policy = &self.request.policy.retry;
        let in_time = Instant::now() + delay < self.deadline;
        let in_budget = || cost == BudgetCost::Free || policy.budget.is_none() || self.retry_budget.withdraw();
        if self.attempts <= policy.max_retries && in_time && in_budget() {
            RetryDecision::Retry { delay, error }
        } else {
            RetryDecision::Fail(error)
        }
    }

    fn backoff_delay(&self) -> Duration {
        backoff_delay(&self.request.policy.retry, self.attempts)
    }

    /// Starts a cooldown for the whole client, and for the run that the call belongs to.
    fn on_throttled(&self, retry_after: Option<Duration>) {
        let delay = retry_after.filter(|delay| !delay.is_zero()).unwrap_or_else(|| self.backoff_delay());
        let delay = delay.min(self.request.policy.retry.max_retry_after);
        for limiter in [Some(self.limiter), self.request.sinks.limiter.as_deref()].into_iter().flatten() {
            limiter.start_cooldown(delay, self.attempt_started_at);
        }
    }

    /// Whether a delete found nothing because an earlier attempt may have deleted it.
    fn is_already_deleted(&self, status: StatusCode) -> bool {
        self.possibly_executed && self.request.http.method == Method::DELETE && matches!(status.as_u16(), 404 | 409)
    }

    /// Adds what is known about the attempts to an error.
    pub fn with_attempt_context(&self, error: Error) -> Error {
        error.with(|context| {
            context.attempts = self.attempts;
            // A response of the service to the last attempt also settles the earlier ones.
            let is_rejected = context.body.is_some() && context.status.is_some_and(|status| status < 500);
            let is_settled = context.kind == ErrorKind::Status && (is_rejected || context.server_message.is_some());
            context.possibly_executed = self.possibly_executed && self.request.http.method != Method::GET && !is_settled;
            if self.attempts > 1 {
                context.message = format!("{} (after {} attempts)", context.message, self.attempts);
            }
        })
    }
}

/// Statuses of transient errors.
fn is_retryable_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}
