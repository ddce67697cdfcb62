//! The record behind deadlock risk: every roll call that it rests on, what it weighs, how likely the grouping would have
//! passed it, and who stands against it (*Deadlock risk and reach* in `METHODS.md`).

use super::case::Case;
use super::diagram::LANES;
use super::diagram::joint::{self, Chances, Room, Tabling};
use super::engine::Engine;
use super::measures::Power;
use super::undefined::{Defined, Undefined};
use super::view::View;
use crate::data::Ballot;
use crate::model::Relevance;

/// From which chance on it is said that a no decides, 0 to 1: less is noise of the model.
pub const NOTICEABLE: f64 = 0.05;

/// One roll call behind a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number in the table of roll calls.
    pub call: usize,
    /// Whether it is on the issue itself, or only related to it.
    pub relevance: Relevance,
    /// Its share of what is tabled, mean over those who table, 0 to 1: all entries sum to 1.
    pub weight: f64,
    /// The chance that the grouping passes it, over those who table it, 0 to 1. 1 − Σ weight · pass is D₁.
    pub pass: f64,
    /// The numbers of the voting members that voted no.
    pub no: Vec<usize>,
    /// The numbers of the voting members that were absent or had no seat: their votes are modelled.
    pub modelled: Vec<usize>,
    /// By voting member, in the order of the case: the chance that it votes no and the proposal fails, but would pass with its
    /// yes, 0 to 1.
    pub decisive: Vec<f64>,
}

impl Entry {
    /// What it adds to D₁, 0 to 1.
    #[must_use]
    pub fn fails(&self) -> f64 {
        self.weight * (1.0 - self.pass)
    }
}

/// What a member did on a roll call, and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemberVote {
    /// The actor's number.
    pub actor: usize,
    /// Its ballot.
    pub ballot: Ballot,
    /// The chances of a yes and of a no that deadlock risk counts with, before domestic backing, 0 to 1.
    pub chances: [f64; 2],
    /// Whether it is among those who table.
    pub tables: bool,
    /// The chance that its no decides, 0 to 1.
    pub decisive: f64,
}

/// Every roll call that a case rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// In the order of the table.
    pub entries: Vec<Entry>,
    /// The chances of every voting member, entry by entry: yes and no.
    chances: Vec<Vec<[f64; 2]>>,
    tables: Vec<bool>,
    actors: Vec<usize>,
}

impl Record {
    /// How each voting member voted on an entry, in the order of the case; empty if there is no such entry.
    #[must_use]
    pub fn votes(&self, engine: &Engine, entry: usize) -> Vec<MemberVote> {
        let (Some(of), Some(chances)) = (self.entries.get(entry), self.chances.get(entry)) else { return Vec::new() };
        let vote = |(at, actor): (usize, &usize)| MemberVote {
            actor: *actor,
            ballot: engine.votes.ballots(*actor)[of.call],
            chances: chances[at],
            tables: self.tables[at],
            decisive: of.decisive[at],
        };
        self.actors.iter().enumerate().map(vote).collect()
    }

    /// D₁ as the entries sum to it, 0 to 1.
    #[must_use]
    pub fn single(&self) -> f64 {
        self.entries.iter().map(Entry::fails).sum()
    }
}

/// The record behind the deadlock risk of a case. Exact wherever the rule is, from the same sums as the figure itself.
///
/// # Errors
/// As deadlock risk; and in a-priori mode, where no roll call counts.
///
/// ```
/// use convenor::analysis::{Case, Engine, record};
/// use convenor::model::{Assumptions, Grouping, GroupingId, Role, Seat};
///
/// let engine = Engine::embedded().unwrap();
/// let mut grouping = Grouping::new(GroupingId(1), "Nordic three", 0);
/// grouping.seats = ["SWE", "NOR", "FIN"].map(|code| Seat::new(code.parse().unwrap(), Role::Member)).to_vec();
/// let case = Case::of(&engine.atlas, &grouping, &Assumptions::default());
/// let record = record::record(&engine, &case).unwrap();
/// let single = engine.report(&case).deadlock.unwrap().single / 100.0;
/// assert!((record.single() - single).abs() < 1e-9);
/// ```
pub fn record(engine: &Engine, case: &Case) -> Defined<Record> {
    if case.settings.a_priori {
        return Err(Undefined::APriori);
    }
    if case.own.is_some() {
        return Err(Undefined::OwnQuestions);
    }
    let power = Power::new(&engine.atlas, &View::silent(&engine.facts_of(case)), case)?;
    let agenda = engine.agenda_of(case);
    let tabling = Tabling::new(case, &agenda)?.not_idle()?;
    let (diagram, veto) = (power.diagram(), &power.game().veto);
    let n = case.voters.len();
    let mut entries = Vec::with_capacity(agenda.calls);
    let mut all_chances = Vec::with_capacity(agenda.calls);
    let (mut chances, mut room) = (Chances::default(), Room::default());
    let mut decisive = vec![[0.0; LANES]; n];
    for from in (0..agenda.columns()).step_by(LANES) {
        tabling.fill(veto, diagram, from, &mut chances);
        joint::fill(diagram, &chances, &mut room);
        let passed = room.root(diagram.roots[0])[1];
        joint::derivatives(diagram, diagram.roots[0], &chances, &mut room, |voter, [with, _, against]| {
            let no = &agenda.no(case.voters[voter].actor)[from..from + LANES];
            for lane in 0..LANES {
                let anyway = if veto[voter] { 0.0 } else { against[1][lane] };
                decisive[voter][lane] = no[lane] * (with[1][lane] - anyway);
            }
        });
        for (lane, column) in (from..agenda.calls.min(from + LANES)).enumerate() {
            let used = agenda.used[column];
            let tabled: f64 = chances.tables.iter().map(|tables| tables[0][lane]).sum();
            let share = |sum: f64| if tabled > 0.0 { (sum / tabled).clamp(0.0, 1.0) } else { 0.0 };
            let voted = |wanted: Ballot| -> Vec<usize> {
                case.actors().filter(|actor| engine.votes.ballots(*actor)[used.call] == wanted).collect()
            };
            entries.push(Entry {
                call: used.call,
                relevance: used.relevance,
                #[expect(clippy::cast_precision_loss, reason = "a count of members")]
                weight: tabled / tabling.count as f64,
                pass: share(passed[lane]),
                no: voted(Ballot::No),
                modelled: voted(Ballot::Absent),
                decisive: decisive.iter().map(|of| share(of[lane])).collect(),
            });
            all_chances
                .push(case.actors().map(|actor| [agenda.yes(actor)[column], agenda.no(actor)[column]]).collect());
        }
    }
    let tables = (0..n).map(|voter| tabling.tables(voter)).collect();
    Ok(Record { entries, chances: all_chances, tables, actors: case.actors().collect() })
}
