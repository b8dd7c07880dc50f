//! Deliveries to webhooks: one after the other for each webhook, tried again a few times, never in a request's way.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};

use crate::sandbox::app::App;
use crate::sandbox::webhooks::events::{Job, Outcome};

/// Waits before the first attempt and before each of the others.
const WAITS: [Duration; 4] = [Duration::ZERO, Duration::from_millis(50), Duration::from_millis(100), Duration::from_millis(200)];
/// The longest that one attempt takes.
const PATIENCE: Duration = Duration::from_secs(3);
/// What is kept of an answer.
const KEPT_ANSWER: usize = 4096;

/// A job on its way, counted until it is dropped.
#[derive(Debug)]
pub struct WebhookDelivery {
    job: Job,
    /// How often the sandbox had been reset when this happened.
    era: u64,
    _counted: Counted,
}

#[derive(Debug)]
struct Counted(Arc<watch::Sender<usize>>);

impl Counted {
    fn new(count: &Arc<watch::Sender<usize>>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// Where jobs are handed in.
#[derive(Debug)]
pub struct WebhookDispatcher {
    sender: mpsc::UnboundedSender<WebhookDelivery>,
    under_way: Arc<watch::Sender<usize>>,
}

impl WebhookDispatcher {
    pub fn new() -> (Self, mpsc::UnboundedReceiver<WebhookDelivery>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self { sender, under_way: Arc::new(watch::Sender::new(0)) }, receiver)
    }

    pub fn hand_in(&self, job: Job, era: u64) {
        // After the server's end nobody takes it, and it is dropped.
        let _ = self.sender.send(WebhookDelivery { job, era, _counted: Counted::new(&self.under_way) });
    }

    /// Returns when nothing is under way.
    pub async fn done(&self) {
        let _ = self.under_way.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// Delivers for as long as the server runs.
pub async fn run(service: Arc<App>, mut parcels: mpsc::UnboundedReceiver<WebhookDelivery>) {
    let mut lanes: HashMap<String, mpsc::UnboundedSender<WebhookDelivery>> = HashMap::new();
    while let Some(parcel) = parcels.recv().await {
        let lane = lanes.entry(parcel.job.webhook.clone()).or_insert_with(|| lane(service.clone()));
        let _ = lane.send(parcel);
    }
}

/// A webhook's own queue: a slow one holds nobody else up, and what happened first is told first.
fn lane(service: Arc<App>) -> mpsc::UnboundedSender<WebhookDelivery> {
    let (sender, mut parcels) = mpsc::unbounded_channel::<WebhookDelivery>();
    tokio::task::spawn_local(async move {
        while let Some(parcel) = parcels.recv().await {
            deliver(&service, &parcel).await;
        }
    });
    sender
}

async fn deliver(service: &App, parcel: &WebhookDelivery) {
    for (attempt, wait) in WAITS.into_iter().enumerate() {
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        if !service.expects(parcel.era, &parcel.job) {
            return;
        }
        let started = Instant::now();
        let outcome = post(&parcel.job).await;
        service.note_delivery(parcel.era, &parcel.job, attempt, &outcome, started.elapsed());
        if outcome.is_taken() || matches!(outcome, Outcome::Refused(_)) {
            return;
        }
    }
    service.give_up_delivery(parcel.era, &parcel.job);
}

async fn post(job: &Job) -> Outcome {
    let target = match Target::of(&job.url) {
        Ok(target) => target,
        Err(problem) => return Outcome::Refused(problem),
    };
    match tokio::time::timeout(PATIENCE, exchange(target, job.body.clone())).await {
        Ok(Ok(answered)) => answered,
        Ok(Err(problem)) => Outcome::Failed(problem),
        Err(_) => Outcome::Failed(format!("There was no answer in {} seconds", PATIENCE.as_secs())),
    }
}

/// Where a webhook is, if it is on this machine: a sandbox tells nothing to others.
#[derive(Debug, PartialEq)]
struct Target {
    address: SocketAddr,
    host: String,
    path: String,
}

impl Target {
    fn of(url: &str) -> Result<Self, String> {
        let refused = || format!("The sandbox posts to http:// addresses of this machine only, not to {url}");
        let uri: http::Uri = url.parse().map_err(|_| refused())?;
        let host = uri.host().filter(|_| uri.scheme_str() == Some("http")).ok_or_else(refused)?;
        let ip = match host {
            "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
            _ => host.trim_matches(['[', ']']).parse().map_err(|_| refused())?,
        };
        if !ip.is_loopback() {
            return Err(refused());
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let port = uri.port_u16().unwrap_or(80);
        Ok(Self { address: SocketAddr::new(ip, port), host: format!("{host}:{port}"), path })
    }
}

async fn exchange(target: Target, body: String) -> Result<Outcome, String> {
    let stream = TcpStream::connect(target.address).await.map_err(|error| format!("No connection: {error}"))?;
    let broken = |error: hyper::Error| format!("The connection broke: {error}");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    tokio::task::spawn_local(connection);
    let request = http::Request::post(target.path)
        .header(HOST, target.host)
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "sparkbot-sandbox")
        .body(Full::new(Bytes::from(body)))
        .map_err(|error| error.to_string())?;
    let answer = sender.send_request(request).await.map_err(broken)?;
    let (parts, body) = answer.into_parts();
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    // Only the status counts; a body that is too long or breaks off is left out of the log.
    let body = Limited::new(body, KEPT_ANSWER).collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    Ok(Outcome::Answered { status: parts.status.as_u16(), kind, body: String::from_utf8_lossy(&body).into_owned() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_this_machine_is_told() {
        let target = Target::of("http://localhost:8080/hook?secret=1").unwrap();
        assert_eq!((target.address.to_string().as_str(), target.host.as_str()), ("127.0.0.1:8080", "localhost:8080"));
        assert_eq!(target.path, "/hook?secret=1");
        assert_eq!(Target::of("http://[::1]").unwrap().address.to_string(), "[::1]:80");
        for url in
            ["https://localhost/hook", "http://example.com", "http://10.0.0.1/", "http://127.0.0.1.example.com", "hook", ""]
        {
            assert!(Target::of(url).unwrap_err().contains("of this machine only"), "{url}");
        }
    }
}
