//! Results on their way to an event loop: queued by the worker threads, fetched by the loop.
//!
//! The loop watches the read end of a pipe; one byte in it means that results are queued. The loop then builds the Python objects
//! of all of them on its own thread, so no worker waits for the GIL and a thousand results cost one wake-up.
//! See `docs/decisions/0032-completion-queue.md`.

use std::collections::HashMap;
use std::io::{PipeReader, PipeWriter, Read, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use pyo3::PyTypeInfo;
use pyo3::exceptions::PyNotImplementedError;
use pyo3::prelude::*;
use pyo3::types::{PyWeakrefMethods, PyWeakrefReference};

use super::async_runtime::CALLBACK_BATCH;
use super::fork::{ForkSafeFuture, fork_generation};
use super::pending::{ResultBuilder, resolve_future};

/// How long a result waits for others, at most.
const FLUSH_DELAY: Duration = Duration::from_millis(1);
/// The loop is woken when 1/8 of the calls in flight have completed: at once if fewer than 16 are in flight.
const WAKE_DIVISOR: usize = 8;
/// The loop is woken when this many results are queued.
const MAX_BATCH: usize = 64;

/// The results for one event loop. Owned by the loop, through its `PipeCallback`.
pub(super) struct CompletionQueue {
    queued: Mutex<Queued>,
    in_flight: AtomicUsize,
    pipe_writer: PipeWriter,
    /// Kept open with the writer: writing to a pipe without a reader raises SIGPIPE.
    pipe_reader: PipeReader,
    /// The loop no longer watches the pipe.
    is_closed: AtomicBool,
    generation: u64,
}

#[derive(Default)]
struct Queued {
    results: Vec<(u64, ResultBuilder)>,
    /// The pipe holds a byte. It never holds more than one, so writing cannot block.
    wake_pending: bool,
    /// A `flush_later` task is running.
    flush_scheduled: bool,
}

/// Sends one result to an event loop; counts as in flight until then.
pub(super) struct CompletionSender(Weak<CompletionQueue>);

impl CompletionSender {
    fn new(queue: &Weak<CompletionQueue>) -> Self {
        if let Some(queue) = queue.upgrade() {
            queue.in_flight.fetch_add(1, Ordering::Relaxed);
        }
        Self(Weak::clone(queue))
    }

    /// Queues the result; drops it if the loop is closed.
    pub fn send(self, id: u64, result: ResultBuilder) {
        if let Some(queue) = self.0.upgrade() {
            drop(self);
            queue.push(id, result);
        }
    }
}

impl Drop for CompletionSender {
    fn drop(&mut self) {
        if let Some(queue) = self.0.upgrade() {
            queue.in_flight.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl CompletionQueue {
    /// A sender to the queue of `event_loop`, which is created on first use. `None` if the loop cannot watch a pipe, or cannot be
    /// referred to weakly.
    pub fn sender_for(event_loop: &Bound<'_, PyAny>) -> PyResult<Option<CompletionSender>> {
        if let Some(queue) = find(event_loop) {
            return Ok(Some(CompletionSender::new(&queue)));
        }
        let Ok(reference) = PyWeakrefReference::new(event_loop) else { return Ok(None) };
        let Some(queue) = Self::attach(event_loop)? else { return Ok(None) };
        let sender = CompletionSender::new(&queue);
        register(event_loop, LoopQueue { event_loop: reference.unbind(), queue });
        Ok(Some(sender))
    }

    /// Creates a queue and lets the loop watch its pipe.
    fn attach(event_loop: &Bound<'_, PyAny>) -> PyResult<Option<Weak<Self>>> {
        let py = event_loop.py();
        let (pipe_reader, pipe_writer) = std::io::pipe()?;
        let Some(descriptor) = descriptor(&pipe_reader) else { return Ok(None) };
        let queue = Arc::new(Self {
            queued: Mutex::default(),
            in_flight: AtomicUsize::new(0),
            pipe_writer,
            pipe_reader,
            is_closed: AtomicBool::new(false),
            generation: fork_generation(),
        });
        let weak = Arc::downgrade(&queue);
        let callback = Bound::new(py, PipeCallback { queue })?;
        match event_loop.call_method1("add_reader", (descriptor, callback)) {
            Ok(_) => Ok(Some(weak)),
            Err(error) if error.is_instance_of::<PyNotImplementedError>(py) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Runs on the async runtime.
    fn push(self: &Arc<Self>, id: u64, result: ResultBuilder) {
        let mut queued = self.lock();
        queued.results.push((id, result));
        if queued.wake_pending {
            return;
        }
        if queued.results.len() >= (self.in_flight.load(Ordering::Relaxed) / WAKE_DIVISOR).min(MAX_BATCH) {
            self.wake_loop(&mut queued);
        } else if !std::mem::replace(&mut queued.flush_scheduled, true) {
            tokio::spawn(ForkSafeFuture::new(Arc::clone(self).flush_later()));
        }
    }

    async fn flush_later(self: Arc<Self>) {
        tokio::time::sleep(FLUSH_DELAY).await;
        let mut queued = self.lock();
        queued.flush_scheduled = false;
        if !queued.wake_pending && !queued.results.is_empty() {
            self.wake_loop(&mut queued);
        }
    }

    fn wake_loop(&self, queued: &mut Queued) {
        queued.wake_pending = true;
        let _ = (&self.pipe_writer).write_all(b"!");
    }

    fn lock(&self) -> MutexGuard<'_, Queued> {
        self.queued.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one batch of results. The loop does its other work between two batches.
    fn take_batch(&self) -> Vec<(u64, ResultBuilder)> {
        let mut queued = self.lock();
        queued.wake_pending = false;
        if queued.results.len() <= CALLBACK_BATCH {
            return std::mem::take(&mut queued.results);
        }
        let rest = queued.results.split_off(CALLBACK_BATCH);
        let batch = std::mem::replace(&mut queued.results, rest);
        self.wake_loop(&mut queued);
        batch
    }
}

#[cfg(unix)]
fn descriptor(pipe: &PipeReader) -> Option<i32> {
    Some(std::os::fd::AsRawFd::as_raw_fd(pipe))
}

/// Loops watch pipes on Unix only.
#[cfg(not(unix))]
fn descriptor(_: &PipeReader) -> Option<i32> {
    None
}

/// The queue of a loop.
struct LoopQueue {
    /// Distinguishes the loop from a later one at the same address: a free-threaded interpreter may free a loop before its `PipeCallback`.
    event_loop: Py<PyWeakrefReference>,
    queue: Weak<CompletionQueue>,
}

type LoopQueues = HashMap<usize, LoopQueue>;

/// The queues by the address of their loop. Locked only by threads that are attached to the interpreter and do not call it, so
/// never during a fork: see `docs/decisions/0039-free-threading.md`.
fn queues() -> MutexGuard<'static, LoopQueues> {
    static QUEUES: LazyLock<Mutex<LoopQueues>> = LazyLock::new(Mutex::default);
    QUEUES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The open queue of a loop.
fn find(event_loop: &Bound<'_, PyAny>) -> Option<Weak<CompletionQueue>> {
    let py = event_loop.py();
    let entry = queues().get(&address(event_loop)).map(|entry| (entry.event_loop.clone_ref(py), Weak::clone(&entry.queue)));
    let (reference, queue) = entry?;
    let is_same = reference.bind(py).upgrade().is_some_and(|other| other.is(event_loop));
    (is_same && is_open(&queue)).then_some(queue)
}

/// Adds the queue of a loop, and removes the closed ones.
fn register(event_loop: &Bound<'_, PyAny>, entry: LoopQueue) {
    let mut queues = queues();
    let closed: Vec<_> = queues.extract_if(|_, other| !is_open(&other.queue)).collect();
    let replaced = queues.insert(address(event_loop), entry);
    drop(queues);
    // Freed here, where no lock is held: that calls the interpreter.
    drop((closed, replaced));
}

fn address(event_loop: &Bound<'_, PyAny>) -> usize {
    event_loop.as_ptr() as usize
}

fn is_open(queue: &Weak<CompletionQueue>) -> bool {
    queue.upgrade().is_some_and(|queue| !queue.is_closed.load(Ordering::Acquire) && queue.generation == fork_generation())
}

/// The callback that the loop runs when the pipe is readable. A closed loop drops it, and with it the queue.
#[pyclass(name = "PipeCallback", module = "sparkbot._sparkbot", frozen)]
struct PipeCallback {
    queue: Arc<CompletionQueue>,
}

#[pymethods]
impl PipeCallback {
    fn __call__(&self, py: Python<'_>) {
        // A forked child that runs its parent's loop must leave the byte to the parent.
        if self.queue.generation != fork_generation() || (&self.queue.pipe_reader).read_exact(&mut [0]).is_err() {
            return;
        }
        for (id, result) in self.queue.take_batch() {
            resolve_future(py, id, result);
        }
    }
}

impl Drop for PipeCallback {
    fn drop(&mut self) {
        self.queue.is_closed.store(true, Ordering::Release);
    }
}

pub(super) fn create_types(py: Python<'_>) {
    PipeCallback::type_object(py);
}
