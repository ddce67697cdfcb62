//! Two to four groupings side by side, figure by figure.

use super::super::frame::{Anchor, Area, Frame, Role, Text, TextMeasure, Tone, at, elided, line, wrapped};
use super::super::words::told;
use super::parts::{Bar, Flags, count, design_words, flag_line, lines, title, top, venue, voters};
use super::said::{between_words, plain_verdict, spoken, told_measures, verdict};
use super::{LABEL, Stage, Staged, TEXT, said};
use crate::analysis::measures::Measure;
use crate::model::{Grouping, Role as Seated, Slide};

/// Room for the names of the measures.
const NAMES: f32 = 236.0;
const GAP: f32 = 30.0;
/// Room for the head of a column.
const HEAD: f32 = 116.0;

/// A column a grouping, a row a measure.
pub(super) fn layout(frame: &mut Frame, stage: &Stage<'_>, body: Area, measure: &dyn TextMeasure) {
    let shown = &stage.groupings[..stage.groupings.len().min(Slide::MOST_BESIDE)];
    if shown.is_empty() {
        frame.text(said("No grouping.".to_owned(), body.left, body.top + 20.0, TEXT, false, Tone::Muted));
        return;
    }
    let measures: Vec<&'static Measure> = told_measures().collect();
    let step = ((body.height() - HEAD) / count(measures.len())).min(112.0);
    for (at_row, measured) in measures.iter().enumerate() {
        row_name(
            frame,
            stage,
            measured,
            Area::new(body.left, body.top + HEAD + step * count(at_row), body.right, 0.0),
            measure,
        );
    }
    let width = (body.width() - NAMES - GAP * count(shown.len())) / count(shown.len());
    let mut flags = Flags::default();
    for (at_column, column) in shown.iter().enumerate() {
        let left = body.left + NAMES + GAP + (width + GAP) * count(at_column);
        let area = Area::new(left, body.top, left + width, body.bottom);
        let first = frame.items.len();
        head(frame, stage, column.0, &mut flags, area, measure);
        for (at_row, measured) in measures.iter().enumerate() {
            let top = body.top + HEAD + step * count(at_row);
            let cell = Area::new(area.left, top, area.right, top + step);
            cell_of(frame, stage, measured, (column, at_column), cell, measure);
        }
        frame.belongs(first, area, column.0.id);
    }
}

/// What a row is about.
fn row_name(frame: &mut Frame, stage: &Stage<'_>, measured: &Measure, at_row: Area, measure: &dyn TextMeasure) {
    frame.open(Role::Artifact);
    frame.stroke(at(at_row.left, at_row.top), at(at_row.right, at_row.top), line(Tone::Hairline, 1.0));
    frame.close();
    let label = spoken(measured, &stage.sponsor()).unwrap_or_default();
    frame.open(Role::Paragraph);
    let words = wrapped(&label, NAMES - 8.0, TEXT + 1.0, true, measure);
    let y = lines(frame, words, (at_row.left, at_row.top + 22.0), TEXT + 1.0, true, Tone::Ink);
    if let Some((baseline, staged)) = &stage.baseline
        && !stage.hides
        && let Ok(value) = staged.report.value(measured)
    {
        let words = elided(
            &format!("{} {}", venue(*baseline), told(measured, value)),
            NAMES - 8.0,
            LABEL + 1.0,
            false,
            measure,
        );
        frame.text(said(words, at_row.left, y, LABEL + 1.0, false, Tone::Muted));
    }
    frame.close();
}

/// Name, who convenes, the design, the members.
fn head(
    frame: &mut Frame,
    stage: &Stage<'_>,
    grouping: &Grouping,
    flags: &mut Flags,
    area: Area,
    measure: &dyn TextMeasure,
) {
    let atlas = &stage.engine.atlas;
    title(frame, grouping, (area.left, area.top + 12.0), area.width(), measure);
    let convenors: Vec<String> = grouping.with_role(Seated::Convenor).map(|id| atlas.in_sentence(id)).collect();
    let by = match convenors.as_slice() {
        [] => "each member tables in turn".to_owned(),
        some => format!("convened by {}", some.join(", ")),
    };
    frame.open(Role::Paragraph);
    frame.text(said(
        elided(&by, area.width(), TEXT, false, measure),
        area.left,
        area.top + 39.0,
        TEXT,
        false,
        Tone::Ink,
    ));
    let design = elided(&design_words(grouping), area.width(), LABEL + 1.0, false, measure);
    frame.text(said(design, area.left, area.top + 62.0, LABEL + 1.0, false, Tone::Muted));
    flag_line(frame, atlas, &voters(grouping), flags, (area.left, area.top + 88.0, area.right), 17.0);
    frame.close();
}

/// A figure with its bar.
fn cell_of(
    frame: &mut Frame,
    stage: &Stage<'_>,
    measured: &'static Measure,
    (column, at_column): (&(&Grouping, Staged<'_>), usize),
    area: Area,
    measure: &dyn TextMeasure,
) {
    let (grouping, staged) = column;
    let key = format!("{} {}", measured.name, grouping.id.0);
    let bar = Bar { left: area.left, right: area.right, y: area.top + 54.0, high: 13.0, top: top(stage, measured) };
    let label = spoken(measured, &stage.sponsor()).unwrap_or_default();
    let value = staged.report.value(measured);
    let sure = between_words(measured, staged.draws);
    let alt = match &value {
        Err(reason) => format!("{}: {label} is not defined: {reason}", grouping.name),
        Ok(value) => {
            let sure = sure.as_ref().map_or_else(String::new, |words| format!(", {words}"));
            format!("{}: {label} {}{sure}", grouping.name, told(measured, *value))
        }
    };
    frame.open(Role::Figure(alt));
    bar.track(frame, false);
    match value {
        _ if stage.hides => frame.text(said("…".to_owned(), area.left, area.top + 26.0, 28.0, true, Tone::Muted)),
        Err(_) => frame.text(said("not defined".to_owned(), area.left, area.top + 26.0, TEXT, false, Tone::Muted)),
        Ok(value) => {
            let number = told(measured, value);
            let used = measure.width(&number, 28.0, true) + 10.0;
            frame.name(format!("number {key}"));
            frame.text(said(number, area.left, area.top + 26.0, 28.0, true, Tone::Ink));
            if let Some(words) = sure {
                let words = elided(&words, area.width() - used, LABEL + 1.0, false, measure);
                frame.text(said(words, area.left + used, area.top + 29.0, LABEL + 1.0, false, Tone::Muted));
            }
            bar.fill(frame, format!("bar {key}"), value, Tone::Grouping(grouping.colour));
            if let Some(interval) = staged.draws.and_then(|draws| draws.of(measured).ok()) {
                bar.interval(frame, &format!("interval {key}"), interval.low, interval.high);
            }
            if let Some(there) = stage.baseline.as_ref().and_then(|(_, staged)| staged.report.value(measured).ok()) {
                bar.venue(frame, there, None, measure);
            }
            let (first, its) = &stage.groupings[0];
            if let Some(verdict) = verdict(measured, staged.draws, its.draws).filter(|_| at_column > 0) {
                let words = plain_verdict(verdict, &first.letter());
                let words = elided(&words, area.width(), LABEL + 0.5, false, measure);
                frame.text(Text {
                    anchor: Anchor::Left,
                    ..said(words, area.left, area.top + 76.0, LABEL + 0.5, false, Tone::Muted)
                });
            }
        }
    }
    frame.close();
}
