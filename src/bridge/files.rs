//! Uploads from paths, bytes and file objects, and progress callbacks.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::bridge::extract::ConversionError;
use crate::bridge::once::Once;
use crate::client::Value;
use crate::client::request::multipart::{BytesSource, FileSource, Progress, Upload, UploadSource};
use crate::client::response::output::OutputTarget;

/// The file that an output at `path` replaces when it is complete; none if it is written into what is there.
#[pyfunction]
#[allow(clippy::needless_pass_by_value)] // extracted from Python
pub fn file_to_replace(py: Python<'_>, path: PathBuf) -> PyResult<Option<Bound<'_, PyAny>>> {
    match OutputTarget::of(&path)? {
        OutputTarget::Replace(target) => python_path(py, &target).map(Some),
        OutputTarget::WriteInto(_) => Ok(None),
    }
}

/// The `pathlib.Path` of a path.
pub fn python_path<'py>(py: Python<'py>, path: &Path) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: Once<PyAny> = Once::new();
    CLASS.import(py, "pathlib", "Path")?.call1((path.as_os_str(),))
}

/// The file to upload for a Python object: a path, bytes, or an object with `read`.
pub fn to_upload(object: &Bound<'_, PyAny>) -> Result<Value, ConversionError> {
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        let content = BytesSource(Bytes::copy_from_slice(bytes.as_bytes()));
        return Ok(upload("file".to_owned(), content));
    }
    if object.is_instance_of::<PyString>() || object.hasattr("__fspath__").unwrap_or(false) {
        let path: PathBuf = object.extract().map_err(|_| ConversionError::new("is not a valid path"))?;
        let content = FileSource::new(&path)
            .map_err(|error| ConversionError::new(format!("is the path {}, which cannot be read: {error}", path.display())))?;
        return Ok(upload(base_name(&path), content));
    }
    if object.hasattr("encoding").unwrap_or(false) {
        return Err(ConversionError::new("is open in text mode; open it in binary mode: open(path, \"rb\")"));
    }
    if object.hasattr("read").unwrap_or(false) {
        let content = PyFileSource::new(object);
        return Ok(upload(file_object_name(object), content));
    }
    let type_name = object.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    Err(ConversionError::new(format!("is of type {type_name}; pass a path, bytes, or a file opened with open(path, \"rb\")")))
}

fn upload(filename: String, content: impl UploadSource + 'static) -> Value {
    Value::File(Upload { filename, content: Arc::new(content) })
}

fn base_name(path: &Path) -> String {
    path.file_name().map_or_else(|| "file".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn file_object_name(object: &Bound<'_, PyAny>) -> String {
    let name = object.getattr("name").and_then(|name| name.extract::<String>());
    name.map_or_else(|_| "file".to_owned(), |name| base_name(Path::new(&name)))
}

/// A file object, read from its current position. See `docs/decisions/0037-file-objects.md`.
#[derive(Debug)]
struct PyFileSource {
    object: Py<PyAny>,
    /// Position and remaining length, if the file is seekable.
    range: Option<(u64, u64)>,
}

impl PyFileSource {
    fn new(object: &Bound<'_, PyAny>) -> Self {
        Self { object: object.clone().unbind(), range: seekable_range(object).ok() }
    }
}

fn seekable_range(object: &Bound<'_, PyAny>) -> PyResult<(u64, u64)> {
    let start: u64 = object.call_method0("tell")?.extract()?;
    let end: u64 = object.call_method1("seek", (0, 2))?.extract()?;
    object.call_method1("seek", (start,))?;
    Ok((start, end.saturating_sub(start)))
}

impl UploadSource for PyFileSource {
    fn size(&self) -> Option<u64> {
        self.range.map(|(_, length)| length)
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let object = with_gil(|py| {
            if let Some((start, _)) = self.range {
                self.object.bind(py).call_method1("seek", (start,))?;
            }
            Ok(self.object.clone_ref(py))
        })?;
        Ok(Box::new(PyFileReader { object, buffered: Bytes::new() }))
    }
}

/// Reads a file object chunk by chunk; holds the GIL only while it reads.
struct PyFileReader {
    object: Py<PyAny>,
    /// What `read` returned beyond the requested size.
    buffered: Bytes,
}

impl Read for PyFileReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.buffered.is_empty() {
            self.buffered = with_gil(|py| {
                let chunk = self.object.bind(py).call_method1("read", (buffer.len(),))?;
                let bytes = chunk.cast::<PyBytes>().map_err(|_| {
                    PyTypeError::new_err("read() did not return bytes; open the file in binary mode: open(path, \"rb\")")
                })?;
                Ok(Bytes::copy_from_slice(bytes.as_bytes()))
            })?;
        }
        let chunk = self.buffered.split_to(self.buffered.len().min(buffer.len()));
        (&*chunk).read(buffer)
    }
}

/// The exception of a file object.
pub struct FileObjectError {
    text: String,
    exception: PyErr,
}

impl FileObjectError {
    fn new(exception: PyErr) -> Self {
        Self { text: exception.to_string(), exception }
    }
}

// Without the exception, whose text needs the GIL.
impl fmt::Debug for FileObjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileObjectError({})", self.text)
    }
}

impl fmt::Display for FileObjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for FileObjectError {}

/// The exception that stopped the reading of a file: that of the file object, or an OSError.
pub fn read_exception(py: Python<'_>, error: &io::Error) -> PyErr {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<FileObjectError>()) {
        Some(error) => error.exception.clone_ref(py),
        None => error
            .raw_os_error()
            .map_or_else(|| io::Error::new(error.kind(), error.to_string()), io::Error::from_raw_os_error)
            .into(),
    }
}

fn with_gil<T>(act: impl FnOnce(Python<'_>) -> PyResult<T>) -> io::Result<T> {
    Python::try_attach(|py| act(py).map_err(|error| io::Error::other(FileObjectError::new(error))))
        .unwrap_or_else(|| Err(io::Error::other("the interpreter is shutting down")))
}

/// A Python callback for the progress of a transfer: bytes transferred, bytes in total or `None`.
#[derive(Debug)]
pub struct PyProgress(pub Py<PyAny>);

impl Progress for PyProgress {
    /// Runs on a thread of the runtime. An exception of the callback is reported as unraisable; the transfer continues.
    fn report(&self, done: u64, total: Option<u64>) {
        Python::try_attach(|py| {
            let callback = self.0.bind(py);
            if let Err(error) = callback.call1((done, total)) {
                error.write_unraisable(py, Some(callback));
            }
        });
    }
}
