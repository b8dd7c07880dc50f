//! Cascading deletes: the documents that depend on a deleted one.

use serde_json::Value;

use crate::sandbox::state::document::{Document, entry_object, str_at};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::store::Store;

/// Deletes or updates the documents that refer to a deleted document.
pub fn cascade_delete(store: &mut Store, schema: &CollectionSchema, owner: &str, id: &str) {
    match schema.name {
        "devices" => store.remove_owner(id),
        "chats" => {
            delete_where(store, "messages", owner, |message| str_at(message, "chatWid") == Some(id));
            for collection in ["notes", "chat_files"] {
                delete_where(store, collection, owner, |document| str_at(document, "chat") == Some(id));
            }
        }
        "labels" => update_chats(store, owner, |chat| {
            if let Some(labels) = chat.get_mut("labels").and_then(Value::as_array_mut) {
                labels.retain(|label| label.as_str() != Some(id));
            }
        }),
        "departments" => update_chats(store, owner, |chat| {
            if str_at(chat, "owner.department") == Some(id) {
                entry_object(chat, "owner").and_then(|owner| owner.shift_remove("department"));
            }
        }),
        _ => {}
    }
}

/// Deletes an owner's documents that match, and returns how many there were.
pub fn delete_where(store: &mut Store, collection: &str, owner: &str, matches: impl Fn(&Document) -> bool) -> usize {
    let documents = store.documents(collection, owner).into_iter().flatten();
    let ids: Vec<String> = documents.filter(|(_, document)| matches(document)).map(|(id, _)| id.clone()).collect();
    for id in &ids {
        store.remove(collection, owner, id);
    }
    ids.len()
}

fn update_chats(store: &mut Store, device: &str, update: impl Fn(&mut Document)) {
    let ids: Vec<String> = store.documents("chats", device).into_iter().flatten().map(|(id, _)| id.clone()).collect();
    for id in ids {
        store.get_mut("chats", device, &id).map(&update);
    }
}
