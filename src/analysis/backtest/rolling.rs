//! The check year by year: each year of the built-in votes is predicted from those before it, and drift is measured on the way.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::bench::{ASKED, Bench, Judged, Pairs, Score, Targets, Worlds};
use super::{BacktestError, Plan, usable};
use crate::analysis::case::{Case, Rule, Settings, Voter};
use crate::analysis::drift::{Drift, YearDrift, clipped, logit};
use crate::analysis::engine::Engine;
use crate::analysis::measures::{Power, deadlock_with};
use crate::analysis::real::Real;
use crate::analysis::view::View;
use crate::analysis::votes::{Agenda, VoteSettings};
use crate::analysis::years::{FEWEST, FIRST};
use crate::data::{FiguresId, RollCalls};
use crate::model::{Assumptions, Form, Issue, Mandate, NamedRule};

/// Groups on which the part of the other draws in drift is measured.
const GROUPS_OF_DRAWS: usize = 100;
/// Draws for the same.
const DRAWS: usize = 100;

/// What came out for one year, or over all.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its questions.
    pub questions: usize,
    /// Roll calls that it was predicted from.
    pub predicted_from: usize,
    /// D₁ of the groups under consensus without a convenor.
    pub consensus: Score,
    /// The vote table on shares of unanimity.
    pub model: Targets,
    /// Members that vote independently at their own past rates.
    pub independent: Targets,
    /// The group's own past frequency.
    pub past_frequency: Targets,
}

/// The check of all years.
#[derive(Clone, Debug, PartialEq)]
pub struct Rolling {
    /// Each year by itself, with the drift that its intervals were widened by: that of the other years.
    pub years: Vec<(u16, Drift, Check)>,
    /// All years together.
    pub all: Check,
    /// What the groups were off by, year by year.
    pub drift: Vec<YearDrift>,
}

/// One group as a case: consensus, nobody convenes.
struct Group {
    case: Case,
    power: Power,
}

impl Group {
    fn new(engine: &Engine, actors: &[usize]) -> Option<Self> {
        let mut actors = actors.to_vec();
        actors.sort_unstable();
        let voter = |actor| Voter { actor, convenor: false, backing: Real::from(1.0) };
        let assumptions = Assumptions::default();
        let case = Case {
            voters: actors.into_iter().map(voter).collect(),
            issue: Issue::General,
            rule: Rule::new(NamedRule::Consensus.in_full()),
            mandate: Mandate::default(),
            form: Form::default(),
            settings: Settings::new(&assumptions, Issue::General, Form::default()),
            figures: FiguresId::default(),
            own: None,
        };
        let power = Power::live(&engine.atlas, &View::silent(&engine.facts), &case).ok()?;
        Some(Self { case, power })
    }

    fn single(&self, agenda: &Agenda) -> Option<f64> {
        deadlock_with(&self.power, &self.case, agenda).ok().map(|found| found.single / 100.0)
    }
}

/// One year with all that its scores need.
struct Season {
    year: u16,
    questions: usize,
    past: std::sync::Arc<Engine>,
    bench: Bench,
    groups: Vec<Vec<usize>>,
    /// Predictions on unanimity of all groups, then D₁ of all groups.
    worlds: Worlds,
    /// Predicted and actual D₁ by group.
    consensus: Vec<Option<(f64, f64)>>,
    drift: YearDrift,
}

impl Season {
    fn new(engine: &Engine, year: u16, plan: Plan) -> Option<Result<Self, BacktestError>> {
        let judged: RollCalls = engine.atlas.roll_calls.filtered(|call| call.year == year && usable(call));
        if judged.list.len() < FEWEST {
            return None;
        }
        let past = engine.before(year);
        let bench = match Bench::new(&past, &judged) {
            Ok(bench) => bench,
            Err(error) => return Some(Err(error)),
        };
        let groups = bench.groups(plan);
        let of_group = |group: &Vec<usize>| group.iter().map(|at| bench.actor(*at)).collect::<Vec<usize>>();
        let mut actors: Vec<usize> = groups.iter().flat_map(of_group).collect();
        actors.sort_unstable();
        actors.dedup();
        let cases: Vec<Option<Group>> = groups.par_iter().map(|group| Group::new(engine, &of_group(group))).collect();
        let singles = |agenda: &Agenda| -> Vec<Option<f64>> {
            cases.par_iter().map(|group| group.as_ref()?.single(agenda)).collect()
        };
        let worlds = Worlds::new(&past, &actors, (plan.draws, plan.seed), |agenda| {
            let mut shares = bench.predict(agenda, &groups);
            shares.extend(singles(agenda));
            shares
        });
        let settings = VoteSettings::new(&Assumptions::default());
        let cast = VoteSettings { model_share: 0.0.into(), ..settings };
        let predicted = singles(&past.agenda(Issue::General, &settings));
        let actual = singles(&engine.votes.agenda_of_year(Issue::General, &cast, year));
        let consensus: Vec<Option<(f64, f64)>> =
            predicted.into_iter().zip(actual).map(|(predicted, actual)| predicted.zip(actual)).collect();
        let questions = judged.list.len();
        let drift = drift_of(year, questions, &consensus, &worlds);
        Some(Ok(Self { year, questions, past, bench, groups, worlds, consensus, drift }))
    }

    /// Scores with intervals that drift of `drift` widens.
    fn judge(&self, drift: Drift) -> (Pairs, Judged) {
        let mut pairs = Pairs::default();
        for (number, (group, found)) in self.groups.iter().zip(&self.consensus).enumerate() {
            let Some((predicted, actual)) = *found else { continue };
            let mark = self.bench.mark(&self.past, group);
            let item = single_of(self.groups.len(), number);
            pairs.push(actual, predicted, self.worlds.holds(item, actual, drift, mark));
        }
        (pairs, self.bench.judge(&self.past, &self.groups, &self.worlds, drift))
    }

    fn check(&self, pairs: &Pairs, judged: &Judged) -> Check {
        let [model, independent, past_frequency] = judged.targets();
        Check {
            questions: self.questions,
            predicted_from: self.bench.calls(),
            consensus: pairs.score(),
            model,
            independent,
            past_frequency,
        }
    }
}

/// Where D₁ of a group stands among what is predicted in every draw.
fn single_of(groups: usize, number: usize) -> usize {
    groups * ASKED.len() + number
}

/// What groups were off by in a year, on the logit scale.
fn drift_of(year: u16, questions: usize, consensus: &[Option<(f64, f64)>], worlds: &Worlds) -> YearDrift {
    let scale = |share: f64| logit(clipped(share, questions));
    let off = |(predicted, actual): &(f64, f64)| scale(*actual) - scale(*predicted);
    let off: Vec<f64> = consensus.iter().flatten().map(off).collect();
    let draws: Vec<f64> = (0..consensus.len().min(GROUPS_OF_DRAWS))
        .map(|number| {
            let drawn = worlds.of(single_of(consensus.len(), number)).take(DRAWS);
            mean_and_variance(&drawn.flatten().map(scale).collect::<Vec<f64>>()).1
        })
        .collect();
    let (mean, variance) = mean_and_variance(&off);
    YearDrift { year, questions, mean, variance, draws: mean_and_variance(&draws).0 }
}

#[expect(clippy::cast_precision_loss, reason = "the length of a list")]
fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n)
}

/// What the groups of a plan were off by in one year; `None` where the year has too few questions, or nobody to judge.
#[must_use]
pub fn drift_in(engine: &Engine, year: u16, plan: Plan) -> Option<YearDrift> {
    Season::new(engine, year, plan)?.ok().map(|season| season.drift)
}

/// Predicts each year of the built-in votes from those before, from [`FIRST`] on. `progress` is called with the share of the
/// work done, 0 to 1. `None` if `cancel` was set before the end.
///
/// # Errors
/// There is no year to judge, or nobody to judge.
pub fn rolling(
    engine: &Engine,
    plan: Plan,
    cancel: &AtomicBool,
    progress: &dyn Fn(f32),
) -> Option<Result<Rolling, BacktestError>> {
    let last = engine.atlas.roll_calls.latest_year().unwrap_or(0);
    let mut seasons: Vec<Season> = Vec::new();
    for year in FIRST..=last {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        match Season::new(engine, year, plan) {
            None => {}
            Some(Err(error)) => return Some(Err(error)),
            Some(Ok(season)) => seasons.push(season),
        }
        progress(0.6 * f32::from(year + 1 - FIRST) / f32::from(last + 1 - FIRST));
    }
    let drift: Vec<YearDrift> = seasons.iter().map(|season| season.drift).collect();
    let (mut years, mut all_pairs, mut all_judged) = (Vec::new(), Pairs::default(), Judged::default());
    for season in &seasons {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        let others = Drift::without(&drift, season.year);
        let (pairs, judged) = season.judge(others);
        years.push((season.year, others, season.check(&pairs, &judged)));
        all_pairs.extend(&pairs);
        all_judged.extend(&judged);
        progress(0.6 + 0.4 * f32::from(season.year + 1 - FIRST) / f32::from(last + 1 - FIRST));
    }
    let Some(latest) = seasons.last() else { return Some(Err(BacktestError::NothingToJudge)) };
    let questions = seasons.iter().map(|season| season.questions).sum();
    let all = Check { questions, ..latest.check(&all_pairs, &all_judged) };
    Some(Ok(Rolling { years, all, drift }))
}
