//! The track record of a grouping (*Track record* in `METHODS.md`): how often its members really voted together, beside
//! what the model says.

use super::case::Case;
use super::engine::Engine;
use super::undefined::{Defined, Undefined};
use super::votes::{Used, VoteSettings};
use crate::data::Ballot;

/// How often a group holds together: shares of roll calls, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unity {
    /// Every member present votes yes.
    pub unanimous_yes: f64,
    /// No member votes no.
    pub no_objection: f64,
}

/// Unity of the voting members on the roll calls of the issue, each roll call counted once, whatever its year.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackRecord {
    /// Roll calls on which at least one member was present: all shares are of these.
    pub calls: usize,
    /// Among them, those on which every voting member voted.
    pub complete: usize,
    /// What happened, among the members present.
    pub observed: Unity,
    /// What deadlock risk rests on: the vote table at the case's λ, absences filled in, full backing.
    pub table: Unity,
    /// What the fitted curves alone would have said of the members present, without looking at their votes.
    pub model: Unity,
    /// Voting members that never had a ballot on these roll calls: what was observed says nothing of them.
    pub never_present: Vec<usize>,
}

/// The track record of the voting members of a case on its issue.
///
/// # Errors
/// Nobody votes, or no member was present on any roll call of the issue.
pub fn track_record(engine: &Engine, case: &Case) -> Defined<TrackRecord> {
    if case.voters.is_empty() {
        return Err(Undefined::NoVotingMember);
    }
    if case.is_own_alone() {
        return Err(Undefined::OwnQuestions);
    }
    let table = engine.agenda_of(case);
    let curves = engine.agenda(case.issue, &VoteSettings { model_share: 1.0.into(), ..case.settings.votes });
    let (mut calls, mut complete) = (0_u32, 0_usize);
    let [mut observed, mut tabled, mut modelled] = [Unity::default(); 3];
    for (column, used) in table.used.iter().enumerate() {
        let present: Vec<(usize, Ballot)> = case
            .actors()
            .map(|actor| (actor, engine.votes.ballots(actor)[used.call]))
            .filter(|(_, ballot)| *ballot != Ballot::Absent)
            .collect();
        if present.is_empty() {
            continue;
        }
        calls += 1;
        complete += usize::from(present.len() == case.voters.len());
        observed.unanimous_yes += f64::from(u8::from(present.iter().all(|(_, ballot)| *ballot == Ballot::Yes)));
        observed.no_objection += f64::from(u8::from(present.iter().all(|(_, ballot)| *ballot != Ballot::No)));
        tabled.unanimous_yes += case.actors().map(|actor| table.yes(actor)[column]).product::<f64>();
        tabled.no_objection += case.actors().map(|actor| 1.0 - table.no(actor)[column]).product::<f64>();
        let curve = |actor: usize| (curves.yes(actor)[column], 1.0 - curves.no(actor)[column]);
        modelled.unanimous_yes += present.iter().map(|(actor, _)| curve(*actor).0).product::<f64>();
        modelled.no_objection += present.iter().map(|(actor, _)| curve(*actor).1).product::<f64>();
    }
    if calls == 0 {
        return Err(Undefined::NoRollCall);
    }
    let voted = |actor: usize, used: &Used| engine.votes.ballots(actor)[used.call] != Ballot::Absent;
    let seen = |actor: &usize| table.used.iter().any(|used| voted(*actor, used));
    Ok(TrackRecord {
        calls: calls as usize,
        complete,
        observed: observed.over(calls),
        table: tabled.over(calls),
        model: modelled.over(calls),
        never_present: case.actors().filter(|actor| !seen(actor)).collect(),
    })
}

impl Unity {
    fn over(self, calls: u32) -> Self {
        let calls = f64::from(calls);
        Self { unanimous_yes: self.unanimous_yes / calls, no_objection: self.no_objection / calls }
    }
}
