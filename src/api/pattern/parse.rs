//! From the text of a pattern to its plain sequences.

use std::iter::Peekable;
use std::str::Chars;

use super::{Run, Set};

type Parsed<T> = Result<T, String>;
type Choices = Vec<Vec<Run>>;

/// The sequences that `text` allows.
pub(super) fn choices(text: &str) -> Parsed<Choices> {
    let anchored = text.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    let inner = anchored.ok_or("does not stand between ^ and $")?;
    // `^a$|^b$` is `^(a|b)$`.
    let inner = inner.replace("$|^", "|");
    let mut rest = inner.chars().peekable();
    let found = alternatives(&mut rest)?;
    match rest.next() {
        None => Ok(found),
        Some(letter) => Err(format!("has {letter:?} where none is expected")),
    }
}

fn alternatives(rest: &mut Peekable<Chars<'_>>) -> Parsed<Choices> {
    let mut found = sequence(rest)?;
    while rest.next_if_eq(&'|').is_some() {
        found.extend(sequence(rest)?);
    }
    Ok(found)
}

fn sequence(rest: &mut Peekable<Chars<'_>>) -> Parsed<Choices> {
    let mut found = vec![Vec::new()];
    while let Some(letter) = rest.next_if(|letter| !matches!(letter, '|' | ')')) {
        let next = if letter == '(' { group(rest)? } else { vec![vec![run(letter, rest)?]] };
        found = joined(&found, &next);
    }
    Ok(found)
}

/// Every beginning with every end.
fn joined(beginnings: &Choices, ends: &Choices) -> Choices {
    let pairs = beginnings.iter().flat_map(|beginning| ends.iter().map(move |end| (beginning, end)));
    pairs.map(|(beginning, end)| beginning.iter().chain(end).copied().collect()).collect()
}

fn group(rest: &mut Peekable<Chars<'_>>) -> Parsed<Choices> {
    let mut found = alternatives(rest)?;
    rest.next_if_eq(&')').ok_or("has a ( that is never closed")?;
    if rest.next_if_eq(&'?').is_some() {
        found.push(Vec::new());
    }
    match rest.peek() {
        Some('+' | '*' | '{') => Err("repeats a group, which is not supported".to_owned()),
        _ => Ok(found),
    }
}

fn run(letter: char, rest: &mut Peekable<Chars<'_>>) -> Parsed<Run> {
    let set = match letter {
        '[' => set(rest)?,
        '\\' => escaped(rest.next())?,
        '.' | '^' | '$' | '*' | '+' | '?' | '{' | '}' | ']' => {
            return Err(format!("has {:?} where none is expected", letter.to_string()));
        }
        letter if letter.is_ascii() => only(letter),
        _ => return Err(format!("has {letter:?}, and only ASCII is known")),
    };
    let (least, most) = match rest.peek() {
        Some('+') => (1, u32::MAX),
        Some('*') => (0, u32::MAX),
        Some('?') => (0, 1),
        Some('{') => return counted(set, rest),
        _ => return Ok(Run { set, least: 1, most: 1 }),
    };
    rest.next();
    Ok(Run { set, least, most })
}

fn counted(set: Set, rest: &mut Peekable<Chars<'_>>) -> Parsed<Run> {
    let counts: String = rest.by_ref().skip(1).take_while(|letter| *letter != '}').collect();
    let (least, most) = counts.split_once(',').unwrap_or((&counts, &counts));
    match (least.parse(), most.parse()) {
        (Ok(least), Ok(most)) if least <= most => Ok(Run { set, least, most }),
        _ => Err(format!("has the count {{{counts}}}, which is none")),
    }
}

/// What is between `[` and `]`.
fn set(rest: &mut Peekable<Chars<'_>>) -> Parsed<Set> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut found = Set::default();
    loop {
        let first = match rest.next() {
            None => return Err("has a [ that is never closed".to_owned()),
            Some(']') => break,
            Some('\\') => {
                found.ascii |= escaped(rest.next())?.ascii;
                continue;
            }
            Some(letter) => letter,
        };
        // A `-` before the end means itself.
        let mut ahead = rest.clone();
        let last = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) if last != ']' => {
                *rest = ahead;
                last
            }
            _ => first,
        };
        for letter in first..=last {
            found.ascii |= only(letter).ascii;
        }
    }
    Ok(if negated { Set { ascii: !found.ascii, others: true } } else { found })
}

fn escaped(letter: Option<char>) -> Parsed<Set> {
    match letter {
        Some('s') => Ok([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']
            .into_iter()
            .fold(Set::default(), |found, space| Set { ascii: found.ascii | only(space).ascii, ..found })),
        Some('d') => Ok(('0'..='9').fold(Set::default(), |found, digit| Set { ascii: found.ascii | only(digit).ascii, ..found })),
        Some(letter) if letter.is_ascii_punctuation() => Ok(only(letter)),
        _ => Err("has a \\ before what is not known".to_owned()),
    }
}

/// One character of ASCII.
fn only(letter: char) -> Set {
    Set { ascii: if letter.is_ascii() { 1 << (letter as u32) } else { 0 }, others: false }
}
