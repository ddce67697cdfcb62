//! A frame as SVG: letters can be selected, nothing is loaded from elsewhere.

use std::fmt::Write as _;

use super::letters::{self, FLAG, Letters, baseline, outlines};
use crate::chart::frame::{Anchor, Area, Frame, Item, Line, Op, Point, Role, Text, TextMeasure, Tone};
use crate::chart::palette::{Palette, Rgb};
use crate::data::flags::{self, Run, runs};

/// A frame as SVG. `title` and `description` are told to those who do not see it.
#[must_use]
pub fn svg(frame: &Frame, palette: &Palette, title: &str, description: &str) -> String {
    written(frame, palette, title, description, false)
}

/// The same with letters as outlines, for what has no fonts.
pub(super) fn outlined(frame: &Frame, palette: &Palette) -> String {
    written(frame, palette, "", "", true)
}

fn written(frame: &Frame, palette: &Palette, title: &str, description: &str, outlined: bool) -> String {
    let mut text = String::with_capacity(16_384);
    let (width, height) = (number(frame.width), number(frame.height));
    let _ = write!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"'IBM Plex Sans','Segoe UI','Helvetica Neue',Arial,sans-serif\""
    );
    if title.is_empty() {
        text.push('>');
    } else {
        let _ = write!(text, " role=\"img\" aria-label=\"{}\">", escaped(title));
        let _ = write!(text, "<title>{}</title><desc>{}</desc>", escaped(title), escaped(description));
    }
    let mut pen = Pen { text, palette, letters: Letters::default(), outlined };
    for item in &frame.items {
        match item {
            Item::Open(Role::Figure(words)) if !outlined => {
                let _ = write!(pen.text, "<g role=\"img\" aria-label=\"{}\">", escaped(words));
            }
            Item::Open(Role::Artifact) if !outlined => pen.text.push_str("<g aria-hidden=\"true\">"),
            Item::Open(_) => pen.text.push_str("<g>"),
            Item::Close => pen.text.push_str("</g>"),
            Item::Draw(op) => pen.op(op),
        }
    }
    pen.text.push_str("</svg>\n");
    pen.text
}

/// What means something in XML is written so that it does not; control characters go.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter if letter.is_control() && !matches!(letter, '\n' | '\t') => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Two decimals at most.
fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

struct Pen<'a> {
    text: String,
    palette: &'a Palette,
    letters: Letters,
    outlined: bool,
}

impl Pen<'_> {
    fn colour(&self, tone: Tone) -> String {
        let [red, green, blue]: Rgb = self.palette.colour(tone);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    fn fill(&self, fill: Option<Tone>) -> String {
        fill.map_or_else(|| " fill=\"none\"".to_owned(), |tone| format!(" fill=\"{}\"", self.colour(tone)))
    }

    fn line(&self, line: Option<Line>) -> String {
        let Some(line) = line else { return String::new() };
        let mut text = format!(" stroke=\"{}\" stroke-width=\"{}\"", self.colour(line.tone), number(line.width));
        if let Some([dash, gap]) = line.dash {
            // A dash that is no longer than the line is wide is a dot.
            if dash <= line.width {
                let _ = write!(text, " stroke-dasharray=\"0 {}\" stroke-linecap=\"round\"", number(dash + gap));
            } else {
                let _ = write!(text, " stroke-dasharray=\"{} {}\"", number(dash), number(gap));
            }
        }
        text
    }

    fn op(&mut self, op: &Op) {
        match op {
            Op::Rect { area, radius, fill, line } => {
                // A line lies within the rectangle, as in the window.
                let inset = line.map_or(0.0, |line| line.width / 2.0);
                let Area { left, top, right, bottom } = area.grown(-inset);
                let (fill, line) = (self.fill(*fill), self.line(*line));
                let _ = write!(
                    self.text,
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"{fill}{line}/>",
                    number(left),
                    number(top),
                    number((right - left).max(0.0)),
                    number((bottom - top).max(0.0)),
                    number(*radius)
                );
            }
            Op::Line { from, to, line } => {
                let line = self.line(Some(*line));
                let _ = write!(
                    self.text,
                    "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{line}/>",
                    number(from.x),
                    number(from.y),
                    number(to.x),
                    number(to.y)
                );
            }
            Op::Polygon { points, fill, line } => {
                let points: Vec<String> =
                    points.iter().map(|point| format!("{},{}", number(point.x), number(point.y))).collect();
                let (fill, line) = (self.fill(*fill), self.line(*line));
                let _ = write!(self.text, "<polygon points=\"{}\"{fill}{line}/>", points.join(" "));
            }
            Op::Circle { centre, radius, fill, line } => {
                let (fill, line) = (self.fill(*fill), self.line(*line));
                let _ = write!(
                    self.text,
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{fill}{line}/>",
                    number(centre.x),
                    number(centre.y),
                    number(*radius)
                );
            }
            Op::Text(text) => self.words(text),
        }
    }

    fn words(&mut self, text: &Text) {
        let words = if self.outlined { letters::writable(&text.words) } else { text.words.clone() };
        let width = self.letters.width(&words, text.size, text.bold);
        let Point { x, y } = text.at;
        let left = match text.anchor {
            Anchor::Left => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::Right => x - width,
        };
        if text.turned {
            let _ = write!(self.text, "<g transform=\"translate({} {}) rotate(-90)\">", number(x), number(y));
            self.runs(&words, text, (-width / 2.0, 0.0));
            self.text.push_str("</g>");
        } else {
            self.runs(&words, text, (left, y));
        }
    }

    /// Letters and flags from a place on, at the middle of the line.
    fn runs(&mut self, words: &str, text: &Text, (mut x, y): (f32, f32)) {
        let size = text.size;
        for run in runs(words) {
            match run {
                Run::Flag(code) => {
                    self.flag(&code, x, y, size);
                    x += FLAG * size;
                }
                Run::Letters(words) => {
                    let width = self.letters.width(words, size, text.bold);
                    let stand = y + baseline(text.bold) * size;
                    let fill = self.colour(text.tone);
                    if self.outlined {
                        let path = outlines(words, text.bold, size, [x, stand]);
                        let _ = write!(self.text, "<path d=\"{path}\" fill=\"{fill}\"/>");
                    } else if !words.trim().is_empty() {
                        let weight = if text.bold { " font-weight=\"600\"" } else { "" };
                        // Where the font is another, the words take the same room; of letters that are not measured none is told.
                        let room = if letters::missing(words).is_empty() {
                            format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", number(width))
                        } else {
                            String::new()
                        };
                        let _ = write!(
                            self.text,
                            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} fill=\"{fill}\"{room} \
                             xml:space=\"preserve\">{}</text>",
                            number(x),
                            number(stand),
                            number(size),
                            escaped(words)
                        );
                    }
                    x += width;
                }
            }
        }
    }

    fn flag(&mut self, code: &str, x: f32, y: f32, size: f32) {
        let Some(svg) = flags::svg(code) else { return };
        let side = FLAG * size;
        let place = format!(
            "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            number(x),
            number(y - side / 2.0),
            number(side),
            number(side)
        );
        // The picture inside keeps its own units.
        self.text.push_str(&svg.trim_end().replacen("<svg xmlns=\"http://www.w3.org/2000/svg\"", &place, 1));
    }
}
