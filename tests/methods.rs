//! Every figure quoted in `assets/METHODS.md` is the program's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use convenor::analysis::backtest::{Backtest, Plan, Score, Scores, Targets, backtest};
use convenor::analysis::capture::capture;
use convenor::analysis::measures::{self, Broker, Measure};
use convenor::analysis::track::track_record;
use convenor::analysis::uncertainty::{self, beats};
use convenor::analysis::view::View;
use convenor::analysis::{Case, VoteSettings};
use convenor::app::cli::{answer, cases};
use convenor::data::{Ballot, RollCalls, Subject, Topics};
use convenor::model::{Assumptions, Issue};
use engine::engine;
use serde_json::{Value, json};

fn case(value: &Value) -> Case {
    cases::parse_case(engine(), 1, value).unwrap().case
}

const T12: [&str; 12] = ["USA", "FRA", "DEU", "JPN", "GBR", "AUS", "CAN", "KOR", "FIN", "SWE", "IND", "ISR"];

fn council() -> Value {
    json!({
        "name": "Security Council of 2021, on security",
        "members": ["CHN", "FRA", "RUS", "GBR", "USA", "EST", "NER", "VCT", "TUN", "VNM", "IND", "IRL", "KEN", "MEX", "NOR"],
        "issue": "security",
        "rule": "security_council",
    })
}

fn t12(name: &str, leads: &[&str], questions: u32) -> Value {
    json!({"name": name, "members": T12, "leads": leads, "issue": "technology", "questions": questions})
}

fn sweden() -> Value {
    t12("T-12 on technology, convened by Sweden", &["SWE"], 1)
}

fn united_states() -> Value {
    t12("T-12 on technology, convened by the United States", &["USA"], 1)
}

fn actor(code: &str) -> usize {
    engine().atlas.actor(code.parse().unwrap()).unwrap()
}

/// Fails with every line that is not in the document, so that they can be copied into it.
#[track_caller]
fn quoted(lines: &[String]) {
    let path = format!("{}/assets/METHODS.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let missing: Vec<&String> =
        lines.iter().filter(|line| !text.contains(&line.split_whitespace().collect::<Vec<_>>().join(" "))).collect();
    let words: Vec<&str> = missing.iter().map(|line| line.as_str()).collect();
    assert!(words.is_empty(), "METHODS.md does not say:\n{}", words.join("\n"));
}

fn signed(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}

/// What stands in the comments of a file, without the signs that begin them; and all of a page of text.
fn comments(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let comment = |line: &str| -> Option<String> {
        let (_, words) = line.split_once("//")?;
        Some(words.trim_start_matches(['/', '!']).to_owned())
    };
    let is_code = path.extension().is_some_and(|extension| extension == "rs");
    let lines: Vec<String> = if is_code { text.lines().filter_map(comment).collect() } else { vec![text] };
    lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Headings, and the words in bold that begin a paragraph.
fn headings() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("assets/METHODS.md")).unwrap();
    let bold = |line: &str| Some(line.strip_prefix("**")?.split_once(".**")?.0.to_owned());
    let head = |line: &str| line.strip_prefix("## ").map(str::to_owned);
    text.lines().filter_map(|line| head(line).or_else(|| bold(line))).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All sources below a folder.
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

/// Comments point to the page in one form: the heading in italics, then the page. To no page that is not there.
#[test]
fn every_heading_that_a_comment_points_to_is_there_once() {
    const PAGE: &str = "`METHODS.md`";
    let headings = headings();
    let mut files = vec![root().join("README.md"), root().join("ARCHITECTURE.md")];
    for folder in ["src", "tests"] {
        sources(&root().join(folder), &mut files);
    }
    let (mut cited, mut faults) = (0, Vec::new());
    for file in &files {
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        let text = comments(file);
        for (at, _) in text.match_indices(".md") {
            let page: String =
                text[..at].chars().rev().take_while(|c| c.is_alphanumeric() || "/_-.".contains(*c)).collect();
            let page = page.chars().rev().collect::<String>() + ".md";
            if !root().join(&page).is_file() && !root().join("assets").join(&page).is_file() {
                faults.push(format!("{name} names {page}, which is not there"));
            }
        }
        if text.replace("METHODS.md", "").contains("METHODS") {
            faults.push(format!("{name} names METHODS in another form than *heading* in {PAGE}"));
        }
        for (at, _) in text.match_indices(PAGE) {
            let heading = text[..at].strip_suffix("* in ").and_then(|before| before.rsplit_once('*'));
            let Some((_, heading)) = heading else {
                faults.push(format!("{name} names no heading before {PAGE}: “…{}”", &text[..at]));
                continue;
            };
            cited += 1;
            if headings.iter().filter(|known| *known == heading).count() != 1 {
                faults.push(format!("{name}: METHODS.md does not have *{heading}* once"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(cited >= 20, "{cited}");
}

#[test]
fn the_table_of_examples() {
    let examples = [
        council(),
        sweden(),
        united_states(),
        t12("T-12 on technology, no convenor", &[], 1),
        t12("T-12 on technology, convened by Sweden, five questions", &["SWE"], 5),
    ];
    let lines = examples.map(|example| {
        let asked = cases::parse_case(engine(), 1, &example).unwrap();
        let answer = answer::answer(engine(), &asked);
        let figure = |measure: &Measure| answer.measures.get(measure.name).copied().flatten().unwrap();
        format!(
            "| {} | {:.1} % | {:.1} % | {:.1} | {:.1} | {:.1} |",
            asked.name,
            figure(&measures::DEADLOCK),
            figure(&measures::REACH),
            figure(&measures::LEGITIMACY),
            figure(&measures::COST),
            figure(&measures::MICROLATERAL),
        )
    });
    quoted(&lines);
}

#[test]
fn deadlock_step_by_step() {
    let report = |value: &Value| engine().report(&case(value)).deadlock.unwrap();
    let (one, other, council) = (report(&sweden()), report(&united_states()), report(&council()));
    let line = |name: &str, found: &convenor::analysis::Deadlock| {
        let part = found.parts[0];
        format!(
            "| {name} | {:.1} % | {:.1} % | {:.1} % | {:.1} % |",
            100.0 * part.tables,
            100.0 * part.deadlock,
            found.risk,
            100.0 * part.reach
        )
    };
    let votes = &engine().votes;
    let call = engine().atlas.roll_calls.list.iter().position(|call| call.resolution == "A/RES/78/241").unwrap();
    let at = votes.used(Issue::Technology).iter().position(|used| used.call == call).unwrap();
    let agenda = engine().agenda_of(&case(&sweden()));
    let chances = |code: &str| (agenda.yes(actor(code))[at], agenda.no(actor(code))[at]);
    let call = |code: &str| {
        let (yes, no) = chances(code);
        let ballot = match votes.ballots(actor(code))[call] {
            Ballot::Yes => "yes",
            Ballot::No => "no",
            Ballot::Abstain => "abstained",
            Ballot::Absent => "absent",
        };
        format!("| {} | {ballot} | {yes:.3} | {no:.3} |", engine().atlas.name(code.parse().unwrap()))
    };
    // Sweden tables, so its own no is 0.
    let quiet: f64 = T12.iter().filter(|code| **code != "SWE").map(|code| 1.0 - chances(code).1).product();
    let five = 1.0 - (1.0 - one.single / 100.0).powi(5);
    quoted(&[
        line("Sweden", &one),
        line("United States", &other),
        format!("“technology” rests on {}.", one.rests_on()),
        format!("“security” rests on {}", council.rests_on()),
        format!("1 − (1 − {:.4})^5 = {:.1} %", one.single / 100.0, 100.0 * five),
        call("SWE"),
        call("IND"),
        call("ISR"),
        format!("the chance that nobody votes no is {:.2} %", 100.0 * quiet),
    ]);
}

#[test]
fn power_of_the_rule() {
    let mut priori = case(&council());
    priori.settings.a_priori = true;
    let risk = engine().report(&priori).deadlock.unwrap().risk;
    let power = capture(engine(), &case(&council())).largest_power.unwrap();
    quoted(&[format!("848/32768 = {:.2} %", 100.0 - risk), format!("{:.2} % of Banzhaf power", 100.0 * power.share)]);
}

#[test]
fn legitimacy_component_by_component() {
    let found = engine().report(&case(&sweden())).legitimacy.unwrap();
    let mut lines: Vec<String> = found
        .parts
        .iter()
        .map(|part| {
            let value = part.value.unwrap();
            let label = part.component.label();
            format!("| {label} | {:.2} | {value:.3} | {:.1} |", part.weight, 100.0 * part.weight * value)
        })
        .collect();
    lines.push(format!("| Sum | 1.00 | | {:.1} |", found.score));
    let poles = ["USA", "CHN"].map(actor);
    for code in ["SWE", "USA"] {
        let (broker, view) = (Broker { poles, half: 25e6, steepness: 2.0 }, View::silent(&engine().facts));
        let [small, equidistance, governance] = broker.parts(&view, actor(code)).unwrap();
        let score = broker.score(&view, actor(code)).unwrap();
        let name = engine().atlas.name(code.parse().unwrap());
        lines.push(format!("| {name} | {small:.3} | {equidistance:.3} | {governance:.3} | {score:.3} |"));
    }
    quoted(&lines);
}

#[test]
fn cost_part_by_part() {
    let case = case(&sweden());
    let report = engine().report(&case);
    let cost = report.cost.unwrap();
    let payer = cost.payers.iter().find(|payer| payer.actor == actor("USA")).unwrap();
    quoted(&[
        format!("K = US$ {:.2} m a year", cost.coordination_musd),
        format!("the United States bear {:.1} %", 100.0 * payer.share),
        format!(
            "{:.1} for coordination, {:.1} for its own share, {:.1} for the fallback: C = {:.1}",
            cost.coordination, cost.own_share, cost.fallback, cost.index
        ),
    ]);
}

#[test]
fn fit_factor_by_factor() {
    let line = |name: &str, value: &Value| {
        let found = engine().report(&case(value)).microlateral.unwrap();
        format!(
            "| {name} | {:.3} | {:.3} | {:.3} | {:.3} | {:.1} |",
            found.small_lead.unwrap(),
            found.participation,
            found.niche,
            found.timebound,
            found.score
        )
    };
    quoted(&[line("Sweden", &sweden()), line("United States", &united_states())]);
}

#[test]
fn intervals_and_comparisons() {
    let cases = [case(&sweden()), case(&united_states())];
    let found = uncertainty::run(engine(), &cases, 400, 2021, &AtomicBool::new(false), &|_| ()).unwrap();
    let mut lines: Vec<String> = measures::ALL
        .into_iter()
        .map(|measure| {
            let cell = |at: usize| {
                let interval = found[at].of(measure).unwrap();
                format!("{:.1} ({:.1} to {:.1})", interval.middle, interval.low, interval.high)
            };
            let first = beats(&found[0], &found[1], measure).unwrap().first;
            format!("| {} | {} | {} | {:.0} % |", measure.label, cell(0), cell(1), 100.0 * first)
        })
        .collect();
    let strongest = found[0].sensitivity(&measures::DEADLOCK)[0];
    lines.push(format!("rank correlation {} with deadlock risk", signed(strongest.correlation)));
    let weight = found[0].sensitivity(&measures::LEGITIMACY)[0];
    lines.push(format!(
        "{} ({})",
        weight.driver.label(&engine().atlas).to_lowercase().replace(['“', '”'], ""),
        signed(weight.correlation)
    ));
    quoted(&lines);
}

#[test]
fn track_record_and_capture() {
    let case = case(&sweden());
    let track = track_record(engine(), &case).unwrap();
    let line = |name: &str, value: fn(&convenor::analysis::track::Unity) -> f64| {
        let [observed, table, model] = [&track.observed, &track.table, &track.model].map(|unity| 100.0 * value(unity));
        format!("| {name} | {observed:.1} % | {table:.1} % | {model:.1} % |")
    };
    let found = capture(engine(), &case);
    quoted(&[
        line("Every member present voted yes", |unity| unity.unanimous_yes),
        line("None voted no", |unity| unity.no_objection),
        format!("{} roll calls, {} of them with all twelve present", track.calls, track.complete),
        format!("mean exposure {:.1} %", 100.0 * found.mean_exposure.unwrap()),
        format!("mean alignment {:.1} %", 100.0 * found.mean_alignment.unwrap()),
        format!("{:.1} % of its GDP", 100.0 * found.largest_gdp.unwrap().share),
    ]);
}

type OfTargets = fn(&Targets) -> Scores;
type OfScores = fn(Scores) -> Score;

/// The built-in votes of some years predicted from those up to another.
fn held_out(until: u16, years: &[u16]) -> Backtest {
    let later: RollCalls = engine().atlas.roll_calls.filtered(|call| years.contains(&call.year));
    backtest(engine(), &later, Plan { until: Some(until), ..Plan::default() }).unwrap()
}

/// A line for each target and way, with the scores of `of`.
fn scores(of: &[&Targets]) -> Vec<String> {
    let targets: [(&str, OfTargets); 2] =
        [("All present voted yes", |of| of.unanimous_yes), ("None voted no", |of| of.no_objection)];
    let convened: [(&str, OfScores); 2] =
        [("no convenor", |of| of.without_convenor), ("with convenor", |of| of.with_convenor)];
    let mut lines = Vec::new();
    for (name, target) in targets {
        for (way, score) in convened {
            let cells = of.iter().map(|targets| {
                let score = score(target(targets));
                format!("{:.3} / {:.3}", score.correlation.unwrap(), score.mean_absolute_error.unwrap())
            });
            lines.push(format!("| {name}, {way} | {} |", cells.collect::<Vec<_>>().join(" | ")));
        }
    }
    lines
}

#[test]
fn the_held_out_check() {
    let (quiet, rupture) = (held_out(2018, &[2019, 2020]), held_out(2021, &[2022]));
    let mut lines = scores(&[&quiet.model, &quiet.independent, &quiet.past_frequency]);
    lines.push(format!("{} roll calls up to 2018", quiet.built_in_calls));
    lines.push(format!("{} of 2019 and 2020", quiet.judged_calls));
    lines.extend(scores(&[&rupture.model, &rupture.past_frequency]));
    lines.push(format!("{} roll calls of 2022", rupture.judged_calls));
    quoted(&lines);
}

#[test]
fn what_the_data_cover() {
    let calls = &engine().atlas.roll_calls;
    let seatless = engine().atlas.countries.iter().filter(|country| !country.is_un_member()).count();
    let unfigured = (0..engine().atlas.countries.len())
        .filter(|at| engine().facts.value(Subject::Polyarchy, *at).is_none())
        .count();
    let mut lines = vec![
        format!("{} roll calls of {} members", calls.list.len(), calls.voters.len()),
        format!("{} actors, {seatless} of them without a seat", engine().atlas.countries.len()),
        format!("{unfigured} actors have no figure for electoral democracy"),
    ];
    for issue in Issue::ALL {
        let agenda = engine().agenda(issue, &VoteSettings::new(&Assumptions::default()));
        let topics = |topics: Topics| match topics.names().collect::<Vec<_>>() {
            _ if issue == Issue::General => "all".to_owned(),
            names if names.is_empty() => "–".to_owned(),
            names => names.join(", "),
        };
        let related = if issue == Issue::General { "–".to_owned() } else { topics(issue.related()) };
        lines.push(format!(
            "| {} | {} | {related} | {} | {} | {:.0} |",
            issue.label(),
            topics(issue.direct()),
            agenda.direct(),
            agenda.calls - agenda.direct(),
            agenda.effective_calls()
        ));
    }
    quoted(&lines);
}
