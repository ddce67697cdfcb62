//! The roll calls behind deadlock risk as lines of a table, and the sentence for all.

use std::cmp::Ordering;

use super::super::words::{count, fixed, percent};
use super::super::{Of, Table, TableRow};
use crate::analysis::record::{Entry, NOTICEABLE, Record};
use crate::analysis::{Case, Deadlock, Engine, Undefined};
use crate::data::{Ballot, RollCall, Topics, fold};
use crate::model::Relevance;

/// Before the topics of a roll call that is only related to the issue.
pub(super) const RELATED: &str = "related: ";

/// One roll call of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct CallLine {
    /// Its number in the table of roll calls.
    pub call: usize,
    /// What it is about: “technology, arms”, or “related: development”.
    pub topics: String,
    /// The actors that voted no, those whose no decides most often first.
    pub no: Vec<usize>,
    /// The one of them whose no decides most often; `None` where nobody's does in at least one case of twenty.
    pub decisive: Option<usize>,
    /// The actors that abstained.
    pub abstained: Vec<usize>,
    /// What a search is looked up in.
    found_by: String,
}

/// By what the lines are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// By the day of the vote.
    Date,
    /// By the title.
    Title,
    /// By the share of what is tabled.
    #[default]
    Weight,
    /// By the chance to pass.
    Pass,
    /// By how many members voted no.
    No,
}

impl By {
    /// All of them, in the order of the columns.
    pub const ALL: [Self; 5] = [Self::Date, Self::Title, Self::Weight, Self::Pass, Self::No];

    /// The head of the column.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Title => "roll call",
            Self::Weight => "weight",
            Self::Pass => "chance to pass",
            Self::No => "voted no",
        }
    }

    /// What a hover tells.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Date => "The day of the vote in the General Assembly",
            Self::Title => "What was voted on, with its symbol and topics",
            Self::Weight => {
                "The share of what is tabled in the grouping: more for what is recent and on the issue itself, and for what those \
                 who table would vote for"
            }
            Self::Pass => "The chance that the grouping would have passed it under its own rule",
            Self::No => "Who voted no. In strong type the member whose no decides most often",
        }
    }

    /// Whether large values stand first when the column is chosen.
    #[must_use]
    pub fn starts_high(self) -> bool {
        matches!(self, Self::Date | Self::Weight | Self::No)
    }
}

/// Which lines are asked for, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Words that title, symbol and topics must have; empty for all lines.
    pub text: String,
    /// By what they are sorted.
    pub by: By,
    /// Whether large values stand first.
    pub high_first: bool,
    /// Whether those that would fail stand before all others.
    pub fails_first: bool,
}

impl Default for Asked {
    fn default() -> Self {
        Self { text: String::new(), by: By::default(), high_first: true, fails_first: false }
    }
}

impl Asked {
    /// A click on the head of a column: sorts by it, or the other way round.
    pub fn click(&mut self, by: By) {
        self.high_first = if self.by == by { !self.high_first } else { by.starts_high() };
        self.by = by;
    }
}

/// The record of a case with its lines, one an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordLines {
    /// The record.
    pub record: Record,
    /// In the order of the entries.
    pub lines: Vec<CallLine>,
}

impl RecordLines {
    /// Puts a record into lines.
    #[must_use]
    pub fn new(engine: &Engine, case: &Case, record: Record) -> Self {
        let lines = record.entries.iter().map(|entry| line(engine, case, entry)).collect();
        Self { record, lines }
    }

    /// How many would rather fail than pass.
    #[must_use]
    pub fn failing(&self) -> usize {
        self.record.entries.iter().filter(|entry| fails(entry)).count()
    }

    /// Everything in one sentence.
    #[must_use]
    pub fn sentence(&self, name: &str, deadlock: &Deadlock) -> String {
        let weight: f64 = self.record.entries.iter().filter(|entry| fails(entry)).map(|entry| entry.weight).sum();
        let fail = match self.failing() {
            0 => "none of them would fail".to_owned(),
            n => format!("{n} of them would fail, with {} of the weight", percent(weight)),
        };
        format!("{} deadlock risk rests on {}; {fail}.", whose(name), deadlock.rests_on())
    }

    /// The numbers of the lines that are asked for, in order.
    #[must_use]
    pub fn shown(&self, engine: &Engine, asked: &Asked) -> Vec<usize> {
        let text = fold(&asked.text);
        let wanted: Vec<&str> = text.split_whitespace().collect();
        let fits = |at: &usize| wanted.iter().all(|word| self.lines[*at].found_by.contains(word));
        let mut shown: Vec<usize> = (0..self.lines.len()).filter(fits).collect();
        let entries = &self.record.entries;
        shown.sort_by(|a, b| {
            let failing = asked.fails_first.then(|| fails(&entries[*b]).cmp(&fails(&entries[*a])));
            let order = self.order(engine, asked.by, *a, *b);
            let order = if asked.high_first { order.reverse() } else { order };
            // Equal ones by what they weigh, heaviest first.
            let weight = || entries[*b].weight.total_cmp(&entries[*a].weight);
            failing.unwrap_or(Ordering::Equal).then(order).then_with(weight)
        });
        shown
    }

    fn order(&self, engine: &Engine, by: By, a: usize, b: usize) -> Ordering {
        let entry = |at: usize| &self.record.entries[at];
        let of = |at: usize| call_of(engine, self.lines[at].call);
        match by {
            By::Date => of(a).date.cmp(&of(b).date),
            By::Title => of(a).title.cmp(&of(b).title),
            By::Weight => entry(a).weight.total_cmp(&entry(b).weight),
            By::Pass => entry(a).pass.total_cmp(&entry(b).pass),
            By::No => self.lines[a].no.len().cmp(&self.lines[b].no.len()),
        }
    }

    /// Lines as plain figures, for the clipboard and for files.
    #[must_use]
    pub fn table(&self, engine: &Engine, shown: &[usize]) -> Table {
        let heads = [
            "date",
            "resolution",
            "title",
            "topics",
            "relevance",
            "weight, %",
            "chance to pass, %",
            "voted no",
            "its no decides",
            "abstained",
            "absent, modelled",
        ];
        let row = |at: &usize| {
            let (line, entry) = (&self.lines[*at], &self.record.entries[*at]);
            let call = call_of(engine, line.call);
            let names = |actors: &[usize]| names(engine, actors).join("; ");
            let cells = [
                call.resolution.clone(),
                call.title.clone(),
                line.topics.trim_start_matches(RELATED).to_owned(),
                if entry.relevance == Relevance::Direct { "direct" } else { "related" }.to_owned(),
                plain(100.0 * entry.weight),
                plain(100.0 * entry.pass),
                names(&line.no),
                line.decisive.map_or_else(String::new, |actor| engine.atlas.countries[actor].name.clone()),
                names(&line.abstained),
                names(&entry.modelled),
            ];
            cells.into_iter().fold(TableRow::new(Of::Line, call.date.clone()), TableRow::text)
        };
        Table { head: heads.map(str::to_owned).to_vec(), rows: shown.iter().map(row).collect() }
    }

    /// The line of a roll call; `None` if the record does not have it.
    #[must_use]
    pub fn find(&self, call: usize) -> Option<usize> {
        self.lines.iter().position(|line| line.call == call)
    }
}

/// Whether a roll call that is tabled would rather fail than pass.
#[must_use]
pub fn fails(entry: &Entry) -> bool {
    entry.weight > 0.0 && entry.pass < 0.5
}

/// Why there is no record, with the cure.
#[must_use]
pub fn no_record(reason: Undefined, name: &str) -> String {
    match reason {
        Undefined::APriori => {
            "In a-priori mode every vote is a coin flip, and no roll call counts. Turn the mode off in the \
                               inspector, under Deadlock risk and reach."
                .to_owned()
        }
        Undefined::NoVotingMember => {
            format!("{name} has no voting member yet. Add one, and the roll calls stand here.")
        }
        Undefined::OwnQuestions => format!(
            "{name} is about questions of your own, on which nobody has voted yet: the whip sheet (Alt+5) tells what a vote would \
             bring."
        ),
        Undefined::NoRollCall => format!(
            "No roll call bears on the issue of {name}, or the half-life leaves none any weight. Choose another issue or a longer \
             half-life."
        ),
        Undefined::NothingTabled => {
            format!("Those who convene {name} would table nothing on this issue. Choose other convenors.")
        }
        other => format!("There is no record of {name}: {other}."),
    }
}

/// “T-12’s”, “Digital Nations’”.
#[must_use]
pub fn whose(name: &str) -> String {
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// The names of actors.
#[must_use]
pub fn names(engine: &Engine, actors: &[usize]) -> Vec<String> {
    actors.iter().map(|actor| engine.atlas.countries[*actor].name.clone()).collect()
}

/// “India”, “India and Israel”, “India, Israel and 3 more”.
#[must_use]
pub fn some_names(engine: &Engine, actors: &[usize]) -> String {
    let name = |actor: usize| engine.atlas.countries[actor].in_sentence();
    match actors {
        [] => "nobody".to_owned(),
        [one] => name(*one),
        [one, two] => format!("{} and {}", name(*one), name(*two)),
        [one, two, three] => format!("{}, {} and {}", name(*one), name(*two), name(*three)),
        [one, two, rest @ ..] => format!("{}, {} and {} more", name(*one), name(*two), rest.len()),
    }
}

/// A roll call by its number.
#[must_use]
pub fn call_of(engine: &Engine, call: usize) -> &RollCall {
    &engine.atlas.roll_calls.list[call]
}

fn line(engine: &Engine, case: &Case, entry: &Entry) -> CallLine {
    let call = call_of(engine, entry.call);
    let decides = |actor: usize| case.actors().position(|other| other == actor).map_or(0.0, |at| entry.decisive[at]);
    // Whose no decides is asked of those who voted no; an absent member's no may decide more often, but nobody saw it.
    let mut no: Vec<(usize, f64)> = entry.no.iter().map(|actor| (*actor, decides(*actor))).collect();
    no.sort_by(|a, b| b.1.total_cmp(&a.1));
    let decisive = no.first().filter(|(_, chance)| *chance >= NOTICEABLE).map(|(actor, _)| *actor);
    let no: Vec<usize> = no.into_iter().map(|(actor, _)| actor).collect();
    let abstained = case.actors().filter(|actor| engine.votes.ballots(*actor)[entry.call] == Ballot::Abstain).collect();
    let words = topic_words(call.topics, case.issue.direct());
    let raw: Vec<&str> = call.topics.names().collect();
    CallLine {
        call: entry.call,
        found_by: fold(&format!("{} {} {words} {}", call.title, call.resolution, raw.join(" "))),
        topics: if entry.relevance == Relevance::Related { format!("{RELATED}{words}") } else { words },
        decisive,
        no,
        abstained,
    }
}

/// Topics in words, some of them first: “technology, arms”.
#[must_use]
pub fn topic_words(topics: Topics, first: Topics) -> String {
    let word = |(name, _): (&'static str, Topics)| match name {
        "me" => "Israeli–Arab conflict",
        "rights" => "human rights",
        "colonial" => "self-determination",
        "governance" => "the UN itself",
        other => other,
    };
    let listed = || Topics::NAMES.into_iter().filter(|(_, topic)| topics.meets(*topic));
    let (before, after): (Vec<_>, Vec<_>) = listed().partition(|(_, topic)| first.meets(*topic));
    let words: Vec<&str> = before.into_iter().chain(after).map(word).collect();
    if words.is_empty() { "no topic".to_owned() } else { words.join(", ") }
}

/// A number for a spreadsheet: up to four digits after the point.
fn plain(value: f64) -> String {
    fixed(value, 4).trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// “12 of 140 roll calls”.
#[must_use]
pub fn shown_words(shown: usize, all: usize) -> String {
    if shown == all { count(all, "roll call") } else { format!("{shown} of {}", count(all, "roll call")) }
}
