//! The five figures of a card, each with its interval; one click tells all about a figure.

use eframe::egui::{self, Button, RichText, Ui, WidgetInfo};

use super::{about, theme};
use crate::analysis::{Report, measures};
use crate::app::{App, Command, Evaluated, Shown, Standing};
use crate::chart;
use crate::model::GroupingId;

/// Width from which the five figures stand side by side.
const ONE_ROW: f32 = 410.0;

/// The five figures, large, with what they would become.
pub fn figures_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, after: Option<&Report>, commands: &mut Vec<Command>) {
    let is_narrow = ui.available_width() < ONE_ROW;
    let (last, first) = (measures::ALL[measures::ALL.len() - 1], &measures::ALL[..measures::ALL.len() - 1]);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 22.0;
        for measure in first.iter().take(if is_narrow { 2 } else { first.len() }) {
            figure_ui(ui, app, evaluated, measure, after, commands);
        }
        if !is_narrow {
            ui.add_space((ui.available_width() - 92.0).max(0.0));
            figure_ui(ui, app, evaluated, last, after, commands);
        }
    });
    if is_narrow {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 22.0;
            for measure in first.iter().skip(2).chain([&last]) {
                figure_ui(ui, app, evaluated, measure, after, commands);
            }
        });
    }
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
