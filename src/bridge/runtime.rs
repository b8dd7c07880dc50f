//! The runtimes that drive calls: built on first use, built anew in a forked child, ended before the interpreter is.
//!
//! Two of them. Blocking calls share one current-thread runtime that whichever thread waits drives itself: handing a call
//! to another thread would cost more than the call. Asyncio and bulk runs have a runtime with two threads of its own.
//! Both live behind atomics, because a forked child may find any lock of its parent locked for ever.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, Once};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3_async_runtimes::TaskLocals;
use pyo3_async_runtimes::generic::{ContextExt, JoinError, Runtime};
use tokio::runtime::{Builder, Handle, Runtime as Tokio};
use tokio::task::{AbortHandle, JoinHandle};

const WORKERS: usize = 2;
/// How long the end of the process waits for calls under way.
const LAST_WAIT: Duration = Duration::from_secs(1);
/// How often a blocked call looks whether Ctrl-C was pressed.
const SIGNAL_CHECK: Duration = Duration::from_millis(50);

static GENERATION: AtomicU64 = AtomicU64::new(0);
static CALLING: AtomicPtr<Tokio> = AtomicPtr::new(std::ptr::null_mut());
static BACKGROUND: AtomicPtr<Background> = AtomicPtr::new(std::ptr::null_mut());
static CLOSED: AtomicBool = AtomicBool::new(false);

/// The runtime with threads of its own, and the thread that hands results over to Python.
struct Background {
    handle: Handle,
    settle: Sender<Job>,
    /// Taken by the shutdown.
    runtime: Mutex<Option<Tokio>>,
}

type Job = Box<dyn FnOnce() + Send>;

/// How many forks this process is away from the one that loaded the module.
pub fn generation() -> u64 {
    GENERATION.load(Ordering::Acquire)
}

/// In a forked child: forget the parent's runtimes, whose threads do not exist here. Atomics only: any lock may be held.
extern "C" fn in_forked_child() {
    GENERATION.fetch_add(1, Ordering::AcqRel);
    CALLING.store(std::ptr::null_mut(), Ordering::Release);
    BACKGROUND.store(std::ptr::null_mut(), Ordering::Release);
}

/// Registers the fork handler, once.
pub fn watch_forks() {
    static ONCE: Once = Once::new();
    #[cfg(unix)]
    ONCE.call_once(|| {
        // SAFETY: the handler is a plain function that touches atomics only.
        unsafe { libc::pthread_atfork(None, None, Some(in_forked_child)) };
    });
}

/// Ends the background runtime; called by `atexit`, with the interpreter still whole. Nothing is built after it.
pub fn shut_down(py: Python<'_>) {
    CLOSED.store(true, Ordering::Release);
    let background = BACKGROUND.load(Ordering::Acquire);
    if background.is_null() {
        return;
    }
    // SAFETY: once published, a `Background` is never freed.
    let background = unsafe { &*background };
    py.detach(|| {
        let runtime = background.runtime.lock().ok().and_then(|mut runtime| runtime.take());
        if let Some(runtime) = runtime {
            runtime.shutdown_timeout(LAST_WAIT);
        }
    });
}

fn ensure_open() -> PyResult<()> {
    if CLOSED.load(Ordering::Acquire) {
        return Err(PyRuntimeError::new_err("sparkbot cannot be called while the interpreter shuts down"));
    }
    Ok(())
}

/// What is behind `slot`, made first if need be. Of two threads that make one at once, one wins and both use that.
fn published<T>(slot: &AtomicPtr<T>, make: impl FnOnce() -> PyResult<T>, discard: impl FnOnce(T)) -> PyResult<&'static T> {
    ensure_open()?;
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

fn calling() -> PyResult<&'static Tokio> {
    let make = || Ok(Builder::new_current_thread().enable_all().max_blocking_threads(4).thread_name("sparkbot-dns").build()?);
    published(&CALLING, make, Tokio::shutdown_background)
}

fn background() -> PyResult<&'static Background> {
    published(&BACKGROUND, Background::start, Background::discard)
}

impl Background {
    fn start() -> PyResult<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .max_blocking_threads(4)
            .thread_name("sparkbot")
            .enable_all()
            .build()?;
        let (settle, jobs) = channel();
        std::thread::Builder::new().name("sparkbot-settle".to_owned()).spawn(move || hand_over(&jobs))?;
        Ok(Self { handle: runtime.handle().clone(), settle, runtime: Mutex::new(Some(runtime)) })
    }
}

impl Background {
    fn discard(self) {
        if let Ok(Some(runtime)) = self.runtime.into_inner() {
            runtime.shutdown_background();
        }
    }
}

/// Runs what touches Python: everything that has gathered, under one hold of the GIL.
fn hand_over(jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        if CLOSED.load(Ordering::Acquire) {
            // The interpreter is ending: nobody waits for this any more, and attaching could end the process.
            std::mem::forget(first);
            continue;
        }
        let mut first = Some(first);
        Python::try_attach(|_| {
            first.take().into_iter().chain(jobs.try_iter()).for_each(|job| job());
        });
        std::mem::forget(first);
    }
}

/// The one door for calls that block: releases the GIL, looks for Ctrl-C, and drives the shared runtime.
pub fn wait<F>(py: Python<'_>, future: F) -> PyResult<F::Output>
where
    F: Future + Send,
    F::Output: Send,
{
    let runtime = calling()?;
    let mut future = Some(Box::pin(future));
    loop {
        let done = py.detach(|| {
            runtime.block_on(async {
                // One turn first: connections that the service has closed since the last call are then known to be closed.
                tokio::task::yield_now().await;
                match future.as_mut() {
                    Some(future) => tokio::time::timeout(SIGNAL_CHECK, future).await.ok(),
                    None => None,
                }
            })
        });
        if let Some(output) = done {
            return Ok(output);
        }
        if let Err(interrupt) = py.check_signals() {
            drop(future.take());
            // One more turn, in which the dropped call's connection closes.
            py.detach(|| runtime.block_on(tokio::task::yield_now()));
            return Err(interrupt);
        }
        ensure_open()?;
    }
}

/// The future as an awaitable of the running event loop.
pub fn awaitable<'py, F, T>(py: Python<'py>, future: F) -> PyResult<Bound<'py, PyAny>>
where
    F: Future<Output = PyResult<T>> + Send + 'static,
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    background()?;
    pyo3_async_runtimes::generic::future_into_py::<Sparkbot, F, T>(py, future)
}

/// Runs a future on the background runtime; nobody waits for it, but it can be stopped.
pub fn spawn(future: impl Future<Output = ()> + Send + 'static) -> PyResult<AbortHandle> {
    Ok(background()?.handle.spawn(future).abort_handle())
}

/// Our runtimes behind pyo3-async-runtimes' interface.
struct Sparkbot;

/// A task, or one that never began because the interpreter is shutting down.
struct Task(Option<JoinHandle<()>>);

struct TaskError(tokio::task::JoinError);

impl JoinError for TaskError {
    fn is_panic(&self) -> bool {
        self.0.is_panic()
    }

    fn into_panic(self) -> Box<dyn std::any::Any + Send> {
        self.0.into_panic()
    }
}

impl Future for Task {
    type Output = Result<(), TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> std::task::Poll<Self::Output> {
        match &mut self.0 {
            Some(handle) => Pin::new(handle).poll(context).map_err(TaskError),
            None => std::task::Poll::Ready(Ok(())),
        }
    }
}

impl Runtime for Sparkbot {
    type JoinError = TaskError;
    type JoinHandle = Task;

    fn spawn<F: Future<Output = ()> + Send + 'static>(future: F) -> Task {
        Task(background().ok().map(|background| background.handle.spawn(future)))
    }

    /// Only ever results on their way to Python: they go to the one thread that hands them over in batches.
    fn spawn_blocking<F: FnOnce() + Send + 'static>(job: F) -> Task {
        if let Ok(background) = background() {
            let _ = background.settle.send(Box::new(job));
        }
        Task(None)
    }
}

impl ContextExt for Sparkbot {
    fn scope<F, R>(_: TaskLocals, future: F) -> Pin<Box<dyn Future<Output = R> + Send>>
    where
        F: Future<Output = R> + Send + 'static,
    {
        Box::pin(future)
    }

    /// No Rust future of ours calls back into Python, so none needs to know its loop.
    fn get_task_locals() -> Option<TaskLocals> {
        None
    }
}
