//! The search of the window: asked, run, looked at, made a grouping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/raster.rs"]
mod raster;

#[path = "common/engine.rs"]
mod engine;

#[path = "common/shell.rs"]
mod shell;

use std::time::{Duration, Instant};

use convenor::analysis::search::{Bounds, Limits, Objective, Progress};
use convenor::app::cli::search;
use convenor::app::searching::{Among, Asking, Convening, SearchStep};
use convenor::app::{App, Command, Place};
use convenor::data::CountryId;
use convenor::model::{DecisionRule, Edit, NamedRule, Role};
use convenor::ui::Shell;
use eframe::egui::Key;
use eframe::egui::accesskit::Role as Role_;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use engine::engine;
use shell::{techno_democracies, window};

fn app() -> App {
    techno_democracies(Place::Search)
}

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

/// “Among states of under 25 million people, which convenor with at most five of T-12's members gives a technology coalition with
/// deadlock under 15 % and the most legitimacy?”
fn closing(app: &App) -> Asking {
    let countries = app.workspace().groupings[0].seats.iter().map(|seat| seat.country).collect();
    Asking {
        among: Among { words: "members of T-12".to_owned(), countries: Some(countries) },
        objectives: vec![Objective::Legitimacy],
        bounds: Bounds { deadlock_below: Some(15.0), exclusion_below: Some(50.0), ..Bounds::default() },
        ..Asking::default()
    }
}

fn wait(app: &mut App) {
    let start = Instant::now();
    while app.searching.far().is_some() {
        assert!(start.elapsed() < Duration::from_mins(2), "the search ends");
        std::thread::sleep(Duration::from_millis(5));
        app.poll(false);
    }
}

#[test]
fn the_window_answers_as_the_command_line() {
    let mut app = app();
    let asking = closing(&app);
    app.run(Command::Search(SearchStep::Ask(Box::new(asking))));
    app.run(Command::Search(SearchStep::Run));
    wait(&mut app);
    let answer = app.searching.answer.clone().unwrap();
    assert!(answer.found.exact && !app.is_search_old());
    assert_eq!(answer.found.considered, 228_139);
    let text: serde_json::Value = serde_json::from_str(&app.search_text()).unwrap();
    let asked = search::parse(engine(), &text, None).unwrap();
    let limits = Limits::of(&asked.search);
    let found = convenor::analysis::search::search(engine(), &asked.search, &limits, &Progress::default());
    assert_eq!(found.front, answer.found.front);
    let best = &found.front[0];
    let codes: Vec<String> =
        best.design.members.iter().map(|actor| engine().atlas.countries[*actor].id.to_string()).collect();
    assert_eq!(codes, ["CAN", "DEU", "FRA", "IND", "JPN", "NZL"]);
    assert_eq!(best.design.convenor, engine().atlas.actor(id("NZL")));
    assert_eq!(answer.holds.len(), 1);
    assert!(answer.holds[0].exclusion_needed.unwrap() < 50.0);
    // Made a grouping it has the same figures.
    let before = app.workspace().groupings.len();
    app.run(Command::Search(SearchStep::Make));
    let made = app.workspace().groupings.last().unwrap().clone();
    assert_eq!((app.workspace().groupings.len(), made.name.as_str()), (before + 1, "Led by New Zealand"));
    assert_eq!(made.seat(id("NZL")).unwrap().role, Role::Convenor);
    let report = &app.results.of(made.id).unwrap().report;
    let value = |objective: Objective| report.value(objective.measure()).unwrap();
    for objective in Objective::ALL {
        assert!((value(objective) - best.value(objective).unwrap()).abs() < 1e-9);
    }
    app.run(Command::Do(convenor::app::Named::Undo));
    assert_eq!(app.workspace().groupings.len(), before);
}

#[test]
fn an_answer_to_another_question_says_so() {
    let mut app = app();
    let asking = Asking { size: [2, 2], ..closing(&app) };
    app.run(Command::Search(SearchStep::Ask(Box::new(asking.clone()))));
    app.run(Command::Search(SearchStep::Run));
    wait(&mut app);
    assert!(!app.is_search_old());
    let first = app.workspace().groupings[0].id;
    let rule = Box::new(DecisionRule::Named(NamedRule::SimpleMajority));
    app.run(Command::Edit(Edit::SetRule(first, rule)));
    assert!(app.is_search_old());
    app.run(Command::Do(convenor::app::Named::Undo));
    assert!(!app.is_search_old());
    let never = vec![id("SWE")];
    app.run(Command::Search(SearchStep::Ask(Box::new(Asking { never: never.clone(), ..asking.clone() }))));
    assert!(app.is_search_old());
    // What contradicts itself is refused in a sentence, and nothing runs.
    let must = never.clone();
    app.run(Command::Search(SearchStep::Ask(Box::new(Asking { never, must, ..asking.clone() }))));
    assert_eq!(app.asked_designs().unwrap_err(), "SWE must be in and must never be in.");
    app.run(Command::Search(SearchStep::Run));
    assert!(app.searching.far().is_none());
    app.run(Command::Search(SearchStep::Ask(Box::new(Asking { convening: Convening::Listed(Vec::new()), ..asking }))));
    assert_eq!(app.asked_designs().unwrap_err(), "Nobody may convene yet: add a country to the list.");
}

#[test]
fn a_search_waits_goes_on_and_keeps_what_it_found() {
    let mut app = app();
    // Every country, up to six: more than can be gone through.
    app.run(Command::Search(SearchStep::Run));
    let start = Instant::now();
    while app.searching.far().is_some_and(|far| far.best.is_none()) {
        assert!(start.elapsed() < Duration::from_mins(1), "something is found");
        std::thread::sleep(Duration::from_millis(5));
    }
    app.run(Command::Search(SearchStep::Pause(true)));
    std::thread::sleep(Duration::from_millis(700));
    let far = app.searching.far().unwrap();
    assert!(far.is_paused && far.best.is_some());
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(app.searching.far().unwrap().considered, far.considered, "it waits");
    // Meanwhile the board answers.
    let first = app.workspace().groupings[0].id;
    app.run(Command::Edit(Edit::Convene(first, id("SWE"))));
    assert!(app.results.of(first).is_some());
    app.run(Command::Search(SearchStep::Pause(false)));
    app.run(Command::Search(SearchStep::Stop));
    wait(&mut app);
    let answer = app.searching.answer.clone().unwrap();
    assert!(!answer.found.exact && !answer.found.front.is_empty());
    let words = convenor::chart::found::sentence(&answer.found);
    assert!(words.contains("Not proven") && !words.to_lowercase().contains("optimal"), "{words}");
}

#[test]
fn the_front_is_stepped_along_by_keys_and_enter_makes_a_grouping() {
    for size in [[1280.0, 800.0], [1500.0, 1800.0], [900.0, 600.0]] {
        let mut app = app();
        let asking = Asking {
            size: [2, 3],
            objectives: vec![Objective::Legitimacy, Objective::Deadlock],
            bounds: Bounds::default(),
            ..closing(&app)
        };
        app.run(Command::Search(SearchStep::Ask(Box::new(asking))));
        let mut harness = window(app, size);
        let label = if size[0] < 1000.0 { None } else { Some(()) };
        if label.is_some() {
            harness.get_by_label("Search").click();
        } else {
            harness.state_mut().app.run(Command::Search(SearchStep::Run));
        }
        harness.run_ok();
        wait(&mut harness.state_mut().app);
        harness.run_ok();
        let front = harness.state().app.searching.answer.clone().unwrap().found.front.len();
        assert!(front > 3);
        // The numbers of the table stand beside their designs: every row is as high as the others.
        let tops: Vec<f32> = (1..=front.min(20))
            .filter_map(|n| {
                let label = format!("Design {n}: ");
                let mut all = harness.query_all_by_role(Role_::Button);
                let named = |found: String| found.starts_with(&label);
                all.find(|node| node.accesskit_node().label().is_some_and(named)).map(|node| node.rect().center().y)
            })
            .collect();
        assert!(size[1] < 1500.0 || tops.len() > 3, "{tops:?}");
        assert!(tops.windows(2).all(|pair| (pair[1] - pair[0] - 24.0).abs() < 0.6), "{tops:?}");
        let before = harness.state().app.workspace().groupings.len();
        harness
            .get_by_role_and_label(eframe::egui::accesskit::Role::Image, &{
                let app = &harness.state().app;
                let best = &app.searching.answer.as_ref().unwrap().found.front[0];
                let words = convenor::chart::found::design_words(app.atlas(), best);
                let figures: Vec<String> = Objective::ALL
                    .into_iter()
                    .map(|of| {
                        let measure = of.measure();
                        format!("{} {}", measure.label.to_lowercase(), convenor::chart::figure(measure, best.value(of)))
                    })
                    .collect();
                format!("Designs found: 1 of {front}, {words}; {}", figures.join(", "))
            })
            .focus();
        harness.run_ok();
        let at_first = harness.state().app.searching.chosen;
        harness.key_press(Key::Home);
        harness.run_ok();
        for _ in 0..2 {
            harness.key_press(Key::ArrowRight);
            harness.run_ok();
        }
        let chosen = harness.state().app.searching.chosen;
        assert_ne!(chosen, at_first);
        harness.key_press(Key::Enter);
        harness.run_ok();
        let app = &harness.state().app;
        assert_eq!(app.workspace().groupings.len(), before + 1, "{size:?}");
        let made = app.workspace().groupings.last().unwrap();
        let best = &app.searching.answer.as_ref().unwrap().found.front[chosen];
        let mut codes: Vec<CountryId> = made.seats.iter().map(|seat| seat.country).collect();
        codes.sort_unstable();
        let wanted: Vec<CountryId> = best.design.members.iter().map(|actor| app.atlas().countries[*actor].id).collect();
        assert_eq!(codes, wanted);
    }
}

type Window = Harness<'static, Shell>;

fn key(harness: &mut Window, key: Key) {
    harness.key_press(key);
    harness.run_ok();
}

/// Goes on with Tab until a control of that role and name has the keyboard.
fn tab_to(harness: &mut Window, role: Role_, label: &str) {
    for _ in 0..80 {
        let there = harness.query_all_by_role(role).any(|node| {
            node.accesskit_node().is_focused()
                && node.accesskit_node().label().is_some_and(|found| found.starts_with(label))
        });
        if there {
            return;
        }
        key(harness, Key::Tab);
    }
    panic!("Tab does not lead to {label}");
}

#[test]
fn the_closing_question_is_asked_and_answered_by_keyboard_alone() {
    let mut harness = window(app(), [1500.0, 1000.0]);
    harness.state_mut().app.session.view.place = Place::Board;
    harness.run_ok();
    harness.key_press_modifiers(eframe::egui::Modifiers::ALT, Key::Num4);
    harness.run_ok();
    for _ in 0..4 {
        let there = harness.query_all_by_role(Role_::ComboBox).any(|node| {
            node.accesskit_node().is_focused()
                && node.accesskit_node().label().is_some_and(|found| found == "Who may convene")
        });
        if there {
            break;
        }
        key(&mut harness, Key::F6);
    }
    tab_to(&mut harness, Role_::ComboBox, "Members from");
    key(&mut harness, Key::Enter);
    tab_to(&mut harness, Role_::Button, "members of T-12");
    key(&mut harness, Key::Enter);
    tab_to(&mut harness, Role_::CheckBox, "Deadlock risk");
    key(&mut harness, Key::Space);
    tab_to(&mut harness, Role_::CheckBox, "deadlock risk below");
    key(&mut harness, Key::Space);
    key(&mut harness, Key::Tab);
    harness.event(eframe::egui::Event::Text("15".to_owned()));
    harness.run_ok();
    tab_to(&mut harness, Role_::CheckBox, "exclusion needed below");
    key(&mut harness, Key::Space);
    tab_to(&mut harness, Role_::Button, "Search");
    key(&mut harness, Key::Enter);
    let asking = harness.state().app.searching.asking.clone();
    assert_eq!(asking.objectives, [Objective::Legitimacy]);
    assert_eq!((asking.bounds.deadlock_below, asking.bounds.exclusion_below), (Some(15.0), Some(50.0)));
    assert_eq!(asking.among.countries.map(|countries| countries.len()), Some(12));
    wait(&mut harness.state_mut().app);
    harness.run_ok();
    tab_to(&mut harness, Role_::Image, "Designs found: 1 of 1, New Zealand with Canada, Germany, France, India, Japan");
    key(&mut harness, Key::Enter);
    let app = &harness.state().app;
    assert_eq!(app.workspace().groupings.last().unwrap().name, "Led by New Zealand");
}
