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
        if !app.is_saving() {
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
