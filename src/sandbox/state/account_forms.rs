//! The ids that WhatsApp may have kept for a phone number.

/// The wids that the account of the number may have, besides the number itself.
pub fn other_wids(digits: &str) -> Vec<String> {
    let digits_of = |code: &str| digits.strip_prefix(code).unwrap_or_default();
    // Mexico until 2019; Argentina, whose mobile numbers have a 9.
    let forms = [optional_digit("52", "1", digits_of("52")), optional_digit("54", "9", digits_of("54"))];
    // Côte d'Ivoire until 2021, Benin until 2024: eight digits without the prefix of the operator.
    let west_african = [
        eight_digits("225", &["01", "05", "07"], digits_of("225")),
        eight_digits("229", &["01"], digits_of("229")),
        brazilian(digits_of("55")),
    ];
    let forms = forms.into_iter().flatten().chain(west_african.into_iter().flatten());
    forms.map(|digits| format!("{digits}@c.us")).collect()
}

/// The number with the digit after the country code, or without it.
fn optional_digit(code: &str, digit: &str, rest: &str) -> Option<String> {
    match rest.len() {
        10 => Some(format!("{code}{digit}{rest}")),
        11 => rest.strip_prefix(digit).map(|rest| format!("{code}{rest}")),
        _ => None,
    }
}

fn eight_digits(code: &str, prefixes: &[&str], rest: &str) -> Vec<String> {
    match rest.len() {
        8 => prefixes.iter().map(|prefix| format!("{code}{prefix}{rest}")).collect(),
        10 => prefixes.iter().filter_map(|prefix| Some(format!("{code}{}", rest.strip_prefix(prefix)?))).collect(),
        _ => Vec::new(),
    }
}

/// Mobile numbers with and without their ninth digit, after the area code.
fn brazilian(rest: &str) -> Vec<String> {
    let (area, subscriber) = rest.split_at_checked(2).unwrap_or_default();
    match subscriber.len() {
        8 => vec![format!("55{area}9{subscriber}")],
        9 => subscriber.strip_prefix('9').map(|subscriber| format!("55{area}{subscriber}")).into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_and_new_forms_lead_to_each_other() {
        for (new, kept) in [
            ("525555550123", "5215555550123"),
            ("541123456789", "5491123456789"),
            ("5531987654321", "553187654321"),
            ("2250787654321", "22587654321"),
            ("2290187654321", "22987654321"),
        ] {
            assert!(other_wids(new).contains(&format!("{kept}@c.us")), "{new}");
            assert!(other_wids(kept).contains(&format!("{new}@c.us")), "{kept}");
        }
        assert!(other_wids("447400123456").is_empty());
    }
}
