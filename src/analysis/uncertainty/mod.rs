//! How far every figure can be trusted (*Intervals and comparisons* in `METHODS.md`): intervals from draws, the
//! chance that one grouping beats another, and what moves a measure most.
//!
//! The figures drawn, and how, are in [`draws`](super::draws). All cases see the same draws (common random numbers), and a
//! draw depends on the seed and its number alone: the answers are the same to the last bit whatever the number of threads.

mod sensitivity;

pub use sensitivity::{Driver, Sensitivity};

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::case::Case;
use super::draws::{Draw, Spreads, members_mark};
use super::drift::Drift;
use super::engine::Engine;
use super::measures::{self, Influence, Measure, PerMeasure, Power};
use super::own::OwnAgenda;
use super::parts::Deadlock;
use super::report::Report;
use super::stats::quantile;
use super::undefined::{Defined, Undefined};
use super::view::{Readings, View};
use super::votes::{Agenda, Used, VoteSettings};
use crate::data::{Facts, Subject};
use crate::model::Issue;

/// The share of draws that must agree before one grouping is said to beat another.
pub const CONFIDENCE: f64 = 0.95;
/// The most draws that are made, whatever is asked for: more would only fill the memory.
pub const MOST_DRAWS: u32 = 10_000;
/// Differences below this share of the larger figure are rounding, not difference.
const ROUNDING: f64 = 1e-9;

/// A 90 % interval around a point estimate, in the unit of its measure.
///
/// The point estimate rests on the defaults, the draws on ranges that need not be centred on them (λ is 0.05, drawn from
/// 0.02 to 0.20), so that it can lie outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// 5 % of the draws are below.
    pub low: f64,
    /// The point estimate.
    pub middle: f64,
    /// 5 % of the draws are above.
    pub high: f64,
    /// The share of draws in which the measure has a meaning, 0 to 1.
    pub defined: f64,
}

/// How two groupings compare on a measure: shares of the draws in which both are defined; they add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// The first is better.
    pub first: f64,
    /// The second is better.
    pub second: f64,
    /// They are equal.
    pub ties: f64,
}

/// What may be said of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The first is better in at least 95 % of the draws.
    First,
    /// The second is better in at least 95 % of the draws.
    Second,
    /// They are equal in at least 95 % of the draws.
    Equal,
    /// The draws disagree.
    NotDistinguishable,
}

impl Comparison {
    /// What may be said: a difference counts where at least [`CONFIDENCE`] of the draws agree.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let sure = |share: f64| share >= CONFIDENCE - 1e-12;
        match self {
            Self { first, .. } if sure(*first) => Verdict::First,
            Self { second, .. } if sure(*second) => Verdict::Second,
            Self { ties, .. } if sure(*ties) => Verdict::Equal,
            _ => Verdict::NotDistinguishable,
        }
    }
}

/// The intervals of one case, with every draw.
#[derive(Clone, Debug)]
pub struct Intervals {
    case: Case,
    seed: u64,
    readings: Readings,
    mark: u64,
    draws: Arc<Vec<Draw>>,
    middle: PerMeasure<Defined<f64>>,
    samples: Vec<Sample>,
}

/// One case in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sample {
    /// `None` where the measure has no meaning.
    values: PerMeasure<Option<f64>>,
    /// The same if nothing drifted.
    still: PerMeasure<Option<f64>>,
    /// What the drawn roll calls alone do to deadlock risk, and to reach.
    roll_calls: [f64; 2],
}

impl Intervals {
    /// The interval of a measure.
    ///
    /// # Errors
    /// The reason why the measure has no meaning: at the point estimate, or in every draw.
    pub fn of(&self, measure: &Measure) -> Defined<Interval> {
        self.between(measure, self.draws_of(measure))
    }

    /// The interval as it would be if questions and alignments stayed as they are: what drift adds is the difference.
    ///
    /// # Errors
    /// As [`Intervals::of`].
    pub fn without_drift(&self, measure: &Measure) -> Defined<Interval> {
        self.between(measure, self.samples.iter().map(|sample| sample.still[measure]))
    }

    fn between(&self, measure: &Measure, draws: impl Iterator<Item = Option<f64>>) -> Defined<Interval> {
        let middle = self.middle[measure]?;
        let mut values: Vec<f64> = draws.flatten().collect();
        values.sort_by(f64::total_cmp);
        let (Some(low), Some(high)) = (quantile(&values, 0.05), quantile(&values, 0.95)) else {
            return Err(Undefined::NoDraw);
        };
        #[expect(clippy::cast_precision_loss, reason = "a count of draws")]
        let defined = values.len() as f64 / self.samples.len() as f64;
        Ok(Interval { low, middle, high, defined })
    }

    /// A measure in every draw, in order; `None` where it has no meaning.
    #[must_use]
    pub fn draws_of<'a>(&'a self, measure: &'a Measure) -> impl ExactSizeIterator<Item = Option<f64>> + 'a {
        self.samples.iter().map(move |sample| sample.values[measure])
    }

    /// Puts the figures of a report in the middle; it must be that of the case, such as one with weights more finely resolved
    /// than the draws could be.
    pub fn set_middle(&mut self, report: &Report) {
        self.middle = figures_of(report);
    }

    /// What the intervals are for.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Keeps the draws of `other` in place of its own where they are the same, so that memory holds them once.
    pub fn share_draws(&mut self, other: &Self) {
        if self.seed == other.seed && self.draws.len() == other.draws.len() {
            self.draws = other.draws.clone();
        }
    }

    /// The number of draws.
    #[must_use]
    pub fn draws(&self) -> usize {
        self.samples.len()
    }
}

/// How often one grouping beats another on a measure; which way is better is the measure's own ([`Measure::better`]).
///
/// `None` where there is nothing to compare: no draw in which both are defined, or draws of different seeds or numbers.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a count of draws")]
pub fn beats(one: &Intervals, other: &Intervals, measure: &Measure) -> Option<Comparison> {
    if one.seed != other.seed || one.samples.len() != other.samples.len() {
        return None;
    }
    let [mut first, mut second, mut ties] = [0_usize; 3];
    for (one, other) in one.draws_of(measure).zip(other.draws_of(measure)) {
        let (Some(one), Some(other)) = (one, other) else { continue };
        let ahead = match measure.better {
            measures::Better::More => one - other,
            measures::Better::Less => other - one,
        };
        if ahead.abs() <= ROUNDING * one.abs().max(other.abs()) {
            ties += 1;
        } else if ahead > 0.0 {
            first += 1;
        } else {
            second += 1;
        }
    }
    let all = (first + second + ties) as f64;
    let share = |count: usize| count as f64 / all;
    (all > 0.0).then(|| Comparison { first: share(first), second: share(second), ties: share(ties) })
}

/// The intervals of several cases from the same draws.
///
/// `progress` is called from any thread with the share of the work done, 0 to 1, not always in order. `None` if `cancel`
/// was set before the end; it is looked at before every draw and case. At most [`MOST_DRAWS`] draws are made.
///
/// ```
/// use std::sync::atomic::AtomicBool;
///
/// use convenor::analysis::{Case, Engine, measures, uncertainty};
/// use convenor::model::{Assumptions, Grouping, GroupingId, Role, Seat};
///
/// let engine = Engine::embedded().unwrap();
/// let mut grouping = Grouping::new(GroupingId(1), "Nordic two", 0);
/// grouping.seats = ["SWE", "NOR"].map(|code| Seat::new(code.parse().unwrap(), Role::Member)).to_vec();
/// let case = Case::of(&engine.atlas, &grouping, &Assumptions::default());
/// let found = uncertainty::run(&engine, &[case], 40, 1, &AtomicBool::new(false), &|_| {}).unwrap();
/// let legitimacy = found[0].of(&measures::LEGITIMACY).unwrap();
/// assert!(legitimacy.low < legitimacy.high);
/// ```
#[must_use]
pub fn run(
    engine: &Engine,
    cases: &[Case],
    draws: u32,
    seed: u64,
    cancel: &AtomicBool,
    progress: &(dyn Fn(f32) + Sync),
) -> Option<Vec<Intervals>> {
    let work = Work::new(engine, cases, cancel)?;
    let actors = engine.atlas.countries.len();
    let draws: Vec<Draw> =
        (0..draws.min(MOST_DRAWS)).into_par_iter().map(|number| Draw::new(seed, number, actors)).collect();
    let done = AtomicUsize::new(0);
    let by_draw = draws
        .par_iter()
        .map(|draw| {
            let samples = work.samples(draw)?;
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            #[expect(clippy::cast_precision_loss, reason = "a share of the work, for people")]
            progress(done as f32 / draws.len() as f32);
            Some(samples)
        })
        .collect::<Option<Vec<Vec<Sample>>>>()?;
    let draws = Arc::new(draws);
    Some(
        work.cases
            .into_iter()
            .enumerate()
            .map(|(at, prepared)| Intervals {
                readings: prepared.readings,
                mark: prepared.mark,
                case: prepared.case.clone(),
                seed,
                draws: draws.clone(),
                middle: prepared.middle,
                samples: by_draw.iter().map(|samples| samples[at]).collect(),
            })
            .collect(),
    )
}

/// What the draws share.
struct Work<'a> {
    engine: &'a Engine,
    cancel: &'a AtomicBool,
    spreads: Spreads,
    /// The figures that the cases read, each once.
    figures: Vec<Arc<Facts>>,
    agendas: Vec<Wanted>,
    cases: Vec<Prepared<'a>>,
}

/// An agenda that some cases want: cases with the same issue and questions, λ, H and ρ share the drawn one.
struct Wanted {
    key: (Issue, Option<OwnAgenda>, VoteSettings),
    actors: Vec<usize>,
}

/// What does not depend on the draws.
struct Prepared<'a> {
    case: &'a Case,
    power: Defined<Power>,
    agenda: usize,
    figures: usize,
    influence: Option<Influence>,
    /// Which of the roll calls that bear on the issue each column of the influence is.
    columns: Vec<usize>,
    readings: Readings,
    mark: u64,
    middle: PerMeasure<Defined<f64>>,
}

impl<'a> Work<'a> {
    fn new(engine: &'a Engine, cases: &'a [Case], cancel: &'a AtomicBool) -> Option<Self> {
        let mut work = Self {
            engine,
            cancel,
            spreads: Spreads::new(&engine.atlas, &engine.facts),
            figures: Vec::new(),
            agendas: Vec::new(),
            cases: Vec::with_capacity(cases.len()),
        };
        let mut actors: Vec<BTreeSet<usize>> = Vec::new();
        for case in cases {
            let key = (case.issue, case.own.clone(), case.settings.votes);
            let agenda = work.agendas.iter().position(|wanted| wanted.key == key).unwrap_or_else(|| {
                work.agendas.push(Wanted { key, actors: Vec::new() });
                actors.push(BTreeSet::new());
                actors.len() - 1
            });
            if !case.settings.a_priori {
                actors[agenda].extend(case.actors());
            }
            let facts = engine.facts_of(case);
            let figures = work.figures.iter().position(|known| known.id() == facts.id()).unwrap_or_else(|| {
                work.figures.push(facts);
                work.figures.len() - 1
            });
            work.cases.push(Prepared::new(engine, case, (agenda, figures), cancel)?);
        }
        for (wanted, actors) in work.agendas.iter_mut().zip(actors) {
            wanted.actors = actors.into_iter().collect();
        }
        Some(work)
    }

    /// All cases in one draw; `None` if cancelled.
    fn samples(&self, draw: &Draw) -> Option<Vec<Sample>> {
        if self.cancel.load(Ordering::Relaxed) {
            return None;
        }
        let facts: Vec<Facts> = self.figures.iter().map(|facts| draw.facts(facts, &self.spreads)).collect();
        let drawn: Vec<(Vec<u32>, Agenda)> = self.agendas.iter().map(|wanted| self.agenda(draw, wanted)).collect();
        self.cases
            .iter()
            .map(|prepared| {
                let (picked, agenda) = &drawn[prepared.agenda];
                let sample = prepared.sample(self.engine, draw, &facts[prepared.figures], picked, agenda);
                (!self.cancel.load(Ordering::Relaxed)).then_some(sample)
            })
            .collect()
    }

    /// The roll calls drawn, and what the actors would do on them.
    fn agenda(&self, draw: &Draw, wanted: &Wanted) -> (Vec<u32>, Agenda) {
        use Subject::IdealPoint;
        let (issue, questions, own) = &wanted.key;
        let questions = questions.as_ref();
        let votes = &self.engine.votes;
        let picked = draw.picked(*issue, votes.used_with(*issue, questions).len());
        let shift = |actor| draw.deviate(IdealPoint, actor) * self.spreads.of(IdealPoint, actor);
        let agenda = votes.drawn_agenda((*issue, questions), &draw.votes(own), &wanted.actors, shift, &picked);
        (picked, agenda)
    }
}

impl<'a> Prepared<'a> {
    fn new(engine: &Engine, case: &'a Case, (agenda, figures): (usize, usize), cancel: &AtomicBool) -> Option<Self> {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        let power = Power::quick(&engine.atlas, &View::silent(&engine.facts_of(case)), case);
        let middle_agenda = engine.agenda_of(case);
        let influence = match &power {
            Ok(power) if !case.settings.a_priori => measures::influence(power, case, &middle_agenda).ok(),
            _ => None,
        };
        let used = engine.votes.used_with(case.issue, case.own.as_ref());
        let place = |column: &Used| used.binary_search_by_key(&column.call, |used| used.call).ok();
        let columns = middle_agenda.used.iter().filter_map(place).collect();
        let report = engine.report(case);
        let middle = figures_of(&report);
        let mark = members_mark(case.actors().map(|actor| engine.atlas.countries[actor].id));
        Some(Self { case, power, agenda, figures, influence, columns, middle, readings: report.readings, mark })
    }

    fn sample(&self, engine: &Engine, draw: &Draw, facts: &Facts, picked: &[u32], agenda: &Agenda) -> Sample {
        let mut case = self.case.clone();
        case.settings = draw.settings(&case.settings, case.form);
        let deadlock = match &self.power {
            Ok(power) => measures::deadlock_with(power, &case, agenda),
            Err(reason) => Err(*reason),
        };
        let values = |deadlock: Defined<Deadlock>| {
            let figures = figures_of(&engine.report_from(facts, &case, deadlock));
            PerMeasure::new(|measure| figures[measure].ok())
        };
        let mut moved = deadlock.clone();
        if let (Ok(moved), false) = (&mut moved, case.settings.a_priori) {
            drifted(moved, engine.drift(), case.mandate.questions, [draw.drift(), draw.own_drift(self.mark)]);
        }
        let (values, still) = (values(moved), values(deadlock));
        let roll_calls =
            self.influence.as_ref().map_or([0.0; 2], |influence| self.drawn_calls(engine, influence, picked));
        Sample { values, still, roll_calls }
    }

    /// What the roll calls picked would do to deadlock risk and reach, all else at its point estimate.
    fn drawn_calls(&self, engine: &Engine, influence: &Influence, picked: &[u32]) -> [f64; 2] {
        let own = self.case.own.as_ref();
        let used = engine.votes.used_with(self.case.issue, own);
        let (mut total, mut deadlock, mut reach) = (0.0, 0.0, 0.0);
        for (at, &place) in self.columns.iter().enumerate() {
            let weight = f64::from(picked[place]) * engine.votes.weight(used[place], &self.case.settings.votes);
            total += weight;
            deadlock += weight * influence.deadlock[at];
            reach += weight * influence.reach[at];
        }
        // Questions of the user's own are not sampled.
        for (at, question) in own.into_iter().flat_map(|own| own.questions.iter()).enumerate() {
            total += question.weight;
            deadlock += question.weight * influence.deadlock[self.columns.len() + at];
            reach += question.weight * influence.reach[self.columns.len() + at];
        }
        if total > 0.0 { [deadlock / total, reach / total] } else { [0.0; 2] }
    }
}

/// Moves deadlock risk by drift of a year and of the grouping itself; reach moves with the share that passes.
fn drifted(found: &mut Deadlock, drift: Drift, questions: u32, [of_year, of_its_own]: [f64; 2]) {
    let before = found.single / 100.0;
    let after = drift.moved(before, of_year, of_its_own);
    let passes = if before < 1.0 { (1.0 - after) / (1.0 - before) } else { 1.0 };
    found.single = 100.0 * after;
    found.risk = 100.0 * measures::compound(after, questions);
    for part in &mut found.parts {
        part.reach *= passes;
    }
}

fn figures_of(report: &Report) -> PerMeasure<Defined<f64>> {
    PerMeasure::new(|measure| report.value(measure).and_then(finite))
}

/// A figure that is not finite is none.
fn finite(value: f64) -> Defined<f64> {
    if value.is_finite() { Ok(value) } else { Err(Undefined::NoFigure) }
}
