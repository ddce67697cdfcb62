//! The letters of exports: IBM Plex Sans, measured and shaped here, so that every format agrees.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};

use crate::chart::frame::TextMeasure;
use crate::data::flags::{self, Run, runs};

/// The font file of the regular cut.
pub static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/IBMPlexSans-Regular.ttf");
/// The font file of the semi-bold cut.
pub static SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/IBMPlexSans-SemiBold.ttf");

/// How wide and high a flag is, in sizes of the letters.
pub const FLAG: f32 = 1.2;

/// One glyph of a shaped text; lengths in sizes of the letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// How far the next one is.
    pub advance: f32,
    /// Its own shift.
    pub shift: [f32; 2],
    /// The byte of the text at which its letters begin.
    pub cluster: usize,
}

struct Face {
    font: FontRef<'static>,
    data: ShaperData,
    units: f32,
    /// From the middle of a line down to where letters stand.
    down: f32,
}

impl Face {
    fn of(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let units = f32::from(metrics.units_per_em);
        let down = f32::midpoint(metrics.ascent, metrics.descent) / units;
        Some(Self { data: ShaperData::new(&font), font, units, down })
    }
}

static FACES: LazyLock<[Option<Face>; 2]> = LazyLock::new(|| [Face::of(REGULAR), Face::of(SEMIBOLD)]);

/// Measures and shapes texts; keeps widths that it has found.
#[derive(Debug, Default)]
pub struct Letters {
    widths: RefCell<HashMap<(String, bool), f32>>,
}

fn face(bold: bool) -> Option<&'static Face> {
    FACES[usize::from(bold)].as_ref()
}

impl TextMeasure for Letters {
    fn width(&self, words: &str, size: f32, bold: bool) -> f32 {
        if let Some(width) = self.widths.borrow().get(&(words.to_owned(), bold)) {
            return width * size;
        }
        let width: f32 = runs(words)
            .iter()
            .map(|run| match run {
                Run::Flag(_) => FLAG,
                Run::Letters(text) => shaped(text, bold).iter().map(|glyph| glyph.advance).sum(),
            })
            .sum();
        self.widths.borrow_mut().insert((words.to_owned(), bold), width);
        width * size
    }
}

/// How far below the middle of a line letters stand, in their size.
#[must_use]
pub fn baseline(bold: bool) -> f32 {
    face(bold).map_or(0.375, |face| face.down)
}

/// The glyphs of a text without flags, in order.
#[must_use]
pub fn shaped(text: &str, bold: bool) -> Vec<Glyph> {
    let Some(face) = face(bold) else { return Vec::new() };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let found = face.data.shaper(&face.font).build().shape(buffer, ShapeOptions::new());
    #[expect(clippy::cast_precision_loss, reason = "units of a font")]
    let part = |units: i32| units as f32 / face.units;
    found
        .glyph_infos()
        .iter()
        .zip(found.glyph_positions())
        .map(|(info, position)| Glyph {
            id: info.glyph_id,
            advance: part(position.x_advance),
            shift: [part(position.x_offset), part(position.y_offset)],
            cluster: usize::try_from(info.cluster).unwrap_or(0),
        })
        .collect()
}

/// Letters that are not seen by themselves: marks of order, joiners, variations. They go without a word.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// Whether a letter is a blank of some width, or ends a line.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() && letter != '\u{A0}'
}

/// Whether the font has a letter.
fn is_there(face: &Face, letter: char) -> bool {
    letter.is_control() || is_invisible(letter) || is_blank(letter) || face.font.charmap().map(letter).is_some()
}

/// The letters of a text that the font does not have, each once; flags are no letters.
#[must_use]
pub fn missing(text: &str) -> Vec<char> {
    let Some(face) = face(false) else { return Vec::new() };
    let mut found: Vec<char> = Vec::new();
    for run in runs(text) {
        let Run::Letters(letters) = run else { continue };
        for letter in letters.chars().filter(|letter| !is_there(face, *letter)) {
            if !found.contains(&letter) {
                found.push(letter);
            }
        }
    }
    found
}

/// The text with the letters that the font does not have in others that it has, where that can be done (“Ł” stays, “北京” becomes
/// “Bei Jing”), else with “?”; control characters go, and what is not seen by itself. What was replaced is told by [`missing`].
#[must_use]
pub fn writable(text: &str) -> String {
    let Some(face) = face(false) else { return text.to_owned() };
    let mut written = String::with_capacity(text.len());
    for run in runs(text) {
        let letters = match run {
            Run::Letters(letters) => letters,
            Run::Flag(code) => {
                written.extend(flags::indicators(&code));
                continue;
            }
        };
        for letter in letters.chars() {
            if is_blank(letter) {
                written.push(' ');
            } else if letter.is_control() || is_invisible(letter) {
            } else if is_there(face, letter) {
                written.push(letter);
            } else {
                let other = any_ascii::any_ascii_char(letter);
                written.push_str(if other.is_empty() { "?" } else { other });
            }
        }
    }
    written
}

struct Path<'a> {
    written: &'a mut String,
    at: [f32; 2],
    scale: f32,
}

impl Path<'_> {
    fn put(&mut self, command: char, points: &[[f32; 2]]) {
        use std::fmt::Write as _;
        self.written.push(command);
        for [x, y] in points {
            let _ = write!(self.written, "{:.2} {:.2} ", self.at[0] + x * self.scale, self.at[1] - y * self.scale);
        }
    }
}

impl OutlinePen for Path<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[[x, y]]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[[x, y]]);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.put('Q', &[[cx, cy], [x, y]]);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.put('C', &[[ax, ay], [bx, by], [x, y]]);
    }
    fn close(&mut self) {
        self.written.push('Z');
    }
}

/// The outlines of a text without flags as the data of an SVG path, from a place on the line on which the letters stand.
#[must_use]
pub fn outlines(text: &str, bold: bool, size: f32, from: [f32; 2]) -> String {
    let mut written = String::new();
    let Some(face) = face(bold) else { return written };
    let glyphs = face.font.outline_glyphs();
    let mut x = from[0];
    for glyph in shaped(text, bold) {
        if let Some(outline) = glyphs.get(skrifa::GlyphId::new(glyph.id)) {
            let at = [x + glyph.shift[0] * size, from[1] - glyph.shift[1] * size];
            let mut pen = Path { written: &mut written, at, scale: size / face.units };
            let _ = outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen);
        }
        x += glyph.advance * size;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_widths_and_flags_are_wider_than_letters() {
        let letters = Letters::default();
        let norway = letters.width("Norway", 10.0, false);
        assert!((20.0..50.0).contains(&norway), "{norway}");
        assert!(letters.width("Norway", 10.0, true) > norway);
        assert!((letters.width("\u{1F1F3}\u{1F1F4}", 10.0, false) - 12.0).abs() < 1e-4);
        assert!((letters.width("Norway", 20.0, false) - 2.0 * norway).abs() < 1e-3);
    }

    #[test]
    fn what_the_font_lacks_is_told_and_written_in_other_letters() {
        assert!(missing("Łódź “x” – 18 % → ₂ \u{1F1F3}\u{1F1F4}").is_empty(), "{:?}", missing("Łódź “x” – 18 % → ₂"));
        assert_eq!(missing("北京 北"), ['北', '京']);
        assert_eq!(writable("in 北京\u{7}"), "in BeiJing");
        assert_eq!(writable("a\u{200B}b\u{FEFF}c\u{202F}d\u{2028}e\u{FE0F}"), "abc d e");
        // A stray half of a flag takes nothing from a whole one.
        assert!(writable("\u{1F1F3}\u{1F1F4} and \u{1F1F3}").starts_with("\u{1F1F3}\u{1F1F4} and "));
    }
}
