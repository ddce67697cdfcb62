//! Charts that are painted as they were laid out: rows, and one axis with members on it.

use eframe::egui::{CursorIcon, Response, Sense, Stroke, Ui, Vec2};

use super::paint::{Fonts, Pen};
use super::{about, about_of, click, command_of, is_chosen, menu, speak, theme, tip};
use crate::app::{App, Command};
use crate::chart::frame::{After, Look, Point, Target, layout};
use crate::chart::{Chart, Kind, Mark, Shape};

/// Draws a chart of rows, or of one axis. `after` is what a release would make of the measure of a grouping.
pub fn frame_ui(ui: &mut Ui, app: &App, kind: &Kind, chart: &Chart, after: Option<After>, commands: &mut Vec<Command>) {
    let width = ui.available_width();
    let chosen = |mark: &Mark| is_chosen(app, mark);
    let look = Look { width, height: None, after, is_chosen: &chosen };
    let frame = layout(kind.picture, chart, &look, &Fonts(ui));
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, frame.height), Sense::click());
    speak(&response, chart);
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter_at(rect.expand2(Vec2::new(8.0, 1.0)));
    let t = theme::tokens(ui);
    let under = response.hover_pos().map(|at| Point { x: at.x - rect.left(), y: at.y - rect.top() });
    let target = under.and_then(|point| frame.hit(point));
    let mark_of = |at: usize| chart.marks.get(at);
    let hovered = target.and_then(|target| match target {
        Target::Mark(at) | Target::Figure(at) => mark_of(at),
        Target::Grouping(_) => None,
    });
    let row_of = |mark: &Mark| match mark.shape {
        Shape::Bar { row, .. } | Shape::Empty { row } => Some(row),
        _ => None,
    };
    let lit = hovered.filter(|mark| command_of(app, mark.of).is_some()).and_then(row_of);
    let mut pen = Pen::new(&painter, rect.min, t);
    if let Some(Target::Mark(at) | Target::Figure(at)) = target
        && lit.is_some()
        && let Some(area) = frame.area_of(Target::Mark(at))
    {
        painter.rect_filled(pen.rect(area), 4, t.soft);
    }
    pen.lit = lit;
    pen.paint(&frame);
    let asked = target.and_then(|target| match target {
        Target::Figure(at) if mark_of(at).is_some_and(|mark| about_of(app, mark).is_some()) => Some(at),
        _ => None,
    });
    if let Some(area) = asked.and_then(|at| frame.area_of(Target::Figure(at))) {
        let number = pen.rect(area);
        painter.hline(number.x_range(), number.bottom(), Stroke::new(1.0, t.ink));
        response.ctx.set_cursor_icon(CursorIcon::Help);
    }
    ring_ui(&pen, hovered, target, &frame);
    answer(response, app, (kind, chart), (asked, hovered), commands);
}

/// A ring around the place on an axis that the pointer is at.
fn ring_ui(pen: &Pen<'_>, hovered: Option<&Mark>, target: Option<Target>, frame: &crate::chart::frame::Frame) {
    let Some(Mark { shape: Shape::Place { .. }, .. }) = hovered else { return };
    if let Some(area) = target.and_then(|target| frame.area_of(target)) {
        let band = pen.rect(area);
        pen.painter.hline(band.x_range(), band.bottom(), Stroke::new(1.5, pen.tokens.ink));
    }
}

fn answer(
    response: Response,
    app: &App,
    (kind, chart): (&Kind, &Chart),
    (asked, hovered): (Option<usize>, Option<&Mark>),
    commands: &mut Vec<Command>,
) {
    about::picture_popup(&response, app, asked, |at| about_of(app, chart.marks.get(at)?), commands);
    if asked.is_none() {
        click(&response, app, hovered, commands);
    }
    menu(&response, app, (kind, chart), hovered, commands);
    tip(response, hovered);
}
