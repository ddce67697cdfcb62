//! A briefing on paper: blocks laid out as frames, a page each.

use super::briefing::{Block, Briefing, Imprint};
use super::frame::{Anchor, Area, Frame, Look, Role, Text, TextMeasure, Tone, at, elided, layout, line, wrapped};
use super::{Chart, Picture, Table};

/// A4, upright, in points.
pub const A4: [f32; 2] = [595.28, 841.89];

const EDGE: f32 = 54.0;
const TOP: f32 = 58.0;
const FOOT: f32 = 52.0;
const BODY: f32 = 10.0;
const SMALL: f32 = 8.5;

/// The pages of a briefing.
#[must_use]
pub fn pages(of: &Briefing, measure: &dyn TextMeasure) -> Vec<Frame> {
    let mut press = Press { pages: Vec::new(), y: TOP, measure };
    press.turn();
    for (number, block) in of.blocks.iter().enumerate() {
        press.block(block, of.blocks.get(number + 1));
    }
    let n = press.pages.len();
    let mut pages = press.pages;
    for (number, page) in pages.iter_mut().enumerate() {
        margins(page, &of.imprint, (number + 1, n), measure);
    }
    pages
}

/// A slide, or another picture, on a page with what stands on every page below it.
#[must_use]
pub fn sheet(picture: Frame, heading: Option<&str>, imprint: &Imprint, measure: &dyn TextMeasure) -> Frame {
    const STEP: f32 = 15.0;
    const LETTERS: f32 = 11.0;
    let pad = 16.0;
    let width = picture.width + 2.0 * pad;
    let mut frame = Frame { width, height: 0.0, ..Frame::default() };
    let top = heading.map_or(0.0, |_| 40.0);
    let mut y = top + picture.height + pad + 6.0;
    let mut lines: Vec<String> = Vec::new();
    if let Some(words) = heading {
        frame.open(Role::Heading(1));
        let words = elided(words, picture.width, 17.0, true, measure);
        frame.text(words_at(words, pad, 26.0, 17.0, true, Tone::Ink));
        frame.close();
    }
    frame.place(picture, at(pad, top + if heading.is_some() { 4.0 } else { pad }), 1.0);
    if heading.is_none() {
        y += pad;
    }
    let date = format!("{} · exported {} · data to {}", imprint.title, imprint.date, imprint.data);
    // A slide has its source line already.
    let others = imprint.lines().into_iter().filter(|line| heading.is_some() || *line != imprint.source);
    for text in std::iter::once(date).chain(others) {
        lines.extend(wrapped(&text, width - 2.0 * pad, LETTERS, false, measure));
    }
    frame.open(Role::Paragraph);
    for words in lines {
        frame.text(words_at(words, pad, y, LETTERS, false, Tone::Muted));
        y += STEP;
    }
    frame.close();
    frame.height = y + 4.0;
    // What it stands on comes first.
    let mut ground = Frame { width, height: frame.height, ..Frame::default() };
    ground.open(Role::Artifact);
    ground.rect(Area::new(0.0, 0.0, width, frame.height), 0.0, Some(Tone::Panel), None);
    ground.close();
    let height = frame.height;
    ground.place(frame, at(0.0, 0.0), 1.0);
    ground.height = height;
    ground
}

fn words_at(words: String, x: f32, y: f32, size: f32, bold: bool, tone: Tone) -> Text {
    Text { words, at: at(x, y), anchor: Anchor::Left, size, bold, tone, turned: false }
}

/// What stands on every page.
fn margins(page: &mut Frame, imprint: &Imprint, (number, of): (usize, usize), measure: &dyn TextMeasure) {
    let width = A4[0] - 2.0 * EDGE;
    let right = |words: String, y: f32| Text {
        anchor: Anchor::Right,
        ..words_at(words, A4[0] - EDGE, y, SMALL, false, Tone::Muted)
    };
    page.open(Role::Artifact);
    page.text(right(format!("{number} / {of}"), A4[1] - 30.0));
    let left = format!("{} · {} · data to {}", imprint.title, imprint.date, imprint.data);
    page.text(words_at(
        elided(&left, width - 50.0, SMALL, false, measure),
        EDGE,
        A4[1] - 30.0,
        SMALL,
        false,
        Tone::Muted,
    ));
    if !imprint.organisation.is_empty() {
        let words = elided(&imprint.organisation, width * 0.5, SMALL, false, measure);
        page.text(words_at(words, EDGE, 30.0, SMALL, false, Tone::Muted));
    }
    if !imprint.handling.is_empty() {
        for y in [30.0, A4[1] - 16.0] {
            let words = elided(&imprint.handling, width * 0.6, SMALL, true, measure);
            let text = words_at(words, A4[0] / 2.0, y, SMALL, true, Tone::Warning);
            page.text(Text { anchor: Anchor::Middle, ..text });
        }
    }
    page.close();
}

struct Press<'a> {
    pages: Vec<Frame>,
    y: f32,
    measure: &'a dyn TextMeasure,
}

impl Press<'_> {
    fn width() -> f32 {
        A4[0] - 2.0 * EDGE
    }

    fn left(&self) -> f32 {
        A4[1] - FOOT - self.y
    }

    /// A new page.
    fn turn(&mut self) {
        self.pages.push(Frame { width: A4[0], height: A4[1], ..Frame::default() });
        self.y = TOP;
    }

    /// A new page where less than some room is left.
    fn need(&mut self, room: f32) {
        if self.left() < room && self.y > TOP {
            self.turn();
        }
    }

    fn page(&mut self) -> &mut Frame {
        if self.pages.is_empty() {
            self.turn();
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) {
        match block {
            Block::Heading(level, words) => self.heading(*level, words, next),
            Block::Lead(words) => self.text(words, 15.0, true, Tone::Ink, 8.0),
            Block::Paragraph(words) => self.text(words, BODY, false, Tone::Ink, 5.0),
            Block::Small(words) => self.text(words, SMALL, false, Tone::Muted, 5.0),
            Block::Points(points) => points.iter().for_each(|point| self.point(point)),
            Block::Picture(chart, picture) => self.picture(chart, *picture),
            Block::Table(table) => self.table(table),
            Block::Break => {
                if self.y > TOP {
                    self.turn();
                }
            }
        }
    }

    /// A heading does not stand alone at the end of a page.
    fn heading(&mut self, level: u8, words: &str, next: Option<&Block>) {
        let (size, before) = match level {
            1 => (22.0, 6.0),
            2 => (15.0, 14.0),
            _ => (11.5, 9.0),
        };
        let follows = match next {
            Some(Block::Picture(chart, picture)) => self.laid(chart, *picture).height * 0.8 + 30.0,
            _ => 46.0,
        };
        self.need(before + size * 1.4 + follows);
        if self.y > TOP {
            self.y += before;
        }
        let lines = wrapped(words, Self::width(), size, true, self.measure);
        self.page().open(Role::Heading(level));
        for words in lines {
            let y = self.y + size * 0.6;
            self.page().text(words_at(words, EDGE, y, size, true, Tone::Ink));
            self.y += size * 1.3;
        }
        self.page().close();
        self.y += 4.0;
    }

    fn text(&mut self, words: &str, size: f32, bold: bool, tone: Tone, after: f32) {
        let lines = wrapped(words, Self::width(), size, bold, self.measure);
        self.lines(lines, EDGE, size, bold, tone);
        self.y += after;
    }

    fn lines(&mut self, lines: Vec<String>, x: f32, size: f32, bold: bool, tone: Tone) {
        self.need(size * 1.4);
        self.page().open(Role::Paragraph);
        for words in lines {
            if self.left() < size * 1.4 {
                self.page().close();
                self.turn();
                self.page().open(Role::Paragraph);
            }
            let y = self.y + size * 0.7;
            self.page().text(words_at(words, x, y, size, bold, tone));
            self.y += size * 1.4;
        }
        self.page().close();
    }

    fn point(&mut self, words: &str) {
        const INDENT: f32 = 12.0;
        let lines = wrapped(words, Self::width() - INDENT, BODY - 0.5, false, self.measure);
        self.need(BODY * 1.4);
        let y = self.y + BODY * 0.66;
        self.page().open(Role::Artifact);
        self.page().rect(Area::new(EDGE + 2.0, y - 1.6, EDGE + 5.2, y + 1.6), 1.6, Some(Tone::Accent), None);
        self.page().close();
        self.lines(lines, EDGE + INDENT, BODY - 0.5, false, Tone::Ink);
        self.y += 2.5;
    }

    fn laid(&self, chart: &Chart, picture: Picture) -> Frame {
        layout(picture, chart, &Look::plain(Self::width() / 0.8), self.measure)
    }

    fn picture(&mut self, chart: &Chart, picture: Picture) {
        const SCALE: f32 = 0.8;
        let laid = self.laid(chart, picture);
        let height = laid.height * SCALE;
        self.need(height + 20.0);
        let y = self.y;
        self.page().place(laid, at(EDGE, y), SCALE);
        self.y += height + 4.0;
        if !chart.caption.is_empty() {
            self.text(&chart.caption, SMALL, false, Tone::Muted, 4.0);
        }
    }

    /// Columns as wide as what stands in them, the widest narrowed; rows do not break over pages, the head is repeated.
    fn table(&mut self, table: &Table) {
        const PAD: f32 = 5.0;
        let size = if table.head.len() > 4 { SMALL } else { SMALL + 0.5 };
        let n = table.head.len();
        if n == 0 {
            return;
        }
        let widths = widths(table, Self::width() - PAD * 2.0 * counted(n), size, self.measure);
        let measure = self.measure;
        let wrapped_row = |texts: &[&str], bold: bool| -> (Vec<Vec<String>>, f32) {
            let cells: Vec<Vec<String>> =
                texts.iter().zip(&widths).map(|(text, width)| wrapped(text, *width, size, bold, measure)).collect();
            let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
            (cells, counted(lines) * size * 1.3 + 7.0)
        };
        let head: Vec<&str> = table.head.iter().map(String::as_str).collect();
        let (head, head_height) = wrapped_row(&head, true);
        self.need(head_height + 40.0);
        self.page().open(Role::Table);
        self.row(&head, head_height, &widths, size, true);
        for row in &table.rows {
            let (cells, height) = wrapped_row(&row.texts(), false);
            if self.left() < height {
                self.page().close();
                self.turn();
                self.page().open(Role::Table);
                self.row(&head, head_height, &widths, size, true);
            }
            self.row(&cells, height, &widths, size, false);
        }
        self.page().close();
        self.y += 8.0;
    }

    fn row(&mut self, cells: &[Vec<String>], height: f32, widths: &[f32], size: f32, head: bool) {
        const PAD: f32 = 5.0;
        let top = self.y;
        let tone = if head { Tone::Muted } else { Tone::Hairline };
        let page = self.page();
        page.open(Role::Row);
        page.open(Role::Artifact);
        page.stroke(at(EDGE, top + height), at(A4[0] - EDGE, top + height), line(tone, if head { 0.9 } else { 0.5 }));
        page.close();
        let mut x = EDGE;
        for (lines, width) in cells.iter().zip(widths) {
            page.open(if head { Role::Head } else { Role::Cell });
            for (at_line, words) in lines.iter().enumerate() {
                let y = top + 3.0 + size * 0.65 + size * 1.3 * counted(at_line);
                page.text(words_at(words.clone(), x + PAD, y, size, head, Tone::Ink));
            }
            page.close();
            x += width + 2.0 * PAD;
        }
        page.close();
        self.y += height;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a small number")]
fn counted(n: usize) -> f32 {
    n as f32
}

/// Widths of columns: as wide as their texts, where that finds no room the widest give way; together they fill the page.
fn widths(table: &Table, room: f32, size: f32, measure: &dyn TextMeasure) -> Vec<f32> {
    let widest = |at: usize| {
        let head = measure.width(&table.head[at], size, true);
        let cells =
            table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| measure.width(&cell.text, size, false));
        cells.fold(head, f32::max) + 1.0
    };
    let mut widths: Vec<f32> = (0..table.head.len()).map(widest).collect();
    loop {
        let sum: f32 = widths.iter().sum();
        if sum <= room {
            break;
        }
        let most = widths.iter().copied().fold(0.0, f32::max);
        let next = widths.iter().copied().filter(|width| *width < most - 0.5).fold(0.0, f32::max);
        let wide = widths.iter().filter(|width| **width >= most - 0.5).count();
        let less = ((sum - room) / counted(wide)).min(most - next).max(0.5);
        for width in &mut widths {
            if *width >= most - 0.5 {
                *width -= less;
            }
        }
    }
    let spare = (room - widths.iter().sum::<f32>()).max(0.0);
    let n = counted(widths.len());
    widths.into_iter().map(|width| width + spare / n).collect()
}
