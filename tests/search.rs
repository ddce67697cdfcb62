//! Searches, against every design computed one by one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names, clippy::cast_precision_loss)]

#[path = "common/engine.rs"]
mod engine;

use std::collections::BTreeSet;

use convenor::analysis::search::{Bounds, Design, Found, Limits, Objective, Progress, Search, key, search};
use convenor::analysis::{Case, Real, stability};
use convenor::app::cli::search as cli;
use convenor::model::{
    Assumptions, Basis, Burden, Criterion, CustomRule, DecisionRule, Grouping, GroupingId, Issue, NamedRule, Of, Share,
    Veto,
};
use engine::engine;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

fn some(rng: &mut ChaCha8Rng, n: usize, not: &[usize]) -> Vec<usize> {
    let mut found = BTreeSet::new();
    while found.len() < n {
        let actor = rng.random_range(0..engine().atlas.countries.len());
        if !not.contains(&actor) {
            found.insert(actor);
        }
    }
    found.into_iter().collect()
}

/// A small search of any kind.
fn any(rng: &mut ChaCha8Rng) -> Search {
    let mut grouping = Grouping::new(GroupingId(1), "any", 0);
    grouping.issue = [Issue::Technology, Issue::Climate, Issue::Trade, Issue::Pandemic][rng.random_range(0..4)];
    grouping.mandate.questions = rng.random_range(1..4);
    let candidates = some(rng, 6, &[]);
    let which = rng.random_range(0..NamedRule::ALL.len() + 3);
    grouping.rule = NamedRule::ALL.get(which).map_or_else(
        || {
            let mut present = Criterion::new(Basis::Population, Share::Fraction(1, 2));
            present.of = Of::Voting;
            let criteria = match which % 3 {
                0 => vec![Criterion::new(Basis::Gdp, Share::Number(0.6)), present],
                1 => vec![Criterion::new(Basis::Members, Share::Fraction(2, 3)).exceeded()],
                _ => vec![Criterion::new(Basis::Population, Share::Number(0.5))],
            };
            let veto = Veto::List(vec![engine().atlas.countries[candidates[0]].id]);
            DecisionRule::Custom(Box::new(CustomRule { criteria, veto, ..CustomRule::default() }))
        },
        |named| DecisionRule::Named(*named),
    );
    let burden = [Burden::Assessment, Burden::Equal, Burden::Gdp][rng.random_range(0..3)].clone();
    let assumptions = Assumptions { burden, a_priori: rng.random_bool(0.05), ..Assumptions::default() };
    let mut base = Case::of(&engine().atlas, &grouping, &assumptions);
    // The half-life leaves few roll calls: there are thousands of cases.
    base.settings.votes.half_life = Real::from(0.004);
    let convenors = match rng.random_range(0..4) {
        0 => vec![None],
        1 => vec![Some(candidates[1])],
        2 => some(rng, 1, &candidates).into_iter().map(Some).collect(),
        _ => vec![Some(candidates[0]), Some(candidates[2]), Some(some(rng, 1, &candidates)[0])],
    };
    let must = if rng.random_bool(0.3) { vec![candidates[2]] } else { Vec::new() };
    let least = rng.random_range(1..4);
    let size = [least, rng.random_range(least..6)];
    let mut objectives = Vec::new();
    let wanted = rng.random_range(1..=3);
    while objectives.len() < wanted {
        let objective = Objective::ALL[rng.random_range(0..5)];
        if !objectives.contains(&objective) {
            objectives.push(objective);
        }
    }
    let mut bound = |chance: f64, low: f64, high: f64| rng.random_bool(chance).then(|| rng.random_range(low..high));
    let bounds = Bounds {
        deadlock_below: bound(0.2, 20.0, 90.0),
        reach_above: bound(0.2, 5.0, 60.0),
        legitimacy_above: bound(0.2, 20.0, 60.0),
        cost_below: bound(0.2, 40.0, 100.0),
        microlateral_above: bound(0.2, 10.0, 80.0),
        exclusion_below: bound(0.1, 5.0, 60.0),
    };
    Search { base, convenors, must, candidates, size, objectives, bounds }
}

/// The front by computing every design by itself, as the other commands do.
fn brute(asked: &Search) -> (Vec<Design>, u128) {
    let mut kept: Vec<(Vec<i64>, Design)> = Vec::new();
    let mut designs = 0;
    for &convenor in &asked.convenors {
        let free: Vec<usize> =
            asked.candidates.iter().copied().filter(|a| Some(*a) != convenor && !asked.must.contains(a)).collect();
        for subset in 0..1_usize << free.len() {
            let mut members: BTreeSet<usize> = convenor.into_iter().chain(asked.must.iter().copied()).collect();
            members.extend(free.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1).map(|(_, actor)| *actor));
            if !(asked.size[0]..=asked.size[1]).contains(&members.len()) {
                continue;
            }
            designs += 1;
            let design = Design { members: members.into_iter().collect(), convenor };
            let case = asked.case(&design);
            let report = engine().settled(&case);
            let value = |objective: Objective| report.value(objective.measure()).ok();
            let keeps = Objective::ALL.into_iter().all(|objective| {
                asked.bounds.of(objective).is_none_or(|bound| {
                    value(objective).is_some_and(|value| objective.measure().is_better(value, bound))
                })
            });
            let holds = asked.bounds.exclusion_below.is_none_or(|bound| {
                let found = stability::stability(engine(), &case, &report);
                found.exclusion_needed.is_ok_and(|needed| needed < bound)
            });
            let keys: Option<Vec<i64>> =
                asked.objectives.iter().map(|of| value(*of).map(|value| key(of.more(value)))).collect();
            if let (true, true, Some(keys)) = (keeps, holds, keys) {
                kept.push((keys, design));
            }
        }
    }
    let beats = |(one, first): &(Vec<i64>, Design), (other, second): &(Vec<i64>, Design)| {
        if one == other {
            (first.members.len(), first) < (second.members.len(), second)
        } else {
            one.iter().zip(other).all(|(one, other)| one >= other)
        }
    };
    let best = kept.iter().filter(|of| !kept.iter().any(|other| beats(other, of)));
    let mut best: Vec<Design> = best.map(|(_, design)| design.clone()).collect();
    best.sort();
    (best, designs)
}

fn front(found: &Found) -> Vec<Design> {
    let mut front: Vec<Design> = found.front.iter().map(|best| best.design.clone()).collect();
    front.sort();
    front
}

fn run(asked: &Search) -> Found {
    search(engine(), asked, &Limits::of(asked), &Progress::default())
}

#[test]
fn a_front_is_what_every_design_computed_by_itself_gives() {
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    let (mut full, mut counted) = (0, 0);
    for round in 0..220 {
        let asked = any(&mut rng);
        let found = run(&asked);
        let (expected, designs) = brute(&asked);
        assert_eq!(front(&found), expected, "round {round}: {asked:?}");
        assert!(found.exact);
        assert_eq!((u128::from(found.considered), found.designs), (designs, designs), "round {round}");
        full += usize::from(!expected.is_empty());
        counted += usize::from(asked.is_counted());
    }
    assert!(full > 100 && counted > 60, "{full} with a front, {counted} counted");
}

#[test]
fn the_answer_does_not_depend_on_threads_or_parts() {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    for _ in 0..6 {
        let mut asked = any(&mut rng);
        asked.base.settings.votes.half_life = Real::from(1.5);
        asked.candidates = some(&mut rng, 12, &[]);
        asked.must.clear();
        if !asked.is_counted() {
            continue;
        }
        let whole = run(&asked);
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(one.install(|| run(&asked)), whole);
        let mut considered = 0;
        let mut merged = convenor::analysis::search::Front::default();
        for part in 0..3 {
            let limits = Limits { part: [part, 3], ..Limits::of(&asked) };
            let found = search(engine(), &asked, &limits, &Progress::default());
            considered += found.considered;
            for best in found.front {
                let keys: Vec<i64> = asked
                    .objectives
                    .iter()
                    .map(|of| {
                        let at = Objective::ALL.iter().position(|known| known == of).unwrap();
                        key(of.more(best.values[at].unwrap()))
                    })
                    .collect();
                if let Some(design) = merged.accepts(&keys, || best.design.clone()) {
                    merged.insert(keys, design);
                }
            }
        }
        let mut merged = merged.into_designs();
        merged.sort();
        assert_eq!((merged, considered), (front(&whole), whole.considered));
    }
}

#[test]
fn where_there_are_too_many_the_best_found_is_never_called_exact_and_comes_out_again() {
    let mut rng = ChaCha8Rng::seed_from_u64(10);
    let mut asked = any(&mut rng);
    asked.base.rule = Case::of(&engine().atlas, &Grouping::new(GroupingId(1), "any", 0), &Assumptions::default()).rule;
    asked.candidates = some(&mut rng, 14, &[]);
    (asked.must, asked.convenors, asked.size) = (Vec::new(), vec![Some(asked.candidates[3])], [2, 6]);
    (asked.objectives, asked.bounds) = (vec![Objective::Legitimacy, Objective::Deadlock], Bounds::default());
    asked.base.settings.a_priori = false;
    let exact = run(&asked);
    let limits = Limits { designs: 1_500, ..Limits::of(&asked) };
    assert!(exact.designs > 1_500);
    let found = search(engine(), &asked, &limits, &Progress::default());
    assert!(!found.exact && found.considered <= 1_600, "{}", found.considered);
    assert_eq!(search(engine(), &asked, &limits, &Progress::default()), found);
    // Nothing found is better than the exact front, and most of that is found.
    let best = front(&exact);
    let hits = front(&found).iter().filter(|design| best.contains(design)).count();
    assert!(hits * 2 >= best.len(), "{hits} of {}", best.len());
}

#[test]
fn a_search_that_is_given_up_is_not_exact() {
    let mut rng = ChaCha8Rng::seed_from_u64(11);
    let asked = any(&mut rng);
    let progress = Progress::default();
    progress.cancel.store(true, std::sync::atomic::Ordering::Relaxed);
    assert!(!search(engine(), &asked, &Limits::of(&asked), &progress).exact);
}

#[test]
fn what_contradicts_itself_is_refused_in_a_sentence() {
    let refused =
        |text: &str| cli::parse(engine(), &serde_json::from_str(text).unwrap(), None).unwrap_err().to_string();
    for (text, words) in [
        (r#"{"size":[2,3],"must":["NOR"],"never":["NOR"]}"#, "NOR must be in and must never be in"),
        (r#"{"size":[2,3],"must":["NOR","SWE","FIN","DNK"]}"#, "no design has between 2 and 3 members"),
        (r#"{"size":[2,3],"convenor":"SWE","never":["SWE"]}"#, "SWE may not convene: it is among “never”"),
        (r#"{"size":[3,2]}"#, "from 3 to 2"),
        (r#"{"size":[1,3],"objectives":[]}"#, "one to three"),
        (r#"{"size":[1,3],"objectives":["fame"]}"#, "is none of legitimacy"),
        (r#"{"size":[1,3],"bounds":{"fame_above":3}}"#, "unknown key"),
        (r#"{"size":[1,3],"sizes":[1,3]}"#, "unknown key"),
        (r#"{"candidates":"all"}"#, "size"),
        (r#"{"size":[1,3],"convenor":{"population_below":10}}"#, "nobody may convene"),
        (r#"{"size":[1,3],"candidates":["XXX"]}"#, "XXX"),
    ] {
        let told = refused(text);
        assert!(told.contains(words), "{text}: {told}");
    }
}

#[test]
fn parts_that_are_merged_are_the_whole() {
    let text = r#"{"name":"tech","issue":"technology","convenor":{"population_below":6000000},"never":["RUS"],
        "candidates":["USA","JPN","KOR","DEU","FRA","GBR","CAN","AUS"],"size":[3,5],
        "objectives":["legitimacy","deadlock"],"bounds":{"deadlock_below":30}}"#;
    let asked = cli::parse(engine(), &serde_json::from_str(text).unwrap(), None).unwrap();
    let answer = |part: [usize; 2]| {
        let limits = Limits { part, ..Limits::of(&asked.search) };
        serde_json::to_value(cli::answered(engine(), &asked, &limits)).unwrap()
    };
    let whole = answer([0, 1]);
    assert_eq!(whole["exact"], true);
    assert!(!whole["front"].as_array().unwrap().is_empty());
    let parts: Vec<(String, serde_json::Value)> = (0..4).map(|at| (format!("part {at}"), answer([at, 4]))).collect();
    let merged = cli::merged(&parts).unwrap();
    for key in ["exact", "considered", "designs", "front", "objectives"] {
        assert_eq!(merged[key], whole[key], "{key}");
    }
    // A part that is missing is told, and the rest is not exact.
    let some = cli::merged(&parts[..3]).unwrap();
    assert_eq!((some["exact"].as_bool(), some["missing"].to_string()), (Some(false), r#"["4/4"]"#.to_owned()));
    // Twice the same part, or another question, is refused.
    assert!(cli::merged(&[parts[0].clone(), parts[0].clone()]).unwrap_err().to_string().contains("twice"));
    let mut other = parts[1].clone();
    other.1["asked"]["size"] = serde_json::json!([1, 2]);
    assert!(cli::merged(&[parts[0].clone(), other]).unwrap_err().to_string().contains("another question"));
}

#[test]
fn more_designs_than_can_be_counted_are_told_as_about_so_many() {
    let text = r#"{"size":[2,40],"convenor":"NOR"}"#;
    let asked = cli::parse(engine(), &serde_json::from_str(text).unwrap(), None).unwrap();
    let limits = Limits { designs: 64, ..Limits::of(&asked.search) };
    let answer = cli::answered(engine(), &asked, &limits);
    assert!(
        cli::table(&answer).contains(" designs considered: the best found, not proven."),
        "{}",
        cli::table(&answer)
    );
    let told = serde_json::to_value(answer).unwrap();
    assert!(told["designs"].as_f64().unwrap() > 1e30 && told["exact"] == false, "{told}");
    assert!(!told["front"].as_array().unwrap().is_empty());
}
