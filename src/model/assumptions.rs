//! What the numbers assume: every default that the user can see and change.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::{Extra, Form, Issue, Question, QuestionId, extra::sparse};
use crate::data::CountryId;

/// The default sponsor and first pole.
pub const UNITED_STATES: CountryId = CountryId::new(*b"USA");
/// The default rival and second pole.
pub const CHINA: CountryId = CountryId::new(*b"CHN");

/// How the programme is shared among those who pay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Burden {
    /// By UN assessment rate.
    #[default]
    Assessment,
    /// Equal parts.
    Equal,
    /// By GDP.
    Gdp,
    /// By parts that the user gives; actors not listed pay nothing.
    Custom(BTreeMap<CountryId, f64>),
}

/// What a member costs to serve, US$ million a year, by form.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct UnitCosts {
    /// Meetings without a secretariat; an assumption.
    pub ad_hoc: f64,
    /// A light secretariat: the WTO in 2013, CHF 197 m for 159 members.
    pub light: f64,
    /// A standing organisation: the OECD, €352 m for 38 members.
    pub standing: f64,
}

impl Default for UnitCosts {
    fn default() -> Self {
        Self { ad_hoc: 0.25, light: 1.2, standing: 9.0 }
    }
}

impl UnitCosts {
    /// The cost of one member in a form.
    #[must_use]
    pub fn of(&self, form: Form) -> f64 {
        match form {
            Form::AdHoc => self.ad_hoc,
            Form::Light => self.light,
            Form::Standing => self.standing,
        }
    }
}

/// The seven components of legitimacy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it; `label` and `meaning` put them in words")]
pub enum Component {
    People,
    Regions,
    Accountability,
    Parity,
    Convenor,
    Capability,
    Independence,
}

impl Component {
    /// All seven, in the order of the formula (*Legitimacy* in `METHODS.md`).
    pub const ALL: [Self; 7] = [
        Self::People,
        Self::Regions,
        Self::Accountability,
        Self::Parity,
        Self::Convenor,
        Self::Capability,
        Self::Independence,
    ];

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Regions => "regions",
            Self::Accountability => "accountability",
            Self::Parity => "parity",
            Self::Convenor => "convenor",
            Self::Capability => "capability",
            Self::Independence => "independence",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::People => "People represented",
            Self::Regions => "Balance of regions",
            Self::Accountability => "Accountability",
            Self::Parity => "Parity",
            Self::Convenor => "Impartial convenor",
            Self::Capability => "Capability",
            Self::Independence => "Independence",
        }
    }

    /// What it measures, in a phrase.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::People => "share of the world's people affected who live in voting members",
            Self::Regions => "how closely the mix of world regions matches that of the United Nations",
            Self::Accountability => "mean electoral democracy (V-Dem polyarchy) of voting members",
            Self::Parity => "1 minus the largest member's share of the grouping's GDP",
            Self::Convenor => "mean honest-broker score of the convenors; without one, of the members weighted by GDP",
            Self::Capability => "share of the world's capability on the issue",
            Self::Independence => "1 minus the mean trade exposure to the rival",
        }
    }
}

/// Weights of the components of legitimacy; only their proportions matter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[expect(missing_docs, reason = "one weight a component, see `Component`")]
pub struct Weights {
    pub people: f64,
    pub regions: f64,
    pub accountability: f64,
    pub parity: f64,
    pub convenor: f64,
    pub capability: f64,
    pub independence: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            people: 0.20,
            regions: 0.15,
            accountability: 0.15,
            parity: 0.10,
            convenor: 0.15,
            capability: 0.15,
            independence: 0.10,
        }
    }
}

impl Weights {
    /// The weight of a component.
    #[must_use]
    pub fn of(&self, component: Component) -> f64 {
        match component {
            Component::People => self.people,
            Component::Regions => self.regions,
            Component::Accountability => self.accountability,
            Component::Parity => self.parity,
            Component::Convenor => self.convenor,
            Component::Capability => self.capability,
            Component::Independence => self.independence,
        }
    }

    /// The weight of a component, to be changed.
    pub fn of_mut(&mut self, component: Component) -> &mut f64 {
        match component {
            Component::People => &mut self.people,
            Component::Regions => &mut self.regions,
            Component::Accountability => &mut self.accountability,
            Component::Parity => &mut self.parity,
            Component::Convenor => &mut self.convenor,
            Component::Capability => &mut self.capability,
            Component::Independence => &mut self.independence,
        }
    }
}

/// Everything that the numbers of a workspace assume. Written to files without what equals the default.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(from = "Written")]
pub struct Assumptions {
    /// The capital whose costs are watched.
    pub sponsor: CountryId,
    /// The two rival great powers between which an honest broker stands.
    pub poles: [CountryId; 2],
    /// The rival whose leverage is watched.
    pub rival: CountryId,
    /// λ: how much of a vote the fitted model replaces, 0 to 1.
    pub model_share: f64,
    /// H: after how many years a roll call counts half.
    pub half_life: f64,
    /// ρ: how much a roll call counts that is only related to the issue, 0 to 1.
    pub related_weight: f64,
    /// Whether votes are coin flips: the rule alone, no preferences.
    pub a_priori: bool,
    /// What the programme costs, US$ million a year, where it differs from the issue's default.
    pub programme: BTreeMap<Issue, f64>,
    /// How the programme is shared.
    pub burden: Burden,
    /// US$ million a year and member.
    pub unit_costs: UnitCosts,
    /// US$ million a year and pair of members; an assumption.
    pub pair_cost: f64,
    /// What a convenor leaves of the cost of pairs; an assumption.
    pub hub_factor: f64,
    /// Weights of legitimacy.
    pub weights: Weights,
    /// Persons at which `small` is one half; an assumption.
    pub small_population: f64,
    /// How fast equidistance falls with the difference of distances; an assumption.
    pub equidistance_steepness: f64,
    /// Draws for intervals.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Questions of the user's own, with where actors stand.
    pub questions: Vec<Arc<Question>>,
    /// Fields of a later version.
    pub extra: Extra,
    /// Fields of a later version among the unit costs.
    pub unit_costs_extra: Extra,
    /// Fields of a later version among the weights.
    pub weights_extra: Extra,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            sponsor: UNITED_STATES,
            poles: [UNITED_STATES, CHINA],
            rival: CHINA,
            model_share: 0.05,
            half_life: 1.5,
            related_weight: 0.3,
            a_priori: false,
            programme: BTreeMap::new(),
            burden: Burden::default(),
            unit_costs: UnitCosts::default(),
            pair_cost: 0.02,
            hub_factor: 0.5,
            weights: Weights::default(),
            small_population: 25e6,
            equidistance_steepness: 2.0,
            draws: 400,
            seed: 2021,
            questions: Vec::new(),
            extra: Extra::default(),
            unit_costs_extra: Extra::default(),
            weights_extra: Extra::default(),
        }
    }
}

impl Assumptions {
    /// The defaults, with the questions of the user's own, and the fields of a later version that these assumptions carry.
    #[must_use]
    pub fn reset(&self) -> Self {
        Self {
            questions: self.questions.clone(),
            extra: self.extra.clone(),
            unit_costs_extra: self.unit_costs_extra.clone(),
            weights_extra: self.weights_extra.clone(),
            ..Self::default()
        }
    }

    /// A question of the user's own by its key.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> Option<&Arc<Question>> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// A key that no question has.
    #[must_use]
    pub fn free_question_id(&self) -> QuestionId {
        QuestionId(self.questions.iter().map(|question| question.id.0).max().unwrap_or(0).saturating_add(1))
    }

    /// What the programme on an issue costs, US$ million a year.
    #[must_use]
    pub fn programme_of(&self, issue: Issue) -> f64 {
        self.programme.get(&issue).copied().unwrap_or_else(|| issue.default_programme())
    }
}

/// A part of the assumptions with the fields of a later version beside it.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}")]
struct Kept<T> {
    #[serde(flatten)]
    known: T,
    #[serde(flatten)]
    extra: Extra,
}

/// The assumptions as files have them.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(default)]
struct Written {
    sponsor: CountryId,
    poles: [CountryId; 2],
    rival: CountryId,
    model_share: f64,
    half_life: f64,
    related_weight: f64,
    a_priori: bool,
    programme: BTreeMap<Issue, f64>,
    burden: Burden,
    unit_costs: Kept<UnitCosts>,
    pair_cost: f64,
    hub_factor: f64,
    weights: Kept<Weights>,
    small_population: f64,
    equidistance_steepness: f64,
    draws: u32,
    seed: u64,
    questions: Vec<Arc<Question>>,
    #[serde(flatten)]
    extra: Extra,
}

impl Default for Written {
    fn default() -> Self {
        Assumptions::default().into()
    }
}

impl From<Assumptions> for Written {
    fn from(from: Assumptions) -> Self {
        Self {
            sponsor: from.sponsor,
            poles: from.poles,
            rival: from.rival,
            model_share: from.model_share,
            half_life: from.half_life,
            related_weight: from.related_weight,
            a_priori: from.a_priori,
            programme: from.programme,
            burden: from.burden,
            pair_cost: from.pair_cost,
            hub_factor: from.hub_factor,
            small_population: from.small_population,
            equidistance_steepness: from.equidistance_steepness,
            draws: from.draws,
            seed: from.seed,
            questions: from.questions,
            extra: from.extra,
            unit_costs: Kept { known: from.unit_costs, extra: from.unit_costs_extra },
            weights: Kept { known: from.weights, extra: from.weights_extra },
        }
    }
}

impl From<Written> for Assumptions {
    fn from(from: Written) -> Self {
        Self {
            sponsor: from.sponsor,
            poles: from.poles,
            rival: from.rival,
            model_share: from.model_share,
            half_life: from.half_life,
            related_weight: from.related_weight,
            a_priori: from.a_priori,
            programme: from.programme,
            burden: from.burden,
            pair_cost: from.pair_cost,
            hub_factor: from.hub_factor,
            small_population: from.small_population,
            equidistance_steepness: from.equidistance_steepness,
            draws: from.draws,
            seed: from.seed,
            questions: from.questions,
            extra: from.extra,
            unit_costs: from.unit_costs.known,
            unit_costs_extra: from.unit_costs.extra,
            weights: from.weights.known,
            weights_extra: from.weights.extra,
        }
    }
}

impl Serialize for Assumptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        sparse::<_, S::Error>(&Written::from(self.clone()), &Written::default())?.serialize(serializer)
    }
}
