//! The rows of a run that wait: for a worker, for an earlier row of their contact, for their device, or to be taken.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use tokio::sync::Notify;

use crate::batch::sync::bulk_writer::DequeueLimit;
use crate::batch::sync::devices::{Device, Turn};
use crate::batch::sync::outcome::{Outcome, ReorderBuffer};
use crate::batch::sync::writer::RowInstrumentation;
use crate::client::Error;

/// Whom a row is written to: the number of a device, and a contact.
pub(crate) type ContactKey = (usize, String);

/// A write that waits for its turn.
#[derive(Debug)]
pub(crate) struct WriteTask {
    pub index: usize,
    pub target: ContactKey,
    /// The values, with the index of their keys.
    pub pairs: Vec<(usize, String)>,
    /// Boxed: most runs have no hooks, and jobs are moved often.
    pub watched: Option<Box<RowInstrumentation>>,
}

/// What a row comes to without a call: its write, or its outcome. Its index is not known yet.
pub(crate) type PlanResult = Result<(ContactKey, Vec<(usize, String)>), Box<Outcome>>;

/// Everything that waits. The lock is held for a few steps at a time and never across an await.
#[derive(Debug, Default)]
pub(crate) struct RowQueue {
    pub submitted: usize,
    pub workers: usize,
    pub under_way: usize,
    pub devices: Vec<Device<WriteTask>>,
    /// Planned, and not yet released.
    pub staged: Vec<PlanResult>,
    pub ready: VecDeque<WriteTask>,
    /// Contacts that are being written, with the later rows of each.
    pub behind: HashMap<ContactKey, VecDeque<WriteTask>>,
    pub outcomes: ReorderBuffer<Outcome>,
    /// The outcomes that were taken last.
    pub handed_out: Arc<Vec<Outcome>>,
}

impl RowQueue {
    pub fn enqueue(&mut self, job: WriteTask) {
        match self.behind.get_mut(&job.target) {
            Some(later) => later.push_back(job),
            None => {
                self.behind.insert(job.target.clone(), VecDeque::new());
                self.ready.push_back(job);
            }
        }
    }

    /// The next rows of one device that is there, as many as may go by one call.
    pub fn next(&mut self, intake: DequeueLimit, front: &Notify) -> Option<Vec<WriteTask>> {
        if intake.is_over || (intake.alone && self.under_way > 0) {
            return None;
        }
        while let Some(device) = self.device_to_serve(intake.most) {
            let jobs = self.take_of(device, intake.most, front);
            if !jobs.is_empty() {
                self.under_way += 1;
                return Some(jobs);
            }
        }
        None
    }

    /// The first device that has rows for a whole call. Fewer rows go when nothing is under way: more may come meanwhile.
    fn device_to_serve(&self, most: usize) -> Option<usize> {
        let first = self.ready.front()?.target.0;
        if most == 1 || self.under_way == 0 && self.ready.len() < most {
            return Some(first);
        }
        let mut waiting: HashMap<usize, usize> = HashMap::new();
        let full = self.ready.iter().map(|job| job.target.0).find(|device| {
            let count = waiting.entry(*device).or_default();
            *count += 1;
            *count == most
        });
        full.or_else(|| (self.under_way == 0).then_some(first))
    }

    fn take_of(&mut self, device: usize, most: usize, front: &Notify) -> Vec<WriteTask> {
        let (mut taken, mut others) = (Vec::new(), Vec::new());
        while taken.len() < most {
            let Some(job) = self.ready.pop_front() else { break };
            if job.target.0 != device {
                others.push(job);
                continue;
            }
            let Some(device) = self.devices.get_mut(device) else { continue };
            match device.admit(job) {
                Turn::Go(job) => taken.push(job),
                Turn::Waits => {}
                Turn::Fail(job, failure) => self.give_up(job, failure, front),
            }
        }
        others.into_iter().rev().for_each(|job| self.ready.push_front(job));
        taken
    }

    pub fn goes_offline(&mut self, job: WriteTask) -> Turn<WriteTask> {
        match self.devices.get_mut(job.target.0) {
            Some(device) => device.goes_offline(job),
            None => Turn::Waits,
        }
    }

    /// The device is back, or given up: its rows go on, or fail.
    pub fn device_settles(&mut self, device: usize, gone: Option<Error>, front: &Notify) {
        let Some(device) = self.devices.get_mut(device) else { return };
        let waiting = device.settles(gone.clone());
        match gone {
            None => waiting.into_iter().rev().for_each(|job| self.ready.push_front(job)),
            Some(failure) => waiting.into_iter().for_each(|job| self.give_up(job, failure.clone(), front)),
        }
    }

    pub fn give_up(&mut self, job: WriteTask, failure: Error, front: &Notify) {
        let failure = failure.with(|details| details.attempts = 0);
        self.settle(Outcome::lost(job.index, job.target.1.clone(), failure, 0), front);
        self.follow(&job.target);
    }

    pub fn settle(&mut self, outcome: Outcome, front: &Notify) {
        if self.outcomes.put(outcome.index, outcome) {
            front.notify_one();
        }
    }

    /// The contact's row is written: its next one may go. Tells whether there is one.
    pub fn follow(&mut self, target: &ContactKey) -> bool {
        match self.behind.get_mut(target).and_then(VecDeque::pop_front) {
            Some(job) => {
                self.ready.push_front(job);
                true
            }
            None => {
                self.behind.remove(target);
                false
            }
        }
    }
}
