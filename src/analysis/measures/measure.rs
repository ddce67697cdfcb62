//! What a measure is, and one value for each of them.

use std::ops::{Index, IndexMut};

use super::{ALL, COUNT};
use crate::analysis::case::Case;
use crate::analysis::parts::{Cost, Deadlock, Legitimacy, Microlateral};
use crate::analysis::undefined::Defined;
use crate::analysis::view::{Reading, Readings, View};
use crate::data::{Atlas, CountryId};

/// Which way a measure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    More,
    /// Less is better.
    Less,
}

/// Quantities that are drawn for intervals, beside figures of actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// How votes become chances: λ, the half-life, which roll calls count.
    Votes,
    /// What the programme, a member and a pair of members cost.
    Costs,
    /// The weights of the components of legitimacy.
    Weights,
}

/// A headline measure: everything that a chart, a table or a help page says of it.
#[derive(Debug)]
pub struct Measure {
    /// The name in files and on the command line.
    pub name: &'static str,
    /// The name on screen.
    pub label: &'static str,
    /// The short name where space is scarce.
    pub short: &'static str,
    /// The unit behind a figure: “%” or nothing.
    pub unit: &'static str,
    /// What the scale is and which way is better, in a phrase.
    pub scale: &'static str,
    /// Which way is better.
    pub better: Better,
    /// The usual end of the scale; a figure may exceed it (cost).
    pub top: f64,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// How it is put to people in a room who read no methods page; `None` where it is not put to them.
    pub spoken: Option<Spoken>,
    /// The formula.
    pub formula: &'static str,
    /// Other measures that enter it, with all that they rest on.
    pub builds_on: &'static [&'static Measure],
    /// Which drawn quantities enter it, beside figures of actors and what it builds on.
    pub drawn: &'static [Drawn],
    /// The figure, in the unit of the measure.
    pub value: fn(&Evaluation<'_>) -> Defined<f64>,
    /// The formula with the figures in it, line by line; nothing where the measure is not defined.
    pub terms: fn(&Explained<'_>) -> Vec<String>,
}

/// A measure in words for a room.
#[derive(Clone, Copy, Debug)]
pub struct Spoken {
    /// The name; `{sponsor}` stands for who pays.
    pub label: &'static str,
    /// What it is, in a line.
    pub line: &'static str,
    /// How it is computed, every letter explained, in sentences.
    pub how: &'static str,
    /// “is less likely to deadlock”: what one does that is better, to be followed by “than …”.
    pub better: &'static str,
    /// The same of one that is worse.
    pub worse: &'static str,
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Measure {
    /// Whether a value of it is better than another.
    #[must_use]
    pub fn is_better(&self, one: f64, other: f64) -> bool {
        match self.better {
            Better::More => one > other,
            Better::Less => one < other,
        }
    }

    /// Whether a measure of that name is this one, or enters it.
    #[must_use]
    pub fn rests_on(&self, name: &str) -> bool {
        self.name == name || self.builds_on.iter().any(|measure| measure.rests_on(name))
    }

    /// What it read, and what those measures read that it builds on.
    pub fn readings<'a>(&'a self, of: &'a Readings) -> impl Iterator<Item = &'a Reading> {
        of.iter().filter(|reading| self.rests_on(reading.measure))
    }

    /// What one of its parts read.
    pub fn readings_of<'a>(&self, part: &'a str, of: &'a Readings) -> impl Iterator<Item = &'a Reading> + use<'a> {
        let name = self.name;
        of.iter().filter(move |reading| reading.measure == name && reading.part == part)
    }

    /// Which drawn quantities enter it, those of the measures it builds on among them.
    pub fn all_drawn(&self) -> impl Iterator<Item = Drawn> {
        self.drawn.iter().copied().chain(self.builds_on.iter().flat_map(|measure| measure.drawn.iter().copied()))
    }
}

/// One value a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerMeasure<T>([T; COUNT]);

impl<T> PerMeasure<T> {
    /// A value for each measure.
    pub fn new(value: impl FnMut(&'static Measure) -> T) -> Self {
        Self(ALL.map(value))
    }
}

impl<T> Index<&Measure> for PerMeasure<T> {
    type Output = T;

    /// The value of a measure. Every [`Measure`] is in [`ALL`]: a test makes sure of it.
    fn index(&self, measure: &Measure) -> &T {
        &self.0[place(measure)]
    }
}

impl<T> IndexMut<&Measure> for PerMeasure<T> {
    fn index_mut(&mut self, measure: &Measure) -> &mut T {
        &mut self.0[place(measure)]
    }
}

fn place(measure: &Measure) -> usize {
    ALL.iter().position(|known| *known == measure).unwrap_or(COUNT)
}

/// What a measure is computed from.
#[derive(Debug)]
pub struct Evaluation<'a> {
    /// The actors.
    pub atlas: &'a Atlas,
    /// The figures.
    pub view: View<'a>,
    /// The case.
    pub case: &'a Case,
    /// D, per cent.
    pub deadlock: Defined<f64>,
    /// R, per cent.
    pub reach: Defined<f64>,
    /// L, 0 to 100.
    pub legitimacy: Defined<f64>,
    /// C, going alone = 100.
    pub cost: Defined<f64>,
    /// M, 0 to 100.
    pub microlateral: Defined<f64>,
}

/// What a measure is explained from.
#[derive(Clone, Copy, Debug)]
pub struct Explained<'a> {
    /// The measure itself.
    pub value: Defined<f64>,
    /// D and its parts.
    pub deadlock: &'a Defined<Deadlock>,
    /// L and its components.
    pub legitimacy: &'a Defined<Legitimacy>,
    /// C and its parts.
    pub cost: &'a Defined<Cost>,
    /// M and its factors.
    pub microlateral: &'a Defined<Microlateral>,
    /// The capital whose costs are watched.
    pub sponsor: CountryId,
    /// The case.
    pub case: &'a Case,
    /// The actors.
    pub atlas: &'a Atlas,
}

#[cfg(test)]
mod tests {
    use super::super::{ALL, COST, DEADLOCK, LEGITIMACY, MICROLATERAL, REACH, SIXTH};
    use super::PerMeasure;

    #[test]
    fn every_measure_has_its_place() {
        let names = PerMeasure::new(|measure| measure.name);
        let all = [&LEGITIMACY, &COST, &DEADLOCK, &REACH, &MICROLATERAL, &SIXTH];
        for measure in all {
            assert_eq!(names[measure], measure.name);
        }
        assert_eq!(all.len(), ALL.len());
    }
}
