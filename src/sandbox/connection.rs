//! One TCP connection: requests in, answers out, broken off where a fault says so.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, StatusCode};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::sandbox::admin;
use crate::sandbox::app::{App, Request, RouteMatch};
use crate::sandbox::faults::plan::{FaultPlan, ResponseOutcome};
use crate::sandbox::request_log::RequestId;
use crate::sandbox::response::{ApiError, Response};

/// The largest body that is read; what is larger gets a 413.
const BODY_LIMIT: usize = 128 << 20;

/// Serves requests until the client leaves or a fault ends the connection.
pub async fn serve(service: Arc<App>, stream: TcpStream, number: u64) {
    let _ = stream.set_nodelay(true);
    let reset = Rc::new(Cell::new(false));
    let answering = service_fn(|request| {
        let (service, reset) = (service.clone(), reset.clone());
        // Boxed, so that the connection can be moved out of to reach its socket.
        Box::pin(async move { answer(&service, request, number).await.inspect_err(|_| reset.set(true)) })
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), answering);
    let ended = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let stream = connection.into_parts().io.into_inner();
    if reset.get() {
        // Closing a socket with zero linger sends RST in place of FIN.
        let _ = stream.set_zero_linger();
    } else if ended.is_ok() {
        let _ = tokio::io::AsyncWriteExt::shutdown(&mut { stream }).await;
    }
}

/// The connection is to be reset.
#[derive(Debug)]
struct Reset;

impl std::fmt::Display for Reset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a fault resets the connection")
    }
}

impl std::error::Error for Reset {}

async fn answer(service: &App, request: http::Request<Incoming>, connection: u64) -> Result<http::Response<Answer>, Reset> {
    let started = Instant::now();
    let request = match read(request, connection).await {
        Ok(request) => request,
        Err(reply) => return Ok(response(reply, None, None)),
    };
    if admin::is_for(request.uri.path()) {
        return Ok(response(admin::answer(service, &request).await, None, None));
    }
    let begun = service.begin(&request);
    let departure = carry_out(service, &request, begun.asked, begun.plan).await;
    let status = match &departure {
        ResponseOutcome::Whole(reply) | ResponseOutcome::Cut(reply, _) => Some(reply.status),
        ResponseOutcome::Reset => None,
    };
    service.end(begun.ticket, status, started.elapsed());
    match departure {
        ResponseOutcome::Whole(reply) => Ok(response(reply, Some(begun.ticket), None)),
        ResponseOutcome::Cut(reply, kept) => Ok(response(reply, Some(begun.ticket), Some(kept))),
        ResponseOutcome::Reset => Err(Reset),
    }
}

/// Executes the request and waits, in the order and as far as the plan says.
async fn carry_out(service: &App, request: &Request, asked: RouteMatch, plan: FaultPlan) -> ResponseOutcome {
    if plan.waits_first {
        tokio::time::sleep(plan.wait).await;
    }
    let reply = plan.executes().then(|| service.execute(request, asked));
    if !plan.waits_first && !plan.wait.is_zero() {
        tokio::time::sleep(plan.wait).await;
    }
    plan.depart(reply)
}

async fn read(request: http::Request<Incoming>, connection: u64) -> Result<Request, Response> {
    let (parts, body) = request.into_parts();
    let collected = http_body_util::Limited::new(body, BODY_LIMIT).collect().await;
    let body = collected.map_err(|error| Response::from(body_refusal(error.as_ref())))?.to_bytes();
    Ok(Request { method: parts.method, uri: parts.uri, headers: parts.headers, body, connection })
}

fn body_refusal(error: &(dyn std::error::Error + 'static)) -> ApiError {
    if error.is::<http_body_util::LengthLimitError>() {
        ApiError::new(413, "Payload too large")
    } else {
        ApiError::new(400, "The body broke off")
    }
}

fn response(reply: Response, ticket: Option<RequestId>, kept: Option<usize>) -> http::Response<Answer> {
    let length = reply.body.len();
    let mut response = http::Response::new(Answer::new(reply.body, kept));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if let Ok(content_type) = HeaderValue::try_from(reply.content_type.as_ref()) {
        headers.insert(CONTENT_TYPE, content_type);
    }
    headers.insert(CONTENT_LENGTH, length.into());
    if let Some(id) = ticket.and_then(|ticket| HeaderValue::try_from(ticket.request_id()).ok()) {
        headers.insert("x-request-id", id);
    }
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    response
}

/// The body of an answer, whole or broken off.
#[derive(Debug)]
struct Answer {
    rest: Bytes,
    /// Announced and never sent.
    missing: usize,
    stage: Stage,
}

#[derive(Debug, PartialEq)]
enum Stage {
    Sending,
    /// The bytes that are to arrive have to leave before the connection ends.
    Flushing,
    Ended,
}

impl Answer {
    fn new(mut body: Bytes, kept: Option<usize>) -> Self {
        let whole = body.len();
        body.truncate(kept.unwrap_or(whole));
        let (missing, stage) = (whole - body.len(), if body.is_empty() { Stage::Flushing } else { Stage::Sending });
        Self { rest: body, missing, stage }
    }
}

/// Breaks an answer off.
#[derive(Debug)]
struct BrokenOff;

impl std::fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a fault breaks the answer off")
    }
}

impl std::error::Error for BrokenOff {}

impl Body for Answer {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        match self.stage {
            Stage::Sending => {
                self.stage = Stage::Flushing;
                Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.rest)))))
            }
            Stage::Flushing if self.missing > 0 => {
                self.stage = Stage::Ended;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Stage::Ended if self.missing > 0 => Poll::Ready(Some(Err(BrokenOff))),
            Stage::Flushing | Stage::Ended => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.missing == 0 && self.stage != Stage::Sending
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact((self.rest.len() + self.missing) as u64)
    }
}
