//! Caches of short Python strings: keys for the process, values for one long response.

use std::sync::{Mutex, MutexGuard};

use pyo3::prelude::*;
use pyo3::types::PyString;

const MAX_CACHED_LEN: usize = 30;

struct Entry {
    len: u8,
    bytes: [u8; MAX_CACHED_LEN],
    object: Py<PyString>,
}

impl Entry {
    fn new(text: &str, object: &Bound<'_, PyString>) -> Self {
        let mut bytes = [0; MAX_CACHED_LEN];
        for (to, from) in bytes.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        Self { len: text.len() as u8, bytes, object: object.clone().unbind() }
    }

    fn matches(&self, text: &str) -> bool {
        usize::from(self.len) == text.len() && self.bytes.get(..text.len()) == Some(text.as_bytes())
    }
}

/// A cache with 2^`BITS` slots. A text is in the slot of its hash or in the one next to it: of 47 field names, six shared a slot
/// of 512 and evicted each other.
struct StringCache<const BITS: u32> {
    slots: Vec<Option<Entry>>,
}

impl<const BITS: u32> StringCache<BITS> {
    const fn new() -> Self {
        Self { slots: Vec::new() }
    }

    /// The string of a text and whether it was cached. A new one is created with `create` and cached, unless it is too
    /// long.
    fn get<'py>(
        &mut self,
        py: Python<'py>,
        text: &str,
        create: fn(Python<'py>, &str) -> Bound<'py, PyString>,
    ) -> (Bound<'py, PyString>, bool) {
        if text.len() > MAX_CACHED_LEN {
            return (PyString::new(py, text), false);
        }
        let index = slot_index::<BITS>(text.as_bytes());
        let entries = [index, index ^ 1].map(|index| self.slots.get(index).and_then(Option::as_ref));
        if let Some(entry) = entries.into_iter().flatten().find(|entry| entry.matches(text)) {
            return (entry.object.bind(py).clone(), true);
        }
        let object = create(py, text);
        self.insert(index, Entry::new(text, &object));
        (object, false)
    }

    /// The entry that had the slot moves to the one next to it.
    fn insert(&mut self, index: usize, entry: Entry) {
        if self.slots.is_empty() {
            self.slots.resize_with(1 << BITS, || None);
        }
        let previous = self.slots.get_mut(index).and_then(|slot| slot.replace(entry));
        if let Some((neighbor, previous)) = self.slots.get_mut(index ^ 1).zip(previous) {
            *neighbor = Some(previous);
        }
    }
}

/// Hashes the first and last eight bytes and the length.
fn slot_index<const BITS: u32>(text: &[u8]) -> usize {
    let word = |bytes: Option<&[u8; 8]>| bytes.map(|bytes| u64::from_le_bytes(*bytes));
    let (first, last) = match (word(text.first_chunk()), word(text.last_chunk())) {
        (Some(first), Some(last)) => (first, last),
        _ => (text.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
    };
    let hash = (first ^ last.rotate_left(29) ^ text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (hash >> (64 - BITS)) as usize
}

const KEY_BITS: u32 = 9;
const VALUE_BITS: u32 = 10;

/// The field names of all responses.
pub struct KeyCache {
    /// `None` while another thread of a free-threaded interpreter uses the cache: strings are then created without it.
    cache: Option<MutexGuard<'static, StringCache<KEY_BITS>>>,
}

impl KeyCache {
    /// Locked while a response is decoded, and never waited for: decoding calls the interpreter, which may run another thread.
    pub fn lock() -> Self {
        static KEYS: Mutex<StringCache<KEY_BITS>> = Mutex::new(StringCache::new());
        Self { cache: KEYS.try_lock().ok() }
    }

    /// The interned string of a key, from the cache if the key is short enough and was seen before.
    pub fn get<'py>(&mut self, py: Python<'py>, key: &str) -> Bound<'py, PyString> {
        match &mut self.cache {
            // Interned like the names in a program, so that dict lookups compare addresses.
            Some(cache) => cache.get(py, key, PyString::intern).0,
            None => PyString::new(py, key),
        }
    }
}

/// The values of one response. Dropped with it, so no customer data stays in memory.
pub struct ValueCache {
    cache: StringCache<VALUE_BITS>,
    lookups: u32,
    hits: u32,
}

/// Shorter responses repeat too few values.
const MIN_BODY_LEN: usize = 16 * 1024;
/// After this many lookups, the cache is used only if one of four is a hit.
const TRIAL_LOOKUPS: u32 = 2_000;

impl ValueCache {
    /// A cache for the values of one body; `None` for a body so short that a cache costs more than it saves.
    pub fn for_body_len(len: usize) -> Option<Self> {
        (len >= MIN_BODY_LEN).then(|| Self { cache: StringCache::new(), lookups: 0, hits: 0 })
    }

    /// The string of a value. The cache turns itself off if its first lookups rarely hit.
    pub fn get<'py>(&mut self, py: Python<'py>, value: &str) -> Bound<'py, PyString> {
        if self.lookups >= TRIAL_LOOKUPS && self.hits < self.lookups / 4 {
            return PyString::new(py, value);
        }
        let (object, is_hit) = self.cache.get(py, value, PyString::new);
        self.lookups += 1;
        self.hits += u32::from(is_hit);
        object
    }
}
