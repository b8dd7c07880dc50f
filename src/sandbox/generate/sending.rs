//! Messages that were sent, campaigns and a webhook.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{chosen, id, moment};

const SENT: usize = 15;
const TEXTS: [&str; 4] =
    ["Your order is on its way.", "Your invoice is ready.", "See you tomorrow at nine.", "Thanks for writing to us."];
/// Name, status and number of contacts of the campaigns.
const CAMPAIGNS: [(&str, &str, usize); 3] =
    [("Spring sale", "completed", 6), ("New opening hours", "draft", 8), ("Survey", "stopped", 5)];

/// Messages of a device that have arrived.
pub fn sent(rng: &mut Rng, device: &Option<Value>, contacts: &[Value]) -> Vec<Value> {
    contacts.iter().take(SENT).map(|contact| sent_one(rng, device, contact)).collect()
}

fn sent_one(rng: &mut Rng, device: &Option<Value>, contact: &Value) -> Value {
    let (status, at) = (if rng.bool() { "read" } else { "delivered" }, moment(rng, 40));
    json!({
        "id": id(rng), "waId": format!("3EB0{:016X}", rng.u64(..)), "device": device, "phone": contact["phone"], "wid": contact["wid"],
        "type": "text", "message": chosen(rng, &TEXTS), "status": "delivered", "deliveryStatus": status, "webhookStatus": "success",
        "priority": "normal", "source": "api", "retentionPolicy": "plan_defaults", "retry": {"max": 25, "delay": 0, "count": 0},
        "createdAt": at, "sentAt": at, "processedAt": at,
    })
}

pub fn campaigns(rng: &mut Rng, device: &Option<Value>, owner: Option<&Value>, contacts: &[Value]) -> Vec<Value> {
    let shared = json!({"device": device, "owner": owner.map(|owner| json!({"id": owner["id"]}))});
    CAMPAIGNS
        .iter()
        .map(|(name, status, size)| campaign(rng, shared.clone(), (name, status), contacts.iter().take(*size)))
        .collect()
}

fn campaign<'a>(
    rng: &mut Rng,
    mut campaign: Value,
    (name, status): (&str, &str),
    contacts: impl Iterator<Item = &'a Value>,
) -> Value {
    let is_over = status == "completed";
    let (state, ack) = if is_over { ("delivered", "read") } else { ("pending", "pending") };
    let receiver =
        |contact: &Value| json!({"phone": contact["phone"], "name": contact["displayName"], "status": state, "ack": ack});
    let fields = json!({
        "id": id(rng), "name": name, "status": status, "message": chosen(rng, &TEXTS), "createdAt": moment(rng, 90),
        "contacts": contacts.map(receiver).collect::<Vec<_>>(), "completedAt": is_over.then(|| moment(rng, 30)),
    });
    if let (Some(campaign), Value::Object(fields)) = (campaign.as_object_mut(), fields) {
        campaign.extend(fields.into_iter().filter(|(_, value)| !value.is_null()));
    }
    campaign
}

/// An address that nobody is behind: what it would be told is in its log.
pub fn webhook(rng: &mut Rng) -> Value {
    json!({"id": id(rng), "name": "CRM", "url": "https://example.com/hooks/crm", "events": ["message:in:new", "message:out:failed"]})
}
