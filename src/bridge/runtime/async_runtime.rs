//! The runtime with worker threads, for asyncio and batch runs, and the thread that runs its Python callbacks.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::AbortHandle;

use super::fork::ForkSafeFuture;
use super::slot::Slot;
use crate::bridge::errors;
use crate::client::{Error, thread_failure};

const WORKERS_VARIABLE: &str = "SPARKBOT_WORKER_THREADS";
/// In a gather of 2,000 calls, a second worker created 2.0 responses in the time in which 1.6 were fetched.
const DEFAULT_WORKERS: usize = 1;
const MAX_WORKERS: usize = 64;
/// Threads for blocking system calls such as host lookups; they end when idle.
pub(super) const MAX_BLOCKING_THREADS: usize = 8;
/// How long the shutdown waits for the workers, and then for the callback thread.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(1);
/// Callbacks that run before other Python threads can take the GIL.
pub(super) const CALLBACK_BATCH: usize = 256;

static ASYNC_RUNTIME: Slot<AsyncRuntime> = Slot::empty();
static IS_SHUT_DOWN: AtomicBool = AtomicBool::new(false);

pub(super) struct AsyncRuntime {
    handle: Handle,
    callbacks: Sender<CallbackJob>,
    /// Taken by the shutdown.
    shutdown: Mutex<Option<ShutdownState>>,
}

struct ShutdownState {
    runtime: Runtime,
    /// Disconnected when the callback thread has ended.
    callback_thread: Receiver<()>,
}

enum CallbackJob {
    Run(Box<dyn FnOnce() + Send>),
    Stop,
}

impl AsyncRuntime {
    /// The process's runtime, started on first use. Fails after the runtime was shut down.
    pub fn get() -> PyResult<&'static Self> {
        if IS_SHUT_DOWN.load(Ordering::Acquire) {
            return Err(PyRuntimeError::new_err(
                "awaited calls and batch runs cannot start while the interpreter shuts down; a blocking call still can",
            ));
        }
        ASYNC_RUNTIME.get_or_publish(Self::start, Self::discard)
    }

    fn start() -> PyResult<Self> {
        let runtime = build_runtime(worker_count()?)?;
        let (callbacks, jobs) = channel();
        let (alive, callback_thread) = channel();
        let run = move || {
            run_callbacks(&jobs);
            drop(alive);
        };
        let handle = runtime.handle().clone();
        if let Err(error) = std::thread::Builder::new().name("sparkbot-notify".to_owned()).spawn(run) {
            runtime.shutdown_background();
            return Err(no_thread(&error.to_string()));
        }
        Ok(Self { handle, callbacks, shutdown: Mutex::new(Some(ShutdownState { runtime, callback_thread })) })
    }

    /// Ends a runtime that no other thread has seen.
    fn discard(self) {
        let _ = self.callbacks.send(CallbackJob::Stop);
        if let Ok(Some(state)) = self.shutdown.into_inner() {
            state.runtime.shutdown_background();
        }
    }

    /// Spawns a future that survives a fork; dropping the handle does not abort it.
    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.handle.spawn(ForkSafeFuture::new(future)).abort_handle()
    }

    /// Runs `callback` on the callback thread, which may wait for the GIL.
    pub fn schedule_callback(&self, callback: impl FnOnce() + Send + 'static) {
        let _ = self.callbacks.send(CallbackJob::Run(Box::new(callback)));
    }

    fn shut_down(&self) {
        let Some(state) = self.shutdown.lock().ok().and_then(|mut state| state.take()) else { return };
        state.runtime.shutdown_timeout(SHUTDOWN_TIMEOUT);
        let _ = self.callbacks.send(CallbackJob::Stop);
        // The last batch may wait for the GIL and must release it before the interpreter ends.
        let _ = state.callback_thread.recv_timeout(SHUTDOWN_TIMEOUT);
    }
}

/// Starts the async runtime, unless it runs. Fails if the system refuses the threads.
pub fn start() -> PyResult<()> {
    AsyncRuntime::get().map(drop)
}

/// Runs a future on the async runtime.
pub fn spawn(future: impl Future<Output = ()> + Send + 'static) -> PyResult<AbortHandle> {
    Ok(AsyncRuntime::get()?.spawn(future))
}

/// Shuts the async runtime down, for good. Called by `atexit`, while the interpreter still works. Blocking calls keep working:
/// they have no thread that could outlive the interpreter.
pub fn shut_down(py: Python<'_>) {
    IS_SHUT_DOWN.store(true, Ordering::Release);
    if let Some(runtime) = ASYNC_RUNTIME.get() {
        py.detach(|| runtime.shut_down());
    }
}

pub(super) fn forget_after_fork() {
    ASYNC_RUNTIME.forget();
}

/// Starts the workers. tokio panics if it cannot.
fn build_runtime(workers: usize) -> PyResult<Runtime> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(workers).max_blocking_threads(MAX_BLOCKING_THREADS).thread_name("sparkbot").enable_all();
    match catch_unwind(AssertUnwindSafe(|| builder.build())) {
        Ok(runtime) => Ok(runtime?),
        Err(panic) => match thread_failure::reason(panic.as_ref()) {
            Some(reason) => Err(no_thread(reason)),
            None => resume_unwind(panic),
        },
    }
}

fn no_thread(reason: &str) -> PyErr {
    Python::attach(|py| errors::to_py_err(py, &thread_failure::error(reason)))
}

fn worker_count() -> PyResult<usize> {
    let Some(value) = std::env::var_os(WORKERS_VARIABLE).filter(|value| !value.is_empty()) else { return Ok(DEFAULT_WORKERS) };
    let count = value.to_str().and_then(|text| text.trim().parse().ok());
    count.filter(|count| (1..=MAX_WORKERS).contains(count)).ok_or_else(|| {
        let message = format!("{WORKERS_VARIABLE} is {value:?}; it must be a whole number from 1 to {MAX_WORKERS}");
        Python::attach(|py| errors::to_py_err(py, &Error::config(message)))
    })
}

/// The loop of the callback thread: runs all queued callbacks under one hold of the GIL.
fn run_callbacks(jobs: &Receiver<CallbackJob>) {
    while let Ok(CallbackJob::Run(first)) = jobs.recv() {
        if IS_SHUT_DOWN.load(Ordering::Acquire) {
            // No task waits for this result any more, and attaching to an ending interpreter could end the process.
            std::mem::forget(first);
            continue;
        }
        let mut first = Some(first);
        let flow = Python::try_attach(|_| run_batch(first.take(), jobs));
        std::mem::forget(first);
        if flow == Some(ControlFlow::Break(())) {
            return;
        }
    }
}

fn run_batch(first: Option<Box<dyn FnOnce() + Send>>, jobs: &Receiver<CallbackJob>) -> ControlFlow<()> {
    for job in first.map(CallbackJob::Run).into_iter().chain(jobs.try_iter()).take(CALLBACK_BATCH) {
        match job {
            CallbackJob::Run(callback) => callback(),
            CallbackJob::Stop => return ControlFlow::Break(()),
        }
    }
    ControlFlow::Continue(())
}
