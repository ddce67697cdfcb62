//! The topics a grouping can be about (`model.md`, table of issues).

use serde::{Deserialize, Serialize};

use crate::data::{IssueCodes, Subject};

/// The topic of a grouping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it; `label` puts them in words")]
pub enum Issue {
    #[default]
    General,
    Climate,
    Pandemic,
    Technology,
    Trade,
    Security,
    Nuclear,
    HumanRights,
    Development,
}

impl Issue {
    /// All issues, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::General,
        Self::Climate,
        Self::Pandemic,
        Self::Technology,
        Self::Trade,
        Self::Security,
        Self::Nuclear,
        Self::HumanRights,
        Self::Development,
    ];

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Climate => "Climate",
            Self::Pandemic => "Pandemic",
            Self::Technology => "Technology",
            Self::Trade => "Trade",
            Self::Security => "Security",
            Self::Nuclear => "Nuclear",
            Self::HumanRights => "Human rights",
            Self::Development => "Development",
        }
    }

    /// The issue by the name used in files, such as `human_rights`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|issue| issue.name() == name)
    }

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Climate => "climate",
            Self::Pandemic => "pandemic",
            Self::Technology => "technology",
            Self::Trade => "trade",
            Self::Security => "security",
            Self::Nuclear => "nuclear",
            Self::HumanRights => "human_rights",
            Self::Development => "development",
        }
    }

    /// Whether a roll call with these codes is on the issue.
    ///
    /// Votes coded as on the Palestinian conflict are never used; those coded as on arms only for security, nuclear and general.
    #[must_use]
    pub fn uses(self, codes: IssueCodes) -> bool {
        let arms = IssueCodes::DI.union(IssueCodes::NU);
        if codes.meets(IssueCodes::ME) {
            return false;
        }
        let listed = |wanted: IssueCodes, uncoded: bool| codes.meets(wanted) || (uncoded && codes.is_empty());
        match self {
            Self::General => true,
            Self::Security => listed(arms, false),
            Self::Nuclear => listed(IssueCodes::NU, false),
            _ if codes.meets(arms) => false,
            Self::Climate | Self::Technology => listed(IssueCodes::EC, true),
            Self::Pandemic => listed(IssueCodes::EC.union(IssueCodes::HR), true),
            Self::Trade | Self::Development => listed(IssueCodes::EC, false),
            Self::HumanRights => listed(IssueCodes::HR, false),
        }
    }

    /// What the votes of the issue rest on, where that needs saying.
    #[must_use]
    pub fn caution(self) -> Option<&'static str> {
        match self {
            Self::Trade | Self::Development => Some("rests on votes up to 2018"),
            Self::Climate | Self::Pandemic | Self::Technology => Some("rests largely on votes without an issue code"),
            _ => None,
        }
    }

    /// The figure that says who can deliver.
    #[must_use]
    pub fn capability(self) -> Subject {
        match self {
            Self::General | Self::HumanRights => Subject::Gdp,
            Self::Climate => Subject::GreenhouseGases,
            Self::Pandemic => Subject::HealthSpending,
            Self::Technology => Subject::ResearchSpending,
            Self::Trade => Subject::Trade,
            Self::Security | Self::Nuclear => Subject::MilitarySpending,
            Self::Development => Subject::AidGiven,
        }
    }

    /// The figure that says who is affected: internet users for technology, everybody else otherwise.
    #[must_use]
    pub fn affected(self) -> Subject {
        if self == Self::Technology { Subject::InternetUsers } else { Subject::Population }
    }

    /// What the programme costs by default, US$ million a year.
    #[must_use]
    pub fn default_programme(self) -> f64 {
        match self {
            Self::General | Self::Technology => 1_000.0,
            Self::Climate => 100_000.0,
            Self::Pandemic => 10_500.0,
            Self::Trade | Self::HumanRights => 500.0,
            Self::Security => 2_000.0,
            Self::Nuclear => 450.0,
            Self::Development => 30_000.0,
        }
    }

    /// Where the default programme comes from; `None` if it is an assumption without a source.
    #[must_use]
    pub fn programme_source(self) -> Option<&'static str> {
        match self {
            Self::Climate => Some("the yearly pledge to developing countries made in 2009"),
            Self::Pandemic => Some("extra yearly international finance, World Bank and WHO estimate of 2022"),
            _ => None,
        }
    }
}
