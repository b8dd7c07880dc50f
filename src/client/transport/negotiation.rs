//! The protocol on which the service and the client agreed in the TLS handshake, and who finds it out.
//!
//! Calls that start at the same time would each open a connection, although one HTTP/2 connection serves them all. The first
//! call opens one, and the others wait for the result.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long a call waits for the connection of another one before it opens its own.
const MAX_CONNECT_WAIT: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Protocol {
    Unknown,
    Http1,
    Http2,
}

/// One permit, which is awaited for `MAX_CONNECT_WAIT` at most.
#[derive(Debug, Clone)]
pub struct ConnectTurn(Arc<Semaphore>);

impl ConnectTurn {
    pub fn new() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }

    /// `None` after a while, so that a connection that takes long does not stop the other calls, and after `end`.
    pub async fn wait(&self) -> Option<OwnedSemaphorePermit> {
        timeout(MAX_CONNECT_WAIT, Arc::clone(&self.0).acquire_owned()).await.ok()?.ok()
    }

    /// Ends the waiting: the protocol is known.
    pub fn end(&self) {
        self.0.close();
    }
}

/// The protocol of a service, as of its last connection.
#[derive(Debug)]
pub struct Negotiation {
    protocol: AtomicU8,
    /// Held by the call that opens the first connection; it ends when the protocol is known.
    first_connection: ConnectTurn,
}

impl Negotiation {
    pub fn new() -> Self {
        Self { protocol: AtomicU8::new(Protocol::Unknown as u8), first_connection: ConnectTurn::new() }
    }

    pub fn protocol(&self) -> Protocol {
        match self.protocol.load(Ordering::Acquire) {
            protocol if protocol == Protocol::Http1 as u8 => Protocol::Http1,
            protocol if protocol == Protocol::Http2 as u8 => Protocol::Http2,
            _ => Protocol::Unknown,
        }
    }

    pub fn record(&self, protocol: Protocol) {
        self.protocol.store(protocol as u8, Ordering::Release);
        self.first_connection.end();
    }

    /// Waits until the protocol is known. A call that gets a permit opens the first connection and holds the permit meanwhile.
    pub async fn wait(&self) -> Option<OwnedSemaphorePermit> {
        if self.protocol() == Protocol::Unknown { self.first_connection.wait().await } else { None }
    }
}
