//! What an actor does in a grouping.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The role of an actor in a grouping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Leads and tables proposals; votes. There may be several.
    Convenor,
    /// Votes.
    #[default]
    Member,
    /// Listed; counts in no measure.
    Observer,
}

impl Role {
    /// All roles, in the order in which cards show them.
    pub const ALL: [Self; 3] = [Self::Convenor, Self::Member, Self::Observer];

    /// Whether the actor votes.
    #[must_use]
    pub fn votes(self) -> bool {
        self != Self::Observer
    }

    /// The word for one such actor.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Convenor => "convenor",
            Self::Member => "member",
            Self::Observer => "observer",
        }
    }

    /// Reads a role as the membership tables word it; `None` where the seat is to be left out
    /// (withdrawn, former, inactive, suspended, disputed) or the word is unknown.
    #[must_use]
    pub fn from_table(word: &str) -> Option<Self> {
        Some(match word {
            "lead" | "host" | "convener" | "convenor" => Self::Convenor,
            "member"
            | "invitee"
            | "permanent_member"
            | "elected_member"
            | "non_enumerated_member"
            | "founder"
            | "joined"
            | "signatory"
            | "participant"
            | "ratified" => Self::Member,
            "associate" | "friend" | "partner" | "observer" | "invited" => Self::Observer,
            _ => return None,
        })
    }
}
