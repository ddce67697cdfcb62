//! Workspaces and JSON values at random.

use std::collections::BTreeMap;
use std::sync::Arc;

use convenor::data::CountryId;
use convenor::model::{
    Assumptions, Basis, Burden, Criterion, CustomRule, DecisionRule, Extra, Form, Grouping, GroupingId, Issue, Mandate,
    NamedRule, Of, Own, Place, Question, QuestionId, Role, Seat, Share, Slide, SlideFigure, SlideId, SlideKind, Stance,
    UnitCosts, Veto, View, Weights, WhipRow, Workspace,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

/// Any JSON value, not too deep.
pub fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-10_i32..10).prop_map(Value::from),
        prop::num::f64::NORMAL.prop_map(Value::from),
        (-2.0..2.0).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        select(vec!["NOR", "all", "consensus", "members", "1/2", "QQQ", "trade", "gdp"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let key = prop_oneof![
            "[a-z]{1,5}",
            select(vec!["criteria", "veto", "custom", "country", "share", "id", "name", "light"])
                .prop_map(str::to_owned),
        ];
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key, inner), 0..4).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn extra() -> impl Strategy<Value = Extra> {
    let fields = vec(("later_[a-z]{1,6}", json()), 0..3);
    prop_oneof![
        3 => Just(Extra::default()),
        1 => fields.prop_map(|fields| Extra(fields.into_iter().collect::<Map<String, Value>>())),
    ]
}

fn country() -> impl Strategy<Value = CountryId> {
    select(vec!["NOR", "CHL", "USA", "CHN", "FRA", "FJI", "RUS", "GBR", "IND", "KEN"])
        .prop_map(|code| code.parse().unwrap())
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-z“”é]\\PC{0,15}"
}

fn amounts() -> impl Strategy<Value = BTreeMap<CountryId, f64>> {
    btree_map(country(), 0.0..1e9, 0..4)
}

fn share() -> impl Strategy<Value = Share> {
    prop_oneof![
        (0.0..=1.0).prop_map(Share::Number),
        (1_u32..100).prop_flat_map(|below| (0..=below, Just(below))).prop_map(|(a, b)| Share::Fraction(a, b)),
    ]
}

fn criterion() -> impl Strategy<Value = Criterion> {
    (select(Basis::ALL.to_vec()), share(), select(Of::ALL.to_vec()), any::<bool>(), amounts(), extra())
        .prop_map(|(basis, share, of, strict, custom, extra)| Criterion { basis, share, of, strict, custom, extra })
}

fn rule() -> impl Strategy<Value = DecisionRule> {
    let veto = prop_oneof![Just(Veto::None), Just(Veto::All), vec(country(), 1..4).prop_map(Veto::List)];
    let custom = (vec(criterion(), 0..4), veto, option::of(any::<u32>()), extra())
        .prop_map(|(criteria, veto, blocking_minority, extra)| CustomRule { criteria, veto, blocking_minority, extra });
    prop_oneof![
        select(NamedRule::ALL.to_vec()).prop_map(DecisionRule::Named),
        custom.prop_map(|rule| DecisionRule::Custom(Box::new(rule))),
    ]
}

fn seats() -> impl Strategy<Value = Vec<Seat>> {
    let backing = prop_oneof![Just(1.0), 1e-6..=1.0];
    let rest = (select(Role::ALL.to_vec()), backing, extra());
    btree_map(country(), rest, 0..8).prop_map(|seats| {
        seats.into_iter().map(|(country, (role, backing, extra))| Seat { country, role, backing, extra }).collect()
    })
}

fn grouping() -> impl Strategy<Value = Grouping> {
    let mandate = (1_u32.., option::of(1_u32..)).prop_map(|(questions, months)| Mandate { questions, months });
    let what = (select(Issue::ALL.to_vec()), rule(), mandate, select(Form::ALL.to_vec()));
    (words(), seats(), what, ".{0,20}", extra(), own()).prop_map(
        |(name, seats, (issue, rule, mandate, form), notes, extra, own)| Grouping {
            own,
            seats,
            issue,
            rule,
            mandate,
            form,
            notes,
            extra,
            ..Grouping::new(GroupingId(0), name, 0)
        },
    )
}

fn stance() -> impl Strategy<Value = Option<Stance>> {
    let chances = (0.0..=1.0_f64, 0.0..=1.0_f64).prop_map(|(yes, no)| Some(Stance::Chances(yes, (1.0 - yes) * no)));
    prop_oneof![Just(None), select(Stance::NAMED.map(Some).to_vec()), chances]
}

/// Questions of the user's own.
fn questions() -> impl Strategy<Value = Vec<Arc<Question>>> {
    let row = (stance(), ".{0,12}", ".{0,8}", ".{0,8}", extra())
        .prop_map(|(stance, note, contact, date, extra)| WhipRow { stance, note, contact, date, extra });
    let question = (words(), prop_oneof![Just(1.0), 1e-3..1e3], btree_map(country(), row, 0..5), extra());
    vec(question, 0..3).prop_map(|list| {
        let with_id = |(at, (title, weight, stances, extra)): (usize, _)| {
            Arc::new(Question { id: QuestionId(u32::try_from(at).unwrap() + 1), title, weight, stances, extra })
        };
        list.into_iter().enumerate().map(with_id).collect()
    })
}

fn own() -> impl Strategy<Value = Own> {
    let ids = btree_set(1_u32..5, 0..3).prop_map(|ids| ids.into_iter().map(QuestionId).collect());
    (ids, any::<bool>()).prop_map(|(questions, alone)| Own { questions, alone })
}

fn groupings() -> impl Strategy<Value = Vec<Arc<Grouping>>> {
    (vec(grouping(), 0..5), btree_set(0..u32::MAX, 5), btree_set(any::<u8>(), 5)).prop_map(|(list, ids, colours)| {
        let own = ids.into_iter().zip(colours);
        let with_own = |(grouping, (id, colour))| Arc::new(Grouping { id: GroupingId(id), colour, ..grouping });
        list.into_iter().zip(own).map(with_own).collect()
    })
}

fn burden() -> impl Strategy<Value = Burden> {
    prop_oneof![Just(Burden::Assessment), Just(Burden::Equal), Just(Burden::Gdp), amounts().prop_map(Burden::Custom),]
}

fn weights() -> impl Strategy<Value = Weights> {
    (0.1..2.0, [0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0]).prop_map(|(people, rest)| {
        let [regions, accountability, parity, convenor, capability, independence] = rest;
        Weights { people, regions, accountability, parity, convenor, capability, independence }
    })
}

fn assumptions() -> impl Strategy<Value = Assumptions> {
    let poles = select(vec![["USA", "CHN"], ["FRA", "RUS"]]).prop_map(|poles| poles.map(|id| id.parse().unwrap()));
    let capitals = (country(), poles, country());
    let numbers = (0.0..=1.0, 1e-3..1e3, 0.0..=1.0, 0.0..10.0, 0.0..1.0, 1.0..1e9, 0.0..10.0);
    let programme = btree_map(select(Issue::ALL.to_vec()), 1e-3..1e9, 0..3);
    let costs =
        (0.0..10.0, 0.0..10.0, 0.0..100.0).prop_map(|(ad_hoc, light, standing)| UnitCosts { ad_hoc, light, standing });
    let draws = (any::<bool>(), 1_u32..=10_000, any::<u64>());
    let extras = (extra(), extra(), extra(), questions());
    let some = (capitals, numbers, programme, burden(), costs, weights(), draws, extras).prop_map(
        |(capitals, numbers, programme, burden, unit_costs, weights, draws, extras)| {
            let (sponsor, poles, rival) = capitals;
            let (
                model_share,
                half_life,
                related_weight,
                pair_cost,
                hub_factor,
                small_population,
                equidistance_steepness,
            ) = numbers;
            let (a_priori, draws, seed) = draws;
            let (extra, unit_costs_extra, weights_extra, questions) = extras;
            Assumptions {
                sponsor,
                poles,
                rival,
                model_share,
                half_life,
                related_weight,
                a_priori,
                programme,
                burden,
                unit_costs,
                pair_cost,
                hub_factor,
                weights,
                small_population,
                equidistance_steepness,
                draws,
                seed,
                questions,
                extra,
                unit_costs_extra,
                weights_extra,
            }
        },
    );
    prop_oneof![Just(Assumptions::default()), some]
}

fn figure() -> impl Strategy<Value = SlideFigure> {
    (option::of(0..u32::MAX), select(vec!["deadlock", "cost"]), option::of(-1e3..1e3), option::of((0.0..1e2, 0.0..1e2)))
        .prop_map(|(of, measure, value, range)| SlideFigure {
            of: of.map(GroupingId),
            measure: measure.to_owned(),
            value,
            low: range.map(|range| range.0),
            high: range.map(|range| range.1),
        })
}

fn slides() -> impl Strategy<Value = Vec<Arc<Slide>>> {
    let texts = [".{0,20}", ".{0,20}", ".{0,20}"];
    let view = (any::<bool>(), option::of(0..u32::MAX)).prop_map(|(record, selected)| View {
        place: if record { Place::Record } else { Place::Board },
        selected: selected.map(GroupingId),
        ..View::default()
    });
    let what = (select(SlideKind::ALL.to_vec()), any::<bool>(), any::<bool>(), select(vec!["", "deadlock"]));
    let one = (what, texts, groupings(), assumptions(), view, vec(figure(), 0..3), extra()).prop_map(
        |(
            (kind, own_title, hides_figures, chart),
            [title, caption, notes],
            groupings,
            assumptions,
            view,
            figures,
            extra,
        )| {
            Slide {
                id: SlideId(0),
                kind,
                title,
                own_title,
                caption,
                notes,
                hides_figures,
                groupings,
                assumptions: Arc::new(assumptions),
                view,
                chart: chart.to_owned(),
                baseline: "g20".to_owned(),
                figures,
                data: "2024-12-31".to_owned(),
                extra,
            }
        },
    );
    (vec(one, 0..3), btree_set(0..u32::MAX, 3)).prop_map(|(list, ids)| {
        list.into_iter().zip(ids).map(|(slide, id)| Arc::new(Slide { id: SlideId(id), ..slide })).collect()
    })
}

/// Any workspace that the program could have made.
pub fn workspace() -> impl Strategy<Value = Workspace> {
    let texts = [".{0,20}", ".{0,20}", ".{0,20}"];
    (words(), texts, assumptions(), groupings(), slides(), extra()).prop_map(
        |(title, [notes, organisation, handling], assumptions, groupings, slides, extra)| Workspace {
            title,
            notes,
            assumptions: Arc::new(assumptions),
            groupings,
            slides,
            organisation,
            handling,
            extra,
        },
    )
}
