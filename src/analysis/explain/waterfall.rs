//! Every headline figure taken apart.

use super::causes::{Cause, Passing, passing};
use crate::analysis::case::Case;
use crate::analysis::engine::Engine;
use crate::analysis::measures::{self, Measure};
use crate::analysis::parts::{ComponentPart, Deadlock, Microlateral};
use crate::analysis::report::Report;
use crate::analysis::undefined::Defined;

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
