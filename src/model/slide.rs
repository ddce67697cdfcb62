//! A slide: a state of the work that is kept to be shown.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Assumptions, Extra, Grouping, GroupingId, View};

/// The key of a slide within its workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SlideId(pub u32);

/// What a slide shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlideKind {
    /// One grouping: its members and its figures.
    #[default]
    One,
    /// Two to four groupings side by side.
    Compare,
    /// One chart, large.
    Chart,
    /// A grouping before and after: what changed, and what that does.
    Change,
    /// The roll calls behind a figure.
    Record,
    /// A text.
    Text,
}

impl SlideKind {
    /// All kinds, in the order of the list.
    pub const ALL: [Self; 6] = [Self::One, Self::Compare, Self::Chart, Self::Change, Self::Record, Self::Text];

    /// The name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::One => "One grouping",
            Self::Compare => "Side by side",
            Self::Chart => "One chart",
            Self::Change => "Before and after",
            Self::Record => "The record",
            Self::Text => "Text",
        }
    }

    /// How many groupings it shows at most.
    #[must_use]
    pub fn most(self) -> usize {
        match self {
            Self::One | Self::Record => 1,
            Self::Change => 2,
            Self::Compare => Slide::MOST_BESIDE,
            Self::Chart => usize::MAX,
            Self::Text => 0,
        }
    }
}

/// A number that was shown when a slide was captured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlideFigure {
    /// The grouping; `None` is the venue that it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<GroupingId>,
    /// The name of the measure.
    pub measure: String,
    /// The figure; `None` where it was not defined.
    pub value: Option<f64>,
    /// The lower end of its interval, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
}

/// A state of the work that is kept to be shown: the groupings as they were, under the assumptions of that moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Slide {
    /// Its key.
    pub id: SlideId,
    /// What it shows.
    #[serde(default)]
    pub kind: SlideKind,
    /// What it states, in a sentence.
    #[serde(default)]
    pub title: String,
    /// Whether the statement is the user's own; else it follows the figures.
    #[serde(default, skip_serializing_if = "is_false")]
    pub own_title: bool,
    /// What stands below the picture, or the text of a slide of text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// What the speaker wants to say; never shown to the room.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// Whether the figures are hidden until they are revealed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hides_figures: bool,
    /// The groupings as they were. Before and after: the state before, then the state after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groupings: Vec<Arc<Grouping>>,
    /// The assumptions of that moment.
    #[serde(default, skip_serializing_if = "is_default")]
    pub assumptions: Arc<Assumptions>,
    /// What was looked at.
    #[serde(default, skip_serializing_if = "is_default_view")]
    pub view: View,
    /// The chart, by id; only a slide with one chart has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub chart: String,
    /// The venue that figures are compared with, by its code; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub baseline: String,
    /// The numbers as they were shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<SlideFigure>,
    /// Of what day the data were, as the program told it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub data: String,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Extra,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_false(value: &bool) -> bool {
    !*value
}

fn is_default(assumptions: &Arc<Assumptions>) -> bool {
    **assumptions == Assumptions::default()
}

fn is_default_view(view: &View) -> bool {
    *view == View::default()
}

impl Slide {
    /// How many groupings stand side by side at most.
    pub const MOST_BESIDE: usize = 4;

    /// The grouping that it is mainly about: the one that was selected, else the last of before and after, else the first.
    #[must_use]
    pub fn main(&self) -> Option<&Arc<Grouping>> {
        let selected = self.groupings.iter().rev().find(|grouping| Some(grouping.id) == self.view.selected);
        match self.kind {
            SlideKind::Change => self.groupings.last(),
            _ => selected.or(self.groupings.first()),
        }
    }
}
