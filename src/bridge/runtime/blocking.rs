//! Calls that block.

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

use super::fork::Steps;
use super::{BLOCKING, CALLING, published};

/// How often a blocked call looks whether a signal has arrived, such as Ctrl-C's.
const SIGNAL_CHECK: Duration = Duration::from_millis(50);

/// A runtime that had its turn so recently knows what there is to know about its connections.
const RECENT: Duration = Duration::from_millis(1);

/// The runtime that blocking calls share, driven by whichever thread waits.
pub(super) struct Calling {
    runtime: Runtime,
    /// Wakes the calls that are to look for signals. One clock for all of them: a timer of each call's own would be the
    /// next one due, and tell so to the system's poll at the price of a write and a read.
    beats: Arc<Notify>,
    made: Instant,
    /// When a call last ended, in nanoseconds since `made`.
    last_turn: AtomicU64,
}

impl Calling {
    fn get() -> PyResult<&'static Self> {
        published(&CALLING, Self::make, |lost| lost.runtime.shutdown_background())
    }

    fn make() -> PyResult<Self> {
        let mut builder = Builder::new_current_thread();
        let runtime = builder.enable_all().max_blocking_threads(BLOCKING).thread_name("sparkbot-dns").build()?;
        let beats = Arc::new(Notify::new());
        runtime.spawn(beat(Arc::clone(&beats)));
        Ok(Self { runtime, beats, made: Instant::now(), last_turn: AtomicU64::new(0) })
    }

    /// One turn before a call: connections that the service has closed since the last one are then known to be closed.
    async fn turn(&self) {
        let last = Duration::from_nanos(self.last_turn.load(Ordering::Relaxed));
        if self.made.elapsed().saturating_sub(last) > RECENT {
            yield_now().await;
        }
    }

    fn turned(&self) {
        self.last_turn.store(u64::try_from(self.made.elapsed().as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// `future`'s output, or `None` when it is time to look for signals.
    fn drive<F: Future + Unpin>(&self, future: &mut F) -> Option<F::Output> {
        self.runtime.block_on(async {
            let mut beat = pin!(self.beats.notified());
            poll_fn(|context| match Pin::new(&mut *future).poll(context) {
                Poll::Ready(output) => Poll::Ready(Some(output)),
                Poll::Pending => beat.as_mut().poll(context).map(|()| None),
            })
            .await
        })
    }

    /// Drops a call, and gives its connection the turns in which it closes.
    fn abandon<F: Future>(&self, future: Steps<F>) {
        drop(future);
        self.runtime.block_on(async {
            yield_now().await;
            yield_now().await;
        });
    }
}

/// Goes only while some call drives the runtime.
async fn beat(beats: Arc<Notify>) {
    let mut interval = interval(SIGNAL_CHECK);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        beats.notify_waiters();
    }
}

/// The one door for calls that block: releases the GIL, looks for Ctrl-C, and drives the shared runtime.
pub fn wait<F>(py: Python<'_>, future: F) -> PyResult<F::Output>
where
    F: Future + Send,
    F::Output: Send,
{
    let calling = Calling::get()?;
    let mut future = Steps::of(async {
        calling.turn().await;
        future.await
    });
    let output = loop {
        if let Some(output) = py.detach(|| calling.drive(&mut future)) {
            break output;
        }
        if !may_see_signals() {
            break py.detach(|| calling.runtime.block_on(&mut future));
        }
        // Runs handlers of the user's, which may do anything: no lock is held here.
        if let Err(interrupt) = py.check_signals() {
            py.detach(|| calling.abandon(future));
            return Err(interrupt);
        }
    };
    calling.turned();
    Ok(output)
}

/// Python tells signals to its main thread only. A thousand others that woke up twenty times a second to look would leave no
/// time for anything else.
fn may_see_signals() -> bool {
    #[cfg(target_os = "linux")]
    {
        // SAFETY: asks for a number; cannot fail.
        let thread = unsafe { libc::syscall(libc::SYS_gettid) };
        u32::try_from(thread) == Ok(std::process::id())
    }
    #[cfg(not(target_os = "linux"))]
    true
}
