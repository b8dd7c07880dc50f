//! The ids that WhatsApp kept when a country changed its numbers. libphonenumber calls them invalid.

use crate::phone::number;

/// Whether the international digits are the kept id of an older account.
pub fn is_kept_form(digits: &str) -> bool {
    let is_valid = |digits: String| number::is_valid(&digits);
    match digits.split_at_checked(2) {
        // Mexico: a 1 before mobile numbers, until 2019.
        Some(("52", rest)) if rest.len() == 11 => rest.strip_prefix('1').is_some_and(|rest| is_valid(format!("52{rest}"))),
        // Brazil: mobile numbers without the ninth digit. The areas below 31 never had such accounts.
        Some(("55", rest)) if rest.len() == 10 => is_old_brazilian(rest),
        // Côte d'Ivoire until 2021, and Benin until 2024: eight digits without the prefix of the operator.
        Some(("22", rest)) if rest.len() == 9 => match rest.split_at_checked(1) {
            // The old fixed lines began with 2 or 3.
            Some(("5", rest)) if !rest.starts_with(['1', '2', '3']) => {
                ["01", "05", "07"].iter().any(|prefix| is_valid(format!("225{prefix}{rest}")))
            }
            Some(("9", rest)) => is_valid(format!("22901{rest}")),
            _ => false,
        },
        _ => false,
    }
}

fn is_old_brazilian(rest: &str) -> bool {
    let Some((area, subscriber)) = rest.split_at_checked(2) else { return false };
    area >= "31" && subscriber.starts_with(['6', '7', '8', '9']) && number::is_valid(&format!("55{area}9{subscriber}"))
}
