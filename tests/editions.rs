//! Figures are stored with a file, and what moved since is told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use convenor::analysis::edition;
use convenor::app::{App, Command};
use convenor::storage::{self, examples};
use engine::engine;
use serde_json::{Value, json};

/// The workspace of an example, saved by the window's app.
fn saved(folder: &Path) -> PathBuf {
    let workspace = examples::ALL[0].open(&engine().atlas).unwrap();
    let path = folder.join("a.convenor");
    let mut app = App::new(engine().clone(), workspace);
    app.run(Command::SaveTo(path.clone()));
    path
}

fn told_on_opening(path: &Path) -> Vec<String> {
    let mut app = App::new(engine().clone(), convenor::model::Workspace::new("Nothing"));
    app.run(Command::OpenPath(path.to_owned()));
    app.notices.list().iter().map(|notice| notice.text.clone()).collect()
}

fn value(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn write(path: &Path, value: &Value) {
    fs::write(path, serde_json::to_string_pretty(value).unwrap()).unwrap();
}

#[test]
fn a_save_stores_the_figures_and_nothing_moved_is_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let stored = value(&path);
    assert_eq!(stored["as_saved"]["method"], edition::METHOD);
    assert_eq!(stored["as_saved"]["data"], edition::DATA);
    let first = &stored["as_saved"]["groupings"][0]["figures"];
    assert!(first["legitimacy"].as_f64().unwrap() > 1.0 && first["deadlock"].is_number());
    let told = told_on_opening(&path);
    assert!(told.iter().all(|words| !words.contains("moved")), "{told:?}");
    // What the file holds beside them is the workspace, with nothing that is not known.
    let opened = storage::open(&path, &engine().atlas).unwrap();
    assert_eq!(opened.workspace, examples::ALL[0].open(&engine().atlas).unwrap());
    assert!(opened.repairs.is_empty() && opened.as_saved.is_some());
}

#[test]
fn what_moved_is_told_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let mut file = value(&path);
    file["as_saved"]["method"] = json!(1);
    file["as_saved"]["data"] = json!("2026-11-23");
    file["as_saved"]["groupings"][0]["figures"]["deadlock"] = json!(45.2);
    write(&path, &file);
    let told = told_on_opening(&path);
    let name = file["groupings"][0]["name"].as_str().unwrap();
    assert!(
        told.iter()
            .any(|words| words.starts_with("Figures have moved since this file was saved: votes to December 2024")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|words| words.starts_with(&format!("Deadlock risk of “{name}” was 45 % and is "))),
        "{told:?}"
    );
    assert_eq!(told.iter().filter(|words| words.contains(" now.")).count(), 1, "{told:?}");
    // The command line tells the same.
    let output = Process::new(env!("CARGO_BIN_EXE_convenor")).arg("assess").arg(&path).output().unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(words.contains("was 45 % and is "), "{words}");
    // A figure that was not defined is told too.
    file["as_saved"]["groupings"][0]["figures"]["deadlock"] = Value::Null;
    write(&path, &file);
    assert!(told_on_opening(&path).iter().any(|words| words.contains("was not defined and is ")));
}

#[test]
fn a_grouping_that_was_changed_outside_is_not_said_to_have_moved() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let mut file = value(&path);
    file["groupings"][0]["questions"] = json!(9);
    write(&path, &file);
    let told = told_on_opening(&path);
    assert!(told.iter().all(|words| !words.contains("moved")), "{told:?}");
    // A name, notes and colour change no figure: then it is compared.
    let mut file = value(&saved(folder.path()));
    file["groupings"][0]["name"] = json!("Renamed");
    file["as_saved"]["groupings"][0]["figures"]["cost"] = json!(12.0);
    write(&path, &file);
    let told = told_on_opening(&path);
    assert!(told.iter().any(|words| words.contains("“Renamed” was 12 and is ")), "{told:?}");
}

#[test]
fn what_is_stored_and_cannot_be_read_is_told_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let mut file = value(&path);
    for bad in [json!(7), json!({"method": "two"}), json!({"method": 1, "data": "x", "groupings": {}})] {
        file["as_saved"] = bad;
        write(&path, &file);
        let opened = storage::open(&path, &engine().atlas).unwrap();
        assert!(opened.as_saved.is_none() && !opened.is_changed());
        assert!(opened.repairs.iter().any(|repair| repair.to_string().contains("what moved since is not told")));
        assert!(!opened.workspace.groupings.is_empty() && opened.workspace.extra.first().is_none());
    }
    // What was saved before figures were stored has none.
    file.as_object_mut().unwrap().remove("as_saved");
    write(&path, &file);
    assert!(told_on_opening(&path).is_empty());
}

/// A change of a table asks for another edition: then this mark is that of the new one.
#[test]
fn the_edition_of_the_data_is_that_of_the_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/data");
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut mark = 0xcbf2_9ce4_8422_2325_u64;
    for path in names.iter().filter(|path| path.is_file()) {
        for byte in fs::read(path).unwrap() {
            mark = (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    assert_eq!((edition::DATA, format!("{mark:016x}").as_str()), ("2026-11-26", "3d257aab113e49cc"));
}
