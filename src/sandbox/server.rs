//! The server: a thread with its own runtime, from `start` to `stop`.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Handle, Runtime};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio::task::LocalSet;

use crate::sandbox::app::{App, deliveries};
use crate::sandbox::connection;
use crate::sandbox::options::{BASE_PATH, Options, StartError};
use crate::sandbox::webhooks::dispatcher::QueuedDelivery;

/// Connections that may wait to be accepted: batch runs open many at the same time.
const BACKLOG: u32 = 1024;

/// A running sandbox.
#[derive(Debug)]
pub struct Server {
    app: Arc<App>,
    /// The server's runtime, to wait for its webhook deliveries.
    runtime: Handle,
    address: SocketAddr,
    running: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
    /// The process that started the thread: a forked child has no such thread to join.
    process: u32,
}

impl Server {
    /// Binds and serves; the port is known when this returns.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let address = options.address()?;
        let (app, deliveries) = App::new(options)?;
        let app = Arc::new(app);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener =
            listen(&runtime, address).map_err(|error| StartError::new(format!("cannot listen on {address}: {error}")))?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let (served, handle) = (app.clone(), runtime.handle().clone());
        let run = move || LocalSet::new().block_on(&runtime, serve(listener, served, deliveries, stopped));
        let thread = std::thread::Builder::new().name("sparkbot-sandbox".to_owned()).spawn(run)?;
        let running = Running { stop, thread, process: std::process::id() };
        Ok(Self { app, runtime: handle, address, running: Mutex::new(Some(running)) })
    }

    /// The base URL for clients on this machine, including the API version.
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

    /// The service that the server exposes, for tests to control and to inspect.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Runs every step of every message, and waits until all webhook deliveries have succeeded or failed. Scheduled
    /// messages are included with `scheduled`.
    pub fn settle(&self, scheduled: bool) {
        self.app.settle(scheduled);
        self.runtime.block_on(self.app.webhooks_drained());
    }

    /// Closes every connection and joins the thread. A second call does nothing.
    pub fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Running { stop, thread, process }) = running else { return };
        if process == std::process::id() {
            let _ = stop.send(());
            let _ = thread.join();
        } else {
            // In a forked child neither the thread nor its runtime exists: there is nothing to stop.
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
    // Without SO_REUSEADDR the port stays in use for a minute after a stop. On Windows it would let two servers share a port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Accepts connections until `stopped`; they end with the `LocalSet` that they run in.
async fn serve(listener: TcpListener, app: Arc<App>, queued: UnboundedReceiver<QueuedDelivery>, stopped: oneshot::Receiver<()>) {
    let background = app.clone();
    tokio::task::spawn_local(async move { background.run_deliveries().await });
    tokio::task::spawn_local(deliveries::run(app.clone(), queued));
    let accept = async {
        let mut connections = 0;
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    connections += 1;
                    tokio::task::spawn_local(connection::serve(app.clone(), stream, connections));
                }
                // Most likely no file descriptors are left: retry when some may be closed.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            }
        }
    };
    tokio::select! {
        () = accept => {}
        _ = stopped => {}
    }
}
