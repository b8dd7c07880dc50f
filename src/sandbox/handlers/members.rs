//! The documents of group members and of requests to join.

use serde_json::{Value, json};

use crate::sandbox::handlers::phone_lookup::is_in_use;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::wid_of_phone;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// The field of a group with the people who asked to join.
pub const PENDING: &str = "pendingMembers";

/// The members in the body; an error if one cannot be added to a group with these members.
pub fn from_body(state: &AccountState, call: &Call, phones: &[String]) -> Result<Vec<Value>, ApiError> {
    let items = call.list("participants").iter();
    items.map(|item| new_member(state, call, phones, item)).collect()
}

fn new_member(state: &AccountState, call: &Call, phones: &[String], item: &Value) -> Result<Value, ApiError> {
    let phone = phone(item);
    if phones.contains(&phone) {
        return Err(ApiError::new(409, "Participant already exist in the group."));
    }
    let contact = state.store.get("contacts", call.device(), &wid_of_phone(&phone));
    if !is_in_use(&phone) {
        return Err(not_found(&phone));
    }
    if contact.and_then(|contact| contact.get("meta")?.get("canAddToGroups")?.as_bool()) == Some(false) {
        let message = "The participant's privacy settings do not let you add them to groups";
        let refusal = ApiError::new(403, message).with_code("group:participants:privacy_restriction");
        return Err(refusal.with_meta(json!({"participant": phone})));
    }
    Ok(member(state, call.device(), &phone, item.get("admin").and_then(Value::as_bool).unwrap_or_default()))
}

/// Fails with 404 if the phone is not in the list.
pub fn ensure_member(phones: &[String], phone: &str) -> Result<(), ApiError> {
    if phones.iter().any(|known| known == phone) { Ok(()) } else { Err(not_found(phone)) }
}

fn not_found(phone: &str) -> ApiError {
    ApiError::new(400, format!("Participant {phone} not found"))
        .with_code("participant:not_found")
        .with_meta(json!({"participant": phone}))
}

/// The document of a member.
pub fn member(state: &AccountState, device: &str, phone: &str, admin: bool) -> Value {
    let wid = wid_of_phone(phone);
    let contact = state.store.get("contacts", device, &wid);
    json!({
        "wid": wid,
        "phone": phone,
        "name": contact.and_then(|contact| str_at(contact, "displayName")).unwrap_or(phone),
        "isAdmin": admin,
        "isSuperAdmin": false,
        "isOwner": false,
        "isContact": contact.is_some(),
    })
}

/// The device as a member, with the rights of a group's owner.
pub fn device_member(state: &AccountState, device: &str) -> Value {
    let document = state.store.get("devices", "", device);
    let text = |field: &str| document.and_then(|document| str_at(document, field)).unwrap_or_default();
    let name = ["alias", "phone"].into_iter().map(text).find(|name| !name.is_empty());
    json!({"wid": text("wid"), "phone": text("phone"), "name": name, "isAdmin": true, "isSuperAdmin": true, "isOwner": true})
}

/// Whether a group has a participant with the phone of `member`.
pub fn is_member(group: &Document, member: &Value) -> bool {
    phones_of(group, "participants").contains(&phone(member))
}

/// Whether people who use the invite link wait for an administrator.
pub fn needs_approval(group: &Document) -> bool {
    group.get("permissions").and_then(|permissions| permissions.get("approval")) == Some(&Value::Bool(true))
}

/// Adds a request to join, once per phone number.
pub fn request_to_join(group: &mut Document, member: &Value) {
    if !phones_of(group, PENDING).contains(&phone(member)) {
        let fields = ["wid", "phone", "name"].map(|field| (field.to_owned(), member.get(field).cloned().unwrap_or_default()));
        let mut request = Document::from_iter(fields);
        request.insert("requestedAt".to_owned(), timestamp::now().into());
        edit(group, PENDING, |list| list.push(Value::Object(request)));
    }
}

/// Adds those members that have a phone and are not in the group, and updates the count.
pub fn add(group: &mut Document, members: &[Value]) {
    for member in members.iter().filter(|member| !phone(member).is_empty()) {
        if !is_member(group, member) {
            edit(group, "participants", |list| list.push(member.clone()));
        }
    }
    count(group);
}

/// Removes members by their phone, and updates the count.
pub fn remove(group: &mut Document, members: &[Value]) {
    let removed: Vec<String> = members.iter().map(phone).collect();
    edit(group, "participants", |list| list.retain(|member| !removed.contains(&phone(member))));
    count(group);
}

fn count(group: &mut Document) {
    let total = group.get("participants").and_then(Value::as_array).map_or(0, Vec::len);
    group.insert("totalParticipants".to_owned(), total.into());
}

/// Changes a list of the group, created if missing.
pub fn edit(group: &mut Document, field: &str, change: impl FnOnce(&mut Vec<Value>)) {
    let mut list = match group.get_mut(field).map(Value::take) {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    change(&mut list);
    group.insert(field.to_owned(), list.into());
}

/// The phones in a list of members, `participants` or `pendingMembers`.
pub fn phones_of(group: &Document, field: &str) -> Vec<String> {
    group.get(field).and_then(Value::as_array).into_iter().flatten().map(phone).collect()
}

/// The phone of a member; empty if it has none.
pub fn phone(member: &Value) -> String {
    member.get("phone").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Sets whether a member is an admin, if the items contain the member.
pub fn set_admin(member: &mut Value, items: &[&Value]) {
    let item = items.iter().find(|item| phone(item) == phone(member));
    if let (Some(item), Some(fields)) = (item, member.as_object_mut()) {
        fields.insert("isAdmin".to_owned(), item.get("admin").and_then(Value::as_bool).unwrap_or_default().into());
    }
}
