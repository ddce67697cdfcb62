//! The engine's rows of the performance budget. `cargo bench --bench engine`, optionally with part of a name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../common/engine.rs"]
mod engine;

use convenor::analysis::suggest::{Target, suggest};
use convenor::analysis::{Case, Game, Report, explain, power, whatif};
use convenor::model::{
    Assumptions, Basis, Criterion, CustomRule, DecisionRule, Grouping, GroupingId, NamedRule, Role, Seat, Share,
};
use divan::Bencher;
use engine::engine;

fn main() {
    divan::main();
}

/// The G20 of 2021 and Norway.
const TWENTY: [&str; 20] = [
    "ARG", "AUS", "BRA", "CAN", "CHN", "FRA", "DEU", "IND", "IDN", "ITA", "JPN", "MEX", "RUS", "SAU", "ZAF", "KOR",
    "TUR", "GBR", "USA", "NOR",
];

/// Who tables: Norway, or every member in turn.
#[derive(Clone, Copy, Debug)]
enum Convening {
    Norway,
    Nobody,
}

fn case(rule: DecisionRule, convening: Convening, codes: &[&str], assumptions: &Assumptions) -> Case {
    let mut grouping = Grouping::new(GroupingId(1), "twenty", 0);
    grouping.rule = rule;
    let role = |code: &str| match convening {
        Convening::Norway if code == "NOR" => Role::Convenor,
        _ => Role::Member,
    };
    grouping.seats = codes.iter().map(|code| Seat::new(code.parse().unwrap(), role(code))).collect();
    Case::of(&engine().atlas, &grouping, assumptions)
}

fn consensus(convening: Convening) -> Case {
    case(DecisionRule::Named(NamedRule::Consensus), convening, &TWENTY, &Assumptions::default())
}

/// Half the members and 85 % of the GDP.
fn weighted(convening: Convening) -> Case {
    let criteria =
        vec![Criterion::new(Basis::Members, Share::Fraction(1, 2)), Criterion::new(Basis::Gdp, Share::Number(0.85))];
    let rule = CustomRule { criteria, ..CustomRule::default() };
    case(DecisionRule::Custom(Box::new(rule)), convening, &TWENTY, &Assumptions::default())
}

const BOTH: [Convening; 2] = [Convening::Norway, Convening::Nobody];

/// Budget: 1 ms.
#[divan::bench(args = BOTH)]
fn edit_to_estimates(bencher: Bencher, convening: Convening) {
    let case = consensus(convening);
    bencher.bench(|| engine().report(&case));
}

/// Budget: 50 ms.
#[divan::bench(args = BOTH)]
fn edit_to_estimates_weighted(bencher: Bencher, convening: Convening) {
    let case = weighted(convening);
    bencher.bench(|| engine().report(&case));
}

/// All UN members, every one of them a convenor, then none. Budget: 60 ms.
#[divan::bench(args = [(NamedRule::SimpleMajority, true), (NamedRule::PresentAndVoting, true), (NamedRule::PresentAndVoting, false), (NamedRule::EuQualifiedMajority, true), (NamedRule::EuQualifiedMajority, false)])]
fn edit_to_estimates_of_the_world(bencher: Bencher, (rule, convene): (NamedRule, bool)) {
    let members = engine().atlas.countries.iter().filter(|country| country.is_un_member());
    let mut grouping = Grouping::new(GroupingId(1), "world", 0);
    let role = if convene { Role::Convenor } else { Role::Member };
    grouping.seats = members.map(|country| Seat::new(country.id, role)).collect();
    grouping.rule = DecisionRule::Named(rule);
    let case = Case::of(&engine().atlas, &grouping, &Assumptions::default());
    bencher.bench(|| engine().report(&case));
}

/// An assumption that touches all twenty groupings: the vote table anew, and twenty reports. Budget: 15 ms.
#[divan::bench(args = [false, true])]
fn assumption_touches_twenty_groupings(bencher: Bencher, weighted_rules: bool) {
    let mut share = 0.05;
    bencher.bench_local(|| {
        // Another vote table each time, as under a slider.
        share += 1e-9;
        let assumptions = Assumptions { model_share: share, ..Assumptions::default() };
        let groupings = (0..20).map(|left_out| {
            let codes: Vec<&str> = (0..20).filter(|at| *at != left_out).map(|at| TWENTY[at]).collect();
            let rule = if weighted_rules { NamedRule::EuQualifiedMajority } else { NamedRule::Consensus };
            let convening = if left_out % 2 == 0 { Convening::Norway } else { Convening::Nobody };
            engine().report(&case(DecisionRule::Named(rule), convening, &codes, &assumptions))
        });
        groupings.collect::<Vec<Report>>()
    });
}

/// All two hundred actors, as a member and as a convenor. Budget: 3 ms.
#[divan::bench(args = BOTH)]
fn what_if_additions(bencher: Bencher, convening: Convening) {
    let case = consensus(convening);
    bencher.bench(|| whatif::additions(engine(), &case));
}

/// Budget: 200 ms.
#[divan::bench(args = BOTH)]
fn what_if_additions_weighted(bencher: Bencher, convening: Convening) {
    let case = weighted(convening);
    bencher.bench(|| whatif::additions(engine(), &case));
}

/// Additions, removals, convenors.
#[divan::bench(args = BOTH)]
fn what_if_everything(bencher: Bencher, convening: Convening) {
    let case = consensus(convening);
    bencher.bench(|| whatif::all(engine(), &case));
}

#[divan::bench]
fn explanations(bencher: Bencher) {
    let case = consensus(Convening::Nobody);
    let report = engine().report(&case);
    bencher.bench(|| {
        let noes = explain::decisive_noes(engine(), &case);
        let failing = explain::failing(engine(), &case);
        (noes, failing, explain::waterfalls(engine(), &case, &report), explain::contributions(engine(), &case))
    });
}

/// What every letter typed into a search costs: all actors ranked. Budget: a tenth of a frame, 0.4 ms.
#[divan::bench(args = ["a", "republic of", "Korea, Rep.", "kingdom of the united"])]
fn ranking_of_all_actors(bencher: Bencher, text: &str) {
    bencher.bench(|| engine().atlas.names.ranked(text));
}

#[divan::bench]
fn suggestion(bencher: Bencher) {
    let case = consensus(Convening::Nobody);
    let target = Target { deadlock_below: Some(20.0), reach_above: Some(40.0), ..Target::default() };
    bencher.bench(|| suggest(engine(), &case, &target, &[]));
}

/// 190 members, 5,039,930 votes, a majority of the votes.
fn monetary_fund() -> Game {
    let path = format!("{}/assets/data/imf_votes.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let votes: Vec<f64> = reader.records().map(|row| row.unwrap()[1].parse().unwrap()).collect();
    let half = votes.iter().sum::<f64>() / 2.0;
    let n = votes.len();
    Game::new(vec![power::threshold(votes, half, true)], vec![false; n], None).unwrap()
}

/// Budget: 0.3 s.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn banzhaf_monetary_fund(bencher: Bencher) {
    let game = monetary_fund();
    bencher.bench(|| power::banzhaf(&game));
}

/// Banzhaf and Shapley–Shubik. Budget: 4 s, under 200 MB.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn all_indices_monetary_fund(bencher: Bencher) {
    let game = monetary_fund();
    bencher.bench(|| power::indices(&game));
}

/// Three fifths of the members with 85 % of the votes. Budget: 20 s.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn all_indices_amendment_of_the_monetary_fund(bencher: Bencher) {
    let votes = monetary_fund().criteria.remove(0).weights;
    let quota = 0.85 * votes.iter().sum::<f64>();
    let n = votes.len();
    let criteria =
        vec![power::threshold(votes, quota, false), power::threshold(vec![1.0; n], (0.6 * 190.0_f64).round(), false)];
    let game = Game::new(criteria, vec![false; n], None).unwrap();
    bencher.bench(|| power::indices(&game));
}

/// 55 % of states, 65 % of people to the person, four-state clause. Budget: 2 s.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn all_indices_council_of_ministers(bencher: Bencher) {
    const STATES: [&str; 27] = [
        "AUT", "BEL", "BGR", "HRV", "CYP", "CZE", "DNK", "EST", "FIN", "FRA", "DEU", "GRC", "HUN", "IRL", "ITA", "LVA",
        "LTU", "LUX", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "ESP", "SWE",
    ];
    let rule = DecisionRule::Named(NamedRule::EuQualifiedMajority);
    let case = case(rule, Convening::Nobody, &STATES, &Assumptions::default());
    bencher.bench(|| explain::indices(engine(), &case));
}
