//! Options with a fixed set of values.

/// The value with the name; the error lists all names.
pub fn parse_choice<T: Copy>(option: &str, name: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let found = choices.iter().find(|(choice, _)| *choice == name).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<_> = choices.iter().map(|(choice, _)| *choice).collect();
        format!("{option}={name:?} is not one of {}", names.join(", "))
    })
}
