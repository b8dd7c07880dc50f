//! Groups that senders write to or join.

use serde_json::json;

use crate::sandbox::delivery::inbound::fields::{Fields, invalid, parse_wid};
use crate::sandbox::handlers::{groups, members, serializers};
use crate::sandbox::response::ApiError;
use crate::sandbox::state::document::{Document, without_nulls};
use crate::sandbox::state::events::EventSubject;
use crate::sandbox::state::schemas::phone_of_wid;
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;

/// Creates the group of a message if the device does not have it; the sender is a member.
pub fn ensure(state: &mut AccountState, device: &str, wid: &str, sender: &str) {
    if !wid.ends_with("@g.us") || state.store.get(groups::GROUPS, device, wid).is_some() {
        return;
    }
    let owner = members::device_member(state, device);
    let member = phone_of_wid(sender).map(|phone| members::member(state, device, &phone, false));
    let participants: Vec<_> = [Some(owner), member].into_iter().flatten().collect();
    let name = state.store.get("chats", device, wid).and_then(|chat| chat.get("name"));
    let group = json!({
        "device": device, "wid": wid, "name": name, "description": "", "participants": participants, "createdAt": timestamp::now(),
    });
    let mut group = without_nulls(group);
    if (schemas::GROUPS.apply_defaults)(&mut group).is_ok() {
        state.store.upsert(&schemas::GROUPS, device, wid, group);
    }
}

/// Adds a person to the members of a group.
pub fn join(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let device = fields.device(state)?;
    let wid = parse_wid("chat", fields.text("chat")?)?;
    state.find(groups::GROUPS, device, &wid)?;
    let phone = phone_of_wid(&fields.sender()?).ok_or_else(|| invalid("from is not a person"))?;
    let member = members::member(state, device, &phone, false);
    groups::change(state, &wid, |group| {
        members::edit(group, members::PENDING, |list| list.retain(|request| members::phone(request) != phone));
        members::add(group, std::slice::from_ref(&member));
    });
    let group = serializers::view(state, &schemas::GROUPS, state.find(groups::GROUPS, device, &wid)?);
    let subject = EventSubject { object: "group", id: wid };
    let data = group.clone();
    state.record_webhook_event("group:update", device, subject, |_| data.into());
    Ok(group)
}
