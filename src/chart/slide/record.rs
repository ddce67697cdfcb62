//! The roll calls behind the deadlock risk of a grouping: those that cost it most.

use super::super::frame::{Anchor, Area, Frame, Role, Text, TextMeasure, Tone, at, elided, line, wrapped};
use super::super::words::rounded;
use super::parts::{Flags, count, flag_line, title};
use super::{LABEL, Stage, TEXT, said};
use crate::analysis::record::record;
use crate::data::CountryId;

/// How many are shown at most.
const MOST: usize = 8;

/// A line a roll call: title, who voted no, how likely it passes.
pub(super) fn layout(frame: &mut Frame, stage: &Stage<'_>, body: Area, measure: &dyn TextMeasure) {
    let Some((grouping, staged)) = stage.main() else {
        frame.text(said("No grouping.".to_owned(), body.left, body.top + 20.0, TEXT, false, Tone::Muted));
        return;
    };
    title(frame, grouping, (body.left, body.top + 12.0), body.width(), measure);
    let found = match record(stage.engine, staged.case) {
        Ok(found) => found,
        Err(reason) => {
            let words = format!("It rests on no roll call: {reason}.");
            frame.text(said(words, body.left, body.top + 56.0, TEXT, false, Tone::Muted));
            return;
        }
    };
    let mut entries: Vec<&crate::analysis::record::Entry> = found.entries.iter().collect();
    entries.sort_by(|a, b| b.fails().total_cmp(&a.fails()));
    let atlas = &stage.engine.atlas;
    let intro = format!(
        "UN votes that it would most likely fail on, of {} that the estimate rests on: how its members voted.",
        entries.len()
    );
    frame.open(Role::Paragraph);
    let intro = elided(&intro, body.width(), TEXT, false, measure);
    frame.text(said(intro, body.left, body.top + 44.0, TEXT, false, Tone::Muted));
    frame.close();
    let heads = body.top + 76.0;
    let [date, passes, no] = [body.left, body.right - 330.0, body.right - 210.0];
    for (x, words) in [(date, "Day"), (body.left + 108.0, "Question"), (no, "Voted no")] {
        frame.text(said(words.to_owned(), x, heads, LABEL + 1.0, false, Tone::Muted));
    }
    let chance = said("Passes".to_owned(), passes + 66.0, heads, LABEL + 1.0, false, Tone::Muted);
    frame.text(Text { anchor: Anchor::Right, ..chance });
    let mut y = heads + 14.0;
    let step = ((body.bottom - y) / count(MOST)).clamp(40.0, 56.0);
    let mut flags = Flags::default();
    for entry in entries.into_iter().take(MOST) {
        if y + step > body.bottom + 4.0 {
            break;
        }
        let call = &atlas.roll_calls.list[entry.call];
        frame.open(Role::Paragraph);
        frame.open(Role::Artifact);
        frame.stroke(at(body.left, y), at(body.right, y), line(Tone::Hairline, 1.0));
        frame.close();
        let middle = y + step / 2.0;
        frame.text(said(call.date.clone(), date, middle, LABEL + 1.0, false, Tone::Muted));
        let width = passes - body.left - 108.0 - 16.0;
        let mut words = wrapped(&call.title, width, TEXT, false, measure);
        if words.len() > 2 {
            words.truncate(2);
            words[1] = elided(&format!("{}…", words[1]), width, TEXT, false, measure);
        }
        let first = middle - 10.0 * (count(words.len()) - 1.0);
        for (at_line, words) in words.into_iter().enumerate() {
            frame.text(said(words, body.left + 108.0, first + 20.0 * count(at_line), TEXT, false, Tone::Ink));
        }
        let chance = if stage.hides { "…".to_owned() } else { format!("{} %", rounded(100.0 * entry.pass)) };
        let chance = said(chance, passes + 66.0, middle, TEXT + 2.0, true, Tone::Ink);
        frame.text(Text { anchor: Anchor::Right, ..chance });
        let against: Vec<CountryId> = entry.no.iter().map(|actor| atlas.countries[*actor].id).collect();
        if against.is_empty() {
            frame.text(said("nobody in it".to_owned(), no, middle, LABEL + 1.0, false, Tone::Muted));
        } else {
            flag_line(frame, atlas, &against, &mut flags, (no, middle, body.right), 18.0);
        }
        frame.close();
        y += step;
    }
}
