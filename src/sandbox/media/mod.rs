//! Binary content: images, QR codes, sample files, and multipart forms.

pub mod mime_types;
pub mod multipart;
pub mod png;
pub mod qr;
pub mod sample_files;

use std::hash::{DefaultHasher, Hash, Hasher};

/// Pixels per side.
const SIDE: usize = 40;
/// Squares per side.
const SQUARES: usize = 5;

/// A small PNG image, always the same for the same name.
pub fn placeholder_image(name: &str) -> Vec<u8> {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    let [red, green, blue, pattern @ ..] = hasher.finish().to_le_bytes();
    let pattern = pattern.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    png::encode_rgb(SIDE, |x, y| {
        let (column, row) = (x * SQUARES / SIDE, y * SQUARES / SIDE);
        // The right half mirrors the left half.
        let square = row * SQUARES + column.min(SQUARES - 1 - column);
        if pattern >> square & 1 == 1 { [red, green, blue] } else { [240; 3] }
    })
}
