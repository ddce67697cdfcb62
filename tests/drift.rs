//! Drift: what is stored is what the code finds, and intervals widen by it as they should.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::sync::atomic::AtomicBool;

use convenor::analysis::backtest::{Check, Plan, Score, drift_in, rolling};
use convenor::analysis::draws::{Draw, members_mark};
use convenor::analysis::stats::correlation;
use convenor::analysis::uncertainty::{self, Intervals};
use convenor::analysis::{Case, Drift, Engine, World, logit, measures, parse_drift, write_drift};
use convenor::app::cli::cases;
use engine::engine;
use serde_json::json;

fn asset() -> String {
    std::fs::read_to_string(format!("{}/assets/data/drift.csv", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A part of the slow check: two years, all groups, without the draws.
#[test]
fn the_stored_drift_is_what_the_code_finds() {
    let stored = parse_drift(&asset()).unwrap();
    assert_eq!(stored.iter().map(|year| year.year).collect::<Vec<u16>>(), (2016..=2024).collect::<Vec<u16>>());
    for year in [2017, 2020] {
        let known = stored.iter().find(|known| known.year == year).unwrap();
        let found = drift_in(engine(), year, Plan { draws: 0, ..Plan::default() }).unwrap();
        assert_eq!(found.questions, known.questions);
        assert!((found.mean - known.mean).abs() < 2e-6, "{year}: {found:?} {known:?}");
        assert!((found.variance - known.variance).abs() < 2e-6, "{year}: {found:?} {known:?}");
    }
    let drift = engine().drift();
    assert_eq!(drift, Drift::of(&stored));
    // As a second implementation found it with other groups.
    assert!((drift.year - 0.15).abs() < 0.02 && (drift.own - 0.21).abs() < 0.02, "{drift:?}");
}

fn t12(leads: &[&str]) -> Case {
    let members = ["USA", "FRA", "DEU", "JPN", "GBR", "AUS", "CAN", "KOR", "FIN", "SWE", "IND", "ISR"];
    let value = json!({ "members": members, "issue": "technology", "leads": leads });
    cases::parse_case(engine(), 1, &value).unwrap().case
}

fn run(engine: &Engine, cases: &[Case]) -> Vec<Intervals> {
    uncertainty::run(engine, cases, 60, 7, &AtomicBool::new(false), &|_| ()).unwrap()
}

/// Each draw is moved on the logit scale by the year's deviate and the grouping's own, and reach with the share that passes.
#[test]
fn every_draw_is_moved_as_the_model_says() {
    let world = World::embedded().unwrap();
    let still_engine = Engine::new(World { drift: Vec::new(), ..world });
    let case = t12(&["SWE"]);
    let moved = &run(engine(), std::slice::from_ref(&case))[0];
    let still = &run(&still_engine, std::slice::from_ref(&case))[0];
    let mark = members_mark(case.actors().map(|actor| engine().atlas.countries[actor].id));
    let drift = engine().drift();
    let pairs = moved.draws_of(&measures::DEADLOCK).zip(still.draws_of(&measures::DEADLOCK));
    let reaches = moved.draws_of(&measures::REACH).zip(still.draws_of(&measures::REACH));
    for (number, ((after, before), (far, near))) in pairs.zip(reaches).enumerate() {
        let (after, before) = (after.unwrap() / 100.0, before.unwrap() / 100.0);
        let draw = Draw::new(7, u32::try_from(number).unwrap(), engine().atlas.countries.len());
        let shift = drift.year * draw.drift() + drift.own * draw.own_drift(mark);
        assert!((logit(after) - logit(before) - shift).abs() < 1e-6, "draw {number}");
        let ratio = (1.0 - after) / (1.0 - before);
        assert!((far.unwrap() - near.unwrap() * ratio).abs() < 1e-6, "draw {number}: reach");
    }
    // Without drift there is nothing to tell apart, and what no vote enters is not touched.
    for measure in [&measures::DEADLOCK, &measures::REACH, &measures::COST] {
        assert_eq!(still.of(measure), still.without_drift(measure));
        let (with, without) = (moved.of(measure).unwrap(), moved.without_drift(measure).unwrap());
        assert!(with.high - with.low > without.high - without.low, "{}", measure.name);
        assert_eq!(without, still.of(measure).unwrap());
    }
    assert_eq!(moved.of(&measures::LEGITIMACY), still.of(&measures::LEGITIMACY));
}

#[test]
fn the_year_is_common_to_all_and_the_rest_is_each_groupings_own() {
    let mark = |codes: &[&str]| members_mark(codes.iter().map(|code| code.parse().unwrap()));
    assert_eq!(mark(&["SWE", "NOR", "USA"]), mark(&["USA", "SWE", "NOR"]), "order does not matter");
    assert_ne!(mark(&["SWE", "NOR"]), mark(&["SWE", "USA"]));
    let draws: Vec<Draw> = (0..2000).map(|number| Draw::new(3, number, 4)).collect();
    let of = |value: &dyn Fn(&Draw) -> f64| draws.iter().map(value).collect::<Vec<f64>>();
    let (one, other) = (mark(&["SWE", "NOR"]), mark(&["SWE", "USA"]));
    let rows = [of(&Draw::drift), of(&|draw| draw.own_drift(one)), of(&|draw| draw.own_drift(other))];
    for row in &rows {
        let mean = row.iter().sum::<f64>() / 2000.0;
        let variance = row.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 2000.0;
        assert!(mean.abs() < 0.08 && (variance - 1.0).abs() < 0.12, "{mean} {variance}");
    }
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        assert!(correlation(&rows[one], &rows[other]).unwrap().abs() < 0.08, "{one} {other}");
    }
    // The same members under another convenor are moved alike: the comparison does not see their drift twice.
    let found = run(engine(), &[t12(&["SWE"]), t12(&["FIN"])]);
    let [sweden, finland]: [Vec<f64>; 2] =
        [0, 1].map(|at: usize| found[at].draws_of(&measures::DEADLOCK).flatten().collect());
    assert!(correlation(&sweden, &finland).unwrap() > 0.9);
}

#[test]
fn nothing_moves_where_votes_are_coin_flips_or_nothing_can_fail() {
    let mut a_priori = t12(&[]);
    a_priori.settings.a_priori = true;
    let alone =
        Case { voters: t12(&["USA"]).voters.into_iter().filter(|voter| voter.convenor).collect(), ..t12(&["USA"]) };
    for found in run(engine(), &[a_priori, alone]) {
        let with = found.of(&measures::DEADLOCK).unwrap();
        assert_eq!(with, found.without_drift(&measures::DEADLOCK).unwrap());
        assert!((with.high - with.low).abs() < 1e-9, "{with:?}");
    }
}

fn line(name: &str, check: &Check) -> String {
    let score = |score: &Score| {
        format!(
            "{:.3}/{:.4}/{}",
            score.correlation.unwrap(),
            score.mean_absolute_error.unwrap(),
            score.coverage.map_or_else(|| "-".to_owned(), |coverage| format!("{coverage:.3}"))
        )
    };
    let four = |of: &convenor::analysis::backtest::Targets| {
        [
            of.unanimous_yes.without_convenor,
            of.unanimous_yes.with_convenor,
            of.no_objection.without_convenor,
            of.no_objection.with_convenor,
        ]
        .map(|one| score(&one))
        .join("  ")
    };
    format!(
        "{name} n={} D1 {} | model {} | past {} | independent {}",
        check.questions,
        score(&check.consensus),
        four(&check.model),
        four(&check.past_frequency),
        four(&check.independent)
    )
}

/// The whole check: run by `tests/slow/drift`. With `CONVENOR_WRITE_DRIFT` set, writes the asset anew.
#[test]
#[ignore = "takes minutes: tests/slow/drift.sh runs it"]
fn the_whole_of_it() {
    let never = AtomicBool::new(false);
    let found = rolling(engine(), Plan::default(), &never, &|_| ()).unwrap().unwrap();
    for (year, drift, check) in &found.years {
        println!("{} (drift of the others {:.3} {:.3})", line(&year.to_string(), check), drift.year, drift.own);
    }
    println!("{}", line("all ", &found.all));
    println!("{}{:?}", write_drift(&found.drift), Drift::of(&found.drift));
    if std::env::var_os("CONVENOR_WRITE_DRIFT").is_some() {
        let path = format!("{}/assets/data/drift.csv", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, write_drift(&found.drift)).unwrap();
        return;
    }
    assert_eq!(write_drift(&found.drift), asset());
    let methods = std::fs::read_to_string(format!("{}/assets/METHODS.md", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let row = |name: &str, check: &Check| {
        let Score { correlation, mean_absolute_error, coverage, .. } = check.consensus;
        let (correlation, error) = (correlation.unwrap(), mean_absolute_error.unwrap());
        format!("| {name} | {} | {correlation:.3} | {error:.3} | {:.0} % |", check.questions, 100.0 * coverage.unwrap())
    };
    let mut rows: Vec<String> = found.years.iter().map(|(year, _, check)| row(&year.to_string(), check)).collect();
    rows.push(row("all years", &found.all));
    for row in &rows {
        assert!(methods.contains(row), "METHODS.md does not say {row}");
    }
    for (year, _, check) in found.years.iter().filter(|(year, ..)| *year >= 2017) {
        let [model, past] = [check.model, check.past_frequency].map(|of| {
            let four = [
                of.unanimous_yes.without_convenor,
                of.unanimous_yes.with_convenor,
                of.no_objection.without_convenor,
                of.no_objection.with_convenor,
            ];
            let mean = |value: &dyn Fn(&Score) -> f64| four.iter().map(value).sum::<f64>() / 4.0;
            [mean(&|score| score.correlation.unwrap()), mean(&|score| score.mean_absolute_error.unwrap())]
        });
        assert!(past[0] - model[0] < 0.005 && model[1] - past[1] < 0.002, "{year}: {model:?} {past:?}");
    }
    let but_rupture: Vec<f64> = found
        .years
        .iter()
        .filter(|(year, ..)| *year != 2022)
        .filter_map(|(_, _, check)| check.consensus.coverage)
        .collect();
    let coverage = but_rupture.iter().sum::<f64>() / f64::from(u32::try_from(but_rupture.len()).unwrap());
    assert!((0.85..=0.97).contains(&coverage), "{coverage}");
    assert!(methods.contains(&format!("Without 2022 the interval holds {:.0} %", 100.0 * coverage)));
}
