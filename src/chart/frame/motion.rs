//! From one frame to the next: what has the same name moves, what is gone fades, what is new appears.

use std::collections::HashMap;

use super::{Area, Frame, Item, Op, Point, Text, at};

/// A stroke on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Moving {
    /// The stroke where it is now.
    pub op: Op,
    /// How much of it is to be seen, 0 to 1.
    pub opacity: f32,
}

/// The strokes at a moment between two frames; `share` of the way is done, 0 to 1. At its ends these are the strokes of the frames
/// themselves.
#[must_use]
pub fn between(from: &Frame, to: &Frame, share: f32) -> Vec<Moving> {
    let share = share.clamp(0.0, 1.0);
    let named = |frame: &Frame| -> HashMap<usize, usize> {
        frame.names.iter().enumerate().map(|(name, (item, _))| (*item, name)).collect()
    };
    let (old_names, new_names) = (named(from), named(to));
    let olds: HashMap<&str, usize> = from.names.iter().map(|(item, name)| (name.as_str(), *item)).collect();
    let news: HashMap<&str, usize> = to.names.iter().map(|(item, name)| (name.as_str(), *item)).collect();
    let mut strokes = Vec::with_capacity(from.items.len() + to.items.len());
    // What is the same in both is there all the time, once; the rest of the old goes in the first half.
    let still: std::collections::HashSet<String> = to.ops().map(|op| format!("{op:?}")).collect();
    for (item, op) in ops(from) {
        let stays = match old_names.get(&item) {
            Some(name) => news.contains_key(from.names[*name].1.as_str()),
            None => still.contains(&format!("{op:?}")),
        };
        if !stays && share < 1.0 {
            strokes.push(Moving { op: op.clone(), opacity: (1.0 - 2.0 * share).max(0.0) });
        }
    }
    let were: std::collections::HashSet<String> = from.ops().map(|op| format!("{op:?}")).collect();
    for (item, op) in ops(to) {
        let old = new_names.get(&item).and_then(|name| olds.get(to.names[*name].1.as_str()));
        let old = old.and_then(|item| match from.items.get(*item) {
            Some(Item::Draw(op)) => Some(op),
            _ => None,
        });
        if let Some(moved) = old.and_then(|old| moved(old, op, eased(share))) {
            strokes.push(Moving { op: moved, opacity: 1.0 });
        } else {
            let was = were.contains(&format!("{op:?}"));
            let opacity = if was { 1.0 } else { (2.0 * share - 1.0).max(0.0) };
            strokes.push(Moving { op: op.clone(), opacity });
        }
    }
    strokes
}

fn ops(frame: &Frame) -> impl Iterator<Item = (usize, &Op)> {
    frame.items.iter().enumerate().filter_map(|(at, item)| match item {
        Item::Draw(op) => Some((at, op)),
        _ => None,
    })
}

/// Slow at both ends.
fn eased(share: f32) -> f32 {
    share * share * (3.0 - 2.0 * share)
}

fn mix(from: f32, to: f32, share: f32) -> f32 {
    from + (to - from) * share
}

fn way(from: Point, to: Point, share: f32) -> Point {
    at(mix(from.x, to.x, share), mix(from.y, to.y, share))
}

/// The same thing on its way; `None` where the two are not of a kind.
fn moved(from: &Op, to: &Op, share: f32) -> Option<Op> {
    match (from, to) {
        (Op::Rect { area: old, radius: r, .. }, Op::Rect { area, radius, fill, line }) => {
            let area = Area::new(
                mix(old.left, area.left, share),
                mix(old.top, area.top, share),
                mix(old.right, area.right, share),
                mix(old.bottom, area.bottom, share),
            );
            Some(Op::Rect { area, radius: mix(*r, *radius, share), fill: *fill, line: *line })
        }
        (Op::Line { from: a, to: b, .. }, Op::Line { from, to, line }) => {
            Some(Op::Line { from: way(*a, *from, share), to: way(*b, *to, share), line: *line })
        }
        (Op::Circle { centre: old, radius: r, .. }, Op::Circle { centre, radius, fill, line }) => Some(Op::Circle {
            centre: way(*old, *centre, share),
            radius: mix(*r, *radius, share),
            fill: *fill,
            line: *line,
        }),
        (Op::Text(old), Op::Text(text)) => {
            // Other words of the same thing stand where they will be.
            Some(Op::Text(Text {
                at: way(old.at, text.at, share),
                size: mix(old.size, text.size, share),
                ..text.clone()
            }))
        }
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test")]
mod tests {
    use super::super::{Anchor, Tone};
    use super::*;

    fn frame(parts: &[(&str, f32)]) -> Frame {
        let mut frame = Frame { width: 100.0, height: 100.0, ..Frame::default() };
        for (name, x) in parts {
            frame.name((*name).to_owned());
            frame.text(Text {
                words: (*name).to_owned(),
                at: at(*x, 0.0),
                anchor: Anchor::Left,
                size: 10.0,
                bold: false,
                tone: Tone::Ink,
                turned: false,
            });
        }
        frame
    }

    #[test]
    fn what_is_in_both_moves_and_the_ends_are_the_frames() {
        let (from, to) = (frame(&[("a", 0.0), ("b", 10.0)]), frame(&[("a", 50.0), ("c", 20.0)]));
        let seen = |share: f32| -> Vec<(String, f32, f32)> {
            between(&from, &to, share)
                .into_iter()
                .filter(|moving| moving.opacity > 0.0)
                .map(|moving| match moving.op {
                    Op::Text(text) => (text.words, text.at.x, moving.opacity),
                    other => panic!("{other:?}"),
                })
                .collect()
        };
        assert_eq!(seen(0.0), [("b".to_owned(), 10.0, 1.0), ("a".to_owned(), 0.0, 1.0)]);
        assert_eq!(seen(0.5), [("a".to_owned(), 25.0, 1.0)]);
        assert_eq!(seen(1.0), [("a".to_owned(), 50.0, 1.0), ("c".to_owned(), 20.0, 1.0)]);
    }
}
