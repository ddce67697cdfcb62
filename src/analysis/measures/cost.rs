//! Cost to the sponsor (*Cost* in `METHODS.md`).

use super::deadlock::DEADLOCK;
use super::measure::{Better, Drawn, Explained, Measure, Spoken};
use crate::analysis::case::{BurdenShares, Case};
use crate::analysis::parts::{Cost, Payer};
use crate::analysis::undefined::{Defined, Undefined};
use crate::analysis::view::View;
use crate::analysis::words::thousands;
use crate::data::{Atlas, CountryId, Subject};

/// The part of cost that reads who carries the burden.
pub const BURDEN: &str = "burden";
/// The part of cost that reads what talks among the members cost.
pub const COORDINATION: &str = "coordination";

/// C.
pub const COST: Measure = Measure {
    name: "cost",
    label: "Cost",
    short: "cost",
    unit: "",
    scale: "going alone = 100, less is better",
    better: Better::Less,
    top: 100.0,
    meaning: "What the sponsor expects to spend on the programme with this grouping, relative to doing it alone: \
              coordination, its own share, and going alone after all if the grouping deadlocks.",
    spoken: Some(Spoken {
        label: "Cost to {sponsor}",
        line: "What it pays with the others; going alone is 100.",
        how: "C = 100 · [K · s + B · ((1 − D) · s ÷ τ + D)] ÷ B. K is what coordination costs a year and B what the programme \
              costs, s the part of the burden that {sponsor} bears, D the risk of deadlock from 0 to 1, and τ the part of \
              the programme that the members deliver once their backing at home is counted. Where the grouping deadlocks, \
              {sponsor} carries the programme alone after all.",
        better: "costs {sponsor} less",
        worse: "costs {sponsor} more",
    }),
    formula: "C = 100 · [K · s + B · ((1 − D) · s ÷ τ + D)] ÷ B, with K coordination, B programme, s the sponsor's \
              share, τ the share delivered, D deadlock risk",
    builds_on: &[&DEADLOCK],
    drawn: &[Drawn::Costs],
    value: |of| of.cost,
    terms,
};

/// K, US$ million a year: serving each member, and talking among all of them.
///
/// # Errors
/// Nobody votes.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
pub fn coordination(view: &View<'_>, case: &Case) -> Defined<f64> {
    let view = view.reading_for(COST.name, COORDINATION);
    let n = case.voters.len() as f64;
    match case.voters.len() {
        0 => return Err(Undefined::NoVotingMember),
        1 => return Ok(0.0),
        _ => {}
    }
    let points: Vec<f64> = case.actors().filter_map(|actor| view.figure(Subject::IdealPoint, actor)).collect();
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
pub fn cost(atlas: &Atlas, view: &View<'_>, case: &Case, deadlock: f64) -> Defined<Cost> {
    let coordination_musd = coordination(view, case)?;
    let programme = case.settings.programme.get();
    if programme.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
        return Err(Undefined::NoProgramme);
    }
    let place = case.voters.iter().position(|voter| atlas.countries[voter.actor].id == case.settings.sponsor);
    let shares = match shares(atlas, view, case) {
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
fn shares(atlas: &Atlas, view: &View<'_>, case: &Case) -> Defined<Vec<f64>> {
    let view = view.reading_for(COST.name, BURDEN);
    let part = |actor: usize| match &case.settings.burden {
        BurdenShares::Assessment => view.or_zero(Subject::Assessment, actor),
        BurdenShares::Equal => 1.0,
        BurdenShares::Gdp => view.or_zero(Subject::Gdp, actor),
        BurdenShares::Custom(parts) => {
            let id = atlas.countries[actor].id;
            parts.iter().find(|(of, _)| *of == id).map_or(0.0, |(_, part)| part.get())
        }
    };
    let parts: Vec<f64> = case.actors().map(part).collect();
    let total: f64 = parts.iter().sum();
    if total > 0.0 { Ok(parts.into_iter().map(|part| part / total).collect()) } else { Err(Undefined::NobodyPays) }
}

/// The formula with the figures in it.
fn terms(&Explained { cost, sponsor: of, case, atlas, .. }: &Explained<'_>) -> Vec<String> {
    let Ok(cost) = cost else { return Vec::new() };
    let sponsor = atlas.in_sentence(of);
    let deadlock = cost.fallback / 100.0;
    let own = cost.payers.iter().find(|payer| atlas.countries[payer.actor].id == of);
    let share = own.map_or(0.0, |payer| payer.share);
    let delivered = delivered(cost, case, of, atlas);
    let (k, b) = (cost.coordination_musd, cost.programme_musd);
    let mut lines = vec![
        format!(
            "C = 100 · [{k:.1} × {share:.4} + {} × ((1 − {deadlock:.4}) × {share:.4} ÷ {delivered:.4} + {deadlock:.4})] ÷ {} = {:.1}",
            thousands(b),
            thousands(b),
            cost.index
        ),
        format!(
            "Coordination {:.2} + own share {:.2} + going alone after a deadlock {:.2} = {:.2}",
            cost.coordination, cost.own_share, cost.fallback, cost.index
        ),
        format!("K, coordination of all members: US$ {k:.1} m a year"),
        format!("B, the programme: US$ {} m a year, {}", thousands(b), programme_origin(case)),
        format!("s, the share that {sponsor} pays: {share:.4}, {}", burden_words(&case.settings.burden)),
        format!("τ, the share delivered after losses at home: {delivered:.4}"),
        format!("D, deadlock risk: {deadlock:.4}"),
    ];
    if cost.stays_out {
        lines.push(format!("As {sponsor} does not vote here, it pays only if the grouping fails."));
    }
    lines
}

/// τ: the share of the burden that is delivered after losses at home, 0 to 1.
#[must_use]
pub fn delivered(cost: &Cost, case: &Case, sponsor: CountryId, atlas: &Atlas) -> f64 {
    cost.payers
        .iter()
        .zip(&case.voters)
        .map(|(payer, voter)| {
            // The sponsor's own share counts in full.
            let is_sponsor = atlas.countries[payer.actor].id == sponsor;
            payer.share * if is_sponsor { 1.0 } else { voter.backing.get() }
        })
        .sum()
}

fn programme_origin(case: &Case) -> &'static str {
    let programme = case.settings.programme.get();
    #[expect(clippy::float_cmp, reason = "the default itself")]
    let is_default = programme == case.issue.default_programme();
    match case.issue.programme_source() {
        _ if !is_default => "as set for this workspace",
        Some(source) => source,
        None => "an assumption without a source",
    }
}

/// How the burden is shared, in words.
#[must_use]
pub fn burden_words(burden: &BurdenShares) -> &'static str {
    match burden {
        BurdenShares::Assessment => "by UN assessment rates among the members",
        BurdenShares::Equal => "in equal parts",
        BurdenShares::Gdp => "by GDP among the members",
        BurdenShares::Custom(_) => "as set in the file",
    }
}
