//! One attempt: one HTTP request and its complete response.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, RANGE};
use http::{HeaderMap, HeaderValue, StatusCode};
use reqwest::RequestBuilder;
use tokio::time::timeout_at;

use crate::client::config::Config;
use crate::client::error::ErrorKind;
use crate::client::execute::attempt_error::AttemptError;
use crate::client::execute::route::Route;
use crate::client::request::{Body, Request, multipart};
use crate::client::response::Response;
use crate::client::response::body_buffer::ChunkBuffer;
use crate::client::response::body_reader::{BodyError, BodyReader, ContentEncoding};
use crate::client::response::download::Download;
use crate::client::transport::connection_tracker::ConnectionTracker;
use crate::client::transport::pool::RuntimeClients;

/// Maximum number of bytes kept of an error body.
const MAX_ERROR_BODY: usize = 64 << 10;

pub(super) struct Attempt<'a> {
    pub config: &'a Config,
    pub clients: &'a RuntimeClients,
    pub request: &'a Request,
    pub deadline: Instant,
    pub force_new_connection: bool,
    pub tracker: Arc<ConnectionTracker>,
}

impl Attempt<'_> {
    /// Sends the request and reads the response. The caller fills in the attempts and the elapsed time.
    pub async fn send(&self) -> Result<Response, AttemptError> {
        if let Some(dispatched) = &self.request.sinks.dispatched {
            dispatched.store(true, Ordering::Release);
        }
        let policy = &self.request.policy;
        let route = Route::choose(self.clients, self.request, self.force_new_connection).await;
        let sent = self.tracker.scope(self.build_http_request(route.client(self.clients))?.send());
        let mut response = self.with_read_timeout(sent).await.inspect_err(|_| route.record_failure())?;
        if !policy.idempotent {
            self.clients.reuse.record_headers(response.headers());
        }
        route.record_response(self.clients, &self.tracker);
        let (status, mut headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = self.read_body(response, status, &mut headers).await.map_err(|error| error.with_status(status))?;
        let response = Response { status, headers, body, attempts: 0, elapsed: Duration::ZERO, warnings: Vec::new() };
        if !self.request.policy.is_binary && response.is_truncated() {
            return Err(AttemptError::truncated().with_status(status));
        }
        Ok(response)
    }

    /// Whether the service closed the reused connection of the attempt, or a load balancer may have dropped it silently.
    pub fn is_connection_lost(&self, error: &AttemptError) -> bool {
        let is_silent = error.kind == ErrorKind::Timeout && error.status.is_none() && self.tracker.is_reused();
        error.stale_connection || is_silent && !self.request.policy.idempotent
    }

    fn build_http_request(&self, client: &reqwest::Client) -> Result<RequestBuilder, AttemptError> {
        let http = &self.request.http;
        let mut request = reqwest::Request::new(http.method.clone(), http.url.clone());
        *request.headers_mut() = self.build_headers();
        match &http.body {
            None => Ok(RequestBuilder::from_parts(client.clone(), request)),
            Some(Body::Json(json)) => {
                *request.body_mut() = Some(json.clone().into());
                Ok(RequestBuilder::from_parts(client.clone(), request))
            }
            Some(Body::Form { fields, file_field, upload }) => {
                let progress = self.request.sinks.progress.clone();
                let form = multipart::build_form(fields, file_field, upload, progress, Arc::clone(&self.tracker));
                let form = form.map_err(|error| AttemptError::file_read_error(&error))?;
                Ok(RequestBuilder::from_parts(client.clone(), request).multipart(form))
            }
        }
    }

    /// The headers of the client, of the body and of the call.
    fn build_headers(&self) -> HeaderMap {
        let http = &self.request.http;
        let mut headers = self.clients.headers.clone();
        // A part of a compressed body cannot be decoded.
        if !http.headers.contains_key(RANGE) {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if matches!(http.body, Some(Body::Json(_))) {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if self.request.policy.is_binary {
            headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        }
        headers.extend(http.headers.clone());
        headers
    }

    async fn read_body(
        &self,
        response: reqwest::Response,
        status: StatusCode,
        headers: &mut HeaderMap,
    ) -> Result<Bytes, AttemptError> {
        let encoding = ContentEncoding::of(headers);
        let mut body = BodyReader::new(response, headers, &encoding);
        let result = match (encoding, &self.request.sinks.save_to) {
            (ContentEncoding::Unsupported(names), _) if status.is_success() => Err(AttemptError::unsupported_encoding(&names)),
            // The status of an error is enough; its body cannot be decoded.
            (ContentEncoding::Unsupported(_), _) => Ok(Bytes::new()),
            _ if !status.is_success() => self.read_error_body(&mut body).await,
            // Boxed, because every call has room for the largest future.
            (_, Some(target)) => Box::pin(self.save_body(&mut body, target)).await,
            (_, None) => self.read_to_memory(&mut body).await,
        };
        if !body.is_ended {
            discard(body).await;
        }
        result
    }

    async fn read_to_memory(&self, body: &mut BodyReader) -> Result<Bytes, AttemptError> {
        let total = body.length();
        let limit = self.request.policy.max_response_bytes.unwrap_or(self.config.limits.max_response_bytes);
        if total.is_some_and(|total| total > limit as u64) {
            return Err(AttemptError::too_large(limit));
        }
        let Some(first) = self.with_read_timeout(body.chunk()).await? else {
            return Ok(Bytes::new());
        };
        let mut buffer = ChunkBuffer::with_capacity_hint(total);
        let mut next = Some(first);
        while let Some(chunk) = next {
            let length = buffer.len() + chunk.len();
            if length > limit {
                return Err(AttemptError::too_large(limit));
            }
            self.report_progress(length, total);
            next = self.with_read_timeout(body.chunk()).await?;
            // A body of one chunk is not copied.
            if next.is_none() && length == chunk.len() {
                return Ok(chunk);
            }
            buffer.push(&chunk);
        }
        Ok(buffer.into_bytes())
    }

    async fn read_error_body(&self, body: &mut BodyReader) -> Result<Bytes, AttemptError> {
        let mut read = BytesMut::new();
        while let Some(chunk) = self.with_read_timeout(body.chunk()).await? {
            let capacity = MAX_ERROR_BODY - read.len();
            read.extend_from_slice(chunk.get(..capacity).unwrap_or(&chunk));
            if read.len() == MAX_ERROR_BODY {
                break;
            }
        }
        Ok(read.freeze())
    }

    /// Writes the body to a file, a FIFO or a device. It may have any size, unless the call has a limit of its own.
    async fn save_body(&self, body: &mut BodyReader, target: &Path) -> Result<Bytes, AttemptError> {
        let limit = self.request.policy.max_response_bytes.unwrap_or(usize::MAX);
        let total = body.length();
        if total.is_some_and(|total| total > limit as u64) {
            return Err(AttemptError::too_large(limit));
        }
        let write_error = |error: std::io::Error| AttemptError::file_write_error(target, &error);
        let mut file = Download::create(target).map_err(write_error)?;
        let mut written = 0;
        while let Some(chunk) = self.with_read_timeout(body.chunk()).await? {
            written += chunk.len();
            if written > limit {
                return Err(AttemptError::too_large(limit));
            }
            file.write(&chunk).map_err(write_error)?;
            self.report_progress(written, total);
        }
        match timeout_at(self.deadline.into(), file.finish()).await {
            Ok(finished) => finished.map_err(write_error)?,
            Err(_) => return Err(write_error(std::io::Error::other("nothing reads it within the total timeout of the call"))),
        }
        Ok(Bytes::new())
    }

    fn report_progress(&self, done: usize, total: Option<u64>) {
        if let Some(progress) = self.request.sinks.progress.as_ref().filter(|_| self.request.policy.is_binary) {
            progress.report(done as u64, total);
        }
    }

    fn to_error(&self, error: &BodyError) -> AttemptError {
        AttemptError::from_body(error, &self.tracker, self.request.http.body.is_some(), self.config)
    }

    /// Runs `future` until the read timeout or the deadline. Connecting has a timeout of its own, and each chunk of an
    /// upload restarts the read timeout.
    async fn with_read_timeout<T, E>(&self, future: impl Future<Output = Result<T, E>>) -> Result<T, AttemptError>
    where
        E: Into<BodyError>,
    {
        let mut future = std::pin::pin!(future);
        let mut last_activity = Instant::now();
        loop {
            let timeout = (last_activity + self.request.policy.read_timeout).min(self.deadline);
            if let Ok(result) = timeout_at(timeout.into(), future.as_mut()).await {
                return result.map_err(|error| self.to_error(&error.into()));
            }
            let activity = if self.tracker.is_connecting() { Instant::now() } else { self.tracker.last_activity() };
            if timeout == self.deadline || activity <= last_activity {
                return Err(AttemptError::timed_out(&self.request.policy, &self.tracker, timeout == self.deadline));
            }
            last_activity = activity;
        }
    }
}

/// Drops a body that is not read to its end, and closes its connection. A connection closes when its runtime runs
/// next. For a blocking client that would be the next call; until then the service would wait for the client to read.
async fn discard(body: BodyReader) {
    drop(body);
    // The task of the connection may yield once before it closes: with a single pass, 1 % of the connections stayed open.
    for _ in 0..2 {
        tokio::task::yield_now().await;
    }
}
