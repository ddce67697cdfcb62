//! The plots: which charts are open, and what all of them share: title, “?”, table, sentence, tip, click.

mod frame;
mod paint;
mod rows;
mod tradeoff;
mod view;
mod years;

use std::sync::Arc;

use eframe::egui::{self, Color32, FontId, Response, ScrollArea, Ui, WidgetInfo};
use egui_plot::Plot;

pub use paint::{Fonts, Pen};
pub use view::PlotsView;

use super::compare::save_menu;
use super::status::vintage;
use super::{about, theme};
use crate::analysis::Report;
use crate::app::day::today;
use crate::app::export::{Format, Order};
use crate::app::{App, Command, Evaluated, Picked, SideFile};
use crate::chart::frame::After;
use crate::chart::{self, Chart, Figure, Kind, Mark, Of, Picture};
use crate::model::GroupingId;

/// What a release would make of a grouping, to be drawn as a ghost.
pub type Ghost = Option<(GroupingId, Arc<Report>)>;

/// The panel.
pub fn plots_ui(ui: &mut Ui, app: &App, view: &mut PlotsView, ghost: &Ghost, commands: &mut Vec<Command>) {
    let area = ScrollArea::vertical().auto_shrink(false).id_salt("plots");
    area.content_margin(egui::Margin { right: 10, ..egui::Margin::ZERO }).show(ui, |ui| {
        frame::head_ui(ui, app, commands);
        if app.results.board.is_empty() {
            ui.weak("Plots appear with the first grouping.");
            return;
        }
        let mut drawn = 0;
        for kind in chart::CATALOGUE.iter().filter(|kind| app.session.view.is_open(kind.id)).collect::<Vec<_>>() {
            let chart = view.chart(app, kind);
            let shown = ui.push_id(kind.id, |ui| chart_ui(ui, app, kind, &chart, ghost, commands));
            if view.scroll_to == Some(kind.id) {
                view.scroll_to = None;
                shown.response.scroll_to_me(Some(egui::Align::TOP));
            }
            drawn += 1;
        }
        if drawn == 0 {
            ui.weak("No chart is open. The menu Charts opens them.");
        }
    });
}

fn chart_ui(ui: &mut Ui, app: &App, kind: &Kind, chart: &Chart, ghost: &Ghost, commands: &mut Vec<Command>) {
    frame::title_ui(ui, app, kind, chart, commands);
    if app.session.view.is_table(kind.id) && !chart.table.rows.is_empty() {
        frame::table_ui(ui, app, chart, commands);
    } else if chart.marks.is_empty() {
        let response = ui.weak(&chart.sentence);
        speak(&response, chart);
        if kind.picture == Picture::Years && app.years().is_none() && !app.has_no_years() {
            ui.add_space(years::height_of(ui.available_width()));
        }
    } else {
        match kind.picture {
            Picture::Rows | Picture::Strip => {
                let after = kind.measure.and_then(|measure| {
                    let (id, report) = ghost.as_ref()?;
                    let label = chart::label_after(measure, &app.results.of(*id)?.report, report);
                    Some(After { of: *id, value: [report.value(measure).ok()?, 0.0], label })
                });
                rows::frame_ui(ui, app, kind, chart, after, commands);
            }
            Picture::Field => tradeoff::tradeoff_ui(ui, app, (kind, chart), ghost, commands),
            Picture::Years => years::years_ui(ui, app, (kind, chart), commands),
        }
    }
    ui.add_space(8.0);
}

/// Says the sentence to screen readers.
fn speak(response: &Response, chart: &Chart) {
    let text = format!("{}. {}", chart.title, chart.sentence);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &text));
}

/// A field that stays where it is: no dragging, no zoom, no hints of its own.
fn quiet_plot<'a>(id: &'static str, height: f32, width: f32) -> Plot<'a> {
    Plot::new(id)
        .height(height)
        .width(width)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
        .label_formatter(|_| None)
}

fn tip(response: Response, mark: Option<&Mark>) {
    let Some(mark) = mark.filter(|mark| !mark.tip.is_empty()) else { return };
    response.on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(320.0);
        for (at, line) in mark.tip.iter().enumerate() {
            if at == 0 {
                ui.label(theme::strong(line, theme::BODY))
            } else {
                ui.label(line)
            };
        }
    });
}

/// What a click on a mark, or on the name of its row, does: it selects the grouping, or picks the country.
fn command_of(app: &App, of: Of) -> Option<Command> {
    match of {
        Of::Grouping(id) => Some(Command::Select(Some(id))),
        Of::Country(id) => {
            let on = app.selected().filter(|grouping| grouping.seat(id).is_some()).map(|grouping| grouping.id);
            Some(Command::Pick(Picked { on, countries: vec![id] }))
        }
        Of::Baseline(_) | Of::Design(_) | Of::Line => None,
    }
}

fn click(response: &Response, app: &App, mark: Option<&Mark>, commands: &mut Vec<Command>) {
    let Some(command) = mark.and_then(|mark| command_of(app, mark.of)) else { return };
    if response.hovered() {
        response.ctx.set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    if response.clicked() {
        commands.push(command);
    }
}

/// The grouping whose number stands at a mark, or in its row.
fn evaluated_of(app: &App, of: Of) -> Option<&Evaluated> {
    match of {
        Of::Grouping(id) => app.results.of(id),
        Of::Country(_) | Of::Design(_) | Of::Line => app.results.of(app.session.view.selected?),
        Of::Baseline(_) => None,
    }
}

/// The number alone. What stands beside it, as in “46 % · reach 33 %”, is another number; a part is told by its name.
fn number_of(figure: Figure, name: &str, label: &str) -> String {
    let number = label.split(" · ").next().unwrap_or_default();
    if matches!(figure, Figure::Step(_)) { format!("{name} {number}") } else { number.to_owned() }
}

/// The number that stands at a mark, with the grouping that it is of.
fn about_of<'a>(app: &'a App, mark: &Mark) -> Option<(&'a Evaluated, Figure, String)> {
    let figure = mark.figure?;
    Some((evaluated_of(app, mark.of)?, figure, number_of(figure, &mark.name, &mark.label)))
}

/// The menu of the other button: copy what is under the pointer, or the whole table.
fn menu(
    response: &Response,
    app: &App,
    (kind, chart): (&Kind, &Chart),
    under: Option<&Mark>,
    commands: &mut Vec<Command>,
) {
    let id = response.id.with("copied");
    if response.secondary_clicked() {
        // Value, interval, unit, whose it is, and the date of the data.
        let text = under.map(|mark| format!("{}: {}\n{}", chart.title, mark.tip.join("\n"), vintage(app)));
        response.ctx.data_mut(|data| data.insert_temp(id, text.unwrap_or_default()));
    }
    response.context_menu(|ui| {
        let text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        if !text.is_empty() && ui.button("Copy this figure").clicked() {
            commands.push(Command::Copy { what: "The figure".to_owned(), text });
            ui.close();
        }
        table_menu(ui, app, chart, commands);
        ui.separator();
        picture_menu(ui, app, kind, commands);
    });
}

/// Copying and saving a chart as a picture.
fn picture_menu(ui: &mut Ui, app: &App, kind: &Kind, commands: &mut Vec<Command>) {
    if ui.button("Copy the picture").clicked() {
        commands.push(Command::CopyPicture(Some(kind.id)));
        ui.close();
    }
    for (words, format) in [("Save the picture as PNG…", Format::Png), ("Save the picture as SVG…", Format::Svg)] {
        if ui.button(words).clicked() {
            let selected = app.session.view.selected;
            let order = Order { chart: Some(kind.id.to_owned()), selected, ..Order::new(format, today()) };
            commands.push(Command::Export(Box::new(order)));
            ui.close();
        }
    }
}

/// Copying and saving the table of a chart.
fn table_menu(ui: &mut Ui, app: &App, chart: &Chart, commands: &mut Vec<Command>) {
    if ui.button("Copy the sentence").clicked() {
        commands.push(Command::Copy { what: "The sentence".to_owned(), text: chart.sentence.clone() });
        ui.close();
    }
    if ui.button("Copy the table").on_hover_text("separated by tabs").clicked() {
        let what = chart::capital(&table_file(app, chart).what);
        commands.push(Command::Copy { what, text: chart.table.tabbed() });
        ui.close();
    }
    save_menu(ui, &|| table_file(app, chart), commands);
}

/// The table of a chart as a file.
fn table_file(app: &App, chart: &Chart) -> SideFile {
    let name = format!("{} {}", app.workspace().title, chart.title);
    SideFile::text(format!("the table of “{}”", chart.title), name, "csv", chart.table.csv())
}

/// Whether a mark stands for what is selected or picked.
fn is_chosen(app: &App, mark: &Mark) -> bool {
    match mark.of {
        Of::Grouping(id) => app.session.view.selected == Some(id),
        Of::Country(id) => app.session.picked.countries.contains(&id),
        Of::Baseline(_) | Of::Design(_) | Of::Line => false,
    }
}

fn width_of(ui: &Ui, text: &str, font: &FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x
}
