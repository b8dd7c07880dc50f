//! A run over many rows, fed and read from Python in batches.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList, PyString, PyTuple};

use crate::batch::{
    BulkConfig, BulkWriter, CellError, EmptyCellPolicy, MetadataWriter, OnMissing, Outcome, Row, RowError, RowHasher, RowPlan,
    RowPlanner, RunConfig, SyncExecutor,
};
use crate::bridge::call_trace::CallTrace;
use crate::bridge::client::ClientCore;
use crate::bridge::extract;
use crate::bridge::extract::NaPolicy;
use crate::bridge::{errors, runtime, stats};
use crate::client::Value;
use crate::client::request::base_url::BaseUrl;

/// A sync under way.
#[derive(Debug)]
#[pyclass(name = "SyncExecutor", module = "sparkbot._sparkbot", frozen)]
pub struct PySyncExecutor {
    run: Arc<SyncExecutor>,
    generation: u64,
}

#[pymethods]
impl PySyncExecutor {
    #[new]
    #[pyo3(signature = (core, keys, *, country_code, empty, on_missing, compares, concurrency, calls_per_second, offline_patience, batching))]
    #[allow(clippy::too_many_arguments)]
    fn new(
        core: &ClientCore,
        keys: Vec<String>,
        country_code: Option<&str>,
        empty: Vec<String>,
        on_missing: &str,
        compares: bool,
        concurrency: usize,
        calls_per_second: Option<f64>,
        offline_patience: f64,
        batching: Option<(usize, usize, usize, f64)>,
    ) -> PyResult<Self> {
        let plan = plan(keys, country_code, &empty)?;
        let on_missing = on_missing.parse::<OnMissing>().map_err(PyValueError::new_err)?;
        let writer = MetadataWriter::new(
            Arc::clone(&core.client),
            runtime::fork_generation(),
            on_missing,
            compares,
            core.defaults.clone(),
        );
        let writer = writer.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let bulk = batching.map(bulk).transpose()?;
        let conduct = RunConfig { concurrency, calls_per_second, offline_timeout: seconds(offline_patience)? };
        Ok(Self { run: Arc::new(SyncExecutor::new(plan, writer, bulk, conduct)), generation: runtime::fork_generation() })
    }

    /// The number by which rows name the device.
    fn device(&self, id: &str) -> usize {
        self.run.register_device(id)
    }

    /// Takes rows in: `(device, id, values)`, or the text of a problem that the reader had.
    fn submit(&self, py: Python<'_>, rows: &Bound<'_, PyList>) -> PyResult<()> {
        self.ensure_of_this_process()?;
        let rows = read_rows(rows, self.run.keys())?;
        self.start(py.detach(|| self.run.submit(rows)))
    }

    /// As `submit`, but the rows wait for `release`; whom each is written to and what, as two numbers that depend on `secret`.
    fn stage(&self, py: Python<'_>, rows: &Bound<'_, PyList>, secret: &[u8]) -> PyResult<Vec<(i64, i64)>> {
        self.ensure_of_this_process()?;
        let rows = read_rows(rows, self.run.keys())?;
        Ok(py.detach(|| self.run.stage(rows, &RowHasher::new(secret))))
    }

    /// Sends the staged rows that are wanted; the others are skipped as unchanged. Of each row what hooks have to do with it.
    #[pyo3(signature = (wanted, watched=None))]
    fn release(&self, py: Python<'_>, wanted: Vec<bool>, watched: Option<Vec<Option<Py<CallTrace>>>>) -> PyResult<()> {
        let watched = watched.unwrap_or_default().into_iter();
        let watched = watched.map(|trace| trace.map(|trace| Box::new(trace.get().instrumentation()))).collect();
        self.start(py.detach(|| self.run.submit_staged(&wanted, watched)))
    }

    /// The next outcomes in the order of the rows; waits for one, but not longer than `patience` seconds.
    fn take<'py>(&self, py: Python<'py>, at_most: usize, patience: f64) -> PyResult<Bound<'py, PyList>> {
        self.ensure_of_this_process()?;
        let taken = runtime::block_on(py, self.run.take(at_most, seconds(patience)?))?;
        Taken([taken]).into_pyobject(py)
    }

    /// As `take`, awaited.
    fn take_async<'py>(&self, py: Python<'py>, at_most: usize, patience: f64) -> PyResult<Bound<'py, PyAny>> {
        self.ensure_of_this_process()?;
        let (run, patience) = (Arc::clone(&self.run), seconds(patience)?);
        runtime::future_into_py(py, async move { Ok(Taken([run.take(at_most, patience).await])) })
    }

    /// Ends the run; the outcomes taken last once more, and those not yet taken. Writes under way have `patience` seconds to end.
    fn drain<'py>(&self, py: Python<'py>, patience: f64) -> PyResult<Bound<'py, PyList>> {
        self.ensure_of_this_process()?;
        let drained = runtime::block_on(py, self.run.drain(seconds(patience)?))?;
        Taken(drained).into_pyobject(py)
    }

    /// The devices that are or were offline: id, whether the run waits for it now, rows that wait, seconds.
    #[getter]
    fn offline(&self) -> Vec<(String, bool, usize, f64)> {
        let found = self.run.offline_devices().into_iter();
        found.map(|device| (device.id.to_string(), device.is_offline, device.rows_waiting, device.seconds)).collect()
    }

    /// Rows submitted and not yet taken.
    #[getter]
    fn pending(&self) -> usize {
        self.run.pending()
    }

    /// Requests sent so far, repeated ones included.
    #[getter]
    fn calls(&self) -> u64 {
        self.run.requests_sent()
    }

    /// What has held the calls back: seconds waited for the limit, seconds paused after answers 429, and how many those were.
    #[getter]
    fn held_back(&self) -> HashMap<&'static str, f64> {
        stats::held_back(self.run.throttle_stats())
    }

    /// Of rows that were written in bulk: how many were read back, how many of these had what was written, and why nothing more is
    /// written so; None where each row has a call of its own.
    #[getter]
    fn sample(&self) -> Option<(usize, usize, Option<String>)> {
        self.run.verification().map(|stats| (stats.checked, stats.confirmed, stats.failure))
    }

    /// How long the answers took, in seconds: all together, the longest, and a histogram of (from, to, number).
    #[getter]
    fn latencies(&self) -> stats::LatencyHistogram {
        stats::latencies(self.run.latencies())
    }

    /// Sends nothing new.
    fn close(&self) {
        if self.is_of_this_process() {
            self.run.close();
        }
    }
}

impl PySyncExecutor {
    fn start(&self, workers: usize) -> PyResult<()> {
        (0..workers).try_for_each(|_| runtime::spawn(Arc::clone(&self.run).work()).map(drop))
    }

    fn is_of_this_process(&self) -> bool {
        self.generation == runtime::fork_generation()
    }

    /// A forked child has none of the run's workers, so it would wait for ever.
    fn ensure_of_this_process(&self) -> PyResult<()> {
        if self.is_of_this_process() {
            return Ok(());
        }
        Err(PyRuntimeError::new_err("the run was begun before the process was forked: it goes on in the parent, not here"))
    }
}

impl Drop for PySyncExecutor {
    /// A run that nobody holds any more must not go on writing.
    fn drop(&mut self) {
        self.close();
    }
}

/// The bulk way, from what Python says of it.
fn bulk((rows, first_sample, sample_every, patience): (usize, usize, usize, f64)) -> PyResult<BulkWriter> {
    let batching = BulkConfig { rows, first_sample, sample_every, visibility_timeout: seconds(patience)? };
    BulkWriter::new(batching).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// The plan of rows with these keys; `empty` has a choice for each of them.
fn plan(keys: Vec<String>, country_code: Option<&str>, empty: &[String]) -> PyResult<RowPlanner> {
    let empty =
        empty.iter().map(|name| name.parse::<EmptyCellPolicy>()).collect::<Result<_, _>>().map_err(PyValueError::new_err)?;
    RowPlanner::new(keys, country_code, empty).map_err(PyValueError::new_err)
}

fn seconds(given: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(given).map_err(|error| PyValueError::new_err(format!("{given} seconds: {error}")))
}

fn read_rows(rows: &Bound<'_, PyList>, keys: &[String]) -> PyResult<Vec<Row>> {
    rows.iter().map(|row| read_row(&row, keys)).collect()
}

fn read_row(row: &Bound<'_, PyAny>, keys: &[String]) -> PyResult<Row> {
    if let Ok(problem) = row.cast::<PyString>() {
        return Ok(Row::Invalid(problem.to_string_lossy().into_owned()));
    }
    let (device, id, cells): (usize, Bound<'_, PyAny>, Bound<'_, PyTuple>) =
        row.extract().map_err(|_| PyTypeError::new_err("a row is (device, id, values) or a text"))?;
    Ok(cells_of(device, &id, &cells, keys).unwrap_or_else(Row::Invalid))
}

fn cells_of(device: usize, id: &Bound<'_, PyAny>, cells: &Bound<'_, PyTuple>, keys: &[String]) -> Result<Row, String> {
    let cell = |object: &Bound<'_, PyAny>, name: &str| {
        extract::to_value(object, NaPolicy::Empty).map_err(|error| format!("{name}{} {}", error.path, error.message))
    };
    let contact = cell(id, "contact")?;
    if matches!(contact, Value::Float(_)) && !id.is_instance_of::<PyFloat>() {
        // numpy's float32: a whole number all the same, but seldom the one that it was made of.
        return Err("contact is a float of fewer digits than a phone number has: read the column as text".to_owned());
    }
    let names = keys.iter().map(String::as_str).chain(std::iter::repeat("a value"));
    let cells = cells.iter().zip(names).map(|(object, name)| cell(&object, name));
    Ok(Row::Cells { device, id: contact, cells: cells.collect::<Result<_, _>>()? })
}

/// Outcomes on their way to Python.
struct Taken<const N: usize>([Arc<Vec<Outcome>>; N]);

impl<'py, const N: usize> IntoPyObject<'py> for Taken<N> {
    type Target = PyList;
    type Output = Bound<'py, PyList>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows =
            self.0.iter().flat_map(|part| part.iter()).map(|outcome| outcome_tuple(py, outcome)).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, rows)
    }
}

fn outcome_tuple<'py>(py: Python<'py>, outcome: &Outcome) -> PyResult<Bound<'py, PyTuple>> {
    let error = outcome.error.as_ref().map(|problem| problem_error(py, problem)).transpose()?;
    (
        outcome.index,
        outcome.status.as_str(),
        &outcome.contact,
        outcome.reason,
        error,
        outcome.attempts,
        outcome.elapsed.as_secs_f64(),
    )
        .into_pyobject(py)
}

fn problem_error<'py>(py: Python<'py>, problem: &RowError) -> PyResult<Bound<'py, PyAny>> {
    match problem {
        RowError::CallFailed(failure) => errors::to_exception(py, failure),
        RowError::InvalidRow(text) => row_error(py, text),
        RowError::InvalidCell(cell) => cell_error(py, cell),
        RowError::VerificationFailed(text) => py.import("sparkbot.sync.errors")?.getattr("NotHeld")?.call1((text,)),
    }
}

fn row_error<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("sparkbot.sync.errors")?.getattr("InvalidRow")?.call1((text, "row"))
}

fn cell_error<'py>(py: Python<'py>, cell: &CellError) -> PyResult<Bound<'py, PyAny>> {
    py.import("sparkbot.sync.errors")?.getattr("InvalidRow")?.call1((cell.to_string(), &cell.field, cell.reason))
}

/// What each row would become, with nothing sent: status, contact, reason, problem.
#[pyfunction]
pub fn plan_rows<'py>(
    py: Python<'py>,
    keys: Vec<String>,
    rows: &Bound<'py, PyList>,
    country_code: Option<&str>,
    empty: Vec<String>,
) -> PyResult<Bound<'py, PyList>> {
    let plan = plan(keys, country_code, &empty)?;
    let planned = rows.iter().map(|row| {
        let row = read_row(&row, plan.keys())?;
        planned_tuple(py, &plan, &row)
    });
    PyList::new(py, planned.collect::<PyResult<Vec<_>>>()?)
}

fn planned_tuple<'py>(py: Python<'py>, plan: &RowPlanner, row: &Row) -> PyResult<Bound<'py, PyTuple>> {
    let none = None::<String>;
    match row {
        Row::Invalid(text) => ("failed", none.clone(), none, Some(row_error(py, text)?)).into_pyobject(py),
        Row::Cells { id, cells, .. } => match plan.plan(id, cells) {
            RowPlan::Write { contact, .. } => ("ok", Some(contact), none, None::<String>).into_pyobject(py),
            RowPlan::Skip { contact, reason } => ("skipped", Some(contact), Some(reason), None::<String>).into_pyobject(py),
            RowPlan::Invalid(problem) => ("failed", none.clone(), none, Some(cell_error(py, &problem)?)).into_pyobject(py),
        },
    }
}

/// The text that a cell is written as in metadata; None for what has none.
#[pyfunction]
pub fn cell_text(cell: &Bound<'_, PyAny>) -> Option<String> {
    match extract::to_value(cell, NaPolicy::Empty).ok()? {
        Value::Null => Some(String::new()),
        value => value.to_scalar_string().map(Cow::into_owned),
    }
}

/// Whether the address is one of this machine.
#[pyfunction]
pub fn is_loopback(base_url: &str) -> bool {
    BaseUrl::parse(base_url, true).is_ok_and(|base| base.is_loopback)
}
