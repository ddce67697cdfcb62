//! Finding countries in the window: Enter takes what fits best, a pasted list selects all and says what it did not understand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/raster.rs"]
mod raster;

#[path = "common/engine.rs"]
mod engine;

use convenor::app::{App, Command, Picked};
use convenor::data::CountryId;
use convenor::storage::examples;
use convenor::ui::Shell;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use engine::engine;

type Window = Harness<'static, Shell>;

const LIST: &str = "Search 202 countries";
/// What was typed, and whom Enter must choose.
const ENTER: [(&str, &str); 12] = [
    ("UK", "GBR"),
    ("US", "USA"),
    ("IN", "IND"),
    ("Guinea", "GIN"),
    ("Sudan", "SDN"),
    ("Republic of Korea", "KOR"),
    ("Korea, Rep.", "KOR"),
    ("Congo, Dem. Rep.", "COD"),
    ("Co\u{302}te d’Ivoire", "CIV"),
    ("İran", "IRN"),
    ("Vereinigtes Königreich", "GBR"),
    ("Korea", "KOR"),
];

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

fn ids(codes: &str) -> Vec<CountryId> {
    codes.split(' ').map(id).collect()
}

fn window() -> Window {
    let app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(16)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

fn press(harness: &mut Window, key: Key) {
    harness.key_press(key);
    harness.run_ok();
}

/// Goes to the field of the list, emptied.
fn search(harness: &mut Window) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    press(harness, Key::Delete);
}

fn typed(harness: &mut Window, label: &str, text: &str) {
    harness.get_by_label(label).type_text(text);
    harness.run_ok();
}

fn paste(harness: &mut Window, text: &str) {
    harness.event(Event::Paste(text.to_owned()));
    harness.run_ok();
}

fn picked(harness: &Window) -> Vec<CountryId> {
    harness.state().app.session.picked.countries.clone()
}

fn value(harness: &Window) -> String {
    harness.get_by_label(LIST).value().unwrap_or_default()
}

#[test]
fn enter_in_the_list_goes_to_what_fits_best() {
    let mut harness = window();
    for (text, code) in ENTER {
        search(&mut harness);
        typed(&mut harness, LIST, text);
        press(&mut harness, Key::Enter);
        let name = engine().atlas.name(id(code));
        let row = harness.get_by_label(&name);
        assert!(row.accesskit_node().is_focused(), "{text}: {name} has the keyboard");
        harness.state_mut().app.run(Command::Pick(Picked::default()));
        press(&mut harness, Key::Space);
        assert_eq!(picked(&harness), [id(code)], "{text}");
    }
}

#[test]
fn enter_goes_to_what_fits_best_however_the_list_is_sorted() {
    let mut harness = window();
    harness.get_by_label("Sort the list").click();
    harness.run_ok();
    harness.get_by_label("population").click();
    harness.run_ok();
    search(&mut harness);
    typed(&mut harness, LIST, "Guinea");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Space);
    assert_eq!(picked(&harness), [id("GIN")], "Papua New Guinea has not many fewer people");
}

#[test]
fn enter_in_the_palette_takes_what_fits_best() {
    let mut harness = window();
    for (text, code) in ENTER {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
        harness.run_ok();
        typed(&mut harness, "Find anything", text);
        press(&mut harness, Key::Enter);
        assert_eq!(picked(&harness), [id(code)], "{text}");
    }
}

#[test]
fn enter_in_the_list_of_sponsors_takes_what_fits_best() {
    let mut harness = window();
    for (text, code) in ENTER {
        let now = harness.state().app.workspace().assumptions.sponsor;
        let label = format!("Sponsor of all groupings: {}", engine().atlas.name(now));
        harness.get_by_label(&label).click();
        harness.run_ok();
        typed(&mut harness, "Sponsor of all groupings: search", text);
        press(&mut harness, Key::Enter);
        assert_eq!(harness.state().app.workspace().assumptions.sponsor, id(code), "{text}");
        // Where nothing changes, the list closes all the same.
        assert!(harness.query_by_label("Sponsor of all groupings: search").is_none(), "{text}");
    }
}

#[test]
fn the_list_of_sponsors_opened_by_keyboard_takes_what_is_typed() {
    let mut harness = window();
    harness.get_by_label("Sponsor of all groupings: United States").focus();
    harness.run_ok();
    press(&mut harness, Key::Enter);
    harness.event(Event::Text("UK".to_owned()));
    harness.run_ok();
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().app.workspace().assumptions.sponsor, id("GBR"));
}

#[test]
fn a_pasted_list_selects_all_of_it() {
    let mut harness = window();
    for (text, codes, left) in [
        ("NOR, SWE, FIN", "NOR SWE FIN", "NOR, SWE, FIN"),
        ("Norway\nSweden\r\nKorea, Rep.\n", "NOR SWE KOR", "Norway; Sweden; Korea, Rep."),
        ("Chad\tMali; Niger", "TCD MLI NER", "Chad; Mali; Niger"),
    ] {
        search(&mut harness);
        paste(&mut harness, text);
        assert_eq!(picked(&harness), ids(codes), "{text:?}");
        assert_eq!(value(&harness), left);
        assert!(harness.query_by_label("3 countries of the list selected.").is_some(), "{text:?}");
        assert!(harness.query_by_label_contains("Not understood").is_none(), "{text:?}");
        // All of it is seen.
        for code in ids(codes) {
            assert!(harness.query_by_label(&engine().atlas.name(code)).is_some(), "{code}");
        }
        assert!(harness.query_by_label("Angola").is_none());
    }
}

#[test]
fn a_list_pasted_behind_a_name_keeps_the_name_and_one_over_a_selection_replaces_it() {
    let mut harness = window();
    search(&mut harness);
    typed(&mut harness, LIST, "Norway; ");
    paste(&mut harness, "SWE\nDNK");
    assert_eq!(value(&harness), "Norway; SWE; DNK");
    assert_eq!(picked(&harness), ids("NOR SWE DNK"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    paste(&mut harness, "Chad\nMali");
    assert_eq!(value(&harness), "Chad; Mali");
    assert_eq!(picked(&harness), ids("TCD MLI"));
}

#[test]
fn what_was_not_understood_of_a_pasted_list_is_named() {
    let mut harness = window();
    search(&mut harness);
    paste(&mut harness, "Norway\nAtlantis\nKorea\nEngland\nMiddle-earth\nSWE");
    assert_eq!(picked(&harness), ids("NOR SWE"));
    let words = harness.get_by_label_contains("Not understood").accesskit_node().value().unwrap_or_default();
    let words = if words.is_empty() {
        harness.get_by_label_contains("Not understood").accesskit_node().label().unwrap_or_default()
    } else {
        words
    };
    for part in [
        "“Atlantis”, “Middle-earth”",
        "“Korea” may mean South Korea or North Korea",
        "“England” is not quite United Kingdom",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    // Nothing understood changes no selection.
    search(&mut harness);
    paste(&mut harness, "Atlantis\nLemuria");
    assert_eq!(picked(&harness), ids("NOR SWE"));
    assert!(harness.query_by_label("Nothing in this list is the code or the name of a country.").is_some());
    assert!(harness.query_by_label_contains("“Atlantis”, “Lemuria”").is_some());
}

#[test]
fn a_list_typed_is_selected_with_enter_and_one_name_pasted_is_searched_for() {
    let mut harness = window();
    search(&mut harness);
    typed(&mut harness, LIST, "nor, swe, xyz");
    assert_eq!(picked(&harness), []);
    assert!(harness.query_by_label("2 countries in the list. Enter selects all.").is_some());
    press(&mut harness, Key::Enter);
    assert_eq!(picked(&harness), ids("NOR SWE"));
    assert!(harness.query_by_label_contains("“xyz”").is_some());
    search(&mut harness);
    paste(&mut harness, "Korea, Rep.");
    assert_eq!((value(&harness).as_str(), picked(&harness)), ("Korea, Rep.", ids("NOR SWE")));
    assert!(harness.query_by_label("South Korea").is_some());
}
