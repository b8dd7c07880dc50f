//! Messages on their way: from the queue to the receiver, by the clock.
//!
//! A message waits in the queue of its device until its moment has come, the session is online and the queue runs.
//! Then it is sent, and delivered a step later. Each message is in `outbound`; while it waits, it is in `queue` too.
//! What a caller seeds into the queue is on nobody's way: it waits until it is routed, changed or deleted.

mod actions;
mod conversation;
mod steps;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::sandbox::state::AccountState;
use crate::sandbox::state::schemas;
use crate::sandbox::state::store::{Document, known_fields, text_at};
use crate::sandbox::timestamp;

use crate::sandbox::state::delivery::actions::act;
pub use crate::sandbox::state::delivery::conversation::{NewMessage, add as add_to_chat, told};

/// Milliseconds from one step to the next.
pub const STEP: i64 = 50;
/// Priorities, the most urgent first.
const PRIORITIES: [&str; 4] = ["urgent", "high", "normal", "low"];

/// Which messages move, and when.
#[derive(Debug, Default)]
pub struct DeliverySimulator {
    flights: BTreeMap<(i64, u64), Flight>,
    started: u64,
    /// Messages whose moment has come, by the device that cannot send them now.
    held: IndexMap<String, Vec<String>>,
    changed: bool,
}

#[derive(Debug)]
struct Flight {
    message: String,
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Leave,
    Arrive,
    Expire,
}

impl DeliverySimulator {
    /// When something is to move next, in milliseconds since 1970.
    pub fn next(&self) -> Option<i64> {
        self.flights.first_key_value().map(|((due, _), _)| *due)
    }

    /// Whether a flight was added since this was asked.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    fn start(&mut self, due: i64, message: &str, step: Step) {
        self.started += 1;
        self.changed = true;
        self.flights.insert((due, self.started), Flight { message: message.to_owned(), step });
    }
}

/// Takes a message in.
pub fn enter(world: &mut AccountState, mut message: Document) -> Document {
    let now = timestamp::milliseconds();
    let id = text_at(&message, "id").unwrap_or_default().to_owned();
    message.insert("status".to_owned(), "queued".into());
    store(world, message.clone());
    world.outbox.start(due(&message).unwrap_or(now + STEP).max(now), &id, Step::Leave);
    if let Some(end) = text_at(&message, "expiresAt").and_then(timestamp::read) {
        world.outbox.start(end, &id, Step::Expire);
    }
    message
}

/// When a scheduled message is to leave.
fn due(message: &Document) -> Option<i64> {
    timestamp::read(text_at(message, "deliverAt")?)
}

/// Keeps a message, also in the queue of its device while it waits.
pub fn store(world: &mut AccountState, message: Document) {
    let (Some(outbound), Some(queue)) = (schemas::kind("outbound"), schemas::kind("queue")) else { return };
    let text = |name| text_at(&message, name).unwrap_or_default().to_owned();
    let (id, device) = (text("id"), text("device"));
    match text("status").as_str() {
        "queued" => world.store.put(queue, &device, &id, message.clone()),
        _ => {
            world.store.remove(queue.name, &device, &id);
        }
    }
    world.store.put(outbound, "", &id, message);
}

/// Changes a message that waits, and lets it leave when it is due now.
pub fn change(world: &mut AccountState, earlier: &Document, message: Document) {
    let text = |document: &Document, name| text_at(document, name).unwrap_or_default().to_owned();
    let id = text(&message, "id");
    world.store.remove("queue", &text(earlier, "device"), &id);
    store(world, message.clone());
    if world.outbox.forget_held(&id) || due(&message) != due(earlier) || text(earlier, "device") != text(&message, "device") {
        world.outbox.start(due(&message).unwrap_or_default().max(timestamp::milliseconds()), &id, Step::Leave);
    }
}

/// Takes a message out of the queue and out of the list.
pub fn remove(world: &mut AccountState, id: &str) -> Option<Document> {
    let message = world.store.remove("outbound", "", id)?;
    world.store.remove("queue", text_at(&message, "device")?, id);
    Some(message)
}

/// Gives a device's waiting messages to another one.
pub fn route(world: &mut AccountState, device: &str, target: &str) {
    for (_, earlier) in world.store.take("queue", device) {
        let mut message = earlier.clone();
        message.insert("device".to_owned(), target.into());
        let was_held = text_at(&message, "id").is_some_and(|id| world.outbox.forget_held(id));
        if was_held && let Some(id) = text_at(&message, "id") {
            world.outbox.start(timestamp::milliseconds() + STEP, id, Step::Leave);
        }
        store(world, message);
    }
}

impl DeliverySimulator {
    fn forget_held(&mut self, id: &str) -> bool {
        let before: usize = self.held.values().map(Vec::len).sum();
        self.held.values_mut().for_each(|held| held.retain(|one| one != id));
        self.held.values().map(Vec::len).sum::<usize>() < before
    }
}

/// Moves everything whose moment has come.
pub fn advance(world: &mut AccountState) {
    let now = timestamp::milliseconds();
    release(world, now);
    move_until(world, now, now);
}

/// Moves everything as far as it can go, without waiting; scheduled messages only if they are asked for.
pub fn settle(world: &mut AccountState, scheduled: bool) {
    let now = timestamp::milliseconds();
    if scheduled {
        make_due(world, now);
    }
    release(world, now);
    // A step later each time, so that a message goes through all of its steps; none has more than three.
    for later in 0..4 {
        move_until(world, now + later * STEP, now);
    }
}

fn move_until(world: &mut AccountState, until: i64, now: i64) {
    while let Some(first) = world.outbox.flights.first_entry().filter(|first| first.key().0 <= until) {
        let Flight { message, step } = first.remove();
        steps::take(world, &message, step, now);
    }
}

/// Lets those go that wait for their moment.
fn make_due(world: &mut AccountState, now: i64) {
    let waiting: Vec<Document> = world.store.all("queue").filter(|one| one.contains_key("deliverAt")).cloned().collect();
    for mut message in waiting {
        let earlier = message.clone();
        message.insert("deliverAt".to_owned(), timestamp::written(now).into());
        change(world, &earlier, message);
    }
}

/// Lets go what was held, where the device can send again; the urgent ones first.
fn release(world: &mut AccountState, now: i64) {
    if world.outbox.held.is_empty() {
        return;
    }
    for (device, mut held) in std::mem::take(&mut world.outbox.held) {
        if !can_send(world, &device) {
            world.outbox.held.insert(device, held);
            continue;
        }
        held.sort_by_key(|id| world.store.get("outbound", "", id).map_or(PRIORITIES.len(), rank));
        held.iter().for_each(|id| world.outbox.start(now, id, Step::Leave));
    }
}

fn rank(message: &Document) -> usize {
    let priority = text_at(message, "priority").unwrap_or("normal");
    PRIORITIES.iter().position(|known| *known == priority).unwrap_or(PRIORITIES.len())
}

/// Whether a device's queue runs and its session is online.
pub fn can_send(world: &AccountState, device: &str) -> bool {
    let Some(device) = world.store.get("devices", "", device) else { return false };
    world.session_status(device) == "online" && matches!(queue_status(device), "active" | "reject")
}

pub fn queue_status(device: &Document) -> &str {
    text_at(device, "queue.status").unwrap_or("active")
}

/// The device as a message and an event name it.
pub fn device_of(world: &AccountState, id: &str) -> Value {
    let Some(device) = world.store.get("devices", "", id) else { return Value::Null };
    let field = |name: &str| device.get(name).cloned();
    let told =
        json!({"id": id, "phone": field("phone"), "alias": field("alias"), "plan": field("plan"), "version": field("version")});
    known_fields(told).into()
}
