//! Numbers in words.

/// “1 member”, “12 members”.
#[must_use]
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// A whole number with its thousands separated.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "sizes that are told")]
pub fn whole(value: u64) -> String {
    thousands(value as f64)
}

/// The same of a number that was computed.
#[must_use]
pub fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 && text != "-" {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
