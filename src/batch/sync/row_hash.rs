//! Keyed hashes of rows. A journal stores them instead of phone numbers and texts. See docs/decisions/0020.

use ring::hmac;

/// Hashes contacts and values with the secret of a journal, so that only its owner can compute the hashes.
#[derive(Debug)]
pub struct RowHasher(hmac::Key);

impl RowHasher {
    /// Creates a hash that only the holder of `secret` can compute.
    pub fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The hash of a contact of a device.
    pub fn contact(&self, device: &str, contact: &str) -> i64 {
        self.hash([device.as_bytes(), contact.as_bytes()].into_iter())
    }

    /// The hash of keys and values in their order; never 0, which stands for nothing to write.
    pub fn values<'a>(&self, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> i64 {
        self.hash(pairs.flat_map(|(key, value)| [key.as_bytes(), value.as_bytes()]))
    }

    /// The hash of one value of a contact, given by its hash; never 0.
    pub fn pair(&self, contact: i64, key: &str, value: &str) -> i64 {
        self.hash([b"pair".as_slice(), &contact.to_le_bytes(), key.as_bytes(), value.as_bytes()].into_iter())
    }

    /// Hides the digits of a wid: only who knows the journal's secret and the contact can compute them again.
    pub fn mask(&self, contact: &str, digits: i64) -> i64 {
        digits ^ self.hash([b"resolved".as_slice(), contact.as_bytes()].into_iter())
    }

    fn hash<'a>(&self, parts: impl Iterator<Item = &'a [u8]>) -> i64 {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            // Prefixed with its length, so that no two lists of parts have the same encoding.
            context.update(&part.len().to_le_bytes());
            context.update(part);
        }
        let tag = context.sign();
        let hash = tag.as_ref().first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes));
        if hash == 0 { 1 } else { hash }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_rows_have_different_hashes() {
        let hasher = RowHasher::new(b"secret");
        let values = |pairs: &[(&'static str, &'static str)]| hasher.values(pairs.iter().copied());
        assert_eq!(values(&[("a", "b")]), values(&[("a", "b")]));
        assert_ne!(values(&[("a", "bc"), ("d", "")]), values(&[("a", "b"), ("cd", "")]));
        assert_ne!(values(&[("a", "b")]), values(&[("a", "b"), ("", "")]));
        assert_ne!(hasher.contact("1", "2"), hasher.contact("12", ""));
        assert_ne!(hasher.contact("1", "2"), RowHasher::new(b"other").contact("1", "2"));
        assert_eq!(hasher.pair(1, "a", "b"), hasher.pair(1, "a", "b"));
        assert_ne!(hasher.pair(1, "a", "b"), hasher.pair(2, "a", "b"));
        assert_ne!(hasher.pair(1, "a", "bc"), hasher.pair(1, "ab", "c"));
    }
}
