//! The trade-off: a field with two axes, drawn with `egui_plot`.

use eframe::egui::{self, Align2, Color32, RichText, Ui, Vec2};
use egui_plot::{Line, LineStyle, PlotBounds, PlotPoint, PlotPoints, PlotUi, Points, Text, uniform_grid_spacer};

use super::paint::Fonts;
use super::{Ghost, click, menu, quiet_plot, speak, theme, tip};
use crate::app::{App, Command};
use crate::chart::frame::{Anchor, Area, Dot, Point, TextMeasure as _, label_of, places};
use crate::chart::{Chart, Ink, Kind, Mark, Of, Shape};
use crate::model::letter;

fn label(plot: &mut PlotUi<'_>, x: f64, y: f64, anchor: Align2, text: RichText) {
    plot.text(Text::new("", PlotPoint::new(x, y), text).anchor(anchor).allow_hover(false));
}

/// Draws the trade-off.
pub fn tradeoff_ui(ui: &mut Ui, app: &App, (kind, chart): (&Kind, &Chart), ghost: &Ghost, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let width = ui.available_width();
    let height = (width * 0.62).clamp(190.0, 330.0);
    let (low, high) = (chart.y.from - 4.0, chart.y.to + 4.0);
    let discs: Vec<&Mark> = chart.marks.iter().filter(|mark| matches!(mark.shape, Shape::Disc { .. })).collect();
    let plot = quiet_plot("trade-off", height, width)
        .show_grid(true)
        .grid_color(t.hairline)
        .grid_spacing(8.0..=24.0)
        .x_grid_spacer(uniform_grid_spacer(|_| [50.0, 100.0, 1000.0]))
        .y_grid_spacer(uniform_grid_spacer(|_| [10.0, 20.0, 100.0]))
        .x_axis_formatter(|mark, _| tick(mark.value))
        .y_axis_formatter(|mark, _| tick(mark.value))
        .x_axis_label(RichText::new(&chart.x.label).size(theme::SMALL).color(t.muted))
        .y_axis_label(RichText::new(&chart.y.label).size(theme::SMALL).color(t.muted));
    let per_point = f64::from(1.0 / (width - 40.0)) * (chart.x.to + 40.0);
    let y_per_point = f64::from(1.0 / (height - 40.0)) * (high - low);
    let words: Vec<String> = discs.iter().map(|mark| label_of(mark)).collect();
    let fonts = Fonts(ui);
    let [x, y] = [[-8.0, chart.x.to + 32.0], [low, high]];
    let scale = Scale { x, y, x_per_point: per_point, y_per_point };
    let dots: Vec<Dot> = discs
        .iter()
        .zip(&words)
        .filter_map(|(mark, words)| scale.dot(mark, fonts.width(words, theme::SMALL, false)))
        .collect();
    let places = places(&dots, &scale.field());
    let response = plot.show(ui, |plot| {
        plot.set_plot_bounds(PlotBounds::from_min_max([-8.0, low], [chart.x.to + 32.0, high]));
        for mark in &chart.marks {
            if let Shape::Link { from, to } = mark.shape {
                let ends = PlotPoints::from(vec![[from.0, from.1], [to.0, to.1]]);
                plot.line(Line::new("unbeaten", ends).color(t.muted).width(1.0).allow_hover(false));
            }
        }
        for mark in &discs {
            spread(plot, mark, t);
        }
        for (at, mark) in discs.iter().enumerate() {
            if let (Some(place), Shape::Disc { x, y, .. }) = (places[at], mark.shape) {
                let colour = if matches!(mark.of, Of::Baseline(_)) { t.muted } else { t.ink };
                let text = RichText::new(&words[at]).size(theme::SMALL).color(colour);
                let end = [x + f64::from(place.across) * per_point, y - f64::from(place.down) * y_per_point];
                if place.is_apart() {
                    // A name that stands apart is led to.
                    let lead = Line::new("lead", PlotPoints::from(vec![[x, y], end]));
                    plot.line(lead.color(t.muted).width(0.8).allow_hover(false));
                }
                let anchor = if place.anchor == Anchor::Left { Align2::LEFT_CENTER } else { Align2::RIGHT_CENTER };
                label(plot, end[0], end[1], anchor, text);
            }
        }
        for mark in &discs {
            disc(plot, mark, t);
        }
        if let Some((_, report)) = ghost
            && let (Ok(cost), Ok(legitimacy)) = (&report.cost, &report.legitimacy)
        {
            plot.line(
                ring(cost.index, legitimacy.score, per_point * 11.0, (high - low) / f64::from(height) * 11.0)
                    .color(t.ink),
            );
        }
        plot.pointer_coordinate()
    });
    speak(&response.response, chart);
    let pointer = response.response.hover_pos();
    let transform = response.transform;
    let hovered = pointer.and_then(|pointer| {
        let distance = |mark: &&Mark| match mark.shape {
            Shape::Disc { x, y, .. } => transform.position_from_point(&PlotPoint::new(x, y)).distance(pointer),
            _ => f32::INFINITY,
        };
        discs.iter().copied().filter(|mark| distance(mark) < 24.0).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    });
    click(&response.response, app, hovered, commands);
    menu(&response.response, app, (kind, chart), hovered, commands);
    tip(response.response, hovered);
    shade_key(ui, t);
}

/// From both axes to points, for the places of labels: as they stand in a field that is as wide as the plot.
struct Scale {
    x: [f64; 2],
    y: [f64; 2],
    x_per_point: f64,
    y_per_point: f64,
}

impl Scale {
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    fn at(&self, x: f64, y: f64) -> Point {
        Point { x: ((x - self.x[0]) / self.x_per_point) as f32, y: ((self.y[1] - y) / self.y_per_point) as f32 }
    }

    fn field(&self) -> Area {
        let (from, to) = (self.at(self.x[0] + 2.0, self.y[1]), self.at(self.x[1], self.y[0]));
        Area::new(from.x, from.y, to.x, to.y)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a radius in points")]
    fn dot(&self, mark: &Mark, label: f32) -> Option<Dot> {
        let Shape::Disc { x, y, radius, across, up, .. } = mark.shape else { return None };
        let at = self.at(x, y);
        // Names do not stand on the lines of intervals.
        let mut crosses = Vec::new();
        crosses.extend(
            across.map(|range| Area::new(self.at(range.low, y).x, at.y - 1.0, self.at(range.high, y).x, at.y + 1.0)),
        );
        crosses.extend(
            up.map(|range| Area::new(at.x - 1.0, self.at(x, range.high).y, at.x + 1.0, self.at(x, range.low).y)),
        );
        Some(Dot { at, radius: radius as f32, crosses, label })
    }
}

/// The number of a tick; none outside of the scale of 0 to 100 and a little more.
fn tick(value: f64) -> String {
    if (0.0..=400.0).contains(&value) { format!("{value:.0}") } else { String::new() }
}

/// The intervals of a disc on both axes, as a thin cross behind it.
fn spread(plot: &mut PlotUi<'_>, mark: &Mark, t: &theme::Tokens) {
    let Shape::Disc { x, y, across, up, .. } = mark.shape else { return };
    let colour = match mark.ink {
        Ink::Grouping(colour) => theme::grouping(colour),
        _ => t.muted.gamma_multiply(0.6),
    };
    let ends = [
        across.map(|whisker| (whisker.stale, [[whisker.low, y], [whisker.high, y]])),
        up.map(|whisker| (whisker.stale, [[x, whisker.low], [x, whisker.high]])),
    ];
    for (stale, ends) in ends.into_iter().flatten() {
        let style = if stale { LineStyle::dotted_dense() } else { LineStyle::Solid };
        let line = Line::new("interval", PlotPoints::from(ends.to_vec()));
        plot.line(line.color(colour).width(1.2).style(style).allow_hover(false));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a radius in points")]
fn disc(plot: &mut PlotUi<'_>, mark: &Mark, t: &theme::Tokens) {
    let Shape::Disc { x, y, radius, hollow, shade, .. } = mark.shape else { return };
    let radius = radius as f32;
    let point = |colour: Color32, radius: f32, filled: bool| {
        Points::new("", vec![[x, y]]).radius(radius).color(colour).filled(filled).allow_hover(false)
    };
    let fill = shade.map_or(t.soft, theme::magnitude);
    match mark.ink {
        Ink::Grouping(colour) => {
            plot.points(point(theme::grouping(colour), radius + 2.5, true));
            plot.points(point(t.panel, radius, true));
            plot.points(point(fill, radius - 1.0, true));
            let text = theme::strong(letter(colour), theme::BODY).color(theme::on(fill));
            label(plot, x, y, Align2::CENTER_CENTER, text);
        }
        _ => {
            plot.points(point(t.muted, radius.min(8.0), !hollow));
        }
    }
}

/// The dashed ring of a ghost.
fn ring(x: f64, y: f64, rx: f64, ry: f64) -> Line<'static> {
    let points: Vec<[f64; 2]> = (0..=36)
        .map(|step| {
            let angle = f64::from(step) * std::f64::consts::TAU / 36.0;
            [x + rx * angle.cos(), y + ry * angle.sin()]
        })
        .collect();
    Line::new("ghost", PlotPoints::from(points)).style(LineStyle::dashed_dense()).width(1.2).allow_hover(false)
}

/// The scale of shades: deadlock risk.
fn shade_key(ui: &mut Ui, t: &theme::Tokens) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let words = |text: &str| RichText::new(text).size(theme::SMALL - 0.5).color(t.muted);
        ui.label(words("inside: deadlock risk 0 %"));
        let (rect, _) = ui.allocate_exact_size(Vec2::new(84.0, 8.0), egui::Sense::hover());
        for step in 0..21_u8 {
            let part = f32::from(step) / 21.0;
            let left = rect.left() + rect.width() * part;
            let piece =
                egui::Rect::from_min_size(egui::pos2(left, rect.top()), Vec2::new(rect.width() / 21.0 + 0.5, 8.0));
            ui.painter().rect_filled(piece, 0, theme::magnitude(f64::from(part)));
        }
        ui.label(words("100 %; size: members"));
    });
}
