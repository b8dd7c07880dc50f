//! What connects a device: the code that a phone scans or types.

use crate::sandbox::state::blob_store::{base64, sha2};

/// The codes of one device.
#[derive(Debug)]
pub struct Pairing {
    device: String,
    /// How often there were new codes.
    renewed: u64,
    /// The number for which a code was asked.
    pub phone: Option<String>,
}

impl Pairing {
    pub fn of(device: &str) -> Self {
        Self { device: device.to_owned(), renewed: 0, phone: None }
    }

    /// From now on there is another code.
    pub fn renew(&mut self) {
        self.renewed += 1;
    }

    /// What the QR code says: four secrets, as long as those of a real code.
    pub fn text(&self) -> String {
        let parts = ["reference", "noise", "identity", "advertisement"].map(|part| base64(self.secret(part).as_bytes()));
        parts.join(",")
    }

    /// The same in every run that does the same.
    pub fn secret(&self, part: &str) -> String {
        let sum = sha2(format!("{} {} {part}", self.device, self.renewed).as_bytes());
        sum.chars().take(32).collect()
    }
}
