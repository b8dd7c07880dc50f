//! The HTTP core: what a call is, how it is checked, sent, repeated and read. No Python here.

pub mod api_key;
pub mod config;
pub mod error;
mod execute;
pub mod observe;
pub mod rate_limit;
pub mod request;
pub mod response;
mod retry;
pub mod transport;

pub use crate::client::error::{Error, ErrorKind};
pub use crate::client::request::value::Value;
pub use crate::client::response::Response;
pub use crate::client::transport::environment::{NetworkEnvironment, TrustStoreInfo};
pub use crate::client::transport::pool::RuntimeKind;
pub use config::{CallOptions, Config};
pub use request::{CustomRequest, Request};

use std::panic::AssertUnwindSafe;

use crate::client::rate_limit::limiter::{RateLimiter, RetryBudget};
use crate::client::transport::pool::ClientPool;
use futures_util::FutureExt;

use crate::api::Operation;

/// A client: settings, pace and connections. Cheap to make; connections are opened by the first call.
#[derive(Debug)]
pub struct Client {
    pub config: Config,
    pace: RateLimiter,
    budget: RetryBudget,
    transports: ClientPool,
}

impl Client {
    pub fn new(config: Config) -> Self {
        Self {
            pace: RateLimiter::new(config.limits.calls_per_second),
            budget: RetryBudget::default(),
            transports: ClientPool::default(),
            config,
        }
    }

    /// The request of an operation; refuses wrong arguments before anything is sent.
    pub fn plan(&self, operation: &Operation, values: &[Value], options: &CallOptions) -> Result<Request, Error> {
        request::plan(&self.config, operation, values, options).map_err(|failure| self.without_key(failure))
    }

    /// The request of any method and path.
    pub fn plan_free(&self, free: CustomRequest, options: &CallOptions) -> Result<Request, Error> {
        request::free(&self.config, free, options).map_err(|failure| self.without_key(failure))
    }

    /// Sends a request. `generation` counts the forks of the process: see `transport`.
    pub async fn send(&self, request: &Request, lane: RuntimeKind, generation: u64) -> Result<Response, Error> {
        let transport = self.transports.get(&self.config, lane, generation)?;
        let context =
            execute::CallContext { config: &self.config, pace: &self.pace, budget: &self.budget, transport: &transport };
        guarded(request, context.send(request)).await.map_err(|failure| self.without_key(failure))
    }

    /// The key is in no error, not even where the service or an argument repeats it.
    fn without_key(&self, failure: Error) -> Error {
        failure.with(|details| details.scrub(&self.config.key))
    }

    /// How the service is reached from here: proxy and certificate authorities. Nothing is sent.
    pub fn surroundings(&self) -> Result<NetworkEnvironment, Error> {
        transport::environment::surroundings(&self.config)
    }

    /// Drops the connections of both lanes; a later call opens new ones.
    pub fn close(&self) {
        self.transports.close();
    }
}

/// A panic is a defect of ours. It must reach the caller as an error, and leave nobody waiting.
async fn guarded(request: &Request, call: impl Future<Output = Result<Response, Error>>) -> Result<Response, Error> {
    AssertUnwindSafe(call).catch_unwind().await.unwrap_or_else(|panic| Err(Error::defect(request, panic.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::panic, reason = "it is what is tested")]
    async fn panicking() -> Result<Response, Error> {
        panic!("out of cheese")
    }

    #[test]
    fn a_panic_is_an_error_of_its_call() -> Result<(), Box<dyn std::error::Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let mut request = request::operation_tests::request("devices.list", &[]).map_err(|failure| failure.to_string())?;
        for (idempotent, kind) in [(true, ErrorKind::Defect), (false, ErrorKind::OutcomeUnknown)] {
            request.idempotent = idempotent;
            let failure = runtime.block_on(guarded(&request, panicking())).err().ok_or("no error")?;
            assert_eq!(failure.kind(), kind);
            assert!(failure.to_string().contains("out of cheese"), "{failure}");
            assert!(failure.details().maybe_executed);
        }
        Ok(())
    }
}
