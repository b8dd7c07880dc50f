//! Decodes gzip as it arrives.

use std::io::{self, Write as _};

use bytes::{Buf as _, Bytes};
use flate2::write::GzDecoder;

/// The first byte of a member.
const MAGIC: u8 = 0x1f;
/// Decoded bytes that are returned at once: a compressed chunk can be a thousand times larger when it is decoded.
const OUTPUT_SIZE: usize = 64 * 1024;

/// A gzip file has one or more members, which are decoded one after the other. Other bytes after a member are ignored, as gzip
/// and other clients do.
#[derive(Debug)]
pub struct GzipDecoder {
    member: GzDecoder<Vec<u8>>,
    position: Position,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Start,
    InMember,
    BetweenMembers,
    AfterEnd,
}

impl GzipDecoder {
    /// A decoder at the start of a body; it accepts any number of gzip members.
    pub fn new() -> Self {
        Self { member: GzDecoder::new(Vec::new()), position: Position::Start }
    }

    /// Decodes a part of `input`, and removes it there.
    pub fn decode(&mut self, input: &mut Bytes) -> io::Result<Bytes> {
        while let Some(first) = input.first().copied().filter(|_| self.member.get_ref().len() < OUTPUT_SIZE) {
            let is_member = first == MAGIC || self.position != Position::BetweenMembers;
            if !is_member || self.position == Position::AfterEnd {
                self.position = Position::AfterEnd;
                input.clear();
                break;
            }
            self.position = Position::InMember;
            match self.member.write(input)? {
                0 => self.end_member()?,
                decoded => input.advance(decoded),
            }
        }
        if input.is_empty() && self.member.header().is_some() {
            self.member.flush()?;
        }
        Ok(std::mem::take(self.member.get_mut()).into())
    }

    /// Checks that the last member is complete.
    pub fn finish(&mut self) -> io::Result<()> {
        if self.position == Position::InMember { self.end_member() } else { Ok(()) }
    }

    fn end_member(&mut self) -> io::Result<()> {
        let member = std::mem::replace(&mut self.member, GzDecoder::new(Vec::new()));
        *self.member.get_mut() = member.finish()?;
        self.position = Position::BetweenMembers;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    fn compress(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn decode(content: &[u8], chunk: usize) -> io::Result<Vec<u8>> {
        let (mut decoder, mut decoded) = (GzipDecoder::new(), Vec::new());
        for part in content.chunks(chunk) {
            let mut part = Bytes::copy_from_slice(part);
            while !part.is_empty() {
                decoded.extend(decoder.decode(&mut part)?);
            }
        }
        decoder.finish()?;
        Ok(decoded)
    }

    #[test]
    fn decodes_every_member_in_chunks_of_any_size() {
        let large: Vec<u8> = (0..300_000_u32).map(|number| (number.wrapping_mul(number) >> 7) as u8).collect();
        for members in [vec![], vec![&b""[..]], vec![b"a"], vec![b"ab", b"", b"cd"], vec![&large, b"x", &large]] {
            let compressed: Vec<u8> = members.iter().flat_map(|member| compress(member)).collect();
            for chunk in [1, 7, 18, 1000, usize::MAX] {
                assert_eq!(decode(&compressed, chunk).unwrap(), members.concat(), "{chunk}");
                if !members.is_empty() {
                    assert_eq!(decode(&[&compressed, &b"\0\0garbage"[..]].concat(), chunk).unwrap(), members.concat());
                }
            }
        }
    }

    #[test]
    fn rejects_incomplete_members() {
        let compressed = [compress(b"first"), compress(b"second")].concat();
        let first = compress(b"first").len();
        for length in (1..compressed.len()).filter(|length| *length != first) {
            assert!(decode(compressed.get(..length).unwrap(), 5).is_err(), "{length} of {}", compressed.len());
        }
    }
}
