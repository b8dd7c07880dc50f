//! The initial documents of a sandbox, the same for the same seed.

mod conversations;
mod random;
mod sending;
mod whatsapp;
mod workspace;

use fastrand::Rng;
use serde_json::{Value, json};

use crate::sandbox::state::fixtures::random::{LABELS, id, past_date, phone, set_optional};
pub use crate::sandbox::state::fixtures::whatsapp::products;
use crate::sandbox::state::schemas::{EPOCH, wid_of_phone};
use crate::sandbox::state::{AccountState, seed};
use crate::sandbox::timestamp::{self, MINUTE};

const ALIASES: [&str; 3] = ["Support", "Sales", "Marketing"];
const DEPARTMENTS: [&str; 3] = ["Customer care", "Sales", "Billing"];

const STATUSES: [&str; 4] = ["pending", "active", "resolved", "archived"];
const TIERS: [&str; 3] = ["bronze", "silver", "gold"];
/// Number of contacts and chats of each device.
const SIZES: [(usize, usize); 3] = [(200, 120), (40, 25), (20, 10)];
const AGENTS: usize = 8;
const QUEUED: usize = 12;

/// First name, surname, country, calling code, first digits of its mobile numbers, number of digits after the calling code.
const PEOPLE: [(&str, &str, &str, u16, &str, usize); 16] = [
    ("Ada", "Lovelace", "GB", 44, "7400", 10),
    ("José", "García", "ES", 34, "612", 9),
    ("Zoë", "Müller", "DE", 49, "170", 10),
    ("Łukasz", "Wójcik", "PL", 48, "512", 9),
    ("Chloé", "Lefèvre", "FR", 33, "612", 9),
    ("Søren", "Ødegård", "NO", 47, "406", 8),
    ("João", "Conceição", "BR", 55, "11961", 11),
    ("Nguyễn", "Thị Hoa", "VN", 84, "912", 9),
    ("美咲", "佐藤", "JP", 81, "9012", 10),
    ("Олена", "Шевченко", "UA", 380, "501", 9),
    ("Priya", "Sharma", "IN", 91, "8123", 10),
    ("فاطمة", "الزهراء", "MA", 212, "650", 9),
    ("Siobhán", "O'Brien", "IE", 353, "850", 9),
    ("Ebru", "Yıldız", "TR", 90, "501", 10),
    ("Amina", "Okafor", "NG", 234, "8021", 10),
    ("Mia", "Johnson", "US", 1, "201555", 10),
];

/// Generates further documents from the existing ones.
type Generator = fn(&mut Rng, &mut Value) -> Value;
/// New generators are appended, so that the documents of the others do not change.
const GENERATORS: &[Generator] = &[departments, conversations::documents, workspace::documents];

/// The account of a small company.
pub fn seed_account(seed: u64) -> AccountState {
    let mut state = AccountState::default();
    let documents = all_documents(seed);
    // The generated documents are valid; a test checks them.
    let _ = seed::seed(&mut state.store, documents);
    let more = whatsapp::documents(&state.store, seed);
    let _ = seed::seed(&mut state.store, more);
    state
}

/// The documents of all collections.
fn all_documents(seed: u64) -> Value {
    let mut documents = documents(&mut Rng::with_seed(seed));
    for (number, generate) in (1..).zip(GENERATORS) {
        let mut rng = Rng::with_seed(seed.wrapping_add(number << 32));
        let generated = generate(&mut rng, &mut documents);
        for (collection, more) in generated.as_object().into_iter().flatten() {
            match documents.get_mut(collection).and_then(Value::as_array_mut) {
                Some(known) => known.extend(more.as_array().into_iter().flatten().cloned()),
                None => set_optional(&mut documents, collection, Some(more.clone())),
            }
        }
    }
    documents
}

fn documents(rng: &mut Rng) -> Value {
    let users: Vec<Value> = (0..AGENTS).map(|index| user(rng, index)).collect();
    let departments: Vec<Value> = DEPARTMENTS.iter().map(|name| json!({"id": id(rng), "name": name})).collect();
    let devices: Vec<Value> = ALIASES.iter().map(|alias| device(rng, alias, &users)).collect();
    let (mut contacts, mut chats) = (Vec::new(), Vec::new());
    for (device, (contact_count, chat_count)) in devices.iter().zip(SIZES) {
        let people: Vec<Value> = (0..contact_count).map(|index| contact(rng, &device["id"], index)).collect();
        chats.extend(people.iter().take(chat_count).map(|contact| chat(rng, contact, &users, &departments)));
        contacts.extend(people);
    }
    let support = devices.first().map(|device| device["id"].clone());
    let queue: Vec<Value> = contacts.iter().take(QUEUED).map(|contact| message(rng, &support, contact)).collect();
    let sent = sending::sent(rng, &support, &contacts);
    let campaigns = sending::campaigns(rng, &support, users.first(), &contacts);
    let webhooks = [sending::webhook(rng)];
    json!({
        "users": users, "departments": departments, "devices": devices, "contacts": contacts, "chats": chats, "queue": queue,
        "outbound": sent, "campaigns": campaigns, "webhooks": webhooks,
    })
}

fn user(rng: &mut Rng, index: usize) -> Value {
    let (name, surname, ..) = PEOPLE.iter().cycle().nth(index * 3).copied().unwrap_or_default();
    let role = if index == 0 { "admin" } else { "agent" };
    json!({"id": id(rng), "displayName": format!("{name} {surname}"), "email": format!("agent{}@example.com", index + 1), "role": role})
}

fn device(rng: &mut Rng, alias: &str, users: &[Value]) -> Value {
    let (id, phone) = (id(rng), phone(rng, 44, "7400", 10));
    let owner = users.first();
    json!({
        "id": id,
        "phone": phone,
        "wid": wid_of_phone(&phone),
        "alias": alias,
        "description": format!("{alias} line"),
        "version": 2,
        "user": owner.map(|user| json!({"id": user["id"], "displayName": user["displayName"]})),
        "status": "operative",
        "plan": "io-professional",
        "session": {"status": "online", "uptime": rng.u32(3600..900_000), "appVersion": "2.3000.0", "lastSyncAt": past_date(rng, 2)},
        "queue": {"status": "active"},
        "profile": {"name": format!("Example {alias}"), "info": "We answer within the hour.", "lastSyncAt": past_date(rng, 2)},
        "createdAt": past_date(rng, 700),
    })
}

/// Gives each device its departments: the first one the existing ones, the others copies with new ids.
fn departments(rng: &mut Rng, known: &mut Value) -> Value {
    let list = |name: &str| known[name].as_array().cloned().unwrap_or_default();
    let (users, devices, first) = (list("users"), list("devices"), list("departments"));
    let mut departments = Vec::new();
    for (index, device) in devices.iter().enumerate() {
        for department in &first {
            let id = if index == 0 { department["id"].clone() } else { id(rng).into() };
            departments.push(new_department(rng, &device["id"], id, &department["name"], &users));
        }
    }
    for chat in known["chats"].as_array_mut().into_iter().flatten() {
        let index = first.iter().position(|department| department.get("id") == chat.pointer("/owner/department"));
        let own = departments.iter().filter(|department| department["device"] == chat["device"]);
        if let Some(department) = index.and_then(|index| own.into_iter().nth(index)) {
            set_optional(&mut chat["owner"], "department", department.get("id").cloned());
        }
    }
    known["departments"] = json!([]);
    json!({"departments": departments})
}

fn new_department(rng: &mut Rng, device: &Value, id: Value, name: &Value, users: &[Value]) -> Value {
    let agents: Vec<_> = users.iter().filter(|_| rng.bool()).map(|user| user["id"].clone()).collect();
    json!({"id": id, "device": device, "name": name, "color": "gold", "icon": "users", "agents": agents, "createdAt": past_date(rng, 300)})
}

fn contact(rng: &mut Rng, device: &Value, index: usize) -> Value {
    let (_, surname, country, code, prefix, digits) = PEOPLE.iter().cycle().nth(index).copied().unwrap_or_default();
    let name = rng.choice(&PEOPLE).map(|person| person.0).unwrap_or_default();
    let phone = phone(rng, code, prefix, digits);
    let full = format!("{name} {surname}");
    let business = index.is_multiple_of(9);
    let email = rng.bool().then(|| format!("contact{index}@example.com"));
    let mut info = json!({
        "updatedAt": past_date(rng, 30), "name": name, "surname": surname, "country": country,
        "kind": if business { "business" } else { "personal" },
    });
    set_optional(&mut info, "email", email.map(Value::from));
    json!({
        "device": device,
        "wid": wid_of_phone(&phone),
        "phone": phone,
        "type": "user",
        "name": name,
        "shortName": name,
        "displayName": full,
        "formattedName": full,
        "formattedShortName": name,
        "countryCode": code,
        "createdAt": past_date(rng, 400),
        "syncedAt": past_date(rng, 20),
        "info": info,
        "meta": {"isBusiness": business, "isContactBlocked": false},
        "metadata": metadata(rng),
    })
}

fn metadata(rng: &mut Rng) -> Value {
    if rng.bool() {
        return json!([]);
    }
    let tier = rng.choice(&TIERS);
    json!([{"key": "tier", "value": tier}, {"key": "crm_id", "value": rng.u32(1000..100_000).to_string()}])
}

fn chat(rng: &mut Rng, contact: &Value, users: &[Value], departments: &[Value]) -> Value {
    let (last, unread) = (past_date(rng, 60), if rng.u8(..3) == 0 { rng.u32(1..9) } else { 0 });
    let (inbound, outbound) = (rng.u32(1..80), rng.u32(0..80));
    let labels: Vec<_> = LABELS.iter().filter(|_| rng.u8(..5) == 0).collect();
    let mut chat = json!({
        "id": id(rng),
        "device": contact["device"],
        "wid": contact["wid"],
        "phone": contact["phone"],
        "name": contact["displayName"],
        "type": "chat",
        "status": rng.choice(&STATUSES),
        "waStatus": "active",
        "statusUpdatedAt": last,
        "date": last,
        "labels": labels,
        "unreadCount": unread,
        "meta": {"unreadCount": unread, "isUserInitiated": rng.bool(), "canSend": true, "isReadOnly": false, "isArchived": false},
        "stats": {"notes": 0, "localMessages": inbound + outbound, "inboundMessages": inbound, "outboundMessages": outbound},
        "firstMessageAt": timestamp::format(EPOCH - 61 * 24 * 60 * MINUTE),
        "lastMessageAt": last,
        "lastInboundMessageAt": last,
    });
    let owner = rng.bool().then(|| owner(rng, users, departments, &last));
    set_optional(&mut chat, "owner", owner);
    chat
}

fn owner(rng: &mut Rng, users: &[Value], departments: &[Value], since: &str) -> Value {
    json!({
        "agent": rng.choice(users).map(|user| user["id"].clone()),
        "assigner": users.first().map(|user| user["id"].clone()),
        "assignedAt": since,
        "department": rng.choice(departments).map(|department| department["id"].clone()),
    })
}

fn message(rng: &mut Rng, device: &Option<Value>, contact: &Value) -> Value {
    json!({"id": id(rng), "device": device, "phone": contact["phone"], "message": "Your order is on its way.", "status": "queued"})
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn every_seed_generates_valid_documents() {
        for seed in 0..20 {
            let mut store = crate::sandbox::state::store::Store::default();
            let documents = all_documents(seed);
            seed::seed(&mut store, documents.clone()).unwrap();
            let counts = store.counts();
            let size = |name: &str| documents[name].as_array().unwrap().len();
            for name in documents.as_object().unwrap().keys() {
                // Queued messages are outbound messages, too.
                let expected = if name == "outbound" { size("outbound") + size("queue") } else { size(name) };
                assert_eq!(counts[name.as_str()], expected, "seed {seed}: two of the {name} share an id");
            }
        }
    }
}
