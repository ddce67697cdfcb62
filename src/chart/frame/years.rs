//! Lines over years: what was predicted with its interval, and what happened.

use super::super::{Chart, Ink, Mark, Shape};
use super::{Anchor, Area, Frame, Look, Op, Point, Role, SMALL, Target, Text, Tone, at, dashed, line, screen};

const LEFT: f32 = 40.0;
const BOTTOM: f32 = 34.0;
const TOP: f32 = 22.0;
const RIGHT: f32 = 10.0;

/// Lays lines over years out.
pub(super) fn layout(frame: &mut Frame, chart: &Chart, look: &Look<'_>) {
    frame.height = look.height.unwrap_or((look.width * 0.5).clamp(190.0, 280.0) + TOP);
    let area = Area::new(LEFT, TOP, look.width - RIGHT, frame.height - BOTTOM);
    let (first, last) = (chart.x.from - 0.6, chart.x.to + 0.6);
    let place = |x: f64, y: f64| {
        let across = screen((x - first) / (last - first).max(1e-9));
        at(area.left + (area.right - area.left) * across, area.bottom - (area.bottom - area.top) * screen(y / 100.0))
    };
    let discs: Vec<(usize, &Mark)> =
        chart.marks.iter().enumerate().filter(|(_, mark)| matches!(mark.shape, Shape::Disc { .. })).collect();
    frame.open(Role::Artifact);
    for step in 0..=5_u8 {
        let value = 20.0 * f64::from(step);
        let y = place(first, value).y;
        frame.stroke(at(area.left, y), at(area.right, y), line(Tone::Hairline, 1.0));
        frame.text(small(format!("{value:.0}"), at(area.left - 6.0, y), Anchor::Right, Tone::Muted));
    }
    for mark in &chart.marks {
        if let Shape::Link { from, to } = mark.shape {
            let tone = tone_of(mark.ink);
            let pen = if mark.ink == Ink::Baseline { dashed(tone, 1.4, [3.0, 2.5]) } else { line(tone, 1.4) };
            frame.stroke(place(from.0, from.1), place(to.0, to.1), pen);
        }
    }
    frame.close();
    key_of(frame, &discs);
    let mut before = f64::NAN;
    for (position, mark) in &discs {
        let Shape::Disc { x, y, up, hollow, .. } = mark.shape else { continue };
        if let Some(up) = up {
            frame.stroke(place(x, up.low), place(x, up.high), line(tone_of(mark.ink), 1.2));
        }
        let centre = place(x, y);
        let tone = tone_of(mark.ink);
        let (fill, pen) = if hollow { (Tone::Panel, Some(line(tone, 1.4))) } else { (tone, None) };
        frame.draw(Op::Circle { centre, radius: 4.0, fill: Some(fill), line: pen });
        let reach = Area::new(centre.x - 12.0, centre.y - 12.0, centre.x + 12.0, centre.y + 12.0);
        frame.answer(reach, Target::Mark(*position));
        // Below each year, its number of questions.
        if hollow && !x.total_cmp(&before).is_eq() {
            before = x;
            frame.text(small(format!("{x:.0}"), at(centre.x, area.bottom + 11.0), Anchor::Middle, Tone::Ink));
            frame.text(small(mark.label.clone(), at(centre.x, area.bottom + 24.0), Anchor::Middle, Tone::Muted));
        }
    }
}

fn small(words: String, at: Point, anchor: Anchor, tone: Tone) -> Text {
    Text { words, at, anchor, size: SMALL - 0.5, bold: false, tone, turned: false }
}

fn tone_of(ink: Ink) -> Tone {
    match ink {
        Ink::Grouping(colour) | Ink::Part(colour) => Tone::Grouping(colour),
        Ink::Baseline => Tone::Muted,
    }
}

/// What the two lines are.
fn key_of(frame: &mut Frame, discs: &[(usize, &Mark)]) {
    /// Room for one of them.
    const COLUMN: f32 = 128.0;
    let mut told: Vec<&str> = Vec::new();
    for (_, mark) in discs.iter().rev() {
        let Shape::Disc { hollow, .. } = mark.shape else { continue };
        if told.contains(&mark.name.as_str()) {
            continue;
        }
        let x = LEFT + COLUMN * super::number(told.len());
        told.push(&mark.name);
        let tone = tone_of(mark.ink);
        let (fill, pen) = if hollow { (None, Some(line(tone, 1.2))) } else { (Some(tone), None) };
        frame.draw(Op::Circle { centre: at(x + 4.0, 8.0), radius: 4.0, fill, line: pen });
        frame.text(small(mark.name.clone(), at(x + 13.0, 8.0), Anchor::Left, Tone::Ink));
    }
}
