//! Texts that come again and again, kept as Python objects in small tables, each text in the one place that its ends and
//! its length say.

use std::sync::{Mutex, MutexGuard};

use pyo3::prelude::*;
use pyo3::types::PyString;

/// Longer texts are not kept.
const LENGTH: usize = 30;

struct Entry {
    length: u8,
    bytes: [u8; LENGTH],
    text: Py<PyString>,
}

/// Texts by their place, of which there are 2 to the power of `BITS`.
struct Table<const BITS: u32> {
    entries: Vec<Option<Entry>>,
}

impl<const BITS: u32> Table<BITS> {
    const fn empty() -> Self {
        Self { entries: Vec::new() }
    }

    /// The text's entry, if it may have one: empty, its own, or another text's.
    fn entry(&mut self, text: &str) -> Option<&mut Option<Entry>> {
        if text.len() > LENGTH {
            return None;
        }
        if self.entries.is_empty() {
            self.entries.resize_with(1 << BITS, || None);
        }
        self.entries.get_mut(place::<BITS>(text.as_bytes()))
    }
}

impl Entry {
    fn is(&self, text: &str) -> bool {
        usize::from(self.length) == text.len() && self.bytes.get(..text.len()) == Some(text.as_bytes())
    }

    fn of(text: &str, object: &Bound<'_, PyString>) -> Self {
        let mut bytes = [0; LENGTH];
        for (to, from) in bytes.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        Self { length: text.len() as u8, bytes, text: object.clone().unbind() }
    }
}

/// Where a text is kept: a multiplication spreads its first and last bytes and its length.
fn place<const BITS: u32>(text: &[u8]) -> usize {
    let end = |bytes: Option<&[u8; 8]>| bytes.map(|bytes| u64::from_le_bytes(*bytes));
    let (first, last) = match (end(text.first_chunk()), end(text.last_chunk())) {
        (Some(first), Some(last)) => (first, last),
        _ => (text.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
    };
    let mixed = (first ^ last.rotate_left(29) ^ text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (64 - BITS)) as usize
}

const KEY_BITS: u32 = 9;
const VALUE_BITS: u32 = 10;

/// Keys, from answer to answer: what the service calls its fields.
pub struct Keys {
    /// `None` while another thread of an interpreter without a global lock has them.
    table: Option<MutexGuard<'static, Table<KEY_BITS>>>,
}

impl Keys {
    /// Locked while an answer is built, which is with the GIL held, so never at the moment of a fork.
    pub fn lock() -> Self {
        static KEYS: Mutex<Table<KEY_BITS>> = Mutex::new(Table::empty());
        Self { table: KEYS.try_lock().ok() }
    }

    pub fn get<'py>(&mut self, py: Python<'py>, key: &str) -> Bound<'py, PyString> {
        let Some(entry) = self.table.as_mut().and_then(|table| table.entry(key)) else { return PyString::new(py, key) };
        if let Some(known) = entry.as_ref().filter(|known| known.is(key)) {
            return known.text.bind(py).clone();
        }
        // Interned, as the names in a program are: a lookup then compares addresses.
        let made = PyString::intern(py, key);
        *entry = Some(Entry::of(key, &made));
        made
    }
}

/// Values, within one long answer: nothing of what a customer is called stays behind.
pub struct Values {
    table: Table<VALUE_BITS>,
    looked_up: u32,
    found: u32,
}

/// In a shorter answer there is little to be found.
const LONG: usize = 16 * 1024;
/// After so many lookups it shows whether they pay, which they do if one of four finds something.
const TRIED: u32 = 2_000;

impl Values {
    pub fn worth_it(json: usize) -> Option<Self> {
        (json >= LONG).then(|| Self { table: Table::empty(), looked_up: 0, found: 0 })
    }

    pub fn get<'py>(&mut self, py: Python<'py>, value: &str) -> Bound<'py, PyString> {
        if self.looked_up >= TRIED && self.found < self.looked_up / 4 {
            return PyString::new(py, value);
        }
        let Some(entry) = self.table.entry(value) else { return PyString::new(py, value) };
        self.looked_up += 1;
        if let Some(known) = entry.as_ref().filter(|known| known.is(value)) {
            self.found += 1;
            return known.text.bind(py).clone();
        }
        let made = PyString::new(py, value);
        *entry = Some(Entry::of(value, &made));
        made
    }
}
