//! Cautions of one kind said once, with whom they are about.

use super::Flag;
use crate::data::{Atlas, CountryId};

/// What is to be known about some figures: one kind of caution, and the actors that it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Caution {
    /// The sentence: “no R&D figure: 22 members”, or that of the only one.
    pub words: String,
    /// Whom it is about; empty where it is about the whole case, or about one actor that the sentence names.
    pub actors: Vec<CountryId>,
}

/// The cautions of a report, each kind once, in the order in which they first come.
#[must_use]
pub fn cautions(flags: &[Flag], atlas: &Atlas) -> Vec<Caution> {
    let mut kinds: Vec<(&Flag, Vec<CountryId>)> = Vec::new();
    for flag in flags {
        match flag {
            Flag::Figure { actor, subject, how } => {
                let same = |(other, _): &&mut (&Flag, Vec<CountryId>)| matches!(other, Flag::Figure { subject: s, how: h, .. } if s == subject && h == how);
                match kinds.iter_mut().find(same) {
                    Some((_, actors)) => actors.push(*actor),
                    None => kinds.push((flag, vec![*actor])),
                }
            }
            other => kinds.push((other, Vec::new())),
        }
    }
    let told = |(flag, actors): (&Flag, Vec<CountryId>)| match (flag, actors.len()) {
        (Flag::Figure { subject, how, .. }, n) if n > 1 => {
            Caution { words: format!("{n} members, {subject}: {how}"), actors }
        }
        (flag, _) => Caution { words: flag.words(atlas), actors: Vec::new() },
    };
    kinds.into_iter().map(told).collect()
}
