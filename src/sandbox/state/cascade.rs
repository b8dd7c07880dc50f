//! What goes with a document when it is deleted.

use serde_json::Value;

use crate::sandbox::state::AccountState;
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::store::{Document, object_in, text_at};

/// Takes away what cannot be without the document.
pub fn after_delete(world: &mut AccountState, kind: &CollectionSchema, owner: &str, id: &str) {
    match kind.name {
        "devices" => world.store.forget(id),
        "chats" => {
            remove_where(world, "messages", owner, |message| text_at(message, "chatWid") == Some(id));
            for collection in ["notes", "chat_files"] {
                remove_where(world, collection, owner, |document| text_at(document, "chat") == Some(id));
            }
        }
        "labels" => each_chat(world, owner, |chat| {
            if let Some(labels) = chat.get_mut("labels").and_then(Value::as_array_mut) {
                labels.retain(|label| label.as_str() != Some(id));
            }
        }),
        "departments" => each_chat(world, owner, |chat| {
            if text_at(chat, "owner.department") == Some(id) {
                object_in(chat, "owner").and_then(|owner| owner.shift_remove("department"));
            }
        }),
        _ => {}
    }
}

/// Takes away the documents of an owner that `goes` names, and tells how many they were.
pub fn remove_where(world: &mut AccountState, collection: &str, owner: &str, goes: impl Fn(&Document) -> bool) -> usize {
    let documents = world.store.documents(collection, owner).into_iter().flatten();
    let ids: Vec<String> = documents.filter(|(_, document)| goes(document)).map(|(id, _)| id.clone()).collect();
    for id in &ids {
        world.store.remove(collection, owner, id);
    }
    ids.len()
}

fn each_chat(world: &mut AccountState, device: &str, change: impl Fn(&mut Document)) {
    let ids: Vec<String> = world.store.documents("chats", device).into_iter().flatten().map(|(id, _)| id.clone()).collect();
    for id in ids {
        world.store.get_mut("chats", device, &id).map(&change);
    }
}
