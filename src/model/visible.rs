//! Letters that are not seen: they are shown as marks, and kept as they are.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a letter does something to a line, a terminal or the order of letters that is not seen.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A name as it is shown: what would not be seen, or would turn what follows, is a mark.
///
/// ```
/// use convenor::model::visible;
///
/// assert_eq!(visible("T-12 “é” 北京"), "T-12 “é” 北京");
/// assert_eq!(visible("a\u{202E}b\nc"), "a‹U+202E›b‹U+000A›c");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_hidden(letter) {
            let _ = write!(shown, "‹U+{:04X}›", u32::from(letter));
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// What a text of several lines has that is not seen: “2 letters here are not seen: U+202E”. `None` for none.
#[must_use]
pub fn hidden_words(text: &str) -> Option<String> {
    let hidden = || text.chars().filter(|letter| is_hidden(*letter) && !matches!(letter, '\n' | '\r' | '\t'));
    let mut kinds: Vec<String> = hidden().map(|letter| format!("U+{:04X}", u32::from(letter))).collect();
    let n = kinds.len();
    kinds.sort();
    kinds.dedup();
    match n {
        0 => None,
        1 => Some(format!("1 letter here is not seen: {}", kinds[0])),
        n => Some(format!("{n} letters here are not seen: {}", kinds.join(", "))),
    }
}
