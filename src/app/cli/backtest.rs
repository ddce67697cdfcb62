//! `convenor backtest`: does the vote table foresee what groups do?

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use clap::Args;
use serde::Serialize;

use super::failure::Failure;
use super::json;
use crate::analysis::backtest::{BacktestError, Check, Plan, Score, Scores, Targets, backtest, rolling};
use crate::analysis::{Drift, Engine};
use crate::chart::fixed;
use crate::data::{CountryId, VotesFile};
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
        return if options.table { Ok(table(&found)) } else { json::page(&found) };
    }
    let found = year_by_year(engine, plan)?;
    if options.json { json::page(&found) } else { Ok(rolling_table(&found)) }
}

/// Checks predictions against a votes file.
///
/// # Errors
/// The file cannot be read or is no table of votes, or there is nothing to check.
pub fn against(engine: &Engine, path: &Path, plan: Plan) -> Result<Answer, Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let text = storage::read_text(path).map_err(Failure::of)?;
    let file = VotesFile::parse(&name, &text, &engine.atlas).map_err(Failure::of)?;
    let found = backtest(engine, &file.calls, plan).map_err(|error| Failure(format!("“{name}”: {error}")))?;
    Ok(Answer {
        model: (&found.model).into(),
        baselines: Baselines::new(&found.independent, &found.past_frequency),
        about: About {
            groups: plan.groups,
            seed: plan.seed,
            actors: found.actors,
            actors_without_built_in_votes: found.without_votes,
            built_in_roll_calls: found.built_in_calls,
            built_in_until: found.built_in_until,
            judged_roll_calls: found.judged_calls,
            topics_known: file.has_topics,
            left_out_coded_me: found.left_out,
            also_built_in: found.repeated,
            held_out: found.repeated == 0,
        },
        columns_not_understood: file.not_understood,
    })
}

/// The same as a table for people.
#[must_use]
pub fn table(found: &Answer) -> String {
    let about = &found.about;
    let mut text = format!(
        "{} random groups of 2 to 19 of {} members; predicted from {} roll calls up to {}, judged on {}.\n",
        about.groups, about.actors, about.built_in_roll_calls, about.built_in_until, about.judged_roll_calls,
    );
    if !about.held_out {
        let _ = writeln!(
            text,
            "Caution: {} of these are among the built-in ones; --until YEAR leaves later votes out.",
            about.also_built_in,
        );
    }
    if !about.topics_known {
        text.push_str(
            "Caution: the file has no column “topics”, so votes on the Israeli–Arab conflict could not be left out.\n",
        );
    }
    if !found.columns_not_understood.is_empty() {
        let words = found.columns_not_understood.join(", ");
        let _ = writeln!(text, "Columns that were not understood, and left out: {words}.");
    }
    if !about.actors_without_built_in_votes.is_empty() {
        let words: Vec<String> = about.actors_without_built_in_votes.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "Left out, because there are no built-in votes of theirs: {}.", words.join(", "));
    }
    let _ =
        writeln!(text, "\n{:57}  {:>11}  {:>19}  {:>15}", "", "correlation", "mean absolute error", "in the interval");
    let ways = [
        ("model", &found.model),
        ("independent", &found.baselines.independent),
        ("past frequency", &found.baselines.past_frequency),
    ];
    for (at, (target, convenor)) in TARGETS.into_iter().enumerate() {
        for (way, targets) in ways {
            let score = targets.all()[at];
            let label = format!("{target}, {convenor} convenor: {way}");
            let figure = |value: Option<f64>| value.map_or("none".to_owned(), |value| fixed(value, 3));
            let (correlation, error) = (figure(score.correlation), figure(score.mean_absolute_error));
            let inside = score.coverage.map_or(String::new(), |share| format!("{:.0} %", 100.0 * share));
            let line = format!("{label:57}  {correlation:>11}  {error:>19}  {inside:>15}");
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}

/// What is predicted, and of whose proposals, in the order of [`TargetsAnswer::all`].
const TARGETS: [(&str, &str); 4] = [
    ("all present voted yes", "without"),
    ("all present voted yes", "with"),
    ("none voted no", "without"),
    ("none voted no", "with"),
];

/// The answer in the form of `convenor backtest --json`.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// The vote table.
    #[serde(flatten)]
    pub model: TargetsAnswer,
    /// What else would have been said.
    pub baselines: Baselines,
    /// What was judged, and from what it was predicted.
    pub about: About,
    /// Columns of the file that nobody understood.
    pub columns_not_understood: Vec<String>,
}

/// What independent members, and the groups' own past, would have said.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Baselines {
    /// Members whose votes have nothing to do with each other.
    pub independent: TargetsAnswer,
    /// What the groups did before.
    pub past_frequency: TargetsAnswer,
}

/// What was judged, and from what it was predicted.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "as in `Backtest` and `Plan`")]
pub struct About {
    pub groups: u32,
    pub seed: u64,
    pub actors: usize,
    pub actors_without_built_in_votes: Vec<CountryId>,
    pub built_in_roll_calls: usize,
    pub built_in_until: u16,
    pub judged_roll_calls: usize,
    pub left_out_coded_me: usize,
    /// Whether the file says what the votes were about; if not, none of them could be left out.
    pub topics_known: bool,
    pub also_built_in: usize,
    pub held_out: bool,
}

/// The scores on both targets, each without and with a convenor.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TargetsAnswer {
    /// All present voted yes.
    pub unanimous_yes: ScoresAnswer,
    /// None voted no.
    pub no_objection: ScoresAnswer,
}

/// The scores on a target.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ScoresAnswer {
    /// Of all roll calls.
    pub without_convenor: ScoreAnswer,
    /// Of those that a convenor tables.
    pub with_convenor: ScoreAnswer,
}

/// How well something was predicted.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ScoreAnswer {
    /// Between predicted and actual shares.
    pub correlation: Option<f64>,
    /// Of shares, 0 to 1.
    pub mean_absolute_error: Option<f64>,
    /// How many groups could be judged.
    pub groups: usize,
    /// The share in the 90 % interval, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<f64>,
}

impl TargetsAnswer {
    /// All four, in the order in which they are shown.
    fn all(&self) -> [&ScoreAnswer; 4] {
        let Self { unanimous_yes, no_objection } = self;
        [
            &unanimous_yes.without_convenor,
            &unanimous_yes.with_convenor,
            &no_objection.without_convenor,
            &no_objection.with_convenor,
        ]
    }
}

impl Baselines {
    fn new(independent: &Targets, past_frequency: &Targets) -> Self {
        Self { independent: independent.into(), past_frequency: past_frequency.into() }
    }
}

impl From<&Targets> for TargetsAnswer {
    fn from(targets: &Targets) -> Self {
        Self { unanimous_yes: (&targets.unanimous_yes).into(), no_objection: (&targets.no_objection).into() }
    }
}

impl From<&Scores> for ScoresAnswer {
    fn from(scores: &Scores) -> Self {
        Self { without_convenor: scores.without_convenor.into(), with_convenor: scores.with_convenor.into() }
    }
}

impl From<Score> for ScoreAnswer {
    fn from(Score { groups, correlation, mean_absolute_error, coverage }: Score) -> Self {
        Self { correlation, mean_absolute_error, groups, coverage }
    }
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
    pub deadlock: ScoreAnswer,
    /// The vote table on shares of unanimity.
    #[serde(flatten)]
    pub model: TargetsAnswer,
    /// What independent members, and the groups' own past, would have said.
    pub baselines: Baselines,
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
            deadlock: check.consensus.into(),
            model: (&check.model).into(),
            baselines: Baselines::new(&check.independent, &check.past_frequency),
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
    for words in
        ["all yes, convenor none", "all yes, convenor one", "no objection, convenor none", "no objection, convenor one"]
    {
        let _ = write!(text, "  {words:^26}");
    }
    text.push('\n');
    let cell = |score: &ScoreAnswer| {
        let figure = |value: Option<f64>| value.map_or("none".to_owned(), |value| fixed(value, 3));
        let inside = score.coverage.map_or(String::new(), |share| format!(" / {:.0} %", 100.0 * share));
        format!("{} / {}{inside}", figure(score.correlation), figure(score.mean_absolute_error))
    };
    for season in found.years.iter().chain([&found.all]) {
        let year = season.year.map_or_else(|| "all".to_owned(), |year| year.to_string());
        let _ = write!(text, "{year:5} {:>9}  {:^21}", season.questions, cell(&season.deadlock));
        for score in season.model.all() {
            let _ = write!(text, "  {:^26}", cell(score));
        }
        let _ = write!(text, "\n{:37}", "      the groups' own past");
        for score in season.baselines.past_frequency.all() {
            let _ = write!(text, "  {:^26}", cell(score));
        }
        text.push('\n');
    }
    let Sigma { year, own } = found.drift;
    let _ =
        writeln!(text, "\nDrift, logit scale: {year:.3} common to all groups of a year, {own:.3} of each by itself.");
    text
}
