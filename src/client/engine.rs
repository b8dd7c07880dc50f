//! One call: waits its turn, sends, repeats where the row allows it, and says what came of it.

use std::path::Path;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use tokio::time::{sleep_until, timeout_at};

use super::config::Config;
use super::failure::{Failure, Kind};
use super::limit::{Pace, RetryBudget};
use super::reply::Reply;
use super::request::{Body, Request};
use super::retry;
use super::save::Saving;
use super::transport::Transport;
use super::upload;
use crate::api::Repeat;

/// What one attempt came to, where it brought no answer.
#[derive(Debug)]
struct Lost {
    kind: Kind,
    problem: String,
    /// Whether the service may have read the request: everything after the connection was made.
    maybe_executed: bool,
    /// Whether another attempt can bring anything else.
    lasting: bool,
}

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
        self.maybe_executed |= status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT;
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

impl Lost {
    fn queued() -> Self {
        let problem = "its time was up before one of the client's connections was free; raise max_in_flight, or allow more time";
        Self { kind: Kind::Timeout, problem: problem.to_owned(), maybe_executed: false, lasting: true }
    }

    fn too_large(most: usize) -> Self {
        let problem = format!("the answer is larger than {most} bytes; ask for a smaller page, or raise max_answer_bytes");
        Self { kind: Kind::TooLarge, problem, maybe_executed: true, lasting: true }
    }

    fn unreadable(name: &str, error: &std::io::Error) -> Self {
        let problem = format!("the file {name:?} cannot be read: {error}");
        Self { kind: Kind::InvalidArgument, problem, maybe_executed: false, lasting: true }
    }

    fn unwritable(target: &Path, error: &std::io::Error) -> Self {
        let problem = format!("the answer cannot be saved to {}: {error}", target.display());
        Self { kind: Kind::Config, problem, maybe_executed: false, lasting: true }
    }

    fn silent(request: &Request, at_deadline: bool) -> Self {
        let problem = if at_deadline {
            format!("no complete answer within {:?}, the call's time limit", request.total)
        } else {
            format!("the service sent nothing for {:?}", request.read)
        };
        Self { kind: Kind::Timeout, problem, maybe_executed: true, lasting: at_deadline }
    }

    fn from_transport(error: &reqwest::Error, config: &Config) -> Self {
        let cause = config.key.scrub(&innermost(error));
        if error.is_connect() {
            return Self::not_connected(error, &cause, config);
        }
        if error.is_builder() || error.is_request() && cause.contains("invalid URI") {
            return Self { kind: Kind::Config, problem: cause, maybe_executed: false, lasting: true };
        }
        if error.is_decode() || error.is_body() {
            let problem = format!("the answer broke off: {cause}");
            return Self { kind: Kind::Incomplete, problem, maybe_executed: true, lasting: false };
        }
        let problem = format!("the connection to {} was lost before an answer came: {cause}", config.base.as_str());
        Self { kind: Kind::Connection, problem, maybe_executed: true, lasting: false }
    }

    fn not_connected(error: &reqwest::Error, cause: &str, config: &Config) -> Self {
        let base = config.base.as_str();
        if cause.contains("certificate") {
            let problem = format!(
                "the certificate of {base} is not trusted: {cause}. If your network has its own authority, pass ca_bundle=, or set SSL_CERT_FILE"
            );
            return Self { kind: Kind::Connection, problem, maybe_executed: false, lasting: true };
        }
        let reason =
            if error.is_timeout() { format!("no connection within {:?}", config.timeouts.connect) } else { cause.to_owned() };
        let problem = format!("cannot connect to {base}: {reason}. Check base_url, the network and any proxy; nothing was sent");
        Self { kind: Kind::Connection, problem, maybe_executed: false, lasting: false }
    }
}

/// The message of the last error in the chain: the one that says what happened.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
