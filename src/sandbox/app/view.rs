//! What the page of the sandbox shows: documents, the ones that changed last first, and the last requests.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use crate::sandbox::app::{App, AppState};
use crate::sandbox::request_log::RecordedRequest;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::document::{Document, strings_at};
use crate::sandbox::state::schemas;

const MAX_DOCUMENTS: usize = 100;
const MAX_REQUESTS: usize = 200;

/// What the page asks for.
#[derive(Debug, Default)]
pub struct ViewRequest {
    pub collection: String,
    /// Text that documents must contain, in any case.
    pub search: String,
    /// The version that the page shows.
    pub seen: String,
}

/// What the page shows.
#[derive(Debug, Serialize)]
pub struct View {
    version: String,
    /// The number of documents in each collection.
    counts: Value,
    /// Alias by device.
    devices: HashMap<String, String>,
    documents: Vec<Document>,
    /// The newest first.
    requests: Vec<RecordedRequest>,
    /// The number of all requests.
    recorded: u64,
}

impl App {
    /// The view; `None` if it has the version that the page shows.
    pub fn view(&self, request: &ViewRequest) -> Result<Option<View>, ApiError> {
        schemas::find(&request.collection).ok_or_else(|| ApiError::new(404, "Collection not found"))?;
        let state = self.advance_and_lock();
        let version = version(&state);
        Ok((version != request.seen).then(|| View {
            version,
            counts: serde_json::to_value(state.account.store.counts()).unwrap_or_default(),
            devices: state.account.store.all("devices").map(|device| strings_at(device, ["id", "alias"]).into()).collect(),
            documents: documents(&state, request),
            requests: state.request_log.newest(MAX_REQUESTS, &self.options.api_key),
            recorded: state.request_log.recorded(),
        }))
    }
}

/// Changes with every document and request.
fn version(state: &AppState) -> String {
    format!("{}.{}.{}", state.generation, state.account.store.version(), state.request_log.revision())
}

fn documents(state: &AppState, request: &ViewRequest) -> Vec<Document> {
    let search = request.search.to_lowercase();
    let documents = state.account.store.newest_first(&request.collection);
    let found = documents.filter(|document| search.is_empty() || document.values().any(|value| contains(value, &search)));
    found.take(MAX_DOCUMENTS).cloned().collect()
}

/// Whether a text or number in the value contains `search`, which is in lower case.
fn contains(value: &Value, search: &str) -> bool {
    match value {
        Value::String(text) => text.to_lowercase().contains(search),
        Value::Number(number) => number.to_string().contains(search),
        Value::Array(items) => items.iter().any(|item| contains(item, search)),
        Value::Object(fields) => fields.values().any(|value| contains(value, search)),
        Value::Null | Value::Bool(_) => false,
    }
}
