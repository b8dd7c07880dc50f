//! The handlers of operations: `crud` for every collection, the other modules for one resource each.
//!
//! A handler changes the state and returns a response. What follows from a change (message delivery, webhook events) is
//! recorded in the state as an event, which the app applies.

pub mod campaigns;
mod catalog;
mod channels;
pub mod chats;
pub mod contacts;
mod content;
pub(crate) mod crud;
mod devices;
mod files;
pub(crate) mod filters;
pub mod groups;
pub mod members;
mod messages;
mod outbound;
mod participants;
pub mod phone_lookup;
mod profile;
mod queue;
pub(crate) mod registry;
pub mod send;
pub(crate) mod serializers;
pub(crate) mod session;
mod team;
mod user_status;
mod webhooks;
mod workspace;
