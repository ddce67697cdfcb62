//! The answer to a case, as the command line gives it.

use serde::Serialize;

use super::cases::Asked;
use super::fields::{ByMeasure, Fields};
use super::members::Members;
use crate::analysis::{Case, Defined, Engine, Report, measures};
use crate::data::CountryId;

/// The parts of the cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CostParts {
    /// Coordination, going alone = 100.
    pub coordination: f64,
    /// The sponsor's own share of the programme.
    pub own_share: f64,
    /// Going alone after all.
    pub fallback: f64,
}

/// The answer to a case, in the form of `convenor batch --json`; what has no meaning is null.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The name of the case.
    pub name: String,
    /// The measures, by name.
    #[serde(flatten)]
    pub measures: Fields<Option<f64>>,
    /// The components of legitimacy, by name.
    pub components: Fields<Option<f64>>,
    /// Who pays.
    pub sponsor: CountryId,
    /// Whether the sponsor does not vote.
    pub stays_out: bool,
    /// What coordination costs, US$ million.
    pub coordination_musd: Option<f64>,
    /// What the cost consists of.
    pub cost_parts: Option<CostParts>,
    /// The roll calls that deadlock risk rests on.
    pub roll_calls: Option<usize>,
    /// Those on the issue itself.
    pub direct_roll_calls: Option<usize>,
    /// Those related to it.
    pub related_roll_calls: Option<usize>,
    /// (Σu)² ÷ Σu².
    pub effective_roll_calls: Option<f64>,
    /// Every flag in words, and every measure that is not defined with its reason.
    pub flags: Vec<String>,
    /// The intervals, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intervals: Option<ByMeasure>,
    /// What the case is to its members, where that was asked for.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub members: Option<Members>,
}

/// What is asked for beside the measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Intervals.
    pub intervals: bool,
    /// What the case is to its members.
    pub members: bool,
}

/// The answer to a case, without intervals.
#[must_use]
pub fn answer(engine: &Engine, asked: &Asked) -> Answer {
    let report = engine.settled(&asked.case);
    let number = |value: &Defined<f64>| value.as_ref().ok().copied();
    let components = report.legitimacy.as_ref().map_or_else(
        |_| Vec::new(),
        |legitimacy| {
            legitimacy.parts.iter().map(|part| (part.component.name().to_owned(), number(&part.value))).collect()
        },
    );
    let deadlock = report.deadlock.as_ref().ok().filter(|_| !report.a_priori);
    Answer {
        name: asked.name.clone(),
        measures: Fields::of_measures(|measure| report.value(measure).ok()),
        components: Fields(components),
        sponsor: report.sponsor,
        stays_out: stays_out(engine, &asked.case),
        coordination_musd: number(&report.coordination_musd),
        cost_parts: report.cost.as_ref().ok().map(|cost| CostParts {
            coordination: cost.coordination,
            own_share: cost.own_share,
            fallback: cost.fallback,
        }),
        roll_calls: deadlock.map(|found| found.calls),
        direct_roll_calls: deadlock.map(|found| found.direct),
        related_roll_calls: deadlock.map(|found| found.related),
        effective_roll_calls: deadlock.map(|found| found.effective_calls),
        flags: flags(engine, &report),
        intervals: None,
        members: None,
    }
}

/// Whether the sponsor does not vote in a case.
pub(super) fn stays_out(engine: &Engine, case: &Case) -> bool {
    case.actors().all(|actor| engine.atlas.countries[actor].id != case.settings.sponsor)
}

/// Every flag in words, and every measure that is not defined with its reason.
pub(super) fn flags(engine: &Engine, report: &Report) -> Vec<String> {
    let undefined = measures::ALL.into_iter().filter_map(|measure| {
        let reason = report.value(measure).err()?;
        Some(format!("{} is not defined: {reason}", measure.name))
    });
    undefined.chain(report.flags.iter().map(|flag| flag.words(&engine.atlas))).collect()
}
