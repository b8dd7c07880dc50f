//! A buffer that returns items in the order of their indices, in whatever order they arrive.

use std::collections::VecDeque;

/// Holds each item until all items with a lower index have been popped.
#[derive(Debug)]
pub struct ReorderBuffer<T> {
    /// Index of the first slot; equals the number of slots popped so far.
    popped: usize,
    /// Number of filled slots before the first gap.
    ready: usize,
    slots: VecDeque<Option<T>>,
}

impl<T> Default for ReorderBuffer<T> {
    fn default() -> Self {
        Self { popped: 0, ready: 0, slots: VecDeque::new() }
    }
}

impl<T> ReorderBuffer<T> {
    /// Stores an item; an item whose slot was popped already is dropped.
    pub fn insert(&mut self, index: usize, item: T) {
        let Some(slot) = index.checked_sub(self.popped) else { return };
        if self.slots.len() <= slot {
            self.slots.resize_with(slot + 1, || None);
        }
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = Some(item);
        }
        while self.slots.get(self.ready).is_some_and(Option::is_some) {
            self.ready += 1;
        }
    }

    /// Number of items that can be popped.
    pub fn ready(&self) -> usize {
        self.ready
    }

    /// The next item, if it has arrived.
    pub fn pop(&mut self) -> Option<T> {
        self.ready = self.ready.checked_sub(1)?;
        self.popped += 1;
        self.slots.pop_front().flatten()
    }

    /// The next items that have arrived, at most `max`.
    pub fn pop_many(&mut self, max: usize) -> Vec<T> {
        let count = self.ready.min(max);
        (self.ready, self.popped) = (self.ready - count, self.popped + count);
        self.slots.drain(..count).flatten().collect()
    }

    /// All items in order, without the gaps. Items that arrive later are dropped. Used when a run is stopped.
    pub fn drain(&mut self) -> Vec<T> {
        self.ready = 0;
        self.popped += self.slots.len();
        self.slots.drain(..).flatten().collect()
    }

    /// Number of slots popped so far.
    pub fn popped(&self) -> usize {
        self.popped
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pops_in_index_order_for_any_arrival_order(
            arrival in (0..200_usize).prop_flat_map(|count| Just((0..count).collect::<Vec<_>>()).prop_shuffle()), step in 1..50_usize,
        ) {
            let mut buffer = ReorderBuffer::default();
            let mut popped = Vec::new();
            for index in &arrival {
                buffer.insert(*index, *index);
                popped.extend(buffer.pop_many(step));
            }
            while popped.len() < arrival.len() {
                prop_assert_eq!(buffer.ready(), arrival.len() - popped.len());
                popped.extend(buffer.pop());
            }
            prop_assert_eq!(popped, (0..arrival.len()).collect::<Vec<_>>());
        }

        #[test]
        fn drain_returns_each_item_once_and_in_order(
            arrival in Just((0..100_usize).collect::<Vec<_>>()).prop_shuffle(), completed in 0..100_usize, max in 0..50_usize,
        ) {
            let mut buffer = ReorderBuffer::default();
            let arrived = arrival.get(..completed).unwrap_or_default();
            for index in arrived {
                buffer.insert(*index, *index);
            }
            let mut popped = buffer.pop_many(max);
            popped.extend(buffer.drain());
            // Late items find their slots gone.
            for index in arrived {
                buffer.insert(*index, *index);
            }
            prop_assert!(buffer.drain().is_empty());
            let mut expected = arrived.to_vec();
            expected.sort_unstable();
            prop_assert_eq!(popped, expected);
        }
    }
}
