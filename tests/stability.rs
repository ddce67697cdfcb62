//! Who gains, who would leave and who would join, against every way to vote and against cases computed one by one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names, clippy::cast_precision_loss)]

#[path = "common/engine.rs"]
mod engine;

use convenor::analysis::{Case, Real, measures, stability};
use convenor::app::cli::{cases, members};
use convenor::model::{
    Assumptions, Basis, Burden, Criterion, CustomRule, DecisionRule, Grouping, GroupingId, Issue, NamedRule, Of, Role,
    Seat, Share, Veto,
};
use engine::engine;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

/// A grouping of 2 to 8 members under any kind of rule, with backing, mandate and who convenes.
fn any(rng: &mut ChaCha8Rng) -> Case {
    let countries = &engine().atlas.countries;
    let n = if rng.random_bool(0.05) { 8 } else { rng.random_range(2..=5) };
    let mut grouping = Grouping::new(GroupingId(1), "any", 0);
    grouping.issue = [Issue::Technology, Issue::Climate, Issue::Trade, Issue::Pandemic][rng.random_range(0..4)];
    let leads = rng.random_range(0..4);
    while grouping.seats.len() < n {
        let id = countries[rng.random_range(0..countries.len())].id;
        if grouping.seats.iter().all(|seat| seat.country != id) {
            let role = if grouping.seats.len() < leads { Role::Convenor } else { Role::Member };
            let backing = if rng.random_bool(0.5) { 1.0 } else { rng.random_range(0.1..1.0) };
            grouping.seats.push(Seat { backing, ..Seat::new(id, role) });
        }
    }
    let which = rng.random_range(0..NamedRule::ALL.len() + 1);
    grouping.rule = NamedRule::ALL.get(which).map_or_else(
        || {
            let mut present = Criterion::new(Basis::Population, Share::Fraction(1, 2));
            present.of = Of::Voting;
            let criteria = vec![Criterion::new(Basis::Gdp, Share::Number(0.6)), present];
            let veto = Veto::List(vec![grouping.seats[0].country]);
            DecisionRule::Custom(Box::new(CustomRule { criteria, veto, ..CustomRule::default() }))
        },
        |named| DecisionRule::Named(*named),
    );
    grouping.mandate.questions = rng.random_range(1..4);
    let burden = [Burden::Assessment, Burden::Equal, Burden::Gdp][rng.random_range(0..3)].clone();
    let assumptions = Assumptions { burden, a_priori: rng.random_bool(0.1), ..Assumptions::default() };
    Case::of(&engine().atlas, &grouping, &assumptions)
}

/// Overruled and frustrated by member, by going through every way to vote on every roll call.
fn brute(case: &Case) -> Vec<[f64; 2]> {
    let n = case.voters.len();
    let facts = engine().facts_of(case);
    let view = convenor::analysis::view::View::silent(&facts);
    let game = measures::game_of(&engine().atlas, &view, case).unwrap();
    let mut found = vec![[0.0; 2]; n];
    let mut add = |weight: f64, chances: &[[f64; 3]]| {
        for way in 0..3_usize.pow(u32::try_from(n).unwrap()) {
            let votes: Vec<usize> = (0..n).map(|at| way / 3_usize.pow(u32::try_from(at).unwrap()) % 3).collect();
            let chance: f64 = votes.iter().zip(chances).map(|(vote, chances)| chances[*vote]).product();
            if chance == 0.0 {
                continue;
            }
            let cast = |kind: usize| votes.iter().map(|vote| *vote == kind).collect::<Vec<bool>>();
            let (yes, no) = (cast(0), cast(1));
            let vetoed = no.iter().zip(&game.veto).any(|(no, veto)| *no && *veto);
            let passes = !vetoed && game.is_enough_against(&yes, &no);
            for (at, vote) in votes.iter().enumerate() {
                match (vote, passes) {
                    (1, true) => found[at][0] += weight * chance,
                    (0, false) => found[at][1] += weight * chance,
                    _ => {}
                }
            }
        }
    };
    if case.settings.a_priori {
        add(1.0, &vec![[0.5, 0.5, 0.0]; n]);
        return found;
    }
    let agenda = engine().agenda_of(case);
    let table: Vec<usize> = (0..n)
        .filter(|at| case.voters[*at].convenor || !case.is_convened())
        .filter(|at| agenda.support(case.voters[*at].actor) > 0.0)
        .collect();
    for call in 0..agenda.calls {
        let base: Vec<[f64; 3]> = case
            .voters
            .iter()
            .map(|voter| {
                let yes = voter.backing.get() * agenda.yes(voter.actor)[call];
                let no = agenda.no(voter.actor)[call];
                [yes, no, 1.0 - yes - no]
            })
            .collect();
        for &lead in &table {
            let voter = case.voters[lead];
            let weight = agenda.weights[call] * agenda.yes(voter.actor)[call] / agenda.support(voter.actor);
            let mut chances = base.clone();
            chances[lead] = [voter.backing.get(), 0.0, 1.0 - voter.backing.get()];
            add(weight / table.len() as f64, &chances);
        }
    }
    found
}

#[test]
fn what_decisions_are_to_members_is_what_going_through_every_vote_gives() {
    let mut rng = ChaCha8Rng::seed_from_u64(12);
    for round in 0..200 {
        let mut case = any(&mut rng);
        // The half-life leaves few roll calls, so that all ways to vote can be gone through.
        case.settings.votes.half_life = Real::from(0.004);
        if engine().agenda_of(&case).calls == 0 || engine().report(&case).deadlock.is_err() {
            continue;
        }
        let found = stability::outcomes(engine(), &case).unwrap();
        for (outcome, [overruled, frustrated]) in found.iter().zip(brute(&case)) {
            let context = || format!("round {round}: {outcome:?} against {overruled} and {frustrated}, {case:?}");
            assert!((outcome.overruled - overruled).abs() < 1e-9, "{}", context());
            assert!((outcome.frustrated - frustrated).abs() < 1e-9, "{}", context());
            assert!((outcome.success() - (1.0 - overruled - frustrated)).abs() < 1e-9, "{}", context());
        }
    }
}

#[test]
fn exclusion_needed_is_what_the_cases_without_each_member_give() {
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    let (mut held, mut left) = (0, 0);
    for _ in 0..200 {
        let case = any(&mut rng);
        let report = engine().settled(&case);
        let found = stability::stability(engine(), &case, &report);
        let mut most: Option<(usize, f64)> = None;
        for (at, exit) in found.exits.iter().enumerate() {
            let mut own = case.clone();
            own.settings.sponsor = engine().atlas.countries[exit.actor].id;
            let cost = engine().settled(&own).value(&measures::COST).unwrap();
            let mut without = case.clone();
            without.voters.remove(at);
            let risk = engine().settled(&without).value(&measures::DEADLOCK).map(|risk| risk / 100.0);
            assert!((exit.cost - cost).abs() < 1e-9);
            assert_eq!(exit.without.is_ok(), risk.is_ok());
            let needed = risk.ok().filter(|risk| *risk < 1.0).map(|risk| (cost / 100.0 - risk) / (1.0 - risk));
            assert_eq!(exit.needed.is_ok(), needed.is_some(), "{exit:?}");
            if let (Ok(one), Some(other)) = (exit.needed, needed) {
                assert!((one - other).abs() < 1e-7, "{one} and {other}: {case:?}");
                if most.is_none_or(|(_, most)| one > most) {
                    most = Some((exit.actor, one));
                }
            }
        }
        assert_eq!(found.exclusion_needed.ok(), most.map(|(_, most)| 100.0 * most.max(0.0)));
        assert_eq!(found.first_to_leave, most.filter(|(_, most)| *most > 0.0).map(|(actor, _)| actor));
        match found.first_to_leave {
            Some(_) => left += 1,
            None => held += 1,
        }
    }
    assert!(held > 5 && left > 5, "{held} hold anyway, {left} do not");
}

#[test]
fn joiners_are_those_for_whom_staying_out_costs_more() {
    let mut rng = ChaCha8Rng::seed_from_u64(14);
    for _ in 0..4 {
        let case = any(&mut rng);
        let report = engine().settled(&case);
        let Ok(risk) = report.value(&measures::DEADLOCK) else { continue };
        let found = stability::joiners(engine(), &case, &report, 0.4).unwrap();
        for joiner in found.iter().step_by(40) {
            let mut after = convenor::analysis::whatif::Move::AddMember(joiner.actor).applied(&case).unwrap();
            after.settings.sponsor = engine().atlas.countries[joiner.actor].id;
            let cost = engine().settled(&after).value(&measures::COST).unwrap();
            assert!((cost - joiner.cost).abs() < 0.2, "{cost} and {}", joiner.cost);
            let outside = risk + 0.4 * (100.0 - risk);
            assert!((joiner.margin - (outside - joiner.cost)).abs() < 1e-6);
            assert_eq!(joiner.would_join(), joiner.margin > 0.0);
        }
    }
}

#[test]
fn the_command_line_tells_them_by_member() {
    let case = serde_json::json!({
        "name": "T-12", "issue": "technology", "leads": ["SWE"],
        "members": ["USA", "SWE", "FIN", "FRA", "DEU", "GBR", "ISR", "IND", "JPN", "KOR", "CAN", "AUS"],
    });
    let asked = cases::parse_case(engine(), 1, &case).unwrap();
    let found = serde_json::to_value(members::members(engine(), &asked)).unwrap();
    // With the burden by UN assessment the United States pays most, and is first to leave.
    assert_eq!(found["first_to_leave"], "USA");
    let needed = found["exclusion_needed"].as_f64().unwrap();
    assert!((needed - found["by_member"]["USA"]["exclusion_needed"].as_f64().unwrap()).abs() < 1e-9);
    let by_member = found["by_member"].as_object().unwrap();
    assert_eq!(by_member.len(), 12);
    let share: f64 = by_member.values().map(|of| of["share"].as_f64().unwrap()).sum();
    assert!((share - 100.0).abs() < 1e-9);
    for of in by_member.values() {
        let sum: f64 = ["overruled", "frustrated", "success"].iter().map(|key| of[*key].as_f64().unwrap()).sum();
        assert!((sum - 100.0).abs() < 1e-9);
    }
    // Whoever is alone has nobody to leave to.
    let alone = serde_json::json!({"members": ["USA"], "leads": ["USA"]});
    let alone = cases::parse_case(engine(), 1, &alone).unwrap();
    let found = serde_json::to_value(members::members(engine(), &alone)).unwrap();
    assert!(found["exclusion_needed"].is_null() && found["first_to_leave"].is_null());
    assert!(found["by_member"]["USA"]["exclusion_needed"].is_null());
}
