//! Contacts as answers and events show them.

use serde_json::{Value, json};

use crate::sandbox::countries;
use crate::sandbox::state::document::{Document, fill, str_at, value_at, without_nulls};
use crate::sandbox::state::schemas::phone_of_wid;
use crate::sandbox::state::{AccountState, facts};

/// A contact with the names, numbers and flags that follow from what is stored.
pub fn contact(state: &AccountState, document: &Document) -> Document {
    let mut contact = document.clone();
    let text = |path: &str| str_at(document, path);
    let (display, created) = (text("displayName"), text("createdAt"));
    fill(
        &mut contact,
        json!({
            "shortName": text("name"), "formattedName": display,
            "formattedShortName": text("shortName").or(text("name")).or(display),
            "syncedAt": created, "createdBy": owner_of_device(state, document), "stats": {"messages": message_count(state, document)},
            "info": {"updatedAt": created, "name": text("name"), "kind": "personal"},
            "subscription": {"status": "active", "updatedAt": created}, "metadata": [], "meta": flags(state, document),
        }),
    );
    fill(&mut contact, from_number(text("wid").unwrap_or_default()));
    if is_business(document) {
        fill(&mut contact, json!({"businessInfo": business_info(document)}));
    }
    contact
}

/// The contact of a chat as messages name it.
pub fn summary(state: &AccountState, device: &str, wid: &str) -> Option<Value> {
    let Some(contact) = state.store.get("contacts", device, wid) else {
        let phone = phone_of_wid(wid)?;
        return Some(json!({"wid": wid, "displayName": phone, "phone": phone, "type": "user"}));
    };
    let fields = ["wid", "name", "displayName", "phone", "type"];
    let fields = fields.into_iter().filter_map(|name| Some((name.to_owned(), contact.get(name)?.clone())));
    let mut summary = fields.collect::<Document>();
    fill(&mut summary, json!({"shortName": contact.get("shortName").or(contact.get("name"))}));
    Some(summary.into())
}

/// The contact that a chat or a message is with. A person whom the device has not saved is shown all the same.
pub fn contact_at(state: &AccountState, device: &str, wid: &str) -> Option<Document> {
    let stranger = || {
        let phone = phone_of_wid(wid)?;
        let fields = json!({"device": device, "wid": wid, "phone": phone, "type": "user", "displayName": phone});
        let mut document = without_nulls(fields);
        document.insert("meta".to_owned(), json!({"isContact": false, "isDetachedContact": true}));
        Some(contact(state, &document))
    };
    state.store.get("contacts", device, wid).map(|document| contact(state, document)).or_else(stranger)
}

/// Whether a contact is a business, by its metadata or its kind.
pub fn is_business(contact: &Document) -> bool {
    value_at(contact, "meta.isBusiness") == Some(&Value::Bool(true)) || str_at(contact, "info.kind") == Some("business")
}

/// The profile of a business.
pub fn business_info(contact: &Document) -> Value {
    let text = |path: &str| str_at(contact, path).unwrap_or_default();
    json!({
        "address": text("info.address"), "description": text("info.description"), "email": text("info.email"),
        "businessHours": {"timezone": text("info.timezone")}, "options": {},
    })
}

fn flags(state: &AccountState, contact: &Document) -> Value {
    let (device, phone) = (str_at(contact, "device").unwrap_or_default(), str_at(contact, "phone").unwrap_or_default());
    let is_business = is_business(contact);
    json!({
        "isPSA": false, "isDetachedContact": false, "isContact": true, "isWAContact": true, "plaintextDisabled": false,
        "isBusiness": is_business, "isEnterprise": false, "showBusinessCheckmark": false, "statusMute": false, "isVerified": false,
        "isPhoneHidden": phone.is_empty(), "isImport": false, "isContactBlocked": state.store.get("blocked", device, phone).is_some(),
        "verifiedName": is_business.then(|| str_at(contact, "displayName")),
    })
}

/// What the calling code of a number says about its contact.
fn from_number(wid: &str) -> Value {
    let country = wid.strip_suffix("@c.us").and_then(countries::from_phone_digits);
    country.map_or(Value::Null, |country| {
        let calling = country.calling.parse::<u32>().ok();
        json!({"countryCode": calling, "info": {"country": country.code}, "locationInfo": countries::summary(country)})
    })
}

fn owner_of_device(state: &AccountState, document: &Document) -> Value {
    let device = str_at(document, "device").and_then(|id| state.store.get("devices", "", id));
    device.and_then(|device| facts::device_owner(state, device).get("id").cloned()).unwrap_or_default()
}

fn message_count(state: &AccountState, contact: &Document) -> u64 {
    let chat = str_at(contact, "device").zip(str_at(contact, "wid"));
    let chat = chat.and_then(|(device, wid)| state.store.get("chats", device, wid));
    chat.and_then(|chat| value_at(chat, "stats.localMessages")?.as_u64()).unwrap_or_default()
}
