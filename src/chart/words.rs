//! Figures in words.

use crate::analysis::measures::{self, Measure};
pub use crate::analysis::words::{count, thousands};
use crate::analysis::{Defined, Report};
use crate::data::Atlas;

/// A number with some digits after the point, as tables to be copied have it. What rounds to zero has no sign: no “-0.0”.
#[must_use]
pub fn fixed(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    match text.strip_prefix('-') {
        Some(size) if size.chars().all(|letter| matches!(letter, '0' | '.')) => size.to_owned(),
        _ => text,
    }
}

/// The same with the minus sign of typographers.
#[must_use]
pub fn figured(value: f64, digits: usize) -> String {
    fixed(value, digits).replace('-', "−")
}

/// A whole number, with the minus sign of typographers.
#[must_use]
pub fn rounded(value: f64) -> String {
    figured(value, 0)
}

/// A figure of a measure as it stands on screen, such as “64” or “52 %”; a dash where it is not defined.
#[must_use]
pub fn figure(measure: &Measure, value: Defined<f64>) -> String {
    match value {
        Err(_) => "–".to_owned(),
        Ok(value) => told(measure, value),
    }
}

/// A value of a measure with its unit: “18 %”, “52”.
#[must_use]
pub fn told(measure: &Measure, value: f64) -> String {
    if measure.unit.is_empty() { rounded(value) } else { format!("{} {}", rounded(value), measure.unit) }
}

/// “A, B and C”; empty of nothing.
#[must_use]
pub fn listed(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}

/// A change with its sign: “+7”, “−2”, “±0”.
#[must_use]
pub fn signed(change: f64) -> String {
    match rounded(change) {
        text if text == "0" => "±0".to_owned(),
        text if change > 0.0 => format!("+{text}"),
        text => text,
    }
}

/// A change with its sign and one decimal: “+7.0”, “−2.3”, “±0.0”.
#[must_use]
pub fn signed_tenth(change: f64) -> String {
    signed_to(change, 1)
}

/// A share from 0 to 1 in per cent, with one digit after the point where it is small: “34 %”, “7.7 %”.
#[must_use]
pub fn percent(share: f64) -> String {
    let value = 100.0 * share;
    let digits = usize::from((0.05..9.95).contains(&value.abs()));
    format!("{} %", fixed(value, digits))
}

/// A change with its sign and some digits: “+0.12”, “−2”, “±0”.
#[must_use]
pub fn signed_to(change: f64, digits: usize) -> String {
    let size = format!("{:.*}", digits, change.abs());
    let is_zero = size.chars().all(|letter| matches!(letter, '0' | '.'));
    match change {
        _ if is_zero => format!("±{size}"),
        change if change > 0.0 => format!("+{size}"),
        _ => format!("−{size}"),
    }
}

/// What becomes of the measures, such as “legitimacy +7, cost −2, deadlock +6, reach −4, fit −1”. Small changes keep a decimal,
/// so that they agree with figures that round up or down.
#[must_use]
pub fn changes_words(before: &Report, after: &Report) -> String {
    let words = |measure: &Measure| {
        let change = after.value(measure).ok()? - before.value(measure).ok()?;
        let change = if change.abs() < 1.0 { signed_tenth(change) } else { signed(change) };
        let name = if *measure == measures::MICROLATERAL { "fit" } else { measure.short };
        Some(format!("{name} {change}"))
    };
    measures::ALL.into_iter().filter_map(words).collect::<Vec<String>>().join(", ")
}

/// US$ million in words: “US$ 431 m”, “US$ 1.2 bn”.
#[must_use]
pub fn money(musd: f64) -> String {
    let (value, digits, unit) = match musd.abs() {
        size if size >= 1e6 => (musd / 1e6, 1, "tn"),
        size if size >= 1e4 => (musd / 1e3, 0, "bn"),
        size if size >= 1e3 => (musd / 1e3, 1, "bn"),
        size if size >= 10.0 => (musd, 0, "m"),
        _ => (musd, 1, "m"),
    };
    format!("US$ {} {unit}", fixed(value, digits))
}

/// A quantity with thousands separated and sensible digits: “5.6 million”, “0.94”, “1,234”.
#[must_use]
pub fn quantity(value: f64) -> String {
    let size = value.abs();
    match size {
        _ if size >= 1e12 => format!("{} trillion", figured(value / 1e12, 2)),
        _ if size >= 1e9 => format!("{} billion", figured(value / 1e9, 2)),
        _ if size >= 1e6 => format!("{} million", figured(value / 1e6, 1)),
        _ if size >= 1e4 => format!("{} thousand", figured(value / 1e3, 0)),
        _ if size >= 100.0 => figured(value, 0),
        _ if size >= 10.0 => figured(value, 1),
        _ => figured(value, 2),
    }
}

/// Whose no stops most, in words: “Most is stopped by the no of the United States: −31 if it leaves”. `found` is what
/// [`stops_most`](crate::analysis::stuck::stops_most) answers.
#[must_use]
pub fn stuck_words(atlas: &Atlas, found: Option<(usize, f64)>) -> String {
    match found {
        Some((actor, change)) => {
            let who = atlas.countries[actor].in_sentence();
            format!("Most is stopped by the no of {who}: {} if it leaves", signed(change))
        }
        None => "No single member stops it: any departure lowers the risk by less than 1 point".to_owned(),
    }
}

/// The same of a grouping in a sentence that stands for itself: “Most in T-12 is stopped by the no of India: without it the risk of
/// deadlock falls by 5 points”.
#[must_use]
pub fn stops_words(atlas: &Atlas, name: &str, found: Option<(usize, f64)>) -> String {
    match found {
        Some((actor, change)) => {
            let who = atlas.countries[actor].in_sentence();
            let points = rounded(-change);
            let unit = if points == "1" { "point" } else { "points" };
            format!(
                "Most in {name} is stopped by the no of {who}: without it the risk of deadlock falls by {points} {unit}"
            )
        }
        None => format!("No single member stops {name}: whoever leaves, the risk falls by less than a point"),
    }
}

/// “12 of 14”.
#[must_use]
pub fn some_of(some: usize, all: usize) -> String {
    format!("{some} of {all}")
}

/// A text with a capital at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text with a small letter at its beginning, to stand within a sentence.
#[must_use]
pub fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// “two”, “twelve”; numerals beyond.
#[must_use]
pub fn number_word(n: usize) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// “1 country”, “12 countries”.
#[must_use]
pub fn count_of(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::{figured, fixed, money, percent, quantity, rounded, signed, signed_to};

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        for value in [0.0, -0.0, -0.04, -1e-300, 0.049] {
            assert_eq!(fixed(value, 1), "0.0");
            assert_eq!([rounded(value), signed(value), signed_to(value, 1)], ["0", "±0", "±0.0"]);
            assert_eq!([money(value), percent(value / 100.0)], ["US$ 0.0 m", "0 %"]);
        }
        assert_eq!([quantity(-0.0), quantity(-0.001), quantity(-0.1)], ["0.00", "0.00", "−0.10"]);
        assert_eq!([fixed(-0.06, 1), fixed(-10.0, 0), figured(-0.5, 2)], ["-0.1", "-10", "−0.50"]);
    }
}
