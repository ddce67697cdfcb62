//! The window as a whole: files, guards, examples, themes, and a few images.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/raster.rs"]
mod raster;

#[path = "common/engine.rs"]
mod engine;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use convenor::app::{App, Ask, Command, Named};
use convenor::model::{Basis, Criterion, CustomRule, DecisionRule, Edit, NamedRule, Share, Workspace};
use convenor::storage::{self, examples};
use convenor::ui::{Shell, theme};
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use engine::engine;

fn app(example: usize) -> App {
    App::new(engine().clone(), examples::ALL[example].open(&engine().atlas).unwrap())
}

fn window_of(app: App, size: [f32; 2], scale: f32) -> Harness<'static, Shell> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_max_steps(16)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

fn window(app: App) -> Harness<'static, Shell> {
    window_of(app, [1280.0, 800.0], 1.0)
}

#[test]
fn the_sponsor_is_found_by_its_name_and_chosen_with_enter() {
    let mut harness = window(app(0));
    let sponsor = |harness: &Harness<'_, Shell>| harness.state().app.workspace().assumptions.sponsor.to_string();
    assert_eq!(sponsor(&harness), "USA");
    harness.get_by_label("Sponsor of all groupings: United States").click();
    harness.run_ok();
    harness.get_by_label("Sponsor of all groupings: search").type_text("jap");
    harness.run_ok();
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(sponsor(&harness), "JPN");
    assert!(harness.query_by_label("Sponsor of all groupings: search").is_none(), "the list is closed");
    // What was typed before is not there any more, also after leaving the list without a choice.
    for _ in 0..2 {
        harness.get_by_label("Sponsor of all groupings: Japan").click();
        harness.run_ok();
        assert_eq!(harness.get_by_label("Sponsor of all groupings: search").value().unwrap_or_default(), "");
        harness.get_by_label("Sponsor of all groupings: search").type_text("swe");
        harness.run_ok();
        // The first Esc clears, the second leaves.
        for _ in 0..2 {
            harness.key_press(Key::Escape);
            harness.run_ok();
        }
    }
    assert_eq!(sponsor(&harness), "JPN");
    // Without accents, as everywhere.
    harness.get_by_label("Sponsor of all groupings: Japan").click();
    harness.run_ok();
    harness.get_by_label("Sponsor of all groupings: search").type_text("cote");
    harness.run_ok();
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(sponsor(&harness), "CIV");
}

#[test]
fn a_reset_of_the_assumptions_keeps_the_fields_of_later_versions() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/unknown-fields.convenor");
    let workspace = storage::open(&file, &engine().atlas).unwrap().workspace;
    let before = workspace.assumptions.clone();
    let mut harness = window_of(App::new(engine().clone(), workspace), [1280.0, 3000.0], 1.0);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run_ok();
    // All is at its default: there is nothing to reset.
    harness.get_by_label("Assumptions of the workspace").click();
    harness.run_ok();
    assert!(harness.query_by_label("Reset to defaults").is_none());
    let mut changed = (*before).clone();
    changed.weights.people = 0.5;
    harness.state_mut().app.run(Command::Edit(Edit::Assume(Box::new(changed), "weights")));
    harness.run_ok();
    harness.get_by_label("Reset to defaults").click();
    harness.run_ok();
    assert_eq!(harness.state().app.workspace().assumptions, before);
}

fn edit(harness: &mut Harness<'_, Shell>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    harness.run_ok();
    assert!(harness.state().app.history.is_edited());
}

#[test]
fn every_example_is_shown_in_every_size_and_theme() {
    for example in 0..examples::ALL.len() {
        for (size, dark) in [([1280.0, 800.0], false), ([1920.0, 1080.0], true), ([900.0, 560.0], false)] {
            let mut harness = window_of(app(example), size, 1.0);
            harness.ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
            harness.run_ok();
            let first = harness.state().app.workspace().groupings[0].name.clone();
            let label = format!("Grouping {first}");
            assert!(harness.query_by_label(&label).is_some(), "{label}");
            harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
            harness.run_ok();
        }
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_file(harness: &mut Harness<'_, Shell>, path: &Path) {
    harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    harness.step();
    harness.run_ok();
}

#[test]
fn a_file_dropped_on_the_window_is_opened_and_a_damaged_one_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.convenor");
    storage::save(&good, &examples::ALL[5].open(&engine().atlas).unwrap()).unwrap();
    let bad = folder.path().join("bad.convenor");
    let damaged = "{\"format\": \"convenor-workspace\", \"version\": 1, \"groupings\": [";
    std::fs::write(&bad, damaged).unwrap();
    let mut harness = window(app(0));
    drop_file(&mut harness, &good);
    assert_eq!(harness.state().app.document.path.as_deref(), Some(good.as_path()));
    let before = harness.state().app.workspace().clone();
    drop_file(&mut harness, &bad);
    assert_eq!(*harness.state().app.workspace(), before);
    assert!(harness.query_by_label_contains("bad.convenor").is_some(), "one sentence names the file");
    assert_eq!(std::fs::read_to_string(&bad).unwrap(), damaged);
}

#[test]
fn saved_and_reopened_everything_is_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine");
    let mut harness = window(app(0));
    edit(&mut harness);
    let before = harness.state().app.workspace().clone();
    harness.state_mut().app.run(Command::SaveTo(path));
    harness.run_ok();
    assert!(!harness.state().app.history.is_edited());
    let saved = folder.path().join("mine.convenor");
    harness.state_mut().app.run(Command::Do(Named::New));
    harness.run_ok();
    assert!(harness.state().app.workspace().groupings.is_empty());
    harness.state_mut().app.run(Command::OpenPath(saved));
    harness.run_ok();
    assert_eq!(*harness.state().app.workspace(), before);
}

#[test]
fn unsaved_work_is_asked_about_before_it_is_lost() {
    let mut harness = window(app(0));
    edit(&mut harness);
    let before = harness.state().app.workspace().clone();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    harness.run_ok();
    assert_eq!(*harness.state().app.workspace(), before);
    harness.get_by_label("Keep working").click();
    harness.run_ok();
    assert!(harness.query_by_label("Keep working").is_none());
    assert_eq!(*harness.state().app.workspace(), before);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    harness.run_ok();
    harness.get_by_label("Don’t save").click();
    harness.run_ok();
    assert!(harness.state().app.workspace().groupings.is_empty());
}

#[test]
fn asking_for_a_file_without_a_screen_is_a_request_to_the_shell() {
    let mut app = app(0);
    app.run(Command::Do(Named::SaveAs));
    assert_eq!(app.asks, [Ask::SaveFile(None)]);
    let mut app = App::new(engine().clone(), Workspace::new("Empty"));
    app.run(Command::Do(Named::Open));
    assert_eq!(app.asks, [Ask::OpenFile]);
}

#[test]
fn at_least_two_hundred_steps_can_be_undone() {
    let mut app = app(0);
    let before = app.workspace().clone();
    for _ in 0..250 {
        app.run(Command::Do(Named::NewGrouping));
    }
    for _ in 0..250 {
        app.run(Command::Do(Named::Undo));
    }
    assert_eq!(*app.workspace(), before);
}

#[test]
fn the_palette_finds_and_runs() {
    let mut harness = window(app(0));
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P);
    harness.run_ok();
    harness.get_by_label("Find anything").type_text("duplicate");
    harness.run_ok();
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(harness.state().app.workspace().groupings.len(), 4);
    assert!(harness.query_by_label("Find anything").is_none(), "it closes");
}

#[test]
fn a_list_closes_on_enter_and_gives_the_keyboard_back() {
    let mut harness = window(app(0));
    harness.get_by_label("Sort the list").focus();
    harness.run_ok();
    harness.key_press(Key::Enter);
    harness.run_ok();
    harness.get_by_label("if convenor").focus();
    harness.run_ok();
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert!(harness.query_by_label("population").is_none(), "the list is closed");
    assert!(harness.get_by_label("Sort the list").is_focused());
    // Both what-if columns have a head that sorts.
    harness.get_by_label("Sort by if added").click();
    harness.run_ok();
    assert!(harness.query_by_label("Measure of the what-if column").is_some());
}

#[test]
fn a_number_that_is_looked_at_and_not_changed_keeps_its_digits() {
    let mut app = app(0);
    let id = app.session.view.selected.unwrap();
    let third = Criterion::new(Basis::Members, Share::Fraction(2, 3));
    let rule = DecisionRule::Custom(Box::new(CustomRule { criteria: vec![third], ..CustomRule::default() }));
    app.run(Command::Edit(Edit::SetRule(id, Box::new(rule))));
    app.end_gesture();
    let before = app.workspace().clone();
    let mut harness = window(app);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run_ok();
    let share = harness.get_by_label("Share of the total");
    share.scroll_to_me();
    share.focus();
    harness.run_ok();
    for key in [Key::Enter, Key::Tab] {
        harness.key_press(key);
        harness.run_ok();
    }
    assert_eq!(*harness.state().app.workspace(), before, "two thirds stay two thirds");
}

#[test]
fn a_criterion_can_count_only_those_who_vote() {
    let mut app = app(0);
    let id = app.session.view.selected.unwrap();
    let half = Criterion::new(Basis::Members, Share::Fraction(1, 2)).exceeded();
    let rule = DecisionRule::Custom(Box::new(CustomRule { criteria: vec![half.clone()], ..CustomRule::default() }));
    app.run(Command::Edit(Edit::SetRule(id, Box::new(rule))));
    app.end_gesture();
    let mut harness = window(app);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run_ok();
    let who = harness.get_by_label("Who counts in the criterion");
    who.scroll_to_me();
    who.focus();
    harness.run_ok();
    harness.key_press(Key::Space);
    harness.run_ok();
    harness.get_by_label("those voting yes or no").click();
    harness.run_ok();
    let app = &harness.state().app;
    let found = app.workspace().grouping(id).unwrap().rule.clone();
    let wanted = CustomRule { criteria: vec![half.of_those_voting()], ..CustomRule::default() };
    assert_eq!(found, DecisionRule::Custom(Box::new(wanted)));
    assert_eq!(found.words(), "More than half of those voting yes or no");
    // The menu of the card has both rules by name.
    let names: Vec<&str> = NamedRule::ALL.iter().map(|rule| rule.words()).collect();
    assert!(names.contains(&"Present and voting") && names.contains(&"Two thirds, present and voting"));
    let chosen = harness.get_by_label_contains("Decision rule:");
    chosen.scroll_to_me();
    chosen.focus();
    harness.run_ok();
    harness.key_press(Key::Space);
    harness.run_ok();
    harness.get_by_label("Two thirds, present and voting").click();
    harness.run_ok();
    let found = &harness.state().app.workspace().grouping(id).unwrap().rule;
    assert_eq!(*found, DecisionRule::Named(NamedRule::TwoThirdsPresentAndVoting));
}

#[test]
fn contrast_can_be_higher_and_is_remembered() {
    let mut harness = window(app(0));
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    harness.run_ok();
    let text = harness.state().layout().text();
    assert!(text.contains("\"high_contrast\":true"), "{text}");
    let ink = harness.ctx.global_style().visuals.widgets.noninteractive.fg_stroke.color;
    assert!([theme::LIGHT_HIGH.ink, theme::DARK_HIGH.ink].contains(&ink));
    let mut again = window(app(0));
    let ctx = again.ctx.clone();
    again.state_mut().restore(&ctx, Some(&text));
    again.run_ok();
    let ink = again.ctx.global_style().visuals.widgets.noninteractive.fg_stroke.color;
    assert!([theme::LIGHT_HIGH.ink, theme::DARK_HIGH.ink].contains(&ink));
}

#[test]
fn text_is_readable_on_what_it_stands_on() {
    for tokens in [&theme::LIGHT, &theme::DARK, &theme::LIGHT_HIGH, &theme::DARK_HIGH] {
        for paper in [tokens.panel, tokens.background, tokens.soft, tokens.selection] {
            for (ink, least) in [
                (tokens.ink, 7.0),
                (tokens.muted, 4.5),
                (tokens.warning, 4.5),
                (tokens.error, 4.5),
                (tokens.accent, 3.0),
            ] {
                let contrast = theme::contrast(ink, paper);
                assert!(contrast >= least, "{ink:?} on {paper:?}: {contrast:.2}");
            }
        }
    }
    for high in [&theme::LIGHT_HIGH, &theme::DARK_HIGH] {
        for (ink, least) in [(high.ink, 18.0), (high.muted, 10.0), (high.hairline, 3.0), (high.accent, 7.0)] {
            assert!(theme::contrast(ink, high.panel) >= least, "{ink:?}");
        }
    }
    for colour in 0..12 {
        let fill = theme::grouping(colour);
        assert!(theme::contrast(theme::on(fill), fill) >= 4.5, "letter {colour}");
    }
}

#[test]
fn the_window_looks_as_it_did() {
    let harness_of = |dark: bool| {
        let mut harness = window(app(0));
        harness.ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
        harness.run_ok();
        harness
    };
    for (name, dark) in [("light", false), ("dark", true)] {
        let image = harness_of(dark).render().unwrap();
        compare(name, &image);
    }
    // With intervals: groupings beside each other, and what could be done next.
    for (name, dark, modifiers, key) in [
        ("compare", false, Modifiers::COMMAND, Key::Num3),
        ("moves", true, Modifiers::COMMAND, Key::Num4),
        ("record", false, Modifiers::ALT, Key::Num2),
    ] {
        let mut harness = harness_of(dark);
        harness.state_mut().app.compute_intervals();
        harness.key_press_modifiers(modifiers, key);
        harness.run_ok();
        compare(name, &harness.render().unwrap());
    }
}

/// Compares with the image kept under `tests/snapshots`; `UPDATE_SNAPSHOTS` writes it anew.
fn compare(name: &str, image: &image::RgbaImage) {
    // The time of the evaluation, at the lower right, is never the same.
    let mut image = image.clone();
    let (width, height) = image.dimensions();
    for (x, y) in (height - 30..height).flat_map(|y| (width / 2..width).map(move |x| (x, y))) {
        image.put_pixel(x, y, image::Rgba([0, 0, 0, 255]));
    }
    let image = &image;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let path = folder.join(format!("{name}.png"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        image.save(&path).unwrap();
        return;
    }
    let kept = image::open(&path).expect("the image is kept in the repository").into_rgba8();
    assert_eq!(kept.dimensions(), image.dimensions(), "{name}");
    let differs = |(one, other): (&image::Rgba<u8>, &image::Rgba<u8>)| {
        one.0.iter().zip(other.0).any(|(one, other)| one.abs_diff(other) > 12)
    };
    let different = kept.pixels().zip(image.pixels()).filter(|pair| differs(*pair)).count();
    // What antialiasing may make of a few edges.
    let allowed = 40;
    if different > allowed {
        let new = folder.join(format!("{name}.new.png"));
        image.save(&new).unwrap();
        panic!("{name}: {different} pixels differ; see {}", new.display());
    }
}

/// What deadlock risk rests on is said on the card and in the inspector, and what a related vote counts can be changed there.
#[test]
fn the_weight_of_related_votes_is_shown_and_changed() {
    let mut harness = window(app(0));
    let words = "62 direct and 78 related roll calls, worth 40";
    assert!(harness.query_all_by_label_contains(words).count() >= 1, "the card says what it rests on");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run_ok();
    harness.get_by_label("Assumptions of the workspace").scroll_to_me();
    harness.run_ok();
    harness.get_by_label("Assumptions of the workspace").click();
    harness.run_ok();
    let before = harness.state().app.workspace().assumptions.related_weight;
    assert!((before - 0.3).abs() < 1e-12);
    let field = harness.get_by_role_and_label(egui::Role::SpinButton, "Weight of related votes");
    field.focus();
    harness.run_ok();
    harness.key_press(Key::ArrowUp);
    harness.run_ok();
    assert!(harness.state().app.workspace().assumptions.related_weight > before);
}

#[test]
fn a_bundle_tells_since_when_and_what_nobody_checked() {
    let mut harness = window(app(0));
    harness.get_by_label("All bundles").click();
    harness.run_ok();
    for heading in ["Organisations", "Formed or enlarged since 2021", "Proposed around 2021"] {
        assert!(harness.query_by_label(heading).is_some(), "{heading}");
    }
    for (bundle, lines) in [
        (
            "Minerals Security Partnership, 14 members",
            ["Since 2022. Members as of 2025-03.", "year of joining unverified"],
        ),
        (
            "IPEF, 14 members",
            ["Since 2022-05-23. Members as of 2024.", "Commonly stated, not checked against a source."],
        ),
        ("Artemis Accords, 50 members", ["Members as of 2024-12-11.", "Artemis Accords, the 50 signatories"]),
    ] {
        harness.get_by_label(bundle).scroll_to_me();
        harness.run_ok();
        harness.get_by_label(bundle).hover();
        harness.run_steps(60);
        for line in lines {
            assert!(harness.query_all_by_label_contains(line).count() >= 1, "{bundle} does not say: {line}");
        }
    }
}

/// A long name, an open editor or another tab leaves every pane as wide as it was.
#[test]
fn panes_keep_their_width_whatever_is_in_them() {
    let mut app = app(0);
    let mut grouping = (**app.selected().unwrap()).clone();
    grouping.id = app.workspace().free_id();
    grouping.name = "W".repeat(90);
    let weights = [Basis::Members, Basis::Custom].map(|basis| Criterion::new(basis, Share::Fraction(2, 3))).to_vec();
    grouping.rule = DecisionRule::Custom(Box::new(CustomRule { criteria: weights, ..CustomRule::default() }));
    let id = grouping.id;
    app.run(Command::Edit(Edit::AddGrouping(Box::new(grouping), None)));
    app.run(Command::Select(Some(id)));
    for size in [[900.0, 600.0], [1280.0, 800.0], [1920.0, 1080.0]] {
        let mut harness = window_of(App::new(engine().clone(), (**app.workspace()).clone()), size, 1.0);
        harness.state_mut().app.run(Command::Select(Some(id)));
        // Where the right pane begins, and how wide the left one is.
        let edges = |harness: &Harness<'_, Shell>| {
            let plots = harness.get_by_label("Plots").rect().left();
            let search = harness.get_by_label("Search 202 countries").rect();
            [plots, search.left(), search.right()]
        };
        harness.run_ok();
        let before = edges(&harness);
        for key in [Key::Num2, Key::Num3, Key::Num4, Key::Num1] {
            harness.key_press_modifiers(Modifiers::COMMAND, key);
            harness.run_ok();
            harness.run_ok();
            let now = edges(&harness);
            assert!(
                now.iter().zip(before).all(|(now, before)| (now - before).abs() < 0.5),
                "{size:?} {key:?}: {now:?} {before:?}"
            );
        }
    }
}
