//! `convenor whatif` and `convenor suggest`: what every change of one seat would bring, and a few towards a target.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::batch;
use super::cli::Failure;
use crate::analysis::explain::{self, Failing, Waterfall};
use crate::analysis::measures::{self, Measure};
use crate::analysis::suggest::{self, Suggestion, Target};
use crate::analysis::whatif::{self, Estimates, Move, Row};
use crate::analysis::{Case, Defined, Engine, Report};
use crate::chart::fixed;
use crate::data::CountryId;
use crate::model::Grouping;
use crate::storage;

const NOTE: &str = "Estimates, not forecasts. In brackets: the change. “–”: not defined.\n";

/// A grouping of a workspace file with its case.
#[derive(Debug)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// What to compute.
    pub case: Case,
}

/// Opens a file and finds a grouping by name; upper and lower case do not matter unless two names differ by it alone.
///
/// # Errors
/// The file cannot be opened, has no such grouping, or more than one.
pub fn open(engine: &Engine, path: &Path, name: &str) -> Result<Asked, Failure> {
    let opened = storage::open(path, &engine.atlas).map_err(|error| Failure(error.to_string()))?;
    let groupings = &opened.workspace.groupings;
    let folded = name.trim().to_lowercase();
    let all = |is: &dyn Fn(&Grouping) -> bool| -> Vec<&Grouping> {
        groupings.iter().map(AsRef::as_ref).filter(|grouping| is(grouping)).collect()
    };
    let mut found = all(&|grouping| grouping.name == name);
    if found.is_empty() {
        found = all(&|grouping| grouping.name.to_lowercase() == folded);
    }
    if found.len() > 1 {
        let letters: Vec<String> = found.iter().map(|grouping| grouping.letter()).collect();
        let letters = letters.join(" and ");
        return Err(Failure(format!(
            "“{}” has {} groupings “{name}” ({letters}): give each a name of its own",
            path.display(),
            found.len()
        )));
    }
    let Some(grouping) = found.first() else {
        let names: Vec<String> = groupings.iter().map(|grouping| format!("“{}”", grouping.name)).collect();
        let known = if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
        return Err(Failure(format!("“{}” has no grouping “{name}”: {known}", path.display())));
    };
    let case = Case::of(&engine.atlas, grouping, &opened.workspace.assumptions);
    Ok(Asked { name: grouping.name.clone(), case })
}

/// The actors named on the command line.
///
/// # Errors
/// A code is not a country code, or not an actor.
pub fn actors(engine: &Engine, codes: &[String]) -> Result<Vec<usize>, Failure> {
    let actor = |code: &String| {
        let id: CountryId = code.parse().map_err(|error| Failure(format!("--lock: {error}")))?;
        let unknown = || Failure(format!("--lock: {id} is not an actor; `convenor data` lists them"));
        engine.atlas.actor(id).ok_or_else(unknown)
    };
    codes.iter().map(actor).collect()
}

/// Checks the aims of a suggestion.
///
/// # Errors
/// There is none, or one is out of its range.
pub fn check_target(target: &Target) -> Result<(), Failure> {
    if target.is_empty() {
        return Err(Failure(
            "Nothing to aim at: give --deadlock-below, --reach-above or --legitimacy-above, each 0 to 100".to_owned(),
        ));
    }
    let aims = [
        ("--deadlock-below", target.deadlock_below),
        ("--reach-above", target.reach_above),
        ("--legitimacy-above", target.legitimacy_above),
    ];
    for (name, aim) in aims {
        if let Some(aim) = aim.filter(|aim| !(0.0..=100.0).contains(aim)) {
            return Err(Failure(format!("{name}: {aim} is not between 0 and 100")));
        }
    }
    Ok(())
}

fn figure(value: Defined<f64>) -> Value {
    value.map_or(Value::Null, |value| json!(value))
}

/// The five measures by name.
fn figures(estimates: &Estimates) -> Map<String, Value> {
    measures::ALL.into_iter().map(|measure| (measure.name.to_owned(), figure(estimates.get(measure)))).collect()
}

fn changes(estimates: &Estimates, before: &Estimates) -> Value {
    let change = |measure: &Measure| json!(estimates.change_of(measure, before));
    Value::Object(measures::ALL.into_iter().map(|measure| (measure.name.to_owned(), change(measure))).collect())
}

fn row_json(engine: &Engine, change: Move, estimates: &Estimates, before: &Estimates) -> Map<String, Value> {
    let country = &engine.atlas.countries[change.actor()];
    let mut fields = Map::new();
    fields.insert("move".to_owned(), json!(change.name()));
    fields.insert("actor".to_owned(), json!(country.id));
    fields.insert("name".to_owned(), json!(country.name));
    fields.extend(figures(estimates));
    fields.insert("change".to_owned(), changes(estimates, before));
    fields
}

/// The answer in the form of `convenor whatif --json`.
#[must_use]
pub fn answer(engine: &Engine, asked: &Asked) -> Value {
    let report = engine.settled(&asked.case);
    let now = Estimates::of(&report);
    let rows = |rows: Vec<Row>, kept: &dyn Fn(Move) -> bool| -> Value {
        let kept = rows.into_iter().filter(|row| kept(row.change));
        let fields = kept.map(|row| {
            let mut fields = row_json(engine, row.change, &row.estimates, row.before.as_ref().unwrap_or(&now));
            let after = row.change.applied(&asked.case);
            fields.insert(
                "stays_out".to_owned(),
                json!(after.as_ref().is_some_and(|after| batch::stays_out(engine, after))),
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
        "stays_out": batch::stays_out(engine, &asked.case),
        "flags": batch::flags(engine, &report),
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
            if row.change.applied(&asked.case).is_some_and(|after| batch::stays_out(engine, &after)) {
                name.push('*');
            }
            text.push_str(&line(&name, &row.estimates, Some(row.before.as_ref().unwrap_or(&now))));
        }
    }
    text + "\n" + &sponsor_note(engine, &asked.case) + NOTE
}

/// Who the sponsor is, and what a star means.
pub(super) fn sponsor_note(engine: &Engine, case: &Case) -> String {
    let sponsor = engine.atlas.name(case.settings.sponsor);
    format!("Cost is that of the sponsor, {sponsor}. *: the sponsor stays out, and pays only if the grouping fails.\n")
}

fn heading(title: &str, now: &Estimates) -> String {
    let mut text = " ".repeat(WIDTH);
    for measure in measures::ALL {
        let _ = write!(text, "{:>18}", measure.label);
    }
    text.push('\n');
    text + &line(title, now, None)
}

/// Columns for names.
const WIDTH: usize = 44;

fn line(name: &str, estimates: &Estimates, before: Option<&Estimates>) -> String {
    let mut text: String = name.chars().take(WIDTH - 1).collect();
    text = format!("{text:WIDTH$}");
    for measure in measures::ALL {
        let value = estimates.get(measure).map_or_else(|_| "–".to_owned(), |value| fixed(value, 1));
        let change = before.and_then(|before| estimates.change_of(measure, before));
        let change = change.map_or_else(String::new, |change| {
            let words = fixed(change, 1);
            if words.starts_with('-') { format!("({words})") } else { format!("(+{words})") }
        });
        let _ = write!(text, "{value:>9} {change:<8}");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The suggestion in the form of `convenor suggest --json`.
#[must_use]
pub fn suggestion_json(engine: &Engine, asked: &Asked, target: &Target, found: &Suggestion) -> Value {
    let mut before = found.start;
    let mut steps = Vec::with_capacity(found.steps.len());
    for step in &found.steps {
        let mut fields = row_json(engine, step.change, &step.estimates, &before);
        fields.insert("shortfall".to_owned(), json!(step.shortfall));
        fields.insert("words".to_owned(), json!(step.change.words(&engine.atlas)));
        steps.push(Value::Object(fields));
        before = step.estimates;
    }
    json!({
        "grouping": asked.name,
        "sponsor": asked.case.settings.sponsor,
        "stays_out": batch::stays_out(engine, &asked.case),
        "target": {
            "deadlock_below": target.deadlock_below,
            "reach_above": target.reach_above,
            "legitimacy_above": target.legitimacy_above,
        },
        "now": figures(&found.start),
        "shortfall": found.shortfall,
        "steps": steps,
        "met": found.met,
    })
}

/// The suggestion for people: every step with the measures after it.
#[must_use]
pub fn suggestion_table(engine: &Engine, asked: &Asked, found: &Suggestion) -> String {
    let mut text = heading(&format!("{} as it is", asked.name), &found.start);
    let (mut before, mut case) = (found.start, asked.case.clone());
    for (at, step) in found.steps.iter().enumerate() {
        let mut words = format!("{}. {}", at + 1, step.change.words(&engine.atlas));
        case = step.change.applied(&case).unwrap_or(case);
        if batch::stays_out(engine, &case) {
            words.push('*');
        }
        text.push_str(&line(&words, &step.estimates, Some(&before)));
        before = step.estimates;
    }
    let shortfall = found.steps.last().map_or(found.shortfall, |step| step.shortfall);
    let _ = match (found.met, found.steps.is_empty()) {
        (true, true) => writeln!(text, "\nThe target is met already."),
        (true, false) => writeln!(text, "\nThe target is met."),
        (false, _) => {
            let why = if found.steps.len() >= suggest::MOST_MOVES {
                format!("and {} moves are the most that are suggested", suggest::MOST_MOVES)
            } else {
                "and no further move helps noticeably".to_owned()
            };
            writeln!(text, "\nThe target is not met: {} points are missing, {why}.", fixed(shortfall, 1))
        }
    };
    text + &sponsor_note(engine, &asked.case) + NOTE
}

/// Runs `convenor suggest`.
///
/// # Errors
/// One sentence that names the thing and the cure.
pub fn suggested(
    engine: &Engine,
    path: &Path,
    name: &str,
    target: &Target,
    lock: &[String],
) -> Result<(Asked, Suggestion), Failure> {
    check_target(target)?;
    let locked = actors(engine, lock)?;
    let asked = open(engine, path, name)?;
    let found = suggest::suggest(engine, &asked.case, target, &locked);
    Ok((asked, found))
}
