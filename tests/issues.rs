//! Which roll calls bear on an issue, how much each counts, and what is said about them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::cast_precision_loss, clippy::float_cmp)]

#[path = "common/engine.rs"]
mod engine;

use convenor::analysis::{Baseline, Case, FEW_CALLS, Flag, VoteSettings};
use convenor::app::cli::{answer, cases, data as contents};
use convenor::data::{Subject, Topics};
use convenor::model::{Assumptions, Issue, Relevance};
use engine::engine;
use serde_json::{Value, json};

fn case(value: &Value) -> Case {
    cases::parse_case(engine(), 1, value).unwrap().case
}

fn settings(half_life: f64, related_weight: f64) -> VoteSettings {
    VoteSettings::new(&Assumptions { half_life, related_weight, ..Assumptions::default() })
}

/// Every set of topics, with the names in it.
fn every_set() -> impl Iterator<Item = (Topics, Vec<&'static str>)> {
    (0_u32..1 << Topics::NAMES.len()).map(|bits| {
        let chosen = Topics::NAMES.into_iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
        let names: Vec<&str> = chosen.map(|(_, (name, _))| name).collect();
        (Topics::parse(&names.join("|")).unwrap(), names)
    })
}

/// The table of issues, said once more: direct topics, related topics.
const TABLE: [(Issue, &[&str], &[&str]); 8] = [
    (Issue::Climate, &["environment"], &["development"]),
    (Issue::Pandemic, &["health"], &["development"]),
    (Issue::Technology, &["technology"], &["development"]),
    (Issue::Trade, &["trade"], &["development", "sanctions"]),
    (Issue::Security, &["arms", "conflict", "nuclear"], &[]),
    (Issue::Nuclear, &["nuclear"], &["arms"]),
    (Issue::HumanRights, &["rights"], &[]),
    (Issue::Development, &["development"], &["trade", "environment"]),
];

#[test]
fn every_set_of_topics_bears_on_every_issue_as_the_table_says() {
    for (topics, names) in every_set() {
        assert_eq!(topics.names().collect::<Vec<_>>(), names);
        let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(name));
        let palestine = has(&["me"]);
        let general = (!palestine).then_some(Relevance::Direct);
        assert_eq!(Issue::General.relevance(topics), general, "general: {names:?}");
        for (issue, direct, related) in TABLE {
            let weapons_are_related = related.contains(&"arms") || related.contains(&"nuclear");
            let expected = if palestine {
                None
            } else if has(direct) {
                Some(Relevance::Direct)
            } else if has(related) && (weapons_are_related || !has(&["arms", "nuclear"])) {
                Some(Relevance::Related)
            } else {
                None
            };
            assert_eq!(issue.relevance(topics), expected, "{issue:?}: {names:?}");
        }
    }
    assert_eq!(TABLE.len() + 1, Issue::ALL.len());
}

#[test]
fn an_unknown_topic_is_named() {
    assert_eq!(Topics::parse("arms|soil"), Err("soil".to_owned()));
    assert_eq!(Topics::parse("di"), Err("di".to_owned()));
    assert_eq!(Topics::parse(""), Ok(Topics::NONE));
    assert_eq!(Topics::parse("?"), Ok(Topics::NONE));
    assert_eq!(Topics::parse_older("nu|di|hr|co|ec|me"), Topics::parse("nuclear|arms|rights|colonial|development|me"));
    assert_eq!(Topics::parse_older("nuclear"), Err("nuclear".to_owned()));
}

#[test]
fn weights_fall_with_age_and_for_what_is_only_related() {
    let engine = engine();
    let list = &engine.atlas.roll_calls.list;
    for issue in Issue::ALL {
        let agenda = engine.agenda(issue, &settings(1.5, 0.3));
        assert_eq!(agenda.used, engine.votes.used(issue));
        let weights: Vec<f64> = agenda
            .used
            .iter()
            .map(|used| {
                let relevance = if used.relevance == Relevance::Direct { 1.0 } else { 0.3 };
                relevance * 0.5_f64.powf(f64::from(2024 - list[used.call].year) / 1.5)
            })
            .collect();
        assert!(agenda.weights[weights.len()..].iter().all(|padding| *padding == 0.0), "{issue:?}");
        for (found, expected) in agenda.weights.iter().zip(&weights) {
            assert!((found - expected).abs() < 1e-15, "{issue:?}");
        }
        let (sum, squares) = (weights.iter().sum::<f64>(), weights.iter().map(|weight| weight * weight).sum::<f64>());
        assert!((agenda.effective_calls() - sum * sum / squares).abs() < 1e-9, "{issue:?}");
        assert!(agenda.effective_calls() <= agenda.calls as f64);
    }
}

/// With ρ = 0 the issue rests on its own roll calls: related ones are not counted as used.
#[test]
fn related_roll_calls_without_weight_are_not_used() {
    let engine = engine();
    let (with, without) =
        (engine.agenda(Issue::Technology, &settings(1.5, 0.3)), engine.agenda(Issue::Technology, &settings(1.5, 0.0)));
    assert_eq!((with.direct(), with.calls, without.direct(), without.calls), (62, 140, 62, 62));
    let mut swedish = case(&json!({"members": ["SWE", "USA", "IND"], "leads": ["SWE"], "issue": "technology"}));
    swedish.settings.votes.related_weight = 0.0.into();
    let found = engine.report(&swedish).deadlock.unwrap();
    assert_eq!((found.calls, found.direct, found.related), (62, 62, 0));
    assert!(found.rests_on().starts_with("62 direct roll calls, worth "), "{}", found.rests_on());
    // By hand: one roll call after the other.
    let actors: Vec<usize> =
        ["SWE", "USA", "IND"].map(|code| engine.atlas.actor(code.parse().unwrap()).unwrap()).to_vec();
    let (mut tabled, mut failed) = (0.0, 0.0);
    for (column, used) in with.used.iter().enumerate().filter(|(_, used)| used.relevance == Relevance::Direct) {
        let year = engine.atlas.roll_calls.list[used.call].year;
        let weight = 0.5_f64.powf(f64::from(2024 - year) / 1.5) * with.yes(actors[0])[column];
        let [first, second] = [actors[1], actors[2]].map(|actor| (with.yes(actor)[column], with.no(actor)[column]));
        // Two of three must vote yes, and nobody no; Sweden votes yes.
        let quiet = (1.0 - first.1) * (1.0 - second.1);
        let idle = (1.0 - first.0 - first.1) * (1.0 - second.0 - second.1);
        tabled += weight;
        failed += weight * (1.0 - quiet + idle);
    }
    assert!((found.single - 100.0 * failed / tabled).abs() < 1e-9);
    // The track record counts the same ones.
    let track = convenor::analysis::track::track_record(engine, &swedish).unwrap();
    assert!(track.calls <= 62 && track.calls > 55);
}

#[test]
fn what_a_figure_rests_on_is_said_and_little_is_flagged() {
    let engine = engine();
    let value = json!({"members": ["SWE", "USA"], "issue": "technology"});
    let found = engine.report(&case(&value)).deadlock.unwrap();
    assert_eq!(found.rests_on(), "62 direct and 78 related roll calls, worth 40");
    let answer = answer::answer(engine, &cases::parse_case(engine, 1, &value).unwrap());
    assert_eq!(
        (answer.roll_calls, answer.direct_roll_calls, answer.related_roll_calls),
        (Some(140), Some(62), Some(78))
    );
    let flagged = |case: &Case| {
        let flags = engine.report(case).flags;
        flags.into_iter().find(|flag| matches!(flag, Flag::Votes { .. })).map(|flag| flag.words(&engine.atlas))
    };
    let mut thin = case(&value);
    assert_eq!(flagged(&thin), None);
    thin.settings.votes.half_life = 0.2.into();
    let found = engine.report(&thin).deadlock.unwrap();
    assert!(found.effective_calls < FEW_CALLS, "{}", found.effective_calls);
    let words = flagged(&thin).unwrap();
    let start = "Technology: deadlock risk and reach rest on 62 direct and 78 related roll calls, worth ";
    assert!(words.starts_with(start) && words.ends_with("fewer than 20 of equal weight"), "{words}");
    thin.settings.a_priori = true;
    assert_eq!(flagged(&thin), None);
    // With every default no issue is thin.
    for issue in Issue::ALL {
        assert_eq!(flagged(&case(&json!({"members": ["SWE", "USA"], "issue": issue.name()}))), None, "{issue:?}");
    }
}

#[test]
fn the_contents_tell_what_an_issue_rests_on() {
    let contents = contents::contents(engine());
    let found = serde_json::to_value(&contents).unwrap();
    let issues = found["roll_calls"]["by_issue"].as_array().unwrap();
    let technology = issues.iter().find(|row| row["issue"] == "technology").unwrap();
    assert_eq!((&technology["direct"], &technology["related"]), (&json!(62), &json!(78)));
    assert_eq!(technology["direct_topics"], json!(["technology"]));
    assert_eq!(technology["related_topics"], json!(["development"]));
    assert_eq!(found["groupings_since_2021"].as_array().unwrap().len(), 9);
    let table = contents::table(&contents);
    let line = table.lines().find(|line| line.starts_with("technology")).unwrap();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["technology", "2012–2024", "62", "78", "39.6"]);
}

#[test]
fn votes_say_where_they_come_from() {
    let engine = engine();
    assert_eq!(engine.atlas.roll_calls.sources, ["undl_log"]);
    let norway = engine.atlas.actor("NOR".parse().unwrap()).unwrap();
    let sources: Vec<&str> =
        engine.facts.sources(Subject::Votes, &[norway]).iter().map(|source| source.id.as_str()).collect();
    assert_eq!(sources, ["undl_log"]);
}

/// The baseline is the Council of 2026, whatever the year of the groupings beside it.
#[test]
fn the_security_council_beside_a_grouping_is_that_of_2026() {
    let beside =
        Baseline::SecurityCouncil.beside(&engine().atlas, &case(&json!({"members": ["NOR"], "issue": "security"})));
    let codes: Vec<String> = beside.actors().map(|actor| engine().atlas.countries[actor].id.to_string()).collect();
    let expected =
        ["BHR", "CHN", "COD", "COL", "DNK", "FRA", "GBR", "GRC", "LBR", "LVA", "PAK", "PAN", "RUS", "SOM", "USA"];
    assert_eq!(codes, expected);
    let found = engine().report(&beside);
    assert!((found.deadlock.unwrap().risk - 66.64).abs() < 0.3);
}
