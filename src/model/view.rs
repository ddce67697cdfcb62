//! What of a workspace is looked at, as a plain value.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::GroupingId;

/// What the middle of the window holds, one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The board: one card a grouping.
    #[default]
    Board,
    /// The roll calls behind the deadlock risk of the selected grouping.
    Record,
    /// The slides.
    Slides,
    /// The search for designs.
    Search,
    /// Questions of the user's own.
    Whip,
}

impl Place {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 5] = [Self::Board, Self::Record, Self::Slides, Self::Search, Self::Whip];

    /// On the switch.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Board => "Board",
            Self::Record => "Record",
            Self::Slides => "Slides",
            Self::Search => "Search",
            Self::Whip => "Whip sheet",
        }
    }

    /// What a hover tells.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Board => "The groupings, each with its members and figures",
            Self::Whip => "Questions of your own: where capitals stand, and what a vote would bring",
            Self::Search => "Which design would do best: all that keep your bounds, gone through",
            Self::Slides => "What is kept to be shown to others, in order",
            Self::Record => "The roll calls that the deadlock risk of the selected grouping rests on",
        }
    }
}

/// The tabs of the right side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// The plots.
    #[default]
    Plots,
    /// The inspector.
    Inspector,
    /// Groupings beside each other, figure by figure.
    Compare,
    /// What to do next with the selected grouping.
    Moves,
}

/// The sides of the window that can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Panes {
    /// The list of countries, at the left.
    pub countries: bool,
    /// What is live about the selection, at the right.
    pub live: bool,
}

impl Default for Panes {
    fn default() -> Self {
        Self { countries: true, live: true }
    }
}

/// What of a workspace is looked at. No part of the document and not undone; it can be stored and asked for beside the one that is
/// on the screen. Charts are named by their ids, so that it holds no type of what draws them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct View {
    /// What the middle holds.
    pub place: Place,
    /// What the right side holds.
    pub tab: Tab,
    /// The sides that are shown.
    pub panes: Panes,
    /// The charts that are open, by id.
    pub charts: BTreeSet<String>,
    /// The charts that show their table in place of the picture, by id.
    pub tables: BTreeSet<String>,
    /// The selected grouping.
    pub selected: Option<GroupingId>,
}

impl View {
    /// Whether a chart is open.
    #[must_use]
    pub fn is_open(&self, chart: &str) -> bool {
        self.charts.contains(chart)
    }

    /// Opens or closes a chart.
    pub fn set_open(&mut self, chart: &str, open: bool) {
        set(&mut self.charts, chart, open);
    }

    /// Whether a chart shows its table in place of the picture.
    #[must_use]
    pub fn is_table(&self, chart: &str) -> bool {
        self.tables.contains(chart)
    }

    /// Shows the table, or the picture, of a chart.
    pub fn set_table(&mut self, chart: &str, table: bool) {
        set(&mut self.tables, chart, table);
    }

    /// Whether every open chart shows its table.
    #[must_use]
    pub fn all_tables(&self) -> bool {
        !self.charts.is_empty() && self.charts.is_subset(&self.tables)
    }
}

fn set(names: &mut BTreeSet<String>, name: &str, present: bool) {
    if present {
        names.insert(name.to_owned());
    } else {
        names.remove(name);
    }
}
