//! All about a number: what it is, its formula with the figures in it, interval, sources; to be read and to be copied.

use eframe::egui::{self, Button, Popup, PopupCloseBehavior, Response, RichText, ScrollArea, Ui, Vec2};

use super::theme;
use crate::analysis::measures::Measure;
use crate::app::{App, Evaluated};
use crate::chart::{self, Around, Row, Section};
use crate::model::Component;

const WIDTH: f32 = 440.0;

/// A click on a figure tells all about it; the other button offers to copy it.
pub fn figure_popup(response: &Response, app: &App, evaluated: &Evaluated, measure: &'static Measure) {
    let row = Row { grouping: &evaluated.grouping, report: &evaluated.report };
    let title = chart::about_title(measure, &row);
    let sections = || chart::about(measure, &row, &evaluated.case, &app.engine, around(app, evaluated, measure));
    popup(response, &title, sections);
}

/// A figure in the text of a panel, with its popup.
pub fn figure_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, measure: &'static Measure, text: &str) {
    let response = button(ui, theme::strong(text, theme::BODY));
    let name = format!("{}, {text}, of {}", measure.label, evaluated.grouping.name);
    super::name(&response, egui::Role::Button, &name);
    figure_popup(&response, app, evaluated, measure);
}

/// A button that looks like the text it stands for.
fn button(ui: &mut Ui, text: impl Into<RichText>) -> Response {
    let add = |ui: &mut Ui| {
        ui.spacing_mut().button_padding = Vec2::ZERO;
        ui.add(Button::new(text.into()).frame_when_inactive(false).small())
    };
    ui.scope(add).inner
}

/// The same for a component of legitimacy.
pub fn component_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, component: Component, value: f64) {
    let response = button(ui, format!("{value:.2}"));
    let name = format!("{} {value:.2} of {}", component.label(), evaluated.grouping.name);
    super::name(&response, egui::Role::Button, &name);
    let row = Row { grouping: &evaluated.grouping, report: &evaluated.report };
    let title = format!("{} of {}", component.label(), evaluated.grouping.name);
    popup(&response, &title, || chart::about_component(component, &row, &evaluated.case, &app.engine));
}

fn around(app: &App, evaluated: &Evaluated, measure: &Measure) -> Around {
    app.results.interval(evaluated.grouping.id, measure).map_or(Around::Unknown, |shown| Around::Known {
        interval: shown.interval,
        draws: shown.draws,
        stale: shown.stale,
    })
}

fn popup(response: &Response, title: &str, sections: impl Fn() -> Vec<Section>) {
    // The menu of the other button has the id that would be taken by default.
    Popup::from_toggle_button_response(response)
        .id(response.id.with("about"))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| popup_ui(ui, title, &sections()));
    response.context_menu(|ui| {
        if ui.button("Copy").clicked() {
            ui.copy_text(title.to_owned());
            ui.close();
        }
        if ui.button("Copy all about this number").clicked() {
            ui.copy_text(chart::about_text(title, &sections()));
            ui.close();
        }
    });
}

fn popup_ui(ui: &mut Ui, title: &str, sections: &[Section]) {
    ui.set_width(WIDTH);
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.horizontal(|ui| {
        ui.label(theme::strong(title, theme::TITLE));
    });
    let height = (ui.ctx().content_rect().height() * 0.5).max(240.0);
    let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
    area.id_salt("about").show(ui, |ui| {
        ui.set_width(WIDTH - 14.0);
        for section in sections {
            ui.add_space(6.0);
            ui.label(RichText::new(section.title).small().weak());
            for line in &section.lines {
                ui.label(line);
            }
        }
    });
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        if ui.button("Copy").on_hover_text("as plain text").clicked() {
            ui.copy_text(chart::about_text(title, sections));
        }
        if ui.button("Close").clicked() {
            ui.close();
        }
    });
}
