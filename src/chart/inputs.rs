//! What a number rests on: which figures were read for it, where they come from, and how many are published.

use std::collections::HashMap;

use super::words::{count, some_of};
use crate::analysis::view::{Read, Reading};
use crate::analysis::{Case, Engine, Report};
use crate::data::{Facts, Subject};

/// How many of the figures needed are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Figures that stand in a published table, or are sums or products of such.
    pub published: usize,
    /// Figures needed.
    pub needed: usize,
}

impl Coverage {
    /// What it means, in a sentence.
    pub const MEANING: &'static str = "Of all figures that the measures take from actors, the share that is published; the \
                                       others are estimated, counted as 0 or left out.";

    /// The share, in per cent; `None` where nothing is needed.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a count of figures")]
    pub fn per_cent(self) -> Option<f64> {
        (self.needed > 0).then(|| 100.0 * self.published as f64 / self.needed as f64)
    }
}

/// How many of the figures that were read for a report are published; each is counted once.
#[must_use]
pub fn coverage(report: &Report, facts: &Facts) -> Coverage {
    let mut published: HashMap<(Subject, usize), bool> = HashMap::new();
    for reading in report.readings.iter() {
        *published.entry((reading.subject, reading.actor)).or_insert(true) &= reading.flag(facts).is_none();
    }
    Coverage { published: published.values().filter(|published| **published).count(), needed: published.len() }
}

/// The name of a figure, with a capital.
fn label(subject: Subject) -> String {
    let text = match subject {
        Subject::Votes => "votes in the General Assembly",
        _ => subject.label(),
    };
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first and the last year of figures.
fn years(read: &Read, case: &Case, engine: &Engine, facts: &Facts) -> Option<(u16, u16)> {
    let found: Vec<u16> = if read.subject == Subject::Votes {
        let list = &engine.atlas.roll_calls.list;
        engine.votes.used(case.issue).iter().filter_map(|used| Some(list.get(used.call)?.year)).collect()
    } else {
        read.of.iter().filter_map(|reading| facts.fact(reading.subject, reading.actor).year).collect()
    };
    found.iter().min().copied().zip(found.iter().max().copied())
}

/// One line a figure: how many are published, of which years, and by whom.
#[must_use]
pub(super) fn figures_behind(reads: &[Read], case: &Case, engine: &Engine) -> Vec<String> {
    let facts = engine.facts_of(case);
    let line = |read: &Read| {
        let years = match years(read, case, engine, &facts) {
            Some((from, to)) if from == to => format!(", {from}"),
            Some((from, to)) => format!(", {from}–{to}"),
            None => String::new(),
        };
        let sources: Vec<String> = facts
            .sources(read.subject, &read.actors())
            .iter()
            .map(|source| format!("{}, {}; licence: {}", source.title, source.publisher, source.licence_words()))
            .collect();
        let of = some_of(read.published(&facts), read.of.len());
        format!("{}: {of} published{years}. {}.", label(read.subject), sources.join(" / "))
    };
    let mut lines: Vec<String> = reads.iter().map(line).collect();
    if lines.is_empty() {
        lines.push("No figure of a member enters it.".to_owned());
    }
    lines
}

/// What is estimated or missing, one line a figure of an actor; at most `listed` of them.
#[must_use]
pub(super) fn cautions(reads: &[Read], case: &Case, engine: &Engine, listed: usize) -> Vec<String> {
    let facts = engine.facts_of(case);
    let line = |reading: &Reading| {
        let how = reading.flag(&facts)?;
        Some(format!("{}: {}, {how}", engine.atlas.countries[reading.actor].name, reading.subject.label()))
    };
    let mut lines: Vec<String> = reads.iter().flat_map(|read| &read.of).filter_map(line).collect();
    let all = lines.len();
    if all > listed {
        lines.truncate(listed);
        lines.push(format!("and {} more: see the inspector", all - listed));
    }
    lines.insert(
        0,
        match all {
            0 => "None of the figures is estimated or missing.".to_owned(),
            n => format!("{} estimated, counted as 0 or left out:", count(n, "figure")),
        },
    );
    lines
}
