//! Requests: checked arguments become a method, a URL and a body.

pub mod base_url;
pub(crate) mod body;
pub(crate) mod builder;
pub mod multipart;
pub(crate) mod url;
pub mod validate;
pub mod value;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use reqwest::Url;

use crate::client::config::RetryPolicy;
use crate::client::observe::attempt_log::AttemptLog;
use crate::client::observe::latency::LatencyHistogram;
use crate::client::rate_limit::limiter::RateLimiter;
use crate::client::request::multipart::{Progress, Upload};

/// A call that is ready to be sent.
#[derive(Debug, Clone)]
pub struct Request {
    /// Name of the operation, as error messages show it.
    pub operation: &'static str,
    pub http: HttpRequest,
    pub policy: CallPolicy,
    pub sinks: CallSinks,
    /// Violations found by validation that the caller wants as warnings.
    pub warnings: Vec<String>,
}

/// What is sent over the network.
#[derive(Debug, Clone)]
pub struct HttpRequest {
    pub method: Method,
    pub url: Url,
    /// Headers in addition to the client's.
    pub headers: HeaderMap,
    pub body: Option<Body>,
}

/// The rules that one call follows.
#[derive(Debug, Clone)]
pub struct CallPolicy {
    /// Whether the request may be sent again after an attempt that may have been executed.
    pub idempotent: bool,
    /// Maximum time between two reads of the response.
    pub read_timeout: Duration,
    /// Maximum time for the call with all its attempts.
    pub total_timeout: Duration,
    pub retry: RetryPolicy,
    /// Limit of this call; it also applies to a response that is written to a file.
    pub max_response_bytes: Option<usize>,
    /// Whether the response is a file rather than JSON.
    pub is_binary: bool,
}

/// Where a call reports to, and what it shares with other calls.
#[derive(Debug, Clone, Default)]
pub struct CallSinks {
    /// Rate limiter of a run of many calls; it applies in addition to the client's.
    pub limiter: Option<Arc<RateLimiter>>,
    /// Receives the response times.
    pub latency: Option<Arc<LatencyHistogram>>,
    pub attempt_log: Option<Arc<AttemptLog>>,
    pub progress: Option<Arc<dyn Progress>>,
    /// Set when the request is first sent. A call that is cancelled earlier had no effect.
    pub dispatched: Option<Arc<AtomicBool>>,
    /// File that receives the response body.
    pub save_to: Option<PathBuf>,
}

/// The body of a request.
#[derive(Debug, Clone)]
pub enum Body {
    Json(Bytes),
    /// A file and the other fields, as multipart/form-data.
    Form {
        fields: Vec<(String, String)>,
        /// Name of the file's form field.
        file_field: String,
        upload: Upload,
    },
}

impl Body {
    /// Whether HTTP/2 cannot send it without waiting: it is larger than the window of a new stream (RFC 9113, section 6.9.2).
    pub fn exceeds_http2_window(&self) -> bool {
        const INITIAL_WINDOW: u64 = 65_535;
        match self {
            Self::Json(_) => false,
            Self::Form { upload, .. } => upload.content.size().is_none_or(|size| size > INITIAL_WINDOW),
        }
    }
}
