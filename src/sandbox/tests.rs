//! The server over raw sockets: start, responses, stop.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::*;
use crate::sandbox::options::BASE_PATH;

fn connect(server: &Server) -> TcpStream {
    let address = server.url().replace("http://", "").replace(BASE_PATH, "");
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

fn get(stream: &mut TcpStream, path: &str) -> String {
    write!(stream, "GET {path} HTTP/1.1\r\nhost: sandbox\r\ntoken: sandbox-key\r\n\r\n").unwrap();
    read_status(stream)
}

fn read_status(stream: &mut TcpStream) -> String {
    let mut status = [0; 12];
    stream.read_exact(&mut status).unwrap();
    String::from_utf8_lossy(&status).into_owned()
}

fn start_error(options: Options) -> String {
    Server::start(options).unwrap_err().to_string()
}

#[test]
fn stop_closes_idle_and_waiting_connections() {
    let server = Server::start(Options::default()).unwrap();
    server.app().add_fault(serde_json::json!({"kind": "latency", "seconds": 600, "path": "/devices"})).unwrap();
    let (mut idle, mut waiting) = (connect(&server), connect(&server));
    assert_eq!(get(&mut idle, "/v1/nothing"), "HTTP/1.1 404");
    write!(waiting, "GET /v1/devices HTTP/1.1\r\nhost: sandbox\r\n\r\n").unwrap();
    let started_at = Instant::now();
    while server.app().requests().len() < 2 {
        assert!(started_at.elapsed() < Duration::from_secs(10), "the second request never arrived");
        std::thread::yield_now();
    }
    let stopped_at = Instant::now();
    server.stop();
    assert!(stopped_at.elapsed() < Duration::from_secs(1));
    let mut rest = Vec::new();
    assert!(waiting.read_to_end(&mut rest).is_err() || rest.is_empty());
    assert_eq!(server.app().requests().len(), 2, "the request log is kept after the stop");
    server.stop();
}

#[test]
fn a_port_is_free_after_a_stop() {
    let server = Server::start(Options::default()).unwrap();
    let port: u16 = server.url().replace(BASE_PATH, "").rsplit(':').next().unwrap().parse().unwrap();
    assert_eq!(get(&mut connect(&server), "/v1/devices"), "HTTP/1.1 200");
    let options = Options { port, ..Options::default() };
    assert!(start_error(options.clone()).contains("cannot listen on"));
    drop(server);
    assert!(Server::start(options).is_ok());
}

#[test]
fn hosts_may_be_localhost_or_all_addresses() {
    let with = |host: &str| Options { host: host.to_owned(), ..Options::default() };
    assert!(Server::start(with("localhost")).unwrap().url().starts_with("http://127.0.0.1:"));
    let open = Options { allow_remote: true, ..with("0.0.0.0") };
    assert!(Server::start(open).is_ok());
}
