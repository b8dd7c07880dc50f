//! Campaigns: starting one sends a message to each contact, stopping one withdraws the messages still queued.

use serde_json::{Value, json};

use crate::sandbox::handlers::{crud, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, Documents, str_at};
use crate::sandbox::state::{AccountState, facts, outbound, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Starts or stops a campaign; 409 if its status does not allow it.
pub fn set_status(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let status = str_at(state.find("campaigns", "", call.id())?, "status").unwrap_or_default().to_owned();
    match (call.text("action").unwrap_or_default(), status.as_str()) {
        ("start", "completed") => return Err(ApiError::new(409, "The campaign is completed")),
        ("start", "processing") | ("stop", "stopped") => {}
        ("start", _) => start(state, call.id())?,
        (_, "processing") => stop(state, call.id())?,
        (..) => return Err(ApiError::new(409, format!("The campaign is {status}: there is nothing to stop"))),
    }
    let campaign = state.find("campaigns", "", call.id())?;
    Ok(Response::ok(&serializers::view(state, &schemas::CAMPAIGNS, campaign)))
}

fn start(state: &mut AccountState, id: &str) -> Result<(), ApiError> {
    let campaign = set_campaign_status(state, id, "processing", "startedAt")?;
    let device = str_at(&campaign, "device.id").unwrap_or_default().to_owned();
    state.find("devices", "", &device)?;
    for contact in facts::campaign_contacts(&campaign).iter().filter(|contact| str_at(contact, "status") == Some("pending")) {
        let message = new_message(state, &campaign, &device, contact);
        outbound::enqueue(state, message.clone());
        record_progress(state, &message);
    }
    complete_if_finished(state, id);
    Ok(())
}

fn new_message(state: &mut AccountState, campaign: &Document, device: &str, contact: &Document) -> Document {
    let id = state.store.new_id(&schemas::OUTBOUND, "");
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

/// Withdraws the queued messages; their contacts get them when the campaign is started again.
fn stop(state: &mut AccountState, id: &str) -> Result<(), ApiError> {
    set_campaign_status(state, id, "stopped", "stoppedAt")?;
    let queued = state.store.all("queue").filter(|message| str_at(message, "campaign") == Some(id));
    let queued: Vec<Document> = queued.cloned().collect();
    for mut message in queued {
        outbound::remove(state, str_at(&message, "id").unwrap_or_default());
        message.insert("status".to_owned(), "pending".into());
        record_progress(state, &message);
    }
    Ok(())
}

fn set_campaign_status(state: &mut AccountState, id: &str, status: &str, date_field: &str) -> Result<Document, ApiError> {
    let campaign = state.find_mut("campaigns", "", id)?;
    campaign.insert("status".to_owned(), status.into());
    campaign.insert(date_field.to_owned(), timestamp::now().into());
    Ok(campaign.clone())
}

/// Records the progress of a message in its campaign.
pub fn record_progress(state: &mut AccountState, message: &Document) {
    let Some((id, contact)) = str_at(message, "campaign").zip(str_at(message, "campaignContact")) else { return };
    if let Some(campaign) = state.store.get_mut("campaigns", "", id) {
        let contacts = campaign.get_mut("contacts").and_then(Value::as_array_mut).into_iter().flatten();
        let contact = contacts.filter_map(Value::as_object_mut).find(|document| str_at(document, "id") == Some(contact));
        contact.into_iter().for_each(|contact| update_contact(contact, message));
    }
    complete_if_finished(state, id);
}

fn update_contact(contact: &mut Document, message: &Document) {
    let now = timestamp::now();
    let (status, ack, date_field) = match str_at(message, "status").unwrap_or_default() {
        "queued" => ("processing", "pending", None),
        "sent" => ("processing", "sent", None),
        "delivered" => ("delivered", "delivered", Some("deliveredAt")),
        "failed" => ("failed", "failed", Some("failedAt")),
        _ => ("pending", "pending", None),
    };
    contact.insert("status".to_owned(), status.into());
    contact.insert("ack".to_owned(), ack.into());
    contact.insert("date".to_owned(), now.clone().into());
    contact.insert("message".to_owned(), message.get("id").cloned().unwrap_or_default());
    if let Some(date_field) = date_field {
        contact.insert(date_field.to_owned(), now.into());
    }
    if let Some(reason) = message.get("failureReason") {
        contact.insert("error".to_owned(), reason.clone());
    }
}

/// Completes a campaign whose messages are all delivered or failed.
fn complete_if_finished(state: &mut AccountState, id: &str) {
    let Some(campaign) = state.store.get("campaigns", "", id) else { return };
    let is_finished = |contact: &&Document| matches!(str_at(contact, "status"), Some("delivered" | "failed"));
    if str_at(campaign, "status") == Some("processing") && facts::campaign_contacts(campaign).iter().all(is_finished) {
        let _ = set_campaign_status(state, id, "completed", "completedAt");
    }
}

/// Lists the contacts of a campaign with the status of each message.
pub fn list_contacts(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let campaign = state.find("campaigns", "", call.id())?;
    let contacts = facts::campaign_contacts(campaign)
        .into_iter()
        .map(|contact| (str_at(contact, "id").unwrap_or_default().to_owned(), contact.clone()));
    let documents: Documents = contacts.collect();
    crud::list_of(state, &schemas::CAMPAIGN_CONTACTS, &documents, call)
}
