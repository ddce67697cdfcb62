//! Finding actors by what people call them: one way to compare names, one ranking, wherever something is typed.

mod fold;
mod known;
mod list;

use std::collections::HashMap;

use self::fold::bag;
pub use self::fold::{fold, key};
use self::known::{FORMER_CODES, UNCERTAIN};
pub use self::list::Listed;
use super::table::Table;
use super::{Complaint, Country, CountryId};

/// Whom a word stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// This one and no other.
    One(CountryId),
    /// Not certain: those that may be meant, the likeliest first.
    Several(Vec<CountryId>),
    /// No actor has that code or name.
    Nobody,
}

/// How well a name fits what was typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is what was typed: a code or a name.
    Exact,
    /// It begins so.
    Start,
    /// It has all words that were typed.
    Words,
    /// Every typed word begins one of its words.
    Beginnings,
    /// What was typed is in it.
    Part,
}

/// An actor that what was typed fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The actor's number.
    pub actor: usize,
    /// How well.
    pub fit: Fit,
}

/// How a key fits another one; `None` if it does not. Both are as [`key`] makes them.
#[must_use]
pub fn fit(name: &str, wanted: &str) -> Option<Fit> {
    if name.starts_with(wanted) {
        return Some(if name.len() == wanted.len() { Fit::Exact } else { Fit::Start });
    }
    let has =
        |found: fn(&str, &str) -> bool| wanted.split(' ').all(|part| name.split(' ').any(|word| found(word, part)));
    if has(|word, part| word == part) {
        Some(Fit::Words)
    } else if has(|word, part| word.starts_with(part)) {
        Some(Fit::Beginnings)
    } else {
        name.contains(wanted).then_some(Fit::Part)
    }
}

/// Whose name it is that fits, for the order among those that fit as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The short English name.
    Short,
    /// Another English name.
    Other,
    /// A name in another language.
    Foreign,
}

/// How well a name fits, whose it is, and how many words it has where only some of them were typed.
type Likeness = (Fit, Kind, usize);

#[derive(Clone, Debug)]
struct Entry {
    names: Vec<(String, Kind)>,
    /// All keys, so that most actors are passed over at one look.
    all: String,
}

/// The actors by code, former code and name, in seven languages.
#[derive(Clone, Debug)]
pub struct Names {
    ids: Vec<CountryId>,
    entries: Vec<Entry>,
    codes: HashMap<String, usize>,
    /// By key and by bag: those that may be meant, and whether that is certain when it is one.
    by_key: HashMap<String, (Vec<usize>, bool)>,
    by_bag: HashMap<String, (Vec<usize>, bool)>,
}

impl Names {
    /// Of all actors, in the order of the atlas, with the table of names beside those of the actors themselves.
    ///
    /// # Errors
    /// Names the row whose actor is not known.
    pub(super) fn parse(countries: &[Country], file: &str, text: &str) -> Result<Self, Complaint> {
        let columns = ["iso3", "language", "name"];
        let table = Table::parse(file, text, &columns)?;
        let [iso3, language, name] = columns.map(|column| table.column(column));
        let mut names = Self::new(countries);
        for row in table.rows() {
            let id: CountryId = row.parse(iso3, "a country code")?;
            let Some(actor) = names.ids.iter().position(|known| *known == id) else {
                return Err(row.complain(format!("{id} is not in countries.csv")));
            };
            let kind = if row.text(language) == "en" { Kind::Other } else { Kind::Foreign };
            names.add(actor, row.text(name), kind);
            if row.text(language) == "de" {
                names.add(actor, &without_umlauts(row.text(name)), kind);
            }
        }
        names.add_uncertain();
        Ok(names)
    }

    fn new(countries: &[Country]) -> Self {
        let mut names = Self {
            ids: countries.iter().map(|country| country.id).collect(),
            entries: vec![Entry { names: Vec::new(), all: String::new() }; countries.len()],
            codes: HashMap::new(),
            by_key: HashMap::new(),
            by_bag: HashMap::new(),
        };
        for (actor, country) in countries.iter().enumerate() {
            names.codes.insert(key(&country.iso2), actor);
            names.codes.insert(key(country.id.as_str()), actor);
            names.add(actor, &country.name, Kind::Short);
            for name in std::iter::once(&country.official_name).chain(&country.alt_names) {
                names.add(actor, name, Kind::Other);
            }
        }
        for (code, id) in FORMER_CODES {
            if let Some(actor) = names.ids.iter().position(|known| *known == id) {
                names.codes.entry(key(code)).or_insert(actor);
            }
        }
        names
    }

    fn add(&mut self, actor: usize, name: &str, kind: Kind) {
        let with = key(name);
        // “Cote dIvoire” is found as well.
        let without = key(&fold(name).replace('\'', ""));
        for key in [with, without] {
            let entry = &mut self.entries[actor];
            if key.is_empty() || entry.names.iter().any(|(known, _)| *known == key) {
                continue;
            }
            entry.all.push_str(&key);
            entry.all.push('\n');
            let bag = bag(&key);
            entry.names.push((key.clone(), kind));
            for (map, key) in [(&mut self.by_key, key), (&mut self.by_bag, bag)] {
                let (actors, _) = map.entry(key).or_insert_with(|| (Vec::new(), true));
                if !actors.contains(&actor) {
                    actors.push(actor);
                }
            }
        }
    }

    fn add_uncertain(&mut self) {
        for (words, codes) in UNCERTAIN {
            let of_code = |code: &str| self.ids.iter().position(|id| id.as_str() == code);
            let actors: Vec<usize> = codes.split(' ').filter_map(of_code).collect();
            for word in words.split(';').map(key) {
                self.by_bag.insert(bag(&word), (actors.clone(), false));
                self.by_key.insert(word, (actors.clone(), false));
            }
        }
    }

    /// Whom a code or a name stands for, and no other: what may be read from a file without asking.
    #[must_use]
    pub fn meant(&self, text: &str) -> Meant {
        let (actors, certain) = self.exact(&key(text));
        match actors {
            [] => self.meant_twice(text),
            _ if self.is_two(text) => Meant::Nobody,
            [one] if certain => Meant::One(self.ids[*one]),
            several => Meant::Several(several.iter().map(|actor| self.ids[*actor]).collect()),
        }
    }

    /// “Burma/Myanmar”: two names of one.
    fn meant_twice(&self, text: &str) -> Meant {
        let mut parts = text.split('/').map(|part| self.exact(&key(part)));
        let first = parts.next();
        match (first, parts.next(), parts.next()) {
            (Some(([one], true)), Some(([other], true)), None) if one == other => Meant::One(self.ids[*one]),
            _ => Meant::Nobody,
        }
    }

    /// “China, Taiwan” names two, although “Taiwan, China” is a name of one.
    fn is_two(&self, text: &str) -> bool {
        let is_one = |part: &str| matches!(self.exact(&key(part)), ([_], true));
        text.contains(',') && !self.by_key.contains_key(&key(text)) && text.split(',').all(is_one)
    }

    fn exact(&self, key: &str) -> (&[usize], bool) {
        if let Some(actor) = self.codes.get(key) {
            return (std::slice::from_ref(actor), true);
        }
        let bag = bag(key);
        let found = self.by_key.get(key).or_else(|| self.by_bag.get(&bag).filter(|_| !bag.is_empty()));
        found.map_or((&[], false), |(actors, certain)| (actors, *certain))
    }

    /// The actors that what was typed fits, best first: code and name, then what begins so, then whole words, then parts of
    /// words; among equals the short English name first, then the shorter
    /// one, then by alphabet. All of them if nothing was typed.
    #[must_use]
    pub fn ranked(&self, text: &str) -> Vec<Hit> {
        let wanted = key(text);
        let mut exact = self.exact(&wanted).0.to_vec();
        if let (true, Meant::One(id)) = (exact.is_empty(), self.meant_twice(text)) {
            exact.extend(self.ids.iter().position(|known| *known == id));
        }
        let mut found: Vec<(Likeness, &str, usize)> = (0..self.entries.len())
            .filter(|actor| !exact.contains(actor))
            .filter_map(|actor| {
                let entry = &self.entries[actor];
                Some((entry.likeness(&wanted)?, entry.names[0].0.as_str(), actor))
            })
            .collect();
        found.sort_unstable();
        let exact = exact.into_iter().map(|actor| Hit { actor, fit: Fit::Exact });
        exact.chain(found.into_iter().map(|((fit, ..), _, actor)| Hit { actor, fit })).collect()
    }
}

impl Entry {
    fn likeness(&self, wanted: &str) -> Option<Likeness> {
        if !wanted.split(' ').all(|part| self.all.contains(part)) {
            return None;
        }
        let of_name = |(name, kind): &(String, Kind)| {
            let fit = fit_of_kind(name, *kind, wanted)?;
            let words = if fit > Fit::Start { name.split(' ').count() } else { 0 };
            Some((fit, *kind, words))
        };
        self.names.iter().filter_map(of_name).min()
    }
}

/// Names in other languages yield to English ones, so that a few Latin letters do not find half the world.
fn fit_of_kind(name: &str, kind: Kind, wanted: &str) -> Option<Fit> {
    let fit = fit(name, wanted)?;
    if kind != Kind::Foreign || !wanted.is_ascii() {
        return Some(fit);
    }
    match fit {
        Fit::Exact => Some(fit),
        Fit::Start | Fit::Words if wanted.len() >= 3 => Some(Fit::Beginnings),
        _ => None,
    }
}

/// “Oesterreich”: as German is typed where the keys are missing.
fn without_umlauts(name: &str) -> String {
    [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")]
        .into_iter()
        .fold(name.to_owned(), |name, (letter, two)| name.replace(letter, two))
}

#[cfg(test)]
mod tests {
    use super::{Fit, fit};

    #[test]
    fn the_beginning_of_a_name_fits_better_than_its_words_and_these_better_than_parts() {
        assert_eq!(fit("norway", "norway"), Some(Fit::Exact));
        assert_eq!(fit("norway", "nor"), Some(Fit::Start));
        assert_eq!(fit("make convenor", "convenor"), Some(Fit::Words));
        assert_eq!(fit("make convenor", "conv"), Some(Fit::Beginnings));
        assert_eq!(fit("new grouping from selection", "new sel"), Some(Fit::Beginnings));
        assert_eq!(fit("make convenor", "venor"), Some(Fit::Part));
        assert_eq!(fit("norway", "chad"), None);
    }
}
