//! Numbers typed by people: what counts, what keeps the old value and says why, and how many steps that is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/engine.rs"]
mod engine;
#[path = "common/raster.rs"]
mod raster;

use convenor::analysis::cautions;
use convenor::app::{App, Command, Named};
use convenor::data::CountryId;
use convenor::model::{Basis, DecisionRule, Edit, NamedRule, Veto, read_votes};
use convenor::storage::examples;
use convenor::ui::Shell;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use engine::engine;

type Window = Harness<'static, Shell>;

fn app() -> App {
    App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap())
}

fn window_of(app: App) -> Window {
    let mut harness = Harness::builder()
        .with_size([1280.0, 4000.0])
        .with_max_steps(24)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

fn key(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

/// Opens the inspector with a rule of one's own.
fn criteria() -> Window {
    let mut app = app();
    let first = app.workspace().groupings[0].id;
    let mut rule = NamedRule::TwoThirds.in_full();
    rule.criteria[0].basis = Basis::Custom;
    app.run(Command::Edit(Edit::SetRule(first, Box::new(DecisionRule::Custom(Box::new(rule))))));
    app.run(Command::Do(Named::ShowInspector));
    app.end_gesture();
    window_of(app)
}

/// Types into the first field of a name, letter by letter as a slow hand does, and ends with a key.
fn write(harness: &mut Window, label: &str, text: &str, end: Key) {
    harness.query_all_by_label(label).next().unwrap_or_else(|| panic!("{label}")).focus();
    harness.run_ok();
    key(harness, Modifiers::COMMAND, Key::A);
    for letter in text.chars() {
        harness.query_all_by_label(label).next().unwrap().type_text(&letter.to_string());
        harness.run_ok();
    }
    key(harness, Modifiers::NONE, end);
}

fn share(harness: &Window) -> f64 {
    match &harness.state().app.workspace().groupings[0].rule {
        DecisionRule::Custom(rule) => rule.criteria[0].share.value() * 100.0,
        DecisionRule::Named(rule) => panic!("{rule:?}"),
    }
}

#[test]
fn shares_are_read_as_people_write_them_each_as_one_step() {
    let mut harness = criteria();
    for (text, value) in [("66,67", 66.67), ("2/3", 200.0 / 3.0), ("55.5 %", 55.5), ("75", 75.0)] {
        let steps = harness.state().app.history.len();
        write(&mut harness, "Share of the total", text, Key::Enter);
        assert!((share(&harness) - value).abs() < 1e-9, "{text}: {}", share(&harness));
        assert_eq!(harness.state().app.history.len(), steps + 1, "{text} is one step however slowly it is typed");
    }
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!((share(&harness) - 55.5).abs() < 1e-9);
    write(&mut harness, "Share of the total", "12", Key::Escape);
    assert!((share(&harness) - 55.5).abs() < 1e-9, "Esc restores, not {}", share(&harness));
}

#[test]
fn what_is_wrong_keeps_the_old_value_marks_the_field_and_says_why() {
    let mut harness = criteria();
    let before = share(&harness);
    for (text, why) in [
        ("12,345", "12345 or 12.345"),
        ("lots", "not a number"),
        ("150", "from 0 % to 100 %"),
        ("-3", "from 0 % to 100 %"),
        ("1.2.3", "thousands"),
    ] {
        let steps = harness.state().app.history.len();
        write(&mut harness, "Share of the total", text, Key::Enter);
        assert!((share(&harness) - before).abs() < 1e-12, "{text}");
        assert_eq!(harness.state().app.history.len(), steps);
        assert!(harness.query_by_label_contains(why).is_some(), "{text}: {why} is not said");
        assert!(harness.query_by_label_contains("The old value stays.").is_some());
    }
    write(&mut harness, "Share of the total", "60", Key::Enter);
    assert!(harness.query_by_label_contains("The old value stays.").is_none(), "corrected");
    assert!((share(&harness) - 60.0).abs() < 1e-9);
}

#[test]
fn a_command_takes_the_number_that_is_being_typed() {
    let mut harness = criteria();
    harness.query_all_by_label("Share of the total").next().unwrap().focus();
    harness.run_ok();
    key(&mut harness, Modifiers::COMMAND, Key::A);
    harness.query_all_by_label("Share of the total").next().unwrap().type_text("58,5");
    harness.run_ok();
    key(&mut harness, Modifiers::COMMAND, Key::G);
    assert!((share(&harness) - 58.5).abs() < 1e-9, "{}", share(&harness));
    assert_eq!(harness.state().app.workspace().groupings.len(), 4);
}

#[test]
fn millions_are_read_where_figures_filter() {
    let mut harness = window_of(app());
    harness.get_by_label("Filter").click();
    harness.run_ok();
    harness.get_by_role_and_label(eframe::egui::Role::ComboBox, "Figure").click();
    harness.run_ok();
    let label = &engine().atlas.indicator("population").unwrap().label;
    harness.query_all_by_label(label).last().unwrap().click();
    harness.run_ok();
    write(&mut harness, "from", "1,5 million", Key::Enter);
    write(&mut harness, "to", "2 000 000", Key::Enter);
    let shown = |harness: &Window, name: &str| harness.query_by_label(name).is_some();
    assert!(shown(&harness, "Estonia") ^ shown(&harness, "Latvia"), "one of both has less than 1.5 million");
    assert!(shown(&harness, "Latvia") && !shown(&harness, "Norway"));
}

#[test]
fn own_votes_are_a_table_that_all_members_stand_in() {
    let mut app = app();
    let who = engine().atlas.bodies.iter().position(|body| body.code == "WHO_2021").unwrap();
    app.run(Command::AddBody(who));
    let grouping = app.selected().unwrap().clone();
    let mut rule = NamedRule::TwoThirds.in_full();
    rule.criteria[0].basis = Basis::Custom;
    app.run(Command::Edit(Edit::SetRule(grouping.id, Box::new(DecisionRule::Custom(Box::new(rule))))));
    app.run(Command::Do(Named::ShowInspector));
    app.end_gesture();
    let mut harness = window_of(app);
    assert!(harness.query_by_label_contains("All votes are 0").is_some(), "said on the spot");
    let votes = |harness: &Window| match &harness.state().app.selected().unwrap().rule {
        DecisionRule::Custom(rule) => rule.criteria[0].custom.clone(),
        DecisionRule::Named(_) => panic!(),
    };
    harness.get_by_label("equal votes").click();
    harness.run_ok();
    assert_eq!(votes(&harness).len(), grouping.voters());
    assert!(harness.query_by_label_contains("All votes are 0").is_none());
    // A member far down the alphabet is found.
    let search = format!("Find among {} members with votes", grouping.voters());
    harness.get_by_label(&search).focus();
    harness.run_ok();
    harness.get_by_label(&search).type_text("zimb");
    harness.run_ok();
    write(&mut harness, "Zimbabwe", "2,5", Key::Enter);
    assert_eq!(votes(&harness).get(&id("ZWE")), Some(&2.5));
}

#[test]
fn votes_from_a_spreadsheet_are_read_without_guessing() {
    let atlas = &engine().atlas;
    let text = "Country\tVotes\nNorway\t12,5\nKorea, Rep.\t1 234\nUS\t3\nAtlantis\t5\nNorway\t4\nSweden\tmany\nFinland";
    let list = read_votes(text, atlas);
    assert_eq!(list.found, [(id("NOR"), 12.5), (id("KOR"), 1234.0), (id("USA"), 3.0)]);
    assert_eq!(list.left_out.len(), 4, "{:?}", list.left_out);
    for (line, why) in list.left_out.iter().zip(["Atlantis", "twice", "Sweden", "Finland"]) {
        assert!(line.contains(why) && line.ends_with('.'), "{line}");
    }
    assert_eq!(read_votes("Norway;7\nSweden;8,5", atlas).found, [(id("NOR"), 7.0), (id("SWE"), 8.5)]);
    assert_eq!(read_votes("Norway, 7\n\"Korea, Rep.\", 8", atlas).found, [(id("NOR"), 7.0), (id("KOR"), 8.0)]);
    assert_eq!(read_votes("", atlas), convenor::model::VotesList::default());
}

#[test]
fn a_caution_of_many_is_said_once_with_all_of_them_to_unfold() {
    let mut app = app();
    let who = engine().atlas.bodies.iter().position(|body| body.code == "WHO_2021").unwrap();
    app.run(Command::AddBody(who));
    let report = app.results.of(app.selected().unwrap().id).unwrap().report.clone();
    let found = cautions(&report.flags, &engine().atlas);
    assert!(report.flags.len() > 40 && found.len() < 16, "{} of {}", found.len(), report.flags.len());
    let about: usize = found.iter().map(|caution| caution.actors.len().max(1)).sum();
    assert_eq!(about, report.flags.len(), "nobody is left out");
    assert!(
        found
            .iter()
            .all(|caution| caution.actors.is_empty() || caution.words.starts_with(&caution.actors.len().to_string()))
    );
}

#[test]
fn an_assumption_that_was_changed_is_marked_where_it_stands_and_reset_there() {
    let mut app = app();
    let mut assumptions = (*app.workspace().assumptions).clone();
    assumptions.half_life = 2.5;
    assumptions.weights.people += 0.2;
    app.run(Command::Edit(Edit::Assume(Box::new(assumptions), "half-life")));
    app.run(Command::Do(Named::ShowInspector));
    app.end_gesture();
    let mut harness = window_of(app);
    assert!(harness.query_all_by_label_contains("2 assumptions changed").next().is_some(), "on the card");
    assert!(harness.query_by_label_contains("The weights sum to 1.2").is_some());
    harness.get_by_label("Assumptions of the workspace").click();
    harness.run_ok();
    assert!(harness.query_all_by_label_contains(" †").count() >= 3, "the dagger is seen");
    harness.get_by_label("Reset Half-life of votes, years").click();
    harness.run_ok();
    harness.get_by_label("Reset People represented").click();
    harness.run_ok();
    let defaults = convenor::model::Assumptions::default();
    assert!((harness.state().app.workspace().assumptions.half_life - defaults.half_life).abs() < 1e-12);
    assert!(harness.query_all_by_label_contains("changed").next().is_none());
    assert!(!harness.get_by_label("Assumptions of the workspace").accesskit_node().is_disabled());
}

#[test]
fn closing_the_window_takes_the_number_that_is_being_typed_and_asks() {
    let mut harness = criteria();
    // As saved: nothing but the number is new.
    let workspace = harness.state().app.workspace().clone();
    harness.state_mut().app.history.mark_saved(workspace);
    harness.query_all_by_label("Share of the total").next().unwrap().focus();
    harness.run_ok();
    key(&mut harness, Modifiers::COMMAND, Key::A);
    harness.query_all_by_label("Share of the total").next().unwrap().type_text("61,5");
    harness.run_ok();
    let root = eframe::egui::ViewportId::ROOT;
    harness.input_mut().viewports.get_mut(&root).unwrap().events.push(eframe::egui::ViewportEvent::Close);
    harness.step();
    harness.input_mut().viewports.get_mut(&root).unwrap().events.clear();
    harness.run_ok();
    assert!((share(&harness) - 61.5).abs() < 1e-9, "{}", share(&harness));
    assert!(harness.query_by_label_contains("Save the changes").is_some(), "it would be lost otherwise");
}

#[test]
fn esc_takes_back_what_was_stepped_by_keys() {
    let mut harness = criteria();
    let label = "Share of the total";
    let before = share(&harness);
    harness.query_all_by_label(label).next().unwrap_or_else(|| panic!("{label}")).focus();
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!((share(&harness) - before).abs() > 0.1, "the key steps");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    harness.run_ok();
    assert!((share(&harness) - before).abs() < 1e-9, "{} in place of {before}", share(&harness));
}

#[test]
fn who_can_block_is_found_among_many_and_a_list_of_actors_clears_before_it_closes() {
    let mut app = app();
    let who = engine().atlas.bodies.iter().position(|body| body.code == "WHO_2021").unwrap();
    app.run(Command::AddBody(who));
    let grouping = app.selected().unwrap().clone();
    let mut rule = NamedRule::TwoThirds.in_full();
    rule.veto = Veto::List(vec![grouping.seats[0].country]);
    app.run(Command::Edit(Edit::SetRule(grouping.id, Box::new(DecisionRule::Custom(Box::new(rule))))));
    app.run(Command::Do(Named::ShowInspector));
    app.end_gesture();
    let mut harness = window_of(app);
    let search = format!("Find among {} members with a veto", grouping.voters());
    harness.get_by_label(&search).focus();
    harness.run_ok();
    harness.get_by_label(&search).type_text("zimb");
    harness.run_ok();
    harness.get_by_role_and_label(eframe::egui::accesskit::Role::CheckBox, "Zimbabwe").click();
    harness.run_ok();
    let DecisionRule::Custom(rule) = &harness.state().app.selected().unwrap().rule else { panic!() };
    assert_eq!(rule.veto, Veto::List(vec![grouping.seats[0].country, id("ZWE")]));

    let field = "Sponsor of all groupings: search";
    harness.get_by_label("Sponsor of all groupings: United States").click();
    harness.run_ok();
    harness.get_by_label(field).type_text("jap");
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.get_by_label(field).value().unwrap_or_default(), "", "the first Esc clears");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    harness.run_ok();
    assert!(harness.query_by_label(field).is_none(), "the second closes");
    assert_eq!(harness.state().app.workspace().assumptions.sponsor, id("USA"));
}

#[test]
fn a_number_half_typed_is_in_the_recovery_copy_and_counts_only_when_it_is_left() {
    const LABEL: &str = "Share of the total";
    let folder = tempfile::tempdir().unwrap();
    let copies = folder.path().join("recovery");
    let mut harness = criteria();
    harness.state_mut().app.use_autosave(copies.clone());
    let first = |workspace: &convenor::model::Workspace| {
        (workspace.groupings[0].rule.in_full().criteria[0].share.value() * 100.0).round() as u32
    };
    let kept = |harness: &mut Window| {
        harness.state_mut().app.write_copy();
        let mut entries = std::fs::read_dir(&copies).unwrap().flatten().map(|entry| entry.path());
        let copy = entries.find(|path| path.extension().is_some_and(|ending| ending == "convenor")).unwrap();
        first(&convenor::storage::open(&copy, &engine().atlas).unwrap().workspace)
    };
    let before = first(harness.state().app.workspace());
    assert_eq!(kept(&mut harness), before);
    harness.query_all_by_label(LABEL).next().unwrap().focus();
    harness.run_ok();
    key(&mut harness, Modifiers::COMMAND, Key::A);
    // What is no number is kept by no copy.
    for (letter, held) in [("4", 4), ("7", 47), ("x", before)] {
        harness.query_all_by_label(LABEL).next().unwrap().type_text(letter);
        harness.run_ok();
        assert_eq!(first(harness.state().app.workspace()), before, "it does not count yet");
        assert_eq!(kept(&mut harness), held);
    }
    key(&mut harness, Modifiers::NONE, Key::Backspace);
    assert_eq!(kept(&mut harness), 47);
    // Esc gives all of it up; Enter makes it count.
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!((first(harness.state().app.workspace()), kept(&mut harness)), (before, before));
    write(&mut harness, LABEL, "12", Key::Enter);
    assert_eq!((first(harness.state().app.workspace()), kept(&mut harness)), (12, 12));
}
