//! What a grouping can be about (*Votes behind each issue* in `METHODS.md`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::{Subject, Topics};

/// How a roll call bears on an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relevance {
    /// It is about a topic of the issue itself.
    Direct,
    /// It is only about a topic that is related to the issue.
    Related,
}

/// The topic of a grouping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
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

    /// The topics that the issue is about; none for “general”, where every roll call is.
    #[must_use]
    pub fn direct(self) -> Topics {
        match self {
            Self::General => Topics::NONE,
            Self::Climate => Topics::ENVIRONMENT,
            Self::Pandemic => Topics::HEALTH,
            Self::Technology => Topics::TECHNOLOGY,
            Self::Trade => Topics::TRADE,
            Self::Security => Topics::ARMS.union(Topics::CONFLICT).union(Topics::NUCLEAR),
            Self::Nuclear => Topics::NUCLEAR,
            Self::HumanRights => Topics::RIGHTS,
            Self::Development => Topics::DEVELOPMENT,
        }
    }

    /// The topics that are related to the issue.
    #[must_use]
    pub fn related(self) -> Topics {
        match self {
            Self::General | Self::Security | Self::HumanRights => Topics::NONE,
            Self::Climate | Self::Pandemic | Self::Technology => Topics::DEVELOPMENT,
            Self::Trade => Topics::DEVELOPMENT.union(Topics::SANCTIONS),
            Self::Nuclear => Topics::ARMS,
            Self::Development => Topics::TRADE.union(Topics::ENVIRONMENT),
        }
    }

    /// How a roll call with these topics bears on the issue; `None` if it does not.
    ///
    /// Votes on Palestine and the Israeli–Arab conflict are never used. “General” uses all others, also those without a topic.
    /// A vote that is only related, and is on arms or nuclear weapons too, is used only where these are what is related.
    #[must_use]
    pub fn relevance(self, topics: Topics) -> Option<Relevance> {
        const WEAPONS: Topics = Topics::ARMS.union(Topics::NUCLEAR);
        if topics.meets(Topics::ME) {
            return None;
        }
        if self == Self::General || topics.meets(self.direct()) {
            return Some(Relevance::Direct);
        }
        let related = self.related();
        let fits = topics.meets(related) && (related.meets(WEAPONS) || !topics.meets(WEAPONS));
        fits.then_some(Relevance::Related)
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
