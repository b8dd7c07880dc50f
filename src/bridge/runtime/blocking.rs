//! Blocking calls.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;
use tokio::task::yield_now;
use tokio::time::{MissedTickBehavior, interval};

use super::async_runtime::MAX_BLOCKING_THREADS;
use super::fork::ForkSafeFuture;
use super::slot::Slot;

/// How often a blocked call checks for signals such as Ctrl-C. Each check wakes an idle processor: with one every 50 ms, a call that
/// took 100 ms needed twice the CPU of one that took 5 ms.
const SIGNAL_CHECK_INTERVAL: Duration = Duration::from_millis(100);

/// A runtime that was polled this recently knows which of its connections are closed.
const RECENT: Duration = Duration::from_millis(1);

static BLOCKING_RUNTIME: Slot<BlockingRuntime> = Slot::empty();

/// The runtime that blocking calls share, driven by whichever thread waits.
struct BlockingRuntime {
    runtime: Runtime,
    /// Wakes all blocked calls to check for signals; see `docs/decisions/0034-one-signal-clock.md`.
    tick_notify: Arc<Notify>,
    created: Instant,
    /// When a call last ended, in nanoseconds since `created`.
    last_polled: AtomicU64,
}

impl BlockingRuntime {
    fn get() -> PyResult<&'static Self> {
        BLOCKING_RUNTIME.get_or_publish(Self::build, |discarded| discarded.runtime.shutdown_background())
    }

    fn build() -> PyResult<Self> {
        let mut builder = Builder::new_current_thread();
        let runtime = builder.enable_all().max_blocking_threads(MAX_BLOCKING_THREADS).thread_name("sparkbot-dns").build()?;
        let tick_notify = Arc::new(Notify::new());
        runtime.spawn(tick(Arc::clone(&tick_notify)));
        Ok(Self { runtime, tick_notify, created: Instant::now(), last_polled: AtomicU64::new(0) })
    }

    /// Polls I/O once before a call, so that connections closed by the service since the last call are known to be closed.
    async fn poll_io_once(&self) {
        let last = Duration::from_nanos(self.last_polled.load(Ordering::Relaxed));
        if self.created.elapsed().saturating_sub(last) > RECENT {
            yield_now().await;
        }
    }

    fn mark_polled(&self) {
        let elapsed = u64::try_from(self.created.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.last_polled.store(elapsed, Ordering::Relaxed);
    }

    /// Drives `future` until it is ready, or returns `None` at the next tick.
    fn run_until_tick<F: Future + Unpin>(&self, future: &mut F) -> Option<F::Output> {
        self.runtime.block_on(async {
            let mut tick = pin!(self.tick_notify.notified());
            poll_fn(|context| match Pin::new(&mut *future).poll(context) {
                Poll::Ready(output) => Poll::Ready(Some(output)),
                Poll::Pending => tick.as_mut().poll(context).map(|()| None),
            })
            .await
        })
    }

    /// Drops a call, and polls until its connection is closed.
    fn drop_future<F: Future>(&self, future: ForkSafeFuture<F>) {
        drop(future);
        self.runtime.block_on(async {
            yield_now().await;
            yield_now().await;
        });
    }
}

pub(super) fn forget_after_fork() {
    BLOCKING_RUNTIME.forget();
}

/// Runs only while a call drives the runtime.
async fn tick(notify: Arc<Notify>) {
    let mut interval = interval(SIGNAL_CHECK_INTERVAL);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        notify.notify_waiters();
    }
}

/// Drives `future` on the shared runtime with the GIL released. Raises what a signal handler raises, such as KeyboardInterrupt.
pub fn block_on<F>(py: Python<'_>, future: F) -> PyResult<F::Output>
where
    F: Future + Send,
    F::Output: Send,
{
    let runtime = BlockingRuntime::get()?;
    let future = Box::pin(future);
    let mut future = ForkSafeFuture::new(async {
        runtime.poll_io_once().await;
        future.await
    });
    let output = loop {
        if let Some(output) = py.detach(|| runtime.run_until_tick(&mut future)) {
            break output;
        }
        if !is_main_thread() {
            break py.detach(|| runtime.runtime.block_on(&mut future));
        }
        // Runs the user's signal handlers, which may do anything: no lock is held here.
        if let Err(interrupt) = py.check_signals() {
            py.detach(|| runtime.drop_future(future));
            return Err(interrupt);
        }
    };
    runtime.mark_polled();
    Ok(output)
}

/// Python runs signal handlers on its main thread only. When every blocked thread checked for them, 2,000 threads took 29 s to
/// end.
fn is_main_thread() -> bool {
    #[cfg(target_os = "linux")]
    {
        // SAFETY: returns a number and cannot fail.
        let thread = unsafe { libc::syscall(libc::SYS_gettid) };
        u32::try_from(thread) == Ok(std::process::id())
    }
    #[cfg(not(target_os = "linux"))]
    true
}
