//! Default fields of devices.

use serde_json::json;

use crate::sandbox::state::blob_store::sha256_hex;
use crate::sandbox::state::document::{Document, fill, str_at};
use crate::sandbox::state::schemas::defaults::{EPOCH, set_default, set_defaults, wid_of_phone};
use crate::sandbox::timestamp;

/// A device has a phone number unless it waits for its first scan.
pub fn apply_device_defaults(device: &mut Document) -> Result<(), String> {
    set_defaults(device, json!({"alias": "", "status": "operative"}));
    if str_at(device, "status") != Some("pending") {
        let phone = phone_of_device(str_at(device, "id").unwrap_or_default());
        set_default(device, "phone", || phone.into());
    }
    if let Some(wid) = str_at(device, "phone").map(wid_of_phone) {
        set_default(device, "wid", || wid.into());
    }
    let started = timestamp::format(EPOCH);
    let synced = device.contains_key("phone").then_some(&started);
    fill(
        device,
        json!({
            "session": {"status": "online", "uptime": 0, "lastSyncAt": synced}, "queue": {"status": "active"}, "createdAt": started,
        }),
    );
    Ok(())
}

/// A phone number for a device that names none: always the same, and valid in the United Kingdom.
pub fn phone_of_device(id: &str) -> String {
    let number = u64::from_str_radix(sha256_hex(id.as_bytes()).get(..12).unwrap_or_default(), 16).unwrap_or_default();
    // Numbers that end in 0000 are not on WhatsApp.
    format!("+447400{:05}1", number % 100_000)
}
