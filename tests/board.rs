//! The board by mouse and by keyboard, driven by accessible names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![cfg(feature = "gui")]

#[path = "common/engine.rs"]
mod engine;

use std::sync::Arc;

use convenor::analysis::{Case, Report};
use convenor::app::{App, Command, Named};
use convenor::data::CountryId;
use convenor::model::{GroupingId, Role};
use convenor::storage::examples;
use convenor::ui::Shell;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use engine::engine;

use eframe::egui::{self, Key, Modifiers};

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

/// The window on the first example.
fn window() -> Harness<'static, Shell> {
    let app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(12)
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

fn first(harness: &Harness<'_, Shell>) -> GroupingId {
    harness.state().app.workspace().groupings[0].id
}

fn report(harness: &Harness<'_, Shell>, grouping: GroupingId) -> Arc<Report> {
    harness.state().app.results.of(grouping).unwrap().report.clone()
}

/// What the engine says of the grouping as it is now, asked apart from the window.
fn from_scratch(harness: &Harness<'_, Shell>, grouping: GroupingId) -> Report {
    let app = &harness.state().app;
    let case = Case::of(app.atlas(), app.workspace().grouping(grouping).unwrap(), &app.workspace().assumptions);
    app.engine.report(&case)
}

/// The row of a country in the list: the leftmost thing with its name.
fn row(harness: &Harness<'_, Shell>, name: &str) -> egui::Rect {
    harness
        .get_all_by_label(name)
        .map(|node| node.rect())
        .min_by(|a, b| a.left().total_cmp(&b.left()))
        .expect("the row is on screen")
}

fn search(harness: &mut Harness<'_, Shell>, text: &str) {
    harness.get_by_label("Search 202 countries").focus();
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    harness.get_by_label("Search 202 countries").type_text(text);
    harness.run_ok();
}

/// The pointer goes to `from`, is pressed, and is carried to `to` without release.
fn carry(harness: &mut Harness<'_, Shell>, from: egui::Pos2, to: egui::Pos2) {
    harness.hover_at(from);
    harness.step();
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + egui::vec2(12.0, 8.0));
    harness.step();
    harness.hover_at(to + egui::vec2(-4.0, 0.0));
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.step();
}

fn drop(harness: &mut Harness<'_, Shell>, at: egui::Pos2) {
    harness.drop_at(at);
    harness.step();
    harness.run_ok();
}

/// A place on the card of a grouping that is no chip: just right of its title.
fn on_card(harness: &Harness<'_, Shell>, name: &str) -> egui::Pos2 {
    let label = format!("Grouping {name}");
    let title = harness.get_by_label(&label);
    title.rect().left_center() + egui::vec2(90.0, 0.0)
}

fn pick_two(harness: &mut Harness<'_, Shell>) {
    search(harness, "nor");
    let norway = row(harness, "Norway").center();
    click_at(harness, norway, Modifiers::NONE);
    let north = row(harness, "North Macedonia").center();
    click_at(harness, north, Modifiers::COMMAND);
    assert_eq!(harness.state().app.session.picked.countries, [id("NOR"), id("MKD")]);
}

fn click_at(harness: &mut Harness<'_, Shell>, at: egui::Pos2, modifiers: Modifiers) {
    harness.hover_at(at);
    harness.step();
    for pressed in [true, false] {
        harness.event_modifiers(
            egui::Event::PointerButton { pos: at, button: egui::PointerButton::Primary, pressed, modifiers },
            modifiers,
        );
        harness.step();
    }
    harness.run_ok();
}

#[test]
fn a_selection_of_two_is_dragged_onto_a_grouping_and_taken_back() {
    let mut harness = window();
    let grouping = first(&harness);
    let before = harness.state().app.workspace().clone();
    let old = report(&harness, grouping);
    pick_two(&mut harness);
    let from = row(&harness, "Norway").center();
    let to = on_card(&harness, "T-12");
    carry(&mut harness, from, to);
    assert!(
        harness.query_by_label_contains("Release to add 2 countries").is_some(),
        "the card says what a release does"
    );
    drop(&mut harness, to);
    let now = harness.state().app.workspace().clone();
    let seats = &now.grouping(grouping).unwrap().seats;
    assert_eq!(seats.len(), before.grouping(grouping).unwrap().seats.len() + 2);
    assert_eq!(now.grouping(grouping).unwrap().seat(id("NOR")).unwrap().role, Role::Member);
    assert_eq!(harness.state().app.history.len(), 1, "one gesture is one step");
    let new = report(&harness, grouping);
    assert_eq!(*new, from_scratch(&harness, grouping), "the window shows what the engine says");
    assert_ne!(new.legitimacy, old.legitimacy);
    assert_ne!(new.deadlock, old.deadlock);
    assert_ne!(new.cost, old.cost);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_ok();
    assert_eq!(*harness.state().app.workspace(), before);
    assert_eq!(*report(&harness, grouping), *old);
}

#[test]
fn a_refused_drop_and_a_cancelled_drag_change_nothing() {
    let mut harness = window();
    let before = harness.state().app.workspace().clone();
    // Refused: Sweden is there already.
    search(&mut harness, "sweden");
    let from = row(&harness, "Sweden").center();
    let to = on_card(&harness, "T-12");
    carry(&mut harness, from, to);
    assert!(
        harness.query_by_label_contains("is already a member of T-12").is_some(),
        "the reason stands there before release"
    );
    drop(&mut harness, to);
    assert_eq!(*harness.state().app.workspace(), before);
    assert!(harness.state().app.history.is_empty());
    // Cancelled by Esc.
    search(&mut harness, "norway");
    let from = row(&harness, "Norway").center();
    carry(&mut harness, from, to);
    harness.key_press(Key::Escape);
    harness.step();
    drop(&mut harness, to);
    assert_eq!(*harness.state().app.workspace(), before);
    assert!(harness.state().app.history.is_empty());
}

#[test]
fn the_same_work_by_keyboard() {
    let mut harness = window();
    let grouping = first(&harness);
    let before = harness.state().app.workspace().clone();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_ok();
    harness.get_by_label("Search 202 countries").type_text("norway");
    harness.run_ok();
    harness.key_press(Key::ArrowDown);
    harness.run_ok();
    harness.key_press(Key::Space);
    harness.run_ok();
    assert_eq!(harness.state().app.session.picked.countries, [id("NOR")]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    harness.run_ok();
    assert_eq!(harness.state().app.workspace().grouping(grouping).unwrap().seat(id("NOR")).unwrap().role, Role::Member);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run_ok();
    assert_eq!(
        harness.state().app.workspace().grouping(grouping).unwrap().seat(id("NOR")).unwrap().role,
        Role::Convenor
    );
    assert_eq!(*report(&harness, grouping), from_scratch(&harness, grouping));
    harness.key_press(Key::Delete);
    harness.run_ok();
    assert!(harness.state().app.workspace().grouping(grouping).unwrap().seat(id("NOR")).is_none());
    for _ in 0..3 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run_ok();
    }
    assert_eq!(*harness.state().app.workspace(), before);
}

#[test]
fn a_chip_dragged_to_the_convenor_row_convenes_and_dragged_to_the_list_leaves() {
    let mut harness = window();
    let grouping = first(&harness);
    let chip = |harness: &Harness<'_, Shell>, label: &str| harness.get_by_label(label).rect().center();
    let from = chip(&harness, "Sweden, member of T-12");
    let to = harness.get_all_by_label("none: members table in turn").next().unwrap().rect().left_center();
    carry(&mut harness, from, to + egui::vec2(6.0, 0.0));
    drop(&mut harness, to + egui::vec2(6.0, 0.0));
    assert_eq!(
        harness.state().app.workspace().grouping(grouping).unwrap().seat(id("SWE")).unwrap().role,
        Role::Convenor
    );
    let from = chip(&harness, "Sweden, convenor of T-12");
    let to = egui::pos2(120.0, 600.0);
    carry(&mut harness, from, to);
    drop(&mut harness, to);
    assert!(harness.state().app.workspace().grouping(grouping).unwrap().seat(id("SWE")).is_none());
    assert_eq!(harness.state().app.history.len(), 2);
}

#[test]
fn moving_between_cards_moves_and_alt_copies() {
    let mut harness = window();
    let groupings: Vec<GroupingId> = harness.state().app.workspace().groupings.iter().map(|g| g.id).collect();
    let to = on_card(&harness, "T-12");
    let italy = |harness: &Harness<'_, Shell>, at: usize| {
        harness.state().app.workspace().grouping(groupings[at]).unwrap().seat(id("ITA")).is_some()
    };
    let from = harness.get_by_label("Italy, member of D-10").rect().center();
    carry(&mut harness, from, to);
    drop(&mut harness, to);
    assert!(italy(&harness, 0) && !italy(&harness, 1));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_ok();
    assert!(!italy(&harness, 0) && italy(&harness, 1));
    let from = harness.get_by_label("Italy, member of D-10").rect().center();
    carry(&mut harness, from, to);
    harness.event_modifiers(egui::Event::PointerMoved(to), Modifiers::ALT);
    harness.step();
    harness.event_modifiers(
        egui::Event::PointerButton {
            pos: to,
            button: egui::PointerButton::Primary,
            pressed: false,
            modifiers: Modifiers::ALT,
        },
        Modifiers::ALT,
    );
    harness.step();
    harness.run_ok();
    assert!(italy(&harness, 0) && italy(&harness, 1));
}

#[test]
fn groupings_are_made_renamed_doubled_moved_and_deleted_by_keys() {
    let mut harness = window();
    let names = |harness: &Harness<'_, Shell>| -> Vec<String> {
        harness.state().app.workspace().groupings.iter().map(|grouping| grouping.name.clone()).collect()
    };
    let before = names(&harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    harness.run_ok();
    assert_eq!(names(&harness).last().unwrap(), "New grouping");
    harness.key_press(Key::F2);
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    harness.get_by_label("Name of the grouping").type_text("Nordic lead");
    harness.run_ok();
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(names(&harness).last().unwrap(), "Nordic lead");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
    harness.run_ok();
    assert_eq!(names(&harness).last().unwrap(), "Nordic lead copy");
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    harness.run_ok();
    assert_eq!(names(&harness).last().unwrap(), "Nordic lead");
    for _ in 0..2 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Delete);
        harness.run_ok();
    }
    assert_eq!(names(&harness), before[..before.len()].to_vec());
    while harness.state().app.history.undo_label().is_some() {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run_ok();
    }
    assert_eq!(names(&harness), before);
}

#[test]
fn every_command_can_be_run_without_harm() {
    for named in Named::ALL.into_iter().filter(|named| !matches!(named, Named::Quit)) {
        let mut app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
        app.run(Command::Do(named));
        app.run(Command::Do(Named::Undo));
        assert!(!app.results.board.is_empty() || named == Named::New, "{named:?}");
    }
}

#[test]
fn a_card_of_many_members_shows_counts_and_a_search() {
    let mut harness = window();
    let atlas = engine().atlas.clone();
    let body = atlas.bodies.iter().position(|body| body.code == "WHO_2021").unwrap();
    harness.state_mut().app.run(Command::AddBody(body));
    harness.run_ok();
    assert!(harness.query_by_label_contains("Africa 54").is_some());
    let chips = harness.query_all_by_label_contains("member of World Health").count();
    assert!(chips < 5, "{chips} chips");
}

#[test]
fn nothing_is_repainted_while_nothing_changes() {
    let mut harness = window();
    harness.run_ok();
    assert_eq!(harness.run_ok(), Some(1), "one frame, and nobody asks for another");
}
