//! `convenor batch -`: lines in, lines out; and a corpus of hostile input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::fmt::Write as _;
use std::io::{self, Cursor, Read, Write};
use std::sync::mpsc;

use convenor::app::cli::answer::Beside;
use convenor::app::cli::{answer, cases, stream};
use engine::engine;
use serde_json::{Value, json};

fn answers(input: &[u8]) -> Vec<Value> {
    let mut output = Vec::new();
    stream::run(engine(), Cursor::new(input), &mut output, Beside::default()).unwrap();
    let text = String::from_utf8(output).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn answers_come_in_order_and_bad_lines_are_answered_too() {
    let mut input = String::new();
    let mut expected = Vec::new();
    for number in 1..=2000 {
        match number % 7 {
            0 => input.push_str("  \n"),
            3 => {
                input.push_str("{\"members\": [\"NOR\", \"XXX\"]}\r\n");
                expected.push(format!("error {number}"));
            }
            5 => {
                input.push_str("no json\n");
                expected.push(format!("error {number}"));
            }
            _ => {
                writeln!(input, "{{\"name\": \"{number}\", \"members\": [\"NOR\", \"SWE\"]}}").unwrap();
                expected.push(format!("answer {number}"));
            }
        }
    }
    let found: Vec<String> = answers(input.as_bytes())
        .iter()
        .map(|answer| match answer["error"].as_str() {
            Some(_) => format!("error {}", answer["line"]),
            None => format!("answer {}", answer["name"].as_str().unwrap()),
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_line_is_answered_like_a_case_in_a_file() {
    let case = json!({"name": "Nordic", "members": ["NOR", "SWE", "FIN"], "leads": ["FIN"], "issue": "climate"});
    let asked = cases::parse_case(engine(), 1, &case).unwrap();
    // The last line needs no line end.
    assert_eq!(answers(case.to_string().as_bytes()), [serde_json::to_value(answer::answer(engine(), &asked)).unwrap()]);
    assert!(answers(b"").is_empty());
    assert!(answers(b"\n\n \n").is_empty());
}

#[test]
fn errors_name_line_and_key() {
    let found = answers(b"\n{\"members\": [\"NOR\"], \"months\": 0}\n");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["line"], 2);
    let error = found[0]["error"].as_str().unwrap();
    assert!(error.contains("months") && error.contains("case 2"), "{error}");
}

#[test]
fn intervals_come_on_request() {
    let mut output = Vec::new();
    let input = br#"{"members": ["NOR", "SWE", "FIN"], "leads": ["FIN"]}"#;
    stream::run(engine(), Cursor::new(input), &mut output, Beside { intervals: true, ..Beside::default() }).unwrap();
    let answer: Value = serde_json::from_slice(&output).unwrap();
    let interval = &answer["intervals"]["deadlock"];
    assert_eq!(interval["middle"], answer["deadlock"]);
    assert!(interval["low"].as_f64().unwrap() < interval["high"].as_f64().unwrap());
}

#[test]
fn a_line_without_end_is_passed_over() {
    let mut input = vec![b'x'; 3 * stream::LONGEST];
    input.extend(b"\n{\"members\": [\"NOR\"]}\n");
    let found = answers(&input);
    assert_eq!(found.len(), 2);
    assert!(found[0]["error"].as_str().unwrap().contains("longer than"));
    assert_eq!(found[0]["line"], 1);
    assert_eq!(found[1]["name"], "case 2");
    // The same at the end of the input, and a line that just fits.
    assert_eq!(answers(&vec![b'['; stream::LONGEST + 1])[0]["line"], 1);
    let mut fits = vec![b' '; stream::LONGEST - 21];
    fits.extend(b"{\"members\": [\"NOR\"]}\n");
    assert_eq!(fits.len(), stream::LONGEST);
    assert_eq!(answers(&fits)[0]["name"], "case 1");
}

/// Gives one line, and the next one only when the answer to the first has been seen.
struct Patient {
    lines: Vec<&'static [u8]>,
    answered: mpsc::Receiver<()>,
    asked: bool,
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.asked {
            self.answered.recv_timeout(std::time::Duration::from_mins(1)).map_err(io::Error::other)?;
        }
        self.asked = true;
        let Some(line) = self.lines.pop() else { return Ok(0) };
        buffer[..line.len()].copy_from_slice(line);
        Ok(line.len())
    }
}

struct Telling(mpsc::Sender<()>);

impl Write for Telling {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.send(()).map_err(io::Error::other)
    }
}

#[test]
fn who_waits_for_an_answer_gets_it() {
    let (tell, answered) = mpsc::channel();
    let lines = vec![&b"{\"members\": [\"SWE\"]}\n"[..], &b"{\"members\": [\"NOR\"]}\n"[..]];
    let input = io::BufReader::new(Patient { lines, answered, asked: false });
    stream::run(engine(), input, &mut Telling(tell), Beside::default()).unwrap();
}

struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn it_stops_when_nobody_reads_the_answers() {
    let input = "{\"members\": [\"NOR\"]}\n".repeat(10_000);
    let error = stream::run(engine(), Cursor::new(input), &mut Closed, Beside::default()).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
}

/// A file is named after what must come of it: `answer-…` an answer, `json-…` a complaint about JSON, `shape-…` one about the
/// shape, anything else an error that names the key before the hyphen.
#[test]
fn the_corpus_is_answered_without_panic() {
    let folder = format!("{}/tests/fuzz/batch", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() >= 40);
    for path in names {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        // As a stream, whatever its lines are: one answer to each that is not empty.
        let lines = convenor::storage::without_mark(&bytes)
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.trim_ascii().is_empty())
            .count();
        assert_eq!(answers(&bytes).len(), lines, "{stem}");
        // As one case.
        let wanted = stem.split('-').next().unwrap();
        match (serde_json::from_slice::<Value>(&bytes), wanted) {
            (Err(_), "json") => {}
            (Ok(case), wanted) => match (cases::parse_case(engine(), 1, &case), wanted) {
                (Ok(asked), "answer") => {
                    check_answer(stem, &serde_json::to_value(answer::answer(engine(), &asked)).unwrap());
                }
                (Err(error), "shape") => assert_eq!(error.key, "", "{stem}: {error}"),
                (Err(error), key) => {
                    assert_eq!(error.key, key, "{stem}: {error}");
                    assert!(error.to_string().contains(&format!("“{key}”")), "{stem}: {error}");
                    assert!(!error.message.is_empty(), "{stem}");
                }
                (Ok(_), _) => panic!("{stem}: accepted"),
            },
            (Err(error), _) => panic!("{stem}: {error}"),
        }
    }
}

/// Every measure is a number, or null with its reason among the flags.
fn check_answer(stem: &str, answer: &Value) {
    for measure in ["deadlock", "reach", "legitimacy", "cost", "microlateral"] {
        let reason = format!("{measure} is not defined");
        let explained =
            answer["flags"].as_array().unwrap().iter().any(|flag| flag.as_str().unwrap().starts_with(&reason));
        match answer[measure].as_f64() {
            Some(value) => assert!(value >= 0.0 && !explained, "{stem}: {measure} is {value}"),
            None => assert!(answer[measure].is_null() && explained, "{stem}: {measure} without a reason: {answer}"),
        }
    }
}
