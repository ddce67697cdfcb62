//! The first page: the question, the answer, what is compared, and the figures.

use super::answer::answer;
use super::{Block, Imprint, Material, mandate_words, venue_meaning, with_interval};
use crate::chart::slide::{Staged, told_measures};
use crate::chart::words::{count, listed, number_word, uncapital};
use crate::chart::{Of, Table, TableRow};
use crate::model::{Grouping, Issue, Role};

/// Question, answer, and the figures beside the venues.
pub(super) fn first_page(of: &Material<'_>, imprint: &Imprint, blocks: &mut Vec<Block>) {
    let workspace = of.workspace;
    blocks.push(Block::Heading(1, workspace.title.clone()));
    let about = [imprint.organisation.as_str(), imprint.date.as_str()];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    blocks.push(Block::Small(about.join(" · ")));
    blocks.push(Block::Heading(2, "The question".to_owned()));
    blocks.push(Block::Paragraph(question(of)));
    let notes = workspace.notes.lines().filter(|line| !line.trim().is_empty());
    blocks.extend(notes.map(|line| Block::Paragraph(line.to_owned())));
    if of.groupings.is_empty() {
        return;
    }
    blocks.push(Block::Heading(2, "The answer".to_owned()));
    let leads = answer(of, blocks);
    blocks.push(Block::Heading(2, "The figures".to_owned()));
    blocks.push(Block::Table(figures(of)));
    let explained = told_measures().filter_map(|measure| {
        let words = uncapital(measure.spoken?.line);
        let words = words.trim_end_matches('.');
        let lead = leads.iter().find(|(of, _)| *of == measure).map(|(_, words)| format!(" {words}"));
        Some(format!("{}: {words}.{}", of.label(measure), lead.unwrap_or_default()))
    });
    blocks.push(Block::Points(explained.collect()));
    blocks.push(Block::Small(reading(of)));
    blocks.push(Block::Heading(2, "What is compared".to_owned()));
    blocks.push(Block::Points(of.groupings.iter().map(|(grouping, _)| what(of, grouping)).collect()));
    if let Some(words) = unlike(of) {
        blocks.push(Block::Paragraph(words));
    }
    let venues = of.venues.iter().map(|(baseline, _)| *baseline);
    let meant: Vec<String> = venues.filter_map(venue_meaning).collect();
    blocks.push(Block::Small(meant.join(" ")));
}

fn question(of: &Material<'_>) -> String {
    let names: Vec<&str> = of.groupings.iter().map(|(grouping, _)| grouping.name.as_str()).collect();
    let issues = issues(of);
    match names.as_slice() {
        [] => "No grouping is proposed yet.".to_owned(),
        [one] => format!("What could {one} do on {}?", listed(&issues)),
        some => {
            let n = number_word(some.len());
            match issues.as_slice() {
                [issue] => format!("Which of these {n} designs would serve best on {issue}: {}?", listed(some)),
                issues => {
                    format!("What could each of these {n} do, on {}: {}?", listed(issues), listed(some))
                }
            }
        }
    }
}

/// An issue, to follow “on”.
fn issue_words(issue: Issue) -> String {
    match issue {
        Issue::General => "questions in general".to_owned(),
        Issue::Nuclear => "nuclear questions".to_owned(),
        other => other.label().to_lowercase(),
    }
}

/// The issues, each once.
fn issues(of: &Material<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (grouping, _) in of.groupings {
        let words = issue_words(grouping.issue);
        if !found.contains(&words) {
            found.push(words);
        }
    }
    found
}

/// “D · T-12: 12 members, convened by Sweden; consensus; one question in 12 months, ad hoc”.
fn what(of: &Material<'_>, grouping: &Grouping) -> String {
    let convenors: Vec<String> = grouping.with_role(Role::Convenor).map(|id| of.engine.atlas.in_sentence(id)).collect();
    let led =
        if convenors.is_empty() { "no convenor".to_owned() } else { format!("convened by {}", listed(&convenors)) };
    let rule = grouping.rule.words();
    let issue =
        if issues(of).len() > 1 { format!("{}; ", grouping.issue_words().to_lowercase()) } else { String::new() };
    format!(
        "{} · {}: {}, {led}; {issue}decides by {}; {}",
        grouping.letter(),
        grouping.name,
        count(grouping.voters(), "member"),
        in_sentence(&rule),
        mandate_words(grouping)
    )
}

/// The words of a rule within a sentence: names keep their capitals.
pub(super) fn in_sentence(rule: &str) -> String {
    if rule.starts_with("Security Council")
        || rule.starts_with("EU ")
        || rule.starts_with("UN ")
        || rule.starts_with("IMF")
    {
        format!("the {rule}")
    } else {
        uncapital(rule)
    }
}

/// Who has which issue, mandate and form, where they differ: “Not like for like …”.
fn unlike(of: &Material<'_>) -> Option<String> {
    let mut kinds: Vec<(String, Vec<String>)> = Vec::new();
    for (grouping, _) in of.groupings {
        let words = format!("{}, {}", grouping.issue_words().to_lowercase(), mandate_words(grouping));
        let letter = grouping.letter();
        match kinds.iter_mut().find(|(known, _)| *known == words) {
            Some((_, letters)) => letters.push(letter),
            None => kinds.push((words, vec![letter])),
        }
    }
    if kinds.len() < 2 {
        return None;
    }
    let told: Vec<String> = kinds.iter().map(|(words, letters)| format!("{}: {words}", listed(letters))).collect();
    Some(format!(
        "They are not put to the same task, so that a part of every difference comes from the task and not from who is in it ({}).",
        told.join("; ")
    ))
}

fn figures(of: &Material<'_>) -> Table {
    let mut table = Table { head: vec!["Grouping or venue".to_owned()], rows: Vec::new() };
    table.head.extend(told_measures().map(|measure| of.label(measure)));
    let row = |of: Of, name: String, staged: &Staged<'_>| {
        told_measures().fold(TableRow::new(of, name), |row, measure| row.text(with_interval(measure, staged)))
    };
    table.rows.extend(of.groupings.iter().map(|(grouping, staged)| {
        row(Of::Grouping(grouping.id), format!("{} · {}", grouping.letter(), grouping.name), staged)
    }));
    table.rows.extend(of.other_venues().iter().map(|(baseline, staged)| {
        row(Of::Baseline(*baseline), format!("For comparison: {}", baseline.label()), staged)
    }));
    table
}

/// How the figures are to be read.
fn reading(of: &Material<'_>) -> String {
    let mut words = vec![format!(
        "Estimates, not forecasts: what members would do if they voted as they did at the UN. In brackets the range that holds 90 % \
         of {} draws of what is uncertain. One is called better or worse than another where at least 95 % of the draws agree; \
         otherwise the difference is within the noise.",
        of.workspace.assumptions.draws
    )];
    let others = of.other_venues();
    let first = of.groupings.first().map_or("", |(grouping, _)| grouping.name.as_str());
    if !others.is_empty() && of.groupings.len() > 1 {
        words.push(format!("In this table the venues for comparison are put to the issue and mandate of {first}."));
    }
    let same: Vec<String> = of
        .venues
        .iter()
        .filter_map(|venue| {
            let (grouping, _) = of.same_as(venue)?;
            let what = crate::chart::slide::venue_in_sentence(venue.0);
            Some(format!("{} is {what}", grouping.letter()))
        })
        .collect();
    if !same.is_empty() {
        words.push(format!("Venues for comparison stand in the table themselves: {}.", listed(&same)));
    }
    words.join(" ")
}
