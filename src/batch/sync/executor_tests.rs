//! Runs that end early, against a service that accepts and stays silent.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use crate::batch::sync::outcome::Status;
use crate::batch::sync::planner::{EmptyCellPolicy, RowPlanner};
use crate::batch::{MetadataWriter, OnMissing, Row, RunConfig, SyncExecutor};
use crate::client::request::base_url::BaseUrl;
use crate::client::request::operation_tests;
use crate::client::{CallOptions, Client, Config, Value};

type Tested = Result<(), Box<dyn std::error::Error>>;

const ROWS: usize = 5;
const WORKERS: usize = 2;
const SOON: Duration = Duration::from_millis(50);

/// A run whose workers have begun to write, and the service that keeps them waiting.
async fn waiting_run() -> Result<(Arc<SyncExecutor>, TcpListener), Box<dyn std::error::Error>> {
    let silent = TcpListener::bind("127.0.0.1:0")?;
    let base = BaseUrl::parse(&format!("http://{}/v1", silent.local_addr()?), false).map_err(|failure| failure.to_string())?;
    let client = Arc::new(Client::new(Config { base, ..operation_tests::config() }));
    let plan = RowPlanner::new(vec!["tier".to_owned()], None, EmptyCellPolicy::Skip).map_err(|problem| problem.to_string())?;
    let writer = MetadataWriter::new(client, 0, OnMissing::Fail, false, CallOptions::default())?;
    let conduct = RunConfig { concurrency: WORKERS, calls_per_second: None, offline_patience: Duration::ZERO };
    let run = Arc::new(SyncExecutor::new(plan, writer, None, conduct));
    let device = run.device("64f0c2a91b7e4d5f8a3b6c01");
    let rows = (0..ROWS).map(|number| Row::Cells {
        device,
        id: Value::Text(format!("+44770090000{number}")),
        cells: vec![Value::Text("gold".to_owned())],
    });
    for _ in 0..run.submit(rows.collect()) {
        tokio::spawn(Arc::clone(&run).work());
    }
    while run.under_way() < WORKERS {
        tokio::task::yield_now().await;
    }
    Ok((run, silent))
}

#[tokio::test]
async fn a_run_that_is_drained_knows_what_was_under_way() -> Tested {
    let (run, silent) = waiting_run().await?;
    // The service has the connections, so it may have what was sent on them.
    for _ in 0..WORKERS {
        silent.accept()?;
    }
    let [before, rest] = tokio::time::timeout(Duration::from_secs(10), run.drain(SOON)).await?;
    let known: Vec<_> = rest.iter().map(|outcome| (outcome.index, outcome.status)).collect();
    assert_eq!((before.len(), known), (0, vec![(0, Status::Unknown), (1, Status::Unknown)]));
    Ok(())
}

#[tokio::test]
async fn a_taker_is_kept_waiting_no_longer_than_it_said() -> Tested {
    let (run, _silent) = waiting_run().await?;
    let taken = tokio::time::timeout(Duration::from_secs(10), run.take(ROWS, SOON)).await?;
    assert_eq!((taken.len(), run.pending()), (0, ROWS));
    Ok(())
}
