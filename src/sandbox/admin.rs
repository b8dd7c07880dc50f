//! The sandbox's own routes, under `/_sandbox/`, for tests in any language.
//!
//! | method and path | what it does |
//! |---|---|
//! | `GET requests` | the journal, oldest first |
//! | `DELETE requests` | empties the journal |
//! | `POST reset` | the documents of the start; empties journal and faults |
//! | `POST seed` | adds documents: `{"contacts": [{"device": …, "phone": …}], …}` |
//! | `POST scan/<device>` | a phone scans the code of a device, which is online from then on; `{"phone": "+44…"}` or no body |
//! | `GET faults` | the faults that can still strike |
//! | `POST faults` | adds one: `{"kind": "status", "status": 503, "count": 2}`; answers its `id` |
//! | `DELETE faults`, `DELETE faults/<id>` | removes all, or one |
//! | `POST incoming` | a message from outside: `{"device": …, "from": "+447…", "body": "Hello"}`; answers it |
//! | `POST settle` | moves every message as far as it goes (`{"scheduled": true}`: those too); answers once webhooks are told |
//! | `PUT webhooks` | tells webhooks everything so often, at the next `settle` in reverse, or in lists: `{"copies": 2, "reverse": true, "batch": 25}` |
//! | `GET state` | the size of each collection |
//! | `GET state/<collection>` | its documents |
//!
//! No key is asked for on a loopback address; on any other the key is needed, else 403.

use http::Method;
use serde_json::{Value, json};

use crate::sandbox::app::{App, Request};
use crate::sandbox::response::{ApiError, Response};

const PREFIX: &str = "/_sandbox/";

/// Whether a path is one of these routes.
pub fn is_for(path: &str) -> bool {
    path.starts_with(PREFIX)
}

pub async fn answer(service: &App, request: &Request) -> Response {
    if !service.options.is_loopback() && !service.may_ask(request) {
        return ApiError::new(403, "Beyond loopback, /_sandbox/ needs the key").into();
    }
    let reply = routed(service, request).unwrap_or_else(Response::from);
    if request.uri.path().strip_prefix(PREFIX) == Some("settle") {
        service.told().await;
    }
    reply
}

fn routed(service: &App, request: &Request) -> Result<Response, ApiError> {
    let path = request.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match (&request.method, first, rest) {
        (&Method::GET, "requests", "") => Ok(Response::ok(&service.requests())),
        (&Method::DELETE, "requests", "") => Ok(done(service, App::clear_requests)),
        (&Method::POST, "reset", "") => Ok(done(service, App::reset)),
        (&Method::POST, "seed", "") => seed(service, request),
        (&Method::POST, "scan", device) => scan(service, request, device),
        (&Method::GET, "faults", "") => Ok(Response::ok(&service.faults())),
        (&Method::POST, "faults", "") => add_fault(service, request),
        (&Method::DELETE, "faults", "") => Ok(done(service, App::clear_faults)),
        (&Method::DELETE, "faults", id) => remove_fault(service, id),
        (&Method::POST, "incoming", "") => Ok(Response::json(201, &service.receive(&body(request)?)?)),
        (&Method::POST, "settle", "") => settle(service, request),
        (&Method::PUT, "webhooks", "") => service.set_telling(&body(request)?).map(|()| Response::ok(&json!({}))),
        (&Method::GET, "state", "") => Ok(Response::ok(&service.counts())),
        (&Method::GET, "state", collection) => documents(service, collection),
        _ => Err(ApiError::new(404, "There is no such route under /_sandbox/")),
    }
}

fn done(service: &App, act: fn(&App)) -> Response {
    act(service);
    Response::ok(&json!({}))
}

/// The body, if there is one, may say `{"scheduled": true}`.
fn settle(service: &App, request: &Request) -> Result<Response, ApiError> {
    let given = if request.body.is_empty() { json!({}) } else { body(request)? };
    service.settle(given.get("scheduled") == Some(&Value::Bool(true)));
    Ok(Response::ok(&json!({})))
}

fn seed(service: &App, request: &Request) -> Result<Response, ApiError> {
    service.seed(body(request)?).map_err(|error| ApiError::new(400, error.to_string()))?;
    Ok(Response::ok(&service.counts()))
}

fn scan(service: &App, request: &Request, device: &str) -> Result<Response, ApiError> {
    let given = if request.body.is_empty() { Value::Null } else { body(request)? };
    let phone = given.get("phone").and_then(Value::as_str).map(str::to_owned);
    service.scan(device, phone)?;
    Ok(Response::ok(&json!({"id": device, "status": "online"})))
}

fn add_fault(service: &App, request: &Request) -> Result<Response, ApiError> {
    let id = service.add_fault(body(request)?).map_err(|error| ApiError::new(400, error.to_string()))?;
    Ok(Response::json(201, &json!({"id": id})))
}

fn remove_fault(service: &App, id: &str) -> Result<Response, ApiError> {
    let removed = id.parse().is_ok_and(|id| service.remove_fault(id));
    if removed { Ok(Response::ok(&json!({}))) } else { Err(ApiError::new(404, "Fault not found")) }
}

fn documents(service: &App, collection: &str) -> Result<Response, ApiError> {
    let found = service.documents(collection);
    found.map(|documents| Response::ok(&documents)).ok_or_else(|| ApiError::new(404, "Collection not found"))
}

fn body(request: &Request) -> Result<Value, ApiError> {
    serde_json::from_slice(&request.body).map_err(|error| ApiError::new(400, format!("Invalid JSON body: {error}")))
}
