//! A grouping as a paragraph, as a desk officer would paste it into a cable.

use std::fmt::Write as _;

use super::said::{spoken, told_measures, venue_in_sentence};
use super::{Stage, data_date};
use crate::analysis::measures::{self, Measure};
use crate::analysis::stuck::stops_most;
use crate::analysis::whatif::{self, Estimates};
use crate::chart::words::{listed, rounded, stuck_words, told};
use crate::model::Role;

/// Members, convenor, design, estimates with intervals beside a venue, what stops most, and the caveat; empty without a grouping.
#[must_use]
pub fn paragraph(stage: &Stage<'_>) -> String {
    let Some((grouping, staged)) = stage.main() else { return String::new() };
    let atlas = &stage.engine.atlas;
    let names = |role: Role| -> Vec<String> {
        let name = |id| atlas.in_sentence(id);
        grouping.with_role(role).map(name).collect()
    };
    let (convenors, members, observers) = (names(Role::Convenor), names(Role::Member), names(Role::Observer));
    let mut text = if convenors.is_empty() && members.is_empty() {
        format!("{} has no members yet.", grouping.name)
    } else if convenors.is_empty() {
        format!(
            "{} would bring together {} members, each tabling in turn: {}.",
            grouping.name,
            members.len(),
            listed(&members)
        )
    } else if members.is_empty() {
        format!("{} would be {} alone.", grouping.name, listed(&convenors))
    } else {
        let others = if members.len() == 1 { "one member" } else { "members" };
        let count = if members.len() == 1 { String::new() } else { format!("{} ", members.len()) };
        format!(
            "{} would be convened by {}, with {count}{others}: {}.",
            grouping.name,
            listed(&convenors),
            listed(&members)
        )
    };
    if !observers.is_empty() {
        let _ = write!(text, " Observing: {}.", listed(&observers));
    }
    let lower = str::to_lowercase;
    let _ = write!(
        text,
        " On {}, it would decide by {}; its mandate: {}, {}.",
        lower(&grouping.issue_words()),
        lower(&grouping.rule.words()),
        grouping.mandate.words().replace(" · ", ", "),
        lower(grouping.form.words())
    );
    let sponsor = stage.sponsor();
    let estimates: Vec<String> = told_measures()
        .filter_map(|measure| {
            let value = staged.report.value(measure).ok()?;
            let range = staged.draws.and_then(|draws| draws.of(measure).ok());
            let range = range.map(|range| [rounded(range.low), rounded(range.high)]).filter(|[low, high]| low != high);
            let range = range.map_or_else(String::new, |[low, high]| format!(" ({low} to {high})"));
            Some(format!("{} {}{range}", called(measure, &sponsor)?, told(measure, value)))
        })
        .collect();
    if !estimates.is_empty() {
        let _ = write!(text, " Estimates, with the range of 90 % of the draws: {}.", estimates.join("; "));
    }
    if let Some((baseline, beside)) = &stage.baseline {
        let there: Vec<String> = told_measures()
            .filter_map(|measure| {
                Some(format!("{} {}", measure.short, told(measure, beside.report.value(measure).ok()?)))
            })
            .collect();
        let the = venue_in_sentence(*baseline);
        let _ = write!(text, " For {the} on the same issue and mandate: {}.", there.join("; "));
    }
    if staged.report.value(&measures::DEADLOCK).is_ok() {
        let found = stops_most(&whatif::removals(stage.engine, staged.case), &Estimates::of(staged.report));
        let _ = write!(text, " {}.", stuck_words(atlas, found));
    }
    let _ = write!(
        text,
        " These are estimates by Convenor {}, not forecasts; they rest on UN General Assembly votes to {} and other public figures.",
        env!("CARGO_PKG_VERSION"),
        data_date(stage.engine)
    );
    text
}

/// “the risk that it deadlocks”.
fn called(measure: &Measure, sponsor: &str) -> Option<String> {
    let label = spoken(measure, sponsor)?;
    let mut letters = label.chars();
    let first = letters.next()?.to_lowercase();
    Some(first.chain(letters).collect())
}
