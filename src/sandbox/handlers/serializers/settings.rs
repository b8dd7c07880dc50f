//! Settings that a device and a team member have unless they are set.

use std::sync::LazyLock;

use serde_json::{Value, json};

static OF_DEVICE: LazyLock<Value> = LazyLock::new(device_settings);

/// Settings, assignment and automatic replies of a device.
pub fn of_device() -> Value {
    // A copy takes a fraction of the time that building it takes.
    OF_DEVICE.clone()
}

fn device_settings() -> Value {
    json!({
        "settings": {
            "retentionPolicy": "plan_defaults", "rebootPolicy": "disabled", "deliverySpeed": 20,
            "autoRemove": {"enabled": false, "max": 600}, "operativeHours": {"enable": false, "timezone": "UTC"},
        },
        "autoAssign": {
            "active": false, "online": false, "away": false, "unavailable": false, "offline": false, "reassign": false,
            "reassignOptions": {"resolved": false, "active": false, "unassign": false},
        },
        "autoReplies": {
            "welcome": {
                "active": false, "message": "", "target": "all", "timeframe": "14d", "skipResolved": false, "skipAssigned": false,
            },
            "away": {
                "active": false, "message": "", "target": "all", "skipResolved": false, "skipAssigned": false, "skipPending": false,
                "timezone": "UTC", "useBusinessProfile": false, "businessHours": each_day("24h_open"),
            },
            "busy": {
                "active": false, "message": "", "target": "all", "timeframe": "5m", "skipPending": false, "skipResolved": false,
                "skipAssigned": false,
            },
            "call": {"active": false, "message": "", "reject": false},
        },
    })
}

/// Availability and settings of a team member; `since` is when the member was last seen.
pub fn of_user(since: &str, email: Option<&str>) -> Value {
    let mut availability = json!({"mode": "auto", "message": "", "updatedAt": since, "shift": each_day("24h")});
    if let Some(shift) = availability.get_mut("shift").and_then(Value::as_object_mut) {
        shift.insert("active".to_owned(), false.into());
    }
    json!({
        "lastLoginAt": since,
        "availability": availability,
        "settings": {
            "language": "en", "timezone": "UTC", "color": "blue", "retentionPolicy": "plan_defaults", "billingEmail": email,
            "ai": {"identity": "", "prompt": "", "length": 0, "clarify": 0, "tone": 0, "adaptability": 0},
        },
    })
}

fn each_day(mode: &str) -> Value {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    days.into_iter().map(|day| (day.to_owned(), json!({"mode": mode}))).collect()
}
