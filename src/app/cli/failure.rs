//! Why a task of the command line has no answer; and how texts from outside reach a terminal.

use std::borrow::Cow;

use crate::storage::plain_words;

/// Something went wrong; one sentence for people.
#[derive(Debug)]
pub struct Failure(pub String);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&on_one_line(&plain_words(&self.0)))
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// A failure in the words of an error.
    pub fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

fn told(text: &str, is_kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    let hidden = |letter: char| crate::model::is_hidden(letter) && !is_kept(letter);
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut told = String::with_capacity(text.len());
    for letter in text.chars() {
        if hidden(letter) { told.extend(letter.escape_default()) } else { told.push(letter) }
    }
    Cow::Owned(told)
}

/// A name, or another text from outside, as it stands in a line: what would move the cursor, colour the terminal, begin another row or
/// turn the order of letters is written out.
#[must_use]
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    told(text, |_| false)
}

/// A whole page: what is below the blank, apart from line ends, is written out. JSON has none of it, so that it stays what it is.
#[must_use]
pub fn on_a_page(text: &str) -> Cow<'_, str> {
    told(text, |letter| letter == '\n' || letter >= ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_moves_the_cursor_or_forges_a_row() {
        assert_eq!(on_one_line("T-12 “é” 北京"), "T-12 “é” 北京");
        assert_eq!(on_one_line("a\u{1b}[31mb\nc\0\u{202E}d"), "a\\u{1b}[31mb\\nc\\u{0}\\u{202e}d");
        assert_eq!(on_a_page("a\nb\r\u{202E}"), "a\nb\\r\u{202E}");
        assert_eq!(Failure("x\ny".to_owned()).to_string(), "x\\ny");
    }
}
