//! How the window is laid out: remembered apart from the workspace.

use std::collections::BTreeSet;

use eframe::egui;
use serde::{Deserialize, Serialize};

use super::theme;
use crate::chart;
use crate::model::{Panes, Place, Tab, View};

/// The key under which the layout is kept.
pub const KEY: &str = "layout";

/// What is remembered of the window from one start to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// The charts that are open; `None` for those that are open at first.
    pub charts: Option<Vec<String>>,
    /// The charts that show their table.
    pub tables: Vec<String>,
    /// What the middle holds.
    pub place: Place,
    /// The tab of the right side.
    pub tab: Tab,
    /// The sides that are shown.
    pub panes: Panes,
    /// Dark, light, or as the system has it.
    pub dark: Option<bool>,
    /// Whether contrast is higher than usual.
    pub high_contrast: bool,
    /// Whether nothing moves by itself: slides change at once, panels open at once.
    pub still: bool,
}

impl Layout {
    /// The layout of the window as it is.
    #[must_use]
    pub fn of(view: &View, dark: Option<bool>, high_contrast: bool, still: bool) -> Self {
        let names = |of: &BTreeSet<String>| of.iter().cloned().collect();
        Self {
            charts: Some(names(&view.charts)),
            tables: names(&view.tables),
            place: view.place,
            tab: view.tab,
            panes: view.panes,
            dark,
            high_contrast,
            still,
        }
    }

    /// Reads what [`Self::text`] wrote.
    ///
    /// # Errors
    /// The text is not a layout.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// As it is kept.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Looks at the workspace in this way; names of charts that are no more are passed over.
    pub fn apply(&self, view: &mut View) {
        let known = |names: &[String]| names.iter().filter(|name| chart::by_id(name).is_some()).cloned().collect();
        view.charts = self.charts.as_deref().map_or_else(chart::open_at_first, known);
        view.tables = known(&self.tables);
        (view.place, view.tab, view.panes) = (self.place, self.tab, self.panes);
    }

    /// Gives the window its colours.
    pub fn colour(&self, ctx: &egui::Context) {
        theme::set_contrast(ctx, self.high_contrast);
        theme::set_still(ctx, self.still);
        ctx.set_theme(match self.dark {
            Some(true) => egui::ThemePreference::Dark,
            Some(false) => egui::ThemePreference::Light,
            None => egui::ThemePreference::System,
        });
    }
}

/// Panels go back to the widths that they have at first.
pub fn forget_widths(ctx: &egui::Context) {
    ctx.data_mut(egui::util::IdTypeMap::remove_by_type::<egui::PanelState>);
}
