//! Texts that find no room are shortened, and say so with “…”.

use super::TextMeasure;

/// The text, shortened at its end until it is no wider than `width`.
#[must_use]
pub fn elided(text: &str, width: f32, size: f32, bold: bool, measure: &dyn TextMeasure) -> String {
    let letters: Vec<char> = text.chars().collect();
    shortened(text, letters.len(), width, size, bold, measure, |n| {
        format!("{}…", letters[..n].iter().collect::<String>().trim_end())
    })
}

/// The text, shortened in its middle until it is no wider than `width`: names often differ at the end.
#[must_use]
pub fn elided_middle(text: &str, width: f32, size: f32, bold: bool, measure: &dyn TextMeasure) -> String {
    let letters: Vec<char> = text.chars().collect();
    shortened(text, letters.len(), width, size, bold, measure, |n| {
        let (head, tail) = (n.div_ceil(2), n / 2);
        let head: String = letters[..head].iter().collect();
        let tail: String = letters[letters.len() - tail..].iter().collect();
        format!("{}…{}", head.trim_end(), tail.trim_start())
    })
}

/// The text in lines no wider than `width`, broken between words; a word that is wider than a line is broken in itself. Line ends
/// of the text stay.
#[must_use]
pub fn wrapped(text: &str, width: f32, size: f32, bold: bool, measure: &dyn TextMeasure) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in glued(paragraph) {
            let word = word.as_str();
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if measure.width(&longer, size, bold) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if measure.width(&line, size, bold) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::take(&mut line));
                    line.push(letter);
                }
            }
        }
        lines.push(line);
    }
    lines
}

/// The words of a paragraph; a sign of per cent stays with its number.
fn glued(paragraph: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in paragraph.split_whitespace() {
        match words.last_mut() {
            Some(last) if word.starts_with('%') => {
                last.push('\u{a0}');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// The longest that fits, found by halving: a text is measured a few times, not once a letter.
fn shortened(
    text: &str,
    letters: usize,
    width: f32,
    size: f32,
    bold: bool,
    measure: &dyn TextMeasure,
    short: impl Fn(usize) -> String,
) -> String {
    if measure.width(text, size, bold) <= width {
        return text.to_owned();
    }
    let (mut fits, mut not) = (1.min(letters), letters);
    while not > fits + 1 {
        let middle = usize::midpoint(fits, not);
        if measure.width(&short(middle), size, bold) <= width {
            fits = middle;
        } else {
            not = middle;
        }
    }
    short(fits)
}
