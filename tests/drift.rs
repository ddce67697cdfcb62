//! Drift: what is stored is what the code finds, and intervals widen by it as they should.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use convenor::analysis::backtest::{Check, Plan, Score, drift_in, rolling};
use convenor::analysis::{Drift, Engine, parse_drift, write_drift};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::embedded().unwrap())
}

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
#[ignore = "takes minutes: tests/slow/drift runs it"]
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
