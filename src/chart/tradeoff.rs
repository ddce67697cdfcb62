//! Cost against legitimacy, with deadlock risk as shade and label, and size for members.

use super::scale::scale_to;
use super::words::{count, figure};
use super::{Axis, Chart, Figure, Ink, Mark, Of, Ranges, Row, Shape, Table, TableRow};
use crate::analysis::{Baseline, Report, measures};

/// The trade-off: legitimacy upward against cost to the right; upper left is best.
#[must_use]
pub fn tradeoff(rows: &[Row<'_>], baselines: &[(Baseline, &Report)], ranges: Ranges<'_>) -> Chart {
    let mut marks = Vec::with_capacity(rows.len() + baselines.len());
    for (baseline, report) in baselines {
        let drawn = Drawn { name: baseline.label(), report, hollow: true };
        marks.extend(drawn.mark(Of::Baseline(*baseline), Ink::Baseline));
    }
    for row in rows {
        let drawn = Drawn { name: &row.grouping.name, report: row.report, hollow: false };
        marks.extend(drawn.mark(Of::Grouping(row.grouping.id), Ink::Grouping(row.grouping.colour)));
    }
    let line = undominated(rows);
    let links = line.windows(2).map(|pair| Mark {
        shape: Shape::Link { from: pair[0], to: pair[1] },
        ink: Ink::Baseline,
        of: Of::Line,
        figure: None,
        name: "undominated".to_owned(),
        label: String::new(),
        tip: Vec::new(),
    });
    let links: Vec<Mark> = links.collect();
    marks.splice(0..0, links);
    let mut chart = Chart {
        title: "Trade-off".to_owned(),
        caption: "upper left is best; line: beaten by none".to_owned(),
        sentence: sentence(rows),
        x: Axis { label: "cost, going alone = 100".to_owned(), from: 0.0, to: 100.0 },
        y: Axis { label: "legitimacy, 0–100".to_owned(), from: 0.0, to: 100.0 },
        marks,
        table: table(rows, baselines),
    };
    chart.set_spreads(|of| [&measures::COST, &measures::LEGITIMACY].map(|measure| ranges.of(of, measure)));
    // The scale of the cost is that of its bars.
    let furthest = chart.marks.iter().filter_map(cost_end).fold(100.0, f64::max);
    chart.x.to = scale_to(furthest, 100.0);
    chart
}

/// How far to the right a disc and its interval go.
fn cost_end(mark: &Mark) -> Option<f64> {
    match mark.shape {
        Shape::Disc { x, across, .. } => Some(across.map_or(x, |range| x.max(range.high))),
        _ => None,
    }
}

/// The radius of a disc for a number of members, in points: area grows with members, within readable bounds.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
pub fn radius_of(members: usize) -> f64 {
    (2.9 * (members as f64).sqrt()).clamp(9.0, 19.0)
}

/// The groupings that no other beats in both, lower cost and higher legitimacy, as (cost, legitimacy) by rising cost.
#[must_use]
pub fn undominated(rows: &[Row<'_>]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = rows.iter().filter_map(|row| figures_of(row.report)).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
    let mut best = f64::NEG_INFINITY;
    points.retain(|(_, legitimacy)| {
        let better = *legitimacy > best;
        best = best.max(*legitimacy);
        better
    });
    points
}

/// Cost and legitimacy.
fn figures_of(report: &Report) -> Option<(f64, f64)> {
    Some((report.cost.as_ref().ok()?.index, report.legitimacy.as_ref().ok()?.score))
}

struct Drawn<'a> {
    name: &'a str,
    report: &'a Report,
    hollow: bool,
}

impl Drawn<'_> {
    fn mark(&self, of: Of, ink: Ink) -> Option<Mark> {
        let (x, y) = figures_of(self.report)?;
        let [deadlock, reach] = [&measures::DEADLOCK, &measures::REACH].map(|measure| self.report.value(measure));
        Some(Mark {
            shape: Shape::Disc {
                x,
                y,
                radius: radius_of(self.report.voters),
                hollow: self.hollow,
                across: None,
                up: None,
                shade: deadlock.ok().map(|risk| risk / 100.0),
            },
            ink,
            of,
            figure: None,
            name: self.name.to_owned(),
            label: format!("deadlock {}", figure(&measures::DEADLOCK, deadlock)),
            tip: vec![
                self.name.to_owned(),
                format!("legitimacy {y:.1}, cost {x:.1}"),
                format!(
                    "deadlock {}, reach {}",
                    figure(&measures::DEADLOCK, deadlock),
                    figure(&measures::REACH, reach)
                ),
                count(self.report.voters, "voting member"),
            ],
        })
    }
}

fn sentence(rows: &[Row<'_>]) -> String {
    let parts: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let (legitimacy, cost) = (row.report.legitimacy.as_ref().ok()?, row.report.cost.as_ref().ok()?);
            Some(format!("{} legitimacy {:.0}, cost {:.0}", row.grouping.name, legitimacy.score, cost.index))
        })
        .collect();
    if parts.is_empty() {
        return "No grouping has figures yet.".to_owned();
    }
    let best: Vec<&str> = rows
        .iter()
        .filter(|row| figures_of(row.report).is_some_and(|point| undominated(rows).contains(&point)))
        .map(|row| row.grouping.name.as_str())
        .collect();
    format!("{}. Beaten by none in both: {}.", parts.join("; "), best.join(", "))
}

fn table(rows: &[Row<'_>], baselines: &[(Baseline, &Report)]) -> Table {
    let line = |of: Of, name: &str, report: &Report| {
        let row = TableRow::new(of, name).number(Figure::Members, report.voters.to_string());
        measures::ALL
            .into_iter()
            .fold(row, |row, measure| row.number(Figure::Measure(measure), figure(measure, report.value(measure))))
    };
    let mut head = vec!["grouping".to_owned(), "members".to_owned()];
    head.extend(measures::ALL.into_iter().map(|measure| measure.label.to_owned()));
    Table {
        head,
        rows: rows
            .iter()
            .map(|row| line(Of::Grouping(row.grouping.id), &row.grouping.name, row.report))
            .chain(baselines.iter().map(|(of, report)| line(Of::Baseline(*of), of.label(), report)))
            .collect(),
    }
}
