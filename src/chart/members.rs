//! Rows of members: the largest are drawn, the others counted, the table has them all.

use super::words::count;
use super::{Chart, Figure, Ink, Mark, MemberFigure, Of, Shape};
use crate::data::{Atlas, Country};

/// Members that are drawn; beyond these a picture would be a wall.
pub const MOST_ROWS: usize = 20;

/// One member in a picture of members.
pub struct Member {
    /// The actor's number.
    pub actor: usize,
    /// Which of its numbers the bar is.
    pub figure: MemberFigure,
    /// Where its bar ends; `None` without a figure.
    pub to: Option<f64>,
    /// A second figure on the same scale.
    pub point: Option<f64>,
    /// The figures that stand at the bar.
    pub label: String,
    /// What a hover tells beside the name.
    pub tip: Vec<String>,
}

/// The name of an actor with its flag.
pub fn named(country: &Country) -> String {
    format!("{} {}", country.flag(), country.name)
}

/// The marks of members in the order given; rows start at `first`. Returns them with the number of rows used.
pub fn marks(atlas: &Atlas, members: &[Member], colour: u8, first: usize) -> (Vec<Mark>, usize) {
    let drawn = if members.len() > MOST_ROWS + 1 { MOST_ROWS } else { members.len() };
    let mut marks = Vec::with_capacity(2 * drawn + 1);
    for (at, member) in members.iter().take(drawn).enumerate() {
        let (row, country) = (first + at, &atlas.countries[member.actor]);
        let mut tip = vec![named(country)];
        tip.extend(member.tip.iter().cloned());
        let mark = Mark {
            shape: member.to.map_or(Shape::Empty { row }, |to| Shape::bar(row, to)),
            ink: Ink::Grouping(colour),
            of: Of::Country(country.id),
            figure: Some(Figure::Member(member.figure, member.actor)),
            name: named(country),
            label: member.label.clone(),
            tip,
        };
        if let Some(x) = member.point {
            marks.push(Mark { shape: Shape::Point { row, x }, label: String::new(), ..mark.clone() });
        }
        marks.push(mark);
    }
    let rest = members.len() - drawn;
    if rest > 0 {
        marks.push(Mark {
            shape: Shape::Empty { row: first + drawn },
            ink: Ink::Baseline,
            of: Of::Line,
            figure: None,
            name: format!("and {}", count(rest, "more")).replace("mores", "more"),
            label: "smaller; the table lists all".to_owned(),
            tip: Vec::new(),
        });
    }
    (marks, drawn + usize::from(rest > 0))
}

/// The furthest that any mark reaches, at least `least`.
pub fn reach(marks: &[Mark], least: f64) -> f64 {
    marks.iter().fold(least, |far, mark| match mark.shape {
        Shape::Bar { to, whisker, .. } => far.max(to).max(whisker.map_or(to, |whisker| whisker.high)),
        Shape::Point { x, .. } => far.max(x),
        Shape::Guide { x, whisker } => far.max(x).max(whisker.map_or(x, |whisker| whisker.high)),
        _ => far,
    })
}

/// A chart for a grouping that is not there or has no figure.
pub fn nothing(title: &str, reason: impl std::fmt::Display) -> Chart {
    Chart::empty(title, format!("Not defined: {reason}."))
}
