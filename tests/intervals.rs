//! Intervals, comparisons and sensitivity.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::cast_precision_loss, clippy::float_cmp)]

#[path = "common/engine.rs"]
mod engine;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use convenor::analysis::draws::{Draw, Spreads};
use convenor::analysis::uncertainty::{self, Comparison, Driver, Intervals, Verdict, beats};
use convenor::analysis::{Case, VoteSettings, measures, normal_cdf, parse_fit};
use convenor::app::cli::cases;
use convenor::data::{Subject, Topics};
use convenor::model::{Component, Issue};
use engine::engine;
use proptest::prelude::*;
use serde_json::{Value, json};

fn actor(code: &str) -> usize {
    engine().atlas.actor(code.parse().unwrap()).unwrap()
}

fn case(value: &Value) -> Case {
    cases::parse_case(engine(), 1, value).unwrap().case
}

const T12: [&str; 12] = ["USA", "FRA", "DEU", "JPN", "GBR", "AUS", "CAN", "KOR", "FIN", "SWE", "IND", "ISR"];

fn t12(lead: &str) -> Case {
    case(&json!({"members": T12, "leads": [lead], "issue": "technology"}))
}

fn run(cases: &[Case], draws: u32, seed: u64) -> Vec<Intervals> {
    uncertainty::run(engine(), cases, draws, seed, &AtomicBool::new(false), &|_| ()).unwrap()
}

/// Every figure of every draw, to the last bit.
fn bits(found: &[Intervals]) -> Vec<Option<u64>> {
    let all = found.iter().flat_map(|one| measures::ALL.into_iter().flat_map(|measure| one.draws_of(measure)));
    all.map(|value| value.map(f64::to_bits)).collect()
}

/// The cases of the independent reference whose rules are quick.
fn reference_cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let path = format!("{}/tests/reference/cases.json", env!("CARGO_MANIFEST_DIR"));
        let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        cases.iter().map(case).filter(|case| case.voters.len() <= 40).collect()
    })
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let cases = [t12("SWE"), t12("USA"), case(&json!({"members": T12, "rule": "two_thirds", "issue": "climate"}))];
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| bits(&run(&cases, 60, 7)))
    };
    let one = on(1);
    assert_eq!(one.len(), 3 * 5 * 60);
    assert!(on(2) == one && on(5) == one);
}

#[test]
fn all_groupings_see_the_same_draws() {
    let cases = [t12("SWE"), case(&json!({"members": ["BRA", "ZAF"], "issue": "trade"})), t12("USA")];
    let together = run(&cases, 50, 2021);
    for (case, found) in cases.iter().zip(&together) {
        let alone = run(std::slice::from_ref(case), 50, 2021);
        assert!(bits(&alone) == bits(std::slice::from_ref(found)));
    }
    // More draws begin with the same ones.
    let more = run(&cases[..1], 80, 2021);
    let first = |found: &Intervals| found.draws_of(&measures::DEADLOCK).take(50).collect::<Vec<_>>();
    assert_eq!(first(&more[0]), first(&together[0]));
}

#[test]
fn another_seed_gives_other_draws_and_nearly_the_same_interval() {
    let cases = [t12("SWE")];
    let (one, other) = (run(&cases, 400, 1), run(&cases, 400, 2));
    assert!(bits(&one) != bits(&other));
    assert_eq!(beats(&one[0], &other[0], &measures::DEADLOCK), None);
    for measure in [&measures::DEADLOCK, &measures::REACH, &measures::LEGITIMACY, &measures::COST] {
        let (one, other) = (one[0].of(measure).unwrap(), other[0].of(measure).unwrap());
        let width = one.high - one.low;
        assert!(width > 1.0, "{}: {one:?}", measure.name);
        assert!((one.low - other.low).abs() < 0.25 * width, "{}: {one:?} {other:?}", measure.name);
        assert!((one.high - other.high).abs() < 0.25 * width, "{}: {one:?} {other:?}", measure.name);
    }
}

#[test]
fn intervals_hold_the_point_estimate_in_most_cases() {
    let found = run(reference_cases(), 100, 2021);
    let (mut inside, mut all) = (0, 0);
    for (case, found) in reference_cases().iter().zip(&found) {
        let report = engine().report(case);
        for measure in measures::ALL {
            match (found.of(measure), report.value(measure)) {
                (Ok(interval), Ok(point)) => {
                    assert!((interval.middle - point).abs() <= 1e-12 * point.abs(), "{}", measure.name);
                    assert!(interval.low <= interval.high && interval.low.is_finite() && interval.high.is_finite());
                    assert!(interval.defined > 0.0 && interval.defined <= 1.0);
                    all += 1;
                    inside += usize::from((interval.low - 1e-9..=interval.high + 1e-9).contains(&point));
                }
                (Err(found), Err(expected)) => assert_eq!(found, expected),
                (found, point) => panic!("{}: {found:?} but {point:?}", measure.name),
            }
        }
    }
    println!("{inside} of {all} intervals hold the point estimate");
    assert!(all > 200 && inside * 100 >= all * 90, "{inside} of {all}");
}

#[test]
fn missing_figures_never_become_numbers() {
    let odd = [
        json!({"members": []}),
        json!({"members": ["FSM", "ESH", "NIU", "COK", "VAT", "XKX", "TWN", "HKG", "MAC", "PSE"]}),
        json!({"members": ["ESH"], "leads": ["ESH"], "sponsor": "ESH"}),
        json!({"members": ["FSM", "PRK"], "leads": ["FSM"], "issue": "technology"}),
        json!({"members": ["NOR", "ESH"], "rule": {"criteria": [{"basis": "gdp", "share": 0.5}]}}),
        json!({"members": ["ESH"], "rule": {"criteria": [{"basis": "gdp", "share": 0.5}]}}),
    ];
    let mut cases: Vec<Case> = odd.iter().map(case).collect();
    cases.extend(cases.clone().into_iter().map(|mut case| {
        case.settings.a_priori = true;
        case
    }));
    let mut unweighted = t12("SWE");
    unweighted.settings.weights = [0.0.into(); 7];
    cases.push(unweighted);
    let found = run(&cases, 30, 1);
    for (case, found) in cases.iter().zip(&found) {
        let report = engine().report(case);
        for measure in measures::ALL {
            assert!(found.draws_of(measure).flatten().all(f64::is_finite), "{} of {case:?}", measure.name);
            assert_eq!(found.of(measure).is_ok(), report.value(measure).is_ok(), "{} of {case:?}", measure.name);
            for sensitivity in found.sensitivity(measure) {
                assert!((-1.0..=1.0).contains(&sensitivity.correlation), "{sensitivity:?}");
            }
        }
    }
    assert!(run(&[], 30, 1).is_empty());
    assert!(run(&cases[1..2], 0, 1)[0].of(&measures::DEADLOCK).is_err());
}

#[test]
fn it_can_be_cancelled_before_and_between() {
    let cases = [t12("SWE"), t12("USA")];
    let cancel = AtomicBool::new(true);
    assert!(uncertainty::run(engine(), &cases, 400, 1, &cancel, &|_| ()).is_none());
    let (cancel, steps) = (AtomicBool::new(false), AtomicU32::new(0));
    let stop = |_: f32| {
        if steps.fetch_add(1, Ordering::Relaxed) == 5 {
            cancel.store(true, Ordering::Relaxed);
        }
    };
    assert!(uncertainty::run(engine(), &cases, 10_000, 1, &cancel, &stop).is_none());
    assert!(steps.load(Ordering::Relaxed) < 200);
}

#[test]
fn progress_ends_at_one() {
    let seen = Mutex::new(Vec::new());
    let note = |share: f32| seen.lock().unwrap().push(share);
    uncertainty::run(engine(), &[t12("SWE")], 25, 1, &AtomicBool::new(false), &note).unwrap();
    let mut seen = seen.into_inner().unwrap();
    seen.sort_by(f32::total_cmp);
    assert_eq!(seen.len(), 25);
    assert!(seen[0] > 0.0);
    assert!((seen[24] - 1.0).abs() < 1e-6);
}

#[test]
fn sweden_convenes_more_legitimately_and_the_united_states_with_less_deadlock() {
    let found = run(&[t12("SWE"), t12("USA"), t12("SWE"), t12("FIN")], 400, 2021);
    let verdict = |one: usize, other: usize, measure| beats(&found[one], &found[other], measure).unwrap().verdict();
    assert_eq!(verdict(0, 1, &measures::LEGITIMACY), Verdict::First);
    assert_eq!(verdict(0, 1, &measures::DEADLOCK), Verdict::Second);
    assert_eq!(verdict(0, 1, &measures::COST), Verdict::Second);
    assert_eq!(verdict(0, 1, &measures::MICROLATERAL), Verdict::First);
    assert_eq!(verdict(0, 3, &measures::LEGITIMACY), Verdict::NotDistinguishable);
    for measure in measures::ALL {
        assert_eq!(beats(&found[0], &found[2], measure).unwrap().ties, 1.0, "{}", measure.name);
        assert_eq!(verdict(0, 2, measure), Verdict::Equal);
    }
}

#[test]
fn verdicts_need_95_per_cent() {
    let verdict = |first, second| Comparison { first, second, ties: 1.0 - first - second }.verdict();
    assert_eq!(verdict(0.95, 0.05), Verdict::First);
    assert_eq!(verdict(0.9475, 0.0525), Verdict::NotDistinguishable);
    assert_eq!(verdict(0.0, 0.96), Verdict::Second);
    assert_eq!(verdict(0.02, 0.0), Verdict::Equal);
}

#[test]
fn sensitivity_names_what_moves_a_measure() {
    let found = &run(&[t12("SWE")], 400, 2021)[0];
    let strongest = |measure| found.sensitivity(measure)[0];
    assert_eq!(strongest(&measures::DEADLOCK).driver, Driver::RollCalls);
    assert!(strongest(&measures::DEADLOCK).correlation > 0.6, "{:?}", &found.sensitivity(&measures::DEADLOCK)[..5]);
    assert_eq!(strongest(&measures::REACH).driver, Driver::RollCalls);
    // Sweden is the strong component's member and people the weak one's: weight on people lowers the score.
    assert_eq!(strongest(&measures::LEGITIMACY).driver, Driver::Weight(Component::People));
    assert!(strongest(&measures::LEGITIMACY).correlation < -0.5);
    assert!(found.sensitivity(&measures::MICROLATERAL).is_empty());
    let of = |measure, driver| found.sensitivity(measure).into_iter().find(|found| found.driver == driver);
    assert!(of(&measures::COST, Driver::UnitCost).is_some());
    assert!(of(&measures::DEADLOCK, Driver::UnitCost).is_none());
    assert!(of(&measures::DEADLOCK, Driver::HalfLife).unwrap().correlation > 0.4);
    assert!(of(&measures::DEADLOCK, Driver::RelatedWeight).unwrap().correlation > 0.2);
    // Where the programme is small, coordination is most of the cost.
    let small = json!({"members": T12, "leads": ["SWE"], "issue": "technology", "programme": 40});
    let small = &run(&[case(&small)], 400, 2021)[0];
    let first = small.sensitivity(&measures::COST)[0];
    assert!(first.driver == Driver::UnitCost && first.correlation > 0.3, "{first:?}");
    // On human rights no roll call is related only: ρ does not enter.
    let rights = &run(&[case(&json!({"members": T12, "issue": "human_rights"}))], 50, 2021)[0];
    let found_there = rights.sensitivity(&measures::DEADLOCK);
    assert!(!found_there.is_empty() && found_there.iter().all(|found| found.driver != Driver::RelatedWeight));
    assert!((found.noise() - 0.098).abs() < 0.001);
    let words = Driver::Figure(Subject::IdealPoint, actor("SWE")).label(&engine().atlas);
    assert_eq!(words, "Sweden: ideal point");
}

#[test]
fn a_priori_the_cost_alone_is_uncertain() {
    let mut case = t12("SWE");
    case.settings.a_priori = true;
    let found = &run(std::slice::from_ref(&case), 200, 1)[0];
    let deadlock = found.of(&measures::DEADLOCK).unwrap();
    assert!(deadlock.low == deadlock.middle && deadlock.middle == deadlock.high);
    assert!(found.of(&measures::REACH).is_err());
    assert!(found.sensitivity(&measures::DEADLOCK).is_empty());
    let cost = found.of(&measures::COST).unwrap();
    assert!(cost.low < cost.high);
    let drivers: Vec<Driver> = found.sensitivity(&measures::COST)[..2].iter().map(|found| found.driver).collect();
    assert!(drivers.contains(&Driver::UnitCost) && drivers.contains(&Driver::Programme), "{drivers:?}");
}

#[test]
fn spreads_are_the_published_ones_or_those_of_neighbours() {
    let spreads = Spreads::new(&engine().atlas, &engine().facts);
    let figure = |code: &str, of: usize| engine().atlas.figure(code, of).unwrap().value;
    let norway = actor("NOR");
    let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    let width = figure("unga_ideal_point_q95", norway) - figure("unga_ideal_point_q5", norway);
    close(spreads.of(Subject::IdealPoint, norway), width / 3.29);
    let width = figure("vdem_polyarchy_high", norway) - figure("vdem_polyarchy_low", norway);
    close(spreads.of(Subject::Polyarchy, norway), width / 2.0);
    close(spreads.of(Subject::Governance, norway), figure("wgi_gov_effectiveness_se", norway));
    close(spreads.of(Subject::Population, norway), 0.0);
    // Taiwan's ideal point is the median of Eastern Asia; its spread is theirs.
    let region = ["CHN", "JPN", "KOR", "PRK", "MNG"].map(|code| figure("unga_ideal_point", actor(code)));
    let mean = region.iter().sum::<f64>() / 5.0;
    let deviation = (region.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 4.0).sqrt();
    close(spreads.of(Subject::IdealPoint, actor("TWN")), deviation);
    // Micronesia has no figure for democracy, nor has a neighbour.
    assert_eq!(engine().facts.value(Subject::Polyarchy, actor("FSM")), None);
    close(spreads.of(Subject::Polyarchy, actor("FSM")), 0.0);
}

/// The draws have the distributions of *What is drawn* in `METHODS.md`.
#[test]
fn draws_are_distributed_as_defined() {
    let (settings, norway) = (t12("SWE").settings, actor("NOR"));
    let form = convenor::model::Form::Light;
    let draws: Vec<Draw> = (0..2000).map(|number| Draw::new(3, number, engine().atlas.countries.len())).collect();
    let moments = |values: &[f64]| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        (mean, (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt())
    };
    let check = |name: &str, values: Vec<f64>, mean: f64, deviation: f64| {
        let (found, spread) = moments(&values);
        assert!((found - mean).abs() < 5.0 * deviation / 2000_f64.sqrt(), "{name}: mean {found}, expected {mean}");
        assert!((spread / deviation - 1.0).abs() < 0.1, "{name}: deviation {spread}, expected {deviation}");
    };
    let each = |value: &dyn Fn(&Draw) -> f64| draws.iter().map(value).collect::<Vec<f64>>();
    let drawn = |draw: &Draw| draw.settings(&settings, form);
    check("λ", each(&|draw| drawn(draw).votes.model_share.get()), 0.11, 0.18 / 12_f64.sqrt());
    check("H", each(&|draw| drawn(draw).votes.half_life.get()), 2.0, 2.0 / 12_f64.sqrt());
    check("ρ", each(&|draw| drawn(draw).votes.related_weight.get()), 0.35, 0.5 / 12_f64.sqrt());
    check("B", each(&|draw| (drawn(draw).programme.get() / 1000.0).ln()), 0.0, 0.4);
    check("unit", each(&|draw| (drawn(draw).unit_cost.get() / 1.2).ln()), 0.0, 0.5);
    check("pair", each(&|draw| (drawn(draw).pair_cost.get() / 0.02).ln()), 0.0, 0.5);
    check("ideal point", each(&|draw| draw.deviate(Subject::IdealPoint, norway)), 0.0, 1.0);
    // Dirichlet(50·w): mean w, variance w·(1 − w)/51.
    for (at, weight) in [0.20, 0.15, 0.15, 0.10, 0.15, 0.15, 0.10].into_iter().enumerate() {
        let deviation = (weight * (1.0 - weight) / 51.0_f64).sqrt();
        check("weight", each(&|draw| draw.weights(&settings.weights)[at].get()), weight, deviation);
    }
    for draw in &draws[..50] {
        let sum: f64 = draw.weights(&settings.weights).iter().map(|weight| weight.get()).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        let VoteSettings { model_share, half_life, related_weight } = draw.votes(&votes(0.5, 0.5, 0.9));
        assert!((0.02..=0.5).contains(&model_share.get()) && (0.5..=3.0).contains(&half_life.get()));
        assert!((0.1..=0.9).contains(&related_weight.get()));
        let picked = draw.picked(Issue::Trade, 77);
        assert_eq!((picked.len(), picked.iter().sum::<u32>()), (77, 77));
    }
    let facts = draws[0].facts(&engine().facts, &Spreads::new(&engine().atlas, &engine().facts));
    let democracies = facts.values(Subject::Polyarchy).iter().flatten();
    assert!(democracies.into_iter().all(|value| (0.0..=1.0).contains(value)));
    assert_eq!(facts.values(Subject::Gdp), engine().facts.values(Subject::Gdp));
}

/// λ, H and ρ.
fn votes(model_share: f64, half_life: f64, related_weight: f64) -> VoteSettings {
    VoteSettings { model_share: model_share.into(), half_life: half_life.into(), related_weight: related_weight.into() }
}

/// With nothing shifted and every roll call picked once, the drawn agenda is the agenda.
#[test]
fn the_drawn_agenda_is_the_agenda_where_nothing_is_drawn() {
    let votes = &engine().votes;
    let actors = [actor("USA"), actor("TWN"), actor("ESH"), actor("TUV")];
    let counts = vec![1; votes.used(Issue::General).len()];
    let exact = votes.agenda(Issue::General, &self::votes(0.2, 3.0, 0.3));
    let drawn = votes.drawn_agenda((Issue::General, None), &self::votes(0.2, 3.0, 0.3), &actors, |_| 0.0, &counts);
    assert_eq!((exact.calls, &exact.weights), (drawn.calls, &drawn.weights));
    for actor in actors {
        let pairs = exact.yes(actor).iter().zip(drawn.yes(actor)).chain(exact.no(actor).iter().zip(drawn.no(actor)));
        for (exact, drawn) in pairs {
            assert!((exact - drawn).abs() < 2e-9, "{exact} {drawn}");
        }
    }
}

#[test]
fn a_roll_call_drawn_twice_counts_twice() {
    let votes = &engine().votes;
    let calls = votes.used(Issue::Nuclear).len();
    let mut counts = vec![0; calls];
    (counts[3], counts[calls - 1]) = (2, 1);
    let settings = self::votes(0.1, 2.0, 0.3);
    let drawn = votes.drawn_agenda((Issue::Nuclear, None), &settings, &[actor("NOR")], |_| 0.3, &counts);
    assert_eq!((drawn.calls, drawn.used[0]), (2, votes.used(Issue::Nuclear)[3]));
    let weight = votes.weight(votes.used(Issue::Nuclear)[3], &settings);
    assert!((drawn.weights[0] - 2.0 * weight).abs() < 1e-15);
}

/// A draw computed by hand: Taiwan alone has no ballots, so that reach is the mean chance of its yes on the roll calls drawn.
#[test]
fn a_draw_is_what_a_plain_loop_finds() {
    let engine = engine();
    let case = case(&json!({"members": ["TWN"], "leads": ["TWN"], "issue": "nuclear"}));
    let found = &run(std::slice::from_ref(&case), 12, 5)[0];
    let asset = format!("{}/assets/data/roll_call_fit.csv", env!("CARGO_MANIFEST_DIR"));
    let fit = parse_fit(&std::fs::read_to_string(asset).unwrap(), &engine.atlas.roll_calls).unwrap();
    let spread = Spreads::new(&engine.atlas, &engine.facts).of(Subject::IdealPoint, actor("TWN"));
    let middle = engine.facts.value(Subject::IdealPoint, actor("TWN")).unwrap();
    let used = engine.votes.used(Issue::Nuclear);
    for (number, reach) in found.draws_of(&measures::REACH).enumerate() {
        let draw = Draw::new(5, u32::try_from(number).unwrap(), engine.atlas.countries.len());
        let theta = middle + spread * draw.deviate(Subject::IdealPoint, actor("TWN"));
        let settings = draw.votes(&votes(0.05, 1.5, 0.3));
        let (mut yes, mut all) = (0.0, 0.0);
        for (used, count) in used.iter().zip(draw.picked(Issue::Nuclear, used.len())) {
            let call = &engine.atlas.roll_calls.list[used.call];
            let relevance = if call.topics.meets(Topics::NUCLEAR) { 1.0 } else { settings.related_weight.get() };
            let age = f64::from(2024 - call.year);
            let weight = f64::from(count) * relevance * 0.5_f64.powf(age / settings.half_life.get());
            all += weight;
            yes += weight * normal_cdf(fit[used.call].a + fit[used.call].b * theta);
        }
        assert!((reach.unwrap() - 100.0 * yes / all).abs() < 1e-6, "draw {number}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// P(A beats B) + P(B beats A) + ties = 1, and the other way round is the mirror image.
    #[test]
    fn shares_add_up(one in proptest::sample::subsequence(T12.to_vec(), 1..12),
                     other in proptest::sample::subsequence(T12.to_vec(), 1..12),
                     seed in 0_u64..1000) {
        let cases = [case(&json!({"members": one})), case(&json!({"members": other, "leads": [other[0]]}))];
        let found = run(&cases, 20, seed);
        for measure in measures::ALL {
            let (Some(there), Some(back)) =
                (beats(&found[0], &found[1], measure), beats(&found[1], &found[0], measure)) else { continue };
            prop_assert!((there.first + there.second + there.ties - 1.0).abs() < 1e-12);
            prop_assert_eq!((there.first, there.second, there.ties), (back.second, back.first, back.ties));
        }
    }
}
