//! Webhooks: events become deliveries, which are posted with retries and logged.

pub(crate) mod attempts;
pub(crate) mod dispatcher;
pub(crate) mod outbox;
pub(crate) mod signing;
pub(crate) mod target;
