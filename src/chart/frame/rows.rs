//! Rows: names at the left, bars on a scale that holds still, their figures, and guides with staggered names.
//!
//! A bar ends where its value is. Its figure stands behind it; where there is no room, in the end of the bar; else it is shortened.

use super::super::scale::{tick_words, ticks};
use super::super::{Chart, Ink, Mark, Of, Shape, Whisker};
use super::{
    After, Anchor, Area, BODY, Frame, Line, Look, Op, Role, SMALL, Target, Text, TextMeasure, Tone, at, dashed, elided,
    elided_middle, is_patterned, line, number, screen,
};
use crate::model::letter;

const ROW: f32 = 22.0;
const BAR: f32 = 15.0;
const LETTER: f32 = 17.0;
/// Room at the right end.
const EDGE: f32 = 6.0;
const GAP: f32 = 7.0;
/// From the interval of a guide to the next.
const RANGE: f32 = 3.5;
/// How long a tick is.
const TICKS: f32 = 3.0;
/// A line of text below the rows.
const FOOT: f32 = 12.0;
/// The size of the letters there.
const TICK: f32 = SMALL - 0.5;

/// What is drawn, sorted by kind; marks with their position in the chart.
struct Parts<'a> {
    rows: Vec<(usize, &'a Mark)>,
    points: Vec<&'a Mark>,
    guides: Vec<(usize, &'a Mark)>,
    letters: bool,
    after: Option<&'a After>,
}

impl<'a> Parts<'a> {
    fn of(chart: &'a Chart, after: Option<&'a After>) -> Self {
        let with = |wanted: fn(&Shape) -> bool| -> Vec<(usize, &'a Mark)> {
            chart.marks.iter().enumerate().filter(|(_, mark)| wanted(&mark.shape)).collect()
        };
        let rows = with(|shape| matches!(shape, Shape::Bar { .. } | Shape::Empty { .. }));
        let letters = rows.iter().all(|(_, mark)| matches!(mark.of, Of::Grouping(_)));
        let points = with(|shape| matches!(shape, Shape::Point { .. })).into_iter().map(|(_, mark)| mark).collect();
        Self { rows, points, guides: with(|shape| matches!(shape, Shape::Guide { .. })), letters, after }
    }

    /// What a release would make of a row.
    fn after(&self, mark: &Mark) -> Option<&'a After> {
        self.after.filter(|after| mark.of == Of::Grouping(after.of))
    }

    fn point(&self, row: usize) -> Option<f64> {
        self.points.iter().find_map(|mark| match mark.shape {
            Shape::Point { row: of, x } if of == row => Some(x),
            _ => None,
        })
    }

    /// Where all that is drawn in a row ends.
    fn end(&self, row: usize) -> f64 {
        let (_, mark) = self.rows[row];
        let bar = match mark.shape {
            Shape::Bar { to, whisker, .. } => whisker.map_or(to, |whisker| to.max(whisker.high)),
            _ => 0.0,
        };
        bar.max(self.after(mark).map_or(0.0, |after| after.value[0])).max(self.point(row).unwrap_or(0.0))
    }

    /// Room below the rows for the intervals of guides.
    fn ranges(&self) -> f32 {
        let any = self.guides.iter().any(|(_, mark)| matches!(mark.shape, Shape::Guide { whisker: Some(_), .. }));
        if any { RANGE * number(self.guides.len()) + 2.0 } else { 0.0 }
    }
}

/// From units to points. It is that of the axis, whatever stands in the rows.
struct Scale {
    left: f32,
    right: f32,
    from: f64,
    to: f64,
}

impl Scale {
    /// What lies beyond the scale stands at its end.
    fn x(&self, value: f64) -> f32 {
        let share = ((value - self.from) / (self.to - self.from).max(1e-9)).clamp(0.0, 1.0);
        self.left + (self.right - self.left) * screen(share)
    }
}

/// Lays a chart of rows out.
pub(super) fn layout(frame: &mut Frame, chart: &Chart, look: &Look<'_>, measure: &dyn TextMeasure) {
    let parts = Parts::of(chart, look.after.as_ref());
    let indent = if parts.letters { LETTER } else { 0.0 };
    let most = look.width * if parts.letters { 0.36 } else { 0.5 };
    let widest = parts.rows.iter().map(|(_, mark)| measure.width(&mark.name, BODY, true)).fold(40.0, f32::max);
    let names = (widest + 2.0).min(most - indent);
    let left = indent + names + 8.0;
    let right = (look.width - EDGE).max(left + 60.0);
    let scale = Scale { left, right, from: chart.x.from, to: chart.x.to };
    let body = number(parts.rows.len()) * ROW;
    let ranges = parts.ranges();
    let numbers = ticks(chart.x.from, chart.x.to).map(|value| (scale.x(value), tick_words(value)));
    let guides = staggered(&parts, &scale, &numbers, look.width, measure);
    let lines = guides.iter().map(|(_, _, line)| line + 1).fold(1, usize::max);
    // Ticks stand where no interval of a guide does.
    let below = body + ranges.max(TICKS);
    frame.height = below + 2.0 + FOOT * number(lines);
    frame.open(Role::Artifact);
    for (_, mark) in &parts.guides {
        if let Shape::Guide { x, .. } = mark.shape {
            let x = scale.x(x);
            frame.stroke(at(x, 0.0), at(x, body + ranges), dashed(Tone::Muted, 1.2, [1.2, 2.8]));
        }
    }
    ranges_of(frame, &parts, &scale, body);
    for (x, _) in &numbers {
        frame.stroke(at(*x, below - TICKS), at(*x, below), line(Tone::Muted, 1.0));
    }
    frame.close();
    for (row, (mark_at, mark)) in parts.rows.iter().enumerate() {
        let top = number(row) * ROW;
        frame.answer(Area::new(0.0, top, look.width, top + ROW), Target::Mark(*mark_at));
        name_of(frame, &parts, mark, (top + ROW / 2.0, indent, names), look, measure);
        row_of(frame, &parts, row, top + ROW / 2.0, &scale, measure);
    }
    let foot = below + 1.0 + FOOT / 2.0;
    frame.open(Role::Artifact);
    for (x, words) in numbers {
        let half = measure.width(&words, TICK, false) / 2.0;
        let x = x.min(look.width - half);
        frame.text(small(words, at(x, foot)));
    }
    frame.close();
    for (guide, x, below) in guides {
        let (mark_at, mark) = parts.guides[guide];
        let y = foot + FOOT * number(below);
        let half = measure.width(&mark.name, TICK, false) / 2.0;
        frame.answer(Area::new(x - half, y - FOOT / 2.0, x + half, y + FOOT / 2.0), Target::Mark(mark_at));
        frame.text(small(mark.name.clone(), at(x, y)));
    }
}

fn small(words: String, at: super::Point) -> Text {
    Text { words, at, anchor: Anchor::Middle, size: TICK, bold: false, tone: Tone::Muted, turned: false }
}

/// The intervals of guides: a thin line each, one below the other.
fn ranges_of(frame: &mut Frame, parts: &Parts<'_>, scale: &Scale, body: f32) {
    let mut y = body + 2.0;
    for (_, mark) in &parts.guides {
        let Shape::Guide { x, whisker: Some(Whisker { low, high, stale }) } = mark.shape else { continue };
        let tone = if stale { Tone::Faint } else { Tone::Muted };
        frame.stroke(at(scale.x(low), y), at(scale.x(high), y), line(tone, 1.0));
        frame.draw(Op::Circle { centre: at(scale.x(x), y), radius: 1.6, fill: Some(tone), line: None });
        y += RANGE;
    }
}

/// The letter and the name of a row; a row without a figure is a heading.
fn name_of(
    frame: &mut Frame,
    parts: &Parts<'_>,
    mark: &Mark,
    (y, indent, width): (f32, f32, f32),
    look: &Look<'_>,
    measure: &dyn TextMeasure,
) {
    let text = |words: String, x: f32, y: f32, size: f32, bold: bool, tone: Tone| Text {
        words,
        at: at(x, y),
        anchor: Anchor::Left,
        size,
        bold,
        tone,
        turned: false,
    };
    if let (true, Ink::Grouping(colour)) = (parts.letters, mark.ink) {
        frame.text(text(letter(colour), 0.0, y, BODY, true, Tone::Ink));
    }
    let is_heading = matches!(mark.shape, Shape::Empty { .. }) && mark.label.is_empty();
    let bold = !is_heading && (look.is_chosen)(mark);
    let (size, tone, lower) = if is_heading { (SMALL, Tone::Muted, 3.0) } else { (BODY, Tone::Ink, 0.0) };
    frame.text(text(elided_middle(&mark.name, width, size, bold, measure), indent, y + lower, size, bold, tone));
}

/// Bar, interval, ghost, point and figure of one row.
fn row_of(frame: &mut Frame, parts: &Parts<'_>, row: usize, y: f32, scale: &Scale, measure: &dyn TextMeasure) {
    let (mark_at, mark) = parts.rows[row];
    let mut bar_end = None;
    if let Shape::Bar { from, to, whisker, .. } = mark.shape {
        // A sliver remains visible at zero.
        let end = scale.x(to).max(scale.x(from) + 1.5);
        bar_of(frame, Area::new(scale.x(from), y - BAR / 2.0, end, y + BAR / 2.0), mark.ink);
        bar_end = Some((scale.x(from), end));
        // Nothing that is drawn enters a figure whose interval has no width.
        if let Some(Whisker { low, high, stale }) = whisker.filter(|range| range.high - range.low >= 0.05) {
            let pen = if stale { dashed(Tone::Ink, 1.5, [2.0, 2.0]) } else { line(Tone::Ink, 1.5) };
            frame.stroke(at(scale.x(low), y), at(scale.x(high), y), pen);
        }
    }
    if let Some(after) = parts.after(mark) {
        let (left, right) = (scale.x(0.0), scale.x(after.value[0]));
        let area = Area::new(left, y - BAR / 2.0 - 1.5, right, y + BAR / 2.0 + 1.5);
        frame.rect(area, 0.0, None, Some(dashed(Tone::Ink, 1.2, [3.0, 2.5])));
        if after.value[0] > scale.to {
            // It goes on beyond the scale.
            let points = vec![at(right, y - 4.0), at(right + 5.0, y), at(right, y + 4.0)];
            frame.draw(Op::Polygon { points, fill: Some(Tone::Ink), line: None });
        }
    }
    if let Some(x) = parts.point(row) {
        let (x, r) = (scale.x(x), 4.5);
        let points = vec![at(x, y - r), at(x + r, y), at(x, y + r), at(x - r, y)];
        frame.draw(Op::Polygon { points, fill: Some(Tone::Ink), line: Some(line(Tone::Panel, 1.5)) });
    }
    figure_of(frame, parts, (row, mark_at, mark), (y, bar_end), scale, measure);
}

/// The figure of a row: behind all that is drawn, else in the end of the bar, else shortened.
fn figure_of(
    frame: &mut Frame,
    parts: &Parts<'_>,
    (row, mark_at, mark): (usize, usize, &Mark),
    (y, bar): (f32, Option<(f32, f32)>),
    scale: &Scale,
    measure: &dyn TextMeasure,
) {
    let label = parts.after(mark).map_or(&mark.label, |after| &after.label);
    if label.is_empty() {
        return;
    }
    let end = parts.end(row);
    let behind = if end > 0.0 || bar.is_some() { scale.x(end) + GAP } else { scale.left };
    let width = measure.width(label, BODY, false);
    let room = scale.right + EDGE - behind;
    // In the bar, in front of its interval.
    let low = match mark.shape {
        Shape::Bar { whisker: Some(range), to, .. } => scale.x(range.low.min(to)),
        _ => bar.map_or(0.0, |(_, end)| end),
    };
    let inside = bar.filter(|(from, _)| {
        width > room && parts.after(mark).is_none() && parts.point(row).is_none() && low - GAP - width >= from + 4.0
    });
    let (left, words, tone) = match (inside, mark.ink) {
        (Some(_), Ink::Grouping(colour)) => (low - GAP - width, label.clone(), Tone::On(colour, false)),
        (Some(_), Ink::Part(colour)) => (low - GAP - width, label.clone(), Tone::On(colour, true)),
        (Some(_), Ink::Baseline) => (low - GAP - width, label.clone(), Tone::Ink),
        (None, _) => {
            let tone = if bar.is_some() { Tone::Ink } else { Tone::Muted };
            // The first figure is always there: what is drawn yields where nothing is left.
            let least = measure.width(first_number(label), BODY, false) + 10.0;
            let left = behind.min(scale.right + EDGE - least.min(width)).max(scale.left);
            (left, elided(label, scale.right + EDGE - left, BODY, false, measure), tone)
        }
    };
    let width = measure.width(&words, BODY, false);
    let area = Area::new(left, y - 8.0, left + width, y + 8.0);
    if inside.is_none() {
        // No guide runs through a figure.
        frame.rect(Area::new(left - 2.0, area.top, area.right + 2.0, area.bottom), 0.0, Some(Tone::Row(row)), None);
    }
    frame.answer(area, Target::Figure(mark_at));
    frame.text(Text { words, at: at(left, y), anchor: Anchor::Left, size: BODY, bold: false, tone, turned: false });
}

/// What stands before the first “·”.
fn first_number(label: &str) -> &str {
    label.split(" · ").next().unwrap_or(label)
}

fn bar_of(frame: &mut Frame, area: Area, ink: Ink) {
    match ink {
        Ink::Grouping(colour) => {
            frame.rect(area, 2.0, Some(Tone::Grouping(colour)), None);
            pattern_of(frame, area, colour, Tone::On(colour, false));
        }
        Ink::Part(colour) => {
            frame.rect(area, 2.0, Some(Tone::Pale(colour)), Some(line(Tone::Grouping(colour), 1.0)));
            pattern_of(frame, area, colour, Tone::On(colour, true));
        }
        Ink::Baseline => frame.rect(area, 2.0, Some(Tone::Soft), Some(line(Tone::Muted, 1.0))),
    }
}

/// A second line within: the colour has come round.
fn pattern_of(frame: &mut Frame, area: Area, colour: u8, tone: Tone) {
    if is_patterned(colour) && area.right - area.left > 5.0 {
        let pen: Line = line(tone, 1.2);
        frame.rect(area.grown(-2.0), 1.0, None, Some(pen));
    }
}

/// Names of the guides on the lines below the numbers of the scale, so that none overlaps: the guide, the centre, the line; one
/// that finds no room is left out.
fn staggered(
    parts: &Parts<'_>,
    scale: &Scale,
    numbers: &[(f32, String)],
    width: f32,
    measure: &dyn TextMeasure,
) -> Vec<(usize, f32, usize)> {
    let mut placed: Vec<(usize, f32, usize)> = Vec::new();
    let mut spans: Vec<(usize, f32, f32)> = numbers
        .iter()
        .map(|(x, words)| {
            let half = measure.width(words, TICK, false) / 2.0 + 3.0;
            (0, x - half, x + half)
        })
        .collect();
    for (guide, (_, mark)) in parts.guides.iter().enumerate() {
        let Shape::Guide { x, .. } = mark.shape else { continue };
        let half = measure.width(&mark.name, TICK, false) / 2.0 + 3.0;
        // A name that is moved still touches its line.
        let tries = [0.0, 0.8, -0.8, 1.0, -1.0].into_iter().flat_map(|shift| [(1, shift), (2, shift)]);
        let place = tries
            .map(|(line, shift)| {
                let centre = scale.x(x) + shift * half;
                (line, centre.max(half - 3.0).min(width + 3.0 - half))
            })
            .find(|(line, centre)| {
                spans.iter().all(|(on, from, to)| on != line || centre + half < *from || centre - half > *to)
            });
        if let Some((line, centre)) = place {
            spans.push((line, centre - half, centre + half));
            placed.push((guide, centre, line));
        }
    }
    placed
}
