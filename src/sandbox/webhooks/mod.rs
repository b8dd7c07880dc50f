//! Webhooks of the sandbox: events and their delivery.

pub(crate) mod dispatcher;
pub(crate) mod events;
