//! How the window is laid out: remembered apart from the workspace.

use eframe::egui;
use serde::{Deserialize, Serialize};

use super::plots::PlotsView;
use super::theme;
use crate::app::{Place, Tab};

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
    /// Dark, light, or as the system has it.
    pub dark: Option<bool>,
    /// Whether contrast is higher than usual.
    pub high_contrast: bool,
}

impl Layout {
    /// The layout of the window as it is.
    #[must_use]
    pub fn of(plots: &PlotsView, tab: Tab, dark: Option<bool>) -> Self {
        let (charts, tables) = plots.names();
        Self { charts: Some(charts), tables, tab, dark, ..Self::default() }
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

    /// Lays out the window.
    pub fn apply(&self, ctx: &egui::Context, plots: &mut PlotsView, tab: &mut Tab) {
        match &self.charts {
            Some(charts) => plots.use_names(charts, &self.tables),
            None => plots.reset(),
        }
        *tab = self.tab;
        theme::set_contrast(ctx, self.high_contrast);
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
