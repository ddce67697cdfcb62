//! Rules of those present and voting: by name, in files, in batch, and what they do to a figure that can be checked by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use convenor::analysis::{Baseline, Case, Rule};
use convenor::app::cli::cases;
use convenor::model::{Basis, Criterion, CustomRule, DecisionRule, NamedRule, Of, Share};
use engine::engine;
use serde_json::{Value, json};

fn case(value: &Value) -> Case {
    cases::parse_case(engine(), 1, value).unwrap().case
}

const FIVE: [&str; 5] = ["USA", "IND", "ISR", "ZAF", "BRA"];

#[test]
fn names_are_the_criteria_that_they_stand_for() {
    let half = json!({ "criteria": [{ "basis": "members", "share": "1/2", "strict": true, "of": "voting" }] });
    let thirds = json!({ "criteria": [{ "basis": "members", "share": "2/3", "of": "voting" }] });
    for (name, in_full) in [("present_and_voting", half), ("two_thirds_present_and_voting", thirds)] {
        for leads in [&[][..], &["IND"], &["IND", "BRA"]] {
            let of = |rule: &Value| {
                case(
                    &json!({ "members": FIVE, "rule": rule, "leads": leads, "issue": "nuclear", "backing": { "USA": 0.5 } }),
                )
            };
            let (named, full) = (of(&json!(name)), of(&in_full));
            assert_eq!(named.rule, full.rule);
            let report = engine().report(&named);
            assert_eq!(report.values, engine().report(&full).values);
            assert!(report.deadlock.unwrap().units.is_none());
        }
    }
    let words: Vec<String> =
        [NamedRule::PresentAndVoting, NamedRule::TwoThirdsPresentAndVoting].map(|rule| rule.in_full().words()).to_vec();
    assert_eq!(words, ["more than half of those voting yes or no", "at least 2/3 of those voting yes or no"]);
}

#[test]
fn who_abstains_does_not_count() {
    let figure = |rule: &str| {
        let value = json!({ "members": FIVE, "rule": rule, "issue": "nuclear" });
        engine().report(&case(&value)).deadlock.unwrap().single
    };
    // An abstention helps neither side, so that less is stopped; and two thirds of the same votes stop more than half.
    assert!(figure("present_and_voting") < figure("simple_majority"));
    assert!(figure("two_thirds_present_and_voting") < figure("two_thirds"));
    assert!(figure("present_and_voting") < figure("two_thirds_present_and_voting"));
}

/// One that votes alone decides; if it abstains, nobody votes and nothing passes, however little is asked for.
#[test]
fn it_fails_where_nobody_votes() {
    for share in [json!("1/2"), json!(0.5), json!(0)] {
        let rule = json!({ "criteria": [{ "share": share, "of": "voting" }] });
        let one = case(&json!({ "members": ["BRA"], "leads": ["BRA"], "rule": rule, "backing": { "BRA": 0.3 } }));
        let single = engine().report(&one).deadlock.unwrap().single;
        // Its yes survives at home in three cases of ten, else it abstains.
        assert!((single - 70.0).abs() < 1e-9, "{share}: {single}");
    }
}

#[test]
fn files_keep_the_default_to_themselves() {
    let criterion = Criterion::new(Basis::Members, Share::Fraction(1, 2));
    assert_eq!(serde_json::to_string(&criterion).unwrap(), r#"{"basis":"members","share":"1/2"}"#);
    let voting = criterion.of_those_voting();
    let text = serde_json::to_string(&voting).unwrap();
    assert_eq!(text, r#"{"basis":"members","share":"1/2","of":"voting"}"#);
    assert_eq!(serde_json::from_str::<Criterion>(&text).unwrap(), voting);
    let said: Criterion = serde_json::from_str(r#"{"share": 0.5, "of": "all"}"#).unwrap();
    assert_eq!(said.of, Of::All);
    for rule in NamedRule::ALL {
        let text = serde_json::to_string(&DecisionRule::Named(rule)).unwrap();
        assert_eq!(serde_json::from_str::<DecisionRule>(&text).unwrap(), DecisionRule::Named(rule));
    }
    let name = |rule: NamedRule| serde_json::to_value(rule).unwrap();
    assert_eq!(name(NamedRule::PresentAndVoting), "present_and_voting");
    assert_eq!(name(NamedRule::TwoThirdsPresentAndVoting), "two_thirds_present_and_voting");
}

#[test]
fn batch_refuses_what_it_does_not_know() {
    let refused = |criterion: Value| {
        let value = json!({ "members": FIVE, "rule": { "criteria": [criterion] } });
        cases::parse_case(engine(), 1, &value).unwrap_err().to_string()
    };
    for bad in [json!("present"), json!(1), json!(null)] {
        let said = refused(json!({ "share": 0.5, "of": bad }));
        assert_eq!(said, "case 1, key “rule”: “of” is \"all\" (all members) or \"voting\" (those who vote yes or no)");
    }
    assert!(refused(json!({ "share": 0.5, "who": "voting" })).contains("known are basis, share, of, strict, custom"));
    let unknown = cases::parse_case(engine(), 1, &json!({ "members": FIVE, "rule": "present" })).unwrap_err();
    assert!(unknown.message.contains("present_and_voting"), "{unknown}");
}

#[test]
fn the_assembly_decides_by_those_present_and_voting() {
    let beside = case(&json!({ "members": ["NOR", "CHL"], "issue": "nuclear" }));
    let assembly = Baseline::GeneralAssembly.beside(&engine().atlas, &beside);
    assert_eq!(assembly.rule, Rule::new(NamedRule::PresentAndVoting.in_full()));
    assert_eq!(assembly.voters.len(), 193);
    let started = std::time::Instant::now();
    let deadlock = engine().report(&assembly).deadlock.unwrap();
    println!("the Assembly: {:.4} % in {:?}", deadlock.single, started.elapsed());
    assert!(deadlock.units.is_none() && deadlock.error_bound.is_none());
    // All these texts were adopted by it.
    let of_all = Case { rule: Rule::new(NamedRule::SimpleMajority.in_full()), ..assembly };
    assert!(deadlock.single < engine().report(&of_all).deadlock.unwrap().single);
}

/// However many members: shares that no small fraction says, and a number of members beside, are exact too.
#[test]
fn large_groupings_are_exact() {
    let members: Vec<String> =
        engine().atlas.countries.iter().filter(|country| country.is_un_member()).map(|it| it.id.to_string()).collect();
    let criterion = |share: f64| Criterion::new(Basis::Members, Share::Number(share)).of_those_voting();
    let quorum = Criterion::new(Basis::Members, Share::Fraction(1, 3));
    for (criteria, members) in [
        (vec![criterion(0.6667)], &members[..]),
        (vec![criterion(0.55)], &members),
        (vec![quorum, criterion(0.6)], &members[..80]),
    ] {
        let rule = serde_json::to_value(CustomRule { criteria, ..CustomRule::default() }).unwrap();
        let large = case(&json!({ "members": members, "leads": [members[7]], "rule": rule, "issue": "climate" }));
        let started = std::time::Instant::now();
        let deadlock = engine().report(&large).deadlock.unwrap();
        println!("{rule}: {:.6} % in {:?}", deadlock.single, started.elapsed());
        assert!(deadlock.units.is_none(), "{rule}");
    }
}
