//! How a grouping decides (*Rule* in `METHODS.md`).

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::Extra;
use crate::data::CountryId;

/// The rule by which proposals pass.
#[derive(Clone, Debug, PartialEq)]
pub enum DecisionRule {
    /// One of the usual rules.
    Named(NamedRule),
    /// Criteria, vetoes and a blocking minority of the user's own.
    Custom(Box<CustomRule>),
}

impl Default for DecisionRule {
    fn default() -> Self {
        Self::Named(NamedRule::Consensus)
    }
}

/// The usual rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NamedRule {
    /// More than half vote yes and nobody votes no.
    Consensus,
    /// All vote yes.
    Unanimity,
    /// More than half vote yes.
    SimpleMajority,
    /// At least two thirds vote yes.
    TwoThirds,
    /// 55 % of members and 65 % of population, blocking minority of four (Lisbon).
    EuQualifiedMajority,
    /// Nine of fifteen, and no permanent member votes no.
    SecurityCouncil,
    /// More than half of those who vote yes or no.
    PresentAndVoting,
    /// At least two thirds of those who vote yes or no.
    TwoThirdsPresentAndVoting,
}

/// What a criterion adds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Each member counts one.
    #[default]
    Members,
    /// Persons.
    Population,
    /// GDP, current US$.
    Gdp,
    /// UN regular budget assessment rate, per cent.
    Assessment,
    /// Votes that the user gives each member.
    Custom,
}

impl Basis {
    /// All bases.
    pub const ALL: [Self; 5] = [Self::Members, Self::Population, Self::Gdp, Self::Assessment, Self::Custom];

    /// In words, to follow “of the”.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Population => "population",
            Self::Gdp => "GDP",
            Self::Assessment => "UN assessment",
            Self::Custom => "votes",
        }
    }
}

/// Whose weight a criterion takes its share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// That of all voting members.
    #[default]
    All,
    /// That of those who vote yes or no. If nobody does, the criterion is not met.
    Voting,
}

impl Of {
    /// Both.
    pub const ALL: [Self; 2] = [Self::All, Self::Voting];

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::All => "all of them",
            Self::Voting => "those voting yes or no",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
    fn is_all(&self) -> bool {
        *self == Self::All
    }
}

impl<'de> Deserialize<'de> for Of {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(word) if word == "all" => Ok(Self::All),
            Value::String(word) if word == "voting" => Ok(Self::Voting),
            _ => {
                Err(serde::de::Error::custom("“of” is \"all\" (all members) or \"voting\" (those who vote yes or no)"))
            }
        }
    }
}

/// A share of a total, between 0 and 1. Fractions such as 2/3 stay fractions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// A decimal.
    Number(f64),
    /// Numerator and denominator.
    Fraction(u32, u32),
}

impl Share {
    /// The share as a number.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::Number(value) => value,
            Self::Fraction(above, below) => f64::from(above) / f64::from(below),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(value) => {
                let percent = value * 100.0;
                if (percent - percent.round()).abs() < 1e-9 {
                    write!(f, "{percent:.0} %")
                } else {
                    write!(f, "{percent:.2} %")
                }
            }
            Self::Fraction(1, 2) => f.write_str("half"),
            Self::Fraction(above, below) => write!(f, "{above}/{below}"),
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Fraction(above, below) => serializer.collect_str(&format_args!("{above}/{below}")),
        }
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EXPECTED: &str = "a share is a number from 0 to 1, or a fraction such as \"2/3\"";
        let share = match Value::deserialize(deserializer)? {
            Value::Number(number) => number.as_f64().map(Self::Number),
            Value::String(text) => text.split_once('/').and_then(|(above, below)| {
                Some(Self::Fraction(above.trim().parse().ok()?, below.trim().parse().ok().filter(|below| *below > 0)?))
            }),
            _ => None,
        };
        share.filter(|share| (0.0..=1.0).contains(&share.value())).ok_or_else(|| serde::de::Error::custom(EXPECTED))
    }
}

/// One condition that the yes votes must meet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Criterion {
    /// What is added up.
    #[serde(default)]
    pub basis: Basis,
    /// The share of the total that is asked for.
    pub share: Share,
    /// Whose weight is the total.
    #[serde(default, skip_serializing_if = "Of::is_all")]
    pub of: Of,
    /// Whether the share must be exceeded rather than reached.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
    /// With [`Basis::Custom`]: the votes of each member; members not listed have none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub custom: BTreeMap<CountryId, f64>,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Criterion {
    /// A criterion on a share of a basis, to be reached.
    #[must_use]
    pub fn new(basis: Basis, share: Share) -> Self {
        Self { basis, share, of: Of::All, strict: false, custom: BTreeMap::new(), extra: Extra::default() }
    }

    /// The same, to be exceeded.
    #[must_use]
    pub fn exceeded(self) -> Self {
        Self { strict: true, ..self }
    }

    /// The same, of those who vote yes or no.
    #[must_use]
    pub fn of_those_voting(self) -> Self {
        Self { of: Of::Voting, ..self }
    }

    /// In words, such as “at least 65 % of the population” or “more than half of those voting yes or no”.
    #[must_use]
    pub fn words(&self) -> String {
        let all = self.basis == Basis::Members && !self.strict && (self.share.value() - 1.0).abs() < 1e-9;
        let bound = if self.strict { "more than" } else { "at least" };
        let of = if self.share == Share::Fraction(1, 2) { "" } else { "of " };
        match (self.of, self.basis) {
            (Of::All, _) if all => "all members".to_owned(),
            (Of::Voting, _) if all => "all of those voting yes or no".to_owned(),
            (Of::All, basis) => format!("{bound} {} {of}the {}", self.share, basis.words()),
            (Of::Voting, Basis::Members) => format!("{bound} {} of those voting yes or no", self.share),
            (Of::Voting, basis) => {
                format!("{bound} {} {of}the {} of those voting yes or no", self.share, basis.words())
            }
        }
    }
}

/// Whose no blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Veto {
    /// Nobody's.
    #[default]
    None,
    /// Every voting member's.
    All,
    /// That of those listed; those outside the grouping are ignored.
    List(Vec<CountryId>),
}

impl Veto {
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

impl Serialize for Veto {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.collect_seq(std::iter::empty::<CountryId>()),
            Self::All => serializer.serialize_str("all"),
            Self::List(holders) => serializer.collect_seq(holders),
        }
    }
}

impl<'de> Deserialize<'de> for Veto {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) if text == "all" => Ok(Self::All),
            Value::Array(holders) if holders.is_empty() => Ok(Self::None),
            Value::Array(holders) => serde_json::from_value(Value::Array(holders))
                .map(Self::List)
                .map_err(|error| serde::de::Error::custom(format!("veto: {error}"))),
            _ => Err(serde::de::Error::custom("veto is \"all\" or a list of country codes")),
        }
    }
}

/// How many criteria a rule may have.
pub const MOST_CRITERIA: usize = 32;

/// A rule in full.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CustomRule {
    /// All of them must be met.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// Whose no blocks.
    #[serde(default, skip_serializing_if = "Veto::is_none")]
    pub veto: Veto,
    /// If fewer than this many members fail to vote yes, every criterion except those on members counts as met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocking_minority: Option<u32>,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl NamedRule {
    /// All named rules.
    pub const ALL: [Self; 8] = [
        Self::Consensus,
        Self::Unanimity,
        Self::SimpleMajority,
        Self::TwoThirds,
        Self::PresentAndVoting,
        Self::TwoThirdsPresentAndVoting,
        Self::EuQualifiedMajority,
        Self::SecurityCouncil,
    ];

    /// The five permanent members of the Security Council.
    pub const PERMANENT_FIVE: [CountryId; 5] = [
        CountryId::new(*b"CHN"),
        CountryId::new(*b"FRA"),
        CountryId::new(*b"RUS"),
        CountryId::new(*b"GBR"),
        CountryId::new(*b"USA"),
    ];

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Consensus => "Consensus",
            Self::Unanimity => "Unanimity",
            Self::SimpleMajority => "Simple majority",
            Self::TwoThirds => "Two thirds",
            Self::EuQualifiedMajority => "Qualified majority (EU)",
            Self::SecurityCouncil => "Security Council rule",
            Self::PresentAndVoting => "Present and voting",
            Self::TwoThirdsPresentAndVoting => "Two thirds, present and voting",
        }
    }

    /// What the rule asks for, in a phrase.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Consensus => "more than half vote yes and nobody votes no",
            Self::Unanimity => "all members vote yes",
            Self::SimpleMajority => "more than half of the members vote yes",
            Self::TwoThirds => "at least two thirds of the members vote yes",
            Self::EuQualifiedMajority => {
                "at least 55 % of the members with 65 % of the population vote yes; four members are needed to block by population"
            }
            Self::SecurityCouncil => "nine of fifteen (60 %) vote yes and no permanent member votes no",
            Self::PresentAndVoting => {
                "more than half of those who vote yes or no vote yes; who abstains does not count"
            }
            Self::TwoThirdsPresentAndVoting => {
                "at least two thirds of those who vote yes or no vote yes; who abstains does not count"
            }
        }
    }

    /// The rule in full.
    #[must_use]
    pub fn in_full(self) -> CustomRule {
        let half = Criterion::new(Basis::Members, Share::Fraction(1, 2)).exceeded();
        let rule = |criteria: Vec<Criterion>, veto: Veto| CustomRule { criteria, veto, ..CustomRule::default() };
        match self {
            Self::Consensus => rule(vec![half], Veto::All),
            Self::Unanimity => rule(vec![Criterion::new(Basis::Members, Share::Number(1.0))], Veto::None),
            Self::SimpleMajority => rule(vec![half], Veto::None),
            Self::TwoThirds => rule(vec![Criterion::new(Basis::Members, Share::Fraction(2, 3))], Veto::None),
            Self::EuQualifiedMajority => CustomRule {
                criteria: vec![
                    Criterion::new(Basis::Members, Share::Number(0.55)),
                    Criterion::new(Basis::Population, Share::Number(0.65)),
                ],
                blocking_minority: Some(4),
                ..CustomRule::default()
            },
            Self::SecurityCouncil => rule(
                vec![Criterion::new(Basis::Members, Share::Number(0.6))],
                Veto::List(Self::PERMANENT_FIVE.to_vec()),
            ),
            Self::PresentAndVoting => rule(vec![half.of_those_voting()], Veto::None),
            Self::TwoThirdsPresentAndVoting => {
                rule(vec![Criterion::new(Basis::Members, Share::Fraction(2, 3)).of_those_voting()], Veto::None)
            }
        }
    }
}

impl CustomRule {
    /// In words: criteria, vetoes, blocking minority.
    #[must_use]
    pub fn words(&self) -> String {
        let mut parts: Vec<String> = self.criteria.iter().map(Criterion::words).collect();
        match &self.veto {
            Veto::None => {}
            Veto::All => parts.push("all hold a veto".to_owned()),
            Veto::List(holders) => {
                let names: Vec<&str> = holders.iter().map(CountryId::as_str).collect();
                parts.push(format!("veto: {}", names.join(", ")));
            }
        }
        if let Some(minority) = self.blocking_minority {
            parts.push(format!("blocking minority {minority}"));
        }
        if parts.is_empty() { "everything passes".to_owned() } else { parts.join(", ") }
    }
}

impl DecisionRule {
    /// The rule in full.
    #[must_use]
    pub fn in_full(&self) -> CustomRule {
        match self {
            Self::Named(rule) => rule.in_full(),
            Self::Custom(rule) => (**rule).clone(),
        }
    }

    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Named(rule) => rule.words().to_owned(),
            Self::Custom(rule) => {
                let mut words = rule.words();
                if let Some(first) = words.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                words
            }
        }
    }
}

impl Serialize for DecisionRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Named(rule) => rule.serialize(serializer),
            Self::Custom(rule) => rule.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for DecisionRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        match Value::deserialize(deserializer)? {
            name @ Value::String(_) => serde_json::from_value(name).map(Self::Named).map_err(D::Error::custom),
            rule @ Value::Object(_) => {
                serde_json::from_value(rule).map(|rule| Self::Custom(Box::new(rule))).map_err(D::Error::custom)
            }
            _ => Err(D::Error::custom("a rule is a name such as \"consensus\" or an object with criteria")),
        }
    }
}
