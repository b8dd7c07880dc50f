//! PNG files of square pictures.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};

/// Encodes a black and white picture; `is_dark` returns whether a pixel is black.
pub fn encode_black_and_white(side: usize, is_dark: impl Fn(usize, usize) -> bool) -> Vec<u8> {
    let light_bits = |y: usize, byte: usize| (0..8).fold(0, |bits, bit| bits << 1 | u8::from(!is_dark(byte * 8 + bit, y)));
    let pixels: Vec<u8> =
        (0..side).flat_map(|y| (0..side.div_ceil(8)).map(move |byte| (y, byte))).map(|(y, byte)| light_bits(y, byte)).collect();
    encode(side, ColorType::Grayscale, BitDepth::One, &pixels)
}

/// Encodes a picture of RGB pixels.
pub fn encode_rgb(side: usize, color: impl Fn(usize, usize) -> [u8; 3]) -> Vec<u8> {
    let pixels: Vec<u8> = (0..side * side).flat_map(|index| color(index % side, index / side)).collect();
    encode(side, ColorType::Rgb, BitDepth::Eight, &pixels)
}

fn encode(side: usize, color: ColorType, depth: BitDepth, pixels: &[u8]) -> Vec<u8> {
    // Writing pixels of the right number to memory cannot fail.
    try_encode(u32::try_from(side).unwrap_or_default(), color, depth, pixels).unwrap_or_default()
}

fn try_encode(side: u32, color: ColorType, depth: BitDepth, pixels: &[u8]) -> Result<Vec<u8>, EncodingError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, side, side);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use std::io::Cursor;

    use super::*;

    fn decode(file: Vec<u8>) -> Vec<u8> {
        let mut reader = png::Decoder::new(Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    }

    #[test]
    fn rgb_pixels_are_in_row_order() {
        let color = |x: usize, y: usize| [u8::try_from(x).unwrap(), u8::try_from(y).unwrap(), 7];
        assert_eq!(decode(encode_rgb(2, color)), [0, 0, 7, 1, 0, 7, 0, 1, 7, 1, 1, 7]);
    }
}
