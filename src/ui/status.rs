//! The status line and what there is to tell.

use eframe::egui::{self, Align, Button, Frame, Layout, Margin, RichText, Stroke, Ui, Vec2};

use super::theme;
use crate::app::{App, Command, Standing, Weight};
use crate::chart;

/// The line at the bottom: file, data, time of the last evaluation.
pub fn status_ui(ui: &mut Ui, app: &App) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        let quiet = |text: String| RichText::new(text).small().weak();
        ui.label(quiet(file_words(app)));
        ui.label(quiet(vintage(app)));
        ui.label(quiet("Estimates, not forecasts".to_owned()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (computed, took) = app.results.last();
            let milliseconds = took.as_secs_f64() * 1e3;
            let intervals = match app.standing() {
                Standing::Off => String::new(),
                Standing::UpToDate => " · intervals up to date".to_owned(),
                Standing::Updating(None) => " · updating intervals".to_owned(),
                Standing::Updating(Some(share)) => format!(" · updating intervals {:.0} %", 100.0 * share),
            };
            let cases = chart::count(computed, "case");
            ui.label(quiet(format!("{cases} evaluated in {milliseconds:.1} ms{intervals}")));
        });
    });
}

fn file_words(app: &App) -> String {
    let file = app.document.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
    match (file, app.history.is_edited()) {
        (Some(file), false) => format!("Saved · {file}"),
        (Some(file), true) => format!("Not saved yet · {file}"),
        (None, false) => "No changes".to_owned(),
        (None, true) => "Not saved yet · no file".to_owned(),
    }
}

/// The years that votes and indicators are of.
fn vintage(app: &App) -> String {
    let votes = &app.atlas().roll_calls;
    let first = votes.list.iter().map(|call| call.year).min().unwrap_or(0);
    let last = votes.latest_year().unwrap_or(0);
    let newest = app.atlas().indicator("population").and_then(crate::data::Indicator::years).map_or(0, |(_, to)| to);
    format!("Votes {first}–{last}, indicators to {newest}")
}

/// Notices, above the lower right corner.
pub fn notices_ui(ui: &Ui, app: &App, commands: &mut Vec<Command>) {
    if app.notices.list().is_empty() {
        return;
    }
    let t = theme::tokens(ui);
    let area = egui::Area::new(egui::Id::unique("notices")).anchor(egui::Align2::RIGHT_BOTTOM, Vec2::new(-16.0, -40.0));
    area.order(egui::Order::Foreground).show(ui.ctx(), |ui| {
        ui.set_max_width(440.0);
        let room = ui.ctx().content_rect().height() * 0.6;
        egui::ScrollArea::vertical().max_height(room).stick_to_bottom(true).show(ui, |ui| {
            for notice in app.notices.list() {
                let (colour, word) = match notice.weight {
                    Weight::Info => (t.accent, ""),
                    Weight::Warning => (t.warning, "Note: "),
                    Weight::Error => (t.error, "Not done: "),
                };
                let frame = Frame::new().fill(t.panel).stroke(Stroke::new(1.0, colour)).corner_radius(8);
                frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
                    ui.horizontal_top(|ui| {
                        ui.vertical(|ui| {
                            ui.set_max_width(340.0);
                            ui.label(format!("{word}{}", notice.text));
                        });
                        if ui.add(Button::new("Close").small()).clicked() {
                            commands.push(Command::Dismiss(notice.id));
                        }
                    });
                });
            }
        });
    });
}
