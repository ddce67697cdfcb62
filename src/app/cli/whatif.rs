//! `convenor whatif`: what every change of one seat would bring.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::cases::Asked;
use super::failure::Failure;
use super::rows::{NOTE, changes, figures, heading, line, row_json, sponsor_note};
use super::{answer, json, open};
use crate::analysis::explain::{self, Failing, Waterfall};
use crate::analysis::measures;
use crate::analysis::whatif::{self, Estimates, Move, Row};
use crate::analysis::{Case, Engine, Report};

/// Which grouping, and in which form.
#[derive(Args, Debug)]
pub struct Options {
    /// The workspace.
    pub file: PathBuf,
    /// The name of the grouping.
    #[arg(long, value_name = "NAME")]
    pub grouping: String,
    /// Print JSON, with what brings the measures about, instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// Runs the task.
///
/// # Errors
/// The workspace cannot be opened, or has no such grouping.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let asked = open::grouping(engine, &options.file, &options.grouping)?;
    Ok(if options.json { json::page(everything(engine, &asked)) } else { table(engine, &asked) })
}

/// The answer in the form of `convenor whatif --json`.
#[must_use]
pub fn everything(engine: &Engine, asked: &Asked) -> Value {
    let report = engine.settled(&asked.case);
    let now = Estimates::of(&report);
    let rows = |rows: Vec<Row>, kept: &dyn Fn(Move) -> bool| -> Value {
        let kept = rows.into_iter().filter(|row| kept(row.change));
        let fields = kept.map(|row| {
            let mut fields = row_json(engine, row.change, &row.estimates, row.before.as_ref().unwrap_or(&now));
            let after = row.change.applied(&asked.case);
            fields.insert(
                "stays_out".to_owned(),
                json!(after.as_ref().is_some_and(|after| answer::stays_out(engine, after))),
            );
            if let Some(after) = after.filter(|_| matches!(row.change, Move::AddMember(_) | Move::AddConvenor(_))) {
                // What the figures of the newcomer rest on.
                let flags = engine.flags_of(row.change.actor(), &after);
                let words: Vec<String> = flags.iter().map(|flag| flag.words(&engine.atlas)).collect();
                fields.insert("flags".to_owned(), json!(words));
            }
            if let Some(units) = row.units {
                // Weights of members were rounded to so many units.
                fields.insert("units".to_owned(), json!(units));
            }
            Value::Object(fields)
        });
        fields.collect()
    };
    let additions = whatif::additions(engine, &asked.case);
    json!({
        "grouping": asked.name,
        "now": figures(&now),
        "sponsor": asked.case.settings.sponsor,
        "stays_out": answer::stays_out(engine, &asked.case),
        "flags": answer::flags(engine, &report),
        "add_member": rows(additions.clone(), &|change| matches!(change, Move::AddMember(_))),
        "add_convenor": rows(additions, &|change| matches!(change, Move::AddConvenor(_))),
        "remove": rows(whatif::removals(engine, &asked.case), &|_| true),
        "convene": rows(whatif::convenors(engine, &asked.case), &|_| true),
        "explanation": explanation(engine, &asked.case, &report),
    })
}

/// What brings the measures about, as JSON: contributions, decisive noes, what fails, and every figure taken apart.
#[must_use]
pub fn explanation(engine: &Engine, case: &Case, report: &Report) -> Value {
    let noes = explain::decisive_noes(engine, case).ok();
    let power = explain::indices(engine, case);
    let members: Vec<Value> = explain::contributions(engine, case)
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let indices = power.as_ref().ok().map(|indices| indices.members[at]);
            json!({
                "actor": engine.atlas.countries[part.actor].id,
                "adds": changes(&part.with, &part.without),
                "decisive_no": noes.as_ref().map(|noes| noes[at]),
                "banzhaf": indices.and_then(|indices| indices.banzhaf),
                "banzhaf_absolute": indices.map(|indices| indices.banzhaf_absolute),
                "shapley_shubik": indices.map(|indices| indices.shapley_shubik),
                "prevent": indices.and_then(|indices| indices.prevent),
                "initiate": indices.and_then(|indices| indices.initiate),
            })
        })
        .collect();
    let failing = |failing: &Failing| {
        let what = failing.cause.words(&case.rule.full);
        json!({"what": what, "fails": failing.fails, "alone": failing.alone})
    };
    let fails: Vec<Value> =
        explain::failing(engine, case).map_or_else(|_| Vec::new(), |found| found.iter().map(failing).collect());
    let drivers: Map<String, Value> = explain::waterfalls(engine, case, report)
        .iter()
        .map(|waterfall| (waterfall.measure.name.to_owned(), waterfall_json(waterfall)))
        .collect();
    json!({
        "members": members,
        "power_to_act": power.as_ref().ok().map(|indices| indices.power_to_act),
        "no_indices_because": power.err().map(|reason| reason.to_string()),
        "fails": fails,
        "drivers": drivers,
    })
}

fn waterfall_json(waterfall: &Waterfall) -> Value {
    let steps: Vec<Value> =
        waterfall.steps.iter().map(|step| json!({"label": step.label, "amount": step.amount})).collect();
    json!({"start": waterfall.start, "from": waterfall.from, "steps": steps, "total": waterfall.total})
}

/// A table for people: least deadlock risk first.
#[must_use]
pub fn table(engine: &Engine, asked: &Asked) -> String {
    let now = Estimates::of(&engine.settled(&asked.case));
    let mut text = heading(&format!("{} as it is", asked.name), &now);
    let additions = whatif::additions(engine, &asked.case);
    let (convenors, members): (Vec<Row>, Vec<Row>) =
        additions.into_iter().partition(|row| matches!(row.change, Move::AddConvenor(_)));
    for (title, mut rows) in [
        ("If it leaves", whatif::removals(engine, &asked.case)),
        ("If it convenes alone", whatif::convenors(engine, &asked.case)),
        ("If it joins as a member", members),
        ("If it joins as a convenor", convenors),
    ] {
        let risk = |row: &Row| row.estimates.get(&measures::DEADLOCK).unwrap_or(f64::INFINITY);
        rows.sort_by(|a, b| risk(a).total_cmp(&risk(b)));
        let _ = writeln!(text, "\n{title}");
        for row in &rows {
            let mut name = engine.atlas.countries[row.change.actor()].name.clone();
            if row.change.applied(&asked.case).is_some_and(|after| answer::stays_out(engine, &after)) {
                name.push('*');
            }
            text.push_str(&line(&name, &row.estimates, Some(row.before.as_ref().unwrap_or(&now))));
        }
    }
    text + "\n" + &sponsor_note(engine, &asked.case) + NOTE
}
