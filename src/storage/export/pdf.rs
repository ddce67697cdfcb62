//! Frames as pages of a PDF: tagged (PDF/UA-1), for archives (PDF/A-2a), the same bytes for the same input.

use std::collections::HashMap;
use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point as Spot, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use resvg::{tiny_skia, usvg};

use super::letters::{self, FLAG, Letters, REGULAR, SEMIBOLD, baseline, shaped, writable};
use crate::chart::frame::{Anchor, Area, Frame, Item, Line, Op, Role, Text, TextMeasure, Tone};
use crate::chart::palette::{Palette, Rgb};
use crate::data::flags::{self, Run, runs};

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// There is nothing to write.
    #[error("There is no page to write: capture a slide, or make a grouping.")]
    Empty,
    /// A fault of the program.
    #[error("The PDF could not be written: {0}.")]
    Fault(String),
}

/// What is said of the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The title.
    pub title: String,
    /// Whose work it is; empty for nobody's.
    pub author: String,
    /// The day, year-month-day.
    pub date: String,
}

/// A page: a frame, on paper of some size in points.
#[derive(Clone, Debug)]
pub struct Page {
    /// The width and height of the paper.
    pub paper: [f32; 2],
    /// What is on it, scaled to fit.
    pub frame: Frame,
}

/// Pages as PDF. Letters that the font does not have are written in others; [`letters::missing`] tells which.
///
/// # Errors
/// There is no page.
pub fn pdf(pages: &[Page], about: &About, palette: &Palette) -> Result<Vec<u8>, PdfError> {
    if pages.is_empty() {
        return Err(PdfError::Empty);
    }
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError::Fault(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let font = |bytes: &'static [u8]| {
        Font::new(bytes.into(), 0).ok_or_else(|| PdfError::Fault("a font does not parse".to_owned()))
    };
    let mut pen = Pen {
        palette,
        fonts: [font(REGULAR)?, font(SEMIBOLD)?],
        letters: Letters::default(),
        flags: HashMap::new(),
        stack: Vec::new(),
        roots: Vec::new(),
        heads: Vec::new(),
    };
    for (number, page) in pages.iter().enumerate() {
        let [width, height] = page.paper;
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| PdfError::Fault(format!("a page of {width} × {height}")))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        let scale = (width / page.frame.width).min(height / page.frame.height);
        let left = (width - page.frame.width * scale) / 2.0;
        let top = (height - page.frame.height * scale) / 2.0;
        pen.paper(&mut surface, page.paper);
        surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, left, top));
        pen.page(&mut surface, &page.frame, (number, scale, [left, top]));
        surface.pop();
        surface.finish();
        sheet.finish();
    }
    let Pen { roots, heads, .. } = pen;
    let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
    for root in roots {
        tree.push(root);
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(&heads, &about.title));
    document.set_metadata(metadata(about, pages));
    document.finish().map_err(|error| match error {
        KrillaError::Validation(found) => {
            let words: Vec<String> = found.iter().map(|(error, _)| format!("{error:?}")).collect();
            PdfError::Fault(words.join(", "))
        }
        other => PdfError::Fault(other.to_string()),
    })
}

/// The headings of the first level, those of the second below them.
fn outline(heads: &[(u8, String, usize, [f32; 2])], title: &str) -> Outline {
    let mut outline = Outline::new();
    let node = |(_, words, page, [x, y]): &(u8, String, usize, [f32; 2])| {
        OutlineNode::new(words.clone(), XyzDestination::new(*page, Spot::from_xy(*x, *y)))
    };
    let mut at = 0;
    while at < heads.len() {
        let mut parent = node(&heads[at]);
        let level = heads[at].0;
        at += 1;
        while at < heads.len() && heads[at].0 > level {
            parent.push_child(node(&heads[at]));
            at += 1;
        }
        outline.push_child(parent);
    }
    if heads.is_empty() {
        outline.push_child(OutlineNode::new(title.to_owned(), XyzDestination::new(0, Spot::from_xy(0.0, 0.0))));
    }
    outline
}

/// A number made of all texts of some pages, the same for the same pages (FNV-1a).
fn mark_of(pages: &[Page]) -> u64 {
    let texts = pages.iter().flat_map(|page| page.frame.texts()).flat_map(|text| text.words.bytes().chain([0]));
    texts.fold(0xcbf2_9ce4_8422_2325, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn metadata(about: &About, pages: &[Page]) -> Metadata {
    let title = if about.title.trim().is_empty() { "Convenor" } else { about.title.as_str() };
    let mut metadata = Metadata::new()
        .title(writable(title))
        .language("en".to_owned())
        .creator(format!("Convenor {}", env!("CARGO_PKG_VERSION")))
        .document_id(format!("{title} {} {:016x}", about.date, mark_of(pages)));
    if !about.author.trim().is_empty() {
        metadata = metadata.authors(vec![writable(&about.author)]);
    }
    let parts: Vec<u16> = about.date.split('-').filter_map(|part| part.parse().ok()).collect();
    if let [year, month, day] = parts[..] {
        let [month, day] = [month, day].map(|part| u8::try_from(part).unwrap_or(1));
        let date = DateTime::new(year).month(month).day(day).hour(12).minute(0).second(0);
        metadata = metadata.creation_date(date.utc_offset_hour(0).utc_offset_minute(0));
    }
    metadata
}

struct Pen<'a> {
    palette: &'a Palette,
    fonts: [Font; 2],
    letters: Letters,
    flags: HashMap<String, Vec<(Path, Rgb, f32)>>,
    /// The parts that are open; `None` only decorates.
    stack: Vec<Option<(TagGroup, bool)>>,
    roots: Vec<Node>,
    /// Headings: level, words, page, place.
    heads: Vec<(u8, String, usize, [f32; 2])>,
}

fn artifact() -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout))
}

impl Pen<'_> {
    fn fill(&self, tone: Tone) -> Fill {
        fill_of(self.palette.colour(tone))
    }

    fn line(&self, line: Line) -> Stroke {
        let [red, green, blue] = self.palette.colour(line.tone);
        let mut stroke =
            Stroke { paint: rgb::Color::new(red, green, blue).into(), width: line.width, ..Stroke::default() };
        if let Some([dash, gap]) = line.dash {
            // A dash that is no longer than the line is wide is a dot.
            let is_dot = dash <= line.width;
            let array = if is_dot { vec![0.0, dash + gap] } else { vec![dash, gap] };
            stroke.dash = Some(StrokeDash { array, offset: 0.0 });
            if is_dot {
                stroke.line_cap = LineCap::Round;
            }
        }
        stroke
    }

    fn paper(&self, surface: &mut Surface<'_>, [width, height]: [f32; 2]) {
        surface.start_tagged(artifact());
        if let Some(path) = rect(Area::new(0.0, 0.0, width, height), 0.0) {
            surface.set_fill(Some(self.fill(Tone::Panel)));
            surface.set_stroke(None);
            surface.draw_path(&path);
        }
        surface.end_tagged();
    }

    fn page(&mut self, surface: &mut Surface<'_>, frame: &Frame, (number, scale, corner): (usize, f32, [f32; 2])) {
        for (at, item) in frame.items.iter().enumerate() {
            match item {
                Item::Open(role) => {
                    let mut title = None;
                    if let Role::Heading(level) = role {
                        let (words, place) = heading_of(&frame.items[at + 1..]);
                        let place = [corner[0] + place[0] * scale, corner[1] + place[1] * scale];
                        self.heads.push((*level, words.clone(), number, place));
                        title = Some(words);
                    }
                    self.open(role, title);
                }
                Item::Close => self.close(),
                Item::Draw(op) => self.op(surface, op),
            }
        }
        while !self.stack.is_empty() {
            self.close();
        }
    }

    fn open(&mut self, role: &Role, title: Option<String>) {
        if self.decorates() {
            self.stack.push(None);
            return;
        }
        let group = match role {
            Role::Artifact => None,
            // Inside a figure everything belongs to it.
            _ if self.in_figure() => Some((TagGroup::new(Tag::Span), true)),
            Role::Heading(level) => {
                let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
                Some((TagGroup::new(Tag::Hn(level, title)), false))
            }
            Role::Paragraph => Some((TagGroup::new(Tag::P), false)),
            Role::Figure(words) => {
                let kind: TagKind =
                    Tag::Figure(Some(writable(words))).with_placement(Some(krilla::tagging::Placement::Block)).into();
                Some((TagGroup::new(kind), true))
            }
            Role::Table => Some((TagGroup::new(Tag::Table), false)),
            Role::Row => Some((TagGroup::new(Tag::TR), false)),
            Role::Head => Some((TagGroup::new(Tag::TH(TableHeaderScope::Column)), false)),
            Role::Cell => Some((TagGroup::new(Tag::TD), false)),
        };
        self.stack.push(group);
    }

    fn close(&mut self) {
        let Some(Some((group, _))) = self.stack.pop() else { return };
        match self.stack.last_mut() {
            Some(Some((parent, _))) => parent.push(group),
            _ => self.roots.push(group.into()),
        }
    }

    fn decorates(&self) -> bool {
        self.stack.iter().any(Option::is_none)
    }

    fn in_figure(&self) -> bool {
        matches!(self.stack.last(), Some(Some((_, true))))
    }

    /// Draws something that belongs to the part that is open.
    fn tagged(
        &mut self,
        surface: &mut Surface<'_>,
        tag: ContentTag<'_>,
        draw: impl FnOnce(&mut Self, &mut Surface<'_>),
    ) {
        let is_text = matches!(tag, ContentTag::Span(_));
        // Lines and grounds belong to a figure, and decorate elsewhere; words are a paragraph at least.
        if self.decorates() || (!is_text && !self.in_figure()) {
            surface.start_tagged(artifact());
            draw(self, surface);
            surface.end_tagged();
            return;
        }
        let id = surface.start_tagged(tag);
        draw(self, surface);
        surface.end_tagged();
        if let Some(Some((group, _))) = self.stack.last_mut() {
            group.push(id);
        } else {
            let mut group = TagGroup::new(Tag::P);
            group.push(id);
            self.roots.push(group.into());
        }
    }

    fn op(&mut self, surface: &mut Surface<'_>, op: &Op) {
        match op {
            Op::Rect { area, radius, fill, line } => {
                let inset = line.map_or(0.0, |line| line.width / 2.0);
                self.shape(surface, rect(area.grown(-inset), *radius), *fill, *line);
            }
            Op::Line { from, to, line } => {
                let mut path = PathBuilder::new();
                path.move_to(from.x, from.y);
                path.line_to(to.x, to.y);
                self.shape(surface, path.finish(), None, Some(*line));
            }
            Op::Polygon { points, fill, line } => {
                let mut path = PathBuilder::new();
                for (at, point) in points.iter().enumerate() {
                    if at == 0 { path.move_to(point.x, point.y) } else { path.line_to(point.x, point.y) }
                }
                path.close();
                self.shape(surface, path.finish(), *fill, *line);
            }
            Op::Circle { centre, radius, fill, line } => {
                let area = Area::new(centre.x - radius, centre.y - radius, centre.x + radius, centre.y + radius);
                self.shape(surface, rect(area, *radius), *fill, *line);
            }
            Op::Text(text) => self.words(surface, text),
        }
    }

    fn shape(&mut self, surface: &mut Surface<'_>, path: Option<Path>, fill: Option<Tone>, line: Option<Line>) {
        let Some(path) = path else { return };
        let fill = fill.map(|tone| self.fill(tone));
        let stroke = line.map(|line| self.line(line));
        if fill.is_none() && stroke.is_none() {
            return;
        }
        self.tagged(surface, ContentTag::Other, |_, surface| {
            surface.set_fill(fill);
            surface.set_stroke(stroke);
            surface.draw_path(&path);
        });
    }

    fn words(&mut self, surface: &mut Surface<'_>, text: &Text) {
        let words = writable(&text.words);
        let width = self.letters.width(&words, text.size, text.bold);
        let (x, y) = (text.at.x, text.at.y);
        let left = match text.anchor {
            Anchor::Left => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::Right => x - width,
        };
        if text.turned {
            surface.push_transform(&Transform::from_row(0.0, -1.0, 1.0, 0.0, x, y));
            self.runs(surface, &words, text, (-width / 2.0, 0.0));
            surface.pop();
        } else {
            self.runs(surface, &words, text, (left, y));
        }
    }

    fn runs(&mut self, surface: &mut Surface<'_>, words: &str, text: &Text, (mut x, y): (f32, f32)) {
        let size = text.size;
        for run in runs(words) {
            match run {
                Run::Flag(code) => {
                    let alt = format!("flag of {code}");
                    let tag = ContentTag::Span(SpanTag::empty().with_alt_text(Some(&alt)));
                    self.tagged(surface, tag, |pen, surface| pen.flag(surface, &code, (x, y), size));
                    x += FLAG * size;
                }
                Run::Letters(words) => {
                    let width = self.letters.width(words, size, text.bold);
                    if !words.trim().is_empty() {
                        let fill = self.fill(text.tone);
                        let font = self.fonts[usize::from(text.bold)].clone();
                        let from = Spot::from_xy(x, y + baseline(text.bold) * size);
                        let glyphs = glyphs(words, text.bold);
                        self.tagged(surface, ContentTag::Span(SpanTag::empty()), |_, surface| {
                            surface.set_fill(Some(fill));
                            surface.set_stroke(None);
                            surface.draw_glyphs(from, &glyphs, font, words, size, false);
                        });
                    }
                    x += width;
                }
            }
        }
    }

    fn flag(&mut self, surface: &mut Surface<'_>, code: &str, (x, y): (f32, f32), size: f32) {
        let shapes = self.flags.entry(code.to_owned()).or_insert_with(|| shapes_of(code));
        let side = FLAG * size;
        let scale = side / 36.0;
        surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x, y - side / 2.0));
        surface.set_stroke(None);
        for (path, colour, opacity) in shapes.iter() {
            let opacity = NormalizedF32::new(*opacity).unwrap_or(NormalizedF32::ONE);
            surface.set_fill(Some(Fill { opacity, ..fill_of(*colour) }));
            surface.draw_path(path);
        }
        surface.pop();
    }
}

fn fill_of([red, green, blue]: Rgb) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// The words of a heading, and where it begins.
fn heading_of(items: &[Item]) -> (String, [f32; 2]) {
    let mut words: Vec<String> = Vec::new();
    let mut place = [0.0, 0.0];
    for item in items {
        match item {
            Item::Draw(Op::Text(text)) => {
                if words.is_empty() {
                    place = [text.at.x, text.at.y - text.size];
                }
                words.push(writable(&text.words));
            }
            Item::Close => break,
            _ => {}
        }
    }
    (words.join(" "), place)
}

/// Shaped letters with the bytes that each stands for.
fn glyphs(words: &str, bold: bool) -> Vec<KrillaGlyph> {
    let shaped = shaped(words, bold);
    let mut starts: Vec<usize> = shaped.iter().map(|glyph| glyph.cluster).collect();
    starts.push(words.len());
    starts.sort_unstable();
    starts.dedup();
    let end = |from: usize| starts.iter().copied().find(|at| *at > from).unwrap_or(words.len());
    shaped
        .iter()
        .map(|glyph| {
            let range = glyph.cluster..end(glyph.cluster);
            KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance, glyph.shift[0], glyph.shift[1], 0.0, range, None)
        })
        .collect()
}

/// A rectangle with round corners.
fn rect(area: Area, radius: f32) -> Option<Path> {
    const ROUND: f32 = 0.552_285;
    let mut path = PathBuilder::new();
    let radius = radius.min(area.width() / 2.0).min(area.height() / 2.0);
    if radius <= 0.0 {
        path.push_rect(Rect::from_ltrb(area.left, area.top, area.right, area.bottom)?);
        return path.finish();
    }
    let Area { left, top, right, bottom } = area;
    // From a corner to where its curve begins to bend.
    let bend = radius * (1.0 - ROUND);
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - bend, top, right, top + bend, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - bend, right - bend, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.cubic_to(left + bend, bottom, left, bottom - bend, left, bottom - radius);
    path.line_to(left, top + radius);
    path.cubic_to(left, top + bend, left + bend, top, left + radius, top);
    path.close();
    path.finish()
}

/// The fills of a flag, in its own units; strokes become fills.
fn shapes_of(code: &str) -> Vec<(Path, Rgb, f32)> {
    let Some(svg) = flags::svg(code) else { return Vec::new() };
    let Ok(tree) = usvg::Tree::from_str(svg, &usvg::Options::default()) else { return Vec::new() };
    let mut shapes = Vec::new();
    collect(tree.root(), &mut shapes);
    shapes
}

fn collect(group: &usvg::Group, shapes: &mut Vec<(Path, Rgb, f32)>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => collect(group, shapes),
            usvg::Node::Path(path) => {
                let transform = path.abs_transform();
                let mut add = |data: Option<tiny_skia::Path>, paint: &usvg::Paint, opacity: f32| {
                    let usvg::Paint::Color(colour) = paint else { return };
                    if let Some(path) = data.and_then(|data| data.transform(transform)).and_then(|data| path_of(&data))
                    {
                        shapes.push((path, [colour.red, colour.green, colour.blue], opacity));
                    }
                };
                if let Some(fill) = path.fill() {
                    add(Some(path.data().clone()), fill.paint(), fill.opacity().get());
                }
                if let Some(stroke) = path.stroke() {
                    let pen = tiny_skia::Stroke { width: stroke.width().get(), ..tiny_skia::Stroke::default() };
                    add(path.data().stroke(&pen, 1.0), stroke.paint(), stroke.opacity().get());
                }
            }
            _ => {}
        }
    }
}

fn path_of(data: &tiny_skia::Path) -> Option<Path> {
    use tiny_skia::PathSegment as Part;
    let mut path = PathBuilder::new();
    for part in data.segments() {
        match part {
            Part::MoveTo(p) => path.move_to(p.x, p.y),
            Part::LineTo(p) => path.line_to(p.x, p.y),
            Part::QuadTo(c, p) => path.quad_to(c.x, c.y, p.x, p.y),
            Part::CubicTo(a, b, p) => path.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            Part::Close => path.close(),
        }
    }
    path.finish()
}

/// The letters of some pages that the font does not have, each once.
#[must_use]
pub fn missing(pages: &[Page]) -> Vec<char> {
    let mut found = Vec::new();
    for text in pages.iter().flat_map(|page| page.frame.texts()) {
        for letter in letters::missing(&text.words) {
            if !found.contains(&letter) {
                found.push(letter);
            }
        }
    }
    found
}
