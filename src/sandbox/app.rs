//! The sandbox without sockets: authorization, routing, validation, dispatch, and the effects of each request.

mod background;
mod control;
pub mod deliveries;
pub mod view;
mod webhook_events;

use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use percent_encoding::percent_decode_str;
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::sandbox::delivery::DeliverySimulator;
use crate::sandbox::faults::plan::FaultPlan;
use crate::sandbox::faults::{Faults, RequestFacts};
use crate::sandbox::handlers::crud;
use crate::sandbox::handlers::registry::Handler;
use crate::sandbox::media::multipart;
use crate::sandbox::options::{BASE_PATH, Options, StartError};
use crate::sandbox::query::Query;
use crate::sandbox::request_log::{ReceivedRequest, RequestId, RequestLog};
use crate::sandbox::response::{ApiError, Response, default_message};
use crate::sandbox::router::{Route, RouteLookup, Router};
use crate::sandbox::state::store::Store;
use crate::sandbox::state::{AccountState, fixtures};
use crate::sandbox::validate::Call;
use crate::sandbox::webhooks::dispatcher::{QueuedDelivery, WebhookDispatcher};
use crate::sandbox::webhooks::outbox::WebhookOutbox;
use crate::sandbox::{operation_matcher, query, validate};

/// A request with its complete body.
#[derive(Debug)]
pub struct Request {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub connection: u64,
}

/// A request that was recorded and routed, with the faults that apply to it.
#[derive(Debug)]
pub struct InFlightRequest {
    pub id: RequestId,
    pub plan: FaultPlan,
    pub route: RouteMatch,
}

/// The route of a request, or the response to a request without one.
#[derive(Debug)]
pub enum RouteMatch {
    Route { route: Route, path: Vec<String>, query: Query },
    NoRoute(Response),
}

impl RouteMatch {
    fn not_found() -> Self {
        Self::NoRoute(ApiError::new(404, "Not found").into())
    }
}

/// The sandbox's state and rules.
#[derive(Debug)]
pub struct App {
    router: Router,
    pub options: Options,
    /// The initial documents: a copy is faster than generating them again, and tests reset often.
    fixtures: Store,
    state: Mutex<AppState>,
    dispatcher: WebhookDispatcher,
    /// Wakes the delivery task when a step was scheduled.
    rescheduled: Notify,
}

#[derive(Debug, Default)]
struct AppState {
    account: AccountState,
    simulator: DeliverySimulator,
    webhooks: WebhookOutbox,
    faults: Faults,
    request_log: RequestLog,
    /// Number of resets: deliveries of an earlier generation are dropped.
    generation: u64,
}

impl App {
    /// The app, and the queue of its webhook deliveries.
    pub fn new(options: Options) -> Result<(Self, UnboundedReceiver<QueuedDelivery>), StartError> {
        let router = Router::from_model().map_err(|error| StartError::new(error.to_string()))?;
        let (dispatcher, deliveries) = WebhookDispatcher::new();
        let mut fixtures = fixtures::seed_account(options.seed).store;
        fixtures.forget_changes();
        let app = Self { router, options, fixtures, state: Mutex::default(), dispatcher, rescheduled: Notify::new() };
        app.reset();
        Ok((app, deliveries))
    }

    fn state(&self) -> MutexGuard<'_, AppState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records and routes a request, and plans its faults.
    pub fn begin(&self, request: &Request) -> InFlightRequest {
        let route = self.route(request);
        let received = ReceivedRequest::new(&request.method, &request.uri, &request.headers, &request.body, request.connection);
        let (operation, unknown) = match &route {
            RouteMatch::Route { route, query, .. } => (Some(route.operation.name.as_str()), query.unknown.clone()),
            RouteMatch::NoRoute(_) => (None, Vec::new()),
        };
        let path = decoded_path(&request.uri);
        let mut state = self.state();
        let plan = state.faults.plan(&request_facts(request, &route, &path));
        if plan.names.contains(&"offline") {
            state.refresh_offline();
        }
        let id = state.request_log.begin(received, operation, unknown, &plan.names);
        InFlightRequest { id, plan, route }
    }

    /// Executes a request.
    pub fn execute(&self, request: &Request, route: RouteMatch) -> Response {
        if !self.is_authorized(request) {
            let status = self.options.unauthorized;
            return ApiError::new(status, default_message(status)).into();
        }
        match route {
            RouteMatch::NoRoute(response) => response,
            RouteMatch::Route { route, path, query } => {
                let call = validate(route, path, query, request).map(|call| call.with_paging(self.options.paging));
                let response = call.and_then(|call| self.dispatch(route, &call));
                response.map_or_else(Response::from, |response| self.without_deleted(route, response))
            }
        }
    }

    /// The response to a delete, without a document if the options say so.
    fn without_deleted(&self, route: Route, response: Response) -> Response {
        let is_delete = route.operation.method == Method::DELETE;
        if is_delete && self.options.deleted == 204 { Response::no_content() } else { response }
    }

    /// Records the end of a request; `status` is `None` if the connection was closed without a response.
    pub fn end(&self, id: RequestId, status: Option<u16>, elapsed: Duration) {
        self.state().request_log.end(id, status, elapsed);
    }

    /// Runs the handler of a call, and applies the events that it causes.
    fn dispatch(&self, route: Route, call: &Call) -> Result<Response, ApiError> {
        let mut guard = self.state();
        let state = &mut *guard;
        state.simulator.advance(&mut state.account);
        let session = webhook_events::session_status(&state.account, call);
        let response = run_handler(&mut state.account, route, call);
        if let Ok(response) = &response {
            webhook_events::record_change(&mut state.account, call, response);
            webhook_events::record_session_change(&mut state.account, call, session);
        }
        state.simulator.advance(&mut state.account);
        self.apply_events(state);
        response
    }

    fn route(&self, request: &Request) -> RouteMatch {
        let Some(path) = request.uri.path().strip_prefix(BASE_PATH) else { return RouteMatch::not_found() };
        match self.router.find(&request.method, path) {
            RouteLookup::Routes(routes, path) => {
                let Some(index) = operation_matcher::best_match(routes.iter().map(|route| route.operation), &request.body) else {
                    return RouteMatch::not_found();
                };
                let Some(route) = routes.get(index) else { return RouteMatch::not_found() };
                let mut pairs = query::pairs(request.uri.query().unwrap_or_default());
                pairs.retain(|(name, _)| name != "token");
                RouteMatch::Route { route: *route, path, query: Query::parse(route.operation, pairs) }
            }
            RouteLookup::OtherMethods(methods) => {
                let allowed: Vec<_> = methods.iter().map(Method::as_str).collect();
                let error = Response::from(ApiError::new(405, "Method not allowed"));
                RouteMatch::NoRoute(error.with_header("allow", &allowed.join(", ")))
            }
            RouteLookup::NotFound => RouteMatch::not_found(),
        }
    }

    /// Whether the request has the API key in a header or, without such a header, in the query.
    pub fn is_authorized(&self, request: &Request) -> bool {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
        let authorization = header("authorization").map(|value| value.strip_prefix("Bearer ").unwrap_or(value));
        let key = self.options.api_key.as_str();
        match header("token").or(authorization) {
            Some(token) => token == key,
            None => query_token(&request.uri).as_deref() == Some(key),
        }
    }
}

impl AppState {
    fn refresh_offline(&mut self) {
        self.account.set_offline(self.faults.offline_devices());
    }
}

fn run_handler(state: &mut AccountState, route: Route, call: &Call) -> Result<Response, ApiError> {
    if !call.device().is_empty() {
        let device = state.find("devices", "", call.device())?;
        if route.needs_session() && state.session_status(device) != "online" {
            return Err(ApiError::offline(Some(&route.operation.name)));
        }
    }
    match route.handler {
        Handler::List(schema) => crud::list(state, schema, call),
        Handler::Get(schema) => crud::get(state, schema, call),
        Handler::Create(schema) => crud::create(state, schema, call),
        Handler::Update(schema) => crud::update(state, schema, call),
        Handler::Delete(schema) => crud::delete(state, schema, call),
        Handler::Custom(handler) => (handler.run)(state, call),
    }
}

/// Validates a request; a form is read as the equivalent JSON body and a file.
fn validate(route: Route, path: Vec<String>, query: Query, request: &Request) -> Result<Call, ApiError> {
    let Some(boundary) = multipart::boundary(&request.headers) else {
        return validate::call(route.operation, path, query, &request.body);
    };
    let (fields, file) = multipart::parse(route.operation, &boundary, &request.body)?;
    let mut call = validate::call(route.operation, path, query, fields.to_string().as_bytes())?;
    call.file = file;
    Ok(call)
}

/// The decoded path without the base path: a fault on a chat applies to every spelling of the chat's id.
fn decoded_path(uri: &Uri) -> Cow<'_, str> {
    let path = uri.path();
    percent_decode_str(path.strip_prefix(BASE_PATH).unwrap_or(path)).decode_utf8_lossy()
}

fn request_facts<'a>(request: &'a Request, route: &'a RouteMatch, path: &'a str) -> RequestFacts<'a> {
    let unrouted = RequestFacts { operation: None, method: request.method.as_str(), path, device: None, needs_session: false };
    let RouteMatch::Route { route, path, .. } = route else { return unrouted };
    let device = route.operation.parameters.iter().zip(path).find(|(parameter, _)| parameter.wire_name == "device");
    RequestFacts {
        operation: Some(&route.operation.name),
        device: device.map(|(_, value)| value.as_str()),
        needs_session: route.needs_session(),
        ..unrouted
    }
}

fn query_token(uri: &Uri) -> Option<String> {
    let pairs = query::pairs(uri.query()?);
    pairs.into_iter().find(|(name, _)| name == "token").map(|(_, value)| value)
}
