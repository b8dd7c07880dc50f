//! The queue of a sync: rows that wait for a worker, for an earlier row of their contact or for their device, and outcomes that
//! were not taken yet. A state machine without locks and I/O.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::batch::reorder_buffer::ReorderBuffer;
use crate::batch::sync::devices::{Admission, Device};
use crate::batch::sync::outcome::Outcome;
use crate::batch::sync::writer::RowInstrumentation;
use crate::client::Error;

/// The contact that a row is written to. Rows with the same key are written one after another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ContactKey {
    /// Index of the device.
    pub device: usize,
    pub contact: String,
}

/// A row to write.
#[derive(Debug)]
pub(crate) struct WriteTask {
    pub index: usize,
    pub key: ContactKey,
    /// Values with the index of their metadata key.
    pub pairs: Vec<(usize, String)>,
    /// Boxed: most runs have no hooks, and tasks are moved often.
    pub instrumentation: Option<Box<RowInstrumentation>>,
}

/// A planned row: the write, or the outcome of a row that needs none. The index of the row is assigned by `submit`.
pub(crate) type PlanResult = Result<(ContactKey, Vec<(usize, String)>), Box<Outcome>>;

/// Limits the rows of the next call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DequeueLimit {
    pub max_rows: usize,
    /// Only one call may be in flight.
    pub exclusive: bool,
    /// No further call may be sent.
    pub is_stopped: bool,
}

impl DequeueLimit {
    /// One row per call, with any number of calls in flight.
    pub const SINGLE: Self = Self { max_rows: 1, exclusive: false, is_stopped: false };
}

#[derive(Debug, Default)]
pub(crate) struct RowQueue {
    submitted: usize,
    workers: usize,
    /// Number of writes in flight.
    pub in_flight: usize,
    devices: Vec<Device<WriteTask>>,
    /// Planned rows that are not submitted yet.
    pub staged: Vec<PlanResult>,
    ready: VecDeque<WriteTask>,
    /// Contacts with a row that is ready or in flight, and the later rows of each.
    blocked_by_contact: HashMap<ContactKey, VecDeque<WriteTask>>,
    outcomes: ReorderBuffer<Outcome>,
    /// The last outcomes taken.
    last_batch: Arc<Vec<Outcome>>,
}

/// Devices.
impl RowQueue {
    /// The index of a device; a new one is added.
    pub fn register_device(&mut self, id: &str) -> usize {
        let index = self.devices.iter().position(|device| *device.id == *id);
        index.unwrap_or_else(|| {
            self.devices.push(Device::new(id));
            self.devices.len() - 1
        })
    }

    /// The ID of a device index; empty if `register_device` did not return that index.
    pub fn device_id(&self, device: usize) -> Arc<str> {
        self.devices.get(device).map(|device| Arc::clone(&device.id)).unwrap_or_default()
    }

    /// The devices in the order of their index.
    pub fn devices(&self) -> &[Device<WriteTask>] {
        &self.devices
    }

    /// Records that the device of the task is offline, and keeps the task until the device is online or times out.
    pub fn mark_offline(&mut self, task: WriteTask) -> Admission<WriteTask> {
        match self.devices.get_mut(task.key.device) {
            Some(device) => device.mark_offline(task),
            None => Admission::Waiting,
        }
    }

    /// Ends the offline period of a device. Its rows become ready, or fail with `error`.
    pub fn resolve_device(&mut self, device: usize, error: Option<Error>) {
        let Some(device) = self.devices.get_mut(device) else { return };
        let waiting = device.resolve(error.clone());
        match error {
            None => waiting.into_iter().rev().for_each(|task| self.ready.push_front(task)),
            Some(error) => waiting.into_iter().for_each(|task| self.fail(task, error.clone())),
        }
    }
}

/// Submission.
impl RowQueue {
    /// Assigns the next index to a planned row, and enqueues it or stores its outcome.
    pub fn submit(&mut self, row: PlanResult, instrumentation: Option<Box<RowInstrumentation>>) {
        let index = self.submitted;
        self.submitted += 1;
        match row {
            Ok((key, pairs)) => self.enqueue(WriteTask { index, key, pairs, instrumentation }),
            Err(outcome) => self.complete(Outcome { index, ..*outcome }),
        }
    }

    fn enqueue(&mut self, task: WriteTask) {
        match self.blocked_by_contact.get_mut(&task.key) {
            Some(later) => later.push_back(task),
            None => {
                self.blocked_by_contact.insert(task.key.clone(), VecDeque::new());
                self.ready.push_back(task);
            }
        }
    }

    /// Number of workers to start for the rows that are ready.
    pub fn add_workers(&mut self, concurrency: usize) -> usize {
        let missing = self.ready_up_to(concurrency).saturating_sub(self.workers);
        self.workers += missing;
        missing
    }

    /// Number of rows that are ready, at most `max`.
    pub fn ready_up_to(&self, max: usize) -> usize {
        self.ready.len().min(max)
    }
}

/// Dispatch to workers.
impl RowQueue {
    /// The rows of the next call. They are of one device that is online, and count as in flight.
    pub fn next_batch(&mut self, limit: DequeueLimit) -> Option<Vec<WriteTask>> {
        if limit.is_stopped || (limit.exclusive && self.in_flight > 0) {
            return None;
        }
        while let Some(device) = self.next_device(limit.max_rows) {
            let batch = self.dequeue_for(device, limit.max_rows);
            if !batch.is_empty() {
                self.in_flight += 1;
                return Some(batch);
            }
        }
        None
    }

    /// The first device with `max_rows` ready rows. While nothing is in flight, a device with fewer rows is served too;
    /// otherwise more rows may arrive in the meantime.
    fn next_device(&self, max_rows: usize) -> Option<usize> {
        let first = self.ready.front()?.key.device;
        if max_rows == 1 || self.in_flight == 0 && self.ready.len() < max_rows {
            return Some(first);
        }
        let mut counts: HashMap<usize, usize> = HashMap::new();
        let full = self.ready.iter().map(|task| task.key.device).find(|device| {
            let count = counts.entry(*device).or_default();
            *count += 1;
            *count == max_rows
        });
        full.or_else(|| (self.in_flight == 0).then_some(first))
    }

    fn dequeue_for(&mut self, device: usize, max_rows: usize) -> Vec<WriteTask> {
        let (mut batch, mut others) = (Vec::new(), Vec::new());
        while batch.len() < max_rows {
            let Some(task) = self.ready.pop_front() else { break };
            if task.key.device != device {
                others.push(task);
                continue;
            }
            let Some(device) = self.devices.get_mut(device) else { continue };
            match device.try_admit(task) {
                Admission::Admitted(task) => batch.push(task),
                Admission::Waiting => {}
                Admission::Rejected(task, error) => self.fail(task, error),
            }
        }
        others.into_iter().rev().for_each(|task| self.ready.push_front(task));
        batch
    }
}

/// Outcomes.
impl RowQueue {
    fn fail(&mut self, task: WriteTask, error: Error) {
        let error = error.with(|details| details.attempts = 0);
        self.complete(Outcome::failed(task.index, task.key.contact.clone(), error, 0));
        self.release_next(&task.key);
    }

    fn complete(&mut self, outcome: Outcome) {
        self.outcomes.insert(outcome.index, outcome);
    }

    /// Stores the outcome of a written row, and makes the next row of its contact ready. Returns whether there is one.
    pub fn finish(&mut self, key: &ContactKey, outcome: Outcome) -> bool {
        self.complete(outcome);
        self.release_next(key)
    }

    fn release_next(&mut self, key: &ContactKey) -> bool {
        match self.blocked_by_contact.get_mut(key).and_then(VecDeque::pop_front) {
            Some(task) => {
                self.ready.push_front(task);
                true
            }
            None => {
                self.blocked_by_contact.remove(key);
                false
            }
        }
    }

    /// Number of outcomes that can be taken.
    pub fn outcomes_ready(&self) -> usize {
        self.outcomes.ready()
    }

    /// Number of rows submitted and not yet taken.
    pub fn pending(&self) -> usize {
        self.submitted - self.outcomes.popped()
    }

    /// The next outcomes, at most `max`.
    pub fn take(&mut self, max: usize) -> Arc<Vec<Outcome>> {
        let batch = self.outcomes.pop_many(max);
        if batch.is_empty() {
            return Arc::default();
        }
        self.last_batch = Arc::new(batch);
        Arc::clone(&self.last_batch)
    }

    /// The last outcomes taken, and all that are left.
    pub fn drain(&mut self) -> [Arc<Vec<Outcome>>; 2] {
        [std::mem::take(&mut self.last_batch), Arc::new(self.outcomes.drain())]
    }
}
