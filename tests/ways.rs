//! Ways in: whose no stops most, groupings on the clipboard, and what differs between two workspaces.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/engine.rs"]
mod engine;
#[path = "common/raster.rs"]
mod raster;

use convenor::analysis::stuck::{NAMED, stops_most};
use convenor::analysis::whatif::{self, Estimates};
use convenor::analysis::{Case, measures};
use convenor::app::{App, Ask, Command, Named};
use convenor::chart::{differences, stuck_words};
use convenor::data::CountryId;
use convenor::model::{
    Assumptions, Edit, Form, Grouping, GroupingId, Issue, Mandate, NamedRule, Role, Seat, Shift, Slide, SlideId,
    Workspace,
};
use convenor::storage::examples;
use convenor::ui::Shell;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use engine::engine;
use proptest::prelude::*;

type Window = Harness<'static, Shell>;

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

fn app() -> App {
    App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap())
}

fn window_of(app: App) -> Window {
    let mut harness = Harness::builder()
        .with_size([1280.0, 1000.0])
        .with_max_steps(24)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

fn grouping(members: &[&str], rule: NamedRule) -> Grouping {
    let mut grouping = Grouping::new(GroupingId(1), "Some", 0);
    grouping.seats = members.iter().map(|code| Seat::new(id(code), Role::Member)).collect();
    grouping.rule = convenor::model::DecisionRule::Named(rule);
    grouping
}

#[test]
fn the_member_that_stops_most_is_the_one_without_which_least_fails() {
    for (members, rule) in [
        (&["USA", "SWE", "NOR", "DNK"][..], NamedRule::Consensus),
        (&["CHN", "FRA", "DEU", "IND", "BRA"], NamedRule::Unanimity),
        (&["SWE", "NOR", "DNK", "FIN", "ISL"], NamedRule::Consensus),
        (&["USA", "RUS", "CHN"], NamedRule::TwoThirds),
    ] {
        let grouping = grouping(members, rule);
        let case = Case::of(&engine().atlas, &grouping, &Assumptions::default());
        let risk = |grouping: &Grouping| {
            let case = Case::of(&engine().atlas, grouping, &Assumptions::default());
            engine().report(&case).value(&measures::DEADLOCK).ok()
        };
        let before = risk(&grouping).unwrap();
        // Everyone in turn leaves, from scratch.
        let changes = members.iter().filter_map(|code| {
            let mut left = grouping.clone();
            left.seats.retain(|seat| seat.country != id(code));
            Some((id(code), risk(&left)? - before))
        });
        let best = changes.filter(|(_, change)| *change <= -NAMED).min_by(|a, b| a.1.total_cmp(&b.1));
        let now = Estimates::of(&engine().report(&case));
        let found = stops_most(&whatif::removals(engine(), &case), &now);
        let found = found.map(|(actor, change)| (engine().atlas.countries[actor].id, change));
        match (best, found) {
            (Some(best), Some(found)) => {
                assert_eq!(best.0, found.0, "{members:?}");
                assert!((best.1 - found.1).abs() < 1e-6);
            }
            (best, found) => assert_eq!(best, found, "{members:?}"),
        }
    }
    let america = engine().atlas.actor(id("USA")).unwrap();
    assert_eq!(
        stuck_words(&engine().atlas, Some((america, -31.2))),
        "Most is stopped by the no of the United States: −31 if it leaves"
    );
}

#[test]
fn the_card_names_what_stops_most_and_leads_to_why_and_to_the_record() {
    let mut harness = window_of(app());
    let before = harness.state().app.workspace().clone();
    let line = harness.query_all_by_label_contains("if it leaves, D-10").next().expect("D-10 has one");
    line.click();
    harness.run_ok();
    let view = &harness.state().app.session.view;
    assert!(view.is_open("failing"));
    assert_eq!(view.selected, Some(before.groupings[1].id));
    assert!(harness.query_by_label_contains("Explain Why proposals fail").is_some());
    harness.get_by_label("Roll calls behind the deadlock risk of D-10").click();
    harness.run_ok();
    assert_eq!(harness.state().app.session.view.place, convenor::model::Place::Record);
    assert_eq!(harness.state().app.workspace(), &before);
}

/// What is on the clipboard after Ctrl+C.
fn copied(app: &mut App) -> String {
    app.run(Command::Do(Named::CopyGrouping));
    match app.asks.pop() {
        Some(Ask::CopyText(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_grouping_goes_from_one_window_to_another_by_keys() {
    let mut from = window_of(app());
    from.event(Event::Copy);
    from.run_ok();
    assert!(from.state().app.notices.list().iter().any(|notice| notice.text.contains("was copied")));
    let text = copied(&mut from.state_mut().app);
    assert!(text.starts_with("T-12\nMembers: United States"), "{text}");
    let empty = App::new(engine().clone(), Workspace::new("Other"));
    let mut to = window_of(empty);
    to.event(Event::Paste(text.clone()));
    to.run_ok();
    let theirs = &to.state().app.workspace().groupings;
    assert_eq!(theirs.len(), 1);
    assert_eq!(theirs[0].seats, from.state().app.workspace().groupings[0].seats);
    assert_eq!(to.state().app.history.len(), 1, "one step");
    // A second time it has another name.
    to.event(Event::Paste(text));
    to.run_ok();
    assert_eq!(to.state().app.workspace().groupings.len(), 2);
    assert_ne!(to.state().app.workspace().groupings[0].name, to.state().app.workspace().groupings[1].name);
    to.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    to.run_ok();
    assert_eq!(to.state().app.workspace().groupings.len(), 1);
}

#[test]
fn a_list_is_pasted_as_a_grouping_and_anything_else_is_told() {
    let mut app = app();
    app.run(Command::Paste("Norway, Sweden, Atlantis, FIN".to_owned()));
    let new = app.workspace().groupings.last().unwrap();
    assert_eq!(new.seats.iter().map(|seat| seat.country).collect::<Vec<_>>(), ["NOR", "SWE", "FIN"].map(id));
    assert!(app.notices.list().iter().any(|notice| notice.text.contains("“Atlantis”")));
    let before = app.workspace().clone();
    app.run(Command::Paste("Dear Sir".to_owned()));
    assert_eq!(app.workspace(), &before);
    assert!(app.notices.list().iter().any(|notice| notice.text.contains("neither a grouping nor a list")));
    // Damaged, with the marker of the format.
    let text = copied(&mut app);
    for cut in [text.len() / 2, text.len() - 40] {
        let cut = (cut..text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
        app.run(Command::Paste(format!("{}}}", &text[..cut])));
        assert_eq!(app.workspace(), &before, "nothing comes of half a grouping");
    }
    // Other assumptions are told.
    let mut assumptions = (*app.workspace().assumptions).clone();
    assumptions.half_life = 2.0;
    app.run(Command::Edit(Edit::Assume(Box::new(assumptions), "half-life")));
    app.run(Command::Paste(text));
    let told = app.notices.list().iter().find(|notice| notice.text.contains("other assumptions"));
    assert!(told.is_some_and(|notice| notice.text.contains("half life")), "{:?}", app.notices.list());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_copied_is_what_is_pasted(
        picks in proptest::collection::btree_set(0_usize..193, 1..30),
        rule in 0_usize..NamedRule::ALL.len(),
        questions in 1_u32..9,
    ) {
        let mut original = grouping(&[], NamedRule::ALL[rule]);
        original.seats = picks.iter().map(|at| Seat::new(engine().atlas.countries[*at].id, Role::Member)).collect();
        original.mandate.questions = questions;
        let workspace = Workspace { groupings: vec![std::sync::Arc::new(original.clone())], ..Workspace::new("One") };
        let mut app = App::new(engine().clone(), workspace);
        let text = copied(&mut app);
        app.run(Command::Paste(text));
        let pasted = app.workspace().groupings.last().unwrap();
        prop_assert_eq!(&pasted.seats, &original.seats);
        prop_assert_eq!(&pasted.rule, &original.rule);
        prop_assert_eq!(pasted.mandate, original.mandate);
    }
}

#[test]
fn every_edit_is_a_difference_in_words_and_none_is_nothing() {
    let atlas = &engine().atlas;
    let mut before = examples::ALL[0].open(atlas).unwrap();
    for id in [1, 2] {
        let slide = Slide { id: SlideId(id), title: format!("Claim {id}"), ..Slide::default() };
        Edit::AddSlide(Box::new(slide), None).apply(&mut before);
    }
    assert!(differences(&before, &before, atlas).is_empty());
    let [first, second] = [before.groupings[0].id, before.groupings[1].id];
    let other = Issue::ALL.into_iter().find(|issue| *issue != before.groupings[0].issue).unwrap();
    let mut assumptions = (*before.assumptions).clone();
    assumptions.half_life = 2.0;
    let shift =
        |country: &str, role| Edit::Place(Shift { countries: vec![id(country)], from: None, into: first, role });
    for (edit, words) in [
        (Edit::SetTitle("New".to_owned()), "to “New”"),
        (Edit::SetWorkspaceNotes("x".to_owned()), "notes of the workspace"),
        (Edit::AddGrouping(Box::new(Grouping::new(GroupingId(77), "More", 9)), None), "“More” is new"),
        (Edit::DeleteGrouping(second), "“D-10” is gone"),
        (Edit::Reorder(first, 2), "order"),
        (Edit::Rename(first, "Twelve".to_owned()), "now called “Twelve”"),
        (shift("NOR", None), "Norway joins “T-12” as member."),
        (shift("SWE", Some(Role::Convenor)), "Sweden is convenor of “T-12”, no longer member."),
        (Edit::Convene(first, id("SWE")), "Sweden is convenor"),
        (Edit::Remove(first, vec![id("USA")]), "The United States leaves “T-12”."),
        (Edit::SetIssue(first, other), "issue of “T-12” changes from technology to"),
        (
            Edit::SetRule(first, Box::new(convenor::model::DecisionRule::Named(NamedRule::TwoThirds))),
            "rule of “T-12” changes from consensus to",
        ),
        (Edit::SetMandate(first, Mandate { questions: 5, months: Some(12) }), "mandate of “T-12”"),
        (Edit::SetForm(first, Form::ALL[2]), "form of “T-12”"),
        (Edit::SetNotes(first, "x".to_owned()), "notes of “T-12”"),
        (Edit::SetBacking(first, id("USA"), 0.6), "from 100 % to 60 %"),
        (Edit::Assume(Box::new(assumptions), "half-life"), "“half life” changes from"),
        (Edit::AddSlide(Box::new(Slide { id: SlideId(9), ..Slide::default() }), Some(0)), "Slide 9 is new."),
        (Edit::DeleteSlide(SlideId(1)), "Slide “Claim 1” is gone."),
        (Edit::MoveSlide(SlideId(2), 0), "slides stand in another order"),
        (
            Edit::SetSlide(
                Box::new(Slide {
                    id: SlideId(1),
                    title: "Claim 1".to_owned(),
                    caption: "x".to_owned(),
                    ..Slide::default()
                }),
                "caption",
            ),
            "Slide “Claim 1” differs.",
        ),
        (
            Edit::SetHandling { organisation: "Ministry".to_owned(), handling: String::new() },
            "organisation changes from none to “Ministry”.",
        ),
    ] {
        let mut after = before.clone();
        edit.check(&after).unwrap();
        edit.apply(&mut after);
        let told = differences(&before, &after, atlas);
        assert!(told.iter().any(|line| line.contains(words)), "{words}: {told:?}");
        assert!(told.iter().all(|line| line.ends_with('.')), "{told:?}");
    }
}

#[test]
fn a_file_is_compared_with_in_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.convenor");
    let mut app = app();
    convenor::storage::save(&path, app.workspace()).unwrap();
    let first = app.workspace().groupings[0].id;
    app.run(Command::Edit(Edit::Remove(first, vec![id("USA")])));
    let mut harness = window_of(app);
    harness.state_mut().app.run(Command::CompareWith(path));
    harness.run_ok();
    harness.run_ok();
    assert!(harness.query_by_label("The United States leaves “T-12”.").is_some());
    assert_eq!(harness.state().app.history.len(), 1, "the workspace stays what it is");
}

/// What is said of steps names countries, not codes, and one is one.
#[test]
fn steps_are_called_by_names_and_counts_are_right_for_one() {
    let mut app = app();
    let first = app.workspace().groupings[0].id;
    let one = |role| Edit::Place(Shift { countries: vec![id("NOR")], from: None, into: first, role });
    for (edit, words) in [
        (one(None), "placing of Norway"),
        (Edit::Convene(first, id("FIN")), "convening by Finland"),
        (Edit::SetBacking(first, id("USA"), 0.5), "the backing of the United States"),
        (Edit::Remove(first, vec![id("USA")]), "removal of the United States"),
    ] {
        app.run(Command::Edit(edit));
        app.end_gesture();
        let label = app.history.undo_label().unwrap();
        assert!(label.contains(words), "{label}");
        let is_code = |word: &str| word.len() == 3 && word.chars().all(|letter| letter.is_ascii_uppercase());
        assert!(!label.split_whitespace().any(is_code), "{label}");
    }
    for source in &engine().atlas.sources {
        assert!(!source.licence_words().contains("general knowledge"), "{}", source.licence_words());
    }
}

#[test]
fn keys_that_arrive_in_one_frame_count_one_by_one_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    let mut app = app();
    app.run(Command::SaveTo(path.clone()));
    let before = app.workspace().groupings.len();
    let mut harness = window_of(app);
    harness.run();
    let press = |harness: &mut Window, key: Key| {
        let modifiers = Modifiers::COMMAND;
        harness.input_mut().events.push(Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        });
    };
    for key in [Key::G, Key::G, Key::G, Key::Z, Key::S] {
        press(&mut harness, key);
    }
    harness.step();
    harness.run();
    assert_eq!(harness.state().app.workspace().groupings.len(), before + 2, "three are made, one is taken back");
    let saved = convenor::storage::open(&path, &engine().atlas).unwrap().workspace;
    assert_eq!(saved.groupings.len(), before + 2, "and that is saved");
    assert!(!harness.state().app.history.is_edited());
}
