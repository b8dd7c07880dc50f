//! A run over many rows, fed and read from Python in batches.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};

use super::convert::{self, Missing};
use super::core::Core;
use super::{raise, runtime};
use crate::bulk::plan::{CellProblem, Empty, Planned};
use crate::bulk::{Batch, OnMissing, Outcome, Problem, Row, SyncPlan, SyncRun, Writer};

/// A sync under way.
#[derive(Debug)]
#[pyclass(name = "SyncRun", module = "sparkbot._sparkbot", frozen)]
pub struct PySyncRun {
    run: Arc<SyncRun>,
    generation: u64,
    handed: Handed,
}

/// The batch that `take` returned last: a signal may keep the caller from ever seeing it.
type Handed = Arc<Mutex<Option<Py<PyList>>>>;

#[pymethods]
impl PySyncRun {
    #[new]
    #[pyo3(signature = (core, device, keys, *, country_code, empty, on_missing, concurrency, calls_per_second))]
    #[allow(clippy::too_many_arguments)]
    fn new(
        core: &Core,
        device: String,
        keys: Vec<String>,
        country_code: Option<&str>,
        empty: &str,
        on_missing: &str,
        concurrency: usize,
        calls_per_second: Option<f64>,
    ) -> PyResult<Self> {
        let plan = plan(keys, country_code, empty)?;
        let on_missing = OnMissing::named(on_missing).map_err(PyValueError::new_err)?;
        let writer = Writer::new(Arc::clone(&core.client), runtime::generation(), device, on_missing);
        let writer = writer.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let run = SyncRun::new(plan, writer, concurrency, calls_per_second);
        Ok(Self { run: Arc::new(run), generation: runtime::generation(), handed: Handed::default() })
    }

    /// Takes rows in: `(id, values)`, or the text of a problem that the reader had.
    fn submit(&self, py: Python<'_>, rows: &Bound<'_, PyList>) -> PyResult<()> {
        self.ensure_of_this_process()?;
        let rows = rows.iter().map(|row| read_row(&row)).collect::<PyResult<Vec<_>>>()?;
        let workers = py.detach(|| self.run.submit(rows));
        for _ in 0..workers {
            runtime::spawn(Arc::clone(&self.run).work())?;
        }
        Ok(())
    }

    /// The next outcomes in the order of the rows; waits for at least one.
    fn take<'py>(&self, py: Python<'py>, at_most: usize) -> PyResult<Bound<'py, PyList>> {
        self.ensure_of_this_process()?;
        let batch = runtime::wait(py, Arc::clone(&self.run).take(at_most))?;
        Taken { outcomes: batch.deliver(), handed: Arc::clone(&self.handed) }.into_pyobject(py)
    }

    /// As `take`, awaited.
    fn take_async<'py>(&self, py: Python<'py>, at_most: usize) -> PyResult<Bound<'py, PyAny>> {
        self.ensure_of_this_process()?;
        let (run, handed) = (Arc::clone(&self.run), Arc::clone(&self.handed));
        runtime::awaitable(py, async move { Ok(TakenLater { batch: run.take(at_most).await, handed }) })
    }

    /// Rows submitted and not yet taken.
    #[getter]
    fn pending(&self) -> usize {
        self.run.pending()
    }

    /// Requests sent so far, repeated ones included.
    #[getter]
    fn calls(&self) -> u64 {
        self.run.calls()
    }

    /// What has held the calls back: seconds waited, and answers 429.
    #[getter]
    fn held_back(&self) -> HashMap<&'static str, f64> {
        let held = self.run.held_back();
        HashMap::from([("seconds_waited", held.waited), ("rate_limited", held.refusals as f64)])
    }

    /// Sends nothing new.
    fn close(&self) {
        if self.is_of_this_process() {
            self.run.close();
        }
    }

    /// Ends the run now, and returns the outcomes that have not been taken; those of writes cut off are unknown. The batch
    /// taken last comes first, once more: a signal may have come before the caller saw it.
    fn stop<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.ensure_of_this_process()?;
        let outcomes = runtime::wait(py, self.run.stop())?;
        let last = self.handed.lock().unwrap_or_else(PoisonError::into_inner).take();
        let rest = Taken { outcomes, handed: Arc::clone(&self.handed) }.into_pyobject(py)?;
        if let Some(last) = last {
            rest.set_slice(0, 0, last.bind(py))?;
        }
        Ok(rest)
    }
}

impl PySyncRun {
    fn is_of_this_process(&self) -> bool {
        self.generation == runtime::generation()
    }

    /// A forked child has none of the run's workers, so it would wait for ever.
    fn ensure_of_this_process(&self) -> PyResult<()> {
        if self.is_of_this_process() {
            return Ok(());
        }
        Err(PyRuntimeError::new_err("the run was begun before the process was forked: it goes on in the parent, not here"))
    }
}

impl Drop for PySyncRun {
    /// A run that nobody holds any more must not go on writing.
    fn drop(&mut self) {
        self.close();
    }
}

fn plan(keys: Vec<String>, country_code: Option<&str>, empty: &str) -> PyResult<SyncPlan> {
    let empty = Empty::named(empty).map_err(PyValueError::new_err)?;
    SyncPlan::new(keys, country_code, empty).map_err(PyValueError::new_err)
}

fn read_row(row: &Bound<'_, PyAny>) -> PyResult<Row> {
    if let Ok(problem) = row.cast::<PyString>() {
        return Ok(Row::Unreadable(problem.to_string_lossy().into_owned()));
    }
    let (id, cells): (Bound<'_, PyAny>, Bound<'_, PyTuple>) =
        row.extract().map_err(|_| PyTypeError::new_err("a row is (id, values) or a text"))?;
    Ok(cells_of(&id, &cells).unwrap_or_else(Row::Unreadable))
}

fn cells_of(id: &Bound<'_, PyAny>, cells: &Bound<'_, PyTuple>) -> Result<Row, String> {
    let cell = |object: &Bound<'_, PyAny>, name: &dyn std::fmt::Display| {
        convert::value(object, Missing::Empty).map_err(|refused| format!("{name}{} {}", refused.path, refused.problem))
    };
    let id = cell(id, &"contact")?;
    let cells = cells.iter().enumerate().map(|(at, object)| cell(&object, &format_args!("value {}", at + 1)));
    Ok(Row::Cells { id, cells: cells.collect::<Result<_, _>>()? })
}

/// Outcomes on their way to Python.
struct Taken {
    outcomes: Vec<Outcome>,
    handed: Handed,
}

impl<'py> IntoPyObject<'py> for Taken {
    type Target = PyList;
    type Output = Bound<'py, PyList>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows = self.outcomes.iter().map(|outcome| outcome_tuple(py, outcome)).collect::<PyResult<Vec<_>>>()?;
        let list = PyList::new(py, rows)?;
        let before = self.handed.lock().unwrap_or_else(PoisonError::into_inner).replace(list.clone().unbind());
        drop(before);
        Ok(list)
    }
}

/// A batch that is only taken out of the run when somebody is there to have it.
struct TakenLater {
    batch: Batch,
    handed: Handed,
}

impl<'py> IntoPyObject<'py> for TakenLater {
    type Target = PyList;
    type Output = Bound<'py, PyList>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        Taken { outcomes: self.batch.deliver(), handed: self.handed }.into_pyobject(py)
    }
}

fn outcome_tuple<'py>(py: Python<'py>, outcome: &Outcome) -> PyResult<Bound<'py, PyTuple>> {
    let error = outcome.problem.as_ref().map(|problem| problem_error(py, problem)).transpose()?;
    (
        outcome.index,
        outcome.status.name(),
        &outcome.contact,
        outcome.reason,
        error,
        outcome.attempts,
        outcome.elapsed.as_secs_f64(),
    )
        .into_pyobject(py)
}

fn problem_error<'py>(py: Python<'py>, problem: &Problem) -> PyResult<Bound<'py, PyAny>> {
    match problem {
        Problem::Call(failure) => raise::exception(py, failure),
        Problem::Row(text) => row_error(py, text),
        Problem::Cell(cell) => cell_error(py, cell),
    }
}

fn row_error<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("sparkbot.sync.problems")?.getattr("InvalidRow")?.call1((text, "row"))
}

fn cell_error<'py>(py: Python<'py>, cell: &CellProblem) -> PyResult<Bound<'py, PyAny>> {
    py.import("sparkbot.sync.problems")?.getattr("InvalidRow")?.call1((cell.to_string(), &cell.field, cell.reason))
}

/// What each row would become, with nothing sent: status, contact, reason, problem.
#[pyfunction]
pub fn plan_rows<'py>(
    py: Python<'py>,
    keys: Vec<String>,
    rows: &Bound<'py, PyList>,
    country_code: Option<&str>,
    empty: &str,
) -> PyResult<Bound<'py, PyList>> {
    let plan = plan(keys, country_code, empty)?;
    let planned = rows.iter().map(|row| {
        let row = read_row(&row)?;
        planned_tuple(py, &plan, &row)
    });
    PyList::new(py, planned.collect::<PyResult<Vec<_>>>()?)
}

fn planned_tuple<'py>(py: Python<'py>, plan: &SyncPlan, row: &Row) -> PyResult<Bound<'py, PyTuple>> {
    let none = None::<String>;
    match row {
        Row::Unreadable(text) => ("failed", none.clone(), none, Some(row_error(py, text)?)).into_pyobject(py),
        Row::Cells { id, cells } => match plan.plan(id, cells) {
            Planned::Write { contact, .. } => ("ok", Some(contact), none, None::<String>).into_pyobject(py),
            Planned::Skip { contact, reason } => ("skipped", Some(contact), Some(reason), None::<String>).into_pyobject(py),
            Planned::Refuse { problem } => ("failed", none.clone(), none, Some(cell_error(py, &problem)?)).into_pyobject(py),
        },
    }
}
