//! Plain HTTP/1.1 with as little work as possible: the loopback workloads measure clients of 10 µs a call.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use memchr::memmem;
use tokio::net::{TcpListener, TcpStream};

use super::responses::{Request, Responses};

const READ_SIZE: usize = 16 * 1024;

pub(crate) async fn accept(listener: TcpListener, responses: Arc<Responses>, delay: Duration) {
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
            if let Some(response) = select(&responses, &received) {
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

/// The response to the first request and the length of that request, once it is complete.
fn select<'a>(responses: &'a Responses, received: &[u8]) -> Option<(&'a [u8], usize)> {
    let head_end = memmem::find(received, b"\r\n\r\n")? + 4;
    let (head, rest) = received.split_at_checked(head_end)?;
    let length = header(head, b"content-length").and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    let body = rest.get(..length)?;
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let has_token = header(head, b"token").is_some();
    let request = Request { method, path, has_token, accepts_gzip: false, body, length };
    Some((&responses.choose(&request).encoded, head_end + length))
}

/// The value of a header; `name` is in lower case.
fn header<'a>(head: &'a [u8], name: &[u8]) -> Option<&'a str> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let (found, value) = line.split_at_checked(name.len())?;
        let value = value.strip_prefix(b":").filter(|_| found.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok()
    })
}
