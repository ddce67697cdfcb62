//! The vote table: how each actor votes on each roll call, observed where it voted and modelled where it did not
//! (*Votes* in `METHODS.md`).

use super::diagram::LANES;
use super::fit::FittedCall;
use super::normal::NormalTable;
use super::own::OwnAgenda;
use super::real::Real;
use crate::data::{Atlas, Ballot, Facts, Subject};
use crate::model::{Assumptions, Issue, Relevance};

/// The assumptions that the vote table depends on, comparable to the last bit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct VoteSettings {
    /// λ: how much of a vote the fitted model replaces, 0 to 1.
    pub model_share: Real,
    /// H: after how many years a roll call counts half.
    pub half_life: Real,
    /// ρ: how much a roll call counts that is only related to the issue, 0 to 1.
    pub related_weight: Real,
}

impl VoteSettings {
    /// As the user assumes.
    #[must_use]
    pub fn new(assumptions: &Assumptions) -> Self {
        Self {
            model_share: assumptions.model_share.into(),
            half_life: assumptions.half_life.into(),
            related_weight: assumptions.related_weight.into(),
        }
    }
}

/// A roll call that bears on an issue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Used {
    /// Its number in the table.
    pub call: usize,
    /// How it bears on the issue.
    pub relevance: Relevance,
}

/// The ballots and what the fitted model says of them, for every actor of the atlas.
#[derive(Debug)]
pub struct Votes {
    years: Vec<u16>,
    latest_year: u16,
    used: Vec<Vec<Used>>,
    ballots: Vec<Vec<Ballot>>,
    fit: Vec<FittedCall>,
    ideal: Vec<Vec<f64>>,
    latest: Vec<f64>,
    model: Vec<Vec<(f64, f64)>>,
}

/// The roll calls of one issue with the chances of every actor: what deadlock and reach are computed from.
#[derive(Debug, Clone)]
pub struct Agenda {
    /// u: the weight of each roll call; zero behind [`Agenda::calls`], where the columns are padded.
    pub weights: Vec<f64>,
    /// How many roll calls there are: those with any weight.
    pub calls: usize,
    /// Which roll call each column is, in the order of the table; columns of questions of the user's own follow.
    pub used: Vec<Used>,
    /// How many questions of the user's own there are, in their order.
    pub own: usize,
    columns: usize,
    yes: Vec<f64>,
    no: Vec<f64>,
}

impl Votes {
    /// Joins the roll calls of an atlas and their fit with its actors and their ideal points.
    #[must_use]
    pub fn new(atlas: &Atlas, facts: &Facts, fit: &[FittedCall]) -> Self {
        let calls = &atlas.roll_calls;
        let years: Vec<u16> = calls.list.iter().map(|call| call.year).collect();
        let absent = vec![Ballot::Absent; years.len()];
        let point = |actor: usize, year: u16| facts.value(Subject::IdealPointIn(year), actor).unwrap_or(f64::NAN);
        let ideal: Vec<Vec<f64>> =
            (0..atlas.countries.len()).map(|actor| years.iter().map(|year| point(actor, *year)).collect()).collect();
        let model =
            ideal.iter().map(|row| row.iter().zip(fit).map(|(theta, call)| call.chances(*theta)).collect()).collect();
        Self {
            latest_year: calls.latest_year().unwrap_or(0),
            used: Issue::ALL
                .into_iter()
                .map(|issue| {
                    let bears = |call: usize| {
                        let relevance = issue.relevance(calls.list[call].topics)?;
                        Some(Used { call, relevance })
                    };
                    (0..years.len()).filter_map(bears).collect()
                })
                .collect(),
            ballots: atlas
                .countries
                .iter()
                .map(|country| calls.ballots_of(country.id).unwrap_or(&absent).to_vec())
                .collect(),
            years,
            fit: fit.to_vec(),
            ideal,
            latest: (0..atlas.countries.len())
                .map(|actor| facts.value(Subject::IdealPoint, actor).unwrap_or(f64::NAN))
                .collect(),
            model,
        }
    }

    /// The roll calls that bear on an issue, in the order of the table.
    #[must_use]
    pub fn used(&self, issue: Issue) -> &[Used] {
        &self.used[issue as usize]
    }

    /// The ballots of an actor, one a roll call.
    #[must_use]
    pub fn ballots(&self, actor: usize) -> &[Ballot] {
        &self.ballots[actor]
    }

    /// u: the weight of a roll call, its relevance times what its age leaves of it.
    #[must_use]
    pub fn weight(&self, used: Used, settings: &VoteSettings) -> f64 {
        let relevance = match used.relevance {
            Relevance::Direct => 1.0,
            Relevance::Related => settings.related_weight.get(),
        };
        let age = f64::from(self.latest_year - self.years[used.call]);
        relevance * 0.5_f64.powf(age / settings.half_life.get())
    }

    /// The agenda of an issue with the chances of all actors. Roll calls without any weight have no column.
    #[must_use]
    pub fn agenda(&self, issue: Issue, settings: &VoteSettings) -> Agenda {
        self.agenda_of(self.used(issue).iter(), None, settings)
    }

    /// The same with questions of the user's own, or of these alone. A stance that is stated takes the place of a ballot; where
    /// none is, the curve through all that are stands in. Curve and latest ideal points serve both, with the same λ.
    #[must_use]
    pub fn agenda_with(&self, issue: Issue, own: Option<&OwnAgenda>, settings: &VoteSettings) -> Agenda {
        self.agenda_of(self.used_with(issue, own).iter(), own, settings)
    }

    /// The roll calls that bear on an issue, beside questions of the user's own: none where these stand alone.
    #[must_use]
    pub fn used_with(&self, issue: Issue, own: Option<&OwnAgenda>) -> &[Used] {
        if own.is_some_and(|own| own.alone) { &[] } else { self.used(issue) }
    }

    /// The latest ideal point of every actor, NaN where there is none.
    #[must_use]
    pub fn latest_ideal_points(&self) -> &[f64] {
        &self.latest
    }

    /// The questions of one year with the chances of all actors: each weighs as it bears on the issue, whatever its age.
    #[must_use]
    pub fn agenda_of_year(&self, issue: Issue, settings: &VoteSettings, year: u16) -> Agenda {
        let timeless = VoteSettings { half_life: f64::INFINITY.into(), ..*settings };
        self.agenda_of(self.used(issue).iter().filter(|used| self.years[used.call] == year), None, &timeless)
    }

    fn agenda_of<'a>(
        &self,
        used: impl Iterator<Item = &'a Used>,
        own: Option<&OwnAgenda>,
        settings: &VoteSettings,
    ) -> Agenda {
        let columns = used.map(|used| (*used, self.weight(*used, settings)));
        let mut agenda = Agenda::zeros(columns.collect(), own, self.ballots.len());
        let lambda = settings.model_share.get();
        for actor in 0..self.ballots.len() {
            let (used, yes, no) = agenda.row_mut(actor);
            for (at, used) in used.iter().enumerate() {
                (yes[at], no[at]) = blend(self.ballots[actor][used.call], self.model[actor][used.call], lambda);
            }
        }
        let all: Vec<usize> = (0..self.ballots.len()).collect();
        self.state(&mut agenda, own, lambda, &all, |curve, actor| curve.chances(self.latest[actor]));
        agenda
    }

    /// Fills the columns of questions of the user's own, for some actors; `infer` says what a curve says of an actor.
    fn state(
        &self,
        agenda: &mut Agenda,
        own: Option<&OwnAgenda>,
        lambda: f64,
        actors: &[usize],
        infer: impl Fn(FittedCall, usize) -> (f64, f64),
    ) {
        let first = agenda.used.len();
        for (at, question) in own.into_iter().flat_map(|own| own.questions.iter()).enumerate() {
            let curve = question.curve(&self.latest);
            for &actor in actors {
                let (_, yes, no) = agenda.row_mut(actor);
                let inferred = infer(curve, actor);
                (yes[first + at], no[first + at]) = match question.stated(actor) {
                    Some([yes, no]) => mix([yes, no], inferred, lambda),
                    None if inferred.0.is_nan() => (0.0, 0.0),
                    None => inferred,
                };
            }
        }
    }

    /// The same with drawn ideal points and a bootstrap of the roll calls, for the actors named only; the rows of the
    /// others are zero. Chances of the model are within 2e-9 of exact (see [`NormalTable`]).
    ///
    /// `shift` is added to all ideal points of an actor; `counts` says how often each of [`Votes::used`] was picked.
    /// Roll calls that were not picked have no column. Questions of the user's own are stated, not sampled: all of them stay, and
    /// only the ideal points of those whose stance is inferred move.
    #[must_use]
    pub fn drawn_agenda(
        &self,
        (issue, own): (Issue, Option<&OwnAgenda>),
        settings: &VoteSettings,
        actors: &[usize],
        shift: impl Fn(usize) -> f64,
        counts: &[u32],
    ) -> Agenda {
        let picked = self.used_with(issue, own).iter().zip(counts);
        let columns = picked.map(|(used, count)| (*used, f64::from(*count) * self.weight(*used, settings)));
        let table = NormalTable::get();
        let mut agenda = Agenda::zeros(columns.collect(), own, self.ballots.len());
        let lambda = settings.model_share.get();
        for &actor in actors {
            let moved = shift(actor);
            let (ideal, ballots) = (&self.ideal[actor], &self.ballots[actor]);
            let (used, yes, no) = agenda.row_mut(actor);
            for (at, used) in used.iter().enumerate() {
                let chances = self.fit[used.call].drawn_chances(ideal[used.call] + moved, table);
                (yes[at], no[at]) = blend(ballots[used.call], chances, lambda);
            }
        }
        let moved = |curve: FittedCall, actor: usize| curve.drawn_chances(self.latest[actor] + shift(actor), table);
        self.state(&mut agenda, own, lambda, actors, moved);
        agenda
    }
}

/// The chances of a yes and a no: the observed vote with a little of the model, or the model alone.
fn blend(ballot: Ballot, (yes, no): (f64, f64), lambda: f64) -> (f64, f64) {
    let voted = [Ballot::Yes, Ballot::No].map(|voted| f64::from(u8::from(ballot == voted)));
    if yes.is_nan() {
        // No ideal point, not even an estimated one: the ballot alone, and an abstention where there is none.
        return (voted[0], voted[1]);
    }
    match ballot {
        Ballot::Absent => (yes, no),
        _ => mix(voted, (yes, no), lambda),
    }
}

/// Chances of a yes and a no, λ of which are the model's.
fn mix(stated: [f64; 2], (yes, no): (f64, f64), lambda: f64) -> (f64, f64) {
    if yes.is_nan() {
        return (stated[0], stated[1]);
    }
    let with = |stated: f64, chance: f64| stated * (1.0 - lambda) + lambda * chance;
    (with(stated[0], yes), with(stated[1], no))
}

impl Agenda {
    /// Room for the roll calls that have any weight, and for questions of the user's own.
    fn zeros(mut columns: Vec<(Used, f64)>, own: Option<&OwnAgenda>, actors: usize) -> Self {
        columns.retain(|(_, weight)| *weight > 0.0);
        let (used, mut weights): (Vec<Used>, Vec<f64>) = columns.into_iter().unzip();
        weights.extend(own.into_iter().flat_map(|own| own.questions.iter()).map(|question| question.weight));
        let (calls, own) = (weights.len(), weights.len() - used.len());
        let columns = calls.next_multiple_of(LANES);
        weights.resize(columns, 0.0);
        Self { weights, calls, used, own, columns, yes: vec![0.0; actors * columns], no: vec![0.0; actors * columns] }
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

    fn row_mut(&mut self, actor: usize) -> (&[Used], &mut [f64], &mut [f64]) {
        let range = actor * self.columns..(actor + 1) * self.columns;
        (&self.used, &mut self.yes[range.clone()], &mut self.no[range])
    }

    /// How many of the questions bear on the issue directly, the user's own among them; the others are related to it.
    #[must_use]
    pub fn direct(&self) -> usize {
        self.own + self.used.iter().filter(|used| used.relevance == Relevance::Direct).count()
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
