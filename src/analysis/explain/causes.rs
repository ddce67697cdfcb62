//! What fails: each criterion, and vetoes, one by one and alone.

use crate::analysis::case::{Case, Rule};
use crate::analysis::diagram::LANES;
use crate::analysis::diagram::joint::{self, Chances, Room, Tabling};
use crate::analysis::engine::Engine;
use crate::analysis::measures::Power;
use crate::analysis::undefined::Defined;
use crate::analysis::view::View;
use crate::model::{Criterion, CustomRule, Veto};

/// What can make a proposal fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A criterion, by its place in the rule.
    Criterion(usize),
    /// A veto.
    Veto,
}

impl Cause {
    /// In words, such as “at least 65 % of the population”.
    #[must_use]
    pub fn words(self, rule: &CustomRule) -> String {
        match self {
            Self::Criterion(at) => rule.criteria.get(at).map_or_else(String::new, Criterion::words),
            Self::Veto => "no veto".to_owned(),
        }
    }

    pub(super) fn all(rule: &CustomRule) -> Vec<Self> {
        let criteria = (0..rule.criteria.len()).map(Self::Criterion);
        criteria.chain((rule.veto != Veto::None).then_some(Self::Veto)).collect()
    }
}

/// How often something is what fails, among the proposals tabled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Failing {
    /// What.
    pub cause: Cause,
    /// The chance that it is not met (a criterion), or that one is cast (vetoes), 0 to 1. Several may fail at once.
    pub fails: f64,
    /// The chance that it is all that fails, 0 to 1.
    pub alone: f64,
}

/// For each criterion and for vetoes: how often it is what fails, in the order of the rule.
///
/// # Errors
/// As deadlock risk.
pub fn failing(engine: &Engine, case: &Case) -> Defined<Vec<Failing>> {
    let rule = &case.rule.full;
    let passes = |keep: &dyn Fn(Cause) -> bool| passing(engine, case, keep).map(|passing| passing.passed);
    let all = passes(&|_| true)?;
    Cause::all(rule)
        .into_iter()
        .map(|cause| {
            let fails = 1.0 - passes(&|other| other == cause)?;
            let alone = passes(&|other| other != cause)? - all;
            Ok(Failing { cause, fails: fails.clamp(0.0, 1.0), alone: alone.clamp(0.0, 1.0) })
        })
        .collect()
}

/// What passes of what is tabled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passing {
    /// Mean over those who table of the chance that a proposal passes, 0 to 1.
    pub passed: f64,
    /// Mean over those who table of the share of the agenda that is tabled and passes, 0 to 1.
    pub reached: f64,
}

/// What would pass if only some parts of the rule counted.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
pub(super) fn passing(engine: &Engine, case: &Case, keep: &dyn Fn(Cause) -> bool) -> Defined<Passing> {
    let mut rule = (*case.rule.full).clone();
    let mut at = 0;
    rule.criteria.retain(|_| {
        at += 1;
        keep(Cause::Criterion(at - 1))
    });
    if !keep(Cause::Veto) {
        rule.veto = Veto::None;
    }
    let case = Case { rule: Rule::new(rule), ..case.clone() };
    let power = Power::new(&engine.atlas, &View::silent(&engine.facts_of(&case)), &case)?;
    if case.settings.a_priori {
        return Ok(Passing { passed: power.to_act(), reached: 0.0 });
    }
    let agenda = engine.agenda_of(&case);
    let tabling = Tabling::new(&case, &agenda)?.not_idle()?;
    let diagram = power.diagram();
    let mut sums = [0.0; 2];
    let (mut chances, mut room) = (Chances::default(), Room::default());
    for from in (0..agenda.columns()).step_by(LANES) {
        tabling.fill(&power.game().veto, diagram, from, &mut chances);
        joint::fill(diagram, &chances, &mut room);
        let [_, passed, reached] = room.root(diagram.roots[0]);
        sums[0] += passed.iter().sum::<f64>();
        sums[1] += reached.iter().sum::<f64>();
    }
    let count = tabling.count as f64;
    Ok(Passing { passed: sums[0] / count, reached: sums[1] / count })
}
