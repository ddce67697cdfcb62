//! Cost to the sponsor (`model.md`, section 3).

use crate::analysis::case::{BurdenShares, Case};
use crate::analysis::facts::{Facts, Subject};
use crate::analysis::report::{Cost, Defined, Flag, Payer, Undefined};
use crate::data::Atlas;

/// K, US$ million a year: serving each member, and talking among all of them.
///
/// # Errors
/// Nobody votes.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
pub fn coordination(facts: &Facts, case: &Case) -> Defined<f64> {
    let n = case.voters.len() as f64;
    match case.voters.len() {
        0 => return Err(Undefined::NoVotingMember),
        1 => return Ok(0.0),
        _ => {}
    }
    let points: Vec<f64> = case.actors().filter_map(|actor| facts.value(Subject::IdealPoint, actor)).collect();
    let hub = if case.is_convened() { case.settings.hub_factor.get() } else { 1.0 };
    let pairs = case.settings.pair_cost.get() * n * (n - 1.0) / 2.0 * (1.0 + deviation(&points));
    Ok(case.settings.unit_cost.get() * n + hub * pairs)
}

/// Standard deviation, population form; 0 without values.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn deviation(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt()
}

/// Cost in its three parts. `deadlock` is D, 0 to 1.
///
/// # Errors
/// Nobody votes, nobody pays, or the programme costs nothing.
pub fn cost(atlas: &Atlas, facts: &Facts, case: &Case, deadlock: f64, flags: &mut Vec<Flag>) -> Defined<Cost> {
    let coordination_musd = coordination(facts, case)?;
    let programme = case.settings.programme.get();
    if programme.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
        return Err(Undefined::NoProgramme);
    }
    let place = case.voters.iter().position(|voter| atlas.countries[voter.actor].id == case.settings.sponsor);
    let shares = match shares(atlas, facts, case, flags) {
        // Who stays out pays only if the grouping fails, whoever pays otherwise.
        Err(_) if place.is_none() => Vec::new(),
        shares => shares?,
    };
    let delivered: f64 = case.voters.iter().zip(&shares).map(|(voter, share)| voter.backing.get() * share).sum();
    // The sponsor's own share counts in full, whatever its backing.
    let parts = |own: f64, backing: f64| {
        let tau = own + delivered - backing * own;
        let share = if own > 0.0 { own / tau } else { 0.0 };
        [coordination_musd * own / programme, (1.0 - deadlock) * share, deadlock].map(|part| 100.0 * part)
    };
    let (own, backing) = place.map_or((0.0, 1.0), |at| (shares[at], case.voters[at].backing.get()));
    let [coordination, own_share, fallback] = parts(own, backing);
    let index = coordination + own_share + fallback;
    let payers = case
        .voters
        .iter()
        .zip(&shares)
        .map(|(voter, share)| Payer {
            actor: voter.actor,
            share: *share,
            musd: share * (coordination_musd + programme),
            index: parts(*share, voter.backing.get()).iter().sum(),
        })
        .collect();
    Ok(Cost {
        index,
        coordination,
        own_share,
        fallback,
        stays_out: place.is_none(),
        coordination_musd,
        programme_musd: programme,
        expected_musd: index / 100.0 * programme,
        months: case.mandate.counted_months(),
        payers,
    })
}

/// Burden shares of the voting members, scaled to 1.
fn shares(atlas: &Atlas, facts: &Facts, case: &Case, flags: &mut Vec<Flag>) -> Defined<Vec<f64>> {
    let part = |actor: usize| match &case.settings.burden {
        BurdenShares::Assessment => facts.value(Subject::Assessment, actor).unwrap_or(0.0),
        BurdenShares::Equal => 1.0,
        BurdenShares::Gdp => facts.value(Subject::Gdp, actor).unwrap_or(0.0),
        BurdenShares::Custom(parts) => {
            let id = atlas.countries[actor].id;
            parts.iter().find(|(of, _)| *of == id).map_or(0.0, |(_, part)| part.get())
        }
    };
    if case.settings.burden == BurdenShares::Assessment {
        for actor in case.actors() {
            if let Some(how) = facts.fact(Subject::Assessment, actor).provenance.flag() {
                let actor = atlas.countries[actor].id;
                flags.push(Flag::Figure { actor, subject: Subject::Assessment.label(), how });
            }
        }
    }
    let parts: Vec<f64> = case.actors().map(part).collect();
    let total: f64 = parts.iter().sum();
    if total > 0.0 { Ok(parts.into_iter().map(|part| part / total).collect()) } else { Err(Undefined::NobodyPays) }
}
