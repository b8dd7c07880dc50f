//! The document store: collections of documents, grouped by owner.

use std::collections::VecDeque;

use indexmap::{IndexMap, IndexSet};

use crate::sandbox::state::document::{Document, Documents};
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::CollectionSchema;

/// Number of changes that a collection remembers.
const MAX_CHANGES: usize = 100;

/// Documents of one collection by owner: a device id, or `""` for the account.
#[derive(Debug, Clone, Default)]
struct Collection {
    owners: IndexMap<String, Documents>,
    /// Owner and id of the documents that changed last, the newest last. A document may be there twice, or be deleted.
    changes: Changes,
}

#[derive(Debug, Clone, Default)]
struct Changes(VecDeque<(String, String)>);

impl Changes {
    fn push(&mut self, owner: &str, id: &str) {
        if self.0.len() == MAX_CHANGES {
            self.0.pop_front();
        }
        self.0.push_back((owner.to_owned(), id.to_owned()));
    }

    /// Each document once, the newest first.
    fn newest_first(&self) -> IndexSet<(&str, &str)> {
        self.0.iter().rev().map(|(owner, id)| (owner.as_str(), id.as_str())).collect()
    }
}

impl Collection {
    fn newest_first(&self) -> impl Iterator<Item = &Document> {
        let changes = self.changes.newest_first();
        let changed: Vec<_> = changes.iter().filter_map(|(owner, id)| self.owners.get(*owner)?.get(*id)).collect();
        let documents = self.owners.iter().rev().flat_map(|(owner, documents)| {
            documents.iter().rev().map(move |(id, document)| (owner.as_str(), id.as_str(), document))
        });
        let others = documents.filter(move |(owner, id, _)| !changes.contains(&(*owner, *id))).map(|(_, _, document)| document);
        changed.into_iter().chain(others)
    }
}

/// All collections of an account.
#[derive(Debug, Clone)]
pub struct Store {
    collections: IndexMap<&'static str, Collection>,
    ids_issued: u64,
    /// Incremented by every change; invalidates cached list orders.
    version: u64,
}

impl Default for Store {
    fn default() -> Self {
        let collections = schemas::COLLECTIONS.iter().map(|schema| (schema.name, Collection::default())).collect();
        Self { collections, ids_issued: 0, version: 0 }
    }
}

impl Store {
    /// Number of changes; equal versions mean equal documents.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The documents of one owner in a collection.
    pub fn documents(&self, collection: &str, owner: &str) -> Option<&Documents> {
        self.collections.get(collection)?.owners.get(owner)
    }

    /// A document; `owner` is a device, or empty for a collection of the account.
    pub fn get(&self, collection: &str, owner: &str, id: &str) -> Option<&Document> {
        self.documents(collection, owner)?.get(id)
    }

    /// A document to change; it counts as changed even if the caller does not change it.
    pub fn get_mut(&mut self, collection: &str, owner: &str, id: &str) -> Option<&mut Document> {
        let Collection { owners, changes } = self.collections.get_mut(collection)?;
        let document = owners.get_mut(owner)?.get_mut(id)?;
        changes.push(owner, id);
        self.version += 1;
        Some(document)
    }

    /// Inserts a document, or replaces the one with the same id.
    pub fn upsert(&mut self, schema: &CollectionSchema, owner: &str, id: &str, document: Document) {
        self.version += 1;
        let collection = self.collections.entry(schema.name).or_default();
        collection.changes.push(owner, id);
        // `entry(owner.to_owned())` would allocate the owner's name for every document.
        if !collection.owners.contains_key(owner) {
            collection.owners.insert(owner.to_owned(), Documents::default());
        }
        if let Some(documents) = collection.owners.get_mut(owner) {
            documents.insert(id.to_owned(), document);
        }
    }

    /// Removes a document and returns it; the order of the others is kept.
    pub fn remove(&mut self, collection: &str, owner: &str, id: &str) -> Option<Document> {
        let removed = self.collections.get_mut(collection)?.owners.get_mut(owner)?.shift_remove(id)?;
        self.version += 1;
        Some(removed)
    }

    /// Removes an owner's documents from every collection.
    pub fn remove_owner(&mut self, owner: &str) {
        self.version += 1;
        for collection in self.collections.values_mut() {
            collection.owners.shift_remove(owner);
        }
    }

    /// Removes and returns an owner's documents in one collection.
    pub fn drain_owner(&mut self, collection: &str, owner: &str) -> Documents {
        self.version += 1;
        let documents = self.collections.get_mut(collection).and_then(|collection| collection.owners.get_mut(owner));
        documents.map(std::mem::take).unwrap_or_default()
    }

    /// An id that the owner does not use yet. Ids are deterministic: the same calls yield the same ids.
    pub fn new_id(&mut self, schema: &CollectionSchema, owner: &str) -> String {
        loop {
            self.ids_issued += 1;
            let id = (schema.make_id)(self.ids_issued);
            if self.get(schema.name, owner, &id).is_none() {
                return id;
            }
        }
    }

    /// All documents of a collection, owner by owner.
    pub fn all(&self, collection: &str) -> impl Iterator<Item = &Document> {
        let collection = self.collections.get(collection);
        collection.into_iter().flat_map(|collection| collection.owners.values().flat_map(Documents::values))
    }

    /// All documents of a collection: those that changed last, then the others, the newest first.
    pub fn newest_first(&self, collection: &str) -> impl Iterator<Item = &Document> {
        self.collections.get(collection).into_iter().flat_map(Collection::newest_first)
    }

    /// Forgets which documents changed last.
    pub fn forget_changes(&mut self) {
        self.collections.values_mut().for_each(|collection| collection.changes = Changes::default());
    }

    /// The number of documents in each collection.
    pub fn counts(&self) -> IndexMap<&'static str, usize> {
        let size = |collection: &Collection| collection.owners.values().map(Documents::len).sum();
        self.collections.iter().map(|(name, collection)| (*name, size(collection))).collect()
    }
}
