//! A field with two axes: discs, the line of those that none beats, and labels that cover nothing.

use super::super::scale::{tick_words, ticks};
use super::super::{Chart, Ink, Mark, Of, Shape, Whisker};
use super::{
    Anchor, Area, BODY, Frame, Look, Op, Point, Role, SMALL, Target, Text, TextMeasure, Tone, at, dashed, line, screen,
};
use crate::model::letter;

/// Room for numbers and words beside the field.
const LEFT: f32 = 46.0;
const BOTTOM: f32 = 40.0;
const TOP: f32 = 8.0;
const RIGHT: f32 = 10.0;
/// Between the lines of the grid on the axis from 0 to 100.
const STEP: f64 = 20.0;

/// A disc in points, with the label that is to stand beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Its centre.
    pub at: Point,
    /// Its radius.
    pub radius: f32,
    /// What else must not be covered: the lines of its intervals.
    pub crosses: Vec<Area>,
    /// How wide its label is.
    pub label: f32,
}

/// Where a label stands, as an offset from the centre of its disc.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Which end of it stands there.
    pub anchor: Anchor,
    /// To the right.
    pub across: f32,
    /// Downward.
    pub down: f32,
}

impl Place {
    /// Whether it stands so far off that a line leads to it.
    #[must_use]
    pub fn is_apart(&self) -> bool {
        self.down.abs() > 13.0
    }
}

/// Labels stand at the right, else at the left, else a line lower or higher; `None` where all of these would cover another disc,
/// interval or label, or leave the field. Those that come last choose first.
#[must_use]
pub fn places(dots: &[Dot], field: &Area) -> Vec<Option<Place>> {
    let mut taken: Vec<Area> = Vec::with_capacity(4 * dots.len());
    for dot in dots {
        let (Point { x, y }, r) = (dot.at, dot.radius);
        taken.push(Area::new(x - r, y - r, x + r, y + r));
        taken.extend(dot.crosses.iter().copied());
    }
    let mut found = vec![None; dots.len()];
    for (at, dot) in dots.iter().enumerate().rev() {
        let gap = dot.radius + 6.0;
        let sides = [(Anchor::Left, gap, gap), (Anchor::Right, -gap, -gap - dot.label)];
        let tries =
            [0.0, 12.0, -12.0, 20.0, -20.0, 32.0, -32.0].into_iter().flat_map(|down| sides.map(|side| (down, side)));
        let free = tries
            .map(|(down, (anchor, across, from))| {
                let (left, middle) = (dot.at.x + from, dot.at.y + down);
                (Place { anchor, across, down }, Area::new(left, middle - 7.0, left + dot.label, middle + 7.0))
            })
            .find(|(_, area)| area.is_within(field) && !taken.iter().any(|other| other.meets(area)));
        if let Some((place, area)) = free {
            taken.push(area);
            found[at] = Some(place);
        }
    }
    found
}

/// What stands beside a disc: the name of a venue, letter and figure of a grouping.
#[must_use]
pub fn label_of(mark: &Mark) -> String {
    match (mark.of, mark.ink) {
        (Of::Grouping(_), Ink::Grouping(colour)) => format!("{} {}", letter(colour), mark.label),
        _ => mark.name.clone(),
    }
}

/// From both axes to points.
struct Field<'a> {
    chart: &'a Chart,
    area: Area,
}

impl Field<'_> {
    fn at(&self, x: f64, y: f64) -> Point {
        let share =
            |value: f64, from: f64, to: f64| screen(((value - from) / (to - from).max(1e-9)).clamp(-0.05, 1.05));
        at(
            self.area.left + (self.area.right - self.area.left) * share(x, self.chart.x.from, self.chart.x.to),
            self.area.bottom - (self.area.bottom - self.area.top) * share(y, self.chart.y.from, self.chart.y.to),
        )
    }
}

/// Lays a field out.
pub(super) fn layout(frame: &mut Frame, chart: &Chart, look: &Look<'_>, measure: &dyn TextMeasure) {
    frame.height = look.height.unwrap_or((look.width * 0.62).clamp(190.0, 330.0));
    let area = Area::new(LEFT, TOP, look.width - RIGHT, frame.height - BOTTOM);
    let field = Field { chart, area };
    grid_of(frame, chart, &field);
    let discs: Vec<(usize, &Mark)> =
        chart.marks.iter().enumerate().filter(|(_, mark)| matches!(mark.shape, Shape::Disc { .. })).collect();
    let labels: Vec<String> = discs.iter().map(|(_, mark)| label_of(mark)).collect();
    let dots: Vec<Dot> = discs
        .iter()
        .zip(&labels)
        .filter_map(|((_, mark), label)| dot_of(mark, &field, measure.width(label, SMALL, false)))
        .collect();
    for (place, ((dot, label), (_, mark))) in places(&dots, &area).into_iter().zip(dots.iter().zip(&labels).zip(&discs))
    {
        let Some(place) = place else { continue };
        let end = at(dot.at.x + place.across, dot.at.y + place.down);
        if place.is_apart() {
            frame.open(Role::Artifact);
            frame.stroke(dot.at, end, line(Tone::Muted, 0.8));
            frame.close();
        }
        let tone = if matches!(mark.of, Of::Baseline(_)) { Tone::Muted } else { Tone::Ink };
        let (words, anchor) = (label.clone(), place.anchor);
        frame.text(Text { words, at: end, anchor, size: SMALL, bold: false, tone, turned: false });
    }
    for (position, mark) in &discs {
        disc_of(frame, *position, mark, &field);
    }
    if let Some(after) = &look.after {
        let centre = field.at(after.value[0], after.value[1]);
        frame.draw(Op::Circle { centre, radius: 11.0, fill: None, line: Some(dashed(Tone::Ink, 1.2, [3.0, 2.5])) });
    }
}

/// Grid, numbers, words of both axes, and the line of those that none beats.
fn grid_of(frame: &mut Frame, chart: &Chart, field: &Field<'_>) {
    let area = field.area;
    let text = |words: String, at: Point, anchor: Anchor, turned: bool| Text {
        words,
        at,
        anchor,
        size: SMALL,
        bold: false,
        tone: Tone::Muted,
        turned,
    };
    frame.open(Role::Artifact);
    for value in ticks(chart.x.from, chart.x.to) {
        let x = field.at(value, 0.0).x;
        frame.stroke(at(x, area.top), at(x, area.bottom), line(Tone::Hairline, 1.0));
        frame.text(text(tick_words(value), at(x, area.bottom + 10.0), Anchor::Middle, false));
    }
    let mut value = chart.y.from;
    while value <= chart.y.to + 1e-9 {
        let y = field.at(0.0, value).y;
        frame.stroke(at(area.left, y), at(area.right, y), line(Tone::Hairline, 1.0));
        frame.text(text(tick_words(value), at(area.left - 6.0, y), Anchor::Right, false));
        value += STEP;
    }
    let middle = f32::midpoint(area.left, area.right);
    frame.text(text(chart.x.label.clone(), at(middle, area.bottom + 27.0), Anchor::Middle, false));
    let middle = f32::midpoint(area.top, area.bottom);
    frame.text(text(chart.y.label.clone(), at(8.0, middle), Anchor::Middle, true));
    for mark in &chart.marks {
        if let Shape::Link { from, to } = mark.shape {
            frame.stroke(field.at(from.0, from.1), field.at(to.0, to.1), line(Tone::Muted, 1.0));
        }
    }
    frame.close();
}

fn dot_of(mark: &Mark, field: &Field<'_>, label: f32) -> Option<Dot> {
    let Shape::Disc { x, y, radius, across, up, .. } = mark.shape else { return None };
    let centre = field.at(x, y);
    let mut crosses = Vec::new();
    crosses.extend(
        across.map(|range| {
            Area::new(field.at(range.low, y).x, centre.y - 1.0, field.at(range.high, y).x, centre.y + 1.0)
        }),
    );
    crosses.extend(
        up.map(|range| Area::new(centre.x - 1.0, field.at(x, range.high).y, centre.x + 1.0, field.at(x, range.low).y)),
    );
    Some(Dot { at: centre, radius: screen(radius), crosses, label })
}

fn disc_of(frame: &mut Frame, position: usize, mark: &Mark, field: &Field<'_>) {
    let Shape::Disc { x, y, radius, hollow, across, up, shade } = mark.shape else { return };
    let (centre, radius) = (field.at(x, y), screen(radius));
    let tone = match mark.ink {
        Ink::Grouping(colour) | Ink::Part(colour) => Tone::Grouping(colour),
        Ink::Baseline => Tone::Faint,
    };
    let pen = |stale: bool| if stale { dashed(tone, 1.2, [1.2, 2.0]) } else { line(tone, 1.2) };
    if let Some(Whisker { low, high, stale }) = across {
        frame.stroke(field.at(low, y), field.at(high, y), pen(stale));
    }
    if let Some(Whisker { low, high, stale }) = up {
        frame.stroke(field.at(x, low), field.at(x, high), pen(stale));
    }
    let mut circle = |radius: f32, fill: Option<Tone>, line| frame.draw(Op::Circle { centre, radius, fill, line });
    match mark.ink {
        Ink::Grouping(colour) => {
            let (fill, on) =
                shade.map_or((Tone::Soft, Tone::Ink), |share| (Tone::Magnitude(share), Tone::OnMagnitude(share)));
            circle(radius + 2.5, Some(Tone::Grouping(colour)), None);
            circle(radius, Some(Tone::Panel), None);
            circle(radius - 1.0, Some(fill), None);
            let words = letter(colour);
            frame.text(Text {
                words,
                at: centre,
                anchor: Anchor::Middle,
                size: BODY,
                bold: true,
                tone: on,
                turned: false,
            });
        }
        _ if hollow => circle(radius.min(8.0), Some(Tone::Panel), Some(line(Tone::Muted, 1.5))),
        _ => circle(radius.min(8.0), Some(Tone::Muted), None),
    }
    let reach = radius.max(12.0);
    let area = Area::new(centre.x - reach, centre.y - reach, centre.x + reach, centre.y + reach);
    frame.answer(area, Target::Mark(position));
}
