//! One axis with the members on it, their names above and below.

use super::super::{Chart, Ink, Mark, Shape, Stands};
use super::{
    Anchor, Area, Frame, Line, Look, Op, Point, Role, SMALL, Target, Text, TextMeasure, Tone, at, dashed, line, screen,
};

const LINE: f32 = 15.0;
const HEIGHT: f32 = 4.0 * LINE + 26.0;
/// Lanes for names, from the axis outward: above, below, above, below.
const LANES: [f32; 4] = [-19.0, 19.0, -19.0 - LINE, 19.0 + LINE];
/// Room at both ends of the axis.
const EDGE: f32 = 6.0;

/// A place on the axis: the mark with its position in the chart, where, and who stands there.
type Standing<'a> = (usize, &'a Mark, Point, Stands);

/// A name: where it stands, the place that it names, and whether that is picked.
type Named<'a> = (&'a Mark, Area, Point, bool, Tone);

/// Lays a chart with one axis out.
pub(super) fn layout(frame: &mut Frame, chart: &Chart, look: &Look<'_>, measure: &dyn TextMeasure) {
    frame.height = HEIGHT;
    let y = HEIGHT / 2.0;
    let x = |value: f64| {
        let share = (value - chart.x.from) / (chart.x.to - chart.x.from).max(1e-9);
        EDGE + (look.width - 2.0 * EDGE) * screen(share)
    };
    frame.open(Role::Artifact);
    for mark in &chart.marks {
        if let Shape::Span { from, to } = mark.shape {
            let band = Area::new(x(from) - 7.0, y - 7.0, x(to) + 7.0, y + 7.0);
            frame.rect(band, 7.0, Some(Tone::Selection), None);
        }
    }
    frame.stroke(at(EDGE, y), at(look.width - EDGE, y), line(Tone::Muted, 1.0));
    frame.close();
    let places: Vec<Standing<'_>> = chart
        .marks
        .iter()
        .enumerate()
        .filter_map(|(position, mark)| match mark.shape {
            Shape::Place { x: value, stands } => Some((position, mark, at(x(value), y), stands)),
            _ => None,
        })
        .collect();
    names_of(frame, &names(&places, look, measure));
    for (position, mark, centre, stands) in &places {
        place_of(frame, mark, *centre, *stands);
        // What is nearest answers.
        let others = places.iter().map(|(_, _, other, _)| other.x).filter(|other| (other - centre.x).abs() > 1e-3);
        let (mut left, mut right) = (centre.x - 22.0, centre.x + 22.0);
        for other in others {
            let middle = f32::midpoint(other, centre.x);
            if other < centre.x {
                left = left.max(middle);
            } else {
                right = right.min(middle);
            }
        }
        frame.answer(Area::new(left, 0.0, right, HEIGHT), Target::Mark(*position));
    }
}

/// Names, each on a ground of its own so that no leader crosses it.
fn names_of(frame: &mut Frame, names: &[Named<'_>]) {
    frame.open(Role::Artifact);
    for (_, place, from, _, _) in names {
        // A thin line leads from a place to its name.
        let x = from.x.clamp(place.left + 4.0, (place.right - 4.0).max(place.left + 4.0));
        frame.stroke(*from, at(x, f32::midpoint(place.top, place.bottom)), line(Tone::Faint, 1.0));
    }
    frame.close();
    for (mark, place, _, chosen, tone) in names {
        let ground = Area::new(place.left + 1.0, place.top, place.right - 1.0, place.bottom);
        frame.rect(ground, 0.0, Some(Tone::Panel), None);
        frame.text(Text {
            words: mark.label.clone(),
            at: at(f32::midpoint(place.left, place.right), f32::midpoint(place.top, place.bottom)),
            anchor: Anchor::Middle,
            size: SMALL,
            bold: *chosen,
            tone: *tone,
            turned: false,
        });
    }
}

fn place_of(frame: &mut Frame, mark: &Mark, centre: Point, stands: Stands) {
    let tone = match mark.ink {
        Ink::Grouping(colour) | Ink::Part(colour) => Tone::Grouping(colour),
        Ink::Baseline => Tone::Muted,
    };
    let circle = |radius: f32, fill: Option<Tone>, line: Option<Line>| Op::Circle { centre, radius, fill, line };
    let dot = |radius: f32| circle(radius, Some(tone), Some(line(Tone::Panel, 1.2)));
    match stands {
        Stands::Member => frame.draw(dot(4.0)),
        Stands::Veto => {
            frame.draw(dot(4.0));
            frame.draw(circle(7.0, None, Some(line(tone, 1.4))));
        }
        Stands::Convenor => {
            frame.draw(dot(7.0));
            frame.draw(circle(2.5, Some(Tone::Panel), None));
        }
        Stands::Pole => frame.draw(circle(4.5, Some(Tone::Panel), Some(dashed(tone, 1.2, [2.5, 2.0])))),
    }
}

/// Names that find room, the most important first: the others are in the tip and the table.
fn names<'a>(places: &[Standing<'a>], look: &Look<'_>, measure: &dyn TextMeasure) -> Vec<Named<'a>> {
    let mut named: Vec<Named<'a>> = Vec::new();
    let mut order: Vec<&Standing<'a>> = places.iter().rev().collect();
    order.sort_by_key(|(_, mark, _, _)| !(look.is_chosen)(mark));
    for (_, mark, centre, stands) in order {
        let chosen = (look.is_chosen)(mark);
        let half = measure.width(&mark.label, SMALL, chosen) / 2.0 + 3.0;
        let x = centre.x.max(half).min(look.width - half);
        let lanes = if *stands == Stands::Convenor { [1, 0, 3, 2] } else { [0, 1, 2, 3] };
        let free = lanes.into_iter().find_map(|lane| {
            let y = centre.y + LANES[lane];
            let area = Area::new(x - half, y - (LINE - 1.0) / 2.0, x + half, y + (LINE - 1.0) / 2.0);
            (!named.iter().any(|(_, other, _, _, _)| other.meets(&area))).then_some(area)
        });
        if let Some(area) = free {
            let tone = if *stands == Stands::Pole { Tone::Muted } else { Tone::Ink };
            named.push((mark, area, *centre, chosen, tone));
        }
    }
    named
}
