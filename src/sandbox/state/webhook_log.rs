//! The delivery log of each webhook.

use std::collections::{HashMap, VecDeque};

use crate::sandbox::state::document::Document;

/// Entries kept for each webhook.
const MAX_ENTRIES: usize = 500;

/// Log entries by webhook id, newest first.
#[derive(Debug, Default)]
pub struct WebhookLog {
    entries: HashMap<String, VecDeque<Document>>,
    ids_issued: u64,
}

impl WebhookLog {
    /// A webhook's entries, newest first.
    pub fn entries(&self, webhook: &str) -> impl Iterator<Item = &Document> {
        self.entries.get(webhook).into_iter().flatten()
    }

    /// Adds an entry; the oldest one is dropped if the webhook has too many.
    pub fn push(&mut self, webhook: &str, entry: Document) {
        let entries = self.entries.entry(webhook.to_owned()).or_default();
        entries.push_front(entry);
        entries.truncate(MAX_ENTRIES);
    }

    /// A new entry ID, unique in this log.
    pub fn new_id(&mut self) -> String {
        self.ids_issued += 1;
        format!("5f{:022x}", self.ids_issued)
    }
}
