//! Python objects straight from the pieces that jiter reads.
//!
//! jiter's own way there asks a cache for each key by a strong hash, and makes each value anew. The documents of an API
//! have few keys, and a long answer has the same short values again and again, so both are worth a quicker look.

use jiter::{Jiter, JiterResult, Peek};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyString};

use crate::bridge::json::string_cache::{Keys, Values};

/// Values in values. jiter's own limit, which also bounds the stack here.
const DEPTH: usize = 200;

/// What the bytes are; `None` where they are not JSON, or Python has no room: jiter's own way then says what is wrong.
pub fn build<'py>(py: Python<'py>, json: &[u8]) -> Option<Bound<'py, PyAny>> {
    let mut builder =
        Builder { py, jiter: Jiter::new(json), keys: Keys::lock(), values: Values::worth_it(json.len()), items: Vec::new() };
    let first = read(builder.jiter.peek())?;
    let built = builder.value(first, 0)?;
    read(builder.jiter.finish())?;
    Some(built)
}

struct Builder<'py, 'json> {
    py: Python<'py>,
    jiter: Jiter<'json>,
    keys: Keys,
    values: Option<Values>,
    /// Items of the lists that are being read, the innermost's last.
    items: Vec<Bound<'py, PyAny>>,
}

fn read<T>(result: JiterResult<T>) -> Option<T> {
    result.ok()
}

impl<'py> Builder<'py, '_> {
    fn value(&mut self, peek: Peek, depth: usize) -> Option<Bound<'py, PyAny>> {
        let py = self.py;
        match peek {
            Peek::String => {
                let text = read(self.jiter.known_str())?;
                Some(
                    match &mut self.values {
                        Some(values) => values.get(py, text),
                        None => PyString::new(py, text),
                    }
                    .into_any(),
                )
            }
            Peek::Object => self.object(depth),
            Peek::Array => self.list(depth),
            Peek::Null => {
                read(self.jiter.known_null())?;
                Some(py.None().into_bound(py))
            }
            Peek::True | Peek::False => {
                let value = read(self.jiter.known_bool(peek))?;
                Some(PyBool::new(py, value).to_owned().into_any())
            }
            number => read(self.jiter.known_number(number))?.into_pyobject(py).ok(),
        }
    }

    /// A value in a list or an object.
    fn inner(&mut self, peek: Peek, depth: usize) -> Option<Bound<'py, PyAny>> {
        if depth < DEPTH { self.value(peek, depth + 1) } else { None }
    }

    fn object(&mut self, depth: usize) -> Option<Bound<'py, PyAny>> {
        let dict = PyDict::new(self.py);
        let mut next = read(self.jiter.known_object())?.map(|key| self.keys.get(self.py, key));
        while let Some(key) = next {
            let peek = read(self.jiter.peek())?;
            let value = self.inner(peek, depth)?;
            // SAFETY: live objects; the dict takes references of its own.
            if unsafe { ffi::PyDict_SetItem(dict.as_ptr(), key.as_ptr(), value.as_ptr()) } != 0 {
                drop(PyErr::take(self.py));
                return None;
            }
            next = read(self.jiter.next_key())?.map(|key| self.keys.get(self.py, key));
        }
        Some(dict.into_any())
    }

    fn list(&mut self, depth: usize) -> Option<Bound<'py, PyAny>> {
        let start = self.items.len();
        let mut next = read(self.jiter.known_array())?;
        while let Some(peek) = next {
            let item = self.inner(peek, depth)?;
            self.items.push(item);
            next = read(self.jiter.array_step())?;
        }
        PyList::new(self.py, self.items.drain(start..)).ok().map(Bound::into_any)
    }
}
