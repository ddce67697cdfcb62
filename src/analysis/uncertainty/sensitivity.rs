//! What moves a measure most.

use super::Intervals;
use crate::analysis::draws::{DRAWN, Draw};
use crate::analysis::measures::{self, Drawn, Measure};
use crate::analysis::stats::rank_correlation;
use crate::analysis::view::by_subject;
use crate::data::{Atlas, Subject};
use crate::model::Component;

/// A quantity that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Driver {
    /// λ.
    ModelShare,
    /// H.
    HalfLife,
    /// ρ.
    RelatedWeight,
    /// Which roll calls were drawn: what they alone do to the measure.
    RollCalls,
    /// What moves all groupings alike from one year to the next.
    Drift,
    /// What moves this grouping by itself from one year to the next.
    OwnDrift,
    /// B.
    Programme,
    /// The cost of a member.
    UnitCost,
    /// The cost of a pair of members.
    PairCost,
    /// The weight of a component of legitimacy.
    Weight(Component),
    /// A figure of an actor (by its number): ideal point, electoral democracy or government effectiveness.
    Figure(Subject, usize),
}

impl Driver {
    /// In words.
    #[must_use]
    pub fn label(self, atlas: &Atlas) -> String {
        match self {
            Self::ModelShare => "Share of the model in votes (λ)".to_owned(),
            Self::HalfLife => "Half-life of votes".to_owned(),
            Self::RelatedWeight => "Weight of related votes (ρ)".to_owned(),
            Self::RollCalls => "Which roll calls count".to_owned(),
            Self::Drift => "How the coming year differs, for all groupings".to_owned(),
            Self::OwnDrift => "How the coming year differs, for this grouping".to_owned(),
            Self::Programme => "Programme cost".to_owned(),
            Self::UnitCost => "Cost per member".to_owned(),
            Self::PairCost => "Cost per pair of members".to_owned(),
            Self::Weight(component) => format!("Weight of “{}”", component.label().to_lowercase()),
            Self::Figure(subject, actor) => format!("{}: {}", atlas.countries[actor].name, subject.label()),
        }
    }
}

/// How a drawn quantity goes with a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sensitivity {
    /// The quantity.
    pub driver: Driver,
    /// Spearman's rank correlation over the draws, −1 to 1: above 0, more of it goes with a higher figure.
    pub correlation: f64,
}

impl Intervals {
    /// What moves a measure, strongest first: every drawn quantity that enters it. Quantities that do not vary are left out,
    /// and the list is empty where nothing that is drawn enters (microlateral fit).
    ///
    /// Correlations nearer to 0 than [`Intervals::noise`] may be chance.
    #[must_use]
    pub fn sensitivity(&self, measure: &Measure) -> Vec<Sensitivity> {
        let kept: Vec<(usize, f64)> =
            self.draws_of(measure).enumerate().filter_map(|(at, value)| Some((at, value?))).collect();
        let values: Vec<f64> = kept.iter().map(|(_, value)| *value).collect();
        let mut found: Vec<Sensitivity> = self
            .drivers(measure)
            .into_iter()
            .filter_map(|driver| {
                let drawn: Vec<f64> = kept.iter().map(|(at, _)| self.drawn(driver, measure, *at)).collect();
                Some(Sensitivity { driver, correlation: rank_correlation(&drawn, &values)? })
            })
            .collect();
        found.sort_by(|a, b| b.correlation.abs().total_cmp(&a.correlation.abs()));
        found
    }

    /// The rank correlation that chance alone stays below in 95 % of cases.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a count of draws")]
    pub fn noise(&self) -> f64 {
        (1.96 / (self.samples.len().saturating_sub(1).max(1) as f64).sqrt()).min(1.0)
    }

    /// The drawn quantities that enter a measure: what it says of itself, and the drawn figures among those it read.
    fn drivers(&self, measure: &Measure) -> Vec<Driver> {
        let votes = !self.case.settings.a_priori;
        let related = (!self.case.issue.related().is_empty()).then_some(Driver::RelatedWeight);
        let of_group = |drawn: Drawn| match drawn {
            Drawn::Votes if votes => {
                [Driver::ModelShare, Driver::HalfLife, Driver::RollCalls, Driver::Drift, Driver::OwnDrift]
                    .into_iter()
                    .chain(related)
                    .collect()
            }
            Drawn::Votes => Vec::new(),
            Drawn::Costs => vec![Driver::Programme, Driver::UnitCost, Driver::PairCost],
            Drawn::Weights => Component::ALL.map(Driver::Weight).to_vec(),
        };
        let figures =
            by_subject(measure.readings(&self.readings)).into_iter().filter(|read| DRAWN.contains(&read.subject));
        let figures =
            figures.flat_map(|read| read.actors().into_iter().map(move |actor| Driver::Figure(read.subject, actor)));
        measure.all_drawn().flat_map(of_group).chain(figures).collect()
    }

    /// The quantity in a draw: in its own unit, or as a standard deviate.
    fn drawn(&self, driver: Driver, measure: &Measure, at: usize) -> f64 {
        let draw: &Draw = &self.draws[at];
        let settings = &self.case.settings;
        match driver {
            Driver::ModelShare => draw.votes(&settings.votes).model_share.get(),
            Driver::HalfLife => draw.votes(&settings.votes).half_life.get(),
            Driver::RelatedWeight => draw.votes(&settings.votes).related_weight.get(),
            Driver::RollCalls => self.samples[at].roll_calls[usize::from(*measure == measures::REACH)],
            Driver::Drift => draw.drift(),
            Driver::OwnDrift => draw.own_drift(self.mark),
            Driver::Programme => draw.settings(settings, self.case.form).programme.get(),
            Driver::UnitCost => draw.settings(settings, self.case.form).unit_cost.get(),
            Driver::PairCost => draw.settings(settings, self.case.form).pair_cost.get(),
            Driver::Weight(component) => {
                let slot = Component::ALL.iter().position(|known| *known == component).unwrap_or(0);
                draw.weights(&settings.weights)[slot].get()
            }
            Driver::Figure(subject, actor) => draw.deviate(subject, actor),
        }
    }
}
