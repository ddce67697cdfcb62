//! What the program is built from: nothing that speaks to a network, nothing under terms that were not looked at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// Crates for networks: none of them may be there.
const NETWORK: [&str; 30] = [
    "actix-web",
    "async-h1",
    "async-net",
    "async-std",
    "attohttpc",
    "axum",
    "curl",
    "curl-sys",
    "h2",
    "h3",
    "http",
    "hyper",
    "isahc",
    "mio",
    "minreq",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "socket2",
    "surf",
    "tokio",
    "tokio-rustls",
    "tonic",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "warp",
];

/// What looks like them and is none: it comes with `zbus`, through which screen readers and file dialogs are reached over a socket of the
/// same computer.
const LOCAL: [&str; 10] = [
    "async-broadcast",
    "async-channel",
    "async-executor",
    "async-io",
    "async-lock",
    "async-process",
    "async-recursion",
    "async-signal",
    "async-task",
    "async-trait",
];

/// The terms that were looked at; each asks for no more than being named.
const TERMS: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates under other terms, each with the reason why that is right.
const OTHER_TERMS: [(&str, &str); 3] = [
    ("epaint_default_fonts", "fonts under OFL-1.1 and the Ubuntu font licence, which allow embedding"),
    ("option-ext", "MPL-2.0 asks for the source of the crate itself, which is published and unchanged"),
    ("colored", "MPL-2.0, in tests alone: it is not in the program"),
];

/// Whether a term is among those that were looked at: one of several that are offered, all of several that hold together.
fn allowed(terms: &str) -> bool {
    let plain = terms.replace(['(', ')'], " ").replace('/', " OR ");
    plain.split(" AND ").all(|part| {
        part.split(" OR ").any(|term| {
            let term = term.trim().split(" WITH ").next().unwrap().trim();
            TERMS.contains(&term)
        })
    })
}

/// The crates of the program on this system: name, terms.
fn crates() -> Vec<(String, String)> {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let used: BTreeSet<&str> =
        all["resolve"]["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
    let packages = all["packages"].as_array().unwrap().iter();
    packages
        .filter(|package| used.contains(package["id"].as_str().unwrap()))
        .map(|package| {
            (
                package["name"].as_str().unwrap().to_owned(),
                package["license"].as_str().unwrap_or("none told").to_owned(),
            )
        })
        .collect()
}

#[test]
fn nothing_that_speaks_to_a_network_is_built_in_and_all_terms_were_looked_at() {
    let crates = crates();
    assert!(crates.len() > 100, "{} crates", crates.len());
    for (name, terms) in &crates {
        assert!(!NETWORK.contains(&name.as_str()), "{name} speaks to a network");
        let is_suspicious = name.starts_with("async-") || name.contains("http") || name.ends_with("-tls");
        assert!(
            !is_suspicious || LOCAL.contains(&name.as_str()) || name == "scoped-tls",
            "{name}: look at it, and say what it is"
        );
        let is_excused = OTHER_TERMS.iter().any(|(other, _)| other == name);
        assert!(is_excused || allowed(terms), "{name} is under {terms}");
    }
}

#[test]
fn terms_are_read_as_they_are_written() {
    for terms in [
        "MIT",
        "GPL-2.0-only OR MIT",
        "MIT/Apache-2.0",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(allowed(terms), "{terms}");
    }
    for terms in ["GPL-3.0", "MIT AND GPL-3.0", "none told", ""] {
        assert!(!allowed(terms), "{terms}");
    }
}
