//! The queue of webhook deliveries; `app/deliveries.rs` posts them.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use crate::sandbox::webhooks::outbox::WebhookDelivery;

/// A delivery in the queue of its webhook; it counts as pending until it is dropped.
#[derive(Debug)]
pub struct QueuedDelivery {
    pub delivery: WebhookDelivery,
    /// The number of resets before the event.
    pub generation: u64,
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
