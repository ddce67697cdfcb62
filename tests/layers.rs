//! The layers hold: each uses only those to its left, and the screen's crates appear only in `ui` and `main`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::{Path, PathBuf};

const LAYERS: [&str; 7] = ["data", "model", "analysis", "chart", "storage", "app", "ui"];
const SCREEN: [&str; 6] = ["eframe", "egui", "egui_plot", "egui_extras", "rfd", "winit"];
/// What the engine must not know: files, clock, environment, network, processes.
const OUTSIDE: [&str; 5] = ["std::fs", "std::time", "std::env", "std::net", "std::process"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without comments and texts, so that prose about a layer is no use of it.
fn code(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default();
        let mut in_text = false;
        for part in line.split('"') {
            if !in_text {
                code.push_str(part);
            }
            in_text = !in_text;
        }
        code.push('\n');
    }
    code
}

/// The first word of every path that begins with `crate::`, and every braced one.
fn uses(code: &str) -> Vec<String> {
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(inside) = rest.strip_prefix('{') {
            let inside = &inside[..inside.find("};").unwrap_or(inside.len())];
            found.extend(inside.split(',').map(|part| word(part.trim())));
        } else {
            found.push(word(rest));
        }
    }
    found
}

/// What is wrong with a file of a layer.
fn faults(layer: usize, name: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let mut faults = Vec::new();
    for used in uses(&code) {
        if LAYERS.iter().position(|other| *other == used).is_some_and(|other| other > layer) {
            faults.push(format!("{name}: layer `{}` uses `{used}`, which is to its right", LAYERS[layer]));
        }
    }
    if LAYERS[layer] != "ui" {
        let is_path = |krate: &str| {
            code.match_indices(&format!("{krate}::")).any(|(at, _)| {
                !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':')
            })
        };
        for krate in SCREEN.into_iter().filter(|krate| is_path(krate)) {
            faults.push(format!("{name}: `{krate}` belongs to `ui`"));
        }
    }
    if layer <= 3 {
        for outside in OUTSIDE.into_iter().filter(|outside| code.contains(outside)) {
            faults.push(format!("{name}: `{outside}` is outside of what the engine knows"));
        }
    }
    faults
}

#[test]
fn each_layer_uses_only_those_to_its_left() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut files = 0;
    for (layer, name) in LAYERS.iter().enumerate() {
        let mut paths = Vec::new();
        sources(&src.join(name), &mut paths);
        for path in paths {
            files += 1;
            let name = path.strip_prefix(&src).unwrap().display().to_string();
            found.extend(faults(layer, &name, &std::fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(files > 40, "only {files} files were read");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_breach_is_seen() {
    let breaches = [
        (0, "use crate::model::Workspace;"),
        (2, "use crate::{data::Atlas, storage};"),
        (4, "fn f() { crate::app::run() }"),
        (3, "use egui::Color32;"),
        (5, "let x = eframe::egui::Id::NULL;"),
        (2, "use std::time::Instant;"),
        (1, "let text = std::fs::read(path);"),
    ];
    for (layer, text) in breaches {
        assert_eq!(faults(layer, "test", text).len(), 1, "{text}");
    }
    for (layer, text) in [
        (1, "use crate::data::Atlas;"),
        (2, "// crate::ui is not used here"),
        (2, "let words = \"crate::ui::shell and egui::Id\";"),
        (6, "use eframe::egui;"),
        (5, "use std::time::Instant;"),
    ] {
        assert_eq!(faults(layer, "test", text), Vec::<String>::new(), "{text}");
    }
}
