//! Settings of a client and of a single call.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::client::api_key::ApiKey;
use crate::client::observe::attempt_log::AttemptLog;
use crate::client::request::base_url::BaseUrl;
use crate::client::request::multipart::Progress;
use crate::client::transport::client_certificate::ClientCertificate;

/// Settings of a client.
#[derive(Debug, Clone)]
pub struct Config {
    pub api_key: ApiKey,
    pub base_url: BaseUrl,
    pub user_agent: String,
    pub timeouts: Timeouts,
    pub retry: RetryPolicy,
    pub limits: Limits,
    /// URL of a proxy for every call; `None` uses the proxies of the environment, and none for loopback.
    pub proxy: Option<String>,
    /// A PEM file of certificate authorities to trust instead of the system's.
    pub ca_bundle: Option<PathBuf>,
    /// The client's own certificate, for a service that requires one.
    pub client_certificate: Option<ClientCertificate>,
    pub http2: Http2,
    pub validate: Validate,
    pub on_bad_unicode: InvalidUnicode,
}

/// Whether connections over TLS may use HTTP/2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Http2 {
    /// If the service supports it.
    #[default]
    Auto,
    Off,
}

/// Timeouts of a call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timeouts {
    /// For establishing a connection.
    pub connect: Duration,
    /// Between two reads of a response.
    pub read: Duration,
    /// For the call with all its attempts; an operation may have a longer one of its own.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), read: Duration::from_secs(30), total: Duration::from_secs(60) }
    }
}

/// When and how often a failed attempt is retried.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryPolicy {
    /// Maximum number of retries after the first attempt.
    pub max_retries: u32,
    /// Upper bound of the first delay; it doubles with every attempt.
    pub initial_delay: Duration,
    /// Upper bound of every delay.
    pub max_delay: Duration,
    /// A longer `Retry-After` fails the call instead of delaying it.
    pub max_retry_after: Duration,
    /// Retries that each call adds to the client's retry budget; `None` for no budget.
    pub budget: Option<f64>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            initial_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
            budget: Some(0.2),
        }
    }
}

/// Limits of a client.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    pub calls_per_second: Option<f64>,
    pub max_in_flight: usize,
    /// Maximum size of a response body after decompression.
    pub max_response_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { calls_per_second: None, max_in_flight: 1000, max_response_bytes: 64 << 20 }
    }
}

/// What happens when a value violates the API model. The model was never verified against the live service, so enums and
/// limits can be switched off; path safety cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Validate {
    #[default]
    Error,
    Warn,
    Off,
}

/// What happens with a lone surrogate in a response: half of an emoji that was truncated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InvalidUnicode {
    /// Replace it by U+FFFD and warn.
    #[default]
    Replace,
    Error,
}

impl InvalidUnicode {
    /// The value of the option in Python.
    pub fn name(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Error => "error",
        }
    }
}

/// Settings of one call; `None` uses the client's.
#[derive(Debug, Clone, Default)]
pub struct CallOptions {
    pub total_timeout: Option<Duration>,
    pub read_timeout: Option<Duration>,
    pub retry: Option<RetryPolicy>,
    pub headers: HeaderMap,
    pub validate: Option<Validate>,
    /// File that receives a downloaded body, which is then not kept in memory.
    pub save_to: Option<PathBuf>,
    /// Maximum size of the response; the client's limit applies to responses in memory only.
    pub max_response_bytes: Option<usize>,
    /// Receives the progress of an upload or download.
    pub progress: Option<Arc<dyn Progress>>,
    /// Receives a record of each attempt.
    pub attempt_log: Option<Arc<AttemptLog>>,
}

impl CallOptions {
    /// Fills the fields that are not set from `defaults`.
    pub fn or(mut self, defaults: &CallOptions) -> Self {
        self.total_timeout = self.total_timeout.or(defaults.total_timeout);
        self.read_timeout = self.read_timeout.or(defaults.read_timeout);
        self.retry = self.retry.or(defaults.retry);
        self.validate = self.validate.or(defaults.validate);
        self.max_response_bytes = self.max_response_bytes.or(defaults.max_response_bytes);
        self.progress = self.progress.or_else(|| defaults.progress.clone());
        for (name, value) in &defaults.headers {
            self.headers.entry(name).or_insert_with(|| value.clone());
        }
        self
    }
}
