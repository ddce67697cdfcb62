//! The list of recent files, and recovery copies.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use convenor::data::Atlas;
use convenor::model::Workspace;
use convenor::storage::autosave::{self, Autosave};
use convenor::storage::{self, recent};

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| Atlas::embedded().unwrap())
}

fn count(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// A path that is absolute on every system.
fn absolute(name: &str) -> PathBuf {
    std::env::temp_dir().join(name)
}

#[test]
fn recent_files_are_kept_latest_first_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("config").join("recent.json");
    assert_eq!(recent::load(&list), recent::Recent::default());
    assert_eq!(count(folder.path()), 0, "reading makes no folder");
    for name in ["a", "b", "a"] {
        recent::remember(&list, &absolute(name)).unwrap();
    }
    let found = recent::load(&list);
    assert_eq!(found.files, [absolute("a"), absolute("b")]);
    assert_eq!(found.complaint, None);
    assert_eq!(count(&folder.path().join("config")), 1);
}

#[test]
fn no_more_than_twelve_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("recent.json");
    let many: Vec<PathBuf> = (0..20).map(|n| absolute(&n.to_string())).collect();
    recent::write(&list, &many).unwrap();
    assert_eq!(recent::load(&list).files, many[..recent::MOST]);
    let files = recent::remember(&list, &absolute("new")).unwrap();
    assert_eq!(files.len(), 12);
    assert_eq!(files[..2], [absolute("new"), absolute("0")]);
}

#[test]
fn a_relative_path_is_remembered_as_what_it_means() {
    let folder = tempfile::tempdir().unwrap();
    let files = recent::remember(&folder.path().join("recent.json"), Path::new("a.convenor")).unwrap();
    assert_eq!(files, [std::env::current_dir().unwrap().join("a.convenor")]);
}

#[test]
fn a_damaged_list_starts_anew_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("recent.json");
    for (text, why) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("[1, 2]", "there is no list of files in it"),
        ("{\"files\": 3}", "there is no list of files in it"),
    ] {
        fs::write(&list, text).unwrap();
        let found = recent::load(&list);
        let sentence = format!("The list of recent files, “recent.json”, could not be read ({why}); it starts anew.");
        assert_eq!((found.files.len(), found.complaint), (0, Some(sentence)));
    }
    fs::write(&list, "{\"files\": [\"a\", 5, \"a\", \"b\"]}").unwrap();
    assert_eq!(recent::load(&list).files, [PathBuf::from("a"), PathBuf::from("b")]);
}

#[test]
fn nothing_is_written_before_there_is_something_to_keep() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("recovery");
    assert_eq!(autosave::find(&place, atlas()).unwrap().len(), 0);
    let mut own = Autosave::new(&place);
    own.clear().unwrap();
    drop(own);
    assert!(!place.exists());
}

#[test]
fn a_copy_left_behind_is_offered_and_can_be_discarded() {
    let folder = tempfile::tempdir().unwrap();
    let mut crashed = Autosave::new(folder.path());
    let mut workspace = Workspace::new("Unsaved");
    crashed.write(&workspace, Some(&absolute("report.convenor"))).unwrap();
    workspace.notes = "More.".to_owned();
    crashed.write(&workspace, Some(&absolute("report.convenor"))).unwrap();
    assert_eq!(autosave::find(folder.path(), atlas()).unwrap().len(), 0, "its program still runs");
    drop(crashed);

    let found = autosave::find(folder.path(), atlas()).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].origin, Some(absolute("report.convenor")));
    assert!(found[0].written.is_some());
    let opened = found[0].opened.as_ref().unwrap();
    assert_eq!((&opened.workspace, opened.repairs.len()), (&workspace, 0));
    found[0].discard().unwrap();
    assert_eq!(count(folder.path()), 0);
}

#[test]
fn each_program_has_its_own_copy_and_leaves_those_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut crashed = Autosave::new(folder.path());
    crashed.write(&Workspace::new("Left behind"), None).unwrap();
    drop(crashed);
    let (mut first, mut second) = (Autosave::new(folder.path()), Autosave::new(folder.path()));
    first.write(&Workspace::new("First"), None).unwrap();
    second.write(&Workspace::new("Second"), None).unwrap();
    let found = autosave::find(folder.path(), atlas()).unwrap();
    let titles: Vec<&str> = found.iter().map(|found| found.opened.as_ref().unwrap().workspace.title.as_str()).collect();
    assert_eq!(titles, ["Left behind"]);
    assert_eq!(found[0].origin, None);
}

#[test]
fn a_program_that_ends_well_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut own = Autosave::new(folder.path());
    for title in ["One", "Two"] {
        own.write(&Workspace::new(title), None).unwrap();
        own.clear().unwrap();
    }
    drop(own);
    assert_eq!(count(folder.path()), 0);
}

#[test]
fn a_copy_is_a_workspace_file_and_a_damaged_one_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut crashed = Autosave::new(folder.path());
    crashed.write(&Workspace::new("By hand"), None).unwrap();
    drop(crashed);
    let copy = autosave::find(folder.path(), atlas()).unwrap().remove(0).copy;
    assert_eq!(storage::open(&copy, atlas()).unwrap().workspace, Workspace::new("By hand"));
    fs::write(&copy, "").unwrap();
    let found = autosave::find(folder.path(), atlas()).unwrap();
    assert!(found[0].opened.as_ref().unwrap_err().to_string().ends_with("choose another file."));
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("file");
    fs::write(&place, "").unwrap();
    assert!(Autosave::new(&place).write(&Workspace::new("A"), None).is_err());
    assert!(recent::write(&place.join("recent.json"), &[]).is_err());
    assert!(recent::list_path().is_none_or(|path| path.ends_with("recent.json")));
    assert!(autosave::folder().is_none_or(|path| path.ends_with("recovery")));
}

#[test]
fn what_was_found_goes_only_after_another_copy_is_on_the_disk() {
    use convenor::app::{App, Command};
    use convenor::model::Edit;

    let folder = tempfile::tempdir().unwrap();
    let mut left = Autosave::new(folder.path().to_owned());
    left.write(&Workspace::new("Nearly lost"), None).unwrap();
    drop(left);
    let found = || autosave::find(folder.path(), atlas()).unwrap();
    assert_eq!(found().len(), 1);
    let engine = std::sync::Arc::new(convenor::analysis::Engine::embedded().unwrap());
    let mut app = App::new(engine, Workspace::new("New"));
    app.use_autosave(folder.path().to_owned());
    // Nothing can be written: the names that a copy could take are folders.
    let process = std::process::id();
    let names: Vec<String> =
        (1..=3).map(|round| if round == 1 { process.to_string() } else { format!("{process}-{round}") }).collect();
    let blocked: Vec<PathBuf> = names.iter().map(|name| folder.path().join(format!("{name}.lock"))).collect();
    for path in &blocked {
        let _ = fs::remove_file(path);
        fs::create_dir(path).unwrap();
    }
    app.run(Command::Recover(0));
    assert_eq!(app.workspace().title, "Nearly lost");
    let told = |app: &App| app.notices.list().iter().map(|notice| notice.text.clone()).collect::<Vec<_>>();
    assert!(told(&app).iter().any(|text| text.contains("no recovery copy")), "{:?}", told(&app));
    assert!(told(&app).iter().any(|text| text.contains("stays until another")), "{:?}", told(&app));
    assert_eq!(found().len(), 1, "the only copy is still there");
    // It is tried again, and told once.
    app.run(Command::Edit(Edit::SetTitle("Changed".to_owned())));
    assert!(app.wants_copy());
    let before = told(&app).len();
    assert!(!app.write_copy() && app.wants_copy());
    assert_eq!(told(&app).len(), before);
    for path in &blocked {
        fs::remove_dir(path).unwrap();
    }
    assert!(app.write_copy() && !app.wants_copy());
    assert!(told(&app).iter().any(|text| text.contains("written again")));
}

fn app_with(folder: &Path) -> convenor::app::App {
    let engine = std::sync::Arc::new(convenor::analysis::Engine::embedded().unwrap());
    let mut app = convenor::app::App::new(engine, Workspace::new("New"));
    app.use_autosave(folder.to_owned());
    app
}

/// Waits until something holds; a test that waits in vain fails.
fn until(mut holds: impl FnMut() -> bool, what: &str) {
    for _ in 0..400 {
        if holds() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("waited in vain: {what}");
}

#[test]
fn copies_are_written_beside_the_work_always_of_the_newest_state_and_only_when_something_changed() {
    use convenor::app::Command;
    use convenor::model::Edit;

    let folder = tempfile::tempdir().unwrap();
    let mut app = app_with(folder.path());
    app.keep_copy();
    assert_eq!(count(folder.path()), 0, "nothing was changed");
    let copies = || {
        let files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|ending| ending == "convenor")).collect::<Vec<_>>()
    };
    // Many edits in a row: the last is what counts.
    for n in 0..50 {
        app.run(Command::Edit(Edit::SetTitle(format!("Title {n}"))));
        app.keep_copy();
    }
    let holds = |title: &str| {
        copies().first().and_then(|path| fs::read_to_string(path).ok()).is_some_and(|text| text.contains(title))
    };
    until(
        || {
            app.keep_copy();
            holds("Title 49") && !app.wants_copy()
        },
        "the newest state",
    );
    // Where nothing changes, nothing is written.
    let written = fs::metadata(&copies()[0]).unwrap().modified().unwrap();
    for _ in 0..40 {
        app.keep_copy();
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(fs::metadata(&copies()[0]).unwrap().modified().unwrap(), written);
    // Once it is saved, the copy goes.
    let file = tempfile::tempdir().unwrap();
    app.run(Command::SaveTo(file.path().join("a.convenor")));
    until(
        || {
            app.keep_copy();
            copies().is_empty()
        },
        "the copy goes",
    );
}

#[test]
fn a_copy_that_is_found_tells_what_it_holds_beyond_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    storage::save(&path, &Workspace::new("As it was")).unwrap();
    let copies = folder.path().join("copies");
    let mut left = Autosave::new(copies.clone());
    left.write(&Workspace::new("As it is"), Some(&path)).unwrap();
    drop(left);
    let app = app_with(&copies);
    assert!(app.found[0].differs.iter().any(|line| line.contains("As it is")), "{:?}", app.found[0].differs);
}

#[test]
fn what_another_program_wrote_is_told_before_it_is_overwritten() {
    use convenor::app::{Ask, Command, Named};
    use convenor::model::{Edit, Grouping, GroupingId};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.convenor");
    storage::save(&path, &Workspace::new("Shared")).unwrap();
    let mut app = app_with(&folder.path().join("copies"));
    app.run(Command::OpenPath(path.clone()));
    app.run(Command::Edit(Edit::SetTitle("Mine".to_owned())));
    // Another program adds a grouping.
    let mut theirs = Workspace::new("Shared");
    theirs.groupings.push(std::sync::Arc::new(Grouping::new(GroupingId(1), "Nordic Five", 0)));
    storage::save(&path, &theirs).unwrap();
    let on_disk = || storage::open(&path, atlas()).unwrap().workspace;

    app.run(Command::SaveTo(path.clone()));
    let told = app.conflict().unwrap().told.join(" ");
    assert!(told.contains("Nordic Five"), "{told}");
    assert_eq!(on_disk(), theirs, "nothing is overwritten unasked");
    assert!(app.history.is_edited());
    // Ending waits for the answer, and asks nothing on top of it.
    app.asks.clear();
    app.run(Command::Do(Named::Quit));
    assert!(!app.asks.iter().any(|ask| matches!(ask, Ask::Unsaved(_) | Ask::Close)), "{:?}", app.asks);
    // Not now: both stay, and saving asks again.
    app.run(Command::KeepMine);
    app.run(Command::LookAtFile);
    assert!(app.conflict().is_none(), "it was answered already");
    app.run(Command::SaveTo(path.clone()));
    assert!(app.conflict().is_some());
    app.run(Command::Overwrite);
    assert_eq!(on_disk().title, "Mine");
    assert!(app.conflict().is_none() && !app.history.is_edited());
    // What the window wrote itself is no change of others.
    app.run(Command::Edit(Edit::SetTitle("Mine again".to_owned())));
    app.run(Command::SaveTo(path.clone()));
    assert!(app.conflict().is_none());
    assert_eq!(on_disk().title, "Mine again");

    // Coming back to the window: told, and reloaded.
    storage::save(&path, &theirs).unwrap();
    app.run(Command::LookAtFile);
    assert!(app.conflict().is_some());
    app.run(Command::Reload);
    assert_eq!(**app.workspace(), theirs);
    assert!(app.conflict().is_none() && !app.history.is_edited());

    // The same contents, written by another, are no conflict; neither is a file that is gone.
    fs::write(&path, fs::read_to_string(&path).unwrap().replace('\n', "\r\n")).unwrap();
    app.run(Command::LookAtFile);
    assert!(app.conflict().is_none());
    fs::remove_file(&path).unwrap();
    app.run(Command::LookAtFile);
    app.run(Command::SaveTo(path.clone()));
    assert!(app.conflict().is_none());
    assert_eq!(on_disk(), theirs);
}

#[test]
fn two_windows_on_one_file_do_not_take_from_each_other() {
    use convenor::app::Command;
    use convenor::model::Edit;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.convenor");
    storage::save(&path, &Workspace::new("Shared")).unwrap();
    let mut windows = [0, 1].map(|n| {
        let mut app = app_with(&folder.path().join(format!("copies {n}")));
        app.run(Command::OpenPath(path.clone()));
        app.run(Command::Edit(Edit::SetTitle(format!("Window {n}"))));
        app
    });
    for app in &mut windows {
        app.run(Command::SaveTo(path.clone()));
    }
    assert!(windows[0].conflict().is_none());
    assert!(windows[1].conflict().unwrap().told.join(" ").contains("Window 0"));
    assert_eq!(storage::open(&path, atlas()).unwrap().workspace.title, "Window 0");
}

#[test]
fn what_was_saved_before_is_kept_told_in_words_and_restored_unsaved() {
    use convenor::app::{Ask, Command, Named};
    use convenor::model::Edit;
    use convenor::storage::versions;

    let folder = tempfile::tempdir().unwrap();
    let (path, kept) = (folder.path().join("a.convenor"), folder.path().join("versions"));
    let mut app = app_with(&folder.path().join("copies"));
    app.use_versions(kept.clone());
    // What the file held before the first save is a version too.
    storage::save(&path, &Workspace::new("As it came")).unwrap();
    app.run(Command::OpenPath(path.clone()));
    app.run(Command::Edit(Edit::SetTitle("First".to_owned())));
    app.run(Command::SaveTo(path.clone()));
    let titles: Vec<String> = versions::list(&kept, &path)
        .iter()
        .map(|version| storage::open(&version.copy, atlas()).unwrap().workspace.title)
        .collect();
    assert_eq!(titles, ["First", "As it came"]);
    for n in 0..15 {
        app.run(Command::Edit(Edit::SetTitle(format!("Title {n}"))));
        app.run(Command::SaveTo(path.clone()));
        // The same once more is no version.
        app.run(Command::SaveTo(path.clone()));
    }
    let found = versions::list(&kept, &path);
    assert_eq!(found.len(), versions::MOST);
    assert!(found.is_sorted_by(|a, b| a.saved > b.saved), "newest first");
    assert_eq!(count(folder.path()), 2, "nothing stands beside the file");

    app.run(Command::Do(Named::Earlier));
    assert!(app.asks.iter().any(|ask| matches!(ask, Ask::Help(convenor::app::Help::Earlier))));
    let titles: Vec<String> =
        app.earlier().iter().map(|version| version.opened.as_ref().unwrap().title.clone()).collect();
    assert_eq!(titles, (5..15).rev().map(|n| format!("Title {n}")).collect::<Vec<_>>());
    assert!(app.earlier()[0].changes.join(" ").contains("Title 14"), "{:?}", app.earlier()[0].changes);

    // Unsaved work is asked about first.
    app.run(Command::Edit(Edit::SetTitle("Unsaved".to_owned())));
    app.asks.clear();
    app.run(Command::Restore(3));
    assert_eq!(app.workspace().title, "Unsaved");
    let Some(Ask::Unsaved(command)) = app.asks.pop() else { panic!("it is asked") };
    app.run(Command::Discard(command));
    assert_eq!(app.workspace().title, "Title 11");
    assert!(app.history.is_edited(), "the file is still what it was");
    assert_eq!(storage::open(&path, atlas()).unwrap().workspace.title, "Title 14");
    app.run(Command::SaveTo(path.clone()));
    assert!(app.conflict().is_none());
    assert_eq!(storage::open(&path, atlas()).unwrap().workspace.title, "Title 11");
    // A damaged version is told and harms no other.
    fs::write(&versions::list(&kept, &path)[1].copy, "{").unwrap();
    app.run(Command::Do(Named::Earlier));
    assert!(app.earlier()[1].opened.is_err() && app.earlier()[2].opened.is_ok());
    app.run(Command::ClearEarlier);
    assert!(versions::list(&kept, &path).is_empty() && app.earlier().is_empty());
}

#[test]
fn versions_are_kept_by_file_and_their_size_is_bounded() {
    use convenor::storage::versions;

    let folder = tempfile::tempdir().unwrap();
    let large = "x".repeat(20 << 20);
    for n in 0..3 {
        versions::keep(folder.path(), Path::new("large"), &format!("{n}{large}")).unwrap();
        versions::keep(folder.path(), Path::new("small"), &n.to_string()).unwrap();
    }
    assert_eq!(versions::list(folder.path(), Path::new("large")).len(), 1, "two would be more than 32 MB");
    assert_eq!(versions::list(folder.path(), Path::new("small")).len(), 3);
    for n in 0..110 {
        versions::keep(folder.path(), Path::new(&format!("file {n}")), "x").unwrap();
    }
    assert_eq!(count(folder.path()), 100);
    versions::clear(folder.path(), Path::new("never saved")).unwrap();
}
