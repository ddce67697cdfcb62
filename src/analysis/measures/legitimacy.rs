//! Legitimacy (*Legitimacy* in `METHODS.md`).

use super::broker::Broker;
use super::measure::{Better, Drawn, Explained, Measure, Spoken};
use crate::analysis::case::Case;
use crate::analysis::parts::{ComponentPart, Legitimacy};
use crate::analysis::undefined::{Defined, Undefined};
use crate::analysis::view::View;
use crate::data::{Atlas, Subject};
use crate::model::Component;

/// L.
pub const LEGITIMACY: Measure = Measure {
    name: "legitimacy",
    label: "Legitimacy",
    short: "legitimacy",
    unit: "",
    scale: "0–100, more is better",
    better: Better::More,
    top: 100.0,
    meaning: "How far the grouping can claim to speak and act for those concerned: whom it represents, how its members \
              are governed, who leads it, and what it can deliver.",
    spoken: Some(Spoken {
        label: "Legitimacy",
        line: "How far it can claim to speak and act for those concerned; 100 is the most.",
        how: "L = 100 · Σ w · c ÷ Σ w: the mean of seven components c, each between 0 and 1, with the weights w. The table of \
              components has both.",
        better: "can claim more legitimacy",
        worse: "can claim less legitimacy",
    }),
    formula: "L = 100 · Σ weight · component ÷ Σ weight, over seven components between 0 and 1",
    builds_on: &[],
    drawn: &[Drawn::Weights],
    value: |of| of.legitimacy,
    terms,
};

/// Legitimacy with its seven components.
///
/// # Errors
/// Nobody votes, or no component has both weight and figure.
pub fn legitimacy(atlas: &Atlas, view: &View<'_>, case: &Case) -> Defined<Legitimacy> {
    if case.voters.is_empty() {
        return Err(Undefined::NoVotingMember);
    }
    let values = Component::ALL.map(|component| {
        let view = view.reading_for(LEGITIMACY.name, component.label());
        Counting { atlas, view, case }.component(component)
    });
    let weights = case.settings.weights.map(|weight| weight.get().max(0.0));
    let total: f64 = values.iter().zip(weights).filter(|(value, _)| value.is_ok()).map(|(_, weight)| weight).sum();
    if total <= 0.0 {
        return Err(Undefined::NoComponent);
    }
    let mut at = 0;
    let parts = values.map(|value| {
        let part = ComponentPart {
            component: Component::ALL[at],
            value,
            weight: if value.is_ok() { weights[at] / total } else { 0.0 },
        };
        at += 1;
        part
    });
    let score = parts.iter().map(|part| 100.0 * part.weight * part.value.unwrap_or(0.0)).sum();
    Ok(Legitimacy { score, parts })
}

struct Counting<'a> {
    atlas: &'a Atlas,
    view: View<'a>,
    case: &'a Case,
}

impl Counting<'_> {
    fn component(&self, component: Component) -> Defined<f64> {
        match component {
            Component::People => Ok(self.world_share(self.case.issue.affected())),
            Component::Regions => Ok(self.regions()),
            Component::Accountability => self.mean_of(Subject::Polyarchy),
            Component::Parity => self.parity(),
            Component::Convenor => self.convenor(),
            Component::Capability => Ok(self.world_share(self.case.issue.capability())),
            Component::Independence => {
                self.mean_of(Subject::TradeWith(self.case.settings.rival)).map(|mean| 1.0 - mean)
            }
        }
    }

    /// The voting members' share of the world's total; a missing figure counts as 0.
    fn world_share(&self, subject: Subject) -> f64 {
        let sum: f64 = self.case.actors().map(|actor| self.view.or_zero(subject, actor)).sum();
        (sum / self.view.world(subject)).clamp(0.0, 1.0)
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of members")]
    fn regions(&self) -> f64 {
        let facts = self.view.facts;
        let each = 1.0 / self.case.voters.len() as f64;
        let mut off = facts.un_region_shares.clone();
        for actor in self.case.actors() {
            off[usize::from(facts.regions[actor])] -= each;
        }
        1.0 - 0.5 * off.iter().map(|share| share.abs()).sum::<f64>()
    }

    fn mean_of(&self, subject: Subject) -> Defined<f64> {
        let values: Vec<f64> = self.case.actors().filter_map(|actor| self.view.figure(subject, actor)).collect();
        mean(&values)
    }

    fn parity(&self) -> Defined<f64> {
        let (mut sum, mut largest) = (0.0, 0.0_f64);
        for actor in self.case.actors() {
            let gdp = self.view.or_zero(Subject::Gdp, actor);
            sum += gdp;
            largest = largest.max(gdp);
        }
        if sum > 0.0 { Ok(1.0 - largest / sum) } else { Err(Undefined::NoFigure) }
    }

    fn convenor(&self) -> Defined<f64> {
        let (case, settings) = (self.case, &self.case.settings);
        let poles = settings.poles.map(|pole| self.atlas.actor(pole));
        let [Some(one), Some(other)] = poles else { return Err(Undefined::NoFigure) };
        let ideal = |pole| self.view.figure(Subject::IdealPoint, pole);
        if ideal(one) == ideal(other) {
            return Err(Undefined::PolesAlike);
        }
        let (half, steepness) = (settings.small_population.get(), settings.equidistance_steepness.get());
        let broker = Broker { poles: [one, other], half, steepness };
        if case.is_convened() {
            let scores: Vec<f64> = case.convenors().filter_map(|actor| broker.score(&self.view, actor)).collect();
            return mean(&scores);
        }
        let (mut sum, mut weights) = (0.0, 0.0);
        for actor in case.actors() {
            let weight = self.view.or_zero(Subject::Gdp, actor);
            if let Some(score) = broker.score(&self.view, actor) {
                sum += weight * score;
                weights += weight;
            }
        }
        if weights > 0.0 { Ok(sum / weights) } else { Err(Undefined::NoFigure) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn mean(values: &[f64]) -> Defined<f64> {
    if values.is_empty() { Err(Undefined::NoFigure) } else { Ok(values.iter().sum::<f64>() / values.len() as f64) }
}

/// The formula with the figures in it.
fn terms(of: &Explained<'_>) -> Vec<String> {
    let Ok(legitimacy) = of.legitimacy else { return Vec::new() };
    let products: Vec<String> = legitimacy
        .parts
        .iter()
        .filter_map(|part| Some(format!("{:.3} × {:.3}", part.weight, part.value.ok()?)))
        .collect();
    let mut lines = vec![format!("L = 100 · ({}) = {:.1}", products.join(" + "), legitimacy.score)];
    for part in &legitimacy.parts {
        let label = part.component.label();
        lines.push(match part.value {
            Ok(value) => format!(
                "{label}: weight {:.3} × {value:.3} gives {:.2} points ({})",
                part.weight,
                100.0 * part.weight * value,
                part.component.meaning()
            ),
            Err(reason) => format!("{label}: left out, {reason}"),
        });
    }
    lines.push(format!("Sum of the points: {:.2}", legitimacy.score));
    lines
}
