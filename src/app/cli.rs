//! The command line.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use serde_json::Value;

use super::batch::{self, Asked};
use super::{assess, check, contents, intervals, json, moves, power, roll_calls, stream};
use crate::analysis::backtest::Plan;
use crate::analysis::suggest::Target;
use crate::analysis::{Engine, measures};
use crate::chart::fixed;
use crate::model::Assumptions;
use crate::storage;

const NOTE: &str = "Estimates, not forecasts. Cost to the sponsor: going alone = 100; *: the sponsor stays out, and pays only if \
                    the grouping fails. Flags and components: --json.\n";

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
        /// A JSON file with an array of cases. `-` reads standard input, one case a line, and answers each line with one
        /// line of JSON, in order.
        cases: PathBuf,
        /// Print JSON instead of a table.
        #[arg(long)]
        json: bool,
        /// Add 90 % intervals.
        #[arg(long)]
        intervals: bool,
    },
    /// Compute every grouping of a workspace with intervals, and how they compare.
    Assess {
        /// The workspace.
        file: PathBuf,
        /// Print JSON, with track record, capture and drivers, instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// List the roll calls behind the deadlock risk of a grouping, and how its members voted.
    RollCalls {
        /// The workspace.
        file: PathBuf,
        /// The name of the grouping.
        #[arg(long, value_name = "NAME")]
        grouping: String,
        /// Print JSON instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Predict from the built-in votes how random groups behave on a votes file; prints JSON. Or, with `--rolling`, predict each
    /// year of the built-in votes from those before; prints a table.
    Backtest {
        /// A table of roll calls, separated by commas, semicolons or tabs: resolution, year, date; title and topics (or the
        /// older issues) if there are any; then one column an actor with Y N A X, headed by its code or name. Columns that
        /// are not understood are named in the answer.
        #[arg(required_unless_present = "rolling", conflicts_with = "rolling")]
        votes: Option<PathBuf>,
        /// Predict each year from 2016 of the built-in votes from those before it.
        #[arg(long, conflicts_with = "until")]
        rolling: bool,
        /// Use the built-in votes up to this year only.
        #[arg(long, value_name = "YEAR")]
        until: Option<u16>,
        /// Seed of the random groups.
        #[arg(long, default_value_t = Plan::default().seed)]
        seed: u64,
        /// Print JSON (as it does anyway, unless `--table` is given).
        #[arg(long, conflicts_with = "table")]
        json: bool,
        /// Print a table instead of JSON.
        #[arg(long)]
        table: bool,
    },
    /// Tell what is in the binary: sources, vintages, coverage, actors.
    Data {
        /// Print JSON instead of tables.
        #[arg(long)]
        json: bool,
    },
    /// Compute the voting power of every member of a game.
    Power {
        /// A JSON file: {"members": [{"id", "weights": […]}], "criteria": [{"quota", "strict"}], "veto": […],
        /// "blocking_minority": m}; `-` reads standard input.
        #[arg(verbatim_doc_comment)]
        game: PathBuf,
        /// Print JSON instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Compute the measures of a grouping after every possible change of one seat.
    Whatif {
        /// The workspace.
        file: PathBuf,
        /// The name of the grouping.
        #[arg(long, value_name = "NAME")]
        grouping: String,
        /// Print JSON, with what brings the measures about, instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Suggest up to five changes of seats of a grouping towards a target.
    Suggest {
        /// The workspace.
        file: PathBuf,
        /// The name of the grouping.
        #[arg(long, value_name = "NAME")]
        grouping: String,
        /// Deadlock risk below this, per cent.
        #[arg(long, value_name = "X", allow_negative_numbers = true)]
        deadlock_below: Option<f64>,
        /// Reach above this, per cent.
        #[arg(long, value_name = "Y", allow_negative_numbers = true)]
        reach_above: Option<f64>,
        /// Legitimacy above this, 0 to 100.
        #[arg(long, value_name = "Z", allow_negative_numbers = true)]
        legitimacy_above: Option<f64>,
        /// Countries whose seats stay as they are: codes such as NOR, with commas between.
        #[arg(long, value_name = "ISO3", value_delimiter = ',')]
        lock: Vec<String>,
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
    let engine = Engine::embedded().map_err(|complaint| Failure(complaint.to_string()))?;
    let text = match task {
        Task::Batch { cases, intervals, .. } if cases.as_os_str() == "-" => {
            let input = std::io::BufReader::new(std::io::stdin());
            let mut output = std::io::BufWriter::new(std::io::stdout().lock());
            return written(stream::run(&engine, input, &mut output, *intervals));
        }
        Task::Batch { cases, json, intervals } => run_batch(&engine, cases, *json, *intervals)?,
        Task::Assess { file, json } => {
            let opened = storage::open(file, &engine.atlas).map_err(|error| Failure(error.to_string()))?;
            let found = assess::assess(&engine, &opened);
            if *json { json::page(found) } else { assess::table(&found) }
        }
        Task::RollCalls { file, grouping, json } => {
            let found = roll_calls::answer(&engine, &moves::open(&engine, file, grouping)?)?;
            if *json { json::page(typed(&found)?) } else { roll_calls::table(&found) }
        }
        Task::Backtest { votes: Some(votes), until, seed, table, .. } => {
            let plan = Plan { until: *until, seed: *seed, ..Plan::default() };
            let found = check::run(&engine, votes, plan)?;
            if *table { check::table(&found) } else { json::page(found) }
        }
        Task::Backtest { votes: None, seed, json, .. } => {
            let found = check::run_rolling(&engine, Plan { seed: *seed, ..Plan::default() })?;
            if *json { json::page(typed(&found)?) } else { check::rolling_table(&found) }
        }
        Task::Power { game, json } => power::run(game, *json)?,
        Task::Whatif { file, grouping, json } => {
            let asked = moves::open(&engine, file, grouping)?;
            if *json { json::page(moves::answer(&engine, &asked)) } else { moves::table(&engine, &asked) }
        }
        Task::Suggest { file, grouping, deadlock_below, reach_above, legitimacy_above, lock, json } => {
            let [deadlock_below, reach_above, legitimacy_above] = [*deadlock_below, *reach_above, *legitimacy_above];
            let target = Target { deadlock_below, reach_above, legitimacy_above };
            let (asked, found) = moves::suggested(&engine, file, grouping, &target, lock)?;
            if *json {
                json::page(moves::suggestion_json(&engine, &asked, &target, &found))
            } else {
                moves::suggestion_table(&engine, &asked, &found)
            }
        }
        Task::Data { json } => {
            let found = contents::contents(&engine);
            if *json { json::page(found) } else { contents::table(&found) }
        }
    };
    written(std::io::stdout().write_all(text.as_bytes()))
}

fn written(result: std::io::Result<()>) -> Result<(), Failure> {
    result.or_else(|error| match error.kind() {
        // Whoever read the output has had enough.
        std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(Failure(format!("The answer could not be written: {error}"))),
    })
}

/// A typed answer as JSON.
fn typed(answer: &impl serde::Serialize) -> Result<Value, Failure> {
    serde_json::to_value(answer).map_err(|error| Failure(error.to_string()))
}

fn run_batch(engine: &Engine, path: &Path, as_json: bool, with_intervals: bool) -> Result<String, Failure> {
    let text = storage::read_text(path).map_err(|error| Failure(error.to_string()))?;
    let cases: Value = serde_json::from_str(&text)
        .map_err(|error| Failure(format!("“{}” is not valid JSON: {error}", path.display())))?;
    let Value::Array(cases) = cases else {
        return Err(Failure(format!("“{}” must hold an array of cases", path.display())));
    };
    let asked = cases
        .iter()
        .enumerate()
        .map(|(at, case)| batch::parse_case(engine, at + 1, case).map_err(|error| Failure(error.to_string())))
        .collect::<Result<Vec<Asked>, Failure>>()?;
    let answers: Vec<Value> = if with_intervals {
        intervals::answers(engine, &asked, &Assumptions::default()).collect()
    } else {
        asked.iter().map(|asked| batch::answer(engine, asked)).collect()
    };
    match (as_json, with_intervals) {
        (true, _) => Ok(json::page(Value::Array(answers))),
        (false, true) => Ok(assess::intervals_table(&answers) + NOTE),
        (false, false) => Ok(batch_table(&answers)),
    }
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
    text.push_str("  sponsor\n");
    for answer in answers {
        let _ = write!(text, "{:width$}", answer["name"].as_str().unwrap_or_default());
        for measure in measures::ALL {
            match answer[measure.name].as_f64() {
                Some(value) => {
                    let _ = write!(text, "  {:>16}", format!("{} {}", fixed(value, 1), measure.unit).trim());
                }
                None => text.push_str("       not defined"),
            }
        }
        let _ = writeln!(text, "  {}", assess::sponsor_words(answer));
    }
    text.push_str(NOTE);
    text
}
