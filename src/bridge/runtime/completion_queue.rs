//! Answers on their way to an event loop: gathered by the threads that drive calls, and fetched by the loop itself.
//!
//! The loop watches the end of a pipe. A byte in it says that there are answers; the loop then makes the Python objects of all
//! that have come, on its own thread. So no thread of ours waits for the GIL, and a thousand answers cost one wake-up.
//!
//! Where many calls are under way, an answer waits a moment for those right behind it: woken for each, the loop and the thread
//! that drives the calls would take the core from each other all the time.

use std::collections::HashMap;
use std::io::{PipeReader, PipeWriter, Read, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use pyo3::exceptions::PyNotImplementedError;
use pyo3::prelude::*;

use crate::bridge::runtime::BATCH;
use crate::bridge::runtime::asyncio::{ResponseModel, settle};
use crate::bridge::runtime::fork::{Steps, generation};

/// How long an answer waits for others, at most.
const GATHERING: Duration = Duration::from_millis(1);
/// The loop is told once this part of the calls under way is answered: at once where fewer than twice so many are.
const PART: usize = 8;
/// More answers than this gain nothing by waiting for each other.
const ENOUGH: usize = 64;

/// The answers for one event loop.
pub(super) struct Mailbox {
    arrived: Mutex<Arrived>,
    under_way: AtomicUsize,
    /// Both ends, so that nobody writes to a pipe whose other end is closed, which a signal may punish with the process's end.
    bell: PipeWriter,
    heard: PipeReader,
    /// The loop does not watch any more.
    closed: AtomicBool,
    generation: u64,
}

#[derive(Default)]
struct Arrived {
    answers: Vec<(u64, ResponseModel)>,
    /// There is a byte in the pipe. There is never more than one, so that writing cannot block.
    told: bool,
    /// Somebody will tell the loop in a moment.
    gathering: bool,
}

/// An answer that is to come.
pub(super) struct Expected(Weak<Mailbox>);

impl Expected {
    fn by(mailbox: &Weak<Mailbox>) -> Self {
        if let Some(mailbox) = mailbox.upgrade() {
            mailbox.under_way.fetch_add(1, Ordering::Relaxed);
        }
        Self(Weak::clone(mailbox))
    }

    /// Leaves the answer for the loop. Without its mailbox the loop is closed: nobody waits.
    pub fn send(self, number: u64, answer: ResponseModel) {
        if let Some(mailbox) = self.0.upgrade() {
            drop(self);
            mailbox.put(number, answer);
        }
    }
}

impl Drop for Expected {
    fn drop(&mut self) {
        if let Some(mailbox) = self.0.upgrade() {
            mailbox.under_way.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl Mailbox {
    /// One more answer for a loop; `None` for a loop that watches no descriptors.
    pub fn expect(event_loop: &Bound<'_, PyAny>) -> PyResult<Option<Expected>> {
        Ok(Self::of(event_loop)?.as_ref().map(Expected::by))
    }

    fn of(event_loop: &Bound<'_, PyAny>) -> PyResult<Option<Weak<Self>>> {
        let place = event_loop.as_ptr() as usize;
        let known = mailboxes().get(&place).filter(|known| is_open(known)).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let Some(made) = Self::watched_by(event_loop)? else { return Ok(None) };
        let mut mailboxes = mailboxes();
        mailboxes.retain(|_, other| is_open(other));
        mailboxes.insert(place, Weak::clone(&made));
        Ok(Some(made))
    }

    fn watched_by(event_loop: &Bound<'_, PyAny>) -> PyResult<Option<Weak<Self>>> {
        let py = event_loop.py();
        let (heard, bell) = std::io::pipe()?;
        let Some(descriptor) = descriptor(&heard) else { return Ok(None) };
        let closed = AtomicBool::new(false);
        let mailbox = Arc::new(Self {
            bell,
            heard,
            closed,
            generation: generation(),
            arrived: Mutex::default(),
            under_way: AtomicUsize::new(0),
        });
        let weak = Arc::downgrade(&mailbox);
        let watcher = Bound::new(py, Watcher { mailbox })?;
        match event_loop.call_method1("add_reader", (descriptor, watcher)) {
            Ok(_) => Ok(Some(weak)),
            Err(error) if error.is_instance_of::<PyNotImplementedError>(py) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Runs on the runtime that drives the calls.
    fn put(self: &Arc<Self>, number: u64, answer: ResponseModel) {
        let mut arrived = self.arrived();
        arrived.answers.push((number, answer));
        if arrived.told {
            return;
        }
        if arrived.answers.len() >= (self.under_way.load(Ordering::Relaxed) / PART).min(ENOUGH) {
            self.tell(&mut arrived);
        } else if !std::mem::replace(&mut arrived.gathering, true) {
            tokio::spawn(Steps::of(Arc::clone(self).tell_soon()));
        }
    }

    async fn tell_soon(self: Arc<Self>) {
        tokio::time::sleep(GATHERING).await;
        let mut arrived = self.arrived();
        arrived.gathering = false;
        if !arrived.told && !arrived.answers.is_empty() {
            self.tell(&mut arrived);
        }
    }

    fn tell(&self, arrived: &mut Arrived) {
        arrived.told = true;
        let _ = (&self.bell).write_all(b"!");
    }

    fn arrived(&self) -> MutexGuard<'_, Arrived> {
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Some answers, at most: between two batches the loop has its other work done.
    fn fetch(&self) -> Vec<(u64, ResponseModel)> {
        let mut arrived = self.arrived();
        arrived.told = false;
        if arrived.answers.len() <= BATCH {
            return std::mem::take(&mut arrived.answers);
        }
        let later = arrived.answers.split_off(BATCH);
        let now = std::mem::replace(&mut arrived.answers, later);
        self.tell(&mut arrived);
        now
    }
}

/// What a loop can watch, where loops watch pipes.
#[cfg(unix)]
fn descriptor(pipe: &PipeReader) -> Option<i32> {
    Some(std::os::fd::AsRawFd::as_raw_fd(pipe))
}

#[cfg(not(unix))]
fn descriptor(_: &PipeReader) -> Option<i32> {
    None
}

/// The mailboxes by the place of their loop in memory. A loop owns its mailbox, so that another loop in the same place later
/// has another. Locked only with the GIL held, so never at the moment of a fork.
fn mailboxes() -> MutexGuard<'static, HashMap<usize, Weak<Mailbox>>> {
    static MAILBOXES: LazyLock<Mutex<HashMap<usize, Weak<Mailbox>>>> = LazyLock::new(Mutex::default);
    MAILBOXES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_open(mailbox: &Weak<Mailbox>) -> bool {
    let open = |mailbox: Arc<Mailbox>| !mailbox.closed.load(Ordering::Acquire) && mailbox.generation == generation();
    mailbox.upgrade().is_some_and(open)
}

/// What the loop calls when there are answers. Of a loop that is closed nothing is left but this, and then not even this.
#[pyclass(name = "Watcher", module = "sparkbot._sparkbot", frozen)]
struct Watcher {
    mailbox: Arc<Mailbox>,
}

#[pymethods]
impl Watcher {
    fn __call__(&self, py: Python<'_>) {
        // A forked child that goes on with its parent's loop must leave the parent's byte in the pipe.
        if self.mailbox.generation != generation() || (&self.mailbox.heard).read_exact(&mut [0]).is_err() {
            return;
        }
        for (number, answer) in self.mailbox.fetch() {
            settle(py, number, answer);
        }
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.mailbox.closed.store(true, Ordering::Release);
    }
}
