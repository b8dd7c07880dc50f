//! Runs that end early, against a service that accepts connections and never responds.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use crate::batch::{EmptyCellPolicy, MetadataWriter, OnMissing, Row, RowPlanner, RunConfig, Status, SyncExecutor};
use crate::client::request::base_url::BaseUrl;
use crate::client::request::operation_tests;
use crate::client::{CallOptions, Client, Config, Value};
use crate::phone::PhoneSettings;

type TestResult<T = ()> = Result<T, Box<dyn std::error::Error>>;

const ROWS: usize = 5;
const WORKERS: usize = 2;
const SHORT: Duration = Duration::from_millis(50);

/// A run whose workers are writing, and the silent service.
async fn blocked_run() -> TestResult<(Arc<SyncExecutor>, TcpListener)> {
    let service = TcpListener::bind("127.0.0.1:0")?;
    let base = BaseUrl::parse(&format!("http://{}/v1", service.local_addr()?), false).map_err(|error| error.to_string())?;
    let client = Arc::new(Client::new(Config { base_url: base, ..operation_tests::config() })?);
    let planner = RowPlanner::new(vec!["tier".to_owned()], PhoneSettings::default(), vec![EmptyCellPolicy::Skip])?;
    let writer = MetadataWriter::new(client, 0, OnMissing::Fail, false, CallOptions::default())?;
    let config = RunConfig { concurrency: WORKERS, calls_per_second: None, offline_timeout: Duration::ZERO };
    let run = Arc::new(SyncExecutor::new(planner, writer, None, config));
    let device = run.register_device("64f0c2a91b7e4d5f8a3b6c01");
    let rows = (0..ROWS).map(|index| Row::Cells {
        device,
        id: Value::String(format!("+44740090000{index}")),
        cells: vec![Value::String("gold".to_owned())],
    });
    for _ in 0..run.submit(rows.collect()) {
        tokio::spawn(Arc::clone(&run).work());
    }
    while run.in_flight() < WORKERS {
        tokio::task::yield_now().await;
    }
    Ok((run, service))
}

#[tokio::test]
async fn drain_reports_writes_in_flight_as_unknown() -> TestResult {
    let (run, service) = blocked_run().await?;
    // The service has accepted the connections, so it may have received the requests.
    for _ in 0..WORKERS {
        service.accept()?;
    }
    let [taken, rest] = tokio::time::timeout(Duration::from_secs(10), run.drain(SHORT)).await?;
    let rest: Vec<_> = rest.iter().map(|outcome| (outcome.index, outcome.status)).collect();
    assert_eq!((taken.len(), rest), (0, vec![(0, Status::Unknown), (1, Status::Unknown)]));
    Ok(())
}

#[tokio::test]
async fn take_returns_after_its_timeout() -> TestResult {
    let (run, _service) = blocked_run().await?;
    let outcomes = tokio::time::timeout(Duration::from_secs(10), run.take(ROWS, SHORT)).await?;
    assert_eq!((outcomes.len(), run.pending()), (0, ROWS));
    Ok(())
}
