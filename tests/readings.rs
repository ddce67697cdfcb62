//! One reader of figures: what is flagged, counted, explained and named as a source is what was read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::collections::BTreeSet;

use convenor::analysis::view::{Missing, by_subject};
use convenor::analysis::{Case, Engine, Flag, Report, World, measures};
use convenor::app::cli::cases;
use convenor::chart::{self, Around, Row};
use convenor::data::{Atlas, CountryId, Facts, OwnFigure, Provenance, Subject, Tables};
use convenor::model::{Assumptions, Grouping, GroupingId, Issue, Role, Seat};
use engine::engine;
use serde_json::json;

fn actor(code: &str) -> usize {
    engine().atlas.actor(code.parse().unwrap()).unwrap()
}

fn case(value: &serde_json::Value) -> Case {
    cases::parse_case(engine(), 1, value).unwrap().case
}

fn about(measure: &'static measures::Measure, report: &Report, case: &Case) -> String {
    let grouping = Grouping::new(GroupingId(1), "A", 0);
    let row = Row { grouping: &grouping, report };
    chart::about_text("", &chart::about(measure, &row, case, engine(), Around::Unknown))
}

#[test]
fn a_pole_without_a_figure_of_its_own_is_told_everywhere() {
    let plain = case(&json!({ "members": ["SWE", "NOR", "USA"], "leads": ["SWE"] }));
    let mut between = plain.clone();
    between.settings.poles = ["TWN", "USA"].map(|code| code.parse::<CountryId>().unwrap());
    let (before, after) = (engine().report(&plain), engine().report(&between));
    let taiwan = |flag: &Flag| flag.words(&engine().atlas) == "Taiwan: ideal point, estimated from neighbours";
    assert!(!before.flags.iter().any(taiwan));
    assert!(after.flags.iter().any(taiwan));
    let text = about(&measures::LEGITIMACY, &after, &between);
    assert!(text.contains("Taiwan: ideal point, estimated from neighbours"), "{text}");
    let (before, after) = (chart::coverage(&before, &engine().facts), chart::coverage(&after, &engine().facts));
    assert_eq!(after.needed - after.published, before.needed - before.published + 1, "{before:?} {after:?}");
}

#[test]
fn flags_coverage_and_explanations_agree_on_every_actor() {
    let all: Vec<CountryId> = engine().atlas.countries.iter().map(|country| country.id).collect();
    for issue in Issue::ALL {
        for (at, members) in all.chunks(23).enumerate() {
            let rule = if at % 2 == 0 { json!("eu_qualified_majority") } else { json!("consensus") };
            let leads = if at % 3 == 0 { vec![members[0]] } else { Vec::new() };
            let value = json!({ "members": members, "leads": leads, "issue": issue, "rule": rule });
            let asked = cases::parse_case(engine(), 1, &value).unwrap();
            let report = engine().report(&asked.case);
            let flagged: BTreeSet<(CountryId, &str, &str)> = report
                .flags
                .iter()
                .filter_map(|flag| match flag {
                    Flag::Figure { actor, subject, how } => Some((*actor, *subject, *how)),
                    _ => None,
                })
                .collect();
            let read: BTreeSet<(CountryId, &str, &str)> = report
                .readings
                .iter()
                .filter_map(|reading| {
                    let how = reading.flag(&engine().facts)?;
                    Some((engine().atlas.countries[reading.actor].id, reading.subject.label(), how))
                })
                .collect();
            assert_eq!(flagged, read);
            // Whatever is flagged stands in the explanation of some measure, and nothing else does.
            let mut told = BTreeSet::new();
            for measure in measures::ALL {
                for read in by_subject(measure.readings(&report.readings)) {
                    for reading in &read.of {
                        if let Some(how) = reading.flag(&engine().facts) {
                            told.insert((reading.actor, reading.subject, how));
                        }
                    }
                }
            }
            let coverage = chart::coverage(&report, &engine().facts);
            let estimated: BTreeSet<(usize, Subject)> =
                told.iter().map(|(actor, subject, _)| (*actor, *subject)).collect();
            assert_eq!(coverage.needed - coverage.published, estimated.len());
        }
    }
}

#[test]
fn a_missing_figure_is_told_by_what_becomes_of_it() {
    let micronesia = case(&json!({ "members": ["FSM", "NOR"] }));
    let report = engine().report(&micronesia);
    let words: Vec<String> = report.flags.iter().map(|flag| flag.words(&engine().atlas)).collect();
    assert!(words.contains(&"Micronesia: electoral democracy, no figure".to_owned()), "{words:?}");
    let left_out =
        report.readings.iter().find(|reading| reading.actor == actor("FSM") && reading.subject == Subject::Polyarchy);
    assert_eq!(left_out.unwrap().missing, Missing::LeftOut);
}

#[test]
fn figures_of_ones_own_change_the_answer_and_are_cached_apart() {
    let built_in =
        case(&json!({ "members": ["NOR", "SWE"], "rule": { "criteria": [{ "basis": "gdp", "share": 0.6 }] } }));
    let own = OwnFigure { subject: Subject::Gdp, actor: actor("NOR"), value: 5e13, year: Some(2025) };
    let facts = engine().facts.with_own(&[own]);
    assert_eq!(facts.fact(Subject::Gdp, actor("NOR")).provenance, Provenance::Own);
    assert!(facts.world(Subject::Gdp) > engine().facts.world(Subject::Gdp) + 4e13);
    assert_eq!(engine().facts.with_own(&[]).id(), engine().facts.id());
    assert_eq!(facts.id(), engine().facts.with_own(&[own]).id(), "the same figures, the same identity");
    let mut other = built_in.clone();
    other.figures = engine().know(facts);
    assert_ne!(built_in, other, "the cache tells them apart");
    let (before, after) = (engine().report(&built_in), engine().report(&other));
    assert!(
        after.value(&measures::DEADLOCK).unwrap() < before.value(&measures::DEADLOCK).unwrap(),
        "Norway decides alone"
    );
    let words: Vec<String> = after.flags.iter().map(|flag| flag.words(&engine().atlas)).collect();
    assert!(words.contains(&"Norway: GDP, your own figure".to_owned()), "{words:?}");
    assert!(about(&measures::LEGITIMACY, &after, &other).contains("Norway: GDP, your own figure"));
    // What the vote table rests on, and what is no number, stays as it is.
    let point = OwnFigure { subject: Subject::IdealPoint, actor: actor("NOR"), value: 3.0, year: None };
    let infinite = OwnFigure { value: f64::INFINITY, ..own };
    assert_eq!(engine().facts.with_own(&[point, infinite]).id(), engine().facts.id());
}

#[test]
fn an_engine_is_built_from_tables() {
    let embedded = Tables::embedded();
    let few: String = embedded.roll_calls.split_inclusive('\n').take(41).collect();
    let world = World::parse(&Tables { roll_calls: &few, ..embedded }).unwrap();
    assert_eq!(world.fit.len(), 40);
    let small = Engine::new(world);
    let assumptions = Assumptions::default();
    let mut grouping = Grouping::new(GroupingId(1), "A", 0);
    grouping.seats = ["USA", "CUB"].map(|code| Seat::new(code.parse().unwrap(), Role::Member)).to_vec();
    let case = Case::of(&small.atlas, &grouping, &assumptions);
    let (here, there) = (small.report(&case), engine().report(&case));
    assert!(here.deadlock.as_ref().unwrap().calls <= 40 && there.deadlock.as_ref().unwrap().calls > 40);
    assert_eq!(here.value(&measures::LEGITIMACY), there.value(&measures::LEGITIMACY));
}

#[test]
fn the_ideal_point_of_a_year_falls_back_on_the_nearest() {
    let atlas = std::sync::Arc::new(Atlas::embedded().unwrap());
    let facts = Facts::new(&atlas);
    let norway = actor("NOR");
    let first = atlas.ideal_points.years[0];
    let of = |year: u16| facts.fact(Subject::IdealPointIn(year), norway);
    assert_eq!(of(first).provenance, Provenance::Published);
    assert_eq!((of(first - 5).value, of(first - 5).provenance), (of(first).value, Provenance::NearestYear));
    let taiwan = facts.fact(Subject::IdealPointIn(first), actor("TWN"));
    assert_eq!(taiwan, facts.fact(Subject::IdealPoint, actor("TWN")));
}
