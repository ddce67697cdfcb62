//! Nothing typed is lost: notes and names are in the document before a command, a save or the end of the program asks for them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/engine.rs"]
mod engine;
#[path = "common/raster.rs"]
mod raster;

use convenor::app::{App, Command, Named, Weight};
use convenor::model::{Edit, GroupingId};
use convenor::storage::examples;
use convenor::ui::Shell;
use eframe::egui::{Key, Modifiers, ViewportEvent};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use engine::engine;

const NOTES: &str = "Notes of the grouping";
const NAME: &str = "Name of the grouping";

type Window = Harness<'static, Shell>;

fn window() -> Window {
    let app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
    let mut harness = Harness::builder()
        .with_size([1280.0, 3000.0])
        .with_max_steps(16)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

fn press(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

fn typed(harness: &mut Window, label: &str, text: &str) {
    for letter in text.chars() {
        harness.get_by_label(label).type_text(&letter.to_string());
        harness.run_ok();
    }
}

fn selected(harness: &Window) -> GroupingId {
    harness.state().app.session.view.selected.unwrap()
}

fn notes(harness: &Window, id: GroupingId) -> String {
    harness.state().app.workspace().grouping(id).unwrap().notes.clone()
}

fn names(harness: &Window) -> Vec<String> {
    harness.state().app.workspace().groupings.iter().map(|grouping| grouping.name.clone()).collect()
}

fn write_notes(harness: &mut Window) {
    harness.get_by_label("Inspector").click();
    harness.run_ok();
    if harness.query_by_label(NOTES).is_none() {
        harness.get_by_label("Notes").click();
        harness.run_ok();
    }
    harness.get_by_label(NOTES).focus();
    harness.run_ok();
}

#[test]
fn notes_are_in_the_document_while_they_are_written_and_are_one_step() {
    let mut harness = window();
    write_notes(&mut harness);
    let id = selected(&harness);
    let before = notes(&harness, id);
    typed(&mut harness, NOTES, "ask Oslo");
    let written = notes(&harness, id);
    assert_ne!(written, before);
    assert!(written.contains("ask Oslo"), "{written}");
    assert!(harness.state().app.history.is_edited(), "closing the window asks");
    // Another grouping and back: nothing is gone.
    press(&mut harness, Modifiers::COMMAND, Key::PageDown);
    assert_ne!(selected(&harness), id);
    press(&mut harness, Modifiers::COMMAND, Key::PageUp);
    assert_eq!((selected(&harness), notes(&harness, id)), (id, written));
    harness.state_mut().app.run(Command::Do(Named::Undo));
    harness.run_ok();
    assert_eq!(notes(&harness, id), before, "all that was written in one go is one step");
    assert!(!harness.state().app.history.is_edited());
}

#[test]
fn what_is_done_while_notes_are_written_is_a_step_of_its_own() {
    let mut harness = window();
    write_notes(&mut harness);
    let (id, count) = (selected(&harness), names(&harness).len());
    typed(&mut harness, NOTES, "one");
    press(&mut harness, Modifiers::COMMAND, Key::G);
    assert_eq!(names(&harness).len(), count + 1);
    harness.state_mut().app.run(Command::Do(Named::Undo));
    harness.run_ok();
    assert_eq!(names(&harness).len(), count);
    assert!(notes(&harness, id).contains("one"), "the notes are not undone with it");
}

fn rename(harness: &mut Window, text: &str) {
    harness.get_by_label("Grouping T-12").focus();
    harness.run_ok();
    press(harness, Modifiers::NONE, Key::F2);
    press(harness, Modifiers::COMMAND, Key::A);
    typed(harness, NAME, text);
}

#[test]
fn a_name_half_typed_is_taken_by_a_command_and_by_closing() {
    // The record takes the place of the board.
    let mut harness = window();
    rename(&mut harness, "T-13");
    press(&mut harness, Modifiers::ALT, Key::Num2);
    assert_eq!(names(&harness)[0], "T-13");
    press(&mut harness, Modifiers::ALT, Key::Num1);
    assert!(harness.query_by_label(NAME).is_none(), "the field does not come back");
    // The window is closed.
    let mut harness = window();
    rename(&mut harness, "T-14");
    harness.input_mut().viewports.get_mut(&eframe::egui::ViewportId::ROOT).unwrap().events.push(ViewportEvent::Close);
    harness.run_ok();
    assert_eq!(names(&harness)[0], "T-14");
    assert!(harness.state().app.history.is_edited(), "so that closing asks");
    // Esc still throws away what was typed.
    let mut harness = window();
    rename(&mut harness, "T-15");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(names(&harness)[0], "T-12");
}

#[test]
fn news_makes_room_and_what_went_wrong_stays_until_it_is_dismissed() {
    let mut harness = window();
    let app = &mut harness.state_mut().app;
    app.session.view.selected = app.workspace().groupings.first().map(|grouping| grouping.id);
    for at in 0..7 {
        app.notices.tell(Weight::Warning, format!("repair {at}"));
    }
    app.notices.tell(Weight::Error, "not saved");
    for at in 0..7 {
        app.notices.tell(Weight::Info, format!("news {at}"));
    }
    let told = |words: &str| app.notices.list().iter().filter(|notice| notice.text.contains(words)).count();
    assert_eq!((told("repair"), told("not saved")), (7, 1));
    assert!(told("news") <= 1, "news gives way");
    harness.run_ok();
}

#[test]
fn a_name_that_no_screen_could_bear_is_cut_and_that_is_told() {
    let mut harness = window();
    let id = harness.state().app.workspace().groupings[0].id;
    harness.state_mut().app.run(Command::Edit(Edit::Rename(id, "long ".repeat(2000))));
    harness.run_ok();
    let name = harness.state().app.workspace().groupings[0].name.clone();
    assert!(name.chars().count() <= 200 && name.ends_with('…'), "{name}");
    let told = harness.state().app.notices.list();
    assert!(told.iter().any(|notice| notice.text.contains("The name was too long")), "{told:?}");
}
