//! `convenor batch`: cases in, figures out.

use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use super::answer::{Answer, Beside};
use super::cases::{Asked, parse_case};
use super::failure::{Failure, on_one_line};
use super::{answer, intervals, json, members, table};
use crate::analysis::{Engine, measures};
use crate::chart::fixed;
use crate::model::Assumptions;
use crate::storage;

const NOTE: &str = "Estimates, not forecasts. Cost to the sponsor: going alone = 100; *: the sponsor stays out, and pays only if \
                    the grouping fails. Flags and components: --json.\n";

/// Which cases, and what of them.
#[derive(Args, Debug)]
pub struct Options {
    /// A JSON file with an array of cases. `-` reads standard input, one case a line, and answers each line with one
    /// line of JSON, in order.
    pub cases: PathBuf,
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
    /// Add 90 % intervals.
    #[arg(long)]
    pub intervals: bool,
    /// Add who gains, who would leave and when: by member, and the exclusion needed to hold all (with --json or `-`).
    #[arg(long)]
    pub members: bool,
}

impl Options {
    /// Whether cases come from standard input, one a line.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        self.cases.as_os_str() == "-"
    }

    /// What is asked for beside the measures.
    #[must_use]
    pub fn beside(&self) -> Beside {
        Beside { intervals: self.intervals, members: self.members }
    }
}

/// Runs the task on a file.
///
/// # Errors
/// The file cannot be read, or a case in it is not understood.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    if options.members && !options.json {
        return Err(Failure("--members has more columns than a table can hold: add --json".to_owned()));
    }
    let path = &options.cases;
    let text = storage::read_text(path).map_err(Failure::of)?;
    let cases: Value = serde_json::from_str(&text)
        .map_err(|error| Failure(format!("“{}” is not valid JSON: {error}", path.display())))?;
    if let Some(twice) = storage::repeated_keys(text.as_bytes()).first() {
        return Err(Failure(format!("“{}”: “{twice}” is given twice", path.display())));
    }
    let Value::Array(cases) = cases else {
        return Err(Failure(format!("“{}” must hold an array of cases", path.display())));
    };
    let asked = cases
        .iter()
        .enumerate()
        .map(|(at, case)| parse_case(engine, at + 1, case).map_err(Failure::of))
        .collect::<Result<Vec<Asked>, Failure>>()?;
    let mut answers: Vec<Answer> = if options.intervals {
        intervals::answers(engine, &asked, &Assumptions::default()).collect()
    } else {
        asked.iter().map(|asked| answer::answer(engine, asked)).collect()
    };
    if options.members {
        for (answer, asked) in answers.iter_mut().zip(&asked) {
            answer.members = Some(members::members(engine, asked));
        }
    }
    match (options.json, options.intervals) {
        (true, _) => json::page(&answers),
        (false, true) => Ok(table::of_intervals(&answers.iter().collect::<Vec<_>>()) + NOTE),
        (false, false) => Ok(batch_table(&answers)),
    }
}

/// A table for people: one line a case.
fn batch_table(answers: &[Answer]) -> String {
    use std::fmt::Write as _;
    let width = answers.iter().map(|answer| on_one_line(&answer.name).chars().count()).max().unwrap_or(4).max(4);
    let mut text = format!("{:width$}", "case");
    for measure in measures::ALL {
        let _ = write!(text, "  {:>16}", measure.label);
    }
    text.push_str("  sponsor\n");
    for answer in answers {
        let _ = write!(text, "{:width$}", on_one_line(&answer.name));
        for measure in measures::ALL {
            match answer.measures.get(measure.name).copied().flatten() {
                Some(value) => {
                    let _ = write!(text, "  {:>16}", format!("{} {}", fixed(value, 1), measure.unit).trim());
                }
                None => text.push_str("       not defined"),
            }
        }
        let _ = writeln!(text, "  {}", table::sponsor_words(answer));
    }
    text.push_str(NOTE);
    text
}
