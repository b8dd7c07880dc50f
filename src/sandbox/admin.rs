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

use crate::sandbox::app::{Request, Service};
use crate::sandbox::response::{Refusal, Reply};

const PREFIX: &str = "/_sandbox/";

/// Whether a path is one of these routes.
pub fn is_for(path: &str) -> bool {
    path.starts_with(PREFIX)
}

pub async fn answer(service: &Service, request: &Request) -> Reply {
    if !service.options.is_loopback() && !service.may_ask(request) {
        return Refusal::new(403, "Beyond loopback, /_sandbox/ needs the key").into();
    }
    let reply = routed(service, request).unwrap_or_else(Reply::from);
    if request.uri.path().strip_prefix(PREFIX) == Some("settle") {
        service.told().await;
    }
    reply
}

fn routed(service: &Service, request: &Request) -> Result<Reply, Refusal> {
    let path = request.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match (&request.method, first, rest) {
        (&Method::GET, "requests", "") => Ok(Reply::ok(&service.requests())),
        (&Method::DELETE, "requests", "") => Ok(done(service, Service::clear_requests)),
        (&Method::POST, "reset", "") => Ok(done(service, Service::reset)),
        (&Method::POST, "seed", "") => seed(service, request),
        (&Method::POST, "scan", device) => scan(service, request, device),
        (&Method::GET, "faults", "") => Ok(Reply::ok(&service.faults())),
        (&Method::POST, "faults", "") => add_fault(service, request),
        (&Method::DELETE, "faults", "") => Ok(done(service, Service::clear_faults)),
        (&Method::DELETE, "faults", id) => remove_fault(service, id),
        (&Method::POST, "incoming", "") => Ok(Reply::json(201, &service.receive(&body(request)?)?)),
        (&Method::POST, "settle", "") => settle(service, request),
        (&Method::PUT, "webhooks", "") => service.set_telling(&body(request)?).map(|()| Reply::ok(&json!({}))),
        (&Method::GET, "state", "") => Ok(Reply::ok(&service.counts())),
        (&Method::GET, "state", collection) => documents(service, collection),
        _ => Err(Refusal::new(404, "There is no such route under /_sandbox/")),
    }
}

fn done(service: &Service, act: fn(&Service)) -> Reply {
    act(service);
    Reply::ok(&json!({}))
}

/// The body, if there is one, may say `{"scheduled": true}`.
fn settle(service: &Service, request: &Request) -> Result<Reply, Refusal> {
    let given = if request.body.is_empty() { json!({}) } else { body(request)? };
    service.settle(given.get("scheduled") == Some(&Value::Bool(true)));
    Ok(Reply::ok(&json!({})))
}

fn seed(service: &Service, request: &Request) -> Result<Reply, Refusal> {
    service.seed(body(request)?).map_err(|error| Refusal::new(400, error.to_string()))?;
    Ok(Reply::ok(&service.counts()))
}

fn scan(service: &Service, request: &Request, device: &str) -> Result<Reply, Refusal> {
    let given = if request.body.is_empty() { Value::Null } else { body(request)? };
    let phone = given.get("phone").and_then(Value::as_str).map(str::to_owned);
    service.scan(device, phone)?;
    Ok(Reply::ok(&json!({"id": device, "status": "online"})))
}

fn add_fault(service: &Service, request: &Request) -> Result<Reply, Refusal> {
    let id = service.add_fault(body(request)?).map_err(|error| Refusal::new(400, error.to_string()))?;
    Ok(Reply::json(201, &json!({"id": id})))
}

fn remove_fault(service: &Service, id: &str) -> Result<Reply, Refusal> {
    let removed = id.parse().is_ok_and(|id| service.remove_fault(id));
    if removed { Ok(Reply::ok(&json!({}))) } else { Err(Refusal::new(404, "Fault not found")) }
}

fn documents(service: &Service, collection: &str) -> Result<Reply, Refusal> {
    let found = service.documents(collection);
    found.map(|documents| Reply::ok(&documents)).ok_or_else(|| Refusal::new(404, "Collection not found"))
}

fn body(request: &Request) -> Result<Value, Refusal> {
    serde_json::from_slice(&request.body).map_err(|error| Refusal::new(400, format!("Invalid JSON body: {error}")))
}
