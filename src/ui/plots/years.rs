//! Lines over years: what was predicted with its interval, and what happened; drawn with `egui_plot`.

use eframe::egui::{Align2, Color32, RichText, Ui};
use egui_plot::{
    GridInput, GridMark, Line, LineStyle, PlotBounds, PlotPoint, PlotPoints, PlotUi, Points, Text, uniform_grid_spacer,
};

use super::{menu, quiet_plot, speak, theme, tip};
use crate::app::{App, Command};
use crate::chart::{Chart, Ink, Mark, Shape};

/// Draws the chart.
pub fn years_ui(ui: &mut Ui, app: &App, chart: &Chart, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let width = ui.available_width();
    let height = (width * 0.5).clamp(190.0, 280.0);
    let (first, last) = (chart.x.from, chart.x.to);
    let discs: Vec<&Mark> = chart.marks.iter().filter(|mark| matches!(mark.shape, Shape::Disc { .. })).collect();
    let questions: Vec<(f64, String)> = discs
        .iter()
        .filter_map(|mark| match mark.shape {
            Shape::Disc { x, .. } => Some((x, mark.label.clone())),
            _ => None,
        })
        .collect();
    // Below each year stands how many questions it had.
    let year = move |mark: GridMark| {
        let of = questions.iter().find(|(x, _)| (x - mark.value).abs() < 0.01);
        of.map_or_else(String::new, |(x, questions)| format!("{x:.0}\n{questions}"))
    };
    let plot = quiet_plot("years", height, width)
        .show_grid([false, true])
        .grid_color(t.hairline)
        .x_grid_spacer(|input: GridInput| whole_years(input.bounds))
        .y_grid_spacer(uniform_grid_spacer(|_| [20.0, 100.0, 1000.0]))
        .x_axis_formatter(move |mark, _| year(mark))
        .y_axis_formatter(|mark, _| {
            if (0.0..=100.0).contains(&mark.value) { format!("{:.0}", mark.value) } else { String::new() }
        })
        .x_axis_label(RichText::new(&chart.x.label).size(theme::SMALL).color(t.muted))
        .y_axis_label(RichText::new(&chart.y.label).size(theme::SMALL).color(t.muted));
    let response = plot.show(ui, |plot| {
        plot.set_plot_bounds(PlotBounds::from_min_max([first - 0.6, -4.0], [last + 0.6, 106.0]));
        for mark in &chart.marks {
            match mark.shape {
                Shape::Link { from, to } => {
                    let ends = PlotPoints::from(vec![[from.0, from.1], [to.0, to.1]]);
                    let style = if mark.ink == Ink::Baseline { LineStyle::dashed_dense() } else { LineStyle::Solid };
                    let line = Line::new("", ends).color(colour(mark.ink, t)).width(1.4).style(style);
                    plot.line(line.allow_hover(false));
                }
                Shape::Disc { x, y, up, hollow, .. } => {
                    if let Some(up) = up {
                        let ends = PlotPoints::from(vec![[x, up.low], [x, up.high]]);
                        plot.line(Line::new("", ends).color(colour(mark.ink, t)).width(1.2).allow_hover(false));
                    }
                    let point = |radius, filled, colour| {
                        Points::new("", vec![[x, y]]).radius(radius).filled(filled).color(colour).allow_hover(false)
                    };
                    if hollow {
                        plot.points(point(4.0, true, t.panel));
                    }
                    plot.points(point(4.0, !hollow, colour(mark.ink, t)));
                }
                _ => {}
            }
        }
        names(plot, &discs, t);
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
    menu(&response.response, app, chart, hovered, commands);
    tip(response.response, hovered);
}

fn colour(ink: Ink, t: &theme::Tokens) -> Color32 {
    match ink {
        Ink::Grouping(colour) | Ink::Part(colour) => theme::grouping(colour),
        Ink::Baseline => t.muted,
    }
}

/// A mark at every whole year.
#[expect(clippy::cast_possible_truncation, reason = "years")]
fn whole_years((from, to): (f64, f64)) -> Vec<GridMark> {
    (from.ceil() as i32..=to.floor() as i32).map(|year| GridMark { value: f64::from(year), step_size: 1.0 }).collect()
}

/// The name of each line at its last point; the lower one below, so that they do not meet.
fn names(plot: &mut PlotUi<'_>, discs: &[&Mark], t: &theme::Tokens) {
    let place = |mark: &Mark| match mark.shape {
        Shape::Disc { x, y, .. } => (x, y),
        _ => (0.0, 0.0),
    };
    let mut ends: Vec<&Mark> = Vec::new();
    for mark in discs {
        match ends.iter_mut().find(|end| end.ink == mark.ink) {
            Some(end) => *end = mark,
            None => ends.push(mark),
        }
    }
    ends.sort_by(|a, b| place(b).1.total_cmp(&place(a).1));
    for (at, mark) in ends.iter().enumerate() {
        let (x, y) = place(mark);
        let (anchor, off) = if at == 0 { (Align2::RIGHT_BOTTOM, 4.0) } else { (Align2::RIGHT_TOP, -4.0) };
        let ink = if mark.ink == Ink::Baseline { t.muted } else { t.ink };
        let text = RichText::new(&mark.name).size(theme::SMALL).color(ink);
        plot.text(Text::new("", PlotPoint::new(x + 0.3, y + off), text).anchor(anchor).allow_hover(false));
    }
}
