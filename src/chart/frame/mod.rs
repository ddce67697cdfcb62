//! A picture laid out once: shapes and texts in points, in the order in which they are read, and what lies where. The window paints
//! it; whatever else shows the picture paints the same one.
//!
//! Colours are tones that a theme gives a colour; widths of texts come from a [`TextMeasure`].

mod field;
mod motion;
mod rows;
mod strip;
mod words;
mod years;

pub use field::{Dot, Place, label_of, places};
pub use motion::{Moving, between};
pub use words::{elided, elided_middle, wrapped};

use super::{Chart, Mark, Picture};
use crate::model::GroupingId;

/// Size of body text, in points.
pub const BODY: f32 = 13.0;
/// Size of small text, in points.
pub const SMALL: f32 = 11.5;
/// From how many groupings on colours come round, so that a pattern tells them apart.
pub const COLOURS: u8 = 6;

/// A place, in points from the upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downward.
    pub y: f32,
}

impl Point {
    /// Larger or smaller, from another corner.
    #[must_use]
    pub fn placed(self, corner: Self, scale: f32) -> Self {
        at(corner.x + self.x * scale, corner.y + self.y * scale)
    }
}

/// A place.
#[must_use]
pub fn at(x: f32, y: f32) -> Point {
    Point { x, y }
}

/// A rectangle, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The lower edge.
    pub bottom: f32,
}

impl Area {
    /// A rectangle by its edges.
    #[must_use]
    pub fn new(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self { left, top, right, bottom }
    }

    /// Whether a place is in it.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    /// Whether it shares more than an edge with another.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right && self.right > other.left && self.top < other.bottom && self.bottom > other.top
    }

    /// Larger on all sides.
    #[must_use]
    pub fn grown(&self, by: f32) -> Self {
        Self::new(self.left - by, self.top - by, self.right + by, self.bottom + by)
    }

    /// Larger or smaller, from another corner.
    #[must_use]
    pub fn placed(&self, corner: Point, scale: f32) -> Self {
        let [a, b] = [at(self.left, self.top), at(self.right, self.bottom)].map(|point| point.placed(corner, scale));
        Self::new(a.x, a.y, b.x, b.y)
    }

    /// Its width.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Its height.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Whether it lies within another.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.left >= other.left && self.right <= other.right && self.top >= other.top && self.bottom <= other.bottom
    }
}

/// A colour by what it is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tone {
    /// Text and lines that matter.
    Ink,
    /// Text and lines that matter less.
    Muted,
    /// A muted line that matters least: leaders, stale intervals.
    Faint,
    /// Lines of a grid.
    Hairline,
    /// What the picture stands on.
    Panel,
    /// What panels stand on.
    Background,
    /// A quiet ground.
    Soft,
    /// What is meant to be seen first.
    Accent,
    /// What needs care.
    Warning,
    /// The ground of what is picked.
    Selection,
    /// The ground of a row of rows, which may be lit.
    Row(usize),
    /// The colour of a grouping.
    Grouping(u8),
    /// The same, paler: a part of its figure.
    Pale(u8),
    /// What is readable on the colour of a grouping; `true` on the paler one.
    On(u8, bool),
    /// A share from 0 to 1 on the scale of magnitude.
    Magnitude(f64),
    /// What is readable on that.
    OnMagnitude(f64),
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Its colour.
    pub tone: Tone,
    /// Its width.
    pub width: f32,
    /// Dashes and gaps; `None` is drawn through.
    pub dash: Option<[f32; 2]>,
}

/// A line drawn through.
#[must_use]
pub fn line(tone: Tone, width: f32) -> Line {
    Line { tone, width, dash: None }
}

/// A dashed line.
#[must_use]
pub fn dashed(tone: Tone, width: f32, dash: [f32; 2]) -> Line {
    Line { tone, width, dash: Some(dash) }
}

/// Which end of a text stands at its place; it is centred on the place from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Left,
    /// Its middle.
    Middle,
    /// Its end.
    Right,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it says.
    pub words: String,
    /// Where it stands.
    pub at: Point,
    /// Which end stands there.
    pub anchor: Anchor,
    /// The size of its letters.
    pub size: f32,
    /// Whether it is in the semi-bold cut.
    pub bold: bool,
    /// Its colour.
    pub tone: Tone,
    /// Whether it runs upward.
    pub turned: bool,
}

/// One stroke of the pen.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// A rectangle with round corners.
    Rect {
        /// Where.
        area: Area,
        /// The radius of its corners.
        radius: f32,
        /// What fills it.
        fill: Option<Tone>,
        /// The line around it.
        line: Option<Line>,
    },
    /// A straight line.
    Line {
        /// Where it begins.
        from: Point,
        /// Where it ends.
        to: Point,
        /// How it is drawn.
        line: Line,
    },
    /// A closed shape without dents.
    Polygon {
        /// Its corners.
        points: Vec<Point>,
        /// What fills it.
        fill: Option<Tone>,
        /// The line around it.
        line: Option<Line>,
    },
    /// A disc or a ring.
    Circle {
        /// Its centre.
        centre: Point,
        /// Its radius.
        radius: f32,
        /// What fills it.
        fill: Option<Tone>,
        /// The line around it.
        line: Option<Line>,
    },
    /// A text; flags are letters of it.
    Text(Text),
}

impl Line {
    fn scaled(self, scale: f32) -> Self {
        Self { width: self.width * scale, dash: self.dash.map(|dash| dash.map(|part| part * scale)), ..self }
    }
}

impl Op {
    /// Larger or smaller, from another corner.
    #[must_use]
    pub fn placed(self, corner: Point, scale: f32) -> Self {
        let thick = |line: Option<Line>| line.map(|line| line.scaled(scale));
        match self {
            Self::Rect { area, radius, fill, line } => {
                Self::Rect { area: area.placed(corner, scale), radius: radius * scale, fill, line: thick(line) }
            }
            Self::Line { from, to, line } => {
                Self::Line { from: from.placed(corner, scale), to: to.placed(corner, scale), line: line.scaled(scale) }
            }
            Self::Polygon { points, fill, line } => Self::Polygon {
                points: points.into_iter().map(|point| point.placed(corner, scale)).collect(),
                fill,
                line: thick(line),
            },
            Self::Circle { centre, radius, fill, line } => {
                Self::Circle { centre: centre.placed(corner, scale), radius: radius * scale, fill, line: thick(line) }
            }
            Self::Text(text) => Self::Text(Text { at: text.at.placed(corner, scale), size: text.size * scale, ..text }),
        }
    }
}

/// What a part of the picture is to those who do not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading, 1 for the title of a page.
    Heading(u8),
    /// Running text; its lines follow each other.
    Paragraph,
    /// A picture, with the sentence that says what it shows.
    Figure(String),
    /// A table: rows of cells.
    Table,
    /// A row of a table.
    Row,
    /// A cell that heads a column.
    Head,
    /// A cell.
    Cell,
    /// What only decorates: grid, ticks, leaders.
    Artifact,
}

/// What a frame consists of, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A part begins.
    Open(Role),
    /// The part that began last ends.
    Close,
    /// A stroke.
    Draw(Op),
}

/// What lies under a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A mark of the chart, by its position there.
    Mark(usize),
    /// The figure of a mark, by the position of the mark.
    Figure(usize),
    /// A grouping.
    Grouping(GroupingId),
}

/// A place that answers to the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Where.
    pub area: Area,
    /// What is there.
    pub target: Target,
}

/// A picture laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Its width, in points.
    pub width: f32,
    /// Its height, in points.
    pub height: f32,
    /// What it consists of, in reading order.
    pub items: Vec<Item>,
    /// What answers to the pointer, what lies on top last.
    pub hits: Vec<Hit>,
    /// Names of items, by their positions: an item of another frame with the same name is the same thing elsewhere.
    pub names: Vec<(usize, String)>,
    /// Which items belong to which grouping: from, up to, whose.
    pub parts: Vec<(usize, usize, GroupingId)>,
}

impl Frame {
    /// What lies under a place, the topmost.
    #[must_use]
    pub fn hit(&self, point: Point) -> Option<Target> {
        self.hits.iter().rev().find(|hit| hit.area.contains(point)).map(|hit| hit.target)
    }

    /// Where something is.
    #[must_use]
    pub fn area_of(&self, target: Target) -> Option<Area> {
        self.hits.iter().find(|hit| hit.target == target).map(|hit| hit.area)
    }

    /// The strokes, in order.
    pub fn ops(&self) -> impl Iterator<Item = &Op> {
        self.items.iter().filter_map(|item| match item {
            Item::Draw(op) => Some(op),
            Item::Open(_) | Item::Close => None,
        })
    }

    /// The texts, in reading order.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.ops().filter_map(|op| match op {
            Op::Text(text) => Some(text),
            _ => None,
        })
    }

    /// A part begins, for whoever composes pages of frames.
    pub fn begin(&mut self, role: Role) {
        self.open(role);
    }

    /// The part that began last ends.
    pub fn end(&mut self) {
        self.close();
    }

    /// Takes in another frame, larger or smaller.
    pub fn join(&mut self, other: Self, corner: Point, scale: f32) {
        self.place(other, corner, scale);
    }

    /// A text.
    pub fn write(&mut self, text: Text) {
        self.text(text);
    }

    /// A ground of one colour.
    pub fn ground(&mut self, area: Area, tone: Tone) {
        self.rect(area, 0.0, Some(tone), None);
    }

    pub(in crate::chart) fn open(&mut self, role: Role) {
        self.items.push(Item::Open(role));
    }

    pub(in crate::chart) fn close(&mut self) {
        self.items.push(Item::Close);
    }

    pub(in crate::chart) fn draw(&mut self, op: Op) {
        self.items.push(Item::Draw(op));
    }

    pub(in crate::chart) fn rect(&mut self, area: Area, radius: f32, fill: Option<Tone>, line: Option<Line>) {
        self.draw(Op::Rect { area, radius, fill, line });
    }

    pub(in crate::chart) fn stroke(&mut self, from: Point, to: Point, line: Line) {
        self.draw(Op::Line { from, to, line });
    }

    pub(in crate::chart) fn text(&mut self, text: Text) {
        self.draw(Op::Text(text));
    }

    pub(in crate::chart) fn answer(&mut self, area: Area, target: Target) {
        self.hits.push(Hit { area, target });
    }

    /// Names the item that comes next.
    pub(in crate::chart) fn name(&mut self, name: String) {
        self.names.push((self.items.len(), name));
    }

    /// All items from `first` on belong to a grouping, and so does the area to the pointer.
    pub(in crate::chart) fn belongs(&mut self, first: usize, area: Area, to: GroupingId) {
        self.parts.push((first, self.items.len(), to));
        self.answer(area, Target::Grouping(to));
    }

    /// Whether an item belongs to a grouping other than one.
    #[must_use]
    pub fn is_of_other(&self, item: usize, one: GroupingId) -> bool {
        self.parts.iter().any(|(from, to, of)| (*from..*to).contains(&item) && *of != one)
    }

    /// Takes in another frame, larger or smaller, with its upper left corner at a place.
    pub(in crate::chart) fn place(&mut self, other: Self, corner: Point, scale: f32) {
        let first = self.items.len();
        self.names.extend(other.names.into_iter().map(|(at, name)| (first + at, name)));
        self.items.extend(other.items.into_iter().map(|item| match item {
            Item::Draw(op) => Item::Draw(op.placed(corner, scale)),
            other => other,
        }));
        self.hits
            .extend(other.hits.into_iter().map(|hit| Hit { area: hit.area.placed(corner, scale), target: hit.target }));
    }
}

/// Measures texts: the window with its fonts, an export with its own.
pub trait TextMeasure {
    /// How wide a text is, in points.
    fn width(&self, words: &str, size: f32, bold: bool) -> f32;
}

/// What a release would make of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct After {
    /// The grouping.
    pub of: GroupingId,
    /// The figure after it; in a field the place on both axes.
    pub value: [f64; 2],
    /// Both figures in words.
    pub label: String,
}

/// How a picture is looked at.
pub struct Look<'a> {
    /// How wide it is, in points.
    pub width: f32,
    /// How high a field or years are; `None` in proportion to the width. Rows are as high as they are many.
    pub height: Option<f32>,
    /// What a release would make of a grouping.
    pub after: Option<After>,
    /// Whether a mark stands for what is selected.
    pub is_chosen: &'a dyn Fn(&Mark) -> bool,
}

impl<'a> Look<'a> {
    /// A picture of some width with nothing selected and nothing carried.
    #[must_use]
    pub fn plain(width: f32) -> Look<'a> {
        Look { width, height: None, after: None, is_chosen: &|_| false }
    }
}

/// Lays a chart out.
#[must_use]
pub fn layout(picture: Picture, chart: &Chart, look: &Look<'_>, measure: &dyn TextMeasure) -> Frame {
    let mut frame = Frame { width: look.width, ..Frame::default() };
    frame.open(Role::Figure(format!("{}. {}", chart.title, chart.sentence)));
    match picture {
        Picture::Rows => rows::layout(&mut frame, chart, look, measure),
        Picture::Field => field::layout(&mut frame, chart, look, measure),
        Picture::Strip => strip::layout(&mut frame, chart, look, measure),
        Picture::Years => years::layout(&mut frame, chart, look),
    }
    frame.close();
    frame
}

/// A colour of a grouping that has come round has a pattern.
#[must_use]
pub fn is_patterned(colour: u8) -> bool {
    colour >= COLOURS
}

#[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
fn screen(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_precision_loss, reason = "a small number")]
fn number(value: usize) -> f32 {
    value as f32
}
