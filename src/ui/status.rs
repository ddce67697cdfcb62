//! The status line and what there is to tell.

use eframe::egui::{self, Align, Button, Frame, Layout, Margin, RichText, Stroke, Ui, Vec2};

use super::theme;
use crate::app::{App, Command, Named, Standing, Weight};
use crate::chart;

/// The line at the bottom: file, data, time of the last evaluation.
pub fn status_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        side_ui(ui, app, Named::ToggleCountries, commands);
        // From the right, so that what is least needed gives way.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            side_ui(ui, app, Named::ToggleLive, commands);
            if ui.available_width() > 760.0 {
                ui.label(quiet(evaluated(app)));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if let Some(what) = app.exporting() {
                    ui.label(RichText::new(format!("Making {what} …")).small());
                }
                for words in [file_words(app), vintage(app), "Estimates, not forecasts".to_owned()] {
                    if ui.available_width() > 40.0 {
                        ui.add(egui::Label::new(quiet(words)).truncate());
                    }
                }
                let unread = app.notices.unread();
                if unread > 0 {
                    let words = format!("{} to read", chart::count(unread, "notice"));
                    if ui.add(Button::new(RichText::new(words).small()).small()).clicked() {
                        commands.push(Command::Do(Named::Notices));
                    }
                }
            });
        });
    });
}

fn quiet(text: String) -> RichText {
    RichText::new(text).small().weak()
}

/// How much the last change made necessary to compute, and how the intervals stand.
fn evaluated(app: &App) -> String {
    let (computed, took) = app.results.last();
    let milliseconds = took.as_secs_f64() * 1e3;
    let intervals = match app.standing() {
        Standing::Off => String::new(),
        Standing::UpToDate => " · intervals up to date".to_owned(),
        Standing::Updating(None) => " · updating intervals".to_owned(),
        Standing::Updating(Some(share)) => format!(" · updating intervals {:.0} %", 100.0 * share),
    };
    format!("{} evaluated in {milliseconds:.1} ms{intervals}", chart::count(computed, "case"))
}

/// A quiet button that hides or shows a side of the window.
fn side_ui(ui: &mut Ui, app: &App, named: Named, commands: &mut Vec<Command>) {
    let panes = app.session.view.panes;
    let (shown, what) = match named {
        Named::ToggleCountries => (panes.countries, "countries"),
        _ => (panes.live, "right side"),
    };
    let words = format!("{} {what}", if shown { "Hide" } else { "Show" });
    let button = Button::new(RichText::new(&words).small().weak()).frame_when_inactive(false).small();
    let response = ui.add(button);
    if response.on_hover_text(named.entry().keys.join(", ")).clicked() {
        commands.push(Command::Do(named));
    }
}

fn file_words(app: &App) -> String {
    let file = app.document.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
    if let Some(path) = app.saving() {
        return format!("Saving {}…", path.display());
    }
    if let Some(path) = app.opening() {
        return format!("Opening {}…", path.display());
    }
    match (file, app.history.is_edited()) {
        (Some(file), false) => format!("Saved · {file}"),
        (Some(file), true) => format!("Not saved yet · {file}"),
        (None, false) => "No changes".to_owned(),
        (None, true) => "Not saved yet · no file".to_owned(),
    }
}

/// The years that votes and indicators are of.
pub fn vintage(app: &App) -> String {
    let votes = &app.atlas().roll_calls;
    let first = votes.list.iter().map(|call| call.year).min().unwrap_or(0);
    let last = votes.latest_year().unwrap_or(0);
    let newest = app.atlas().indicator("population").and_then(crate::data::Indicator::years).map_or(0, |(_, to)| to);
    format!("Votes {first}–{last}, indicators to {newest}")
}

/// Notices, above the lower right corner. Returns whether the pointer rests on them.
pub fn notices_ui(ui: &Ui, app: &App, commands: &mut Vec<Command>) -> bool {
    if app.notices.list().is_empty() {
        return false;
    }
    let t = theme::tokens(ui);
    let area = egui::Area::new(egui::Id::unique("notices")).anchor(egui::Align2::RIGHT_BOTTOM, Vec2::new(-16.0, -40.0));
    let shown = area.order(egui::Order::Foreground).show(ui.ctx(), |ui| {
        ui.set_max_width(440.0);
        let room = ui.ctx().content_rect().height() * 0.6;
        egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).stick_to_bottom(true).show(ui, |ui| {
            for notice in app.notices.list() {
                let word = word(notice.weight);
                let colour = match notice.weight {
                    Weight::Info => t.accent,
                    Weight::Warning => t.warning,
                    Weight::Error => t.error,
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
    shown.response.contains_pointer()
}

/// What stands before a notice.
fn word(weight: Weight) -> &'static str {
    match weight {
        Weight::Info => "",
        Weight::Warning => "Note: ",
        Weight::Error => "Not done: ",
    }
}

/// All that was told since the program started, newest first.
pub fn told_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    ui.label(theme::strong("What was told", theme::FIGURE));
    if app.notices.told().is_empty() {
        ui.label("Nothing yet. Whatever the program tells is kept here until it is closed.");
    }
    for notice in app.notices.told().iter().rev() {
        ui.add_space(4.0);
        ui.label(format!("{}{}", word(notice.weight), notice.text));
    }
    let lines = app.notices.told().iter().map(|notice| format!("{}{}", word(notice.weight), notice.text));
    let all: Vec<String> = lines.collect();
    if !all.is_empty() {
        ui.add_space(8.0);
        if ui.button("Copy all").clicked() {
            commands.push(Command::Copy { what: "What was told".to_owned(), text: all.join("\n") });
        }
    }
}
