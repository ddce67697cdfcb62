//! `convenor power`: voting power in a game, without any country.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::failure::{Failure, on_one_line};
use super::json;
use crate::analysis::power::{self, Indices, MemberPower};
use crate::analysis::{Game, Threshold};
use crate::chart::fixed;
use crate::model::{MOST_AMOUNT, MOST_CRITERIA};
use crate::storage;

/// Which game, and in which form.
#[derive(Args, Debug)]
pub struct Options {
    /// A JSON file: {"members": [{"id", "weights": […]}], "criteria": [{"quota", "strict"}], "veto": […],
    /// "blocking_minority": m}; `-` reads standard input.
    #[arg(verbatim_doc_comment)]
    pub game: PathBuf,
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// A game as the file has it.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields, expecting = "a set of fields: members, criteria, veto, blocking_minority")]
struct Asked {
    members: Vec<Member>,
    #[serde(default)]
    criteria: Vec<Criterion>,
    #[serde(default)]
    veto: Vec<String>,
    #[serde(default)]
    blocking_minority: Option<usize>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields, expecting = "a member: {\"id\", \"weights\"}")]
struct Member {
    id: String,
    /// One a criterion.
    #[serde(default)]
    weights: Vec<f64>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields, expecting = "a criterion: {\"quota\", \"strict\"}")]
struct Criterion {
    quota: f64,
    #[serde(default)]
    strict: bool,
}

/// A game with the names of its members.
#[derive(Debug)]
pub struct NamedGame {
    /// In the order of the game.
    pub ids: Vec<String>,
    /// The rule.
    pub game: Game,
}

/// Reads a game: `{"members": [{"id", "weights": […]}], "criteria": [{"quota", "strict"}], "veto": [ids],
/// "blocking_minority": m}`.
///
/// # Errors
/// One sentence that names the member or the criterion.
pub fn parse_game(text: &str) -> Result<NamedGame, String> {
    let asked: Asked = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let count = asked.criteria.len();
    if asked.members.is_empty() {
        return Err("“members” is empty: a game needs at least one member".to_owned());
    }
    if count > MOST_CRITERIA {
        return Err(format!("“criteria” has {count} entries: at most {MOST_CRITERIA} are taken"));
    }
    if count == 0 && asked.veto.is_empty() {
        return Err("“criteria” is empty: a game needs at least one criterion or a veto".to_owned());
    }
    let mut ids: HashSet<&str> = HashSet::with_capacity(asked.members.len());
    for member in &asked.members {
        let id = &member.id;
        if !ids.insert(id) {
            return Err(format!("member “{id}” is listed twice"));
        }
        if member.weights.len() != count {
            let found = member.weights.len();
            let weights = if found == 1 { "weight" } else { "weights" };
            let criteria = if count == 1 { "is 1 criterion".to_owned() } else { format!("are {count} criteria") };
            return Err(format!("member “{id}” has {found} {weights}, but there {criteria}"));
        }
        if let Some(weight) = member.weights.iter().find(|weight| !(0.0..=MOST_AMOUNT).contains(*weight)) {
            return Err(format!("member “{id}” has the weight {weight:e}: 0 to {MOST_AMOUNT:e} is expected"));
        }
    }
    if let Some(holder) = asked.veto.iter().find(|holder| !ids.contains(holder.as_str())) {
        return Err(format!("“veto” names “{holder}”, who is not among the members"));
    }
    if asked.blocking_minority == Some(0) {
        return Err("“blocking_minority” is 0: at least 1 is expected".to_owned());
    }
    let mut thresholds: Vec<Threshold> = Vec::with_capacity(count);
    for (at, criterion) in asked.criteria.iter().enumerate() {
        let weights: Vec<f64> = asked.members.iter().map(|member| member.weights[at]).collect();
        let sum: f64 = weights.iter().sum();
        if sum <= 0.0 {
            return Err(format!("criterion {}: all weights are zero", at + 1));
        }
        if !sum.is_finite() {
            return Err(format!("criterion {}: the weights sum to more than a number can hold", at + 1));
        }
        thresholds.push(power::threshold(weights, criterion.quota, criterion.strict));
    }
    let holders: HashSet<&str> = asked.veto.iter().map(String::as_str).collect();
    let veto = asked.members.iter().map(|member| holders.contains(member.id.as_str())).collect();
    let game = Game::new(thresholds, veto, asked.blocking_minority).map_err(|reason| reason.to_string())?;
    Ok(NamedGame { ids: asked.members.into_iter().map(|member| member.id).collect(), game })
}

/// Runs the task: the answer as JSON or as a table.
///
/// # Errors
/// The file cannot be read, is not a game, or the game is too large.
pub fn run(options: &Options) -> Result<String, Failure> {
    let path = &options.game;
    let fail = |reason: &dyn std::fmt::Display| Failure(format!("“{}”: {reason}", path.display()));
    let text = storage::read_text(path).map_err(Failure::of)?;
    let named = parse_game(&text).map_err(|reason| fail(&reason))?;
    let indices = power::indices(&named.game).map_err(|reason| fail(&reason))?;
    if options.json {
        return json::page(&answer(&named, &indices));
    }
    Ok(table(&named, &indices))
}

/// The answer in the form of `convenor power --json`.
#[derive(Debug, Serialize)]
pub struct Answer<'a> {
    /// Coleman's power to act.
    pub power_to_act: f64,
    /// In the order of the game.
    pub members: Vec<MemberRow<'a>>,
    /// How the indices were computed.
    pub method: &'static str,
    /// Bound on their relative error.
    pub relative_error: f64,
}

/// The indices of a member.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "as in `MemberPower`")]
pub struct MemberRow<'a> {
    pub id: &'a str,
    pub banzhaf: Option<f64>,
    pub banzhaf_absolute: f64,
    pub shapley_shubik: f64,
    pub prevent: Option<f64>,
    pub initiate: Option<f64>,
}

/// The indices with the names of the members.
#[must_use]
pub fn answer<'a>(named: &'a NamedGame, indices: &Indices) -> Answer<'a> {
    let row = |(id, member): (&'a String, &MemberPower)| MemberRow {
        id,
        banzhaf: member.banzhaf,
        banzhaf_absolute: member.banzhaf_absolute,
        shapley_shubik: member.shapley_shubik,
        prevent: member.prevent,
        initiate: member.initiate,
    };
    Answer {
        power_to_act: indices.power_to_act,
        members: named.ids.iter().zip(&indices.members).map(row).collect(),
        method: indices.method.words(),
        relative_error: indices.relative_error,
    }
}

fn table(named: &NamedGame, indices: &Indices) -> String {
    use std::fmt::Write as _;
    let width = named.ids.iter().map(|id| on_one_line(id).chars().count()).max().unwrap_or(0).max(6);
    let mut text = format!("Power to act: {}\n\n", figure(Some(indices.power_to_act)).trim_start());
    let _ = writeln!(
        text,
        "{:width$}  {:>12}  {:>12}  {:>14}  {:>12}  {:>12}",
        "member", "Banzhaf", "absolute", "Shapley–Shubik", "prevent", "initiate"
    );
    for (id, member) in named.ids.iter().zip(&indices.members) {
        let _ = writeln!(
            text,
            "{:width$}  {}  {}  {:>14}  {}  {}",
            on_one_line(id),
            figure(member.banzhaf),
            figure(Some(member.banzhaf_absolute)),
            figure(Some(member.shapley_shubik)).trim_start(),
            figure(member.prevent),
            figure(member.initiate)
        );
    }
    let error = if indices.relative_error > 0.0 {
        format!("relative error at most {:.0e}", indices.relative_error)
    } else {
        "exact".to_owned()
    };
    let _ = writeln!(text, "\nBy {}; {error}. “–”: not defined.", indices.method.words());
    text
}

/// Seven digits behind the point, or as many as tell a small number apart from zero.
fn figure(value: Option<f64>) -> String {
    match value {
        None => format!("{:>12}", "–"),
        Some(value) if value != 0.0 && value.abs() < 1e-4 => format!("{value:>12.5e}"),
        Some(value) => format!("{:>12}", fixed(value, 7)),
    }
}
