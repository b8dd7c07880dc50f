//! Groups, channels, products, status posts and uploaded files to start with.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{EPOCH, MINUTE, chosen, id, moment};
use crate::sandbox::clock;
use crate::sandbox::collections::{channel_wid, group_wid, product_id};
use crate::sandbox::store::{Document, Store, text_at};

const GROUPS: [&str; 4] = ["Team", "Regulars", "Suppliers", "Neighbours"];
const CHANNELS: [&str; 2] = ["Opening hours", "New arrivals"];
/// Name, country and what they are about.
const PUBLIC: [(&str, &str, &str); 8] = [
    ("City weather", "GB", "The weather of today and tomorrow"),
    ("Wetter heute", "DE", "Weather for every region"),
    ("Football results", "ES", "Every goal, as it falls"),
    ("Daily recipes", "FR", "One dish a day"),
    ("Science news", "US", "What was found out this week"),
    ("Train delays", "DE", "Which trains are late"),
    ("Garden tips", "GB", "What to sow, and when"),
    ("Music of the week", "BR", "New songs on Friday"),
];
const CATEGORIES: [&str; 4] = ["trending", "popular", "new", "featured"];
const PRODUCTS: [&str; 8] = ["Coffee beans", "Teapot", "Mug", "Grinder", "Filter papers", "Kettle", "Milk jug", "Gift card"];
const POSTS: [&str; 3] = ["Closed on Monday", "New opening hours from next week", "Thank you for ten years!"];
/// Name and tag of the files.
const FILES: [(&str, &str); 6] = [
    ("menu.pdf", "menu"),
    ("logo.png", "brand"),
    ("storefront.jpg", "brand"),
    ("prices.csv", "menu"),
    ("welcome.mp3", "voice"),
    ("directions.txt", "help"),
];

/// More documents for what is in the store.
pub fn documents(store: &Store, seed: u64) -> Value {
    let mut rng = Rng::with_seed(seed.wrapping_add(0x5eed));
    let (mut groups, mut channels, mut posts, mut catalog) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (number, device) in (0..).zip(store.all("devices")) {
        groups.extend((0..).zip(GROUPS).map(|(index, name)| group(&mut rng, store, device, number * 100 + index, name)));
        channels.extend((0..).zip(CHANNELS).map(|(index, name)| channel(&mut rng, device, number * 100 + index, name)));
        posts.extend(POSTS.iter().map(|text| post(&mut rng, device, device, text)));
        let contacts = store.documents("contacts", text_at(device, "id").unwrap_or_default()).into_iter().flatten();
        posts.extend(contacts.take(2).map(|(_, contact)| post(&mut rng, device, contact, "Good morning!")));
        catalog.extend(products(&mut rng, device.get("id")));
    }
    let public: Vec<Value> = (0..).zip(PUBLIC).map(|(number, about)| public_channel(&mut rng, number, about)).collect();
    let files: Vec<Value> = FILES.iter().map(|about| file(&mut rng, store, about)).collect();
    json!({"groups": groups, "channels": channels, "public_channels": public, "user_status": posts, "products": catalog, "files": files})
}

fn group(rng: &mut Rng, store: &Store, device: &Document, number: u64, name: &str) -> Value {
    let contacts = store.documents("contacts", text_at(device, "id").unwrap_or_default()).into_iter().flatten();
    let members = rng.usize(3..9);
    let mut participants = vec![json!({
        "phone": device.get("phone"), "name": device.get("alias"), "isAdmin": true, "isSuperAdmin": true, "isOwner": true,
    })];
    participants.extend(contacts.take(members).map(|(_, contact)| {
        json!({"phone": contact.get("phone"), "name": contact.get("displayName"), "isAdmin": rng.u8(..5) == 0, "isContact": true})
    }));
    json!({
        "wid": group_wid(9_000_000 + number),
        "device": device.get("id"),
        "name": name,
        "description": format!("{name} of {}", text_at(device, "alias").unwrap_or_default()),
        "participants": participants,
        "permissions": {"edit": "admins", "send": "all", "invite": "all", "approval": false},
        "createdAt": moment(rng, 500),
        "lastMessageAt": moment(rng, 9),
    })
}

fn channel(rng: &mut Rng, device: &Document, number: u64, name: &str) -> Value {
    json!({
        "wid": channel_wid(9_000_000 + number),
        "device": device.get("id"),
        "name": name,
        "description": format!("{name} of {}", text_at(device, "alias").unwrap_or_default()),
        "totalParticipants": rng.u32(5..3000),
        "createdAt": moment(rng, 500),
    })
}

fn public_channel(rng: &mut Rng, number: u64, (name, country, about): (&str, &str, &str)) -> Value {
    json!({
        "wid": channel_wid(8_000_000 + number),
        "name": name,
        "description": about,
        "country": country,
        "categories": ["recommended", chosen(rng, &CATEGORIES)],
        "isVerified": rng.bool(),
        "totalParticipants": rng.u32(1000..5_000_000),
        "createdAt": moment(rng, 900),
    })
}

fn post(rng: &mut Rng, device: &Document, from: &Document, text: &str) -> Value {
    let is_own = device.get("wid") == from.get("wid");
    json!({
        "id": format!("3EB0{:016X}", rng.u64(..)),
        "device": device.get("id"),
        "fromMe": is_own,
        "from": from.get("wid"),
        "fromNumber": from.get("phone"),
        "body": text,
        "date": clock::written(EPOCH - rng.i64(1..24 * 60) * MINUTE),
        "ack": if is_own { "read" } else { "delivered" },
    })
}

/// Products of a device or, without one, of another business.
pub fn products(rng: &mut Rng, device: Option<&Value>) -> Vec<Value> {
    let count = rng.usize(3..=PRODUCTS.len());
    let product = |name: &&str| {
        let number = rng.u64(1_000_000..9_000_000);
        json!({
            "id": product_id(number),
            "device": device,
            "name": name,
            "description": format!("{name}, as long as there are any"),
            "retailerId": format!("SKU-{number}"),
            "price": rng.u32(3..80),
            "currency": "GBP",
            "availability": "in stock",
            "isHidden": false,
        })
    };
    PRODUCTS.iter().take(count).map(product).collect()
}

fn file(rng: &mut Rng, store: &Store, (name, tag): &(&str, &str)) -> Value {
    let owner = store.all("users").next();
    let owner = owner.map(|user| json!({"id": user.get("id"), "displayName": user.get("displayName")}));
    json!({"id": id(rng), "filename": name, "tags": [tag], "user": owner, "createdAt": moment(rng, 25), "expiration": "1y"})
}
