//! A histogram of response times. Its size is fixed, and it uses atomics only, because many workers record into it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Sub-buckets of each power of two, as a power of two: a bucket is at most 1/32 of its value wide.
const SUB_BUCKET_BITS: u32 = 5;
const BUCKETS: usize = 1024;
/// The longest time that has a bucket, in microseconds: 19 hours.
const MAX_VALUE: u64 = (1 << 36) - 1;

/// Times from sending a request to the end of its response, without waiting for permits.
#[derive(Debug)]
pub struct LatencyHistogram {
    /// By microseconds: one bucket for each value below 64, then 32 buckets for each power of two.
    buckets: [AtomicU64; BUCKETS],
    total: AtomicU64,
    max: AtomicU64,
}

/// The state of a histogram at one point in time.
#[derive(Debug, Clone, PartialEq)]
pub struct HistogramSnapshot {
    /// Sum of all times, in seconds.
    pub total: f64,
    pub max: f64,
    /// Lower bound, upper bound (exclusive) and count of each bucket that is not empty.
    pub buckets: Vec<(f64, f64, u64)>,
}

impl Default for LatencyHistogram {
    fn default() -> Self {
        Self { buckets: [const { AtomicU64::new(0) }; BUCKETS], total: AtomicU64::new(0), max: AtomicU64::new(0) }
    }
}

impl LatencyHistogram {
    /// Records a time; one over 19 hours counts as 19 hours.
    pub fn record(&self, elapsed: Duration) {
        let value = u64::try_from(elapsed.as_micros()).unwrap_or(MAX_VALUE).min(MAX_VALUE);
        if let Some(bucket) = self.buckets.get(bucket_index(value)) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.total.fetch_add(value, Ordering::Relaxed);
        self.max.fetch_max(value, Ordering::Relaxed);
    }

    /// A copy of the counts, without empty buckets; seconds.
    pub fn snapshot(&self) -> HistogramSnapshot {
        let counts = self.buckets.iter().map(|bucket| bucket.load(Ordering::Relaxed)).enumerate();
        let bucket = |(index, count)| (as_seconds(lower_bound(index)), as_seconds(lower_bound(index + 1)), count);
        HistogramSnapshot {
            total: as_seconds(self.total.load(Ordering::Relaxed)),
            max: as_seconds(self.max.load(Ordering::Relaxed)),
            buckets: counts.filter(|(_, count)| *count > 0).map(bucket).collect(),
        }
    }
}

fn bucket_index(value: u64) -> usize {
    let power = value.checked_ilog2().unwrap_or(0).max(SUB_BUCKET_BITS);
    let sub_bucket = value >> (power - SUB_BUCKET_BITS);
    ((power - SUB_BUCKET_BITS) << SUB_BUCKET_BITS) as usize + sub_bucket as usize
}

fn lower_bound(index: usize) -> u64 {
    let sub_buckets = 1 << SUB_BUCKET_BITS;
    let shift = (index / sub_buckets).saturating_sub(1);
    ((index - shift * sub_buckets) as u64) << shift
}

fn as_seconds(microseconds: u64) -> f64 {
    Duration::from_micros(microseconds).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn buckets_are_narrow_and_contain_their_values(value in prop_oneof![0..200_u64, 0..=MAX_VALUE]) {
            let index = bucket_index(value);
            let (lower, upper) = (lower_bound(index), lower_bound(index + 1));
            prop_assert!(index < BUCKETS && lower <= value && value < upper, "{value} in {index}: {lower} to {upper}");
            prop_assert!(upper - lower <= 1 + value / 32);
        }
    }

    #[test]
    fn counts_every_recorded_time() {
        let histogram = LatencyHistogram::default();
        for elapsed in [Duration::ZERO, Duration::from_micros(3), Duration::from_secs(2), Duration::MAX] {
            histogram.record(elapsed);
        }
        let snapshot = histogram.snapshot();
        assert_eq!(snapshot.buckets.iter().map(|(_, _, count)| count).sum::<u64>(), 4);
        assert_eq!(snapshot.buckets.first(), Some(&(0.0, 1e-6, 1)));
        assert_eq!(snapshot.max, as_seconds(MAX_VALUE));
    }
}
