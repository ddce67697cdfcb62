//! What charts are made from.

use std::fmt;

use super::{Of, Row, Study, Whisker};
use crate::analysis::measures::Measure;
use crate::analysis::years::Years;
use crate::analysis::{Baseline, Case, Defined, Engine, Report, whatif};
use crate::model::Grouping;

/// Who knows the interval of a measure of what a mark stands for.
#[derive(Clone, Copy)]
pub struct Ranges<'a>(pub &'a dyn Fn(Of, &Measure) -> Option<Whisker>);

impl Ranges<'_> {
    /// Nobody knows any.
    pub const NONE: Ranges<'static> = Ranges(&|_, _| None);

    /// The interval of a measure of what a mark stands for.
    #[must_use]
    pub fn of(&self, of: Of, measure: &Measure) -> Option<Whisker> {
        (self.0)(of, measure)
    }
}

impl fmt::Debug for Ranges<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ranges")
    }
}

/// What charts are made from.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// What all answers are computed with.
    pub engine: &'a Engine,
    /// Every grouping on the board with its answer.
    pub rows: &'a [Row<'a>],
    /// The baselines beside the selected grouping.
    pub baselines: &'a [(Baseline, &'a Report)],
    /// The intervals of both.
    pub ranges: Ranges<'a>,
    /// The name of who pays, as it stands in a sentence.
    pub sponsor: &'a str,
    /// The selected grouping.
    pub selected: Option<Selected<'a>>,
}

/// The grouping that charts of one grouping are about.
#[derive(Clone, Copy, Debug)]
pub struct Selected<'a> {
    /// The grouping.
    pub grouping: &'a Grouping,
    /// Its answer.
    pub report: &'a Report,
    /// All that the answer depends on.
    pub case: &'a Case,
    /// What is computed only when asked for; `None` while it is computed in the background.
    pub study: Option<&'a Study>,
    /// The track record by year, once it has been computed.
    pub years: Option<&'a Defined<Years>>,
    /// Every possible change of one seat, once it has been computed.
    pub moves: Option<&'a [whatif::Row]>,
    /// What is not there because the program failed on it.
    pub failed: Failed,
}

/// What will not come, because the program failed on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failed {
    /// The study.
    pub study: bool,
    /// The track record by year.
    pub years: bool,
    /// The moves.
    pub moves: bool,
}

impl Selected<'_> {
    /// What a chart says that waits for the study.
    pub(super) fn without_study(&self) -> &'static str {
        if self.failed.study {
            "A fault of this program keeps this from being computed."
        } else {
            "This is being computed."
        }
    }

    /// What a chart says that waits for the track record by year.
    pub(super) fn without_years(&self) -> &'static str {
        if self.failed.years {
            "A fault of this program keeps the track record from being computed."
        } else {
            "This is being computed: each year is predicted from the years before it."
        }
    }

    /// What a chart says that waits for the moves.
    pub(super) fn without_moves(&self) -> &'static str {
        if self.failed.moves {
            "A fault of this program keeps the possible moves from being computed."
        } else {
            "The possible moves are being computed."
        }
    }
}
