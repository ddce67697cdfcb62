//! Pictures before they are drawn.
//!
//! A [`Chart`] is made from reports, without egui: marks with labels and what each stands for, one sentence, and the
//! same figures as a table. The screen draws it with `egui_plot`; the table beside the picture and the sentence for
//! screen readers come from the same place.

mod about;
mod compare;
mod inputs;
mod scorecard;
mod tradeoff;
mod words;

pub use about::{Around, Section, about, about_component, about_text, about_title};
pub use compare::{Against, Beside, Cell, Column, Entry, Line, against, beside, only_in, range_words, verdict_words};
pub use inputs::{Coverage, Input, Need, coverage, needs};
pub use scorecard::scorecard;
pub use tradeoff::{radius_of, tradeoff};
pub use words::{count, count_of, figure, money, quantity, rounded, signed, signed_to};

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
}

/// What a mark is drawn with; the theme knows the colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ink {
    /// The colour of a grouping.
    Grouping(u8),
    /// Quiet ink for what is there for comparison.
    Baseline,
    /// A magnitude from 0 to 1 on the scale of magnitudes.
    Magnitude(f64),
}

/// The form of a mark, in the units of the axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A horizontal bar from 0, in row `row` from the top.
    Bar {
        /// The row, from 0 at the top.
        row: usize,
        /// Where the bar ends.
        to: f64,
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
    },
    /// A thin upright line through all rows.
    Guide {
        /// On the x axis.
        x: f64,
    },
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

/// The same figures as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The heads of the columns.
    pub head: Vec<String>,
    /// One row of texts a line.
    pub rows: Vec<Vec<String>>,
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
