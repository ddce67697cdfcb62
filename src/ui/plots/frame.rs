//! What stands around a picture: the menu of charts, the title with its buttons, and the table.

use eframe::egui::{
    self, Align, Button, Layout, Popup, PopupCloseBehavior, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo,
};

use super::super::compare::table_buttons;
use super::super::table;
use super::{about, command_of, evaluated_of, number_of, table_file, theme, width_of};
use crate::app::{App, Command, Named};
use crate::chart::{CATALOGUE, Chart, Kind};
use crate::model::visible;

/// What the dotted lines are, and the menu of charts.
pub fn head_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = ui.add(Button::new(RichText::new("Charts").small()));
            button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, "Charts: which are open"));
            let menu = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
            menu.show(|ui| menu_ui(ui, app, commands));
            let beside = app.selected().map_or_else(String::new, |grouping| {
                format!("Dotted lines: existing venues, with issue and mandate of {}", visible(&grouping.name))
            });
            let words = egui::Label::new(RichText::new(beside).small().weak()).truncate();
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(words));
        });
    });
    ui.add_space(4.0);
}

fn menu_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    let mut view = app.session.view.clone();
    ui.set_min_width(230.0);
    let most = (ui.ctx().content_rect().height() - 260.0).max(120.0);
    ScrollArea::vertical().max_height(most).min_scrolled_height(most).show(ui, |ui| {
        for (of_one, head) in [(false, "All groupings"), (true, "The selected grouping")] {
            ui.label(RichText::new(head).small().weak());
            for kind in CATALOGUE.iter().filter(|kind| kind.of_one == of_one) {
                let mut open = view.is_open(kind.id);
                if ui.checkbox(&mut open, kind.title).on_hover_text(kind.about.meaning).changed() {
                    view.set_open(kind.id, open);
                }
            }
            if !of_one {
                ui.separator();
            }
        }
    });
    ui.separator();
    let tables = view.all_tables();
    let words = if tables { "Show all as pictures" } else { "Show all as tables" };
    if ui.button(words).clicked() {
        for kind in &CATALOGUE {
            view.set_table(kind.id, !tables);
        }
    }
    if ui.button("Open all").clicked() {
        for kind in &CATALOGUE {
            view.set_open(kind.id, true);
        }
    }
    if view != app.session.view {
        commands.push(Command::Look(Box::new(view)));
    }
    if ui.button(Named::ResetLayout.entry().label).clicked() {
        commands.push(Command::Do(Named::ResetLayout));
    }
}

/// Title, scale, and the buttons: explain, and picture or table. The scale goes below where it finds no room.
pub fn title_ui(ui: &mut Ui, app: &App, kind: &Kind, chart: &Chart, commands: &mut Vec<Command>) {
    const BUTTONS: f32 = 56.0;
    // Charts of one grouping say of which.
    let of = app.selected().filter(|_| kind.of_one).map_or_else(String::new, |of| format!("{} · ", of.letter()));
    let words = format!("{of}{}", chart.title);
    let title = theme::strong(&words, theme::BODY);
    let wide = width_of(ui, &words, &egui::FontId::new(theme::BODY, theme::semibold()))
        + width_of(ui, &chart.caption, &egui::FontId::proportional(theme::SMALL));
    let beside = wide + BUTTONS + 28.0 <= ui.available_width();
    let caption = || egui::Label::new(RichText::new(&chart.caption).small().weak()).truncate();
    ui.horizontal(|ui| {
        let room = ui.available_width() - BUTTONS;
        ui.allocate_ui_with_layout(Vec2::new(room, 20.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            ui.add(egui::Label::new(title).truncate());
            if beside {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.add(caption()));
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            explain_ui(ui, kind, chart);
            table_button_ui(ui, app, kind, chart, commands);
        });
    });
    if !beside && !chart.caption.is_empty() {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(caption());
    }
}

fn explain_ui(ui: &mut Ui, kind: &Kind, chart: &Chart) {
    let t = theme::tokens(ui);
    let words = RichText::new("?").size(theme::SMALL).color(t.muted);
    let button = ui.add(Button::new(words).frame_when_inactive(false).min_size(Vec2::splat(20.0)));
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Explain {}", chart.title)));
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_width(330.0);
        // A menu would stretch the lines.
        ui.with_layout(Layout::top_down(Align::Min), |ui| explanation_ui(ui, kind, chart));
    });
}

fn explanation_ui(ui: &mut Ui, kind: &Kind, chart: &Chart) {
    ui.label(theme::strong(&chart.title, theme::BODY));
    ui.label(kind.about.meaning);
    for (head, words) in [("How it is computed", kind.about.formula), ("How to read it", kind.about.reading)] {
        ui.add_space(4.0);
        ui.label(RichText::new(head).small().weak());
        ui.label(words);
    }
    ui.add_space(4.0);
    ui.label(RichText::new("In a sentence").small().weak());
    ui.label(&chart.sentence);
}

/// A small button whose sign is what it leads to: lines of a table, or bars.
fn table_button_ui(ui: &mut Ui, app: &App, kind: &Kind, chart: &Chart, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let is_table = app.session.view.is_table(kind.id);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::click());
    let name = format!("Show {} as {}", chart.title, if is_table { "picture" } else { "table" });
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 5, t.soft);
    }
    let (inner, stroke) = (rect.shrink(5.0), Stroke::new(1.2, t.muted));
    if is_table {
        for (line, share) in [(0.1, 1.0), (0.5, 0.6), (0.9, 0.8)] {
            let y = inner.top() + line * inner.height();
            ui.painter().hline(inner.left()..=inner.left() + share * inner.width(), y, Stroke::new(2.5, t.muted));
        }
    } else {
        ui.painter().rect_stroke(inner, 1, stroke, StrokeKind::Middle);
        for line in [1.0, 2.0] {
            ui.painter().hline(inner.x_range(), inner.top() + line * inner.height() / 3.0, stroke);
        }
        ui.painter().vline(inner.left() + 0.4 * inner.width(), inner.y_range(), stroke);
    }
    if response.on_hover_text(if is_table { "Show as picture" } else { "Show as table" }).clicked() {
        let mut view = app.session.view.clone();
        view.set_table(kind.id, !is_table);
        commands.push(Command::Look(Box::new(view)));
    }
}

/// The same figures as a table; a click on a name does what a click on the mark does, a click on a number tells about it.
pub fn table_ui(ui: &mut Ui, app: &App, chart: &Chart, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        table_buttons(ui, &|| chart.table.tabbed(), &|| table_file(app, chart), commands);
    });
    table::table_ui(ui, &chart.title, &chart.table, |ui, row, at| {
        let Some(cell) = row.cells.get(at) else { return };
        let text = &cell.text;
        if let Some((evaluated, figure)) = evaluated_of(app, row.of).zip(cell.figure) {
            let number = number_of(figure, row.name(), text);
            about::shown_figure_ui(ui, app, (evaluated, figure), [text, &number], commands);
            return;
        }
        match command_of(app, row.of).filter(|_| at == 0) {
            Some(command) => {
                let words = RichText::new(text).color(theme::tokens(ui).ink);
                if ui.add(Button::new(words).frame_when_inactive(false).truncate()).clicked() {
                    commands.push(command);
                }
            }
            None => table::text_ui(ui, text),
        }
    });
}
