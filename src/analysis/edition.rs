//! Which method and data figures were computed with, and what moved since a file was saved.

use std::collections::BTreeMap;

use super::Report;
use super::measures::{self, Measure};
use crate::model::{Assumptions, Grouping, StoredFigures, StoredGrouping, Workspace};

/// The number of the method: it changes whenever figures of the same design and data do.
pub const METHOD: u32 = 2;

/// The edition of the data, year-month-day: it changes whenever a table does.
pub const DATA: &str = "2026-11-26";

/// Every method there was: its number, since when, and what it brought.
const METHODS: [(u32, &str, &str); 2] = [
    (1, "23 November 2026", "votes to 2021 by lists of resolutions, a half-life of three years"),
    (
        2,
        "26 November 2026",
        "votes to December 2024 by topic, related ones at a weight of their own, a half-life of 1.5 years",
    ),
];

/// A figure that is not what it was when the file was saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The name of the grouping.
    pub grouping: String,
    /// Which figure.
    pub measure: &'static Measure,
    /// What it was; `None` where it was not defined.
    pub was: Option<f64>,
    /// What it is; `None` where it is not defined.
    pub is: Option<f64>,
}

/// The figures of a workspace, to be stored with it. `report` answers for a grouping; one without an answer is left out.
#[must_use]
pub fn stored<'a>(workspace: &Workspace, report: impl Fn(&Grouping) -> Option<&'a Report>) -> StoredFigures {
    let groupings = workspace.groupings.iter().filter_map(|grouping| {
        let report = report(grouping)?;
        let figures: BTreeMap<String, Option<f64>> = measures::ALL
            .into_iter()
            .map(|measure| (measure.name.to_owned(), report.value(measure).ok().map(tenth)))
            .collect();
        Some(StoredGrouping { id: grouping.id, design: design(grouping, &workspace.assumptions), figures })
    });
    StoredFigures { method: METHOD, data: DATA.to_owned(), groupings: groupings.collect(), ..StoredFigures::default() }
}

/// Which figures are not what they were when the file was saved, as whole numbers and with what rounding can do. A grouping that was
/// changed outside of the program since is passed over: its figures were those of another design.
#[must_use]
pub fn moved<'a>(
    workspace: &Workspace,
    stored: &StoredFigures,
    report: impl Fn(&Grouping) -> Option<&'a Report>,
) -> Vec<Moved> {
    let mut found = Vec::new();
    for grouping in &workspace.groupings {
        let same =
            |then: &&StoredGrouping| then.id == grouping.id && then.design == design(grouping, &workspace.assumptions);
        let (Some(then), Some(report)) = (stored.groupings.iter().find(same), report(grouping)) else { continue };
        let slack = report.deadlock.as_ref().ok().and_then(|found| found.error_bound).unwrap_or(0.0);
        for measure in measures::ALL {
            let Some(was) = then.figures.get(measure.name).copied() else { continue };
            let is = report.value(measure).ok().map(tenth);
            let differs = match (was, is) {
                (Some(was), Some(is)) => {
                    was.round().to_bits() != is.round().to_bits() && (was - is).abs() > 0.1 + slack
                }
                (was, is) => was.is_some() != is.is_some(),
            };
            if differs {
                found.push(Moved { grouping: grouping.name.clone(), measure, was, is });
            }
        }
    }
    found
}

/// Why figures moved since they were stored: what the methods since then brought, and whether the data are others. Empty where method
/// and data are the same.
#[must_use]
pub fn reasons(stored: &StoredFigures) -> Vec<String> {
    let since = METHODS.into_iter().filter(|(number, ..)| *number > stored.method);
    let mut reasons: Vec<String> = since.map(|(_, day, what)| format!("{what} (since {day})")).collect();
    if stored.method > METHOD {
        reasons.push("a method of a later version of this program was used then".to_owned());
    }
    if stored.data != DATA {
        reasons.push(format!("data of {DATA}, where they were of {}", stored.data));
    }
    reasons
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A mark of all that figures depend on but method and data. Names, notes and colours, and how many draws there are, change none.
fn design(grouping: &Grouping, assumptions: &Assumptions) -> String {
    let Grouping { issue, rule, mandate, form, seats, .. } = grouping;
    let mut assumptions = assumptions.clone();
    let defaults = Assumptions::default();
    (assumptions.draws, assumptions.seed) = (defaults.draws, defaults.seed);
    let mut seats: Vec<_> = seats.iter().collect();
    seats.sort_by_key(|seat| seat.country);
    let parts = (issue, rule, (mandate.questions, mandate.months), form, seats, assumptions);
    let text = serde_json::to_string(&parts).unwrap_or_default();
    format!(
        "{:016x}",
        text.bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    )
}
