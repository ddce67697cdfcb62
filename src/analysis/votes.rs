//! The vote table: how each actor votes on each roll call, observed where it voted and modelled where it did not
//! (`model.md`, section 1.1).

use super::diagram::LANES;
use super::fit::{FittedCall, ideal_point};
use super::normal::NormalTable;
use crate::data::{Atlas, Ballot, IdealPoints, RollCalls};
use crate::model::Issue;

/// The ballots and what the fitted model says of them, for every actor of the atlas.
#[derive(Debug)]
pub struct Votes {
    years: Vec<u16>,
    latest_year: u16,
    used: Vec<Vec<usize>>,
    ballots: Vec<Vec<Ballot>>,
    fit: Vec<FittedCall>,
    ideal: Vec<Vec<f64>>,
    model: Vec<Vec<(f64, f64)>>,
}

/// The roll calls of one issue with the chances of every actor: what deadlock and reach are computed from.
#[derive(Debug, Clone)]
pub struct Agenda {
    /// u: the weight of each roll call; zero behind [`Agenda::calls`], where the columns are padded.
    pub weights: Vec<f64>,
    /// How many roll calls there are.
    pub calls: usize,
    columns: usize,
    yes: Vec<f64>,
    no: Vec<f64>,
}

impl Votes {
    /// Joins roll calls and their fit with the actors of the atlas. `latest` are the latest or imputed ideal points,
    /// by actor number.
    #[must_use]
    pub fn new(atlas: &Atlas, calls: &RollCalls, fit: &[FittedCall], latest: &[Option<f64>]) -> Self {
        Self::with_points(atlas, &atlas.ideal_points, calls, fit, latest)
    }

    /// The same with other yearly ideal points than the atlas has, such as those up to a year only.
    #[must_use]
    pub fn with_points(
        atlas: &Atlas,
        yearly: &IdealPoints,
        calls: &RollCalls,
        fit: &[FittedCall],
        latest: &[Option<f64>],
    ) -> Self {
        let years: Vec<u16> = calls.list.iter().map(|call| call.year).collect();
        let absent = vec![Ballot::Absent; years.len()];
        let ideal: Vec<Vec<f64>> = (0..atlas.countries.len())
            .map(|actor| {
                years.iter().map(|year| ideal_point(yearly, latest, actor, *year).unwrap_or(f64::NAN)).collect()
            })
            .collect();
        let model =
            ideal.iter().map(|row| row.iter().zip(fit).map(|(theta, call)| call.chances(*theta)).collect()).collect();
        Self {
            latest_year: calls.latest_year().unwrap_or(0),
            used: Issue::ALL
                .into_iter()
                .map(|issue| (0..years.len()).filter(|j| issue.uses(calls.list[*j].codes)).collect())
                .collect(),
            ballots: atlas
                .countries
                .iter()
                .map(|country| calls.ballots_of(country.id).unwrap_or(&absent).to_vec())
                .collect(),
            years,
            fit: fit.to_vec(),
            ideal,
            model,
        }
    }

    /// The numbers of the roll calls used for an issue.
    #[must_use]
    pub fn used(&self, issue: Issue) -> &[usize] {
        &self.used[issue as usize]
    }

    /// The ballots of an actor, one a roll call.
    #[must_use]
    pub fn ballots(&self, actor: usize) -> &[Ballot] {
        &self.ballots[actor]
    }

    /// Whether there is an ideal point to fill an actor's absences with.
    #[must_use]
    pub fn is_modelled(&self, actor: usize) -> bool {
        self.ideal[actor].first().is_none_or(|theta| !theta.is_nan())
    }

    /// u: the weight of a roll call with half-life `half_life` years.
    #[must_use]
    pub fn weight(&self, call: usize, half_life: f64) -> f64 {
        0.5_f64.powf(f64::from(self.latest_year - self.years[call]) / half_life)
    }

    /// The agenda of an issue with the chances of all actors; λ is the share of the model in observed votes.
    #[must_use]
    pub fn agenda(&self, issue: Issue, lambda: f64, half_life: f64) -> Agenda {
        let used = self.used(issue);
        let weights = used.iter().map(|call| self.weight(*call, half_life)).collect();
        let mut agenda = Agenda::zeros(weights, self.ballots.len());
        for actor in 0..self.ballots.len() {
            let (yes, no) = agenda.row_mut(actor);
            for (at, &call) in used.iter().enumerate() {
                (yes[at], no[at]) = blend(self.ballots[actor][call], self.model[actor][call], lambda);
            }
        }
        agenda
    }

    /// The same with drawn ideal points and a bootstrap of the roll calls, for the actors named only; the rows of the
    /// others are zero. Chances of the model are within 2e-9 of exact (see [`NormalTable`]).
    ///
    /// `shift` is added to all ideal points of an actor; `counts` says how often each of [`Votes::used`] was picked.
    /// Roll calls that were not picked have no column.
    #[must_use]
    pub fn drawn_agenda(
        &self,
        issue: Issue,
        (lambda, half_life): (f64, f64),
        actors: &[usize],
        shift: impl Fn(usize) -> f64,
        counts: &[u32],
    ) -> Agenda {
        let kept: Vec<(usize, f64)> = self
            .used(issue)
            .iter()
            .zip(counts)
            .filter(|(_, count)| **count > 0)
            .map(|(call, count)| (*call, f64::from(*count) * self.weight(*call, half_life)))
            .collect();
        let table = NormalTable::get();
        let mut agenda = Agenda::zeros(kept.iter().map(|(_, weight)| *weight).collect(), self.ballots.len());
        for &actor in actors {
            let moved = shift(actor);
            let (ideal, ballots) = (&self.ideal[actor], &self.ballots[actor]);
            let (yes, no) = agenda.row_mut(actor);
            for (at, &(call, _)) in kept.iter().enumerate() {
                let chances = self.fit[call].drawn_chances(ideal[call] + moved, table);
                (yes[at], no[at]) = blend(ballots[call], chances, lambda);
            }
        }
        agenda
    }
}

/// The chances of a yes and a no: the observed vote with a little of the model, or the model alone.
fn blend(ballot: Ballot, (yes, no): (f64, f64), lambda: f64) -> (f64, f64) {
    let with = |voted: Ballot, chance: f64| f64::from(u8::from(ballot == voted)) * (1.0 - lambda) + lambda * chance;
    if yes.is_nan() {
        // No ideal point, not even an estimated one: the ballot alone, and an abstention where there is none.
        return (f64::from(u8::from(ballot == Ballot::Yes)), f64::from(u8::from(ballot == Ballot::No)));
    }
    match ballot {
        Ballot::Absent => (yes, no),
        _ => (with(Ballot::Yes, yes), with(Ballot::No, no)),
    }
}

impl Agenda {
    fn zeros(mut weights: Vec<f64>, actors: usize) -> Self {
        let calls = weights.len();
        let columns = calls.next_multiple_of(LANES);
        weights.resize(columns, 0.0);
        Self { weights, calls, columns, yes: vec![0.0; actors * columns], no: vec![0.0; actors * columns] }
    }

    /// The number of columns: roll calls, padded to whole lanes.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The chances of a yes of an actor, one a column.
    #[must_use]
    pub fn yes(&self, actor: usize) -> &[f64] {
        &self.yes[actor * self.columns..(actor + 1) * self.columns]
    }

    /// The chances of a no of an actor, one a column.
    #[must_use]
    pub fn no(&self, actor: usize) -> &[f64] {
        &self.no[actor * self.columns..(actor + 1) * self.columns]
    }

    fn row_mut(&mut self, actor: usize) -> (&mut [f64], &mut [f64]) {
        let range = actor * self.columns..(actor + 1) * self.columns;
        (&mut self.yes[range.clone()], &mut self.no[range])
    }

    /// Σu.
    #[must_use]
    pub fn total_weight(&self) -> f64 {
        self.weights.iter().sum()
    }

    /// (Σu)²/Σu²: how many equally weighted roll calls carry as much.
    #[must_use]
    pub fn effective_calls(&self) -> f64 {
        let squares: f64 = self.weights.iter().map(|weight| weight * weight).sum();
        if squares > 0.0 { self.total_weight().powi(2) / squares } else { 0.0 }
    }

    /// Σ u·yes of an actor: how much of the agenda it would table.
    #[must_use]
    pub fn support(&self, actor: usize) -> f64 {
        self.weights.iter().zip(self.yes(actor)).map(|(weight, yes)| weight * yes).sum()
    }
}
