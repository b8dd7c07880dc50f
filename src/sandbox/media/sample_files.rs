//! Minimal valid files.

/// Number of samples, 8 bits each at 8000 Hz.
const SAMPLES: u32 = 800;

/// One page with a line of text.
pub fn pdf(title: &str) -> Vec<u8> {
    let title: String =
        title.chars().filter(|character| character.is_ascii() && !matches!(character, '(' | ')' | '\\')).collect();
    let text = format!("BT /F1 24 Tf 20 60 Td ({title}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 150]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let (mut out, mut table) = (String::from("%PDF-1.4\n"), String::from("0000000000 65535 f \n"));
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{number} 0 obj{object}endobj\n"));
    }
    let (count, start) = (objects.len() + 1, out.len());
    out.push_str(&format!("xref\n0 {count}\n{table}trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}

/// A tenth of a second of silence.
pub fn wav() -> Vec<u8> {
    let mut out = b"RIFF".to_vec();
    out.extend((36 + SAMPLES).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    // Sample rate and byte rate; then block size and bits per sample.
    out.extend(8000_u32.to_le_bytes());
    out.extend(8000_u32.to_le_bytes());
    out.extend(b"\x01\0\x08\0data");
    out.extend(SAMPLES.to_le_bytes());
    out.extend(std::iter::repeat_n(0x80, SAMPLES as usize));
    out
}
