//! What operations do that is more than reading a document: one function each, found by the name in their row.

mod chats;
mod contacts;
mod queue;
mod session;

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
    Behaviour { name: "sync_session", needs_session: true, run: session::sync },
];

/// The behaviour called `name`.
pub fn find(name: &str) -> Option<&'static Behaviour> {
    ALL.iter().find(|behaviour| behaviour.name == name)
}
