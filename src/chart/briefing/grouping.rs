//! The page of a grouping: what it is, what it would do, and what stands against it.

use super::first::in_sentence;
use super::{Answered, Block, Material, Venue, between, is_same, mandate_words, value_words};
use crate::analysis::cautions;
use crate::analysis::measures::{self, Measure};
use crate::analysis::record::{Entry, record};
use crate::analysis::stuck::stops_most;
use crate::analysis::whatif::{self, Estimates};
use crate::chart::slide::{Staged, between_words, plain_verdict, told_measures, venue_in_sentence};
use crate::chart::words::{capital, count, listed, rounded, stops_words, told, uncapital};
use crate::chart::{Of, Table, TableRow};
use crate::model::{DecisionRule, Grouping, Relevance, Role};

/// What a grouping is, does, and what stands against it.
pub(super) fn grouping_page(of: &Material<'_>, at: usize, blocks: &mut Vec<Block>) {
    let one = &of.groupings[at];
    let (grouping, staged) = one;
    let venue = of.beside.get(at).and_then(Option::as_ref);
    blocks.push(Block::Heading(2, format!("{} · {}", grouping.letter(), grouping.name)));
    blocks.push(Block::Paragraph(format!(
        "Issue: {}. Decision rule: {}{}. Mandate: {}.",
        uncapital(&grouping.issue_words()),
        in_sentence(&grouping.rule.words()),
        rule_meaning(grouping),
        mandate_words(grouping)
    )));
    blocks.extend(members(of, grouping).into_iter().map(Block::Paragraph));
    if !grouping.notes.trim().is_empty() {
        blocks.push(Block::Small(grouping.notes.replace('\n', " ")));
    }
    blocks.push(Block::Heading(3, "What it would do".to_owned()));
    let beside = venue.filter(|(_, beside)| !is_same(staged, beside));
    blocks.push(Block::Table(figures(of, one, beside)));
    if let Some(words) = beside_words(venue, beside) {
        blocks.push(Block::Small(words));
    }
    if staged.case.voters.len() == 1 {
        let words = "One member alone cannot be stopped by another: its risk of deadlock is 0 % by itself and says nothing of \
                     the issue.";
        blocks.push(Block::Paragraph(words.to_owned()));
    } else if staged.report.deadlock.is_ok() {
        let found = stops_most(&whatif::removals(of.engine, staged.case), &Estimates::of(staged.report));
        blocks.push(Block::Paragraph(format!("{}.", stops_words(&of.engine.atlas, &grouping.name, found))));
        objections(of, staged, blocks);
    }
    let mind: Vec<String> = cautions(&staged.report.flags, &of.engine.atlas)
        .into_iter()
        .map(|caution| {
            let names: Vec<String> = caution.actors.iter().map(|id| of.engine.atlas.in_sentence(*id)).collect();
            let who = if names.is_empty() { String::new() } else { format!(" ({})", listed(&names)) };
            let rival = of.engine.atlas.in_sentence(of.workspace.assumptions.rival);
            let words = caution.words.replace("the rival", &rival);
            format!("{}{who}.", capital(&words))
        })
        .collect();
    if !mind.is_empty() {
        blocks.push(Block::Heading(3, "What to keep in mind".to_owned()));
        blocks.push(Block::Points(mind));
    }
}

/// “: more than half vote yes and nobody votes no”; a rule of one's own says it already.
fn rule_meaning(grouping: &Grouping) -> String {
    match &grouping.rule {
        DecisionRule::Named(rule) => format!(", that is: {}", rule.meaning()),
        DecisionRule::Custom(_) => String::new(),
    }
}

/// “Convened by Sweden. With it 12 members: …”.
fn members(of: &Material<'_>, grouping: &Grouping) -> Vec<String> {
    let names =
        |role: Role| -> Vec<String> { grouping.with_role(role).map(|id| of.engine.atlas.in_sentence(id)).collect() };
    let (convenors, members, observers) = (names(Role::Convenor), names(Role::Member), names(Role::Observer));
    let n = convenors.len() + members.len();
    let mut told = Vec::new();
    told.push(match (convenors.as_slice(), members.as_slice()) {
        ([], []) => "It has no members.".to_owned(),
        ([], _) => format!("{}, without a convenor: {}.", capital(&count(n, "member")), listed(&members)),
        (_, []) => {
            format!("Convened by {}, who {} no other member.", listed(&convenors), if n == 1 { "has" } else { "have" })
        }
        (_, _) => format!(
            "Convened by {}. Counting {}, {}; the others: {}.",
            listed(&convenors),
            if convenors.len() == 1 { "the convenor" } else { "the convenors" },
            count(n, "member"),
            listed(&members)
        ),
    });
    if !observers.is_empty() {
        told.push(format!("{}, without a vote: {}.", capital(&count(observers.len(), "observer")), listed(&observers)));
    }
    told
}

fn figures(of: &Material<'_>, (grouping, staged): &Answered<'_>, beside: Option<&Venue<'_>>) -> Table {
    let mut head = vec!["Measure".to_owned(), "Estimate".to_owned(), "How sure".to_owned()];
    if let Some((baseline, _)) = beside {
        head.extend([capital(&venue_in_sentence(*baseline)), format!("{} is", grouping.name)]);
    }
    let mut rows = Vec::new();
    for measure in told_measures() {
        let value = staged.report.value(measure);
        let mut row = TableRow::new(Of::Grouping(grouping.id), of.label(measure))
            .text(
                value.as_ref().map_or_else(|reason| format!("not defined: {reason}"), |_| value_words(measure, staged)),
            )
            .text(between_words(measure, staged.draws).unwrap_or_else(|| "–".to_owned()));
        if let Some((baseline, other)) = beside {
            let there = other.report.value(measure);
            let the = venue_in_sentence(*baseline);
            row = row
                .text(there.map_or_else(|_| "not defined".to_owned(), |value| told(measure, value)))
                .text(verdict_words(staged, other, measure, &the));
        }
        rows.push(row);
    }
    Table { head, rows }
}

/// “better than the G20”. Who is alone is not compared by a risk that others make.
fn verdict_words(one: &Staged<'_>, other: &Staged<'_>, measure: &Measure, the: &str) -> String {
    if *measure == measures::DEADLOCK && one.case.voters.len() == 1 {
        return "not compared, being alone".to_owned();
    }
    between(one, other, measure).map_or_else(|| "–".to_owned(), |found| plain_verdict(found, the))
}

/// What the venue in the table is put to.
fn beside_words(venue: Option<&Venue<'_>>, beside: Option<&Venue<'_>>) -> Option<String> {
    let what = capital(&venue_in_sentence(venue?.0));
    Some(match beside {
        Some(_) => format!(
            "{what} is put to the same issue and mandate here. Better or worse: at least 95 % of the draws agree; within the noise: \
             they do not."
        ),
        None => format!(
            "It has the members and the rule of {}: there is no other venue to set it beside.",
            venue_in_sentence(venue?.0)
        ),
    })
}

/// The roll calls that it would most likely fail on, those that matter most first.
fn objections(of: &Material<'_>, staged: &Staged<'_>, blocks: &mut Vec<Block>) {
    const MOST: usize = 6;
    let Ok(found) = record(of.engine, staged.case) else { return };
    let mut entries: Vec<&Entry> =
        found.entries.iter().filter(|entry| !entry.no.is_empty() && entry.pass < 0.5).collect();
    entries.sort_by(|a, b| b.fails().total_cmp(&a.fails()));
    blocks.push(Block::Heading(3, "Who would object to what".to_owned()));
    if entries.is_empty() {
        let words =
            "On none of the UN votes that count here would it be more likely to fail than to pass because of a no.";
        blocks.push(Block::Paragraph(words.to_owned()));
        return;
    }
    let all = entries.len();
    let shown = all.min(MOST);
    let which = if shown == all { count(all, "vote") } else { format!("the {shown} that weigh most of {all} votes") };
    let related = entries.iter().take(MOST).any(|entry| entry.relevance == Relevance::Related);
    let related = if related {
        let weight = rounded(100.0 * of.workspace.assumptions.related_weight);
        format!(
            " Votes marked “related” are on topics close to the issue and count {weight} % of one on the issue itself."
        )
    } else {
        String::new()
    };
    blocks.push(Block::Small(format!(
        "UN votes that it would more likely fail on than pass, and who of its members voted no: {which}.{related}"
    )));
    let head = ["Day", "Question", "Chance that it passes", "Voted no"].map(str::to_owned).to_vec();
    let rows = entries
        .into_iter()
        .take(MOST)
        .map(|entry| {
            let call = &of.engine.atlas.roll_calls.list[entry.call];
            let related = if entry.relevance == Relevance::Related { " (related)" } else { "" };
            TableRow::new(Of::Line, call.date.clone())
                .text(format!("{}{related}", call.title))
                .text(format!("{} %", rounded(100.0 * entry.pass)))
                .text(noes(of, entry))
        })
        .collect();
    blocks.push(Block::Table(Table { head, rows }));
}

fn noes(of: &Material<'_>, entry: &Entry) -> String {
    let names: Vec<&str> = entry.no.iter().map(|actor| of.engine.atlas.countries[*actor].name.as_str()).collect();
    if names.len() > 6 { format!("{} and {} more", names[..5].join(", "), names.len() - 5) } else { names.join(", ") }
}
