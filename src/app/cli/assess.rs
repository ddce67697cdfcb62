//! `convenor assess`: every grouping of a workspace, with intervals and how they compare.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::cases::Asked;
use super::failure::Failure;
use super::table::{self, words};
use super::{intervals, json};
use crate::analysis::capture::{Capture, Largest, capture};
use crate::analysis::stuck::stops_most;
use crate::analysis::track::{TrackRecord, Unity, track_record};
use crate::analysis::uncertainty::{Comparison, Intervals, Verdict, beats};
use crate::analysis::{Case, Defined, Engine, measures, whatif};
use crate::data::CountryId;
use crate::storage::{self, Opened};

/// How many drivers of each measure are listed.
const DRIVERS: usize = 5;

/// Which workspace, and in which form.
#[derive(Args, Debug)]
pub struct Options {
    /// The workspace.
    pub file: PathBuf,
    /// Print JSON, with track record, capture and drivers, instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// Runs the task.
///
/// # Errors
/// The workspace cannot be opened.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let opened = storage::open(&options.file, &engine.atlas).map_err(Failure::of)?;
    let found = assess(engine, &opened);
    Ok(if options.json { json::page(found) } else { in_words(&found) })
}

/// Everything about the groupings of a workspace, in the order of the board, as JSON; with what was mended in its file.
#[must_use]
pub fn assess(engine: &Engine, opened: &Opened) -> Value {
    let workspace = &opened.workspace;
    let assumptions = &workspace.assumptions;
    let asked: Vec<Asked> = workspace
        .groupings
        .iter()
        .map(|grouping| Asked { name: grouping.name.clone(), case: Case::of(&engine.atlas, grouping, assumptions) })
        .collect();
    let cases: Vec<Case> = asked.iter().map(|asked| asked.case.clone()).collect();
    let found = intervals::of_cases(engine, &cases, assumptions);
    let groupings: Vec<Value> = asked.iter().zip(&found).map(|(asked, found)| grouping(engine, asked, found)).collect();
    json!({
        "title": workspace.title,
        "repairs": opened.repairs.iter().map(ToString::to_string).collect::<Vec<String>>(),
        "draws": found.first().map_or(0, Intervals::draws),
        "seed": assumptions.seed,
        "level": 0.9,
        "groupings": groupings,
        "comparisons": comparisons(&asked, &found),
    })
}

fn grouping(engine: &Engine, asked: &Asked, found: &Intervals) -> Value {
    let mut value = intervals::answer(engine, asked, found);
    if let Value::Object(fields) = &mut value {
        fields.insert("stops_most".to_owned(), stops_most_json(engine, &asked.case));
        fields.insert("drivers".to_owned(), drivers(engine, found));
        fields.insert("track_record".to_owned(), track_json(engine, &track_record(engine, &asked.case)));
        fields.insert("capture".to_owned(), capture_json(engine, &capture(engine, &asked.case)));
    }
    value
}

/// Whose no stops most; null where no single departure lowers deadlock risk by a point.
fn stops_most_json(engine: &Engine, case: &Case) -> Value {
    let now = whatif::Estimates::of(&engine.report(case));
    let found = stops_most(&whatif::removals(engine, case), &now);
    found.map_or(
        Value::Null,
        |(actor, change)| json!({ "member": engine.atlas.countries[actor].id, "change_if_it_leaves": change }),
    )
}

/// What moves each measure most, strongest first; only what is beyond chance.
fn drivers(engine: &Engine, found: &Intervals) -> Value {
    let by_measure = measures::ALL.into_iter().map(|measure| {
        let list: Vec<Value> = found
            .sensitivity(measure)
            .into_iter()
            .filter(|sensitivity| sensitivity.correlation.abs() > found.noise())
            .take(DRIVERS)
            .map(|sensitivity| {
                json!({
                    "driver": sensitivity.driver.label(&engine.atlas),
                    "rank_correlation": sensitivity.correlation,
                })
            })
            .collect();
        (measure.name.to_owned(), Value::Array(list))
    });
    Value::Object(by_measure.collect())
}

/// Every pair of groupings on every measure that both have.
fn comparisons(asked: &[Asked], found: &[Intervals]) -> Vec<Value> {
    let mut list = Vec::new();
    for (at, first) in found.iter().enumerate() {
        for (other, second) in found.iter().enumerate().skip(at + 1) {
            for measure in measures::ALL {
                let Some(comparison) = beats(first, second, measure) else { continue };
                list.push(json!({
                    "first": asked[at].name,
                    "second": asked[other].name,
                    // Places in the list of groupings: two may have the same name.
                    "first_at": at,
                    "second_at": other,
                    "measure": measure.name,
                    "first_better": comparison.first,
                    "second_better": comparison.second,
                    "ties": comparison.ties,
                    "verdict": verdict(comparison),
                }));
            }
        }
    }
    list
}

fn verdict(comparison: Comparison) -> &'static str {
    match comparison.verdict() {
        Verdict::First => "first",
        Verdict::Second => "second",
        Verdict::Equal => "equal",
        Verdict::NotDistinguishable => "not distinguishable",
    }
}

fn track_json(engine: &Engine, found: &Defined<TrackRecord>) -> Value {
    let unity = |unity: Unity| json!({ "unanimous_yes": unity.unanimous_yes, "no_objection": unity.no_objection });
    match found {
        Ok(found) => json!({
            "roll_calls": found.calls,
            "every_member_voted": found.complete,
            "observed": unity(found.observed),
            "vote_table": unity(found.table),
            "model_alone": unity(found.model),
            "never_present": ids(engine, &found.never_present),
        }),
        Err(_) => Value::Null,
    }
}

fn capture_json(engine: &Engine, found: &Capture) -> Value {
    let largest = |largest: &Option<Largest>| {
        largest.as_ref().map(|largest| json!({ "share": largest.share, "held_by": ids(engine, &largest.holders) }))
    };
    let members: Map<String, Value> = found
        .members
        .iter()
        .map(|member| {
            let value = json!({
                "exposure": member.exposure,
                "below_fifth_partner": member.below_fifth,
                "alignment": member.alignment,
            });
            (engine.atlas.countries[member.actor].id.to_string(), value)
        })
        .collect();
    json!({
        "rival": found.rival,
        "mean_exposure": found.mean_exposure,
        "mean_alignment": found.mean_alignment,
        "largest_power_share": largest(&found.largest_power),
        "largest_gdp_share": largest(&found.largest_gdp),
        "members": members,
    })
}

fn ids(engine: &Engine, actors: &[usize]) -> Vec<CountryId> {
    actors.iter().map(|actor| engine.atlas.countries[*actor].id).collect()
}

/// The same as a table for people.
#[must_use]
pub fn in_words(found: &Value) -> String {
    let none = Vec::new();
    let groupings = found["groupings"].as_array().unwrap_or(&none);
    let mut text = String::new();
    for repair in found["repairs"].as_array().unwrap_or(&none).iter().filter_map(Value::as_str) {
        let _ = writeln!(text, "{repair}");
    }
    text += &table::of_intervals(groupings);
    let _ = writeln!(
        text,
        "Estimates, not forecasts. In brackets: 90 % of {} draws. Cost to the sponsor: going alone = 100; *: it stays out.",
        found["draws"]
    );
    for grouping in groupings {
        let stuck = &grouping["stops_most"];
        if let (Some(member), Some(change)) = (stuck["member"].as_str(), stuck["change_if_it_leaves"].as_f64()) {
            let _ = writeln!(
                text,
                "{}: most is stopped by the no of {member}, {change:.0} if it leaves.",
                words(grouping, "name")
            );
        }
    }
    let unclear: Vec<String> = found["comparisons"]
        .as_array()
        .unwrap_or(&none)
        .iter()
        .filter(|pair| pair["verdict"] == "not distinguishable")
        .map(|pair| format!("  {} and {} on {}", words(pair, "first"), words(pair, "second"), words(pair, "measure")))
        .collect();
    if !unclear.is_empty() {
        let _ = writeln!(text, "\nNot distinguishable (fewer than 95 % of the draws agree):\n{}", unclear.join("\n"));
    }
    text
}
