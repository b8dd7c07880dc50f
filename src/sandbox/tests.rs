//! The server over raw sockets: that it starts where it may, answers, and ends at once.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::*;

/// Rows of the table that nothing in the sandbox answers yet.
const PENDING: &[&str] = &[];

fn connect(server: &Server) -> TcpStream {
    let address = server.url().replace("http://", "").replace(BASE_PATH, "");
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

fn ask(stream: &mut TcpStream, path: &str) -> String {
    write!(stream, "GET {path} HTTP/1.1\r\nhost: sandbox\r\ntoken: sandbox-key\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn refused(options: Options) -> String {
    Server::start(options).unwrap_err().to_string()
}

#[test]
fn a_stop_closes_idle_and_waiting_connections_at_once() {
    let server = Server::start(Options::default()).unwrap();
    server.add_fault(serde_json::json!({"kind": "latency", "seconds": 600, "path": "/devices"})).unwrap();
    let (mut idle, mut waiting) = (connect(&server), connect(&server));
    assert_eq!(ask(&mut idle, "/v1/nothing"), "HTTP/1.1 404");
    write!(waiting, "GET /v1/devices HTTP/1.1\r\nhost: sandbox\r\n\r\n").unwrap();
    let started = Instant::now();
    while server.requests().len() < 2 {
        assert!(started.elapsed() < Duration::from_secs(10), "the second request never arrived");
        std::thread::yield_now();
    }
    let stopping = Instant::now();
    server.stop();
    assert!(stopping.elapsed() < Duration::from_secs(1));
    let mut rest = Vec::new();
    assert!(waiting.read_to_end(&mut rest).is_err() || rest.is_empty());
    assert_eq!(server.requests().len(), 2, "the journal is there after the stop");
    server.stop();
}

#[test]
fn a_port_is_free_again_after_a_stop() {
    let server = Server::start(Options::default()).unwrap();
    let port: u16 = server.url().replace(BASE_PATH, "").rsplit(':').next().unwrap().parse().unwrap();
    assert_eq!(ask(&mut connect(&server), "/v1/devices"), "HTTP/1.1 200");
    let options = Options { port, ..Options::default() };
    assert!(refused(options.clone()).contains("cannot listen on"));
    drop(server);
    assert!(Server::start(options).is_ok());
}

#[test]
fn wrong_options_are_refused_with_the_way_out() {
    let with = |host: &str| Options { host: host.to_owned(), ..Options::default() };
    assert!(refused(with("0.0.0.0")).contains("pass allow_remote"));
    assert!(refused(with("example.com")).contains("give an IP address or localhost"));
    assert!(refused(Options { api_key: "two words".to_owned(), ..Options::default() }).contains("api_key"));
    assert!(Server::start(with("localhost")).unwrap().url().starts_with("http://127.0.0.1:"));
    let open = Options { allow_remote: true, ..with("0.0.0.0") };
    assert!(Server::start(open).is_ok());
}

#[test]
fn beyond_loopback_the_controls_need_the_key() {
    let options = Options { host: "0.0.0.0".to_owned(), allow_remote: true, ..Options::default() };
    let server = Server::start(options).unwrap();
    let mut stream = connect(&server);
    assert_eq!(ask(&mut stream, "/_sandbox/state"), "HTTP/1.1 200");
    let mut stream = connect(&server);
    write!(stream, "GET /_sandbox/state HTTP/1.1\r\nhost: sandbox\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 403");
}

#[test]
fn every_row_resolves_but_the_pending_ones() {
    let router = router::Router::of_the_table().unwrap();
    let answered = |operation: &crate::api::Operation| {
        let path = operation.path.replace(['{', '}'], "");
        let found = router.find(&operation.method, &path);
        matches!(found, router::RouteLookup::Routes(routes, _) if routes.iter().any(|one| one.operation.name == operation.name))
    };
    let rows = crate::api::operations().unwrap();
    let unanswered: Vec<_> = rows.into_iter().filter(|row| !answered(row)).map(|row| row.name.as_str()).collect();
    assert_eq!(unanswered, PENDING);
}
