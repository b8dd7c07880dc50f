//! The service of the benchmark: it responds from memory, so that the client is what is measured.
//!
//! `bench_server DEVICE.json CONTACT.json CHATS.json DELAY_MS…` prints one base URL per delay and exits at the end of its standard input.

use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use memchr::memmem;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Builder;

/// Thousands of clients connect at once.
const BACKLOG: u32 = 4096;
const READ_SIZE: usize = 16 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut document = || -> Result<Vec<u8>, Box<dyn Error>> {
        let path = arguments.next().ok_or("usage: bench_server DEVICE.json CONTACT.json CHATS.json DELAY_MS…")?;
        Ok(encode("200 OK", &std::fs::read(path)?))
    };
    let (device, contact, chats) = (document()?, document()?, document()?);
    let rejection = encode("400 Bad Request", br#"{"message":"the benchmark has no such operation","status":400}"#);
    let responses = Arc::new(Responses { device, contact, chats, rejection });
    let delays = arguments.map(|delay| delay.parse().map(Duration::from_millis)).collect::<Result<Vec<_>, _>>()?;
    // The parent process may be killed.
    std::thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    Builder::new_current_thread().enable_all().build()?.block_on(listen(&responses, &delays))
}

async fn listen(responses: &Arc<Responses>, delays: &[Duration]) -> Result<(), Box<dyn Error>> {
    let mut urls = Vec::new();
    for delay in delays {
        let socket = TcpSocket::new_v4()?;
        socket.bind(([127, 0, 0, 1], 0).into())?;
        let listener = socket.listen(BACKLOG)?;
        urls.push(format!("http://{}/v1", listener.local_addr()?));
        tokio::spawn(accept(listener, Arc::clone(responses), *delay));
    }
    writeln!(io::stdout(), "{}", urls.join(" "))?;
    std::future::pending().await
}

async fn accept(listener: TcpListener, responses: Arc<Responses>, delay: Duration) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&responses), delay));
        }
    }
}

/// One connection, until the client closes it.
async fn serve(stream: TcpStream, responses: Arc<Responses>, delay: Duration) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut received = Vec::with_capacity(READ_SIZE);
    loop {
        let (response, length) = loop {
            if let Some(response) = responses.select(&received) {
                break response;
            }
            if read_more(&stream, &mut received).await? == 0 {
                return Ok(());
            }
        };
        received.drain(..length);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        write_all(&stream, response).await?;
    }
}

async fn read_more(stream: &TcpStream, received: &mut Vec<u8>) -> io::Result<usize> {
    received.reserve(READ_SIZE);
    loop {
        stream.readable().await?;
        match stream.try_read_buf(received) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            read => return read,
        }
    }
}

async fn write_all(stream: &TcpStream, mut remaining: &[u8]) -> io::Result<()> {
    while !remaining.is_empty() {
        match stream.try_write(remaining) {
            Ok(written) => remaining = remaining.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => stream.writable().await?,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Complete responses, with their heads.
struct Responses {
    device: Vec<u8>,
    contact: Vec<u8>,
    chats: Vec<u8>,
    rejection: Vec<u8>,
}

impl Responses {
    /// The response to the first request and the length of that request, once it is complete.
    fn select(&self, received: &[u8]) -> Option<(&[u8], usize)> {
        let head_end = memmem::find(received, b"\r\n\r\n")? + 4;
        let (head, rest) = received.split_at_checked(head_end)?;
        let length = header(head, b"content-length").and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        let body = rest.get(..length)?;
        Some((self.choose(head, body), head_end + length))
    }

    /// Rejects a client that makes other calls than the workload has.
    fn choose(&self, head: &[u8], body: &[u8]) -> &[u8] {
        let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let known = header(head, b"token").is_some();
        if known && line.starts_with(b"PATCH /v1/chat/") && line.ends_with(b"/metadata HTTP/1.1") && is_list(body) {
            &self.contact
        } else if known && line.starts_with(b"GET /v1/chat/") && memmem::find(line, b"/chats?").is_some() {
            &self.chats
        } else if known && line.starts_with(b"GET /v1/devices/") {
            &self.device
        } else {
            &self.rejection
        }
    }
}

fn is_list(body: &[u8]) -> bool {
    body.starts_with(b"[{") && body.ends_with(b"}]")
}

/// The value of a header; `name` is in lower case.
fn header<'a>(head: &'a [u8], name: &[u8]) -> Option<&'a str> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let (found, value) = line.split_at_checked(name.len())?;
        let value = value.strip_prefix(b":").filter(|_| found.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok()
    })
}

fn encode(status: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {}\r\n\
         x-request-id: bench-00000001\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
