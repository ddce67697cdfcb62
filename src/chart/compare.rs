//! Groupings beside each other: a row a grouping, a column a figure, and one grouping against another.

use super::inputs::{Coverage, coverage};
use super::words::{figured, fixed, signed_to};
use super::{CostFigure, Factor, Figure, Of, Row, Table, TableRow};
use crate::analysis::measures::{self, Better, Measure};
use crate::analysis::uncertainty::{Comparison, Interval, Intervals, Verdict, beats};
use crate::analysis::{Baseline, Case, Engine, Report};
use crate::data::CountryId;
use crate::model::{Component, GroupingId, Role};

/// A grouping as the table takes it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The grouping with its answer.
    pub row: Row<'a>,
    /// All that the answer depends on.
    pub case: &'a Case,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The head.
    pub label: &'static str,
    /// The head over several columns.
    pub group: &'static str,
    /// The unit behind figures: “%” or nothing.
    pub unit: &'static str,
    /// Digits behind the point.
    pub digits: usize,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// The number that it shows.
    pub figure: Figure,
}

impl Column {
    /// The measure that the column shows, if it is one.
    #[must_use]
    pub fn measure(&self) -> Option<&'static Measure> {
        match self.figure {
            Figure::Measure(measure) => Some(measure),
            _ => None,
        }
    }

    /// A figure of the column, in words for the screen.
    #[must_use]
    pub fn words(&self, value: f64) -> String {
        let number = figured(value, self.digits);
        if self.unit.is_empty() { number } else { format!("{number} {}", self.unit) }
    }
}

/// A figure with what stands beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// The figure; `None` where it is not defined.
    pub value: Option<f64>,
    /// Its interval, where it has one.
    pub interval: Option<Interval>,
    /// Whether the interval is that of the grouping before the last edit.
    pub stale: bool,
    /// The baseline beside it with its figure.
    pub baseline: Option<(Baseline, f64)>,
}

impl Cell {
    /// The figure less that of the baseline.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        Some(self.value? - self.baseline?.1)
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The grouping.
    pub of: GroupingId,
    /// Its letter.
    pub letter: String,
    /// Its name.
    pub name: String,
    /// One a column.
    pub cells: Vec<Cell>,
}

/// The table of all groupings.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub lines: Vec<Line>,
}

/// What is known of intervals: that of a measure of a grouping, and whether it is that of before the last edit.
pub type Known<'a> = &'a dyn Fn(GroupingId, &Measure) -> Option<(Interval, bool)>;

/// All groupings beside each other, and beside one baseline. `interval` knows the intervals.
#[must_use]
pub fn beside(
    entries: &[Entry<'_>],
    baseline: Option<(Baseline, &Report)>,
    engine: &Engine,
    interval: Known<'_>,
) -> Beside {
    let columns = columns();
    let lines = entries.iter().map(|entry| line(entry, &columns, baseline, engine, interval)).collect();
    Beside { columns, lines }
}

fn line(
    entry: &Entry<'_>,
    columns: &[Column],
    baseline: Option<(Baseline, &Report)>,
    engine: &Engine,
    interval: Known<'_>,
) -> Line {
    let Row { grouping, report } = entry.row;
    let cell = |column: &Column| {
        let value = match column.figure {
            Figure::Coverage => coverage(report, &engine.facts_of(entry.case)).per_cent(),
            figure => figure.value(report),
        };
        // Microlateral fit is about the design: venues that exist are no measure of it.
        let venue = baseline.filter(|_| column.group != FIT);
        let beside = venue.and_then(|(baseline, report)| Some((baseline, column.figure.value(report)?)));
        let around = column.measure().and_then(|measure| interval(grouping.id, measure));
        Cell {
            value,
            interval: around.map(|(interval, _)| interval),
            stale: around.is_some_and(|(_, stale)| stale),
            baseline: beside.filter(|_| value.is_some()),
        }
    };
    Line {
        of: grouping.id,
        letter: grouping.letter(),
        name: grouping.name.clone(),
        cells: columns.iter().map(cell).collect(),
    }
}

const MEASURES: &str = "Measures";
const LEGITIMACY: &str = "Components of legitimacy, 0–1";
const COST: &str = "Parts of cost";
const FIT: &str = "Microlateral fit";

fn columns() -> Vec<Column> {
    let mut columns: Vec<Column> = measures::ALL
        .map(|measure| Column {
            label: measure.label,
            group: if *measure == measures::MICROLATERAL { FIT } else { MEASURES },
            unit: measure.unit,
            digits: 0,
            meaning: measure.meaning,
            figure: Figure::Measure(measure),
        })
        .into();
    let column = |label, group, digits, meaning, figure| Column { label, group, unit: "", digits, meaning, figure };
    columns.extend([
        column("Members", "Basis", 0, "The number of voting members, convenors among them.", Figure::Members),
        Column { unit: "%", ..column("Coverage", "Basis", 0, Coverage::MEANING, Figure::Coverage) },
        column("Small lead", FIT, 2, "How small those who lead are, 0 to 1.", Figure::Factor(Factor::SmallLead)),
        column(
            "Participation",
            FIT,
            2,
            "World GDP of members that do not convene, full at one half.",
            Figure::Factor(Factor::Participation),
        ),
        column("Niche", FIT, 2, "1 divided by the number of questions.", Figure::Factor(Factor::Niche)),
        column("Time-bound", FIT, 2, "24 divided by the months, at most 1.", Figure::Factor(Factor::TimeBound)),
    ]);
    columns.extend(
        Component::ALL.map(|component| {
            column(component.label(), LEGITIMACY, 2, component.meaning(), Figure::Component(component))
        }),
    );
    columns.extend([
        column(
            "Coordination",
            COST,
            1,
            "The part of cost for coordination among members.",
            Figure::Cost(CostFigure::Coordination),
        ),
        column(
            "Own share",
            COST,
            1,
            "The part of cost for the sponsor's own share of the programme.",
            Figure::Cost(CostFigure::OwnShare),
        ),
        column(
            "Fallback",
            COST,
            1,
            "The part of cost for going alone after all when the grouping deadlocks.",
            Figure::Cost(CostFigure::Fallback),
        ),
    ]);
    columns
}

impl Cell {
    /// The interval in words: “45–61”.
    #[must_use]
    pub fn interval_words(&self, column: &Column) -> Option<String> {
        let Interval { low, high, .. } = self.interval?;
        if high - low < 0.05 {
            // Nothing that is drawn enters it: there is no range to show.
            return None;
        }
        let range = range_words(low, high, column.digits);
        Some(if self.stale { format!("{range} …") } else { range })
    }

    /// The difference in words: “+9 G20”.
    #[must_use]
    pub fn difference_words(&self, column: &Column) -> Option<String> {
        let (baseline, _) = self.baseline?;
        Some(format!("{} {}", signed_to(self.difference()?, column.digits), baseline.abbreviation()))
    }
}

/// A range in words: “45–61”; one figure where both ends round to the same.
#[must_use]
pub fn range_words(low: f64, high: f64, digits: usize) -> String {
    let [low, high] = [low, high].map(|end| figured(end, digits));
    if low == high { low } else { format!("{low}–{high}") }
}

impl Beside {
    /// The same as a table of plain texts, to be copied: figures with a point and an ordinary minus.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut head = vec!["grouping".to_owned()];
        for (at, column) in self.columns.iter().enumerate() {
            let unit = if column.unit.is_empty() { String::new() } else { format!(" ({})", column.unit) };
            head.push(format!("{}{unit}", column.label));
            if column.measure().is_some() {
                head.extend(["low", "high"].map(|end| format!("{} {end}", column.label)));
            }
            if self.has_baseline(at) {
                head.extend(["baseline", "of the baseline", "difference"].map(|of| format!("{} {of}", column.label)));
            }
        }
        let rows = self.lines.iter().map(|line| self.plain(line)).collect();
        Table { head, rows }
    }

    fn has_baseline(&self, at: usize) -> bool {
        self.lines.iter().any(|line| line.cells.get(at).is_some_and(|cell| cell.baseline.is_some()))
    }

    fn plain(&self, line: &Line) -> TableRow {
        let mut row = TableRow::new(Of::Grouping(line.of), &line.name);
        for (at, (column, cell)) in self.columns.iter().zip(&line.cells).enumerate() {
            let digits = if column.digits == 0 && column.measure().is_some() { 1 } else { column.digits };
            let plain = |value: Option<f64>| value.map_or_else(String::new, |value| fixed(value, digits));
            row = row.number(column.figure, plain(cell.value));
            if column.measure().is_some() {
                let interval = cell.interval.filter(|_| !cell.stale);
                row = row
                    .text(plain(interval.map(|interval| interval.low)))
                    .text(plain(interval.map(|interval| interval.high)));
            }
            if self.has_baseline(at) {
                row = row
                    .text(cell.baseline.map_or("", |(baseline, _)| baseline.label()))
                    .text(plain(cell.baseline.map(|(_, value)| value)))
                    .text(plain(cell.difference()));
            }
        }
        row
    }
}

/// One measure of one grouping against another.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// The measure.
    pub measure: &'static Measure,
    /// The figures of both.
    pub values: [Option<f64>; 2],
    /// How the draws compare; `None` where they are not there, or a figure is not defined.
    pub comparison: Option<Comparison>,
    /// What may be said, in words.
    pub verdict: String,
}

/// One grouping, or baseline, against another, measure by measure, by their short names. `draws` are those of both, if they are there.
#[must_use]
pub fn against(names: [&str; 2], reports: [&Report; 2], draws: Option<(&Intervals, &Intervals)>) -> Vec<Against> {
    measures::ALL
        .into_iter()
        .map(|measure| {
            let values = reports.map(|report| report.value(measure).ok());
            let comparison = draws.and_then(|(first, second)| beats(first, second, measure));
            let stays_out = reports.map(|report| report.cost.as_ref().is_ok_and(|cost| cost.stays_out));
            let like = *measure != measures::COST || stays_out[0] == stays_out[1];
            let verdict = match comparison {
                _ if values.contains(&None) => "not defined for both".to_owned(),
                Some(comparison) => verdict_words(measure, comparison, names),
                None => "intervals are not there yet".to_owned(),
            };
            let verdict = if like {
                verdict
            } else {
                let out = if stays_out[0] { names[0] } else { names[1] };
                format!("{verdict}; not like for like: the sponsor stays out of {out}")
            };
            Against { measure, values, comparison, verdict }
        })
        .collect()
}

/// What may be said of a comparison: “A is higher in 97 % of draws”, “not distinguishable: …”.
#[must_use]
pub fn verdict_words(measure: &Measure, comparison: Comparison, [first, second]: [&str; 2]) -> String {
    let ahead = if measure.better == Better::More { "higher" } else { "lower" };
    match comparison.verdict() {
        Verdict::First => format!("{first} is {ahead} in {} of draws", share_words(comparison.first)),
        Verdict::Second => format!("{second} is {ahead} in {} of draws", share_words(comparison.second)),
        Verdict::Equal => format!("equal in {} of draws", share_words(comparison.ties)),
        Verdict::NotDistinguishable => format!(
            "not distinguishable: {first} {ahead} in {}, {second} in {} of draws",
            share_words(comparison.first),
            share_words(comparison.second)
        ),
    }
}

fn share_words(share: f64) -> String {
    match 100.0 * share {
        per_cent if per_cent >= 100.0 => "100 %".to_owned(),
        per_cent if per_cent > 99.0 => "over 99 %".to_owned(),
        per_cent if per_cent > 0.0 && per_cent < 1.0 => "under 1 %".to_owned(),
        per_cent => format!("{per_cent:.0} %"),
    }
}

/// Who is in the first and not in the second, in the order of the first.
#[must_use]
pub fn only_in(first: &[(CountryId, Role)], second: &[(CountryId, Role)]) -> Vec<(CountryId, Role)> {
    first.iter().copied().filter(|(id, _)| !second.iter().any(|(other, _)| other == id)).collect()
}
