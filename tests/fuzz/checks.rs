//! What must hold of any input whatever: the targets of the fuzzer and the tests that replay its corpora share it.

use std::io::Cursor;
use std::sync::OnceLock;

use convenor::analysis::{Case, Engine, measures, power};
use convenor::app::cli::answer::Beside;
use convenor::app::cli::power::parse_game;
use convenor::app::cli::stream;
use convenor::data::VotesFile;
use convenor::storage;
use serde_json::Value;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::embedded().unwrap())
}

/// Bytes as a workspace: refused in a sentence, or opened, and then what is saved opens as the same with nothing new to repair, and
/// every answer is in its range.
pub fn workspace(bytes: &[u8]) {
    let atlas = &engine().atlas;
    let opened = match storage::parse(bytes, "input", atlas) {
        Ok(opened) => opened,
        Err(error) => return is_a_sentence(&error.to_string()),
    };
    for repair in &opened.repairs {
        is_a_sentence(&repair.to_string());
    }
    let text = storage::to_text(&opened.workspace).unwrap();
    let again = storage::parse(text.as_bytes(), "input", atlas).unwrap();
    // What is kept without being understood is told again; nothing new is.
    let told: Vec<String> = opened.repairs.iter().map(ToString::to_string).collect();
    for repair in &again.repairs {
        assert!(told.contains(&repair.to_string()), "{repair}");
    }
    assert_eq!(storage::to_text(&again.workspace).unwrap(), text);
    // A few of a bounded size, so that an input takes no minutes.
    for grouping in opened.workspace.groupings.iter().filter(|grouping| grouping.seats.len() <= 12).take(3) {
        let case = Case::of(atlas, grouping, &opened.workspace.assumptions);
        let report = engine().report(&case);
        for measure in measures::ALL {
            if let Ok(value) = report.value(measure) {
                assert!(value.is_finite() && value >= 0.0, "{} is {value}", measure.name);
            }
        }
    }
}

/// Bytes as lines of `batch -`: one answer a line that is not empty, each JSON, an error naming its line.
pub fn batch(bytes: &[u8]) {
    let mut output = Vec::new();
    stream::run(engine(), Cursor::new(bytes.to_vec()), &mut output, Beside::default()).unwrap();
    let lines =
        storage::without_mark(bytes).split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    let answers: Vec<Value> = output
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(answers.len(), lines);
    for answer in answers {
        match answer.get("error") {
            Some(error) => assert!(!error.as_str().unwrap().is_empty() && answer["line"].is_u64()),
            None => assert!(answer["deadlock"].is_null() || answer["deadlock"].as_f64().unwrap() >= 0.0),
        }
    }
}

/// Bytes as a game: refused with a reason, or its indices are shares.
pub fn power(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let named = match parse_game(text) {
        Ok(named) => named,
        Err(reason) => return assert!(!reason.is_empty()),
    };
    // Large games are exact too, but not in the time of one input.
    if named.ids.len() > 12 {
        return;
    }
    match power::indices(&named.game) {
        Ok(found) => {
            for member in &found.members {
                assert!((0.0..=1.0 + 1e-9).contains(&member.banzhaf_absolute), "{}", member.banzhaf_absolute);
                assert!((0.0..=1.0 + 1e-9).contains(&member.shapley_shubik), "{}", member.shapley_shubik);
            }
        }
        Err(reason) => assert!(!reason.to_string().is_empty()),
    }
}

/// Bytes as a table of roll calls: refused in a sentence that names the file, or read.
pub fn votes(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match VotesFile::parse("input.csv", text, &engine().atlas) {
        // Every actor has its ballots on every question; without a question the command says that there is none to judge.
        Ok(file) => {
            for at in 0..file.calls.voters.len() {
                assert_eq!(file.calls.ballots(at).len(), file.calls.list.len());
            }
        }
        Err(complaint) => assert!(complaint.to_string().contains("input.csv"), "{complaint}"),
    }
}

fn is_a_sentence(words: &str) {
    assert!(words.len() > 8 && !words.contains('\0'), "{words:?}");
}
