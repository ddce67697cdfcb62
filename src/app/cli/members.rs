//! Who gains and who would leave, as the command line gives it.

use serde::Serialize;

use super::cases::Asked;
use super::fields::Fields;
use crate::analysis::{Engine, explain, stability};
use crate::data::CountryId;

/// What a case is to one member, per cent; what has no meaning is null.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct OfMember {
    /// Its share of the burden.
    pub share: Option<f64>,
    /// C with it as the sponsor, going alone = 100.
    pub cost: Option<f64>,
    /// How often it votes no and the proposal passes.
    pub overruled: Option<f64>,
    /// How often it votes yes and the proposal fails.
    pub frustrated: Option<f64>,
    /// How often neither happens.
    pub success: Option<f64>,
    /// From which share of the benefit outsiders must be shut out for it to stay; at most 0: it stays anyway, above 100: never.
    pub exclusion_needed: Option<f64>,
    /// How often its no decides.
    pub decisive_no: Option<f64>,
}

/// What a case is to its members, in the form of `convenor batch --members`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Members {
    /// From which share of the benefit outsiders must be shut out for all to stay, per cent.
    pub exclusion_needed: Option<f64>,
    /// Who is first to leave; nobody where no exclusion is needed.
    pub first_to_leave: Option<CountryId>,
    /// By voting member.
    pub by_member: Fields<OfMember>,
}

/// What a case is to its members.
#[must_use]
pub fn members(engine: &Engine, asked: &Asked) -> Members {
    let case = &asked.case;
    let found = stability::stability(engine, case, &engine.settled(case));
    let outcomes = stability::outcomes(engine, case).ok();
    let noes = explain::decisive_noes(engine, case).ok();
    let id = |actor: usize| engine.atlas.countries[actor].id;
    let of = |(at, actor): (usize, usize)| {
        let exit = found.exits.iter().find(|exit| exit.actor == actor);
        let outcome = outcomes.as_ref().map(|outcomes| outcomes[at]);
        let of_member = OfMember {
            share: exit.map(|exit| 100.0 * exit.share),
            cost: exit.map(|exit| exit.cost),
            overruled: outcome.map(|outcome| 100.0 * outcome.overruled),
            frustrated: outcome.map(|outcome| 100.0 * outcome.frustrated),
            success: outcome.map(|outcome| 100.0 * outcome.success()),
            exclusion_needed: exit.and_then(|exit| Some(100.0 * exit.needed.ok()?)),
            decisive_no: noes.as_ref().map(|noes| 100.0 * noes[at]),
        };
        (id(actor).to_string(), of_member)
    };
    Members {
        exclusion_needed: found.exclusion_needed.ok(),
        first_to_leave: found.first_to_leave.map(id),
        by_member: Fields(case.actors().enumerate().map(of).collect()),
    }
}
