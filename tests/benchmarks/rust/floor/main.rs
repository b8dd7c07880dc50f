//! The cost of the workloads without Python: the same requests with bare hyper and bare reqwest.
//!
//! `bench_floor hyper|reqwest JOB` has the arguments and the output of the Python clients.

mod clients;
mod measure;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use tokio::runtime::Builder;

use clients::{Client, Hyper};

pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// The fields of a job that are used here; `task.py` documents them.
#[derive(Deserialize)]
struct Job {
    function: String,
    contacts_url: String,
    chats_url: String,
    items: std::path::PathBuf,
    key: String,
    calls: usize,
    concurrency: usize,
    warm_up: usize,
    phases: Vec<String>,
}

/// One metadata entry of the request body.
#[derive(Serialize)]
struct Pair<'a> {
    key: &'a str,
    value: &'a str,
}

type Item = (String, IndexMap<String, String>);

/// The calls of one phase; workers take them one by one.
pub(crate) struct Calls {
    items: Arc<Vec<Item>>,
    contacts_url: String,
    chats_url: Option<String>,
    key: String,
    next: AtomicUsize,
    end: usize,
}

/// A request; without a body it is a GET.
pub(crate) struct Request {
    pub url: String,
    pub body: Option<Vec<u8>>,
}

impl Calls {
    fn new(job: &Job, items: &Arc<Vec<Item>>, end: usize) -> Arc<Self> {
        Arc::new(Self {
            items: Arc::clone(items),
            contacts_url: job.contacts_url.clone(),
            chats_url: (job.function == "list_chats").then(|| job.chats_url.clone()),
            key: job.key.clone(),
            next: AtomicUsize::new(0),
            end,
        })
    }

    fn next(&self) -> Option<Result<Request, Failure>> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        if index >= self.end {
            return None;
        }
        if let Some(url) = &self.chats_url {
            return Some(Ok(Request { url: url.clone(), body: None }));
        }
        self.items.get(index).map(|item| self.upsert(item))
    }

    /// Serializes the body for each call, as every client must.
    fn upsert(&self, (wid, metadata): &Item) -> Result<Request, Failure> {
        let pairs: Vec<Pair<'_>> = metadata.iter().map(|(key, value)| Pair { key, value }).collect();
        Ok(Request { url: format!("{}/{wid}/metadata", self.contacts_url), body: Some(serde_json::to_vec(&pairs)?) })
    }
}

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let (Some(client), Some(job)) = (arguments.next(), arguments.next()) else {
        return Err("usage: bench_floor hyper|reqwest JOB".into());
    };
    let job: Job = serde_json::from_str(&job)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let measured = runtime.block_on(run(&client, &job))?;
    writeln!(io::stdout(), "{}", serde_json::to_string(&measured)?)?;
    Ok(())
}

async fn run(name: &str, job: &Job) -> Result<BTreeMap<String, measure::Measured>, Failure> {
    let items: Arc<Vec<Item>> = Arc::new(serde_json::from_slice(&std::fs::read(&job.items)?)?);
    let client = match name {
        "hyper" => Client::Hyper(Arc::new(Hyper::new(&job.contacts_url)?)),
        "reqwest" => Client::Reqwest(clients::reqwest()?),
        other => return Err(format!("there is no client {other}").into()),
    };
    if job.warm_up > 0 {
        make_all(&client, &Calls::new(job, &items, job.warm_up), job.concurrency).await?;
    }
    let mut results = BTreeMap::new();
    for phase in &job.phases {
        let calls = Calls::new(job, &items, job.calls);
        let started = measure::Started::now()?;
        let ok = make_all(&client, &calls, job.concurrency).await?;
        results.insert(phase.clone(), started.finish(ok)?);
    }
    Ok(results)
}

/// Makes all calls with `concurrency` workers and returns the number of successes.
async fn make_all(client: &Client, calls: &Arc<Calls>, concurrency: usize) -> Result<usize, Failure> {
    // One worker stays on this task, as a program without concurrency would.
    if concurrency == 1 {
        return client.clone().worker(Arc::clone(calls)).await;
    }
    let workers: Vec<_> = (0..concurrency).map(|_| tokio::spawn(client.clone().worker(Arc::clone(calls)))).collect();
    let mut succeeded = 0;
    for worker in workers {
        succeeded += worker.await??;
    }
    Ok(succeeded)
}
