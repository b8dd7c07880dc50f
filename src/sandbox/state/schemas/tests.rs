//! Seeding of documents.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::sandbox::state::seed::seed;
use crate::sandbox::state::store::Store;

const DEVICE: &str = "64f0c2a91b7e4d5f8a3b6c01";

fn seeded(documents: Value) -> Result<Store, String> {
    let mut store = Store::default();
    seed(&mut store, documents).map_err(|error| error.to_string())?;
    Ok(store)
}

#[test]
fn contact_requires_device_and_phone_or_wid() {
    let store = seeded(json!({
        "contacts": [{"device": DEVICE, "phone": "+447362053576"}, {"device": DEVICE, "wid": "1234567@c.us", "metadata": {"a": "1"}}],
        "devices": [{"id": DEVICE}],
    }))
    .unwrap();
    assert_eq!(store.get("contacts", DEVICE, "447362053576@c.us").unwrap()["displayName"], "+447362053576");
    let second = store.get("contacts", DEVICE, "1234567@c.us").unwrap();
    assert_eq!((&second["phone"], &second["metadata"]), (&json!("+1234567"), &json!([{"key": "a", "value": "1"}])));
}

#[test]
fn rejects_invalid_documents_with_their_location() {
    let device = json!([{"id": DEVICE}]);
    for (documents, message) in [
        (json!([]), "seed: give an object"),
        (json!({"dreams": []}), "dreams: unknown collection; the collections are users, "),
        (json!({"devices": {}}), "devices: give a list"),
        (json!({"devices": [{"id": "12"}]}), "devices[0]: id is \"12\", not 24 hex digits"),
        (json!({"devices": [{"id": 3}]}), "devices[0]: id is missing"),
        (json!({"devices": device, "chats": [3]}), "chats[0]: give an object"),
        (json!({"devices": device, "chats": [{"wid": "1@c.us"}]}), "chats[0]: device is missing"),
        (json!({"devices": device, "chats": [{"device": DEVICE}]}), "chats[0]: give a wid or a phone"),
        (json!({"devices": device, "chats": [{"device": DEVICE, "wid": "you"}]}), "chats[0]: wid is \"you\", not a chat wid"),
        (json!({"chats": [{"device": DEVICE, "wid": "1234567@c.us"}]}), "chats[0]: there is no device"),
        (json!({"devices": device, "contacts": [{"device": DEVICE, "phone": "07"}]}), "contacts[0]: phone is \"07\""),
        (json!({"devices": device, "contacts": [{"device": DEVICE, "phone": "+1234567", "metadata": {"a": 1}}]}), "of text"),
    ] {
        let mut store = Store::default();
        let error = seed(&mut store, documents).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
        assert_eq!(store.counts().values().sum::<usize>(), 0);
    }
}

#[test]
fn messages_get_unique_ids() {
    let message = json!({"device": DEVICE, "phone": "+1234567"});
    let store = seeded(json!({"devices": [{"id": DEVICE}], "queue": [message, message]})).unwrap();
    assert_eq!(store.documents("queue", DEVICE).unwrap().len(), 2);
}
