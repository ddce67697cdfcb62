//! What the middle of the window holds: the switch, the strip of groupings, and the record, driven by accessible names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/raster.rs"]
mod raster;

#[path = "common/engine.rs"]
mod engine;

use convenor::app::cli::{cases, roll_calls};
use std::sync::Arc;

use convenor::analysis::Engine;
use convenor::app::{App, Command, FAULT, Named, Place, Tab};
use convenor::chart::record::{Asked, By, RecordLines, fails};
use convenor::data::CountryId;
use convenor::model::{Edit, GroupingId, Role};
use convenor::storage::examples;
use convenor::ui::Shell;
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use engine::engine;

type Window = Harness<'static, Shell>;

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

/// The first example with Sweden as convenor of T-12.
fn app() -> App {
    let mut app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
    let first = app.workspace().groupings[0].id;
    app.run(Command::Edit(Edit::Convene(first, id("SWE"))));
    app.end_gesture();
    app
}

fn window_of(app: App, size: [f32; 2]) -> Window {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(16)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

fn window() -> Window {
    window_of(app(), [1280.0, 800.0])
}

/// The window with the record in its middle.
fn record() -> Window {
    let mut harness = window();
    key(&mut harness, Modifiers::ALT, Key::Num2);
    harness
}

fn key(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

fn click(harness: &mut Window, label: &str) {
    harness.get_by_label(label).click();
    harness.run_ok();
}

fn groupings(harness: &Window) -> Vec<GroupingId> {
    harness.state().app.workspace().groupings.iter().map(|grouping| grouping.id).collect()
}

fn is_member(harness: &Window, grouping: GroupingId, code: &str) -> bool {
    harness.state().app.workspace().grouping(grouping).unwrap().seat(id(code)).is_some()
}

/// The small card of a grouping in the strip.
fn card(harness: &Window, name: &str) -> egui::Rect {
    harness.get_by_label_contains(&format!("{name}: legitimacy")).rect()
}

/// The row of a country in the list.
fn country(harness: &mut Window, name: &str) -> egui::Pos2 {
    harness.get_by_label("Search 202 countries").focus();
    harness.run_ok();
    key(harness, Modifiers::COMMAND, Key::A);
    harness.get_by_label("Search 202 countries").type_text(name);
    harness.run_ok();
    harness.get_all_by_label(name).map(|node| node.rect().center()).min_by(|a, b| a.x.total_cmp(&b.x)).unwrap()
}

/// The pointer goes to `from`, is pressed, and is carried to `to` without release.
fn carry(harness: &mut Window, from: egui::Pos2, to: egui::Pos2) {
    harness.hover_at(from);
    harness.step();
    harness.drag_at(from);
    for at in [from + egui::vec2(12.0, 8.0), to + egui::vec2(-4.0, 0.0), to, to] {
        harness.step();
        harness.hover_at(at);
    }
    harness.step();
    harness.step();
}

fn drop(harness: &mut Window, at: egui::Pos2) {
    harness.drop_at(at);
    harness.step();
    harness.run_ok();
}

/// The record of the selected grouping.
fn with_lines<T>(harness: &Window, then: impl FnOnce(&RecordLines) -> T) -> T {
    let app = &harness.state().app;
    then(app.study().unwrap().record(&app.engine).unwrap())
}

/// The labels of the rows that are seen, from the top.
fn rows(harness: &Window) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = harness
        .query_all_by_label_contains(": weight ")
        .map(|node| (node.rect().top(), node.accesskit_node().label().unwrap()))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, label)| label).collect()
}

/// What the rows should say, in the order that is asked for.
fn spoken(harness: &Window, asked: &Asked) -> Vec<String> {
    let engine = engine();
    with_lines(harness, |lines| lines.shown(engine, asked).into_iter().map(|at| lines.spoken(engine, at)).collect())
}

/// Whether the rows that are seen are the first of those asked for.
#[track_caller]
fn assert_shows(harness: &Window, asked: &Asked) {
    let (seen, wanted) = (rows(harness), spoken(harness, asked));
    assert!(seen.len() >= 5.min(wanted.len()), "{} rows are seen", seen.len());
    assert_eq!(seen, wanted[..seen.len()]);
}

fn selected(harness: &Window) -> Option<usize> {
    harness.state().app.session.roll_call
}

/// The number of a roll call.
fn call(resolution: &str) -> usize {
    engine().atlas.roll_calls.list.iter().position(|call| call.resolution == resolution).unwrap()
}

fn filter(harness: &mut Window, text: &str) {
    harness.get_by_label(FILTER).focus();
    harness.run_ok();
    key(harness, Modifiers::COMMAND, Key::A);
    harness.get_by_label(FILTER).type_text(text);
    harness.run_ok();
}

const FILTER: &str = "Find in titles, symbols and topics";

#[test]
fn the_middle_is_switched_by_key_by_click_and_from_the_palette() {
    let mut harness = window();
    let shows = |harness: &Window| {
        let board = harness.query_by_label("Grouping T-12").is_some();
        let record = harness.query_by_label(FILTER).is_some();
        assert_ne!(board, record, "one at a time");
        harness.state().app.session.view.place
    };
    assert_eq!(shows(&harness), Place::Board);
    key(&mut harness, Modifiers::ALT, Key::Num2);
    assert_eq!(shows(&harness), Place::Record);
    key(&mut harness, Modifiers::ALT, Key::Num1);
    assert_eq!(shows(&harness), Place::Board);
    click(&mut harness, "Show record");
    assert_eq!(shows(&harness), Place::Record);
    click(&mut harness, "Show board");
    assert_eq!(shows(&harness), Place::Board);
    key(&mut harness, Modifiers::COMMAND, Key::K);
    harness.get_by_label("Find anything").type_text("record");
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(shows(&harness), Place::Record);
    // A name is edited on its card.
    key(&mut harness, Modifiers::NONE, Key::F2);
    assert_eq!(harness.state().app.session.view.place, Place::Board);
    assert!(harness.get_by_label("Name of the grouping").is_focused());
}

#[test]
fn the_place_is_remembered_apart_from_the_workspace_and_older_layouts_are_read() {
    let harness = record();
    let text = harness.state().layout().text();
    assert!(harness.state().app.history.len() < 2, "showing another place is no step");
    let mut again = window();
    let ctx = again.ctx.clone();
    again.state_mut().restore(&ctx, Some(&text));
    again.run_ok();
    assert_eq!(again.state().app.session.view.place, Place::Record);
    let older = r#"{"charts":["legitimacy"],"tables":[],"tab":"compare","dark":true}"#;
    again.state_mut().restore(&ctx, Some(older));
    again.run_ok();
    let layout = again.state().layout();
    assert_eq!((layout.place, layout.tab, layout.dark), (Place::Board, Tab::Compare, Some(true)));
    assert!(again.state().app.notices.list().is_empty(), "nothing to complain about");
    // As at first.
    key(&mut again, Modifiers::ALT, Key::Num2);
    again.state_mut().app.run(Command::Do(Named::ResetLayout));
    again.run_ok();
    assert_eq!(again.state().app.session.view.place, Place::Board);
}

#[test]
fn the_strip_shows_every_grouping_and_selects_by_click_and_by_keyboard() {
    for size in [[1280.0, 800.0], [900.0, 600.0], [1920.0, 1080.0]] {
        let mut harness = window_of(app(), size);
        assert!(harness.query_by_label_contains("T-12: legitimacy").is_none(), "the board has its own cards");
        key(&mut harness, Modifiers::ALT, Key::Num2);
        for (name, id) in [("D-10", 1), ("Digital Nations", 2), ("T-12", 0)] {
            let id = groupings(&harness)[id];
            let report = harness.state().app.results.of(id).unwrap().report.clone();
            let label = format!(
                "{name}: legitimacy {:.0}, cost {:.0}, deadlock {:.0} %",
                report.legitimacy.as_ref().unwrap().score,
                report.cost.as_ref().unwrap().index,
                report.deadlock.as_ref().unwrap().risk,
            );
            harness.get_by_label(&label).focus();
            harness.run_ok();
            harness.get_by_label(&label).click();
            harness.run_ok();
            assert_eq!(harness.state().app.session.view.selected, Some(id));
        }
        harness.get_by_label_contains("D-10: legitimacy").focus();
        harness.run_ok();
        key(&mut harness, Modifiers::NONE, Key::Enter);
        assert_eq!(harness.state().app.session.view.selected, Some(groupings(&harness)[1]));
        assert!(harness.query_by_label("What D-10’s deadlock risk rests on").is_some());
    }
}

#[test]
fn a_small_card_takes_a_drop_and_says_before_what_it_would_do() {
    let mut harness = record();
    let second = groupings(&harness)[1];
    let steps = harness.state().app.history.len();
    let from = country(&mut harness, "Norway");
    let before = harness.render().unwrap();
    let to = card(&harness, "D-10").center();
    carry(&mut harness, from, to);
    let words = harness.get_by_label_contains("Release to add Norway: legitimacy ").value().unwrap();
    assert!(words.contains("deadlock ") && words.contains("cost "), "{words}");
    assert!(!is_member(&harness, second, "NOR"), "nothing is done before the release");
    // The plots on the right show what it would do.
    let during = harness.render().unwrap();
    let differs = (200..700).any(|y| (900..1250).any(|x| before.get_pixel(x, y) != during.get_pixel(x, y)));
    assert!(differs, "the ghost is in the plots");
    drop(&mut harness, to);
    assert!(is_member(&harness, second, "NOR"));
    assert_eq!(harness.state().app.session.view.selected, Some(second), "it is selected");
    assert_eq!(harness.state().app.history.len(), steps + 1);
    assert_eq!(harness.state().app.session.view.place, Place::Record, "without leaving the view");
    assert!(harness.query_by_label_contains("Release to").is_none());
}

#[test]
fn a_small_card_refuses_with_a_sentence_and_esc_lets_go() {
    let mut harness = record();
    let before = harness.state().app.workspace().clone();
    let from = country(&mut harness, "Sweden");
    let to = card(&harness, "T-12").center();
    carry(&mut harness, from, to);
    assert!(harness.query_by_label_contains("is already a convenor of T-12").is_some());
    drop(&mut harness, to);
    assert_eq!(*harness.state().app.workspace(), before);
    let from = country(&mut harness, "Norway");
    carry(&mut harness, from, to);
    harness.key_press(Key::Escape);
    harness.step();
    drop(&mut harness, to);
    assert_eq!(*harness.state().app.workspace(), before);
}

#[test]
fn a_new_grouping_is_made_at_the_end_of_the_strip() {
    let mut harness = record();
    let from = country(&mut harness, "Norway");
    let to = harness.get_by_label("New grouping").rect().center();
    carry(&mut harness, from, to);
    let words = harness.get_by_label_contains("Release to make a new grouping of").value().unwrap();
    assert!(words.contains("Norway"), "{words}");
    drop(&mut harness, to);
    let made = *groupings(&harness).last().unwrap();
    assert_eq!(groupings(&harness).len(), 4);
    assert!(is_member(&harness, made, "NOR"));
    click(&mut harness, "New grouping");
    assert_eq!(groupings(&harness).len(), 5);
    assert_eq!(harness.state().app.session.view.place, Place::Record);
    let empty = harness.state().app.selected().unwrap().name.clone();
    assert!(
        harness
            .query_by_label(&format!("{empty} has no voting member yet. Add one, and the roll calls stand here."))
            .is_some()
    );
}

#[test]
fn a_small_card_is_dragged_with_all_its_countries_and_stays_as_it_is() {
    let mut harness = record();
    let [first, second] = groupings(&harness)[..2] else { panic!("two groupings") };
    let members = harness.state().app.workspace().grouping(second).unwrap().clone();
    let (from, to) = (card(&harness, "D-10").center(), card(&harness, "T-12").center());
    carry(&mut harness, from, to);
    assert!(harness.query_by_label_contains("are in already)").is_some(), "what a release does");
    drop(&mut harness, to);
    for seat in &members.seats {
        assert!(is_member(&harness, first, seat.country.as_str()));
    }
    assert_eq!(**harness.state().app.workspace().grouping(second).unwrap(), *members);
    let sweden = harness.state().app.workspace().grouping(first).unwrap().seat(id("SWE")).unwrap().role;
    assert_eq!(sweden, Role::Convenor, "those in already keep their role");
}

#[test]
fn the_record_has_a_row_for_every_roll_call() {
    let mut harness = record();
    let n = with_lines(&harness, |lines| lines.lines.len());
    assert!(harness.query_by_label_contains(&format!(", {n} roll calls")).is_some());
    assert_shows(&harness, &Asked::default());
    harness.get_by_label(FILTER).focus();
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    // From the field into the list, and down to its end, each roll call once.
    key(&mut harness, Modifiers::NONE, Key::Home);
    let mut seen = vec![selected(&harness).unwrap()];
    for _ in 1..n {
        key(&mut harness, Modifiers::NONE, Key::ArrowDown);
        seen.push(selected(&harness).unwrap());
    }
    let order: Vec<usize> = with_lines(&harness, |lines| {
        lines.shown(engine(), &Asked::default()).into_iter().map(|at| lines.lines[at].call).collect()
    });
    assert_eq!(seen, order);
    for (pressed, at) in [
        (Key::ArrowDown, n - 1),
        (Key::Home, 0),
        (Key::PageDown, 10),
        (Key::ArrowUp, 9),
        (Key::End, n - 1),
        (Key::PageUp, n - 11),
    ] {
        key(&mut harness, Modifiers::NONE, pressed);
        assert_eq!(selected(&harness), Some(order[at]), "{pressed:?}");
        let label = with_lines(&harness, |lines| lines.spoken(engine(), lines.find(order[at]).unwrap()));
        let row = harness.get_by_label(&label);
        assert!(row.is_focused(), "the keyboard is on it");
        let list = egui::Rect::from_min_max(egui::pos2(270.0, 250.0), egui::pos2(850.0, 765.0));
        assert!(list.contains_rect(row.rect().shrink(1.0)), "{pressed:?}: {:?} is seen", row.rect());
    }
}

#[test]
fn the_wheel_scrolls_also_after_a_key_that_moved_nothing() {
    let mut harness = record();
    filter(&mut harness, " ");
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    key(&mut harness, Modifiers::NONE, Key::Home);
    let first = rows(&harness)[0].clone();
    harness.hover_at(egui::pos2(500.0, 500.0));
    harness.step();
    let delta = egui::vec2(0.0, -400.0);
    let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
    harness.event(egui::Event::MouseWheel {
        unit,
        delta,
        phase,
        modifiers: Modifiers::NONE,
        source: egui::MouseWheelSource::Wheel,
    });
    harness.run_ok();
    assert_ne!(rows(&harness)[0], first);
}

#[test]
fn a_click_on_a_head_sorts() {
    let mut harness = record();
    let mut asked = Asked::default();
    let n = with_lines(&harness, |lines| lines.lines.len());
    for by in [By::Pass, By::Pass, By::No, By::Title, By::Weight, By::Weight] {
        let now = match (asked.by == by, asked.high_first) {
            (false, _) => "",
            (true, true) => ", largest first",
            (true, false) => ", smallest first",
        };
        let count = if by == By::Title { format!(", {n} roll calls") } else { String::new() };
        click(&mut harness, &format!("Sort by {}{now}{count}", by.label()));
        asked.click(by);
        assert_shows(&harness, &asked);
    }
    // Where there is room the date has a column.
    let mut harness = window_of(app(), [1600.0, 900.0]);
    key(&mut harness, Modifiers::ALT, Key::Num2);
    click(&mut harness, "Sort by date");
    assert_shows(&harness, &Asked { by: By::Date, ..Asked::default() });
}

#[test]
fn a_filter_finds_and_esc_clears_it() {
    let mut harness = record();
    filter(&mut harness, "autonomous");
    let asked = Asked { text: "autonomous".to_owned(), ..Asked::default() };
    let found = spoken(&harness, &asked);
    assert!(found.len() >= 2 && found.len() < 10);
    assert_eq!(rows(&harness), found);
    assert!(harness.query_by_label_contains(&format!(", {} of ", found.len())).is_some());
    harness.get_by_label(FILTER).type_text(" nowhere");
    harness.run_ok();
    assert!(rows(&harness).is_empty());
    assert!(harness.query_by_label_contains("No roll call has these words").is_some());
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert_shows(&harness, &Asked::default());
    assert!(harness.get_by_label(FILTER).is_focused(), "the field is kept for the next words");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.get_by_label(FILTER).is_focused());
}

#[test]
fn those_that_fail_stand_first_on_request() {
    let mut harness = record();
    click(&mut harness, "Those that fail first");
    let asked = Asked { fails_first: true, ..Asked::default() };
    assert_shows(&harness, &asked);
    let all_fail = with_lines(&harness, |lines| {
        lines.shown(engine(), &asked)[..5].iter().all(|at| fails(&lines.record.entries[*at]))
    });
    assert!(all_fail);
    click(&mut harness, "Those that fail first");
    assert_shows(&harness, &Asked::default());
}

#[test]
fn a_row_tells_every_vote_by_mouse_and_by_keyboard() {
    let mut harness = record();
    filter(&mut harness, "78/241");
    let row = rows(&harness)[0].clone();
    assert!(row.contains("voted no: India, decisive: India, abstained: Israel"), "{row}");
    for by_keyboard in [false, true] {
        harness.state_mut().app.run(Command::SelectCall(None));
        key(&mut harness, Modifiers::COMMAND, Key::Num1);
        if by_keyboard {
            harness.get_by_label(&row).focus();
            harness.run_ok();
            key(&mut harness, Modifiers::NONE, Key::Enter);
        } else {
            click(&mut harness, &row);
        }
        assert_eq!(selected(&harness), Some(call("A/RES/78/241")));
        for label in [
            "A/RES/78/241 · 22 December 2023 · adopted in the General Assembly by 152 to 4, 11 abstained",
            "By consensus T-12 would have failed on it: India voted no.",
            "Sweden: tables it, voted yes",
            "Israel: abstained",
            "United States: yes",
        ] {
            assert!(harness.query_by_label(label).is_some(), "{label}");
        }
        assert!(harness.query_by_label_contains("India: no · decisive (9").is_some());
    }
    click(&mut harness, "Close the roll call");
    assert_eq!(selected(&harness), None);
    assert!(
        harness.query_all_by_label("Microlateral fit").next().is_some(),
        "the inspector is about the grouping again"
    );
}

#[test]
fn what_the_minerals_security_partnership_would_fail_on_is_found_by_keyboard_and_equals_the_command_line() {
    let at = examples::ALL.iter().position(|example| example.file == "minilaterals.convenor").unwrap();
    let app = App::new(engine().clone(), examples::ALL[at].open(&engine().atlas).unwrap());
    let grouping = app.workspace().groupings[0].clone();
    assert_eq!(grouping.name, "Minerals Security Partnership");
    let case = app.results.of(grouping.id).unwrap().case.clone();
    let asked = cases::Asked { name: grouping.name.clone(), case };
    let answer = roll_calls::answer(engine(), &asked).unwrap();
    let mut failing: Vec<_> = answer.roll_calls.iter().filter(|call| call.weight > 0.0 && call.pass < 0.5).collect();
    failing.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    assert!(failing.len() > 5);
    let mut harness = window_of(app, [1280.0, 800.0]);
    harness.get_by_label("Search 202 countries").focus();
    harness.run_ok();
    key(&mut harness, Modifiers::ALT, Key::Num2);
    key(&mut harness, Modifiers::NONE, Key::F6);
    key(&mut harness, Modifiers::NONE, Key::Tab);
    key(&mut harness, Modifiers::NONE, Key::Space);
    key(&mut harness, Modifiers::SHIFT, Key::Tab);
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    for wanted in failing {
        let now = &engine().atlas.roll_calls.list[selected(&harness).unwrap()];
        assert_eq!(now.resolution, wanted.resolution);
        for id in &wanted.no {
            let country = engine().atlas.name(*id);
            let said = if wanted.decisive.contains_key(id) {
                harness.query_by_label_contains(&format!("{country}: no · decisive")).is_some()
            } else {
                harness.query_by_label(&format!("{country}: no")).is_some()
            };
            assert!(said, "{country} on {}", wanted.resolution);
        }
        key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    }
    let now = engine().atlas.roll_calls.list[selected(&harness).unwrap()].resolution.clone();
    let next = answer.roll_calls.iter().find(|call| call.resolution == now).unwrap();
    assert!(next.pass >= 0.5, "after those that fail come those that pass");
}

#[test]
fn another_grouping_keeps_filter_order_and_the_roll_call_that_it_has_too() {
    let mut harness = record();
    filter(&mut harness, "weapons");
    click(&mut harness, "Those that fail first");
    click(&mut harness, "Sort by chance to pass");
    let row = rows(&harness)[0].clone();
    click(&mut harness, &row);
    let kept = selected(&harness);
    assert!(kept.is_some());
    let second = harness.get_by_label_contains("D-10: legitimacy");
    second.click();
    harness.run_ok();
    let asked = Asked { text: "weapons".to_owned(), by: By::Pass, high_first: false, fails_first: true };
    assert_shows(&harness, &asked);
    assert_eq!(selected(&harness), kept);
    assert!(harness.query_by_label_contains("D-10 would").is_some(), "what D-10 would have made of it");
    // On pandemics the roll call may not count: then the inspector is about the grouping.
    let app = &mut harness.state_mut().app;
    let id = app.session.view.selected.unwrap();
    app.run(Command::Edit(Edit::SetIssue(id, convenor::model::Issue::Pandemic)));
    harness.run_ok();
    assert!(with_lines(&harness, |lines| lines.find(kept.unwrap())).is_none());
    assert!(harness.query_by_label("Close the roll call").is_none());
}

#[test]
fn the_table_is_copied_as_it_is_shown() {
    let mut harness = record();
    filter(&mut harness, "autonomous");
    harness.get_by_label("Copy CSV").click();
    let mut copied = None;
    for _ in 0..8 {
        harness.step();
        for command in &harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied = Some(text.clone());
            }
        }
    }
    let engine = engine();
    let asked = Asked { text: "autonomous".to_owned(), ..Asked::default() };
    let wanted = with_lines(&harness, |lines| lines.table(engine, &lines.shown(engine, &asked)).csv());
    assert_eq!(copied.as_deref(), Some(wanted.as_str()));
    // Where there is little room, behind one button.
    let mut harness = window_of(app(), [900.0, 600.0]);
    key(&mut harness, Modifiers::ALT, Key::Num2);
    assert!(harness.query_by_label("Copy CSV").is_none());
    click(&mut harness, "Table");
    assert!(harness.query_by_label("Save CSV…").is_some());
}

#[test]
fn the_ten_that_weigh_most_are_one_click_from_the_number() {
    let mut harness = record();
    filter(&mut harness, "weapons");
    click(&mut harness, "Sort by voted no");
    key(&mut harness, Modifiers::ALT, Key::Num1);
    let second = groupings(&harness)[1];
    harness.get_by_label_contains("Deadlock risk 21 % of D-10").click();
    harness.run_ok();
    click(&mut harness, "The ten roll calls that weigh most");
    assert_eq!(harness.state().app.session.view.place, Place::Record);
    assert_eq!(harness.state().app.session.view.selected, Some(second));
    assert_shows(&harness, &Asked::default());
    assert!(harness.query_by_label("The ten roll calls that weigh most").is_none(), "the popup is closed");
    // Other numbers rest on other things.
    key(&mut harness, Modifiers::ALT, Key::Num1);
    harness.get_by_label_contains("Legitimacy 55 of D-10").click();
    harness.run_ok();
    assert!(harness.query_by_label("Close").is_some());
    assert!(harness.query_by_label("The ten roll calls that weigh most").is_none());
}

#[test]
fn without_roll_calls_a_sentence_says_why() {
    let mut harness = record();
    let mut assumptions = (*harness.state().app.workspace().assumptions).clone();
    assumptions.a_priori = true;
    harness.state_mut().app.run(Command::Edit(Edit::Assume(Box::new(assumptions), "a-priori mode")));
    harness.run_ok();
    assert!(rows(&harness).is_empty());
    assert!(harness.query_by_label_contains("In a-priori mode every vote is a coin flip").is_some());
    harness.state_mut().app.run(Command::Do(Named::Undo));
    harness.run_ok();
    assert!(!rows(&harness).is_empty());
    harness.state_mut().app.run(Command::Discard(Box::new(Command::Do(Named::New))));
    harness.run_ok();
    assert!(harness.query_by_label_contains("Select a grouping above").is_some());
    assert!(harness.query_by_label("New grouping").is_some());
}

#[test]
fn many_members_are_computed_in_the_background_and_then_listed() {
    let mut app = app();
    let assembly = app.atlas().bodies.iter().position(|body| body.code == "WHO_2021").unwrap();
    app.run(Command::AddBody(assembly));
    let mut harness = window_of(app, [1280.0, 800.0]);
    key(&mut harness, Modifiers::ALT, Key::Num2);
    let start = std::time::Instant::now();
    while rows(&harness).is_empty() {
        assert!(start.elapsed().as_secs() < 120, "it takes too long");
        std::thread::sleep(std::time::Duration::from_millis(20));
        harness.run_ok();
    }
    assert_shows(&harness, &Asked::default());
}

/// The record says that it cannot be computed, and does not compute for ever; nothing of another document stands in it.
#[test]
fn a_record_that_failed_says_so() {
    let mut app = app();
    let assembly = app.atlas().bodies.iter().position(|body| body.code == "WHO_2021").unwrap();
    app.run(Command::AddBody(assembly));
    // An engine that fails on every actor.
    let mut broken = Engine::embedded().unwrap();
    let mut atlas = (*broken.atlas).clone();
    atlas.countries.truncate(1);
    broken.atlas = Arc::new(atlas);
    let good = std::mem::replace(&mut app.engine, Arc::new(broken));
    assert!(app.study().is_none());
    while !app.has_no_study() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    app.engine = good;
    let mut harness = window_of(app, [1280.0, 800.0]);
    key(&mut harness, Modifiers::ALT, Key::Num2);
    assert!(rows(&harness).is_empty());
    assert!(harness.query_by_label(FAULT).is_some(), "it is told in the place where it was looked for");
    assert!(harness.query_by_label_contains("computing…").is_none());
}

#[test]
fn panes_are_gone_through_and_nothing_is_repainted_while_nothing_changes() {
    let mut harness = record();
    harness.get_by_label("Search 202 countries").focus();
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::F6);
    assert!(harness.get_by_label(FILTER).is_focused());
    key(&mut harness, Modifiers::NONE, Key::F6);
    assert!(harness.get_by_label("Plots").is_focused());
    harness.run_ok();
    assert_eq!(harness.run_ok(), Some(1), "one frame, and nobody asks for another");
}
