//! What differs between two workspaces, in sentences.

use std::collections::BTreeMap;

use serde_json::Value;

use super::question_changes::question_changes;
use super::words::{capital, count};
use crate::data::{Atlas, CountryId};
use crate::model::{Assumptions, Grouping, Role, Slide, SlideId, Workspace};

/// What differs from one workspace to another, a sentence each: title, notes, assumptions, then grouping by grouping in the order of
/// the second. Nothing where they are equal.
///
/// ```
/// use convenor::chart::differences;
/// use convenor::data::Atlas;
/// use convenor::model::{Edit, Workspace};
///
/// let atlas = Atlas::embedded().unwrap();
/// let before = Workspace::new("Pandemic");
/// let mut after = before.clone();
/// Edit::SetTitle("Pandemic treaty".to_owned()).apply(&mut after);
/// assert!(differences(&before, &before, &atlas).is_empty());
/// assert_eq!(differences(&before, &after, &atlas), ["The title changes from “Pandemic” to “Pandemic treaty”."]);
/// ```
#[must_use]
pub fn differences(before: &Workspace, after: &Workspace, atlas: &Atlas) -> Vec<String> {
    let mut told = Vec::new();
    if before.title != after.title {
        told.push(format!("The title changes from “{}” to “{}”.", before.title, after.title));
    }
    if before.notes != after.notes {
        told.push("The notes of the workspace differ.".to_owned());
    }
    told.extend(assumption_differences(&before.assumptions, &after.assumptions, atlas));
    let pairs = paired(before, after);
    for grouping in &before.groupings {
        if !pairs.iter().any(|(old, _)| old.is_some_and(|old| std::ptr::eq(old, &raw const **grouping))) {
            told.push(format!("“{}” is gone.", grouping.name));
        }
    }
    for (old, new) in &pairs {
        match old {
            None => told.push(format!("“{}” is new, with {}.", new.name, count(new.voters(), "member"))),
            Some(old) => told.extend(of_grouping(old, new, atlas)),
        }
    }
    let order = |workspace: &Workspace, of: &dyn Fn(&Grouping) -> bool| -> Vec<String> {
        workspace.groupings.iter().filter(|grouping| of(grouping)).map(|grouping| grouping.name.clone()).collect()
    };
    let kept: Vec<&str> = pairs.iter().filter(|(old, _)| old.is_some()).map(|(_, new)| new.name.as_str()).collect();
    let old_names: Vec<String> = pairs.iter().filter_map(|(old, _)| old.map(|old| old.name.clone())).collect();
    let was = order(before, &|grouping| old_names.contains(&grouping.name));
    if was.len() == kept.len() && was != old_names {
        told.push(format!("The order changes to {}.", kept.join(", ")));
    }
    for (what, from, to) in [
        ("organisation", &before.organisation, &after.organisation),
        ("handling mark", &before.handling, &after.handling),
    ] {
        if from != to {
            told.push(format!("The {what} changes from {} to {}.", quoted(from), quoted(to)));
        }
    }
    told.extend(of_slides(before, after));
    told
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { format!("“{text}”") }
}

/// What differs between the slides, by their keys.
fn of_slides(before: &Workspace, after: &Workspace) -> Vec<String> {
    let called = |slide: &Slide| {
        let title = slide.title.trim();
        if title.is_empty() { format!("Slide {}", slide.id.0) } else { format!("Slide “{title}”") }
    };
    let gone = before.slides.iter().filter(|slide| after.slide(slide.id).is_none());
    let mut told: Vec<String> = gone.map(|slide| format!("{} is gone.", called(slide))).collect();
    for slide in &after.slides {
        match before.slide(slide.id) {
            None => told.push(format!("{} is new.", called(slide))),
            Some(old) if old != slide => told.push(format!("{} differs.", called(slide))),
            Some(_) => {}
        }
    }
    let order = |of: &Workspace, other: &Workspace| -> Vec<SlideId> {
        of.slides.iter().map(|slide| slide.id).filter(|id| other.slide(*id).is_some()).collect()
    };
    if order(before, after) != order(after, before) {
        told.push("The slides stand in another order.".to_owned());
    }
    told
}

type Pair<'a> = (Option<&'a Grouping>, &'a Grouping);

/// Every grouping of the second with the one of the first that it comes from: by key and name, else by name, else by key.
fn paired<'a>(before: &'a Workspace, after: &'a Workspace) -> Vec<Pair<'a>> {
    let mut free: Vec<&Grouping> = before.groupings.iter().map(|grouping| &**grouping).collect();
    let mut pairs: Vec<Pair<'a>> = after.groupings.iter().map(|grouping| (None, &**grouping)).collect();
    let rules: [fn(&Grouping, &Grouping) -> bool; 3] = [
        |old, new| old.id == new.id && old.name == new.name,
        |old, new| old.name == new.name,
        |old, new| old.id == new.id,
    ];
    for is_same in rules {
        for (old, new) in &mut pairs {
            if old.is_none()
                && let Some(at) = free.iter().position(|candidate| is_same(candidate, new))
            {
                *old = Some(free.remove(at));
            }
        }
    }
    pairs
}

fn of_grouping(old: &Grouping, new: &Grouping, atlas: &Atlas) -> Vec<String> {
    let mut told = Vec::new();
    let name = &new.name;
    if old.name != new.name {
        told.push(format!("“{}” is now called “{name}”.", old.name));
    }
    let seated = |role: Role| match role {
        Role::Convenor => "convenor",
        Role::Member => "member",
        Role::Observer => "observer",
    };
    for seat in &new.seats {
        let who = atlas.in_sentence(seat.country);
        match old.seat(seat.country) {
            None => told.push(capital(&format!("{who} joins “{name}” as {}.", seated(seat.role)))),
            Some(was) => {
                if was.role != seat.role {
                    let (from, to) = (seated(was.role), seated(seat.role));
                    told.push(capital(&format!("{who} is {to} of “{name}”, no longer {from}.")));
                }
                if was.backing.to_bits() != seat.backing.to_bits() {
                    let [from, to] = [was.backing, seat.backing].map(|share| number(100.0 * share));
                    told.push(format!("Domestic backing of {who} in “{name}” changes from {from} % to {to} %."));
                }
            }
        }
    }
    for seat in old.seats.iter().filter(|seat| new.seat(seat.country).is_none()) {
        told.push(capital(&format!("{} leaves “{name}”.", atlas.in_sentence(seat.country))));
    }
    let mut changed = |what: &str, from: String, to: String, differs: bool| {
        if differs {
            told.push(if from == to {
                format!("The {what} of “{name}” differs in its details.")
            } else {
                format!("The {what} of “{name}” changes from {from} to {to}.")
            });
        }
    };
    let lower = str::to_lowercase;
    let issues = (old.issue, &old.own) != (new.issue, &new.own);
    changed("issue", lower(&old.issue_words()), lower(&new.issue_words()), issues);
    changed("rule", lower(&old.rule.words()), lower(&new.rule.words()), old.rule != new.rule);
    changed("mandate", old.mandate.words(), new.mandate.words(), old.mandate != new.mandate);
    changed("form", lower(old.form.words()), lower(new.form.words()), old.form != new.form);
    if old.notes != new.notes {
        told.push(format!("The notes of “{name}” differ."));
    }
    let order = |of: &Grouping| of.seats.iter().map(|seat| (seat.country, seat.role)).collect::<Vec<_>>();
    if told.is_empty() && order(old) != order(new) {
        told.push(format!("The members of “{name}” stand in another order."));
    }
    if told.is_empty() && old.colour != new.colour {
        told.push(format!("“{name}” has another letter and colour."));
    }
    told
}

/// What differs between two sets of assumptions, a sentence each.
#[must_use]
pub fn assumption_differences(before: &Assumptions, after: &Assumptions, atlas: &Atlas) -> Vec<String> {
    let questions = question_changes(before, after, atlas);
    let [before, after] = [before, after].map(|assumptions| {
        let assumptions = Assumptions { questions: Vec::new(), ..assumptions.clone() };
        let mut leaves = BTreeMap::new();
        if let Ok(value) = serde_json::to_value(assumptions) {
            collect(&value, "", &mut leaves);
        }
        leaves
    });
    let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let defaults = {
        let mut leaves = BTreeMap::new();
        if let Ok(value) = serde_json::to_value(Assumptions::default()) {
            collect(&value, "", &mut leaves);
        }
        leaves
    };
    let shown = |leaves: &BTreeMap<String, Value>, key: &String| {
        leaves
            .get(key)
            .or(defaults.get(key))
            .map_or_else(|| "the default".to_owned(), |value| value_words(value, atlas))
    };
    keys.into_iter()
        .map(|key| (key, shown(&before, key), shown(&after, key)))
        .filter(|(_, from, to)| from != to)
        .map(|(key, from, to)| format!("The assumption “{}” changes from {from} to {to}.", key.replace('_', " ")))
        .chain(questions)
        .collect()
}

/// Every leaf with the way to it.
fn collect(value: &Value, path: &str, leaves: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = if path.is_empty() { key.clone() } else { format!("{path}, {key}") };
                collect(value, &path, leaves);
            }
        }
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                collect(value, &format!("{path} {}", at + 1), leaves);
            }
        }
        leaf => {
            leaves.insert(path.to_owned(), leaf.clone());
        }
    }
}

fn value_words(value: &Value, atlas: &Atlas) -> String {
    match value {
        Value::String(text) => {
            text.parse::<CountryId>().map_or_else(|_| text.replace('_', " "), |id| atlas.in_sentence(id))
        }
        Value::Number(value) => value.as_f64().map_or_else(|| value.to_string(), number),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}

/// All digits that there are, and no more.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 1e9).round() / 1e9;
    format!("{rounded}").replace('-', "−")
}
