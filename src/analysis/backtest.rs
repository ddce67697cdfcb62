//! Does the vote table foresee what groups do? (METHODS, “Track record, and a check on held-out votes”)
//!
//! Random groups of 2 to 19 members are judged on a votes file: how often did every member present vote yes, and how often
//! did none vote no? The predictions come from the built-in roll calls alone, up to a year if one is given. As for the issue
//! “general”, votes on the Palestinian conflict (topic `me`) are used on neither side.
//!
//! **What is predicted.** Each built-in roll call j stands for a question to come, with weight `u_j`. Member i is there with
//! chance `π_i`, its weighted share of ballots that were cast; if it is there, it votes as the vote table says (observed votes
//! with a little of the model, absences filled in by the model). So the chance that i does not break unanimity on j is
//! `1 − π_i·(1 − yes_ij)`, and a group's prediction is the mean of their product, weighted `u_j`; for “none voted no”,
//! `1 − π_i·no_ij` takes its place. With a convenor l the weights are `u_j·yes_lj`, and the others are judged.
//!
//! **No peeking.** Roll calls after the year are dropped, the curves are fitted anew to what is left, and ideal points after
//! the year are dropped too, also where they would stand for an actor without a seat. The yearly ideal points themselves are
//! published estimates that were made with the votes of all years; that cannot be undone here.
//!
//! **Baselines.** Independent members: each votes at its own past rate, whatever the others do. Past frequency: the group
//! behaves as often in that way as it did on the built-in roll calls, weighted `u_j`.

use rand::SeedableRng as _;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, seq::index};

use super::fit::fit_with_points;
use super::stats::{correlation, mean_absolute_error};
use super::votes::{Agenda, VoteSettings, Votes};
use crate::data::{Atlas, Ballot, CountryId, RollCall, RollCalls, median_of_neighbours};
use crate::model::{Assumptions, Issue};

/// How many members a random group has.
const SIZES: std::ops::RangeInclusive<usize> = 2..=19;

/// What to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The last year of the built-in roll calls that may be used; all of them without one.
    pub until: Option<u16>,
    /// How many random groups.
    pub groups: u32,
    /// Seed of the groups.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { until: None, groups: 500, seed: Assumptions::default().seed }
    }
}

/// Why there is nothing to check; a sentence with the cure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BacktestError {
    /// No built-in roll call is early enough.
    #[error("no built-in roll call is of {until} or earlier: they begin in {first}")]
    NothingBuiltIn {
        /// The year that was asked for.
        until: u16,
        /// The first year there is.
        first: u16,
    },
    /// The file has no roll call to judge.
    #[error("the file has no roll call to judge (votes with the topic “me” are never used)")]
    NothingToJudge,
    /// The file has too few actors.
    #[error("the file has {0} actors with built-in votes: at least 2 are needed")]
    TooFewActors(usize),
}

/// How well predictions agree with what happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Groups that could be judged.
    pub groups: usize,
    /// Pearson's correlation, −1 to 1; `None` where one side does not vary.
    pub correlation: Option<f64>,
    /// Mean absolute error, 0 to 1; `None` without groups.
    pub mean_absolute_error: Option<f64>,
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

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// The vote table.
    pub model: Targets,
    /// Members that vote independently at their own past rates.
    pub independent: Targets,
    /// The group's own past frequency.
    pub past_frequency: Targets,
    /// Built-in roll calls that were used.
    pub built_in_calls: usize,
    /// The latest year of these.
    pub built_in_until: u16,
    /// Roll calls of the file that were judged.
    pub judged_calls: usize,
    /// Roll calls of the file that were left out (topic `me`).
    pub left_out: usize,
    /// Judged roll calls that are also among the built-in ones used: above 0, the check is not a held-out one.
    pub repeated: usize,
    /// Actors of the file that groups were drawn from.
    pub actors: usize,
    /// Actors of the file that were left out, because they have no built-in votes.
    pub without_votes: Vec<CountryId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
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

/// Checks predictions from the built-in roll calls against a votes file.
///
/// # Errors
/// There is nothing to predict from, nothing to judge, or nobody to judge.
pub fn backtest(atlas: &Atlas, file: &RollCalls, plan: Plan) -> Result<Backtest, BacktestError> {
    let usable = |call: &RollCall| Issue::General.relevance(call.topics).is_some();
    let until = plan.until.unwrap_or(u16::MAX);
    let built_in = atlas.roll_calls.filtered(|call| call.year <= until && usable(call));
    let Some(built_in_until) = built_in.latest_year() else {
        let first = atlas.roll_calls.list.iter().map(|call| call.year).min().unwrap_or(0);
        return Err(BacktestError::NothingBuiltIn { until, first });
    };
    let judged = file.filtered(usable);
    if judged.list.is_empty() {
        return Err(BacktestError::NothingToJudge);
    }
    let repeated = |call: &&RollCall| built_in.list.iter().any(|known| known.resolution == call.resolution);
    let bench = Bench::new(atlas, &built_in, plan.until, &judged)?;
    let groups: Vec<Vec<usize>> =
        (0..plan.groups).map(|number| random_group(plan.seed, number, bench.members.len())).collect();
    let [model, independent, past_frequency] = bench.targets(&groups);
    Ok(Backtest {
        model,
        independent,
        past_frequency,
        built_in_calls: built_in.list.len(),
        built_in_until,
        judged_calls: judged.list.len(),
        left_out: file.list.len() - judged.list.len(),
        repeated: judged.list.iter().filter(repeated).count(),
        actors: bench.members.len(),
        without_votes: judged.voters.iter().copied().filter(|id| !bench.has(*id)).collect(),
    })
}

/// A random group, its convenor first.
fn random_group(seed: u64, number: u32, actors: usize) -> Vec<usize> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(u64::from(number));
    let size = random.random_range(SIZES).min(actors);
    index::sample(&mut random, actors, size).into_vec()
}

/// An actor that has ballots on both sides.
struct Member<'a> {
    id: CountryId,
    actor: usize,
    past: &'a [Ballot],
    future: &'a [Ballot],
    /// π: its share of ballots that were cast, weighted.
    presence: f64,
    /// Shares of yes and of no among these.
    rates: [f64; 2],
}

/// Everything that predictions are made from.
struct Bench<'a> {
    agenda: Agenda,
    members: Vec<Member<'a>>,
}

impl<'a> Bench<'a> {
    fn new(
        atlas: &Atlas,
        built_in: &'a RollCalls,
        until: Option<u16>,
        judged: &'a RollCalls,
    ) -> Result<Self, BacktestError> {
        let yearly = atlas.ideal_points.until(until.unwrap_or(u16::MAX));
        let last = yearly.years.last().copied().unwrap_or(0);
        let known: Vec<Option<f64>> = (0..atlas.countries.len()).map(|actor| yearly.near(actor, last)).collect();
        let latest: Vec<Option<f64>> = (0..atlas.countries.len())
            .map(|actor| known[actor].or_else(|| median_of_neighbours(atlas, actor, |other| known[other])))
            .collect();
        let fit = fit_with_points(atlas, &yearly, built_in, &latest);
        let votes = Votes::with_points(atlas, &yearly, built_in, &fit, &latest);
        let agenda = votes.agenda(Issue::General, &VoteSettings::new(&Assumptions::default()));
        let members: Vec<Member> = judged
            .voters
            .iter()
            .enumerate()
            .filter_map(|(column, id)| {
                let (actor, past) = (atlas.actor(*id)?, built_in.ballots_of(*id)?);
                Member::new(*id, actor, past, judged.ballots(column), &agenda.weights)
            })
            .collect();
        if members.len() < 2 { Err(BacktestError::TooFewActors(members.len())) } else { Ok(Self { agenda, members }) }
    }

    fn has(&self, id: CountryId) -> bool {
        self.members.iter().any(|member| member.id == id)
    }

    fn targets(&self, groups: &[Vec<usize>]) -> [Targets; 3] {
        let [yes, yes_convened, no, no_convened] = [
            self.scores(groups, Target::UnanimousYes, false),
            self.scores(groups, Target::UnanimousYes, true),
            self.scores(groups, Target::NoObjection, false),
            self.scores(groups, Target::NoObjection, true),
        ];
        std::array::from_fn(|way| Targets {
            unanimous_yes: Scores { without_convenor: yes[way], with_convenor: yes_convened[way] },
            no_objection: Scores { without_convenor: no[way], with_convenor: no_convened[way] },
        })
    }

    /// The scores of the model, of independent members and of past frequency, on the groups where all are defined.
    fn scores(&self, groups: &[Vec<usize>], target: Target, convened: bool) -> [Score; 3] {
        let mut observed = Vec::with_capacity(groups.len());
        let mut predicted: [Vec<f64>; 3] = Default::default();
        for group in groups {
            let members: Vec<&Member> = group.iter().map(|at| &self.members[*at]).collect();
            let (convenor, judged) = match members.split_first() {
                Some((convenor, others)) if convened => (Some(*convenor), others),
                _ => (None, &members[..]),
            };
            let happened = frequency(convenor, judged, target, |member| member.future, |_| 1.0);
            let before = frequency(convenor, judged, target, |member| member.past, |call| self.agenda.weights[call]);
            let expected = self.expected(convenor, judged, target);
            if let (Some(happened), Some(before), Some(expected)) = (happened, before, expected) {
                observed.push(happened);
                for (list, value) in predicted.iter_mut().zip([expected, independent(judged, target), before]) {
                    list.push(value);
                }
            }
        }
        predicted.map(|predicted| Score {
            groups: observed.len(),
            correlation: correlation(&predicted, &observed),
            mean_absolute_error: mean_absolute_error(&predicted, &observed),
        })
    }

    /// What the vote table says; `None` where the convenor would table nothing.
    fn expected(&self, convenor: Option<&Member>, judged: &[&Member], target: Target) -> Option<f64> {
        let (mut kept, mut all) = (0.0, 0.0);
        for call in 0..self.agenda.calls {
            let tabled = convenor.map_or(1.0, |convenor| self.agenda.yes(convenor.actor)[call]);
            let weight = self.agenda.weights[call] * tabled;
            let holds = |member: &&Member| {
                let breaks = match target {
                    Target::UnanimousYes => 1.0 - self.agenda.yes(member.actor)[call],
                    Target::NoObjection => self.agenda.no(member.actor)[call],
                };
                1.0 - member.presence * breaks
            };
            all += weight;
            kept += weight * judged.iter().map(holds).product::<f64>();
        }
        (all > 0.0).then(|| kept / all)
    }
}

impl<'a> Member<'a> {
    /// `None` if it never was present on the built-in roll calls.
    fn new(id: CountryId, actor: usize, past: &'a [Ballot], future: &'a [Ballot], weights: &[f64]) -> Option<Self> {
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
    convenor: Option<&Member<'a>>,
    judged: &[&Member<'a>],
    target: Target,
    ballots: impl Fn(&Member<'a>) -> &'a [Ballot],
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
