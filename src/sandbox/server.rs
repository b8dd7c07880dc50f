//! The server: a thread of its own with a runtime of its own, from `start` to `stop`.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use serde_json::Value;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Handle, Runtime};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio::task::LocalSet;

use super::connection;
use super::faults::FaultError;
use super::{BASE_PATH, Options, StartError};
use crate::sandbox::app::App;
use crate::sandbox::request_log::RecordedRequest;
use crate::sandbox::state::schemas::SeedError;
use crate::sandbox::webhooks::dispatcher;
use crate::sandbox::webhooks::dispatcher::WebhookDelivery;

/// Connections that may wait to be accepted: bulk runs open many at once.
const BACKLOG: u32 = 1024;

/// A running sandbox.
#[derive(Debug)]
pub struct Server {
    service: Arc<App>,
    /// Of the server's own runtime, to wait for what is under way in it.
    handle: Handle,
    address: SocketAddr,
    running: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
    /// The process that started the thread; a forked child has no such thread to wait for.
    process: u32,
}

impl Server {
    /// Binds, seeds and serves; the port is known when this returns.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let wanted = options.address()?;
        let (service, parcels) = App::new(options)?;
        let service = Arc::new(service);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener =
            listen(&runtime, wanted).map_err(|error| StartError::new(format!("cannot listen on {wanted}: {error}")))?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let (serving, handle) = (service.clone(), runtime.handle().clone());
        let run = move || LocalSet::new().block_on(&runtime, serve(listener, serving, parcels, stopped));
        let thread = std::thread::Builder::new().name("sparkbot-sandbox".to_owned()).spawn(run)?;
        let running = Running { stop, thread, process: std::process::id() };
        Ok(Self { service, handle, address, running: Mutex::new(Some(running)) })
    }

    /// Base URL for clients on this machine, version included.
    pub fn url(&self) -> String {
        let mut address = self.address;
        match address {
            SocketAddr::V4(_) if address.ip().is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            SocketAddr::V6(_) if address.ip().is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}{BASE_PATH}")
    }

    /// Whether only this machine can connect.
    pub fn is_loopback(&self) -> bool {
        self.address.ip().is_loopback()
    }

    pub fn api_key(&self) -> &str {
        &self.service.options.api_key
    }

    /// The last requests, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.service.requests()
    }

    /// Back to the documents of the start; the journal and the faults are emptied.
    pub fn reset(&self) {
        self.service.reset();
    }

    /// Adds documents, a list for each collection; one with a known id takes the place of the other.
    pub fn seed(&self, documents: Value) -> Result<(), SeedError> {
        self.service.seed(documents)
    }

    /// Moves every message as far as it can go, and waits until webhooks have been told or given up. Scheduled messages
    /// leave too if they are asked for.
    pub fn settle(&self, scheduled: bool) {
        self.service.settle(scheduled);
        self.handle.block_on(self.service.told());
    }

    /// A message from somebody to a device; returns it as its chat shows it.
    pub fn receive(&self, message: &Value) -> Result<Value, String> {
        self.service.receive(message).map_err(|refusal| refusal.message)
    }

    /// Tells webhooks everything so often (`copies`), in reverse order (`reverse`).
    pub fn set_telling(&self, telling: &Value) -> Result<(), String> {
        self.service.set_telling(telling).map_err(|refusal| refusal.message)
    }

    /// Scans the code of a device: it is online from then on. The error says why there is no code to scan.
    pub fn scan(&self, device: &str, phone: Option<String>) -> Result<(), String> {
        self.service.scan(device, phone).map_err(|refusal| refusal.message)
    }

    /// Adds a fault and returns its id.
    pub fn add_fault(&self, fault: Value) -> Result<u64, FaultError> {
        self.service.add_fault(fault)
    }

    pub fn clear_faults(&self) {
        self.service.clear_faults();
    }

    /// The faults that can still strike.
    pub fn faults(&self) -> Value {
        self.service.faults()
    }

    /// The name and size of each collection.
    pub fn state(&self) -> Value {
        self.service.counts()
    }

    /// The stored documents of a collection, if there is one of this name.
    pub fn documents(&self, collection: &str) -> Option<Vec<Value>> {
        self.service.documents(collection)
    }

    /// Closes every connection and ends the thread. A second call does nothing.
    pub fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Running { stop, thread, process }) = running else { return };
        if process == std::process::id() {
            let _ = stop.send(());
            let _ = thread.join();
        } else {
            // In a forked child neither the thread nor its runtime exist: there is nothing to end.
            std::mem::forget((stop, thread));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn listen(runtime: &Runtime, address: SocketAddr) -> std::io::Result<TcpListener> {
    let _entered = runtime.enter();
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Without it a port stays taken for a minute after a stop. On Windows it would let two servers share one.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Accepts until told to stop; the connections end with the `LocalSet` that they run in.
async fn serve(
    listener: TcpListener,
    service: Arc<App>,
    parcels: UnboundedReceiver<WebhookDelivery>,
    stopped: oneshot::Receiver<()>,
) {
    let moving = service.clone();
    tokio::task::spawn_local(async move { moving.move_messages().await });
    tokio::task::spawn_local(dispatcher::run(service.clone(), parcels));
    let accepting = async {
        let mut number = 0;
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    number += 1;
                    tokio::task::spawn_local(connection::serve(service.clone(), stream, number));
                }
                // Out of file descriptors, most likely: accepting goes on once some are closed.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            }
        }
    };
    tokio::select! {
        () = accepting => {}
        _ = stopped => {}
    }
}
