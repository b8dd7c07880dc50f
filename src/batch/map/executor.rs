//! Runs the calls of a map: at most `concurrency` at a time, each with its own result, in order or as they complete.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, Semaphore};
use tokio::time::timeout;

use crate::batch::map::queue::{CallQueue, MAX_BATCH, MapResult, WakeCondition};
use crate::batch::run_stats::RunStats;
use crate::client::{Client, Request, RuntimeKind};

/// How long the caller waits for more results after the first one: a wake-up costs more than a call (docs/decisions/0022).
const COALESCE_DELAY: Duration = Duration::from_millis(1);

/// One run of `client.map`.
#[derive(Debug)]
pub struct MapExecutor {
    client: Arc<Client>,
    fork_generation: u64,
    concurrency: usize,
    /// Locked for a few steps at a time, never across an await.
    state: Mutex<State>,
    /// One permit per queued call.
    work_available: Semaphore,
    /// Notified when the wake condition of the caller is met.
    result_ready: Notify,
    pub stats: RunStats,
}

#[derive(Debug)]
struct State {
    queue: CallQueue,
    /// Set while the caller waits.
    wake_condition: Option<WakeCondition>,
}

impl MapExecutor {
    /// Creates an executor without calls. `concurrency` is raised to 1; `calls_per_second` of `None` sets no fixed rate.
    pub fn new(
        client: Arc<Client>,
        fork_generation: u64,
        in_order: bool,
        concurrency: usize,
        calls_per_second: Option<f64>,
    ) -> Self {
        let concurrency = concurrency.max(1);
        Self {
            client,
            fork_generation,
            concurrency,
            state: Mutex::new(State { queue: CallQueue::new(concurrency, in_order), wake_condition: None }),
            work_available: Semaphore::new(0),
            result_ready: Notify::new(),
            stats: RunStats::new(concurrency, calls_per_second),
        }
    }

    /// Enqueues a call. Returns its ID, counted from 0, and whether to start another worker with `work`.
    pub fn submit(&self, request: Request) -> (usize, bool) {
        let mut request = Box::new(request);
        self.stats.attach(&mut request);
        let submitted = self.lock().queue.enqueue(request);
        self.work_available.add_permits(1);
        submitted
    }

    /// Runs one worker until the run is closed.
    pub async fn work(self: Arc<Self>) {
        while let Ok(permit) = self.work_available.acquire().await {
            permit.forget();
            let Some((call_id, request)) = self.lock().queue.dequeue() else { continue };
            let started_at = Instant::now();
            let result = self.client.send(&request, RuntimeKind::Async, self.fork_generation).await;
            self.complete(Box::new(MapResult { call_id, request, result, elapsed: started_at.elapsed() }));
        }
    }

    fn complete(&self, result: Box<MapResult>) {
        self.stats.add_requests(result.attempts());
        let mut state = self.lock();
        state.queue.complete(result);
        if state.wake_condition.is_some_and(|condition| self.should_wake(&state.queue, condition)) {
            state.wake_condition = None;
            drop(state);
            self.result_ready.notify_one();
        }
    }

    /// Waits for results; with `has_input`, returns also when more calls are accepted.
    pub async fn wait(&self, has_input: bool) {
        self.wait_until(WakeCondition { min_results: 1, has_input }).await;
        let min_results = self.concurrency.div_ceil(2).min(MAX_BATCH);
        let _ = timeout(COALESCE_DELAY, self.wait_until(WakeCondition { min_results, has_input })).await;
    }

    async fn wait_until(&self, condition: WakeCondition) {
        loop {
            let notified = self.result_ready.notified();
            {
                let mut state = self.lock();
                if self.should_wake(&state.queue, condition) {
                    state.wake_condition = None;
                    return;
                }
                state.wake_condition = Some(condition);
            }
            notified.await;
        }
    }

    fn should_wake(&self, queue: &CallQueue, condition: WakeCondition) -> bool {
        queue.meets(condition) || self.work_available.is_closed()
    }

    /// The next batch of results.
    #[allow(clippy::vec_box, reason = "the results are boxed while they are buffered")]
    pub fn take(&self) -> Vec<Box<MapResult>> {
        self.lock().queue.take()
    }

    /// Number of further calls that the run accepts now.
    pub fn capacity(&self) -> usize {
        self.lock().queue.capacity()
    }

    /// Number of calls submitted and not yet taken.
    pub fn pending(&self) -> usize {
        self.lock().queue.pending()
    }

    /// Starts no further call; workers end when their call completes.
    pub fn close(&self) {
        self.work_available.close();
        let not_started = self.lock().queue.clear();
        self.result_ready.notify_one();
        // Without the lock: a request may have a progress callback, and freeing that may run code that asks for the state of this run.
        drop(not_started);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panicking worker leaves the state consistent.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
