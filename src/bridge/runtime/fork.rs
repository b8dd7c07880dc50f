//! What a fork does to calls under way, and how it comes between two steps of a call, never into one.
//!
//! A forked child has one thread: whatever lock another thread held at that moment stays locked for ever. So a fork waits
//! until no call is in the middle of a step, in which it might hold one. What is left is the scheduler's own locks: a child
//! never wakes a task of its parent's, because that would take them.

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Once};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

/// How long a fork waits for calls to finish their step. Steps take microseconds; a callback of the user's may take longer.
const PATIENCE: Duration = Duration::from_millis(100);

static GENERATION: AtomicU64 = AtomicU64::new(0);
/// Forks under way in this process.
static FORKS: AtomicUsize = AtomicUsize::new(0);
/// Calls that are in the middle of a step.
static STEPS: AtomicUsize = AtomicUsize::new(0);

/// How many forks this process is away from the one that loaded the module.
pub fn generation() -> u64 {
    GENERATION.load(Ordering::Acquire)
}

// The three handlers touch atomics only: any lock may be held.

extern "C" fn before_fork() {
    FORKS.fetch_add(1, Ordering::SeqCst);
    let latest = Instant::now() + PATIENCE;
    while STEPS.load(Ordering::SeqCst) > 0 && Instant::now() < latest {
        std::thread::yield_now();
    }
}

extern "C" fn after_fork() {
    FORKS.fetch_sub(1, Ordering::SeqCst);
}

extern "C" fn in_forked_child() {
    FORKS.store(0, Ordering::SeqCst);
    STEPS.store(0, Ordering::SeqCst);
    GENERATION.fetch_add(1, Ordering::AcqRel);
    super::forget_runtimes();
}

/// Registers the fork handlers, once.
pub fn watch_forks() {
    static ONCE: Once = Once::new();
    #[cfg(unix)]
    ONCE.call_once(|| {
        // SAFETY: the handlers are plain functions that touch atomics only.
        unsafe { libc::pthread_atfork(Some(before_fork), Some(after_fork), Some(in_forked_child)) };
    });
}

/// A future whose steps a fork waits for, and that is woken only in the process that it runs in.
pub struct Steps<F> {
    future: Pin<Box<F>>,
    bell: Option<Arc<Bell>>,
}

impl<F: Future> Steps<F> {
    pub fn of(future: F) -> Self {
        Self { future: Box::pin(future), bell: None }
    }
}

impl<F: Future> Future for Steps<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let bell = match self.bell.take().filter(|bell| bell.waker.will_wake(context.waker())) {
            Some(bell) => bell,
            None => Arc::new(Bell { waker: ManuallyDrop::new(context.waker().clone()), generation: generation() }),
        };
        self.bell = Some(Arc::clone(&bell));
        let _step = Step::begin();
        self.future.as_mut().poll(&mut Context::from_waker(&Waker::from(bell)))
    }
}

/// One step of a call.
struct Step {
    generation: u64,
}

impl Step {
    fn begin() -> Self {
        loop {
            STEPS.fetch_add(1, Ordering::SeqCst);
            if FORKS.load(Ordering::SeqCst) == 0 {
                return Self { generation: generation() };
            }
            STEPS.fetch_sub(1, Ordering::SeqCst);
            while FORKS.load(Ordering::SeqCst) > 0 {
                std::thread::yield_now();
            }
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        // A callback of the user's may have forked in the middle of a step: the child counts anew.
        if self.generation == generation() {
            STEPS.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// Wakes a task, but not from a forked child, where the scheduler's locks may be locked for ever.
struct Bell {
    waker: ManuallyDrop<Waker>,
    generation: u64,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.generation == generation() {
            self.waker.wake_by_ref();
        }
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        if self.generation == generation() {
            // SAFETY: dropped once, here, and not used again.
            unsafe { ManuallyDrop::drop(&mut self.waker) };
        }
    }
}
