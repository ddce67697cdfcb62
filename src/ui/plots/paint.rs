//! Paints a frame, and measures texts with the fonts of the window.

use eframe::egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2,
    epaint, pos2,
};

use super::theme;
use crate::chart::frame::{Anchor, Area, Frame, Line, Op, Point, Text, TextMeasure, Tone};

/// The fonts of the window.
pub struct Fonts<'a>(pub &'a Ui);

impl TextMeasure for Fonts<'_> {
    fn width(&self, words: &str, size: f32, bold: bool) -> f32 {
        self.0.painter().layout_no_wrap(words.to_owned(), font(size, bold), Color32::PLACEHOLDER).size().x
    }
}

fn font(size: f32, bold: bool) -> FontId {
    FontId::new(size, if bold { theme::semibold() } else { FontFamily::Proportional })
}

/// Where a frame stands on the screen, and which of its rows is lit.
#[derive(Clone, Copy)]
pub struct Pen<'a> {
    /// What it is painted with.
    pub painter: &'a Painter,
    /// The upper left corner of the frame.
    pub origin: Pos2,
    /// The row under the pointer.
    pub lit: Option<usize>,
    /// The colours.
    pub tokens: &'static theme::Tokens,
    /// How much larger it is painted than it was laid out.
    pub scale: f32,
    /// How much of it is seen, 0 to 1.
    pub opacity: f32,
}

impl<'a> Pen<'a> {
    /// A pen for a frame as large as it was laid out.
    #[must_use]
    pub fn new(painter: &'a Painter, origin: Pos2, tokens: &'static theme::Tokens) -> Self {
        Self { painter, origin, lit: None, tokens, scale: 1.0, opacity: 1.0 }
    }
}

impl Pen<'_> {
    /// Paints a frame.
    pub fn paint(&self, frame: &Frame) {
        for op in frame.ops() {
            self.stroke(op);
        }
    }

    /// Where something of the frame is on the screen.
    #[must_use]
    pub fn rect(&self, area: Area) -> Rect {
        Rect::from_min_max(
            self.at(Point { x: area.left, y: area.top }),
            self.at(Point { x: area.right, y: area.bottom }),
        )
    }

    fn at(&self, point: Point) -> Pos2 {
        pos2(self.origin.x + point.x * self.scale, self.origin.y + point.y * self.scale)
    }

    fn colour(&self, tone: Tone) -> Color32 {
        let colour = match tone {
            Tone::Row(row) if self.lit == Some(row) => self.tokens.soft,
            tone => theme::tone(self.tokens, tone),
        };
        if self.opacity < 1.0 { colour.gamma_multiply(self.opacity) } else { colour }
    }

    fn line(&self, line: Line) -> Stroke {
        Stroke::new(line.width * self.scale, self.colour(line.tone))
    }

    /// A line of points, drawn through or dashed.
    fn path(&self, points: &[Pos2], line: Line) {
        match line.dash {
            None => {
                self.painter.line(points.to_vec(), self.line(line));
            }
            // A dash that is no longer than the line is wide is a dot.
            Some([dash, gap]) if dash <= line.width => {
                let (step, radius) = ((dash + gap) * self.scale, line.width * self.scale / 2.0);
                self.painter.extend(Shape::dotted_line(points, self.colour(line.tone), step, radius));
            }
            Some([dash, gap]) => {
                self.painter.extend(Shape::dashed_line(points, self.line(line), dash * self.scale, gap * self.scale));
            }
        }
    }

    /// Paints one stroke.
    pub fn stroke(&self, op: &Op) {
        match op {
            Op::Rect { area, radius, fill, line } => {
                let rect = self.rect(*area);
                let corners = CornerRadius::from(*radius * self.scale);
                if let Some(fill) = fill {
                    self.painter.rect_filled(rect, corners, self.colour(*fill));
                }
                match line {
                    Some(line) if line.dash.is_some() => {
                        let ends = [
                            rect.left_top(),
                            rect.right_top(),
                            rect.right_bottom(),
                            rect.left_bottom(),
                            rect.left_top(),
                        ];
                        self.path(&ends, *line);
                    }
                    Some(line) => {
                        self.painter.rect_stroke(rect, corners, self.line(*line), StrokeKind::Inside);
                    }
                    None => {}
                }
            }
            Op::Line { from, to, line } => self.path(&[self.at(*from), self.at(*to)], *line),
            Op::Polygon { points, fill, line } => {
                let points: Vec<Pos2> = points.iter().map(|point| self.at(*point)).collect();
                let fill = fill.map_or(theme::CLEAR, |fill| self.colour(fill));
                let line = line.map_or(Stroke::NONE, |line| self.line(line));
                self.painter.add(Shape::convex_polygon(points, fill, line));
            }
            Op::Circle { centre, radius, fill, line } => {
                let (centre, radius) = (self.at(*centre), *radius * self.scale);
                if let Some(fill) = fill {
                    self.painter.circle_filled(centre, radius, self.colour(*fill));
                }
                match line {
                    Some(line) if line.dash.is_some() => self.path(&ring(centre, radius), *line),
                    Some(line) => {
                        self.painter.circle_stroke(centre, radius, self.line(*line));
                    }
                    None => {}
                }
            }
            Op::Text(text) => self.text(text),
        }
    }

    fn text(&self, text: &Text) {
        let at = self.at(text.at);
        let galley = self.painter.layout_no_wrap(
            text.words.clone(),
            font(text.size * self.scale, text.bold),
            self.colour(text.tone),
        );
        let anchor = match text.anchor {
            Anchor::Left => Align2::LEFT_CENTER,
            Anchor::Middle => Align2::CENTER_CENTER,
            Anchor::Right => Align2::RIGHT_CENTER,
        };
        if text.turned {
            let size = galley.size();
            let corner = at + Vec2::new(-size.y / 2.0, size.x / 2.0);
            let shape = epaint::TextShape::new(corner, galley, self.colour(text.tone));
            self.painter.add(shape.with_angle(-std::f32::consts::FRAC_PI_2));
        } else {
            let rect = anchor.anchor_size(at, galley.size());
            self.painter.galley(rect.min, galley, self.colour(text.tone));
        }
    }
}

fn ring(centre: Pos2, radius: f32) -> Vec<Pos2> {
    (0..=36_u8).map(|step| centre + radius * Vec2::angled(f32::from(step) * std::f32::consts::TAU / 36.0)).collect()
}
