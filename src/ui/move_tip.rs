//! What a hover over a move tells.

use eframe::egui::Ui;

use super::theme;
use crate::analysis::measures;
use crate::analysis::whatif::Estimates;
use crate::app::Evaluated;
use crate::chart;

/// All figures after a move.
pub fn tip_ui(ui: &mut Ui, now: &Evaluated, words: &str, before: &Estimates, after: &Estimates) {
    ui.label(theme::strong(format!("{words}, {}", now.grouping.name), theme::BODY));
    for measure in measures::ALL {
        let change = after.change_of(measure, before).map_or_else(String::new, chart::signed_tenth);
        ui.label(format!("{} {} ({change})", measure.label, chart::figure(measure, after.get(measure))));
    }
}
