//! The briefing: what a reader finds who has only the paper. One content, written as HTML, PDF and Markdown.

use super::slide::{
    self, Extras, Stage, Staged, between_words, plain_verdict, spoken, told_measures, venue_in_sentence,
};
use super::words::{capital, listed, rounded, stuck_words, told};
use super::{Chart, Of, Picture, Table, TableRow, assumption_differences, by_id};
use crate::analysis::measures::Measure;
use crate::analysis::record::{Entry, record};
use crate::analysis::stuck::stops_most;
use crate::analysis::uncertainty::beats;
use crate::analysis::whatif::{self, Estimates};
use crate::analysis::{Baseline, Engine};
use crate::model::{Assumptions, Grouping, Role, Slide, SlideKind, Workspace};

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

/// What a briefing is made from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// What all answers are computed with.
    pub engine: &'a Engine,
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Its groupings with their answers.
    pub groupings: &'a [(&'a Grouping, Staged<'a>)],
    /// The venues that they are compared with, beside the first grouping.
    pub venues: &'a [(Baseline, Staged<'a>)],
}

impl Material<'_> {
    fn sponsor(&self) -> String {
        self.engine.atlas.in_sentence(self.workspace.assumptions.sponsor)
    }

    /// The venue of the comparisons: the G20, or the first there is.
    fn venue(&self) -> Option<&(Baseline, Staged<'_>)> {
        self.venues.iter().find(|(baseline, _)| *baseline == Baseline::G20).or(self.venues.first())
    }
}

/// Makes the briefing of a workspace.
#[must_use]
pub fn briefing(of: &Material<'_>, imprint: Imprint) -> Briefing {
    let mut blocks = Vec::new();
    first_page(of, &imprint, &mut blocks);
    for one in of.groupings {
        blocks.push(Block::Break);
        grouping_page(of, one, &mut blocks);
    }
    if of.groupings.len() > 1 {
        blocks.push(Block::Break);
        comparison(of, &mut blocks);
    }
    blocks.push(Block::Break);
    methods(of, &imprint, &mut blocks);
    Briefing { imprint, blocks }
}

/// Question, answer, and the figures beside the venues.
fn first_page(of: &Material<'_>, imprint: &Imprint, blocks: &mut Vec<Block>) {
    let workspace = of.workspace;
    blocks.push(Block::Heading(1, workspace.title.clone()));
    let mut about: Vec<&str> = Vec::new();
    about.extend([imprint.organisation.as_str(), imprint.date.as_str()].into_iter().filter(|part| !part.is_empty()));
    blocks.push(Block::Small(about.join(" · ")));
    let names: Vec<&str> = of.groupings.iter().map(|(grouping, _)| grouping.name.as_str()).collect();
    let issues: std::collections::BTreeSet<String> =
        of.groupings.iter().map(|(grouping, _)| grouping.issue.label().to_lowercase()).collect();
    let issues = listed(&issues.into_iter().collect::<Vec<_>>());
    let question = match names.as_slice() {
        [] => "No grouping is proposed yet.".to_owned(),
        [one] => format!("What would {one} do on {issues}?"),
        some => format!("Which of {} groupings would do most on {issues}: {}?", some.len(), listed(some)),
    };
    blocks.push(Block::Heading(2, "The question".to_owned()));
    blocks.push(Block::Paragraph(question));
    if !workspace.notes.trim().is_empty() {
        blocks.extend(
            workspace
                .notes
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| Block::Paragraph(line.to_owned())),
        );
    }
    if of.groupings.is_empty() {
        return;
    }
    blocks.push(Block::Heading(2, "The answer".to_owned()));
    blocks.push(Block::Lead(format!("{}.", answer(of).trim_end_matches('.'))));
    blocks.push(Block::Heading(2, "The figures".to_owned()));
    let sponsor = of.sponsor();
    let mut table = Table { head: vec!["Grouping or venue".to_owned()], rows: Vec::new() };
    table.head.extend(told_measures().filter_map(|measure| spoken(measure, &sponsor)));
    let row = |of: Of, name: String, staged: &Staged<'_>| {
        told_measures().fold(TableRow::new(of, name), |row, measure| row.text(with_interval(measure, staged)))
    };
    table.rows.extend(
        of.groupings.iter().map(|(grouping, staged)| row(Of::Grouping(grouping.id), grouping.name.clone(), staged)),
    );
    table.rows.extend(of.venues.iter().map(|(baseline, staged)| {
        row(Of::Baseline(*baseline), format!("For comparison: {}", baseline.label()), staged)
    }));
    blocks.push(Block::Table(table));
    let explained = told_measures().filter_map(|measure| {
        let words = measure.spoken?;
        Some(format!("{}: {}", spoken(measure, &sponsor)?, words.line))
    });
    blocks.push(Block::Points(explained.collect()));
    let first = of.groupings.first().map_or("", |(grouping, _)| grouping.name.as_str());
    blocks.push(Block::Small(format!(
        "Estimates, not forecasts: what members would do if they voted as they did at the UN. Ranges hold 90 % of {} draws of what is \
         uncertain. Venues that exist are put to the issue and mandate of {first}.",
        of.workspace.assumptions.draws
    )));
}

/// “18 % (12 to 26)”.
fn with_interval(measure: &Measure, staged: &Staged<'_>) -> String {
    let Ok(value) = staged.report.value(measure) else { return "not defined".to_owned() };
    let range = staged.draws.and_then(|draws| draws.of(measure).ok());
    match range.map(|range| [rounded(range.low), rounded(range.high)]) {
        Some([low, high]) if low != high => format!("{} ({low} to {high})", told(measure, value)),
        _ => told(measure, value),
    }
}

/// The statement of the groupings side by side, or of the one beside the venue.
fn answer(of: &Material<'_>) -> String {
    let kind = if of.groupings.len() > 1 { SlideKind::Compare } else { SlideKind::One };
    let slide = Slide {
        kind,
        groupings: of.groupings.iter().map(|(grouping, _)| std::sync::Arc::new((*grouping).clone())).collect(),
        assumptions: of.workspace.assumptions.clone(),
        ..Slide::default()
    };
    slide::statement(&stage(of, &slide))
}

fn stage<'a>(of: &'a Material<'a>, slide: &'a Slide) -> Stage<'a> {
    Stage {
        engine: of.engine,
        slide,
        groupings: of.groupings,
        baseline: of.venue().map(|(baseline, staged)| (*baseline, *staged)),
        extras: Extras::default(),
        organisation: "",
        handling: "",
        number: (1, 1),
        hides: false,
        lit: None,
    }
}

/// What a grouping is, does, and what stands against it.
fn grouping_page(of: &Material<'_>, one: &(&Grouping, Staged<'_>), blocks: &mut Vec<Block>) {
    let (grouping, staged) = one;
    blocks.push(Block::Heading(2, format!("{} · {}", grouping.letter(), grouping.name)));
    let lower = str::to_lowercase;
    blocks.push(Block::Paragraph(format!(
        "Issue: {}. Decides by {}. Mandate: {}, {}.",
        lower(grouping.issue.label()),
        lower(&grouping.rule.words()),
        grouping.mandate.words().replace(" · ", " in ").replace("in open-ended", "without an end"),
        lower(grouping.form.words())
    )));
    for (role, one_word, many) in [
        (Role::Convenor, "Convened by", "Convened by"),
        (Role::Member, "Member", "Members"),
        (Role::Observer, "Observer", "Observers"),
    ] {
        let names: Vec<String> = grouping.with_role(role).map(|id| of.engine.atlas.in_sentence(id)).collect();
        let label = if names.len() == 1 { one_word } else { many };
        if !names.is_empty() {
            blocks.push(Block::Paragraph(
                format!("{label} ({}): {}.", names.len(), listed(&names)).replace("Convened by (1): ", "Convened by "),
            ));
        }
    }
    if !grouping.notes.trim().is_empty() {
        blocks.push(Block::Small(grouping.notes.replace('\n', " ")));
    }
    blocks.push(Block::Heading(3, "What it would do".to_owned()));
    blocks.push(Block::Table(figures_table(of, one)));
    let now = Estimates::of(staged.report);
    if staged.report.deadlock.is_ok() {
        let found = stops_most(&whatif::removals(of.engine, staged.case), &now);
        blocks.push(Block::Paragraph(format!("{}.", stuck_words(&of.engine.atlas, found))));
    }
    if let Some(table) = objections(of, staged) {
        blocks.push(Block::Heading(3, "Who would object to what".to_owned()));
        blocks.push(Block::Small(
            "UN votes that it would most likely fail on, and who of its members voted no.".to_owned(),
        ));
        blocks.push(Block::Table(table));
    }
    let flags: Vec<String> = staged.report.flags.iter().map(|flag| flag.words(&of.engine.atlas)).collect();
    if !flags.is_empty() {
        const MOST: usize = 8;
        blocks.push(Block::Heading(3, "Mind".to_owned()));
        let all = flags.len();
        let mut points: Vec<String> = flags.into_iter().take(MOST).collect();
        if all > MOST {
            points.push(format!("and {} more cautions, in the workspace", all - MOST));
        }
        blocks.push(Block::Points(points));
    }
}

fn figures_table(of: &Material<'_>, (grouping, staged): &(&Grouping, Staged<'_>)) -> Table {
    let venue = of.venue();
    let sponsor = of.sponsor();
    let mut head = vec!["Measure".to_owned(), "Estimate".to_owned(), "How sure".to_owned()];
    if let Some((baseline, _)) = venue {
        head.extend([capital(baseline.label()), "Difference".to_owned()]);
    }
    let mut rows = Vec::new();
    for measure in told_measures() {
        let value = staged.report.value(measure);
        let mut row = TableRow::new(Of::Grouping(grouping.id), spoken(measure, &sponsor).unwrap_or_default())
            .text(value.as_ref().map_or_else(|reason| format!("not defined: {reason}"), |value| told(measure, *value)))
            .text(between_words(measure, staged.draws).unwrap_or_else(|| "–".to_owned()));
        if let Some((baseline, beside)) = venue {
            let there = beside.report.value(measure);
            let verdict = staged.draws.zip(beside.draws).and_then(|(one, other)| beats(one, other, measure));
            let the = venue_in_sentence(*baseline);
            row = row
                .text(there.map_or_else(|_| "not defined".to_owned(), |value| told(measure, value)))
                .text(verdict.map_or_else(|| "–".to_owned(), |found| plain_verdict(found.verdict(), &the)));
        }
        rows.push(row);
    }
    Table { head, rows }
}

/// The roll calls that cost a grouping most.
fn objections(of: &Material<'_>, staged: &Staged<'_>) -> Option<Table> {
    const MOST: usize = 6;
    let found = record(of.engine, staged.case).ok()?;
    let mut entries: Vec<&Entry> = found.entries.iter().filter(|entry| !entry.no.is_empty()).collect();
    entries.sort_by(|a, b| b.fails().total_cmp(&a.fails()));
    let head = ["Day", "Question", "Passes", "Voted no"].map(str::to_owned).to_vec();
    let rows: Vec<TableRow> = entries
        .into_iter()
        .take(MOST)
        .map(|entry| {
            let call = &of.engine.atlas.roll_calls.list[entry.call];
            let names: Vec<&str> =
                entry.no.iter().map(|actor| of.engine.atlas.countries[*actor].name.as_str()).collect();
            let no = if names.len() > 6 {
                format!("{} and {} more", names[..5].join(", "), names.len() - 5)
            } else {
                names.join(", ")
            };
            TableRow::new(Of::Line, call.date.clone())
                .text(call.title.clone())
                .text(format!("{} %", rounded(100.0 * entry.pass)))
                .text(no)
        })
        .collect();
    (!rows.is_empty()).then_some(Table { head, rows })
}

/// Charts of the measures, and what can be told apart.
fn comparison(of: &Material<'_>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(2, "Side by side".to_owned()));
    let sponsor = of.sponsor();
    slide::with_scene(
        of.engine,
        (of.groupings, of.venues),
        (of.groupings.first(), Extras::default()),
        &sponsor,
        |scene| {
            for measure in told_measures() {
                let Some(kind) = by_id(measure.name) else { continue };
                let chart = kind.chart(scene);
                blocks.push(Block::Heading(3, spoken(measure, &sponsor).unwrap_or_else(|| chart.title.clone())));
                blocks.push(Block::Picture(Box::new(chart), kind.picture));
            }
        },
    );
    let close = indistinct(of);
    if !close.is_empty() {
        blocks.push(Block::Heading(3, "What cannot be told apart".to_owned()));
        blocks.push(Block::Paragraph("Fewer than 95 % of the draws agree which is better:".to_owned()));
        blocks.push(Block::Points(close));
    }
}

fn indistinct(of: &Material<'_>) -> Vec<String> {
    use crate::analysis::uncertainty::Verdict;
    let mut told = Vec::new();
    let sponsor = of.sponsor();
    for measure in told_measures() {
        let mut pairs = Vec::new();
        for (at, (one, first)) in of.groupings.iter().enumerate() {
            for (other, second) in &of.groupings[at + 1..] {
                let found = first.draws.zip(second.draws).and_then(|(a, b)| beats(a, b, measure));
                if found.is_some_and(|found| found.verdict() == Verdict::NotDistinguishable) {
                    pairs.push(format!("{} and {}", one.name, other.name));
                }
            }
        }
        if !pairs.is_empty() {
            told.push(format!("{}: {}", spoken(measure, &sponsor).unwrap_or_default(), pairs.join("; ")));
        }
    }
    told
}

/// Assumptions that differ, how it was computed, and where the data come from.
fn methods(of: &Material<'_>, imprint: &Imprint, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(2, "What it rests on".to_owned()));
    blocks.push(Block::Heading(3, "Assumptions that differ from the defaults".to_owned()));
    let differ = assumption_differences(&Assumptions::default(), &of.workspace.assumptions, &of.engine.atlas);
    if differ.is_empty() {
        blocks.push(Block::Paragraph("None: all assumptions are the program’s defaults.".to_owned()));
    } else {
        blocks.push(Block::Points(differ));
    }
    blocks.push(Block::Heading(3, "Methods in short".to_owned()));
    let mut points = Vec::new();
    for measure in told_measures() {
        points.push(format!("{}. {}", measure.meaning, measure.formula).replace(".. ", ". "));
    }
    blocks.push(Block::Points(points));
    blocks.push(Block::Heading(3, "Sources and terms".to_owned()));
    blocks.push(Block::Paragraph(format!("{} Data to {}.", imprint.source, imprint.data)));
    blocks.push(Block::Paragraph(imprint.terms.clone()));
    let sources = of.engine.atlas.sources.iter().map(|source| {
        format!("{}; {}; {}; {}", source.title, source.publisher, source.vintage, source.licence_words())
    });
    blocks.push(Block::Points(sources.collect()));
    blocks.push(Block::Heading(3, "How to cite".to_owned()));
    blocks.push(Block::Paragraph(imprint.cite.clone()));
}
