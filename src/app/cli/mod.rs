//! The command line: one file a task, and what they share.

pub mod answer;
pub mod assess;
pub mod backtest;
pub mod batch;
pub mod cases;
pub mod compare;
pub mod data;
pub mod export;
mod failure;
mod fields;
pub mod intervals;
mod json;
pub mod members;
pub mod open;
mod patience;
pub mod power;
pub mod roll_calls;
mod rows;
pub mod search;
pub mod stream;
pub mod suggest;
mod table;
pub mod whatif;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use failure::Failure;
pub use fields::{ByMeasure, Fields, Range};

use crate::analysis::Engine;

/// Design international coalitions and see estimated legitimacy, cost and deadlock risk.
#[derive(Parser, Debug)]
#[command(version, about, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub command: Option<Task>,
    /// A workspace to open in the window.
    pub file: Option<PathBuf>,
    /// Open it as a copy that belongs to no file.
    #[arg(long, requires = "file")]
    pub copy: bool,
}

/// What the command line can do without a window.
#[derive(Subcommand, Debug)]
pub enum Task {
    /// Compute the measures of many cases.
    Batch(batch::Options),
    /// Compute every grouping of a workspace with intervals, and how they compare.
    Assess(assess::Options),
    /// List the roll calls behind the deadlock risk of a grouping, and how its members voted.
    RollCalls(roll_calls::Options),
    /// Predict from the built-in votes how random groups behave on a votes file; prints JSON. Or, with `--rolling`, predict each
    /// year of the built-in votes from those before; prints a table.
    Backtest(backtest::Options),
    /// Tell what is in the binary: sources, vintages, coverage, actors.
    Data(data::Options),
    /// Compute the voting power of every member of a game.
    Power(power::Options),
    /// Compute the measures of a grouping after every possible change of one seat.
    Whatif(whatif::Options),
    /// Tell in words what differs between two workspaces.
    Compare(compare::Options),
    /// Write slides or a briefing as a file: html, pdf, pptx, svg, png, md or csv.
    Export(export::Options),
    /// Print the JSON Schema of a workspace file.
    Schema,
    /// Suggest up to five changes of seats of a grouping towards a target.
    Suggest(suggest::Options),
    /// Find the designs that do best: every coalition within bounds that no other beats.
    Search(search::Options),
    /// Put the answers of parts of a search together.
    Merge(search::MergeOptions),
}

/// Runs a task, printing to standard output.
///
/// # Errors
/// One sentence that names the thing and the cure.
pub fn run(task: &Task) -> Result<(), Failure> {
    let engine = Engine::embedded().map_err(Failure::of)?;
    let patience = patience::Patience::begin();
    let text = match task {
        Task::Batch(options) if options.is_stream() => {
            // Its answers come one by one.
            drop(patience);
            let input = std::io::BufReader::new(std::io::stdin());
            let mut output = std::io::BufWriter::new(std::io::stdout().lock());
            return written(stream::run(&engine, input, &mut output, options.beside()));
        }
        Task::Batch(options) => batch::run(&engine, options)?,
        Task::Assess(options) => assess::run(&engine, options)?,
        Task::RollCalls(options) => roll_calls::run(&engine, options)?,
        Task::Backtest(options) => backtest::run(&engine, options)?,
        Task::Power(options) => power::run(options)?,
        Task::Whatif(options) => whatif::run(&engine, options)?,
        Task::Compare(options) => compare::run(&engine, options)?,
        Task::Export(options) => export::run(&engine, options)?,
        Task::Suggest(options) => suggest::run(&engine, options)?,
        Task::Search(options) => search::run(&engine, options)?,
        Task::Merge(options) => search::merge(options)?,
        Task::Data(options) => data::run(&engine, options)?,
        Task::Schema => json::page(&crate::storage::schema())?,
    };
    drop(patience);
    written(std::io::stdout().write_all(failure::on_a_page(&text).as_bytes()))
}

fn written(result: std::io::Result<()>) -> Result<(), Failure> {
    result.or_else(|error| match error.kind() {
        // Whoever read the output has had enough.
        std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(Failure(format!("The answer could not be written: {error}"))),
    })
}
