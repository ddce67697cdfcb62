//! The command line as it is used: the program itself, its output and its exit code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn convenor(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_convenor"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn as_json(output: &Output) -> Value {
    serde_json::from_str(&text(output)).unwrap()
}

fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A file with a name of its own that goes when the test ends.
struct Scratch(tempfile::TempDir);

impl Scratch {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

const T12: [&str; 12] = ["USA", "FRA", "DEU", "JPN", "GBR", "AUS", "CAN", "KOR", "FIN", "SWE", "IND", "ISR"];

fn workspace() -> String {
    let led = |lead: &str| -> Vec<Value> {
        let seat = |code: &&str| if *code == lead { json!({"country": code, "role": "convenor"}) } else { json!(code) };
        T12.iter().map(seat).collect()
    };
    json!({
        "format": "convenor-workspace",
        "version": 1,
        "title": "Technology",
        "groupings": [
            {"id": 1, "colour": 0, "name": "By Sweden", "issue": "technology", "members": led("SWE")},
            {"id": 2, "colour": 1, "name": "By the United States", "issue": "technology", "members": led("USA")},
            {"id": 3, "colour": 2, "name": "By Finland", "issue": "technology", "members": led("FIN")},
            {"id": 4, "colour": 3, "name": "Nobody", "members": []},
        ],
    })
    .to_string()
}

#[test]
fn assess_gives_every_grouping_with_intervals() {
    let scratch = Scratch::new();
    let file = scratch.file("t.convenor", &workspace());
    let found = as_json(&convenor(&["assess", &file, "--json"], ""));
    let groupings = found["groupings"].as_array().unwrap();
    assert_eq!(groupings.len(), 4);
    assert_eq!(found["draws"], 400);
    assert_eq!(found["repairs"], json!([]));
    for measure in ["deadlock", "reach", "legitimacy", "cost", "microlateral"] {
        let interval = &groupings[0]["intervals"][measure];
        let [low, middle, high] = ["low", "middle", "high"].map(|key| interval[key].as_f64().unwrap());
        assert!(low <= middle && middle <= high, "{measure}: {interval}");
        assert_eq!(interval["middle"], groupings[0][measure]);
        assert!(groupings[3]["intervals"][measure].is_null());
    }
    assert!(groupings[3]["track_record"].is_null());
    assert_eq!(groupings[0]["track_record"]["roll_calls"], 140);
    assert_eq!(groupings[0]["capture"]["largest_gdp_share"]["held_by"], json!(["USA"]));
    assert_eq!(groupings[0]["drivers"]["deadlock"][0]["driver"], "Which roll calls count");
    let comparisons = found["comparisons"].as_array().unwrap();
    // Three pairs of defined groupings, five measures.
    assert_eq!(comparisons.len(), 15);
    for pair in comparisons {
        let sum: f64 = ["first_better", "second_better", "ties"].iter().map(|key| pair[key].as_f64().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-12, "{pair}");
    }
    let table = text(&convenor(&["assess", &file], ""));
    assert!(table.contains("64.3 (59.7 to 69.2)") && table.contains("not defined"), "{table}");
    assert!(table.contains("By Sweden and By Finland on legitimacy"), "{table}");
    // The same question gets the same answer.
    assert_eq!(text(&convenor(&["assess", &file], "")), table);
}

#[test]
fn of_two_groupings_of_one_name_neither_is_guessed() {
    let scratch = Scratch::new();
    let file = scratch.file("t.convenor", &workspace().replace("By Finland", "By Sweden"));
    for task in [&["whatif"][..], &["suggest", "--deadlock-below", "5"]] {
        let complaint = complaint(&convenor(&[task, &[&file, "--grouping", "by sweden"]].concat(), ""));
        assert!(
            complaint.contains("2 groupings “by sweden” (A and C)") && complaint.contains("name of its own"),
            "{complaint}"
        );
    }
    let found = as_json(&convenor(&["assess", &file, "--json"], ""));
    let places: Vec<[u64; 2]> = found["comparisons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| ["first_at", "second_at"].map(|key| pair[key].as_u64().unwrap()))
        .collect();
    assert_eq!(places[..6], [[0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 2]]);
}

#[test]
fn assess_says_why_a_file_is_not_read() {
    let scratch = Scratch::new();
    let other = scratch.file("letter.txt", "Dear Sir");
    assert!(complaint(&convenor(&["assess", &other], "")).contains("letter.txt"));
    assert!(complaint(&convenor(&["assess", "/nowhere/t.convenor"], "")).contains("t.convenor"));
    let mended = scratch.file("m.convenor", &workspace().replace("\"id\":2", "\"id\":1"));
    let found = as_json(&convenor(&["assess", &mended, "--json"], ""));
    assert!(!found["repairs"].as_array().unwrap().is_empty());
}

#[test]
fn batch_adds_intervals_on_request() {
    let scratch = Scratch::new();
    let cases = json!([{"name": "T-12", "members": T12, "leads": ["SWE"], "issue": "technology"}]);
    let file = scratch.file("cases.json", &cases.to_string());
    let plain = as_json(&convenor(&["batch", &file, "--json"], ""));
    assert!(plain[0].get("intervals").is_none());
    let found = as_json(&convenor(&["batch", &file, "--json", "--intervals"], ""));
    assert_eq!(found[0]["deadlock"], plain[0]["deadlock"]);
    assert!(found[0]["intervals"]["deadlock"]["high"].as_f64().unwrap() > found[0]["deadlock"].as_f64().unwrap());
    assert!(text(&convenor(&["batch", &file, "--intervals"], "")).contains("64.3 (59.7 to 69.2)"));
    // A stream gives the same figures as a file.
    let line = format!("{}\n", cases[0]);
    assert_eq!(as_json(&convenor(&["batch", "-", "--intervals"], &line)), found[0]);
}

#[test]
fn batch_reads_lines_from_standard_input() {
    let found = text(&convenor(&["batch", "-"], "{\"members\": [\"NOR\"]}\n\noops\n"));
    let lines: Vec<Value> = found.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["name"], "case 1");
    assert_eq!(lines[1]["line"], 3);
}

#[test]
fn a_byte_order_mark_at_the_head_changes_nothing() {
    const MARK: &str = "\u{feff}";
    let scratch = Scratch::new();
    let game =
        json!({"members": [{"id": "A", "weights": [2]}, {"id": "B", "weights": [1]}], "criteria": [{"quota": 2}]});
    let line = json!({"members": ["NOR", "SWE"]});
    let votes = "resolution,year,session,date,issues,NOR,SWE,USA\nA/1,2021,76,2021-12-01,ec,Y,Y,N\n";
    for (task, content) in [
        (&["power", "FILE", "--json"][..], game.to_string()),
        (&["power", "-", "--json"], game.to_string()),
        (&["batch", "FILE", "--json"], json!([line]).to_string()),
        (&["batch", "-"], format!("{line}\n{line}\n")),
        (&["backtest", "FILE"], votes.to_owned()),
        (&["assess", "FILE"], workspace()),
    ] {
        let answers = ["", MARK].map(|mark| {
            let content = format!("{mark}{content}");
            let file = scratch.file("file", &content);
            let arguments: Vec<&str> =
                task.iter().map(|part| if *part == "FILE" { file.as_str() } else { *part }).collect();
            text(&convenor(&arguments, if task.contains(&"-") { &content } else { "" }))
        });
        assert_eq!(answers[0], answers[1], "{task:?}");
        assert!(!answers[0].contains("{\"error\":"), "{task:?}: {}", answers[0]);
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_with_the_cure() {
    let scratch = Scratch::new();
    let file = scratch.file("cases.json", "");
    std::fs::write(&file, b"{\"name\": \"Fran\xe7ais\"}").unwrap();
    for task in ["batch", "power", "backtest"] {
        let words = complaint(&convenor(&[task, &file], ""));
        assert!(words.contains("cases.json") && words.contains("Save it as UTF-8"), "{words}");
    }
    // What Notepad calls Unicode is read.
    let wide: Vec<u8> = "\u{feff}[]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&file, wide).unwrap();
    assert_eq!(convenor(&["batch", &file], "").status.code(), Some(0));
    assert!(complaint(&convenor(&["batch", "/nowhere/cases.json"], "")).contains("could not be read"));
}

#[test]
fn data_tells_what_is_in_the_binary() {
    let found = as_json(&convenor(&["data", "--json"], ""));
    assert_eq!(found["roll_calls"]["count"], 1132);
    assert_eq!(found["roll_calls"]["years"], json!([2012, 2024]));
    assert_eq!(found["actors"].as_array().unwrap().len(), 202);
    let sources: Vec<&Value> = found["sources"].as_array().unwrap().iter().map(|source| &source["id"]).collect();
    for indicator in found["indicators"].as_array().unwrap() {
        assert!(sources.contains(&&indicator["source"]), "{indicator}");
        assert!(indicator["un_members"].as_u64() <= indicator["actors"].as_u64(), "{indicator}");
    }
    for source in found["sources"].as_array().unwrap() {
        assert!(!source["vintage"].as_str().unwrap().is_empty() && !source["licence"].as_str().unwrap().is_empty());
    }
    let table = text(&convenor(&["data"], ""));
    for words in ["population", "unga_ideal_point", "1132 General Assembly roll calls of 2012–2024", "NOR  Norway"] {
        assert!(table.contains(words), "{words} is not in:\n{table}");
    }
}

#[test]
fn backtest_prints_json_or_a_table() {
    let scratch = Scratch::new();
    let votes = "resolution,year,session,date,issues,NOR,SWE,USA\nA/1,2021,76,2021-12-01,ec,Y,Y,N\nA/2,2021,76,2021-12-01,,Y,A,Y\n";
    let file = scratch.file("votes.csv", votes);
    let found = as_json(&convenor(&["backtest", &file, "--until", "2018"], ""));
    let keys: Vec<&String> = found.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["unanimous_yes", "no_objection", "baselines", "about", "columns_not_understood"]);
    for part in [&found, &found["baselines"]["independent"], &found["baselines"]["past_frequency"]] {
        for target in ["unanimous_yes", "no_objection"] {
            for convenor in ["without_convenor", "with_convenor"] {
                let error = part[target][convenor]["mean_absolute_error"].as_f64().unwrap();
                assert!((0.0..=1.0).contains(&error));
                assert!(part[target][convenor].get("correlation").is_some());
            }
        }
    }
    assert_eq!(as_json(&convenor(&["backtest", &file, "--until", "2018", "--json"], "")), found);
    assert!(text(&convenor(&["backtest", &file, "--table"], "")).contains("mean absolute error"));
    let bad = scratch.file("bad.csv", &votes.replace("Y,Y,N", "Y,Y,Q"));
    let words = complaint(&convenor(&["backtest", &bad], ""));
    assert!(words.contains("bad.csv, row 2") && words.contains("USA"), "{words}");
}

#[test]
fn names_move_no_cursor_and_forge_no_row() {
    let scratch = Scratch::new();
    let text = json!({
        "format": "convenor-workspace", "version": 1, "title": "T",
        "groupings": [{"id": 1, "name": "A\n99 forged\u{1b}[31m\u{202e}", "issue": "technology", "members": ["NOR", "SWE"]}],
    })
    .to_string();
    let file = scratch.file("t.convenor", &text);
    let table = text_of(&["assess", &file]);
    assert!(!table.lines().any(|line| line.trim_start().starts_with("99 forged")), "{table}");
    assert!(table.contains("A\\n99 forged\\u{1b}[31m\\u{202e}"), "{table}");
    assert!(!table.contains('\u{1b}'));
    let told = complaint(&convenor(&["whatif", &file, "--grouping", "x\ny\u{1b}"], ""));
    assert!(!told.trim_end().contains('\n') && !told.contains('\u{1b}'), "{told}");
    // What programs read is the name itself.
    let found = as_json(&convenor(&["assess", &file, "--json"], ""));
    assert_eq!(found["groupings"][0]["name"], "A\n99 forged\u{1b}[31m\u{202e}");
}

fn text_of(arguments: &[&str]) -> String {
    text(&convenor(arguments, ""))
}

#[test]
fn more_groupings_than_can_be_compared_are_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.convenor");
    let groupings = vec![r#"{"name": "A", "members": ["SWE", "NOR"]}"#; 201].join(",");
    let text = format!(r#"{{"format": "convenor-workspace", "version": 1, "title": "A", "groupings": [{groupings}]}}"#);
    std::fs::write(&path, text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_convenor")).arg("assess").arg(&path).output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    let told = complaint(&output);
    assert!(told.contains("201 groupings") && told.contains("at most 200"), "{told}");
    // Nothing but sentences where no terminal listens.
    assert!(!told.contains("working"), "{told}");
}
