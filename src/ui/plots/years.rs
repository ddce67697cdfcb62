//! Lines over years: what was predicted with its interval, and what happened; drawn with `egui_plot`.

use eframe::egui::{Align2, Color32, Label, RichText, Sense, Stroke, Ui, Vec2};
use egui_plot::{GridMark, Line, LineStyle, PlotBounds, PlotPoint, PlotPoints, PlotUi, Points, Text};

use super::{menu, quiet_plot, speak, theme, tip};
use crate::app::{App, Command};
use crate::chart::{Chart, Ink, Kind, Mark, Shape, Whisker};

/// The height of the picture in a pane of some width, also while it is being computed: nothing moves when it comes.
pub fn height_of(width: f32) -> f32 {
    (width * 0.5).clamp(190.0, 280.0)
}

/// Draws the chart.
pub fn years_ui(ui: &mut Ui, app: &App, (kind, chart): (&Kind, &Chart), commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let discs: Vec<&Mark> = chart.marks.iter().filter(|mark| matches!(mark.shape, Shape::Disc { .. })).collect();
    key_ui(ui, &discs, t);
    let width = ui.available_width();
    let plot = quiet_plot("years", height_of(width), width)
        .show_axes([false, true])
        .show_grid([false, true])
        .grid_color(t.hairline)
        .y_axis_min_width(36.0)
        .y_grid_spacer(|_| (0..=5).map(|step| GridMark { value: 20.0 * f64::from(step), step_size: 20.0 }).collect())
        .y_axis_formatter(|mark, _| tick(mark.value));
    let response = plot.show(ui, |plot| {
        plot.set_plot_bounds(PlotBounds::from_min_max([chart.x.from - 0.6, -30.0], [chart.x.to + 0.6, 104.0]));
        for mark in &chart.marks {
            match mark.shape {
                Shape::Link { from, to } => {
                    let ends = PlotPoints::from(vec![[from.0, from.1], [to.0, to.1]]);
                    let style = if mark.ink == Ink::Baseline { LineStyle::dashed_dense() } else { LineStyle::Solid };
                    let line = Line::new("", ends).color(colour(mark.ink, t)).width(1.4).style(style);
                    plot.line(line.allow_hover(false));
                }
                Shape::Disc { x, y, up, hollow, .. } => disc(plot, mark.ink, [x, y], up, hollow, t),
                _ => {}
            }
        }
        below(plot, &discs, t);
    });
    speak(&response.response, chart);
    let transform = response.transform;
    let hovered = response.response.hover_pos().and_then(|pointer| {
        let distance = |mark: &&Mark| match mark.shape {
            Shape::Disc { x, y, .. } => transform.position_from_point(&PlotPoint::new(x, y)).distance(pointer),
            _ => f32::INFINITY,
        };
        discs.iter().copied().filter(|mark| distance(mark) < 24.0).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    });
    menu(&response.response, app, (kind, chart), hovered, commands);
    tip(response.response, hovered);
}

fn tick(value: f64) -> String {
    if (0.0..=100.0).contains(&value) { format!("{value:.0}") } else { String::new() }
}

fn colour(ink: Ink, t: &theme::Tokens) -> Color32 {
    match ink {
        Ink::Grouping(colour) | Ink::Part(colour) => theme::grouping(colour),
        Ink::Baseline => t.muted,
    }
}

fn disc(plot: &mut PlotUi<'_>, ink: Ink, [x, y]: [f64; 2], up: Option<Whisker>, hollow: bool, t: &theme::Tokens) {
    if let Some(up) = up {
        let ends = PlotPoints::from(vec![[x, up.low], [x, up.high]]);
        plot.line(Line::new("", ends).color(colour(ink, t)).width(1.2).allow_hover(false));
    }
    let point =
        |filled, colour| Points::new("", vec![[x, y]]).radius(4.0).filled(filled).color(colour).allow_hover(false);
    if hollow {
        plot.points(point(true, t.panel));
    }
    plot.points(point(!hollow, colour(ink, t)));
}

/// Below each year, its number of questions.
fn below(plot: &mut PlotUi<'_>, discs: &[&Mark], t: &theme::Tokens) {
    let mut before = f64::NAN;
    for mark in discs {
        let Shape::Disc { x, hollow: true, .. } = mark.shape else { continue };
        if x.total_cmp(&before).is_eq() {
            continue;
        }
        before = x;
        let line = |words: String, y: f64, ink: Color32| {
            let text = RichText::new(words).size(theme::SMALL - 0.5).color(ink);
            Text::new("", PlotPoint::new(x, y), text).anchor(Align2::CENTER_CENTER).allow_hover(false)
        };
        plot.text(line(format!("{x:.0}"), -11.0, t.ink));
        plot.text(line(mark.label.clone(), -23.0, t.muted));
    }
}

/// What the two lines are, outside of the picture.
fn key_ui(ui: &mut Ui, discs: &[&Mark], t: &theme::Tokens) {
    let mut told: Vec<&str> = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        for mark in discs.iter().rev() {
            let Shape::Disc { hollow, .. } = mark.shape else { continue };
            if told.contains(&mark.name.as_str()) {
                continue;
            }
            told.push(&mark.name);
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(10.0), Sense::hover());
            if hollow {
                ui.painter().circle_stroke(rect.center(), 3.5, Stroke::new(1.2, colour(mark.ink, t)));
            } else {
                ui.painter().circle_filled(rect.center(), 4.0, colour(mark.ink, t));
            }
            ui.label(RichText::new(&mark.name).size(theme::SMALL).color(t.ink));
            ui.add_space(8.0);
        }
        let below = RichText::new("below: questions").size(theme::SMALL).color(t.muted);
        ui.add(Label::new(below).extend());
    });
}
