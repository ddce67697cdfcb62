//! What differs between two whip sheets, a sentence each.

use super::words::percent;
use crate::data::{Atlas, CountryId};
use crate::model::{Assumptions, Question, Stance, WhipRow, visible};

/// Questions that came, went or changed, and who stands elsewhere on them than before.
pub(super) fn question_changes(before: &Assumptions, after: &Assumptions, atlas: &Atlas) -> Vec<String> {
    let mut told = Vec::new();
    for old in before.questions.iter().filter(|old| after.question(old.id).is_none()) {
        told.push(format!("The question “{}” of your own is gone.", visible(&old.title)));
    }
    for new in &after.questions {
        let stances = new.stances.len();
        match before.question(new.id) {
            None if stances == 0 => told.push(format!("The question “{}” of your own is new.", visible(&new.title))),
            None => {
                let rows = super::count(stances, "row");
                told.push(format!("The question “{}” of your own is new, with {rows}.", visible(&new.title)));
            }
            Some(old) => told.extend(changes(old, new, atlas)),
        }
    }
    told
}

fn changes(old: &Question, new: &Question, atlas: &Atlas) -> Vec<String> {
    let mut told = Vec::new();
    let title = visible(&new.title);
    if old.title != new.title {
        told.push(format!("The question “{}” is called “{title}” now.", visible(&old.title)));
    }
    if old.weight.to_bits() != new.weight.to_bits() {
        told.push(format!("The question “{title}” weighs {} instead of {}.", new.weight, old.weight));
    }
    let nothing = WhipRow::default();
    let mut all: Vec<CountryId> = old.stances.keys().chain(new.stances.keys()).copied().collect();
    all.sort_unstable();
    all.dedup();
    for id in all {
        let [was, is] = [old, new].map(|of| of.stances.get(&id).unwrap_or(&nothing));
        let who = atlas.in_sentence(id);
        if was.stance != is.stance {
            told.push(format!("On “{title}” {who} is {} instead of {}.", words(is.stance), words(was.stance)));
        } else if was != is {
            told.push(format!("What is noted of {who} on “{title}” differs."));
        }
    }
    if told.is_empty() && old != new {
        told.push(format!("The question “{title}” differs in its details."));
    }
    told
}

fn words(stance: Option<Stance>) -> String {
    match stance {
        None => "undecided".to_owned(),
        Some(Stance::Yes) => "a firm yes".to_owned(),
        Some(Stance::LeanYes) => "leaning yes".to_owned(),
        Some(Stance::Abstain) => "an abstention".to_owned(),
        Some(Stance::LeanNo) => "leaning no".to_owned(),
        Some(Stance::No) => "a firm no".to_owned(),
        Some(Stance::Chances(yes, no)) => format!("yes by {} and no by {}", percent(yes), percent(no)),
    }
}
