//! Rows: names at the left, bars, guides with staggered names, figures at the right.

use eframe::egui::{
    Align2, Color32, CursorIcon, FontId, Painter, Pos2, Rect, Sense, Shape as Drawn, Stroke, StrokeKind, Ui, Vec2, pos2,
};

use super::{
    about, about_of, click, command_of, fitted, fitted_middle, is_chosen, letter_of, menu, speak, theme, tip, width_of,
};
use crate::app::{App, Command};
use crate::chart::{Chart, Ink, Mark, Of, Shape, Whisker};
use crate::model::GroupingId;

const ROW: f32 = 22.0;
const BAR: f32 = 15.0;
const LETTER: f32 = 17.0;
/// Room at the right end.
const EDGE: f32 = 6.0;
const GAP: f32 = 7.0;
/// From the interval of a guide to the next.
const RANGE: f32 = 3.5;

/// What a release would make of the measure of a grouping.
pub struct After {
    /// The grouping.
    pub of: GroupingId,
    /// The figure after it.
    pub value: f64,
    /// Both figures in words.
    pub label: String,
}

type Ghost = Option<After>;

/// What is drawn, sorted by kind.
struct Parts<'a> {
    rows: Vec<&'a Mark>,
    points: Vec<&'a Mark>,
    guides: Vec<&'a Mark>,
    letters: bool,
    ghost: Ghost,
}

impl<'a> Parts<'a> {
    fn of(chart: &'a Chart, ghost: Ghost) -> Self {
        let with = |wanted: fn(&Shape) -> bool| chart.marks.iter().filter(move |mark| wanted(&mark.shape)).collect();
        let rows: Vec<&Mark> = with(|shape| matches!(shape, Shape::Bar { .. } | Shape::Empty { .. }));
        let letters = rows.iter().all(|mark| matches!(mark.of, Of::Grouping(_)));
        let points = with(|shape| matches!(shape, Shape::Point { .. }));
        Self { rows, points, guides: with(|shape| matches!(shape, Shape::Guide { .. })), letters, ghost }
    }

    /// What a release would make of a row.
    fn after(&self, mark: &Mark) -> Option<&After> {
        self.ghost.as_ref().filter(|after| mark.of == Of::Grouping(after.of))
    }

    fn point(&self, row: usize) -> Option<f64> {
        self.points.iter().find_map(|mark| match mark.shape {
            Shape::Point { row: of, x } if of == row => Some(x),
            _ => None,
        })
    }

    /// Where the figure of a row begins: behind all that is drawn in it.
    fn end(&self, row: usize) -> f64 {
        let mark = self.rows[row];
        let bar = match mark.shape {
            Shape::Bar { to, whisker, .. } => whisker.map_or(to, |whisker| to.max(whisker.high)),
            _ => 0.0,
        };
        bar.max(self.after(mark).map_or(0.0, |after| after.value)).max(self.point(row).unwrap_or(0.0))
    }

    /// The figure of a row, with what a release would make of it.
    fn label<'b>(&'b self, mark: &'b Mark) -> &'b str {
        self.after(mark).map_or(&mark.label, |after| &after.label)
    }
}

/// From units to the screen.
struct Scale {
    left: f32,
    right: f32,
    per_unit: f64,
}

impl Scale {
    /// The largest scale at which every bar with its figure, and every guide, has room.
    fn fit(ui: &Ui, chart: &Chart, parts: &Parts<'_>, left: f32, right: f32) -> Self {
        let font = FontId::proportional(theme::BODY);
        let room = f64::from((right - left - EDGE).max(60.0));
        let mut per_unit = (room - 6.0) / (chart.x.to.min(100.0) * 0.75).max(1e-9);
        for (row, mark) in parts.rows.iter().enumerate() {
            let label = f64::from(width_of(ui, parts.label(mark), &font) + GAP);
            let end = parts.end(row);
            if end > 0.0 {
                per_unit = per_unit.min((room - label).max(24.0) / end);
            }
        }
        for mark in &parts.guides {
            if let Shape::Guide { x, whisker } = mark.shape
                && x > 0.0
            {
                let furthest = whisker.map_or(x, |whisker| x.max(whisker.high));
                per_unit = per_unit.min((room - 4.0) / furthest);
            }
        }
        Self { left, right, per_unit }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    fn x(&self, value: f64) -> f32 {
        self.left + (value * self.per_unit) as f32
    }
}

/// Draws a chart of rows. `ghost` is what a release would make of the measure of a grouping.
pub fn rows_ui(ui: &mut Ui, app: &App, chart: &Chart, ghost: Ghost, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let parts = Parts::of(chart, ghost);
    let room = ui.available_rect_before_wrap();
    let names = Names::of(ui, &parts, room.width());
    let scale = Scale::fit(ui, chart, &parts, room.left() + names.indent + names.width + 8.0, room.right());
    let guides = staggered(ui, &parts, &scale);
    let ranges = parts.ranges();
    let foot = ranges + guides.iter().map(|(_, _, line)| 14.0 + 12.0 * line).fold(2.0, f32::max);
    #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
    let body = parts.rows.len() as f32 * ROW;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(room.width(), body + foot), Sense::click());
    speak(&response, chart);
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter_at(rect.expand2(Vec2::new(8.0, 1.0)));
    let pointer = response.hover_pos();
    let over = pointer.and_then(|pointer| row_at(&parts, rect, pointer));
    let lit = over.filter(|(_, mark)| command_of(app, mark.of).is_some()).map(|(row, _)| row);
    if let Some(row) = lit {
        painter.rect_filled(row_rect(rect, row), 4, t.soft);
    }
    for mark in &parts.guides {
        if let Shape::Guide { x, .. } = mark.shape {
            let line = [pos2(scale.x(x), rect.top()), pos2(scale.x(x), rect.top() + body + ranges)];
            painter.extend(Drawn::dotted_line(&line, t.muted, 4.0, 0.6));
        }
    }
    ranges_ui(&painter, &parts, &scale, rect.top() + body, t);
    let mut numbers = Vec::with_capacity(parts.rows.len());
    for (row, mark) in parts.rows.iter().enumerate() {
        let lane = row_rect(rect, row);
        names.ui(ui, app, &painter, mark, lane);
        let back = if lit == Some(row) { t.soft } else { t.panel };
        numbers.push(row_ui(ui, &painter, &parts, (row, lane), &scale, back));
    }
    let on_number = pointer.and_then(|at| numbers.iter().position(|number| number.contains(at)));
    let asked = on_number.filter(|row| about_of(app, parts.rows[*row]).is_some());
    if let Some(row) = asked {
        let number = numbers[row];
        painter.hline(number.x_range(), number.bottom(), Stroke::new(1.0, t.ink));
        response.ctx.set_cursor_icon(CursorIcon::Help);
    }
    for (name, x, line) in &guides {
        let at = pos2(*x, rect.top() + body + ranges + 7.0 + 12.0 * line);
        painter.text(at, Align2::CENTER_CENTER, name, FontId::proportional(theme::SMALL - 0.5), t.muted);
    }
    let hovered = over.map(|(_, mark)| mark).or_else(|| pointer.and_then(|at| guide_at(&parts, &scale, at)));
    about::picture_popup(&response, app, asked, |row| about_of(app, parts.rows.get(row)?), commands);
    if asked.is_none() {
        click(&response, app, hovered, commands);
    }
    menu(&response, app, chart, hovered, commands);
    tip(response, hovered);
}

impl Parts<'_> {
    /// Room below the rows for the intervals of guides.
    fn ranges(&self) -> f32 {
        let any = self.guides.iter().any(|mark| matches!(mark.shape, Shape::Guide { whisker: Some(_), .. }));
        #[expect(clippy::cast_precision_loss, reason = "four lines")]
        if any { RANGE * self.guides.len() as f32 + 2.0 } else { 0.0 }
    }
}

/// The intervals of guides: a thin line each, one below the other.
fn ranges_ui(painter: &Painter, parts: &Parts<'_>, scale: &Scale, top: f32, t: &theme::Tokens) {
    let mut y = top + 2.0;
    for mark in &parts.guides {
        let Shape::Guide { x, whisker: Some(Whisker { low, high, stale }) } = mark.shape else { continue };
        let colour = if stale { t.hairline } else { t.muted };
        painter.hline(scale.x(low)..=scale.x(high), y, Stroke::new(1.0, colour));
        painter.circle_filled(pos2(scale.x(x), y), 1.6, colour);
        y += RANGE;
    }
}

/// The column of names.
struct Names {
    /// Room for letters.
    indent: f32,
    width: f32,
}

impl Names {
    fn of(ui: &Ui, parts: &Parts<'_>, room: f32) -> Self {
        let font = FontId::new(theme::BODY, theme::semibold());
        let (indent, most) = if parts.letters { (LETTER, 0.36) } else { (0.0, 0.5) };
        let widest = parts.rows.iter().map(|mark| width_of(ui, &mark.name, &font)).fold(40.0, f32::max);
        Self { indent, width: (widest + 2.0).min(room * most - indent) }
    }

    fn ui(&self, ui: &Ui, app: &App, painter: &Painter, mark: &Mark, lane: Rect) {
        let t = theme::tokens(ui);
        let bold = FontId::new(theme::BODY, theme::semibold());
        if self.indent > 0.0 {
            painter.text(lane.left_center(), Align2::LEFT_CENTER, letter_of(app, mark), bold.clone(), t.ink);
        }
        let is_heading = matches!(mark.shape, Shape::Empty { .. }) && mark.label.is_empty();
        let (font, colour) = match mark {
            _ if is_heading => (FontId::proportional(theme::SMALL), t.muted),
            mark if is_chosen(app, mark) => (bold, t.ink),
            _ => (FontId::proportional(theme::BODY), t.ink),
        };
        let name = fitted_middle(ui, &mark.name, self.width, &font);
        let galley = painter.layout_no_wrap(name, font, colour);
        let at = lane.left_center() + Vec2::new(self.indent, if is_heading { 3.0 } else { 0.0 });
        painter.galley(at - Vec2::new(0.0, galley.size().y / 2.0), galley, colour);
    }
}

fn row_rect(rect: Rect, row: usize) -> Rect {
    #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
    let top = rect.top() + row as f32 * ROW;
    Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + ROW))
}

fn row_at<'a>(parts: &Parts<'a>, rect: Rect, pointer: Pos2) -> Option<(usize, &'a Mark)> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row, not below 0")]
    let row = ((pointer.y - rect.top()) / ROW).max(0.0) as usize;
    parts.rows.get(row).map(|mark| (row, *mark))
}

fn guide_at<'a>(parts: &Parts<'a>, scale: &Scale, pointer: Pos2) -> Option<&'a Mark> {
    let distance = |mark: &&&Mark| match mark.shape {
        Shape::Guide { x, .. } => (scale.x(x) - pointer.x).abs(),
        _ => f32::INFINITY,
    };
    parts.guides.iter().filter(|mark| distance(mark) < 30.0).min_by(|a, b| distance(a).total_cmp(&distance(b))).copied()
}

/// Bar, interval, point, ghost and figure of one row. Returns where the figure stands.
fn row_ui(
    ui: &Ui,
    painter: &Painter,
    parts: &Parts<'_>,
    (row, lane): (usize, Rect),
    scale: &Scale,
    back: Color32,
) -> Rect {
    let t = theme::tokens(ui);
    let mark = parts.rows[row];
    let y = lane.center().y;
    let bar = |from: f32, to: f32| Rect::from_min_max(pos2(from, y - BAR / 2.0), pos2(to, y + BAR / 2.0));
    let mut colour = t.muted;
    if let Shape::Bar { from, to, whisker, .. } = mark.shape {
        colour = t.ink;
        // A sliver remains visible at zero.
        let body = bar(scale.x(from), scale.x(to).max(scale.x(from) + 1.5));
        bar_ui(painter, body, mark.ink, t);
        // Nothing that is drawn enters a figure whose interval has no width.
        if let Some(Whisker { low, high, stale }) = whisker.filter(|range| range.high - range.low >= 0.05) {
            let line = [pos2(scale.x(low), y), pos2(scale.x(high), y)];
            if stale {
                painter.extend(Drawn::dashed_line(&line, Stroke::new(1.5, t.ink), 2.0, 2.0));
            } else {
                painter.line_segment(line, Stroke::new(1.5, t.ink));
            }
        }
    }
    if let Some(after) = parts.after(mark) {
        let outline = bar(scale.x(0.0), scale.x(after.value)).expand2(Vec2::new(0.0, 1.5));
        let path = [
            outline.left_top(),
            outline.right_top(),
            outline.right_bottom(),
            outline.left_bottom(),
            outline.left_top(),
        ];
        painter.extend(Drawn::dashed_line(&path, Stroke::new(1.2, t.ink), 3.0, 2.5));
    }
    if let Some(x) = parts.point(row) {
        let (centre, r) = (pos2(scale.x(x), y), 4.5);
        let corners = [Vec2::new(0.0, -r), Vec2::new(r, 0.0), Vec2::new(0.0, r), Vec2::new(-r, 0.0)];
        let corners = corners.map(|corner| centre + corner).to_vec();
        painter.add(Drawn::convex_polygon(corners, t.ink, Stroke::new(1.5, t.panel)));
    }
    let font = FontId::proportional(theme::BODY);
    let end = parts.end(row);
    let begin = if end > 0.0 { scale.x(end) + GAP } else { scale.x(0.0) + if colour == t.ink { GAP } else { 0.0 } };
    let text = fitted(ui, parts.label(mark), (scale.right - begin).max(10.0), &font);
    let galley = painter.layout_no_wrap(text, font, colour);
    let place = Rect::from_min_size(pos2(begin, y - galley.size().y / 2.0), galley.size());
    painter.rect_filled(place.expand2(Vec2::new(2.0, 0.0)), 0, back);
    painter.galley(place.min, galley, colour);
    place
}

fn bar_ui(painter: &Painter, body: Rect, ink: Ink, t: &theme::Tokens) {
    match ink {
        Ink::Grouping(colour) | Ink::Part(colour) => {
            let full = theme::grouping(colour);
            let fill = if matches!(ink, Ink::Part(_)) { full.lerp_to_gamma(t.panel, 0.42) } else { full };
            painter.rect_filled(body, 2, fill);
            if matches!(ink, Ink::Part(_)) {
                painter.rect_stroke(body, 2, Stroke::new(1.0, full), StrokeKind::Inside);
            }
            if theme::is_patterned(colour) {
                painter.rect_stroke(body.shrink(2.0), 1, Stroke::new(1.2, theme::on(fill)), StrokeKind::Inside);
            }
        }
        Ink::Baseline => {
            painter.rect_filled(body, 2, t.soft);
            painter.rect_stroke(body, 2, Stroke::new(1.0, t.muted), StrokeKind::Inside);
        }
    }
}

/// Names of the guides on two lines, so that none overlaps; the one that finds no room is left out.
fn staggered(ui: &Ui, parts: &Parts<'_>, scale: &Scale) -> Vec<(String, f32, f32)> {
    let font = FontId::proportional(theme::SMALL - 0.5);
    let mut placed: Vec<(String, f32, f32)> = Vec::new();
    let mut spans: Vec<(f32, f32, f32)> = Vec::new();
    for mark in &parts.guides {
        let Shape::Guide { x, .. } = mark.shape else { continue };
        let half = width_of(ui, &mark.name, &font) / 2.0 + 3.0;
        let free = |line: f32, centre: f32| {
            spans.iter().all(|(on, from, to)| (*on - line).abs() > 0.5 || centre + half < *from || centre - half > *to)
        };
        // A name that is moved still touches its line.
        let tries = [0.0, 0.8, -0.8].into_iter().flat_map(|shift| [(0.0, shift), (1.0, shift)]);
        let place = tries
            .map(|(line, shift)| {
                (line, (scale.x(x) + shift * half).max(scale.left + half - 20.0).min(scale.right + 6.0 - half))
            })
            .find(|(line, centre)| free(*line, *centre));
        if let Some((line, centre)) = place {
            spans.push((line, centre - half, centre + half));
            placed.push((mark.name.clone(), centre, line));
        }
    }
    placed
}
