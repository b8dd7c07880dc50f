//! Posts webhook deliveries: one worker per webhook delivers in order and retries, outside of requests.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::sandbox::app::{App, AppState};
use crate::sandbox::webhooks::dispatcher::QueuedDelivery;
use crate::sandbox::webhooks::{attempts, target};

/// Delays before the first attempt and before each retry.
const ATTEMPT_DELAYS: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(50), Duration::from_millis(100), Duration::from_millis(200)];

/// Delivers until the sending half is dropped.
pub async fn run(app: Arc<App>, mut deliveries: UnboundedReceiver<QueuedDelivery>) {
    let mut workers: HashMap<String, UnboundedSender<QueuedDelivery>> = HashMap::new();
    while let Some(queued) = deliveries.recv().await {
        let worker = workers.entry(queued.delivery.webhook.clone()).or_insert_with(|| spawn_worker(app.clone()));
        let _ = worker.send(queued);
    }
}

/// A worker of its own for each webhook keeps the order of its events, and a slow webhook delays no other.
fn spawn_worker(app: Arc<App>) -> UnboundedSender<QueuedDelivery> {
    let (sender, mut deliveries) = unbounded_channel();
    tokio::task::spawn_local(async move {
        while let Some(queued) = deliveries.recv().await {
            deliver(&app, &queued).await;
        }
    });
    sender
}

async fn deliver(app: &App, queued: &QueuedDelivery) {
    let delivery = &queued.delivery;
    for (attempt, delay) in ATTEMPT_DELAYS.into_iter().enumerate() {
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        if !is_current(&app.state(), queued) {
            return;
        }
        let started_at = Instant::now();
        let outcome = target::post(&delivery.url, delivery.body.clone(), delivery.signature.clone()).await;
        record(app, queued, |state| attempts::record(&mut state.account, delivery, attempt, &outcome, started_at.elapsed()));
        if outcome.is_final() {
            return;
        }
    }
    record(app, queued, |state| attempts::record_failure(&mut state.account, delivery));
}

/// Whether the delivery is still to be posted: its webhook exists, and there was no reset.
fn is_current(state: &AppState, queued: &QueuedDelivery) -> bool {
    state.generation == queued.generation && state.account.store.get("webhooks", "", &queued.delivery.webhook).is_some()
}

/// Changes the state, unless a reset has replaced the documents that the delivery is about.
fn record(app: &App, queued: &QueuedDelivery, change: impl FnOnce(&mut AppState)) {
    let mut state = app.state();
    if state.generation == queued.generation {
        change(&mut state);
    }
}
