//! How the seven components add up to legitimacy.

use super::members::nothing;
use super::{Axis, Chart, Figure, Ink, Mark, Of, Shape, Table, TableRow};
use crate::analysis::{ComponentPart, Report, measures};
use crate::model::Grouping;

const TITLE: &str = "What legitimacy is made of";

/// The components of a grouping's legitimacy as bars that each begin where the last ended, and the sum.
#[must_use]
pub fn composition(grouping: &Grouping, report: &Report) -> Chart {
    let legitimacy = match &report.legitimacy {
        Ok(legitimacy) => legitimacy,
        Err(reason) => return nothing(TITLE, reason),
    };
    let mut at = 0.0;
    let mut marks = Vec::with_capacity(8);
    let mut rows = Vec::with_capacity(8);
    for (row, part) in legitimacy.parts.iter().enumerate() {
        let points = points_of(part);
        let label = points.map_or_else(
            || part.value.err().map_or_else(|| "no weight".to_owned(), |reason| format!("left out: {reason}")),
            |points| format!("{points:.1} of {:.1}", 100.0 * part.weight),
        );
        marks.push(Mark {
            shape: points.map_or(Shape::Empty { row }, |points| Shape::Bar {
                row,
                from: at,
                to: at + points,
                whisker: None,
            }),
            ink: Ink::Part(grouping.colour),
            of: Of::Line,
            figure: Some(Figure::Component(part.component)),
            name: part.component.label().to_owned(),
            label: label.clone(),
            tip: tip(part, &label),
        });
        at += points.unwrap_or(0.0);
        let value = part.value.map_or_else(|_| "–".to_owned(), |value| format!("{value:.2}"));
        rows.push(
            TableRow::new(Of::Line, part.component.label())
                .number(Figure::Component(part.component), value)
                .text(format!("{:.1} %", 100.0 * part.weight))
                .text(points.map_or_else(|| "–".to_owned(), |points| format!("{points:.1}"))),
        );
    }
    let total = format!("{:.1} of 100", legitimacy.score);
    marks.push(Mark {
        shape: Shape::bar(marks.len(), legitimacy.score),
        ink: Ink::Grouping(grouping.colour),
        of: Of::Grouping(grouping.id),
        figure: Some(Figure::Measure(&measures::LEGITIMACY)),
        name: "Legitimacy".to_owned(),
        label: total.clone(),
        tip: vec![grouping.name.clone(), format!("legitimacy {total}, the sum of the parts above")],
    });
    rows.push(
        TableRow::new(Of::Grouping(grouping.id), "Legitimacy")
            .text("")
            .text("100.0 %")
            .number(Figure::Measure(&measures::LEGITIMACY), format!("{:.1}", legitimacy.score)),
    );
    Chart {
        title: TITLE.to_owned(),
        caption: "points out of 100".to_owned(),
        sentence: sentence(grouping, &legitimacy.parts, legitimacy.score),
        x: Axis { label: "points".to_owned(), from: 0.0, to: 100.0 },
        y: Axis { label: "components".to_owned(), from: 0.0, to: 8.0 },
        marks,
        table: Table { head: ["component", "value, 0 to 1", "weight", "points"].map(str::to_owned).to_vec(), rows },
    }
}

/// What a component adds to the score; `None` where it has no figure or no weight.
fn points_of(part: &ComponentPart) -> Option<f64> {
    (part.weight > 0.0).then_some(100.0 * part.weight * part.value.ok()?)
}

fn tip(part: &ComponentPart, label: &str) -> Vec<String> {
    let mut lines = vec![part.component.label().to_owned(), part.component.meaning().to_owned()];
    if let Ok(value) = part.value {
        lines.push(format!("{value:.2} of 1, at a weight of {:.1} %: {label} points", 100.0 * part.weight));
    }
    lines
}

fn sentence(grouping: &Grouping, parts: &[ComponentPart], score: f64) -> String {
    let mut ranked: Vec<(f64, &ComponentPart)> =
        parts.iter().filter_map(|part| Some((points_of(part)?, part))).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let most = ranked
        .first()
        .map(|(points, part)| format!("most from {} ({points:.1})", part.component.label().to_lowercase()));
    let lost = ranked.iter().max_by(|a, b| (100.0 * a.1.weight - a.0).total_cmp(&(100.0 * b.1.weight - b.0))).map(
        |(points, part)| {
            let missing = 100.0 * part.weight - points;
            format!("most is lost on {} ({missing:.1})", part.component.label().to_lowercase())
        },
    );
    let words: Vec<String> = [most, lost].into_iter().flatten().collect();
    format!("{} reaches {score:.1} of 100 points: {}.", grouping.name, words.join(", "))
}
