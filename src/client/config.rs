//! The settings of a client and of a single call.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::client::api_key::ApiKey;
use crate::client::error::Error;
use crate::client::observe::attempt_log::AttemptLog;
use crate::client::request::base_url::BaseUrl;
use crate::client::request::multipart::Progress;
use crate::client::transport::tls;

/// Everything a client is made from.
#[derive(Debug, Clone)]
pub struct Config {
    pub key: ApiKey,
    pub base: BaseUrl,
    pub user_agent: String,
    pub timeouts: Timeouts,
    pub retry: RetryPolicy,
    pub limits: Limits,
    /// A proxy for every call; without it the environment's proxies are used.
    pub proxy: Option<String>,
    /// A PEM file of certificate authorities to trust instead of the system's.
    pub ca_bundle: Option<PathBuf>,
    pub validate: Validate,
    pub on_bad_unicode: BadUnicode,
}

impl Config {
    /// Refuses settings that name files which cannot be read.
    pub fn check(self) -> Result<Self, Error> {
        tls::check(&self)?;
        Ok(self)
    }
}

/// How long a call may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timeouts {
    /// To make a connection.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// For the whole call with all its attempts; a row of the table may have a longer one of its own.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), read: Duration::from_secs(30), total: Duration::from_secs(60) }
    }
}

/// When and how often a call is sent again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryPolicy {
    /// Requests sent at the most, the first included.
    pub attempts: u32,
    /// The first pause is drawn between nothing and this; it doubles with every attempt.
    pub base: Duration,
    /// No drawn pause is longer.
    pub cap: Duration,
    /// A Retry-After above this is not waited for.
    pub retry_after_cap: Duration,
    /// Retries that a client allows itself for each of its calls, on average; `None` for no such limit.
    pub budget: Option<f64>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(20),
            retry_after_cap: Duration::from_secs(60),
            budget: Some(0.2),
        }
    }
}

/// What a client allows itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    pub calls_per_second: Option<f64>,
    pub in_flight: usize,
    /// Bytes of an answer, after decompression.
    pub answer_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { calls_per_second: None, in_flight: 1000, answer_bytes: 64 << 20 }
    }
}

/// What happens with a value that the table does not allow. The table's facts were never tried against the live service,
/// so limits and allowed values can be switched off; the safety of paths can't.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Validate {
    #[default]
    Error,
    Warn,
    Off,
}

/// What happens with half a surrogate pair in an answer: the rest of an emoji that somebody cut in two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BadUnicode {
    /// It becomes U+FFFD, with a warning.
    #[default]
    Replace,
    Error,
}

impl BadUnicode {
    pub fn name(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Error => "error",
        }
    }
}

/// Settings of one call; what is not set is the client's.
#[derive(Debug, Clone, Default)]
pub struct CallOptions {
    pub total: Option<Duration>,
    pub read: Option<Duration>,
    pub retry: Option<RetryPolicy>,
    pub headers: HeaderMap,
    pub validate: Option<Validate>,
    /// Where a downloaded file goes, instead of into memory.
    pub save_to: Option<PathBuf>,
    /// The size of the answer; the client's holds for answers in memory only.
    pub answer_bytes: Option<usize>,
    /// Told how an upload or a download gets on.
    pub progress: Option<Arc<dyn Progress>>,
    /// Where the attempts of this call are noted down.
    pub notes: Option<Arc<AttemptLog>>,
}

impl CallOptions {
    /// These settings, with what they leave open taken from `other`.
    pub fn or(mut self, other: &CallOptions) -> Self {
        self.total = self.total.or(other.total);
        self.read = self.read.or(other.read);
        self.retry = self.retry.or(other.retry);
        self.validate = self.validate.or(other.validate);
        self.answer_bytes = self.answer_bytes.or(other.answer_bytes);
        self.progress = self.progress.or_else(|| other.progress.clone());
        for (name, value) in &other.headers {
            self.headers.entry(name).or_insert_with(|| value.clone());
        }
        self
    }
}
