//! Builds Python objects from jiter's tokens. Faster than jiter's own builder; see `docs/decisions/0036-json-decoder.md`.

use jiter::{Jiter, Peek};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyString};

use crate::bridge::json::string_cache::{KeyCache, ValueCache};

/// jiter's own nesting limit, which also bounds the stack here.
const MAX_DEPTH: usize = 200;

/// Decodes `json`. `None` if it is not valid or out of memory; jiter's own builder then reports the reason.
pub fn decode<'py>(py: Python<'py>, json: &[u8]) -> Option<Bound<'py, PyAny>> {
    let (keys, values) = (KeyCache::lock(), ValueCache::for_body_len(json.len()));
    let mut decoder = Decoder { py, jiter: Jiter::new(json), keys, values, items: Vec::new() };
    let peek = decoder.jiter.peek().ok()?;
    let object = decoder.value(peek, 0)?;
    decoder.jiter.finish().ok()?;
    Some(object)
}

struct Decoder<'py, 'json> {
    py: Python<'py>,
    jiter: Jiter<'json>,
    keys: KeyCache,
    values: Option<ValueCache>,
    /// The items of all unfinished lists; those of the innermost list are last.
    items: Vec<Bound<'py, PyAny>>,
}

impl<'py> Decoder<'py, '_> {
    fn value(&mut self, peek: Peek, depth: usize) -> Option<Bound<'py, PyAny>> {
        let py = self.py;
        match peek {
            Peek::String => self.string().map(Bound::into_any),
            Peek::Object => self.object(depth),
            Peek::Array => self.list(depth),
            Peek::Null => self.jiter.known_null().ok().map(|()| py.None().into_bound(py)),
            Peek::True | Peek::False => {
                let value = self.jiter.known_bool(peek).ok()?;
                Some(PyBool::new(py, value).to_owned().into_any())
            }
            number => self.jiter.known_number(number).ok()?.into_pyobject(py).ok(),
        }
    }

    fn string(&mut self) -> Option<Bound<'py, PyString>> {
        let value = self.jiter.known_str().ok()?;
        Some(match &mut self.values {
            Some(cache) => cache.get(self.py, value),
            None => PyString::new(self.py, value),
        })
    }

    fn nested_value(&mut self, peek: Peek, depth: usize) -> Option<Bound<'py, PyAny>> {
        if depth < MAX_DEPTH { self.value(peek, depth + 1) } else { None }
    }

    fn object(&mut self, depth: usize) -> Option<Bound<'py, PyAny>> {
        let dict = PyDict::new(self.py);
        let mut next = self.jiter.known_object().ok()?.map(|key| self.keys.get(self.py, key));
        while let Some(key) = next {
            let peek = self.jiter.peek().ok()?;
            let value = self.nested_value(peek, depth)?;
            // SAFETY: live objects; the dict takes references of its own.
            if unsafe { ffi::PyDict_SetItem(dict.as_ptr(), key.as_ptr(), value.as_ptr()) } != 0 {
                drop(PyErr::take(self.py));
                return None;
            }
            next = self.jiter.next_key().ok()?.map(|key| self.keys.get(self.py, key));
        }
        Some(dict.into_any())
    }

    fn list(&mut self, depth: usize) -> Option<Bound<'py, PyAny>> {
        let start = self.items.len();
        let mut next = self.jiter.known_array().ok()?;
        while let Some(peek) = next {
            let item = self.nested_value(peek, depth)?;
            self.items.push(item);
            next = self.jiter.array_step().ok()?;
        }
        PyList::new(self.py, self.items.drain(start..)).ok().map(Bound::into_any)
    }
}
