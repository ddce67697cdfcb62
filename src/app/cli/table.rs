//! Tables of answers, for people.

use std::fmt::Write as _;

use serde_json::Value;

use crate::analysis::measures;
use crate::chart::fixed;

/// Figures with their intervals, one line a case.
#[must_use]
pub fn of_intervals(answers: &[Value]) -> String {
    let width = answers.iter().map(|answer| words(answer, "name").chars().count()).max().unwrap_or(4).max(4);
    let mut text = format!("{:width$}", "case");
    for measure in measures::ALL {
        let _ = write!(text, "  {:>22}", measure.label);
    }
    text.push_str("  sponsor\n");
    for answer in answers {
        let _ = write!(text, "{:width$}", words(answer, "name"));
        for measure in measures::ALL {
            let figures = ["middle", "low", "high"].map(|key| answer["intervals"][measure.name][key].as_f64());
            let cell = match figures {
                [Some(middle), Some(low), Some(high)] if low < high => {
                    format!("{} ({} to {})", fixed(middle, 1), fixed(low, 1), fixed(high, 1))
                }
                // Nothing that the measure rests on is drawn.
                [Some(middle), ..] => fixed(middle, 1),
                _ => "not defined".to_owned(),
            };
            let _ = write!(text, "  {cell:>22}");
        }
        let _ = writeln!(text, "  {}", sponsor_words(answer));
    }
    text
}

/// The sponsor of an answer, with a star where it stays out.
#[must_use]
pub fn sponsor_words(answer: &Value) -> String {
    let star = if answer["stays_out"] == true { "*" } else { "" };
    format!("{}{star}", words(answer, "sponsor"))
}

/// A text in an answer; empty where there is none.
#[must_use]
pub fn words<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
