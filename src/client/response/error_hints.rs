//! Advice for errors of the API.

/// Advice for a message of the service, or else for the status.
pub fn hint(status: u16, message: &str) -> Option<&'static str> {
    hint_for_message(message).or_else(|| hint_for_status(status))
}

fn hint_for_message(message: &str) -> Option<&'static str> {
    Some(match message {
        "Device not found" => "client.devices.list() shows the numbers that this key can use",
        "Invalid device" => "a device id has 24 hex digits; client.devices.list() shows them",
        "Chat not found" => "the number has no chat with this wid, or the account's plan has no chats",
        "Contact not found" => "the number does not have this contact; client.contacts.create() adds it",
        "Invalid status value" => "a chat's status is active, pending, resolved, archived or removed",
        "Session sync failed" => "the number must be online: check client.devices.get(device)[\"session\"]",
        _ => return None,
    })
}

fn hint_for_status(status: u16) -> Option<&'static str> {
    Some(match status {
        401 => "the key is wrong or was revoked; check SPARKBOT_API_KEY or api_key, and that base_url is of the same account",
        402 => "the account's plan or quota does not include this",
        403 => "the key has no permission for this",
        404 => "the id is unknown, or the account's plan does not have this resource",
        409 => "it exists already",
        429 => "too many calls: set calls_per_second, or retry later",
        503 => "the number's session is not connected; check client.devices.get(device)[\"session\"]",
        _ => return None,
    })
}
