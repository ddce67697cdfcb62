//! Figures in words.

use crate::analysis::{Defined, measures::Measure};

/// A whole number, with the minus sign of typographers.
#[must_use]
pub fn rounded(value: f64) -> String {
    let text = format!("{:.0}", value + 0.0);
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

/// A figure of a measure as it stands on screen, such as “64” or “52 %”; a dash where it is not defined.
#[must_use]
pub fn figure(measure: &Measure, value: Defined<f64>) -> String {
    match value {
        Err(_) => "–".to_owned(),
        Ok(value) if measure.unit.is_empty() => rounded(value),
        Ok(value) => format!("{} {}", rounded(value), measure.unit),
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
    if (0.05..9.95).contains(&value.abs()) { format!("{value:.1} %") } else { format!("{value:.0} %") }
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

/// US$ million in words: “US$ 431 m”, “US$ 1.2 bn”.
#[must_use]
pub fn money(musd: f64) -> String {
    match musd.abs() {
        size if size >= 1e6 => format!("US$ {:.1} tn", musd / 1e6),
        size if size >= 1e4 => format!("US$ {:.0} bn", musd / 1e3),
        size if size >= 1e3 => format!("US$ {:.1} bn", musd / 1e3),
        size if size >= 10.0 => format!("US$ {musd:.0} m"),
        _ => format!("US$ {musd:.1} m"),
    }
}

/// A quantity with thousands separated and sensible digits: “5.6 million”, “0.94”, “1,234”.
#[must_use]
pub fn quantity(value: f64) -> String {
    let size = value.abs();
    let text = match size {
        _ if size >= 1e12 => format!("{:.2} trillion", value / 1e12),
        _ if size >= 1e9 => format!("{:.2} billion", value / 1e9),
        _ if size >= 1e6 => format!("{:.1} million", value / 1e6),
        _ if size >= 1e4 => format!("{:.0} thousand", value / 1e3),
        _ if size >= 100.0 => format!("{value:.0}"),
        _ if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    };
    text.replace('-', "−")
}

/// “1 member”, “12 members”.
#[must_use]
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// “1 country”, “12 countries”.
#[must_use]
pub fn count_of(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
