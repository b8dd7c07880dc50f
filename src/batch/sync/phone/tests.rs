#![allow(clippy::unwrap_used)]

use crate::batch::sync::phone::*;
use proptest::prelude::*;

fn text(phone: &str) -> Value {
    Value::String(phone.to_owned())
}

fn wid_or_error(phone: &str, code: Option<&str>) -> String {
    contact_wid(&text(phone), code).unwrap_or_else(|error| format!("invalid: {}", error.message))
}

fn error_of(cell: &Value, code: Option<&str>) -> String {
    contact_wid(cell, code).unwrap_err().message
}

#[test]
fn international_formats_give_the_same_wid() {
    let formats = [
        "+447362053576",
        "+44 7362 053576",
        "0044 7362 053576",
        "(+44) 7362-053576",
        "+44 (0)7362 053576",
        "+44 [0] 7362.053576",
        "+44\u{a0}7362\u{202f}053576",
        "'+447362053576",
        "=\"+447362053576\"",
        "tel:+44-7362-053576",
        "WhatsApp:+447362053576",
        "\u{202a}+44 7362 053576\u{202c}",
        "+44/7362/053576",
        "+44\u{2013}7362\u{2011}053576",
        "447362053576",
        "447362053576.0",
        "\u{ff0b}\u{ff14}\u{ff14}7362053576",
        "+0044 7362 053576",
        " 447362053576@C.US ",
        "447362053576:12@s.whatsapp.net",
    ];
    for format in formats {
        assert_eq!(wid_or_error(format, None), "447362053576@c.us", "{format:?}");
        assert_eq!(wid_or_error(format, Some("44")), "447362053576@c.us", "{format:?} with a country code");
    }
}

#[test]
fn national_numbers_get_the_country_code() {
    let cases = [
        ("07362 053576", "44", "447362053576"),
        ("(0)7362 053576", "44", "447362053576"),
        ("7362053576", "44", "447362053576"),
        ("+44 07362 053576", "44", "447362053576"),
        ("06 1234 5678", "39", "390612345678"),
        ("+39 (06) 1234 5678", "39", "390612345678"),
        ("392 123 4567", "39", "393921234567"),
        ("07 08 09 10 11", "225", "2250708091011"),
        ("06 20 123 4567", "36", "36201234567"),
        ("8 (912) 345-67-89", "7", "79123456789"),
        ("800 345-67-89", "7", "78003456789"),
        ("(555) 123-4567", "1", "15551234567"),
        ("1 555 123 4567", "1", "15551234567"),
        ("011 44 7362 053576", "1", "447362053576"),
    ];
    for (phone, code, digits) in cases {
        assert_eq!(wid_or_error(phone, Some(code)), format!("{digits}@c.us"), "{phone:?} with {code}");
    }
}

#[test]
fn length_decides_if_digits_include_the_country_code() {
    let cases = [
        ("9123456789", "91", "919123456789"),
        ("919123456789", "91", "919123456789"),
        ("4512345678", "45", "4512345678"),
        ("45123456", "45", "4545123456"),
        ("55991234567", "55", "5555991234567"),
        ("5555991234567", "55", "5555991234567"),
        ("481234567", "48", "48481234567"),
        ("48481234567", "48", "48481234567"),
    ];
    for (phone, code, digits) in cases {
        assert_eq!(wid_or_error(phone, Some(code)), format!("{digits}@c.us"), "{phone:?} with {code}");
    }
}

#[test]
fn wids_other_than_phone_wids() {
    assert_eq!(wid_or_error("123456789012345678@lid", None), "123456789012345678@lid");
    for (wid, reason) in [
        ("120363012345678901@g.us", "is a group"),
        ("120363012345678901@newsletter", "is a channel"),
        ("status@broadcast", "is a broadcast list"),
        ("ada@example.com", "is not a wid"),
        ("ada@c.us", "is not a contact wid"),
    ] {
        let error = error_of(&text(wid), None);
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn damaged_cells_have_a_message_with_a_fix() {
    let cases = [
        ("", "empty"),
        (" \u{a0}' ", "empty"),
        ("4.47362E+11", "format the column as text"),
        ("4,47362e11", "format the column as text"),
        ("447362053576.5", "fraction"),
        ("07362 053576", "--country-code 44"),
        ("7362053576", "--country-code 44"),
        ("+44 7362 053576 ext 12", "letters"),
        ("+447362053576, +447362053577", "more than one number"),
        ("+447362053576 / +447362053577", "+ between digits"),
        ("#REF!", "'#'"),
        ("n/a", "letters"),
        ("+12345", "gives 5 digits"),
        ("+4473620535764473620535", "6 to 15"),
        ("+0 123 456 789", "begins with 0"),
    ];
    for (phone, part) in cases {
        let error = error_of(&text(phone), None);
        assert!(error.contains(part), "{phone:?}: {error}");
    }
}

#[test]
fn numeric_cells_are_valid_only_if_exact() {
    assert_eq!(contact_wid(&Value::Integer(447_362_053_576), None).unwrap(), "447362053576@c.us");
    assert_eq!(contact_wid(&Value::Float(447_362_053_576.0), None).unwrap(), "447362053576@c.us");
    assert_eq!(contact_wid(&Value::Decimal("447362053576".into()), None).unwrap(), "447362053576@c.us");
    for float in [447_362_053_576.5, 9_007_199_254_740_992.0, 4.5e300, f64::INFINITY, f64::NAN] {
        assert!(error_of(&Value::Float(float), None).contains("as text"), "{float}");
    }
    assert!(error_of(&Value::Bool(true), None).contains("a bool"));
    assert!(error_of(&Value::Null, None).contains("empty"));
    assert!(error_of(&Value::Integer(-447_362_053_576), Some("44")).contains("negative"));
}

#[test]
fn country_codes_have_one_to_three_digits() {
    for code in ["44", "+44", "0044", " 44 "] {
        assert_eq!(country_code(code).unwrap(), "44");
    }
    for code in ["GB", "", "0", "1684", "4 4"] {
        assert!(country_code(code).unwrap_err().contains("such as 44"), "{code:?}");
    }
}

/// A country code and a national number without its trunk zero, of an unambiguous length.
fn number() -> impl Strategy<Value = (String, String)> {
    (prop::sample::select(vec!["44", "49", "33", "353", "81", "61"]), "[2-9][0-9]{8}")
        .prop_map(|(code, rest)| (code.to_owned(), rest))
}

proptest! {
    #[test]
    fn any_text_gives_a_valid_wid_or_an_error(phone in "\\PC*|[-+0-9 ().@a-z:\u{a0}]{0,24}", code in "[1-9][0-9]{0,2}", has_code in any::<bool>()) {
        if let Ok(wid) = contact_wid(&text(&phone), has_code.then_some(code.as_str())) {
            prop_assert!(api::format("contact_wid").unwrap().is_match(&wid), "{}", wid);
            prop_assert_eq!(contact_wid(&text(&wid), None).unwrap(), wid);
        }
    }

    #[test]
    fn all_formats_of_a_number_give_the_same_wid((code, rest) in number(), cuts in prop::collection::vec((1_usize..8, "[ ./\u{a0}-]{1,2}"), 0..3)) {
        prop_assume!(!rest.starts_with(&code));
        let mut separated = rest.clone();
        for (at, separator) in &cuts {
            if separated.is_char_boundary(*at) {
                separated.insert_str(*at, separator);
            }
        }
        let expected = format!("{code}{rest}@c.us");
        let prefixed = [format!("+{code}{separated}"), format!("00{code} {separated}"), format!("(+{code}) {separated}"), format!("+{code} (0){separated}")];
        for format in prefixed {
            prop_assert_eq!(&wid_or_error(&format, None), &expected, "{}", format);
        }
        for format in [format!("0{separated}"), format!("(0){separated}"), separated.clone(), format!("{code}{rest}")] {
            prop_assert_eq!(&wid_or_error(&format, Some(&code)), &expected, "{}", format);
        }
    }
}
