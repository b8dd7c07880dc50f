//! One TCP connection: HTTP requests and responses, reset or truncated as the faults demand.

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

/// The largest request body; a larger one gets a 413.
const MAX_BODY: usize = 128 << 20;

/// Serves requests until the client disconnects or a fault ends the connection.
pub async fn serve(app: Arc<App>, stream: TcpStream, number: u64) {
    let _ = stream.set_nodelay(true);
    let reset = Rc::new(Cell::new(false));
    let service = service_fn(|request| {
        let (app, reset) = (app.clone(), reset.clone());
        // Boxed, so that the connection is `Unpin` and can give its socket back.
        Box::pin(async move { handle(&app, request, number).await.inspect_err(|_| reset.set(true)) })
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let result = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let stream = connection.into_parts().io.into_inner();
    if reset.get() {
        // A socket with zero linger is closed with RST instead of FIN.
        let _ = stream.set_zero_linger();
    } else if result.is_ok() {
        let _ = tokio::io::AsyncWriteExt::shutdown(&mut { stream }).await;
    }
}

/// A fault breaks the connection.
#[derive(Debug)]
struct BrokenConnection;

impl std::fmt::Display for BrokenConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a fault breaks the connection")
    }
}

impl std::error::Error for BrokenConnection {}

async fn handle(
    app: &App,
    request: http::Request<Incoming>,
    connection: u64,
) -> Result<http::Response<ResponseBody>, BrokenConnection> {
    let started_at = Instant::now();
    let request = match read(request, connection).await {
        Ok(request) => request,
        Err(response) => return Ok(http_response(response, None, None)),
    };
    if admin::is_admin_path(request.uri.path()) {
        return Ok(http_response(admin::handle(app, &request).await, None, None));
    }
    let in_flight = app.begin(&request);
    let outcome = execute_with_faults(app, &request, in_flight.route, in_flight.plan).await;
    app.end(in_flight.id, outcome.status(), started_at.elapsed());
    match outcome {
        ResponseOutcome::Complete(response) => Ok(http_response(response, Some(in_flight.id), None)),
        ResponseOutcome::Truncated(response, length) => Ok(http_response(response, Some(in_flight.id), Some(length))),
        ResponseOutcome::Reset => Err(BrokenConnection),
    }
}

/// Delays and executes the request as its fault plan demands.
async fn execute_with_faults(app: &App, request: &Request, route: RouteMatch, plan: FaultPlan) -> ResponseOutcome {
    if plan.delay_first {
        tokio::time::sleep(plan.delay).await;
    }
    let response = plan.executes().then(|| app.execute(request, route));
    if !plan.delay_first && !plan.delay.is_zero() {
        tokio::time::sleep(plan.delay).await;
    }
    plan.into_outcome(response)
}

async fn read(request: http::Request<Incoming>, connection: u64) -> Result<Request, Response> {
    let (parts, body) = request.into_parts();
    let collected = http_body_util::Limited::new(body, MAX_BODY).collect().await;
    let body = collected.map_err(|error| Response::from(body_error(error.as_ref())))?.to_bytes();
    Ok(Request { method: parts.method, uri: parts.uri, headers: parts.headers, body, connection })
}

fn body_error(error: &(dyn std::error::Error + 'static)) -> ApiError {
    if error.is::<http_body_util::LengthLimitError>() {
        ApiError::new(413, "Payload too large")
    } else {
        ApiError::new(400, "The body is incomplete")
    }
}

fn http_response(response: Response, id: Option<RequestId>, truncate_at: Option<usize>) -> http::Response<ResponseBody> {
    let length = response.body.len();
    let mut http_response = http::Response::new(ResponseBody::new(response.body, truncate_at));
    *http_response.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = http_response.headers_mut();
    if response.status != 204 {
        if let Ok(content_type) = HeaderValue::try_from(response.content_type.as_ref()) {
            headers.insert(CONTENT_TYPE, content_type);
        }
        headers.insert(CONTENT_LENGTH, length.into());
    }
    if let Some(id) = id.and_then(|id| HeaderValue::try_from(id.header_value()).ok()) {
        headers.insert("x-request-id", id);
    }
    for (name, value) in response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    http_response
}

/// A response body, complete or truncated.
#[derive(Debug)]
struct ResponseBody {
    rest: Bytes,
    /// Bytes of the announced length that are never sent.
    missing: usize,
    state: BodyState,
}

#[derive(Debug, PartialEq)]
enum BodyState {
    Sending,
    /// The bytes before the truncation must be flushed before the connection ends.
    Flushing,
    Ended,
}

impl ResponseBody {
    fn new(mut body: Bytes, truncate_at: Option<usize>) -> Self {
        let length = body.len();
        body.truncate(truncate_at.unwrap_or(length));
        let (missing, state) = (length - body.len(), if body.is_empty() { BodyState::Flushing } else { BodyState::Sending });
        Self { rest: body, missing, state }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = BrokenConnection;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BrokenConnection>>> {
        match self.state {
            BodyState::Sending => {
                self.state = BodyState::Flushing;
                Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.rest)))))
            }
            BodyState::Flushing if self.missing > 0 => {
                self.state = BodyState::Ended;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            BodyState::Ended if self.missing > 0 => Poll::Ready(Some(Err(BrokenConnection))),
            BodyState::Flushing | BodyState::Ended => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.missing == 0 && self.state != BodyState::Sending
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact((self.rest.len() + self.missing) as u64)
    }
}
