//! PNG files, as far as the sandbox draws them: few pixels, no compression, so nothing but two checksums is needed.

/// The largest block that deflate takes as it is.
const BLOCK: usize = 65_535;

/// A grey picture of two tones: `dark` says which pixels are black.
pub fn black_and_white(size: usize, dark: impl Fn(usize, usize) -> bool) -> Vec<u8> {
    let row = |y: usize| {
        let bytes = (0..size.div_ceil(8)).map(|byte| (0..8).fold(0, |bits, bit| bits << 1 | u8::from(!dark(byte * 8 + bit, y))));
        std::iter::once(0).chain(bytes.collect::<Vec<u8>>()).collect::<Vec<u8>>()
    };
    picture(size, [1, 0], &(0..size).flat_map(row).collect::<Vec<u8>>())
}

/// A picture in colours.
pub fn coloured(size: usize, colour: impl Fn(usize, usize) -> [u8; 3]) -> Vec<u8> {
    let row = |y: usize| std::iter::once(0).chain((0..size).flat_map(|x| colour(x, y)).collect::<Vec<u8>>());
    picture(size, [8, 2], &(0..size).flat_map(row).collect::<Vec<u8>>())
}

/// A square picture of these rows; `form` is the depth in bits and the type of colour.
fn picture(size: usize, form: [u8; 2], rows: &[u8]) -> Vec<u8> {
    let side = u32::try_from(size).unwrap_or_default().to_be_bytes();
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, b"IHDR", &[&side[..], &side, &form, &[0, 0, 0]].concat());
    chunk(&mut out, b"IDAT", &stored(rows));
    chunk(&mut out, b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, kind: &[u8], data: &[u8]) {
    out.extend(u32::try_from(data.len()).unwrap_or_default().to_be_bytes());
    let named = [kind, data].concat();
    out.extend(&named);
    out.extend(cyclic_redundancy_check(&named).to_be_bytes());
}

/// The data as a zlib stream that does not compress.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let blocks = data.len().div_ceil(BLOCK);
    for (number, block) in (1..).zip(data.chunks(BLOCK)) {
        let length = u16::try_from(block.len()).unwrap_or_default();
        out.push(u8::from(number == blocks));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    out.extend(adler(data).to_be_bytes());
    out
}

fn cyclic_redundancy_check(data: &[u8]) -> u32 {
    let shifted = |sum: u32| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    !data.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| shifted(sum)))
}

fn adler(data: &[u8]) -> u32 {
    let add = |(a, b): (u32, u32), byte: &u8| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    };
    let (a, b) = data.iter().fold((1, 0), add);
    b << 16 | a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standards() {
        assert_eq!(cyclic_redundancy_check(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn rows_have_a_filter_byte_and_whole_bytes() {
        let picture = black_and_white(9, |x, y| x == y);
        // Header with signature, 9 rows of 1 + 2 bytes in one block, end.
        assert_eq!(picture.len(), 8 + 25 + (12 + 2 + 5 + 27 + 4) + 12);
        assert!(picture.windows(3).any(|row| row == [0, 0x7f, 0xff]));
    }
}
