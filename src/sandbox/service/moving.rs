//! What happens without a request: messages move, somebody writes, webhooks are told.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Service, State};
use crate::sandbox::behaviour::incoming;
use crate::sandbox::clock;
use crate::sandbox::hooks::{self, Job, Outcome};
use crate::sandbox::outbox;
use crate::sandbox::reply::Refusal;

/// How webhooks are told, where it is to go wrong as it may.
#[derive(Debug, Clone, Copy)]
pub struct Telling {
    /// How often each webhook is told of each event.
    pub copies: usize,
    /// Whether what happened at once is told in reverse order.
    pub reverse: bool,
}

impl Default for Telling {
    fn default() -> Self {
        Self { copies: 1, reverse: false }
    }
}

impl Telling {
    pub fn read(given: &Value) -> Result<Self, Refusal> {
        let wrong = |field: &str, problem: &str| Refusal::new(400, format!("webhooks: {field} {problem}"));
        let Value::Object(fields) = given else { return Err(Refusal::new(400, "webhooks: give an object")) };
        if let Some(unknown) = fields.keys().find(|name| !["copies", "reverse"].contains(&name.as_str())) {
            return Err(wrong(unknown, "is not known; there are copies, reverse"));
        }
        let copies = fields.get("copies").map_or(Some(1), Value::as_u64).and_then(|copies| usize::try_from(copies).ok());
        let copies =
            copies.filter(|copies| (1..=10).contains(copies)).ok_or_else(|| wrong("copies", "is not between 1 and 10"))?;
        let reverse =
            fields.get("reverse").map_or(Some(false), Value::as_bool).ok_or_else(|| wrong("reverse", "is not true or false"))?;
        Ok(Self { copies, reverse })
    }
}

impl Service {
    /// Moves the messages whose moment has come, for as long as the server runs.
    pub async fn move_messages(&self) {
        loop {
            let next = self.advance();
            let wait = next.map(|due| Duration::from_millis(due.saturating_sub(clock::milliseconds()).unsigned_abs()));
            tokio::select! {
                () = self.moved.notified() => {}
                () = tokio::time::sleep(wait.unwrap_or(Duration::MAX)) => {}
            }
        }
    }

    /// Moves what is due now; answers when the next is.
    fn advance(&self) -> Option<i64> {
        let mut state = self.state();
        outbox::advance(&mut state.world);
        self.hand_in(&mut state);
        state.world.outbox.next()
    }

    /// Moves every message as far as it can go. What webhooks are told of it is under way when this returns.
    pub fn settle(&self, scheduled: bool) {
        let mut state = self.state();
        outbox::settle(&mut state.world, scheduled);
        self.hand_in(&mut state);
    }

    /// Returns when webhooks have been told everything, or given up.
    pub async fn told(&self) {
        self.deliveries.done().await;
    }

    /// A message from somebody to a device; answers it as its chat shows it.
    pub fn receive(&self, given: &Value) -> Result<Value, Refusal> {
        let mut state = self.state();
        let received = incoming::receive(&mut state.world, given)?;
        self.hand_in(&mut state);
        Ok(json!(received))
    }

    /// Changes how webhooks are told.
    pub fn set_telling(&self, given: &Value) -> Result<(), Refusal> {
        self.state().telling = Telling::read(given)?;
        Ok(())
    }

    /// Hands in what webhooks are to be told, and awakes whoever moves the messages.
    pub(super) fn hand_in(&self, state: &mut State) {
        let mut jobs = state.world.hooks.take_pending();
        if state.telling.reverse {
            jobs.reverse();
        }
        for job in jobs {
            (0..state.telling.copies).for_each(|_| self.deliveries.hand_in(job.clone(), state.era));
        }
        if state.world.outbox.take_changed() {
            self.moved.notify_one();
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
            hooks::note(&mut state.world, job, attempt, outcome, u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX));
        }
    }

    pub fn give_up_delivery(&self, era: u64, job: &Job) {
        let mut state = self.state();
        if state.era == era {
            hooks::give_up(&mut state.world, job);
        }
    }
}
