//! Rows as two numbers: whom one is written to, and what. A journal keeps these instead of phone numbers and texts.

use ring::hmac;

/// Names contacts and values by numbers that only who has the journal's secret can work out.
#[derive(Debug)]
pub struct RowHasher(hmac::Key);

impl RowHasher {
    pub fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    pub fn contact(&self, device: &str, contact: &str) -> i64 {
        self.of([device.as_bytes(), contact.as_bytes()].into_iter())
    }

    /// Of the keys and values in their order; never 0, which stands for nothing to write.
    pub fn values<'a>(&self, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> i64 {
        self.of(pairs.flat_map(|(key, value)| [key.as_bytes(), value.as_bytes()]))
    }

    fn of<'a>(&self, parts: impl Iterator<Item = &'a [u8]>) -> i64 {
        let mut signing = hmac::Context::with_key(&self.0);
        for part in parts {
            // The length first, so that no two lists of parts are one text.
            signing.update(&part.len().to_le_bytes());
            signing.update(part);
        }
        let tag = signing.sign();
        let first = tag.as_ref().first_chunk().map_or(0, |eight| i64::from_le_bytes(*eight));
        if first == 0 { 1 } else { first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_has_another_number() {
        let ours = RowHasher::new(b"secret");
        let values = |pairs: &[(&'static str, &'static str)]| ours.values(pairs.iter().copied());
        assert_eq!(values(&[("a", "b")]), values(&[("a", "b")]));
        assert_ne!(values(&[("a", "bc"), ("d", "")]), values(&[("a", "b"), ("cd", "")]));
        assert_ne!(values(&[("a", "b")]), values(&[("a", "b"), ("", "")]));
        assert_ne!(ours.contact("1", "2"), ours.contact("12", ""));
        assert_ne!(ours.contact("1", "2"), RowHasher::new(b"other").contact("1", "2"));
    }
}
