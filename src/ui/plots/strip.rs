//! One axis with the members on it, their names above and below.

use eframe::egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Sense, Shape as Drawn, Stroke, Ui, Vec2, pos2};

use super::{click, is_chosen, menu, speak, theme, tip, width_of};
use crate::app::{App, Command};
use crate::chart::{Chart, Ink, Mark, Shape, Stands};

const LINE: f32 = 15.0;
const HEIGHT: f32 = 4.0 * LINE + 26.0;
/// Lanes for names, from the axis outward: above, below, above, below.
const LANES: [f32; 4] = [-19.0, 19.0, -19.0 - LINE, 19.0 + LINE];

/// A name: its text, where it stands, the place that it names, whether that is picked, and its colour.
type Named = (String, Rect, Pos2, bool, Color32);

/// Draws a chart with one axis.
pub fn strip_ui(ui: &mut Ui, app: &App, chart: &Chart, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), HEIGHT), Sense::click());
    speak(&response, chart);
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter_at(rect.expand(1.0));
    let line = rect.shrink2(Vec2::new(6.0, 0.0));
    let y = rect.center().y;
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    let at = |x: f64| {
        let share = (x - chart.x.from) / (chart.x.to - chart.x.from).max(1e-9);
        line.left() + line.width() * share as f32
    };
    for mark in &chart.marks {
        if let Shape::Span { from, to } = mark.shape {
            let band = Rect::from_x_y_ranges(at(from) - 7.0..=at(to) + 7.0, y - 7.0..=y + 7.0);
            painter.rect_filled(band, 7, t.selection);
        }
    }
    painter.hline(line.x_range(), y, Stroke::new(1.0, t.muted));
    let places: Vec<(&Mark, Pos2, Stands)> = chart
        .marks
        .iter()
        .filter_map(|mark| match mark.shape {
            Shape::Place { x, stands } => Some((mark, pos2(at(x), y), stands)),
            _ => None,
        })
        .collect();
    names_ui(ui, &painter, &names(ui, app, &places, rect));
    for (mark, centre, stands) in &places {
        place_ui(&painter, mark, *centre, *stands, t);
    }
    let hovered = response.hover_pos().and_then(|pointer| {
        let distance =
            |place: &&(&Mark, Pos2, Stands)| (place.1.x - pointer.x).abs() + 0.3 * (place.1.y - pointer.y).abs();
        let near = places.iter().filter(|place| distance(place) < 22.0);
        near.min_by(|a, b| distance(a).total_cmp(&distance(b)))
    });
    if let Some((_, centre, _)) = hovered {
        painter.circle_stroke(*centre, 9.0, Stroke::new(1.5, t.ink));
    }
    let hovered = hovered.map(|(mark, _, _)| *mark);
    click(&response, app, hovered, commands);
    menu(&response, app, chart, hovered, commands);
    tip(response, hovered);
}

/// Names, each on a ground of its own so that no leader crosses it.
fn names_ui(ui: &Ui, painter: &Painter, names: &[Named]) {
    let t = theme::tokens(ui);
    for (_, place, from, _, _) in names {
        // A thin line leads from a place to its name.
        let foot = pos2(from.x.clamp(place.left() + 4.0, place.right() - 4.0), place.center().y);
        painter.line_segment([*from, foot], Stroke::new(1.0, t.muted.gamma_multiply(0.6)));
    }
    for (text, place, _, chosen, colour) in names {
        painter.rect_filled(place.shrink2(Vec2::new(1.0, 0.0)), 0, t.panel);
        let font =
            if *chosen { FontId::new(theme::SMALL, theme::semibold()) } else { FontId::proportional(theme::SMALL) };
        painter.text(place.center(), Align2::CENTER_CENTER, text, font, *colour);
    }
}

fn place_ui(painter: &Painter, mark: &Mark, at: Pos2, stands: Stands, t: &theme::Tokens) {
    let colour = match mark.ink {
        Ink::Grouping(colour) | Ink::Part(colour) => theme::grouping(colour),
        Ink::Baseline => t.muted,
    };
    match stands {
        Stands::Member => dot(painter, at, 4.0, colour, t.panel),
        Stands::Veto => {
            dot(painter, at, 4.0, colour, t.panel);
            painter.circle_stroke(at, 7.0, Stroke::new(1.4, colour));
        }
        Stands::Convenor => {
            dot(painter, at, 7.0, colour, t.panel);
            painter.circle_filled(at, 2.5, t.panel);
        }
        Stands::Pole => {
            painter.circle_filled(at, 4.5, t.panel);
            let ring: Vec<Pos2> = (0..=24_u8)
                .map(|step| at + 4.5 * Vec2::angled(f32::from(step) * std::f32::consts::TAU / 24.0))
                .collect();
            painter.extend(Drawn::dashed_line(&ring, Stroke::new(1.2, colour), 2.5, 2.0));
        }
    }
}

fn dot(painter: &Painter, at: Pos2, radius: f32, colour: Color32, around: Color32) {
    painter.circle(at, radius, colour, Stroke::new(1.2, around));
}

/// Names that find room, the most important first: the others are in the tip and the table.
fn names(ui: &Ui, app: &App, places: &[(&Mark, Pos2, Stands)], rect: Rect) -> Vec<Named> {
    let t = theme::tokens(ui);
    let mut named: Vec<Named> = Vec::new();
    let mut order: Vec<&(&Mark, Pos2, Stands)> = places.iter().rev().collect();
    order.sort_by_key(|(mark, _, _)| !is_chosen(app, mark));
    for (mark, centre, stands) in order {
        let chosen = is_chosen(app, mark);
        let font =
            FontId::new(theme::SMALL, if chosen { theme::semibold() } else { eframe::egui::FontFamily::Proportional });
        let half = width_of(ui, &mark.label, &font) / 2.0 + 3.0;
        let x = centre.x.max(rect.left() + half).min(rect.right() - half);
        let below_first = *stands == Stands::Convenor;
        let lanes = if below_first { [1, 0, 3, 2] } else { [0, 1, 2, 3] };
        let free = lanes.into_iter().find_map(|lane| {
            let area = Rect::from_center_size(pos2(x, centre.y + LANES[lane]), Vec2::new(2.0 * half, LINE - 1.0));
            (!named.iter().any(|(_, other, _, _, _)| other.intersects(area))).then_some(area)
        });
        if let Some(area) = free {
            let colour = if *stands == Stands::Pole { t.muted } else { t.ink };
            named.push((mark.label.clone(), area, *centre, chosen, colour));
        }
    }
    named
}
