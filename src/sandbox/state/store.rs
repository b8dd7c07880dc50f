//! The documents: what the sandbox knows, by collection, by owner, in order.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::CollectionSchema;

/// A document: a JSON object whose keys keep their order.
pub type Document = Map<String, Value>;

/// Documents by id, in the order in which they came.
pub type Documents = IndexMap<String, Document>;

/// Documents of one collection by owner: the device, or `""` where the account owns them.
#[derive(Debug, Clone, Default)]
struct Collection {
    owners: IndexMap<String, Documents>,
}

/// Every collection.
#[derive(Debug, Clone)]
pub struct Store {
    collections: IndexMap<&'static str, Collection>,
    /// How many ids were made.
    made: u64,
    /// Grows with every change, so that a remembered list can tell that it is old.
    version: u64,
}

impl Default for Store {
    fn default() -> Self {
        let collections = schemas::ALL.iter().map(|kind| (kind.name, Collection::default())).collect();
        Self { collections, made: 0, version: 0 }
    }
}

impl Store {
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The documents that `owner` has in a collection.
    pub fn documents(&self, collection: &str, owner: &str) -> Option<&Documents> {
        self.collections.get(collection)?.owners.get(owner)
    }

    pub fn get(&self, collection: &str, owner: &str, id: &str) -> Option<&Document> {
        self.documents(collection, owner)?.get(id)
    }

    pub fn get_mut(&mut self, collection: &str, owner: &str, id: &str) -> Option<&mut Document> {
        let document = self.collections.get_mut(collection)?.owners.get_mut(owner)?.get_mut(id)?;
        self.version += 1;
        Some(document)
    }

    /// Adds the document, or puts it in the place of the one with its id.
    pub fn put(&mut self, kind: &CollectionSchema, owner: &str, id: &str, document: Document) {
        self.version += 1;
        let collection = self.collections.entry(kind.name).or_default();
        // The owner is looked up first: an entry would copy its name for every document.
        if !collection.owners.contains_key(owner) {
            collection.owners.insert(owner.to_owned(), Documents::default());
        }
        if let Some(documents) = collection.owners.get_mut(owner) {
            documents.insert(id.to_owned(), document);
        }
    }

    /// Takes one document away.
    pub fn remove(&mut self, collection: &str, owner: &str, id: &str) -> Option<Document> {
        let removed = self.collections.get_mut(collection)?.owners.get_mut(owner)?.shift_remove(id)?;
        self.version += 1;
        Some(removed)
    }

    /// Takes everything of an owner away.
    pub fn forget(&mut self, owner: &str) {
        self.version += 1;
        for collection in self.collections.values_mut() {
            collection.owners.shift_remove(owner);
        }
    }

    /// An id that no document of the owner has; the same ones in every run that does the same.
    pub fn new_id(&mut self, kind: &CollectionSchema, owner: &str) -> String {
        loop {
            self.made += 1;
            let id = (kind.make_id)(self.made);
            if self.get(kind.name, owner, &id).is_none() {
                return id;
            }
        }
    }

    /// Takes all documents of an owner away.
    pub fn take(&mut self, collection: &str, owner: &str) -> Documents {
        self.version += 1;
        let owned = self.collections.get_mut(collection).and_then(|found| found.owners.get_mut(owner));
        owned.map(std::mem::take).unwrap_or_default()
    }

    /// Every document of a collection, owner by owner.
    pub fn all(&self, collection: &str) -> impl Iterator<Item = &Document> {
        self.collections.get(collection).into_iter().flat_map(|found| found.owners.values().flat_map(Documents::values))
    }

    /// The name and size of each collection.
    pub fn counts(&self) -> IndexMap<&'static str, usize> {
        let size = |collection: &Collection| collection.owners.values().map(Documents::len).sum();
        self.collections.iter().map(|(name, collection)| (*name, size(collection))).collect()
    }
}

/// The value at a path of keys, such as `session.status`.
pub fn at<'a>(document: &'a Document, path: &str) -> Option<&'a Value> {
    let mut keys = path.split('.');
    let first = document.get(keys.next()?)?;
    keys.try_fold(first, |value, key| value.get(key))
}

/// The fields of an object but for those that are null: what is not known is left out.
pub fn known_fields(object: Value) -> Document {
    let Value::Object(mut fields) = object else { return Document::new() };
    fields.retain(|_, value| !value.is_null());
    fields
}

/// The text at a path of keys.
pub fn text_at<'a>(document: &'a Document, path: &str) -> Option<&'a str> {
    at(document, path)?.as_str()
}

/// The object under a key, made if it is not there.
pub fn object_in<'a>(document: &'a mut Document, key: &str) -> Option<&'a mut Document> {
    let slot = document.entry(key).or_insert(Value::Null);
    if !slot.is_object() {
        *slot = Value::Object(Document::new());
    }
    slot.as_object_mut()
}

/// Sets the value at a path of keys; objects on the way are made.
pub fn set_at(document: &mut Document, path: &str, value: Value) {
    match path.split_once('.') {
        Some((first, rest)) => {
            if let Some(inner) = object_in(document, first) {
                set_at(inner, rest, value);
            }
        }
        None => {
            document.insert(path.to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn document(id: usize) -> Document {
        Document::from_iter([("id".to_owned(), Value::from(id))])
    }

    #[test]
    fn documents_keep_their_order_and_their_owner() {
        let (mut store, kind) = (Store::default(), schemas::kind("chats").unwrap());
        for (owner, id) in [("b", 1), ("a", 2), ("b", 3), ("b", 1)] {
            store.put(kind, owner, &id.to_string(), document(id));
        }
        let ids: Vec<_> = store.documents("chats", "b").unwrap().keys().collect();
        assert_eq!(ids, ["1", "3"]);
        assert_eq!(store.counts().get("chats"), Some(&3));
        assert_eq!(store.get("chats", "a", "1"), None);
        assert_eq!(store.take("chats", "b").len(), 2);
        assert_eq!(store.all("chats").count(), 1);
    }

    #[test]
    fn every_change_makes_a_new_version() {
        let (mut store, kind) = (Store::default(), schemas::kind("users").unwrap());
        store.put(kind, "", "1", document(1));
        let before = store.version();
        assert!(store.get("users", "", "1").is_some() && store.version() == before);
        assert!(store.get_mut("users", "", "2").is_none() && store.version() == before);
        store.get_mut("users", "", "1").unwrap().insert("name".to_owned(), "Ada".into());
        assert!(store.version() > before);
    }

    #[test]
    fn paths_reach_into_objects() {
        let mut document = document(1);
        object_in(&mut document, "session").unwrap().insert("status".to_owned(), "online".into());
        assert_eq!(text_at(&document, "session.status"), Some("online"));
        assert_eq!(at(&document, "session.status.deeper"), None);
        assert_eq!(object_in(&mut document, "id").unwrap().len(), 0);
        set_at(&mut document, "poll.name", "Lunch?".into());
        set_at(&mut document, "poll.options", 2.into());
        assert_eq!((text_at(&document, "poll.name"), at(&document, "poll.options")), (Some("Lunch?"), Some(&2.into())));
    }
}
