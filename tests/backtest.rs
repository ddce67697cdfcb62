//! The track record of a grouping, the capture view, and the check of predictions against a votes file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_precision_loss, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::fmt::Write as _;

use convenor::analysis::backtest::{BacktestError, Plan, Score, Targets, backtest};
use convenor::analysis::capture::{alignment, capture};
use convenor::analysis::track::track_record;
use convenor::analysis::{Case, Engine, Undefined};
use convenor::app::cli::{backtest as check, cases};
use convenor::data::{Ballot, RollCall, RollCalls, Subject, VotesFile};
use convenor::model::{Issue, Relevance};
use engine::engine;
use serde_json::{Value, json};

fn actor(code: &str) -> usize {
    engine().atlas.actor(code.parse().unwrap()).unwrap()
}

fn case(value: &Value) -> Case {
    cases::parse_case(engine(), 1, value).unwrap().case
}

/// The years that are predicted.
const LATER: [u16; 2] = [2019, 2020];

const LETTERS: [(Ballot, char); 4] =
    [(Ballot::Yes, 'Y'), (Ballot::No, 'N'), (Ballot::Abstain, 'A'), (Ballot::Absent, 'X')];

/// The built-in roll calls that `keep` keeps, as a votes file.
fn wide(keep: impl Fn(&RollCall) -> bool) -> String {
    let calls = engine().atlas.roll_calls.filtered(keep);
    let mut text = String::from("resolution,year,session,date,topics,title,yes,no,abstain,source_id");
    for voter in &calls.voters {
        write!(text, ",{voter}").unwrap();
    }
    for (j, call) in calls.list.iter().enumerate() {
        let topics: Vec<&str> = call.topics.names().collect();
        let title = call.title.replace('"', "\"\"");
        write!(text, "\n{},{},0,{},{},\"{title}\",0,0,0,x", call.resolution, call.year, call.date, topics.join("|"))
            .unwrap();
        for voter in 0..calls.voters.len() {
            let ballot = calls.ballots(voter)[j];
            write!(text, ",{}", LETTERS.iter().find(|(known, _)| *known == ballot).unwrap().1).unwrap();
        }
    }
    text + "\n"
}

fn read(text: &str) -> Result<VotesFile, String> {
    VotesFile::parse("votes.csv", text, &engine().atlas).map_err(|complaint| complaint.to_string())
}

fn later_votes() -> RollCalls {
    let found = read(&wide(|call| LATER.contains(&call.year))).unwrap();
    assert!(found.not_understood.is_empty(), "{:?}", found.not_understood);
    found.calls
}

fn scores(targets: &Targets) -> [Score; 4] {
    [
        targets.unanimous_yes.without_convenor,
        targets.unanimous_yes.with_convenor,
        targets.no_objection.without_convenor,
        targets.no_objection.with_convenor,
    ]
}

#[test]
fn the_wide_table_holds_the_same_votes() {
    let (there, back) = (&engine().atlas.roll_calls.filtered(|call| LATER.contains(&call.year)), &later_votes());
    assert_eq!(there.voters, back.voters);
    assert_eq!(there.list.len(), back.list.len());
    for voter in 0..there.voters.len() {
        assert_eq!(there.ballots(voter), back.ballots(voter));
    }
    for (there, back) in there.list.iter().zip(&back.list) {
        assert_eq!((&there.resolution, there.year, &there.date), (&back.resolution, back.year, &back.date));
        assert_eq!((&there.title, there.topics), (&back.title, back.topics));
    }
}

/// The acceptance of the issue: fitted to 2012–2018, judged on 2019–2020.
#[test]
fn what_groups_did_in_2019_and_2020_was_foreseeable_in_2018() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), wide(|call| LATER.contains(&call.year))).unwrap();
    let plan = Plan { until: Some(2018), ..Plan::default() };
    let answer = check::against(engine(), file.path(), plan).unwrap();
    let found = serde_json::to_value(&answer).unwrap();
    println!("{}", check::table(&answer));
    for target in ["unanimous_yes", "no_objection"] {
        for convenor in ["without_convenor", "with_convenor"] {
            let figure = |scores: &Value, key: &str| scores[target][convenor][key].as_f64().unwrap();
            let (correlation, error) = (figure(&found, "correlation"), figure(&found, "mean_absolute_error"));
            let base = |name: &str| figure(&found["baselines"][name], "mean_absolute_error");
            assert!(correlation > 0.96, "{target} {convenor}: correlation {correlation}");
            assert!(error < 0.05, "{target} {convenor}: error {error}");
            assert!(error <= base("independent") / 3.0, "{target} {convenor}: {error} of {}", base("independent"));
            assert!((error - base("past_frequency")).abs() <= 0.01, "{target} {convenor}: {}", base("past_frequency"));
            assert!(found[target][convenor]["groups"].as_u64().unwrap() >= 490);
        }
    }
    assert_eq!(found["about"]["held_out"], true);
    assert_eq!(found["about"]["built_in_until"], 2018);
    assert_eq!(found["about"]["groups"], 500);
}

#[test]
fn other_groups_give_the_same_picture() {
    for seed in [1, 2, 3, 4, 5] {
        let found =
            backtest(engine(), &later_votes(), Plan { until: Some(2018), seed, draws: 0, ..Plan::default() }).unwrap();
        let base = scores(&found.independent);
        for (score, base) in scores(&found.model).into_iter().zip(base) {
            assert!(score.correlation.unwrap() > 0.96 && score.mean_absolute_error.unwrap() < 0.05, "{score:?}");
            assert!(score.mean_absolute_error.unwrap() * 3.0 < base.mean_absolute_error.unwrap(), "{score:?} {base:?}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_groups() {
    let plan = Plan { until: Some(2018), groups: 60, draws: 20, seed: 9 };
    let run = |plan| backtest(engine(), &later_votes(), plan).unwrap();
    assert_eq!(run(plan), run(plan));
    assert_ne!(run(plan), run(Plan { seed: 10, ..plan }));
}

/// Whatever happened after the year must not matter.
#[test]
fn it_does_not_peek_beyond_the_year() {
    use convenor::analysis::World;
    use convenor::data::Tables;
    let tables = Tables::embedded();
    let plan = Plan { until: Some(2018), groups: 40, draws: 0, seed: 1 };
    // Ideal points after 2018 turned round, and all later roll calls taken out.
    let points = tables
        .ideal_points
        .lines()
        .enumerate()
        .map(|(row, line)| {
            let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
            if row > 0 {
                for field in fields[8..].iter_mut().filter(|field| !field.is_empty()) {
                    *field = format!("{}", 1.0 - field.parse::<f64>().unwrap());
                }
            }
            fields.join(",")
        })
        .collect::<Vec<String>>()
        .join("\n");
    let latest =
        tables.indicators.lines().filter(|line| !line.contains(",unga_ideal_point")).collect::<Vec<&str>>().join("\n");
    let calls = tables
        .roll_calls
        .lines()
        .filter(|line| !line.split(',').nth(1).unwrap().parse::<u16>().is_ok_and(|year| year > 2018))
        .collect::<Vec<&str>>()
        .join("\n");
    let other = Tables { ideal_points: &points, indicators: &latest, roll_calls: &calls, ..tables };
    let other = Engine::new(World::parse(&other).unwrap());
    let (file, expected) = (later_votes(), backtest(engine(), &later_votes(), plan).unwrap());
    assert_eq!(backtest(&other, &file, plan).unwrap(), expected);
}

#[test]
fn a_file_that_cannot_be_judged_is_answered_with_a_sentence() {
    let atlas = engine();
    let error = backtest(atlas, &later_votes(), Plan { until: Some(2001), ..Plan::default() }).unwrap_err();
    assert_eq!(error, BacktestError::NothingBuiltIn { until: 2001, first: 2012 });
    let parse =
        |rows: &str, heads: &str| read(&format!("resolution,year,session,date,issues,{heads}\n{rows}")).unwrap().calls;
    let error = backtest(atlas, &parse("A,2021,75,2021-01-01,me,Y,Y\n", "NOR,SWE"), Plan::default()).unwrap_err();
    assert_eq!(error, BacktestError::NothingToJudge);
    // Taiwan has no built-in votes.
    let error = backtest(atlas, &parse("A,2021,75,2021-01-01,ec,Y,Y\n", "NOR,TWN"), Plan::default()).unwrap_err();
    assert_eq!(error, BacktestError::TooFewActors(1));
    // Two actors and one roll call: nothing varies, no correlation, no panic.
    let found = backtest(atlas, &parse("A,2021,75,2021-01-01,ec,Y,Y\n", "NOR,SWE"), Plan::default()).unwrap();
    assert_eq!(found.model.unanimous_yes.without_convenor.correlation, None);
    assert_eq!(found.model.unanimous_yes.with_convenor.groups, 500);
    // Nobody present: no group can be judged.
    let found = backtest(atlas, &parse("A,2021,75,2021-01-01,ec,X,X\n", "NOR,SWE"), Plan::default()).unwrap();
    assert_eq!(found.model.no_objection.without_convenor.groups, 0);
    assert_eq!(found.model.no_objection.without_convenor.mean_absolute_error, None);
    let missing = check::against(atlas, std::path::Path::new("/nowhere/votes.csv"), Plan::default()).unwrap_err();
    assert!(missing.to_string().contains("/nowhere/votes.csv"), "{missing}");
}

#[test]
fn votes_that_are_built_in_are_no_held_out_check() {
    let found = backtest(engine(), &later_votes(), Plan { groups: 20, ..Plan::default() }).unwrap();
    assert_eq!(found.repeated, found.judged_calls);
    assert!(found.left_out > 0);
}

#[test]
fn the_track_record_is_what_a_count_finds() {
    let members = ["NOR", "SWE", "TWN", "USA"];
    let case = case(&json!({"members": members, "issue": "climate"}));
    let found = track_record(engine(), &case).unwrap();
    let calls = &engine().atlas.roll_calls;
    let rows: Vec<&[Ballot]> = members.iter().filter_map(|code| calls.ballots_of(code.parse().unwrap())).collect();
    let (mut all, mut yes, mut no) = (0.0, 0.0, 0.0);
    for (j, call) in calls.list.iter().enumerate() {
        let present: Vec<Ballot> = rows.iter().map(|row| row[j]).filter(|ballot| *ballot != Ballot::Absent).collect();
        if Issue::Climate.relevance(call.topics).is_some() && !present.is_empty() {
            all += 1.0;
            yes += f64::from(u8::from(present.iter().all(|ballot| *ballot == Ballot::Yes)));
            no += f64::from(u8::from(!present.contains(&Ballot::No)));
        }
    }
    assert!((found.calls as f64 - all).abs() < 0.5 && all > 100.0);
    assert!((found.observed.unanimous_yes - yes / all).abs() < 1e-12);
    assert!((found.observed.no_objection - no / all).abs() < 1e-12);
    // Taiwan never voted: no roll call is complete.
    assert_eq!((found.complete, found.never_present.as_slice()), (0, &[actor("TWN")][..]));
    for unity in [found.table, found.model] {
        assert!(unity.unanimous_yes > 0.0 && unity.unanimous_yes <= unity.no_objection && unity.no_objection < 1.0);
    }
}

#[test]
fn with_every_ballot_and_no_model_the_vote_table_is_the_record() {
    let mut case = case(&json!({"members": ["NOR", "SWE"], "issue": "human_rights"}));
    case.settings.votes.model_share = 0.0.into();
    let found = track_record(engine(), &case).unwrap();
    let absent = (found.calls - found.complete) as f64 / found.calls as f64;
    assert!((found.table.unanimous_yes - found.observed.unanimous_yes).abs() <= absent);
    assert!((found.table.no_objection - found.observed.no_objection).abs() <= absent);
    assert_eq!(track_record(engine(), &self::case(&json!({}))), Err(Undefined::NoVotingMember));
    assert_eq!(track_record(engine(), &self::case(&json!({"members": ["TWN"]}))), Err(Undefined::NoRollCall));
}

#[test]
fn the_capture_view_counts_as_defined() {
    let found = capture(engine(), &case(&json!({"members": ["CHN", "RUS", "NOR", "ESH"], "issue": "security"})));
    let by = |code: &str| *found.members.iter().find(|member| member.actor == actor(code)).unwrap();
    assert_eq!((by("CHN").exposure, by("CHN").alignment), (Some(1.0), Some(1.0)));
    assert_eq!((by("ESH").exposure, by("ESH").alignment), (None, None));
    assert!(by("RUS").alignment.unwrap() > by("NOR").alignment.unwrap());
    let mean = f64::midpoint(by("RUS").alignment.unwrap(), by("NOR").alignment.unwrap());
    assert!((found.mean_alignment.unwrap() - mean).abs() < 1e-12);
    let exposures = (1.0 + by("RUS").exposure.unwrap() + by("NOR").exposure.unwrap()) / 3.0;
    assert!((found.mean_exposure.unwrap() - exposures).abs() < 1e-12);
    let gdp = |code: &str| engine().facts.value(Subject::Gdp, actor(code)).unwrap_or(0.0);
    let total: f64 = ["CHN", "RUS", "NOR", "ESH"].into_iter().map(gdp).sum();
    let largest = found.largest_gdp.unwrap();
    assert!((largest.share - gdp("CHN") / total).abs() < 1e-12);
    assert_eq!(largest.holders, [actor("CHN")]);
    let power = found.largest_power.unwrap();
    assert!((power.share - 0.25).abs() < 1e-12 && power.holders.len() == 4);
    assert!(capture(engine(), &case(&json!({}))).largest_power.is_none());
}

#[test]
fn alignment_is_a_weighted_share_of_what_both_voted_on() {
    let calls = &engine().atlas.roll_calls;
    let rows = ["NOR", "CHN"].map(|code| calls.ballots_of(code.parse().unwrap()).unwrap());
    let (mut alike, mut both) = (0.0, 0.0);
    for (j, call) in calls.list.iter().enumerate() {
        let present = rows.iter().all(|row| row[j] != Ballot::Absent);
        let relevance = match Issue::Nuclear.relevance(call.topics) {
            Some(Relevance::Direct) => 1.0,
            Some(Relevance::Related) => 0.3,
            None => continue,
        };
        if present {
            let weight = relevance * 0.5_f64.powf(f64::from(2024 - call.year) / 1.5);
            both += weight;
            alike += if rows[0][j] == rows[1][j] { weight } else { 0.0 };
        }
    }
    let found =
        alignment(engine(), Issue::Nuclear, &case(&json!({})).settings.votes, actor("NOR"), actor("CHN")).unwrap();
    assert!((found - alike / both).abs() < 1e-12);
}

/// The Security Council: a permanent member holds 16.69 % of Banzhaf power.
#[test]
fn the_largest_share_of_power_is_that_of_a_permanent_member() {
    let council =
        ["CHN", "FRA", "RUS", "GBR", "USA", "EST", "NER", "VCT", "TUN", "VNM", "IND", "IRL", "KEN", "MEX", "NOR"];
    let found = capture(engine(), &case(&json!({"members": council, "rule": "security_council", "issue": "security"})));
    let power = found.largest_power.unwrap();
    assert!((power.share - 0.166_929).abs() < 1e-6, "{}", power.share);
    assert_eq!(power.holders, ["CHN", "FRA", "GBR", "RUS", "USA"].map(actor));
}
