//! What a figure is about, where it comes from, and the figure with both.

use super::CountryId;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provenance {
    /// The indicator itself.
    Published,
    /// A second source, where the first has nothing.
    SecondSource,
    /// The product or sum of published figures.
    Derived,
    /// The figure of the nearest year that has one.
    NearestYear,
    /// The median of UN members of the same subregion.
    Neighbours,
    /// A rule: assessment by GDP.
    Estimated,
    /// A rule: without a GDP, the least assessment.
    Least,
    /// The rival is not among the partners listed for exports, for imports, or for either: 0 stands for “below the fifth”.
    BelowFifth {
        /// Not among the export markets.
        exports: bool,
        /// Not among the suppliers.
        imports: bool,
    },
    /// Votes of an actor without a seat, filled in by the fitted curves from an estimated ideal point.
    Modelled,
    /// Votes of an actor without a seat and without an ideal point: it abstains.
    Abstaining,
    /// A figure of the user's own, in place of the built-in one.
    Own,
    /// There is none.
    Missing,
}

impl Provenance {
    /// The flag that must stand beside the figure; `None` for published figures.
    #[must_use]
    pub fn flag(self) -> Option<&'static str> {
        Some(match self {
            Self::Published
            | Self::SecondSource
            | Self::Derived
            | Self::NearestYear
            | Self::BelowFifth { exports: false, imports: false } => return None,
            Self::Neighbours => "estimated from neighbours",
            Self::Estimated => "estimated from GDP",
            Self::Least => "no GDP to estimate it from, least rate 0.001 %",
            Self::BelowFifth { exports: true, imports: true } => {
                "not among the five largest partners listed, counted as 0"
            }
            Self::BelowFifth { exports: true, .. } => "not among the five largest export markets listed, counted as 0",
            Self::BelowFifth { .. } => "not among the five largest suppliers listed, counted as 0",
            Self::Modelled => "no seat in the General Assembly, modelled from an estimated ideal point",
            Self::Abstaining => "no seat in the General Assembly and no ideal point, counted as abstaining",
            Self::Own => "your own figure",
            Self::Missing => "no figure",
        })
    }

    /// Whether the figure stands in a published table, or is a sum or product of such.
    #[must_use]
    pub fn is_published(self) -> bool {
        self.flag().is_none()
    }
}

/// A value with where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fact {
    /// In the unit of its [`Subject`]; `None` where there is no figure.
    pub value: Option<f64>,
    /// The year; `None` where figures of several years were joined or estimated.
    pub year: Option<u16>,
    /// How it came about.
    pub provenance: Provenance,
    /// The code of the main indicator it rests on; empty where it rests on none.
    pub indicator: &'static str,
    /// The code of the indicator it was multiplied with or added to; empty where there is none.
    pub with: &'static str,
}

impl Fact {
    pub(super) const MISSING: Self =
        Self { value: None, year: None, provenance: Provenance::Missing, indicator: "", with: "" };
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Persons.
    Population,
    /// Persons who use the internet.
    InternetUsers,
    /// Current US$.
    Gdp,
    /// Million tonnes of CO₂ equivalent, land use included: who emits can cut.
    GreenhouseGases,
    /// US$ (share × GDP).
    HealthSpending,
    /// US$ (share × GDP).
    ResearchSpending,
    /// Exports plus imports, US$.
    Trade,
    /// US$.
    MilitarySpending,
    /// US$ of 2023.
    AidGiven,
    /// UN regular budget assessment rate, per cent.
    Assessment,
    /// Latest ideal point in the General Assembly (final-passage votes).
    IdealPoint,
    /// V-Dem electoral democracy, 0 to 1.
    Polyarchy,
    /// WGI government effectiveness, about −2.5 to 2.5.
    Governance,
    /// Ideal point of a year; else of the nearest year, the earlier of two; else the latest or estimated one.
    IdealPointIn(u16),
    /// Exposure to a rival: its share in the actor's exports and imports, 0 to 1, 1 for the rival itself.
    TradeWith(CountryId),
    /// Ballots cast in the built-in roll calls.
    Votes,
}

impl Subject {
    /// The subjects that have a table of their own, once each.
    pub const ALL: [Self; 13] = [
        Self::Population,
        Self::InternetUsers,
        Self::Gdp,
        Self::GreenhouseGases,
        Self::HealthSpending,
        Self::ResearchSpending,
        Self::Trade,
        Self::MilitarySpending,
        Self::AidGiven,
        Self::Assessment,
        Self::IdealPoint,
        Self::Polyarchy,
        Self::Governance,
    ];

    /// In words, to follow “share of the world's …”.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Population => "population",
            Self::InternetUsers => "internet users",
            Self::Gdp => "GDP",
            Self::GreenhouseGases => "greenhouse gas emissions",
            Self::HealthSpending => "health spending",
            Self::ResearchSpending => "research spending",
            Self::Trade => "trade",
            Self::MilitarySpending => "military spending",
            Self::AidGiven => "development aid given",
            Self::Assessment => "UN assessment rate",
            Self::IdealPoint => "ideal point",
            Self::IdealPointIn(_) => "ideal point of the year",
            Self::Polyarchy => "electoral democracy",
            Self::Governance => "government effectiveness",
            Self::TradeWith(_) => "trade with the rival",
            Self::Votes => "votes",
        }
    }

    /// The unit of the values.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Population | Self::InternetUsers => "persons",
            Self::GreenhouseGases => "Mt CO₂e",
            Self::AidGiven => "US$ of 2023",
            Self::Gdp | Self::HealthSpending | Self::ResearchSpending | Self::Trade | Self::MilitarySpending => "US$",
            Self::Assessment => "%",
            Self::IdealPoint | Self::IdealPointIn(_) => "ideal point",
            Self::Polyarchy | Self::TradeWith(_) => "0 to 1",
            Self::Governance => "about −2.5 to 2.5",
            Self::Votes => "ballots",
        }
    }

    /// The place of its table in [`Subject::ALL`]; `None` where it is answered without one.
    pub(super) fn slot(self) -> Option<usize> {
        Some(match self {
            Self::Population => 0,
            Self::InternetUsers => 1,
            Self::Gdp => 2,
            Self::GreenhouseGases => 3,
            Self::HealthSpending => 4,
            Self::ResearchSpending => 5,
            Self::Trade => 6,
            Self::MilitarySpending => 7,
            Self::AidGiven => 8,
            Self::Assessment => 9,
            Self::IdealPoint => 10,
            Self::Polyarchy => 11,
            Self::Governance => 12,
            Self::IdealPointIn(_) | Self::TradeWith(_) | Self::Votes => return None,
        })
    }
}
