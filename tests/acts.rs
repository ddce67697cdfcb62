//! What acts is what is seen: hidden selections, rows with the keyboard, moves that are looked at before they are made, and cards
//! that hold still while something is carried.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/engine.rs"]
mod engine;
#[path = "common/raster.rs"]
mod raster;

use convenor::app::{App, Command, Named, Picked};
use convenor::data::CountryId;
use convenor::storage::examples;
use convenor::ui::Shell;
use eframe::egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use engine::engine;

type Window = Harness<'static, Shell>;

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

fn window_of(size: [f32; 2]) -> Window {
    let app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(24)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

fn window() -> Window {
    window_of([1280.0, 800.0])
}

fn key(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

fn search() -> String {
    format!("Search {} countries", engine().atlas.countries.len())
}

fn find(harness: &mut Window, text: &str) {
    key(harness, Modifiers::COMMAND, Key::F);
    harness.get_by_label(&search()).type_text(text);
    harness.run_ok();
}

fn members(harness: &Window) -> Vec<CountryId> {
    harness.state().app.selected().unwrap().seats.iter().map(|seat| seat.country).collect()
}

#[test]
fn what_the_search_hides_is_not_what_a_key_adds() {
    let mut harness = window();
    harness.state_mut().app.run(Command::Pick(Picked { on: None, countries: vec![id("KEN"), id("NOR")] }));
    harness.run_ok();
    find(&mut harness, "norw");
    harness.get_by_label_contains("2 selected, 1 of them hidden");
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(members(&harness).contains(&id("NOR")));
    assert!(!members(&harness).contains(&id("KEN")), "it was hidden");
    // All of it hidden: nothing happens, and why is said.
    let before = members(&harness);
    find(&mut harness, "bhutan");
    harness.get_by_label_contains("2 selected, 2 of them hidden");
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(members(&harness), before);
    assert!(harness.state().app.notices.list().iter().any(|notice| notice.text.contains("hidden by the search")));
    // The row that has the keyboard is what is seen.
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(harness.state().app.acting().countries, [id("BTN")]);
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(members(&harness).contains(&id("BTN")));
}

#[test]
fn a_key_that_leads_to_a_field_selects_what_stands_in_it_and_esc_clears_before_it_leaves() {
    let mut harness = window();
    let text = |harness: &Window| harness.get_by_label(&search()).value().unwrap_or_default();
    find(&mut harness, "norway");
    find(&mut harness, "kenya");
    assert_eq!(text(&harness), "kenya", "nothing is appended");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(text(&harness), "");
    assert!(harness.get_by_label(&search()).accesskit_node().is_focused());
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.get_by_label(&search()).accesskit_node().is_focused());
    find(&mut harness, "kenya");
    harness.get_by_label(&format!("Clear: {}", search())).click();
    harness.run_ok();
    assert_eq!(text(&harness), "");
    // The record has one of the same kind.
    key(&mut harness, Modifiers::ALT, Key::Num2);
    let field = "Find in titles, symbols and topics";
    harness.get_by_label(field).focus();
    harness.run_ok();
    harness.get_by_label(field).type_text("weapons");
    harness.run_ok();
    harness.get_by_label(&format!("Clear: {field}")).click();
    harness.run_ok();
    assert_eq!(harness.get_by_label(field).value().unwrap_or_default(), "");
}

#[test]
fn a_click_on_a_row_gives_it_the_keyboard_and_another_search_begins_at_the_top() {
    let mut harness = window();
    harness.get_by_label("Algeria").click();
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let app = &harness.state().app;
    assert_eq!(app.session.list.row, Some(id("AND")), "the arrow goes on from the row");
    key(&mut harness, Modifiers::NONE, Key::End);
    assert!(harness.query_by_label("Algeria").is_none(), "scrolled to the end");
    find(&mut harness, "a");
    let first = harness.query_by_label("Afghanistan").or(harness.query_by_label("Albania"));
    assert!(first.is_some(), "other rows begin at their top");
}

#[test]
fn looking_at_a_move_changes_nothing_and_enter_or_the_button_makes_it() {
    let mut harness = window_of([1280.0, 1400.0]);
    key(&mut harness, Modifiers::COMMAND, Key::Num4);
    let before = members(&harness);
    let moves = |harness: &Window| -> Vec<String> {
        let all = harness.query_all_by_label_contains("joins as a member: ");
        all.map(|node| node.accesskit_node().label().unwrap_or_default()).collect()
    };
    let first = moves(&harness)[0].clone();
    harness.get_by_label(&first).click();
    harness.run_ok();
    assert_eq!(members(&harness), before, "one click changes nothing");
    assert_eq!(harness.state().app.history.len(), 0);
    let words = first.split(':').next().unwrap().to_owned();
    let seen = harness.query_all_by_label_contains(&format!("{words}: legitimacy")).count();
    assert!(seen >= 2, "in the panel and on the card, not {seen}");
    harness.get_by_label_contains("Make this move").click();
    harness.run_ok();
    assert_eq!(members(&harness).len(), before.len() + 1);
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    // By keyboard: the row that has it is looked at, Enter makes the move.
    let second = moves(&harness)[1].clone();
    harness.get_by_label(&second).focus();
    harness.run_ok();
    assert_eq!(members(&harness), before);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(members(&harness).len(), before.len() + 1);
}

#[test]
fn the_kind_with_the_best_move_comes_first() {
    let mut harness = window_of([1280.0, 3000.0]);
    key(&mut harness, Modifiers::COMMAND, Key::Num4);
    let change = |label: &str| {
        label.rsplit(' ').next().unwrap().replace('−', "-").replace(['+', '±'], "").parse::<f64>().unwrap()
    };
    let mut heads = Vec::new();
    for kind in ["joins as a member: ", "joins as a convenor: ", " leaves: ", "convenes alone: "] {
        let mut rows: Vec<(f32, f64)> = harness
            .query_all_by_label_contains(kind)
            .map(|node| (node.rect().top(), change(&node.accesskit_node().label().unwrap())))
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        heads.extend(rows.first().copied());
    }
    heads.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(heads.len() >= 3, "{heads:?}");
    // Less deadlock is better; figures are rounded to tenths.
    assert!(heads.windows(2).all(|pair| pair[0].1 <= pair[1].1 + 0.051), "{heads:?}");
}

/// Where everything on the cards stands.
fn places(harness: &Window) -> Vec<Rect> {
    let names =
        ["Grouping T-12", "Grouping D-10", "Grouping Digital Nations", "Menu of D-10", "Menu of Digital Nations"];
    names.map(|name| harness.query_by_label(name).map_or(Rect::NOTHING, |node| node.rect())).to_vec()
}

#[test]
fn cards_hold_still_while_something_is_carried() {
    for size in [[900.0, 600.0], [1280.0, 800.0], [1920.0, 1080.0]] {
        let mut harness = window_of(size);
        let before = places(&harness);
        let from = harness.get_by_label("Algeria").rect().center();
        let over = harness.get_by_label("Grouping T-12").rect().center();
        harness.hover_at(from);
        harness.step();
        harness.drag_at(from);
        harness.step();
        for at in [from + vec2(8.0, 0.0), over, over + vec2(0.0, 60.0), over + vec2(0.0, 120.0)] {
            harness.hover_at(at);
            harness.step();
            harness.step();
            assert_eq!(places(&harness), before, "at {at:?} of {size:?}");
        }
        harness.drop_at(from);
        harness.run_ok();
        harness.state_mut().app.run(Command::Do(Named::Undo));
    }
}

#[test]
fn bundles_are_found_in_the_palette_and_do_what_their_tip_promises() {
    let mut harness = window();
    for (typed, added) in [("g20", "New grouping of Group of Twenty"), ("who", "New grouping of World Health")] {
        key(&mut harness, Modifiers::COMMAND, Key::K);
        harness.get_by_label("Find anything").type_text(typed);
        harness.run_ok();
        assert!(harness.query_all_by_label_contains(added).next().is_some(), "{typed}");
        key(&mut harness, Modifiers::NONE, Key::Escape);
    }
    let groupings = harness.state().app.workspace().groupings.len();
    key(&mut harness, Modifiers::COMMAND, Key::K);
    harness.get_by_label("Find anything").type_text("g7");
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().app.workspace().groupings.len(), groupings + 1);
    // Its name is said once, with what it counts.
    assert!(harness.query_by_label("G7, 7 members").is_some());
    harness.get_by_label("G7, 7 members").focus();
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("New grouping of it").is_some());
}

fn drag(harness: &mut Window, from: eframe::egui::Pos2, to: eframe::egui::Pos2) {
    harness.hover_at(from);
    harness.step();
    harness.drag_at(from);
    harness.step();
    for share in [0.3, 0.7, 1.0] {
        harness.hover_at(from + (to - from) * share);
        harness.step();
    }
}

fn names(harness: &Window) -> Vec<String> {
    harness.state().app.workspace().groupings.iter().map(|grouping| grouping.name.clone()).collect()
}

#[test]
fn a_card_is_carried_by_its_head_to_another_place() {
    let mut harness = window_of([1280.0, 1400.0]);
    let [first, last] =
        ["Grouping T-12", "Grouping Digital Nations"].map(|name| harness.get_by_label(name).rect().center());
    drag(&mut harness, first, last + vec2(0.0, 200.0));
    harness.drop_at(last + vec2(0.0, 200.0));
    harness.run_ok();
    assert_eq!(names(&harness), ["D-10", "Digital Nations", "T-12"]);
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&harness), ["T-12", "D-10", "Digital Nations"], "one step");
}

#[test]
fn a_rectangle_over_a_card_selects_the_members_in_it() {
    let mut harness = window_of([1280.0, 1400.0]);
    let chip = |harness: &Window, name: &str| harness.get_by_label(&format!("{name}, member of T-12")).rect();
    let (first, last) = (chip(&harness, "United States"), chip(&harness, "France"));
    drag(&mut harness, first.left_top() - vec2(20.0, 3.0), last.center());
    harness.drop_at(last.center());
    harness.run_ok();
    let picked = &harness.state().app.session.picked;
    assert_eq!(picked.countries, ["USA", "FRA"].map(id));
    assert_eq!(picked.on, Some(harness.state().app.workspace().groupings[0].id));
    // With Shift, over the rows of the list.
    let rows = ["Albania", "Angola"].map(|name| harness.get_by_label(name).rect().center());
    harness.hover_at(rows[0]);
    harness.step();
    harness.event_modifiers(
        eframe::egui::Event::PointerButton {
            pos: rows[0],
            button: eframe::egui::PointerButton::Primary,
            pressed: true,
            modifiers: Modifiers::SHIFT,
        },
        Modifiers::SHIFT,
    );
    harness.step();
    for share in [0.4, 1.0] {
        harness.event_modifiers(
            eframe::egui::Event::PointerMoved(rows[0] + (rows[1] - rows[0]) * share),
            Modifiers::SHIFT,
        );
        harness.step();
    }
    harness.drop_at(rows[1]);
    harness.run_ok();
    let picked = &harness.state().app.session.picked;
    assert_eq!(picked.countries, ["ALB", "DZA", "AND", "AGO"].map(id));
}

#[test]
fn taking_a_member_off_is_seen_before_it_is_released() {
    let mut harness = window_of([1280.0, 1400.0]);
    let chip = harness.get_by_label("United States, member of T-12").rect().center();
    let list = harness.get_by_label("Angola").rect().center();
    let before = harness.state().app.workspace().clone();
    drag(&mut harness, chip, list);
    harness.step();
    assert!(harness.query_by_label_contains("United States leaves: ").is_some(), "the card says what would follow");
    assert_eq!(harness.state().app.workspace(), &before);
    harness.drop_at(list);
    harness.run_ok();
    assert!(!members(&harness).contains(&id("USA")));
}

#[test]
fn the_other_button_opens_the_menu_of_a_card_and_of_the_board() {
    let mut harness = window_of([1280.0, 1400.0]);
    let open = |harness: &mut Window, at: eframe::egui::Pos2| {
        harness.hover_at(at);
        harness.step();
        for pressed in [true, false] {
            let button = eframe::egui::PointerButton::Secondary;
            harness.event(eframe::egui::Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
            harness.step();
        }
        harness.run_ok();
    };
    let card = harness.get_by_label("Grouping D-10").rect();
    open(&mut harness, card.right_center() + vec2(60.0, 4.0));
    assert!(harness.query_by_label_contains("Duplicate").is_some(), "on the card, beside its title");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    open(&mut harness, eframe::egui::pos2(560.0, 1330.0));
    assert!(harness.query_by_label_contains("Paste").is_some(), "on the empty board");
}

#[test]
fn the_notes_of_a_grouping_are_read_and_written_on_its_card_as_one_step() {
    let mut harness = window();
    let before = harness.state().app.workspace().groupings[1].notes.clone();
    harness
        .query_all_by_label_contains("notes o")
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.ends_with(" D-10")))
        .expect("a button")
        .click();
    harness.run_ok();
    let field = "Notes of D-10 on its card";
    harness.get_by_label(field).focus();
    harness.run_ok();
    for letter in ["W", "h", "y"] {
        harness.get_by_label(field).type_text(letter);
        harness.run_ok();
    }
    assert_eq!(harness.state().app.workspace().groupings[1].notes, format!("{before}Why"));
    assert_eq!(harness.state().app.history.len(), 1);
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Read the notes of D-10").is_some());
}

#[test]
fn the_keyboard_stops_only_at_what_has_a_name() {
    let mut harness = window();
    key(&mut harness, Modifiers::COMMAND, Key::F);
    for step in 0..120 {
        key(&mut harness, Modifiers::NONE, Key::Tab);
        let Some(id) = harness.ctx.memory(eframe::egui::Memory::focused) else { continue };
        let focused = harness.root().children_recursive().find(|node| node.accesskit_node().is_focused());
        let named = focused.is_some_and(|node| {
            let node = node.accesskit_node();
            node.label().is_some_and(|label| !label.is_empty()) || node.value().is_some_and(|value| !value.is_empty())
        });
        assert!(named, "step {step}: {id:?} has the keyboard and no name");
    }
}
