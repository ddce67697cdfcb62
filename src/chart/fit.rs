//! The four factors of microlateral fit.

use super::members::nothing;
use super::words::rounded;
use super::{Axis, Chart, Factor, Figure, Ink, Mark, Of, Shape, Table, TableRow};
use crate::analysis::{Microlateral, Report, measures};
use crate::model::Grouping;

const TITLE: &str = "What microlateral fit is made of";

/// The factors of a grouping's microlateral fit, and the fit.
#[must_use]
pub fn fit(grouping: &Grouping, report: &Report) -> Chart {
    let found = match &report.microlateral {
        Ok(found) => found,
        Err(reason) => return nothing(TITLE, reason),
    };
    let (mut marks, mut rows) = (Vec::with_capacity(5), Vec::with_capacity(5));
    for (row, (name, value, meaning, factor)) in factors(found).into_iter().enumerate() {
        let label = value.map_or_else(|| "no figure".to_owned(), |value| rounded(100.0 * value));
        marks.push(Mark {
            shape: value.map_or(Shape::Empty { row }, |value| Shape::bar(row, 100.0 * value)),
            ink: Ink::Part(grouping.colour),
            of: Of::Line,
            figure: Some(Figure::Factor(factor)),
            name: name.to_owned(),
            label: label.clone(),
            tip: vec![name.to_owned(), meaning.to_owned(), format!("{label} of 100")],
        });
        rows.push(TableRow::new(Of::Line, name).number(Figure::Factor(factor), label));
    }
    marks.push(Mark {
        shape: Shape::bar(4, found.score),
        ink: Ink::Grouping(grouping.colour),
        of: Of::Grouping(grouping.id),
        figure: Some(Figure::Measure(&measures::MICROLATERAL)),
        name: "Microlateral fit".to_owned(),
        label: rounded(found.score),
        tip: vec![grouping.name.clone(), format!("microlateral fit {:.1} of 100", found.score)],
    });
    rows.push(
        TableRow::new(Of::Grouping(grouping.id), "Microlateral fit")
            .number(Figure::Measure(&measures::MICROLATERAL), format!("{:.1}", found.score)),
    );
    let weakest = factors(found)
        .into_iter()
        .filter_map(|(name, value, _, _)| Some((name, value?)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(name, value)| format!("; weakest is {} with {}", name.to_lowercase(), rounded(100.0 * value)));
    Chart {
        title: TITLE.to_owned(),
        caption: "each 0–100; a factor of 0 makes the fit 0".to_owned(),
        sentence: format!(
            "{} has a microlateral fit of {:.1} of 100{}.",
            grouping.name,
            found.score,
            weakest.unwrap_or_default()
        ),
        x: Axis { label: "0–100".to_owned(), from: 0.0, to: 100.0 },
        y: Axis { label: "factors".to_owned(), from: 0.0, to: 5.0 },
        marks,
        table: Table { head: ["factor", "of 100"].map(str::to_owned).to_vec(), rows },
    }
}

fn factors(fit: &Microlateral) -> [(&'static str, Option<f64>, &'static str, Factor); 4] {
    [
        (
            "Small lead",
            fit.small_lead,
            "how small those who convene are; one half at 25 million people (an assumption)",
            Factor::SmallLead,
        ),
        (
            "Large participation",
            Some(fit.participation),
            "share of world GDP held by members that do not convene; full at one half",
            Factor::Participation,
        ),
        ("Niche", Some(fit.niche), "1 divided by the number of contested questions", Factor::Niche),
        (
            "Time-bound",
            Some(fit.timebound),
            "24 divided by the months of the mandate; full up to two years",
            Factor::TimeBound,
        ),
    ]
}
