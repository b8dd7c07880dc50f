//! The executor of a sync: Python submits rows and takes results in batches.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList, PyString, PyTuple};

use crate::batch::sync::writer::WriteResult;
use crate::batch::{
    BulkConfig, BulkWriter, EmptyCellPolicy, MetadataWriter, OnMissing, Outcome, Row, RowError, RowHasher, RowPlanner, RunConfig,
    SyncExecutor,
};
use crate::bridge::call_trace::CallTrace;
use crate::bridge::client::ClientCore;
use crate::bridge::extract;
use crate::bridge::extract::NaPolicy;
use crate::bridge::once::lazy_import;
use crate::bridge::phones::PhoneOptions;
use crate::bridge::stats::{self, LatencySnapshot, OfflineDevice, ThrottleStats, VerificationStats};
use crate::bridge::{errors, runtime};
use crate::client::Value;
use crate::client::request::base_url::BaseUrl;
use crate::phone::Country;

/// The result of a row.
#[derive(Debug)]
#[pyclass(module = "sparkbot._sparkbot", frozen, get_all)]
pub struct RowResult {
    index: usize,
    status: Py<PyString>,
    contact: Option<Py<PyString>>,
    /// The masked digits of the wid that was written, if the service reported another one than the number's own.
    resolved: Option<i64>,
    reason: Option<&'static str>,
    error: Option<Py<PyAny>>,
    attempts: u32,
    elapsed: f64,
}

/// Settings of bulk writes, from the attributes of a Python object.
#[derive(Debug, FromPyObject)]
struct BulkOptions {
    rows: usize,
    first_sample: usize,
    sample_every: usize,
    timeout: f64,
}

/// Runs a sync.
#[derive(Debug)]
#[pyclass(name = "SyncExecutor", module = "sparkbot._sparkbot", frozen)]
pub struct PySyncExecutor {
    run: Arc<SyncExecutor>,
    generation: u64,
    /// Of the journal, if the run has one.
    hasher: Arc<OnceLock<RowHasher>>,
}

#[pymethods]
impl PySyncExecutor {
    #[new]
    #[pyo3(signature = (core, keys, *, phones, empty, on_missing, resolve, diff_before_write, concurrency, calls_per_second, offline_timeout, bulk))]
    #[allow(clippy::too_many_arguments)]
    fn new(
        core: &ClientCore,
        keys: Vec<String>,
        phones: PhoneOptions,
        empty: Vec<String>,
        on_missing: &str,
        resolve: &str,
        diff_before_write: bool,
        concurrency: usize,
        calls_per_second: Option<f64>,
        offline_timeout: f64,
        bulk: Option<BulkOptions>,
    ) -> PyResult<Self> {
        // Before a row is accepted, which could not be sent.
        runtime::start()?;
        let planner = planner(keys, &phones, &empty)?;
        let on_missing = on_missing.parse::<OnMissing>().map_err(PyValueError::new_err)?;
        let writer = MetadataWriter::new(
            Arc::clone(&core.client),
            runtime::fork_generation(),
            on_missing,
            resolve.parse().map_err(PyValueError::new_err)?,
            diff_before_write,
            core.defaults.clone(),
        );
        let writer = writer.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let bulk = bulk.map(bulk_writer).transpose()?;
        let config = RunConfig { concurrency, calls_per_second, offline_timeout: seconds(offline_timeout)? };
        let run = Arc::new(SyncExecutor::new(planner, writer, bulk, config));
        Ok(Self { run, generation: runtime::fork_generation(), hasher: Arc::default() })
    }

    /// The index by which rows refer to a device.
    fn register_device(&self, id: &str) -> usize {
        self.run.register_device(id)
    }

    /// Submits rows: `(device, id, values)`, or the message of a row that the reader could not parse.
    fn submit(&self, py: Python<'_>, rows: &Bound<'_, PyList>) -> PyResult<()> {
        self.ensure_same_process()?;
        let rows = read_rows(rows, self.run.keys())?;
        self.start(py.detach(|| self.run.submit(rows)))
    }

    /// Plans rows for `submit_staged`. Returns two hashes per row, of its contact and of its values, keyed with `secret`.
    fn stage(&self, py: Python<'_>, rows: &Bound<'_, PyList>, secret: &[u8]) -> PyResult<Vec<(i64, i64)>> {
        self.ensure_same_process()?;
        let rows = read_rows(rows, self.run.keys())?;
        let hasher = self.hasher.get_or_init(|| RowHasher::new(secret));
        Ok(py.detach(|| self.run.stage(rows, hasher)))
    }

    /// As `stage`, for a journal that records what is written. Returns per row the hashes of `stage`, the hash of the contact that
    /// the row names (0 if it names none), and the keys that it writes by their index, each with the hash of its value (0 if it
    /// is cleared).
    #[allow(clippy::type_complexity)]
    fn stage_pairs(
        &self,
        py: Python<'_>,
        rows: &Bound<'_, PyList>,
        secret: &[u8],
    ) -> PyResult<Vec<(i64, i64, i64, Vec<(usize, i64)>)>> {
        self.ensure_same_process()?;
        let rows = read_rows(rows, self.run.keys())?;
        let hasher = self.hasher.get_or_init(|| RowHasher::new(secret));
        let staged = py.detach(|| self.run.stage_pairs(rows, hasher));
        Ok(staged.into_iter().map(|row| (row.contact, row.content, row.source, row.pairs)).collect())
    }

    /// Submits the staged rows that are selected, and skips the others as unchanged. `traces` has an entry per row, and `wids`
    /// the masked wid of each contact that an earlier run looked up.
    #[pyo3(signature = (selected, traces=None, wids=None))]
    fn submit_staged(
        &self,
        py: Python<'_>,
        selected: Vec<bool>,
        traces: Option<Vec<Option<Py<CallTrace>>>>,
        wids: Option<Vec<Option<i64>>>,
    ) -> PyResult<()> {
        if let Some((wids, hasher)) = wids.zip(self.hasher.get()) {
            self.run.remember_wids(&wids, hasher);
        }
        let traces = traces.unwrap_or_default().into_iter();
        let instrumentation = traces.map(|trace| trace.map(|trace| Box::new(trace.get().instrumentation()))).collect();
        self.start(py.detach(|| self.run.submit_staged(&selected, instrumentation)))
    }

    /// The next results in row order. Waits for one, but not longer than `timeout` seconds.
    fn take<'py>(&self, py: Python<'py>, max: usize, timeout: f64) -> PyResult<Bound<'py, PyList>> {
        self.ensure_same_process()?;
        let outcomes = runtime::block_on(py, self.run.take(max, seconds(timeout)?))?;
        self.batches([outcomes]).into_pyobject(py)
    }

    /// The awaitable form of `take`.
    fn take_async<'py>(&self, py: Python<'py>, max: usize, timeout: f64) -> PyResult<Bound<'py, PyAny>> {
        self.ensure_same_process()?;
        let (run, hasher, timeout) = (Arc::clone(&self.run), Arc::clone(&self.hasher), seconds(timeout)?);
        let batch = async move { Ok(OutcomeBatches { parts: [run.take(max, timeout).await], hasher }) };
        runtime::future_into_py(py, batch, None)
    }

    /// Stops the run. Writes in flight have `timeout` seconds to complete. Returns the last results taken once more, and those not
    /// yet taken.
    fn drain<'py>(&self, py: Python<'py>, timeout: f64) -> PyResult<Bound<'py, PyList>> {
        self.ensure_same_process()?;
        let drained = runtime::block_on(py, self.run.drain(seconds(timeout)?))?;
        self.batches(drained).into_pyobject(py)
    }

    /// The devices that are or were offline.
    #[getter]
    fn offline_devices(&self) -> Vec<OfflineDevice> {
        self.run.offline_devices().into_iter().map(OfflineDevice::from).collect()
    }

    /// Number of rows submitted and not yet taken.
    #[getter]
    fn pending(&self) -> usize {
        self.run.pending()
    }

    /// Number of requests sent so far, retries included.
    #[getter]
    fn calls(&self) -> u64 {
        self.run.stats().requests_sent()
    }

    /// What limited the speed of the run.
    #[getter]
    fn throttled_by(&self) -> ThrottleStats {
        self.run.stats().throttle_stats().into()
    }

    /// Read-back statistics of rows written in bulk; `None` if each row has its own call.
    #[getter]
    fn verification(&self) -> Option<VerificationStats> {
        self.run.verification().map(VerificationStats::from)
    }

    /// Number of rows whose contact has a second valid reading.
    #[getter]
    fn second_readings(&self) -> u64 {
        self.run.second_readings()
    }

    /// Response times.
    #[getter]
    fn latency(&self) -> LatencySnapshot {
        self.run.stats().latencies().into()
    }

    /// Starts no further write.
    fn close(&self) {
        if self.is_same_process() {
            self.run.close();
        }
    }
}

impl PySyncExecutor {
    fn batches<const N: usize>(&self, parts: [Arc<Vec<Outcome>>; N]) -> OutcomeBatches<N> {
        OutcomeBatches { parts, hasher: Arc::clone(&self.hasher) }
    }

    fn start(&self, workers: usize) -> PyResult<()> {
        (0..workers).try_for_each(|_| runtime::spawn(Arc::clone(&self.run).work()).map(drop))
    }

    fn is_same_process(&self) -> bool {
        self.generation == runtime::fork_generation()
    }

    /// A forked child has none of the workers, so it would wait forever.
    fn ensure_same_process(&self) -> PyResult<()> {
        if self.is_same_process() {
            return Ok(());
        }
        Err(PyRuntimeError::new_err("this run was started before the process forked and continues in the parent; start one here"))
    }
}

impl Drop for PySyncExecutor {
    /// A run without an owner must stop.
    fn drop(&mut self) {
        self.close();
    }
}

fn bulk_writer(options: BulkOptions) -> PyResult<BulkWriter> {
    let BulkOptions { rows, first_sample, sample_every, timeout } = options;
    let config = BulkConfig { rows, first_sample, sample_every, visibility_timeout: seconds(timeout)? };
    BulkWriter::new(config).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A planner of rows with these keys; `empty` has a policy for each of them.
fn planner(keys: Vec<String>, phones: &PhoneOptions, empty: &[String]) -> PyResult<RowPlanner> {
    let empty =
        empty.iter().map(|name| name.parse::<EmptyCellPolicy>()).collect::<Result<_, _>>().map_err(PyValueError::new_err)?;
    RowPlanner::new(keys, phones.settings()?, empty).map_err(PyValueError::new_err)
}

fn seconds(seconds: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(seconds).map_err(|error| PyValueError::new_err(format!("{seconds} seconds: {error}")))
}

fn read_rows(rows: &Bound<'_, PyList>, keys: &[String]) -> PyResult<Vec<Row>> {
    rows.iter().map(|row| read_row(&row, keys)).collect()
}

fn read_row(row: &Bound<'_, PyAny>, keys: &[String]) -> PyResult<Row> {
    if let Ok(message) = row.cast::<PyString>() {
        return Ok(Row::Invalid(message.to_string_lossy().into_owned()));
    }
    let invalid =
        |_| PyTypeError::new_err("a row is a tuple (device, id, values) or (device, id, values, country), or a message");
    let row = row.cast::<PyTuple>().map_err(|error| invalid(error.into()))?;
    let (device, id, cells): (usize, Bound<'_, PyAny>, Bound<'_, PyTuple>) = row.get_slice(0, 3).extract().map_err(invalid)?;
    let country = row.get_item(3).ok().map(|country| country.extract::<String>()).transpose().map_err(invalid)?;
    Ok(read_cells(device, &id, country.as_deref(), &cells, keys).unwrap_or_else(Row::Invalid))
}

fn read_cells(
    device: usize,
    id: &Bound<'_, PyAny>,
    country: Option<&str>,
    cells: &Bound<'_, PyTuple>,
    keys: &[String],
) -> Result<Row, String> {
    let country = country.map(Country::parse).transpose().map_err(|message| format!("country: {message}"))?;
    let cell = |object: &Bound<'_, PyAny>, name: &str| {
        extract::to_value(object, NaPolicy::Empty).map_err(|error| format!("{name}{} {}", error.path, error.message))
    };
    let contact = cell(id, "contact")?;
    if matches!(contact, Value::Float(_)) && !id.is_instance_of::<PyFloat>() {
        // A float32 of numpy: still integral, but rarely the original number.
        return Err("contact is a float with fewer digits than a phone number: read the column as text".to_owned());
    }
    let names = keys.iter().map(String::as_str).chain(std::iter::repeat("a value"));
    let cells = cells.iter().zip(names).map(|(object, name)| cell(&object, name));
    Ok(Row::Cells { device, id: contact, country, cells: cells.collect::<Result<_, _>>()? })
}

/// Batches of outcomes, which become one list of `RowResult`.
struct OutcomeBatches<const N: usize> {
    parts: [Arc<Vec<Outcome>>; N],
    hasher: Arc<OnceLock<RowHasher>>,
}

impl<'py, const N: usize> IntoPyObject<'py> for OutcomeBatches<N> {
    type Target = PyList;
    type Output = Bound<'py, PyList>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let outcomes = self.parts.iter().flat_map(|part| part.iter());
        let rows = outcomes.map(|outcome| row_result(py, outcome, self.hasher.get())).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, rows)
    }
}

fn row_result(py: Python<'_>, outcome: &Outcome, hasher: Option<&RowHasher>) -> PyResult<RowResult> {
    let contact = outcome.resolved.as_ref().or(outcome.contact.as_ref());
    let masked = |hasher: &RowHasher| {
        let digits = outcome.resolved.as_ref()?.strip_suffix("@c.us")?.parse().ok()?;
        Some(hasher.mask(outcome.contact.as_ref()?, digits))
    };
    Ok(RowResult {
        index: outcome.index,
        status: stats::status(py, outcome.status),
        contact: contact.map(|contact| PyString::new(py, contact).unbind()),
        resolved: hasher.and_then(masked),
        reason: outcome.reason,
        error: outcome.error.as_ref().map(|error| row_error(py, error)).transpose()?,
        attempts: outcome.attempts,
        elapsed: outcome.elapsed.as_secs_f64(),
    })
}

fn row_error(py: Python<'_>, error: &RowError) -> PyResult<Py<PyAny>> {
    let errors = || lazy_import(py, "sparkbot.sync.errors");
    let error = match error {
        RowError::CallFailed(error) => errors::to_exception(py, error)?,
        RowError::InvalidRow(message) => errors()?.getattr("InvalidRow")?.call1((message, "row"))?,
        RowError::InvalidCell(cell) => errors()?.getattr("InvalidRow")?.call1((cell.to_string(), &cell.field, cell.reason))?,
        RowError::VerificationFailed(message) => errors()?.getattr("NotHeld")?.call1((message,))?,
    };
    Ok(error.unbind())
}

/// The result that each row would have, with nothing sent, and the number of contacts with a second valid reading. `first_index` is the index of the first row.
#[pyfunction]
#[pyo3(signature = (keys, rows, phones, empty, first_index=0))]
pub fn plan_rows(
    py: Python<'_>,
    keys: Vec<String>,
    rows: &Bound<'_, PyList>,
    phones: PhoneOptions,
    empty: Vec<String>,
    first_index: usize,
) -> PyResult<(Vec<RowResult>, u64)> {
    let planner = planner(keys, &phones, &empty)?;
    let plan = |(index, row)| row_result(py, &plan_outcome(&planner, read_row(&row, planner.keys())?, first_index + index), None);
    let results = rows.iter().enumerate().map(plan).collect::<PyResult<_>>()?;
    Ok((results, planner.take_second_readings()))
}

fn plan_outcome(planner: &RowPlanner, row: Row, index: usize) -> Outcome {
    match planner.plan_row(row) {
        Ok((key, _)) => Outcome::from_write(index, key.contact, WriteResult::Written, 0),
        Err(outcome) => Outcome { index, ..*outcome },
    }
}

/// The text that a cell is written as in metadata; `None` if it has none.
#[pyfunction]
pub fn cell_text(cell: &Bound<'_, PyAny>) -> Option<String> {
    match extract::to_value(cell, NaPolicy::Empty).ok()? {
        Value::Null => Some(String::new()),
        value => value.to_scalar_string().map(Cow::into_owned),
    }
}

/// Whether the address is on this machine.
#[pyfunction]
pub fn is_loopback(base_url: &str) -> bool {
    BaseUrl::parse(base_url, true).is_ok_and(|base| base.is_loopback)
}
