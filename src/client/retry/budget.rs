//! The retry budget of a client. `docs/decisions/0005-retry-budget.md` explains why it is not tower's.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// Limits retries to a share of the calls, so that they cannot overload a failing service.
///
/// It starts with 20 tokens, so that a short script can retry. Deposits repay these first. If every call fails, the number
/// of retries is at most 20 or the deposited share of the calls, whichever is more.
#[derive(Debug)]
pub struct RetryBudget {
    /// Available tokens, in thousandths.
    balance: AtomicU32,
    /// Initial tokens that are not repaid yet, in thousandths.
    debt: AtomicU32,
}

/// Price of one retry.
const RETRY: u32 = 1000;
const INITIAL_TOKENS: u32 = 20 * RETRY;
const MAX_TOKENS: u32 = 100 * RETRY;

impl Default for RetryBudget {
    fn default() -> Self {
        Self { balance: AtomicU32::new(INITIAL_TOKENS), debt: AtomicU32::new(INITIAL_TOKENS) }
    }
}

impl RetryBudget {
    /// Deposits a fraction of a retry for a new call.
    pub fn deposit(&self, retries: f64) {
        let amount = (retries * f64::from(RETRY)) as u32;
        let repay = |debt: u32| (debt > 0).then(|| debt.saturating_sub(amount));
        if self.debt.fetch_update(Relaxed, Relaxed, repay).is_err() {
            let add = |balance: u32| Some(balance.saturating_add(amount).min(MAX_TOKENS));
            let _ = self.balance.fetch_update(Relaxed, Relaxed, add);
        }
    }

    /// Withdraws one retry; false if the balance is too low.
    pub fn withdraw(&self) -> bool {
        self.balance.fetch_update(Relaxed, Relaxed, |balance| balance.checked_sub(RETRY)).is_ok()
    }
}
