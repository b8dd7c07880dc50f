//! Chats that follow from a seed: each group, channel and message has one, and it knows its messages.

use std::collections::HashSet;

use serde_json::json;

use crate::sandbox::state::document::{Document, str_at, strings_at, without_nulls};
use crate::sandbox::state::schemas;
use crate::sandbox::state::store::Store;

/// What a chat keeps when a seed replaces it, since its messages stay.
const KEPT: [&str; 6] =
    ["stats", "lastMessage", "lastMessageAt", "firstMessageAt", "lastInboundMessageAt", "lastOutboundMessageAt"];

/// Device and wid of a chat.
type Address = (String, String);

/// Collects, while a seed is stored, what its chats need afterwards.
#[derive(Default)]
pub struct SeededChats {
    /// Chats that the seed describes whole, with their last message.
    whole: HashSet<Address>,
    chats: Vec<Address>,
    /// Chats of groups and channels, with their name and the date of their last message.
    named: Vec<(Address, Document)>,
    messages: Vec<(Address, Document)>,
    notes: Vec<(Address, Document)>,
}

impl SeededChats {
    /// Takes note of a document before it is stored.
    pub fn add(&mut self, store: &Store, collection: &str, document: &mut Document) {
        let address = |wid: &str| {
            let [device, wid] = strings_at(document, ["device", wid]);
            (device, wid)
        };
        match collection {
            "chats" => self.add_chat(store, address("wid"), document),
            "groups" | "channels" => self.named.push((address("wid"), document.clone())),
            "messages" if !is_stored(store, document) => self.messages.push((address("chatWid"), document.clone())),
            "notes" => self.notes.push((address("chat"), document.clone())),
            _ => {}
        }
    }

    fn add_chat(&mut self, store: &Store, address: Address, chat: &mut Document) {
        if chat.contains_key("lastMessage") {
            self.whole.insert(address);
            return;
        }
        if let Some(earlier) = store.get("chats", &address.0, &address.1) {
            for (name, value) in KEPT.iter().filter_map(|name| Some((name, earlier.get(*name)?))) {
                chat.entry(*name).or_insert_with(|| value.clone());
            }
        }
        self.chats.push(address);
    }

    /// Creates the missing chats, and completes all of them.
    pub fn complete(self, store: &mut Store) {
        for (address, owner) in &self.named {
            let fields = ["name", "createdAt", "lastMessageAt"]
                .map(|name| (name.to_owned(), owner.get(name).cloned().unwrap_or_default()));
            ensure(store, address, without_nulls(Document::from_iter(fields).into()));
        }
        let mut messages: Vec<_> = self.messages.into_iter().filter(|(address, _)| !self.whole.contains(address)).collect();
        messages.sort_by(|(_, left), (_, right)| str_at(left, "date").cmp(&str_at(right, "date")));
        for (address, message) in &messages {
            ensure(store, address, Document::new());
            add_message(store, address, message);
        }
        for ((device, wid), note) in &self.notes {
            store.get_mut("chats", device, wid).into_iter().for_each(|chat| schemas::set_last_note(chat, note));
        }
        let named = self.named.iter().map(|(address, _)| address);
        for address in self.chats.iter().chain(named) {
            ensure(store, address, Document::new());
            store.get_mut("chats", &address.0, &address.1).map(schemas::finish_chat);
        }
    }
}

fn is_stored(store: &Store, message: &Document) -> bool {
    let [device, id] = strings_at(message, ["device", "id"]);
    store.get("messages", &device, &id).is_some()
}

/// Creates the chat if the device does not have it.
fn ensure(store: &mut Store, (device, wid): &Address, fields: Document) {
    if store.get(schemas::CHATS.name, device, wid).is_some() {
        return;
    }
    let mut chat = without_nulls(json!({"device": device, "wid": wid}));
    chat.extend(fields);
    if (schemas::CHATS.apply_defaults)(&mut chat).is_ok() {
        store.upsert(&schemas::CHATS, device, wid, chat);
    }
}

fn add_message(store: &mut Store, (device, wid): &Address, message: &Document) {
    let Some(chat) = store.get_mut("chats", device, wid) else { return };
    schemas::count_message(chat, message);
    if str_at(message, "date") >= str_at(chat, "lastMessageAt") {
        schemas::set_last_message(chat, message);
    }
}
