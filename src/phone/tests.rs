#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use crate::api;
use crate::phone::*;

fn settings(country: &str) -> PhoneSettings {
    let country = (!country.is_empty()).then(|| Country::parse(country).unwrap());
    PhoneSettings { country, ..PhoneSettings::default() }
}

/// The digits of the contact, or the reason of the error and its message.
fn read_with(text: &str, settings: &PhoneSettings) -> String {
    match contact_id(text, settings) {
        Ok(contact) => contact.wid.trim_end_matches("@c.us").to_owned(),
        Err(error) => format!("{}: {}", error.reason, error.message),
    }
}

fn read(text: &str, country: &str) -> String {
    read_with(text, &settings(country))
}

#[test]
fn spellings_of_a_number_give_the_same_wid() {
    let spellings = [
        "+447362053576",
        "+44 7362 053576",
        "0044 7362 053576",
        "(+44) 7362-053576",
        "+44 (0)7362 053576",
        "+44 [0] 7362.053576",
        "+44 07362 053576",
        "+44\u{a0}7362\u{202f}053576",
        "'+447362053576",
        "=\"+447362053576\"",
        "\"+447362053576\"",
        "tel:+44-7362-053576",
        "WhatsApp:+447362053576",
        "\u{202a}+44 7362 053576\u{202c}",
        "+44/7362/053576",
        "+44\u{2013}7362\u{2011}053576",
        "447362053576",
        "447362053576.0",
        "44 (0) 7362 053576",
        "\u{ff0b}\u{ff14}\u{ff14}7362053576",
        "+\u{664}\u{664}\u{e57}362053576",
        "+0044 7362 053576",
        "+44 7362 053576;",
        " 447362053576@C.US ",
        "447362053576:12@s.whatsapp.net",
    ];
    for text in spellings {
        for country in ["", "44", "GB"] {
            assert_eq!(read(text, country), "447362053576", "{text:?} in {country:?}");
        }
    }
}

#[test]
fn numbers_of_the_home_country() {
    let cases = [
        ("07362 053576", "44", "447362053576"),
        ("(0)7362 053576", "44", "447362053576"),
        ("7362053576", "44", "447362053576"),
        ("7362053576.0", "44", "447362053576"),
        ("06 1234 5678", "39", "390612345678"),
        ("+39 (06) 1234 5678", "39", "390612345678"),
        ("392 123 4567", "39", "393921234567"),
        ("07 08 09 10 11", "225", "2250708091011"),
        ("06 20 123 4567", "36", "36201234567"),
        ("8 (912) 345-67-89", "7", "79123456789"),
        ("800 345-67-89", "7", "78003456789"),
        ("(201) 555-0123", "1", "12015550123"),
        ("1 201 555 0123", "1", "12015550123"),
        ("011 44 7362 053576", "1", "447362053576"),
        ("9123456789", "91", "919123456789"),
        ("919123456789", "91", "919123456789"),
        ("11 96123-4567", "55", "5511961234567"),
        ("5511961234567", "55", "5511961234567"),
        ("4915112345678", "49", "4915112345678"),
        ("020.79460958", "44", "442079460958"),
        ("01481 723456", "GG", "441481723456"),
        ("723456", "GG", "441481723456"),
        ("464 1234", "AG", "12684641234"),
    ];
    for (text, country, digits) in cases {
        assert_eq!(read(text, country), digits, "{text:?} in {country}");
    }
}

#[test]
fn numbers_that_country_rules_change() {
    let cases = [
        ("+44 07400 123456", "", "447400123456"),
        ("0044 07400 123456", "", "447400123456"),
        ("44 (0) 7400 123456", "", "447400123456"),
        ("44 (0) 7400 123456", "44", "447400123456"),
        ("+229 01 95 12 34 56", "229", "2290195123456"),
        ("376312345", "376", "376312345"),
        ("8 029 491-19-11", "375", "375294911911"),
        ("8 66 123456", "993", "99366123456"),
        ("011 15-2345-6789", "54", "5491123456789"),
        ("044 55 5555 0123", "52", "525555550123"),
        ("001 44 7400 123456", "65", "447400123456"),
        ("010 1 201 555 0123", "81", "12015550123"),
        ("+7 (8) 912 555-01-23", "", "79125550123"),
    ];
    for (text, country, digits) in cases {
        assert_eq!(read(text, country), digits, "{text:?} in {country:?}");
    }
}

#[test]
fn refused_cells_have_a_message_with_a_fix() {
    let cases = [
        ("447400123456", "49", "ambiguous: \"447400123456\" may be +49447400123456 or +447400123456: write it with +"),
        ("5215555550123", "49", "may be +495215555550123 or +5215555550123"),
        ("33612345678", "49", "may be +4933612345678 or +33612345678"),
        ("12015550123", "44", "write it as +12015550123"),
        ("212345678", "39", "not a valid number of country code 39"),
        ("555-0123", "1", "not a valid number of country code 1"),
        // A valid German number of 16 digits with its country code; a wid has 15 at most.
        ("20100000000000", "49", "not a valid number of country code 49"),
        ("2026-11-28", "44", "a date"),
        ("28.11.2026", "45", "a date"),
        ("192.168.100.100", "", "an IP address"),
        ("100000000123", "", "not a valid number of country code 1"),
        ("555 0123\n555 0124", "1", "more than one number"),
        ("+9991234567890", "", "no country code"),
        ("+44 7400 123456 ext. 5", "", "extension: "),
        ("+44 7400 123456 x5", "44", "extension: "),
        ("+44 7400 123456 #5", "44", "extension: "),
        ("tel:+44-7400-123456;ext=5", "", "number"),
        ("", "", "empty"),
        (" \u{a0}' ", "", "empty"),
        ("--", "", "no digits"),
        ("4.47362E+11", "", "format the column as text"),
        ("4,47362e11", "", "format the column as text"),
        ("447362053576.5", "", "fraction"),
        ("07362 053576", "", "--country-code 44"),
        ("7362053576", "", "--country-code 44"),
        ("376312345", "", "--country-code 44"),
        ("+447362053576, +447362053577", "", "more than one number"),
        ("+447362053576 / +447362053577", "", "more than one number"),
        ("+447362053576 +447362053577", "", "more than one number"),
        ("07362 053576/07362 053577", "44", "more than one number"),
        ("07362 053576 mobile", "44", "letters"),
        ("#REF!", "", "'#'"),
        ("n/a", "", "letters"),
        ("+12345", "", "not a valid number"),
        ("+4473620535764473620535", "", "not a valid number"),
        ("+0 123 456 789", "", "no country code"),
    ];
    for (text, country, part) in cases {
        let error = read(text, country);
        assert!(error.contains(": ") && error.contains(part), "{text:?} in {country:?}: {error}");
    }
}

#[test]
fn kept_ids_of_whatsapp_are_valid_in_full() {
    let cases = [
        ("+52 1 55 5555 0123", "5215555550123"),
        ("5215555550123", "5215555550123"),
        ("+55 61 9961-2345", "556199612345"),
        ("+225 07 08 09 10", "22507080910"),
        ("0022507080910", "22507080910"),
        ("+229 95 12 34 56", "22995123456"),
    ];
    for (text, digits) in cases {
        let contact = contact_id(text, &settings("")).unwrap();
        assert_eq!((contact.wid, contact.reading), (format!("{digits}@c.us"), Reading::WhatsappForm), "{text}");
    }
    for text in ["+55 11 9961-2345", "+225 29 08 09 10", "+52 1 00 5555 0123"] {
        assert!(read(text, "").starts_with("not a valid number"), "{text}");
    }
    for (text, country) in [("95 12 34 56", "229"), ("07 08 09 10", "225")] {
        assert!(read(text, country).starts_with("not a valid number"), "{text}");
    }
}

#[test]
fn second_readings_are_reported() {
    let contact = |text, country| contact_id(text, &settings(country)).unwrap();
    let own_mobile = contact("15172345678", "49");
    assert_eq!((own_mobile.wid.as_str(), own_mobile.reading), ("4915172345678@c.us", Reading::National));
    assert_eq!(own_mobile.second.as_deref(), Some("15172345678@c.us"));
    let international = contact("4915112345678", "49");
    assert_eq!((international.reading, international.second.as_deref()), (Reading::International, Some("494915112345678@c.us")));
    assert_eq!(contact("+4915112345678", "49").second, None);
}

#[test]
fn policies_choose_the_reading_and_the_number() {
    let national = PhoneSettings { ambiguous: AmbiguousPolicy::National, ..settings("49") };
    assert_eq!(read_with("447400123456", &national), "49447400123456");
    assert_eq!(contact_id("447400123456", &national).unwrap().second.as_deref(), Some("447400123456@c.us"));
    let first = PhoneSettings { several: SeveralPolicy::First, ..settings("44") };
    for text in [
        "07362 053576\n07362 053577",
        "+447362053576; 07362 053577",
        "07362 053576 / n/a 07362 053577",
        "+447362053576 +447362053577",
    ] {
        assert_eq!(read_with(text, &first), "447362053576", "{text:?}");
    }
    assert!("keep".parse::<AmbiguousPolicy>().unwrap_err().contains("refuse, national"));
    assert!("keep".parse::<SeveralPolicy>().unwrap_err().contains("fail, first"));
}

#[test]
fn wids_are_validated_by_their_format_only() {
    let lid = contact_id("123456789012345678@lid", &settings("")).unwrap();
    assert_eq!((lid.wid.as_str(), lid.reading), ("123456789012345678@lid", Reading::Lid));
    assert_eq!(read("447700900123@c.us", "44"), "447700900123");
    for (wid, reason) in [
        ("120363012345678901@g.us", "is a group"),
        ("120363012345678901@newsletter", "is a channel"),
        ("status@broadcast", "is a broadcast list"),
        ("ada@example.com", "is not a wid"),
        ("ada@c.us", "is not a contact wid"),
    ] {
        assert!(read(wid, "").contains(reason), "{wid}");
    }
}

#[test]
fn countries_are_calling_codes_or_regions() {
    for text in ["44", "+44", "0044", " 44 ", "GB", "gb", "UK"] {
        assert_eq!(Country::parse(text), Country::parse("44"), "{text}");
    }
    assert_ne!(Country::parse("GG"), Country::parse("44"));
    for text in ["", "0", "1684", "4 4", "999", "800", "XX", "GBR"] {
        assert!(Country::parse(text).unwrap_err().contains("such as 44"), "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_gives_a_valid_wid_or_an_error(
        text in "\\PC*|[-+0-9 ().@a-z:/;,\u{a0}]{0,24}|[+]?[0-9]{6,16}",
        country in prop::sample::select(vec!["", "1", "7", "39", "44", "49", "52", "54", "55", "225", "AG", "KZ"]),
    ) {
        if let Ok(contact) = contact_id(&text, &settings(country)) {
            prop_assert!(api::format("contact_wid").unwrap().is_match(&contact.wid), "{}", contact.wid);
            prop_assert_eq!(contact_id(&contact.wid, &settings("")).unwrap().wid, contact.wid);
        }
    }
}
