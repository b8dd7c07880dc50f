//! Runs the rows of a sync: many contacts at once, the rows of one contact one after another, outcomes in file order.

use std::collections::{HashMap, VecDeque};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use futures_util::FutureExt;
use futures_util::future::{Either, select};
use tokio::sync::Notify;

use super::outcome::{InOrder, Outcome, Problem};
use super::plan::{Planned, SyncPlan};
use super::write::{Writer, Wrote};
use crate::client::Value;
use crate::client::limit::{HeldBack, Pace};

/// A row as it comes in.
#[derive(Debug)]
pub enum Row {
    /// The cell that names the contact, and the cells of the metadata columns.
    Cells { id: Value, cells: Vec<Value> },
    /// What the reader could not read; the text says why.
    Unreadable(String),
}

/// One run of a sync.
#[derive(Debug)]
pub struct SyncRun {
    plan: SyncPlan,
    writer: Writer,
    pace: Arc<Pace>,
    concurrency: usize,
    line: Mutex<Line>,
    /// There is work for a worker.
    work: Notify,
    /// The outcome at the front is there.
    front: Notify,
    closed: AtomicBool,
    /// Writes that are under way are to be cut off.
    stopped: Notify,
    calls: AtomicU64,
}

/// The contact of a write, and its values with the index of their keys.
type Write = (String, Vec<(usize, String)>);

/// A write that waits for its turn.
#[derive(Debug)]
struct Job {
    index: usize,
    contact: String,
    pairs: Vec<(usize, String)>,
}

/// Everything that waits. The lock is held for a few steps at a time and never across an await.
#[derive(Debug, Default)]
struct Line {
    submitted: usize,
    workers: usize,
    /// Writes that have begun.
    busy: usize,
    /// Batches that were taken and have not arrived.
    on_the_way: usize,
    ready: VecDeque<Job>,
    /// Contacts that are being written, with the later rows of each.
    behind: HashMap<String, VecDeque<Job>>,
    outcomes: InOrder<Outcome>,
}

impl SyncRun {
    pub fn new(plan: SyncPlan, writer: Writer, concurrency: usize, calls_per_second: Option<f64>) -> Self {
        Self {
            plan,
            writer,
            pace: Arc::new(Pace::new(calls_per_second)),
            concurrency: concurrency.max(1),
            line: Mutex::default(),
            work: Notify::new(),
            front: Notify::new(),
            closed: AtomicBool::new(false),
            stopped: Notify::new(),
            calls: AtomicU64::new(0),
        }
    }

    /// Takes rows in and returns how many workers are to be started on `work` for them.
    pub fn submit(&self, rows: Vec<Row>) -> usize {
        let planned: Vec<_> = rows.into_iter().map(|row| self.plan_row(row)).collect();
        let mut line = self.line();
        for result in planned {
            let index = line.submitted;
            line.submitted += 1;
            match result {
                Ok((contact, pairs)) => line.enqueue(Job { index, contact, pairs }),
                Err(outcome) => line.settle(Outcome { index, ..*outcome }, &self.front),
            }
        }
        let waiting = line.ready.len();
        let more = self.concurrency.min(waiting).saturating_sub(line.workers);
        line.workers += more;
        drop(line);
        for _ in 0..waiting.min(self.concurrency) {
            self.work.notify_one();
        }
        more
    }

    fn plan_row(&self, row: Row) -> Result<Write, Box<Outcome>> {
        let (id, cells) = match row {
            Row::Cells { id, cells } => (id, cells),
            Row::Unreadable(problem) => return Err(Box::new(Outcome::refused(0, Problem::Row(problem)))),
        };
        match self.plan.plan(&id, &cells) {
            Planned::Write { contact, pairs } => Ok((contact, pairs)),
            Planned::Skip { contact, reason } => Err(Box::new(Outcome::skipped(0, contact, reason, 0))),
            Planned::Refuse { problem } => Err(Box::new(Outcome::refused(0, Problem::Cell(problem)))),
        }
    }

    /// One worker: writes rows until the run is closed.
    pub async fn work(self: Arc<Self>) {
        loop {
            // Listens before it begins: a stop is either heard here, or has closed the run before the next job is taken.
            let stopped = pin!(self.stopped.notified());
            let Some(mut begun) = self.next_job().await else { return };
            // A panic ends the row, not the worker: others wait for their turn.
            let running = AssertUnwindSafe(self.run(&begun.job)).catch_unwind();
            begun.outcome = match select(pin!(running), stopped).await {
                Either::Left((outcome, _)) => outcome.ok(),
                Either::Right(_) => None,
            };
        }
    }

    async fn next_job(&self) -> Option<Begun<'_>> {
        loop {
            let woken = self.work.notified();
            {
                let mut line = self.line();
                if self.closed.load(Ordering::Acquire) {
                    return None;
                }
                if let Some(job) = line.ready.pop_front() {
                    line.busy += 1;
                    return Some(Begun { run: self, job, outcome: None });
                }
            }
            woken.await;
        }
    }

    async fn run(&self, job: &Job) -> Outcome {
        let began = Instant::now();
        let pairs =
            job.pairs.iter().filter_map(|(key, value)| Some((self.plan.keys().get(*key)?.clone(), Value::Text(value.clone()))));
        let (wrote, attempts) = self.writer.write(&job.contact, pairs.collect(), &self.pace).await;
        self.calls.fetch_add(u64::from(attempts), Ordering::Relaxed);
        let contact = job.contact.clone();
        let outcome = match wrote {
            Wrote::Done => Outcome::ok(job.index, contact, attempts),
            Wrote::Skipped(reason) => Outcome::skipped(job.index, contact, reason, attempts),
            Wrote::Lost(failure) => Outcome::lost(job.index, contact, failure, attempts),
        };
        Outcome { elapsed: began.elapsed(), ..outcome }
    }

    /// The next outcomes in the order of the rows; waits for at least one, unless every submitted row has been taken.
    pub async fn take(self: Arc<Self>, at_most: usize) -> Batch {
        loop {
            let arrived = self.front.notified();
            {
                let mut line = self.line();
                let outcomes = line.outcomes.take(at_most);
                if !outcomes.is_empty() || line.outcomes.taken() == line.submitted || self.closed.load(Ordering::Acquire) {
                    line.on_the_way += 1;
                    drop(line);
                    return Batch { run: Arc::clone(&self), outcomes };
                }
            }
            arrived.await;
        }
    }

    /// Ends the run now: cuts off the writes that are under way, whose outcome is then unknown, and returns every outcome
    /// that has not been taken. Rows whose turn had not come have none.
    pub async fn stop(&self) -> Vec<Outcome> {
        self.close();
        self.stopped.notify_waiters();
        loop {
            let arrived = self.front.notified();
            let rest = {
                let mut line = self.line();
                line.is_still().then(|| line.outcomes.take_all())
            };
            match rest {
                Some(rest) => return rest,
                None => arrived.await,
            }
        }
    }

    /// Rows that were submitted and not yet taken.
    pub fn pending(&self) -> usize {
        let line = self.line();
        line.submitted - line.outcomes.taken()
    }

    /// Writes that are under way.
    #[cfg(test)]
    pub fn busy(&self) -> usize {
        self.line().busy
    }

    /// Requests sent so far, repeated ones included.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// What has held the run back; the seconds are those of one worker, on average.
    pub fn held_back(&self) -> HeldBack {
        let all = self.pace.held_back();
        HeldBack { waited: all.waited / self.concurrency as f64, ..all }
    }

    /// Begins nothing new; writes that are under way end by themselves.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.work.notify_waiters();
        self.front.notify_waiters();
    }

    /// Whoever stops the run waits for this.
    fn tell_if_still(&self, line: &Line) {
        if line.is_still() && self.closed.load(Ordering::Acquire) {
            self.front.notify_waiters();
        }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        // A worker that panicked leaves the line as it was between two steps: still usable.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A write that has begun. It has an outcome in every case: whatever ends its worker, nobody waits for it for ever.
struct Begun<'a> {
    run: &'a SyncRun,
    job: Job,
    outcome: Option<Outcome>,
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        let Job { index, contact, .. } = &self.job;
        let outcome = self.outcome.take().unwrap_or_else(|| Outcome::cut_off(*index, contact.clone()));
        let mut line = self.run.line();
        line.busy -= 1;
        line.settle(outcome, &self.run.front);
        if line.follow(contact) {
            self.run.work.notify_one();
        }
        self.run.tell_if_still(&line);
    }
}

/// Outcomes on their way to who asked for them. They go back if nobody is there any more.
#[derive(Debug)]
pub struct Batch {
    run: Arc<SyncRun>,
    outcomes: Vec<Outcome>,
}

impl Batch {
    pub fn deliver(mut self) -> Vec<Outcome> {
        std::mem::take(&mut self.outcomes)
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let mut line = self.run.line();
        line.on_the_way -= 1;
        line.outcomes.put_back(std::mem::take(&mut self.outcomes));
        self.run.tell_if_still(&line);
    }
}

impl Line {
    /// No write is under way, and no batch.
    fn is_still(&self) -> bool {
        self.busy == 0 && self.on_the_way == 0
    }

    fn enqueue(&mut self, job: Job) {
        match self.behind.get_mut(&job.contact) {
            Some(later) => later.push_back(job),
            None => {
                self.behind.insert(job.contact.clone(), VecDeque::new());
                self.ready.push_back(job);
            }
        }
    }

    fn settle(&mut self, outcome: Outcome, front: &Notify) {
        if self.outcomes.put(outcome.index, outcome) {
            front.notify_one();
        }
    }

    /// The contact's row is written: its next one may go. Tells whether there is one.
    fn follow(&mut self, contact: &str) -> bool {
        match self.behind.get_mut(contact).and_then(VecDeque::pop_front) {
            Some(job) => {
                self.ready.push_front(job);
                true
            }
            None => {
                self.behind.remove(contact);
                false
            }
        }
    }
}
