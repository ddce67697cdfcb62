//! What-if rows, suggestions and explanations against reports from scratch.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use convenor::analysis::whatif::{self, Estimates, Move, Row};
use convenor::analysis::{Case, measures};
use convenor::data::CountryId;
use convenor::model::{
    Assumptions, Basis, Burden, Criterion, CustomRule, DecisionRule, Grouping, GroupingId, Issue, NamedRule, Role,
    Seat, Share, Veto,
};
use engine::engine;
use proptest::prelude::*;

fn id(actor: usize) -> CountryId {
    engine().atlas.countries[actor].id
}

fn scratch(case: &Case) -> Estimates {
    Estimates::of(&engine().report(case))
}

fn agree(found: &Estimates, expected: &Estimates, what: &str) {
    for measure in measures::ALL {
        match (found.get(measure), expected.get(measure)) {
            (Ok(found), Ok(expected)) => {
                assert!(found.is_finite(), "{what}: {} is {found}", measure.name);
                let off = (found - expected).abs();
                assert!(off <= 1e-10, "{what}: {} is {found} instead of {expected}", measure.name);
            }
            (found, expected) => assert_eq!(found, expected, "{what}: {}", measure.name),
        }
    }
}

/// Rows against cases built from scratch; every `step`-th of them.
fn check(case: &Case, rows: &[Row], step: usize) {
    for row in rows.iter().step_by(step) {
        let after = row.change.applied(case).unwrap();
        agree(&row.estimates, &scratch(&after), &format!("{} in {case:?}", row.change.words(&engine().atlas)));
    }
}

fn rules() -> impl Strategy<Value = DecisionRule> {
    let basis = prop::sample::select(vec![Basis::Members, Basis::Population, Basis::Gdp, Basis::Assessment]);
    let share = prop_oneof![
        2 => (0.0..=1.0_f64).prop_map(Share::Number),
        1 => prop::sample::select(vec![(1, 2), (2, 3), (1, 1)]).prop_map(|(above, below)| Share::Fraction(above, below)),
    ];
    let criterion = (basis, share, any::<bool>(), any::<bool>()).prop_map(|(basis, share, strict, voting)| {
        let criterion = Criterion::new(basis, share);
        let criterion = if strict { criterion.exceeded() } else { criterion };
        if voting { criterion.of_those_voting() } else { criterion }
    });
    let veto = prop_oneof![
        Just(Veto::None),
        Just(Veto::All),
        prop::collection::vec(0..200_usize, 1..40)
            .prop_map(|holders| Veto::List(holders.into_iter().map(id).collect())),
    ];
    let custom = (prop::collection::vec(criterion, 0..3), veto, prop::option::weighted(0.3, 0..6_u32)).prop_map(
        |(criteria, veto, blocking_minority)| {
            DecisionRule::Custom(Box::new(CustomRule { criteria, veto, blocking_minority, ..CustomRule::default() }))
        },
    );
    prop_oneof![prop::sample::select(NamedRule::ALL.to_vec()).prop_map(DecisionRule::Named), custom]
}

prop_compose! {
    fn cases(most: usize)(
        actors in prop::collection::btree_set(0..engine().atlas.countries.len(), 0..=most),
        convening in prop::collection::vec(prop::bool::weighted(0.2), most),
        backing in prop::collection::vec(prop_oneof![3 => Just(1.0), 1 => 0.01..1.0_f64], most),
        anybody in any::<bool>(),
        issue in prop::sample::select(Issue::ALL.to_vec()),
        rule in rules(),
        questions in 1..4_u32,
        a_priori in prop::bool::weighted(0.1),
        burden in prop::sample::select(vec![Burden::Assessment, Burden::Equal, Burden::Gdp]),
    ) -> Case {
        let mut grouping = Grouping::new(GroupingId(1), "random", 0);
        grouping.issue = issue;
        grouping.rule = rule;
        grouping.mandate.questions = questions;
        grouping.seats = actors.into_iter().enumerate().map(|(at, actor)| {
            let role = if anybody && convening[at] { Role::Convenor } else { Role::Member };
            Seat { backing: backing[at], ..Seat::new(id(actor), role) }
        }).collect();
        let assumptions = Assumptions { a_priori, burden, ..Assumptions::default() };
        Case::of(&engine().atlas, &grouping, &assumptions)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn additions_agree_with_reports_from_scratch(case in cases(9), offset in 0..40_usize) {
        let rows = whatif::additions(engine(), &case);
        prop_assert_eq!(rows.len(), 2 * (engine().atlas.countries.len() - case.voters.len()));
        check(&case, &rows[offset..], 41);
    }

    #[test]
    fn removals_and_convenors_agree_with_reports_from_scratch(case in cases(9)) {
        let removals = whatif::removals(engine(), &case);
        prop_assert_eq!(removals.len(), case.voters.len());
        check(&case, &removals, 1);
        let convenors = whatif::convenors(engine(), &case);
        let only = usize::from(case.convenors().count() == 1);
        prop_assert_eq!(convenors.len(), case.voters.len() - only);
        check(&case, &convenors, 1);
    }
}

#[test]
fn moves_that_make_no_sense_are_none() {
    let case = grouping_of(&["NOR", "SWE"], NamedRule::Consensus);
    let [norway, chile] = ["NOR", "CHL"].map(|code| engine().atlas.actor(code.parse().unwrap()).unwrap());
    assert!(Move::AddMember(norway).applied(&case).is_none());
    assert!(Move::AddConvenor(norway).applied(&case).is_none());
    assert!(Move::Remove(chile).applied(&case).is_none());
    assert!(Move::Convene(chile).applied(&case).is_none());
    assert_eq!(Move::Remove(norway).applied(&case).unwrap().voters.len(), 1);
}

fn grouping_of(codes: &[&str], rule: NamedRule) -> Case {
    let mut grouping = Grouping::new(GroupingId(1), "named", 0);
    grouping.rule = DecisionRule::Named(rule);
    grouping.seats = codes.iter().map(|code| Seat::new(code.parse().unwrap(), Role::Member)).collect();
    Case::of(&engine().atlas, &grouping, &Assumptions::default())
}
