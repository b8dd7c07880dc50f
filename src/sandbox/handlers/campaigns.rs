//! Campaigns: started they send a message to each of their contacts, stopped they take back what still waits.

use serde_json::{Value, json};

use crate::sandbox::handlers::crud;
use crate::sandbox::handlers::serializers;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::delivery;
use crate::sandbox::state::schemas;
use crate::sandbox::state::store::{Document, Documents, text_at};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

pub fn set_status(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let status = text_at(world.find("campaigns", "", call.id())?, "status").unwrap_or_default().to_owned();
    match (call.text("action").unwrap_or_default(), status.as_str()) {
        ("start", "completed") => return Err(ApiError::new(409, "The campaign is completed")),
        ("start", "processing") | ("stop", "stopped") => {}
        ("start", _) => start(world, call.id())?,
        (_, "processing") => stop(world, call.id())?,
        (..) => return Err(ApiError::new(409, format!("The campaign is {status}: there is nothing to stop"))),
    }
    let campaign = world.find("campaigns", "", call.id())?;
    Ok(Response::ok(&serializers::campaign(campaign)))
}

fn start(world: &mut AccountState, id: &str) -> Result<(), ApiError> {
    let campaign = set(world, id, "processing", "startedAt")?;
    let device = text_at(&campaign, "device.id").unwrap_or_default().to_owned();
    world.find("devices", "", &device)?;
    for contact in contacts(&campaign).iter().filter(|contact| text_at(contact, "status") == Some("pending")) {
        let message = message(world, &campaign, &device, contact);
        delivery::enter(world, message.clone());
        note(world, &message);
    }
    finish(world, id);
    Ok(())
}

fn message(world: &mut AccountState, campaign: &Document, device: &str, contact: &Document) -> Document {
    let id = schemas::kind("outbound").map(|kind| world.store.new_id(kind, "")).unwrap_or_default();
    let field = |document: &Document, name: &str| document.get(name).cloned();
    let fields = json!({
        "id": id, "device": device, "wid": contact.get("wid"), "type": "text", "source": "api",
        "message": field(campaign, "message"), "priority": "normal", "status": "queued", "deliveryStatus": "pending",
        "webhookStatus": "pending", "createdAt": timestamp::now(), "retentionPolicy": "plan_defaults",
        "retry": {"max": 25, "delay": 0, "count": 0}, "campaign": field(campaign, "id"), "campaignContact": field(contact, "id"),
    });
    let Value::Object(mut message) = fields else { return Document::new() };
    for name in ["phone", "group", "reference"] {
        if let Some(value) = contact.get(name) {
            message.insert(name.to_owned(), value.clone());
        }
    }
    message
}

/// What waits is taken back; its contacts get their message when the campaign is started again.
fn stop(world: &mut AccountState, id: &str) -> Result<(), ApiError> {
    set(world, id, "stopped", "stoppedAt")?;
    let waiting = world.store.all("queue").filter(|message| text_at(message, "campaign") == Some(id));
    let waiting: Vec<Document> = waiting.cloned().collect();
    for mut message in waiting {
        delivery::remove(world, text_at(&message, "id").unwrap_or_default());
        message.insert("status".to_owned(), "pending".into());
        note(world, &message);
    }
    Ok(())
}

fn set(world: &mut AccountState, id: &str, status: &str, dated: &str) -> Result<Document, ApiError> {
    let campaign = world.find_mut("campaigns", "", id)?;
    campaign.insert("status".to_owned(), status.into());
    campaign.insert(dated.to_owned(), timestamp::now().into());
    Ok(campaign.clone())
}

/// The receivers of a campaign, as they are kept in it.
pub fn contacts(campaign: &Document) -> Vec<&Document> {
    campaign.get("contacts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect()
}

/// Notes in its campaign what has become of a message.
pub fn note(world: &mut AccountState, message: &Document) {
    let Some((id, contact)) = text_at(message, "campaign").zip(text_at(message, "campaignContact")) else { return };
    if let Some(campaign) = world.store.get_mut("campaigns", "", id) {
        let all = campaign.get_mut("contacts").and_then(Value::as_array_mut).into_iter().flatten();
        let found = all.filter_map(Value::as_object_mut).find(|one| text_at(one, "id") == Some(contact));
        found.into_iter().for_each(|found| note_in_contact(found, message));
    }
    finish(world, id);
}

fn note_in_contact(contact: &mut Document, message: &Document) {
    let moment = timestamp::now();
    let (status, ack, dated) = match text_at(message, "status").unwrap_or_default() {
        "queued" => ("processing", "pending", None),
        "sent" => ("processing", "sent", None),
        "delivered" => ("delivered", "delivered", Some("deliveredAt")),
        "failed" => ("failed", "failed", Some("failedAt")),
        _ => ("pending", "pending", None),
    };
    contact.insert("status".to_owned(), status.into());
    contact.insert("ack".to_owned(), ack.into());
    contact.insert("date".to_owned(), moment.clone().into());
    contact.insert("message".to_owned(), message.get("id").cloned().unwrap_or_default());
    if let Some(dated) = dated {
        contact.insert(dated.to_owned(), moment.into());
    }
    if let Some(reason) = message.get("failureReason") {
        contact.insert("error".to_owned(), reason.clone());
    }
}

/// A campaign is completed when all of its messages have arrived or failed.
fn finish(world: &mut AccountState, id: &str) {
    let Some(campaign) = world.store.get("campaigns", "", id) else { return };
    let is_over = |contact: &&Document| matches!(text_at(contact, "status"), Some("delivered" | "failed"));
    if text_at(campaign, "status") == Some("processing") && contacts(campaign).iter().all(is_over) {
        let _ = set(world, id, "completed", "completedAt");
    }
}

pub fn list_contacts(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let campaign = world.find("campaigns", "", call.id())?;
    let named = contacts(campaign).into_iter().map(|one| (text_at(one, "id").unwrap_or_default().to_owned(), one.clone()));
    let documents: Documents = named.collect();
    crud::list_of(world, &schemas::CAMPAIGN_CONTACTS, &documents, call)
}
