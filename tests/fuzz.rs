//! The corpora of the fuzzer are replayed: what once was found stays mended.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "fuzz/checks.rs"]
mod checks;

fn replay(corpus: &str, check: fn(&[u8])) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(corpus);
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 5, "{corpus}");
    for path in paths {
        eprintln!("{}", path.display());
        check(&std::fs::read(&path).unwrap());
    }
}

#[test]
fn workspaces() {
    replay("workspace", checks::workspace);
}

#[test]
fn batch_lines() {
    replay("batch", checks::batch);
}

#[test]
fn power_games() {
    replay("power", checks::power);
}

#[test]
fn votes_files() {
    replay("votes", checks::votes);
}
