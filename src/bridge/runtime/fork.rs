//! Fork safety: a fork happens between two polls of a call, never during one.
//!
//! A forked child has one thread. A lock that another thread held at the fork stays locked there for ever, so a fork waits
//! until no call is being polled. The locks of the scheduler itself remain: a child never wakes a task of its parent.
//! See `docs/decisions/0033-fork-barrier.md`.

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

/// How long a fork waits for polls to end. They take microseconds; a user's progress callback may take longer.
const MAX_FORK_DELAY: Duration = Duration::from_millis(100);

static GENERATION: AtomicU64 = AtomicU64::new(0);
/// Forks in progress in this process.
static FORKS: AtomicUsize = AtomicUsize::new(0);
/// Calls that are being polled.
static POLLS: AtomicUsize = AtomicUsize::new(0);
static AFTER_FORK_IN_CHILD: OnceLock<fn()> = OnceLock::new();

/// The number of forks between this process and the one that loaded the module.
pub fn fork_generation() -> u64 {
    GENERATION.load(Ordering::Acquire)
}

// The three handlers touch atomics only: any lock may be held.

extern "C" fn before_fork() {
    FORKS.fetch_add(1, Ordering::SeqCst);
    let deadline = Instant::now() + MAX_FORK_DELAY;
    while POLLS.load(Ordering::SeqCst) > 0 && Instant::now() < deadline {
        std::thread::yield_now();
    }
}

extern "C" fn after_fork_in_parent() {
    FORKS.fetch_sub(1, Ordering::SeqCst);
}

extern "C" fn after_fork_in_child() {
    FORKS.store(0, Ordering::SeqCst);
    POLLS.store(0, Ordering::SeqCst);
    GENERATION.fetch_add(1, Ordering::AcqRel);
    if let Some(reset) = AFTER_FORK_IN_CHILD.get() {
        reset();
    }
}

/// Registers the fork handlers, once. `reset` runs in the child and may touch atomics only.
pub(super) fn install_fork_handlers(reset: fn()) {
    if AFTER_FORK_IN_CHILD.set(reset).is_err() {
        return;
    }
    #[cfg(unix)]
    // SAFETY: the handlers are plain functions that touch atomics only.
    unsafe {
        libc::pthread_atfork(Some(before_fork), Some(after_fork_in_parent), Some(after_fork_in_child));
    }
}

/// A future that is not polled during a fork, and is woken only in the process that polls it.
pub(super) struct ForkSafeFuture<F> {
    future: Pin<Box<F>>,
    waker: Option<Arc<ForkSafeWaker>>,
}

impl<F: Future> ForkSafeFuture<F> {
    /// Boxes a future, so that it can be polled under the fork barrier.
    pub fn new(future: F) -> Self {
        Self { future: Box::pin(future), waker: None }
    }
}

impl<F: Future> Future for ForkSafeFuture<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let waker = match self.waker.take().filter(|waker| waker.inner.will_wake(context.waker())) {
            Some(waker) => waker,
            None => Arc::new(ForkSafeWaker { inner: ManuallyDrop::new(context.waker().clone()), generation: fork_generation() }),
        };
        self.waker = Some(Arc::clone(&waker));
        let _guard = PollGuard::enter();
        self.future.as_mut().poll(&mut Context::from_waker(&Waker::from(waker)))
    }
}

/// Held while a call is polled.
struct PollGuard {
    generation: u64,
}

impl PollGuard {
    /// Waits for forks in progress.
    fn enter() -> Self {
        loop {
            POLLS.fetch_add(1, Ordering::SeqCst);
            if FORKS.load(Ordering::SeqCst) == 0 {
                return Self { generation: fork_generation() };
            }
            POLLS.fetch_sub(1, Ordering::SeqCst);
            while FORKS.load(Ordering::SeqCst) > 0 {
                std::thread::yield_now();
            }
        }
    }
}

impl Drop for PollGuard {
    fn drop(&mut self) {
        // A user's callback may fork during a poll; the count of the child starts at zero.
        if self.generation == fork_generation() {
            POLLS.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// Does nothing in a forked child, where the scheduler's locks may be locked for ever.
struct ForkSafeWaker {
    inner: ManuallyDrop<Waker>,
    generation: u64,
}

impl Wake for ForkSafeWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.generation == fork_generation() {
            self.inner.wake_by_ref();
        }
    }
}

impl Drop for ForkSafeWaker {
    fn drop(&mut self) {
        if self.generation == fork_generation() {
            // SAFETY: dropped once, here, and not used again.
            unsafe { ManuallyDrop::drop(&mut self.inner) };
        }
    }
}
