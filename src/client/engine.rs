//! One call: waits its turn, sends, repeats where the row allows it, and says what came of it.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use tokio::time::{sleep_until, timeout_at};

use super::config::Config;
use super::failure::{Failure, Kind};
use super::limit::{Pace, RetryBudget};
use super::lost::Lost;
use super::reply::Reply;
use super::request::{Body, Request};
use super::retry;
use super::save::Saving;
use super::transport::Transport;
use super::upload;
use crate::api::Repeat;

/// The parts of a client that a call needs.
pub(super) struct Engine<'a> {
    pub config: &'a Config,
    pub pace: &'a Pace,
    pub budget: &'a RetryBudget,
    pub transport: &'a Transport,
}

/// A call under way.
struct Call<'a> {
    engine: &'a Engine<'a>,
    request: &'a Request,
    began: Instant,
    deadline: Instant,
    attempts: u32,
    /// An earlier attempt may have been executed although no answer came.
    maybe_executed: bool,
    /// The last attempt lost its connection: the next one takes a new one.
    lost_connection: bool,
}

/// What to do after an attempt.
enum Next {
    Done(Reply),
    Fail(Failure),
    Again { pause: Duration, instead: Failure },
}

impl Engine<'_> {
    pub async fn send(&self, request: &Request) -> Result<Reply, Failure> {
        let began = Instant::now();
        let mut call = Call {
            engine: self,
            request,
            began,
            deadline: began + request.total,
            attempts: 0,
            maybe_executed: false,
            lost_connection: false,
        };
        self.budget.earn();
        call.run().await
    }
}

impl Call<'_> {
    async fn run(&mut self) -> Result<Reply, Failure> {
        loop {
            self.wait_for_turn().await?;
            if self.attempts == 0 && self.request.pace.is_some() {
                self.deadline = Instant::now() + self.request.total;
            }
            self.attempts += 1;
            let next = match self.attempt().await {
                Ok(reply) => self.after_reply(reply),
                Err(lost) => self.after_loss(&lost),
            };
            match next {
                Next::Done(reply) => return Ok(reply),
                Next::Fail(failure) => return Err(self.finished(failure)),
                Next::Again { pause, instead } => self.pause(pause, instead).await?,
            }
        }
    }

    /// Waits for the client's pace, the run's own, and any quiet that the service asked for.
    async fn wait_for_turn(&self) -> Result<(), Failure> {
        let own = self.request.pace.as_deref();
        for pace in [Some(self.engine.pace), own].into_iter().flatten() {
            self.wait_until(pace.take_turn()).await?;
        }
        while let Some(quiet) = self.engine.pace.quiet() {
            self.wait_until(Some(quiet)).await?;
        }
        Ok(())
    }

    async fn wait_until(&self, turn: Option<Instant>) -> Result<(), Failure> {
        let Some(turn) = turn else { return Ok(()) };
        // The first turn of a run's call is waited for however long it takes: its time limit begins afterwards.
        if turn > self.deadline && (self.request.pace.is_none() || self.attempts > 0) {
            let problem = "its turn under the rate limit comes after its time is up; allow more time, or raise calls_per_second";
            return Err(self.finished(self.failure(Kind::Timeout, problem)));
        }
        // A run's waiting is counted with the run, so that its report can say what held it back.
        self.request.pace.as_deref().unwrap_or(self.engine.pace).waited(turn.saturating_duration_since(Instant::now()));
        sleep_until(turn.into()).await;
        Ok(())
    }

    /// One request and its whole answer.
    async fn attempt(&self) -> Result<Reply, Lost> {
        let permit = self.engine.transport.in_flight.acquire();
        let _permit = timeout_at(self.deadline.into(), permit).await.map_err(|_| Lost::queued())?;
        if let Some(begun) = &self.request.begun {
            begun.store(true, Ordering::Release);
        }
        let mut response = self.within_read(self.builder()?.send()).await?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = match &self.request.save_to {
            Some(target) if status.is_success() => self.save(response, target).await?,
            _ => self.body(response).await?,
        };
        Ok(Reply { status, headers, body, attempts: self.attempts, elapsed: self.began.elapsed(), warnings: Vec::new() })
    }

    fn builder(&self) -> Result<reqwest::RequestBuilder, Lost> {
        let transport = self.engine.transport;
        let never = self.request.repeat == Repeat::Never;
        let client = if never || self.lost_connection { &transport.fresh } else { &transport.pooled };
        let mut builder = client.request(self.request.method.clone(), self.request.url.clone());
        builder = match &self.request.body {
            None => builder,
            Some(Body::Json(json)) => {
                builder.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(json.clone())
            }
            Some(Body::Form { fields, wire, upload }) => {
                let form = upload::form(fields, wire, upload, self.request.progress.clone());
                builder.multipart(form.map_err(|error| Lost::unreadable(&upload.filename, &error))?)
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
    async fn body(&self, mut response: reqwest::Response) -> Result<bytes::Bytes, Lost> {
        let total = response.content_length();
        let most = self.engine.config.limits.answer_bytes;
        let Some(first) = self.within_read(response.chunk()).await? else {
            return Ok(bytes::Bytes::new());
        };
        let mut whole = bytes::BytesMut::new();
        let mut piece = Some(first);
        while let Some(bytes) = piece {
            if whole.len() + bytes.len() > most {
                return Err(Lost::too_large(most));
            }
            self.step(whole.len() + bytes.len(), total);
            piece = self.within_read(response.chunk()).await?;
            if piece.is_none() && whole.is_empty() {
                return Ok(bytes);
            }
            whole.extend_from_slice(&bytes);
        }
        Ok(whole.freeze())
    }

    /// The answer into a file, piece by piece.
    async fn save(&self, mut response: reqwest::Response, target: &Path) -> Result<bytes::Bytes, Lost> {
        let unwritable = |error: std::io::Error| Lost::unwritable(target, &error);
        let mut saving = Saving::begin(target).map_err(unwritable)?;
        let (total, mut done) = (response.content_length(), 0);
        while let Some(piece) = self.within_read(response.chunk()).await? {
            saving.write(&piece).map_err(unwritable)?;
            done += piece.len();
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

    /// `future`, for at most the time between two pieces of an answer, and never past the deadline.
    async fn within_read<T>(&self, future: impl Future<Output = reqwest::Result<T>>) -> Result<T, Lost> {
        let patience = (Instant::now() + self.request.read).min(self.deadline);
        match timeout_at(patience.into(), future).await {
            Ok(result) => result.map_err(|error| Lost::from_transport(&error, self.engine.config)),
            Err(_) => Err(Lost::silent(self.request, patience == self.deadline)),
        }
    }

    fn after_reply(&mut self, mut reply: Reply) -> Next {
        if reply.status.is_success() {
            return Next::Done(reply);
        }
        let asked = retry::retry_after(&reply.headers);
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            let pause = asked.unwrap_or_else(|| retry::pause(&self.request.retry, self.attempts));
            let pause = pause.min(self.request.retry.retry_after_cap);
            self.engine.pace.keep_quiet(pause);
            if let Some(own) = &self.request.pace {
                own.keep_quiet(pause);
            }
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

    fn after_status(&mut self, status: StatusCode, in_shape: bool, asked: Option<Duration>, failure: Failure) -> Next {
        let never = self.request.repeat == Repeat::Never;
        if never && (status == StatusCode::REQUEST_TIMEOUT || (status.is_server_error() && !in_shape)) {
            // Something before the service answered; what the service did with the request is not known.
            return Next::Fail(failure.with(|details| {
                details.kind = Kind::OutcomeUnknown;
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
        let pause = asked.unwrap_or_else(|| retry::pause(&self.request.retry, self.attempts));
        self.again(pause, failure)
    }

    /// A delete that finds nothing to delete, after an attempt that may have deleted it.
    fn done_before(&self, reply: &Reply) -> bool {
        self.maybe_executed && self.request.method == Method::DELETE && matches!(reply.status.as_u16(), 404 | 409)
    }

    fn after_loss(&mut self, lost: &Lost) -> Next {
        let never = self.request.repeat == Repeat::Never;
        let failure = self.failure(lost.kind, &lost.problem);
        self.maybe_executed |= lost.maybe_executed;
        if lost.maybe_executed && never && lost.kind != Kind::TooLarge {
            return Next::Fail(self.failure(
                Kind::OutcomeUnknown,
                &format!("{}; it may have been executed, so it is not sent again", lost.problem),
            ));
        }
        if lost.lasting {
            return Next::Fail(failure);
        }
        // A first lost connection is most often an idle one that the service closed: try a new one at once.
        let pause = if lost.maybe_executed && !self.lost_connection {
            Duration::ZERO
        } else {
            retry::pause(&self.request.retry, self.attempts)
        };
        self.lost_connection = true;
        self.again(pause, failure)
    }

    fn again(&self, pause: Duration, failure: Failure) -> Next {
        let in_time = Instant::now() + pause < self.deadline;
        if self.attempts < self.request.retry.attempts && in_time && self.engine.budget.spend() {
            Next::Again { pause, instead: failure }
        } else {
            Next::Fail(failure)
        }
    }

    async fn pause(&self, pause: Duration, instead: Failure) -> Result<(), Failure> {
        let until = Instant::now() + pause;
        if until >= self.deadline {
            return Err(self.finished(instead));
        }
        sleep_until(until.into()).await;
        Ok(())
    }

    fn failure(&self, kind: Kind, problem: &str) -> Failure {
        Failure::new(kind, format!("{}: {problem}", self.request.operation)).in_operation(&self.request.operation)
    }

    fn finished(&self, failure: Failure) -> Failure {
        failure.with(|details| {
            details.attempts = self.attempts;
            // An answer of the service to the last attempt speaks for the earlier ones too.
            let answered = details.kind == Kind::Status && details.status.is_some_and(|status| status < 500);
            details.maybe_executed = self.maybe_executed && self.request.method != Method::GET && !answered;
            if self.attempts > 1 {
                details.message = format!("{} (after {} attempts)", details.message, self.attempts);
            }
        })
    }
}
