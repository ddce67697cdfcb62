//! `convenor whatif`: what every change of one seat would bring.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::cases::Asked;
use super::failure::Failure;
use super::fields::Fields;
use super::rows::{Changed, Figures, NOTE, changed, changes, figures, heading, line, sponsor_note};
use super::{answer, json, open};
use crate::analysis::explain::{self, Failing, Waterfall};
use crate::analysis::measures;
use crate::analysis::whatif::{self, Estimates, Move, Row};
use crate::analysis::{Case, Engine, Report};
use crate::data::CountryId;

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
    if options.json { json::page(&everything(engine, &asked)) } else { Ok(table(engine, &asked)) }
}

/// A change of one seat, and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Possible {
    /// The change.
    #[serde(flatten)]
    pub changed: Changed,
    /// Whether the sponsor does not vote after it.
    pub stays_out: bool,
    /// What the figures of a newcomer rest on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<Vec<String>>,
    /// To how many units the weights of members were rounded, where they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
}

/// The answer in the form of `convenor whatif --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Everything {
    /// The name of the grouping.
    pub grouping: String,
    /// The measures as they are.
    pub now: Figures,
    /// Who pays.
    pub sponsor: CountryId,
    /// Whether the sponsor does not vote.
    pub stays_out: bool,
    /// Every flag in words.
    pub flags: Vec<String>,
    /// Who could join as a member.
    pub add_member: Vec<Possible>,
    /// Who could join as a convenor.
    pub add_convenor: Vec<Possible>,
    /// Who could leave.
    pub remove: Vec<Possible>,
    /// Who could convene alone.
    pub convene: Vec<Possible>,
    /// What brings the measures about.
    pub explanation: Explanation,
}

/// Everything that one change of a seat would bring.
#[must_use]
pub fn everything(engine: &Engine, asked: &Asked) -> Everything {
    let report = engine.settled(&asked.case);
    let now = Estimates::of(&report);
    let possible = |row: Row| {
        let after = row.change.applied(&asked.case);
        let is_new = matches!(row.change, Move::AddMember(_) | Move::AddConvenor(_));
        let flags = after.as_ref().filter(|_| is_new).map(|after| {
            let flags = engine.flags_of(row.change.actor(), after);
            flags.iter().map(|flag| flag.words(&engine.atlas)).collect()
        });
        Possible {
            changed: changed(engine, row.change, &row.estimates, row.before.as_ref().unwrap_or(&now)),
            stays_out: after.as_ref().is_some_and(|after| answer::stays_out(engine, after)),
            flags,
            units: row.units,
        }
    };
    let list = |rows: Vec<Row>| -> Vec<Possible> { rows.into_iter().map(possible).collect() };
    let (members, convenors): (Vec<Row>, Vec<Row>) =
        whatif::additions(engine, &asked.case).into_iter().partition(|row| matches!(row.change, Move::AddMember(_)));
    Everything {
        grouping: asked.name.clone(),
        now: figures(&now),
        sponsor: asked.case.settings.sponsor,
        stays_out: answer::stays_out(engine, &asked.case),
        flags: answer::flags(engine, &report),
        add_member: list(members),
        add_convenor: list(convenors),
        remove: list(whatif::removals(engine, &asked.case)),
        convene: list(whatif::convenors(engine, &asked.case)),
        explanation: explanation(engine, &asked.case, &report),
    }
}

/// What a member adds, and its power.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the indices are as in `MemberPower`")]
pub struct Contribution {
    /// The member.
    pub actor: CountryId,
    /// The measures with it less those without.
    pub adds: Figures,
    /// The chance that its no decides.
    pub decisive_no: Option<f64>,
    pub banzhaf: Option<f64>,
    pub banzhaf_absolute: Option<f64>,
    pub shapley_shubik: Option<f64>,
    pub prevent: Option<f64>,
    pub initiate: Option<f64>,
}

/// What makes proposals fail.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fails {
    /// The cause, in words.
    pub what: String,
    /// The chance that it does.
    pub fails: f64,
    /// The chance that it alone does.
    pub alone: f64,
}

/// A step from one figure to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// How much it adds.
    pub amount: f64,
}

/// A figure taken apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Apart {
    /// The figure that it starts with.
    pub start: f64,
    /// What that is, in words.
    pub from: &'static str,
    /// What is added.
    pub steps: Vec<Step>,
    /// What it comes to.
    pub total: f64,
}

/// What brings the measures about: contributions, decisive noes, what fails, and every figure taken apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// By member, in the order of the case.
    pub members: Vec<Contribution>,
    /// Coleman's power to act.
    pub power_to_act: Option<f64>,
    /// Why there are no indices, where there are none.
    pub no_indices_because: Option<String>,
    /// What makes proposals fail.
    pub fails: Vec<Fails>,
    /// Every figure taken apart, by measure.
    pub drivers: Fields<Apart>,
}

/// What brings the measures about.
#[must_use]
pub fn explanation(engine: &Engine, case: &Case, report: &Report) -> Explanation {
    let noes = explain::decisive_noes(engine, case).ok();
    let power = explain::indices(engine, case);
    let members = explain::contributions(engine, case)
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let indices = power.as_ref().ok().map(|indices| indices.members[at]);
            Contribution {
                actor: engine.atlas.countries[part.actor].id,
                adds: changes(&part.with, &part.without),
                decisive_no: noes.as_ref().map(|noes| noes[at]),
                banzhaf: indices.and_then(|indices| indices.banzhaf),
                banzhaf_absolute: indices.map(|indices| indices.banzhaf_absolute),
                shapley_shubik: indices.map(|indices| indices.shapley_shubik),
                prevent: indices.and_then(|indices| indices.prevent),
                initiate: indices.and_then(|indices| indices.initiate),
            }
        })
        .collect();
    let failing = |failing: &Failing| Fails {
        what: failing.cause.words(&case.rule.full),
        fails: failing.fails,
        alone: failing.alone,
    };
    let drivers = explain::waterfalls(engine, case, report);
    Explanation {
        members,
        power_to_act: power.as_ref().ok().map(|indices| indices.power_to_act),
        no_indices_because: power.err().map(|reason| reason.to_string()),
        fails: explain::failing(engine, case).map_or_else(|_| Vec::new(), |found| found.iter().map(failing).collect()),
        drivers: Fields(drivers.iter().map(|of| (of.measure.name.to_owned(), apart(of))).collect()),
    }
}

fn apart(waterfall: &Waterfall) -> Apart {
    let steps = waterfall.steps.iter().map(|step| Step { label: step.label.clone(), amount: step.amount }).collect();
    Apart { start: waterfall.start, from: waterfall.from, steps, total: waterfall.total }
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
