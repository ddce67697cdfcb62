//! A list of stances by country, as it is pasted from a spreadsheet.

use super::Stance;
use crate::data::{Atlas, CountryId, Meant};

/// What was understood of a list, and what was not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StancesList {
    /// Countries with their stances, in the order of the list; `None` for the undecided.
    pub found: Vec<(CountryId, Option<Stance>)>,
    /// Each line that was not understood, with the reason.
    pub left_out: Vec<(String, String)>,
}

/// Reads a list of stances: a line each, the country and the stance parted by a tab, a semicolon or a comma. Names are understood as
/// everywhere, none is guessed; a head whose second column is no stance is passed over.
#[must_use]
pub fn read_stances(text: &str, atlas: &Atlas) -> StancesList {
    let mut list = StancesList::default();
    for (at, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        match read_line(line, atlas) {
            Ok((country, _)) if list.found.iter().any(|(other, _)| *other == country) => {
                list.left_out.push((line.to_owned(), format!("{} stands there twice", atlas.name(country))));
            }
            Ok(found) => list.found.push(found),
            // The heads of the columns.
            Err(Wrong::Both) if at == 0 => {}
            Err(wrong) => list.left_out.push((line.to_owned(), wrong.words().to_owned())),
        }
    }
    list
}

/// A stance by the words that people write; `None` for what is no stance.
///
/// ```
/// use convenor::model::{Stance, stance_of_words};
///
/// assert_eq!(stance_of_words("Leaning yes"), Some(Some(Stance::LeanYes)));
/// assert_eq!(stance_of_words("?"), Some(None));
/// assert_eq!(stance_of_words("perhaps"), None);
/// ```
#[must_use]
pub fn stance_of_words(words: &str) -> Option<Option<Stance>> {
    let words = words.trim().to_lowercase().replace(['_', '-'], " ");
    Some(Some(match words.trim() {
        "yes" | "y" | "firm yes" | "for" | "in favour" | "in favor" | "support" | "+" => Stance::Yes,
        "lean yes" | "leaning yes" | "yes?" | "y?" | "leans yes" => Stance::LeanYes,
        "abstain" | "abstains" | "abstention" | "a" => Stance::Abstain,
        "lean no" | "leaning no" | "no?" | "n?" | "leans no" => Stance::LeanNo,
        "no" | "n" | "firm no" | "against" | "oppose" => Stance::No,
        "undecided" | "unknown" | "?" | "" => return Some(None),
        _ => return None,
    }))
}

#[derive(Clone, Copy)]
enum Wrong {
    Column,
    Country,
    Stance,
    Both,
}

impl Wrong {
    fn words(self) -> &'static str {
        match self {
            Self::Column => "there is no second column",
            Self::Country | Self::Both => "no country is known by that name",
            Self::Stance => "that is no stance: yes, lean yes, abstain, lean no, no or undecided",
        }
    }
}

fn read_line(line: &str, atlas: &Atlas) -> Result<(CountryId, Option<Stance>), Wrong> {
    let mark = ['\t', ';', ','].into_iter().find(|mark| line.contains(*mark)).ok_or(Wrong::Column)?;
    // A comma may also stand within a name.
    let (name, words) = line.rsplit_once(mark).ok_or(Wrong::Column)?;
    let clean = |text: &str| text.trim().trim_matches('"').trim().to_owned();
    let stance = stance_of_words(&clean(words));
    match (atlas.names.meant(&clean(name)), stance) {
        (Meant::One(country), Some(stance)) => Ok((country, stance)),
        (Meant::One(_), None) => Err(Wrong::Stance),
        (_, Some(_)) => Err(Wrong::Country),
        (_, None) => Err(Wrong::Both),
    }
}
