//! Questions of the user's own, against a fit and sums made in another way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names, clippy::cast_precision_loss)]

#[path = "common/engine.rs"]
mod engine;

use std::sync::atomic::AtomicBool;

use convenor::analysis::{Case, Undefined, measures, record, track, uncertainty};
use convenor::app::cli::cases;
use convenor::data::Subject;
use convenor::model::Stance;
use engine::engine;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};

fn case(value: &Value) -> Case {
    cases::parse_case(engine(), 1, value).unwrap().case
}

fn refused(value: &Value) -> String {
    cases::parse_case(engine(), 1, value).unwrap_err().to_string()
}

fn actor(code: &str) -> usize {
    engine().atlas.actor(code.parse().unwrap()).unwrap()
}

/// Φ by Simpson's rule over the density.
fn phi(z: f64) -> f64 {
    let n = 400;
    let end = z.clamp(-9.0, 9.0);
    let step = end / f64::from(n);
    let density = |x: f64| (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let inner: f64 = (1..n).map(|i| if i % 2 == 1 { 4.0 } else { 2.0 } * density(f64::from(i) * step)).sum();
    0.5 + step / 3.0 * (density(0.0) + inner + density(end))
}

fn chances(a: f64, b: f64, theta: f64) -> [f64; 2] {
    [phi(a + b * theta), phi(-1.6 - a - b * theta)]
}

/// The top of the posterior, by steps along both axes and both diagonals that are halved where none goes up.
fn fitted(stated: &[(f64, [f64; 2])]) -> (f64, f64) {
    let height = |a: f64, b: f64| {
        let mut sum = -(a - 1.54).powi(2) / (2.0 * 1.35) - (b + 1.10).powi(2) / (2.0 * 3.30);
        for (theta, [yes, no]) in stated {
            let [p, q] = chances(a, b, *theta);
            let log = |share: f64, chance: f64| if share > 1e-12 { share * chance.max(1e-300).ln() } else { 0.0 };
            sum += log(*yes, p) + log(*no, q) + log(1.0 - yes - no, 1.0 - p - q);
        }
        sum
    };
    let (mut a, mut b, mut step) = (0.0, 0.0, 1.0);
    let mut top = height(a, b);
    while step > 1e-7 {
        let tries = (-1..=1).flat_map(|i| (-1..=1).map(move |j| (f64::from(i), f64::from(j))));
        let best = tries.map(|(i, j)| (a + i * step, b + j * step)).map(|(a, b)| (height(a, b), a, b));
        let (found, to_a, to_b) = best.max_by(|x, y| x.0.total_cmp(&y.0)).unwrap();
        if found > top {
            (top, a, b) = (found, to_a, to_b);
        } else {
            step *= 0.5;
        }
    }
    (a, b)
}

#[test]
fn a_question_is_as_an_independent_fit_has_it() {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let countries = &engine().atlas.countries;
    for round in 0..24 {
        let n = rng.random_range(1..12);
        let mut stances = serde_json::Map::new();
        let mut stated = Vec::new();
        while stated.len() < n {
            let at = rng.random_range(0..countries.len());
            let id = countries[at].id.to_string();
            let Some(theta) = engine().facts.value(Subject::IdealPoint, at) else { continue };
            if stances.contains_key(&id) {
                continue;
            }
            let (value, pair) = match rng.random_range(0..7) {
                6 => {
                    let yes: f64 = rng.random_range(0.0..1.0);
                    let no = (1.0 - yes) * rng.random_range(0.0..1.0);
                    (json!([yes, no]), [yes, no])
                }
                5 => {
                    stances.insert(id, json!("undecided"));
                    continue;
                }
                which => {
                    let stance = Stance::NAMED[which];
                    (json!(stance.name().unwrap()), stance.chances())
                }
            };
            stances.insert(id, value);
            stated.push((at, theta, pair));
        }
        let members = ["NOR", "CHL", "KEN", "JPN"];
        let asked = case(&json!({
            "members": members, "leads": ["NOR"], "issue": "own",
            "own_questions": [{"title": "draft text", "stances": stances}],
        }));
        let (a, b) = fitted(&stated.iter().map(|(_, theta, pair)| (*theta, *pair)).collect::<Vec<_>>());
        let agenda = engine().agenda_of(&asked);
        assert_eq!((agenda.calls, agenda.own, agenda.direct(), agenda.used.len()), (1, 1, 1, 0));
        let expected = |at: usize| {
            let curve = chances(a, b, engine().facts.value(Subject::IdealPoint, at).unwrap());
            match stated.iter().find(|(other, ..)| *other == at) {
                Some((_, _, pair)) => [0, 1].map(|k| 0.95 * pair[k] + 0.05 * curve[k]),
                None => curve,
            }
        };
        for at in (0..countries.len()).filter(|at| engine().facts.value(Subject::IdealPoint, *at).is_some()) {
            let [yes, no] = expected(at);
            let found = [agenda.yes(at)[0], agenda.no(at)[0]];
            assert!(
                (found[0] - yes).abs() < 2e-5 && (found[1] - no).abs() < 2e-5,
                "round {round}: {found:?} {yes} {no}"
            );
        }
        // By consensus with a convenor: nobody else says no, and more than half say yes.
        let others: Vec<[f64; 2]> = members[1..].iter().map(|code| expected(actor(code))).collect();
        let mut pass = 0.0;
        for way in 0..8_u32 {
            let yes = |at: usize| way >> at & 1 == 1;
            if 1 + (0..3).filter(|at| yes(*at)).count() > 2 {
                pass += (0..3)
                    .map(|at| if yes(at) { others[at][0] } else { 1.0 - others[at][0] - others[at][1] })
                    .product::<f64>();
            }
        }
        let deadlock = engine().report(&asked).value(&measures::DEADLOCK).unwrap();
        assert!((deadlock - 100.0 * (1.0 - pass)).abs() < 0.01, "round {round}: {deadlock} {pass}");
    }
}

#[test]
fn added_questions_weigh_beside_the_roll_calls_of_the_issue() {
    let own = json!([
        {"title": "one", "weight": 3, "stances": {"SWE": "yes", "CHN": "no"}},
        {"title": "two", "stances": {"IND": "lean_no", "USA": [0.25, 0.5]}},
    ]);
    let with = |own: Option<&Value>, issue: &str| {
        let mut value = json!({"members": ["SWE", "USA", "IND", "CHN"], "leads": ["SWE"], "issue": issue});
        if let Some(own) = own {
            value["own_questions"] = own.clone();
        }
        case(&value)
    };
    let (plain, added, alone) = (with(None, "technology"), with(Some(&own), "technology"), with(Some(&own), "own"));
    let [p, a, o] = [&plain, &added, &alone].map(|case| engine().agenda_of(case));
    assert_eq!((a.calls, a.own, o.calls), (p.calls + 2, 2, 2));
    assert_eq!(a.weights[p.calls..a.calls], [3.0, 1.0]);
    for member in plain.actors() {
        assert_eq!(a.yes(member)[..p.calls], p.yes(member)[..p.calls]);
        assert_eq!(a.no(member)[p.calls..a.calls], o.no(member)[..2]);
    }
    // D₁ of the whole is the mean of its parts, by what the convenor tables of each.
    let tabled = |agenda: &convenor::analysis::Agenda| agenda.support(actor("SWE"));
    let [d, e, f] = [&plain, &added, &alone].map(|case| engine().report(case).value(&measures::DEADLOCK).unwrap());
    let mean = (d * tabled(&p) + f * tabled(&o)) / (tabled(&p) + tabled(&o));
    assert!((e - mean).abs() < 1e-9, "{d} {e} {f}");
    assert!(engine().report(&added).flags.iter().any(|flag| flag.words(&engine().atlas).contains("your own")));
    // The record of votes has none of them; what is alone has no record.
    assert_eq!(track::track_record(engine(), &alone).unwrap_err(), Undefined::OwnQuestions);
    assert_eq!(track::track_record(engine(), &added).unwrap(), track::track_record(engine(), &plain).unwrap());
    assert_eq!(record::record(engine(), &alone).unwrap_err(), Undefined::OwnQuestions);
    // Intervals hold the figure that they are of, and a weight or a stance makes another case.
    let never = AtomicBool::new(false);
    let found = uncertainty::run(engine(), &[added.clone(), alone.clone()], 200, 2021, &never, &|_| ()).unwrap();
    for (of, figure) in found.iter().zip([e, f]) {
        let interval = of.of(&measures::DEADLOCK).unwrap();
        assert!(interval.low <= figure && figure <= interval.high, "{interval:?} {figure}");
    }
    let mut other = own.clone();
    other[1]["stances"]["IND"] = json!("no");
    assert_ne!(with(Some(&other), "own"), alone);
    assert_eq!(with(Some(&own), "own"), alone);
}

#[test]
fn an_actor_without_an_ideal_point_says_what_is_stated_of_it() {
    let Some(nowhere) =
        (0..engine().atlas.countries.len()).find(|at| engine().facts.value(Subject::IdealPoint, *at).is_none())
    else {
        return;
    };
    let id = engine().atlas.countries[nowhere].id.to_string();
    let stances = serde_json::Map::from_iter([(id.clone(), json!("lean_yes"))]);
    let asked = case(&json!({"members": [id], "issue": "own", "own_questions": [{"title": "t", "stances": stances}]}));
    assert_eq!([engine().agenda_of(&asked).yes(nowhere)[0], engine().agenda_of(&asked).no(nowhere)[0]], [0.7, 0.05]);
}

#[test]
fn a_question_that_is_wrong_is_named_with_the_case_and_the_actor() {
    let with = |own: Value| json!({"name": "draft", "members": ["SWE"], "issue": "own", "own_questions": own});
    let question = |stances: Value| with(json!([{"title": "Article 4", "stances": stances}]));
    for (value, sentence) in [
        (json!({"members": ["SWE"], "issue": "own"}), "case 1, key “issue”: “own” needs “own_questions”"),
        (with(json!([])), "case 1 (“draft”), key “own_questions”: a list of at least one question is expected"),
        (with(json!([{"stances": {}}])), "case 1 (“draft”), key “own_questions”: question 1 has no title"),
        (
            question(json!({"SWE": "maybe"})),
            "case 1 (“draft”), key “own_questions”: question 1 (“Article 4”): SWE: \"maybe\" is none of yes, lean_yes, abstain, \
             lean_no, no, undecided, and no pair of chances",
        ),
        (
            question(json!({"SWE": [0.8, 0.3]})),
            "case 1 (“draft”), key “own_questions”: question 1 (“Article 4”): SWE: [0.8,0.3] is no pair of chances of a yes and a \
             no, which are 0 to 1 together",
        ),
        (
            question(json!({"XQZ": "yes"})),
            "case 1 (“draft”), key “own_questions”: question 1 (“Article 4”): XQZ is not an actor; `convenor data` lists them",
        ),
        (
            question(json!({"SWE": "undecided"})),
            "case 1 (“draft”), key “own_questions”: question 1 (“Article 4”): no actor has a stance, so nothing is known of it",
        ),
        (
            with(json!([{"title": "a", "weight": 0, "stances": {"SWE": "yes"}}])),
            "case 1 (“draft”), key “own_questions”: question 1 (“a”): the weight 0 is not between 0.000001 and 1000000",
        ),
        (
            with(json!([{"title": "a", "stance": {}, "stances": {"SWE": "yes"}}])),
            "case 1 (“draft”), key “own_questions”: question 1 (“a”): unknown key “stance”; known are title, weight, stances",
        ),
    ] {
        assert_eq!(refused(&value), sentence);
    }
}
