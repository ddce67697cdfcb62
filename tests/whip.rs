//! The whip sheet in the window, by mouse and by keyboard.
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

use convenor::analysis::measures;
use convenor::app::{Command, Named, Place};
use convenor::model::Stance;
use convenor::ui::Shell;
use eframe::egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use shell::{techno_democracies, window};

fn whip(size: [f32; 2]) -> Harness<'static, Shell> {
    window(techno_democracies(Place::Whip), size)
}

#[test]
fn a_question_is_added_stated_by_keys_and_counts_at_once() {
    let mut harness = whip([1600.0, 1400.0]);
    let deadlock = |harness: &Harness<'_, Shell>| {
        let app = &harness.state().app;
        app.results.board.iter().next().unwrap().report.value(&measures::DEADLOCK).unwrap()
    };
    let before = deadlock(&harness);
    harness.get_by_label("New question").click();
    harness.run_ok();
    let app = &harness.state().app;
    assert_eq!(app.workspace().assumptions.questions.len(), 1);
    assert_eq!(app.workspace().groupings[0].own.questions.len(), 1);
    assert!((deadlock(&harness) - before).abs() < 1e-12, "it counts once somebody has a stance");
    harness.get_by_label("United States: undecided").focus();
    harness.run_ok();
    harness.key_press(Key::Num5);
    harness.run_ok();
    harness.get_by_label("India: leaning no").click();
    harness.run_ok();
    let stance = |harness: &Harness<'_, Shell>, code: &str| {
        let question = harness.state().app.workspace().assumptions.questions[0].clone();
        question.stances.get(&code.parse().unwrap()).and_then(|row| row.stance)
    };
    assert_eq!(stance(&harness, "USA"), Some(Stance::No));
    assert_eq!(stance(&harness, "IND"), Some(Stance::LeanNo));
    assert!(deadlock(&harness) > before, "{} {before}", deadlock(&harness));
    harness.get_by_label("and about nothing but questions of your own").click();
    harness.run_ok();
    assert!(harness.state().app.workspace().groupings[0].own.alone);
    assert!(deadlock(&harness) > 50.0, "the United States say no: {}", deadlock(&harness));
    harness.get_by_label_contains("Chance that it passes:");
    harness.get_by_label("Curve of the question through 2 stances");
    // Notes are kept, and each step is undone by itself.
    harness.get_by_label("India: note").focus();
    harness.run_ok();
    harness.get_by_label("India: note").type_text("asks for time");
    harness.run_ok();
    let note = |harness: &Harness<'_, Shell>| {
        let question = harness.state().app.workspace().assumptions.questions[0].clone();
        question.stances.get(&"IND".parse().unwrap()).map(|row| row.note.clone())
    };
    assert_eq!(note(&harness).as_deref(), Some("asks for time"));
    for _ in 0..2 {
        harness.state_mut().app.run(Command::Do(Named::Undo));
    }
    harness.run_ok();
    assert_eq!(note(&harness).as_deref(), Some(""));
    assert!(!harness.state().app.workspace().groupings[0].own.alone);
    assert_eq!(stance(&harness, "IND"), Some(Stance::LeanNo));
}

#[test]
fn the_other_views_bear_a_grouping_of_own_questions() {
    let mut harness = whip([1280.0, 800.0]);
    harness.get_by_label("New question").click();
    harness.run_ok();
    let mut own = harness.state().app.workspace().groupings[0].own.clone();
    own.alone = true;
    let id = harness.state().app.workspace().groupings[0].id;
    harness.state_mut().app.run(Command::Edit(convenor::model::Edit::SetOwn(id, own)));
    for round in 0..2 {
        for place in Place::ALL {
            harness.state_mut().app.session.view.place = place;
            harness.run_ok();
            harness.run_ok();
        }
        if round == 0 {
            let mut assumptions = (*harness.state().app.workspace().assumptions).clone();
            let question = std::sync::Arc::make_mut(&mut assumptions.questions[0]);
            question.stances.entry("SWE".parse().unwrap()).or_default().stance = Some(Stance::Yes);
            let edit = convenor::model::Edit::Assume(Box::new(assumptions), "the whip sheet");
            harness.state_mut().app.run(Command::Edit(edit));
        }
    }
    for (chart, open) in convenor::chart::CATALOGUE.iter().map(|kind| (kind.id, true)) {
        harness.state_mut().app.session.view.set_open(chart, open);
    }
    harness.state_mut().app.session.view.place = Place::Board;
    harness.run_ok();
    harness.state_mut().app.compute_intervals();
    harness.run_ok();
}
