//! `convenor data`: what is in the binary, where it comes from, and how far it reaches.

use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;

use super::failure::Failure;
use super::json;
use crate::analysis::{Engine, VoteSettings};
use crate::data::{BodyKind, Country, CountryId, Indicator, Source};
use crate::model::{Assumptions, Issue};

/// In which form.
#[derive(Args, Debug)]
pub struct Options {
    /// Print JSON instead of tables.
    #[arg(long)]
    pub json: bool,
}

/// The answer in the form of `convenor data --json`.
#[derive(Debug, Serialize)]
pub struct Contents {
    /// Publications that figures were taken from.
    pub sources: Vec<SourceRow>,
    /// Figures by actor.
    pub indicators: Vec<IndicatorRow>,
    /// The built-in votes.
    pub roll_calls: RollCallsRow,
    /// Bodies that exist.
    pub organisations: Vec<BodyRow>,
    /// Bodies that were proposed about 2021.
    pub proposals: Vec<BodyRow>,
    /// Groupings formed or enlarged since.
    pub groupings_since_2021: Vec<BodyRow>,
    /// Everybody who can be a member.
    pub actors: Vec<ActorRow>,
}

/// A publication.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "as in `Source`")]
pub struct SourceRow {
    pub id: String,
    pub title: String,
    pub publisher: String,
    pub vintage: String,
    pub licence: String,
    pub reuse: String,
    pub notes: String,
}

/// An indicator with its coverage.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "as in `Indicator`")]
pub struct IndicatorRow {
    pub code: String,
    pub label: String,
    pub unit: String,
    pub group: String,
    pub source: String,
    /// The first and the last.
    pub years: Option<[u16; 2]>,
    /// How many actors have a figure.
    pub actors: usize,
    /// How many of these are members of the United Nations.
    pub un_members: usize,
}

/// The built-in votes.
#[derive(Debug, Serialize)]
pub struct RollCallsRow {
    /// How many roll calls.
    pub count: usize,
    /// How many actors with a ballot.
    pub actors: usize,
    /// The first and the last.
    pub years: Option<[u16; 2]>,
    /// What each issue rests on.
    pub by_issue: Vec<IssueRow>,
}

/// What an issue rests on.
#[derive(Debug, Serialize)]
pub struct IssueRow {
    /// Its name in files.
    pub issue: &'static str,
    /// How many roll calls are used.
    pub roll_calls: usize,
    /// The first and the last.
    pub years: Option<[u16; 2]>,
    /// How many are about it.
    pub direct: usize,
    /// How many are only related.
    pub related: usize,
    /// What it is about.
    pub direct_topics: Vec<&'static str>,
    /// What is related to it.
    pub related_topics: Vec<&'static str>,
    /// How many equally weighted ones they are worth.
    pub effective: f64,
}

/// A body.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "as in `Body`")]
pub struct BodyRow {
    pub code: String,
    pub label: String,
    pub seats: usize,
}

/// An actor.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "as in `Country`")]
pub struct ActorRow {
    pub iso3: CountryId,
    pub name: String,
    pub kind: &'static str,
}

/// Runs the task.
///
/// # Errors
/// The answer has no form in JSON: a fault of the program.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let found = contents(engine);
    if options.json { json::page(&found) } else { Ok(table(&found)) }
}

/// Sources, indicators with vintage and coverage, roll calls, organisations, proposals and actors.
#[must_use]
pub fn contents(engine: &Engine) -> Contents {
    let atlas = &engine.atlas;
    let source = |source: &Source| {
        let Source { id, title, publisher, licence, vintage, reuse, notes } = source.clone();
        SourceRow { id, title, publisher, vintage, licence, reuse, notes }
    };
    let bodies = |kind: BodyKind| -> Vec<BodyRow> {
        let bodies = atlas.bodies.iter().filter(|body| body.kind == kind);
        bodies
            .map(|body| BodyRow { code: body.code.clone(), label: body.label.clone(), seats: body.seats.len() })
            .collect()
    };
    let actor =
        |country: &Country| ActorRow { iso3: country.id, name: country.name.clone(), kind: country.kind.words() };
    Contents {
        sources: atlas.sources.iter().map(source).collect(),
        indicators: atlas.indicators.iter().map(|indicator| indicator_row(engine, indicator)).collect(),
        roll_calls: roll_calls(engine),
        organisations: bodies(BodyKind::Organisation),
        proposals: bodies(BodyKind::Proposal),
        groupings_since_2021: bodies(BodyKind::Minilateral),
        actors: atlas.countries.iter().map(actor).collect(),
    }
}

fn indicator_row(engine: &Engine, indicator: &Indicator) -> IndicatorRow {
    let figures = indicator.figures.iter().zip(&engine.atlas.countries);
    IndicatorRow {
        code: indicator.code.clone(),
        label: indicator.label.clone(),
        unit: indicator.unit.clone(),
        group: indicator.group.clone(),
        source: indicator.source.clone(),
        years: indicator.years().map(|(first, last)| [first, last]),
        actors: indicator.coverage(),
        un_members: figures.filter(|(figure, country)| figure.is_some() && country.is_un_member()).count(),
    }
}

/// The first and the last of some years.
fn from_to(years: impl Iterator<Item = u16> + Clone) -> Option<[u16; 2]> {
    years.clone().min().zip(years.max()).map(|(first, last)| [first, last])
}

fn roll_calls(engine: &Engine) -> RollCallsRow {
    let list = &engine.atlas.roll_calls.list;
    let row = |issue: Issue| {
        let used = engine.votes.used(issue);
        let agenda = engine.agenda(issue, &VoteSettings::new(&Assumptions::default()));
        IssueRow {
            issue: issue.name(),
            roll_calls: used.len(),
            years: from_to(used.iter().map(|used| list[used.call].year)),
            direct: agenda.direct(),
            related: agenda.calls - agenda.direct(),
            direct_topics: issue.direct().names().collect(),
            related_topics: issue.related().names().collect(),
            effective: agenda.effective_calls(),
        }
    };
    RollCallsRow {
        count: list.len(),
        actors: engine.atlas.roll_calls.voters.len(),
        years: from_to(list.iter().map(|call| call.year)),
        by_issue: Issue::ALL.into_iter().map(row).collect(),
    }
}

/// The same for people.
#[must_use]
pub fn table(contents: &Contents) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} actors, {} organisations, {} proposals of about 2021, {} groupings since, {} General Assembly roll calls of {}.\n",
        contents.actors.len(),
        contents.organisations.len(),
        contents.proposals.len(),
        contents.groupings_since_2021.len(),
        contents.roll_calls.count,
        span(contents.roll_calls.years),
    );
    let _ = writeln!(text, "{:28}  {:>9}  {:>6}  {:>10}  source", "indicator", "years", "actors", "UN members");
    for row in &contents.indicators {
        let IndicatorRow { code, source, actors, un_members, .. } = row;
        let _ = writeln!(text, "{code:28}  {:>9}  {actors:>6}  {un_members:>10}  {source}", span(row.years));
    }
    let _ = writeln!(text, "\n{:28}  {:>9}  {:>6}  {:>7}  {:>6}", "issue", "years", "direct", "related", "worth");
    for row in &contents.roll_calls.by_issue {
        let IssueRow { issue, direct, related, effective, .. } = row;
        let _ = writeln!(text, "{issue:28}  {:>9}  {direct:>6}  {related:>7}  {effective:>6.1}", span(row.years));
    }
    text.push_str("\nSources\n");
    for SourceRow { id, title, publisher, vintage, licence, .. } in &contents.sources {
        let _ = writeln!(text, "  {id:20}  {title}; {publisher}; {vintage}; {licence}");
    }
    text.push_str("\nActors\n");
    for ActorRow { iso3, name, .. } in &contents.actors {
        let _ = writeln!(text, "  {iso3}  {name}");
    }
    text
}

fn span(years: Option<[u16; 2]>) -> String {
    match years {
        Some([first, last]) if first == last => first.to_string(),
        Some([first, last]) => format!("{first}–{last}"),
        None => "none".to_owned(),
    }
}
