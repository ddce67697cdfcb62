//! `convenor roll-calls`: the roll calls behind the deadlock risk of a grouping, and how its members voted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::cases::Asked;
use super::failure::{Failure, on_one_line};
use super::{json, open};
use crate::analysis::Engine;
use crate::analysis::record::{Entry, NOTICEABLE, Record, record};
use crate::data::{Ballot, CountryId};
use crate::model::Relevance;

/// Which grouping, and in which form.
#[derive(Args, Debug)]
pub struct Options {
    /// The workspace.
    pub file: PathBuf,
    /// The name of the grouping.
    #[arg(long, value_name = "NAME")]
    pub grouping: String,
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// Runs the task.
///
/// # Errors
/// The workspace cannot be opened, has no such grouping, or it rests on no roll call.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let found = answer(engine, &open::grouping(engine, &options.file, &options.grouping)?)?;
    if options.json { json::page(&found) } else { Ok(table(&found)) }
}

/// The answer in the form of `convenor roll-calls --json`.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// The name of the grouping.
    pub grouping: String,
    /// D₁, 0 to 1: 1 − Σ weight · pass.
    pub deadlock_one_question: f64,
    /// (Σu)² ÷ Σu².
    pub effective_roll_calls: f64,
    /// In the order of the table, the oldest first.
    pub roll_calls: Vec<Call>,
}

/// One roll call.
#[derive(Debug, Serialize)]
pub struct Call {
    /// The resolution, such as `A/RES/78/241`.
    pub resolution: String,
    /// The day of the vote.
    pub date: String,
    /// What it was called.
    pub title: String,
    /// What it was about.
    pub topics: Vec<&'static str>,
    /// `direct` or `related`.
    pub relevance: &'static str,
    /// Its share of what is tabled, 0 to 1.
    pub weight: f64,
    /// The chance that the grouping passes it, 0 to 1.
    pub pass: f64,
    /// The members that voted no.
    pub no: Vec<CountryId>,
    /// The members whose votes are modelled: absent, or without a seat.
    pub modelled: Vec<CountryId>,
    /// The members whose no decides in at least one case of twenty, with the chance.
    pub decisive: BTreeMap<CountryId, f64>,
    /// Every member's ballot: Y, N, A (abstained) or X (absent or without a seat).
    pub votes: BTreeMap<CountryId, char>,
}

/// The record behind a grouping.
///
/// # Errors
/// Deadlock risk has no meaning for it, with the reason.
pub fn answer(engine: &Engine, asked: &Asked) -> Result<Answer, Failure> {
    let found = record(engine, &asked.case)
        .map_err(|reason| Failure(format!("“{}” rests on no roll call: {reason}", asked.name)))?;
    Ok(Answer {
        grouping: asked.name.clone(),
        deadlock_one_question: found.single(),
        effective_roll_calls: engine.agenda_of(&asked.case).effective_calls(),
        roll_calls: (0..found.entries.len()).map(|at| call(engine, &found, at)).collect(),
    })
}

fn call(engine: &Engine, record: &Record, at: usize) -> Call {
    let id = |actor: &usize| engine.atlas.countries[*actor].id;
    let entry: &Entry = &record.entries[at];
    let of = &engine.atlas.roll_calls.list[entry.call];
    let votes = record.votes(engine, at);
    let letter = |ballot: Ballot| match ballot {
        Ballot::Yes => 'Y',
        Ballot::No => 'N',
        Ballot::Abstain => 'A',
        Ballot::Absent => 'X',
    };
    Call {
        resolution: of.resolution.clone(),
        date: of.date.clone(),
        title: of.title.clone(),
        topics: of.topics.names().collect(),
        relevance: match entry.relevance {
            Relevance::Direct => "direct",
            Relevance::Related => "related",
        },
        weight: entry.weight,
        pass: entry.pass,
        no: entry.no.iter().map(id).collect(),
        modelled: entry.modelled.iter().map(id).collect(),
        decisive: votes
            .iter()
            .filter(|vote| vote.decisive >= NOTICEABLE)
            .map(|vote| (id(&vote.actor), vote.decisive))
            .collect(),
        votes: votes.iter().map(|vote| (id(&vote.actor), letter(vote.ballot))).collect(),
    }
}

/// The same as a table for people: the heaviest first.
#[must_use]
pub fn table(answer: &Answer) -> String {
    let mut calls: Vec<&Call> = answer.roll_calls.iter().collect();
    calls.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let direct = calls.iter().filter(|call| call.relevance == "direct").count();
    let mut text = format!(
        "{}: one question fails in {:.1} % of cases; {direct} direct and {} related roll calls, worth {:.0}\n\n",
        on_one_line(&answer.grouping),
        100.0 * answer.deadlock_one_question,
        calls.len() - direct,
        answer.effective_roll_calls
    );
    let _ = writeln!(
        text,
        "{:10}  {:18}  {:>7}  {:>7}  {:24}  title",
        "date", "resolution", "weight", "passes", "voted no"
    );
    for call in calls {
        let no: Vec<&str> = call.no.iter().map(CountryId::as_str).collect();
        let no = if no.len() > 6 { format!("{} members", no.len()) } else { no.join(" ") };
        let _ = writeln!(
            text,
            "{:10}  {:18}  {:>5.1} %  {:>5.0} %  {no:24}  {}",
            call.date,
            call.resolution,
            100.0 * call.weight,
            100.0 * call.pass,
            call.title
        );
    }
    text
}
