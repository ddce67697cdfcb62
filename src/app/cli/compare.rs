//! `convenor compare`: what differs between two workspaces, in words.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::failure::{Failure, on_one_line};
use super::json;
use crate::analysis::Engine;
use crate::chart::differences;
use crate::storage;

/// Which workspaces, and in which form.
#[derive(Args, Debug)]
pub struct Options {
    /// The workspace as it was.
    pub before: PathBuf,
    /// The workspace as it is.
    pub after: PathBuf,
    /// Print JSON instead of lines.
    #[arg(long)]
    pub json: bool,
}

/// The answer in the form of `convenor compare --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// What was mended in either file.
    pub repairs: Vec<String>,
    /// What differs, a sentence each.
    pub differences: Vec<String>,
}

/// Runs the task.
///
/// # Errors
/// One of the workspaces cannot be opened.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let open = |path| storage::open(path, &engine.atlas).map_err(Failure::of);
    let (before, after) = (open(&options.before)?, open(&options.after)?);
    let repairs: Vec<String> = before.repairs.iter().chain(&after.repairs).map(ToString::to_string).collect();
    let found = differences(&before.workspace, &after.workspace, &engine.atlas);
    if options.json {
        return json::page(&Answer { repairs, differences: found });
    }
    let lines = if found.is_empty() { vec!["Nothing differs.".to_owned()] } else { found };
    let all: Vec<String> = repairs.iter().chain(&lines).map(|line| on_one_line(line).into_owned()).collect();
    Ok(all.join("\n") + "\n")
}
