//! What operations do that is more than reading a document: one function each, found by the name in their row.

pub mod campaigns;
mod chats;
mod contacts;
pub mod incoming;
pub mod numbers;
mod outbound;
mod queue;
pub mod send;
mod session;
mod webhooks;

use super::check::Call;
use super::reply::{Refusal, Reply};
use super::world::World;

/// A named behaviour.
#[derive(Debug)]
pub struct Behaviour {
    name: &'static str,
    /// Whether it needs the device's session: while that is not online the answer is a 503.
    pub needs_session: bool,
    pub run: fn(&mut World, &Call) -> Result<Reply, Refusal>,
}

const ALL: &[Behaviour] = &[
    Behaviour { name: "set_chat_status", needs_session: false, run: chats::set_status },
    Behaviour { name: "assign_chat", needs_session: false, run: chats::assign },
    Behaviour { name: "unassign_chat", needs_session: false, run: chats::unassign },
    Behaviour { name: "create_contact", needs_session: false, run: contacts::create },
    Behaviour { name: "upsert_metadata", needs_session: false, run: contacts::upsert_metadata },
    Behaviour { name: "replace_metadata", needs_session: false, run: contacts::replace_metadata },
    Behaviour { name: "get_queue", needs_session: false, run: queue::status },
    Behaviour { name: "route_queue", needs_session: false, run: queue::route },
    Behaviour { name: "set_queue_status", needs_session: false, run: queue::set_status },
    Behaviour { name: "empty_queue", needs_session: false, run: queue::empty },
    Behaviour { name: "send_text", needs_session: false, run: send::send },
    Behaviour { name: "send_media", needs_session: false, run: send::send },
    Behaviour { name: "send_scheduled", needs_session: false, run: send::send },
    Behaviour { name: "send_poll", needs_session: false, run: send::send },
    Behaviour { name: "send_vote", needs_session: false, run: send::send },
    Behaviour { name: "send_clear_vote", needs_session: false, run: send::send },
    Behaviour { name: "send_event", needs_session: false, run: send::send },
    Behaviour { name: "send_event_response", needs_session: false, run: send::send },
    Behaviour { name: "send_location", needs_session: false, run: send::send },
    Behaviour { name: "send_contacts", needs_session: false, run: send::send },
    Behaviour { name: "send_reaction", needs_session: false, run: send::send },
    Behaviour { name: "send_product", needs_session: false, run: send::send },
    Behaviour { name: "send_forward", needs_session: false, run: send::send },
    Behaviour { name: "update_outbound", needs_session: false, run: outbound::update },
    Behaviour { name: "delete_outbound", needs_session: false, run: outbound::delete },
    Behaviour { name: "number_exists", needs_session: false, run: numbers::exists },
    Behaviour { name: "validate_numbers", needs_session: false, run: numbers::validate },
    Behaviour { name: "set_campaign_status", needs_session: false, run: campaigns::set_status },
    Behaviour { name: "list_campaign_contacts", needs_session: false, run: campaigns::list_contacts },
    Behaviour { name: "create_webhook", needs_session: false, run: webhooks::create },
    Behaviour { name: "enable_webhook", needs_session: false, run: webhooks::enable },
    Behaviour { name: "list_webhook_logs", needs_session: false, run: webhooks::list_logs },
    Behaviour { name: "sync_session", needs_session: true, run: session::sync },
];

/// The behaviour called `name`.
pub fn find(name: &str) -> Option<&'static Behaviour> {
    ALL.iter().find(|behaviour| behaviour.name == name)
}
