//! What source files use: every path in them, followed to the file that defines what it names.
//!
//! Seen are `use` in all its forms (nested, renamed, with a star, handed on), `extern crate`, and paths in code, types,
//! patterns, attributes and within macro calls, whether they begin with `crate`, `super`, `self`, the crate's name, an imported
//! name or a module beside. A name that a `mod.rs` hands on counts as a use of the file that defines it.
//!
//! Not seen is what needs the compiler: methods called on a value, which may be defined in another file than its type; what
//! a macro of another file writes at its place; macros called by their bare name; names that come by a star from another
//! crate; and whatever stands in a text, such as `#[path = "…"]` or `#[serde(with = "…")]`.

#[path = "tokens.rs"]
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use tokens::{Token, tokens};

/// The name of this crate, as `main.rs` knows it.
const CRATE: &str = "convenor";

/// A path as it is written, with the module that it is written in.
#[derive(Clone, Debug)]
struct Written {
    words: Vec<String>,
    /// The module it stands in: that of the file, and those within it.
    module: Vec<String>,
    in_tests: bool,
}

/// A name that `use` brings in.
#[derive(Clone, Debug)]
struct Import {
    /// `*` for all names there are.
    name: String,
    path: Written,
    /// Whether it is handed on: `pub use`.
    handed_on: bool,
}

/// A source file.
#[derive(Debug)]
struct Source {
    imports: Vec<Import>,
    /// Paths of more than one word outside of `use`.
    paths: Vec<Written>,
    /// Single words in code that may be imported names.
    names: Vec<Written>,
}

/// A use of one file or crate by another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The file that uses.
    pub from: String,
    /// The file that is used, or the path into another crate.
    pub to: To,
    /// Whether that is only in tests.
    pub in_tests: bool,
}

/// What is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum To {
    /// A file of this crate.
    File(String),
    /// A path of another crate, such as `std::fs::File`.
    Other(String),
}

struct Reader<'a> {
    tokens: &'a [Token],
    /// The file's own module.
    module: Vec<String>,
    source: Source,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn is(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at) == Some(&Token::Mark(mark))
    }

    /// Whether an attribute `#[cfg(test)]` ends right before a token, other attributes and `pub` between or not.
    fn is_for_tests(&self, mut at: usize) -> bool {
        loop {
            if at > 0 && self.word(at - 1) == Some("pub") {
                at -= 1;
            }
            if at == 0 || !self.is(at - 1, ']') {
                return false;
            }
            let mut depth = 0;
            let mut start = at;
            while start > 0 {
                start -= 1;
                depth += i32::from(self.is(start, ']')) - i32::from(self.is(start, '['));
                if depth == 0 {
                    break;
                }
            }
            let words: Vec<&str> = (start..at).filter_map(|place| self.word(place)).collect();
            if words == ["cfg", "test"] {
                return true;
            }
            at = start.saturating_sub(1);
        }
    }

    fn read(&mut self) {
        // Modules within the file, each with the depth of braces at which it ends.
        let mut within: Vec<(String, usize, bool)> = Vec::new();
        let (mut depth, mut at) = (0, 0);
        while at < self.tokens.len() {
            let mut module = self.module.clone();
            module.extend(within.iter().map(|(name, ..)| name.clone()));
            let in_tests = within.iter().any(|(.., tests)| *tests);
            if self.word(at) == Some("mod") && self.is(at + 2, '{') {
                let name = self.word(at + 1).unwrap_or_default().to_owned();
                within.push((name, depth, self.is_for_tests(at)));
                depth += 1;
                at += 3;
            } else if self.word(at) == Some("mod") && self.is(at + 2, ';') {
                at += 3;
            } else if self.word(at) == Some("extern") && self.word(at + 1) == Some("crate") {
                let words = vec!["::".to_owned(), self.word(at + 2).unwrap_or_default().to_owned()];
                self.source.paths.push(Written { words, module, in_tests });
                at += 3;
            } else if self.word(at) == Some("use") && !matches!(self.tokens.get(at + 1), Some(Token::Mark('<'))) {
                let before = at.checked_sub(1);
                let handed_on = before.is_some_and(|before| self.word(before) == Some("pub") || self.is(before, ')'));
                let in_tests = in_tests || self.is_for_tests(at);
                let mut found = Vec::new();
                at = self.tree(at + 1, &mut Vec::new(), &mut found);
                for (words, name) in found {
                    let path = Written { words, module: module.clone(), in_tests };
                    self.source.imports.push(Import { name, path, handed_on });
                }
            } else if self.is(at, '{') {
                depth += 1;
                at += 1;
            } else if self.is(at, '}') {
                depth -= 1;
                at += 1;
                if within.last().is_some_and(|(_, end, _)| *end == depth) {
                    within.pop();
                }
            } else if self.word(at).is_some() || self.tokens[at] == Token::Path {
                at = self.path(at, &Written { words: Vec::new(), module, in_tests });
            } else {
                at += 1;
            }
        }
    }

    /// Reads a path in code from its first word on; where it ends.
    fn path(&mut self, from: usize, written: &Written) -> usize {
        let after_point = from > 0 && self.is(from - 1, '.');
        let mut words: Vec<String> = Vec::new();
        let mut at = from;
        if self.tokens[at] == Token::Path {
            // `::name` begins with another crate; `<T as Trait>::name` and `Vec::<T>::name` do not.
            let begins = from == 0 || !(self.is(from - 1, '>') || self.word(from - 1).is_some());
            at += 1;
            if !begins || self.word(at).is_none() {
                return at;
            }
            words.push("::".to_owned());
        }
        while let Some(word) = self.word(at) {
            words.push(word.to_owned());
            if self.tokens.get(at + 1) != Some(&Token::Path) {
                at += 1;
                break;
            }
            at += 2;
        }
        let written = Written { words, ..written.clone() };
        // A field, a named argument or a method is no name of something elsewhere.
        let named = self.is(at, ':') || after_point;
        match written.words.len() {
            1 if !named => self.source.names.push(written),
            2.. if !after_point => self.source.paths.push(written),
            _ => {}
        }
        at.max(from + 1)
    }

    /// Reads a tree of `use` up to its end; each path with the name that it brings in.
    fn tree(&self, mut at: usize, before: &mut Vec<String>, found: &mut Vec<(Vec<String>, String)>) -> usize {
        let length = before.len();
        if self.tokens.get(at) == Some(&Token::Path) {
            before.push("::".to_owned());
            at += 1;
        }
        loop {
            if self.is(at, '{') {
                at += 1;
                while at < self.tokens.len() && !self.is(at, '}') {
                    at = self.tree(at, before, found);
                    at += usize::from(self.is(at, ','));
                }
                at += 1;
                break;
            }
            if self.is(at, '*') {
                found.push((before.clone(), "*".to_owned()));
                at += 1;
                break;
            }
            let Some(word) = self.word(at) else { break };
            let name = word.to_owned();
            at += 1;
            if self.tokens.get(at) == Some(&Token::Path) {
                before.push(name);
                at += 1;
                continue;
            }
            let mut path = before.clone();
            // `{self}` is the module itself.
            if name != "self" || path.is_empty() {
                path.push(name);
            }
            let mut name = path.last().cloned().unwrap_or_default();
            if self.word(at) == Some("as") {
                self.word(at + 1).unwrap_or("_").clone_into(&mut name);
                at += 2;
            }
            found.push((path, name));
            break;
        }
        before.truncate(length);
        at
    }
}

/// All files of a crate with what they use.
#[derive(Debug)]
pub struct Sources {
    /// By module, such as `["app", "cli"]`: the file, such as `app/cli.rs`.
    files: BTreeMap<Vec<String>, String>,
    read: BTreeMap<String, (Vec<String>, Source)>,
}

impl Sources {
    /// Reads files: their names below `src`, with `/`, and their texts.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let (mut modules, mut read) = (BTreeMap::new(), BTreeMap::new());
        for (name, text) in files {
            let module = module_of(name);
            let tokens = tokens(text);
            let source = Source { imports: Vec::new(), paths: Vec::new(), names: Vec::new() };
            let mut reader = Reader { tokens: &tokens, module: module.clone(), source };
            reader.read();
            read.insert(name.to_owned(), (module.clone(), reader.source));
            if name != "main.rs" {
                modules.insert(module, name.to_owned());
            }
        }
        Self { files: modules, read }
    }

    /// Every use, each once.
    pub fn uses(&self) -> BTreeSet<Use> {
        let mut uses = BTreeSet::new();
        for (name, (_, source)) in &self.read {
            let mut add = |path: &Written| {
                if let Some(to) = self.target(name, path) {
                    let own = matches!(&to, To::File(file) if file == name);
                    if !own {
                        uses.insert(Use { from: name.clone(), to, in_tests: path.in_tests });
                    }
                }
            };
            source.imports.iter().filter(|import| !import.handed_on).for_each(|import| add(&import.path));
            source.paths.iter().for_each(&mut add);
            for written in &source.names {
                // What a file only hands on it does not use; what it hands on and mentions it does.
                let imported =
                    source.imports.iter().filter(|import| import.handed_on && import.name == written.words[0]);
                imported.for_each(|import| add(&Written { in_tests: written.in_tests, ..import.path.clone() }));
                if let Some(path) = self.through_star(name, written) {
                    add(&path);
                }
            }
            // Handing on from another crate, or from another layer, is a use of it.
            for import in source.imports.iter().filter(|import| import.handed_on) {
                match self.target(name, &import.path) {
                    Some(To::File(file)) if layer_of(&file) == layer_of(name) => {}
                    _ => add(&import.path),
                }
            }
        }
        uses
    }

    /// The path of a name that comes in by a star from a module that hands it on.
    fn through_star(&self, file: &str, written: &Written) -> Option<Written> {
        let (_, source) = self.read.get(file)?;
        let stars = source.imports.iter().filter(|import| import.name == "*");
        stars.into_iter().find_map(|star| {
            let module = self.absolute(file, &star.path, &mut Vec::new())?;
            let (_, from) = self.read.get(self.files.get(module.get(1..)?)?)?;
            let name = &written.words[0];
            let handed_on = module[0] == "crate" && from.imports.iter().any(|import| import.name == *name);
            let mut words = star.path.words.clone();
            words.extend(written.words.iter().cloned());
            handed_on.then(|| Written { words, in_tests: written.in_tests, ..star.path.clone() })
        })
    }

    /// What a path in a file leads to; `None` for names that are not known, such as those of generic parameters.
    fn target(&self, file: &str, path: &Written) -> Option<To> {
        let words = self.absolute(file, path, &mut Vec::new())?;
        match words.first().map(String::as_str) {
            Some("crate") => self.defined(&words[1..], &mut Vec::new()).map(To::File),
            _ => Some(To::Other(words.join("::"))),
        }
    }

    /// A path from the root of the crate (`crate`, …) or of another crate.
    fn absolute(&self, file: &str, path: &Written, seen: &mut Vec<String>) -> Option<Vec<String>> {
        let (first, rest) = path.words.split_first()?;
        let from_crate = |module: &[String], rest: &[String]| {
            let root = std::iter::once("crate".to_owned());
            Some(root.chain(module.iter().cloned()).chain(rest.iter().cloned()).collect())
        };
        match first.as_str() {
            "crate" => return from_crate(&[], rest),
            CRATE if file == "main.rs" => return from_crate(&[], rest),
            "::" => return Some(rest.to_vec()),
            "self" => return from_crate(&path.module, rest),
            "super" => {
                let ups = path.words.iter().take_while(|word| *word == "super").count();
                let module = &path.module[..path.module.len().checked_sub(ups)?];
                return from_crate(module, &path.words[ups..]);
            }
            _ => {}
        }
        let (_, source) = self.read.get(file)?;
        let imported = source.imports.iter().filter(|import| import.name == *first && import.path.words != path.words);
        // Two imports of one name are of different kinds, such as a module and a function: the one that leads on is meant.
        for import in imported {
            let key = format!("{file}: {}", import.path.words.join("::"));
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            if let Some(mut words) = self.absolute(file, &import.path, seen) {
                words.extend(rest.iter().cloned());
                return Some(words);
            }
        }
        // A module beside, or within.
        let mut beside = path.module.clone();
        beside.push(first.clone());
        if self.files.contains_key(&beside) {
            return from_crate(&beside, rest);
        }
        // One that comes in by a star.
        for star in source.imports.iter().filter(|import| import.name == "*" && import.path.words != path.words) {
            let Some(module) = self.absolute(file, &star.path, &mut vec![format!("{file}: {first}")]) else { continue };
            let mut beside = module.get(1..).unwrap_or_default().to_vec();
            beside.push(first.clone());
            if module[0] == "crate" && self.files.contains_key(&beside) && !rest.is_empty() {
                return from_crate(&beside, rest);
            }
        }
        let is_crate = first.chars().next().is_some_and(char::is_lowercase);
        is_crate.then(|| path.words.clone())
    }

    /// The file that defines what a path from the root of the crate names.
    fn defined(&self, words: &[String], seen: &mut Vec<Vec<String>>) -> Option<String> {
        if seen.contains(&words.to_vec()) {
            return None;
        }
        seen.push(words.to_vec());
        // The longest part of it that is a module with a file.
        let known = (0..=words.len()).rev().find(|length| self.files.contains_key(&words[..*length]))?;
        let file = self.files.get(&words[..known])?;
        let Some(name) = words.get(known) else { return Some(file.clone()) };
        let (_, source) = self.read.get(file)?;
        let follow = |import: &Import, seen: &mut Vec<Vec<String>>| {
            let mut path = self.absolute(file, &import.path, &mut Vec::new())?;
            if path.first().is_none_or(|first| first != "crate") {
                return None;
            }
            let more = if import.name == "*" { known } else { known + 1 };
            path.extend(words[more..].iter().cloned());
            self.defined(&path[1..], seen)
        };
        let named = source.imports.iter().filter(|import| import.name == *name);
        if let Some(found) = named.into_iter().find_map(|import| follow(import, seen)) {
            return Some(found);
        }
        let defines = |file: &str, name: &str| self.read.get(file).is_some_and(|(_, source)| source.defines(name));
        if !defines(file, name) {
            let stars = source.imports.iter().filter(|import| import.name == "*" && import.handed_on);
            if let Some(found) = stars.into_iter().find_map(|import| follow(import, seen)) {
                return Some(found);
            }
        }
        Some(file.clone())
    }
}

impl Source {
    /// Whether a name stands in the file by itself, as where it is defined.
    fn defines(&self, name: &str) -> bool {
        self.names.iter().any(|written| written.words[0] == name)
    }
}

/// The module that a file is: `app/cli.rs` and `app/cli/mod.rs` are `["app", "cli"]`.
fn module_of(name: &str) -> Vec<String> {
    let mut module: Vec<String> = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

/// The folder right below `src` that a file is in; that of `main.rs` is `main`.
pub fn layer_of(name: &str) -> &str {
    name.split(['/', '.']).next().unwrap_or_default()
}

/// The circles of files that use each other, each by the names of its files.
pub fn circles<'a>(uses: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Vec<&'a str>> {
    let mut after: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in uses {
        after.entry(from).or_default().insert(to);
    }
    let reached = |from: &'a str| {
        let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(file) = open.pop() {
            for next in after.get(file).into_iter().flatten() {
                if reached.insert(*next) {
                    open.push(next);
                }
            }
        }
        reached
    };
    let by_file: BTreeMap<&str, BTreeSet<&str>> = after.keys().map(|file| (*file, reached(file))).collect();
    let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (file, reached) in by_file.iter().filter(|(file, reached)| reached.contains(*file)) {
        let both = reached.iter().filter(|other| by_file.get(*other).is_some_and(|back| back.contains(file)));
        circles.insert(both.copied().collect());
    }
    circles.into_iter().collect()
}
