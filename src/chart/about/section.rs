//! The sections of an answer that are the same for every number.

use crate::analysis::measures::{DEADLOCK, Measure};
use crate::analysis::uncertainty::Interval;
use crate::analysis::view::Read;
use crate::analysis::{Case, Engine};
use crate::chart::inputs::{cautions, figures_behind};

/// How many cautions are listed one by one.
const LISTED: usize = 12;

/// Lines under a title.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The title.
    pub title: &'static str,
    /// One sentence or formula a line.
    pub lines: Vec<String>,
}

impl Section {
    /// The title of the section on the interval.
    pub const INTERVAL: &str = "Interval";
}

/// The interval beside a number, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Around {
    /// Nobody computed it yet.
    Unknown,
    /// It is known.
    Known {
        /// The interval.
        interval: Interval,
        /// From how many draws.
        draws: usize,
        /// Whether it is that of the grouping before the last edit.
        stale: bool,
        /// The interval as it would be if nothing moved from year to year.
        still: Option<Interval>,
    },
    /// This number has none of its own.
    None,
}

/// The figures behind a number, and which of them are estimated or missing.
pub(super) fn rests_on(reads: &[Read], case: &Case, engine: &Engine, measure: Option<&Measure>) -> [Section; 2] {
    let mut estimated = cautions(reads, case, engine, LISTED);
    let rests_on_votes = measure.is_some_and(|measure| measure.rests_on(DEADLOCK.name));
    estimated.extend(engine.thin_votes(case).filter(|_| rests_on_votes).map(|flag| flag.words(&engine.atlas)));
    [
        Section { title: "Figures behind it", lines: figures_behind(reads, case, engine) },
        Section { title: "Estimated or missing", lines: estimated },
    ]
}

/// The interval of a number.
pub(super) fn interval(measure: &Measure, around: Around) -> Section {
    let unit = if measure.unit.is_empty() { String::new() } else { format!(" {}", measure.unit) };
    let lines = match around {
        Around::Unknown => vec!["Not computed yet.".to_owned()],
        Around::None => vec!["This number has no interval of its own.".to_owned()],
        Around::Known { interval: Interval { low, middle, high, defined }, draws, stale, still } => {
            let mut lines = Vec::new();
            if stale {
                lines.push("Updating: this is the interval before the last edit.".to_owned());
            }
            if high - low < 0.05 {
                lines.push("The same in every draw: nothing that is drawn enters it.".to_owned());
            } else {
                lines.push(format!("{low:.1} to {high:.1}{unit}: 90 % of {draws} draws lie between them."));
            }
            if !stale && (middle < low || middle > high) && high - low >= 0.05 {
                lines.push(
                    "The figure itself lies outside: it rests on the defaults, the draws on wider ranges.".to_owned(),
                );
            }
            lines.extend(still.filter(|_| !stale).and_then(|still| drift_words(high - low, still, &unit)));
            if defined < 1.0 {
                lines.push(format!("It has a meaning in {:.0} % of the draws.", 100.0 * defined));
            }
            lines
        }
    };
    Section { title: Section::INTERVAL, lines }
}

/// How much of an interval is drift; nothing where drift does not enter.
fn drift_words(width: f64, still: Interval, unit: &str) -> Option<String> {
    let Interval { low, high, .. } = still;
    let added = width - (high - low);
    (width >= 0.05 && added.abs() >= 0.05).then(|| {
        format!(
            "Of these {width:.1} points, {added:.1} are drift: if questions and alignments stayed as they are, it would be \
             {low:.1} to {high:.1}{unit}."
        )
    })
}
