//! Who could capture a grouping (*Capture* in `METHODS.md`): leverage of the rival, and a member that towers over the
//! rest.

use super::case::Case;
use super::engine::Engine;
use super::measures::Power;
use super::view::View;
use super::votes::VoteSettings;
use crate::data::{Ballot, CountryId, Provenance, Subject};
use crate::model::Issue;

/// How close one voting member is to the rival.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closeness {
    /// The actor's number.
    pub actor: usize,
    /// The rival's share in its trade, 0 to 1, 1 for the rival itself; `None` where no partner is listed.
    pub exposure: Option<f64>,
    /// Whether the rival is missing among the five partners listed for a flow, so that 0 stands for “below the fifth”.
    pub below_fifth: bool,
    /// How often it voted like the rival on the issue, 0 to 1; `None` where the two never were present together.
    pub alignment: Option<f64>,
}

/// A share with those who hold it: several where they are equal.
#[derive(Clone, Debug, PartialEq)]
pub struct Largest {
    /// 0 to 1.
    pub share: f64,
    /// Their actor numbers.
    pub holders: Vec<usize>,
}

/// What a rival, or a member, could do with a grouping.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// The rival whose leverage is watched.
    pub rival: CountryId,
    /// Every voting member, in order of actor number.
    pub members: Vec<Closeness>,
    /// Mean exposure of those that have one, the rival itself counted as 1.
    pub mean_exposure: Option<f64>,
    /// Mean alignment of the members other than the rival.
    pub mean_alignment: Option<f64>,
    /// The largest share of Banzhaf power under the grouping's own rule; `None` where the rule has no meaning.
    pub largest_power: Option<Largest>,
    /// The largest share of the grouping's GDP; members without a figure count as 0.
    pub largest_gdp: Option<Largest>,
}

/// The capture view of a case.
#[must_use]
pub fn capture(engine: &Engine, case: &Case) -> Capture {
    let rival = case.settings.rival;
    let facts = engine.facts_of(case);
    let view = View::silent(&facts);
    let of_rival = engine.atlas.actor(rival);
    let members: Vec<Closeness> = case
        .actors()
        .map(|actor| {
            let trade = facts.fact(Subject::TradeWith(rival), actor);
            Closeness {
                actor,
                exposure: trade.value,
                below_fifth: matches!(trade.provenance, Provenance::BelowFifth { .. }),
                alignment: of_rival.and_then(|rival| alignment(engine, case.issue, &case.settings.votes, actor, rival)),
            }
        })
        .collect();
    let shares = Power::new(&engine.atlas, &view, case).ok().and_then(|power| power.banzhaf_shares());
    let gdp: Vec<f64> = case.actors().map(|actor| view.or_zero(Subject::Gdp, actor)).collect();
    let others = members.iter().filter(|member| Some(member.actor) != of_rival);
    Capture {
        rival,
        mean_exposure: mean(members.iter().filter_map(|member| member.exposure)),
        mean_alignment: mean(others.filter_map(|member| member.alignment)),
        largest_power: shares.and_then(|shares| largest(case, &shares)),
        largest_gdp: largest(case, &gdp),
        members,
    }
}

/// The share of the issue's roll calls on which two actors voted alike (yes, no or abstention), among those where both were
/// present, weighted like the agenda; 0 to 1. `None` where they never were present together on any with weight.
#[must_use]
pub fn alignment(engine: &Engine, issue: Issue, settings: &VoteSettings, one: usize, other: usize) -> Option<f64> {
    let votes = &engine.votes;
    let (mut alike, mut both) = (0.0, 0.0);
    for &used in votes.used(issue) {
        let (one, other) = (votes.ballots(one)[used.call], votes.ballots(other)[used.call]);
        if one == Ballot::Absent || other == Ballot::Absent {
            continue;
        }
        let weight = votes.weight(used, settings);
        both += weight;
        alike += if one == other { weight } else { 0.0 };
    }
    (both > 0.0).then(|| alike / both)
}

/// The largest of the members' parts as a share of their sum; `None` where all are zero.
fn largest(case: &Case, parts: &[f64]) -> Option<Largest> {
    let total: f64 = parts.iter().sum();
    let most = parts.iter().copied().fold(0.0, f64::max);
    let holds = |part: f64| part >= most * (1.0 - 1e-9);
    let holders = case.actors().zip(parts).filter(|(_, part)| holds(**part)).map(|(actor, _)| actor).collect();
    (total > 0.0).then(|| Largest { share: most / total, holders })
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / count as f64)
}
