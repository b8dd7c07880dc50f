//! The delivery simulator: moves outbound messages from the queue to the receiver as time passes.
//!
//! A message is queued until its delivery time has come, its device is online and the queue is not paused. Then it is
//! sent, and delivered one interval later. Messages that a caller seeds into the queue are not scheduled: they stay
//! until they are routed, changed or deleted.

mod actions;
mod attachments;
mod conversation;
mod inbound;
mod reactions;
mod schedule;
mod steps;

use crate::sandbox::delivery::schedule::{Schedule, Step};
use crate::sandbox::delivery::steps::STEP_INTERVAL;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::events::MessageEvent;
use crate::sandbox::state::{AccountState, outbound};
use crate::sandbox::timestamp;

pub use crate::sandbox::delivery::inbound::receive;

/// Message priorities, most urgent first.
const PRIORITIES: [&str; 4] = ["urgent", "high", "normal", "low"];

/// Moves outbound messages from queued to sent, delivered and read.
#[derive(Debug, Default)]
pub struct DeliverySimulator {
    schedule: Schedule,
}

impl DeliverySimulator {
    /// When the next step is due, in milliseconds since 1970.
    pub fn next_due(&self) -> Option<i64> {
        self.schedule.next_due()
    }

    /// Whether a step was added since the last call.
    pub fn take_changed(&mut self) -> bool {
        self.schedule.take_changed()
    }

    /// Schedules what handlers have queued, changed or routed.
    pub fn apply_events(&mut self, state: &mut AccountState) {
        for event in state.take_message_events() {
            self.apply(state, &event, timestamp::now_millis());
        }
    }

    fn apply(&mut self, state: &AccountState, event: &MessageEvent, now: i64) {
        let message = |id: &str| state.store.get("outbound", "", id);
        match event {
            MessageEvent::Queued { id } => {
                let due = message(id).and_then(outbound::deliver_at).unwrap_or(now + STEP_INTERVAL);
                self.schedule.add(due.max(now), id, Step::Send);
                if let Some(expires) = message(id).and_then(|message| timestamp::parse(str_at(message, "expiresAt")?)) {
                    self.schedule.add(expires, id, Step::Expire);
                }
            }
            MessageEvent::Changed { id, rescheduled } => {
                if self.schedule.unhold(id) || *rescheduled {
                    let due = message(id).and_then(outbound::deliver_at).unwrap_or_default();
                    self.schedule.add(due.max(now), id, Step::Send);
                }
            }
            MessageEvent::Routed { id } => {
                if self.schedule.unhold(id) {
                    self.schedule.add(now + STEP_INTERVAL, id, Step::Send);
                }
            }
        }
    }

    /// Runs every step that is due.
    pub fn advance(&mut self, state: &mut AccountState) {
        let now = timestamp::now_millis();
        self.apply_events(state);
        self.release(state, now);
        self.run_until(state, now, now);
    }

    /// Runs every step without waiting for its time; those of scheduled messages only with `scheduled`.
    pub fn drain(&mut self, state: &mut AccountState, scheduled: bool) {
        let now = timestamp::now_millis();
        if scheduled {
            make_due(state, now);
        }
        self.apply_events(state);
        self.release(state, now);
        // Each step schedules the next one an interval later, and no message has more than three.
        for interval in 0..4 {
            self.run_until(state, now + interval * STEP_INTERVAL, now);
        }
    }

    fn run_until(&mut self, state: &mut AccountState, until: i64, now: i64) {
        while let Some(step) = self.schedule.pop_due(until) {
            steps::run(state, &mut self.schedule, &step, now);
        }
    }

    /// Reschedules messages on hold whose device can send again, the most urgent first.
    fn release(&mut self, state: &AccountState, now: i64) {
        for mut messages in self.schedule.release(|device| outbound::can_send(state, device)) {
            messages.sort_by_key(|id| state.store.get("outbound", "", id).map_or(PRIORITIES.len(), priority_rank));
            messages.iter().for_each(|id| self.schedule.add(now, id, Step::Send));
        }
    }
}

/// Sets the delivery time of all scheduled messages to `now`.
fn make_due(state: &mut AccountState, now: i64) {
    let is_scheduled = |message: &&Document| message.contains_key("deliverAt");
    let scheduled: Vec<Document> = state.store.all("queue").filter(is_scheduled).cloned().collect();
    for earlier in scheduled {
        let mut message = earlier.clone();
        message.insert("deliverAt".to_owned(), timestamp::format(now).into());
        outbound::change(state, &earlier, message);
    }
}

fn priority_rank(message: &Document) -> usize {
    let priority = str_at(message, "priority").unwrap_or("normal");
    PRIORITIES.iter().position(|known| *known == priority).unwrap_or(PRIORITIES.len())
}
