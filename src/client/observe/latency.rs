//! How long answers took: a histogram of fixed size however many there are. Only atomics, as calls of many workers are counted.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Parts that each power of two is cut into, as a power of two: a bucket is at most a thirty-second of its value wide.
const PARTS: u32 = 5;
const BUCKETS: usize = 1024;
/// The longest time that has a bucket, in microseconds: 19 hours.
const LONGEST: u64 = (1 << 36) - 1;

/// The times from sending a request to the end of its answer, waiting for a turn left out.
#[derive(Debug)]
pub struct LatencyHistogram {
    /// By microseconds: those below 64 have a bucket each, after that a power of two has 32.
    buckets: [AtomicU64; BUCKETS],
    total: AtomicU64,
    longest: AtomicU64,
}

/// What was measured so far.
#[derive(Debug, Clone, PartialEq)]
pub struct HistogramSnapshot {
    /// All times added up, in seconds.
    pub total: f64,
    pub longest: f64,
    /// From, to (exclusive) and number, of those that are not empty.
    pub buckets: Vec<(f64, f64, u64)>,
}

impl Default for LatencyHistogram {
    fn default() -> Self {
        Self { buckets: [const { AtomicU64::new(0) }; BUCKETS], total: AtomicU64::new(0), longest: AtomicU64::new(0) }
    }
}

impl LatencyHistogram {
    pub fn add(&self, took: Duration) {
        let took = u64::try_from(took.as_micros()).unwrap_or(LONGEST).min(LONGEST);
        if let Some(bucket) = self.buckets.get(bucket_of(took)) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.total.fetch_add(took, Ordering::Relaxed);
        self.longest.fetch_max(took, Ordering::Relaxed);
    }

    pub fn measured(&self) -> HistogramSnapshot {
        let counts = self.buckets.iter().map(|bucket| bucket.load(Ordering::Relaxed)).enumerate();
        let filled = counts.filter(|(_, count)| *count > 0);
        HistogramSnapshot {
            total: seconds(self.total.load(Ordering::Relaxed)),
            longest: seconds(self.longest.load(Ordering::Relaxed)),
            buckets: filled.map(|(at, count)| (seconds(start_of(at)), seconds(start_of(at + 1)), count)).collect(),
        }
    }
}

fn bucket_of(took: u64) -> usize {
    let power = took.checked_ilog2().unwrap_or(0).max(PARTS);
    let part = took >> (power - PARTS);
    ((power - PARTS) << PARTS) as usize + part as usize
}

fn start_of(bucket: usize) -> u64 {
    let parts = 1 << PARTS;
    let shift = (bucket / parts).saturating_sub(1);
    ((bucket - shift * parts) as u64) << shift
}

fn seconds(microseconds: u64) -> f64 {
    Duration::from_micros(microseconds).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_bucket_holds_its_times_and_is_narrow(took in prop_oneof![0..200_u64, 0..=LONGEST]) {
            let bucket = bucket_of(took);
            let (from, to) = (start_of(bucket), start_of(bucket + 1));
            prop_assert!(bucket < BUCKETS && from <= took && took < to, "{took} in {bucket}: {from} to {to}");
            prop_assert!(to - from <= 1 + took / 32);
        }
    }

    #[test]
    fn nothing_is_lost_of_what_is_added() {
        let latencies = LatencyHistogram::default();
        for took in [Duration::ZERO, Duration::from_micros(3), Duration::from_secs(2), Duration::MAX] {
            latencies.add(took);
        }
        let measured = latencies.measured();
        assert_eq!(measured.buckets.iter().map(|(_, _, count)| count).sum::<u64>(), 4);
        assert_eq!(measured.buckets.first(), Some(&(0.0, 1e-6, 1)));
        assert_eq!(measured.longest, seconds(LONGEST));
    }
}
