//! The fault plan: what faults do to one request.

use std::time::Duration;

use crate::sandbox::response::Response;

/// How a request with a fault ends.
#[derive(Debug)]
pub enum FaultAction {
    /// With this response, whether or not the request is executed.
    Respond { response: Response, executed: bool },
    /// With a reset connection.
    Reset { executed: bool },
    /// With a truncated response.
    Truncate { bytes: Option<usize> },
}

/// What happens to one request.
#[derive(Debug, Default)]
pub struct FaultPlan {
    pub delay: Duration,
    /// Whether the delay comes before the request is executed.
    pub delay_first: bool,
    pub action: Option<FaultAction>,
    /// Kinds of the faults that apply.
    pub names: Vec<&'static str>,
}

/// How a response is sent.
#[derive(Debug)]
pub enum ResponseOutcome {
    Complete(Response),
    /// Only the first bytes of the body, after the length of the complete body was announced.
    Truncated(Response, usize),
    Reset,
}

impl ResponseOutcome {
    /// The status that the client receives; `None` if the connection is reset.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Complete(response) | Self::Truncated(response, _) => Some(response.status),
            Self::Reset => None,
        }
    }
}

impl FaultPlan {
    /// Whether the request is executed.
    pub fn executes(&self) -> bool {
        match &self.action {
            None | Some(FaultAction::Truncate { .. }) => true,
            Some(FaultAction::Respond { executed, .. } | FaultAction::Reset { executed }) => *executed,
        }
    }

    /// Applies the action to the response; `None` if the request was not executed.
    pub fn into_outcome(self, response: Option<Response>) -> ResponseOutcome {
        match (self.action, response) {
            (Some(FaultAction::Respond { response, .. }), _) | (None, Some(response)) => ResponseOutcome::Complete(response),
            (Some(FaultAction::Truncate { bytes }), Some(response)) => {
                let max = response.body.len().saturating_sub(1);
                let length = bytes.unwrap_or(response.body.len() / 2).min(max);
                ResponseOutcome::Truncated(response, length)
            }
            (Some(FaultAction::Reset { .. } | FaultAction::Truncate { .. }) | None, _) => ResponseOutcome::Reset,
        }
    }
}
