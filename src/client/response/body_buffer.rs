//! The pieces of an answer, put together at its end.

use bytes::{Bytes, BytesMut};

/// Room for an answer that does not say how long it is; more is taken as it is needed.
const ROOM: usize = 1 << 20;

/// What has come of an answer. A piece is copied once, and once more at the end where the answer did not say its length: a
/// buffer that grows would be copied each time, and need room for both copies.
#[derive(Debug, Default)]
pub struct ChunkBuffer {
    full: Vec<BytesMut>,
    last: BytesMut,
    length: usize,
    /// What to take room for at first.
    expected: usize,
}

impl ChunkBuffer {
    /// For an answer of this length, where it says so.
    pub fn of(length: Option<u64>) -> Self {
        let expected = length.and_then(|length| usize::try_from(length).ok()).unwrap_or(ROOM);
        Self { expected, ..Self::default() }
    }

    pub fn len(&self) -> usize {
        self.length
    }

    pub fn add(&mut self, piece: &[u8]) {
        if self.last.len() + piece.len() > self.last.capacity() {
            let room = if self.length == 0 { self.expected } else { ROOM };
            self.full.push(std::mem::replace(&mut self.last, BytesMut::with_capacity(room.max(piece.len()))));
        }
        self.last.extend_from_slice(piece);
        self.length += piece.len();
    }

    pub fn whole(self) -> Bytes {
        if self.last.len() == self.length {
            return self.last.freeze();
        }
        let mut whole = BytesMut::with_capacity(self.length);
        // Each is let go of as soon as it is copied.
        for piece in self.full.into_iter().chain([self.last]) {
            whole.extend_from_slice(&piece);
        }
        whole.freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_any_size_make_the_whole() {
        for length in [None, Some(0), Some(3), Some(9)] {
            for sizes in [vec![], vec![3], vec![1, 2, 3], vec![ROOM - 1, 2, ROOM, 1], vec![0, 3 * ROOM, 5]] {
                let mut pieces = ChunkBuffer::of(length);
                let mut expected = Vec::new();
                for (number, size) in sizes.into_iter().enumerate() {
                    let piece = vec![number as u8; size];
                    pieces.add(&piece);
                    expected.extend(piece);
                }
                assert_eq!(pieces.len(), expected.len());
                assert_eq!(pieces.whole(), expected);
            }
        }
    }
}
