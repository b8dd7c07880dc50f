//! Seeds documents that a caller provides.

use serde_json::{Value, json};

use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::schemas::defaults::ensure_format;
use crate::sandbox::state::store::Store;

/// A document of the caller's that cannot be taken, with its place in what was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError(String);

impl SeedError {
    fn at(place: &str, problem: &str) -> Self {
        Self(format!("{place}: {problem}"))
    }
}

impl std::fmt::Display for SeedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

/// Puts the caller's documents into the store: all of them or, when one is wrong, none.
pub fn seed(store: &mut Store, given: Value) -> Result<(), SeedError> {
    let Value::Object(mut given) = given else {
        return Err(SeedError::at("seed", "give an object with a list of documents for each collection"));
    };
    if let Some(unknown) = given.keys().find(|name| schemas::kind(name).is_none()) {
        let known: Vec<_> = schemas::ALL.iter().map(|kind| kind.name).collect();
        return Err(SeedError::at(unknown, &format!("there is no such collection; there are {}", known.join(", "))));
    }
    let mut ready = Vec::new();
    for kind in schemas::ALL {
        let documents = given.remove(kind.name).unwrap_or_else(|| json!([]));
        let Value::Array(documents) = documents else {
            return Err(SeedError::at(kind.name, "give a list of documents"));
        };
        for (index, document) in documents.into_iter().enumerate() {
            let prepared = prepare(store, kind, document, &ready);
            ready.push(prepared.map_err(|problem| SeedError::at(&format!("{}[{index}]", kind.name), &problem))?);
        }
    }
    for Prepared { kind, owner, id, document } in ready {
        mirror_queued(store, kind, &document);
        store.upsert(kind, &owner, &id, document);
    }
    Ok(())
}

/// A message that waits is in the queue of its device and among the outbound messages, wherever a caller puts it.
fn mirror_queued(store: &mut Store, kind: &CollectionSchema, message: &Document) {
    let other = match kind.name {
        "queue" => "outbound",
        "outbound" if str_at(message, "status") == Some("queued") => "queue",
        _ => return,
    };
    let (Some(other), Some(id)) = (schemas::kind(other), str_at(message, "id")) else { return };
    let owner = if other.per_device { str_at(message, "device").unwrap_or_default() } else { "" };
    store.upsert(other, owner, id, message.clone());
}

struct Prepared {
    kind: &'static CollectionSchema,
    owner: String,
    id: String,
    document: Document,
}

/// A document with its defaults, its owner and its id.
fn prepare(store: &mut Store, kind: &'static CollectionSchema, document: Value, ready: &[Prepared]) -> Result<Prepared, String> {
    let Value::Object(mut document) = document else { return Err("a document is an object".to_owned()) };
    let owner = if kind.per_device { owner(store, &document, ready)? } else { String::new() };
    if kind.key == "id" && !document.contains_key("id") {
        document.insert("id".to_owned(), store.new_id(kind, &owner).into());
    }
    (kind.complete)(&mut document)?;
    let id = str_at(&document, kind.key).ok_or_else(|| format!("{} is missing or not text", kind.key))?.to_owned();
    if let Some(format) = kind.format {
        ensure_format(kind.key, &id, format)?;
    }
    Ok(Prepared { kind, owner, id, document })
}

fn owner(store: &Store, document: &Document, ready: &[Prepared]) -> Result<String, String> {
    let device = str_at(document, "device").ok_or("device is missing: give the id of the device it belongs to")?;
    // Devices are prepared before all others, and there are few of them.
    let given = || ready.iter().take_while(|one| !one.kind.per_device).any(|one| one.kind.name == "devices" && one.id == device);
    if store.get("devices", "", device).is_none() && !given() {
        return Err(format!("there is no device {device:?}; seed it first or in the same call"));
    }
    Ok(device.to_owned())
}
