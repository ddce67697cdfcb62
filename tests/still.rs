//! The window holds still: sides that are hidden come back, links lead there and change nothing, the keyboard returns to where it
//! was, and what was told can be read again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/engine.rs"]
mod engine;
#[path = "common/raster.rs"]
mod raster;

use std::collections::HashSet;

use convenor::app::{App, Ask, Command, Help, Named, Weight};
use convenor::model::{Edit, Grouping, GroupingId, Panes, Place, View};
use convenor::storage::examples;
use convenor::ui::Shell;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use engine::engine;

type Window = Harness<'static, Shell>;

fn app() -> App {
    App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap())
}

fn window_of(app: App, size: [f32; 2]) -> Window {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(24)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

/// The search field of the list.
fn search() -> String {
    format!("Search {} countries", engine().atlas.countries.len())
}

fn window() -> Window {
    window_of(app(), [1280.0, 800.0])
}

fn key(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

fn click(harness: &mut Window, label: &str) {
    harness.get_by_label(label).click();
    harness.run_ok();
}

#[test]
fn every_command_has_words_of_its_own_and_says_why_it_cannot_be_done() {
    let empty = App::new(engine().clone(), convenor::model::Workspace::new("Empty"));
    let mut labels = HashSet::new();
    for named in Named::ALL {
        let entry = named.entry();
        assert!(labels.insert((entry.menu.label(), entry.label)), "{}", entry.label);
        if let Err(why) = named.possible(&empty) {
            assert!(why.ends_with('.') && why.len() > 12, "{}: {why}", entry.label);
            let mut app = App::new(engine().clone(), convenor::model::Workspace::new("Empty"));
            app.run(Command::Do(named));
            let told = app.notices.list().iter().any(|notice| notice.text.contains(why));
            assert!(told || named == Named::ClearPicked, "{} does nothing without a word", entry.label);
        }
    }
    assert_eq!(Named::Rename.possible(&empty), Err("There is no grouping yet."));
}

#[test]
fn sides_are_hidden_and_come_back_by_key_by_mouse_and_with_the_layout() {
    for size in [[900.0, 600.0], [1280.0, 800.0], [1920.0, 1080.0]] {
        let mut harness = window_of(app(), size);
        let has = |harness: &Window, label: &str| harness.query_by_label(label).is_some();
        assert!(has(&harness, &search()) && has(&harness, "Charts: which are open"));
        key(&mut harness, Modifiers::NONE, Key::F7);
        assert!(!has(&harness, &search()));
        key(&mut harness, Modifiers::NONE, Key::F8);
        assert!(!has(&harness, "Charts: which are open"));
        let text = harness.state().layout().text();
        click(&mut harness, "Show countries");
        assert!(has(&harness, &search()));
        key(&mut harness, Modifiers::NONE, Key::F9);
        key(&mut harness, Modifiers::NONE, Key::F9);
        assert_eq!(harness.state().app.session.view.panes, Panes::default());
        // What needs a side brings it back.
        key(&mut harness, Modifiers::NONE, Key::F9);
        key(&mut harness, Modifiers::COMMAND, Key::F);
        assert!(has(&harness, &search()));
        key(&mut harness, Modifiers::COMMAND, Key::Num1);
        assert!(has(&harness, "Charts: which are open"));
        let mut again = window_of(app(), size);
        let ctx = again.ctx.clone();
        again.state_mut().restore(&ctx, Some(&text));
        again.run_ok();
        assert!(!has(&again, &search()) && !has(&again, "Charts: which are open"));
    }
}

#[test]
fn a_view_is_a_value_that_can_be_stored_and_looked_at_again() {
    let mut harness = window();
    let last = harness.state().app.workspace().groupings.last().unwrap().id;
    let mut view = harness.state().app.session.view.clone();
    view.place = Place::Record;
    view.selected = Some(last);
    view.set_open("power", true);
    view.set_table("cost", true);
    view.panes.countries = false;
    let stored = serde_json::to_string(&view).unwrap();
    let read: View = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, view);
    harness.state_mut().app.run(Command::Look(Box::new(read)));
    harness.run_ok();
    assert_eq!(harness.state().app.session.view, view);
    assert!(harness.query_by_label(&search()).is_none());
    assert_eq!(harness.state().app.history.len(), 0, "looking is no step");
}

#[test]
fn a_board_of_another_workspace_stands_beside_the_live_one_with_intervals_by_case() {
    let mut app = app();
    app.compute_intervals();
    let mut other = (**app.workspace()).clone();
    // The same groupings under other numbers, the last one changed.
    let mut groupings: Vec<Grouping> = other.groupings.iter().map(|grouping| (**grouping).clone()).collect();
    for grouping in &mut groupings {
        grouping.id = GroupingId(grouping.id.0 + 100);
    }
    groupings.last_mut().unwrap().mandate.questions += 3;
    other.groupings = groupings.into_iter().map(std::sync::Arc::new).collect();
    let board = app.results.board_of(&app.engine, &other, Some(other.groupings[0].id));
    let measure = &convenor::analysis::measures::DEADLOCK;
    for (ours, theirs) in app.results.board.iter().zip(&board) {
        if ours.case == theirs.case {
            assert_eq!(ours.interval(measure), theirs.interval(measure));
            assert!(theirs.draws().is_some());
        } else {
            assert!(theirs.interval(measure).is_none(), "nobody computed it yet");
            assert!(theirs.report.deadlock.is_ok());
        }
    }
    assert_eq!(board.baselines.len(), app.results.board.baselines.len());
}

#[test]
fn links_lead_to_their_section_and_change_nothing() {
    let mut harness = window();
    let before = harness.state().app.workspace().clone();
    let cautions = harness.query_all_by_label_contains("caution").next().expect("a card with cautions");
    cautions.click();
    harness.run_ok();
    let header = harness.query_all_by_label_contains("Cautions (").next().expect("the section");
    assert!(header.rect().top() >= 0.0 && header.rect().bottom() <= 800.0, "{:?}", header.rect());
    assert!(header.accesskit_node().is_focused());
    harness.get_by_label_contains("Decision rule and mandate");
    let rule = before.groupings[0].rule.words();
    let first = harness.query_all_by_label_contains(&rule).next().expect("the rule on a card").rect();
    harness.hover_at(first.center());
    harness.step();
    harness.drag_at(first.center());
    harness.step();
    harness.drop_at(first.center());
    harness.run_ok();
    click(&mut harness, "Change criteria…");
    let header = harness.get_by_label("Decision rule and mandate");
    assert!(header.accesskit_node().is_focused());
    assert!(harness.query_by_label("Own criteria, starting from these").is_some(), "it is open");
    assert_eq!(harness.state().app.workspace(), &before);
    assert_eq!(harness.state().app.history.len(), 0);
}

#[test]
fn a_notice_leaves_but_is_kept_in_the_list_and_none_outlives_its_document() {
    let mut app = app();
    for number in 0..8 {
        app.notices.tell(Weight::Warning, format!("Repair {number} was made."));
    }
    assert_eq!(app.notices.list().len(), 8, "no repair is cut");
    app.run(Command::Do(Named::New));
    assert!(app.notices.list().is_empty(), "they spoke of the document before");
    assert_eq!(app.notices.unread(), 8);
    let mut harness = window_of(app, [1280.0, 800.0]);
    click(&mut harness, "8 notices to read");
    for number in 0..8 {
        assert!(harness.query_by_label_contains(&format!("Repair {number} was made.")).is_some());
    }
    assert_eq!(harness.state().app.notices.unread(), 0);
}

#[test]
fn undo_takes_the_news_with_it() {
    let mut app = app();
    app.run(Command::Do(Named::Delete));
    assert!(app.notices.list().iter().any(|notice| notice.text.contains("Undo")));
    app.run(Command::Do(Named::Undo));
    assert!(app.notices.list().is_empty());
}

#[test]
fn the_title_is_edited_where_it_stands_and_notes_are_one_step() {
    let mut harness = window();
    let old = harness.state().app.workspace().title.clone();
    click(&mut harness, &format!("Title of the workspace: {old}"));
    // All of it is selected: typing replaces it.
    harness.get_by_label("Title of the workspace").type_text("Pandemic treaty");
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().app.workspace().title, "Pandemic treaty");
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().app.workspace().title, old);
    // Esc throws it away.
    click(&mut harness, &format!("Title of the workspace: {old}"));
    harness.get_by_label("Title of the workspace").type_text("Nothing");
    harness.run_ok();
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().app.workspace().title, old);
    // A command takes it as it stands.
    click(&mut harness, &format!("Title of the workspace: {old}"));
    harness.get_by_label("Title of the workspace").type_text("Health");
    harness.run_ok();
    key(&mut harness, Modifiers::COMMAND, Key::G);
    assert_eq!(harness.state().app.workspace().title, "Health");
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    let steps = harness.state().app.history.len();
    harness.state_mut().app.run(Command::Do(Named::Describe));
    harness.run_ok();
    harness.get_by_label("Notes").focus();
    harness.run_ok();
    for letter in ["W", "h", "y"] {
        harness.get_by_label("Notes").type_text(letter);
        harness.run_ok();
    }
    assert!(harness.state().app.workspace().notes.ends_with("Why"));
    assert_eq!(harness.state().app.history.len(), steps + 1, "one step however slowly it is typed");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Title and notes of the workspace").is_none());
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(!harness.state().app.workspace().notes.ends_with("Why"));
}

#[test]
fn help_opens_at_its_top_scrolls_by_keys_and_gives_the_keyboard_back() {
    let mut harness = window_of(app(), [900.0, 600.0]);
    key(&mut harness, Modifiers::COMMAND, Key::F);
    let focused = |harness: &Window, label: &str| harness.get_by_label(label).accesskit_node().is_focused();
    assert!(focused(&harness, &search()));
    for page in [Help::Keys, Help::Sources, Help::About, Help::Notices] {
        // A letter that no font has would end the test.
        harness.state_mut().app.asks.push(Ask::Help(page));
        harness.run_ok();
        harness.run_ok();
        key(&mut harness, Modifiers::NONE, Key::Escape);
    }
    assert!(focused(&harness, &search()));
    key(&mut harness, Modifiers::SHIFT, Key::F1);
    let top = |harness: &Window| {
        let heads = harness.query_all_by_label_contains("What every number means, how it is made");
        heads.map(|head| head.rect().top()).fold(f32::INFINITY, f32::min)
    };
    let before = top(&harness);
    key(&mut harness, Modifiers::NONE, Key::PageDown);
    key(&mut harness, Modifiers::NONE, Key::PageDown);
    let after = top(&harness);
    assert!(after < before - 300.0 || after.is_infinite(), "{before} {after}");
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(focused(&harness, &search()), "the keyboard is where it was");
    key(&mut harness, Modifiers::SHIFT, Key::F1);
    assert!((top(&harness) - before).abs() < 1.0, "at its top again: {} {before} {after}", top(&harness));
}

#[test]
fn a_menu_closes_when_a_key_acts_and_panes_are_visited_both_ways() {
    let mut harness = window();
    click(&mut harness, "Grouping");
    assert!(harness.query_by_label_contains("Duplicate").is_some());
    key(&mut harness, Modifiers::COMMAND, Key::G);
    assert!(harness.query_by_label_contains("Duplicate").is_none(), "the menu is closed");
    key(&mut harness, Modifiers::COMMAND, Key::F);
    let focused = |harness: &Window| {
        let node = harness.ctx.memory(eframe::egui::Memory::focused);
        node.expect("something has the keyboard")
    };
    let first = focused(&harness);
    let mut there = vec![first];
    for _ in 0..2 {
        key(&mut harness, Modifiers::NONE, Key::F6);
        there.push(focused(&harness));
    }
    key(&mut harness, Modifiers::NONE, Key::F6);
    assert_eq!(focused(&harness), first, "round");
    assert_eq!(there.iter().collect::<HashSet<_>>().len(), 3);
    for at in [2, 1, 0] {
        key(&mut harness, Modifiers::SHIFT, Key::F6);
        assert_eq!(focused(&harness), there[at], "and back");
    }
}

/// Whatever the window holds, at a size and a zoom.
fn at_zoom(size: [f32; 2], zoom: f32) -> Window {
    let mut app = app();
    let first = app.workspace().groupings[0].id;
    app.run(Command::Edit(Edit::Rename(
        first,
        "A partnership with a name that nobody would ever finish reading".into(),
    )));
    app.end_gesture();
    let mut harness = window_of(app, [size[0] / zoom, size[1] / zoom]);
    harness.run_ok();
    harness
}

#[test]
fn nothing_that_can_be_pressed_overlaps_at_any_zoom() {
    for (size, zoom) in [
        ([900.0, 600.0], 1.0),
        ([1280.0, 800.0], 0.8),
        ([1280.0, 800.0], 1.0),
        ([1280.0, 800.0], 1.25),
        ([1280.0, 800.0], 1.5),
        ([1280.0, 800.0], 2.0),
        ([1920.0, 1080.0], 1.0),
        ([1920.0, 1080.0], 1.5),
    ] {
        let harness = at_zoom(size, zoom);
        let screen = vec2(size[0] / zoom, size[1] / zoom);
        let bar = ["File", "Edit", "Grouping", "View", "Help", "Show board", "Show record"]
            .map(|label| (label, harness.get_by_label(label).rect()));
        let sponsor = harness.get_by_label_contains("Sponsor of all groupings").rect();
        let bar: Vec<_> = bar.into_iter().chain([("Sponsor", sponsor)]).collect();
        for (at, (one, rect)) in bar.iter().enumerate() {
            assert!(
                rect.left() >= 0.0 && rect.right() <= screen.x + 0.5 && rect.width() > 8.0,
                "{one} at {size:?} × {zoom}: {rect:?}"
            );
            for (other, beside) in &bar[at + 1..] {
                assert!(!rect.shrink(1.0).intersects(beside.shrink(1.0)), "{one} and {other} at {size:?} × {zoom}");
            }
        }
        let mut harness = harness;
        let rect = |harness: &Window, label: &str| harness.query_by_label(label).map(|node| node.rect());
        let (list, charts) = (rect(&harness, &search()), rect(&harness, "Charts: which are open"));
        let (left, right) = (list.map_or(0.0, |list| list.right()), charts.map_or(screen.x, |charts| charts.left()));
        assert!(
            right <= screen.x + 0.5 && right - left > 250.0,
            "the middle has room at {size:?} × {zoom}: {left} to {right}"
        );
        // What is hidden for want of room is a key away, and then the other side makes room.
        if charts.is_none() {
            key(&mut harness, Modifiers::NONE, Key::F8);
            assert!(rect(&harness, "Charts: which are open").is_some() && rect(&harness, &search()).is_none());
            key(&mut harness, Modifiers::COMMAND, Key::F);
            assert!(rect(&harness, "Charts: which are open").is_none() && rect(&harness, &search()).is_some());
        }
        // Nothing in the line at the bottom lies on another.
        let words = [
            "Hide countries",
            "Show countries",
            "Hide right side",
            "Show right side",
            "No changes",
            "Not saved",
            "Votes 2012",
            "evaluated in",
        ];
        let bottom: Vec<_> = words
            .iter()
            .flat_map(|words| harness.query_all_by_label_contains(words).map(|node| node.rect()).collect::<Vec<_>>())
            .filter(|rect| rect.center().y > screen.y - 30.0 && rect.bottom() < screen.y)
            .collect();
        for (at, one) in bottom.iter().enumerate() {
            for other in &bottom[at + 1..] {
                assert!(!one.shrink(1.0).intersects(other.shrink(1.0)), "{one:?} and {other:?} at {size:?} × {zoom}");
            }
        }
    }
}

#[test]
fn a_table_sorts_by_its_heads_and_its_first_column_stays() {
    let mut app = app();
    app.session.view.set_table("deadlock", true);
    let mut harness = window_of(app, [1280.0, 2000.0]);
    let order = |harness: &Window| {
        let mut rows: Vec<(f32, String)> = harness
            .state()
            .app
            .workspace()
            .groupings
            .iter()
            .map(|grouping| {
                let nodes = harness.query_all_by_label(&grouping.name);
                // The name in the table is the lowest of that name in the right pane.
                let place =
                    nodes.filter(|node| node.rect().left() > 860.0).map(|node| node.rect().top()).fold(0.0, f32::max);
                (place, grouping.name.clone())
            })
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    let before = order(&harness);
    let figures = |harness: &Window, names: &[String]| -> Vec<f64> {
        let app = &harness.state().app;
        let of = |name: &String| app.results.board.iter().find(|of| of.grouping.name == *name).unwrap();
        names.iter().map(|name| of(name).report.deadlock.as_ref().unwrap().risk).collect()
    };
    click(&mut harness, "Deadlock risk: not sorted");
    let falls = figures(&harness, &order(&harness));
    assert!(falls.windows(2).all(|pair| pair[0] >= pair[1] - 0.5), "{falls:?}");
    click(&mut harness, "Deadlock risk: sorted, descending");
    let rises = figures(&harness, &order(&harness));
    assert!(rises.windows(2).all(|pair| pair[0] <= pair[1] + 0.5), "{rises:?}");
    click(&mut harness, "Deadlock risk: sorted, ascending");
    assert_eq!(order(&harness), before, "as it was");
    for name in &before {
        let name = harness.query_all_by_label(name).map(|node| node.rect()).find(|rect| rect.left() > 860.0);
        assert!(name.is_some_and(|rect| rect.width() > 20.0 && rect.right() < 1280.0));
    }
}

#[test]
fn compare_takes_groupings_and_baselines_on_either_side_and_one_baseline_for_all_differences() {
    let mut app = app();
    app.compute_intervals();
    let mut harness = window_of(app, [1280.0, 1600.0]);
    key(&mut harness, Modifiers::COMMAND, Key::Num3);
    let nearest = harness.query_all_by_label_contains(" G20").count();
    assert!(nearest >= 12, "{nearest} differences are to the G20");
    harness.get_by_label("Baseline of the differences").click();
    harness.run_ok();
    harness.query_all_by_label("Security Council").last().unwrap().click();
    harness.run_ok();
    let cells = |harness: &Window, words: &str| harness.query_all_by_label_contains(words).count();
    let council = convenor::analysis::Baseline::SecurityCouncil.abbreviation();
    assert!(cells(&harness, council) >= 12, "all of them now");
    // A baseline as one side of the pair.
    harness.get_by_label_contains("Second of the pair").click();
    harness.run_ok();
    harness.query_all_by_label("General Assembly").last().unwrap().click();
    harness.run_ok();
    assert!(harness.query_by_label_contains("Second of the pair: General Assembly").is_some());
    assert!(harness.query_by_label_contains("In Assembly but not in A: 18").is_some(), "193 members less those of A");
}

#[test]
fn every_notice_on_the_screen_is_seen_whole() {
    let mut harness = window_of(app(), [1280.0, 800.0]);
    for words in [
        "The first repair was made.",
        "The second repair was made, which takes more than one line to tell in full, all of it.",
        "The third.",
    ] {
        harness.state_mut().app.notices.tell(Weight::Warning, words);
        harness.run_ok();
    }
    let mut closing: Vec<_> = harness.query_all_by_label("Close").map(|node| node.rect().center()).collect();
    closing.sort_by(|a, b| a.y.total_cmp(&b.y));
    assert_eq!(closing.len(), 3);
    // The topmost answers to the pointer: nothing hides it.
    harness.hover_at(closing[0]);
    harness.step();
    harness.drag_at(closing[0]);
    harness.step();
    harness.drop_at(closing[0]);
    harness.run_ok();
    let left: Vec<&str> = harness.state().app.notices.list().iter().map(|notice| notice.text.as_str()).collect();
    assert!(left.len() == 2 && !left.contains(&"The first repair was made."), "{left:?}");
}

#[test]
fn edges_of_controls_stand_out_from_what_they_are_on() {
    use convenor::ui::theme;
    for tokens in [&theme::LIGHT, &theme::DARK, &theme::LIGHT_HIGH, &theme::DARK_HIGH] {
        for ground in [tokens.panel, tokens.background] {
            let contrast = theme::contrast(tokens.edge, ground);
            assert!(contrast >= 3.0, "{:?} on {ground:?}: {contrast:.2}", tokens.edge);
        }
    }
}
