//! What the middle of the window holds.

use serde::{Deserialize, Serialize};

use super::Named;

/// What the middle of the window holds, one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The board: one card a grouping.
    #[default]
    Board,
    /// The roll calls behind the deadlock risk of the selected grouping.
    Record,
}

impl Place {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Board, Self::Record];

    /// On the switch.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Board => "Board",
            Self::Record => "Record",
        }
    }

    /// What a hover tells.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Board => "The groupings, each with its members and figures",
            Self::Record => "The roll calls that the deadlock risk of the selected grouping rests on",
        }
    }

    /// The command that shows it.
    #[must_use]
    pub fn command(self) -> Named {
        match self {
            Self::Board => Named::ShowBoard,
            Self::Record => Named::ShowRecord,
        }
    }
}
