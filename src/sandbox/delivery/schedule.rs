//! The schedule of message steps: what runs when, and which messages are on hold.

use std::collections::BTreeMap;

use indexmap::IndexMap;

/// A step of a message's delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Send,
    Deliver,
    Expire,
}

/// A step with its message.
#[derive(Debug)]
pub struct ScheduledStep {
    pub message: String,
    pub step: Step,
}

/// Steps by their due time; steps that are due at the same time run in the order in which they were added.
#[derive(Debug, Default)]
pub struct Schedule {
    steps: BTreeMap<(i64, u64), ScheduledStep>,
    sequence: u64,
    /// Due messages by the device that cannot send them now.
    on_hold: IndexMap<String, Vec<String>>,
    changed: bool,
}

impl Schedule {
    /// When the next step is due, in milliseconds since 1970.
    pub fn next_due(&self) -> Option<i64> {
        self.steps.first_key_value().map(|((due, _), _)| *due)
    }

    /// Whether a step was added since the last call.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Schedules a step for the time `due`, in milliseconds since 1970.
    pub fn add(&mut self, due: i64, message: &str, step: Step) {
        self.sequence += 1;
        self.changed = true;
        self.steps.insert((due, self.sequence), ScheduledStep { message: message.to_owned(), step });
    }

    /// Removes and returns the first step that is due at `now`.
    pub fn pop_due(&mut self, now: i64) -> Option<ScheduledStep> {
        self.steps.first_entry().filter(|first| first.key().0 <= now).map(|first| first.remove())
    }

    /// Keeps a message until its device can send.
    pub fn hold(&mut self, device: String, message: String) {
        self.on_hold.entry(device).or_default().push(message);
    }

    /// Ends the hold of a message, and returns whether there was one.
    pub fn unhold(&mut self, message: &str) -> bool {
        let count = |on_hold: &IndexMap<String, Vec<String>>| on_hold.values().map(Vec::len).sum::<usize>();
        let before = count(&self.on_hold);
        self.on_hold.values_mut().for_each(|messages| messages.retain(|id| id != message));
        count(&self.on_hold) < before
    }

    /// Ends the hold of all messages whose device can send.
    pub fn release(&mut self, can_send: impl Fn(&str) -> bool) -> Vec<Vec<String>> {
        let (released, on_hold) = std::mem::take(&mut self.on_hold).into_iter().partition(|(device, _)| can_send(device));
        self.on_hold = on_hold;
        let released: IndexMap<String, Vec<String>> = released;
        released.into_values().collect()
    }
}
