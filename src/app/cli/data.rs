//! `convenor data`: what is in the binary, where it comes from, and how far it reaches.

use std::fmt::Write as _;

use clap::Args;
use serde_json::{Value, json};

use super::json;
use crate::analysis::{Engine, VoteSettings};
use crate::data::BodyKind;
use crate::model::{Assumptions, Issue};

/// In which form.
#[derive(Args, Debug)]
pub struct Options {
    /// Print JSON instead of tables.
    #[arg(long)]
    pub json: bool,
}

/// Runs the task.
#[must_use]
pub fn run(engine: &Engine, options: &Options) -> String {
    let found = contents(engine);
    if options.json { json::page(found) } else { table(&found) }
}

/// Sources, indicators with vintage and coverage, roll calls, organisations, proposals and actors, as JSON.
#[must_use]
pub fn contents(engine: &Engine) -> Value {
    let atlas = &engine.atlas;
    let sources: Vec<Value> = atlas
        .sources
        .iter()
        .map(|source| {
            json!({
                "id": source.id,
                "title": source.title,
                "publisher": source.publisher,
                "vintage": source.vintage,
                "licence": source.licence,
                "reuse": source.reuse,
                "notes": source.notes,
            })
        })
        .collect();
    let bodies = |kind: BodyKind| -> Vec<Value> {
        let bodies = atlas.bodies.iter().filter(|body| body.kind == kind);
        bodies.map(|body| json!({ "code": body.code, "label": body.label, "seats": body.seats.len() })).collect()
    };
    let actors: Vec<Value> = atlas
        .countries
        .iter()
        .map(|country| json!({ "iso3": country.id, "name": country.name, "kind": country.kind.words() }))
        .collect();
    json!({
        "sources": sources,
        "indicators": indicators(engine),
        "roll_calls": roll_calls(engine),
        "organisations": bodies(BodyKind::Organisation),
        "proposals": bodies(BodyKind::Proposal),
        "groupings_since_2021": bodies(BodyKind::Minilateral),
        "actors": actors,
    })
}

fn indicators(engine: &Engine) -> Vec<Value> {
    let atlas = &engine.atlas;
    let members = |indicator: &crate::data::Indicator| {
        let figures = indicator.figures.iter().zip(&atlas.countries);
        figures.filter(|(figure, country)| figure.is_some() && country.is_un_member()).count()
    };
    let all = atlas.indicators.iter();
    all.map(|indicator| {
        json!({
            "code": indicator.code,
            "label": indicator.label,
            "unit": indicator.unit,
            "group": indicator.group,
            "source": indicator.source,
            "years": indicator.years().map(|(first, last)| [first, last]),
            "actors": indicator.coverage(),
            "un_members": members(indicator),
        })
    })
    .collect()
}

fn roll_calls(engine: &Engine) -> Value {
    let list = &engine.atlas.roll_calls.list;
    let years = || list.iter().map(|call| call.year);
    let issues: Vec<Value> = Issue::ALL
        .into_iter()
        .map(|issue| {
            let used = engine.votes.used(issue);
            let years = || used.iter().map(|used| list[used.call].year);
            let agenda = engine.agenda(issue, &VoteSettings::new(&Assumptions::default()));
            json!({
                "issue": issue.name(),
                "roll_calls": used.len(),
                "years": years().min().zip(years().max()).map(|(first, last)| [first, last]),
                "direct": agenda.direct(),
                "related": agenda.calls - agenda.direct(),
                "direct_topics": issue.direct().names().collect::<Vec<_>>(),
                "related_topics": issue.related().names().collect::<Vec<_>>(),
                "effective": agenda.effective_calls(),
            })
        })
        .collect();
    json!({
        "count": list.len(),
        "actors": engine.atlas.roll_calls.voters.len(),
        "years": years().min().zip(years().max()).map(|(first, last)| [first, last]),
        "by_issue": issues,
    })
}

/// The same for people.
#[must_use]
pub fn table(contents: &Value) -> String {
    let none = Vec::new();
    let list = |key: &str| contents[key].as_array().unwrap_or(&none);
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} actors, {} organisations, {} proposals of about 2021, {} groupings since, {} General Assembly roll calls of {}.\n",
        list("actors").len(),
        list("organisations").len(),
        list("proposals").len(),
        list("groupings_since_2021").len(),
        contents["roll_calls"]["count"],
        span(&contents["roll_calls"]["years"]),
    );
    let _ = writeln!(text, "{:28}  {:>9}  {:>6}  {:>10}  source", "indicator", "years", "actors", "UN members");
    for row in list("indicators") {
        let _ = writeln!(
            text,
            "{:28}  {:>9}  {:>6}  {:>10}  {}",
            words(row, "code"),
            span(&row["years"]),
            row["actors"],
            row["un_members"],
            words(row, "source"),
        );
    }
    let _ = writeln!(text, "\n{:28}  {:>9}  {:>6}  {:>7}  {:>6}", "issue", "years", "direct", "related", "worth");
    for row in contents["roll_calls"]["by_issue"].as_array().unwrap_or(&none) {
        let (name, years) = (words(row, "issue"), span(&row["years"]));
        let [direct, related] = ["direct", "related"].map(|key| row[key].as_u64().unwrap_or(0));
        let worth = row["effective"].as_f64().unwrap_or(0.0);
        let _ = writeln!(text, "{name:28}  {years:>9}  {direct:>6}  {related:>7}  {worth:>6.1}");
    }
    text.push_str("\nSources\n");
    for row in list("sources") {
        let (title, publisher) = (words(row, "title"), words(row, "publisher"));
        let (vintage, licence) = (words(row, "vintage"), words(row, "licence"));
        let _ = writeln!(text, "  {:20}  {title}; {publisher}; {vintage}; {licence}", words(row, "id"));
    }
    text.push_str("\nActors\n");
    for row in list("actors") {
        let _ = writeln!(text, "  {}  {}", words(row, "iso3"), words(row, "name"));
    }
    text
}

fn span(years: &Value) -> String {
    match (years[0].as_u64(), years[1].as_u64()) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => "none".to_owned(),
    }
}

fn words<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
