//! The roll calls behind a figure: they sum to it, every vote by brute force, and the command line says the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::process::Command;

use convenor::analysis::backtest::Plan;
use convenor::analysis::record::{Record, record};
use convenor::analysis::{Case, Undefined, measures};
use convenor::app::cli::{backtest as check, cases};
use convenor::data::Ballot;
use convenor::model::Relevance;
use engine::engine;
use serde_json::{Value, json};

fn case(value: &Value) -> Case {
    cases::parse_case(engine(), 1, value).unwrap().case
}

fn t12(leads: &[&str]) -> Case {
    let members = ["USA", "FRA", "DEU", "JPN", "GBR", "AUS", "CAN", "KOR", "FIN", "SWE", "IND", "ISR"];
    case(&json!({ "members": members, "issue": "technology", "leads": leads }))
}

fn named(record: &Record, resolution: &str) -> usize {
    let list = &engine().atlas.roll_calls.list;
    record.entries.iter().position(|entry| list[entry.call].resolution == resolution).unwrap()
}

#[test]
fn the_record_sums_to_the_figure_under_every_rule() {
    let members = ["USA", "FRA", "DEU", "JPN", "GBR", "IND", "BRA", "KEN", "NOR"];
    let rules = [
        json!("consensus"),
        json!("unanimity"),
        json!("simple_majority"),
        json!("eu_qualified_majority"),
        json!("present_and_voting"),
        json!("two_thirds_present_and_voting"),
        json!({ "criteria": [{ "basis": "gdp", "share": 0.6, "of": "voting" }], "veto": ["USA"] }),
        json!({ "criteria": [{ "basis": "gdp", "share": 0.7 }], "veto": ["USA"] }),
        json!({ "criteria": [{ "basis": "members", "share": 0.6 }, { "basis": "population", "share": 0.5 }], "blocking_minority": 3 }),
    ];
    for issue in ["general", "trade", "pandemic", "nuclear"] {
        for rule in &rules {
            for leads in [&[][..], &["NOR"], &["NOR", "KEN"], &members] {
                let case = case(&json!({
                    "members": members, "issue": issue, "rule": rule, "leads": leads, "backing": { "USA": 0.4, "KEN": 0.8 },
                }));
                let record = record(engine(), &case).unwrap();
                let report = engine().report(&case);
                let deadlock = report.deadlock.as_ref().unwrap();
                assert!((100.0 * record.single() - deadlock.single).abs() < 1e-6, "{issue} {rule} {leads:?}");
                let weights: f64 = record.entries.iter().map(|entry| entry.weight).sum();
                assert!((weights - 1.0).abs() < 1e-9);
                assert_eq!(record.entries.len(), deadlock.calls);
                let direct = record.entries.iter().filter(|entry| entry.relevance == Relevance::Direct).count();
                assert_eq!((direct, record.entries.len() - direct), (deadlock.direct, deadlock.related));
                for entry in &record.entries {
                    assert!(
                        (0.0..=1.0).contains(&entry.pass) && entry.decisive.iter().all(|one| (0.0..=1.0).contains(one))
                    );
                }
            }
        }
    }
}

/// Four members by majority and by consensus, convened by the first: all 81 outcomes of each roll call.
#[test]
fn chances_and_decisive_noes_are_those_of_every_outcome() {
    for (rule, veto) in [("simple_majority", false), ("consensus", true), ("present_and_voting", false)] {
        let case = case(
            &json!({ "members": ["SWE", "IND", "ISR", "ZAF"], "leads": ["SWE"], "issue": "technology", "rule": rule }),
        );
        let record = record(engine(), &case).unwrap();
        let convenor = case.voters.iter().position(|voter| voter.convenor).unwrap();
        for (at, entry) in record.entries.iter().enumerate() {
            let votes = record.votes(engine(), at);
            // Chances of yes, no, abstention; the convenor votes for what it tables.
            let chances: Vec<[f64; 3]> = votes
                .iter()
                .enumerate()
                .map(|(voter, vote)| {
                    let [yes, no] = if voter == convenor { [1.0, 0.0] } else { vote.chances };
                    [yes, no, 1.0 - yes - no]
                })
                .collect();
            let passes = |outcome: &[usize; 4]| {
                let yes = outcome.iter().filter(|vote| **vote == 0).count();
                let no = outcome.iter().filter(|vote| **vote == 1).count();
                let of = if rule == "present_and_voting" { yes + no } else { 4 };
                2 * yes > of && !(veto && outcome.contains(&1))
            };
            let (mut pass, mut decisive) = (0.0, [0.0; 4]);
            for number in 0..81_usize {
                let outcome = [number % 3, number / 3 % 3, number / 9 % 3, number / 27];
                let chance: f64 = outcome.iter().zip(&chances).map(|(vote, chances)| chances[*vote]).product();
                pass += if passes(&outcome) { chance } else { 0.0 };
                for voter in (0..4).filter(|voter| outcome[*voter] == 1 && !passes(&outcome)) {
                    let mut other = outcome;
                    other[voter] = 0;
                    decisive[voter] += if passes(&other) { chance } else { 0.0 };
                }
            }
            assert!((entry.pass - pass).abs() < 1e-9, "{rule} {at}: {} {pass}", entry.pass);
            for (found, expected) in entry.decisive.iter().zip(decisive) {
                assert!((found - expected).abs() < 1e-9, "{rule} {at}: {:?} {decisive:?}", entry.decisive);
            }
        }
    }
}

#[test]
fn one_roll_call_is_told_as_it_was() {
    let record = record(engine(), &t12(&["SWE"])).unwrap();
    let at = named(&record, "A/RES/78/241");
    let entry = &record.entries[at];
    assert!((entry.pass - 0.0499).abs() < 5e-5, "{}", entry.pass);
    let name = |actor: &usize| engine().atlas.countries[*actor].id.to_string();
    assert_eq!(entry.no.iter().map(name).collect::<Vec<String>>(), ["IND"]);
    assert!(entry.modelled.is_empty());
    let votes = record.votes(engine(), at);
    let most = votes.iter().max_by(|a, b| a.decisive.total_cmp(&b.decisive)).unwrap();
    assert_eq!((name(&most.actor).as_str(), most.ballot), ("IND", Ballot::No));
    assert!(most.decisive > 0.9);
    let tables: Vec<String> = votes.iter().filter(|vote| vote.tables).map(|vote| name(&vote.actor)).collect();
    assert_eq!(tables, ["SWE"]);
    assert!(record.votes(engine(), record.entries.len()).is_empty());
}

#[test]
fn without_votes_there_is_no_record() {
    let mut a_priori = t12(&[]);
    a_priori.settings.a_priori = true;
    assert_eq!(record(engine(), &a_priori).unwrap_err(), Undefined::APriori);
    let nobody = Case { voters: Vec::new(), ..t12(&[]) };
    assert_eq!(
        record(engine(), &nobody).unwrap_err(),
        engine().report(&nobody).value(&measures::DEADLOCK).unwrap_err()
    );
}

fn convenor(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_convenor")).args(arguments).output().unwrap()
}

fn example(name: &str) -> String {
    format!("{}/saves/{name}.convenor", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_command_line_lists_what_a_grouping_would_have_failed_on_and_who_objected() {
    let file = example("minilaterals");
    let arguments = ["roll-calls", &file, "--grouping", "Minerals Security Partnership"];
    let output = convenor(&[&arguments[..], &["--json"]].concat());
    assert!(output.status.success());
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let calls = found["roll_calls"].as_array().unwrap();
    let sum = |key: &dyn Fn(&Value) -> f64| calls.iter().map(key).sum::<f64>();
    let weight = |call: &Value| call["weight"].as_f64().unwrap();
    assert!((sum(&weight) - 1.0).abs() < 1e-9);
    let fails = sum(&|call| weight(call) * (1.0 - call["pass"].as_f64().unwrap()));
    assert!((fails - found["deadlock_one_question"].as_f64().unwrap()).abs() < 1e-9);
    let failed: Vec<&Value> = calls.iter().filter(|call| call["pass"].as_f64().unwrap() < 0.5).collect();
    assert!(!failed.is_empty());
    for call in failed {
        // By consensus somebody voted no, or too few voted yes.
        let no = call["no"].as_array().unwrap();
        let votes = call["votes"].as_object().unwrap();
        let yes = votes.values().filter(|vote| **vote == "Y").count();
        assert!(!no.is_empty() || 2 * yes <= votes.len(), "{call}");
        assert!(no.iter().all(|id| call["votes"][id.as_str().unwrap()] == "N"));
    }
    for call in calls {
        assert!(matches!(call["relevance"].as_str(), Some("direct" | "related")));
        assert!(call["topics"].is_array() && call["date"].as_str().unwrap().starts_with("20"));
        let modelled = call["modelled"].as_array().unwrap();
        let absent = call["votes"].as_object().unwrap().values().filter(|vote| **vote == "X").count();
        assert_eq!(modelled.len(), absent);
    }
    let table = String::from_utf8(convenor(&arguments).stdout).unwrap();
    assert!(
        table.contains("62 direct and 78 related roll calls, worth 40") && table.contains("A/RES/78/241"),
        "{table}"
    );
    let unknown = convenor(&["roll-calls", &file, "--grouping", "Nobody"]);
    assert!(!unknown.status.success());
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("has no grouping “Nobody”"));
}

#[test]
fn the_check_year_by_year_tells_each_year_and_all() {
    let found = check::year_by_year(engine(), Plan { groups: 12, draws: 8, ..Plan::default() }).unwrap();
    let value = serde_json::to_value(&found).unwrap();
    let years: Vec<u64> =
        value["years"].as_array().unwrap().iter().map(|year| year["year"].as_u64().unwrap()).collect();
    assert_eq!(years, (2016..=2024).collect::<Vec<u64>>());
    for season in value["years"].as_array().unwrap().iter().chain([&value["all"]]) {
        for target in ["unanimous_yes", "no_objection"] {
            for convenor in ["without_convenor", "with_convenor"] {
                let model = &season[target][convenor];
                assert!((0.0..=1.0).contains(&model["coverage"].as_f64().unwrap()), "{season}");
                assert!(model["correlation"].is_number() && model["mean_absolute_error"].is_number());
                assert!(season["baselines"]["past_frequency"][target][convenor]["coverage"].is_null());
            }
        }
        assert!(season["deadlock"]["coverage"].is_number());
    }
    let questions: u64 =
        value["years"].as_array().unwrap().iter().map(|year| year["questions"].as_u64().unwrap()).sum();
    assert_eq!(value["all"]["questions"], questions);
    let text = check::rolling_table(&found);
    assert!(
        text.contains("2022") && text.contains("the groups' own past") && text.contains("Drift, logit scale"),
        "{text}"
    );
    let none = convenor(&["backtest"]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("VOTES"), "a file or --rolling is asked for");
}
