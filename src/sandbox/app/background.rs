//! What happens without a request: messages move, somebody writes, webhooks are told.

use std::time::Duration;

use serde_json::{Value, json};

use crate::sandbox::app::{App, AppState};
use crate::sandbox::handlers::inbound;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::delivery;
use crate::sandbox::timestamp;
use crate::sandbox::webhooks::events;
use crate::sandbox::webhooks::events::{Job, Outcome};

/// How webhooks are told, where it is to go wrong as it may.
#[derive(Debug, Clone, Copy)]
pub struct WebhookDeliveryOptions {
    /// How often each webhook is told of each event.
    pub copies: usize,
    /// Whether the last is told first.
    pub reverse: bool,
    /// How many sent or failed messages go into one list.
    pub batch: usize,
}

/// The longest list that the service is known to post.
const LONGEST_LIST: usize = 25;

impl Default for WebhookDeliveryOptions {
    fn default() -> Self {
        Self { copies: 1, reverse: false, batch: 1 }
    }
}

impl WebhookDeliveryOptions {
    pub fn read(given: &Value) -> Result<Self, ApiError> {
        let wrong = |field: &str, problem: &str| ApiError::new(400, format!("webhooks: {field} {problem}"));
        let Value::Object(fields) = given else { return Err(ApiError::new(400, "webhooks: give an object")) };
        if let Some(unknown) = fields.keys().find(|name| !["copies", "reverse", "batch"].contains(&name.as_str())) {
            return Err(wrong(unknown, "is not known; there are copies, reverse, batch"));
        }
        let count = |field: &str, most: usize| {
            let count = fields.get(field).map_or(Some(1), Value::as_u64).and_then(|count| usize::try_from(count).ok());
            count.filter(|count| (1..=most).contains(count)).ok_or_else(|| wrong(field, &format!("is not between 1 and {most}")))
        };
        let reverse =
            fields.get("reverse").map_or(Some(false), Value::as_bool).ok_or_else(|| wrong("reverse", "is not true or false"))?;
        Ok(Self { copies: count("copies", 10)?, reverse, batch: count("batch", LONGEST_LIST)? })
    }

    /// Whether what happens is told at the next settling only: order and lists are of several events.
    fn waits(self) -> bool {
        self.reverse || self.batch > 1
    }

    fn arranged(self, mut jobs: Vec<Job>) -> Vec<Job> {
        if self.reverse {
            jobs.reverse();
        }
        let mut arranged: Vec<Job> = Vec::with_capacity(jobs.len());
        for job in jobs {
            match arranged.iter_mut().rev().find(|earlier| earlier.takes(&job, self.batch)) {
                Some(list) => list.append(job),
                None => arranged.push(job),
            }
        }
        arranged
    }
}

impl App {
    /// Moves the messages whose moment has come, for as long as the server runs.
    pub async fn move_messages(&self) {
        loop {
            let next = self.advance();
            let wait = next.map(|due| Duration::from_millis(due.saturating_sub(timestamp::milliseconds()).unsigned_abs()));
            tokio::select! {
                () = self.moved.notified() => {}
                () = tokio::time::sleep(wait.unwrap_or(Duration::MAX)) => {}
            }
        }
    }

    /// Moves what is due now; answers when the next is.
    fn advance(&self) -> Option<i64> {
        let mut state = self.state();
        delivery::advance(&mut state.world);
        self.hand_in(&mut state);
        state.world.outbox.next()
    }

    /// Moves every message as far as it can go. What webhooks are told of it is under way when this returns.
    pub fn settle(&self, scheduled: bool) {
        let mut state = self.state();
        delivery::settle(&mut state.world, scheduled);
        self.tell_now(&mut state);
    }

    /// Returns when webhooks have been told everything, or given up.
    pub async fn told(&self) {
        self.deliveries.done().await;
    }

    /// A message from somebody to a device; answers it as its chat shows it.
    pub fn receive(&self, given: &Value) -> Result<Value, ApiError> {
        let mut state = self.state();
        let received = inbound::receive(&mut state.world, given)?;
        self.hand_in(&mut state);
        Ok(json!(received))
    }

    /// Changes how webhooks are told; what has waited is told the way it was to be.
    pub fn set_telling(&self, given: &Value) -> Result<(), ApiError> {
        let telling = WebhookDeliveryOptions::read(given)?;
        let mut state = self.state();
        self.tell_now(&mut state);
        state.telling = telling;
        Ok(())
    }

    /// Hands in what webhooks are to be told, unless it waits, and awakes whoever moves the messages.
    pub(super) fn hand_in(&self, state: &mut AppState) {
        if !state.telling.waits() {
            self.tell_now(state);
        }
        if state.world.outbox.take_changed() {
            self.moved.notify_one();
        }
    }

    /// Hands in what webhooks are to be told, also what has waited.
    pub(super) fn tell_now(&self, state: &mut AppState) {
        let telling = state.telling;
        for job in telling.arranged(state.world.hooks.take_pending()) {
            (0..telling.copies).for_each(|_| self.deliveries.hand_in(job.clone(), state.era));
        }
    }

    /// Whether the webhook is still there to be told.
    pub fn expects(&self, era: u64, job: &Job) -> bool {
        let state = self.state();
        state.era == era && state.world.store.get("webhooks", "", &job.webhook).is_some()
    }

    pub fn note_delivery(&self, era: u64, job: &Job, attempt: usize, outcome: &Outcome, elapsed: Duration) {
        let mut state = self.state();
        if state.era == era {
            events::note(&mut state.world, job, attempt, outcome, u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX));
        }
    }

    pub fn give_up_delivery(&self, era: u64, job: &Job) {
        let mut state = self.state();
        if state.era == era {
            events::give_up(&mut state.world, job);
        }
    }
}
