//! The record in words: lines, orders, filter, table, the sentence, and one roll call.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use convenor::analysis::record::NOTICEABLE;
use convenor::analysis::{Case, record};
use convenor::chart::record::{Asked, By, RecordLines, Stance, call_of, fails, no_record, some_names, whose};
use convenor::data::Ballot;
use convenor::model::{Assumptions, DecisionRule, Grouping, GroupingId, Issue, NamedRule, Relevance, Role, Seat};
use engine::engine;

const T12: &str = "USA FRA DEU JPN GBR AUS CAN KOR FIN SWE IND ISR";

/// T-12 on technology, convened by Sweden.
fn grouping() -> Grouping {
    let mut grouping = Grouping::new(GroupingId(1), "T-12", 0);
    grouping.issue = Issue::Technology;
    let seat = |code: &str| Seat::new(code.parse().unwrap(), if code == "SWE" { Role::Convenor } else { Role::Member });
    grouping.seats = T12.split(' ').map(seat).collect();
    grouping
}

fn lines_of(grouping: &Grouping) -> (Case, RecordLines) {
    let case = Case::of(&engine().atlas, grouping, &Assumptions::default());
    let record = record::record(engine(), &case).unwrap();
    let lines = RecordLines::new(engine(), &case, record);
    (case, lines)
}

fn actor(code: &str) -> usize {
    engine().atlas.actor(code.parse().unwrap()).unwrap()
}

/// The number of a roll call.
fn call(resolution: &str) -> usize {
    engine().atlas.roll_calls.list.iter().position(|call| call.resolution == resolution).unwrap()
}

#[test]
fn a_line_an_entry_and_each_says_who_voted_how() {
    let (case, lines) = lines_of(&grouping());
    assert_eq!(lines.lines.len(), lines.record.entries.len());
    assert!(lines.lines.len() > 100);
    for (line, entry) in lines.lines.iter().zip(&lines.record.entries) {
        assert_eq!(line.call, entry.call);
        let voted = |wanted: Ballot| -> Vec<usize> {
            case.actors().filter(|actor| engine().votes.ballots(*actor)[line.call] == wanted).collect()
        };
        let mut no = line.no.clone();
        no.sort_unstable();
        assert_eq!(no, voted(Ballot::No));
        assert_eq!(line.abstained, voted(Ballot::Abstain));
        assert!(line.decisive.is_none_or(|actor| line.no[0] == actor), "the decisive no stands first");
        assert_eq!(line.topics.starts_with("related: "), entry.relevance == Relevance::Related);
    }
    let weapons = lines.find(call("A/RES/78/241")).unwrap();
    assert_eq!(lines.lines[weapons].topics, "technology, arms");
    assert_eq!(lines.lines[weapons].decisive, Some(actor("IND")));
}

/// Simple majority of three, where somebody who was absent may decide more often than the one who said no.
#[test]
fn whose_no_decides_is_asked_of_those_who_said_no() {
    let mut grouping = grouping();
    grouping.rule = DecisionRule::Named(NamedRule::SimpleMajority);
    let mut hidden = 0;
    for codes in [["USA", "SYC", "FRA"], ["USA", "PLW", "GBR"], ["ISR", "NRU", "CAN"], ["USA", "SSD", "DEU"]] {
        grouping.seats = codes.iter().map(|code| Seat::new(code.parse().unwrap(), Role::Member)).collect();
        let (case, lines) = lines_of(&grouping);
        let actors: Vec<usize> = case.actors().collect();
        for (line, entry) in lines.lines.iter().zip(&lines.record.entries) {
            let decides = |actor: usize| entry.decisive[actors.iter().position(|other| *other == actor).unwrap()];
            let most = entry.no.iter().copied().max_by(|a, b| decides(*a).total_cmp(&decides(*b)));
            assert_eq!(
                line.decisive.map(&decides),
                most.map(&decides).filter(|chance| *chance >= NOTICEABLE),
                "{codes:?} {}",
                call_of(engine(), line.call).resolution
            );
            let absent = entry.modelled.iter().map(|actor| decides(*actor)).fold(0.0, f64::max);
            hidden += usize::from(line.decisive.is_some_and(|actor| decides(actor) < absent));
        }
    }
    assert!(hidden > 0, "no roll call is of the kind");
}

#[test]
fn orders_are_kept_and_a_filter_finds_in_title_symbol_and_topics() {
    let (_, lines) = lines_of(&grouping());
    let entries = &lines.record.entries;
    let shown = |asked: &Asked| lines.shown(engine(), asked);
    let all = shown(&Asked::default());
    assert_eq!(all.len(), lines.lines.len());
    assert!(all.is_sorted_by(|a, b| entries[*a].weight >= entries[*b].weight));
    let mut stable: Vec<usize> = (0..entries.len()).collect();
    stable.sort_by(|a, b| entries[*b].weight.total_cmp(&entries[*a].weight));
    assert_eq!(all, stable, "equal ones in the order of the table");
    let calls = &engine().atlas.roll_calls.list;
    for by in By::ALL {
        for high_first in [false, true] {
            let order = shown(&Asked { by, high_first, ..Asked::default() });
            let sorted = order.is_sorted_by(|a, b| {
                let of = |at: usize| &calls[lines.lines[at].call];
                let (a, b) = if high_first { (*b, *a) } else { (*a, *b) };
                match by {
                    By::Date => of(a).date <= of(b).date,
                    By::Title => of(a).title <= of(b).title,
                    By::Weight => entries[a].weight <= entries[b].weight,
                    By::Pass => entries[a].pass <= entries[b].pass,
                    By::No => lines.lines[a].no.len() <= lines.lines[b].no.len(),
                }
            });
            assert!(sorted, "{by:?}, {high_first}");
            let mut same = order.clone();
            same.sort_unstable();
            assert_eq!(same, (0..lines.lines.len()).collect::<Vec<_>>());
        }
    }
    let first = shown(&Asked { fails_first: true, ..Asked::default() });
    let failing = lines.failing();
    assert!(failing > 0 && failing < first.len());
    assert!(first.iter().enumerate().all(|(at, line)| fails(&entries[*line]) == (at < failing)));
    let found = |text: &str| shown(&Asked { text: text.to_owned(), ..Asked::default() });
    let weapons = lines.find(call("A/RES/78/241")).unwrap();
    assert!(found("AUTONOMOUS lethal").contains(&weapons), "in any order, in any case");
    assert_eq!(found("78/241"), [weapons]);
    assert!(found("arms").contains(&weapons) && found("arms").len() < all.len());
    assert!(found("human rights").iter().all(|at| lines.lines[*at].topics.contains("human rights")));
    assert!(!found("human rights").is_empty());
    assert!(found("no such words").is_empty());
}

#[test]
fn a_click_on_a_head_sorts_and_the_next_turns_round() {
    let mut asked = Asked::default();
    asked.click(By::Title);
    assert_eq!((asked.by, asked.high_first), (By::Title, false));
    asked.click(By::Title);
    assert!(asked.high_first);
    asked.click(By::Weight);
    assert_eq!((asked.by, asked.high_first), (By::Weight, true));
}

#[test]
fn the_table_is_the_record_in_plain_figures() {
    let (_, lines) = lines_of(&grouping());
    let shown = lines.shown(engine(), &Asked::default());
    let text = lines.table(engine(), &shown).csv();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(heads[..5], ["date", "resolution", "title", "topics", "relevance"]);
    let mut rows = 0;
    let mut fails = 0.0;
    for (row, at) in reader.records().zip(&shown) {
        let row = row.unwrap();
        let (line, entry) = (&lines.lines[*at], &lines.record.entries[*at]);
        let known = &engine().atlas.roll_calls.list[line.call];
        assert_eq!([&row[0], &row[1], &row[2]], [known.date.as_str(), &known.resolution, &known.title]);
        let (weight, pass): (f64, f64) = (row[5].parse().unwrap(), row[6].parse().unwrap());
        assert!((weight - 100.0 * entry.weight).abs() < 5.1e-5 && (pass - 100.0 * entry.pass).abs() < 5.1e-5);
        fails += weight * (100.0 - pass) / 100.0;
        let names = |column: usize| row[column].split("; ").filter(|name| !name.is_empty()).count();
        assert_eq!([names(7), names(9), names(10)], [line.no.len(), line.abstained.len(), entry.modelled.len()]);
        rows += 1;
    }
    assert_eq!(rows, lines.record.entries.len());
    let case = Case::of(&engine().atlas, &grouping(), &Assumptions::default());
    let single = engine().report(&case).deadlock.unwrap().single;
    assert!((fails - single).abs() < 0.01, "{fails} is not {single}");
    assert_eq!(lines.table(engine(), &shown[..3]).rows.len(), 3);
}

#[test]
fn one_sentence_says_what_it_rests_on() {
    let (case, lines) = lines_of(&grouping());
    let deadlock = engine().report(&case).deadlock.unwrap();
    let sentence = lines.sentence("T-12", &deadlock);
    let start =
        format!("T-12’s deadlock risk rests on {}; {} of them would fail, with ", deadlock.rests_on(), lines.failing());
    assert!(sentence.starts_with(&start) && sentence.ends_with(" of the weight."), "{sentence}");
    assert_eq!(whose("Digital Nations"), "Digital Nations’");
}

#[test]
fn one_roll_call_tells_the_outcome_and_every_vote() {
    let grouping = grouping();
    let (case, lines) = lines_of(&grouping);
    let one = lines.one(engine(), &case, &grouping, lines.find(call("A/RES/78/241")).unwrap()).unwrap();
    assert_eq!(one.title, "Lethal autonomous weapons systems");
    assert_eq!(
        one.about,
        "A/RES/78/241 · 22 December 2023 · adopted in the General Assembly by 152 to 4, 11 abstained"
    );
    assert_eq!(one.topics, "technology, arms · on the issue itself");
    assert_eq!(one.verdict, "By consensus T-12 would have failed on it: India voted no.");
    assert_eq!(one.members.len(), 12);
    let of = |code: &str| one.members.iter().find(|member| member.actor == actor(code)).unwrap();
    assert_eq!((one.members[0].actor, one.members[0].stance), (actor("SWE"), Stance::Tables));
    assert_eq!(one.members[0].words, "tables it, voted yes");
    assert!(of("IND").words.starts_with("no · decisive (9") && of("IND").decisive, "{}", of("IND").words);
    assert_eq!(one.members[1].actor, actor("IND"), "who voted no stands before those that did not");
    assert_eq!((of("ISR").words.as_str(), of("USA").words.as_str()), ("abstained", "yes"));
    // What passes, and who was against it all the same.
    let passes = lines.find(call("A/RES/79/239")).unwrap();
    let one = lines.one(engine(), &case, &grouping, passes).unwrap();
    assert_eq!(one.verdict, "By consensus T-12 would have passed it.");
    assert!(lines.spoken(engine(), passes).contains("chance to pass 100 %"));
    assert!(lines.one(engine(), &case, &grouping, lines.lines.len()).is_none());
}

#[test]
fn who_was_absent_is_modelled_and_where_nobody_convenes_nobody_tables_alone() {
    let mut grouping = grouping();
    grouping.seats.retain(|seat| seat.role == Role::Member);
    grouping.seats.push(Seat::new("KIR".parse().unwrap(), Role::Member));
    let (case, lines) = lines_of(&grouping);
    let kiribati = actor("KIR");
    let absent = lines.record.entries.iter().position(|entry| entry.modelled.contains(&kiribati)).unwrap();
    let one = lines.one(engine(), &case, &grouping, absent).unwrap();
    let member = one.members.iter().find(|member| member.actor == kiribati).unwrap();
    assert!(member.words.starts_with("absent, modelled: yes ") && member.words.contains(" %, no "), "{}", member.words);
    assert!(one.members.iter().all(|member| member.stance != Stance::Tables));
}

#[test]
fn why_there_is_no_record_is_said_with_the_cure() {
    let assumptions = Assumptions { a_priori: true, ..Assumptions::default() };
    let reason = |grouping: &Grouping, assumptions: &Assumptions| {
        record::record(engine(), &Case::of(&engine().atlas, grouping, assumptions)).unwrap_err()
    };
    let coin = no_record(reason(&grouping(), &assumptions), "T-12");
    assert!(coin.contains("coin flip") && coin.contains("inspector"), "{coin}");
    let nobody = Grouping { seats: Vec::new(), ..grouping() };
    let words = no_record(reason(&nobody, &Assumptions::default()), "T-12");
    assert_eq!(words, "T-12 has no voting member yet. Add one, and the roll calls stand here.");
}

#[test]
fn names_are_listed_as_far_as_they_are_read() {
    let actors: Vec<usize> = ["IND", "USA", "ISR", "FRA"].map(actor).to_vec();
    assert_eq!(some_names(engine(), &actors[..1]), "India");
    assert_eq!(some_names(engine(), &actors[..2]), "India and the United States");
    assert_eq!(some_names(engine(), &actors[..3]), "India, the United States and Israel");
    assert_eq!(some_names(engine(), &actors), "India, the United States and 2 more");
}
