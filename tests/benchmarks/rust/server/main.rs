//! The service of the benchmark: it responds from memory, so that the client is what is measured.
//!
//! `bench_server DEVICE.json CONTACT.json CHATS.json MESSAGE.json FILE.json CHAIN.pem KEY.pem ADDRESS…`, where an address is `http` or
//! `https`, a colon and a delay in milliseconds, prints one base URL per address and exits at the end of its standard input.

mod plain;
mod responses;
mod tls;

use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::Builder;
use tokio_rustls::TlsAcceptor;

use responses::Responses;

/// Thousands of clients connect at once.
const BACKLOG: u32 = 4096;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut path =
        || arguments.next().map(PathBuf::from).ok_or_else(|| io::Error::other("see the first lines of main.rs for the usage"));
    let responses = Arc::new(Responses::read(|| std::fs::read(path()?))?);
    let tls = tls::acceptor(&path()?, &path()?)?;
    let addresses: Vec<String> = arguments.collect();
    // The parent process may be killed.
    std::thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    Builder::new_current_thread().enable_all().build()?.block_on(listen(&responses, &tls, &addresses))
}

async fn listen(responses: &Arc<Responses>, tls: &TlsAcceptor, addresses: &[String]) -> Result<(), Box<dyn Error>> {
    let mut urls = Vec::new();
    for address in addresses {
        let (scheme, delay) = address.split_once(':').ok_or("an address has no delay")?;
        let (listener, delay) = (listener()?, Duration::from_millis(delay.parse()?));
        urls.push(format!("{scheme}://{}/v1", listener.local_addr()?));
        if scheme == "https" {
            tokio::spawn(tls::accept(listener, tls.clone(), Arc::clone(responses), delay));
        } else {
            tokio::spawn(plain::accept(listener, Arc::clone(responses), delay));
        }
    }
    writeln!(io::stdout(), "{}", urls.join(" "))?;
    std::future::pending().await
}

fn listener() -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    socket.listen(BACKLOG)
}
