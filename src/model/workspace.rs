//! The document.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Assumptions, Extra, Grouping, GroupingId, Slide, SlideId};

/// What a `.convenor` file holds: groupings under one set of assumptions.
///
/// Groupings are shared behind [`Arc`], so that a snapshot for undo costs a few pointers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Workspace {
    /// The title.
    #[serde(default)]
    pub title: String,
    /// Free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// What the numbers assume.
    #[serde(default, skip_serializing_if = "is_default")]
    pub assumptions: Arc<Assumptions>,
    /// In the order of the board.
    #[serde(default)]
    pub groupings: Vec<Arc<Grouping>>,
    /// What is kept to be shown, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slides: Vec<Arc<Slide>>,
    /// Whose work it is, on every slide, page and export; empty for nobody's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// How it is to be handled, such as “Official – not for publication”, on every slide, page and export.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub handling: String,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Extra,
}

fn is_default(assumptions: &Arc<Assumptions>) -> bool {
    **assumptions == Assumptions::default()
}

impl Workspace {
    /// An empty workspace.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// What a slide captured, as a workspace of its own.
    #[must_use]
    pub fn of_slide(slide: &Slide) -> Self {
        let mut groupings = slide.groupings.clone();
        // Both states of one grouping have its key: the one before gets another.
        if let [before, after] = groupings.as_mut_slice()
            && before.id == after.id
        {
            Arc::make_mut(before).id = GroupingId(after.id.0.wrapping_add(1));
        }
        Self { assumptions: slide.assumptions.clone(), groupings, ..Self::default() }
    }

    /// A grouping by its key.
    #[must_use]
    pub fn grouping(&self, id: GroupingId) -> Option<&Arc<Grouping>> {
        self.groupings.iter().find(|grouping| grouping.id == id)
    }

    /// A grouping by its key, to be changed; copied first where a snapshot still holds it.
    pub fn grouping_mut(&mut self, id: GroupingId) -> Option<&mut Grouping> {
        self.groupings.iter_mut().find(|grouping| grouping.id == id).map(Arc::make_mut)
    }

    /// The position of a grouping on the board.
    #[must_use]
    pub fn position(&self, id: GroupingId) -> Option<usize> {
        self.groupings.iter().position(|grouping| grouping.id == id)
    }

    /// A slide by its key.
    #[must_use]
    pub fn slide(&self, id: SlideId) -> Option<&Arc<Slide>> {
        self.slides.iter().find(|slide| slide.id == id)
    }

    /// A key that no slide has.
    #[must_use]
    pub fn free_slide_id(&self) -> SlideId {
        SlideId(self.slides.iter().map(|slide| slide.id.0).max().unwrap_or(0).saturating_add(1))
    }

    /// A key that no grouping has.
    #[must_use]
    pub fn free_id(&self) -> GroupingId {
        GroupingId(self.groupings.iter().map(|grouping| grouping.id.0).max().unwrap_or(0).saturating_add(1))
    }

    /// The first colour that no grouping has.
    #[must_use]
    pub fn free_colour(&self) -> u8 {
        (0..=u8::MAX).find(|colour| self.groupings.iter().all(|grouping| grouping.colour != *colour)).unwrap_or(0)
    }

    /// A name that no grouping has: the wanted one, or the wanted one with a number behind it.
    #[must_use]
    pub fn free_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.groupings.iter().any(|grouping| grouping.name == name);
        if !taken(wanted) {
            return wanted.to_owned();
        }
        let numbered = (2..=self.groupings.len() + 2).map(|n| format!("{wanted} {n}"));
        numbered.into_iter().find(|name| !taken(name)).unwrap_or_else(|| wanted.to_owned())
    }
}
