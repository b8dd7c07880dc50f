//! Contacts and their metadata.

use serde_json::{Value, json};

use crate::api::{self, ParameterLocation};
use crate::sandbox::handlers::chats::attributes;
use crate::sandbox::handlers::{chats, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, entry_object, set_at, str_at};
use crate::sandbox::state::schemas::{apply_contact_defaults, phone_of_wid, wid_of_phone};
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Body fields that are not stored in the contact's `info`.
const NOT_INFO: &[&str] = &["phone", "name", "metadata", "assign", "upsert", "sync"];

/// Creates the contact on the device, with `sync` on every device.
pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let wid = wid_of_phone(call.text("phone").unwrap_or_default());
    let exists = state.store.get("contacts", call.device(), &wid).is_some();
    if exists && !call.flag("upsert") {
        return Err(ApiError::new(409, "Contact already exists"));
    }
    let agent = call.text("assign").map(|id| state.find("users", "", id).map(|_| id.to_owned())).transpose()?;
    for device in devices(state, call) {
        upsert_contact(state, call.body(), &device, &wid)?;
    }
    if let Some(agent) = agent {
        let assigner = chats::assigner(state, call);
        if let Some(chat) = state.store.get_mut("chats", call.device(), &wid) {
            attributes::assign(chat, Some(agent), None, assigner);
        }
    }
    contact_response(state, call, &wid, if exists { 200 } else { 201 })
}

fn devices(state: &AccountState, call: &Call) -> Vec<String> {
    let every = state.store.all("devices").filter_map(|device| str_at(device, "id")).map(str::to_owned);
    if call.flag("sync") { every.collect() } else { vec![call.device().to_owned()] }
}

/// Creates or updates a contact.
fn upsert_contact(state: &mut AccountState, fields: &Value, device: &str, wid: &str) -> Result<(), ApiError> {
    if state.store.get(schemas::CONTACTS.name, device, wid).is_none() {
        let phone = fields.get("phone").cloned().unwrap_or_default();
        state.store.upsert(&schemas::CONTACTS, device, wid, new_contact(phone, device, wid)?);
    }
    set_fields(state.find_mut(schemas::CONTACTS.name, device, wid)?, fields);
    Ok(())
}

fn new_contact(phone: Value, device: &str, wid: &str) -> Result<Document, ApiError> {
    let fields = json!({"device": device, "wid": wid, "phone": phone, "createdAt": timestamp::now()});
    let Value::Object(mut contact) = fields else { return Ok(Document::new()) };
    apply_contact_defaults(&mut contact).map_err(|problem| ApiError::new(400, problem))?;
    Ok(contact)
}

/// Sets the given fields.
fn set_fields(contact: &mut Document, fields: &Value) {
    if let Some(pairs) = fields.get("metadata").and_then(Value::as_array) {
        merge_metadata(contact, pairs);
    }
    set_info(contact, fields);
    if fields.get("name").is_some() || fields.get("surname").is_some() {
        rename(contact, fields);
    }
}

/// Sets the name, and the display name that is derived from name and surname.
fn rename(contact: &mut Document, fields: &Value) {
    if let Some(name) = fields.get("name") {
        contact.insert("name".to_owned(), name.clone());
    }
    let surname = fields.get("surname").and_then(Value::as_str).or_else(|| str_at(contact, "info.surname"));
    let full = [str_at(contact, "name"), surname].into_iter().flatten().collect::<Vec<_>>().join(" ");
    contact.insert("displayName".to_owned(), full.into());
}

fn set_info(contact: &mut Document, fields: &Value) {
    let Some(info) = entry_object(contact, "info") else { return };
    for field in info_fields() {
        if let Some(value) = fields.get(field).filter(|value| !value.is_null()) {
            info.insert(field.to_owned(), value.clone());
        }
    }
    info.insert("updatedAt".to_owned(), timestamp::now().into());
}

/// The wire names of the fields of a contact's `info`.
fn info_fields() -> impl Iterator<Item = &'static str> {
    let fields = api::operation("contacts.create").map(|operation| operation.parameters.as_slice()).unwrap_or_default().iter();
    let wires =
        fields.filter(|parameter| parameter.location == ParameterLocation::Body).map(|parameter| parameter.wire_name.as_str());
    wires.filter(|wire| *wire == "name" || !NOT_INFO.contains(wire))
}

/// Updates the contact, with `sync` on every device that has it.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("contacts", call.device(), call.id())?;
    for device in devices(state, call) {
        let Some(contact) = state.store.get_mut("contacts", &device, call.id()) else { continue };
        set_fields(contact, call.body());
        remove_fields(contact, call.list("$remove"));
    }
    contact_response(state, call, call.id(), 200)
}

/// Removes fields; without a name, the display name is the phone number.
fn remove_fields(contact: &mut Document, fields: &[Value]) {
    for field in fields.iter().filter_map(Value::as_str) {
        if let Some(info) = entry_object(contact, "info") {
            info.shift_remove(field);
        }
        if field == "name" {
            contact.shift_remove("name");
        }
    }
    let names = [str_at(contact, "name"), str_at(contact, "info.surname")];
    let full = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let display_name = if full.is_empty() { str_at(contact, "phone").unwrap_or_default().to_owned() } else { full };
    if !fields.is_empty() {
        contact.insert("displayName".to_owned(), display_name.into());
    }
}

/// Creates many contacts; existing ones are updated with `upsert` and skipped without.
pub fn bulk_create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let upsert = call.query_value("upsert").is_none_or(|value| value == "true");
    let (mut created, mut updated, mut skipped) = (0, 0, 0);
    for fields in call.items() {
        let wid = wid_of_phone(fields.get("phone").and_then(Value::as_str).unwrap_or_default());
        let exists = state.store.get("contacts", call.device(), &wid).is_some();
        match (exists, upsert) {
            (false, _) => created += 1,
            (true, true) => updated += 1,
            (true, false) => skipped += 1,
        }
        if !exists || upsert {
            upsert_contact(state, fields, call.device(), &wid)?;
        }
    }
    Ok(Response::ok(&json!({"total": call.items().len(), "created": created, "updated": updated, "skipped": skipped})))
}

/// Blocks or unblocks phone numbers, whether or not they are contacts.
pub fn update_blocked(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let is_blocked = call.operation.name == "contacts.block";
    let wids: Vec<String> = call.strings("contacts").map(wid_of_phone).collect();
    for wid in &wids {
        set_blocked(state, call.device(), wid, is_blocked);
    }
    let contacts: Vec<Value> = wids.iter().map(|wid| json!({"wid": wid, "blocked": is_blocked})).collect();
    Ok(Response::ok(&json!({"contacts": contacts})))
}

/// Sets the blocked state of a phone number, also in its contact.
pub fn set_blocked(state: &mut AccountState, device: &str, wid: &str, is_blocked: bool) {
    let Some(phone) = phone_of_wid(wid) else { return };
    if is_blocked {
        let document = json!({"phone": phone, "device": device, "wid": wid, "createdAt": timestamp::now()});
        state.store.upsert(&schemas::BLOCKED, device, &phone, document.as_object().cloned().unwrap_or_default());
    } else {
        state.store.remove(schemas::BLOCKED.name, device, &phone);
    }
    if let Some(contact) = state.store.get_mut("contacts", device, wid) {
        set_at(contact, "meta.isContactBlocked", is_blocked.into());
    }
}

/// Sets the given keys, keeps the others.
pub fn upsert_metadata(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    change_metadata(state, call, merge_metadata)
}

/// Replaces all keys.
pub fn replace_metadata(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    change_metadata(state, call, replace_all_metadata)
}

fn change_metadata(state: &mut AccountState, call: &Call, change: fn(&mut Document, &[Value])) -> Result<Response, ApiError> {
    let contact = state.find_mut("contacts", call.device(), call.id())?;
    change(contact, call.items());
    if let Some(info) = entry_object(contact, "info") {
        info.insert("updatedAt".to_owned(), timestamp::now().into());
    }
    contact_response(state, call, call.id(), 200)
}

fn contact_response(state: &AccountState, call: &Call, wid: &str, status: u16) -> Result<Response, ApiError> {
    let contact = state.find(schemas::CONTACTS.name, call.device(), wid)?;
    Ok(Response::json(status, &serializers::view(state, &schemas::CONTACTS, contact)))
}

/// Replaces all metadata of a contact.
pub fn replace_all_metadata(contact: &mut Document, pairs: &[Value]) {
    contact.insert("metadata".to_owned(), json!([]));
    merge_metadata(contact, pairs);
}

/// Removes the pairs with these keys; missing keys are ignored.
pub fn remove_metadata(contact: &mut Document, keys: &[Value]) {
    if let Some(pairs) = contact.get_mut("metadata").and_then(Value::as_array_mut) {
        pairs.retain(|pair| !keys.iter().any(|key| pair.get("key") == Some(key)));
    }
}

/// Sets metadata: existing keys keep their position, new ones are appended.
pub fn merge_metadata(contact: &mut Document, pairs: &[Value]) {
    let metadata = contact.entry("metadata").or_insert_with(|| json!([]));
    let Some(metadata) = metadata.as_array_mut() else { return };
    for pair in pairs {
        let (key, value) = (pair.get("key"), pair.get("value").cloned().unwrap_or_default());
        match metadata.iter_mut().find(|entry| entry.get("key") == key).and_then(Value::as_object_mut) {
            Some(entry) => drop(entry.insert("value".to_owned(), value)),
            None => metadata.push(json!({"key": key, "value": value})),
        }
    }
}
