//! Pictures before they are drawn.
//!
//! A [`Chart`] is made from reports, without egui: marks with labels and what each stands for, one sentence, and the
//! same figures as a table. The screen draws it, each kind of picture ([`Picture`]) its own way; the
//! table beside the picture and the sentence for screen readers come from the same place.

mod about;
pub mod assumed;
pub mod briefing;
mod catalogue;
mod compare;
mod composition;
mod cost;
mod differences;
mod drivers;
mod fit;
pub mod found;
pub mod frame;
mod inputs;
mod leverage;
mod members;
mod moved;
mod moves;
pub mod palette;
pub mod paper;
mod plain;
mod power;
mod question_changes;
pub mod record;
mod scale;
mod scene;
mod scorecard;
pub mod slide;
mod stay;
mod strip;
mod study;
mod table;
mod track;
mod tradeoff;
mod words;
mod years;

pub use about::{
    Around, CostFigure, Factor, Figure, MemberFigure, Section, about, about_figure, about_text, figure_title, movers,
};
pub use catalogue::{About, CATALOGUE, FAILING_ID, Kind, MOVES, Picture, STAY, YEARS, by_id, open_at_first};
pub use compare::{Against, Beside, Cell, Column, Entry, Line, against, beside, only_in, range_words, verdict_words};
pub use composition::composition;
pub use cost::{cost_by_member, cost_in_parts};
pub use differences::{assumption_differences, differences};
pub use drivers::{FAILING, LEFT, failing, left};
pub use fit::fit;
pub use inputs::{Coverage, coverage};
pub use leverage::leverage;
pub use members::MOST_ROWS;
pub use moved::moved_words;
pub use moves::moves;
pub use plain::harmless;
pub use power::power;
pub use scale::scale_to;
pub use scene::{Failed, Ranges, Scene, Selected};
pub use scorecard::{label_after, scorecard};
pub use stay::{gets, holds_words, stay};
pub use strip::strip;
pub use study::Study;
pub use table::{Table, TableCell, TableRow};
pub use track::track;
pub use tradeoff::{radius_of, tradeoff, undominated};
pub use words::{
    capital, changes_words, count, count_of, figure, figured, fixed, listed, money, percent, quantity, rounded, signed,
    signed_tenth, signed_to, stuck_words,
};
pub use years::years;

use crate::analysis::{Baseline, Report};
use crate::data::CountryId;
use crate::model::{Grouping, GroupingId};

/// A grouping with its answer, as charts take it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The grouping.
    pub grouping: &'a Grouping,
    /// The answer.
    pub report: &'a Report,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A grouping on the board.
    Grouping(GroupingId),
    /// A venue that exists, or going alone.
    Baseline(Baseline),
    /// An actor.
    Country(CountryId),
    /// A design that a search found, by its place on the front.
    Design(usize),
    /// Something of the picture itself: a total, a part, a line.
    Line,
}

/// What a mark is drawn with; the theme knows the colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ink {
    /// The colour of a grouping.
    Grouping(u8),
    /// The colour of a grouping, paler: a part of its figure.
    Part(u8),
    /// Quiet ink for what is there for comparison.
    Baseline,
}

/// The form of a mark, in the units of the axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A horizontal bar, in row `row` from the top.
    Bar {
        /// The row, from 0 at the top.
        row: usize,
        /// Where the bar begins.
        from: f64,
        /// Where the bar ends.
        to: f64,
        /// The interval of the end, drawn as a thin line through it.
        whisker: Option<Whisker>,
    },
    /// A point beside the bar of a row, for a second figure on the same scale.
    Point {
        /// The row, from 0 at the top.
        row: usize,
        /// On the x axis.
        x: f64,
    },
    /// A row without a figure.
    Empty {
        /// The row, from 0 at the top.
        row: usize,
    },
    /// A disc.
    Disc {
        /// On the x axis.
        x: f64,
        /// On the y axis.
        y: f64,
        /// In points.
        radius: f64,
        /// Drawn as a ring.
        hollow: bool,
        /// The interval on the x axis.
        across: Option<Whisker>,
        /// The interval on the y axis.
        up: Option<Whisker>,
        /// A share from 0 to 1 that shades it.
        shade: Option<f64>,
    },
    /// A thin upright line through all rows.
    Guide {
        /// On the x axis.
        x: f64,
        /// The interval of its place, drawn as a thin line below the rows.
        whisker: Option<Whisker>,
    },
    /// A thin line between two points.
    Link {
        /// Where it begins, on both axes.
        from: (f64, f64),
        /// Where it ends, on both axes.
        to: (f64, f64),
    },
    /// A shaded stretch of the axis.
    Span {
        /// Its lower end.
        from: f64,
        /// Its upper end.
        to: f64,
    },
    /// A place on a single axis.
    Place {
        /// On the x axis.
        x: f64,
        /// Who stands there.
        stands: Stands,
    },
}

/// The interval of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Whisker {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether it is that of before the last edit: the new one is being computed.
    pub stale: bool,
}

/// Who stands at a place on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// A voting member.
    Member,
    /// A member that holds a veto while others do not.
    Veto,
    /// A member that convenes.
    Convenor,
    /// A pole that is no member.
    Pole,
}

impl Shape {
    /// A bar from 0 without an interval.
    #[must_use]
    pub fn bar(row: usize, to: f64) -> Self {
        Self::Bar { row, from: 0.0, to, whisker: None }
    }
}

/// One mark of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its form.
    pub shape: Shape,
    /// What it is drawn with.
    pub ink: Ink,
    /// What it stands for.
    pub of: Of,
    /// Which number its figure is, so that it can be asked about.
    pub figure: Option<Figure>,
    /// The name that stands directly at it.
    pub name: String,
    /// The figure that stands directly at it.
    pub label: String,
    /// What a hover tells, line by line.
    pub tip: Vec<String>,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What is measured, with its unit and which way is better.
    pub label: String,
    /// The lower end.
    pub from: f64,
    /// The upper end.
    pub to: f64,
}

/// A picture before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The title.
    pub title: String,
    /// The scale, in a phrase.
    pub caption: String,
    /// What the picture shows, in one sentence.
    pub sentence: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis; for bars, the rows.
    pub y: Axis,
    /// The marks, those in front last.
    pub marks: Vec<Mark>,
    /// The same figures as a table.
    pub table: Table,
}

impl Chart {
    /// A picture of nothing, with the reason.
    #[must_use]
    pub fn empty(title: impl Into<String>, reason: impl Into<String>) -> Self {
        let axis = || Axis { label: String::new(), from: 0.0, to: 1.0 };
        Self {
            title: title.into(),
            caption: String::new(),
            sentence: reason.into(),
            x: axis(),
            y: axis(),
            marks: Vec::new(),
            table: Table::default(),
        }
    }

    /// Gives bars and guides their intervals, and the table a column of them: `of` knows the interval of what a mark stands
    /// for.
    fn set_whiskers(&mut self, of: impl Fn(Of) -> Option<Whisker>) {
        let mut words: Vec<(Of, String)> = Vec::new();
        for mark in &mut self.marks {
            let (Shape::Bar { whisker, .. } | Shape::Guide { whisker, .. }) = &mut mark.shape else { continue };
            *whisker = of(mark.of);
            if let Some(found) = *whisker {
                mark.tip.push(format!("90 % of the draws: {}", found.words()));
                words.push((mark.of, found.words()));
            }
        }
        self.add_ranges("90 % of the draws", &words);
    }

    /// Gives discs their intervals on both axes, and the table a column for each: `of` knows those of what a mark stands for.
    fn set_spreads(&mut self, of: impl Fn(Of) -> [Option<Whisker>; 2]) {
        let mut words: [Vec<(Of, String)>; 2] = [Vec::new(), Vec::new()];
        for mark in &mut self.marks {
            let Shape::Disc { across, up, .. } = &mut mark.shape else { continue };
            [*across, *up] = of(mark.of);
            let found = [("cost", *across), ("legitimacy", *up)];
            for ((what, whisker), words) in found.into_iter().zip(&mut words) {
                let Some(whisker) = whisker else { continue };
                mark.tip.push(format!("{what}, 90 % of the draws: {}", whisker.words()));
                words.push((mark.of, whisker.words()));
            }
        }
        for (head, words) in ["cost, 90 % of the draws", "legitimacy, 90 % of the draws"].into_iter().zip(&words) {
            self.add_ranges(head, words);
        }
    }

    /// Adds a column of ranges to the table: a row has the range of the mark that stands for the same.
    fn add_ranges(&mut self, head: &str, words: &[(Of, String)]) {
        if words.is_empty() {
            return;
        }
        self.table.head.push(head.to_owned());
        for row in &mut self.table.rows {
            let range = words.iter().find(|(of, _)| *of == row.of).map(|(_, range)| range.clone());
            row.cells.push(TableCell { text: range.unwrap_or_default(), figure: None });
        }
    }
}

impl Whisker {
    /// In words: “45–61”.
    #[must_use]
    pub fn words(self) -> String {
        let updating = if self.stale { ", being updated" } else { "" };
        if self.high - self.low < 0.05 {
            return format!("the same in all{updating}");
        }
        format!("{}{updating}", range_words(self.low, self.high, 0))
    }
}
