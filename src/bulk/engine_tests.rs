//! Runs that end early, against a service that accepts and stays silent.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use super::outcome::Status;
use super::plan::{Empty, SyncPlan};
use super::{OnMissing, Row, SyncRun, Writer};
use crate::client::base::Base;
use crate::client::{Client, Config, Value, row_tests};

type Tested = Result<(), Box<dyn std::error::Error>>;

const ROWS: usize = 5;
const WORKERS: usize = 2;

/// A run whose workers have begun to write, and the service that keeps them waiting.
async fn waiting_run() -> Result<(Arc<SyncRun>, Vec<tokio::task::JoinHandle<()>>, TcpListener), Box<dyn std::error::Error>> {
    let silent = TcpListener::bind("127.0.0.1:0")?;
    let base = Base::parse(&format!("http://{}/v1", silent.local_addr()?), false).map_err(|failure| failure.to_string())?;
    let client = Arc::new(Client::new(Config { base, ..row_tests::config() }));
    let plan = SyncPlan::new(vec!["tier".to_owned()], None, Empty::Skip).map_err(|problem| problem.to_string())?;
    let writer = Writer::new(client, 0, "64f0c2a91b7e4d5f8a3b6c01".to_owned(), OnMissing::Fail)?;
    let run = Arc::new(SyncRun::new(plan, writer, WORKERS, None));
    let rows = (0..ROWS).map(|number| Row::Cells {
        id: Value::Text(format!("+44770090000{number}")),
        cells: vec![Value::Text("gold".to_owned())],
    });
    let workers = (0..run.submit(rows.collect())).map(|_| tokio::spawn(Arc::clone(&run).work())).collect();
    while run.busy() < WORKERS {
        tokio::task::yield_now().await;
    }
    Ok((run, workers, silent))
}

#[tokio::test]
async fn a_worker_that_dies_leaves_nobody_waiting() -> Tested {
    let (run, workers, _silent) = waiting_run().await?;
    workers.iter().for_each(tokio::task::JoinHandle::abort);
    let taken = tokio::time::timeout(Duration::from_secs(10), Arc::clone(&run).take(ROWS)).await?.deliver();
    assert!(taken.iter().all(|outcome| outcome.status == Status::Unknown), "{taken:?}");
    assert_eq!(taken.first().map(|outcome| outcome.index), Some(0));
    Ok(())
}

#[tokio::test]
async fn a_run_that_is_stopped_knows_what_was_under_way() -> Tested {
    let (run, _workers, _silent) = waiting_run().await?;
    let rest = tokio::time::timeout(Duration::from_secs(10), run.stop()).await?;
    let known: Vec<_> = rest.iter().map(|outcome| (outcome.index, outcome.status)).collect();
    assert_eq!(known, [(0, Status::Unknown), (1, Status::Unknown)]);
    Ok(())
}

#[tokio::test]
async fn a_batch_that_nobody_received_goes_back() -> Tested {
    let (run, workers, _silent) = waiting_run().await?;
    workers.iter().for_each(tokio::task::JoinHandle::abort);
    drop(Arc::clone(&run).take(1).await);
    let rest = tokio::time::timeout(Duration::from_secs(10), run.stop()).await?;
    assert_eq!(rest.iter().map(|outcome| outcome.index).collect::<Vec<_>>(), [0, 1]);
    Ok(())
}
