//! The webhook dispatcher: one worker per webhook delivers in order and retries, outside of requests.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};

use crate::sandbox::webhooks::attempts::AttemptOutcome;
use crate::sandbox::webhooks::outbox::WebhookDelivery;
use crate::sandbox::webhooks::target;

/// Delays before the first attempt and before each retry.
const ATTEMPT_DELAYS: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(50), Duration::from_millis(100), Duration::from_millis(200)];

/// Receives the outcomes of a dispatcher. `generation` is the number of resets before the event.
pub trait DeliveryObserver: 'static {
    /// Whether the delivery is still to be posted: its webhook exists, and there was no reset.
    fn is_current(&self, generation: u64, delivery: &WebhookDelivery) -> bool;
    fn on_attempt(
        &self,
        generation: u64,
        delivery: &WebhookDelivery,
        attempt: usize,
        outcome: &AttemptOutcome,
        elapsed: Duration,
    );
    /// Every attempt failed.
    fn on_failure(&self, generation: u64, delivery: &WebhookDelivery);
}

/// A delivery in the queue of its webhook; it counts as pending until it is dropped.
#[derive(Debug)]
pub struct QueuedDelivery {
    delivery: WebhookDelivery,
    generation: u64,
    _pending: PendingGuard,
}

#[derive(Debug)]
struct PendingGuard(Arc<watch::Sender<usize>>);

impl PendingGuard {
    fn new(count: &Arc<watch::Sender<usize>>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count.clone())
    }
}

impl Drop for PendingGuard {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// The sending half of the dispatcher's queue.
#[derive(Debug)]
pub struct WebhookDispatcher {
    sender: mpsc::UnboundedSender<QueuedDelivery>,
    pending: Arc<watch::Sender<usize>>,
}

impl WebhookDispatcher {
    /// Creates a dispatcher, and the receiver that the delivery task reads.
    pub fn new() -> (Self, mpsc::UnboundedReceiver<QueuedDelivery>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self { sender, pending: Arc::new(watch::Sender::new(0)) }, receiver)
    }

    /// Queues a delivery. `generation` is the number of resets so far; a later reset drops the delivery.
    pub fn enqueue(&self, delivery: WebhookDelivery, generation: u64) {
        // After the server has stopped there is no receiver, and the delivery is dropped.
        let _ = self.sender.send(QueuedDelivery { delivery, generation, _pending: PendingGuard::new(&self.pending) });
    }

    /// Waits until no delivery is pending.
    pub async fn drained(&self) {
        let _ = self.pending.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// Delivers until the sending half is dropped.
pub async fn run<O: DeliveryObserver>(observer: Arc<O>, mut deliveries: mpsc::UnboundedReceiver<QueuedDelivery>) {
    let mut workers: HashMap<String, mpsc::UnboundedSender<QueuedDelivery>> = HashMap::new();
    while let Some(queued) = deliveries.recv().await {
        let worker = workers.entry(queued.delivery.webhook.clone()).or_insert_with(|| spawn_worker(observer.clone()));
        let _ = worker.send(queued);
    }
}

/// A worker of its own for each webhook keeps the order of its events, and a slow webhook delays no other.
fn spawn_worker<O: DeliveryObserver>(observer: Arc<O>) -> mpsc::UnboundedSender<QueuedDelivery> {
    let (sender, mut deliveries) = mpsc::unbounded_channel::<QueuedDelivery>();
    tokio::task::spawn_local(async move {
        while let Some(queued) = deliveries.recv().await {
            deliver(&*observer, &queued.delivery, queued.generation).await;
        }
    });
    sender
}

async fn deliver(observer: &impl DeliveryObserver, delivery: &WebhookDelivery, generation: u64) {
    for (attempt, delay) in ATTEMPT_DELAYS.into_iter().enumerate() {
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        if !observer.is_current(generation, delivery) {
            return;
        }
        let started_at = Instant::now();
        let outcome = target::post(&delivery.url, delivery.body.clone()).await;
        observer.on_attempt(generation, delivery, attempt, &outcome, started_at.elapsed());
        if outcome.is_final() {
            return;
        }
    }
    observer.on_failure(generation, delivery);
}
