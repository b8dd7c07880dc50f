//! The HTTP client core: builds, validates, sends and retries calls, and reads responses. It does not depend on Python.

pub mod api_key;
pub mod config;
pub mod error;
mod execute;
pub mod observe;
pub mod rate_limit;
pub mod request;
pub mod response;
mod retry;
pub mod thread_failure;
pub mod transport;

use std::any::Any;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

use crate::api::Operation;

pub use crate::client::config::{CallOptions, Config};
pub use crate::client::error::{Error, ErrorKind};
pub use crate::client::request::Request;
pub use crate::client::request::builder::CustomRequest;
pub use crate::client::request::value::Value;
pub use crate::client::response::Response;
pub use crate::client::transport::environment::NetworkEnvironment;
pub use crate::client::transport::pool::RuntimeKind;

use crate::client::execute::CallContext;
use crate::client::rate_limit::limiter::RateLimiter;
use crate::client::request::builder;
use crate::client::retry::budget::RetryBudget;
use crate::client::transport::connection_settings::ConnectionSettings;
use crate::client::transport::pool::ClientPool;

/// A client: settings, limits and connection pools. Connections are opened by the first call.
#[derive(Debug)]
pub struct Client {
    pub config: Config,
    limiter: RateLimiter,
    retry_budget: RetryBudget,
    pool: ClientPool,
}

impl Client {
    /// Fails if the proxy is invalid, or if a file of certificates or of a key cannot be used.
    pub fn new(config: Config) -> Result<Self, Error> {
        let settings = ConnectionSettings::of_client(&config)?;
        Ok(Self {
            limiter: RateLimiter::new(config.limits.calls_per_second),
            retry_budget: RetryBudget::default(),
            pool: ClientPool::new(settings),
            config,
        })
    }

    /// Builds the request of an operation; fails if an argument is invalid.
    pub fn build_request(
        &self,
        operation: &'static Operation,
        values: &[Value],
        options: &CallOptions,
    ) -> Result<Request, Error> {
        builder::build_request(&self.config, operation, values, options).map_err(|error| self.redacted(error))
    }

    /// Builds a request with any method and path.
    pub fn build_custom_request(&self, custom: CustomRequest, options: &CallOptions) -> Result<Request, Error> {
        builder::build_custom_request(&self.config, custom, options).map_err(|error| self.redacted(error))
    }

    /// Sends a request. `fork_generation` is the number of forks of the process.
    pub async fn send(&self, request: &Request, runtime: RuntimeKind, fork_generation: u64) -> Result<Response, Error> {
        let clients = self.pool.get(&self.config, runtime, fork_generation)?;
        let context =
            CallContext { config: &self.config, limiter: &self.limiter, retry_budget: &self.retry_budget, clients: &clients };
        catch_panic(request, context.execute(request)).await.map_err(|error| self.redacted(error))
    }

    /// The key is in no error, even if the service or an argument repeats it.
    fn redacted(&self, error: Error) -> Error {
        self.config.api_key.redact_error(error)
    }

    /// The proxy and the certificate authorities of this client. Nothing is sent.
    pub fn network_environment(&self) -> Result<NetworkEnvironment, Error> {
        NetworkEnvironment::of_client(&self.config, self.pool.settings.proxy.as_ref())
    }

    /// Drops the connections of both runtimes; a later call opens new ones.
    pub fn close(&self) {
        self.pool.close();
    }
}

/// Converts a panic to an error, so that the caller of the call is notified.
async fn catch_panic(request: &Request, call: impl Future<Output = Result<Response, Error>>) -> Result<Response, Error> {
    AssertUnwindSafe(call).catch_unwind().await.unwrap_or_else(|panic| Err(internal_error(request, panic.as_ref())))
}

/// The error of a panic, which is a bug in this package. The request may have been executed.
fn internal_error(request: &Request, panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    let kind = if request.policy.idempotent { ErrorKind::Internal } else { ErrorKind::OutcomeUnknown };
    let message = format!(
        "{}: an internal error of sparkbot stopped the call ({}); it may have been executed. Please report this",
        request.operation,
        text.unwrap_or("no message")
    );
    Error::new(kind, message).in_operation(request.operation).with(|context| context.possibly_executed = true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::config::{Http2, InvalidUnicode, Limits, RetryPolicy, Timeouts, Validate};
    use crate::client::{api_key::ApiKey, request::base_url::BaseUrl};

    fn config() -> Result<Config, Error> {
        Ok(Config {
            api_key: ApiKey::new("a-key")?,
            base_url: BaseUrl::parse("https://service.example/v1", false)?,
            user_agent: "tests".to_owned(),
            timeouts: Timeouts::default(),
            retry: RetryPolicy::default(),
            limits: Limits::default(),
            proxy: None,
            ca_bundle: None,
            client_certificate: None,
            http2: Http2::default(),
            on_bad_unicode: InvalidUnicode::default(),
            validate: Validate::default(),
        })
    }

    #[allow(clippy::panic, reason = "the subject of the test")]
    async fn panicking() -> Result<Response, Error> {
        panic!("out of cheese")
    }

    #[test]
    fn panic_becomes_an_error_of_its_call() -> Result<(), Box<dyn std::error::Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let custom = CustomRequest { method: "GET".into(), path: "/".into(), query: Vec::new(), body: None, idempotent: None };
        let mut request = builder::build_custom_request(&config()?, custom, &CallOptions::default())?;
        for (idempotent, kind) in [(true, ErrorKind::Internal), (false, ErrorKind::OutcomeUnknown)] {
            request.policy.idempotent = idempotent;
            let error = runtime.block_on(catch_panic(&request, panicking())).err().ok_or("no error")?;
            assert_eq!(error.kind(), kind);
            assert!(error.to_string().contains("out of cheese"), "{error}");
            assert!(error.context().possibly_executed);
        }
        Ok(())
    }
}
