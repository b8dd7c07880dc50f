//! Converts Python values to argument values, or reports the path of the value that cannot be converted.

use pyo3::PyTypeInfo;
use pyo3::prelude::*;
use pyo3::sync::critical_section::with_critical_section;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMapping, PyMemoryView, PySet, PyString, PyTuple,
};

use crate::bridge::once::Once;
use crate::client::Value;

const LONE_SURROGATE: &str =
    "has half of a surrogate pair (a cut emoji), which UTF-8 cannot encode; fix the text where it was cut";

/// No operation accepts a value that is nested this deep; a value that contains itself is deeper.
const MAX_DEPTH: usize = 64;

/// Why a value cannot be sent.
#[derive(Debug)]
pub struct ConversionError {
    /// The location within the argument, such as `["tier"][0]`; empty for the argument itself.
    pub path: String,
    pub message: String,
}

impl ConversionError {
    /// An error of the value itself: the path is empty.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    /// Adds a segment to the front of the path.
    fn with_path(mut self, segment: &str) -> Self {
        self.path.insert_str(0, segment);
        self
    }
}

/// The result of a conversion.
pub type Converted = Result<Value, ConversionError>;

/// How NaN and the missing values of pandas and numpy are converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NaPolicy {
    /// An error, in the arguments of a call.
    Reject,
    /// Null, in the rows of a sync.
    Empty,
}

/// Converts a Python object.
pub fn to_value(object: &Bound<'_, PyAny>, na: NaPolicy) -> Converted {
    convert(object, na, 0)
}

fn convert(object: &Bound<'_, PyAny>, na: NaPolicy, depth: usize) -> Converted {
    if let Ok(text) = object.cast::<PyString>() {
        return convert_string(text);
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(flag) = object.cast::<PyBool>() {
        return Ok(Value::Bool(flag.is_true()));
    }
    if object.is_instance_of::<PyInt>() {
        return convert_integer(object);
    }
    if let Ok(float) = object.cast::<PyFloat>() {
        return convert_float(float.value(), na);
    }
    if depth >= MAX_DEPTH {
        return Err(ConversionError::new(format!("is nested more than {MAX_DEPTH} deep, or contains itself")));
    }
    convert_container(object, na, depth).unwrap_or_else(|| convert_extended(object, na, depth))
}

fn convert_string(text: &Bound<'_, PyString>) -> Converted {
    match text.to_cow() {
        Ok(text) => Ok(Value::String(text.into_owned())),
        Err(_) => Err(ConversionError::new(LONE_SURROGATE)),
    }
}

fn convert_integer(object: &Bound<'_, PyAny>) -> Converted {
    if let Ok(small) = object.extract::<i64>() {
        return Ok(Value::Integer(small));
    }
    // int.__repr__, not str(): a subclass such as an IntEnum may override it.
    let digits = object.py().get_type::<PyInt>().call_method1("__repr__", (object,)).and_then(|text| text.extract::<String>());
    digits.map(Value::Decimal).map_err(|_| ConversionError::new("is an integer of more digits than Python converts to text"))
}

fn convert_float(value: f64, na: NaPolicy) -> Converted {
    match (value.is_nan(), na) {
        (true, NaPolicy::Empty) => Ok(Value::Null),
        (true, NaPolicy::Reject) => Err(ConversionError::new("is NaN; leave it out, or pass a value")),
        (false, _) if value.is_infinite() => Err(ConversionError::new("is infinite; pass a finite number")),
        (false, _) => Ok(Value::Float(value)),
    }
}

fn convert_container(object: &Bound<'_, PyAny>, na: NaPolicy, depth: usize) -> Option<Result<Value, ConversionError>> {
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        return Some(convert_list(object, na, depth));
    }
    if let Ok(dict) = object.cast::<PyDict>() {
        let items = dict_items(dict);
        let pairs = items.iter().map(|(key, item)| convert_pair(key, item, na, depth));
        return Some(pairs.collect::<Result<_, _>>().map(Value::Object));
    }
    let mapping = object.cast::<PyMapping>().ok()?;
    Some(convert_mapping(mapping, na, depth))
}

/// The items of a dict, copied: what is done with them may run Python code that changes the dict, and another thread of a
/// free-threaded interpreter may change it at any time.
pub fn dict_items<'py>(dict: &Bound<'py, PyDict>) -> Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    with_critical_section(dict, || dict.iter().collect())
}

fn convert_list(object: &Bound<'_, PyAny>, na: NaPolicy, depth: usize) -> Converted {
    let items = object.try_iter().map_err(|error| ConversionError::new(error.to_string()))?;
    let values = items.enumerate().map(|(index, item)| {
        let item = item.map_err(|error| ConversionError::new(error.to_string()))?;
        convert(&item, na, depth + 1).map_err(|error| error.with_path(&format!("[{index}]")))
    });
    values.collect::<Result<_, _>>().map(Value::List)
}

fn convert_mapping(mapping: &Bound<'_, PyMapping>, na: NaPolicy, depth: usize) -> Converted {
    let unreadable = |error: PyErr| ConversionError::new(error.to_string());
    let keys = mapping.keys().map_err(unreadable)?;
    let pairs = keys.iter().map(|key| convert_pair(&key, &mapping.get_item(&key).map_err(unreadable)?, na, depth));
    pairs.collect::<Result<_, _>>().map(Value::Object)
}

fn convert_pair(
    key: &Bound<'_, PyAny>,
    item: &Bound<'_, PyAny>,
    na: NaPolicy,
    depth: usize,
) -> Result<(String, Value), ConversionError> {
    let Ok(text) = key.cast::<PyString>() else {
        return Err(ConversionError::new(format!("has a key {}, which is not text; pass str(key)", type_name(key))));
    };
    let Ok(key) = text.to_cow() else {
        return Err(ConversionError::new(format!("has a key that {LONE_SURROGATE}")));
    };
    let key = key.into_owned();
    let value = convert(item, na, depth + 1).map_err(|error| error.with_path(&format!("[{key:?}]")))?;
    Ok((key, value))
}

/// Dates, decimals, UUIDs, enums, and the scalars of numpy and pandas.
fn convert_extended(object: &Bound<'_, PyAny>, na: NaPolicy, depth: usize) -> Converted {
    if is_missing(object) {
        return missing_value(na);
    }
    if is_instance_cached(object, &DATETIME, "datetime", "datetime") {
        return convert_datetime(object).map_err(|error| ConversionError::new(error.to_string()));
    }
    if is_instance_cached(object, &DATE, "datetime", "date") {
        let text = object.call_method0("isoformat").and_then(|text| text.extract());
        return text.map(Value::Date).map_err(|error| ConversionError::new(error.to_string()));
    }
    if is_instance_cached(object, &UUID, "uuid", "UUID") {
        return convert_by_method(object, "__str__");
    }
    if is_instance_cached(object, &DECIMAL, "decimal", "Decimal") {
        return convert_decimal(object, na);
    }
    if is_instance_cached(object, &ENUM, "enum", "Enum") {
        let value = object.getattr("value").map_err(|error| ConversionError::new(error.to_string()))?;
        return convert(&value, na, depth + 1);
    }
    match numpy_kind(object) {
        Some(NumpyKind::Datetime) => convert_numpy_datetime(object, na, depth),
        Some(NumpyKind::Scalar) => convert_numpy_scalar(object, na, depth),
        None => Err(ConversionError::new(format!("is {}; {}", type_name(object), conversion_hint(object)))),
    }
}

/// What to pass instead of an object that cannot be sent.
fn conversion_hint(object: &Bound<'_, PyAny>) -> &'static str {
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

enum NumpyKind {
    Scalar,
    /// A datetime64; its `item()` is an int if its unit is nanoseconds.
    Datetime,
}

/// Accepts numpy scalars only: an array of one value also has `item()`, but is a list.
fn numpy_kind(object: &Bound<'_, PyAny>) -> Option<NumpyKind> {
    let names =
        object.get_type().mro().iter().filter(|class| class.getattr("__module__").is_ok_and(|name| is_text(&name, "numpy")));
    let names: Vec<String> = names.filter_map(|class| class.getattr("__name__").ok()?.extract().ok()).collect();
    let is_a = |name: &str| names.iter().any(|class| class == name);
    match () {
        () if !is_a("generic") || is_a("timedelta64") || is_a("void") => None,
        () if is_a("datetime64") => Some(NumpyKind::Datetime),
        () => Some(NumpyKind::Scalar),
    }
}

fn is_text(object: &Bound<'_, PyAny>, expected: &str) -> bool {
    object.cast::<PyString>().is_ok_and(|text| text.to_cow().is_ok_and(|text| text == expected))
}

fn missing_value(na: NaPolicy) -> Converted {
    if na == NaPolicy::Empty { Ok(Value::Null) } else { Err(ConversionError::new("is a missing value; leave it out")) }
}

/// Whether the object is NaT or NA of pandas.
fn is_missing(object: &Bound<'_, PyAny>) -> bool {
    let name = object.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    matches!(name.as_str(), "NaTType" | "NAType") && module(object).starts_with("pandas")
}

fn module(object: &Bound<'_, PyAny>) -> String {
    object.get_type().module().map(|module| module.to_string()).unwrap_or_default()
}

fn convert_numpy_scalar(object: &Bound<'_, PyAny>, na: NaPolicy, depth: usize) -> Converted {
    let item = object
        .call_method0("item")
        .map_err(|_| ConversionError::new(format!("is {}; pass a list of plain values", type_name(object))))?;
    if item.get_type().is(object.get_type()) {
        return Err(ConversionError::new(format!("is {}; convert it to a plain Python value", type_name(object))));
    }
    match shortest_float(object, &item) {
        Some(float) => convert_float(float, na),
        None => convert(&item, na, depth + 1),
    }
}

/// A float of fewer than 64 bits with the digits of its own text: 19.99, where `item` gives 19.989999771118164.
fn shortest_float(object: &Bound<'_, PyAny>, item: &Bound<'_, PyAny>) -> Option<f64> {
    let is_narrow = item.is_instance_of::<PyFloat>() && object.getattr("itemsize").ok()?.extract::<usize>().ok()? < 8;
    if is_narrow { object.str().ok()?.to_str().ok()?.parse().ok() } else { None }
}

/// A datetime64 as a Python date or datetime, if it is in their range.
fn convert_numpy_datetime(object: &Bound<'_, PyAny>, na: NaPolicy, depth: usize) -> Converted {
    let unreadable = |error: PyErr| ConversionError::new(error.to_string());
    // NaT is the one value that differs from itself.
    if object.ne(object).map_err(unreadable)? {
        return missing_value(na);
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
    convert(&item, na, depth + 1)
}

/// An aware datetime in UTC, `2026-01-31T12:00:00Z`; a naive one unchanged.
fn convert_datetime(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    let py = object.py();
    if object.getattr("tzinfo")?.is_none() {
        return Ok(Value::String(object.call_method0("isoformat")?.extract()?));
    }
    let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
    let text: String = object.call_method1("astimezone", (utc,))?.call_method0("isoformat")?.extract()?;
    Ok(Value::String(text.replace("+00:00", "Z")))
}

fn convert_by_method(object: &Bound<'_, PyAny>, method: &str) -> Converted {
    let text = object.call_method0(method).and_then(|text| text.extract::<String>());
    text.map(Value::String).map_err(|error| ConversionError::new(error.to_string()))
}

/// A decimal as plain digits, never converted to a float.
fn convert_decimal(object: &Bound<'_, PyAny>, na: NaPolicy) -> Converted {
    let is = |method: &str| object.call_method0(method).and_then(|result| result.is_truthy()).unwrap_or(false);
    if !is("is_finite") {
        return convert_float(if is("is_infinite") { f64::INFINITY } else { f64::NAN }, na);
    }
    let exponent: i64 = object.call_method0("adjusted").and_then(|exponent| exponent.extract()).unwrap_or(i64::MAX);
    if exponent.abs() > 1000 {
        return Err(ConversionError::new("is a Decimal of more than 1000 digits"));
    }
    let text = object.call_method1("__format__", ("f",)).and_then(|text| text.extract::<String>());
    text.map(Value::Decimal).map_err(|error| ConversionError::new(error.to_string()))
}

/// How messages describe an object: by its type, never by its content, which may be private.
fn type_name(object: &Bound<'_, PyAny>) -> String {
    let name = object.get_type().name().map(|name| name.to_string()).unwrap_or_else(|_| "object".to_owned());
    format!("of type {name}")
}

static DATETIME: Once<PyAny> = Once::new();
static DATE: Once<PyAny> = Once::new();
static UUID: Once<PyAny> = Once::new();
static DECIMAL: Once<PyAny> = Once::new();
static ENUM: Once<PyAny> = Once::new();

fn is_instance_cached(object: &Bound<'_, PyAny>, slot: &Once<PyAny>, module: &str, name: &str) -> bool {
    slot.import(object.py(), module, name).and_then(|class| object.is_instance(class)).unwrap_or(false)
}

/// Creates what PyO3 would create at the first use, under a lock that a fork may leave held.
pub fn create_types(py: Python<'_>) {
    PyMapping::type_object(py);
}
