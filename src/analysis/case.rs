//! All that an answer depends on.

use std::sync::Arc;

use super::own::OwnAgenda;
use super::real::Real;
use super::votes::VoteSettings;
use crate::data::{Atlas, CountryId, FiguresId};
use crate::model::{Assumptions, Burden, Component, CustomRule, Form, Grouping, Issue, Mandate, Role};

/// A voting member.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Voter {
    /// The actor's number in the atlas.
    pub actor: usize,
    /// Whether it convenes.
    pub convenor: bool,
    /// Its domestic backing, in (0, 1].
    pub backing: Real,
}

/// The assumptions that bear on a case, comparable to the last bit. Fields as in [`Assumptions`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "as in `Assumptions`")]
pub struct Settings {
    pub sponsor: CountryId,
    pub poles: [CountryId; 2],
    pub rival: CountryId,
    pub votes: VoteSettings,
    pub a_priori: bool,
    pub programme: Real,
    pub burden: BurdenShares,
    pub unit_cost: Real,
    pub pair_cost: Real,
    pub hub_factor: Real,
    pub weights: [Real; 7],
    pub small_population: Real,
    pub equidistance_steepness: Real,
}

/// As [`Burden`], comparable to the last bit.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "as in `Burden`")]
pub enum BurdenShares {
    Assessment,
    Equal,
    Gdp,
    Custom(Vec<(CountryId, Real)>),
}

impl Settings {
    /// The assumptions that bear on an issue pursued in a form.
    #[must_use]
    pub fn new(assumptions: &Assumptions, issue: Issue, form: Form) -> Self {
        Self {
            sponsor: assumptions.sponsor,
            poles: assumptions.poles,
            rival: assumptions.rival,
            votes: VoteSettings::new(assumptions),
            a_priori: assumptions.a_priori,
            programme: assumptions.programme_of(issue).into(),
            burden: match &assumptions.burden {
                Burden::Assessment => BurdenShares::Assessment,
                Burden::Equal => BurdenShares::Equal,
                Burden::Gdp => BurdenShares::Gdp,
                Burden::Custom(parts) => {
                    BurdenShares::Custom(parts.iter().map(|(id, part)| (*id, (*part).into())).collect())
                }
            },
            unit_cost: assumptions.unit_costs.of(form).into(),
            pair_cost: assumptions.pair_cost.into(),
            hub_factor: assumptions.hub_factor.into(),
            weights: Component::ALL.map(|component| assumptions.weights.of(component).into()),
            small_population: assumptions.small_population.into(),
            equidistance_steepness: assumptions.equidistance_steepness.into(),
        }
    }
}

/// All that an answer depends on: two groupings with equal cases have equal reports.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Case {
    /// The voting members in order of actor number. Observers, and actors unknown to the atlas, count in no measure.
    pub voters: Vec<Voter>,
    /// What it is about.
    pub issue: Issue,
    /// How it decides.
    pub rule: Rule,
    /// What it is to settle, and for how long.
    pub mandate: Mandate,
    /// How much of an apparatus it has.
    pub form: Form,
    /// The assumptions that bear on it.
    pub settings: Settings,
    /// The figures that it reads.
    pub figures: FiguresId,
    /// Questions of the user's own; `None` where it is about the roll calls of the issue.
    pub own: Option<OwnAgenda>,
}

/// A decision rule, shared and compared by its words in a file.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The rule in full.
    pub full: Arc<CustomRule>,
    text: Arc<str>,
}

impl Rule {
    /// Wraps a rule.
    #[must_use]
    pub fn new(full: CustomRule) -> Self {
        let text = serde_json::to_string(&full).unwrap_or_default().into();
        Self { full: Arc::new(full), text }
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Rule {}

impl std::hash::Hash for Rule {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Case {
    /// The case of a grouping under assumptions.
    #[must_use]
    pub fn of(atlas: &Atlas, grouping: &Grouping, assumptions: &Assumptions) -> Self {
        let mut voters: Vec<Voter> = grouping
            .seats
            .iter()
            .filter(|seat| seat.role.votes())
            .filter_map(|seat| {
                Some(Voter {
                    actor: atlas.actor(seat.country)?,
                    convenor: seat.role == Role::Convenor,
                    backing: seat.backing.into(),
                })
            })
            .collect();
        voters.sort_by_key(|voter| voter.actor);
        Self {
            voters,
            issue: grouping.issue,
            rule: Rule::new(grouping.rule.in_full()),
            mandate: grouping.mandate,
            form: grouping.form,
            settings: Settings::new(assumptions, grouping.issue, grouping.form),
            figures: FiguresId::default(),
            own: OwnAgenda::of(atlas, grouping, assumptions),
        }
    }

    /// The numbers of the voting members.
    #[must_use]
    pub fn actors(&self) -> impl ExactSizeIterator<Item = usize> + '_ {
        self.voters.iter().map(|voter| voter.actor)
    }

    /// The numbers of the convenors.
    pub fn convenors(&self) -> impl Iterator<Item = usize> + '_ {
        self.voters.iter().filter(|voter| voter.convenor).map(|voter| voter.actor)
    }

    /// Whether it is about questions of the user's own and nothing else: no roll call bears on it.
    #[must_use]
    pub fn is_own_alone(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.alone)
    }

    /// Whether anybody convenes.
    #[must_use]
    pub fn is_convened(&self) -> bool {
        self.voters.iter().any(|voter| voter.convenor)
    }
}
