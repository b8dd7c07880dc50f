//! Options of a sandbox server.

use std::net::{IpAddr, SocketAddr};

/// Path prefix of the API.
pub const BASE_PATH: &str = "/v1";

/// How a sandbox server is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// An IP address, or `localhost`.
    pub host: String,
    /// 0 for any free port.
    pub port: u16,
    pub api_key: String,
    /// Seed of the initial documents: the same seed generates the same documents.
    pub seed: u64,
    /// Whether other machines may connect.
    pub allow_remote: bool,
    /// The status of a request without the key: 401 or 403.
    pub unauthorized: u16,
    /// The status of a successful delete: 200 with a document, or 204 without a body.
    pub deleted: u16,
    pub paging: Paging,
}

/// How lists are divided into pages, where the service's own rule is not known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Paging {
    /// The largest page, whatever `size` a request has.
    pub cap: Option<usize>,
    /// Whether a page beyond the last is an empty list instead of a 400.
    pub empty_beyond_last: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 0,
            api_key: "sandbox-key".to_owned(),
            seed: 1,
            allow_remote: false,
            unauthorized: 401,
            deleted: 200,
            paging: Paging::default(),
        }
    }
}

impl Options {
    /// Whether only this machine can connect.
    pub fn is_loopback(&self) -> bool {
        self.ip().is_some_and(|ip| ip.is_loopback())
    }

    fn ip(&self) -> Option<IpAddr> {
        let host = if self.host == "localhost" { "127.0.0.1" } else { &self.host };
        host.parse().ok()
    }

    /// The address to listen on, after all options are validated.
    pub(super) fn address(&self) -> Result<SocketAddr, StartError> {
        if self.api_key.is_empty() || !self.api_key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(StartError::new("api_key must be printable ASCII without spaces"));
        }
        let ip = self.ip().ok_or_else(|| StartError::new(format!("host is {:?}; give an IP address or localhost", self.host)))?;
        if !ip.is_loopback() && !self.allow_remote {
            let problem = format!("host {ip} can be reached from other machines; pass allow_remote if you want that");
            return Err(StartError::new(problem));
        }
        Ok(SocketAddr::new(ip, self.port))
    }
}

/// Why a sandbox did not start.
#[derive(Debug)]
pub struct StartError(String);

impl StartError {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the sandbox did not start: {}", self.0)
    }
}

impl std::error::Error for StartError {}

impl From<std::io::Error> for StartError {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}
