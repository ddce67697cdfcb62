//! `convenor backtest`: does the vote table foresee what groups do?

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use super::failure::Failure;
use super::json;
use crate::analysis::backtest::{Backtest, BacktestError, Check, Plan, Score, Scores, Targets, backtest, rolling};
use crate::analysis::{Drift, Engine};
use crate::chart::fixed;
use crate::data::VotesFile;
use crate::storage;

/// Which votes, and how they are predicted.
#[derive(Args, Debug)]
pub struct Options {
    /// A table of roll calls, separated by commas, semicolons or tabs: resolution, year, date; title and topics (or the
    /// older issues) if there are any; then one column an actor with Y N A X, headed by its code or name. Columns that
    /// are not understood are named in the answer.
    #[arg(required_unless_present = "rolling", conflicts_with = "rolling")]
    pub votes: Option<PathBuf>,
    /// Predict each year from 2016 of the built-in votes from those before it.
    #[arg(long, conflicts_with = "until")]
    pub rolling: bool,
    /// Use the built-in votes up to this year only.
    #[arg(long, value_name = "YEAR")]
    pub until: Option<u16>,
    /// Seed of the random groups.
    #[arg(long, default_value_t = Plan::default().seed)]
    pub seed: u64,
    /// Print JSON (as it does anyway, unless `--table` is given).
    #[arg(long, conflicts_with = "table")]
    pub json: bool,
    /// Print a table instead of JSON.
    #[arg(long)]
    pub table: bool,
}

/// Runs the task.
///
/// # Errors
/// The file cannot be read or is no table of votes, or there is nothing to check.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let plan = Plan { until: options.until, seed: options.seed, ..Plan::default() };
    if let Some(votes) = &options.votes {
        let found = against(engine, votes, plan)?;
        return Ok(if options.table { table(&found) } else { json::page(found) });
    }
    let found = year_by_year(engine, plan)?;
    if options.json { json::typed_page(&found) } else { Ok(rolling_table(&found)) }
}

/// Checks predictions against a votes file.
///
/// # Errors
/// The file cannot be read or is no table of votes, or there is nothing to check.
pub fn against(engine: &Engine, path: &Path, plan: Plan) -> Result<Value, Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let text = storage::read_text(path).map_err(Failure::of)?;
    let file = VotesFile::parse(&name, &text, &engine.atlas).map_err(Failure::of)?;
    let found = backtest(engine, &file.calls, plan).map_err(|error| Failure(format!("“{name}”: {error}")))?;
    let mut value = report(&found, plan);
    value["columns_not_understood"] = json!(file.not_understood);
    Ok(value)
}

fn report(found: &Backtest, plan: Plan) -> Value {
    let mut value = targets(&found.model);
    value["baselines"] = json!({
        "independent": targets(&found.independent),
        "past_frequency": targets(&found.past_frequency),
    });
    value["about"] = json!({
        "groups": plan.groups,
        "seed": plan.seed,
        "actors": found.actors,
        "actors_without_built_in_votes": found.without_votes,
        "built_in_roll_calls": found.built_in_calls,
        "built_in_until": found.built_in_until,
        "judged_roll_calls": found.judged_calls,
        "left_out_coded_me": found.left_out,
        "also_built_in": found.repeated,
        "held_out": found.repeated == 0,
    });
    value
}

fn targets(targets: &Targets) -> Value {
    json!({ "unanimous_yes": scores(&targets.unanimous_yes), "no_objection": scores(&targets.no_objection) })
}

fn scores(scores: &Scores) -> Value {
    json!({ "without_convenor": score(&scores.without_convenor), "with_convenor": score(&scores.with_convenor) })
}

fn score(score: &Score) -> Value {
    let mut value = json!({
        "correlation": score.correlation,
        "mean_absolute_error": score.mean_absolute_error,
        "groups": score.groups,
    });
    if let Some(coverage) = score.coverage {
        value["coverage"] = json!(coverage);
    }
    value
}

/// The same as a table for people.
#[must_use]
pub fn table(found: &Value) -> String {
    let about = &found["about"];
    let mut text = format!(
        "{} random groups of 2 to 19 of {} members; predicted from {} roll calls up to {}, judged on {}.\n",
        about["groups"],
        about["actors"],
        about["built_in_roll_calls"],
        about["built_in_until"],
        about["judged_roll_calls"],
    );
    if about["held_out"] == false {
        let _ = writeln!(
            text,
            "Caution: {} of these are among the built-in ones; --until YEAR leaves later votes out.",
            about["also_built_in"],
        );
    }
    let listed = |value: &Value| -> Option<String> {
        let words: Vec<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
        (!words.is_empty()).then(|| words.join(", "))
    };
    if let Some(words) = listed(&found["columns_not_understood"]) {
        let _ = writeln!(text, "Columns that were not understood, and left out: {words}.");
    }
    if let Some(words) = listed(&about["actors_without_built_in_votes"]) {
        let _ = writeln!(text, "Left out, because there are no built-in votes of theirs: {words}.");
    }
    let _ =
        writeln!(text, "\n{:57}  {:>11}  {:>19}  {:>15}", "", "correlation", "mean absolute error", "in the interval");
    let ways = [
        ("model", found),
        ("independent", &found["baselines"]["independent"]),
        ("past frequency", &found["baselines"]["past_frequency"]),
    ];
    for (target, words) in [("unanimous_yes", "all present voted yes"), ("no_objection", "none voted no")] {
        for convenor in ["without_convenor", "with_convenor"] {
            for (way, value) in ways {
                let score = &value[target][convenor];
                let label = format!("{words}, {}: {way}", convenor.replace('_', " "));
                let figure = |key: &str| score[key].as_f64().map_or("none".to_owned(), |value| fixed(value, 3));
                let (correlation, error) = (figure("correlation"), figure("mean_absolute_error"));
                let inside =
                    score["coverage"].as_f64().map_or(String::new(), |share| format!("{:.0} %", 100.0 * share));
                let _ = writeln!(
                    text,
                    "{}",
                    format!("{label:57}  {correlation:>11}  {error:>19}  {inside:>15}").trim_end()
                );
            }
        }
    }
    text
}

/// One year, or all of them, in the form of `convenor backtest --rolling --json`.
#[derive(Debug, Serialize)]
pub struct Season {
    /// The year; none for all years together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// How many questions it had.
    pub questions: usize,
    /// How many roll calls it was predicted from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predicted_from: Option<usize>,
    /// D₁ under consensus, nobody convening.
    pub deadlock: Value,
    /// The vote table on shares of unanimity.
    #[serde(flatten)]
    pub model: Value,
    /// What independent members, and the groups' own past, would have said.
    pub baselines: Value,
    /// The drift that widened the intervals: that of the other years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift_of_other_years: Option<Sigma>,
}

/// Drift as standard deviations on the logit scale.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Sigma {
    /// Common to all groupings.
    pub year: f64,
    /// Of each grouping by itself.
    pub own: f64,
}

/// The answer in the form of `convenor backtest --rolling --json`.
#[derive(Debug, Serialize)]
pub struct RollingAnswer {
    /// Each year by itself.
    pub years: Vec<Season>,
    /// All years together.
    pub all: Season,
    /// Drift as these groups show it.
    pub drift: Sigma,
    /// Random groups.
    pub groups: u32,
    /// Draws for the intervals.
    pub draws: u32,
    /// Seed of both.
    pub seed: u64,
}

impl From<Drift> for Sigma {
    fn from(Drift { year, own }: Drift) -> Self {
        Self { year, own }
    }
}

impl Season {
    fn new(check: &Check) -> Self {
        Self {
            year: None,
            questions: check.questions,
            predicted_from: None,
            deadlock: score(&check.consensus),
            model: targets(&check.model),
            baselines: json!({
                "independent": targets(&check.independent),
                "past_frequency": targets(&check.past_frequency),
            }),
            drift_of_other_years: None,
        }
    }
}

/// Predicts each year of the built-in votes from those before. On a terminal, progress is told on the way.
///
/// # Errors
/// There is nothing to judge.
pub fn year_by_year(engine: &Engine, plan: Plan) -> Result<RollingAnswer, Failure> {
    let terminal = std::io::stderr().is_terminal();
    let progress = |share: f32| {
        if terminal {
            eprint!("\rpredicting year by year: {:3.0} %", 100.0 * share);
        }
    };
    let found = rolling(engine, plan, &AtomicBool::new(false), &progress);
    if terminal {
        eprint!("\r{:32}\r", "");
    }
    let found = found.unwrap_or(Err(BacktestError::NothingToJudge)).map_err(Failure::of)?;
    let years = found.years.iter().map(|(year, drift, check)| Season {
        year: Some(*year),
        predicted_from: Some(check.predicted_from),
        drift_of_other_years: Some((*drift).into()),
        ..Season::new(check)
    });
    Ok(RollingAnswer {
        years: years.collect(),
        all: Season::new(&found.all),
        drift: Drift::of(&found.drift).into(),
        groups: plan.groups,
        draws: plan.draws,
        seed: plan.seed,
    })
}

/// The same as a table for people.
#[must_use]
pub fn rolling_table(found: &RollingAnswer) -> String {
    let mut text = format!(
        "Each year predicted from those before, {} random groups of 2 to 19 members. Correlation / mean absolute error / share in \
         the 90 % interval.\n\n{:5} {:>9}  {:^21}",
        found.groups, "", "questions", "deadlock, consensus"
    );
    let targets = [("unanimous_yes", "all yes"), ("no_objection", "no objection")];
    let asked: Vec<(&str, &str, String)> = targets
        .into_iter()
        .flat_map(|(target, words)| {
            [("without_convenor", "none"), ("with_convenor", "one")]
                .map(|(convenor, who)| (target, convenor, format!("{words}, convenor {who}")))
        })
        .collect();
    for (_, _, words) in &asked {
        let _ = write!(text, "  {words:^26}");
    }
    text.push('\n');
    let cell = |value: &Value| {
        let figure = |key: &str| value[key].as_f64().map_or("none".to_owned(), |figure| format!("{figure:.3}"));
        let inside = value["coverage"].as_f64().map_or(String::new(), |share| format!(" / {:.0} %", 100.0 * share));
        format!("{} / {}{inside}", figure("correlation"), figure("mean_absolute_error"))
    };
    for season in found.years.iter().chain([&found.all]) {
        let year = season.year.map_or_else(|| "all".to_owned(), |year| year.to_string());
        let _ = write!(text, "{year:5} {:>9}  {:^21}", season.questions, cell(&season.deadlock));
        for (target, convenor, _) in &asked {
            let _ = write!(text, "  {:^26}", cell(&season.model[*target][*convenor]));
        }
        text.push('\n');
        let past = &season.baselines["past_frequency"];
        let _ = write!(text, "{:37}", "      the groups' own past");
        for (target, convenor, _) in &asked {
            let _ = write!(text, "  {:^26}", cell(&past[*target][*convenor]));
        }
        text.push('\n');
    }
    let Sigma { year, own } = found.drift;
    let _ =
        writeln!(text, "\nDrift, logit scale: {year:.3} common to all groups of a year, {own:.3} of each by itself.");
    text
}
