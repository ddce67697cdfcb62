//! The command line.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use serde_json::Value;

use super::{batch, power};
use crate::analysis::{Engine, measures};

/// Design international coalitions and see estimated legitimacy, cost and deadlock risk.
#[derive(Parser, Debug)]
#[command(version, about, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub command: Option<Task>,
    /// A workspace to open in the window.
    pub file: Option<PathBuf>,
}

/// What the command line can do without a window.
#[derive(Subcommand, Debug)]
pub enum Task {
    /// Compute the measures of many cases.
    Batch {
        /// A JSON file with an array of cases; `-` reads standard input.
        cases: PathBuf,
        /// Print JSON instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Compute the voting power of every member of a game.
    Power {
        /// A JSON file: {"members": [{"id", "weights": […]}], "criteria": [{"quota", "strict"}], "veto": [ids],
        /// "blocking_minority": m}; `-` reads standard input.
        #[arg(verbatim_doc_comment)]
        game: PathBuf,
        /// Print JSON instead of a table.
        #[arg(long)]
        json: bool,
    },
}

/// Something went wrong; one sentence for people.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

/// Runs a task, printing to standard output.
///
/// # Errors
/// One sentence that names the thing and the cure.
pub fn run(task: &Task) -> Result<(), Failure> {
    let engine = || Engine::embedded().map_err(|complaint| Failure(complaint.to_string()));
    let text = match task {
        Task::Batch { cases, json } => run_batch(&engine()?, cases, *json)?,
        Task::Power { game, json } => power::run(game, *json)?,
    };
    std::io::stdout().write_all(text.as_bytes()).or_else(|error| match error.kind() {
        // Whoever read the output has had enough.
        std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(Failure(format!("The answer could not be written: {error}"))),
    })
}

pub(super) fn read(path: &PathBuf) -> Result<String, Failure> {
    let mut text = String::new();
    let result = if path.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text).map(|_| ())
    } else {
        std::fs::read_to_string(path).map(|read| text = read)
    };
    result.map_err(|error| Failure(format!("“{}” could not be read: {error}", path.display())))?;
    Ok(text)
}

fn run_batch(engine: &Engine, path: &PathBuf, as_json: bool) -> Result<String, Failure> {
    let text = read(path)?;
    let cases: Value = serde_json::from_str(&text)
        .map_err(|error| Failure(format!("“{}” is not valid JSON: {error}", path.display())))?;
    let Value::Array(cases) = cases else {
        return Err(Failure(format!("“{}” must hold an array of cases", path.display())));
    };
    let mut answers = Vec::with_capacity(cases.len());
    for (at, case) in cases.iter().enumerate() {
        let asked = batch::parse_case(engine, at + 1, case).map_err(|error| Failure(error.to_string()))?;
        answers.push(batch::answer(engine, &asked));
    }
    if as_json {
        let text = serde_json::to_string_pretty(&answers).map_err(|error| Failure(error.to_string()))?;
        return Ok(text + "\n");
    }
    Ok(batch_table(&answers))
}

/// A table for people: one line a case.
fn batch_table(answers: &[Value]) -> String {
    use std::fmt::Write as _;
    let width = answers.iter().filter_map(|answer| answer["name"].as_str()).map(|name| name.chars().count()).max();
    let width = width.unwrap_or(4).max(4);
    let mut text = format!("{:width$}", "case");
    for measure in measures::ALL {
        let _ = write!(text, "  {:>16}", measure.label);
    }
    text.push('\n');
    for answer in answers {
        let _ = write!(text, "{:width$}", answer["name"].as_str().unwrap_or_default());
        for measure in measures::ALL {
            match answer[measure.name].as_f64() {
                Some(value) => {
                    let _ = write!(text, "  {:>16}", format!("{value:.1} {}", measure.unit).trim());
                }
                None => text.push_str("       not defined"),
            }
        }
        text.push('\n');
    }
    text.push_str("Estimates, not forecasts. Cost: going alone = 100. Flags and components: --json.\n");
    text
}
