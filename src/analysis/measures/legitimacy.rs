//! Legitimacy (`model.md`, section 2).

use crate::analysis::case::Case;
use crate::analysis::facts::{Facts, Provenance, Subject, exposure};
use crate::analysis::report::{ComponentPart, Defined, Flag, Legitimacy, Undefined};
use crate::data::Atlas;
use crate::model::Component;

/// Legitimacy with its seven components; flags are added for every figure that is estimated or missing.
///
/// # Errors
/// Nobody votes, or no component has both weight and figure.
pub fn legitimacy(atlas: &Atlas, facts: &Facts, case: &Case, flags: &mut Vec<Flag>) -> Defined<Legitimacy> {
    if case.voters.is_empty() {
        return Err(Undefined::NoVotingMember);
    }
    let mut counting = Counting { atlas, facts, case, flags };
    let values = Component::ALL.map(|component| counting.component(component));
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
    facts: &'a Facts,
    case: &'a Case,
    flags: &'a mut Vec<Flag>,
}

impl Counting<'_> {
    fn component(&mut self, component: Component) -> Defined<f64> {
        match component {
            Component::People => {
                let affected =
                    if self.case.issue.affects_internet_users() { Subject::InternetUsers } else { Subject::Population };
                Ok(self.world_share(affected))
            }
            Component::Regions => Ok(self.regions()),
            Component::Accountability => self.mean_of(Subject::Polyarchy),
            Component::Parity => self.parity(),
            Component::Convenor => self.convenor(),
            Component::Capability => Ok(self.world_share(Subject::Capability(self.case.issue.capability()))),
            Component::Independence => self.independence(),
        }
    }

    fn flag(&mut self, actor: usize, subject: &'static str, how: &'static str) {
        let flag = Flag::Figure { actor: self.atlas.countries[actor].id, subject, how };
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
    }

    /// The value of a fact, with its flag if it is not published.
    fn value(&mut self, subject: Subject, actor: usize) -> Option<f64> {
        let fact = self.facts.fact(subject, actor);
        if let Some(how) = fact.provenance.flag() {
            self.flag(actor, subject.label(), how);
        }
        self.facts.value(subject, actor)
    }

    /// The voting members' share of the world's total; a missing figure counts as 0.
    fn world_share(&mut self, subject: Subject) -> f64 {
        let case = self.case;
        let mut sum = 0.0;
        for actor in case.actors() {
            match self.facts.value(subject, actor) {
                Some(value) => sum += value,
                None => self.flag(actor, subject.label(), "no figure, counted as 0"),
            }
        }
        (sum / self.facts.world(subject)).clamp(0.0, 1.0)
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of members")]
    fn regions(&mut self) -> f64 {
        let each = 1.0 / self.case.voters.len() as f64;
        let mut off = self.facts.un_region_shares.clone();
        for actor in self.case.actors() {
            off[usize::from(self.facts.regions[actor])] -= each;
        }
        1.0 - 0.5 * off.iter().map(|share| share.abs()).sum::<f64>()
    }

    fn mean_of(&mut self, subject: Subject) -> Defined<f64> {
        let case = self.case;
        let values: Vec<f64> = case.actors().filter_map(|actor| self.value(subject, actor)).collect();
        mean(&values)
    }

    fn parity(&mut self) -> Defined<f64> {
        let case = self.case;
        let (mut sum, mut largest) = (0.0, 0.0_f64);
        for actor in case.actors() {
            match self.facts.value(Subject::Gdp, actor) {
                Some(gdp) => {
                    sum += gdp;
                    largest = largest.max(gdp);
                }
                None => self.flag(actor, Subject::Gdp.label(), "no figure, counted as 0"),
            }
        }
        if sum > 0.0 { Ok(1.0 - largest / sum) } else { Err(Undefined::NoFigure) }
    }

    fn convenor(&mut self) -> Defined<f64> {
        let case = self.case;
        let settings = &case.settings;
        let poles = settings.poles.map(|pole| self.atlas.actor(pole));
        let [Some(one), Some(other)] = poles else { return Err(Undefined::NoFigure) };
        let ideal = |pole| self.facts.value(Subject::IdealPoint, pole);
        if ideal(one) == ideal(other) {
            return Err(Undefined::PolesAlike);
        }
        for pole in [one, other] {
            self.value(Subject::IdealPoint, pole);
        }
        let score = |counting: &mut Self, actor| {
            for subject in [Subject::IdealPoint, Subject::Governance, Subject::Population] {
                counting.value(subject, actor);
            }
            let (half, steepness) = (settings.small_population.get(), settings.equidistance_steepness.get());
            counting.facts.broker(actor, [one, other], half, steepness)
        };
        if case.is_convened() {
            let scores: Vec<f64> = case.convenors().filter_map(|actor| score(self, actor)).collect();
            return mean(&scores);
        }
        let (mut sum, mut weights) = (0.0, 0.0);
        for actor in case.actors() {
            let weight = self.facts.value(Subject::Gdp, actor).unwrap_or(0.0);
            if let Some(score) = score(self, actor) {
                sum += weight * score;
                weights += weight;
            }
        }
        if weights > 0.0 { Ok(sum / weights) } else { Err(Undefined::NoFigure) }
    }

    fn independence(&mut self) -> Defined<f64> {
        let case = self.case;
        let mut exposures = Vec::with_capacity(case.voters.len());
        for actor in case.actors() {
            match exposure(self.atlas, actor, case.settings.rival) {
                Some(found) => {
                    if found.below_fifth {
                        self.flag(actor, "trade with the rival", found.caution);
                    }
                    exposures.push(found.value);
                }
                None => self.flag(actor, "trade with the rival", Provenance::Missing.flag().unwrap_or_default()),
            }
        }
        mean(&exposures).map(|mean| 1.0 - mean)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn mean(values: &[f64]) -> Defined<f64> {
    if values.is_empty() { Err(Undefined::NoFigure) } else { Ok(values.iter().sum::<f64>() / values.len() as f64) }
}
