//! A list of names that was pasted or typed.

use super::{Meant, Names};
use crate::data::CountryId;

/// What separates the items of a list for certain; a comma may belong to a name.
const SEPARATORS: [char; 5] = ['\n', '\r', '\t', ';', '|'];
/// Words that stand before the last item.
const AND: [&str; 7] = ["and ", "& ", "et ", "und ", "y ", "и ", "sowie "];

/// A list as it was understood. Nothing of it is left out: each item is in one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The actors that are certain, in order, each once.
    pub found: Vec<CountryId>,
    /// What may mean one of several actors, or only nearly one, with those; none of them is taken.
    pub uncertain: Vec<(String, Vec<CountryId>)>,
    /// What stands for nobody.
    pub not_understood: Vec<String>,
}

impl Names {
    /// Reads a list of codes or names, one a line or separated by semicolons, tabs or commas. `None` if the text is no list
    /// but one thing to search for.
    #[must_use]
    pub fn list(&self, text: &str) -> Option<Listed> {
        let items: Vec<&str> = text.split(SEPARATORS).map(str::trim).filter(|item| !item.is_empty()).collect();
        let mut listed = Listed::default();
        if let [one] = items[..] {
            if matches!(self.meant(one), Meant::One(_)) {
                return None;
            }
            self.read(one, &mut listed);
            let is_list = listed.found.len() >= 2 || (listed.found.len() == 1 && self.ranked(one).is_empty());
            return is_list.then_some(listed);
        }
        for item in &items {
            self.read(item, &mut listed);
        }
        (!items.is_empty()).then_some(listed)
    }

    /// One item: a name, or several with commas.
    fn read(&self, item: &str, listed: &mut Listed) {
        let item = bare(item);
        match self.meant_bare(item) {
            Meant::Nobody if item.is_empty() => {}
            Meant::Nobody if item.contains(',') => self.read_commas(item, listed),
            Meant::Nobody => self.read_words(item, listed),
            known => listed.put(item, known),
        }
    }

    /// The longest stretch that is a name goes first, since “Korea, Rep.” is one.
    fn read_commas(&self, item: &str, listed: &mut Listed) {
        let parts: Vec<&str> = item.split(',').map(bare).filter(|part| !part.is_empty()).collect();
        let mut at = 0;
        while at < parts.len() {
            let longest = (2..=3.min(parts.len() - at)).rev().find_map(|length| {
                let stretch = &parts[at..at + length];
                // Where each part is an actor of its own, they are several: “Hong Kong, China”.
                if stretch.iter().all(|part| matches!(self.meant(part), Meant::One(_))) {
                    return None;
                }
                let name = stretch.join(", ");
                let meant = self.meant(&name);
                matches!(meant, Meant::One(_)).then_some((length, name, meant))
            });
            if let Some((length, name, meant)) = longest {
                listed.put(&name, meant);
                at += length;
                continue;
            }
            match self.meant_bare(parts[at]) {
                Meant::Nobody => self.read_words(parts[at], listed),
                known => listed.put(parts[at], known),
            }
            at += 1;
        }
    }

    /// “Sweden and Finland”, or codes with nothing but spaces between them.
    fn read_words(&self, item: &str, listed: &mut Listed) {
        for and in AND {
            for (at, _) in item.match_indices(&format!(" {and}")) {
                let halves = [&item[..at], &item[at + 1 + and.len()..]].map(bare);
                let both = halves.map(|half| self.meant_bare(half));
                if !both.contains(&Meant::Nobody) {
                    for (half, meant) in halves.into_iter().zip(both) {
                        listed.put(half, meant);
                    }
                    return;
                }
            }
        }
        let codes: Vec<&str> = item.split_whitespace().collect();
        let is_code = |word: &&str| word.len() == 3 && matches!(self.meant(word), Meant::One(_));
        if codes.len() >= 2 && codes.iter().all(is_code) {
            for code in codes {
                listed.put(code, self.meant(code));
            }
        } else {
            listed.put(item, Meant::Nobody);
        }
    }

    /// The same as [`Self::meant`], also with a code of the same actor in brackets behind the name.
    fn meant_bare(&self, item: &str) -> Meant {
        let meant = self.meant(item);
        if meant == Meant::Nobody
            && let Some((name, rest)) = item.split_once('(')
            && let (Meant::One(name), Meant::One(code)) = (self.meant(name), self.meant(rest.trim_end_matches(')')))
            && name == code
        {
            return Meant::One(name);
        }
        meant
    }
}

/// Without bullets, numbers, quotes, a word such as “and” before it, and a point or comma behind it.
fn bare(item: &str) -> &str {
    let mut item = item.trim();
    loop {
        let before = item;
        item = item.trim_start_matches(|letter: char| "-–—•·*‣◦▪,\"“”„'".contains(letter)).trim_start();
        let digits = item.trim_start_matches(|letter: char| letter.is_ascii_digit());
        if digits.len() < item.len()
            && let Some(rest) = digits.strip_prefix(['.', ')'])
            && !rest.starts_with(|letter: char| letter.is_ascii_digit())
        {
            item = rest.trim_start();
        }
        for and in AND {
            let length = and.len();
            if item.get(..length).is_some_and(|start| start.eq_ignore_ascii_case(and)) {
                item = item[length..].trim_start();
            }
        }
        item = item.trim_end_matches(|letter: char| ",\"“”".contains(letter)).trim_end();
        if item == before {
            return item;
        }
    }
}

impl Listed {
    fn put(&mut self, item: &str, meant: Meant) {
        match meant {
            Meant::One(id) if self.found.contains(&id) => {}
            Meant::One(id) => self.found.push(id),
            Meant::Several(candidates) => self.uncertain.push((item.to_owned(), candidates)),
            Meant::Nobody => self.not_understood.push(item.to_owned()),
        }
    }
}
