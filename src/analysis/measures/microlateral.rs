//! Microlateral fit (`model.md`, section 4).

use crate::analysis::case::Case;
use crate::analysis::facts::{Facts, Subject};
use crate::analysis::report::{Defined, Microlateral, Undefined};

/// Microlateral fit with its four factors.
///
/// Where nobody who leads has a population, that factor is left out and the root is the third.
///
/// # Errors
/// Nobody votes.
pub fn microlateral(facts: &Facts, case: &Case) -> Defined<Microlateral> {
    if case.voters.is_empty() {
        return Err(Undefined::NoVotingMember);
    }
    let gdp = |actor| facts.value(Subject::Gdp, actor).unwrap_or(0.0);
    let large: f64 = case.voters.iter().filter(|voter| !voter.convenor).map(|voter| gdp(voter.actor)).sum();
    let participation = (large / facts.world(Subject::Gdp) / 0.5).min(1.0);
    let niche = 1.0 / f64::from(case.mandate.questions);
    let timebound = (24.0 / case.mandate.counted_months()).min(1.0);
    let small_lead = small_lead(facts, case);
    let rest = participation * niche * timebound;
    let score = small_lead.map_or_else(|| rest.cbrt(), |small| (small * rest).powf(0.25));
    Ok(Microlateral { score: 100.0 * score, small_lead, participation, niche, timebound })
}

/// Mean `small` of the convenors; without one, of the members weighted by GDP.
fn small_lead(facts: &Facts, case: &Case) -> Option<f64> {
    let half = case.settings.small_population.get();
    let (mut sum, mut weights) = (0.0, 0.0);
    let convened = case.is_convened();
    for voter in case.voters.iter().filter(|voter| voter.convenor || !convened) {
        let Some(small) = facts.small(voter.actor, half) else { continue };
        let weight = if convened { 1.0 } else { facts.value(Subject::Gdp, voter.actor).unwrap_or(0.0) };
        sum += weight * small;
        weights += weight;
    }
    (weights > 0.0).then(|| sum / weights)
}
