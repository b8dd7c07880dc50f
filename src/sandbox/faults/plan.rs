//! What faults make of one request.

use std::time::Duration;

use crate::sandbox::response::Response;

/// How a struck request ends.
#[derive(Debug)]
pub enum Action {
    /// With this answer, whether or not the request is executed.
    Answer { reply: Response, executed: bool },
    /// With a reset connection.
    Reset { executed: bool },
    /// With an answer that breaks off.
    Truncate { bytes: Option<usize> },
}

/// What is to happen to one request.
#[derive(Debug, Default)]
pub struct FaultPlan {
    pub wait: Duration,
    /// Whether the wait comes before the request is executed.
    pub waits_first: bool,
    pub action: Option<Action>,
    /// Kinds of the faults that struck.
    pub names: Vec<&'static str>,
}

/// How an answer leaves.
#[derive(Debug)]
pub enum ResponseOutcome {
    Whole(Response),
    /// Only the first bytes of the body, though the length of all is announced.
    Cut(Response, usize),
    Reset,
}

impl FaultPlan {
    pub fn executes(&self) -> bool {
        match &self.action {
            None | Some(Action::Truncate { .. }) => true,
            Some(Action::Answer { executed, .. } | Action::Reset { executed }) => *executed,
        }
    }

    /// How the answer leaves; `reply` is missing where the request was not executed.
    pub fn depart(self, reply: Option<Response>) -> ResponseOutcome {
        match (self.action, reply) {
            (Some(Action::Answer { reply, .. }), _) | (None, Some(reply)) => ResponseOutcome::Whole(reply),
            (Some(Action::Truncate { bytes }), Some(reply)) => {
                let most = reply.body.len().saturating_sub(1);
                let kept = bytes.unwrap_or(reply.body.len() / 2).min(most);
                ResponseOutcome::Cut(reply, kept)
            }
            (Some(Action::Reset { .. } | Action::Truncate { .. }) | None, _) => ResponseOutcome::Reset,
        }
    }
}
