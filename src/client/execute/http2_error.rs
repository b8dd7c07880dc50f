//! HTTP/2 errors that prove that the service has not processed a request (RFC 9113, section 8.7).

use std::fmt;

use h2::Reason;

/// How the service refused a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It closes the connection, and the request is none of those that it still processes.
    Goaway,
    /// It does not process this one.
    Stream,
}

/// The refusal that an error proves. It proves nothing if the library or the network ended the request.
///
/// The library reports GOAWAY for a request above the last one that the service processes, but also if GOAWAY arrives before the
/// library has sent the body. The service cannot process a request whose body is missing; one without a body it can.
pub(super) fn refusal(error: &h2::Error, has_body: bool) -> Option<Refusal> {
    if !error.is_remote() {
        None
    } else if error.is_reset() && error.reason() == Some(Reason::REFUSED_STREAM) {
        Some(Refusal::Stream)
    } else if error.is_go_away() && has_body {
        Some(Refusal::Goaway)
    } else {
        None
    }
}

/// Whether the service answers over HTTP/1.1 only, although it agreed on HTTP/2.
pub(super) fn requires_http1(error: &h2::Error) -> bool {
    error.reason() == Some(Reason::HTTP_1_1_REQUIRED)
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Goaway => "closed the connection and did not process the request (GOAWAY)",
            Self::Stream => "did not process the request (REFUSED_STREAM)",
        })
    }
}
