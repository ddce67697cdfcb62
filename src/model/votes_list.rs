//! A list of votes by country, as it is pasted from a spreadsheet.

use super::{NumberKind, read_number};
use crate::data::{Atlas, CountryId, Meant};

/// What was understood of a list, and what was not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VotesList {
    /// Countries with their votes, in the order of the list.
    pub found: Vec<(CountryId, f64)>,
    /// A sentence for each line that was not understood.
    pub left_out: Vec<String>,
}

/// Reads a list of votes: a line each, the country and the number parted by a tab, a semicolon or a comma. Names are understood as
/// everywhere, none is guessed; a head without a number is passed over.
#[must_use]
pub fn read_votes(text: &str, atlas: &Atlas) -> VotesList {
    let mut list = VotesList::default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for (at, line) in lines.enumerate() {
        match read_line(line, atlas) {
            Ok((country, votes)) => match list.found.iter_mut().find(|(other, _)| *other == country) {
                Some(_) => list.left_out.push(format!("“{line}”: {} stands there twice.", atlas.name(country))),
                None => list.found.push((country, votes)),
            },
            // The heads of the columns.
            Err(_) if at == 0 && !line.chars().any(|letter| letter.is_ascii_digit()) => {}
            Err(why) => list.left_out.push(format!("“{line}”: {why}")),
        }
    }
    list
}

fn read_line(line: &str, atlas: &Atlas) -> Result<(CountryId, f64), String> {
    let marks = ['\t', ';', ','];
    let Some(mark) = marks.into_iter().find(|mark| line.contains(*mark)) else {
        return Err("there is no second column.".to_owned());
    };
    // A comma may also stand within a name, or within the number.
    let splits: Vec<usize> = line.match_indices(mark).map(|(at, _)| at).collect();
    let parts = |at: usize| (line[..at].trim().trim_matches('"'), line[at + 1..].trim().trim_matches('"'));
    let found = splits.iter().find_map(|at| match atlas.names.meant(parts(*at).0) {
        Meant::One(country) => Some((country, parts(*at).1)),
        Meant::Several(_) | Meant::Nobody => None,
    });
    let Some((country, number)) = found else {
        return Err("no country is known by that name.".to_owned());
    };
    let votes = read_number(number, NumberKind::Any)?;
    if votes < 0.0 { Err("votes are not less than 0.".to_owned()) } else { Ok((country, votes)) }
}
