//! Questions of the user's own, against a fit and sums made in another way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names, clippy::cast_precision_loss)]

#[path = "common/engine.rs"]
mod engine;

use std::sync::atomic::AtomicBool;

use convenor::analysis::{Case, OwnQuestion, Undefined, forecast, measures, record, track, uncertainty};
use convenor::app::cli::cases;
use convenor::app::searching::{Asking, SearchStep};
use convenor::app::{App, Command, Named};
use convenor::data::Subject;
use convenor::model::{
    Assumptions, Edit, Grouping, GroupingId, Own, Question, QuestionId, Role, Seat, Stance, WhipRow, Workspace,
    read_stances,
};
use convenor::storage;
use engine::engine;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};

fn case(value: &Value) -> Case {
    cases::parse_case(engine(), 1, value).unwrap().case
}

fn refused(value: &Value) -> String {
    cases::parse_case(engine(), 1, value).unwrap_err().to_string()
}

fn actor(code: &str) -> usize {
    engine().atlas.actor(code.parse().unwrap()).unwrap()
}

/// Φ by Simpson's rule over the density.
fn phi(z: f64) -> f64 {
    let n = 400;
    let end = z.clamp(-9.0, 9.0);
    let step = end / f64::from(n);
    let density = |x: f64| (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let inner: f64 = (1..n).map(|i| if i % 2 == 1 { 4.0 } else { 2.0 } * density(f64::from(i) * step)).sum();
    0.5 + step / 3.0 * (density(0.0) + inner + density(end))
}

fn chances(a: f64, b: f64, theta: f64) -> [f64; 2] {
    [phi(a + b * theta), phi(-1.6 - a - b * theta)]
}

/// The top of the posterior, by steps along both axes and both diagonals that are halved where none goes up.
fn fitted(stated: &[(f64, [f64; 2])]) -> (f64, f64) {
    let height = |a: f64, b: f64| {
        let mut sum = -(a - 1.54).powi(2) / (2.0 * 1.35) - (b + 1.10).powi(2) / (2.0 * 3.30);
        for (theta, [yes, no]) in stated {
            let [p, q] = chances(a, b, *theta);
            let log = |share: f64, chance: f64| if share > 1e-12 { share * chance.max(1e-300).ln() } else { 0.0 };
            sum += log(*yes, p) + log(*no, q) + log(1.0 - yes - no, 1.0 - p - q);
        }
        sum
    };
    let (mut a, mut b, mut step) = (0.0, 0.0, 1.0);
    let mut top = height(a, b);
    while step > 1e-7 {
        let tries = (-1..=1).flat_map(|i| (-1..=1).map(move |j| (f64::from(i), f64::from(j))));
        let best = tries.map(|(i, j)| (a + i * step, b + j * step)).map(|(a, b)| (height(a, b), a, b));
        let (found, to_a, to_b) = best.max_by(|x, y| x.0.total_cmp(&y.0)).unwrap();
        if found > top {
            (top, a, b) = (found, to_a, to_b);
        } else {
            step *= 0.5;
        }
    }
    (a, b)
}

#[test]
fn a_question_is_as_an_independent_fit_has_it() {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let countries = &engine().atlas.countries;
    for round in 0..24 {
        let n = rng.random_range(1..12);
        let mut stances = serde_json::Map::new();
        let mut stated = Vec::new();
        while stated.len() < n {
            let at = rng.random_range(0..countries.len());
            let id = countries[at].id.to_string();
            let Some(theta) = engine().facts.value(Subject::IdealPoint, at) else { continue };
            if stances.contains_key(&id) {
                continue;
            }
            let (value, pair) = match rng.random_range(0..7) {
                6 => {
                    let yes: f64 = rng.random_range(0.0..1.0);
                    let no = (1.0 - yes) * rng.random_range(0.0..1.0);
                    (json!([yes, no]), [yes, no])
                }
                5 => {
                    stances.insert(id, json!("undecided"));
                    continue;
                }
                which => {
                    let stance = Stance::NAMED[which];
                    (json!(stance.name().unwrap()), stance.chances())
                }
            };
            stances.insert(id, value);
            stated.push((at, theta, pair));
        }
        let members = ["NOR", "CHL", "KEN", "JPN"];
        let asked = case(&json!({
            "members": members, "leads": ["NOR"], "issue": "own",
            "own_questions": [{"title": "draft text", "stances": stances}],
        }));
        let (a, b) = fitted(&stated.iter().map(|(_, theta, pair)| (*theta, *pair)).collect::<Vec<_>>());
        let agenda = engine().agenda_of(&asked);
        assert_eq!((agenda.calls, agenda.own, agenda.direct(), agenda.used.len()), (1, 1, 1, 0));
        let expected = |at: usize| {
            let curve = chances(a, b, engine().facts.value(Subject::IdealPoint, at).unwrap());
            match stated.iter().find(|(other, ..)| *other == at) {
                Some((_, _, pair)) => [0, 1].map(|k| 0.95 * pair[k] + 0.05 * curve[k]),
                None => curve,
            }
        };
        for at in (0..countries.len()).filter(|at| engine().facts.value(Subject::IdealPoint, *at).is_some()) {
            let [yes, no] = expected(at);
            let found = [agenda.yes(at)[0], agenda.no(at)[0]];
            assert!(
                (found[0] - yes).abs() < 2e-5 && (found[1] - no).abs() < 2e-5,
                "round {round}: {found:?} {yes} {no}"
            );
        }
        // By consensus with a convenor: nobody else says no, and more than half say yes.
        let others: Vec<[f64; 2]> = members[1..].iter().map(|code| expected(actor(code))).collect();
        let mut pass = 0.0;
        for way in 0..8_u32 {
            let yes = |at: usize| way >> at & 1 == 1;
            if 1 + (0..3).filter(|at| yes(*at)).count() > 2 {
                pass += (0..3)
                    .map(|at| if yes(at) { others[at][0] } else { 1.0 - others[at][0] - others[at][1] })
                    .product::<f64>();
            }
        }
        let deadlock = engine().report(&asked).value(&measures::DEADLOCK).unwrap();
        assert!((deadlock - 100.0 * (1.0 - pass)).abs() < 0.01, "round {round}: {deadlock} {pass}");
    }
}

#[test]
fn added_questions_weigh_beside_the_roll_calls_of_the_issue() {
    let own = json!([
        {"title": "one", "weight": 3, "stances": {"SWE": "yes", "CHN": "no"}},
        {"title": "two", "stances": {"IND": "lean_no", "USA": [0.25, 0.5]}},
    ]);
    let with = |own: Option<&Value>, issue: &str| {
        let mut value = json!({"members": ["SWE", "USA", "IND", "CHN"], "leads": ["SWE"], "issue": issue});
        if let Some(own) = own {
            value["own_questions"] = own.clone();
        }
        case(&value)
    };
    let (plain, added, alone) = (with(None, "technology"), with(Some(&own), "technology"), with(Some(&own), "own"));
    let [p, a, o] = [&plain, &added, &alone].map(|case| engine().agenda_of(case));
    assert_eq!((a.calls, a.own, o.calls), (p.calls + 2, 2, 2));
    assert_eq!(a.weights[p.calls..a.calls], [3.0, 1.0]);
    for member in plain.actors() {
        assert_eq!(a.yes(member)[..p.calls], p.yes(member)[..p.calls]);
        assert_eq!(a.no(member)[p.calls..a.calls], o.no(member)[..2]);
    }
    // D₁ of the whole is the mean of its parts, by what the convenor tables of each.
    let tabled = |agenda: &convenor::analysis::Agenda| agenda.support(actor("SWE"));
    let [d, e, f] = [&plain, &added, &alone].map(|case| engine().report(case).value(&measures::DEADLOCK).unwrap());
    let mean = (d * tabled(&p) + f * tabled(&o)) / (tabled(&p) + tabled(&o));
    assert!((e - mean).abs() < 1e-9, "{d} {e} {f}");
    assert!(engine().report(&added).flags.iter().any(|flag| flag.words(&engine().atlas).contains("your own")));
    // The record of votes has none of them; what is alone has no record.
    assert_eq!(track::track_record(engine(), &alone).unwrap_err(), Undefined::OwnQuestions);
    assert_eq!(track::track_record(engine(), &added).unwrap(), track::track_record(engine(), &plain).unwrap());
    assert_eq!(record::record(engine(), &alone).unwrap_err(), Undefined::OwnQuestions);
    // Intervals hold the figure that they are of, and a weight or a stance makes another case.
    let never = AtomicBool::new(false);
    let found = uncertainty::run(engine(), &[added.clone(), alone.clone()], 200, 2021, &never, &|_| ()).unwrap();
    for (of, figure) in found.iter().zip([e, f]) {
        let interval = of.of(&measures::DEADLOCK).unwrap();
        assert!(interval.low <= figure && figure <= interval.high, "{interval:?} {figure}");
    }
    let mut other = own.clone();
    other[1]["stances"]["IND"] = json!("no");
    assert_ne!(with(Some(&other), "own"), alone);
    assert_eq!(with(Some(&own), "own"), alone);
}

#[test]
fn actors_without_an_ideal_point_bend_no_curve() {
    let question =
        |stances: &[(usize, Stance)]| OwnQuestion { title: "t".to_owned(), weight: 1.0, stances: stances.to_vec() };
    let both = question(&[(0, Stance::No), (1, Stance::Yes)]);
    // With nobody to go by it is what roll calls are like at large.
    let prior = both.curve(&[f64::NAN, f64::NAN]);
    assert!((prior.a - 1.54).abs() < 1e-9 && (prior.b + 1.10).abs() < 1e-9, "{prior:?}");
    let one = both.curve(&[f64::NAN, 0.8]);
    assert_eq!(one, question(&[(1, Stance::Yes)]).curve(&[0.3, 0.8]));
    assert_ne!(one, both.curve(&[0.3, 0.8]));
}

#[test]
fn a_question_that_is_wrong_is_named_with_the_case_and_the_actor() {
    let with = |own: Value| json!({"name": "draft", "members": ["SWE"], "issue": "own", "own_questions": own});
    let question = |stances: Value| with(json!([{"title": "Article 4", "stances": stances}]));
    for (value, sentence) in [
        (json!({"members": ["SWE"], "issue": "own"}), "case 1, key “issue”: “own” needs “own_questions”"),
        (with(json!([])), "case 1 (“draft”), key “own_questions”: a list of at least one question is expected"),
        (with(json!([{"stances": {}}])), "case 1 (“draft”), key “own_questions”: question 1 has no title"),
        (
            question(json!({"SWE": "maybe"})),
            "case 1 (“draft”), key “own_questions”: question 1 (“Article 4”): SWE: \"maybe\" is none of yes, lean_yes, abstain, \
             lean_no, no, undecided, and no pair of chances",
        ),
        (
            question(json!({"SWE": [0.8, 0.3]})),
            "case 1 (“draft”), key “own_questions”: question 1 (“Article 4”): SWE: [0.8,0.3] is no pair of chances of a yes and a \
             no, which are 0 to 1 together",
        ),
        (
            question(json!({"XQZ": "yes"})),
            "case 1 (“draft”), key “own_questions”: question 1 (“Article 4”): XQZ is not an actor; `convenor data` lists them",
        ),
        (
            question(json!({"SWE": "undecided"})),
            "case 1 (“draft”), key “own_questions”: question 1 (“Article 4”): no actor has a stance, so nothing is known of it",
        ),
        (
            with(json!([{"title": "a", "weight": 0, "stances": {"SWE": "yes"}}])),
            "case 1 (“draft”), key “own_questions”: question 1 (“a”): the weight 0 is not between 0.000001 and 1000000",
        ),
        (
            with(json!([{"title": "a", "stance": {}, "stances": {"SWE": "yes"}}])),
            "case 1 (“draft”), key “own_questions”: question 1 (“a”): unknown key “stance”; known are title, weight, stances",
        ),
    ] {
        assert_eq!(refused(&value), sentence);
    }
}

/// Every way to vote of few members, by the rule itself.
fn brute(case: &Case, chances: &[[f64; 2]]) -> (f64, Vec<f64>) {
    let facts = engine().facts_of(case);
    let view = convenor::analysis::view::View::silent(&facts);
    let game = measures::game_of(&engine().atlas, &view, case).unwrap();
    let n = chances.len();
    let passes = |votes: &[usize]| {
        let yes: Vec<bool> = votes.iter().map(|vote| *vote == 0).collect();
        let no: Vec<bool> = votes.iter().map(|vote| *vote == 2).collect();
        let vetoed = (0..n).any(|at| no[at] && game.veto[at]);
        !vetoed && game.is_enough_against(&yes, &no)
    };
    let (mut pass, mut decisive) = (0.0, vec![0.0; n]);
    for way in 0..3_usize.pow(u32::try_from(n).unwrap()) {
        let mut votes: Vec<usize> = (0..n).map(|at| way / 3_usize.pow(u32::try_from(at).unwrap()) % 3).collect();
        let chance: f64 =
            votes.iter().zip(chances).map(|(vote, [yes, no])| [*yes, 1.0 - yes - no, *no][*vote]).product();
        if passes(&votes) {
            pass += chance;
            continue;
        }
        for at in 0..n {
            if votes[at] == 2 {
                votes[at] = 0;
                if passes(&votes) {
                    decisive[at] += chance;
                }
                votes[at] = 2;
            }
        }
    }
    (pass, decisive)
}

#[test]
fn a_vote_is_forecast_as_every_way_to_vote_has_it() {
    let mut rng = ChaCha8Rng::seed_from_u64(12);
    let countries = &engine().atlas.countries;
    for round in 0..60 {
        let n = rng.random_range(1..7);
        let mut members: Vec<String> = Vec::new();
        while members.len() < n {
            let id = countries[rng.random_range(0..countries.len())].id.to_string();
            if !members.contains(&id) {
                members.push(id);
            }
        }
        let leads = &members[..rng.random_range(0..2.min(n + 1))];
        let stances: serde_json::Map<String, Value> = members
            .iter()
            .filter_map(|id| Some((id.clone(), json!(Stance::NAMED.get(rng.random_range(0..8_usize))?.name()?))))
            .chain([("FRA".to_owned(), json!([0.3, 0.2]))])
            .collect();
        let rules =
            ["consensus", "unanimity", "simple_majority", "two_thirds_present_and_voting", "eu_qualified_majority"];
        let backing: serde_json::Map<String, Value> = members.iter().map(|id| (id.clone(), json!(0.8))).collect();
        let asked = case(&json!({
            "members": members, "leads": leads, "issue": "own", "rule": rules[round % 5], "backing": backing,
            "own_questions": [{"title": "text", "stances": stances}],
        }));
        let question = &asked.own.as_ref().unwrap().questions[0];
        let Ok(found) = forecast::forecast(engine(), &asked, question) else { continue };
        let agenda = engine().agenda_of(&asked);
        for (voter, [yes, no]) in asked.voters.iter().zip(&found.chances) {
            let stated =
                if voter.convenor { [0.8, 0.0] } else { [0.8 * agenda.yes(voter.actor)[0], agenda.no(voter.actor)[0]] };
            assert!((stated[0] - yes).abs() < 1e-12 && (stated[1] - no).abs() < 1e-12);
        }
        let (pass, decisive) = brute(&asked, &found.chances);
        assert!((found.pass - pass).abs() < 1e-9, "{round}: {} {pass}", found.pass);
        for (one, other) in found.decisive.iter().zip(&decisive) {
            assert!((one - other).abs() < 1e-9, "{round}");
        }
        let sum = found.yes.expected + found.no.expected + found.abstain.expected;
        assert!((sum - f64::from(u32::try_from(n).unwrap())).abs() < 1e-9);
        for count in [found.yes, found.no, found.abstain] {
            assert!(count.low <= count.high && count.high <= n);
            assert!(count.low as f64 <= count.expected + 1.0 && count.expected - 1.0 <= count.high as f64);
        }
    }
}

/// A workspace with one question, and a grouping that is about it alone.
fn workspace() -> Workspace {
    let mut workspace = Workspace::new("Draft");
    let mut question = Question::new(QuestionId(1), "Article 4");
    question.weight = 2.0;
    let id = |code: &str| code.parse().unwrap();
    let row = |stance| WhipRow { stance, ..WhipRow::default() };
    question.stances.insert(id("SWE"), row(Some(Stance::Yes)));
    question.stances.insert(id("CHN"), row(Some(Stance::Chances(0.1, 0.6))));
    let kept = WhipRow { note: "asks for time".to_owned(), contact: "Delhi desk".to_owned(), ..row(None) };
    question.stances.insert(id("IND"), WhipRow { date: "2026-11-02".to_owned(), ..kept });
    std::sync::Arc::make_mut(&mut workspace.assumptions).questions = vec![std::sync::Arc::new(question)];
    let mut grouping = Grouping::new(GroupingId(1), "Friends of the text", 0);
    grouping.seats = ["SWE", "IND", "CHN"].map(|code| Seat::new(id(code), Role::Member)).to_vec();
    grouping.own = Own { questions: vec![QuestionId(1)], alone: true };
    workspace.groupings.push(std::sync::Arc::new(grouping));
    workspace
}

#[test]
fn a_workspace_keeps_questions_and_says_the_same_as_a_batch() {
    let workspace = workspace();
    let text = storage::to_text(&workspace).unwrap();
    let opened = storage::parse(text.as_bytes(), "draft", &engine().atlas).unwrap();
    assert!(opened.repairs.is_empty(), "{:?}", opened.repairs);
    assert_eq!(opened.workspace.assumptions, workspace.assumptions);
    assert_eq!(opened.workspace.groupings, workspace.groupings);
    let grouping = &workspace.groupings[0];
    assert_eq!(grouping.issue_words(), "Own questions");
    let of_window = Case::of(&engine().atlas, grouping, &workspace.assumptions);
    let of_batch = case(&json!({
        "members": ["SWE", "IND", "CHN"], "issue": "own",
        "own_questions": [{"title": "Article 4", "weight": 2, "stances": {"SWE": "yes", "CHN": [0.1, 0.6], "IND": "undecided"}}],
    }));
    assert_eq!(of_window, of_batch);
    // Without the question nothing is left that it is about.
    let bare = Case::of(&engine().atlas, grouping, &Assumptions::default());
    assert_eq!(engine().report(&bare).value(&measures::DEADLOCK), Err(Undefined::NoStance));
    // Defaults leave the whip sheet alone.
    assert_eq!(workspace.assumptions.reset(), *workspace.assumptions);
}

#[test]
fn what_is_wrong_with_a_question_loses_only_itself() {
    let text = json!({
        "format": "convenor-workspace", "version": 1, "title": "Draft",
        "assumptions": {"questions": [
            {"id": 1, "title": "Article 4", "weight": -2, "stances": {"SWE": "perhaps", "NOR": "no", "XX": "yes", "CHN": [0.9, 0.9]}},
            {"id": 1, "stances": {}, "later": 5},
            "none",
        ]},
        "groupings": [{"id": 1, "name": "A", "own_questions": "all", "own_alone": 3, "members": ["SWE"]}],
    })
    .to_string();
    let opened = storage::parse(text.as_bytes(), "draft", &engine().atlas).unwrap();
    let told: Vec<String> = opened.repairs.iter().map(ToString::to_string).collect();
    let all = told.join("\n");
    for part in [
        "perhaps",
        "XX",
        "“CHN” on “Article 4” was a list",
        "-2",
        "no title",
        "no key of its own",
        "“none”",
        "“all”",
        "alone was 3",
    ] {
        assert!(all.contains(part), "{part} in\n{all}");
    }
    let questions = &opened.workspace.assumptions.questions;
    assert_eq!(questions.len(), 2);
    assert_eq!(questions[0].stances.len(), 1);
    assert_ne!(questions[0].id, questions[1].id);
    assert_eq!(questions[1].extra.first(), Some("later"));
    assert_eq!(opened.workspace.groupings[0].own, Own::default());
}

#[test]
fn a_pasted_list_is_read_line_by_line_and_nothing_is_guessed() {
    let text = "Country\tPosition\nSweden\tyes\n\"Korea, South\"; leaning no\nIndia,?\nAtlantis\tyes\nNorway\tperhaps\nSweden\tno\nKenya";
    let list = read_stances(text, &engine().atlas);
    let found: Vec<(String, Option<Stance>)> =
        list.found.iter().map(|(id, stance)| (id.to_string(), *stance)).collect();
    assert_eq!(
        found,
        [("SWE".to_owned(), Some(Stance::Yes)), ("KOR".to_owned(), Some(Stance::LeanNo)), ("IND".to_owned(), None),]
    );
    let lines: Vec<&str> = list.left_out.iter().map(|(line, _)| line.as_str()).collect();
    assert_eq!(lines, ["Atlantis\tyes", "Norway\tperhaps", "Sweden\tno", "Kenya"]);
}

#[test]
fn what_changed_on_a_whip_sheet_is_told_in_sentences() {
    let before = workspace();
    let mut after = before.clone();
    let question = std::sync::Arc::make_mut(&mut std::sync::Arc::make_mut(&mut after.assumptions).questions[0]);
    let row = |question: &mut Question, code: &str, stance| {
        question.stances.entry(code.parse().unwrap()).or_default().stance = stance;
    };
    row(question, "IND", Some(Stance::LeanYes));
    row(question, "USA", Some(Stance::No));
    question.stances.get_mut(&"SWE".parse().unwrap()).unwrap().note = "seen".to_owned();
    let told = convenor::chart::differences(&before, &after, &engine().atlas);
    assert_eq!(
        told,
        [
            "On “Article 4” India is leaning yes instead of undecided.",
            "What is noted of Sweden on “Article 4” differs.",
            "On “Article 4” the United States is a firm no instead of undecided.",
        ]
    );
    let none = Workspace { assumptions: std::sync::Arc::default(), ..before.clone() };
    let told = convenor::chart::differences(&before, &none, &engine().atlas);
    assert_eq!(told, ["The question “Article 4” of your own is gone."]);
    let told = convenor::chart::differences(&none, &before, &engine().atlas);
    assert_eq!(told, ["The question “Article 4” of your own is new, with 3 rows."]);
}

fn app() -> App {
    App::new(engine().clone(), workspace())
}

fn question(app: &App, at: usize) -> std::sync::Arc<Question> {
    app.workspace().assumptions.questions[at].clone()
}

#[test]
fn no_grouping_is_about_a_question_that_took_the_place_of_a_deleted_one() {
    let mut app = app();
    app.run(Command::Edit(Edit::DeleteQuestion(QuestionId(1))));
    assert_eq!(app.workspace().groupings[0].own, Own::default());
    let id = app.workspace().assumptions.free_question_id();
    assert_eq!(id, QuestionId(1), "its key is free again");
    app.run(Command::Edit(Edit::AddQuestion(Box::new(Question::new(id, "Another")), None)));
    assert!(app.workspace().groupings[0].own.questions.is_empty());
    for _ in 0..2 {
        app.run(Command::Do(Named::Undo));
    }
    assert_eq!((question(&app, 0).title.as_str(), app.workspace().groupings[0].own.alone), ("Article 4", true));
}

#[test]
fn a_pasted_grouping_brings_its_questions_along() {
    let text = storage::to_text(&workspace()).unwrap();
    // Here the same question is there, there another has its key, and elsewhere none.
    for (there, expected) in [(true, 1), (false, 2)] {
        let mut into = workspace();
        if !there {
            let question = std::sync::Arc::make_mut(&mut std::sync::Arc::make_mut(&mut into.assumptions).questions[0]);
            "Something else".clone_into(&mut question.title);
        }
        let mut app = App::new(engine().clone(), into);
        app.run(Command::Paste(text.clone()));
        assert_eq!(app.workspace().assumptions.questions.len(), expected);
        let pasted = app.workspace().groupings.last().unwrap().clone();
        let about = app.workspace().assumptions.question(pasted.own.questions[0]).unwrap();
        assert_eq!((about.title.as_str(), about.weight, about.stances.len()), ("Article 4", 2.0, 3));
        assert!(pasted.own.alone);
    }
    let mut app = App::new(engine().clone(), Workspace::new("Empty"));
    app.run(Command::Paste(text));
    assert_eq!(app.workspace().assumptions.questions.len(), 1);
    assert_eq!(app.workspace().groupings[0].own.questions, [question(&app, 0).id]);
}

#[test]
fn what_came_after_a_slide_is_kept_on_going_back_to_it() {
    let mut app = app();
    let (groupings, assumptions) = (app.workspace().groupings.clone(), app.workspace().assumptions.clone());
    let new = Question::new(app.workspace().assumptions.free_question_id(), "Later");
    app.run(Command::Edit(Edit::AddQuestion(Box::new(new), None)));
    app.run(Command::Edit(Edit::Restore(groupings, assumptions)));
    let titles: Vec<String> = app.workspace().assumptions.questions.iter().map(|of| of.title.clone()).collect();
    assert_eq!(titles, ["Article 4", "Later"]);
}

#[test]
fn a_text_that_no_screen_could_bear_is_cut_and_that_is_told() {
    let mut app = app();
    let mut assumptions = (*app.workspace().assumptions).clone();
    let of = std::sync::Arc::make_mut(&mut assumptions.questions[0]);
    of.stances.get_mut(&"SWE".parse().unwrap()).unwrap().note = "long ".repeat(1000);
    app.run(Command::Edit(Edit::Assume(Box::new(assumptions), "the whip sheet")));
    let note = question(&app, 0).stances[&"SWE".parse().unwrap()].note.clone();
    assert!(note.chars().count() <= 600 && note.ends_with('…'), "{note}");
    assert!(app.notices.told().iter().any(|notice| notice.text.contains("whip sheet")), "it is told");
}

#[test]
fn another_document_forgets_what_was_found_for_the_one_before() {
    let mut app = app();
    let asking = Asking { size: [2, 2], ..Asking::default() };
    app.run(Command::Search(SearchStep::Ask(Box::new(asking))));
    app.run(Command::Search(SearchStep::Run));
    while app.searching.far().is_some() {
        std::thread::sleep(std::time::Duration::from_millis(5));
        app.poll(false);
    }
    assert!(app.searching.answer.is_some() && !app.is_search_old());
    let id = app.workspace().groupings[0].id;
    app.run(Command::Edit(Edit::SetOwn(id, Own::default())));
    assert!(app.is_search_old(), "it was about the question");
    app.run(Command::Do(Named::Undo));
    assert!(!app.is_search_old());
    app.run(Command::OpenExample(0));
    assert!(app.searching.answer.is_none());
}
