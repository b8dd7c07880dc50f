//! The system refuses to start a thread, which tokio reports by a panic.

use std::any::Any;
use std::panic;

use crate::client::error::{Error, ErrorKind};

/// Begins the message of tokio's panic.
const TOKIO_MESSAGE: &str = "OS can't spawn worker thread";

/// What happened, for the message of an error.
pub fn describe(reason: &str) -> String {
    format!(
        "this process cannot start a thread ({reason}); nothing was sent. Raise the limit of processes (`ulimit -u`, or the \
         process limit of the container), or use fewer threads"
    )
}

/// The error of a call or run that needs the thread.
pub fn error(reason: &str) -> Error {
    Error::new(ErrorKind::Connection, describe(reason))
}

/// The reason, if this is the panic of a thread that could not be started.
pub fn reason(panic: &(dyn Any + Send)) -> Option<&str> {
    let text = panic.downcast_ref::<String>()?.strip_prefix(TOKIO_MESSAGE)?;
    Some(text.trim_start_matches(": "))
}

/// Keeps these panics off stderr: they become errors. Other panics are reported as before.
pub fn silence_panics() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let is_silent = info.payload().downcast_ref::<String>().is_some_and(|text| text.starts_with(TOKIO_MESSAGE));
        if !is_silent {
            report(info);
        }
    }));
}
