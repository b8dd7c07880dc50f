//! What becomes of a sent message, reported at once instead of after its steps.

use crate::sandbox::delivery::inbound::fields::{Fields, invalid};
use crate::sandbox::delivery::steps;
use crate::sandbox::handlers::serializers;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;

/// The states that a message reaches one after the other.
const STAGES: [&str; 4] = ["sent", "delivered", "read", "played"];
/// The status of what failed without a reason.
const DEFAULT_REASON: &str = "error";

/// Reports the status of an outbound message, named by its id or its WhatsApp id. It reaches each earlier state first,
/// and none twice: the events are the same whether or not its own steps have come due.
pub fn report(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let message = find(state, fields.text("message")?)?;
    let id = str_at(&message, "id").unwrap_or_default().to_owned();
    let status = fields.text("status")?;
    if str_at(&message, "status") == Some("failed") {
        return Err(ApiError::new(409, "The message has failed"));
    }
    match STAGES.iter().position(|stage| *stage == status) {
        Some(target) => advance(state, &id, target),
        None if status == "failed" => {
            steps::fail(state, message, fields.optional_text("reason")?.unwrap_or(DEFAULT_REASON));
        }
        None => return Err(invalid(&format!("status is {status:?}; use failed, {}", STAGES.join(", ")))),
    }
    Ok(serializers::view(state, &schemas::OUTBOUND, state.find("outbound", "", &id)?))
}

fn find(state: &AccountState, id: &str) -> Result<Document, ApiError> {
    let by_whatsapp_id = || state.store.all("outbound").find(|message| str_at(message, "waId") == Some(id));
    let message = state.store.get("outbound", "", id).or_else(by_whatsapp_id).cloned();
    message.ok_or_else(|| ApiError::new(404, "Message not found"))
}

/// Moves a message through the stages that it has not reached, up to `target`.
fn advance(state: &mut AccountState, id: &str, target: usize) {
    let now = timestamp::now_millis();
    for (index, stage) in STAGES.iter().enumerate().take(target + 1) {
        let Some(message) = state.store.get("outbound", "", id).cloned() else { return };
        if reached(&message).is_some_and(|reached| reached >= index) {
            continue;
        }
        match index {
            0 => steps::send(state, message, now),
            _ => steps::acknowledge(state, message, stage, now),
        }
    }
}

/// The last stage that a message has reached.
fn reached(message: &Document) -> Option<usize> {
    let status = str_at(message, "deliveryStatus")?;
    STAGES.iter().position(|stage| *stage == status)
}
