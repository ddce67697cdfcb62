//! About a number: what it is, how it comes about with the figures in it, how far it can be trusted, and where the figures
//! behind it come from.

mod figure;
mod section;
mod terms;

pub use figure::{CostFigure, Factor, Figure, MemberFigure};
pub use section::{Around, Section};

use std::fmt::Write as _;

use super::Row;
use crate::analysis::measures::{self, Measure};
use crate::analysis::uncertainty::{Driver, Sensitivity};
use crate::analysis::view::by_subject;
use crate::analysis::{Case, Engine};
use crate::data::Atlas;
use section::{interval, rests_on};
use terms::terms;

/// Everything about a measure of a grouping.
#[must_use]
pub fn about(measure: &Measure, row: &Row<'_>, case: &Case, engine: &Engine, around: Around) -> Vec<Section> {
    let value = row.report.value(measure);
    let mut what = vec![measure.meaning.to_owned(), format!("Scale: {}.", measure.scale)];
    if let Err(reason) = value {
        what.push(format!("It is not defined here: {reason}."));
    }
    let mut sections = vec![Section { title: "What it is", lines: what }];
    if value.is_ok() {
        sections.push(interval(measure, around));
    }
    sections.push(Section { title: "How it comes about", lines: formula(measure, row, case, engine) });
    let reads = by_subject(measure.readings(&row.report.readings));
    sections.extend(rests_on(&reads, case, engine, Some(measure)));
    sections
}

/// What moves a measure most over the draws; `found` is in order, strongest first, and `noise` the correlation that chance
/// alone brings about. `None` where nothing moves it beyond chance.
#[must_use]
pub fn movers(found: &[Sensitivity], noise: f64, measure: &Measure, atlas: &Atlas) -> Option<Section> {
    const MOST: usize = 4;
    let real = found.iter().filter(|found| found.correlation.abs() > noise).take(MOST);
    let lines: Vec<String> = real
        .map(|found| {
            let how = strength(found.correlation);
            let label = found.driver.label(atlas);
            if found.driver == Driver::RollCalls {
                return format!("{label}, {how}");
            }
            let way = if found.correlation > 0.0 { "higher" } else { "lower" };
            format!("{label}: higher goes with {way} {}, {how}", measure.short)
        })
        .collect();
    (!lines.is_empty()).then_some(Section { title: "What moves it most", lines })
}

/// The same as plain text, to be copied.
#[must_use]
pub fn about_text(title: &str, sections: &[Section]) -> String {
    let mut text = format!("{title}\n");
    for section in sections {
        let _ = write!(text, "\n{}\n", section.title);
        for line in &section.lines {
            let _ = writeln!(text, "{line}");
        }
    }
    text.push_str("\nEstimates, not forecasts. Convenor.\n");
    text
}

fn formula(measure: &Measure, row: &Row<'_>, case: &Case, engine: &Engine) -> Vec<String> {
    let mut lines = vec![measure.formula.to_owned()];
    lines.extend((measure.terms)(&row.report.explained(measure, case, &engine.atlas)));
    lines
}

/// Everything about a number of a grouping. `around` is the interval of the measure, if the number is one.
#[must_use]
pub fn about_figure(figure: Figure, row: &Row<'_>, case: &Case, engine: &Engine, around: Around) -> Vec<Section> {
    if let Figure::Measure(measure) = figure {
        return about(measure, row, case, engine, around);
    }
    let of = figure.measure();
    let mut sections = vec![
        Section { title: "What it is", lines: vec![figure.meaning()] },
        Section { title: "How it comes about", lines: terms(figure, row, case, engine) },
        interval(of.unwrap_or(&measures::LEGITIMACY), Around::None),
    ];
    if matches!(figure, Figure::Members) {
        return sections;
    }
    sections.extend(rests_on(&figure.reads(row.report, case), case, engine, of));
    sections
}

/// The title of the answer, such as “Parity of T-12: 0.48”; `text` is the number as it stands on screen.
#[must_use]
pub fn figure_title(figure: Figure, row: &Row<'_>, engine: &Engine, text: &str) -> String {
    let of = match figure {
        Figure::Member(_, actor) => {
            format!("{} in {}", engine.atlas.countries[actor].in_sentence(), row.grouping.name)
        }
        _ => row.grouping.name.clone(),
    };
    format!("{} of {of}: {text}", figure.label())
}

/// How strongly a drawn figure moves with a measure, from its rank correlation.
fn strength(correlation: f64) -> &'static str {
    match correlation.abs() {
        size if size >= 0.7 => "very strongly",
        size if size >= 0.4 => "strongly",
        size if size >= 0.2 => "noticeably",
        _ => "slightly",
    }
}
