//! Saving does not hold the window, and nothing that follows it overtakes it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::path::Path;
use std::time::Duration;

use convenor::app::{App, Ask, Command, Named, Weight};
use convenor::model::{Edit, Workspace};
use convenor::storage;
use engine::engine;

fn app() -> App {
    let mut app = App::new(engine().clone(), Workspace::new("Mine"));
    app.never_wait();
    app
}

fn rename(app: &mut App, title: &str) {
    app.run(Command::Edit(Edit::SetTitle(title.to_owned())));
}

fn wait(app: &mut App) {
    for _ in 0..2000 {
        app.poll(false);
        if !app.is_saving() && !app.is_opening() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the save does not end");
}

fn title(path: &Path) -> String {
    storage::open(path, &engine().atlas).unwrap().workspace.title
}

#[test]
fn what_follows_a_save_waits_for_it_and_what_is_edited_meanwhile_is_unsaved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    let mut app = app();
    rename(&mut app, "One");
    // All in one frame: save, an edit, save, and a new document.
    app.run(Command::SaveTo(path.clone()));
    assert!(app.is_saving());
    rename(&mut app, "Two");
    app.run(Command::SaveTo(path.clone()));
    app.run(Command::Do(Named::New));
    wait(&mut app);
    assert_eq!(title(&path), "Two");
    assert_eq!(app.workspace().title, "New workspace");
    assert!(!app.asks.iter().any(|ask| matches!(ask, Ask::Unsaved(_))), "{:?}", app.asks);
    // An edit after the save leaves the document unsaved.
    rename(&mut app, "Three");
    app.run(Command::SaveTo(path.clone()));
    rename(&mut app, "Four");
    wait(&mut app);
    assert_eq!((title(&path), app.history.is_edited()), ("Three".to_owned(), true));
}

#[test]
fn a_save_that_fails_keeps_the_document_and_asks_before_it_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app();
    rename(&mut app, "One");
    app.run(Command::SaveTo(folder.path().join("no/such/folder/a.convenor")));
    app.run(Command::Do(Named::Quit));
    wait(&mut app);
    assert!(app.notices.list().iter().any(|notice| notice.weight == Weight::Error));
    assert!(app.asks.iter().any(|ask| matches!(ask, Ask::Unsaved(_))), "{:?}", app.asks);
    assert!(!app.asks.contains(&Ask::Close));
}

#[test]
fn a_file_that_another_program_changed_is_found_by_the_save() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    let mut app = app();
    rename(&mut app, "One");
    app.run(Command::SaveTo(path.clone()));
    wait(&mut app);
    storage::save(&path, &Workspace::new("Theirs")).unwrap();
    rename(&mut app, "Mine again");
    app.run(Command::SaveTo(path.clone()));
    app.run(Command::Do(Named::Quit));
    wait(&mut app);
    assert!(app.conflict().is_some_and(|conflict| conflict.saving));
    assert_eq!(title(&path), "Theirs");
    assert!(!app.asks.contains(&Ask::Close), "it is not left before the question is answered");
    app.run(Command::Overwrite);
    wait(&mut app);
    assert_eq!((title(&path), app.history.is_edited()), ("Mine again".to_owned(), false));
}

#[test]
fn a_file_that_another_window_has_open_is_opened_as_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    storage::save(&path, &Workspace::new("Shared")).unwrap();
    let window = || {
        let mut app = App::new(engine().clone(), Workspace::new("Nothing"));
        app.use_holds(folder.path().join("open"));
        app
    };
    let told = |app: &App, words: &str| app.notices.list().iter().any(|notice| notice.text.contains(words));
    let (mut first, mut second) = (window(), window());
    first.run(Command::OpenPath(path.clone()));
    assert_eq!(first.document.path.as_deref(), Some(&*path));
    second.run(Command::OpenPath(path.clone()));
    assert_eq!((second.document.path.clone(), second.workspace().title.as_str()), (None, "Shared"));
    assert!(second.history.is_edited() && told(&second, "is open in another window. This is a copy"));
    // Saving it there is refused; under another name it is saved, and held.
    rename(&mut second, "Second");
    second.run(Command::SaveTo(path.clone()));
    assert!(told(&second, "was not saved: it is open in another window"));
    assert_eq!(title(&path), "Shared");
    let other = folder.path().join("b.convenor");
    second.run(Command::SaveTo(other.clone()));
    assert_eq!(title(&other), "Second");
    let mut third = window();
    third.run(Command::OpenPath(other.clone()));
    assert_eq!(third.document.path, None);
    // Whoever goes on to another document, or ends, lets go.
    first.run(Command::Do(Named::New));
    third.run(Command::Discard(Box::new(Command::OpenPath(path.clone()))));
    assert_eq!(third.document.path.as_deref(), Some(&*path));
    // The same window opens its own file again.
    third.run(Command::OpenPath(path.clone()));
    assert_eq!(third.document.path.as_deref(), Some(&*path));
    drop(second);
    drop(third);
    assert_eq!(std::fs::read_dir(folder.path().join("open")).unwrap().count(), 0);
}

#[test]
fn what_is_being_typed_is_in_the_recovery_copy() {
    let folder = tempfile::tempdir().unwrap();
    let copies = folder.path().join("recovery");
    let mut app = App::new(engine().clone(), Workspace::new("Mine"));
    app.use_autosave(copies.clone());
    app.keep_copy();
    assert!(!copies.exists(), "nothing is written where nothing changed");
    let typed = |app: &mut App, text: &str| {
        app.set_half_typed(Some(Edit::SetTitle(text.to_owned())));
        assert!(app.wants_copy());
        app.write_copy();
        assert!(!app.wants_copy());
        let copy = std::fs::read_dir(&copies).unwrap().flatten().map(|entry| entry.path());
        let copy = copy.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "convenor")).unwrap();
        title(&copy)
    };
    assert_eq!(typed(&mut app, "Half a ti"), "Half a ti");
    assert_eq!(typed(&mut app, "Half a title"), "Half a title");
    assert_eq!(app.workspace().title, "Mine");
    // What is no name yet is no edit, and what was given up goes.
    app.set_half_typed(Some(Edit::SetTitle("  ".to_owned())));
    assert!(app.wants_copy());
    app.set_half_typed(None);
    app.write_copy();
    assert!(!app.wants_copy());
    let left = std::fs::read_dir(&copies).unwrap().flatten();
    assert!(left.into_iter().all(|entry| entry.path().extension().is_none_or(|ending| ending != "convenor")));
}

#[test]
fn letters_that_are_not_seen_are_shown_as_marks_and_saved_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    let mut app = App::new(engine().clone(), Workspace::new("Mine"));
    app.run(Command::Do(Named::NewGrouping));
    let id = app.workspace().groupings[0].id;
    app.run(Command::Edit(Edit::Rename(id, "North\u{202e}nap\u{7}".to_owned())));
    assert_eq!(app.results.board.find(id).unwrap().grouping.name, "North‹U+202E›nap‹U+0007›");
    app.run(Command::Tell("\u{2066}told\u{2069}".to_owned()));
    assert!(app.notices.list().iter().any(|notice| notice.text == "‹U+2066›told‹U+2069›"));
    rename(&mut app, "Mine\u{200f}");
    assert!(app.title().starts_with("Mine‹U+200F›"));
    app.run(Command::SaveTo(path.clone()));
    let opened = storage::open(&path, &engine().atlas).unwrap().workspace;
    assert_eq!((opened.title.as_str(), opened.groupings[0].name.as_str()), ("Mine\u{200f}", "North\u{202e}nap\u{7}"));
}

#[test]
fn opening_holds_nothing_and_what_was_done_meanwhile_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    storage::save(&path, &Workspace::new("Slow")).unwrap();
    let mut app = app();
    app.run(Command::OpenPath(path.clone()));
    assert!(app.is_opening() && app.workspace().title == "Mine");
    // What asks for another document waits.
    app.run(Command::Do(Named::New));
    assert_eq!(app.workspace().title, "Mine");
    wait(&mut app);
    assert_eq!(app.workspace().title, "New workspace");
    // Work was done while it was read: it is asked what becomes of it.
    app.run(Command::OpenPath(path.clone()));
    rename(&mut app, "Meanwhile");
    assert!(app.is_opening());
    wait(&mut app);
    assert_eq!(app.workspace().title, "Meanwhile");
    assert!(matches!(&app.asks[..], [Ask::Unsaved(_)]), "{:?}", app.asks);
}

#[test]
fn what_another_program_did_is_looked_at_without_holding_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    storage::save(&path, &Workspace::new("Before")).unwrap();
    let mut app = app();
    app.run(Command::OpenPath(path.clone()));
    wait(&mut app);
    assert_eq!(app.workspace().title, "Before");
    storage::save(&path, &Workspace::new("After")).unwrap();
    app.run(Command::LookAtFile);
    for _ in 0..2000 {
        app.poll(false);
        if app.conflict().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(app.conflict().unwrap().told.join(" ").contains("After"));
    app.run(Command::Reload);
    wait(&mut app);
    assert_eq!((app.workspace().title.as_str(), app.history.is_edited()), ("After", false));
}

#[test]
fn a_copy_belongs_to_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    storage::save(&path, &Workspace::new("Version")).unwrap();
    let mut app = App::new(engine().clone(), Workspace::new("Nothing"));
    app.run(Command::OpenPath(path));
    app.make_copy();
    assert_eq!((app.document.path.clone(), app.history.is_edited()), (None, true));
    app.run(Command::Do(Named::Save));
    assert!(app.asks.iter().any(|ask| matches!(ask, Ask::SaveFile(_))));
}
