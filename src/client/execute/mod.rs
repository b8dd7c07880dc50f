//! One call: waits its turn, sends, repeats where the row allows it, and says what came of it.

pub(crate) mod attempt_error;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use tokio::time::{sleep_until, timeout_at};

use crate::client::config::Config;
use crate::client::error::{Error, ErrorKind};
use crate::client::execute::attempt_error::AttemptError;
use crate::client::rate_limit::limiter::{RateLimiter, RetryBudget};
use crate::client::request::multipart;
use crate::client::request::{Body, Request};
use crate::client::response::Response;
use crate::client::response::body_buffer::ChunkBuffer;
use crate::client::response::download::AtomicFile;
use crate::client::retry;
use crate::client::transport::connection_tracker::ConnectionTracker;
use crate::client::transport::pool::RuntimeClients;

/// Of an error's body no more is kept.
const ERROR_BYTES: usize = 64 << 10;

/// The parts of a client that a call needs.
pub(super) struct CallContext<'a> {
    pub config: &'a Config,
    pub pace: &'a RateLimiter,
    pub budget: &'a RetryBudget,
    pub transport: &'a RuntimeClients,
}

/// A call under way.
pub(super) struct CallExecution<'a> {
    pub engine: &'a CallContext<'a>,
    pub request: &'a Request,
    began: Instant,
    pub deadline: Instant,
    /// When the last attempt began.
    sent: Instant,
    pub attempts: u32,
    /// An earlier attempt may have been executed although no answer came.
    maybe_executed: bool,
    /// The last attempt lost its connection: the next one takes a new one.
    lost_connection: bool,
}

/// What to do after an attempt.
enum Next {
    Done(Response),
    Fail(Error),
    Again { pause: Duration, instead: Error },
}

/// Whether a retry counts against what the client allows itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cost {
    One,
    /// The service refused it at its rate, or had only closed an idle connection.
    Nothing,
}

impl CallContext<'_> {
    pub async fn send(&self, request: &Request) -> Result<Response, Error> {
        let began = Instant::now();
        let mut call = CallExecution {
            engine: self,
            request,
            began,
            deadline: began + request.total,
            sent: began,
            attempts: 0,
            maybe_executed: false,
            lost_connection: false,
        };
        if let Some(part) = request.retry.budget {
            self.budget.earn(part);
        }
        call.run().await
    }
}

impl CallExecution<'_> {
    async fn run(&mut self) -> Result<Response, Error> {
        loop {
            let slot = self.turn_and_slot().await?;
            self.attempts += 1;
            self.sent = Instant::now();
            let course = ConnectionTracker::begin();
            let outcome = self.attempt(&course).await;
            if let (Some(latencies), Ok(_)) = (&self.request.latencies, &outcome) {
                latencies.add(self.sent.elapsed());
            }
            if let Some(notes) = &self.request.notes {
                notes.add(&outcome, self.sent.elapsed(), &self.engine.config.key);
            }
            let next = match outcome {
                Ok(reply) => self.after_reply(reply),
                Err(lost) => self.after_loss(lost),
            };
            drop(slot);
            match next {
                Next::Done(reply) => return Ok(reply),
                Next::Fail(failure) => return Err(self.finished(failure)),
                Next::Again { pause, instead } => {
                    if let Some(notes) = &self.request.notes {
                        notes.again_after(pause);
                    }
                    self.pause(pause, instead).await?;
                }
            }
        }
    }

    /// One request and its whole answer.
    async fn attempt(&self, course: &Arc<ConnectionTracker>) -> Result<Response, AttemptError> {
        if let Some(begun) = &self.request.begun {
            begun.store(true, Ordering::Release);
        }
        let sent = course.follow(self.builder(course)?.send());
        let mut response = self.within_read(course, sent).await?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let unread = headers.get(CONTENT_ENCODING).filter(|encoding| *encoding != "identity");
        let body = match (&self.request.save_to, unread) {
            (_, Some(encoding)) => {
                leave(response).await;
                // The status of an error says enough; nobody can read its body.
                if status.is_success() { Err(AttemptError::encoded(encoding)) } else { Ok(bytes::Bytes::new()) }
            }
            (Some(target), None) if status.is_success() => self.save(course, response, target).await,
            _ if status.is_success() => self.body(course, response).await,
            _ => self.error_body(course, response).await,
        };
        let body = body.map_err(|lost| lost.after(status))?;
        let reply =
            Response { status, headers, body, attempts: self.attempts, elapsed: self.began.elapsed(), warnings: Vec::new() };
        if self.request.binary || !reply.is_cut() { Ok(reply) } else { Err(AttemptError::cut().after(status)) }
    }

    fn builder(&self, course: &Arc<ConnectionTracker>) -> Result<reqwest::RequestBuilder, AttemptError> {
        let transport = self.engine.transport;
        let never = !self.request.idempotent;
        let client = if never || self.lost_connection { &transport.fresh } else { &transport.pooled };
        let mut builder = client.request(self.request.method.clone(), self.request.url.clone());
        builder = match &self.request.body {
            None => builder,
            Some(Body::Json(json)) => {
                builder.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(json.clone())
            }
            Some(Body::Form { fields, wire, upload }) => {
                let form = multipart::form(fields, wire, upload, self.request.progress.clone(), Arc::clone(course));
                builder.multipart(form.map_err(|error| AttemptError::unreadable(&upload.filename, &error))?)
            }
        };
        if self.request.binary {
            builder = builder.header(ACCEPT, HeaderValue::from_static("*/*"));
        }
        if !self.request.headers.is_empty() {
            builder = builder.headers(self.request.headers.clone());
        }
        Ok(builder)
    }

    /// The whole answer in memory, up to the client's limit.
    async fn body(&self, course: &ConnectionTracker, mut response: reqwest::Response) -> Result<bytes::Bytes, AttemptError> {
        let total = response.content_length();
        let most = self.request.answer_bytes.unwrap_or(self.engine.config.limits.answer_bytes);
        if total.is_some_and(|total| total > most as u64) {
            leave(response).await;
            return Err(AttemptError::too_large(most));
        }
        let Some(first) = self.within_read(course, response.chunk()).await? else {
            return Ok(bytes::Bytes::new());
        };
        let mut pieces = ChunkBuffer::of(total);
        let mut piece = Some(first);
        while let Some(bytes) = piece {
            let length = pieces.len() + bytes.len();
            if length > most {
                leave(response).await;
                return Err(AttemptError::too_large(most));
            }
            self.step(length, total);
            piece = self.within_read(course, response.chunk()).await?;
            if piece.is_none() && length == bytes.len() {
                return Ok(bytes);
            }
            pieces.add(&bytes);
        }
        Ok(pieces.whole())
    }

    /// The beginning of an error's body: enough for any message, and no more than that.
    async fn error_body(
        &self,
        course: &ConnectionTracker,
        mut response: reqwest::Response,
    ) -> Result<bytes::Bytes, AttemptError> {
        let mut start = bytes::BytesMut::new();
        while let Some(piece) = self.within_read(course, response.chunk()).await? {
            let room = ERROR_BYTES - start.len();
            start.extend_from_slice(piece.get(..room).unwrap_or(&piece));
            if start.len() == ERROR_BYTES {
                leave(response).await;
                break;
            }
        }
        Ok(start.freeze())
    }

    /// The answer into a file, piece by piece: of any size, as it needs no memory, unless the call has a limit of its own.
    async fn save(
        &self,
        course: &ConnectionTracker,
        mut response: reqwest::Response,
        target: &Path,
    ) -> Result<bytes::Bytes, AttemptError> {
        let most = self.request.answer_bytes;
        let too_large = |size: u64| most.filter(|most| size > *most as u64);
        if let Some(most) = response.content_length().and_then(too_large) {
            leave(response).await;
            return Err(AttemptError::too_large(most));
        }
        let unwritable = |error: std::io::Error| AttemptError::unwritable(target, &error);
        let mut saving = AtomicFile::begin(target).map_err(unwritable)?;
        let (total, mut done) = (response.content_length(), 0);
        while let Some(piece) = self.within_read(course, response.chunk()).await? {
            done += piece.len();
            if let Some(most) = too_large(done as u64) {
                leave(response).await;
                return Err(AttemptError::too_large(most));
            }
            saving.write(&piece).map_err(unwritable)?;
            self.step(done, total);
        }
        saving.finish().map_err(unwritable)?;
        Ok(bytes::Bytes::new())
    }

    fn step(&self, done: usize, total: Option<u64>) {
        if let Some(progress) = self.request.progress.as_ref().filter(|_| self.request.binary) {
            progress.step(done as u64, total);
        }
    }

    /// `future`, for at most the time between two pieces of an answer, and never past the deadline. Making a connection
    /// has a time limit of its own, and each piece of an upload begins the time anew.
    async fn within_read<T>(
        &self,
        course: &ConnectionTracker,
        future: impl Future<Output = reqwest::Result<T>>,
    ) -> Result<T, AttemptError> {
        let mut future = std::pin::pin!(future);
        let mut since = Instant::now();
        loop {
            let patience = (since + self.request.read).min(self.deadline);
            if let Ok(result) = timeout_at(patience.into(), future.as_mut()).await {
                return result.map_err(|error| AttemptError::from_transport(&error, course, self.engine.config));
            }
            let moved = if course.is_connecting() { Instant::now() } else { course.moved() };
            if patience == self.deadline || moved <= since {
                return Err(AttemptError::silent(self.request, course, patience == self.deadline));
            }
            since = moved;
        }
    }

    fn after_reply(&mut self, mut reply: Response) -> Next {
        if reply.status.is_success() {
            self.engine.pace.taken();
            return Next::Done(reply);
        }
        let asked = retry::retry_after(&reply.headers);
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            self.slow_down(asked);
        } else {
            self.engine.pace.taken();
        }
        if self.done_before(&reply) {
            reply.warnings.push(format!(
                "{}: the answer {} to attempt {} was taken as done, because an earlier attempt may have done it",
                self.request.operation,
                reply.status.as_u16(),
                self.attempts
            ));
            reply.body = bytes::Bytes::new();
            return Next::Done(reply);
        }
        let (status, in_shape) = (reply.status, reply.in_error_shape());
        let failure =
            reply.into_failure(&self.request.operation, asked.map(|pause| pause.as_secs_f64()), &self.engine.config.key);
        self.after_status(status, in_shape, asked, failure)
    }

    fn after_status(&mut self, status: StatusCode, in_shape: bool, asked: Option<Duration>, failure: Error) -> Next {
        let never = !self.request.idempotent;
        if never && (status == StatusCode::REQUEST_TIMEOUT || (status.is_server_error() && !in_shape)) {
            // Something before the service answered; what the service did with the request is not known.
            return Next::Fail(failure.with(|details| {
                details.kind = ErrorKind::OutcomeUnknown;
                details.message = format!("{}. It may have been executed all the same", details.message);
            }));
        }
        // A number that is not connected is said by the service itself, before it does anything.
        let refused = status == StatusCode::SERVICE_UNAVAILABLE && in_shape;
        self.maybe_executed |= (status.is_server_error() && !refused) || status == StatusCode::REQUEST_TIMEOUT;
        let allowed = retry::passing(status) && (!never || status == StatusCode::TOO_MANY_REQUESTS);
        if !allowed || asked.is_some_and(|pause| pause > self.request.retry.retry_after_cap) {
            return Next::Fail(failure);
        }
        let named = asked.filter(|pause| !pause.is_zero());
        // Calls are then kept at the rate that the service takes, if it takes any: no retry is the load that it breaks under.
        let at_its_rate = named.is_some() || self.engine.pace.is_taking();
        let cost = if status == StatusCode::TOO_MANY_REQUESTS && at_its_rate { Cost::Nothing } else { Cost::One };
        self.again(self.pause_for(named), cost, failure)
    }

    /// The pause that the service named, or one that is drawn.
    fn pause_for(&self, named: Option<Duration>) -> Duration {
        named.map_or_else(|| retry::pause(&self.request.retry, self.attempts), retry::spread)
    }

    /// A 429 is for the whole client, and for the run that the call belongs to.
    fn slow_down(&self, asked: Option<Duration>) {
        let pause = asked.filter(|pause| !pause.is_zero());
        let pause = pause.unwrap_or_else(|| retry::pause(&self.request.retry, self.attempts));
        let pause = pause.min(self.request.retry.retry_after_cap);
        for pace in [Some(self.engine.pace), self.request.pace.as_deref()].into_iter().flatten() {
            pace.keep_quiet(pause, self.sent);
        }
    }

    /// A delete that finds nothing to delete, after an attempt that may have deleted it.
    fn done_before(&self, reply: &Response) -> bool {
        self.maybe_executed && self.request.method == Method::DELETE && matches!(reply.status.as_u16(), 404 | 409)
    }

    fn after_loss(&mut self, lost: AttemptError) -> Next {
        self.maybe_executed |= lost.maybe_executed;
        let unknown = lost.maybe_executed && !self.request.idempotent && !lost.answered();
        let failure = if unknown {
            let problem = format!("{}; it may have been executed, so it is not sent again", lost.problem);
            self.failure(ErrorKind::OutcomeUnknown, &problem)
        } else {
            self.failure(lost.kind, &lost.problem)
        };
        let failure = failure.with(|details| details.status = lost.status.map(|status| status.as_u16()));
        if unknown || lost.lasting {
            return Next::Fail(failure);
        }
        // A connection that was idle for too long says nothing about the service: try a new one at once.
        let idle = lost.stale && !self.lost_connection;
        self.lost_connection = true;
        if idle {
            return self.again(Duration::ZERO, Cost::Nothing, failure);
        }
        self.again(retry::pause(&self.request.retry, self.attempts), Cost::One, failure)
    }

    fn again(&self, pause: Duration, cost: Cost, failure: Error) -> Next {
        let in_time = Instant::now() + pause < self.deadline;
        if self.attempts < self.request.retry.attempts && in_time && self.may_retry(cost) {
            Next::Again { pause, instead: failure }
        } else {
            Next::Fail(failure)
        }
    }

    fn may_retry(&self, cost: Cost) -> bool {
        cost == Cost::Nothing || self.request.retry.budget.is_none() || self.engine.budget.spend()
    }

    async fn pause(&self, pause: Duration, instead: Error) -> Result<(), Error> {
        let until = Instant::now() + pause;
        if until >= self.deadline {
            return Err(self.finished(instead));
        }
        if instead.details().status == Some(StatusCode::TOO_MANY_REQUESTS.as_u16()) {
            self.counting_pace().paused(pause);
        }
        sleep_until(until.into()).await;
        Ok(())
    }

    pub fn failure(&self, kind: ErrorKind, problem: &str) -> Error {
        Error::new(kind, format!("{}: {problem}", self.request.operation)).in_operation(&self.request.operation)
    }

    pub fn finished(&self, failure: Error) -> Error {
        failure.with(|details| {
            details.attempts = self.attempts;
            // An answer of the service to the last attempt speaks for the earlier ones too.
            let refused = details.body.is_some() && details.status.is_some_and(|status| status < 500);
            let answered = details.kind == ErrorKind::Status && (refused || details.said.is_some());
            details.maybe_executed = self.maybe_executed && self.request.method != Method::GET && !answered;
            if self.attempts > 1 {
                details.message = format!("{} (after {} attempts)", details.message, self.attempts);
            }
        })
    }
}

/// Closes the connection of an answer that is not read to its end. It closes when its runtime next runs: of a blocking
/// client that would be its next call, and until then the service would wait for us to read.
async fn leave(response: reqwest::Response) {
    drop(response);
    tokio::task::yield_now().await;
}
