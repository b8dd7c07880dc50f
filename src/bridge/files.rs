//! Files between Python and the core: paths, bytes and open files on their way out, progress on both ways.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::bridge::extract::ConversionError;
use crate::client::Value;
use crate::client::request::multipart::{BytesSource, FileSource, Progress, Upload, UploadSource};

/// The file that a Python object stands for: a path, bytes, or an object with `read`.
pub fn file(object: &Bound<'_, PyAny>) -> Result<Value, ConversionError> {
    if object.is_none() {
        return Ok(Value::Null);
    }
    let refused = |problem: String| ConversionError { path: String::new(), problem };
    if let Ok(bytes) = object.cast::<PyBytes>() {
        let content = BytesSource(Bytes::copy_from_slice(bytes.as_bytes()));
        return Ok(upload("file".to_owned(), content));
    }
    if object.is_instance_of::<PyString>() || object.hasattr("__fspath__").unwrap_or(false) {
        let path: PathBuf = object.extract().map_err(|_| refused("is no path".to_owned()))?;
        let content = FileSource::new(&path)
            .map_err(|error| refused(format!("names {}, which cannot be read: {error}", path.display())))?;
        return Ok(upload(base_name(&path), content));
    }
    if object.hasattr("encoding").unwrap_or(false) {
        return Err(refused("is open as text; open it in binary mode: open(path, \"rb\")".to_owned()));
    }
    if object.hasattr("read").unwrap_or(false) {
        let content = OpenFile::new(object).map_err(|error| refused(format!("cannot be read: {error}")))?;
        return Ok(upload(open_file_name(object), content));
    }
    let kind = object.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    Err(refused(format!("is of type {kind}; pass a path, bytes, or a file opened with open(path, \"rb\")")))
}

fn upload(filename: String, content: impl UploadSource + 'static) -> Value {
    Value::File(Upload { filename, content: Arc::new(content) })
}

fn base_name(path: &Path) -> String {
    path.file_name().map_or_else(|| "file".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn open_file_name(object: &Bound<'_, PyAny>) -> String {
    let name = object.getattr("name").and_then(|name| name.extract::<String>());
    name.map_or_else(|_| "file".to_owned(), |name| base_name(Path::new(&name)))
}

/// An open file, read through Python from where it stands.
#[derive(Debug)]
struct OpenFile {
    object: Py<PyAny>,
    /// Where the content begins and how long it is, of a file that can be wound back.
    span: Option<(u64, u64)>,
}

impl OpenFile {
    fn new(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { object: object.clone().unbind(), span: span(object).ok() })
    }
}

/// Position and remaining length.
fn span(object: &Bound<'_, PyAny>) -> PyResult<(u64, u64)> {
    let start: u64 = object.call_method0("tell")?.extract()?;
    let end: u64 = object.call_method1("seek", (0, 2))?.extract()?;
    object.call_method1("seek", (start,))?;
    Ok((start, end.saturating_sub(start)))
}

impl UploadSource for OpenFile {
    fn size(&self) -> Option<u64> {
        self.span.map(|(_, length)| length)
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let object = attached(|py| {
            if let Some((start, _)) = self.span {
                self.object.bind(py).call_method1("seek", (start,))?;
            }
            Ok(self.object.clone_ref(py))
        })?;
        Ok(Box::new(Reader { object, rest: Vec::new() }))
    }
}

/// Reads an open file piece by piece; only reading holds the GIL.
struct Reader {
    object: Py<PyAny>,
    /// What a `read` brought beyond what was asked for.
    rest: Vec<u8>,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            self.rest = attached(|py| {
                let piece = self.object.bind(py).call_method1("read", (buffer.len(),))?;
                let bytes = piece.cast::<PyBytes>().map_err(|_| {
                    pyo3::exceptions::PyTypeError::new_err("read() gives text: open the file in binary mode, open(path, \"rb\")")
                })?;
                Ok(bytes.as_bytes().to_vec())
            })?;
        }
        let taken = self.rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..taken), self.rest.get(..taken)) {
            to.copy_from_slice(from);
        }
        self.rest.drain(..taken);
        Ok(taken)
    }
}

fn attached<T>(act: impl FnOnce(Python<'_>) -> PyResult<T>) -> io::Result<T> {
    let done = Python::try_attach(|py| act(py).map_err(|error| io::Error::other(error.to_string())));
    done.unwrap_or_else(|| Err(io::Error::other("the interpreter is shutting down")))
}

/// A Python callable that is told how many bytes have gone over.
#[derive(Debug)]
pub struct Callback(pub Py<PyAny>);

impl Progress for Callback {
    /// Called from another thread than the caller's. What it raises is shown and does not end the transfer.
    fn report(&self, done: u64, total: Option<u64>) {
        Python::try_attach(|py| {
            let callback = self.0.bind(py);
            if let Err(error) = callback.call1((done, total)) {
                error.write_unraisable(py, Some(callback));
            }
        });
    }
}
