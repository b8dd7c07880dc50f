//! The service without its sockets: who may ask, which row is meant, what is answered, what is noted.

mod background;

use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::sandbox::faults::plan::FaultPlan;
use crate::sandbox::faults::{FaultError, Faults, RequestFacts, offline};
use crate::sandbox::handlers;
use crate::sandbox::handlers::crud;
use crate::sandbox::handlers::crud::Handler;
use crate::sandbox::media::multipart;
use crate::sandbox::query;
use crate::sandbox::query::Query;
use crate::sandbox::request_log::{ReceivedRequest, RecordedRequest, RequestId, RequestLog};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::router::operation_matcher;
use crate::sandbox::router::{Route, RouteLookup, Router};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::delivery;
use crate::sandbox::state::fixtures;
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::SeedError;
use crate::sandbox::state::store::Store;
use crate::sandbox::validate;
use crate::sandbox::validate::Call;
use crate::sandbox::webhooks::dispatcher::{WebhookDelivery, WebhookDispatcher};
use crate::sandbox::webhooks::events;
use crate::sandbox::{BASE_PATH, Options, StartError};

use crate::sandbox::app::background::WebhookDeliveryOptions;

/// A request with its whole body.
#[derive(Debug)]
pub struct Request {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub connection: u64,
}

/// A request that is under way: noted, with its route and what faults make of it.
#[derive(Debug)]
pub struct InFlightRequest {
    pub ticket: RequestId,
    pub plan: FaultPlan,
    pub asked: RouteMatch,
}

/// The route that a request takes, or why it takes none.
#[derive(Debug)]
pub enum RouteMatch {
    Route { route: Route, path: Vec<String>, query: Query },
    Refused(Response),
}

/// The sandbox's state and its rules.
#[derive(Debug)]
pub struct App {
    router: Router,
    pub options: Options,
    /// The documents of the start: making them takes longer than copying them, and tests start anew all the time.
    start: Store,
    state: Mutex<AppState>,
    deliveries: WebhookDispatcher,
    /// Awakes whoever moves the messages, when the next moment has become another.
    moved: Notify,
}

#[derive(Debug, Default)]
struct AppState {
    world: AccountState,
    faults: Faults,
    journal: RequestLog,
    /// How often the sandbox was reset: what happened before is told to nobody after it.
    era: u64,
    telling: WebhookDeliveryOptions,
}

impl App {
    /// The service, and what its webhooks are to be told.
    pub fn new(options: Options) -> Result<(Self, UnboundedReceiver<WebhookDelivery>), StartError> {
        let router = Router::of_the_table().map_err(|error| StartError::new(error.to_string()))?;
        let (deliveries, parcels) = WebhookDispatcher::new();
        let start = fixtures::world(options.seed).store;
        let service = Self { router, options, start, state: Mutex::default(), deliveries, moved: Notify::new() };
        service.reset();
        Ok((service, parcels))
    }

    fn state(&self) -> MutexGuard<'_, AppState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a request and asks the faults about it.
    pub fn begin(&self, request: &Request) -> InFlightRequest {
        let asked = self.asked(request);
        let received = ReceivedRequest::new(&request.method, &request.uri, &request.headers, &request.body, request.connection);
        let (operation, unknown) = match &asked {
            RouteMatch::Route { route, query, .. } => (Some(route.operation.name.as_str()), query.unknown.clone()),
            RouteMatch::Refused(_) => (None, Vec::new()),
        };
        let path = under_the_base(&request.uri);
        let mut state = self.state();
        let plan = state.faults.plan(&facts(request, &asked, &path));
        if plan.names.contains(&"offline") {
            state.refresh_offline();
        }
        let ticket = state.journal.begin(received, operation, unknown, &plan.names);
        InFlightRequest { ticket, plan, asked }
    }

    /// Executes a request: its answer, with what it changes changed.
    pub fn execute(&self, request: &Request, asked: RouteMatch) -> Response {
        if !self.may_ask(request) {
            return ApiError::new(401, "Unauthorized").into();
        }
        match asked {
            RouteMatch::Refused(reply) => reply,
            RouteMatch::Route { route, path, query } => self.run(route, path, query, request).unwrap_or_else(Response::from),
        }
    }

    pub fn end(&self, ticket: RequestId, status: Option<u16>, elapsed: Duration) {
        self.state().journal.end(ticket, status, elapsed);
    }

    fn run(&self, route: Route, path: Vec<String>, query: Query, request: &Request) -> Result<Response, ApiError> {
        let call = checked(route, path, query, request)?;
        let mut state = self.state();
        delivery::advance(&mut state.world);
        let session = events::session(&state.world, &call);
        let reply = answer(&mut state.world, route, &call);
        if let Ok(reply) = &reply {
            events::tell_of_call(&mut state.world, &call, reply);
            events::tell_of_session(&mut state.world, &call, session);
        }
        self.hand_in(&mut state);
        reply
    }

    fn asked(&self, request: &Request) -> RouteMatch {
        let nothing = || RouteMatch::Refused(ApiError::new(404, "Not found").into());
        let Some(path) = request.uri.path().strip_prefix(BASE_PATH) else { return nothing() };
        match self.router.find(&request.method, path) {
            RouteLookup::Routes(routes, path) => {
                let Some(route) = operation_matcher::route(routes, &request.body) else { return nothing() };
                let mut pairs = query::pairs(request.uri.query().unwrap_or_default());
                pairs.retain(|(name, _)| name != "token");
                RouteMatch::Route { route: *route, path, query: Query::of(route.operation, pairs) }
            }
            RouteLookup::OtherMethods(methods) => {
                let allowed: Vec<_> = methods.iter().map(Method::as_str).collect();
                RouteMatch::Refused(
                    Response::from(ApiError::new(405, "Method not allowed")).with_header("allow", &allowed.join(", ")),
                )
            }
            RouteLookup::Nothing => nothing(),
        }
    }

    /// Whether the request has the key in one of the places where the service looks for it.
    pub fn may_ask(&self, request: &Request) -> bool {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
        let authorization = header("authorization").map(|value| value.strip_prefix("Bearer ").unwrap_or(value));
        let given = header("token").or(authorization);
        let key = self.options.api_key.as_str();
        given == Some(key) || given.is_none() && query_token(&request.uri).as_deref() == Some(key)
    }

    /// Back to the documents of the start; the journal and the faults are emptied.
    pub fn reset(&self) {
        let world = AccountState::of(self.start.clone());
        let mut state = self.state();
        state.world = world;
        state.era += 1;
        state.telling = WebhookDeliveryOptions::default();
        state.faults.clear();
        state.journal.clear();
    }

    pub fn seed(&self, documents: Value) -> Result<(), SeedError> {
        schemas::seed(&mut self.state().world.store, documents)?;
        self.moved.notify_one();
        Ok(())
    }

    /// What follows when a phone scans the code of a device that waits for it: its session is online.
    pub fn scan(&self, device: &str, phone: Option<String>) -> Result<(), ApiError> {
        let mut state = self.state();
        handlers::connect(&mut state.world, device, phone)?;
        events::tell_of_device(&mut state.world, device);
        self.hand_in(&mut state);
        self.moved.notify_one();
        Ok(())
    }

    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().journal.list(&self.options.api_key)
    }

    pub fn clear_requests(&self) {
        self.state().journal.clear();
    }

    pub fn add_fault(&self, fault: Value) -> Result<u64, FaultError> {
        let mut state = self.state();
        let id = state.faults.add(fault)?;
        state.refresh_offline();
        Ok(id)
    }

    pub fn remove_fault(&self, id: u64) -> bool {
        let mut state = self.state();
        let removed = state.faults.remove(id);
        state.refresh_offline();
        self.moved.notify_one();
        removed
    }

    pub fn clear_faults(&self) {
        let mut state = self.state();
        state.faults.clear();
        self.tell_now(&mut state);
        state.telling = WebhookDeliveryOptions::default();
        state.refresh_offline();
        self.moved.notify_one();
    }

    /// The faults that can still strike.
    pub fn faults(&self) -> Value {
        serde_json::to_value(self.state().faults.list()).unwrap_or_default()
    }

    /// The state with everything moved that is due.
    fn present(&self) -> MutexGuard<'_, AppState> {
        let mut state = self.state();
        delivery::advance(&mut state.world);
        self.hand_in(&mut state);
        state
    }

    /// The name and size of each collection.
    pub fn counts(&self) -> Value {
        serde_json::to_value(self.present().world.store.counts()).unwrap_or_default()
    }

    /// The documents of a collection as they are stored; nothing where there is no such collection.
    pub fn documents(&self, collection: &str) -> Option<Vec<Value>> {
        schemas::kind(collection)?;
        Some(self.present().world.store.all(collection).cloned().map(Value::Object).collect())
    }
}

impl AppState {
    fn refresh_offline(&mut self) {
        self.world.set_offline(self.faults.offline_devices());
    }
}

/// What the row's handler answers.
fn answer(world: &mut AccountState, route: Route, call: &Call) -> Result<Response, ApiError> {
    if !call.device().is_empty() {
        let device = world.find("devices", "", call.device())?;
        if needs_session(&route) && world.session_status(device) != "online" {
            return Err(offline(Some(&route.operation.name)));
        }
    }
    match route.handler {
        Handler::List(kind) => crud::list(world, kind, call),
        Handler::Get(kind) => crud::get(world, kind, call),
        Handler::Create(kind) => crud::create(world, kind, call),
        Handler::Update(kind) => crud::update(world, kind, call),
        Handler::Delete(kind) => crud::delete(world, kind, call),
        Handler::Custom(handler) => (handler.run)(world, call),
    }
}

/// The request held against its row; a form is read as the JSON that it stands for.
fn checked(route: Route, path: Vec<String>, query: Query, request: &Request) -> Result<Call, ApiError> {
    let Some(boundary) = multipart::boundary(&request.headers) else {
        return validate::call(route.operation, path, query, &request.body);
    };
    let (fields, file) = multipart::read(route.operation, &boundary, &request.body)?;
    let mut call = validate::call(route.operation, path, query, fields.to_string().as_bytes())?;
    call.file = file;
    Ok(call)
}

fn needs_session(route: &Route) -> bool {
    matches!(route.handler, Handler::Custom(handler) if handler.needs_session)
}

/// The path under the base path, decoded: a fault on a chat strikes however the chat's id was written.
fn under_the_base(uri: &Uri) -> Cow<'_, str> {
    let path = uri.path();
    percent_decode_str(path.strip_prefix(BASE_PATH).unwrap_or(path)).decode_utf8_lossy()
}

fn facts<'a>(request: &'a Request, asked: &'a RouteMatch, path: &'a str) -> RequestFacts<'a> {
    let bare = RequestFacts { operation: None, method: request.method.as_str(), path, device: None, needs_session: false };
    let RouteMatch::Route { route, path, .. } = asked else { return bare };
    let device = route.operation.parameters.iter().zip(path).find(|(parameter, _)| parameter.wire_name == "device");
    RequestFacts {
        operation: Some(&route.operation.name),
        device: device.map(|(_, value)| value.as_str()),
        needs_session: needs_session(route),
        ..bare
    }
}

fn query_token(uri: &Uri) -> Option<String> {
    let pairs = query::pairs(uri.query()?);
    pairs.into_iter().find(|(name, _)| name == "token").map(|(_, value)| value)
}
