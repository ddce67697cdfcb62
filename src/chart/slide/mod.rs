//! A slide as a frame: the same on the screen, on the wall and on paper.
//!
//! The page is 1,280 × 720 points. On a projector of 1,920 × 1,080 its texts are 24 pixels high or more, labels and the source line
//! 18 or more.

mod beside;
mod change;
mod one;
mod paragraph;
mod parts;
mod record;
mod said;
mod scene;
mod statement;

pub use paragraph::paragraph;
pub use said::{between_words, plain_verdict, spoken, told_measures, venue_in_sentence};
pub use scene::with_scene;
pub use statement::{doubt, figures, statement};

use super::frame::{Anchor, Area, Frame, Look, Role, Text, TextMeasure, Tone, at, elided, layout, line, wrapped};
use super::{Study, by_id};
use crate::analysis::uncertainty::Intervals;
use crate::analysis::years::Years;
use crate::analysis::{Baseline, Case, Defined, Engine, Report, whatif};
use crate::model::{Grouping, GroupingId, Slide, SlideKind};

/// How wide a slide is, in points.
pub const WIDTH: f32 = 1280.0;
/// How high a slide is, in points.
pub const HEIGHT: f32 = 720.0;

/// Text that is read: 24 pixels on 1,920 × 1,080.
pub(in crate::chart) const TEXT: f32 = 16.0;
/// Labels and the source line: 18 pixels there, and a little more.
pub(in crate::chart) const LABEL: f32 = 12.5;
const EDGE: f32 = 56.0;
/// Where the footer begins.
const FOOT: f32 = 672.0;

/// A grouping, or a venue that exists, with its answer.
#[derive(Clone, Copy, Debug)]
pub struct Staged<'a> {
    /// All that the answer depends on.
    pub case: &'a Case,
    /// The answer.
    pub report: &'a Report,
    /// Every draw, once they have been computed.
    pub draws: Option<&'a Intervals>,
}

/// What only some charts need of the main grouping.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// What is computed only when asked for.
    pub study: Option<&'a Study>,
    /// Every possible change of one seat.
    pub moves: Option<&'a [whatif::Row]>,
    /// The track record by year.
    pub years: Option<&'a Defined<Years>>,
}

/// What a slide is made from.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'a> {
    /// What all answers are computed with.
    pub engine: &'a Engine,
    /// The slide.
    pub slide: &'a Slide,
    /// Its groupings with their answers, in its order.
    pub groupings: &'a [(&'a Grouping, Staged<'a>)],
    /// The venue that they are compared with.
    pub baseline: Option<(Baseline, Staged<'a>)>,
    /// What only some charts need.
    pub extras: Extras<'a>,
    /// Whose work it is.
    pub organisation: &'a str,
    /// How it is to be handled.
    pub handling: &'a str,
    /// Which slide it is, from 1, and of how many.
    pub number: (usize, usize),
    /// Whether the figures are hidden.
    pub hides: bool,
    /// The grouping that is pointed at.
    pub lit: Option<GroupingId>,
}

impl<'a> Stage<'a> {
    /// The grouping that the slide is mainly about.
    #[must_use]
    pub fn main(&self) -> Option<&'a (&'a Grouping, Staged<'a>)> {
        let wanted = self.slide.main()?.id;
        self.groupings.iter().rev().find(|(grouping, _)| grouping.id == wanted).or(self.groupings.first())
    }

    /// Who pays, as it stands in a sentence.
    #[must_use]
    pub fn sponsor(&self) -> String {
        let id = self.slide.assumptions.sponsor;
        self.engine.atlas.in_sentence(id)
    }
}

/// Lays a slide out.
///
/// ```
/// use convenor::analysis::Engine;
/// use convenor::chart::frame::TextMeasure;
/// use convenor::chart::slide::{Extras, Stage, frame};
/// use convenor::model::{Slide, SlideKind};
///
/// struct Wide;
/// impl TextMeasure for Wide {
///     fn width(&self, words: &str, size: f32, _bold: bool) -> f32 {
///         words.chars().map(|_| 0.6 * size).sum()
///     }
/// }
/// let engine = Engine::embedded().unwrap();
/// let slide = Slide { kind: SlideKind::Text, title: "Working together".to_owned(), ..Slide::default() };
/// let stage = Stage {
///     engine: &engine, slide: &slide, groupings: &[], baseline: None, extras: Extras::default(), organisation: "", handling: "",
///     number: (1, 1), hides: false, lit: None,
/// };
/// let laid = frame(&stage, &Wide);
/// assert!(laid.texts().any(|text| text.words == "Working together"));
/// ```
#[must_use]
pub fn frame(stage: &Stage<'_>, measure: &dyn TextMeasure) -> Frame {
    let mut frame = Frame { width: WIDTH, height: HEIGHT, ..Frame::default() };
    frame.open(Role::Artifact);
    frame.rect(Area::new(0.0, 0.0, WIDTH, HEIGHT), 0.0, Some(Tone::Panel), None);
    frame.close();
    let body = page(&mut frame, stage, measure);
    match stage.slide.kind {
        SlideKind::One => one::layout(&mut frame, stage, body, measure),
        SlideKind::Compare => beside::layout(&mut frame, stage, body, measure),
        SlideKind::Chart => chart(&mut frame, stage, body, measure),
        SlideKind::Change => change::layout(&mut frame, stage, body, measure),
        SlideKind::Record => record::layout(&mut frame, stage, body, measure),
        SlideKind::Text => text(&mut frame, stage.slide, body, measure),
    }
    frame
}

/// Statement, caption, footer; the area that is left.
fn page(frame: &mut Frame, stage: &Stage<'_>, measure: &dyn TextMeasure) -> Area {
    let slide = stage.slide;
    let width = WIDTH - 2.0 * EDGE;
    // A long statement has smaller letters before it is cut, and then says that it is.
    let (size, mut lines) = [36.0, 32.0, 28.0]
        .into_iter()
        .map(|size| (size, wrapped(&slide.title, width, size, true, measure)))
        .find(|(size, lines)| lines.len() <= if *size > 33.0 { 2 } else { 3 })
        .unwrap_or_else(|| (24.0, wrapped(&slide.title, width, 24.0, true, measure)));
    if lines.len() > 4 {
        lines.truncate(4);
        if let Some(last) = lines.last_mut() {
            *last = elided(&format!("{last} …"), width, size, true, measure);
        }
    }
    let mut y = 50.0 + size / 2.0;
    frame.open(Role::Heading(1));
    for (at_line, words) in lines.into_iter().enumerate() {
        frame.name(format!("statement {at_line} {words}"));
        frame.text(said(words, EDGE, y, size, true, Tone::Ink));
        y += size * 1.22;
    }
    frame.close();
    let top = y - size * 0.6 + 22.0;
    let mut bottom = FOOT - 14.0;
    if slide.kind != SlideKind::Text && !slide.caption.trim().is_empty() {
        let mut lines = wrapped(&slide.caption, width, TEXT + 1.0, false, measure);
        if lines.len() > 3 {
            lines.truncate(3);
            if let Some(last) = lines.last_mut() {
                *last = elided(&format!("{last} …"), width, TEXT + 1.0, false, measure);
            }
        }
        let height = 23.0 * parts::count(lines.len());
        bottom -= height + 6.0;
        frame.open(Role::Paragraph);
        for (at_line, words) in lines.into_iter().enumerate() {
            let y = bottom + 18.0 + 23.0 * parts::count(at_line);
            frame.text(said(words, EDGE, y, TEXT + 1.0, false, Tone::Muted));
        }
        frame.close();
    }
    footer(frame, stage, measure);
    Area::new(EDGE, top, WIDTH - EDGE, bottom)
}

/// Whose work it is, how it is to be handled, what it rests on, and the number.
fn footer(frame: &mut Frame, stage: &Stage<'_>, measure: &dyn TextMeasure) {
    frame.open(Role::Artifact);
    frame.stroke(at(EDGE, FOOT), at(WIDTH - EDGE, FOOT), line(Tone::Hairline, 1.0));
    frame.close();
    let (number, of) = stage.number;
    let number = format!("{number} / {of}");
    let room = WIDTH - 2.0 * EDGE - measure.width(&number, LABEL, false) - 24.0;
    let source = if stage.slide.kind == SlideKind::Text && stage.groupings.is_empty() {
        String::new()
    } else {
        source_line(stage.engine)
    };
    let parts: Vec<&str> = [stage.organisation, source.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    let words = elided(&parts.join("  ·  "), room, LABEL, false, measure);
    let y = FOOT + 20.0;
    frame.open(Role::Paragraph);
    frame.text(said(words, EDGE, y, LABEL, false, Tone::Muted));
    frame.close();
    frame.open(Role::Artifact);
    frame.text(Text { anchor: Anchor::Right, ..said(number, WIDTH - EDGE, y, LABEL, false, Tone::Muted) });
    frame.close();
    if !stage.handling.is_empty() {
        let words = elided(stage.handling, WIDTH - 2.0 * EDGE, LABEL + 1.0, true, measure);
        frame.open(Role::Paragraph);
        let text = said(words, WIDTH / 2.0, 22.0, LABEL + 1.0, true, Tone::Warning);
        frame.text(Text { anchor: Anchor::Middle, ..text });
        frame.close();
    }
}

/// What estimates rest on, and of what day that is, in a line.
#[must_use]
pub fn source_line(engine: &Engine) -> String {
    format!(
        "Estimates, not forecasts. UN General Assembly votes to {}, World Bank, V-Dem and other public figures.",
        data_date(engine)
    )
}

/// The day of the last roll call that is known, year-month-day; empty without roll calls.
#[must_use]
pub fn data_date(engine: &Engine) -> String {
    engine.atlas.roll_calls.list.iter().map(|call| call.date.as_str()).max().unwrap_or_default().to_owned()
}

/// A text at the left.
fn said(words: String, x: f32, y: f32, size: f32, bold: bool, tone: Tone) -> Text {
    Text { words, at: at(x, y), anchor: Anchor::Left, size, bold, tone, turned: false }
}

/// Paragraphs; lines that begin with “- ” are points.
fn text(frame: &mut Frame, slide: &Slide, body: Area, measure: &dyn TextMeasure) {
    // Smaller letters before anything is cut.
    for size in [28.0, 24.0, 20.0, 17.0] {
        let step = size * 1.42;
        let mut lines: Vec<(f32, bool, String)> = Vec::new();
        for paragraph in slide.caption.lines() {
            let point = paragraph.trim_start().strip_prefix("- ");
            let indent = if point.is_some() { size } else { 0.0 };
            let words = point.unwrap_or(paragraph);
            let wrapped = wrapped(words, body.width().min(1040.0) - indent, size, false, measure);
            for (at_line, words) in wrapped.into_iter().enumerate() {
                lines.push((indent, point.is_some() && at_line == 0, words));
            }
            lines.push((0.0, false, String::new()));
        }
        let height: f32 = lines.iter().map(|(_, _, words)| if words.is_empty() { step * 0.45 } else { step }).sum();
        let fits = height <= body.height();
        if !fits && size > 17.0 {
            continue;
        }
        let mut y = body.top + step;
        for (indent, starts, words) in lines {
            if words.is_empty() {
                y += step * 0.45;
                continue;
            }
            if y > body.bottom - step && !fits {
                frame.text(said("…".to_owned(), body.left, y, size, false, Tone::Ink));
                break;
            }
            frame.open(Role::Paragraph);
            if starts {
                frame.rect(
                    Area::new(body.left + 2.0, y - 3.0, body.left + 8.0, y + 3.0),
                    3.0,
                    Some(Tone::Accent),
                    None,
                );
            }
            frame.text(said(words, body.left + indent, y, size, false, Tone::Ink));
            frame.close();
            y += step;
        }
        return;
    }
}

/// One chart, as large as it fits.
fn chart(frame: &mut Frame, stage: &Stage<'_>, body: Area, measure: &dyn TextMeasure) {
    let Some(kind) = by_id(&stage.slide.chart) else {
        frame.text(said("This chart is not known.".to_owned(), body.left, body.top + 20.0, TEXT, false, Tone::Muted));
        return;
    };
    if stage.hides {
        parts::hidden(frame, body);
        return;
    }
    let shown = (stage.groupings, stage.baseline.as_slice());
    let chart =
        with_scene(stage.engine, shown, (stage.main(), stage.extras), &stage.sponsor(), |scene| kind.chart(scene));
    let heading = format!("{} · {}", chart.title, chart.caption);
    let heading = elided(heading.trim_end_matches(" · "), body.width(), TEXT + 2.0, false, measure);
    frame.text(said(heading, body.left, body.top + 8.0, TEXT + 2.0, false, Tone::Muted));
    let room = Area::new(body.left, body.top + 32.0, body.right, body.bottom);
    let is_chosen = |mark: &super::Mark| stage.lit.is_some_and(|lit| mark.of == super::Of::Grouping(lit));
    // The largest letters with which all of it fits.
    let mut scale = 2.6;
    let laid = loop {
        let look = Look {
            width: room.width() / scale,
            height: Some(room.height() / scale),
            after: None,
            is_chosen: &is_chosen,
        };
        let laid = layout(kind.picture, &chart, &look, measure);
        if laid.height * scale <= room.height() || scale < 0.6 {
            break laid;
        }
        scale -= 0.05;
    };
    frame.place(laid, at(room.left, room.top), scale);
}
