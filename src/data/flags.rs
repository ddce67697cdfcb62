//! Country flags: small pictures by the two letters of a country, as pairs of regional-indicator characters stand for them in text.

use std::collections::HashMap;
use std::sync::OnceLock;

static FLAGS: &str = include_str!("../../assets/flags/flags.tsv");

/// The picture of a flag as SVG, 36 units wide and high, by the two letters of the country; `None` where there is none.
///
/// ```
/// use convenor::data::flags;
///
/// assert!(flags::svg("NO").unwrap().starts_with("<svg"));
/// assert_eq!(flags::code("\u{1F1F3}\u{1F1F4}").as_deref(), Some("NO"));
/// ```
#[must_use]
pub fn svg(code: &str) -> Option<&'static str> {
    static BY_CODE: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let by_code = BY_CODE.get_or_init(|| FLAGS.lines().filter_map(|line| line.split_once('\t')).collect());
    by_code.get(code).copied()
}

/// The letter behind a regional-indicator character.
fn letter(character: char) -> Option<char> {
    let at = u32::from(character).checked_sub(0x1F1E6).filter(|at| *at < 26)?;
    char::from_u32(u32::from('A') + at)
}

/// The two letters behind two regional-indicator characters.
#[must_use]
pub fn code(cluster: &str) -> Option<String> {
    if cluster.is_ascii() {
        return None;
    }
    let code: Option<String> = cluster.chars().map(letter).collect();
    code.filter(|code| code.len() == 2)
}

/// The regional-indicator characters behind the two letters of a country.
pub fn indicators(code: &str) -> impl Iterator<Item = char> + '_ {
    code.chars().filter_map(|letter| {
        let at = u32::from(letter).checked_sub(u32::from('A')).filter(|at| *at < 26)?;
        char::from_u32(0x1F1E6 + at)
    })
}

/// A stretch of text: letters, or a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run<'a> {
    /// Letters.
    Letters(&'a str),
    /// A flag, by the two letters of the country.
    Flag(String),
}

/// A text as stretches of letters and flags, in order. A pair of indicators without a flag stays letters.
#[must_use]
pub fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(first) = text[at..].chars().next() {
        let end = at + first.len_utf8();
        let pair = text[end..].chars().next().map(|second| end + second.len_utf8());
        let flag =
            pair.and_then(|pair| code(&text[at..pair]).filter(|code| svg(code).is_some()).map(|code| (code, pair)));
        if let Some((code, pair)) = flag {
            if from < at {
                runs.push(Run::Letters(&text[from..at]));
            }
            runs.push(Run::Flag(code));
            (from, at) = (pair, pair);
        } else {
            at = end;
        }
    }
    if from < text.len() {
        runs.push(Run::Letters(&text[from..]));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_indicators_are_a_code_and_nothing_else_is() {
        assert_eq!(code("\u{1F1F3}\u{1F1F4}").as_deref(), Some("NO"));
        assert_eq!(code("é"), None);
        assert_eq!(code("NO"), None);
        assert_eq!(code("\u{1F1F3}"), None);
    }

    #[test]
    fn a_text_falls_into_letters_and_flags() {
        let text = "\u{1F1F3}\u{1F1F4} Norway, \u{1F1F8}\u{1F1EA}\u{1F1FF}";
        let found = runs(text);
        assert_eq!(
            found,
            [
                Run::Flag("NO".to_owned()),
                Run::Letters(" Norway, "),
                Run::Flag("SE".to_owned()),
                Run::Letters("\u{1F1FF}")
            ]
        );
        assert!(runs("").is_empty());
    }
}
