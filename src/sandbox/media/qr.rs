//! QR codes as SVG and PNG.

use qrcode::{Color, EcLevel, QrCode};

use super::png;

/// Width of the quiet zone, in modules.
const QUIET_ZONE: usize = 4;
/// Pixels per module.
const SCALE: usize = 4;

/// A QR code as rows of modules, without the quiet zone.
#[derive(Debug)]
pub struct QrImage {
    side: usize,
    dark: Vec<bool>,
}

impl QrImage {
    /// Encodes a text; none if it is too long.
    pub fn encode(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        Some(Self { side: code.width(), dark: code.into_colors().into_iter().map(|color| color == Color::Dark).collect() })
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = (QUIET_ZONE..QUIET_ZONE + self.side).contains(&x) && (QUIET_ZONE..QUIET_ZONE + self.side).contains(&y);
        inside && self.dark.get((y - QUIET_ZONE) * self.side + x - QUIET_ZONE).copied().unwrap_or_default()
    }

    fn width(&self) -> usize {
        self.side + 2 * QUIET_ZONE
    }

    /// The code as an SVG image.
    pub fn svg(&self) -> String {
        let width = self.width();
        let dark = (0..width).flat_map(|y| (0..width).map(move |x| (x, y))).filter(|(x, y)| self.is_dark(*x, *y));
        let path: String = dark.map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect();
        let pixels = width * SCALE;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" viewBox=\"0 0 {width} {width}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{width}v{width}H0z\"/><path d=\"{path}\"/></svg>"
        )
    }

    /// The code as a PNG image.
    pub fn png(&self) -> Vec<u8> {
        png::encode_black_and_white(self.width() * SCALE, |x, y| self.is_dark(x / SCALE, y / SCALE))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn draws_three_corners_and_the_quiet_zone() {
        let code = QrImage::encode("2@sandbox").unwrap();
        assert_eq!((code.side, code.width()), (21, 29));
        let last = QUIET_ZONE + code.side - 1;
        for corner in [(QUIET_ZONE, QUIET_ZONE), (last, QUIET_ZONE), (QUIET_ZONE, last)] {
            assert!(code.is_dark(corner.0, corner.1));
        }
        assert!(!code.is_dark(QUIET_ZONE - 1, QUIET_ZONE) && !code.is_dark(last + 1, QUIET_ZONE));
        assert!(code.svg().contains("viewBox=\"0 0 29 29\"") && code.svg().contains("M4 4h1v1h-1z"));
    }

    #[test]
    fn rejects_a_text_that_is_too_long() {
        assert!(QrImage::encode(&"x".repeat(3000)).is_none());
    }
}
