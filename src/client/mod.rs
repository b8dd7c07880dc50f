//! The HTTP core: what a call is, how it is checked, sent, repeated and read. No Python here.

pub mod base;
mod body;
pub mod check;
pub mod config;
mod course;
mod engine;
pub mod failure;
mod hints;
pub mod latency;
pub mod limit;
mod lost;
pub mod notes;
mod open_files;
mod pieces;
pub mod reply;
pub mod request;
mod retry;
#[cfg(test)]
pub(crate) mod row_tests;
mod save;
pub mod secret;
mod surroundings;
mod throttle;
mod tls;
mod together;
mod transport;
mod turn;
pub mod unicode;
pub mod upload;
pub mod value;

pub use config::{CallOptions, Config};
pub use failure::{Failure, Kind};
pub use reply::Reply;
pub use request::{FreeRequest, Request};
pub use surroundings::{Surroundings, Trust};
pub use transport::Lane;
pub use value::Value;

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use limit::{Pace, RetryBudget};
use transport::Transports;

use crate::api::Operation;

/// A client: settings, pace and connections. Cheap to make; connections are opened by the first call.
#[derive(Debug)]
pub struct Client {
    pub config: Config,
    pace: Pace,
    budget: RetryBudget,
    transports: Transports,
}

impl Client {
    pub fn new(config: Config) -> Self {
        Self {
            pace: Pace::new(config.limits.calls_per_second),
            budget: RetryBudget::default(),
            transports: Transports::default(),
            config,
        }
    }

    /// The request of an operation; refuses wrong arguments before anything is sent.
    pub fn plan(&self, operation: &Operation, values: &[Value], options: &CallOptions) -> Result<Request, Failure> {
        request::plan(&self.config, operation, values, options).map_err(|failure| self.without_key(failure))
    }

    /// The request of any method and path.
    pub fn plan_free(&self, free: FreeRequest, options: &CallOptions) -> Result<Request, Failure> {
        request::free(&self.config, free, options).map_err(|failure| self.without_key(failure))
    }

    /// Sends a request. `generation` counts the forks of the process: see `transport`.
    pub async fn send(&self, request: &Request, lane: Lane, generation: u64) -> Result<Reply, Failure> {
        let transport = self.transports.get(&self.config, lane, generation)?;
        let engine = engine::Engine { config: &self.config, pace: &self.pace, budget: &self.budget, transport: &transport };
        guarded(request, engine.send(request)).await.map_err(|failure| self.without_key(failure))
    }

    /// The key is in no error, not even where the service or an argument repeats it.
    fn without_key(&self, failure: Failure) -> Failure {
        failure.with(|details| details.scrub(&self.config.key))
    }

    /// How the service is reached from here: proxy and certificate authorities. Nothing is sent.
    pub fn surroundings(&self) -> Result<Surroundings, Failure> {
        surroundings::surroundings(&self.config)
    }

    /// Drops the connections of both lanes; a later call opens new ones.
    pub fn close(&self) {
        self.transports.close();
    }
}

/// A panic is a defect of ours. It must reach the caller as an error, and leave nobody waiting.
async fn guarded(request: &Request, call: impl Future<Output = Result<Reply, Failure>>) -> Result<Reply, Failure> {
    AssertUnwindSafe(call).catch_unwind().await.unwrap_or_else(|panic| Err(Failure::defect(request, panic.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Repeat;

    #[allow(clippy::panic, reason = "it is what is tested")]
    async fn panicking() -> Result<Reply, Failure> {
        panic!("out of cheese")
    }

    #[test]
    fn a_panic_is_an_error_of_its_call() -> Result<(), Box<dyn std::error::Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let mut request = row_tests::asked("devices.list", &[]).map_err(|failure| failure.to_string())?;
        for (repeat, kind) in [(Repeat::Safe, Kind::Defect), (Repeat::Never, Kind::OutcomeUnknown)] {
            request.repeat = repeat;
            let failure = runtime.block_on(guarded(&request, panicking())).err().ok_or("no error")?;
            assert_eq!(failure.kind(), kind);
            assert!(failure.to_string().contains("out of cheese"), "{failure}");
            assert!(failure.details().maybe_executed);
        }
        Ok(())
    }
}
