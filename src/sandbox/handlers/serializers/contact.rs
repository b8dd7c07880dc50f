//! Contacts as answers and events show them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::sandbox::countries;
use crate::sandbox::countries::Country;
use crate::sandbox::handlers::serializers::completed::{Completed, Field};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, fill, str_at, value_at, without_nulls};
use crate::sandbox::state::schemas::phone_of_wid;

/// Countries as contacts show them, by code.
static LOCATIONS: LazyLock<HashMap<&str, Value>> =
    LazyLock::new(|| countries::all().iter().map(|country| (country.code, countries::summary(country))).collect());
/// Flags that every contact has unless it says otherwise.
const FLAGS: [(&str, bool); 10] = [
    ("isPSA", false),
    ("isDetachedContact", false),
    ("isContact", true),
    ("isWAContact", true),
    ("plaintextDisabled", false),
    ("isEnterprise", false),
    ("showBusinessCheckmark", false),
    ("statusMute", false),
    ("isVerified", false),
    ("isImport", false),
];
static NO_METADATA: Value = Value::Array(Vec::new());

/// A contact with the names, numbers and flags that follow from what is stored.
pub fn contact(state: &AccountState, document: &Document) -> Document {
    completed(state, document).into_document()
}

/// The same without a copy of what is stored.
pub fn completed<'a>(state: &'a AccountState, document: &'a Document) -> Completed<'a> {
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let (name, display, created) = (text("name"), text("displayName"), text("createdAt"));
    let wid = text("wid").unwrap_or_default();
    let country = wid.strip_suffix("@c.us").and_then(countries::from_phone_digits);
    let defaults = vec![
        ("shortName", name.map(Field::Text)),
        ("formattedName", display.map(Field::Text)),
        ("formattedShortName", text("shortName").or(name).or(display).map(Field::Text)),
        ("countryCode", country.and_then(|country| country.calling.parse().ok()).map(Field::Number)),
        ("syncedAt", created.map(Field::Text)),
        ("createdBy", owner_of_device(state, document).map(borrowed)),
        ("stats", Some(Field::Object(vec![("messages", Some(Field::Number(message_count(state, document))))]))),
        ("info", Some(info(name, created, country))),
        (
            "subscription",
            Some(Field::Object(vec![("status", Some(Field::Text("active"))), ("updatedAt", created.map(Field::Text))])),
        ),
        ("metadata", Some(borrowed(&NO_METADATA))),
        ("meta", Some(flags(state, document))),
        ("locationInfo", country.and_then(|country| LOCATIONS.get(country.code)).map(borrowed)),
        ("businessInfo", is_business(document).then(|| Field::Value(Cow::Owned(business_info(document))))),
    ];
    Completed { own: document, defaults }
}

fn borrowed(value: &Value) -> Field<'_> {
    Field::Value(Cow::Borrowed(value))
}

fn info<'a>(name: Option<&'a str>, created: Option<&'a str>, country: Option<&'a Country>) -> Field<'a> {
    Field::Object(vec![
        ("updatedAt", created.map(Field::Text)),
        ("name", name.map(Field::Text)),
        ("kind", Some(Field::Text("personal"))),
        ("country", country.map(|country| Field::Text(country.code))),
    ])
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

fn flags<'a>(state: &AccountState, contact: &'a Document) -> Field<'a> {
    let (device, phone) = (str_at(contact, "device").unwrap_or_default(), str_at(contact, "phone").unwrap_or_default());
    let is_business = is_business(contact);
    let own = [
        ("isBusiness", is_business),
        ("isPhoneHidden", phone.is_empty()),
        ("isContactBlocked", state.store.get("blocked", device, phone).is_some()),
    ];
    let flags = own.into_iter().chain(FLAGS).map(|(name, flag)| (name, Some(Field::Flag(flag))));
    let verified_name = is_business.then(|| str_at(contact, "displayName")).flatten();
    Field::Object(flags.chain([("verifiedName", verified_name.map(Field::Text))]).collect())
}

fn owner_of_device<'a>(state: &'a AccountState, document: &Document) -> Option<&'a Value> {
    let device = state.store.get("devices", "", str_at(document, "device")?)?;
    let own = device.get("user").and_then(|user| user.as_object()?.get("id"));
    own.or_else(|| state.store.all("users").next()?.get("id"))
}

fn message_count(state: &AccountState, contact: &Document) -> u64 {
    let chat = str_at(contact, "device").zip(str_at(contact, "wid"));
    let chat = chat.and_then(|(device, wid)| state.store.get("chats", device, wid));
    chat.and_then(|chat| value_at(chat, "stats.localMessages")?.as_u64()).unwrap_or_default()
}
