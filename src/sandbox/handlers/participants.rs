//! Who is in a group, and who asks to be let in.

use serde_json::{Value, json};

use crate::sandbox::handlers::groups::{GROUPS, change, enter};
use crate::sandbox::handlers::phone_lookup::is_in_use;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::wid_of_phone;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

const PENDING: &str = "pendingMembers";

/// Adds all of them or, when one cannot be added, none.
pub fn add_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let there = phones_of(state.find(GROUPS, call.device(), call.id())?, "participants");
    let added = given(state, call, &there)?;
    change(state, call.id(), |group| add(group, &added));
    size(state, call)
}

/// Makes members admins, or takes that away.
pub fn update_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let items: Vec<_> = call.field("participants").and_then(Value::as_array).into_iter().flatten().collect();
    let there = phones_of(state.find(GROUPS, call.device(), call.id())?, "participants");
    items.iter().try_for_each(|item| ensure_known(&there, &phone(item)))?;
    change(state, call.id(), |group| {
        edit(group, "participants", |list| list.iter_mut().for_each(|member| set_admin(member, &items)));
    });
    size(state, call)
}

pub fn remove_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let there = phones_of(state.find(GROUPS, call.device(), call.id())?, "participants");
    let leaving = call.items().iter().filter_map(Value::as_str);
    let leaving: Vec<Value> =
        leaving.map(|phone| ensure_known(&there, phone).map(|()| json!({"phone": phone}))).collect::<Result<_, _>>()?;
    change(state, call.id(), |group| remove(group, &leaving));
    size(state, call)
}

pub fn list_pending(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let group = state.find(GROUPS, call.device(), call.id())?;
    Ok(Response::ok(group.get(PENDING).unwrap_or(&json!([]))))
}

/// Lets those in who are named, or everybody.
pub fn approve(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let decided = decide(state, call)?;
    change(state, call.id(), |group| add(group, &decided));
    let devices = state
        .store
        .all("devices")
        .filter(|device| decided.iter().any(|one| Some(phone(one).as_str()) == str_at(device, "phone")));
    let devices: Vec<String> = devices.filter_map(|device| str_at(device, "id")).map(str::to_owned).collect();
    for device in devices {
        enter(state, call.id(), &device);
    }
    decision(state, call, "approved", &decided)
}

/// Refuses those who are named, or everybody.
pub fn reject(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let decided = decide(state, call)?;
    decision(state, call, "rejected", &decided)
}

/// Takes those off the list who are decided on.
fn decide(state: &mut AccountState, call: &Call) -> Result<Vec<Value>, ApiError> {
    let asking = phones_of(state.find(GROUPS, call.device(), call.id())?, PENDING);
    let named = call.field("phones").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let chosen: Vec<String> = if call.flag("all") { asking.clone() } else { named.map(str::to_owned).collect() };
    chosen.iter().try_for_each(|phone| ensure_known(&asking, phone))?;
    change(state, call.id(), |group| edit(group, PENDING, |list| list.retain(|one| !chosen.contains(&phone(one)))));
    Ok(chosen.iter().map(|phone| member(state, call.device(), phone, false)).collect())
}

fn decision(state: &AccountState, call: &Call, word: &str, decided: &[Value]) -> Result<Response, ApiError> {
    let phones: Vec<_> = decided.iter().map(phone).collect();
    let total = state.find(GROUPS, call.device(), call.id())?.get("totalParticipants");
    Ok(Response::ok(&json!({word: phones, "totalParticipants": total})))
}

fn size(state: &AccountState, call: &Call) -> Result<Response, ApiError> {
    let group = state.find(GROUPS, call.device(), call.id())?;
    Ok(Response::ok(&json!({"totalParticipants": group.get("totalParticipants"), "participants": group.get("participants")})))
}

/// The members that a call gives, each of whom may be added to a group that has these already.
pub fn given(state: &AccountState, call: &Call, there: &[String]) -> Result<Vec<Value>, ApiError> {
    let items = call.field("participants").and_then(Value::as_array).into_iter().flatten();
    items.map(|item| invited(state, call, there, item)).collect()
}

fn invited(state: &AccountState, call: &Call, there: &[String], item: &Value) -> Result<Value, ApiError> {
    let phone = phone(item);
    if there.contains(&phone) {
        return Err(ApiError::new(409, "Participant already exist in the group."));
    }
    let contact = state.store.get("contacts", call.device(), &wid_of_phone(&phone));
    if !is_in_use(&phone) {
        return Err(unknown(&phone));
    }
    if contact.and_then(|contact| contact.get("meta")?.get("canAddToGroups")?.as_bool()) == Some(false) {
        let message = "The participant's privacy settings do not let you add them to groups";
        let refusal = ApiError::new(403, message).with_code("group:participants:privacy_restriction");
        return Err(refusal.with_meta(json!({"participant": phone})));
    }
    Ok(member(state, call.device(), &phone, item.get("admin").and_then(Value::as_bool).unwrap_or_default()))
}

fn ensure_known(there: &[String], phone: &str) -> Result<(), ApiError> {
    if there.iter().any(|one| one == phone) { Ok(()) } else { Err(unknown(phone)) }
}

fn unknown(phone: &str) -> ApiError {
    ApiError::new(400, format!("Participant {phone} not found"))
        .with_code("participant:not_found")
        .with_meta(json!({"participant": phone}))
}

/// What a group says of a member.
fn member(state: &AccountState, device: &str, phone: &str, admin: bool) -> Value {
    let wid = wid_of_phone(phone);
    let contact = state.store.get("contacts", device, &wid);
    json!({
        "wid": wid,
        "phone": phone,
        "name": contact.and_then(|contact| contact.get("displayName")),
        "isAdmin": admin,
        "isSuperAdmin": false,
        "isOwner": false,
        "isContact": contact.is_some(),
    })
}

/// The device as a member; the one that makes a group is its owner.
pub fn own(state: &AccountState, device: &str) -> Value {
    let known = state.store.get("devices", "", device);
    let text = |field: &str| known.and_then(|known| str_at(known, field)).unwrap_or_default();
    json!({"wid": text("wid"), "phone": text("phone"), "name": text("alias"), "isAdmin": true, "isSuperAdmin": true, "isOwner": true})
}

pub fn is_in(group: &Document, member: &Value) -> bool {
    phones_of(group, "participants").contains(&phone(member))
}

pub fn needs_approval(group: &Document) -> bool {
    group.get("permissions").and_then(|permissions| permissions.get("approval")) == Some(&Value::Bool(true))
}

/// Puts somebody on the list of those who ask to be let in, once.
pub fn ask(group: &mut Document, member: &Value) {
    if !phones_of(group, PENDING).contains(&phone(member)) {
        let fields = ["wid", "phone", "name"].map(|field| (field.to_owned(), member.get(field).cloned().unwrap_or_default()));
        let mut asking = Document::from_iter(fields);
        asking.insert("requestedAt".to_owned(), timestamp::now().into());
        edit(group, PENDING, |list| list.push(Value::Object(asking)));
    }
}

pub fn add(group: &mut Document, members: &[Value]) {
    for member in members.iter().filter(|member| !phone(member).is_empty()) {
        if !is_in(group, member) {
            edit(group, "participants", |list| list.push(member.clone()));
        }
    }
    count(group);
}

pub fn remove(group: &mut Document, members: &[Value]) {
    let leaving: Vec<String> = members.iter().map(phone).collect();
    edit(group, "participants", |list| list.retain(|member| !leaving.contains(&phone(member))));
    count(group);
}

fn count(group: &mut Document) {
    let total = group.get("participants").and_then(Value::as_array).map_or(0, Vec::len);
    group.insert("totalParticipants".to_owned(), total.into());
}

/// Changes a list of the group, which is made if it is not there.
fn edit(group: &mut Document, field: &str, change: impl FnOnce(&mut Vec<Value>)) {
    let mut list = match group.get_mut(field).map(Value::take) {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    change(&mut list);
    group.insert(field.to_owned(), list.into());
}

fn phones_of(group: &Document, field: &str) -> Vec<String> {
    group.get(field).and_then(Value::as_array).into_iter().flatten().map(phone).collect()
}

fn phone(member: &Value) -> String {
    member.get("phone").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Makes a member an admin or not, where one of the items says so.
fn set_admin(member: &mut Value, items: &[&Value]) {
    let item = items.iter().find(|item| phone(item) == phone(member));
    if let (Some(item), Some(fields)) = (item, member.as_object_mut()) {
        fields.insert("isAdmin".to_owned(), item.get("admin").and_then(Value::as_bool).unwrap_or_default().into());
    }
}
