//! Runs any calls: so many at a time, each with an outcome of its own, in order or as they end.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, Semaphore};
use tokio::time::timeout;

use crate::batch::sync::outcome::{ReorderBuffer, Status};
use crate::client::observe::latency::{HistogramSnapshot, LatencyHistogram};
use crate::client::rate_limit::limiter::{RateLimiter, ThrottleStats};
use crate::client::{Client, Error, Request, Response, RuntimeKind};

/// How long a caller waits for more answers once there is one: a wake-up for each would cost more than the call itself.
const PATIENCE: Duration = Duration::from_millis(1);
/// Answers that are handed over at once at the most: by number, and by the bytes of their bodies.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 4 << 20;
/// Answers that may wait for a slow one before them, besides those under way.
const WAITING: usize = 1024;
/// Once so many bytes of answers wait, no further call is taken in.
const WAITING_BYTES: usize = 64 << 20;

/// One run of many calls.
#[derive(Debug)]
pub struct MapExecutor {
    client: Arc<Client>,
    generation: u64,
    pace: Arc<RateLimiter>,
    concurrency: usize,
    in_order: bool,
    line: Mutex<CallQueue>,
    /// One permit for each call that waits for a worker.
    work: Semaphore,
    /// There is something to come for.
    arrived: Notify,
    calls: AtomicU64,
    latencies: Arc<LatencyHistogram>,
}

/// A call that has ended.
#[derive(Debug)]
pub struct MapResult {
    /// The number that `submit` gave the call.
    pub ticket: usize,
    pub request: Box<Request>,
    pub result: Result<Response, Error>,
    pub elapsed: Duration,
}

/// What is under way. The lock is held for a few steps at a time and never across an await.
#[derive(Debug, Default)]
struct CallQueue {
    submitted: usize,
    settled: usize,
    workers: usize,
    // Boxed: they are large, and moved several times.
    waiting: VecDeque<(usize, Box<Request>)>,
    finished: ReorderBuffer<Box<MapResult>>,
    /// Bytes of the answers in `finished`.
    bytes: usize,
    /// What the caller sleeps for, where it does.
    wanted: Option<Wanted>,
}

/// What a caller wants to be woken for.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    answers: usize,
    /// Whether it has further calls to submit.
    room: bool,
}

impl MapExecutor {
    pub fn new(client: Arc<Client>, generation: u64, in_order: bool, concurrency: usize, calls_per_second: Option<f64>) -> Self {
        Self {
            client,
            generation,
            pace: Arc::new(RateLimiter::new(calls_per_second)),
            concurrency: concurrency.max(1),
            in_order,
            line: Mutex::default(),
            work: Semaphore::new(0),
            arrived: Notify::new(),
            calls: AtomicU64::new(0),
            latencies: Arc::default(),
        }
    }

    /// Takes a call in. Returns its number, counted from 0, and whether another worker is to be started on `work`.
    pub fn submit(&self, request: Request) -> (usize, bool) {
        let mut request = Box::new(request);
        request.pace = Some(Arc::clone(&self.pace));
        request.latencies = Some(Arc::clone(&self.latencies));
        let mut line = self.line();
        let ticket = line.submitted;
        line.submitted += 1;
        line.waiting.push_back((ticket, request));
        let more = line.workers < self.concurrency;
        line.workers += usize::from(more);
        drop(line);
        self.work.add_permits(1);
        (ticket, more)
    }

    /// One worker: calls until the run is closed.
    pub async fn work(self: Arc<Self>) {
        while let Ok(permit) = self.work.acquire().await {
            permit.forget();
            let Some((ticket, request)) = self.line().waiting.pop_front() else { continue };
            let began = Instant::now();
            let result = self.client.send(&request, RuntimeKind::Async, self.generation).await;
            self.settle(Box::new(MapResult { ticket, request, result, elapsed: began.elapsed() }));
        }
    }

    fn settle(&self, finished: Box<MapResult>) {
        self.calls.fetch_add(u64::from(finished.attempts()), Ordering::Relaxed);
        let mut line = self.line();
        let place = if self.in_order { finished.ticket } else { line.settled };
        line.settled += 1;
        line.bytes += finished.bytes();
        line.finished.put(place, finished);
        if line.wanted.is_some_and(|wanted| self.worth_coming(&line, wanted)) {
            line.wanted = None;
            drop(line);
            self.arrived.notify_one();
        }
    }

    /// Waits until there are answers to take; a caller that has further calls, also until there is room for some.
    pub async fn wait(&self, room: bool) {
        self.until(Wanted { answers: 1, room }).await;
        let batch = self.concurrency.div_ceil(2).min(BATCH);
        let _ = timeout(PATIENCE, self.until(Wanted { answers: batch, room })).await;
    }

    async fn until(&self, wanted: Wanted) {
        loop {
            let woken = self.arrived.notified();
            {
                let mut line = self.line();
                if self.worth_coming(&line, wanted) {
                    line.wanted = None;
                    return;
                }
                line.wanted = Some(wanted);
            }
            woken.await;
        }
    }

    fn worth_coming(&self, line: &CallQueue, wanted: Wanted) -> bool {
        let nothing_under_way = line.settled == line.submitted;
        let hungry = wanted.room && line.waiting.len() <= self.concurrency && self.room_in(line) > 0;
        line.finished.ready() >= wanted.answers || nothing_under_way || hungry || self.work.is_closed()
    }

    /// The next answers.
    pub fn take(&self) -> Vec<Box<MapResult>> {
        let mut line = self.line();
        let mut taken = Vec::with_capacity(line.finished.ready().min(BATCH));
        let mut bytes = 0;
        while taken.len() < BATCH && bytes < BATCH_BYTES {
            let Some(finished) = line.finished.take_one() else { break };
            bytes += finished.bytes();
            taken.push(finished);
        }
        line.bytes -= bytes;
        taken
    }

    /// How many further calls the run takes in now: a few more than it can begin, so that its workers never wait for the
    /// caller, and none where many answers wait already for one before them.
    pub fn room(&self) -> usize {
        self.room_in(&self.line())
    }

    fn room_in(&self, line: &CallQueue) -> usize {
        if line.bytes >= WAITING_BYTES {
            return 0;
        }
        let ahead = (2 * self.concurrency).saturating_sub(line.waiting.len());
        let pending = line.submitted - line.finished.taken();
        ahead.min((3 * self.concurrency + WAITING).saturating_sub(pending))
    }

    /// Calls that were submitted and whose outcome was not yet taken.
    pub fn pending(&self) -> usize {
        let line = self.line();
        line.submitted - line.finished.taken()
    }

    /// Requests sent so far, repeated ones included.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// What has held the run back; the seconds are those of one worker, on average.
    pub fn held_back(&self) -> ThrottleStats {
        self.pace.held_back().of_one(self.concurrency)
    }

    /// How long the answers took.
    pub fn measured(&self) -> HistogramSnapshot {
        self.latencies.measured()
    }

    /// Begins nothing new; the workers end once their calls have.
    pub fn close(&self) {
        self.work.close();
        self.line().waiting.clear();
        self.arrived.notify_one();
    }

    fn line(&self) -> MutexGuard<'_, CallQueue> {
        // A worker that panicked leaves the line as it was between two steps: still usable.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MapResult {
    pub fn status(&self) -> Status {
        self.result.as_ref().map_or_else(Status::of, |_| Status::Ok)
    }

    pub fn attempts(&self) -> u32 {
        self.result.as_ref().map_or_else(|failure| failure.details().attempts, |reply| reply.attempts)
    }

    fn bytes(&self) -> usize {
        self.result.as_ref().map_or(0, |reply| reply.body.len())
    }
}
