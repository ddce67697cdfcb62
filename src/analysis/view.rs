//! How measures read figures, and the record of what they read.
//!
//! A measure asks a [`View`] for a figure of an actor. A recording view notes what was read, for which part of which measure,
//! and what becomes of a figure that is missing. Flags, coverage, sources and “about this number” all follow from that record
//! ([`Readings`]): none of them is stated a second time. Draws and what-if read through the same view without a record.

use std::cell::RefCell;
use std::collections::HashSet;

use super::flag::Flag;
use crate::data::{Atlas, Facts, Subject};

/// What becomes of a figure that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The actor is left out of the mean.
    LeftOut,
    /// It counts as 0.
    Zero,
    /// The actor has no weight in the decision.
    NoWeight,
}

impl Missing {
    fn flag(self) -> &'static str {
        match self {
            Self::LeftOut => "no figure",
            Self::Zero => "no figure, counted as 0",
            Self::NoWeight => "no figure, decision weight 0",
        }
    }
}

/// One figure that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The name of the measure it was read for.
    pub measure: &'static str,
    /// The part of that measure.
    pub part: &'static str,
    /// Which figure.
    pub subject: Subject,
    /// The number of the actor.
    pub actor: usize,
    /// What becomes of it if it is missing.
    pub missing: Missing,
}

impl Reading {
    /// What must stand beside the figure; `None` where it is published.
    #[must_use]
    pub fn flag(&self, facts: &Facts) -> Option<&'static str> {
        let fact = facts.fact(self.subject, self.actor);
        if fact.value.is_none() { Some(self.missing.flag()) } else { fact.provenance.flag() }
    }
}

/// All that was read for a case, in the order in which it was read first, each reading once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readings(Vec<Reading>);

/// A figure with the actors of which it was read, in order of actor number.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Which figure.
    pub subject: Subject,
    /// The readings, one an actor.
    pub of: Vec<Reading>,
}

impl Read {
    /// The numbers of the actors.
    #[must_use]
    pub fn actors(&self) -> Vec<usize> {
        self.of.iter().map(|reading| reading.actor).collect()
    }

    /// How many of the figures are published.
    #[must_use]
    pub fn published(&self, facts: &Facts) -> usize {
        self.of.iter().filter(|reading| reading.flag(facts).is_none()).count()
    }
}

impl Readings {
    /// Collects what was noted, each reading once.
    #[must_use]
    pub fn new(noted: Vec<Reading>) -> Self {
        let mut seen = HashSet::with_capacity(noted.len());
        Self(noted.into_iter().filter(|reading| seen.insert(*reading)).collect())
    }

    /// Every reading.
    pub fn iter(&self) -> impl Iterator<Item = &Reading> {
        self.0.iter()
    }

    /// The flags of all figures that are estimated or missing, each once. An actor whose missing figure is read in several
    /// ways is flagged for each of them.
    #[must_use]
    pub fn flags(&self, atlas: &Atlas, facts: &Facts) -> Vec<Flag> {
        let mut flags = Vec::new();
        let mut seen = HashSet::new();
        for reading in &self.0 {
            if let Some(how) = reading.flag(facts)
                && seen.insert((reading.actor, reading.subject.label(), how))
            {
                let (actor, subject) = (atlas.countries[reading.actor].id, reading.subject.label());
                flags.push(Flag::Figure { actor, subject, how });
            }
        }
        flags
    }
}

/// Readings by figure, in the order in which each figure was read first. An actor whose figure was read in several ways
/// stands once, with the first.
#[must_use]
pub fn by_subject<'a>(readings: impl Iterator<Item = &'a Reading>) -> Vec<Read> {
    let mut found: Vec<Read> = Vec::new();
    let mut seen = HashSet::new();
    for reading in readings.filter(|reading| seen.insert((reading.subject, reading.actor))) {
        match found.iter_mut().find(|read| read.subject == reading.subject) {
            Some(read) => read.of.push(*reading),
            None => found.push(Read { subject: reading.subject, of: vec![*reading] }),
        }
    }
    for read in &mut found {
        read.of.sort_by_key(|reading| reading.actor);
    }
    found
}

/// The figures as a measure sees them.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// All figures, for what is no figure of one actor: totals of the world, regions.
    pub facts: &'a Facts,
    record: Option<&'a RefCell<Vec<Reading>>>,
    purpose: (&'static str, &'static str),
}

impl<'a> View<'a> {
    /// A view that notes nothing.
    #[must_use]
    pub fn silent(facts: &'a Facts) -> Self {
        Self { facts, record: None, purpose: ("", "") }
    }

    /// A view that notes what is read.
    #[must_use]
    pub fn recording(facts: &'a Facts, record: &'a RefCell<Vec<Reading>>) -> Self {
        Self { facts, record: Some(record), purpose: ("", "") }
    }

    /// The same view, reading for a part of the measure of that name.
    #[must_use]
    pub fn reading_for(self, measure: &'static str, part: &'static str) -> Self {
        Self { purpose: (measure, part), ..self }
    }

    /// A figure of an actor; where it is missing, the actor is left out.
    #[must_use]
    pub fn figure(&self, subject: Subject, actor: usize) -> Option<f64> {
        self.read(subject, actor, Missing::LeftOut)
    }

    /// A figure of an actor; a missing one counts as 0.
    #[must_use]
    pub fn or_zero(&self, subject: Subject, actor: usize) -> f64 {
        self.read(subject, actor, Missing::Zero).unwrap_or(0.0)
    }

    /// A figure of an actor as its weight in a decision; a missing one is no weight.
    #[must_use]
    pub fn weight(&self, subject: Subject, actor: usize) -> f64 {
        self.read(subject, actor, Missing::NoWeight).unwrap_or(0.0)
    }

    /// Notes that a figure of an actor was read elsewhere, as those behind the vote table are.
    pub fn note(&self, subject: Subject, actor: usize) {
        let _ = self.read(subject, actor, Missing::LeftOut);
    }

    /// The sum of a figure over all actors that have one.
    #[must_use]
    pub fn world(&self, subject: Subject) -> f64 {
        self.facts.world(subject)
    }

    fn read(&self, subject: Subject, actor: usize, missing: Missing) -> Option<f64> {
        if let Some(record) = self.record {
            let (measure, part) = self.purpose;
            record.borrow_mut().push(Reading { measure, part, subject, actor, missing });
        }
        self.facts.value(subject, actor)
    }
}
