//! Deadlock risk and reach (*Deadlock risk and reach* in `METHODS.md`).

use std::sync::atomic::{AtomicBool, Ordering};

use super::applied::{NAME, Power};
use super::measure::{Better, Drawn, Measure, Spoken};
use super::terms::{reach_terms, single_terms};
use crate::analysis::case::{Case, Voter};
use crate::analysis::diagram::joint::{self, Chances, Room, Tabling, fill_chances};
use crate::analysis::diagram::{LANES, Lanes, Scratch, VoteChances};
use crate::analysis::parts::{ConvenorPart, Deadlock};
use crate::analysis::undefined::{Defined, Undefined};
use crate::analysis::view::View;
use crate::analysis::votes::Agenda;
use crate::data::{Atlas, Subject};

/// The part of deadlock risk that reads how members vote.
pub const VOTES: &str = "votes";
/// D.
pub const DEADLOCK: Measure = Measure {
    name: NAME,
    label: "Deadlock risk",
    short: "deadlock",
    unit: "%",
    scale: "%, less is better; reach beside it",
    better: Better::Less,
    top: 100.0,
    meaning: "The chance that the mandate fails under the grouping's decision rule, if members vote on proposals as they \
              did on General Assembly roll calls of the issue.",
    spoken: Some(Spoken {
        label: "Risk that it deadlocks",
        line: "How likely it is that the mandate fails, if members vote as they did at the UN.",
        how: "Every roll call on the issue is put to the members again. P(pass) is the chance that the decision rule is met, if \
              each votes as it did then, or, where it was absent, as its ideal point on the left-right line of UN votes \
              predicts. ω is how much of what the convenor would table a roll call is: in proportion to its weight u (the \
              recent count more, the related less) and to the chance that the convenor votes yes. One question fails with \
              the chance D₁ = 1 − Σ ω · P(pass), a mandate of k questions with D = 1 − (1 − D₁)^k. Without a convenor \
              every member tables in turn.",
        better: "is less likely to deadlock",
        worse: "is more likely to deadlock",
    }),
    formula: "D = 1 − (1 − D₁)^k, with D₁ = 1 − Σ ω · P(pass) over roll calls weighted by what the convenor would table",
    builds_on: &[],
    drawn: &[Drawn::Votes],
    value: |of| of.deadlock,
    terms: single_terms,
};

/// R.
pub const REACH: Measure = Measure {
    name: "reach",
    label: "Reach",
    short: "reach",
    unit: "%",
    scale: "%, more is better",
    better: Better::More,
    top: 100.0,
    meaning: "The share of the issue's whole agenda that the grouping would both table and pass. A convenor that supports \
              little fails seldom because it tables little: read deadlock risk and reach together.",
    spoken: Some(Spoken {
        label: "Share of the agenda it can carry",
        line: "How much of what the issue asks for it would put to the vote and pass.",
        how: "R = Σ u · yes · P(pass) ÷ Σ u: of all roll calls on the issue, with their weights u, the part that the convenor \
              would vote for (yes is its chance to) and that passes. Deadlock looks only at what is tabled: a convenor \
              that wants little fails seldom and carries little, so that both figures are read together.",
        better: "can carry more of the agenda",
        worse: "can carry less of the agenda",
    }),
    formula: "R = mean over convenors of Σ u · yes · P(pass) ÷ Σ u",
    builds_on: &[&DEADLOCK],
    drawn: &[],
    value: |of| of.reach,
    terms: reach_terms,
};

/// Notes what deadlock risk reads of the votes: the ballots of every voting member, and the ideal point that fills absences.
pub(in crate::analysis) fn read_votes(view: &View<'_>, case: &Case) {
    if case.settings.a_priori {
        return;
    }
    let view = view.reading_for(DEADLOCK.name, VOTES);
    for actor in case.actors() {
        if !case.is_own_alone() {
            view.note(Subject::Votes, actor);
        }
        view.note(Subject::IdealPoint, actor);
    }
}

/// What is summed up for each actor that tables proposals.
#[derive(Clone, Copy, Default)]
struct Tabled {
    /// Σ u·yes.
    weight: f64,
    /// Σ u·yes·P(pass).
    passed: f64,
}

/// Deadlock risk with what each convenor brings about, as finely as the user can wait for.
///
/// # Errors
/// Nobody votes, no roll call is usable, or the rule has no meaning for these voters.
pub fn deadlock(atlas: &Atlas, view: &View<'_>, case: &Case, agenda: &Agenda) -> Defined<Deadlock> {
    read_votes(view, case);
    deadlock_with(&Power::live(atlas, view, case)?, case, agenda)
}

/// The same with the rule already applied, which depends on the case alone: one [`Power`] serves any number of agendas.
///
/// # Errors
/// No roll call is usable, or the convenors would table nothing.
pub fn deadlock_with(power: &Power, case: &Case, agenda: &Agenda) -> Defined<Deadlock> {
    deadlock_until(power, case, agenda, &AtomicBool::new(false)).unwrap_or(Err(Undefined::NoRollCall))
}

/// The same; `None` if `cancel` was set before the end. It is looked at every few roll calls.
///
/// # Errors
/// As [`deadlock_with`].
pub fn deadlock_until(power: &Power, case: &Case, agenda: &Agenda, cancel: &AtomicBool) -> Option<Defined<Deadlock>> {
    if case.settings.a_priori {
        let mut found = finish(case, agenda, power, 1.0 - power.to_act(), Vec::new());
        found.error_bound = power.to_act_between().map(|passed| between(case, passed));
        return Some(Ok(found));
    }
    let total = agenda.total_weight();
    if total.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
        return Some(Err(Undefined::NoRollCall));
    }
    let mut tabled = vec![Tabled::default(); case.voters.len()];
    each_tabled(power, case, agenda, cancel, |at, from, passes| {
        let yes = &agenda.yes(case.voters[at].actor)[from..from + LANES];
        tabled[at].add(&agenda.weights[from..from + LANES], yes, passes);
    })?;
    let parts: Vec<ConvenorPart> = tabled
        .iter()
        .zip(&case.voters)
        .filter(|(tabled, _)| tabled.weight > 0.0)
        .map(|(tabled, voter)| ConvenorPart {
            actor: voter.actor,
            deadlock: (1.0 - tabled.passed / tabled.weight).clamp(0.0, 1.0),
            tables: tabled.weight / total,
            reach: tabled.passed / total,
        })
        .collect();
    if parts.is_empty() {
        return Some(Err(Undefined::NothingTabled));
    }
    let single = mean(parts.iter().map(|part| part.deadlock));
    let mut found = finish(case, agenda, power, single, parts);
    if power.is_bracketed() {
        found.error_bound = error_bound(power, case, agenda, cancel)?.ok();
    }
    Some(Ok(found))
}

/// By how much rounded weights can have moved deadlock risk, in points: its range between the quotas as low and as high as
/// exact ones can lie.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn error_bound(power: &Power, case: &Case, agenda: &Agenda, cancel: &AtomicBool) -> Option<Defined<f64>> {
    let tabling = match Tabling::new(case, agenda).and_then(Tabling::not_idle) {
        Ok(tabling) => tabling,
        Err(reason) => return Some(Err(reason)),
    };
    let mut passed = [0.0; 2];
    let (mut chances, mut room) = (Chances::default(), Room::default());
    for from in (0..agenda.columns()).step_by(LANES) {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        tabling.fill(&power.game().veto, power.diagram(), from, &mut chances);
        joint::each_root(power.diagram(), &chances, &mut room, |root, sums| {
            if let Some(passed) = root.checked_sub(1).and_then(|side| passed.get_mut(side)) {
                *passed += sums.iter().sum::<f64>();
            }
        });
    }
    Some(Ok(between(case, passed.map(|passed| passed / tabling.count as f64))))
}

/// How far apart deadlock risk is, in points, where so much passes with the quotas as low and as high as exact ones can lie.
fn between(case: &Case, [low, high]: [f64; 2]) -> f64 {
    let risk = |passed: f64| compound((1.0 - passed).clamp(0.0, 1.0), case.mandate.questions);
    100.0 * (risk(high) - risk(low)).max(0.0)
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

fn finish(case: &Case, agenda: &Agenda, power: &Power, single: f64, parts: Vec<ConvenorPart>) -> Deadlock {
    Deadlock {
        risk: 100.0 * compound(single, case.mandate.questions),
        single: 100.0 * single,
        calls: agenda.calls,
        direct: agenda.direct(),
        own: agenda.own,
        related: agenda.calls - agenda.direct(),
        effective_calls: agenda.effective_calls(),
        parts,
        units: power.units(),
        error_bound: None,
    }
}

/// D = 1 − (1 − D₁)^k for a mandate of k questions, without losing small D₁; 0 to 1.
pub(in crate::analysis) fn compound(single: f64, questions: u32) -> f64 {
    -(f64::from(questions) * (-single).ln_1p()).exp_m1()
}

/// The chances of every voter on the roll calls of one block, before anybody convenes.
struct Block {
    yes: Vec<Lanes>,
    stay: Vec<Lanes>,
    /// Empty where a no does not differ from an abstention.
    no: Vec<Lanes>,
}

impl Block {
    fn new(power: &Power) -> Self {
        let chances = |voters: usize| vec![[0.0; LANES]; voters];
        let voters = power.game().n;
        let tells_no = power.diagram().tells_no();
        Self { yes: chances(voters), stay: chances(voters), no: chances(if tells_no { voters } else { 0 }) }
    }

    fn votes(&self) -> VoteChances<'_> {
        VoteChances { yes: &self.yes, stay: &self.stay, no: &self.no }
    }

    fn fill(&mut self, power: &Power, case: &Case, agenda: &Agenda, from: usize) {
        let into = [&mut self.yes[..], &mut self.stay, &mut self.no];
        fill_chances(case, &power.game().veto, agenda, from, into);
    }

    /// The chances to pass of what each of those who table would table, by a pass for each.
    fn one_by_one(
        &mut self,
        power: &Power,
        case: &Case,
        table: &[usize],
        scratch: &mut Scratch,
        mut each: impl FnMut(usize, &Lanes),
    ) {
        for &at in table {
            let kept = (self.yes[at], self.stay[at], self.no.get(at).copied());
            (self.yes[at], self.stay[at]) = tabling(&case.voters[at]);
            if let Some(no) = self.no.get_mut(at) {
                *no = [0.0; LANES];
            }
            let passes = power.diagram().chance(self.votes(), scratch);
            (self.yes[at], self.stay[at]) = (kept.0, kept.1);
            if let (Some(no), Some(kept)) = (self.no.get_mut(at), kept.2) {
                *no = kept;
            }
            each(at, &passes);
        }
    }

    /// The same by one pass up and down, whoever they are.
    fn all_at_once(
        &self,
        power: &Power,
        case: &Case,
        table: &[usize],
        scratch: &mut Scratch,
        mut each: impl FnMut(usize, &Lanes),
    ) {
        let mut tables = vec![false; case.voters.len()];
        for at in table {
            tables[*at] = true;
        }
        power.diagram().cofactors(self.votes(), scratch, |at, [with, without, _]| {
            if !tables[at] {
                return;
            }
            let (yes, stay) = tabling(&case.voters[at]);
            let mut passes = [0.0; LANES];
            for lane in 0..LANES {
                passes[lane] = yes[lane] * with[lane] + stay[lane] * without[lane];
            }
            each(at, &passes);
        });
    }
}

/// Convenors up to which a pass for each is quicker than the pass up and down that gives all of them.
const FEW_CONVENORS: usize = 4;

/// For every actor that tables proposals, the chance that each of them passes. `each` is called with the position of the
/// voter, the first of [`LANES`] columns, and the chances. Where nobody convenes, every voting member tables in turn. `None`
/// if `cancel` was set before the end.
fn each_tabled(
    power: &Power,
    case: &Case,
    agenda: &Agenda,
    cancel: &AtomicBool,
    mut each: impl FnMut(usize, usize, &Lanes),
) -> Option<()> {
    let mut block = Block::new(power);
    let mut scratch = Scratch::default();
    let convened = case.is_convened();
    let table: Vec<usize> = (0..case.voters.len()).filter(|at| case.voters[*at].convenor || !convened).collect();
    for from in (0..agenda.columns()).step_by(LANES) {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        block.fill(power, case, agenda, from);
        let each = |at: usize, passes: &Lanes| each(at, from, passes);
        if table.len() <= FEW_CONVENORS {
            block.one_by_one(power, case, &table, &mut scratch, each);
        } else {
            block.all_at_once(power, case, &table, &mut scratch, each);
        }
    }
    Some(())
}

/// What each roll call adds to D₁ and to reach: by column, to first order in its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// ∂D₁/∂u, one a column.
    pub deadlock: Vec<f64>,
    /// The share of the roll call that would be tabled and pass, mean over those who table; 0 to 1, one a column.
    pub reach: Vec<f64>,
}

/// How each roll call bears on deadlock risk and reach.
///
/// # Errors
/// As [`deadlock_with`].
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
pub fn influence(power: &Power, case: &Case, agenda: &Agenda) -> Defined<Influence> {
    let parts = deadlock_with(power, case, agenda)?.parts;
    let mut found = Influence { deadlock: vec![0.0; agenda.columns()], reach: vec![0.0; agenda.columns()] };
    let total = agenda.total_weight();
    let share = 1.0 / parts.len().max(1) as f64;
    let never = AtomicBool::new(false);
    let done = each_tabled(power, case, agenda, &never, |at, from, passes| {
        let actor = case.voters[at].actor;
        let Some(part) = parts.iter().find(|part| part.actor == actor) else { return };
        let yes = &agenda.yes(actor)[from..from + LANES];
        for lane in 0..LANES {
            let fails = 1.0 - passes[lane] - part.deadlock;
            found.deadlock[from + lane] += share * yes[lane] * fails / (part.tables * total);
            found.reach[from + lane] += share * yes[lane] * passes[lane];
        }
    });
    done.map(|()| found).ok_or(Undefined::NoRollCall)
}

/// A convenor votes for what it tables; where its yes does not survive at home, it abstains.
fn tabling(voter: &Voter) -> (Lanes, Lanes) {
    let backing = voter.backing.get();
    ([backing; LANES], [1.0 - backing; LANES])
}

impl Tabled {
    fn add(&mut self, weights: &[f64], yes: &[f64], passes: &Lanes) {
        for ((weight, yes), passes) in weights.iter().zip(yes).zip(passes) {
            self.weight += weight * yes;
            self.passed += weight * yes * passes;
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{Engine, Real};
    use crate::model::{
        Assumptions, Basis, Criterion, CustomRule, DecisionRule, Grouping, GroupingId, NamedRule, Role, Seat, Share,
        Veto,
    };

    static ENGINE: LazyLock<Option<Engine>> = LazyLock::new(|| Engine::embedded().ok());

    /// Half the members and most of the GDP, with vetoes of the first two of `codes`.
    fn weighted(codes: &[usize], atlas: &Atlas) -> DecisionRule {
        let criteria =
            vec![Criterion::new(Basis::Members, Share::Fraction(1, 2)), Criterion::new(Basis::Gdp, Share::Number(0.7))];
        let holders = codes.iter().take(2).map(|actor| atlas.countries[*actor].id).collect();
        DecisionRule::Custom(Box::new(CustomRule { criteria, veto: Veto::List(holders), ..CustomRule::default() }))
    }

    fn any_case() -> impl Strategy<Value = (Vec<usize>, usize, Vec<(bool, f64)>)> {
        let seat = (any::<bool>(), prop_oneof![Just(1.0), 0.05..1.0]);
        (proptest::sample::subsequence((0..200).collect::<Vec<usize>>(), 2..24), 0..=NamedRule::ALL.len())
            .prop_flat_map(move |(actors, rule)| {
                let seats = proptest::collection::vec(seat.clone(), actors.len());
                (Just(actors), Just(rule), seats)
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// A pass for each convenor and one pass for all of them tell the same.
        #[test]
        fn one_pass_tells_of_every_convenor_what_its_own_would((actors, rule, seats) in any_case()) {
            let engine = ENGINE.as_ref().expect("the data parse");
            let actors: Vec<usize> = actors.into_iter().filter(|at| *at < engine.atlas.countries.len()).collect();
            let mut grouping = Grouping::new(GroupingId(1), "any", 0);
            grouping.rule = NamedRule::ALL
                .get(rule)
                .map_or_else(|| weighted(&actors, &engine.atlas), |named| DecisionRule::Named(*named));
            grouping.seats = actors
                .iter()
                .zip(&seats)
                .map(|(actor, (convenes, backing))| {
                    let role = if *convenes { Role::Convenor } else { Role::Member };
                    Seat { backing: *backing, ..Seat::new(engine.atlas.countries[*actor].id, role) }
                })
                .collect();
            let case = Case::of(&engine.atlas, &grouping, &Assumptions::default());
            let agenda = engine.agenda_of(&case);
            let power = Power::new(&engine.atlas, &View::silent(&engine.facts), &case).expect("somebody votes");
            let table: Vec<usize> = (0..case.voters.len()).filter(|at| case.voters[*at].convenor).collect();
            let mut scratch = Scratch::default();
            let mut block = Block::new(&power);
            for from in (0..agenda.columns()).step_by(16 * LANES) {
                block.fill(&power, &case, &agenda, from);
                let mut found = [vec![None; case.voters.len()], vec![None; case.voters.len()]];
                block.one_by_one(&power, &case, &table, &mut scratch, |at, passes| found[0][at] = Some(*passes));
                block.all_at_once(&power, &case, &table, &mut scratch, |at, passes| found[1][at] = Some(*passes));
                for (at, (one, other)) in found[0].iter().zip(&found[1]).enumerate() {
                    prop_assert_eq!(one.is_some(), table.contains(&at));
                    prop_assert_eq!(one.is_some(), other.is_some());
                    for (one, other) in one.iter().flatten().zip(other.iter().flatten()) {
                        prop_assert!((one - other).abs() < 1e-12, "{} and {}", one, other);
                    }
                }
            }
        }
    }

    /// Up to four convenors are asked one by one, seven at once.
    #[test]
    fn how_many_convene_does_not_change_what_each_brings_about() {
        let engine = ENGINE.as_ref().expect("the data parse");
        let mut grouping = Grouping::new(GroupingId(1), "any", 0);
        grouping.rule = DecisionRule::Named(NamedRule::SimpleMajority);
        let codes: [&str; 7] = ["NOR", "CHL", "GHA", "SGP", "FRA", "IND", "BRA"];
        grouping.seats = codes.iter().filter_map(|code| Some(Seat::new(code.parse().ok()?, Role::Member))).collect();
        let open = Case::of(&engine.atlas, &grouping, &Assumptions::default());
        let agenda = engine.agenda_of(&open);
        let risk = |convenors: &[usize]| {
            let mut case = open.clone();
            for (at, voter) in case.voters.iter_mut().enumerate() {
                voter.convenor = convenors.contains(&at);
                voter.backing = Real::from(0.8);
            }
            deadlock(&engine.atlas, &View::silent(&engine.facts), &case, &agenda).map(|found| found.parts)
        };
        let all = risk(&[0, 1, 2, 3, 4, 5, 6]).expect("it is defined");
        for (at, part) in all.iter().enumerate() {
            let alone = risk(&[at]).expect("it is defined");
            assert!((alone[0].deadlock - part.deadlock).abs() < 1e-12 && (alone[0].reach - part.reach).abs() < 1e-12);
        }
    }
}
