//! Numbers as people write them: “66,67”, “1 234.5”, “2/3”, “1,5 million”. What is ambiguous or wrong is said, never guessed.

/// No amount beyond this is meant: money, people, votes, weights.
pub const MOST_AMOUNT: f64 = 1e15;

/// What kind of number a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// Any number; with words such as “million”.
    Any,
    /// A whole number.
    Whole,
    /// A share in per cent: “66.67”, “66.67 %”, “2/3”.
    Percent,
}

/// Reads a number.
///
/// Decimals stand after a point or a comma; thousands may be separated by spaces, apostrophes, commas or points, in groups of three.
/// One comma with one to three digits before it and exactly three after is ambiguous; a single point is always decimal. A share is
/// answered in per cent.
///
/// ```
/// use convenor::model::{NumberKind, read_number};
/// assert_eq!(read_number("1,5 million", NumberKind::Any), Ok(1.5e6));
/// assert_eq!(read_number("66,67", NumberKind::Percent), Ok(66.67));
/// assert!(read_number("12,345", NumberKind::Any).unwrap_err().contains("12345 or 12.345"));
/// ```
///
/// # Errors
/// Why it is no number, in a sentence with the cure.
pub fn read_number(text: &str, kind: NumberKind) -> Result<f64, String> {
    let text = plain(text);
    if text.is_empty() {
        return Err("Nothing is written: write a number, such as 12.5.".to_owned());
    }
    // As programs write large and small numbers.
    if let Some(value) = scientific(&text) {
        return checked(value, kind, &text);
    }
    let split = text.find(|letter: char| letter.is_alphabetic() || letter == '%').unwrap_or(text.len());
    let (number, word) = (text[..split].trim(), text[split..].trim().to_lowercase());
    if let Some((above, below)) = number.split_once('/') {
        if kind != NumberKind::Percent || !word.is_empty() {
            return Err(format!("“{text}” is a fraction: write a number, such as 0.5."));
        }
        let (above, below) = (decimal(above.trim())?, decimal(below.trim())?);
        let share = 100.0 * above / below;
        return if share.is_finite() { Ok(share) } else { Err(format!("“{text}” divides by nothing.")) };
    }
    let scale = match word.as_str() {
        "" => 1.0,
        "%" | "percent" | "per cent" | "pc" if kind == NumberKind::Percent => 1.0,
        "k" | "thousand" if kind != NumberKind::Percent => 1e3,
        "m" | "mn" | "mio" | "million" | "millions" if kind != NumberKind::Percent => 1e6,
        "b" | "bn" | "mrd" | "billion" | "billions" if kind != NumberKind::Percent => 1e9,
        "t" | "tn" | "trillion" | "trillions" if kind != NumberKind::Percent => 1e12,
        _ if number.is_empty() => return Err(format!("“{text}” is not a number: write digits, such as 12.5.")),
        _ => return Err(format!("“{word}” is not understood after a number: leave it out.")),
    };
    checked(scaled(number, scale)?, kind, &text)
}

/// One kind of blank, of minus and of apostrophe.
fn plain(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '\u{2212}' | '\u{2012}' | '\u{2013}' => '-',
        '\u{2019}' | '\u{02BC}' => '\'',
        '\u{FF0C}' => ',',
        blank if blank.is_whitespace() => ' ',
        other => other,
    });
    letters.collect::<String>().trim().to_owned()
}

/// “1e6”, “2.5E-3”.
fn scientific(text: &str) -> Option<f64> {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
    let (Some('e' | 'E'), None) = (letters.next(), letters.next()) else { return None };
    text.parse().ok()
}

fn checked(value: f64, kind: NumberKind, text: &str) -> Result<f64, String> {
    if !value.is_finite() || value.abs() > MOST_AMOUNT {
        return Err(format!("“{text}” is too large: at most {MOST_AMOUNT:e} is taken."));
    }
    if kind == NumberKind::Whole && value.fract() != 0.0 {
        return Err(format!("“{text}” is not a whole number."));
    }
    Ok(value)
}

/// The number times a word such as “million”, as if all digits had been written.
fn scaled(number: &str, scale: f64) -> Result<f64, String> {
    let value = decimal(number)?;
    // 1.1 million is 1100000, not 1100000.0000000002.
    let written = format!("{value}e{}", scale.log10().round());
    Ok(written.parse().unwrap_or(value * scale))
}

/// Digits with their separators.
fn decimal(text: &str) -> Result<f64, String> {
    let wrong = || format!("“{text}” is not a number: write digits, such as 12.5.");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(text).trim_start()),
    };
    let is_known = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | ' ' | '\'');
    if !digits.chars().all(is_known) || !digits.chars().any(|letter| letter.is_ascii_digit()) {
        return Err(wrong());
    }
    let count = |mark: char| digits.matches(mark).count();
    let spaced = count(' ') + count('\'') > 0;
    let (points, commas) = (count('.'), count(','));
    let mark = match (points, commas) {
        (1, 0) => Some('.'),
        (0, 1) if !spaced && is_ambiguous(digits) => {
            let (with, without) = (digits.replace(',', "."), digits.replace(',', ""));
            return Err(format!("“{text}” can be read in two ways: write {sign}{without} or {sign}{with}."));
        }
        (0, 1) => Some(','),
        // Several of one kind are thousands.
        (_, 0) | (0, _) => None,
        (1, _) | (_, 1) => {
            let last = digits.rfind(['.', ',']).map(|at| &digits[at..=at]);
            let mark = if last == Some(".") { '.' } else { ',' };
            if count(mark) > 1 {
                return Err(wrong());
            }
            Some(mark)
        }
        _ => return Err(wrong()),
    };
    let (whole, after) = mark.and_then(|mark| digits.split_once(mark)).unwrap_or((digits, ""));
    if !after.chars().all(|letter| letter.is_ascii_digit()) {
        return Err(wrong());
    }
    let whole = thousands(whole).ok_or_else(|| {
        format!("“{text}” has separators that do not part thousands: write digits alone, such as 12345.")
    })?;
    format!("{sign}{whole}.{after}0").parse().map_err(|_| wrong())
}

/// One comma, one to three digits before it that begin with no 0, exactly three after.
fn is_ambiguous(digits: &str) -> bool {
    digits
        .split_once(',')
        .is_some_and(|(before, after)| (1..=3).contains(&before.len()) && !before.starts_with('0') && after.len() == 3)
}

/// The digits without separators of one kind that part groups of three; `None` where they do not.
fn thousands(text: &str) -> Option<String> {
    let Some(mark) = text.chars().find(|letter| !letter.is_ascii_digit()) else {
        return Some(if text.is_empty() { "0".to_owned() } else { text.to_owned() });
    };
    let groups: Vec<&str> = text.split(mark).collect();
    let digits = groups.iter().all(|group| group.chars().all(|letter| letter.is_ascii_digit()));
    let (first, others) = groups.split_first()?;
    let fits = digits && (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3);
    fits.then(|| groups.concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{NumberKind, read_number};
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let any = [
            ("12.5", 12.5),
            ("2,5", 2.5),
            ("0,333", 0.333),
            ("1,5 million", 1.5e6),
            ("25 million", 25e6),
            ("2.5bn", 2.5e9),
            ("3k", 3000.0),
            ("1.1 million", 1_100_000.0),
            ("1,234,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1 234 567,8", 1_234_567.8),
            ("1\u{202f}234\u{a0}567", 1_234_567.0),
            ("1'234'567.5", 1_234_567.5),
            ("1’234’567", 1_234_567.0),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("12 345,678", 12_345.678),
            ("1.234", 1.234),
            ("−3", -3.0),
            ("+ 4", 4.0),
            (" 7 ", 7.0),
            ("1e6", 1e6),
            (".5", 0.5),
            ("5.", 5.0),
        ];
        for (text, value) in any {
            assert_eq!(read_number(text, NumberKind::Any), Ok(value), "{text}");
        }
        for (text, value) in
            [("66,67", 66.67), ("66.67 %", 66.67), ("2/3", 200.0 / 3.0), ("50 per cent", 50.0), ("1,5/2", 75.0)]
        {
            let read = read_number(text, NumberKind::Percent).unwrap();
            assert!((read - value).abs() < 1e-9, "{text}: {read}");
        }
    }

    #[test]
    fn what_is_ambiguous_or_wrong_says_why() {
        for (text, words) in [
            ("12,345", "12345 or 12.345"),
            ("-1,234", "-1234 or -1.234"),
            ("1,500 million", "1500 or 1.500"),
            ("", "Nothing"),
            ("many", "not a number"),
            ("5 lots", "lots"),
            ("1,2,3", "thousands"),
            ("12 34", "thousands"),
            ("1.2,3,4", "not a number"),
            ("1,23.4", "thousands"),
            ("2/3", "fraction"),
            ("50 %", "not understood"),
            ("1e400", "too large"),
            ("- ", "not a number"),
            ("1'2", "thousands"),
        ] {
            let error = read_number(text, NumberKind::Any).unwrap_err();
            assert!(error.contains(words) && error.ends_with('.'), "{text}: {error}");
        }
        assert!(read_number("2.5", NumberKind::Whole).is_err());
        assert!(read_number("1/0", NumberKind::Percent).is_err());
        assert!(read_number("2 k", NumberKind::Percent).is_err());
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,24}") {
            for kind in [NumberKind::Any, NumberKind::Whole, NumberKind::Percent] {
                if let Ok(value) = read_number(&text, kind) {
                    prop_assert!(value.is_finite());
                }
            }
        }

        #[test]
        fn what_is_written_is_read(value in -1e12_f64..1e12) {
            prop_assert_eq!(read_number(&value.to_string(), NumberKind::Any), Ok(value));
        }

        #[test]
        fn thousands_are_read_in_all_styles(value in 1_000_000_u64..9_999_999_999_999, cents in 1_u32..99) {
            let digits = value.to_string();
            let group = |mark: &str| {
                let mut groups: Vec<String> = Vec::new();
                let mut rest = digits.as_str();
                while rest.len() > 3 {
                    let (head, tail) = rest.split_at(rest.len() - 3);
                    groups.insert(0, tail.to_owned());
                    rest = head;
                }
                groups.insert(0, rest.to_owned());
                groups.join(mark)
            };
            let expected: f64 = format!("{digits}.{cents:02}").parse().unwrap();
            for (mark, point) in [(",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."), ("\u{202f}", ",")] {
                let text = format!("{}{point}{cents:02}", group(mark));
                prop_assert_eq!(read_number(&text, NumberKind::Any), Ok(expected), "{}", text);
            }
        }
    }
}
