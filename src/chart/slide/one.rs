//! One grouping: its members as flags by role, its figures large.

use super::super::frame::{Area, Frame, Role, TextMeasure, Tone, wrapped};
use super::parts::{Flags, count, design_words, figure, lines, members, title};
use super::said::told_measures;
use super::{Stage, TEXT, said};

/// Members at the left, figures at the right.
pub(super) fn layout(frame: &mut Frame, stage: &Stage<'_>, body: Area, measure: &dyn TextMeasure) {
    let Some(shown) = stage.main() else {
        frame.text(said("No grouping.".to_owned(), body.left, body.top + 20.0, TEXT, false, Tone::Muted));
        return;
    };
    let grouping = shown.0;
    let first = frame.items.len();
    let left = Area::new(body.left, body.top, body.left + 440.0, body.bottom);
    title(frame, grouping, (left.left, left.top + 12.0), left.width(), measure);
    let words = wrapped(&design_words(grouping), left.width(), TEXT, false, measure);
    frame.open(Role::Paragraph);
    let y = lines(frame, words, (left.left, left.top + 44.0), TEXT, false, Tone::Muted);
    frame.close();
    let mut flags = Flags::default();
    let area = Area::new(left.left, y + 14.0, left.right, left.bottom);
    members(frame, &stage.engine.atlas, grouping, &mut flags, area, measure);
    let right = Area::new(left.right + 52.0, body.top, body.right, body.bottom);
    let measures: Vec<_> = told_measures().collect();
    let step = (right.height() / count(measures.len())).min(128.0);
    for (at_row, measured) in measures.into_iter().enumerate() {
        let top = right.top + step * count(at_row);
        figure(frame, stage, measured, shown, Area::new(right.left, top, right.right, top + step), measure);
    }
    frame.belongs(first, body, grouping.id);
}
