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
//! | `GET ui` | the page that shows documents and requests |
//! | `GET ui/data` | what it shows: `?collection=contacts&search=…&seen=<version>` |
//!
//! On a loopback address no key is required; on any other address a request without the key gets a 403, except `GET ui`.

use http::Method;
use serde_json::{Value, json};

use crate::sandbox::app::{App, Request};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::ui;

const PREFIX: &str = "/_sandbox/";
/// The path of the page.
const UI: &str = "ui";

/// Whether the request controls the sandbox instead of calling the API.
pub fn is_admin_path(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// Executes a control request. A sandbox beyond loopback requires the key, except for the page, which asks for it.
pub async fn handle(app: &App, request: &Request) -> Response {
    let is_open = app.options.is_loopback() || control_path(request) == UI;
    if !is_open && !app.is_authorized(request) {
        return ApiError::new(403, "Beyond loopback, /_sandbox/ needs the key").into();
    }
    let response = route(app, request).unwrap_or_else(Response::from);
    if control_path(request) == "settle" {
        app.webhooks_drained().await;
    }
    response
}

/// The path below the prefix, without a slash at its end.
fn control_path(request: &Request) -> &str {
    request.uri.path().strip_prefix(PREFIX).unwrap_or_default().trim_end_matches('/')
}

/// A control route: what it does with the app, the request and the parameter of the path.
struct Route {
    method: Method,
    /// Below the prefix. A last segment in `<>` is the parameter.
    path: &'static str,
    run: fn(&App, &Request, &str) -> Result<Response, ApiError>,
}

impl Route {
    const fn new(method: Method, path: &'static str, run: fn(&App, &Request, &str) -> Result<Response, ApiError>) -> Self {
        Self { method, path, run }
    }

    /// The parameter of a path, which is empty if the route has none; `None` if the route has another path.
    fn parameter<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.path.split_once('<') {
            Some((before, _)) => path.strip_prefix(before).filter(|parameter| !parameter.is_empty()),
            None => (path == self.path).then_some(""),
        }
    }
}

static ROUTES: [Route; 17] = [
    Route::new(Method::GET, "requests", |app, _, _| Ok(Response::ok(&app.requests()))),
    Route::new(Method::DELETE, "requests", |app, _, _| Ok(run(app, App::clear_requests))),
    Route::new(Method::POST, "reset", |app, _, _| Ok(run(app, App::reset))),
    Route::new(Method::POST, "seed", |app, request, _| seed(app, request)),
    Route::new(Method::POST, "scan/<device>", scan),
    Route::new(Method::GET, "faults", |app, _, _| Ok(Response::ok(&app.faults()))),
    Route::new(Method::POST, "faults", |app, request, _| add_fault(app, request)),
    Route::new(Method::DELETE, "faults", |app, _, _| Ok(run(app, App::clear_faults))),
    Route::new(Method::DELETE, "faults/<id>", |app, _, id| remove_fault(app, id)),
    Route::new(Method::POST, "incoming", |app, request, _| Ok(Response::json(201, &app.receive(&body(request)?)?))),
    Route::new(Method::POST, "settle", |app, request, _| settle(app, request)),
    Route::new(Method::PUT, "webhooks", |app, request, _| {
        app.set_webhook_delivery(&body(request)?).map(|()| Response::ok(&json!({})))
    }),
    Route::new(Method::PUT, "signature", |app, request, _| {
        app.set_webhook_signature(&body(request)?).map(|()| Response::ok(&json!({})))
    }),
    Route::new(Method::GET, "state", |app, _, _| Ok(Response::ok(&app.counts()))),
    Route::new(Method::GET, "state/<collection>", |app, _, collection| documents(app, collection)),
    Route::new(Method::GET, UI, |_, _, _| Ok(ui::page())),
    Route::new(Method::GET, "ui/data", |app, request, _| ui::data(app, request)),
];

fn route(app: &App, request: &Request) -> Result<Response, ApiError> {
    let path = control_path(request);
    let of_method = ROUTES.iter().filter(|route| route.method == request.method);
    match of_method.filter_map(|route| route.parameter(path).map(|parameter| (route, parameter))).next() {
        Some((route, parameter)) => (route.run)(app, request, parameter),
        None => Err(no_such_route(&request.method, path)),
    }
}

fn no_such_route(method: &Method, path: &str) -> ApiError {
    let routes: Vec<_> = ROUTES.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    ApiError::new(404, format!("There is no {method} {path} under {PREFIX}; there are {}", routes.join(", ")))
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
