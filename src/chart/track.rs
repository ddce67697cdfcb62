//! How often the members really voted together, beside what the model says.

use super::members::nothing;
use super::words::{count, percent};
use super::{Axis, Chart, Figure, Ink, Mark, Of, Selected, Shape, Table, TableRow};
use crate::analysis::Engine;

const TITLE: &str = "Track record";

/// Unanimity as observed and as the fitted curves alone would have it.
#[must_use]
pub fn track(engine: &Engine, of: Selected<'_>) -> Chart {
    let Some(study) = of.study else { return Chart::empty(TITLE, of.without_study()) };
    let record = match study.track(engine) {
        Ok(record) => record,
        Err(reason) => return nothing(TITLE, reason),
    };
    let questions = [
        ("All say yes", record.observed.unanimous_yes, record.model.unanimous_yes, record.table.unanimous_yes),
        ("Nobody says no", record.observed.no_objection, record.model.no_objection, record.table.no_objection),
    ];
    let (mut marks, mut rows) = (Vec::with_capacity(4), Vec::with_capacity(2));
    for (at, (name, observed, model, table)) in questions.into_iter().enumerate() {
        for (below, (what, share, ink)) in
            [("observed", observed, Ink::Grouping(of.grouping.colour)), ("model", model, Ink::Baseline)]
                .into_iter()
                .enumerate()
        {
            marks.push(Mark {
                shape: Shape::bar(2 * at + below, 100.0 * share),
                ink,
                of: Of::Line,
                figure: Some(Figure::TrackRecord),
                name: format!("{name}, {what}"),
                label: percent(share),
                tip: vec![
                    format!("{name}: {what}"),
                    format!("{} of {}", percent(share), count(record.calls, "roll call")),
                    format!("the vote table that deadlock risk rests on: {}", percent(table)),
                ],
            });
        }
        rows.push([observed, model, table].into_iter().fold(TableRow::new(Of::Line, name), |row, share| {
            row.number(Figure::TrackRecord, format!("{:.1} %", 100.0 * share))
        }));
    }
    let absent: Vec<String> =
        record.never_present.iter().map(|actor| engine.atlas.countries[*actor].in_sentence()).collect();
    let absent = match absent.len() {
        0 => String::new(),
        1..=3 => format!(" Never present: {}.", absent.join(", ")),
        n => format!(" {n} members were never present."),
    };
    Chart {
        title: TITLE.to_owned(),
        caption: format!("share of {}", count(record.calls, "roll call")),
        sentence: format!(
            "On {} of the issue, the members of {} present all said yes on {} (model {}), and nobody said no on {} (model \
             {}).{absent}",
            count(record.calls, "roll call"),
            of.grouping.name,
            percent(record.observed.unanimous_yes),
            percent(record.model.unanimous_yes),
            percent(record.observed.no_objection),
            percent(record.model.no_objection),
        ),
        x: Axis { label: "%".to_owned(), from: 0.0, to: 100.0 },
        y: Axis { label: "questions".to_owned(), from: 0.0, to: 4.0 },
        marks,
        table: Table {
            head: ["share of roll calls", "observed", "model alone", "as deadlock risk uses it"]
                .map(str::to_owned)
                .to_vec(),
            rows,
        },
    }
}
