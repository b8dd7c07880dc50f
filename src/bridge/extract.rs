//! Python values on their way into a call: by a stated rule, or refused with the path to the value.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMapping, PyMemoryView, PySet, PyString, PyTuple,
    PyType,
};

use crate::client::Value;

const CUT: &str = "has half of a surrogate pair, a cut emoji, which UTF-8 cannot carry; mend the text where it was cut";

/// Nothing a service takes is nested this deep; a structure that contains itself is.
const DEPTH: usize = 64;

/// A value that cannot be sent: where it is within the argument, and why.
#[derive(Debug)]
pub struct ConversionError {
    /// `["tier"][0]`; empty for the argument itself.
    pub path: String,
    pub problem: String,
}

impl ConversionError {
    fn new(problem: impl Into<String>) -> Self {
        Self { path: String::new(), problem: problem.into() }
    }

    fn under(mut self, step: &str) -> Self {
        self.path.insert_str(0, step);
        self
    }
}

/// Whether NaN and its kin are an error, as in a call, or an empty cell, as in the rows of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NaPolicy {
    ConversionError,
    EmptyCellPolicy,
}

/// The value of a Python object.
pub fn value(object: &Bound<'_, PyAny>, missing: NaPolicy) -> Result<Value, ConversionError> {
    convert(object, missing, 0)
}

fn convert(object: &Bound<'_, PyAny>, missing: NaPolicy, depth: usize) -> Result<Value, ConversionError> {
    if let Ok(text) = object.cast::<PyString>() {
        return string(text);
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(flag) = object.cast::<PyBool>() {
        return Ok(Value::Bool(flag.is_true()));
    }
    if object.is_instance_of::<PyInt>() {
        return integer(object);
    }
    if let Ok(float) = object.cast::<PyFloat>() {
        return number(float.value(), missing);
    }
    if depth >= DEPTH {
        return Err(ConversionError::new(format!("is nested more than {DEPTH} deep, or contains itself")));
    }
    container(object, missing, depth).unwrap_or_else(|| other(object, missing, depth))
}

fn string(text: &Bound<'_, PyString>) -> Result<Value, ConversionError> {
    match text.to_cow() {
        Ok(text) => Ok(Value::String(text.into_owned())),
        Err(_) => Err(ConversionError::new(CUT)),
    }
}

fn integer(object: &Bound<'_, PyAny>) -> Result<Value, ConversionError> {
    if let Ok(small) = object.extract::<i64>() {
        return Ok(Value::Integer(small));
    }
    // int.__repr__, not str(): a subclass such as an IntEnum may say something else.
    let digits = object.py().get_type::<PyInt>().call_method1("__repr__", (object,)).and_then(|text| text.extract::<String>());
    digits.map(Value::Decimal).map_err(|_| ConversionError::new("is an integer of more digits than Python writes out"))
}

fn number(value: f64, missing: NaPolicy) -> Result<Value, ConversionError> {
    match (value.is_nan(), missing) {
        (true, NaPolicy::EmptyCellPolicy) => Ok(Value::Null),
        (true, NaPolicy::ConversionError) => Err(ConversionError::new("is NaN; leave it out, or pass a value")),
        (false, _) if value.is_infinite() => Err(ConversionError::new("is infinite; pass a finite number")),
        (false, _) => Ok(Value::Float(value)),
    }
}

fn container(object: &Bound<'_, PyAny>, missing: NaPolicy, depth: usize) -> Option<Result<Value, ConversionError>> {
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        return Some(list(object, missing, depth));
    }
    if let Ok(dict) = object.cast::<PyDict>() {
        // All of it first: converting may run Python code, which may change the dict.
        let items: Vec<_> = dict.iter().collect();
        let pairs = items.iter().map(|(key, item)| pair(key, item, missing, depth));
        return Some(pairs.collect::<Result<_, _>>().map(Value::Object));
    }
    let mapping = object.cast::<PyMapping>().ok()?;
    Some(other_mapping(mapping, missing, depth))
}

fn list(object: &Bound<'_, PyAny>, missing: NaPolicy, depth: usize) -> Result<Value, ConversionError> {
    let items = object.try_iter().map_err(|error| ConversionError::new(error.to_string()))?;
    let values = items.enumerate().map(|(at, item)| {
        let item = item.map_err(|error| ConversionError::new(error.to_string()))?;
        convert(&item, missing, depth + 1).map_err(|refused| refused.under(&format!("[{at}]")))
    });
    values.collect::<Result<_, _>>().map(Value::List)
}

fn other_mapping(mapping: &Bound<'_, PyMapping>, missing: NaPolicy, depth: usize) -> Result<Value, ConversionError> {
    let unreadable = |error: PyErr| ConversionError::new(error.to_string());
    let keys = mapping.keys().map_err(unreadable)?;
    let pairs = keys.iter().map(|key| pair(&key, &mapping.get_item(&key).map_err(unreadable)?, missing, depth));
    pairs.collect::<Result<_, _>>().map(Value::Object)
}

fn pair(
    key: &Bound<'_, PyAny>,
    item: &Bound<'_, PyAny>,
    missing: NaPolicy,
    depth: usize,
) -> Result<(String, Value), ConversionError> {
    let Ok(text) = key.cast::<PyString>() else {
        return Err(ConversionError::new(format!("has a key {}, which is not text; write str(key)", shown(key))));
    };
    let Ok(key) = text.to_cow() else {
        return Err(ConversionError::new(format!("has a key that {CUT}")));
    };
    let key = key.into_owned();
    let value = convert(item, missing, depth + 1).map_err(|refused| refused.under(&format!("[{key:?}]")))?;
    Ok((key, value))
}

/// Dates, decimals, UUIDs, enums, and the scalars of numpy and pandas.
fn other(object: &Bound<'_, PyAny>, missing: NaPolicy, depth: usize) -> Result<Value, ConversionError> {
    if is_missing(object) {
        return nothing(missing);
    }
    if is(object, &DATETIME, "datetime", "datetime") {
        return moment(object).map_err(|error| ConversionError::new(error.to_string()));
    }
    if is(object, &DATE, "datetime", "date") {
        return text_of(object, "isoformat");
    }
    if is(object, &UUID, "uuid", "UUID") {
        return text_of(object, "__str__");
    }
    if is(object, &DECIMAL, "decimal", "Decimal") {
        return decimal(object, missing);
    }
    if is(object, &ENUM, "enum", "Enum") {
        let value = object.getattr("value").map_err(|error| ConversionError::new(error.to_string()))?;
        return convert(&value, missing, depth + 1);
    }
    match numpy_kind(object) {
        Some(Numpy::Moment) => numpy_moment(object, missing, depth),
        Some(Numpy::Scalar) => numpy_scalar(object, missing, depth),
        None => Err(ConversionError::new(format!("is {}; {}", shown(object), advice(object)))),
    }
}

/// What to pass instead of an object that is nothing the service takes.
fn advice(object: &Bound<'_, PyAny>) -> &'static str {
    if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>() || object.is_instance_of::<PyMemoryView>() {
        return "decode it: bytes(value).decode()";
    }
    if object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>() {
        return "it has no order: pass a list, such as sorted(value)";
    }
    let has = |name: &str| object.hasattr(name).unwrap_or(false);
    if has("__dataclass_fields__") {
        return "pass dataclasses.asdict(value)";
    }
    if has("model_dump") {
        return "pass value.model_dump(mode=\"json\")";
    }
    if has("total_seconds") {
        return "pass value.total_seconds()";
    }
    if has("tolist") {
        return "pass value.tolist()";
    }
    if has("__next__") {
        return "pass list(value)";
    }
    "pass text, a number, a bool, a date, a list or a dict"
}

enum Numpy {
    Scalar,
    /// A datetime64, whose `item()` is a bare number where it counts nanoseconds.
    Moment,
}

/// Of numpy only its scalars: an array of one value has `item()` too, but is a list.
fn numpy_kind(object: &Bound<'_, PyAny>) -> Option<Numpy> {
    let names =
        object.get_type().mro().iter().filter(|class| class.getattr("__module__").is_ok_and(|name| is_text(&name, "numpy")));
    let names: Vec<String> = names.filter_map(|class| class.getattr("__name__").ok()?.extract().ok()).collect();
    let is_a = |name: &str| names.iter().any(|one| one == name);
    match () {
        () if !is_a("generic") || is_a("timedelta64") || is_a("void") => None,
        () if is_a("datetime64") => Some(Numpy::Moment),
        () => Some(Numpy::Scalar),
    }
}

fn is_text(object: &Bound<'_, PyAny>, wanted: &str) -> bool {
    object.cast::<PyString>().is_ok_and(|text| text.to_cow().is_ok_and(|text| text == wanted))
}

fn nothing(missing: NaPolicy) -> Result<Value, ConversionError> {
    if missing == NaPolicy::EmptyCellPolicy {
        Ok(Value::Null)
    } else {
        Err(ConversionError::new("is a missing value; leave it out"))
    }
}

/// pandas writes NaT and NA for what is missing.
fn is_missing(object: &Bound<'_, PyAny>) -> bool {
    let name = object.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    matches!(name.as_str(), "NaTType" | "NAType") && module(object).starts_with("pandas")
}

fn module(object: &Bound<'_, PyAny>) -> String {
    object.get_type().module().map(|module| module.to_string()).unwrap_or_default()
}

fn numpy_scalar(object: &Bound<'_, PyAny>, missing: NaPolicy, depth: usize) -> Result<Value, ConversionError> {
    let item = object
        .call_method0("item")
        .map_err(|_| ConversionError::new(format!("is {}; pass a list of plain values", shown(object))))?;
    if item.get_type().is(object.get_type()) {
        return Err(ConversionError::new(format!("is {}; convert it to a plain Python value", shown(object))));
    }
    convert(&item, missing, depth + 1)
}

/// A datetime64 as Python's own date or datetime, if that has room for it.
fn numpy_moment(object: &Bound<'_, PyAny>, missing: NaPolicy, depth: usize) -> Result<Value, ConversionError> {
    let unreadable = |error: PyErr| ConversionError::new(error.to_string());
    // NaT is the one value that differs from itself.
    if object.ne(object).map_err(unreadable)? {
        return nothing(missing);
    }
    let microseconds = object.call_method1("astype", ("datetime64[us]",)).map_err(unreadable)?;
    if microseconds.ne(object).map_err(unreadable)? {
        return Err(ConversionError::new("is a datetime64 with fractions of a microsecond; round it"));
    }
    let item = object.call_method0("item").map_err(unreadable)?;
    let item = if item.is_instance_of::<PyInt>() { microseconds.call_method0("item").map_err(unreadable)? } else { item };
    if item.is_instance_of::<PyInt>() {
        return Err(ConversionError::new("is a datetime64 outside the years 1 to 9999"));
    }
    convert(&item, missing, depth + 1)
}

/// A moment with a zone in UTC, `2026-01-31T12:00:00Z`, and one without as it is.
fn moment(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    let py = object.py();
    if object.getattr("tzinfo")?.is_none() {
        return Ok(Value::String(object.call_method0("isoformat")?.extract()?));
    }
    let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
    let text: String = object.call_method1("astimezone", (utc,))?.call_method0("isoformat")?.extract()?;
    Ok(Value::String(text.replace("+00:00", "Z")))
}

fn text_of(object: &Bound<'_, PyAny>, method: &str) -> Result<Value, ConversionError> {
    let text = object.call_method0(method).and_then(|text| text.extract::<String>());
    text.map(Value::String).map_err(|error| ConversionError::new(error.to_string()))
}

/// A decimal in plain digits, never through a float.
fn decimal(object: &Bound<'_, PyAny>, missing: NaPolicy) -> Result<Value, ConversionError> {
    let is = |what: &str| object.call_method0(what).and_then(|answer| answer.is_truthy()).unwrap_or(false);
    if !is("is_finite") {
        return number(if is("is_infinite") { f64::INFINITY } else { f64::NAN }, missing);
    }
    let exponent: i64 = object.call_method0("adjusted").and_then(|exponent| exponent.extract()).unwrap_or(i64::MAX);
    if exponent.abs() > 1000 {
        return Err(ConversionError::new("is a Decimal of more than 1000 digits"));
    }
    let text = object.call_method1("__format__", ("f",)).and_then(|text| text.extract::<String>());
    text.map(Value::Decimal).map_err(|error| ConversionError::new(error.to_string()))
}

/// What an error shows of an object: its type, never its content, which may be private.
fn shown(object: &Bound<'_, PyAny>) -> String {
    let name = object.get_type().name().map(|name| name.to_string()).unwrap_or_else(|_| "object".to_owned());
    format!("of type {name}")
}

static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static UUID: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static ENUM: PyOnceLock<Py<PyType>> = PyOnceLock::new();

fn is(object: &Bound<'_, PyAny>, slot: &PyOnceLock<Py<PyType>>, module: &str, name: &str) -> bool {
    slot.import(object.py(), module, name).and_then(|class| object.is_instance(class)).unwrap_or(false)
}
