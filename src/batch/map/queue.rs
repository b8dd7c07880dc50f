//! The queue of a map run: calls that are queued, in flight, or completed and not yet taken. A state machine without locks.

use std::collections::VecDeque;
use std::time::Duration;

use crate::batch::reorder_buffer::ReorderBuffer;
use crate::batch::status::Status;
use crate::client::{Error, Request, Response};

/// Maximum number of results per batch.
pub(super) const MAX_BATCH: usize = 256;
/// A batch ends once its response bodies exceed this number of bytes.
const MAX_BATCH_BYTES: usize = 4 << 20;
/// Maximum number of results that wait for an earlier call, in addition to the calls in flight.
const MAX_BUFFERED: usize = 1024;
/// No call is accepted while the buffered response bodies exceed this number of bytes.
const MAX_BUFFERED_BYTES: usize = 64 << 20;

/// The result of a completed call.
#[derive(Debug)]
pub struct MapResult {
    /// The ID that `submit` returned for the call.
    pub call_id: usize,
    pub request: Box<Request>,
    pub result: Result<Response, Error>,
    pub elapsed: Duration,
}

impl MapResult {
    /// `Status::Ok`, or the status that stands for the error.
    pub fn status(&self) -> Status {
        self.result.as_ref().map_or_else(Status::from_error, |_| Status::Ok)
    }

    /// Number of requests that were sent for the call, whether or not it succeeded.
    pub fn attempts(&self) -> u32 {
        self.result.as_ref().map_or_else(|error| error.context().attempts, |response| response.attempts)
    }

    fn body_len(&self) -> usize {
        self.result.as_ref().map_or(0, |response| response.body.len())
    }
}

/// What the caller waits for.
#[derive(Debug, Clone, Copy)]
pub(super) struct WakeCondition {
    pub min_results: usize,
    /// Whether the caller has more calls to submit.
    pub has_input: bool,
}

#[derive(Debug)]
pub(super) struct CallQueue {
    concurrency: usize,
    in_order: bool,
    submitted: usize,
    completed: usize,
    workers: usize,
    // Boxed: requests are large and are moved several times.
    queued: VecDeque<(usize, Box<Request>)>,
    results: ReorderBuffer<Box<MapResult>>,
    /// Bytes of the response bodies in `results`.
    buffered_bytes: usize,
}

impl CallQueue {
    /// Creates an empty queue; `in_order` returns the results in the order of submission, not of completion.
    pub fn new(concurrency: usize, in_order: bool) -> Self {
        Self {
            concurrency,
            in_order,
            submitted: 0,
            completed: 0,
            workers: 0,
            queued: VecDeque::new(),
            results: ReorderBuffer::default(),
            buffered_bytes: 0,
        }
    }

    /// Enqueues a call. Returns its ID, counted from 0, and whether to start another worker.
    pub fn enqueue(&mut self, request: Box<Request>) -> (usize, bool) {
        let call_id = self.submitted;
        self.submitted += 1;
        self.queued.push_back((call_id, request));
        let needs_worker = self.workers < self.concurrency;
        self.workers += usize::from(needs_worker);
        (call_id, needs_worker)
    }

    /// The next call of a worker with its ID; `None` if no call is queued.
    pub fn dequeue(&mut self) -> Option<(usize, Box<Request>)> {
        self.queued.pop_front()
    }

    /// Removes and returns the calls that have not started; they get no result.
    pub fn clear(&mut self) -> VecDeque<(usize, Box<Request>)> {
        std::mem::take(&mut self.queued)
    }

    /// Adds the result of a call that `dequeue` returned.
    pub fn complete(&mut self, result: Box<MapResult>) {
        let index = if self.in_order { result.call_id } else { self.completed };
        self.completed += 1;
        self.buffered_bytes += result.body_len();
        self.results.insert(index, result);
    }

    /// The next batch of results.
    #[allow(clippy::vec_box, reason = "the results are boxed while they are buffered")]
    pub fn take(&mut self) -> Vec<Box<MapResult>> {
        let mut batch = Vec::with_capacity(self.results.ready().min(MAX_BATCH));
        let mut bytes = 0;
        while batch.len() < MAX_BATCH && bytes < MAX_BATCH_BYTES {
            let Some(result) = self.results.pop() else { break };
            bytes += result.body_len();
            batch.push(result);
        }
        self.buffered_bytes -= bytes;
        batch
    }

    /// Number of calls submitted and not yet taken.
    pub fn pending(&self) -> usize {
        self.submitted - self.results.popped()
    }

    /// Number of further calls that are accepted: up to `concurrency` calls are queued beyond those that can start, so that no
    /// worker waits for the caller; none while too many results wait for an earlier call.
    pub fn capacity(&self) -> usize {
        if self.buffered_bytes >= MAX_BUFFERED_BYTES {
            return 0;
        }
        let free = (2 * self.concurrency).saturating_sub(self.queued.len());
        free.min((3 * self.concurrency + MAX_BUFFERED).saturating_sub(self.pending()))
    }

    /// Whether to wake the caller: enough results are ready, all calls have completed, or the caller should submit more.
    pub fn meets(&self, condition: WakeCondition) -> bool {
        let all_completed = self.completed == self.submitted;
        let needs_input = condition.has_input && self.queued.len() <= self.concurrency && self.capacity() > 0;
        self.results.ready() >= condition.min_results || all_completed || needs_input
    }
}
