//! The pairing codes of a device: what a phone scans or types to connect it.

use crate::sandbox::state::blob_store::{base64, sha256_hex};

/// The current codes of one device. They are deterministic: each is a hash of the device, the rotation and the part.
#[derive(Debug)]
pub struct Pairing {
    device: String,
    rotations: u64,
    /// The phone number that the last code was requested for.
    pub phone: Option<String>,
}

impl Pairing {
    /// The first codes of a device.
    pub fn new(device: &str) -> Self {
        Self { device: device.to_owned(), rotations: 0, phone: None }
    }

    /// Replaces the current codes.
    pub fn rotate(&mut self) {
        self.rotations += 1;
    }

    /// The text of the QR code: four secrets, as long as those of a real code.
    pub fn text(&self) -> String {
        let parts = ["reference", "noise", "identity", "advertisement"].map(|part| base64(self.secret(part).as_bytes()));
        parts.join(",")
    }

    /// One part of the current codes: 32 hexadecimal digits.
    pub fn secret(&self, part: &str) -> String {
        let hash = sha256_hex(format!("{} {} {part}", self.device, self.rotations).as_bytes());
        hash.chars().take(32).collect()
    }
}
