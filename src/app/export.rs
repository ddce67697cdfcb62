//! What leaves the program: slides and briefings in every format, made from the same slides and answers as the window's.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::board::Board;
use super::live::Known;
use super::slides::shown_slides;
use super::stage::{Setting, Staged, shown};
use crate::analysis::measures::Measure;
use crate::analysis::{Baseline, Case, Engine};
use crate::chart::briefing::{Briefing, Imprint, Material, Venue, briefing};
use crate::chart::frame::{Anchor, Area, Frame, Role, Text, Tone, at, wrapped};
use crate::chart::palette::{DARK, LIGHT, Palette};
use crate::chart::slide::{self, HEIGHT, WIDTH};
use crate::chart::{self, Entry, Row, listed, paper};
use crate::model::{Grouping, GroupingId, Slide, SlideId, SlideKind, View, Workspace};
use crate::storage::export::pdf::{self, Page};
use crate::storage::export::{Letters, PptxSlide, html, letters, markdown, pixels, png, pptx, svg};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One page for a browser.
    Html,
    /// Pages.
    Pdf,
    /// Slides for PowerPoint and its like.
    Pptx,
    /// A picture of lines and letters.
    Svg,
    /// A picture of pixels.
    Png,
    /// Text with marks.
    Markdown,
    /// A table of numbers.
    Csv,
}

impl Format {
    /// All formats, in the order of the list.
    pub const ALL: [Self; 7] = [Self::Html, Self::Pdf, Self::Pptx, Self::Svg, Self::Png, Self::Markdown, Self::Csv];

    /// The extension, and its name on the command line.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Pptx => "pptx",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Markdown => "md",
            Self::Csv => "csv",
        }
    }

    /// The format with that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == name)
    }
}

/// Which slides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// One, by its number from 1.
    One(usize),
}

/// What is to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The format.
    pub format: Format,
    /// The slides; `None` is the briefing, or for pictures the scorecard.
    pub slides: Option<Which>,
    /// One grouping alone, by its name.
    pub grouping: Option<String>,
    /// One chart, by its id.
    pub chart: Option<String>,
    /// The grouping that a chart of one is about; `None` is the first.
    pub selected: Option<GroupingId>,
    /// Dark in place of light.
    pub dark: bool,
    /// The day, year-month-day.
    pub date: String,
    /// Pixels a point, of PNG.
    pub scale: f32,
    /// Slides on pages of 16:9 in place of A4.
    pub wide: bool,
    /// Slides with the speaker notes below.
    pub notes: bool,
}

impl Order {
    /// A format with everything else as usual.
    #[must_use]
    pub fn new(format: Format, date: impl Into<String>) -> Self {
        Self {
            format,
            slides: None,
            grouping: None,
            chart: None,
            selected: None,
            dark: false,
            date: date.into(),
            scale: 2.0,
            wide: false,
            notes: false,
        }
    }

    fn palette(&self) -> &'static Palette {
        if self.dark { &DARK } else { &LIGHT }
    }
}

/// What was made.
#[derive(Debug, Default)]
pub struct Made {
    /// The files: a name without extension that tells them apart, and the bytes. Several go into a folder.
    pub files: Vec<(String, Vec<u8>)>,
    /// Letters that the font does not have, each once: others stand for them.
    pub replaced: Vec<char>,
}

/// Why nothing was made, in a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ExportError(pub String);

fn fault(error: impl std::fmt::Display) -> ExportError {
    ExportError(error.to_string())
}

/// Makes what was ordered.
///
/// # Errors
/// A slide, grouping or chart that is not there; nothing to show.
pub fn export(engine: &Engine, workspace: &Workspace, order: &Order) -> Result<Made, ExportError> {
    let narrowed = narrowed(workspace, order)?;
    let workspace = narrowed.as_ref().unwrap_or(workspace);
    let imprint = Imprint::of(engine, workspace, &order.date);
    match order.format {
        Format::Csv => Ok(one(comparison(engine, workspace)?.into_bytes())),
        Format::Html | Format::Markdown => {
            if order.slides.is_some() {
                return Err(ExportError(format!(
                    "Slides cannot be written as {}: choose pdf, pptx, svg or png.",
                    order.format.extension()
                )));
            }
            let report = report(engine, workspace, imprint);
            let text = match order.format {
                Format::Html => html(&report, Some(order.dark).filter(|dark| *dark)).map_err(fault)?,
                _ => markdown(&report),
            };
            Ok(one(text.into_bytes()))
        }
        Format::Pdf if order.slides.is_none() => {
            let report = report(engine, workspace, imprint);
            let frames = paper::pages(&report, &Letters::default());
            let pages: Vec<Page> = frames.into_iter().map(|frame| Page { paper: paper::A4, frame }).collect();
            written_pdf(&pages, &report.imprint, order)
        }
        Format::Pdf => slides_pdf(engine, workspace, order, &imprint),
        Format::Pptx => slides_pptx(engine, workspace, order, &imprint),
        Format::Svg | Format::Png => pictures(engine, workspace, order, &imprint),
    }
}

fn one(bytes: Vec<u8>) -> Made {
    Made { files: vec![(String::new(), bytes)], replaced: Vec::new() }
}

/// The workspace with one grouping alone, where one was asked for.
fn narrowed(workspace: &Workspace, order: &Order) -> Result<Option<Workspace>, ExportError> {
    let Some(wanted) = &order.grouping else { return Ok(None) };
    let folded = wanted.trim().to_lowercase();
    let found: Vec<Arc<Grouping>> =
        workspace.groupings.iter().filter(|grouping| grouping.name.to_lowercase() == folded).cloned().collect();
    if found.is_empty() {
        let names: Vec<String> = workspace.groupings.iter().map(|grouping| format!("“{}”", grouping.name)).collect();
        let has = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        return Err(ExportError(format!("There is no grouping “{wanted}”: the workspace has {has}.")));
    }
    Ok(Some(Workspace { groupings: found, ..workspace.clone() }))
}

/// The groupings of a workspace with answers and intervals, beside the venues that a briefing compares with.
fn settled(engine: &Engine, workspace: &Workspace) -> Board {
    let mut board = beside_venues(engine, workspace, &VENUES);
    settle(engine, workspace, std::slice::from_mut(&mut board));
    board
}

/// The venues that a briefing compares with.
const VENUES: [Baseline; 3] = [Baseline::Alone, Baseline::SecurityCouncil, Baseline::G20];

fn beside_venues(engine: &Engine, workspace: &Workspace, venues: &[Baseline]) -> Board {
    Board::with(engine, workspace, None, venues, |case| Arc::new(engine.settled(case)))
}

/// Gives boards their intervals, all from the same draws.
fn settle(engine: &Engine, workspace: &Workspace, boards: &mut [Board]) {
    let mut cases: Vec<Case> = Vec::new();
    for case in boards.iter().flat_map(Board::cases).flatten() {
        if !cases.contains(&case) {
            cases.push(case);
        }
    }
    let known = Known::of_cases(engine, &cases, &workspace.assumptions);
    for board in boards {
        board.settle_by(|case| known.iter().find(|known| known.intervals.case() == case).cloned());
    }
}

/// The briefing of a workspace.
#[must_use]
pub fn report(engine: &Engine, workspace: &Workspace, imprint: Imprint) -> Briefing {
    let workspace = &told_apart(engine, workspace);
    // The board of all, then that of each grouping beside the G20 on the grouping's own terms.
    let mut boards = vec![beside_venues(engine, workspace, &VENUES)];
    boards.extend(workspace.groupings.iter().map(|grouping| {
        let alone = Workspace { groupings: vec![grouping.clone()], ..workspace.clone() };
        beside_venues(engine, &alone, &[Baseline::G20])
    }));
    settle(engine, workspace, &mut boards);
    let own: Vec<_> = boards[1..].iter().map(|board| board.baselines.first().map(|it| (it, it.draws()))).collect();
    let beside: Vec<Option<Venue<'_>>> = own
        .iter()
        .map(|own| {
            let (it, known) = own.as_ref()?;
            let draws = known.as_ref().map(|known| &known.intervals);
            Some((it.baseline, slide::Staged { case: &it.case, report: &it.report, draws }))
        })
        .collect();
    shown(&boards[0], |groupings, venues| {
        briefing(&Material { engine, workspace, groupings, venues, beside: &beside }, imprint)
    })
}

/// The workspace with names that tell groupings apart: those of one name by who leads them, or else by their letter.
fn told_apart(engine: &Engine, workspace: &Workspace) -> Workspace {
    let mut workspace = workspace.clone();
    let names: Vec<String> = workspace.groupings.iter().map(|grouping| grouping.name.clone()).collect();
    let led = |grouping: &Grouping| {
        let who: Vec<String> =
            grouping.with_role(crate::model::Role::Convenor).map(|id| engine.atlas.in_sentence(id)).collect();
        let by = if who.is_empty() { "without a convenor".to_owned() } else { format!("led by {}", listed(&who)) };
        format!("{} ({by})", grouping.name)
    };
    let told: Vec<String> = workspace.groupings.iter().map(|grouping| led(grouping)).collect();
    for (at, grouping) in workspace.groupings.iter_mut().enumerate() {
        let twice = |all: &[String]| all.iter().filter(|name| **name == all[at]).count() > 1;
        if twice(&names) {
            let name = if twice(&told) { format!("{} ({})", names[at], grouping.letter()) } else { told[at].clone() };
            Arc::make_mut(grouping).name = name;
        }
    }
    workspace
}

/// The comparison as a plain table.
fn comparison(engine: &Engine, workspace: &Workspace) -> Result<String, ExportError> {
    let board = settled(engine, workspace);
    if board.is_empty() {
        return Err(ExportError("There is no grouping to compare: put one on the board.".to_owned()));
    }
    let entries: Vec<Entry<'_>> = board
        .iter()
        .map(|of| Entry { row: Row { grouping: &of.grouping, report: &of.report }, case: &of.case })
        .collect();
    let interval = |id: GroupingId, measure: &Measure| {
        board.find(id)?.interval(measure).map(|shown| (shown.interval, shown.stale))
    };
    let venue = board.baseline(Baseline::G20).map(|beside| (beside.baseline, &*beside.report));
    Ok(chart::beside(&entries, venue, engine, &interval).table().csv())
}

/// The slides that were asked for, with all intervals, and their numbers among all.
fn staged(engine: &Engine, workspace: &Workspace, which: Which) -> Result<Vec<(usize, usize, Staged)>, ExportError> {
    let slides = shown_slides(workspace);
    let n = slides.len();
    if n == 0 {
        return Err(ExportError("There is no slide to write: capture one, or make a grouping.".to_owned()));
    }
    let chosen: Vec<(usize, Arc<Slide>)> = match which {
        Which::All => slides.into_iter().enumerate().collect(),
        Which::One(number) => {
            let at = number.checked_sub(1).filter(|at| *at < n);
            let at = at.ok_or_else(|| ExportError(format!("There is no slide {number}: choose one from 1 to {n}.")))?;
            vec![(at, slides[at].clone())]
        }
    };
    Ok(chosen.into_iter().map(|(at, slide)| (at + 1, n, titled(engine, slide))).collect())
}

/// A slide with its answers; one without a statement gets the program's.
fn titled(engine: &Engine, slide: Arc<Slide>) -> Staged {
    let staged = Staged::settled(engine, slide);
    if staged.slide.title.trim().is_empty() {
        let title = staged.statement(engine);
        return staged.titled(title);
    }
    staged
}

fn laid(engine: &Engine, workspace: &Workspace, of: &(usize, usize, Staged), letters: &Letters) -> Frame {
    let (number, n, staged) = of;
    staged.frame(engine, &Setting::of(workspace, (*number, *n)), letters)
}

fn written_pdf(pages: &[Page], imprint: &Imprint, order: &Order) -> Result<Made, ExportError> {
    let about =
        pdf::About { title: imprint.title.clone(), author: imprint.organisation.clone(), date: order.date.clone() };
    let bytes = pdf::pdf(pages, &about, order.palette()).map_err(fault)?;
    Ok(Made { files: vec![(String::new(), bytes)], replaced: pdf::missing(pages) })
}

fn slides_pdf(engine: &Engine, workspace: &Workspace, order: &Order, imprint: &Imprint) -> Result<Made, ExportError> {
    let letters = Letters::default();
    let slides = staged(engine, workspace, order.slides.unwrap_or(Which::All))?;
    let paper = if order.wide && !order.notes { [960.0, 540.0] } else { [paper::A4[1], paper::A4[0]] };
    let mut pages = Vec::with_capacity(slides.len() + 1);
    for slide in &slides {
        let frame = laid(engine, workspace, slide, &letters);
        let frames =
            if order.notes { with_notes(frame, (slide.0, &slide.2.slide.notes), &letters) } else { vec![frame] };
        pages.extend(frames.into_iter().map(|frame| Page { paper, frame }));
    }
    pages.push(Page { paper, frame: last_page(imprint, &letters) });
    written_pdf(&pages, imprint, order)
}

/// A slide with its notes below, in the proportions of A4; long notes go on over pages of their own.
fn with_notes(slide: Frame, (number, notes): (usize, &str), letters: &Letters) -> Vec<Frame> {
    const SCALE: f32 = 0.76;
    const SMALLEST: f32 = 14.0;
    let height = WIDTH * paper::A4[0] / paper::A4[1];
    let page = || Frame { width: WIDTH, height, ..Frame::default() };
    let mut frame = page();
    let width = WIDTH * SCALE;
    let left = (WIDTH - width) / 2.0;
    frame.join(slide, at(left, 30.0), SCALE);
    let mut size = 17.0;
    let (mut y, bottom) = (HEIGHT * SCALE + 56.0, height - 14.0);
    let mut lines = wrapped(notes, width, size, false, letters);
    while size > SMALLEST && size * 1.4 * count(lines.len()) > bottom - y {
        size -= 1.0;
        lines = wrapped(notes, width, size, false, letters);
    }
    let mut pages = Vec::new();
    frame.begin(Role::Paragraph);
    for words in lines {
        if y > bottom {
            frame.end();
            pages.push(std::mem::replace(&mut frame, page()));
            frame.begin(Role::Heading(2));
            let words = format!("Notes to slide {number}, continued");
            frame.write(text(words, left, 60.0, 20.0, true, Tone::Ink));
            frame.end();
            frame.begin(Role::Paragraph);
            y = 100.0;
        }
        frame.write(text(words, left, y, size, false, Tone::Ink));
        y += size * 1.4;
    }
    frame.end();
    pages.push(frame);
    pages
}

/// What stands behind the slides: sources, terms, how to cite.
fn last_page(imprint: &Imprint, letters: &Letters) -> Frame {
    let mut frame = Frame { width: WIDTH, height: HEIGHT, ..Frame::default() };
    frame.begin(Role::Artifact);
    frame.ground(Area::new(0.0, 0.0, WIDTH, HEIGHT), Tone::Panel);
    frame.end();
    frame.begin(Role::Heading(1));
    frame.write(text("About these slides".to_owned(), 56.0, 68.0, 32.0, true, Tone::Ink));
    frame.end();
    let mut y = 130.0;
    let date = format!("{} · exported {} · data to {}", imprint.title, imprint.date, imprint.data);
    for paragraph in std::iter::once(date).chain(imprint.lines()) {
        frame.begin(Role::Paragraph);
        for words in wrapped(&paragraph, WIDTH - 112.0, 18.0, false, letters) {
            frame.write(text(words, 56.0, y, 18.0, false, Tone::Ink));
            y += 26.0;
        }
        frame.end();
        y += 12.0;
    }
    frame
}

fn text(words: String, x: f32, y: f32, size: f32, bold: bool, tone: Tone) -> Text {
    Text { words, at: at(x, y), anchor: Anchor::Left, size, bold, tone, turned: false }
}

#[expect(clippy::cast_precision_loss, reason = "a small number")]
fn count(n: usize) -> f32 {
    n as f32
}

fn slides_pptx(engine: &Engine, workspace: &Workspace, order: &Order, imprint: &Imprint) -> Result<Made, ExportError> {
    let letters = Letters::default();
    let slides = staged(engine, workspace, order.slides.unwrap_or(Which::All))?;
    let mut pages: Vec<PptxSlide> = slides
        .iter()
        .map(|slide| PptxSlide { frame: laid(engine, workspace, slide, &letters), notes: slide.2.slide.notes.clone() })
        .collect();
    pages.push(PptxSlide { frame: last_page(imprint, &letters), notes: String::new() });
    let bytes = pptx(&pages, &imprint.title, &imprint.organisation, &order.date, order.palette()).map_err(fault)?;
    let texts = pages.iter().flat_map(|page| page.frame.texts()).map(|text| text.words.as_str());
    Ok(Made { files: vec![(String::new(), bytes)], replaced: missing(texts) })
}

fn missing<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<char> {
    let found: BTreeSet<char> = texts.flat_map(letters::missing).collect();
    found.into_iter().collect()
}

/// Slides, a chart, or the scorecards of a workspace as pictures.
fn pictures(engine: &Engine, workspace: &Workspace, order: &Order, imprint: &Imprint) -> Result<Made, ExportError> {
    let letters = Letters::default();
    let mut frames: Vec<(String, String, Frame)> = Vec::new();
    if let Some(which) = order.slides {
        for slide in staged(engine, workspace, which)? {
            let frame = paper::sheet(laid(engine, workspace, &slide, &letters), None, imprint, &letters);
            frames.push((format!("slide-{:02}", slide.0), slide.2.slide.title.clone(), frame));
        }
    } else {
        let charts: Vec<&str> = match &order.chart {
            Some(id) => vec![
                chart::by_id(id)
                    .ok_or_else(|| {
                        let known: Vec<&str> = chart::CATALOGUE.iter().map(|kind| kind.id).collect();
                        ExportError(format!("There is no chart “{id}”: choose one of {}.", known.join(", ")))
                    })?
                    .id,
            ],
            None => vec!["legitimacy", "cost", "deadlock"],
        };
        for id in charts {
            frames.push(chart_sheet(engine, workspace, (id, order.selected), imprint, &letters)?);
        }
    }
    let replaced = missing(frames.iter().flat_map(|(_, _, frame)| frame.texts()).map(|text| text.words.as_str()));
    let several = frames.len() > 1;
    let mut files = Vec::with_capacity(frames.len());
    for (name, title, frame) in frames {
        let bytes = match order.format {
            Format::Png => png(&frame, order.palette(), order.scale).map_err(fault)?,
            _ => svg(&frame, order.palette(), &title, &imprint.cite).into_bytes(),
        };
        files.push((if several { name } else { String::new() }, bytes));
    }
    Ok(Made { files, replaced })
}

/// A picture of pixels: width, height, and four bytes each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// How many pixels across.
    pub width: usize,
    /// How many pixels down.
    pub height: usize,
    /// Red, green, blue and opacity of each, from the upper left.
    pub pixels: Vec<u8>,
}

/// One slide or chart as pixels.
///
/// # Errors
/// As [`export`].
pub fn picture(engine: &Engine, workspace: &Workspace, order: &Order) -> Result<Picture, ExportError> {
    let letters = Letters::default();
    let imprint = Imprint::of(engine, workspace, &order.date);
    let frame = match (&order.slides, &order.chart) {
        (Some(which), _) => {
            let slides = staged(engine, workspace, *which)?;
            let slide = slides.first().ok_or_else(|| ExportError("There is no slide.".to_owned()))?;
            laid(engine, workspace, slide, &letters)
        }
        (None, chart) => {
            let id = chart.as_deref().unwrap_or("deadlock");
            chart_sheet(engine, workspace, (id, order.selected), &imprint, &letters)?.2
        }
    };
    let (pixels, width, height) = pixels(&frame, order.palette(), order.scale).map_err(fault)?;
    Ok(Picture { width, height, pixels })
}

/// A chart as a slide has it, with what stands below every picture.
fn chart_sheet(
    engine: &Engine,
    workspace: &Workspace,
    (id, selected): (&str, Option<GroupingId>),
    imprint: &Imprint,
    letters: &Letters,
) -> Result<(String, String, Frame), ExportError> {
    if workspace.groupings.is_empty() {
        return Err(ExportError("There is no grouping to draw: put one on the board.".to_owned()));
    }
    let slide = Slide {
        id: SlideId(1),
        kind: SlideKind::Chart,
        chart: id.to_owned(),
        groupings: workspace.groupings.clone(),
        assumptions: workspace.assumptions.clone(),
        baseline: Baseline::G20.code().to_owned(),
        view: View { selected, ..View::default() },
        ..Slide::default()
    };
    let staged = titled(engine, Arc::new(slide));
    let setting = Setting { number: (1, 1), ..Setting::of(workspace, (1, 1)) };
    let frame = staged.frame(engine, &setting, letters);
    let title = staged.slide.title.clone();
    Ok((id.to_owned(), title, paper::sheet(frame, None, imprint, letters)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_speaker_notes_go_on_over_pages_of_their_own_and_no_word_is_lost() {
        let letters = Letters::default();
        let words: Vec<String> = (0..4000).map(|n| format!("word{n}")).collect();
        let pages = with_notes(Frame::default(), (3, &words.join(" ")), &letters);
        assert!(pages.len() > 2, "{}", pages.len());
        let written: Vec<&str> = pages.iter().flat_map(Frame::texts).map(|text| text.words.as_str()).collect();
        let written = written.join(" ");
        let found: Vec<&str> = written.split_whitespace().filter(|word| word.starts_with("word")).collect();
        assert_eq!(found, words);
        assert!(written.contains("Notes to slide 3, continued"));
        for page in &pages {
            assert!(page.texts().all(|text| text.at.y < page.height));
        }
        assert_eq!(with_notes(Frame::default(), (1, "Say this."), &letters).len(), 1);
    }
}
