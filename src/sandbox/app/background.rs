//! Work outside of requests: message steps as they come due, and the events that they cause.

use std::sync::MutexGuard;
use std::time::Duration;

use crate::sandbox::app::{App, AppState};
use crate::sandbox::timestamp;
use crate::sandbox::webhooks::outbox::WebhookDelivery;

impl App {
    /// Runs message steps as they come due, as long as the server runs.
    pub async fn run_deliveries(&self) {
        loop {
            let due = self.advance_and_lock().simulator.next_due();
            let wait = due.map(|due| Duration::from_millis(due.saturating_sub(timestamp::now_millis()).unsigned_abs()));
            tokio::select! {
                () = self.rescheduled.notified() => {}
                () = tokio::time::sleep(wait.unwrap_or(Duration::MAX)) => {}
            }
        }
    }

    /// The state after every step that is due.
    pub(super) fn advance_and_lock(&self) -> MutexGuard<'_, AppState> {
        let mut guard = self.state();
        let state = &mut *guard;
        state.simulator.advance(&mut state.account);
        self.apply_events(state);
        guard
    }

    /// Waits until every webhook delivery has succeeded or failed.
    pub async fn webhooks_drained(&self) {
        self.dispatcher.drained().await;
    }

    /// Applies the events that handlers and the simulator have recorded.
    pub(super) fn apply_events(&self, state: &mut AppState) {
        state.simulator.apply_events(&mut state.account);
        push_webhook_events(state);
        let deliveries = state.webhooks.take_ready();
        self.dispatch_deliveries(deliveries, state.generation);
        if state.simulator.take_changed() {
            self.rescheduled.notify_one();
        }
    }

    /// Dispatches all webhook deliveries, deferred ones too.
    pub(super) fn flush_webhooks(&self, state: &mut AppState) {
        push_webhook_events(state);
        let deliveries = state.webhooks.take_all();
        self.dispatch_deliveries(deliveries, state.generation);
    }

    fn dispatch_deliveries(&self, deliveries: Vec<WebhookDelivery>, generation: u64) {
        deliveries.into_iter().for_each(|delivery| self.dispatcher.enqueue(delivery, generation));
    }
}

fn push_webhook_events(state: &mut AppState) {
    for event in state.account.take_webhook_events() {
        state.webhooks.push(&state.account, event);
    }
}
