//! The five figures of a card, each with its interval; one click tells all about a figure.

use eframe::egui::{self, Button, RichText, Ui, WidgetInfo};

use super::{about, theme};
use crate::analysis::{Report, measures};
use crate::app::{App, Command, Evaluated, Shown, Standing};
use crate::chart;
use crate::model::GroupingId;

/// Width from which the five figures stand side by side.
const ONE_ROW: f32 = 410.0;
/// Width from which a sixth stands beside them.
const SIX: f32 = 620.0;

/// The five figures, large, with what they would become. Each has a place of its own whatever it says, so that nothing moves while
/// something is carried or intervals come in.
pub fn figures_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, after: Option<&Report>, commands: &mut Vec<Command>) {
    let columns = match ui.available_width() {
        narrow if narrow < ONE_ROW => 3,
        wide if wide >= SIX => measures::ALL.len() + 1,
        _ => measures::ALL.len(),
    };
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let width = (ui.available_width() / columns as f32).floor();
    let line = |size: f32| ui.fonts_mut(|fonts| fonts.row_height(&egui::FontId::proportional(size)));
    let height = line(theme::FIGURE) + 2.0 * line(theme::SMALL) + 4.0;
    for row in measures::ALL.chunks(columns) {
        let (place, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), height), egui::Sense::hover());
        for (at, measure) in row.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
            let left = place.left() + at as f32 * width;
            let cell = egui::Rect::from_min_size(egui::pos2(left, place.top()), egui::vec2(width, height));
            let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(cell).id_salt(measure.name));
            figure_ui(&mut inside, app, evaluated, measure, after, commands);
        }
        if row.len() < columns {
            #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
            let left = place.left() + row.len() as f32 * width;
            let cell = egui::Rect::from_min_size(egui::pos2(left, place.top()), egui::vec2(width, height));
            let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(cell).id_salt("holding"));
            holding_ui(&mut inside, app, evaluated, commands);
        }
    }
}

/// From which exclusion of outsiders on all stay, and who leaves first; a click shows the members.
fn holding_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, commands: &mut Vec<Command>) {
    let Some(found) = app.holding(evaluated) else { return };
    let Ok(exclusion) = found.exclusion_needed else { return };
    let grouping = &evaluated.grouping;
    let words = chart::holds_words(app.atlas(), &grouping.name, exclusion, found.first_to_leave);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().button_padding = egui::Vec2::ZERO;
        let text = theme::strong(format!("{exclusion:.0} %"), theme::FIGURE);
        let response = ui.add(Button::new(text).frame_when_inactive(false));
        ui.label(RichText::new("exclusion needed").small().weak());
        let first = found.first_to_leave.map_or_else(
            || "nobody would leave".to_owned(),
            |actor| format!("{} first", app.atlas().countries[actor].name),
        );
        ui.add(egui::Label::new(RichText::new(first).small().weak()).truncate());
        let name = format!("Exclusion needed {exclusion:.0} % of {}", grouping.name);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        if response.on_hover_text(format!("{words}\nClick: who would stay")).clicked() {
            commands.push(Command::Select(Some(grouping.id)));
            commands.push(Command::ShowChart(chart::STAY));
        }
    });
}

/// Whether the intervals of a grouping are being computed anew.
pub fn is_updating(app: &App, id: GroupingId) -> bool {
    matches!(app.standing(), Standing::Updating(_)) && app.results.draws(id).is_none()
}

fn figure_ui(
    ui: &mut Ui,
    app: &App,
    evaluated: &Evaluated,
    measure: &'static measures::Measure,
    after: Option<&Report>,
    commands: &mut Vec<Command>,
) {
    let t = theme::tokens(ui);
    let report = &*evaluated.report;
    let value = report.value(measure);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let text = chart::figure(measure, value);
        let response = ui
            .horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 5.0;
                ui.spacing_mut().button_padding = egui::Vec2::ZERO;
                let response = ui.add(Button::new(theme::strong(&text, theme::FIGURE)).frame_when_inactive(false));
                if let Some(after) = after {
                    let after = chart::figure(measure, after.value(measure));
                    if after != text {
                        ui.label(RichText::new(format!("→ {after}")).weak());
                    }
                }
                response
            })
            .inner;
        let stays_out = *measure == measures::COST && report.cost.as_ref().is_ok_and(|cost| cost.stays_out);
        let label = if stays_out { format!("{}, stays out", measure.short) } else { name_under(measure).to_owned() };
        ui.label(RichText::new(label).small().weak());
        let shown = app.results.interval(evaluated.grouping.id, measure).filter(|_| value.is_ok());
        if let Some(shown) = shown {
            let colour = if shown.stale { theme::dimmed(t) } else { t.muted };
            // Nothing that is drawn enters it: there is no range to show.
            let text =
                if shown.interval.high - shown.interval.low < 0.05 { " ".to_owned() } else { words(measure, &shown) };
            ui.label(RichText::new(text).small().color(colour));
        } else if matches!(app.standing(), Standing::Updating(_)) {
            // Room for the interval to come, so that nothing jumps.
            ui.label(RichText::new("…").small().weak());
        }
        let name = format!("{} {text} of {}", measure.label, evaluated.grouping.name);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        about::figure_popup(&response, app, evaluated, (chart::Figure::Measure(measure), &text), commands);
        let tip = match value {
            Ok(value) => {
                format!(
                    "{} {value:.1} {}\n{}\nClick: all about this number",
                    measure.label, measure.unit, measure.meaning
                )
            }
            Err(reason) => format!("{} is not defined: {reason}.", measure.label),
        };
        response.on_hover_text(tip);
    });
}

/// “45–61”; with a mark while it is that of the grouping before the last edit.
fn words(measure: &measures::Measure, shown: &Shown) -> String {
    let unit = if measure.unit.is_empty() { String::new() } else { format!(" {}", measure.unit) };
    let range = chart::range_words(shown.interval.low, shown.interval.high, 0);
    if shown.stale { format!("{range}{unit} …") } else { format!("{range}{unit}") }
}

fn name_under(measure: &measures::Measure) -> &'static str {
    if *measure == measures::DEADLOCK { "deadlock risk" } else { measure.short }
}
