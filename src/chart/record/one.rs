//! One roll call of a record: what was voted on, what the grouping would have made of it, and what each member did.

use super::super::words::percent;
use super::lines::{CallLine, RELATED, RecordLines, call_of, fails, names, some_names};
use crate::analysis::record::{Entry, MemberVote, NOTICEABLE};
use crate::analysis::{Case, Engine};
use crate::data::{Ballot, RollCall};
use crate::model::{DecisionRule, Grouping, NamedRule, Relevance};

/// Where a member stands, in the order in which members are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// It is among those who table.
    Tables,
    /// It voted no.
    No,
    /// It abstained.
    Abstained,
    /// It was absent: its vote is modelled.
    Absent,
    /// It voted yes.
    Yes,
}

/// A member and what it did.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberLine {
    /// The actor's number.
    pub actor: usize,
    /// Where it stands.
    pub stance: Stance,
    /// What it did: “yes”, “no, decisive (95 %)”, “absent, modelled: yes 84 %, no 3 %”.
    pub words: String,
    /// Whether its no decides noticeably often.
    pub decisive: bool,
}

/// One roll call in words.
#[derive(Clone, Debug, PartialEq)]
pub struct OneCall {
    /// What was voted on.
    pub title: String,
    /// “A/RES/78/241 · 22 December 2023 · adopted in the General Assembly by 152 to 4, 11 abstained”.
    pub about: String,
    /// “technology, arms · directly on the issue”.
    pub topics: String,
    /// “weighs 5.3 % of what is tabled · chance to pass 5 %”.
    pub figures: String,
    /// “By consensus T-12 would have failed on it: India voted no.”
    pub verdict: String,
    /// Every voting member: who tables, then who voted no, abstained, was absent, voted yes.
    pub members: Vec<MemberLine>,
}

impl RecordLines {
    /// All about the roll call of a line; `None` if there is no such line.
    #[must_use]
    pub fn one(&self, engine: &Engine, case: &Case, grouping: &Grouping, at: usize) -> Option<OneCall> {
        let (line, entry) = (self.lines.get(at)?, self.record.entries.get(at)?);
        let call = call_of(engine, line.call);
        let relevance = match entry.relevance {
            Relevance::Direct => "on the issue itself",
            Relevance::Related => "only related to the issue",
        };
        let mut members: Vec<MemberLine> =
            self.record.votes(engine, at).iter().map(|vote| member(vote, case.is_convened())).collect();
        members.sort_by_key(|line| (line.stance, !line.decisive));
        Some(OneCall {
            title: call.title.clone(),
            about: format!("{} · {} · {}", call.resolution, date_words(&call.date), result_words(engine, line.call)),
            topics: format!("{} · {relevance}", line.topics.trim_start_matches(RELATED)),
            figures: format!(
                "weighs {} of what is tabled · chance to pass {}",
                percent(entry.weight),
                percent(entry.pass)
            ),
            verdict: verdict(engine, grouping, line, entry),
            members,
        })
    }

    /// What a line says to those who do not see it.
    #[must_use]
    pub fn spoken(&self, engine: &Engine, at: usize) -> String {
        let (line, entry) = (&self.lines[at], &self.record.entries[at]);
        let RollCall { title, resolution, date, .. } = call_of(engine, line.call);
        let mut words = format!(
            "{title}, {resolution}, {date}, {}: weight {}, chance to pass {}",
            line.topics,
            percent(entry.weight),
            percent(entry.pass)
        );
        if !line.no.is_empty() {
            words = format!("{words}, voted no: {}", names(engine, &line.no).join(", "));
        }
        if let Some(actor) = line.decisive {
            words = format!("{words}, decisive: {}", engine.atlas.countries[actor].name);
        }
        if !line.abstained.is_empty() {
            words = format!("{words}, abstained: {}", names(engine, &line.abstained).join(", "));
        }
        words
    }
}

fn member(vote: &MemberVote, is_convened: bool) -> MemberLine {
    let modelled = || {
        let [yes, no] = vote.chances;
        format!("absent, modelled: yes {}, no {}", percent(yes), percent(no))
    };
    let tables = is_convened && vote.tables;
    let (stance, words) = match (tables, vote.ballot) {
        (true, Ballot::Yes) => (Stance::Tables, "tables it, voted yes".to_owned()),
        (true, Ballot::No) => (Stance::Tables, "tables it, though it voted no".to_owned()),
        (true, Ballot::Abstain) => (Stance::Tables, "tables it, though it abstained".to_owned()),
        (true, Ballot::Absent) => (Stance::Tables, format!("tables it; {}", modelled())),
        (false, Ballot::Yes) => (Stance::Yes, "yes".to_owned()),
        (false, Ballot::No) => (Stance::No, "no".to_owned()),
        (false, Ballot::Abstain) => (Stance::Abstained, "abstained".to_owned()),
        (false, Ballot::Absent) => (Stance::Absent, modelled()),
    };
    let decisive = vote.decisive >= NOTICEABLE;
    let words = if decisive { format!("{words} · decisive ({})", percent(vote.decisive)) } else { words };
    MemberLine { actor: vote.actor, stance, words, decisive }
}

/// “By consensus T-12 would have failed on it: India voted no.”
fn verdict(engine: &Engine, grouping: &Grouping, line: &CallLine, entry: &Entry) -> String {
    let (rule, name) = (by_rule(&grouping.rule), &grouping.name);
    if entry.weight <= 0.0 {
        return format!("Nobody in {name} who tables proposals would have tabled it.");
    }
    let chance = percent(entry.pass);
    let noes = || some_names(engine, &line.no);
    let reason = match (fails(entry), line.no.is_empty()) {
        (true, false) => format!(": {} voted no", noes()),
        (true, true) => ": nobody voted no, but too few voted yes".to_owned(),
        (false, false) => format!(", although {} voted no", noes()),
        (false, true) => String::new(),
    };
    let fate = match entry.pass {
        pass if pass >= 0.9 => "would have passed it".to_owned(),
        pass if pass >= 0.5 => format!("would probably have passed it (chance {chance})"),
        pass if pass > 0.1 => format!("would probably have failed on it (chance to pass {chance})"),
        _ => "would have failed on it".to_owned(),
    };
    format!("{rule} {name} {fate}{reason}.")
}

fn by_rule(rule: &DecisionRule) -> &'static str {
    match rule {
        DecisionRule::Named(NamedRule::Consensus) => "By consensus",
        DecisionRule::Named(NamedRule::Unanimity) => "By unanimity",
        DecisionRule::Named(NamedRule::SimpleMajority) => "By simple majority",
        DecisionRule::Named(NamedRule::TwoThirds) => "By two thirds",
        DecisionRule::Named(NamedRule::EuQualifiedMajority) => "By the EU’s qualified majority",
        DecisionRule::Named(NamedRule::SecurityCouncil) => "By the Security Council’s rule",
        DecisionRule::Named(NamedRule::PresentAndVoting) => "By a majority of those present and voting",
        DecisionRule::Named(NamedRule::TwoThirdsPresentAndVoting) => "By two thirds of those present and voting",
        DecisionRule::Custom(_) => "By its own rule",
    }
}

/// “adopted in the General Assembly by 152 to 4, 11 abstained”, counted from the ballots.
fn result_words(engine: &Engine, call: usize) -> String {
    let votes = &engine.atlas.roll_calls;
    let count = |wanted: Ballot| (0..votes.voters.len()).filter(|voter| votes.ballots(*voter)[call] == wanted).count();
    let (yes, no, abstained) = (count(Ballot::Yes), count(Ballot::No), count(Ballot::Abstain));
    let verb = if yes > no { "adopted" } else { "not adopted" };
    format!("{verb} in the General Assembly by {yes} to {no}, {abstained} abstained")
}

/// “22 December 2023” for “2023-12-22”; as it is where it is no such date.
fn date_words(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = date.splitn(3, '-').map(str::parse::<usize>);
    if let (Some(Ok(year)), Some(Ok(month @ 1..=12)), Some(Ok(day))) = (parts.next(), parts.next(), parts.next()) {
        return format!("{day} {} {year}", MONTHS[month - 1]);
    }
    date.to_owned()
}

#[cfg(test)]
mod tests {
    use super::date_words;

    #[test]
    fn dates_are_written_out() {
        assert_eq!(date_words("2023-12-22"), "22 December 2023");
        assert_eq!(date_words("2024-01-05"), "5 January 2024");
        assert_eq!(date_words("2024-13-05"), "2024-13-05");
        assert_eq!(date_words("unknown"), "unknown");
    }
}
