//! Where proposals fail: deadlock risk and reach taken apart by the parts of the decision rule.

use super::members::nothing;
use super::words::{figured, percent};
use super::{Axis, Chart, Figure, Ink, Mark, Of, Selected, Shape, Table, TableCell, TableRow};
use crate::analysis::Engine;
use crate::analysis::explain::{Failing, Waterfall};
use crate::analysis::measures::{self, Measure};

/// The titles of both charts.
pub const FAILING: &str = "Why proposals fail";
/// What is left of the agenda.
pub const LEFT: &str = "What becomes of the agenda";

/// Deadlock risk as the sum of what each part of the rule stops, with how often it is not met at all.
#[must_use]
pub fn failing(engine: &Engine, of: Selected<'_>) -> Chart {
    let Some(study) = of.study else { return Chart::empty(FAILING, of.without_study()) };
    let Some(fall) = study.waterfall(engine, &measures::DEADLOCK) else {
        return nothing(FAILING, reason(of, &measures::DEADLOCK));
    };
    let causes = study.failing(engine).unwrap_or_default();
    let words = |failing: &Failing| failing.cause.words(&of.case.rule.full);
    let worst = causes.iter().max_by(|a, b| a.fails.total_cmp(&b.fails));
    let most = worst.map_or_else(String::new, |failing| {
        format!(": most often it is “{}” that fails, on {}", words(failing), percent(failing.fails))
    });
    let mut chart = waterfall(FAILING, "points of deadlock risk", fall, of);
    chart.sentence = format!("In {} the mandate fails with a chance of {:.1} %{most}.", of.grouping.name, fall.total);
    for (at, failing) in causes.iter().enumerate() {
        let lines = [
            format!("fails on {} of what is tabled", percent(failing.fails)),
            format!("is all that fails on {}", percent(failing.alone)),
        ];
        if let Some(mark) = chart.marks.get_mut(at) {
            mark.tip.extend(lines);
        }
        if let Some(row) = chart.table.rows.get_mut(at) {
            *row = row.clone().text(percent(failing.fails)).text(percent(failing.alone));
        }
    }
    chart.table.head.extend(["fails on", "alone on"].map(str::to_owned));
    let width = chart.table.head.len();
    for row in &mut chart.table.rows {
        row.cells.resize_with(width, TableCell::default);
    }
    chart
}

/// Reach as what is left of the whole agenda.
#[must_use]
pub fn left(engine: &Engine, of: Selected<'_>) -> Chart {
    let Some(study) = of.study else { return Chart::empty(LEFT, of.without_study()) };
    let Some(fall) = study.waterfall(engine, &measures::REACH) else {
        return nothing(LEFT, reason(of, &measures::REACH));
    };
    let mut chart = waterfall(LEFT, "% of the issue's agenda", fall, of);
    let largest = fall.largest().map_or_else(String::new, |step| {
        format!("; most is lost where it is {} ({:.1} %)", step.label, step.amount.abs())
    });
    chart.sentence =
        format!("Of the whole agenda {} would table and pass {:.1} %{largest}.", of.grouping.name, fall.total);
    chart
}

fn reason(of: Selected<'_>, measure: &Measure) -> String {
    of.report.value(measure).err().map_or_else(|| "the rule has no parts".to_owned(), |reason| reason.to_string())
}

/// Bars that each begin where the last ended, and the figure they come to.
fn waterfall(title: &str, caption: &str, fall: &Waterfall, of: Selected<'_>) -> Chart {
    let mut at = fall.start;
    let (mut marks, mut rows) = (Vec::new(), Vec::new());
    for (row, step) in fall.steps.iter().enumerate() {
        let to = at + step.amount;
        let label = figured(step.amount, 1);
        let name = super::words::capital(&step.label);
        marks.push(Mark {
            shape: Shape::Bar { row, from: at.min(to), to: at.max(to), whisker: None },
            ink: Ink::Part(of.grouping.colour),
            of: Of::Line,
            figure: Some(Figure::Step(fall.measure)),
            name: name.clone(),
            label: label.clone(),
            tip: vec![name.clone(), format!("from {} to {}", figured(at, 1), figured(to, 1))],
        });
        rows.push(TableRow::new(Of::Line, name).number(Figure::Step(fall.measure), label));
        at = to;
    }
    let unit = if fall.measure.unit.is_empty() { String::new() } else { format!(" {}", fall.measure.unit) };
    let total = format!("{}{unit}", figured(fall.total, 1));
    marks.push(Mark {
        shape: Shape::bar(marks.len(), fall.total),
        ink: Ink::Grouping(of.grouping.colour),
        of: Of::Grouping(of.grouping.id),
        figure: Some(Figure::Measure(fall.measure)),
        name: fall.measure.label.to_owned(),
        label: total.clone(),
        tip: vec![of.grouping.name.clone(), format!("{} {total}, what the parts above come to", fall.measure.short)],
    });
    rows.push(
        TableRow::new(Of::Grouping(of.grouping.id), fall.measure.label).number(Figure::Measure(fall.measure), total),
    );
    Chart {
        title: title.to_owned(),
        caption: caption.to_owned(),
        sentence: String::new(),
        x: Axis { label: "%".to_owned(), from: 0.0, to: 100.0 },
        y: Axis { label: "parts".to_owned(), from: 0.0, to: f64::from(u32::try_from(marks.len()).unwrap_or(0)) },
        marks,
        table: Table { head: vec!["part".to_owned(), "points".to_owned()], rows },
    }
}
