//! Random groups, what is predicted of them and what they did.

use rand::SeedableRng as _;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, seq::index};
use rayon::prelude::*;

use super::{BacktestError, Plan};
use crate::analysis::draws::{Draw, Spreads, members_mark};
use crate::analysis::drift::Drift;
use crate::analysis::engine::Engine;
use crate::analysis::stats::{correlation, mean_absolute_error, quantile};
use crate::analysis::votes::{Agenda, VoteSettings};
use crate::data::{Ballot, CountryId, RollCalls, Subject};
use crate::model::{Assumptions, Issue};

/// How many members a random group has.
const SIZES: std::ops::RangeInclusive<usize> = 2..=19;

/// How well predictions agree with what happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Groups that could be judged; over several years, pairs of group and year.
    pub groups: usize,
    /// Pearson's correlation, −1 to 1; `None` where one side does not vary.
    pub correlation: Option<f64>,
    /// Mean absolute error, 0 to 1; `None` without groups.
    pub mean_absolute_error: Option<f64>,
    /// The share of groups whose share lies in the 90 % interval, 0 to 1; `None` for the baselines, which have no interval.
    pub coverage: Option<f64>,
}

/// The scores on a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// On all roll calls.
    pub without_convenor: Score,
    /// On those where the convenor voted yes; the others are judged.
    pub with_convenor: Score,
}

/// The scores on both targets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Targets {
    /// Every member present voted yes.
    pub unanimous_yes: Scores,
    /// None voted no.
    pub no_objection: Scores,
}

/// What is asked of a group.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    UnanimousYes,
    NoObjection,
}

impl Target {
    fn kept_by(self, ballot: Ballot) -> bool {
        match self {
            Self::UnanimousYes => ballot == Ballot::Yes,
            Self::NoObjection => ballot != Ballot::No,
        }
    }
}

/// Each target, without and with a convenor.
pub(super) const ASKED: [(Target, bool); 4] = [
    (Target::UnanimousYes, false),
    (Target::UnanimousYes, true),
    (Target::NoObjection, false),
    (Target::NoObjection, true),
];

/// What happened, what was predicted, and whether the first lies in the interval of the second.
type Pair = (f64, f64, Option<bool>);

/// Pairs of what was predicted and what happened.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    observed: Vec<f64>,
    predicted: Vec<f64>,
    /// Whether it lies in the interval; empty where there are no intervals.
    inside: Vec<bool>,
}

impl Pairs {
    pub(super) fn push(&mut self, observed: f64, predicted: f64, inside: Option<bool>) {
        self.observed.push(observed);
        self.predicted.push(predicted);
        self.inside.extend(inside);
    }

    pub(super) fn extend(&mut self, other: &Self) {
        self.observed.extend(&other.observed);
        self.predicted.extend(&other.predicted);
        self.inside.extend(&other.inside);
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of groups")]
    pub(super) fn score(&self) -> Score {
        let inside = self.inside.iter().filter(|inside| **inside).count();
        Score {
            groups: self.observed.len(),
            correlation: correlation(&self.predicted, &self.observed),
            mean_absolute_error: mean_absolute_error(&self.predicted, &self.observed),
            coverage: (!self.inside.is_empty()).then(|| inside as f64 / self.inside.len() as f64),
        }
    }
}

/// Pairs by way (vote table, independent members, past frequency) and by what is asked.
#[derive(Clone, Debug, Default)]
pub struct Judged([[Pairs; 4]; 3]);

impl Judged {
    pub(super) fn extend(&mut self, other: &Self) {
        for (way, more) in self.0.iter_mut().zip(&other.0) {
            for (pairs, more) in way.iter_mut().zip(more) {
                pairs.extend(more);
            }
        }
    }

    pub(super) fn targets(&self) -> [Targets; 3] {
        std::array::from_fn(|way| {
            let [yes, yes_convened, no, no_convened] = std::array::from_fn(|asked| self.0[way][asked].score());
            Targets {
                unanimous_yes: Scores { without_convenor: yes, with_convenor: yes_convened },
                no_objection: Scores { without_convenor: no, with_convenor: no_convened },
            }
        })
    }
}

/// A random group, its convenor first: places among `actors`.
pub(super) fn random_group(seed: u64, number: u32, actors: usize) -> Vec<usize> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(u64::from(number));
    let size = random.random_range(SIZES).min(actors);
    index::sample(&mut random, actors, size).into_vec()
}

/// What is predicted in every draw, with the deviates of drift. The vote tables themselves are not kept: they are large.
pub(super) struct Worlds {
    draws: Vec<Draw>,
    /// By draw, then by what is predicted.
    shares: Vec<Vec<Option<f64>>>,
}

impl Worlds {
    /// `draws` worlds of the roll calls that an engine knows, for the actors named; `predict` is asked in each.
    pub(super) fn new(
        past: &Engine,
        actors: &[usize],
        (draws, seed): (u32, u64),
        predict: impl Fn(&Agenda) -> Vec<Option<f64>> + Sync,
    ) -> Self {
        let spreads = Spreads::new(&past.atlas, &past.facts);
        let settings = VoteSettings::new(&Assumptions::default());
        let calls = past.votes.used(Issue::General).len();
        let (draws, shares) = (0..draws)
            .into_par_iter()
            .map(|number| {
                let draw = Draw::new(seed, number, past.atlas.countries.len());
                let picked = draw.picked(Issue::General, calls);
                let shift = |actor| draw.deviate(Subject::IdealPoint, actor) * spreads.of(Subject::IdealPoint, actor);
                let drawn = draw.votes(&settings);
                let agenda = past.votes.drawn_agenda((Issue::General, None), &drawn, actors, shift, &picked);
                let shares = predict(&agenda);
                (draw, shares)
            })
            .unzip();
        Self { draws, shares }
    }

    /// A prediction in every draw.
    pub(super) fn of(&self, item: usize) -> impl Iterator<Item = Option<f64>> + '_ {
        self.shares.iter().map(move |shares| shares.get(item).copied().flatten())
    }

    /// Whether a share lies in the 90 % interval of a prediction moved by drift; `mark` tells whose own drift. `None` without
    /// draws.
    pub(super) fn holds(&self, item: usize, observed: f64, drift: Drift, mark: u64) -> Option<bool> {
        let worlds = self.draws.iter().zip(self.of(item));
        let mut moved: Vec<f64> =
            worlds.filter_map(|(draw, share)| Some(drift.moved(share?, draw.drift(), draw.own_drift(mark)))).collect();
        moved.sort_by(f64::total_cmp);
        let (low, high) = (quantile(&moved, 0.05)?, quantile(&moved, 0.95)?);
        Some((low..=high).contains(&observed))
    }
}

/// An actor that has ballots on both sides.
struct Member {
    id: CountryId,
    actor: usize,
    /// Its ballots on the roll calls predicted from, one a column of the agenda.
    past: Vec<Ballot>,
    future: Vec<Ballot>,
    /// π: its share of ballots that were cast, weighted.
    presence: f64,
    /// Shares of yes and of no among these.
    rates: [f64; 2],
}

/// Everything that predictions are made from.
pub(super) struct Bench {
    agenda: Agenda,
    members: Vec<Member>,
}

impl Bench {
    /// Predicts from what an engine knows, and judges on other roll calls.
    pub(super) fn new(past: &Engine, judged: &RollCalls) -> Result<Self, BacktestError> {
        let agenda = past.votes.agenda(Issue::General, &VoteSettings::new(&Assumptions::default()));
        let members: Vec<Member> = judged
            .voters
            .iter()
            .enumerate()
            .filter_map(|(column, id)| {
                let actor = past.atlas.actor(*id)?;
                past.atlas.roll_calls.ballots_of(*id)?;
                let ballots = past.votes.ballots(actor);
                let before = agenda.used.iter().map(|used| ballots[used.call]).collect();
                Member::new(*id, actor, before, judged.ballots(column).to_vec(), &agenda.weights)
            })
            .collect();
        if members.len() < 2 { Err(BacktestError::TooFewActors(members.len())) } else { Ok(Self { agenda, members }) }
    }

    pub(super) fn has(&self, id: CountryId) -> bool {
        self.members.iter().any(|member| member.id == id)
    }

    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// How many roll calls are predicted from.
    pub(super) fn calls(&self) -> usize {
        self.agenda.calls
    }

    /// The actor number of a member.
    pub(super) fn actor(&self, member: usize) -> usize {
        self.members[member].actor
    }

    /// The groups of a plan.
    pub(super) fn groups(&self, plan: Plan) -> Vec<Vec<usize>> {
        (0..plan.groups).map(|number| random_group(plan.seed, number, self.len())).collect()
    }

    /// What tells a group from others with other members.
    pub(super) fn mark(&self, past: &Engine, group: &[usize]) -> u64 {
        members_mark(group.iter().map(|at| past.atlas.countries[self.actor(*at)].id))
    }

    /// What the vote table says of all groups, [`ASKED`] by [`ASKED`].
    pub(super) fn predict(&self, agenda: &Agenda, groups: &[Vec<usize>]) -> Vec<Option<f64>> {
        let of = |group: &Vec<usize>| {
            ASKED.map(|(target, convened)| {
                let members: Vec<&Member> = group.iter().map(|at| &self.members[*at]).collect();
                let (convenor, judged) = split(&members, convened);
                expected(agenda, convenor, judged, target)
            })
        };
        groups.iter().flat_map(of).collect()
    }

    /// Judges groups on what is asked. `worlds` has [`Bench::predict`] of the same groups in every draw; with the drift it gives
    /// intervals.
    pub(super) fn judge(&self, past: &Engine, groups: &[Vec<usize>], worlds: &Worlds, drift: Drift) -> Judged {
        let rows: Vec<[Option<[Pair; 3]>; 4]> = groups
            .par_iter()
            .enumerate()
            .map(|(number, group)| {
                let mark = self.mark(past, group);
                std::array::from_fn(|asked| {
                    let ways = self.judge_one(group, ASKED[asked])?;
                    let [(happened, middle), independent, before] = ways;
                    let inside = worlds.holds(number * ASKED.len() + asked, happened, drift, mark);
                    Some([(happened, middle, inside), (independent.0, independent.1, None), (before.0, before.1, None)])
                })
            })
            .collect();
        let mut judged = Judged::default();
        for row in rows {
            for (asked, ways) in row.into_iter().enumerate() {
                for (way, (observed, predicted, inside)) in ways.into_iter().flatten().enumerate() {
                    judged.0[way][asked].push(observed, predicted, inside);
                }
            }
        }
        judged
    }

    /// What happened beside what each way predicts; `None` unless all are defined.
    fn judge_one(&self, group: &[usize], (target, convened): (Target, bool)) -> Option<[(f64, f64); 3]> {
        let members: Vec<&Member> = group.iter().map(|at| &self.members[*at]).collect();
        let (convenor, judged) = split(&members, convened);
        let happened = frequency(convenor, judged, target, |member| &member.future, |_| 1.0)?;
        let before = frequency(convenor, judged, target, |member| &member.past, |call| self.agenda.weights[call])?;
        let model = expected(&self.agenda, convenor, judged, target)?;
        Some([model, independent(judged, target), before].map(|predicted| (happened, predicted)))
    }
}

/// The convenor, if there is to be one, and those who are judged.
fn split<'a, 'b>(members: &'b [&'a Member], convened: bool) -> (Option<&'a Member>, &'b [&'a Member]) {
    match members.split_first() {
        Some((convenor, others)) if convened => (Some(*convenor), others),
        _ => (None, members),
    }
}

/// What the vote table says; `None` where the convenor would table nothing.
fn expected(agenda: &Agenda, convenor: Option<&Member>, judged: &[&Member], target: Target) -> Option<f64> {
    // Roll calls are the inner axis.
    let mut weights: Vec<f64> = agenda.weights[..agenda.calls].to_vec();
    if let Some(convenor) = convenor {
        for (weight, yes) in weights.iter_mut().zip(agenda.yes(convenor.actor)) {
            *weight *= yes;
        }
    }
    let all: f64 = weights.iter().sum();
    for member in judged {
        let presence = member.presence;
        match target {
            Target::UnanimousYes => {
                for (weight, yes) in weights.iter_mut().zip(agenda.yes(member.actor)) {
                    *weight *= 1.0 - presence * (1.0 - yes);
                }
            }
            Target::NoObjection => {
                for (weight, no) in weights.iter_mut().zip(agenda.no(member.actor)) {
                    *weight *= 1.0 - presence * no;
                }
            }
        }
    }
    (all > 0.0).then(|| weights.iter().sum::<f64>() / all)
}

impl Member {
    /// `None` if it never was present on the roll calls predicted from.
    fn new(id: CountryId, actor: usize, past: Vec<Ballot>, future: Vec<Ballot>, weights: &[f64]) -> Option<Self> {
        let share = |keep: &dyn Fn(Ballot) -> bool| -> f64 {
            past.iter().zip(weights).filter(|(ballot, _)| keep(**ballot)).map(|(_, weight)| weight).sum()
        };
        let (all, cast) = (share(&|_| true), share(&|ballot| ballot != Ballot::Absent));
        let rates = [Ballot::Yes, Ballot::No].map(|wanted| share(&|ballot| ballot == wanted) / cast);
        (cast > 0.0).then(|| Self { id, actor, past, future, presence: cast / all, rates })
    }
}

/// How often the judged members present held together, where the convenor voted yes; `None` where they never were asked.
fn frequency<'a>(
    convenor: Option<&'a Member>,
    judged: &[&'a Member],
    target: Target,
    ballots: impl Fn(&'a Member) -> &'a [Ballot],
    weight: impl Fn(usize) -> f64,
) -> Option<f64> {
    let tables: Option<&[Ballot]> = convenor.map(&ballots);
    let rows: Vec<&[Ballot]> = judged.iter().map(|member| ballots(member)).collect();
    let (mut kept, mut all) = (0.0, 0.0);
    for call in 0..rows.first().map_or(0, |row| row.len()) {
        if tables.is_some_and(|row| row[call] != Ballot::Yes) {
            continue;
        }
        let mut present = rows.iter().map(|row| row[call]).filter(|ballot| *ballot != Ballot::Absent).peekable();
        if present.peek().is_some() {
            all += weight(call);
            kept += if present.all(|ballot| target.kept_by(ballot)) { weight(call) } else { 0.0 };
        }
    }
    (all > 0.0).then(|| kept / all)
}

/// What independent members would do.
fn independent(judged: &[&Member], target: Target) -> f64 {
    judged
        .iter()
        .map(|member| {
            let breaks = match target {
                Target::UnanimousYes => 1.0 - member.rates[0],
                Target::NoObjection => member.rates[1],
            };
            1.0 - member.presence * breaks
        })
        .product()
}
