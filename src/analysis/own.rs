//! Questions of the user's own, as a case carries them (*Questions of your own* in `METHODS.md`).

use std::sync::Arc;

use super::fit::{FittedCall, fit_shares};
use crate::data::{Atlas, CountryId};
use crate::model::{Assumptions, Grouping, Question, Stance, WhipRow};

/// A question with the stances that are stated.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnQuestion {
    /// What it is called.
    pub title: String,
    /// How much it weighs beside a roll call of the latest year on the issue itself, above 0.
    pub weight: f64,
    /// Actors by number in the atlas, each once and in order, with where they stand. Nobody is a member for it.
    pub stances: Vec<(usize, Stance)>,
}

impl OwnQuestion {
    /// A question of a workspace, with the stances that are stated of actors of the atlas.
    #[must_use]
    pub fn of(atlas: &Atlas, question: &Question) -> Self {
        let stated = |(id, row): (&CountryId, &WhipRow)| Some((atlas.actor(*id)?, row.stance?));
        let mut stances: Vec<(usize, Stance)> = question.stances.iter().filter_map(stated).collect();
        stances.sort_by_key(|(actor, _)| *actor);
        Self { title: question.title.clone(), weight: question.weight, stances }
    }

    /// The chances of a yes and of a no that are stated for an actor; `None` where nothing is.
    #[must_use]
    pub fn stated(&self, actor: usize) -> Option<[f64; 2]> {
        let at = self.stances.binary_search_by_key(&actor, |(actor, _)| *actor).ok()?;
        Some(self.stances[at].1.chances())
    }

    /// The curve through the stances of all actors that have one and an ideal point. `ideal` gives the latest ideal point by
    /// actor, NaN where there is none. Without any it is the prior's.
    #[must_use]
    pub fn curve(&self, ideal: &[f64]) -> FittedCall {
        let placed = |(actor, stance): &(usize, Stance)| {
            let theta = ideal.get(*actor).copied().filter(|theta| theta.is_finite())?;
            let [yes, no] = stance.chances();
            Some((theta, [yes, (1.0 - yes - no).max(0.0), no]))
        };
        fit_shares(&self.stances.iter().filter_map(placed).collect::<Vec<_>>())
    }
}

/// The questions that a case is about, alone or beside the roll calls of its issue; shared, and compared by what they say.
#[derive(Clone, Debug)]
pub struct OwnAgenda {
    /// Whether the case is about nothing else.
    pub alone: bool,
    /// The questions, each with at least one stance.
    pub questions: Arc<[OwnQuestion]>,
    text: Arc<str>,
}

impl OwnAgenda {
    /// The questions that a grouping is about; `None` for none. Those that the workspace no longer has are passed over.
    #[must_use]
    pub fn of(atlas: &Atlas, grouping: &Grouping, assumptions: &Assumptions) -> Option<Self> {
        let known = grouping.own.questions.iter().filter_map(|id| assumptions.question(*id));
        let questions = known.map(|question| OwnQuestion::of(atlas, question));
        let own = Self::new(questions.collect(), grouping.own.alone);
        (own.alone || !own.questions.is_empty()).then_some(own)
    }

    /// Wraps questions; those without any stance are left out, as nothing is known of them.
    #[must_use]
    pub fn new(questions: Vec<OwnQuestion>, alone: bool) -> Self {
        let questions: Arc<[OwnQuestion]> =
            questions.into_iter().filter(|question| !question.stances.is_empty()).collect();
        // Debug writes a number so that it is read back as the same one.
        let text = format!("{alone} {questions:?}").into();
        Self { alone, questions, text }
    }
}

impl PartialEq for OwnAgenda {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for OwnAgenda {}

impl std::hash::Hash for OwnAgenda {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
