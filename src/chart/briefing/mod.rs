//! The briefing: what a reader finds who has only the paper. One content, written as HTML, PDF and Markdown.

mod answer;
mod first;
mod grouping;
mod methods;
mod together;

use super::slide::{self, Staged, spoken, venue_in_sentence};
use super::words::{rounded, told};
use super::{Chart, Picture, Table};
use crate::analysis::measures::{self, Measure};
use crate::analysis::uncertainty::{Verdict, beats};
use crate::analysis::{Baseline, Engine};
use crate::model::{Grouping, Workspace};

/// What stands on every page and picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imprint {
    /// The title.
    pub title: String,
    /// The day of the export, year-month-day.
    pub date: String,
    /// The day of the last roll call that is known.
    pub data: String,
    /// What the figures rest on.
    pub source: String,
    /// The terms of the data, in a line.
    pub terms: String,
    /// How it is to be handled; empty for nothing.
    pub handling: String,
    /// Whose work it is; empty for nobody's.
    pub organisation: String,
    /// How to cite it.
    pub cite: String,
}

/// The terms of the data, in a line.
pub const TERMS: &str = "UN votes: with attribution, not for commercial purposes. V-Dem: CC BY-SA 4.0. World Bank: CC BY 4.0. Flags: \
                         Twemoji, CC BY 4.0.";

impl Imprint {
    /// That of a workspace; `date` is the day of the export, year-month-day.
    #[must_use]
    pub fn of(engine: &Engine, workspace: &Workspace, date: &str) -> Self {
        let data = slide::data_date(engine);
        let organisation = workspace.organisation.trim();
        let whose = if organisation.is_empty() { String::new() } else { format!("{organisation}: ") };
        Self {
            title: workspace.title.clone(),
            date: date.to_owned(),
            source: slide::source_line(engine),
            terms: TERMS.to_owned(),
            handling: workspace.handling.trim().to_owned(),
            organisation: organisation.to_owned(),
            cite: format!(
                "{whose}“{}”, {date}. Estimates by Convenor {}, UN votes to {data}.",
                workspace.title,
                env!("CARGO_PKG_VERSION")
            ),
            data,
        }
    }

    /// All of it in lines, for the foot of a picture.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.source.clone(), self.terms.clone(), format!("How to cite: {}", self.cite)];
        if !self.organisation.is_empty() {
            lines.insert(0, self.organisation.clone());
        }
        if !self.handling.is_empty() {
            lines.insert(0, self.handling.clone());
        }
        lines
    }
}

/// A part of a briefing.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading; 1 is the title.
    Heading(u8, String),
    /// What matters most, in larger letters.
    Lead(String),
    /// Running text.
    Paragraph(String),
    /// Running text that matters less.
    Small(String),
    /// Points.
    Points(Vec<String>),
    /// A chart with its table.
    Picture(Box<Chart>, Picture),
    /// A table.
    Table(Table),
    /// A new page.
    Break,
}

/// A briefing.
#[derive(Clone, Debug)]
pub struct Briefing {
    /// What stands on every page.
    pub imprint: Imprint,
    /// The parts, in order.
    pub blocks: Vec<Block>,
}

/// A grouping with its answer.
pub type Answered<'a> = (&'a Grouping, Staged<'a>);

/// A venue with its answer.
pub type Venue<'a> = (Baseline, Staged<'a>);

/// What a briefing is made from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// What all answers are computed with.
    pub engine: &'a Engine,
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Its groupings with their answers.
    pub groupings: &'a [Answered<'a>],
    /// The venues that all are compared with, put to the issue and mandate of the first grouping.
    pub venues: &'a [Venue<'a>],
    /// The venue beside each grouping, put to that grouping's own issue and mandate.
    pub beside: &'a [Option<Venue<'a>>],
}

impl<'a> Material<'a> {
    fn sponsor(&self) -> String {
        self.engine.atlas.in_sentence(self.workspace.assumptions.sponsor)
    }

    /// The name of a measure in the tables.
    fn label(&self, measure: &Measure) -> String {
        spoken(measure, &self.sponsor()).unwrap_or_else(|| measure.label.to_owned())
    }

    /// The grouping that is a venue, members and rule, if one is.
    fn same_as(&self, venue: &Venue<'_>) -> Option<&'a Answered<'a>> {
        self.groupings.iter().find(|(_, staged)| is_same(staged, &venue.1))
    }

    /// The venues that are not among the groupings themselves.
    fn other_venues(&self) -> Vec<Venue<'a>> {
        self.venues.iter().filter(|venue| self.same_as(venue).is_none()).copied().collect()
    }
}

/// Whether two have the same members and the same rule, whatever they are put to.
fn is_same(one: &Staged<'_>, other: &Staged<'_>) -> bool {
    let actors = |of: &Staged<'_>| of.case.voters.iter().map(|voter| voter.actor).collect::<Vec<_>>();
    one.case.rule == other.case.rule && actors(one) == actors(other)
}

/// Makes the briefing of a workspace.
#[must_use]
pub fn briefing(of: &Material<'_>, imprint: Imprint) -> Briefing {
    let mut blocks = Vec::new();
    first::first_page(of, &imprint, &mut blocks);
    for at in 0..of.groupings.len() {
        blocks.push(Block::Break);
        grouping::grouping_page(of, at, &mut blocks);
    }
    if of.groupings.len() > 1 {
        blocks.push(Block::Break);
        together::comparison(of, &mut blocks);
    }
    blocks.push(Block::Break);
    methods::methods(of, &imprint, &mut blocks);
    Briefing { imprint, blocks }
}

/// “53”, or “1, as it stays out” where the sponsor is no member.
fn value_words(measure: &Measure, staged: &Staged<'_>) -> String {
    let value = staged.report.value(measure);
    let words = value.map_or_else(|_| "not defined".to_owned(), |value| told(measure, value));
    format!("{words}{}", stays_out(measure, staged))
}

fn stays_out(measure: &Measure, staged: &Staged<'_>) -> &'static str {
    let is_out = *measure == measures::COST && staged.report.cost.as_ref().is_ok_and(|cost| cost.stays_out);
    if is_out { ", as it stays out" } else { "" }
}

/// “18 % (12 to 26)”.
fn with_interval(measure: &Measure, staged: &Staged<'_>) -> String {
    let Ok(value) = staged.report.value(measure) else { return "not defined".to_owned() };
    let out = stays_out(measure, staged);
    let range = staged.draws.and_then(|draws| draws.of(measure).ok());
    match range.map(|range| [rounded(range.low), rounded(range.high)]) {
        Some([low, high]) if low != high => format!("{} ({low} to {high}){out}", told(measure, value)),
        _ => format!("{}{out}", told(measure, value)),
    }
}

/// What may be said of two on a measure; without draws, what their rounded figures say. `None` where one has no figure.
fn between(one: &Staged<'_>, other: &Staged<'_>, measure: &Measure) -> Option<Verdict> {
    let [is, there] = [one, other].map(|staged| staged.report.value(measure));
    let (is, there) = (is.ok()?, there.ok()?);
    if let Some(found) = one.draws.zip(other.draws).and_then(|(a, b)| beats(a, b, measure)) {
        return Some(found.verdict());
    }
    if rounded(is) == rounded(there) {
        return Some(Verdict::Equal);
    }
    Some(if measure.is_better(is, there) { Verdict::First } else { Verdict::Second })
}

/// What a grouping is put to: “one question in 24 months, light secretariat”.
fn mandate_words(grouping: &Grouping) -> String {
    let mandate = grouping.mandate.words().replace(" · ", " in ").replace("in open-ended", "without an end");
    format!("{mandate}, {}", grouping.form.words().to_lowercase())
}

/// How a venue is made up, where that is not plain.
fn venue_meaning(baseline: Baseline) -> Option<String> {
    match baseline {
        Baseline::Alone => None,
        other => Some(format!(
            "{} here: {}",
            super::capital(&venue_in_sentence(other)),
            super::words::uncapital(other.meaning())
        )),
    }
}
