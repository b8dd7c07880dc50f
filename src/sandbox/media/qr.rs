//! QR codes that a phone's camera reads.

use qrcode::{Color, EcLevel, QrCode};

use super::png;

/// White modules around the code, which readers need.
const MARGIN: usize = 4;
/// Pixels of a module.
const SCALE: usize = 4;

/// A code, as rows of dark and light modules with the margin around them.
#[derive(Debug)]
pub struct Code {
    side: usize,
    dark: Vec<bool>,
}

impl Code {
    /// The code of a text that is not longer than a code can be.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        Some(Self { side: code.width(), dark: code.into_colors().into_iter().map(|colour| colour == Color::Dark).collect() })
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = (MARGIN..MARGIN + self.side).contains(&x) && (MARGIN..MARGIN + self.side).contains(&y);
        inside && self.dark.get((y - MARGIN) * self.side + x - MARGIN).copied().unwrap_or_default()
    }

    fn whole(&self) -> usize {
        self.side + 2 * MARGIN
    }

    pub fn svg(&self) -> String {
        let whole = self.whole();
        let dark = (0..whole).flat_map(|y| (0..whole).map(move |x| (x, y))).filter(|(x, y)| self.is_dark(*x, *y));
        let path: String = dark.map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect();
        let pixels = whole * SCALE;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" viewBox=\"0 0 {whole} {whole}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/><path d=\"{path}\"/></svg>"
        )
    }

    pub fn png(&self) -> Vec<u8> {
        png::encode_black_and_white(self.whole() * SCALE, |x, y| self.is_dark(x / SCALE, y / SCALE))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_its_margin() {
        let code = Code::of("2@sandbox").unwrap();
        assert_eq!((code.side, code.whole()), (21, 29));
        let last = MARGIN + code.side - 1;
        for corner in [(MARGIN, MARGIN), (last, MARGIN), (MARGIN, last)] {
            assert!(code.is_dark(corner.0, corner.1));
        }
        assert!(!code.is_dark(MARGIN - 1, MARGIN) && !code.is_dark(last + 1, MARGIN));
        assert!(code.svg().contains("viewBox=\"0 0 29 29\"") && code.svg().contains("M4 4h1v1h-1z"));
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert!(Code::of(&"x".repeat(3000)).is_none());
    }
}
