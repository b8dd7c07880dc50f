//! Seeds documents that a caller provides.

use serde_json::{Value, json};

use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::schemas::defaults::ensure_format;
use crate::sandbox::state::seed_chats::SeededChats;
use crate::sandbox::state::store::Store;

/// An invalid seed document, with its location in the seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError(String);

impl SeedError {
    fn at(location: &str, problem: &str) -> Self {
        Self(format!("{location}: {problem}"))
    }
}

impl std::fmt::Display for SeedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

/// Adds documents to the store: all of them, or none if one is invalid.
pub fn seed(store: &mut Store, documents_by_collection: Value) -> Result<(), SeedError> {
    let Value::Object(mut documents_by_collection) = documents_by_collection else {
        return Err(SeedError::at("seed", "give an object with a list of documents for each collection"));
    };
    if let Some(unknown) = documents_by_collection.keys().find(|name| schemas::find(name).is_none()) {
        let known: Vec<_> = schemas::COLLECTIONS.iter().map(|schema| schema.name).collect();
        return Err(SeedError::at(unknown, &format!("unknown collection; the collections are {}", known.join(", "))));
    }
    let mut seeded = Vec::new();
    for schema in schemas::COLLECTIONS {
        let documents = documents_by_collection.remove(schema.name).unwrap_or_else(|| json!([]));
        let Value::Array(documents) = documents else {
            return Err(SeedError::at(schema.name, "give a list of documents"));
        };
        for (index, document) in documents.into_iter().enumerate() {
            let document = normalize(store, schema, document, &seeded);
            seeded.push(document.map_err(|problem| SeedError::at(&format!("{}[{index}]", schema.name), &problem))?);
        }
    }
    let mut chats = SeededChats::default();
    for SeedDocument { schema, owner, id, mut document } in seeded {
        store_queued(store, schema, &document);
        chats.add(store, schema.name, &mut document);
        store.upsert(schema, &owner, &id, document);
    }
    chats.complete(store);
    Ok(())
}

/// Stores a queued message in both collections, `queue` and `outbound`, whichever one was seeded.
fn store_queued(store: &mut Store, schema: &CollectionSchema, message: &Document) {
    let (device, id) = (str_at(message, "device").unwrap_or_default(), str_at(message, "id").unwrap_or_default());
    match schema.name {
        "queue" => store.upsert(&schemas::OUTBOUND, "", id, message.clone()),
        "outbound" if str_at(message, "status") == Some("queued") => store.upsert(&schemas::QUEUE, device, id, message.clone()),
        _ => {}
    }
}

struct SeedDocument {
    schema: &'static CollectionSchema,
    owner: String,
    id: String,
    document: Document,
}

/// A document with its defaults, owner and id.
fn normalize(
    store: &mut Store,
    schema: &'static CollectionSchema,
    document: Value,
    seeded: &[SeedDocument],
) -> Result<SeedDocument, String> {
    let Value::Object(mut document) = document else { return Err("give an object".to_owned()) };
    let owner = if schema.per_device { owner(store, &document, seeded)? } else { String::new() };
    if schema.key == "id" && !document.contains_key("id") {
        document.insert("id".to_owned(), store.new_id(schema, &owner).into());
    }
    (schema.apply_defaults)(&mut document)?;
    let id = str_at(&document, schema.key).ok_or_else(|| format!("{} is missing or not text", schema.key))?.to_owned();
    if let Some(format) = schema.format {
        ensure_format(schema.key, &id, format)?;
    }
    Ok(SeedDocument { schema, owner, id, document })
}

fn owner(store: &Store, document: &Document, seeded: &[SeedDocument]) -> Result<String, String> {
    let device = str_at(document, "device").ok_or("device is missing: give the id of the device it belongs to")?;
    // Devices come before the documents of devices, and are few.
    let in_seed = || {
        seeded
            .iter()
            .take_while(|other| !other.schema.per_device)
            .any(|other| other.schema.name == schemas::DEVICES.name && other.id == device)
    };
    if store.get("devices", "", device).is_none() && !in_seed() {
        return Err(format!("there is no device {device:?}; seed it first or in the same call"));
    }
    Ok(device.to_owned())
}
