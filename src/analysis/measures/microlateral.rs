//! Microlateral fit (*Microlateral fit* in `METHODS.md`).

use super::broker::small;
use super::measure::{Better, Explained, Measure};
use crate::analysis::case::Case;
use crate::analysis::parts::Microlateral;
use crate::analysis::undefined::{Defined, Undefined};
use crate::analysis::view::View;
use crate::analysis::words::count;
use crate::data::Subject;

/// The factor that reads how small those are who lead.
pub const SMALL_LEAD: &str = "small lead";
/// The factor that reads what large states bring in.
pub const PARTICIPATION: &str = "participation";

/// M.
pub const MICROLATERAL: Measure = Measure {
    name: "microlateral",
    label: "Microlateral fit",
    short: "microlateral fit",
    unit: "",
    scale: "0–100, more is closer to the design",
    better: Better::More,
    top: 100.0,
    meaning: "How far the design is small-country leadership with large-state participation, niche and time-bound.",
    spoken: None,
    formula: "M = 100 · (small lead · participation · niche · time-bound)^¼",
    builds_on: &[],
    drawn: &[],
    value: |of| of.microlateral,
    terms,
};

/// Microlateral fit with its four factors.
///
/// Where nobody who leads has a population, that factor is left out and the root is the third.
///
/// # Errors
/// Nobody votes.
pub fn microlateral(view: &View<'_>, case: &Case) -> Defined<Microlateral> {
    if case.voters.is_empty() {
        return Err(Undefined::NoVotingMember);
    }
    let of_large = view.reading_for(MICROLATERAL.name, PARTICIPATION);
    let gdp = |actor| of_large.or_zero(Subject::Gdp, actor);
    // An empty sum is −0, which nobody means.
    let large =
        case.voters.iter().filter(|voter| !voter.convenor).map(|voter| gdp(voter.actor)).fold(0.0, |a, b| a + b);
    let participation = (large / view.world(Subject::Gdp) / 0.5).min(1.0);
    let niche = 1.0 / f64::from(case.mandate.questions);
    let timebound = (24.0 / case.mandate.counted_months()).min(1.0);
    let small_lead = small_lead(view, case);
    let rest = participation * niche * timebound;
    let score = small_lead.map_or_else(|| rest.cbrt(), |small| (small * rest).powf(0.25));
    Ok(Microlateral { score: 100.0 * score, small_lead, participation, niche, timebound })
}

/// Mean `small` of the convenors; without one, of the members weighted by GDP.
fn small_lead(view: &View<'_>, case: &Case) -> Option<f64> {
    let view = view.reading_for(MICROLATERAL.name, SMALL_LEAD);
    let half = case.settings.small_population.get();
    let (mut sum, mut weights) = (0.0, 0.0);
    let convened = case.is_convened();
    for voter in case.voters.iter().filter(|voter| voter.convenor || !convened) {
        let Some(small) = small(&view, voter.actor, half) else { continue };
        let weight = if convened { 1.0 } else { view.or_zero(Subject::Gdp, voter.actor) };
        sum += weight * small;
        weights += weight;
    }
    (weights > 0.0).then(|| sum / weights)
}

/// The formula with the figures in it.
fn terms(&Explained { microlateral, case, .. }: &Explained<'_>) -> Vec<String> {
    let Ok(fit) = microlateral else { return Vec::new() };
    let rest = format!("{:.3} × {:.3} × {:.3}", fit.participation, fit.niche, fit.timebound);
    let (first, lead) = match fit.small_lead {
        Some(small) => (
            format!("M = 100 · ({small:.3} × {rest})^¼ = {:.1}", fit.score),
            format!("Small lead {small:.3}: how small those who lead are, 0.5 at the half-way population"),
        ),
        None => (
            format!("M = 100 · ({rest})^⅓ = {:.1}", fit.score),
            "Small lead: left out, nobody who leads has a population figure".to_owned(),
        ),
    };
    vec![
        first,
        lead,
        format!(
            "Participation {:.3}: share of world GDP of members that do not convene ÷ ½, at most 1",
            fit.participation
        ),
        format!("Niche {:.3}: 1 ÷ {}", fit.niche, count(case.mandate.questions as usize, "question")),
        format!("Time-bound {:.3}: 24 ÷ {:.0} months, at most 1", fit.timebound, case.mandate.counted_months()),
    ]
}
