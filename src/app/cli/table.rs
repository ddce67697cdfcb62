//! Tables of answers, for people.

use std::fmt::Write as _;

use super::answer::Answer;
use super::failure::on_one_line;
use crate::analysis::measures;
use crate::chart::fixed;

/// Figures with their intervals, one line a case.
#[must_use]
pub fn of_intervals(answers: &[&Answer]) -> String {
    let width = answers.iter().map(|answer| on_one_line(&answer.name).chars().count()).max().unwrap_or(4).max(4);
    let mut text = format!("{:width$}", "case");
    for measure in measures::ALL {
        let _ = write!(text, "  {:>22}", measure.label);
    }
    text.push_str("  sponsor\n");
    for answer in answers {
        let _ = write!(text, "{:width$}", on_one_line(&answer.name));
        for measure in measures::ALL {
            let range = answer.intervals.as_ref().and_then(|all| all.measures.get(measure.name).copied().flatten());
            let cell = match range {
                Some(range) if range.low < range.high => {
                    format!("{} ({} to {})", fixed(range.middle, 1), fixed(range.low, 1), fixed(range.high, 1))
                }
                // Nothing that the measure rests on is drawn.
                Some(range) => fixed(range.middle, 1),
                None => "not defined".to_owned(),
            };
            let _ = write!(text, "  {cell:>22}");
        }
        let _ = writeln!(text, "  {}", sponsor_words(answer));
    }
    text
}

/// The sponsor of an answer, with a star where it stays out.
#[must_use]
pub fn sponsor_words(answer: &Answer) -> String {
    format!("{}{}", answer.sponsor, if answer.stays_out { "*" } else { "" })
}
