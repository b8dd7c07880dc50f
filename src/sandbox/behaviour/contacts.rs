//! Contacts and their metadata.

use serde_json::{Value, json};

use super::chats;
use crate::api::Place;
use crate::sandbox::check::Call;
use crate::sandbox::clock;
use crate::sandbox::collections::{self, complete_contact, wid_of_phone};
use crate::sandbox::reply::{Refusal, Reply};
use crate::sandbox::store::{Document, object_in, text_at};
use crate::sandbox::world::World;

/// Fields of a call that are not part of the contact's `info`.
const OUTSIDE_INFO: &[&str] = &["phone", "name", "metadata", "assign", "upsert", "sync"];

/// Creates the contact on the device, and with `sync` on every device that does not have it.
pub fn create(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let wid = wid_of_phone(call.text("phone").unwrap_or_default());
    let exists = world.store.get("contacts", call.device(), &wid).is_some();
    if exists && !call.flag("upsert") {
        return Err(Refusal::new(409, "Contact already exists"));
    }
    let agent = call.text("assign").map(|id| world.find("users", "", id).map(|_| id.to_owned())).transpose()?;
    for device in devices(world, call) {
        write(world, call, &device, &wid)?;
    }
    if let Some(agent) = agent {
        let assigner = chats::assigner(world, call);
        if let Some(chat) = world.store.get_mut("chats", call.device(), &wid) {
            chats::give(chat, Some(agent), None, assigner);
        }
    }
    let contact = world.find("contacts", call.device(), &wid)?;
    Ok(Reply::json(if exists { 200 } else { 201 }, contact))
}

fn devices(world: &World, call: &Call) -> Vec<String> {
    let every = world.store.all("devices").filter_map(|device| text_at(device, "id")).map(str::to_owned);
    if call.flag("sync") { every.collect() } else { vec![call.device().to_owned()] }
}

/// Makes the contact, or changes the one that is there.
fn write(world: &mut World, call: &Call, device: &str, wid: &str) -> Result<(), Refusal> {
    let Some(kind) = collections::kind("contacts") else { return Ok(()) };
    if world.store.get(kind.name, device, wid).is_none() {
        world.store.put(kind, device, wid, blank(call, device, wid)?);
    }
    let contact = world.find_mut(kind.name, device, wid)?;
    if let Some(name) = call.text("name") {
        contact.insert("name".to_owned(), name.into());
        let full = [Some(name), call.text("surname")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        contact.insert("displayName".to_owned(), full.into());
    }
    if let Some(pairs) = call.field("metadata").and_then(Value::as_array) {
        merge(contact, pairs);
    }
    fill_info(contact, call);
    Ok(())
}

fn blank(call: &Call, device: &str, wid: &str) -> Result<Document, Refusal> {
    let fields = json!({"device": device, "wid": wid, "phone": call.text("phone"), "createdAt": clock::now()});
    let Value::Object(mut contact) = fields else { return Ok(Document::new()) };
    complete_contact(&mut contact).map_err(|problem| Refusal::new(400, problem))?;
    Ok(contact)
}

fn fill_info(contact: &mut Document, call: &Call) {
    let Some(info) = object_in(contact, "info") else { return };
    if let Some(name) = call.field("name") {
        info.insert("name".to_owned(), name.clone());
    }
    let fields = call.operation.parameters.iter().filter(|parameter| parameter.place == Place::Body);
    for parameter in fields.filter(|parameter| !OUTSIDE_INFO.contains(&parameter.wire.as_str())) {
        if let Some(value) = call.field(&parameter.wire) {
            info.insert(parameter.wire.clone(), value.clone());
        }
    }
    info.insert("updatedAt".to_owned(), clock::now().into());
}

/// Sets the given keys and keeps the others.
pub fn upsert_metadata(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    change_metadata(world, call, |_| {})
}

/// Puts the given keys in the place of all others.
pub fn replace_metadata(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    change_metadata(world, call, |contact| {
        contact.insert("metadata".to_owned(), json!([]));
    })
}

fn change_metadata(world: &mut World, call: &Call, before: fn(&mut Document)) -> Result<Reply, Refusal> {
    let contact = world.find_mut("contacts", call.device(), call.id())?;
    before(contact);
    merge(contact, call.items());
    if let Some(info) = object_in(contact, "info") {
        info.insert("updatedAt".to_owned(), clock::now().into());
    }
    Ok(Reply::ok(contact))
}

/// A key that is there keeps its place and gets the new value; a new one comes last.
fn merge(contact: &mut Document, given: &[Value]) {
    let slot = contact.entry("metadata").or_insert_with(|| json!([]));
    let Some(pairs) = slot.as_array_mut() else { return };
    for pair in given {
        let (key, value) = (pair.get("key"), pair.get("value").cloned().unwrap_or_default());
        match pairs.iter_mut().find(|known| known.get("key") == key).and_then(Value::as_object_mut) {
            Some(known) => {
                known.insert("value".to_owned(), value);
            }
            None => pairs.push(json!({"key": key, "value": value})),
        }
    }
}
