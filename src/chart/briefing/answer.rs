//! What the figures answer: which grouping is best, on what, and where they do not tell.

use std::collections::BTreeSet;

use super::{Answered, Block, Material, between, value_words};
use crate::analysis::measures::{self, Measure};
use crate::analysis::uncertainty::Verdict;
use crate::chart::slide::{self, Extras, Stage, told_measures};
use crate::chart::words::{listed, number_word, told, uncapital};
use crate::model::{Slide, SlideKind};

/// The answer, in a sentence and what belongs to it; and for every measure who leads, a sentence each.
pub(super) fn answer(of: &Material<'_>, blocks: &mut Vec<Block>) -> Vec<(&'static Measure, String)> {
    let mut by_measure = Vec::new();
    // Who is alone cannot be stopped by another, so that it is no rival of the others.
    let (several, alone): (Vec<&Answered<'_>>, Vec<&Answered<'_>>) =
        of.groupings.iter().partition(|(_, staged)| staged.case.voters.len() > 1);
    let issues: BTreeSet<_> = of.groupings.iter().map(|(grouping, _)| grouping.issue).collect();
    if issues.len() > 1 {
        let words = "They work on different issues, so that none is called the best: each is set beside a venue on its own issue";
        blocks.push(Block::Lead(sentence(words)));
        blocks.push(Block::Points((0..of.groupings.len()).map(|at| sentence(&stated(of, at))).collect()));
        return Vec::new();
    }
    if several.len() < 2 {
        let at = of.groupings.iter().position(|(_, staged)| staged.case.voters.len() > 1).unwrap_or(0);
        blocks.push(Block::Lead(sentence(&stated(of, at))));
    } else {
        let leads = Leads::of(&several);
        blocks.push(Block::Lead(sentence(&leads.words(of))));
        by_measure = leads.by_measure();
    }
    if several.len() > 1 || of.groupings.len() > 1 {
        let words = alone.iter().filter_map(|one| alone_words(of, one));
        blocks.extend(words.map(Block::Paragraph));
    }
    by_measure
}

fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}

/// The statement of a slide with the grouping beside the venue.
fn stated(of: &Material<'_>, at: usize) -> String {
    let groupings: &[Answered<'_>] = of.groupings.get(at..=at).unwrap_or_default();
    let slide = Slide {
        kind: SlideKind::One,
        groupings: groupings.iter().map(|(grouping, _)| std::sync::Arc::new((*grouping).clone())).collect(),
        assumptions: of.workspace.assumptions.clone(),
        ..Slide::default()
    };
    slide::statement(&Stage {
        engine: of.engine,
        slide: &slide,
        groupings,
        baseline: of.beside.get(at).copied().flatten(),
        extras: Extras::default(),
        organisation: "",
        handling: "",
        number: (1, 1),
        hides: false,
        lit: None,
    })
}

/// “Going alone has one member, whom nobody else can stop: …”.
fn alone_words(of: &Material<'_>, (grouping, staged): &Answered<'_>) -> Option<String> {
    let value = |measure: &Measure| staged.report.value(measure).ok().map(|value| told(measure, value));
    let others: Vec<String> = told_measures()
        .filter(|measure| **measure != measures::DEADLOCK)
        .filter_map(|measure| Some(format!("{} {}", uncapital(&of.label(measure)), value(measure)?)))
        .collect();
    let risk = value(&measures::DEADLOCK)?;
    Some(format!(
        "{} is not ranked with them: it has one member, whom nobody else can stop, so that its risk of {risk} says nothing. Its other \
         figures: {}.",
        grouping.name,
        listed(&others)
    ))
}

/// Who leads on which measure: nobody else is better beyond the noise.
struct Leads<'a> {
    several: &'a [&'a Answered<'a>],
    /// The measures that anybody has a figure of, and who leads on each, as numbers in `several`.
    of: Vec<(&'static Measure, Vec<usize>)>,
}

impl<'a> Leads<'a> {
    fn of(several: &'a [&'a Answered<'a>]) -> Self {
        let leading = |measure: &'static Measure| -> Vec<usize> {
            (0..several.len())
                .filter(|at| {
                    let (_, own) = several[*at];
                    own.report.value(measure).is_ok()
                        && several.iter().all(|(_, other)| between(own, other, measure) != Some(Verdict::Second))
                })
                .collect()
        };
        let of = told_measures().map(|measure| (measure, leading(measure))).filter(|(_, who)| !who.is_empty());
        Self { several, of: of.collect() }
    }

    fn name(&self, at: usize) -> &str {
        &self.several[at].0.name
    }

    fn value(&self, at: usize, measure: &Measure) -> String {
        value_words(measure, &self.several[at].1)
    }

    fn words(&self, of: &Material<'_>) -> String {
        let n = self.of.len();
        let count_of = |at: usize| self.of.iter().filter(|(_, who)| who.contains(&at)).count();
        let most = (0..self.several.len()).map(count_of).max().unwrap_or(0);
        let first: Vec<usize> = (0..self.several.len()).filter(|at| count_of(*at) == most).collect();
        let on = if most == n {
            format!("all {}", number_word(n))
        } else {
            format!("{} of {}", number_word(most), number_word(n))
        };
        match first.as_slice() {
            _ if n == 0 => "None of them has a figure to be compared by".to_owned(),
            [one] => {
                let led = self.of.iter().filter(|(_, who)| who.contains(one));
                let led: Vec<String> = led
                    .map(|(measure, _)| format!("{} {}", uncapital(&of.label(measure)), self.value(*one, measure)))
                    .collect();
                let but: Vec<String> = self
                    .of
                    .iter()
                    .filter(|(_, who)| !who.contains(one))
                    .filter_map(|(measure, who)| {
                        let better = *who.first()?;
                        Some(format!(
                            "{} ({}, against {} of {})",
                            uncapital(&of.label(measure)),
                            self.value(*one, measure),
                            self.value(better, measure),
                            self.name(better)
                        ))
                    })
                    .collect();
                let but = if but.is_empty() { String::new() } else { format!("; it is behind on {}", listed(&but)) };
                format!(
                    "{} is best, or within the noise of the best, on {on} measures: {}{but}",
                    self.name(*one),
                    listed(&led)
                )
            }
            some => {
                let names: Vec<&str> = some.iter().map(|at| self.name(*at)).collect();
                format!(
                    "The figures do not single one out: {} are each best, or within the noise of the best, on {on} measures",
                    listed(&names)
                )
            }
        }
    }

    /// A sentence for every measure: who leads, by letter.
    fn by_measure(&self) -> Vec<(&'static Measure, String)> {
        let line = |(measure, who): &(&'static Measure, Vec<usize>)| {
            let letters: Vec<String> = who.iter().map(|at| self.several[*at].0.letter()).collect();
            let words = match who.len() {
                1 => format!("{} is best.", letters[0]),
                n if n == self.several.len() => "The figures tell none of them apart.".to_owned(),
                _ => format!("{} are ahead, within the noise of one another.", listed(&letters)),
            };
            (*measure, words)
        };
        self.of.iter().map(line).collect()
    }
}
