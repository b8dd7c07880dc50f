//! The sandbox's admin routes under `/_sandbox/`, for tests in any language.
//!
//! | method and path | what it does |
//! |---|---|
//! | `GET requests` | the request log, oldest first |
//! | `DELETE requests` | clears the request log |
//! | `POST reset` | restores the initial documents; clears the request log and the faults |
//! | `POST seed` | adds documents: `{"contacts": [{"device": …, "phone": …}], …}` |
//! | `POST scan/<device>` | scans the code of a device, whose session is online after that; `{"phone": "+44…"}` or no body |
//! | `GET faults` | the faults that still apply |
//! | `POST faults` | adds a fault: `{"kind": "status", "status": 503, "count": 2}`; returns its `id` |
//! | `DELETE faults`, `DELETE faults/<id>` | removes all faults, or one |
//! | `POST incoming` | causes an event: `{"device": …, "from": "+447…", "type": "text", "body": "Hello"}`; returns the message or group that it is about. The types are in `delivery::inbound` |
//! | `POST settle` | runs every step of every message (`{"scheduled": true}`: of scheduled ones too); responds when all webhooks are delivered |
//! | `PUT webhooks` | delivers each event several times, or at the next `settle` in reverse or in lists: `{"copies": 2, "reverse": true, "batch": 25}` |
//! | `PUT signature` | signs the deliveries that follow: `{"key": …, "header": "X-SparkBot-Signature"}`; `{}` ends it |
//! | `GET state` | the number of documents in each collection |
//! | `GET state/<collection>` | the documents of a collection |
//!
//! On a loopback address no key is required; on any other address a request without the key gets a 403.

use http::Method;
use serde_json::{Value, json};

use crate::sandbox::app::{App, Request};
use crate::sandbox::response::{ApiError, Response};

const PREFIX: &str = "/_sandbox/";

/// Whether the request controls the sandbox instead of calling the API.
pub fn is_admin_path(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// Executes a control request. A sandbox beyond loopback requires the key.
pub async fn handle(app: &App, request: &Request) -> Response {
    if !app.options.is_loopback() && !app.is_authorized(request) {
        return ApiError::new(403, "Beyond loopback, /_sandbox/ needs the key").into();
    }
    let response = route(app, request).unwrap_or_else(Response::from);
    if request.uri.path().strip_prefix(PREFIX) == Some("settle") {
        app.webhooks_drained().await;
    }
    response
}

fn route(app: &App, request: &Request) -> Result<Response, ApiError> {
    let path = request.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match (&request.method, first, rest) {
        (&Method::GET, "requests", "") => Ok(Response::ok(&app.requests())),
        (&Method::DELETE, "requests", "") => Ok(run(app, App::clear_requests)),
        (&Method::POST, "reset", "") => Ok(run(app, App::reset)),
        (&Method::POST, "seed", "") => seed(app, request),
        (&Method::POST, "scan", device) => scan(app, request, device),
        (&Method::GET, "faults", "") => Ok(Response::ok(&app.faults())),
        (&Method::POST, "faults", "") => add_fault(app, request),
        (&Method::DELETE, "faults", "") => Ok(run(app, App::clear_faults)),
        (&Method::DELETE, "faults", id) => remove_fault(app, id),
        (&Method::POST, "incoming", "") => Ok(Response::json(201, &app.receive(&body(request)?)?)),
        (&Method::POST, "settle", "") => settle(app, request),
        (&Method::PUT, "webhooks", "") => app.set_webhook_delivery(&body(request)?).map(|()| Response::ok(&json!({}))),
        (&Method::PUT, "signature", "") => app.set_webhook_signature(&body(request)?).map(|()| Response::ok(&json!({}))),
        (&Method::GET, "state", "") => Ok(Response::ok(&app.counts())),
        (&Method::GET, "state", collection) => documents(app, collection),
        _ => Err(ApiError::new(404, "There is no such route under /_sandbox/")),
    }
}

fn run(app: &App, action: fn(&App)) -> Response {
    action(app);
    Response::ok(&json!({}))
}

fn settle(app: &App, request: &Request) -> Result<Response, ApiError> {
    let options = optional_body(request)?;
    app.settle(options.get("scheduled") == Some(&Value::Bool(true)));
    Ok(Response::ok(&json!({})))
}

fn seed(app: &App, request: &Request) -> Result<Response, ApiError> {
    app.seed(body(request)?).map_err(|error| ApiError::new(400, error.to_string()))?;
    Ok(Response::ok(&app.counts()))
}

fn scan(app: &App, request: &Request, device: &str) -> Result<Response, ApiError> {
    let phone = optional_body(request)?.get("phone").and_then(Value::as_str).map(str::to_owned);
    app.scan(device, phone)?;
    Ok(Response::ok(&json!({"id": device, "status": "online"})))
}

fn add_fault(app: &App, request: &Request) -> Result<Response, ApiError> {
    let id = app.add_fault(body(request)?).map_err(|error| ApiError::new(400, error.to_string()))?;
    Ok(Response::json(201, &json!({"id": id})))
}

fn remove_fault(app: &App, id: &str) -> Result<Response, ApiError> {
    let removed = id.parse().is_ok_and(|id| app.remove_fault(id));
    if removed { Ok(Response::ok(&json!({}))) } else { Err(ApiError::new(404, "Fault not found")) }
}

fn documents(app: &App, collection: &str) -> Result<Response, ApiError> {
    let documents = app.documents(collection).ok_or_else(|| ApiError::new(404, "Collection not found"))?;
    Ok(Response::ok(&documents))
}

fn optional_body(request: &Request) -> Result<Value, ApiError> {
    if request.body.is_empty() { Ok(Value::Null) } else { body(request) }
}

fn body(request: &Request) -> Result<Value, ApiError> {
    serde_json::from_slice(&request.body).map_err(|error| ApiError::new(400, format!("Invalid JSON body: {error}")))
}
