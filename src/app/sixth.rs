//! One file and one line make a measure: a sixth one, there in tests only, is found everywhere.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use super::App;
use super::cli::{answer, cases};
use crate::analysis::measures::{self, SIXTH};
use crate::analysis::whatif::{self, Estimates, Move};
use crate::analysis::{Engine, Undefined};
use crate::chart::{self, Around, Entry, Row};
use crate::data::Subject;
use crate::storage::examples;

fn app() -> App {
    let engine = Arc::new(Engine::embedded().unwrap());
    let workspace = examples::ALL[0].open(&engine.atlas).unwrap();
    App::new(engine, workspace)
}

#[test]
fn what_if_gives_a_new_measure_its_own_value() {
    let app = app();
    let case = &app.results.board[0].case;
    let facts = &app.engine.facts;
    let share = |actor: usize| {
        100.0 * facts.value(Subject::InternetUsers, actor).unwrap_or(0.0) / facts.world(Subject::InternetUsers)
    };
    let now = Estimates::of(&app.results.board[0].report);
    for row in whatif::all(&app.engine, case) {
        let change = row.change_of(&SIXTH, &now).unwrap();
        let expected = match row.change {
            Move::AddMember(actor) | Move::AddConvenor(actor) => share(actor),
            Move::Remove(actor) => -share(actor),
            Move::Convene(_) => 0.0,
        };
        assert!((change - expected).abs() < 1e-9, "{:?}: {change} {expected}", row.change);
        let after = app.engine.report(&row.change.applied(case).unwrap());
        assert!((row.estimates.get(&SIXTH).unwrap() - after.value(&SIXTH).unwrap()).abs() < 1e-9);
    }
}

#[test]
fn batch_answers_carry_a_new_measure_and_say_where_it_is_not_defined() {
    let app = app();
    let asked = |members: serde_json::Value| {
        let case = serde_json::json!({ "members": members });
        let answer = answer::answer(&app.engine, &cases::parse_case(&app.engine, 1, &case).unwrap());
        serde_json::to_value(answer).unwrap()
    };
    let answer = asked(serde_json::json!(["NOR", "SWE"]));
    let report = |at: usize| &app.results.board[at].report;
    assert!(answer["sixth"].as_f64().unwrap() > 0.0);
    assert!((answer["sixth"].as_f64().unwrap() - report(0).value(&SIXTH).unwrap()).abs() > 1.0, "a case of its own");
    let of_nobody =
        app.engine.report(&crate::analysis::Case { voters: Vec::new(), ..app.results.board[0].case.clone() });
    assert_eq!(of_nobody.value(&SIXTH), Err(Undefined::NoVotingMember));
}

#[test]
fn about_tells_a_new_measure_in_its_own_words_with_the_figures_it_read() {
    let app = app();
    let evaluated = &app.results.board[0];
    let row = Row { grouping: &evaluated.grouping, report: &evaluated.report };
    let sections = chart::about(&SIXTH, &row, &evaluated.case, &app.engine, Around::Unknown);
    let text = chart::about_text("", &sections);
    let users = evaluated.report.value(&SIXTH).unwrap();
    assert!(text.contains(&format!("U = {users:.3} % of the world's users")), "{text}");
    assert!(text.contains("Internet users: 12 of 12 published"), "{text}");
    for word in ["World GDP", "Small lead", "Polyarchy", "ideal point"] {
        assert!(!text.contains(word), "{word} belongs to another measure:\n{text}");
    }
}

#[test]
fn compare_and_tables_have_a_column_for_a_new_measure() {
    let app = app();
    let rows: Vec<Row<'_>> =
        app.results.board.iter().map(|of| Row { grouping: &of.grouping, report: &of.report }).collect();
    let entries: Vec<Entry<'_>> =
        app.results.board.iter().zip(&rows).map(|(of, row)| Entry { row: *row, case: &of.case }).collect();
    let beside = chart::beside(&entries, None, &app.engine, &|_, _| None);
    let at = beside.columns.iter().position(|column| column.measure() == Some(&SIXTH)).unwrap();
    for (line, row) in beside.lines.iter().zip(&rows) {
        assert_eq!(line.cells[at].value, row.report.value(&SIXTH).ok());
    }
    assert!(beside.table().head.iter().any(|head| head.contains("Users")));
    let against = chart::against(["A", "B"], [rows[0].report, rows[1].report], None);
    assert!(against.iter().any(|found| *found.measure == SIXTH));
    let table = chart::tradeoff(&rows, &[], chart::Ranges::NONE).table;
    assert!(table.head.contains(&"Users".to_owned()), "{:?}", table.head);
}

#[test]
fn a_measure_rests_on_what_it_builds_on() {
    let app = app();
    let readings = &app.results.board[0].report.readings;
    let subjects = |measure: &'static measures::Measure| -> Vec<Subject> {
        let mut found: Vec<Subject> = measure.readings(readings).map(|reading| reading.subject).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    assert_eq!(subjects(&SIXTH), [Subject::InternetUsers]);
    assert!(subjects(&measures::COST).contains(&Subject::Votes), "cost builds on deadlock risk");
    assert!(!subjects(&measures::MICROLATERAL).contains(&Subject::Votes));
}
