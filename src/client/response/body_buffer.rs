//! Collects the chunks of a response body.

use bytes::{Bytes, BytesMut};

/// Capacity of a buffer if the length of the body is unknown.
const BUFFER_SIZE: usize = 1 << 20;

/// Copies each chunk once, and once more at the end if the length was unknown. A single growing buffer would copy its content
/// on every growth and need memory for both copies.
#[derive(Debug, Default)]
pub struct ChunkBuffer {
    full: Vec<BytesMut>,
    current: BytesMut,
    length: usize,
    initial_capacity: usize,
}

impl ChunkBuffer {
    /// `length` is the expected length of the body.
    pub fn with_capacity_hint(length: Option<u64>) -> Self {
        let initial_capacity = length.and_then(|length| usize::try_from(length).ok()).unwrap_or(BUFFER_SIZE);
        Self { initial_capacity, ..Self::default() }
    }

    /// Number of bytes received.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Appends a chunk; a full buffer is kept, not copied.
    pub fn push(&mut self, chunk: &[u8]) {
        if self.current.len() + chunk.len() > self.current.capacity() {
            let capacity = if self.length == 0 { self.initial_capacity } else { BUFFER_SIZE };
            self.full.push(std::mem::replace(&mut self.current, BytesMut::with_capacity(capacity.max(chunk.len()))));
        }
        self.current.extend_from_slice(chunk);
        self.length += chunk.len();
    }

    /// Joins the buffers; a body that fits into one is not copied.
    pub fn into_bytes(self) -> Bytes {
        if self.current.len() == self.length {
            return self.current.freeze();
        }
        let mut body = BytesMut::with_capacity(self.length);
        // Each buffer is freed as soon as it is copied.
        for buffer in self.full.into_iter().chain([self.current]) {
            body.extend_from_slice(&buffer);
        }
        body.freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_chunks_of_any_size() {
        for length in [None, Some(0), Some(3), Some(9)] {
            for sizes in [vec![], vec![3], vec![1, 2, 3], vec![BUFFER_SIZE - 1, 2, BUFFER_SIZE, 1], vec![0, 3 * BUFFER_SIZE, 5]] {
                let mut buffer = ChunkBuffer::with_capacity_hint(length);
                let mut expected = Vec::new();
                for (index, size) in sizes.into_iter().enumerate() {
                    let chunk = vec![index as u8; size];
                    buffer.push(&chunk);
                    expected.extend(chunk);
                }
                assert_eq!(buffer.len(), expected.len());
                assert_eq!(buffer.into_bytes(), expected);
            }
        }
    }
}
