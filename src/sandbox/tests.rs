//! The server over raw sockets: start, responses, stop.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::*;
use crate::api;
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
    server.add_fault(serde_json::json!({"kind": "latency", "seconds": 600, "path": "/devices"})).unwrap();
    let (mut idle, mut waiting) = (connect(&server), connect(&server));
    assert_eq!(get(&mut idle, "/v1/nothing"), "HTTP/1.1 404");
    write!(waiting, "GET /v1/devices HTTP/1.1\r\nhost: sandbox\r\n\r\n").unwrap();
    let started_at = Instant::now();
    while server.requests().len() < 2 {
        assert!(started_at.elapsed() < Duration::from_secs(10), "the second request never arrived");
        std::thread::yield_now();
    }
    let stopped_at = Instant::now();
    server.stop();
    assert!(stopped_at.elapsed() < Duration::from_secs(1));
    let mut rest = Vec::new();
    assert!(waiting.read_to_end(&mut rest).is_err() || rest.is_empty());
    assert_eq!(server.requests().len(), 2, "the request log is kept after the stop");
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
fn invalid_options_are_rejected_with_a_fix() {
    let with = |host: &str| Options { host: host.to_owned(), ..Options::default() };
    assert!(start_error(with("0.0.0.0")).contains("pass allow_remote"));
    assert!(start_error(with("example.com")).contains("give an IP address or localhost"));
    assert!(start_error(Options { api_key: "two words".to_owned(), ..Options::default() }).contains("api_key"));
    assert!(Server::start(with("localhost")).unwrap().url().starts_with("http://127.0.0.1:"));
    let open = Options { allow_remote: true, ..with("0.0.0.0") };
    assert!(Server::start(open).is_ok());
}

#[test]
fn beyond_loopback_the_admin_routes_need_the_key() {
    let options = Options { host: "0.0.0.0".to_owned(), allow_remote: true, ..Options::default() };
    let server = Server::start(options).unwrap();
    let mut stream = connect(&server);
    assert_eq!(get(&mut stream, "/_sandbox/state"), "HTTP/1.1 200");
    let mut stream = connect(&server);
    write!(stream, "GET /_sandbox/state HTTP/1.1\r\nhost: sandbox\r\n\r\n").unwrap();
    assert_eq!(read_status(&mut stream), "HTTP/1.1 403");
}

#[test]
fn every_operation_has_a_route() {
    let router = router::Router::from_model().unwrap();
    let has_route = |operation: &api::Operation| {
        let lookup = router.find(&operation.method, &operation.path.replace(['{', '}'], ""));
        matches!(lookup, router::RouteLookup::Routes(routes, _) if routes.iter().any(|route| route.operation.name == operation.name))
    };
    let unrouted: Vec<_> = api::operations().unwrap().into_iter().filter(|operation| !has_route(operation)).collect();
    assert!(unrouted.is_empty(), "{unrouted:?}");
}
