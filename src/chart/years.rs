//! The track record by year: what was predicted before each year, beside what happened.

use super::members::nothing;
use super::words::{count, fixed};
use super::{Axis, Chart, Figure, Ink, Mark, Of, Selected, Shape, Table, TableRow, Whisker};
use crate::analysis::years::{LeftOut, Year, Years};

const TITLE: &str = "Track record by year";

/// The chart.
#[must_use]
pub fn years(of: Selected<'_>) -> Chart {
    let found = match of.years {
        None => return Chart::empty(TITLE, of.without_years()),
        Some(Err(reason)) => return nothing(TITLE, *reason),
        Some(Ok(years)) => years,
    };
    let Some(miss) = found.mean_miss() else {
        return Chart::empty(TITLE, format!("No year can be judged: {}.", left_out(found)));
    };
    let years = &found.years;
    let (first, last) = (years[0].year, years[years.len() - 1].year);
    let inside = years.iter().filter(|year| year.is_inside()).count();
    let left = if found.left_out.is_empty() { String::new() } else { format!(" Left out: {}.", left_out(found)) };
    Chart {
        title: TITLE.to_owned(),
        caption: "share of one year's questions that fail, %".to_owned(),
        sentence: format!(
            "Predicted from the roll calls before each year, the share of questions on {} that {} would fail on missed what \
             happened by {miss:.1} points on average from {first} to {last}; in {inside} of {} it lay in the 90 % \
             interval.{left}",
            of.grouping.issue.label().to_lowercase(),
            of.grouping.name,
            count(years.len(), "year"),
        ),
        x: Axis { label: "year, number of questions".to_owned(), from: f64::from(first), to: f64::from(last) },
        y: Axis { label: "fail, %".to_owned(), from: 0.0, to: 100.0 },
        marks: marks(years, of.grouping.colour, found.draws),
        table: table(years),
    }
}

/// A line of the picture: its name, its ink, and its value in a year.
type Way = (&'static str, Ink, fn(&Year) -> f64);

/// Lines first, then what was predicted, then what happened: in front last.
fn marks(years: &[Year], colour: u8, draws: u32) -> Vec<Mark> {
    let ways: [Way; 2] = [
        ("predicted before the year", Ink::Baseline, |year| year.predicted.middle),
        ("happened", Ink::Grouping(colour), |year| year.happened),
    ];
    let mut marks = Vec::with_capacity(4 * years.len());
    for (name, ink, value) in ways {
        for pair in years.windows(2) {
            // A line does not bridge a year that is left out.
            if pair[1].year != pair[0].year + 1 {
                continue;
            }
            let end = |year: &Year| (f64::from(year.year), value(year));
            marks.push(Mark {
                shape: Shape::Link { from: end(&pair[0]), to: end(&pair[1]) },
                ink,
                of: Of::Line,
                figure: None,
                name: name.to_owned(),
                label: String::new(),
                tip: Vec::new(),
            });
        }
    }
    for (at, (name, ink, value)) in ways.into_iter().enumerate() {
        for year in years {
            let interval = Whisker { low: year.predicted.low, high: year.predicted.high, stale: false };
            marks.push(Mark {
                shape: Shape::Disc {
                    x: f64::from(year.year),
                    y: value(year),
                    radius: 4.0,
                    hollow: at == 0,
                    across: None,
                    up: (at == 0).then_some(interval),
                    shade: None,
                },
                ink,
                of: Of::Line,
                figure: Some(Figure::ByYear),
                name: name.to_owned(),
                label: year.questions.to_string(),
                tip: tip(year, draws),
            });
        }
    }
    marks
}

fn tip(year: &Year, draws: u32) -> Vec<String> {
    let range = format!("{:.0}–{:.0} %", year.predicted.low, year.predicted.high);
    let inside = if year.is_inside() { "inside" } else { "outside" };
    vec![
        year.year.to_string(),
        count(year.questions, "question"),
        format!("predicted before the year: {:.1} %", year.predicted.middle),
        format!("90 % of {draws} draws: {range}"),
        format!("happened: {:.1} %, {inside}", year.happened),
    ]
}

fn table(years: &[Year]) -> Table {
    let head = ["year", "questions", "predicted, %", "low, %", "high, %", "happened, %", "miss, points"];
    let row = |year: &Year| {
        let number = |value: f64| fixed(value, 1);
        TableRow::new(Of::Line, year.year.to_string())
            .text(year.questions.to_string())
            .number(Figure::ByYear, number(year.predicted.middle))
            .text(number(year.predicted.low))
            .text(number(year.predicted.high))
            .number(Figure::ByYear, number(year.happened))
            .text(number(year.miss()))
    };
    Table { head: head.map(str::to_owned).to_vec(), rows: years.iter().map(row).collect() }
}

fn left_out(found: &Years) -> String {
    let words = |(year, reason): &(u16, LeftOut)| match reason {
        LeftOut::Few(questions) => format!("{year} ({})", count(*questions, "question")),
        LeftOut::Undefined(reason) => format!("{year} ({reason})"),
    };
    found.left_out.iter().map(words).collect::<Vec<String>>().join(", ")
}
