//! The layers hold: each uses only those to its left, no file uses one that uses it within a layer, and the screen's crates
//! appear only in `ui` and `main`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/sources.rs"]
mod sources;

use std::path::Path;

use sources::{Sources, To, Use, circles, layer_of};

const LAYERS: [&str; 9] = ["lib", "data", "model", "analysis", "chart", "storage", "app", "ui", "main"];
const SCREEN: [&str; 8] =
    ["eframe", "egui", "egui_commonmark", "egui_extras", "egui_kittest", "egui_plot", "rfd", "winit"];
/// What the engine must not know: files, clock, environment, network, processes.
const OUTSIDE: [&str; 5] = ["std::fs", "std::time", "std::env", "std::net", "std::process"];
/// The layers that are the engine.
const ENGINE: [&str; 4] = ["data", "model", "analysis", "chart"];

/// Every source file below `src`, with its name there and its text.
fn read(folder: &Path, prefix: &str, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read(&path, &format!("{name}/"), found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn place(layer: &str) -> usize {
    LAYERS.iter().position(|known| *known == layer).unwrap_or_else(|| panic!("`{layer}` is no layer"))
}

/// What is wrong among files.
fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let uses = Sources::new(files.iter().copied()).uses();
    let mut faults: Vec<String> = uses.iter().filter_map(fault).collect();
    let within = uses.iter().filter(|used| !used.in_tests).filter_map(|used| match &used.to {
        To::File(to) if layer_of(to) == layer_of(&used.from) && !is_face_of(to, &used.from) => {
            Some((used.from.as_str(), to.as_str()))
        }
        _ => None,
    });
    faults.extend(circles(within).into_iter().map(|circle| format!("{} use each other", circle.join(", "))));
    faults
}

/// Whether a file is the `mod.rs` of the folder of another, or of one above: it may hold what all files in it share.
fn is_face_of(face: &str, of: &str) -> bool {
    face.strip_suffix("mod.rs").is_some_and(|folder| of.starts_with(folder))
}

fn fault(used: &Use) -> Option<String> {
    let Use { from, to, .. } = used;
    let layer = layer_of(from);
    match to {
        To::File(to) if place(layer_of(to)) > place(layer) => Some(format!("{from} uses {to}, which is to its right")),
        To::File(_) => None,
        To::Other(path) => {
            let begins =
                |known: &str| path.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
            if SCREEN.iter().any(|known| begins(known)) && !["ui", "main"].contains(&layer) {
                return Some(format!("{from} uses {path}, which belongs to `ui`"));
            }
            let outside = OUTSIDE.iter().any(|known| begins(known)) || (path == "std" && ENGINE.contains(&layer));
            (outside && ENGINE.contains(&layer))
                .then(|| format!("{from} uses {path}: the engine knows nothing outside"))
        }
    }
}

#[test]
fn each_layer_uses_only_those_to_its_left_and_no_two_files_each_other() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    read(&src, "", &mut files);
    assert!(files.len() > 150, "only {} files were read", files.len());
    assert!(files.iter().any(|(name, _)| name == "main.rs"));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let found = faults(&files);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A tree of files in which only the first one may be at fault.
fn tree<'a>(name: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    let rest = [
        ("data/mod.rs", "mod atlas; pub use atlas::Atlas;"),
        ("data/atlas.rs", "pub struct Atlas;"),
        ("model/mod.rs", "mod workspace; pub use workspace::*;"),
        ("model/workspace.rs", "pub struct Workspace; pub fn check() {}"),
        ("analysis/mod.rs", "pub mod engine; mod report; pub use report::Report;"),
        ("analysis/engine.rs", "pub struct Engine;"),
        ("analysis/report.rs", "pub struct Report;"),
        ("chart/mod.rs", "pub struct Chart;"),
        ("storage/mod.rs", "pub const NAME: &str = \"\"; pub fn open() {}"),
        ("app/mod.rs", "mod command; pub mod cli; pub use command::Command; pub struct App { next: Command }"),
        ("app/command.rs", "use super::App; pub enum Command { Run } impl Command { fn run(self, app: &App) {} }"),
        ("app/cli.rs", "pub fn run() {}"),
        ("ui/mod.rs", "mod shell; pub use shell::Shell;"),
        ("ui/shell.rs", "pub struct Shell;"),
        ("main.rs", "use convenor::app::cli; fn main() { cli::run(); convenor::ui::Shell; eframe::run() }"),
    ];
    std::iter::once((name, text)).chain(rest.into_iter().filter(|(other, _)| *other != name)).collect()
}

#[test]
fn what_is_to_the_right_or_outside_is_seen_in_every_kind_of_path() {
    for (file, text, words) in [
        ("data/x.rs", "use crate::model::Workspace;", "uses model/workspace.rs"),
        ("data/x.rs", "use crate::model::*; fn f() {}", "uses model/mod.rs"),
        ("analysis/x.rs", "use crate::{data::{Atlas}, storage};", "uses storage/mod.rs"),
        ("storage/x.rs", "fn f() { crate::app::cli::run() }", "uses app/cli.rs"),
        ("analysis/x.rs", "use super::super::app::App;", "uses app/mod.rs"),
        ("analysis/x.rs", "mod within { use super::super::super::ui::Shell as S; }", "uses ui/shell.rs"),
        ("app/x.rs", "pub use crate::ui::Shell;", "uses ui/shell.rs"),
        ("model/x.rs", "fn f() { println!(\"{}\", crate::storage::NAME); }", "uses storage/mod.rs"),
        ("model/x.rs", "macro_rules! m { () => { $crate::ui::Shell } }", "uses ui/shell.rs"),
        ("chart/x.rs", "struct S(Vec<crate::app::App>);", "uses app/mod.rs"),
        ("chart/x.rs", "fn f(app: &'static crate::app::App) -> <crate::app::App as Default>::X {}", "uses app/mod.rs"),
        ("data/x.rs", "#[derive(crate::ui::Shell)] struct S;", "uses ui/shell.rs"),
        ("data/x.rs", "const Q: char = '\"'; use crate::ui::Shell; // \"", "uses ui/shell.rs"),
        ("data/x.rs", "use crate as here; fn f() { here::ui::Shell; }", "uses ui/shell.rs"),
        ("data/x.rs", "#[cfg(test)] mod tests { use crate::ui::Shell; }", "uses ui/shell.rs"),
        ("chart/x.rs", "use egui::Color32;", "egui::Color32, which belongs to `ui`"),
        ("app/x.rs", "let x = eframe::egui::Id::NULL;", "which belongs to `ui`"),
        ("app/x.rs", "let x = ::egui::Id::NULL;", "which belongs to `ui`"),
        ("app/x.rs", "use egui;", "which belongs to `ui`"),
        ("app/x.rs", "extern crate rfd;", "which belongs to `ui`"),
        ("app/x.rs", "fn f() { egui::vec2![1.0] }", "which belongs to `ui`"),
        ("analysis/x.rs", "use std::time::Instant;", "std::time::Instant: the engine"),
        ("analysis/x.rs", "use std::{fmt, time::{self, Duration}};", "std::time: the engine"),
        ("model/x.rs", "let text = std::fs::read(path);", "std::fs::read: the engine"),
        ("model/x.rs", "use std as s; fn f() { s::env::var(\"X\"); }", "the engine"),
        ("model/x.rs", "use std::*;", "uses std: the engine"),
    ] {
        let found = faults(&tree(file, text));
        assert!(found.iter().any(|fault| fault.contains(words) && fault.starts_with(file)), "{text}: {found:?}");
        assert!(found.iter().all(|fault| fault.starts_with(file)), "{text}: {found:?}");
    }
}

#[test]
fn what_is_no_breach_is_none() {
    for (file, text) in [
        ("model/x.rs", "use crate::data::Atlas;"),
        ("analysis/x.rs", "// crate::ui::Shell is not used here\n/* nor /* crate::ui */ here */"),
        ("analysis/x.rs", "let words = \"crate::ui::Shell and \\\" egui::Id\"; let raw = r#\"crate::ui \"x\" \"#;"),
        ("analysis/x.rs", "fn f<'a>(x: &'a str, egui: f64) { self.ui.app(); let c = 'x'; x.fs::<u8>() }"),
        ("analysis/x.rs", "use std::{fmt, sync::Arc}; use crate::data::Atlas as std_fs;"),
        ("ui/x.rs", "use eframe::egui; use std::time::Instant; use crate::app::App;"),
        ("app/x.rs", "use std::time::Instant; use std::fs;"),
    ] {
        assert_eq!(faults(&tree(file, text)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn circles_within_a_layer_are_seen_in_every_kind_of_path() {
    let face = "mod a; mod b; mod c; pub use a::A; pub use b::{B, make}; pub use c::*;";
    let a = "pub struct A;";
    for b in [
        "use super::a::A; pub struct B;",
        "use super::A; pub struct B;",
        "use crate::chart::A as Other; pub struct B;",
        "pub struct B(crate::chart::A);",
        "pub fn make() -> super::a::A {}",
        "use super::*; pub struct B(A);",
        "use super::*; pub fn make() { a::A }",
        "use super::{self as chart}; pub fn make() { chart::A }",
        "mod within { use super::super::A; }",
        "pub use super::a::A as C; fn f(c: C) {}",
        "fn f() { vec![super::a::A] }",
    ] {
        for back in ["use super::B; pub struct A;", "pub struct A(super::b::B);", "use super::make; pub struct A;"] {
            let files = [("chart/mod.rs", face), ("chart/a.rs", back), ("chart/b.rs", b), ("chart/c.rs", "")];
            assert_eq!(faults(&files), ["chart/a.rs, chart/b.rs use each other"], "{b} and {back}");
        }
        let alone = [("chart/mod.rs", face), ("chart/a.rs", a), ("chart/b.rs", b), ("chart/c.rs", "")];
        assert_eq!(faults(&alone), Vec::<String>::new(), "{b}");
    }
    // Of three, by a folder, and by a name that comes from a star.
    let three = [
        ("ui/mod.rs", "mod a; mod plots; mod c; pub use plots::Plot;"),
        ("ui/a.rs", "use super::Plot; pub struct A;"),
        ("ui/plots/mod.rs", "mod row; pub use row::*; pub struct Other;"),
        ("ui/plots/row.rs", "use crate::ui::c; pub struct Plot(c::C);"),
        ("ui/c.rs", "pub struct C(super::a::A);"),
    ];
    assert_eq!(faults(&three), ["ui/a.rs, ui/c.rs, ui/plots/row.rs use each other"]);
    // In tests alone two files may look at each other, and files may use what the face of their folder holds.
    let fine = [
        ("ui/mod.rs", "mod a; mod b; use a::A; pub struct Shared(A);"),
        ("ui/a.rs", "use super::Shared; pub struct A; #[cfg(test)] mod tests { use super::super::b::B; }"),
        ("ui/b.rs", "use super::a::A; pub struct B;"),
    ];
    assert_eq!(faults(&fine), Vec::<String>::new());
}

#[test]
fn what_a_face_hands_on_is_followed_to_its_file() {
    let files = tree(
        "app/x.rs",
        "use crate::analysis::{Report, engine::Engine}; use crate::model::check; use crate::data::Atlas;",
    );
    let uses = Sources::new(files).uses();
    let used = |from: &str| -> Vec<String> {
        let of = uses.iter().filter(|used| used.from == from);
        of.map(|used| match &used.to {
            To::File(file) => file.clone(),
            To::Other(path) => path.clone(),
        })
        .collect()
    };
    assert_eq!(used("app/x.rs"), ["analysis/engine.rs", "analysis/report.rs", "data/atlas.rs", "model/workspace.rs"]);
    assert_eq!(used("main.rs"), ["app/cli.rs", "ui/shell.rs", "eframe::run"]);
    assert_eq!(used("app/mod.rs"), ["app/command.rs"], "what it mentions, not what it only hands on");
}
