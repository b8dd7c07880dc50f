//! What to do about an error that the service answers.

/// Advice by the service's message, or else by the status.
pub fn hint(status: u16, message: &str) -> Option<&'static str> {
    by_message(message).or_else(|| by_status(status))
}

fn by_message(message: &str) -> Option<&'static str> {
    Some(match message {
        "Device not found" => "client.devices.list() shows the numbers that this key reaches",
        "Invalid device" => "a device id has 24 hex digits; client.devices.list() shows them",
        "Chat not found" => "the number has no chat with this wid, or the account's plan has no chats",
        "Contact not found" => "the number does not know this contact; client.contacts.create() adds it",
        "Invalid status value" => "a chat's status is active, pending, resolved, archived or removed",
        "Session sync failed" => "the number must be online: look at client.devices.get(device)[\"session\"]",
        _ => return None,
    })
}

fn by_status(status: u16) -> Option<&'static str> {
    Some(match status {
        401 => "the key is wrong or was withdrawn; check SPARKBOT_API_KEY or api_key, and that base_url is of the same account",
        402 => "the account's plan or quota does not cover this",
        403 => "the key may not do this",
        404 => "the id is unknown, or the account's plan does not have this resource",
        409 => "it exists already",
        429 => "too many calls: give the client calls_per_second, or wait",
        503 => "the number's session is not connected; look at client.devices.get(device)[\"session\"]",
        _ => return None,
    })
}
