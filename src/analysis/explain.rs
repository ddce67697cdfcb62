//! What brings the measures about (*Voting power and explanations* in `METHODS.md`): who adds what, whose no is
//! decisive, which criterion fails, and every headline figure taken apart.

use super::case::{Case, Rule};
use super::diagram::LANES;
use super::engine::Engine;
use super::joint::{self, Chances, Room, Tabling};
use super::measures::{self, Measure, Power};
use super::parts::{ComponentPart, Deadlock, Microlateral};
use super::power::{self, Indices, PowerError};
use super::report::Report;
use super::undefined::Defined;
use super::view::View;
use super::whatif::{self, Estimates};
use crate::model::{Criterion, CustomRule, Veto};

/// What a voting member adds to the measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The actor's number.
    pub actor: usize,
    /// The measures as they are.
    pub with: Estimates,
    /// The measures if it leaves: the rule applied to those who stay.
    pub without: Estimates,
}

impl Contribution {
    /// By how much the measure is higher because of this member; `None` where one of the figures is not defined.
    #[must_use]
    pub fn adds(&self, measure: &Measure) -> Option<f64> {
        self.with.change_of(measure, &self.without)
    }
}

/// What each voting member adds to each measure, by leaving it out; in the order of the voters.
#[must_use]
pub fn contributions(engine: &Engine, case: &Case) -> Vec<Contribution> {
    let now = whatif::now(engine, case);
    let contribution = |row: whatif::Row| Contribution {
        actor: row.change.actor(),
        with: row.before.unwrap_or(now),
        without: row.estimates,
    };
    whatif::removals(engine, case).into_iter().map(contribution).collect()
}

/// The voting power of the rule itself, yes and no only, in the order of the voters.
///
/// # Errors
/// The rule has no meaning for these voters, or exact indices are out of reach.
pub fn indices(engine: &Engine, case: &Case) -> Result<Indices, PowerError> {
    power::indices(&measures::game_of(&engine.atlas, &View::silent(&engine.facts_of(case)), case)?)
}

/// How often each voter's no is decisive, 0 to 1, in the order of the voters: the chance that it votes no and the proposal
/// fails, but would pass with its yes, the others as they are. Over what is tabled; its own proposals included, on which
/// it never votes no.
///
/// # Errors
/// As deadlock risk.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
pub fn decisive_noes(engine: &Engine, case: &Case) -> Defined<Vec<f64>> {
    let power = Power::new(&engine.atlas, &View::silent(&engine.facts_of(case)), case)?;
    if case.settings.a_priori {
        // A coin flip decides between no and yes.
        return Ok(power.swings().into_iter().map(|swing| 0.5 * swing).collect());
    }
    let agenda = engine.agenda_of(case);
    let tabling = Tabling::new(case, &agenda)?.not_idle()?;
    let (diagram, veto) = (power.diagram(), &power.game().veto);
    let mut sums = vec![0.0; case.voters.len()];
    let (mut chances, mut room) = (Chances::default(), Room::default());
    for from in (0..agenda.columns()).step_by(LANES) {
        tabling.fill(veto, from, &mut chances);
        joint::fill(diagram, &chances, &mut room);
        joint::derivatives(diagram, diagram.roots[0], &chances, &mut room, |voter, with, without| {
            let no = &agenda.no(case.voters[voter].actor)[from..from + LANES];
            for lane in 0..LANES {
                let anyway = if veto[voter] { 0.0 } else { without[1][lane] };
                sums[voter] += no[lane] * (with[1][lane] - anyway);
            }
        });
    }
    let count = tabling.count as f64;
    Ok(sums.into_iter().map(|sum| (sum / count).clamp(0.0, 1.0)).collect())
}

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

    fn all(rule: &CustomRule) -> Vec<Self> {
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
struct Passing {
    /// Mean over those who table of the chance that a proposal passes, 0 to 1.
    passed: f64,
    /// Mean over those who table of the share of the agenda that is tabled and passes, 0 to 1.
    reached: f64,
}

/// What would pass if only some parts of the rule counted.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn passing(engine: &Engine, case: &Case, keep: &dyn Fn(Cause) -> bool) -> Defined<Passing> {
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
        tabling.fill(&power.game().veto, from, &mut chances);
        joint::fill(diagram, &chances, &mut room);
        let [_, passed, reached] = room.root(diagram.roots[0]);
        sums[0] += passed.iter().sum::<f64>();
        sums[1] += reached.iter().sum::<f64>();
    }
    let count = tabling.count as f64;
    Ok(Passing { passed: sums[0] / count, reached: sums[1] / count })
}

/// A part of a waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is, in words.
    pub label: String,
    /// What it adds, in points of the measure.
    pub amount: f64,
}

/// A headline figure taken apart: the start and all steps sum to the figure shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// Which measure.
    pub measure: &'static Measure,
    /// Where it starts: 0, or 100 where the steps are losses.
    pub start: f64,
    /// What the start stands for, in words.
    pub from: &'static str,
    /// In order; the first ones nearest to the start.
    pub steps: Vec<Step>,
    /// The figure shown.
    pub total: f64,
}

impl Waterfall {
    /// The largest step in size.
    #[must_use]
    pub fn largest(&self) -> Option<&Step> {
        self.steps.iter().max_by(|a, b| a.amount.abs().total_cmp(&b.amount.abs()))
    }
}

fn step(label: impl Into<String>, amount: f64) -> Step {
    Step { label: label.into(), amount }
}

/// The drivers of every measure that is defined, in the order of [`measures::ALL`]. `report` must be that of the case.
///
/// Legitimacy and cost are sums as they stand. Deadlock risk and reach fall in the order of the rule: what the first
/// criterion stops, what the next one stops besides, then vetoes, then that several questions must be settled.
/// Microlateral fit is a product: its loss is shared by the logarithms of the factors (the logarithmic mean Divisia index,
/// Ang 2004), which depends on no order.
#[must_use]
pub fn waterfalls(engine: &Engine, case: &Case, report: &Report) -> Vec<Waterfall> {
    let fall = |measure, start, from, steps, total| Waterfall { measure, start, from, steps, total };
    let mut found = Vec::with_capacity(5);
    if let Ok(legitimacy) = &report.legitimacy {
        let part = |part: &ComponentPart| Some(step(part.component.label(), 100.0 * part.weight * part.value.ok()?));
        let steps = legitimacy.parts.iter().filter_map(part).collect();
        found.push(fall(&measures::LEGITIMACY, 0.0, "nothing", steps, legitimacy.score));
    }
    if let Ok(cost) = &report.cost {
        let steps = vec![
            step("coordination", cost.coordination),
            step("own share of the programme", cost.own_share),
            step("going alone after all", cost.fallback),
        ];
        found.push(fall(&measures::COST, 0.0, "nothing", steps, cost.index));
    }
    if let Ok(deadlock) = &report.deadlock
        && let Ok(stages) = stages(engine, case)
    {
        let steps = deadlock_steps(case, deadlock, &stages);
        found.push(fall(&measures::DEADLOCK, 0.0, "everything tabled passes", steps, deadlock.risk));
        if let Ok(reach) = report.value(&measures::REACH) {
            let steps = reach_steps(case, deadlock, reach, &stages);
            found.push(fall(&measures::REACH, 100.0, "the whole agenda of the issue", steps, reach));
        }
    }
    if let Ok(fit) = &report.microlateral {
        found.push(fall(&measures::MICROLATERAL, 100.0, "a perfect fit", fit_steps(fit), fit.score));
    }
    found
}

/// What passes after each part of the rule, one by one in order; without the last, which is the report's own.
fn stages(engine: &Engine, case: &Case) -> Defined<Vec<Passing>> {
    let causes = Cause::all(&case.rule.full);
    let known = |until: usize| passing(engine, case, &|cause| causes[..until].contains(&cause));
    (1..causes.len()).map(known).collect()
}

/// The losses by each part of the rule, from what passes at the start, after each stage and at the end.
fn losses(case: &Case, start: f64, stages: impl Iterator<Item = f64>, end: f64) -> Vec<(String, f64)> {
    let mut before = start;
    let mut after: Vec<f64> = stages.collect();
    let causes = Cause::all(&case.rule.full);
    if !causes.is_empty() {
        after.push(end);
    }
    let label = |cause: &Cause| match cause {
        Cause::Criterion(_) => format!("not {}", cause.words(&case.rule.full)),
        Cause::Veto => "vetoed".to_owned(),
    };
    causes
        .iter()
        .zip(after)
        .map(|(cause, after)| {
            let lost = before - after;
            before = after;
            (label(cause), lost)
        })
        .collect()
}

fn deadlock_steps(case: &Case, deadlock: &Deadlock, stages: &[Passing]) -> Vec<Step> {
    let single = deadlock.single / 100.0;
    let lost = losses(case, 1.0, stages.iter().map(|stage| stage.passed), 1.0 - single);
    let mut steps: Vec<Step> = lost.into_iter().map(|(label, lost)| step(label, 100.0 * lost)).collect();
    if case.mandate.questions > 1 {
        steps.push(step(format!("{} questions to settle", case.mandate.questions), deadlock.risk - deadlock.single));
    }
    steps
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn reach_steps(case: &Case, deadlock: &Deadlock, reach: f64, stages: &[Passing]) -> Vec<Step> {
    let count = deadlock.parts.len().max(1) as f64;
    let tabled = deadlock.parts.iter().map(|part| part.tables).sum::<f64>() / count;
    let mut steps = vec![step("not tabled", -100.0 * (1.0 - tabled))];
    let lost = losses(case, tabled, stages.iter().map(|stage| stage.reached), reach / 100.0);
    steps.extend(lost.into_iter().map(|(label, lost)| step(label, -100.0 * lost)));
    steps
}

/// The loss of a geometric mean of factors, shared among them.
fn fit_steps(fit: &Microlateral) -> Vec<Step> {
    let mut factors = vec![
        ("participation of large states", fit.participation),
        ("several questions", fit.niche),
        ("long or open-ended", fit.timebound),
    ];
    if let Some(small) = fit.small_lead {
        factors.insert(0, ("size of those who lead", small));
    }
    let loss = fit.score - 100.0;
    let zeros = factors.iter().filter(|(_, factor)| *factor <= 0.0).count();
    let logs: f64 = factors.iter().map(|(_, factor)| factor.ln()).sum();
    #[expect(clippy::cast_precision_loss, reason = "a count of factors")]
    let share = |factor: f64| match (zeros, logs) {
        (0, logs) if logs < 0.0 => factor.ln() / logs,
        (0, _) => 0.0,
        _ if factor <= 0.0 => 1.0 / zeros as f64,
        _ => 0.0,
    };
    factors.iter().map(|(label, factor)| step(*label, loss * share(*factor))).collect()
}
