//! Before and after: what changed in words, and what that does.

use super::super::differences;
use super::super::frame::{Anchor, Area, Frame, Role, Text, TextMeasure, Tone, elided, wrapped};
use super::super::words::told;
use super::super::words::{signed, signed_tenth};
use super::parts::{Bar, count, design_words, lines, title, top};
use super::said::{between_words, spoken, told_measures, verdict};
use super::{LABEL, Stage, Staged, TEXT, said};
use crate::analysis::measures::Measure;
use crate::analysis::uncertainty::Verdict;
use crate::model::{Grouping, Workspace};

/// Differences at the left, figures before and after at the right.
pub(super) fn layout(frame: &mut Frame, stage: &Stage<'_>, body: Area, measure: &dyn TextMeasure) {
    let [before, after] = stage.groupings else {
        let words = "Before and after needs two states.".to_owned();
        frame.text(said(words, body.left, body.top + 20.0, TEXT, false, Tone::Muted));
        return;
    };
    let left = Area::new(body.left, body.top, body.left + 430.0, body.bottom);
    title(frame, after.0, (left.left, left.top + 12.0), left.width(), measure);
    frame.open(Role::Paragraph);
    let words = wrapped(&design_words(after.0), left.width(), TEXT, false, measure);
    let mut y = lines(frame, words, (left.left, left.top + 44.0), TEXT, false, Tone::Muted) + 16.0;
    frame.close();
    let told_of = changes(stage, before.0, after.0);
    let all = told_of.len();
    for (at_line, sentence) in told_of.into_iter().enumerate() {
        let words = wrapped(&sentence, left.width(), TEXT + 2.0, false, measure);
        let below = y + 24.0 * count(words.len());
        if below > left.bottom - 26.0 && at_line + 1 < all {
            let rest = format!("and {} more changes", all - at_line);
            frame.text(said(rest, left.left, y, TEXT, false, Tone::Muted));
            break;
        }
        frame.open(Role::Paragraph);
        y = lines(frame, words, (left.left, y), TEXT + 2.0, false, Tone::Ink) + 8.0;
        frame.close();
    }
    let right = Area::new(left.right + 56.0, body.top, body.right, body.bottom);
    let measures: Vec<&'static Measure> = told_measures().collect();
    let step = (right.height() / count(measures.len())).min(124.0);
    for (at_row, measured) in measures.into_iter().enumerate() {
        let top = right.top + step * count(at_row);
        row(frame, stage, measured, [before, after], Area::new(right.left, top, right.right, top + step), measure);
    }
}

/// What changed from one state to the other.
fn changes(stage: &Stage<'_>, before: &Grouping, after: &Grouping) -> Vec<String> {
    let of = |grouping: &Grouping| {
        let alike = Grouping { id: after.id, colour: after.colour, notes: String::new(), ..grouping.clone() };
        Workspace { groupings: vec![std::sync::Arc::new(alike)], ..Workspace::default() }
    };
    let mut told = differences(&of(before), &of(after), &stage.engine.atlas);
    if told.is_empty() {
        told.push("Nothing changes.".to_owned());
    }
    told
}

fn row(
    frame: &mut Frame,
    stage: &Stage<'_>,
    measured: &'static Measure,
    [before, after]: [&(&Grouping, Staged<'_>); 2],
    area: Area,
    measure: &dyn TextMeasure,
) {
    let label = spoken(measured, &stage.sponsor()).unwrap_or_default();
    let values = [before, after].map(|(_, staged)| staged.report.value(measured).ok());
    let words = match values {
        [Some(was), Some(is)] => format!("{} → {}", told(measured, was), told(measured, is)),
        _ => "not defined".to_owned(),
    };
    frame.open(Role::Figure(format!("{label}: {words}")));
    frame.text(said(label, area.left, area.top + 10.0, TEXT + 2.0, true, Tone::Ink));
    let bars = [(area.top + 52.0, Tone::Pale(after.0.colour)), (area.top + 72.0, Tone::Grouping(after.0.colour))];
    let top = top(stage, measured);
    let bar = |y| Bar { left: area.left + 70.0, right: area.right, y, high: 15.0, top };
    for (at_bar, ((y, tone), name)) in bars.into_iter().zip(["before", "after"]).enumerate() {
        frame.text(said(name.to_owned(), area.left, y, LABEL + 1.0, false, Tone::Muted));
        let bar = bar(y);
        frame.rect(Area::new(bar.left, y - 7.5, bar.right, y + 7.5), 2.0, Some(Tone::Soft), None);
        if let (Some(value), false) = (values[at_bar], stage.hides) {
            bar.fill(frame, format!("bar {} {name}", measured.name), value, tone);
            let staged = [before, after][at_bar].1;
            if let Some(interval) = staged.draws.and_then(|draws| draws.of(measured).ok()) {
                bar.interval(frame, &format!("interval {} {name}", measured.name), interval.low, interval.high);
            }
        }
    }
    let words = if stage.hides { "…".to_owned() } else { words };
    let text = said(words, area.right, area.top + 10.0, 24.0, true, Tone::Ink);
    frame.text(Text { anchor: Anchor::Right, ..text });
    if let ([Some(was), Some(is)], false) = (values, stage.hides) {
        let change = if (is - was).abs() < 1.0 { signed_tenth(is - was) } else { signed(is - was) };
        let points = if measured.unit == "%" { "points" } else { "" };
        let judged = match verdict(measured, after.1.draws, before.1.draws) {
            Some(Verdict::First) => "better in 95 % of the draws or more",
            Some(Verdict::Second) => "worse in 95 % of the draws or more",
            Some(Verdict::Equal) => "no difference",
            Some(Verdict::NotDistinguishable) => "the difference is within the noise",
            None => "",
        };
        let sure = between_words(measured, after.1.draws).map(|words| format!("after: {words}")).unwrap_or_default();
        let parts: Vec<String> = [format!("{change} {points}").trim().to_owned(), judged.to_owned(), sure]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        let words = elided(&parts.join(" · "), area.width() - 70.0, LABEL + 1.0, false, measure);
        frame.text(said(words, area.left + 70.0, area.top + 94.0, LABEL + 1.0, false, Tone::Muted));
    }
    frame.close();
}
