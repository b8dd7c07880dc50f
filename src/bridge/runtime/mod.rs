//! The runtimes that drive calls: built on first use, built anew in a forked child, ended before the interpreter is.
//!
//! Two of them. Blocking calls share one current-thread runtime that whichever thread waits drives itself: handing a call
//! to another thread would cost more than the call. Asyncio and bulk runs have a runtime with a few threads of its own.
//! Both live behind atomics, because a forked child may find any lock of its parent locked for ever.

mod asyncio;
mod blocking;
mod completion_queue;
mod fork;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::runtime::{Builder, Handle, Runtime as Tokio};
use tokio::task::AbortHandle;

pub use crate::bridge::runtime::asyncio::{awaitable, disown_pending};
pub use blocking::wait;
pub use fork::{generation, watch_forks};

use crate::client::Error;

const WORKERS_VARIABLE: &str = "SPARKBOT_WORKER_THREADS";
const WORKERS: usize = 1;
const MOST_WORKERS: usize = 64;
/// Threads for what the system has no other way of doing, such as looking up a host; they end when idle.
const BLOCKING: usize = 8;
/// How long the end of the process waits for calls under way.
const LAST_WAIT: Duration = Duration::from_secs(1);
/// Results handed over before other Python threads get their turn.
const BATCH: usize = 256;

static CALLING: AtomicPtr<blocking::Calling> = AtomicPtr::new(std::ptr::null_mut());
static BACKGROUND: AtomicPtr<Background> = AtomicPtr::new(std::ptr::null_mut());
static CLOSED: AtomicBool = AtomicBool::new(false);

/// The runtime with threads of its own, and the thread that hands results over to Python.
struct Background {
    handle: Handle,
    settle: Sender<Job>,
    /// Taken by the shutdown.
    ending: Mutex<Option<Ending>>,
}

/// What the shutdown needs.
struct Ending {
    runtime: Tokio,
    /// Closed when the thread that hands over has ended.
    handing_over: Receiver<()>,
}

/// A result on its way to Python, or the last one.
enum Job {
    Settle(Box<dyn FnOnce() + Send>),
    End,
}

/// In a forked child: forget the parent's runtimes, whose threads do not exist here.
fn forget_runtimes() {
    CALLING.store(std::ptr::null_mut(), Ordering::Release);
    BACKGROUND.store(std::ptr::null_mut(), Ordering::Release);
}

/// Ends the background runtime; called by `atexit`, with the interpreter still whole. It is not built again. Blocking calls
/// work until the very end: they have no thread that could outlive the interpreter.
pub fn shut_down(py: Python<'_>) {
    CLOSED.store(true, Ordering::Release);
    let background = BACKGROUND.load(Ordering::Acquire);
    if background.is_null() {
        return;
    }
    // SAFETY: once published, a `Background` is never freed.
    let background = unsafe { &*background };
    py.detach(|| {
        let Some(ending) = background.ending.lock().ok().and_then(|mut ending| ending.take()) else { return };
        ending.runtime.shutdown_timeout(LAST_WAIT);
        let _ = background.settle.send(Job::End);
        // Its last batch may be waiting for the GIL: it must have let go of it before the interpreter ends.
        let _ = ending.handing_over.recv_timeout(LAST_WAIT);
    });
}

/// What is behind `slot`, made first if need be. Of two threads that make one at once, one wins and both use that.
fn published<T>(slot: &AtomicPtr<T>, make: impl FnOnce() -> PyResult<T>, discard: impl FnOnce(T)) -> PyResult<&'static T> {
    let present = slot.load(Ordering::Acquire);
    if !present.is_null() {
        // SAFETY: once published, never freed.
        return Ok(unsafe { &*present });
    }
    let made = Box::into_raw(Box::new(make()?));
    match slot.compare_exchange(std::ptr::null_mut(), made, Ordering::AcqRel, Ordering::Acquire) {
        // SAFETY: just made, or published by another thread; never freed from now on.
        Ok(_) => Ok(unsafe { &*made }),
        Err(winner) => {
            // SAFETY: nobody else has seen `made`.
            discard(*unsafe { Box::from_raw(made) });
            Ok(unsafe { &*winner })
        }
    }
}

fn background() -> PyResult<&'static Background> {
    if CLOSED.load(Ordering::Acquire) {
        let problem = "awaited calls and bulk runs cannot begin while the interpreter shuts down; a blocking call still can";
        return Err(PyRuntimeError::new_err(problem));
    }
    published(&BACKGROUND, Background::start, Background::discard)
}

/// How many threads drive asyncio and bulk runs.
fn workers() -> PyResult<usize> {
    let Some(given) = std::env::var_os(WORKERS_VARIABLE).filter(|given| !given.is_empty()) else { return Ok(WORKERS) };
    let number = given.to_str().and_then(|text| text.trim().parse().ok());
    number.filter(|number| (1..=MOST_WORKERS).contains(number)).ok_or_else(|| {
        let problem = format!("{WORKERS_VARIABLE} is {given:?}; it must be a whole number from 1 to {MOST_WORKERS}");
        Python::attach(|py| crate::bridge::errors::raise(py, &Error::config(problem)))
    })
}

impl Background {
    fn start() -> PyResult<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(workers()?)
            .max_blocking_threads(BLOCKING)
            .thread_name("sparkbot")
            .enable_all()
            .build()?;
        let (settle, jobs) = channel();
        let (ended, handing_over) = channel();
        let hand_over = move || {
            hand_over(&jobs);
            drop(ended);
        };
        std::thread::Builder::new().name("sparkbot-settle".to_owned()).spawn(hand_over)?;
        Ok(Self { handle: runtime.handle().clone(), settle, ending: Mutex::new(Some(Ending { runtime, handing_over })) })
    }

    fn discard(self) {
        let _ = self.settle.send(Job::End);
        if let Ok(Some(ending)) = self.ending.into_inner() {
            ending.runtime.shutdown_background();
        }
    }
}

/// Runs what touches Python: what has gathered, under one hold of the GIL.
fn hand_over(jobs: &Receiver<Job>) {
    while let Ok(Job::Settle(first)) = jobs.recv() {
        if CLOSED.load(Ordering::Acquire) {
            // The interpreter is ending: nobody waits for this any more, and attaching could end the process.
            std::mem::forget(first);
            continue;
        }
        let mut first = Some(first);
        let attached = Python::try_attach(|_| settle_batch(first.take(), jobs));
        std::mem::forget(first);
        if attached == Some(Going::Ended) {
            return;
        }
    }
}

#[derive(PartialEq, Eq)]
enum Going {
    On,
    Ended,
}

fn settle_batch(first: Option<Box<dyn FnOnce() + Send>>, jobs: &Receiver<Job>) -> Going {
    for job in first.map(Job::Settle).into_iter().chain(jobs.try_iter()).take(BATCH) {
        match job {
            Job::Settle(settle) => settle(),
            Job::End => return Going::Ended,
        }
    }
    Going::On
}

/// Runs a future on the background runtime; nobody waits for it, but it can be stopped.
pub fn spawn(future: impl Future<Output = ()> + Send + 'static) -> PyResult<AbortHandle> {
    Ok(background()?.handle.spawn(fork::Steps::of(future)).abort_handle())
}
