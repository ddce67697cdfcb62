//! Voting power: the published figures, brute force, and what must hold for every game.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_precision_loss, missing_docs)]

use convenor::analysis::power::{self, Indices, Method, PowerError};
use convenor::analysis::{Engine, Game, Threshold};
use convenor::app::cli::power::{Options, answer, parse_game};
use convenor::data::Subject;
use proptest::prelude::*;
use serde_json::json;

fn game(weights: &[f64], quota: f64) -> Game {
    Game::new(vec![power::threshold(weights.to_vec(), quota, false)], vec![false; weights.len()], None).unwrap()
}

/// Weights written as (how many, weight).
fn votes(groups: &[(usize, f64)]) -> Vec<f64> {
    groups.iter().flat_map(|(count, weight)| std::iter::repeat_n(*weight, *count)).collect()
}

fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance, "{what}: {found} instead of {expected}");
}

#[test]
fn published_figures_hold() {
    let council = game(&votes(&[(5, 7.0), (10, 1.0)]), 39.0);
    let found = power::indices(&council).unwrap();
    close(found.power_to_act, 848.0 / 32768.0, 0.0, "Security Council, power to act");
    for (at, banzhaf, shapley) in [(0, 0.166_929, 421.0 / 2145.0), (14, 0.016_535, 4.0 / 2145.0)] {
        close(found.members[at].banzhaf.unwrap(), banzhaf, 5e-7, "Security Council, Banzhaf");
        close(found.members[at].shapley_shubik, shapley, 1e-14, "Security Council, Shapley–Shubik");
    }
    // The same body by its rule: nine of fifteen with five vetoes.
    let by_rule =
        Game::new(vec![Threshold::new(vec![1.0; 15], 9.0, false)], (0..15).map(|at| at < 5).collect(), None).unwrap();
    same(&power::indices(&by_rule).unwrap(), &found, 1e-14);

    let table = [
        (votes(&[(3, 4.0), (2, 2.0), (1, 1.0)]), 12.0, 0.21875, 0.238_095, 0.0, 7.0 / 30.0, 0.0),
        (
            votes(&[(4, 10.0), (1, 8.0), (4, 5.0), (2, 4.0), (3, 3.0), (1, 2.0)]),
            62.0,
            0.077_789,
            0.111_621,
            0.022_638,
            0.116_667,
            0.020_690,
        ),
        (
            votes(&[(4, 29.0), (2, 27.0), (1, 14.0), (1, 13.0), (5, 12.0), (3, 10.0), (5, 7.0), (5, 4.0), (1, 3.0)]),
            255.0,
            0.020_256,
            0.077_827,
            0.009_422,
            0.086_738,
            0.008_178,
        ),
    ];
    for (weights, quota, act, first, last, pivotal, least) in table {
        let n = weights.len();
        let found = power::indices(&game(&weights, quota)).unwrap();
        close(found.power_to_act, act, 5e-7, "power to act");
        close(found.members[0].banzhaf.unwrap(), first, 5e-7, "Banzhaf of the largest");
        close(found.members[n - 1].banzhaf.unwrap(), last, 5e-7, "Banzhaf of the smallest");
        close(found.members[0].shapley_shubik, pivotal, 5e-7, "Shapley–Shubik of the largest");
        close(found.members[n - 1].shapley_shubik, least, 5e-7, "Shapley–Shubik of the smallest");
    }
    let six = power::indices(&game(&votes(&[(3, 4.0), (2, 2.0), (1, 1.0)]), 12.0)).unwrap();
    close(six.members[3].banzhaf.unwrap(), 1.0 / 7.0, 1e-15, "EU-6, Belgium");
    close(six.members[3].shapley_shubik, 3.0 / 20.0, 1e-15, "EU-6, Belgium");
    assert_eq!(six.members[5].shapley_shubik.to_bits(), 0.0_f64.to_bits(), "a dummy has no power at all");
}

fn imf() -> Vec<(String, f64)> {
    let path = format!("{}/assets/data/imf_votes.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[1].parse().unwrap())).collect()
}

#[test]
fn the_monetary_fund_is_within_reach() {
    let members = imf();
    let weights: Vec<f64> = members.iter().map(|(_, votes)| *votes).collect();
    assert_eq!((members.len(), weights.iter().sum::<f64>()), (190, 5_039_930.0));
    let half = power::threshold(weights, 0.5 * 5_039_930.0, true);
    let found = power::indices(&Game::new(vec![half], vec![false; 190], None).unwrap()).unwrap();
    close(found.power_to_act, 0.499_999_7, 5e-8, "power to act");
    let states = members.iter().position(|(id, _)| id == "USA").unwrap();
    close(found.members[states].banzhaf.unwrap(), 0.232_608, 5e-7, "USA, Banzhaf");
    close(found.members[states].shapley_shubik, 0.191_671, 5e-7, "USA, Shapley–Shubik");
    assert_eq!(found.method, Method::GeneratingFunctions);
    assert!(found.relative_error <= 1e-9);
}

/// Three fifths of the members with 85 % of the votes.
#[test]
fn an_amendment_of_the_monetary_fund_is_within_reach() {
    let members = imf();
    let votes: Vec<f64> = members.iter().map(|(_, votes)| *votes).collect();
    let with = |veto: &dyn Fn(&str) -> bool| {
        let criteria = vec![
            power::threshold(votes.clone(), 0.85 * 5_039_930.0, false),
            power::threshold(vec![1.0; 190], 114.0, false),
        ];
        let veto = members.iter().map(|(id, _)| veto(id)).collect();
        power::indices(&Game::new(criteria, veto, None).unwrap()).unwrap()
    };
    let found = with(&|_| false);
    assert!(found.relative_error <= 1e-9 && found.method == Method::GeneratingFunctions);
    // Nothing passes without the United States, so that a veto would give it nothing.
    let states = members.iter().position(|(id, _)| id == "USA").unwrap();
    assert_eq!(found.members[states].prevent, Some(1.0));
    same(&with(&|id| id == "USA"), &found, 1e-12);
    // Counted by a plain table of all sets without the member asked for, by another program.
    let relative = |found: f64, expected: f64| close(found / expected, 1.0, 1e-11, "share of the expected figure");
    relative(found.power_to_act, 1.240_969_144_339_791e-6);
    for (id, banzhaf, shapley) in [
        ("AFG", 3.181_055_411_626_113e-7, 0.000_869_622_383_351_720),
        ("JPN", 2.481_626_096_341_235e-6, 0.063_764_764_623_184_0),
        ("USA", 2.481_938_288_679_583e-6, 0.189_165_157_673_934),
    ] {
        let member = found.members[members.iter().position(|(other, _)| other == id).unwrap()];
        relative(member.banzhaf_absolute, banzhaf);
        relative(member.shapley_shubik, shapley);
    }
    let sum: f64 = found.members.iter().map(|member| member.shapley_shubik).sum();
    close(sum, 1.0, 1e-10, "sum of Shapley–Shubik");
}

/// The distribution of the others, anew for each member asked for.
#[test]
fn the_monetary_fund_agrees_with_a_direct_sum() {
    let weights: Vec<f64> = imf().into_iter().map(|(_, votes)| votes).collect();
    let total: f64 = weights.iter().sum();
    let game = Game::new(vec![power::threshold(weights.clone(), 0.5 * total, true)], vec![false; 190], None).unwrap();
    let found = power::banzhaf(&game).unwrap();
    let quota = 2_519_966_usize;
    let whole = |weight: f64| format!("{weight}").parse::<usize>().unwrap();
    let mut by_weight: Vec<usize> = (0..190).collect();
    by_weight.sort_by(|a, b| weights[*a].total_cmp(&weights[*b]));
    for at in [by_weight[0], by_weight[60], by_weight[189]] {
        let mut cells = vec![0.0; quota];
        cells[0] = 1.0;
        let mut length = 1;
        for other in by_weight.iter().filter(|other| **other != at) {
            let weight = whole(weights[*other]);
            length = (length + weight).min(quota);
            for cell in (0..length).rev() {
                let with = if cell >= weight { cells[cell - weight] } else { 0.0 };
                cells[cell] = 0.5 * (cells[cell] + with);
            }
        }
        let expected: f64 = cells[quota - whole(weights[at])..].iter().sum();
        assert!((found[at] / expected - 1.0).abs() < 1e-11, "{at}: {} instead of {expected}", found[at]);
    }
}

#[test]
fn the_council_of_ministers_is_exact_to_the_person() {
    let engine = Engine::embedded().unwrap();
    let codes = "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN \
                 ESP SWE";
    let population = |code: &str| engine.facts.value(Subject::Population, engine.atlas.actor(code.parse().unwrap())?);
    let people: Vec<f64> = codes.split(' ').map(|code| population(code).unwrap()).collect();
    let total: f64 = people.iter().sum();
    let lisbon = |minority| {
        let criteria = vec![
            power::threshold(vec![1.0; 27], 0.55 * 27.0, false),
            power::threshold(people.clone(), 0.65 * total, false),
        ];
        power::indices(&Game::new(criteria, vec![false; 27], minority).unwrap()).unwrap()
    };
    let (with, without) = (lisbon(Some(4)), lisbon(None));
    assert_eq!(with.method, Method::DecisionDiagram);
    let winning = with.power_to_act * 2.0_f64.powi(27);
    assert!(winning.fract().abs() < 1e-12, "{winning} winning coalitions are not a whole number");
    // The clause of four states lets a few more coalitions win.
    assert!(with.power_to_act > without.power_to_act);
    let germany = with.members[codes.split(' ').position(|code| code == "DEU").unwrap()];
    assert!((0.10..0.13).contains(&germany.banzhaf.unwrap()), "{germany:?}");
}

/// All coalitions.
fn brute(game: &Game) -> Indices {
    let n = game.n;
    let wins: Vec<bool> = (0..1_usize << n)
        .map(|set| {
            let yes: Vec<bool> = (0..n).map(|at| set >> at & 1 == 1).collect();
            game.is_enough(&yes) && (0..n).all(|at| yes[at] || !game.veto[at])
        })
        .collect();
    let factorial: Vec<f64> = (0..=n)
        .scan(1.0, |f, k| {
            *f *= (k as f64).max(1.0);
            Some(*f)
        })
        .collect();
    let winning = wins.iter().filter(|wins| **wins).count() as f64;
    let all = wins.len() as f64;
    let mut swings = vec![0.0; n];
    let mut pivots = vec![0.0; n];
    for at in 0..n {
        for set in (0..1_usize << n).filter(|set| set >> at & 1 == 0 && wins[set | 1 << at] && !wins[*set]) {
            let size = set.count_ones() as usize;
            swings[at] += 1.0;
            pivots[at] += factorial[size] * factorial[n - 1 - size] / factorial[n];
        }
    }
    let total: f64 = swings.iter().sum();
    let over = |a: f64, b: f64| (b > 0.0).then(|| a / b);
    Indices {
        power_to_act: winning / all,
        members: (0..n)
            .map(|at| power::MemberPower {
                banzhaf_absolute: swings[at] / (all / 2.0),
                banzhaf: over(swings[at], total),
                shapley_shubik: pivots[at],
                prevent: over(swings[at], winning),
                initiate: over(swings[at], all - winning),
            })
            .collect(),
        method: Method::DecisionDiagram,
        relative_error: 0.0,
    }
}

fn same(found: &Indices, expected: &Indices, tolerance: f64) {
    close(found.power_to_act, expected.power_to_act, tolerance, "power to act");
    for (at, (found, expected)) in found.members.iter().zip(&expected.members).enumerate() {
        close(found.banzhaf_absolute, expected.banzhaf_absolute, tolerance, &format!("absolute Banzhaf of {at}"));
        close(found.shapley_shubik, expected.shapley_shubik, tolerance, &format!("Shapley–Shubik of {at}"));
        for (found, expected) in
            [(found.banzhaf, expected.banzhaf), (found.prevent, expected.prevent), (found.initiate, expected.initiate)]
        {
            assert_eq!(found.is_some(), expected.is_some());
            // Quotients of what is small: an error of the parts counts for more.
            close(found.unwrap_or(0.0), expected.unwrap_or(0.0), 100.0 * tolerance, &format!("share of {at}"));
        }
    }
}

/// Criteria of whole or real weights, vetoes, a blocking minority.
fn games(most: usize) -> impl Strategy<Value = Game> {
    let criterion = |n: usize| {
        let weights = prop_oneof![
            prop::collection::vec((0..20_u32).prop_map(f64::from), n),
            prop::collection::vec(0.0..1000.0_f64, n),
            prop::collection::vec((0..5_000_000_u32).prop_map(f64::from), n),
            Just(vec![1.0; n]),
        ];
        (weights, 0.0..1.1_f64, any::<bool>())
    };
    (1..=most)
        .prop_flat_map(move |n| {
            (
                prop::collection::vec(criterion(n), 0..4),
                prop::collection::vec(prop::bool::weighted(0.15), n),
                prop::option::weighted(0.4, 1..=n + 1),
            )
        })
        .prop_filter_map("weights are all zero", |(criteria, veto, minority)| {
            let thresholds = criteria.into_iter().map(|(weights, share, strict)| {
                let total: f64 = weights.iter().sum();
                // Whole quotas for whole weights now and then, so that strict and reached differ.
                let quota = if total.fract() == 0.0 { (share * total).round() } else { share * total };
                power::threshold(weights, quota, strict)
            });
            Game::new(thresholds.collect(), veto, minority).ok()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn fast_indices_agree_with_all_coalitions(game in games(12)) {
        same(&power::indices(&game).unwrap(), &brute(&game), 1e-12);
    }

    #[test]
    fn generating_functions_agree_with_diagrams(
        weights in prop::collection::vec(0..40_u32, 2..60), share in 0.3..0.95_f64,
        veto in prop::collection::vec(prop::bool::weighted(0.05), 60),
    ) {
        // Equal weights would only be a number of members.
        prop_assume!(weights.iter().any(|weight| *weight != weights[0]));
        let weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
        let total: f64 = weights.iter().sum();
        let n = weights.len();
        let criterion = power::threshold(weights, share * total, false);
        let one = Game::new(vec![criterion.clone()], veto[..n].to_vec(), None).unwrap();
        // A second criterion that is always met keeps the first method away.
        let idle = Threshold::new((0..n).map(|at| if at == 0 { 1.0 } else { 0.5 }).collect(), 0.0, false);
        let two = Game::new(vec![criterion, idle], veto[..n].to_vec(), None).unwrap();
        let (first, second) = (power::indices(&one).unwrap(), power::indices(&two).unwrap());
        prop_assert_eq!(second.method, Method::DecisionDiagram);
        // Where the first cannot tell the indices precisely, the second answers for both.
        prop_assume!(first.method == Method::GeneratingFunctions);
        same(&first, &second, 1e-12);
    }

    /// A number of members beside one weight, with a blocking minority or without, of more members than can be counted out.
    #[test]
    fn a_number_beside_a_weight_agrees_with_diagrams(
        weights in prop::collection::vec(0..40_u32, 2..70), share in 0.2..0.95_f64, least in 0.0..0.9_f64,
        minority in prop::option::weighted(0.4, 1..6_usize), veto in prop::collection::vec(prop::bool::weighted(0.05), 70),
    ) {
        // Equal weights would only be a number of members.
        prop_assume!(weights.iter().any(|weight| *weight != weights[0]));
        let weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
        let total: f64 = weights.iter().sum();
        let n = weights.len();
        let count = power::threshold(vec![1.0; n], (least * f64::from(u32::try_from(n).unwrap())).round(), false);
        let criterion = power::threshold(weights, (share * total).round(), false);
        let idle = Threshold::new((0..n).map(|at| if at == 0 { 1.0 } else { 0.5 }).collect(), 0.0, false);
        let game = |criteria: Vec<Threshold>| Game::new(criteria, veto[..n].to_vec(), minority).unwrap();
        let first = power::indices(&game(vec![criterion.clone(), count.clone()])).unwrap();
        let second = power::indices(&game(vec![criterion, count, idle])).unwrap();
        prop_assert_eq!(second.method, Method::DecisionDiagram);
        prop_assume!(first.method == Method::GeneratingFunctions);
        same(&first, &second, 1e-12);
    }

    #[test]
    fn laws_of_every_game(game in games(9), dummy in 0..10_usize) {
        let found = power::indices(&game).unwrap();
        let sum: f64 = found.members.iter().map(|member| member.shapley_shubik).sum();
        prop_assert!((sum - sum.round()).abs() < 1e-12);
        // Symmetry: equal members have equal power. Monotony: more weight on everything is not less power.
        for a in 0..game.n {
            for b in 0..game.n {
                let not_less = game.criteria.iter().all(|criterion| criterion.weights[a] >= criterion.weights[b]);
                if not_less && game.veto[a] >= game.veto[b] {
                    let (a, b) = (&found.members[a], &found.members[b]);
                    prop_assert!(a.banzhaf_absolute >= b.banzhaf_absolute - 1e-14);
                    prop_assert!(a.shapley_shubik >= b.shapley_shubik - 1e-14);
                }
            }
        }
        // A member without weight changes nothing, where no rule counts heads.
        if game.least_yes == 0 && game.blocking_minority.is_none() {
            let mut larger = game.clone();
            let at = dummy.min(game.n);
            larger.n += 1;
            larger.veto.insert(at, false);
            for criterion in &mut larger.criteria {
                criterion.weights.insert(at, 0.0);
            }
            let mut with = power::indices(&larger).unwrap();
            let added = with.members.remove(at);
            prop_assert_eq!((added.banzhaf_absolute, added.shapley_shubik), (0.0, 0.0));
            same(&with, &found, 1e-12);
        }
    }

    #[test]
    fn nothing_is_ever_not_a_number(game in games(6)) {
        let found = power::indices(&game).unwrap();
        prop_assert!(found.power_to_act.is_finite() && found.relative_error <= 1e-9);
        for member in &found.members {
            prop_assert!((0.0..=1.0).contains(&member.banzhaf_absolute));
            prop_assert!((-1e-15..=1.0 + 1e-12).contains(&member.shapley_shubik));
        }
    }
}

#[test]
fn a_feather_beside_giants_keeps_its_digits() {
    let mut weights: Vec<f64> = (0..100).map(|at| f64::from(10_000 + 37 * at)).collect();
    weights.push(1.0);
    let quota = (weights.iter().sum::<f64>() / 2.0).floor() + 1.0;
    let found = power::indices(&game(&weights, quota)).unwrap();
    assert!(found.relative_error <= 1e-9, "{}", found.relative_error);
    let feather = found.members[100];
    assert!(feather.banzhaf_absolute > 0.0 && feather.banzhaf_absolute < 1e-3, "{feather:?}");
}

/// Where the veto holders agree the rule nearly always passes: the chances given a yes and given a no are equal in their
/// first ten digits.
#[test]
fn swings_that_a_difference_would_not_tell_are_summed() {
    let weights = [
        2, 12, 11, 13, 36, 8, 26, 22, 28, 24, 32, 28, 23, 34, 37, 27, 38, 31, 9, 12, 6, 4, 2, 27, 10, 28, 24, 5, 6, 20,
        26, 28, 27, 5, 8, 24, 10, 32, 35, 30, 23, 33, 1, 23, 22, 33, 33, 25, 1, 18, 30, 16, 5, 24, 5, 30, 2, 5, 27,
    ];
    let weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
    let criterion = power::threshold(weights.clone(), 0.300_345_124_305_445_8 * weights.iter().sum::<f64>(), false);
    let n = weights.len();
    let idle = Threshold::new((0..n).map(|at| if at == 0 { 1.0 } else { 0.5 }).collect(), 0.0, false);
    let veto: Vec<bool> = (0..n).map(|at| [4, 7, 25, 28, 36, 37, 41, 50].contains(&at)).collect();
    let one = power::indices(&Game::new(vec![criterion.clone()], veto.clone(), None).unwrap()).unwrap();
    let two = power::indices(&Game::new(vec![criterion, idle], veto, None).unwrap()).unwrap();
    assert_eq!((one.method, two.method), (Method::GeneratingFunctions, Method::DecisionDiagram));
    for (one, two) in one.members.iter().zip(&two.members) {
        assert!((one.banzhaf_absolute / two.banzhaf_absolute - 1.0).abs() < 1e-9);
        assert!((one.shapley_shubik / two.shapley_shubik - 1.0).abs() < 1e-9);
    }
}

#[test]
fn what_cannot_be_done_is_refused_in_words() {
    let weights: Vec<f64> = (0..190).map(|at| 1e9 + f64::from(at * at * 7919)).collect();
    let error = power::indices(&game(&weights, 1e11)).unwrap_err();
    assert!(matches!(error, PowerError::TooLarge { members: 190, criteria: 1, counts: false, .. }));
    assert!(error.to_string().contains("190 members with 1 weighted criterion whose whole weights total "), "{error}");
    // Two criteria, and a number of members beside one that leaves too much to be missing: refused at once.
    let count = power::threshold(vec![1.0; 190], 96.0, false);
    let votes: Vec<f64> = imf().into_iter().map(|(_, votes)| votes).collect();
    let half = power::threshold(votes.clone(), 0.5 * 5_039_930.0, true);
    let other = power::threshold(weights, 1e11, false);
    for (criteria, words) in [
        (vec![half.clone(), count.clone()], "190 members with 1 weighted criterion beside a number of members. Exact"),
        (vec![half, other, count], "190 members with 2 weighted criteria beside a number of members. Exact"),
    ] {
        let error = power::indices(&Game::new(criteria, vec![false; 190], None).unwrap()).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    for (text, words) in [
        (json!({"members": []}), "members"),
        (json!({"members": [{"id": "A"}], "criteria": [{"quota": 1}]}), "“A” has 0 weights, but there is 1 criterion"),
        (json!({"members": [{"id": "A"}]}), "criteria"),
        (json!({"members": [{"id": "A"}], "veto": ["B"]}), "“B”"),
        (json!({"members": [{"id": "A", "weights": [-1]}], "criteria": [{"quota": 1}]}), "-1"),
        (json!({"members": [{"id": "A", "weights": [0]}], "criteria": [{"quota": 1}]}), "criterion 1"),
        (json!({"members": [{"id": "A", "weights": [1]}], "criteria": [{"qouta": 1}]}), "qouta"),
        (json!({"members": [{"id": "A"}, {"id": "A"}], "veto": ["A"]}), "twice"),
    ] {
        let Err(error) = parse_game(&text.to_string()) else { panic!("{text} was accepted") };
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn the_command_line_form_is_read_and_answered() {
    let text = json!({
        "members": [{"id": "A", "weights": [50.5]}, {"id": "B", "weights": [49]}, {"id": "C", "weights": [1]}],
        "criteria": [{"quota": 50.25, "strict": true}],
    });
    let named = parse_game(&text.to_string()).unwrap();
    let found = serde_json::to_value(answer(&named, &power::indices(&named.game).unwrap())).unwrap();
    assert_eq!(found["power_to_act"], 0.5);
    assert_eq!(found["members"][0]["id"], "A");
    assert_eq!(found["members"][0]["banzhaf"], 1.0);
    assert_eq!(found["members"][1]["shapley_shubik"], 0.0);
    let never = json!({"members": [{"id": "A", "weights": [1]}], "criteria": [{"quota": 2}]});
    let named = parse_game(&never.to_string()).unwrap();
    let found = serde_json::to_value(answer(&named, &power::indices(&named.game).unwrap())).unwrap();
    assert!(found["members"][0]["prevent"].is_null() && found["members"][0]["banzhaf"].is_null());
    // Nobody is ever decisive: zero, not −0.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game.json");
    for quota in [9, 0] {
        let members = json!([{"id": "A", "weights": [1]}, {"id": "B", "weights": [3]}, {"id": "C", "weights": [2.5]}]);
        std::fs::write(&path, json!({"members": members, "criteria": [{"quota": quota}]}).to_string()).unwrap();
        for as_json in [false, true] {
            let text = convenor::app::cli::power::run(&Options { game: path.clone(), json: as_json }).unwrap();
            assert!(text.contains("0.0") && !text.contains("-0"), "{text}");
        }
    }
}

/// What a refusal says would be possible is.
#[test]
fn a_refusal_says_up_to_which_total_it_would_be_exact() {
    let weights =
        |scale: f64| -> Vec<f64> { (0..200).map(|at| (scale * f64::from(1 + at % 50)).floor().max(1.0)).collect() };
    let heavy = weights(1e6 / 3.0);
    let PowerError::TooLarge { total: Some([total, possible]), .. } = power::indices(&game(&heavy, 1e9)).unwrap_err()
    else {
        panic!("too large in another way")
    };
    assert!(possible < total && possible > 100_000, "{possible} of {total}");
    #[allow(clippy::cast_precision_loss)]
    let scale = possible as f64 / total as f64;
    let light = weights(scale * 1e6 / 3.0);
    let sum: f64 = light.iter().sum();
    assert!(power::banzhaf(&game(&light, (sum / 2.0).ceil())).is_ok());
}
