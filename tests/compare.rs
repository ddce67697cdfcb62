//! Intervals in the background, the compare table, and all about a number.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::many_single_char_names, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use convenor::analysis::uncertainty::{self, Comparison};
use convenor::analysis::{Baseline, Case, Engine, measures};
use convenor::app::worker::{Answer, Request, Worker};
use convenor::app::{App, Command, Evaluated, SideFile, Standing, Wake};
use convenor::chart::{self, Around, Entry, Figure, Of, Row, Table, TableRow};
use convenor::data::CountryId;
use convenor::model::{
    Basis, Component, Criterion, CustomRule, DecisionRule, Edit, Grouping, GroupingId, Issue, Role, Seat, Share, Shift,
};
use convenor::storage::examples;
use engine::engine;

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

fn app() -> App {
    let mut app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
    let mut assumptions = (*app.workspace().assumptions).clone();
    assumptions.draws = 40;
    app.run(Command::Edit(Edit::Assume(Box::new(assumptions), "draws")));
    app.end_gesture();
    app
}

fn add(app: &mut App, code: &str) {
    let into = app.session.view.selected.unwrap();
    let shift = Shift { countries: vec![id(code)], from: None, into, role: Some(Role::Member) };
    app.run(Command::Edit(Edit::Place(shift)));
    app.end_gesture();
}

fn row(evaluated: &Evaluated) -> Row<'_> {
    Row { grouping: &evaluated.grouping, report: &evaluated.report }
}

fn bell() -> (Wake, Receiver<()>) {
    let (send, receive) = channel();
    let send = std::sync::Mutex::new(send);
    let wake: Wake = Arc::new(move || {
        let _ = send.lock().unwrap().send(());
    });
    (wake, receive)
}

/// Waits for the worker, frame by frame as the window does, until `done`.
fn until(app: &mut App, rung: &Receiver<()>, done: impl Fn(&App) -> bool) {
    let start = Instant::now();
    while !done(app) {
        assert!(start.elapsed() < Duration::from_mins(2), "the worker never came to an end");
        let _ = rung.recv_timeout(Duration::from_millis(200));
        app.poll(false);
    }
}

fn board_cases(app: &App) -> Vec<Case> {
    app.results.board.iter().map(|evaluated| evaluated.case.clone()).collect()
}

#[test]
fn without_a_worker_there_are_no_intervals_and_nothing_waits() {
    let mut app = app();
    assert_eq!(app.standing(), Standing::Off);
    let id = app.results.board[0].grouping.id;
    assert!(app.results.interval(id, &measures::LEGITIMACY).is_none());
    app.poll(false);
    app.compute_intervals();
    assert_eq!(app.standing(), Standing::UpToDate);
    let shown = app.results.interval(id, &measures::LEGITIMACY).unwrap();
    assert!(!shown.stale && shown.draws == 40);
}

#[test]
fn the_worker_finds_what_a_direct_computation_finds() {
    let mut app = app();
    let (wake, rung) = bell();
    app.start_worker(wake).unwrap();
    assert!(matches!(app.standing(), Standing::Updating(_)));
    until(&mut app, &rung, |app| app.standing() == Standing::UpToDate);
    let never = std::sync::atomic::AtomicBool::new(false);
    let seed = app.workspace().assumptions.seed;
    let direct = uncertainty::run(engine(), &board_cases(&app), 40, seed, &never, &|_| ()).unwrap();
    for (evaluated, direct) in app.results.board.iter().zip(&direct) {
        for measure in measures::ALL {
            let shown = app.results.interval(evaluated.grouping.id, measure).unwrap();
            assert_eq!(shown.interval, direct.of(measure).unwrap());
            assert!(!shown.stale);
        }
    }
    for baseline in Baseline::ALL {
        assert!(app.results.baseline_interval(baseline, &measures::LEGITIMACY).is_some(), "{}", baseline.label());
    }
}

#[test]
fn an_edit_makes_old_intervals_stale_until_the_new_ones_are_there() {
    let mut app = app();
    let (wake, rung) = bell();
    app.start_worker(wake).unwrap();
    until(&mut app, &rung, |app| app.standing() == Standing::UpToDate);
    let [first, second] = [0, 1].map(|at| app.results.board[at].grouping.id);
    let old = app.results.interval(first, &measures::LEGITIMACY).unwrap();
    add(&mut app, "BRA");
    let stale = app.results.interval(first, &measures::LEGITIMACY).unwrap();
    assert!(stale.stale && stale.interval == old.interval, "the old answer stays, marked");
    assert!(!app.results.interval(second, &measures::LEGITIMACY).unwrap().stale, "the others are not touched");
    assert!(app.results.draws(first).is_none());
    // While something is held down nothing is asked.
    app.poll(true);
    std::thread::sleep(Duration::from_millis(50));
    app.poll(true);
    assert!(app.results.interval(first, &measures::LEGITIMACY).unwrap().stale);
    app.poll(false);
    until(&mut app, &rung, |app| app.standing() == Standing::UpToDate);
    let new = app.results.interval(first, &measures::LEGITIMACY).unwrap();
    assert!(!new.stale && new.interval != old.interval);
    // Undo brings the old ones back at once.
    app.run(Command::Do(convenor::app::Named::Undo));
    assert_eq!(app.results.interval(first, &measures::LEGITIMACY).unwrap(), old);
}

#[test]
fn intervals_of_another_workspace_are_never_shown_as_those_before_the_last_edit() {
    let mut app = app();
    app.compute_intervals();
    let first = app.results.board[0].grouping.id;
    assert!(app.results.interval(first, &measures::COST).is_some());
    app.run(Command::Do(convenor::app::Named::Undo));
    app.run(Command::Discard(Box::new(Command::OpenExample(3))));
    let opened = app.results.board[0].grouping.id;
    assert_eq!(first, opened, "both workspaces number their groupings from 1");
    assert!(app.results.interval(opened, &measures::COST).is_none());
    assert!(app.results.baseline_interval(Baseline::G20, &measures::COST).is_none());
}

#[test]
fn the_newest_request_wins_and_the_one_under_way_is_given_up() {
    let app = app();
    let (wake, rung) = bell();
    let worker = Worker::start(engine().clone(), wake).unwrap();
    let assembly = Baseline::GeneralAssembly.beside(&engine().atlas, &app.results.board[0].case);
    let slow = Request { refine: Vec::new(), batches: vec![vec![assembly]], draws: 10_000, seed: 1 };
    worker.ask(slow.clone());
    std::thread::sleep(Duration::from_millis(50));
    assert!(worker.is_busy());
    let quick = Request { refine: Vec::new(), batches: vec![board_cases(&app)], draws: 10, seed: 2 };
    let asked = Instant::now();
    worker.ask(quick.clone());
    let mut answers = Vec::new();
    while worker.is_busy() || answers.is_empty() {
        assert!(asked.elapsed() < Duration::from_mins(1), "the old request was not given up");
        let _ = rung.recv_timeout(Duration::from_millis(200));
        answers.extend(worker.take());
    }
    assert_eq!(answers.len(), 1);
    let Answer::Intervals { draws, seed, intervals } = &answers[0] else { panic!("{:?}", answers[0]) };
    assert_eq!((*draws, *seed), (10, 2), "only the newest is answered");
    assert_eq!(intervals.len(), quick.batches[0].len());
    // Cancel.
    worker.ask(slow.clone());
    worker.cancel();
    assert!(!worker.is_busy() && worker.progress().is_none());
    // Shut down while at work.
    worker.ask(slow);
    std::thread::sleep(Duration::from_millis(30));
    let start = Instant::now();
    drop(worker);
    assert!(start.elapsed() < Duration::from_secs(20), "the thread ends with the program");
}

/// A grouping so large that a rule on GDP needs rounded weights while the user waits.
fn large(app: &mut App) -> GroupingId {
    let mut grouping = Grouping::new(app.workspace().free_id(), "Large", 5);
    let engine = engine();
    let members = engine.atlas.countries.iter().filter(|country| country.is_un_member());
    grouping.seats = members.take(110).map(|country| Seat::new(country.id, Role::Member)).collect();
    grouping.issue = Issue::Trade;
    let half = Criterion::new(Basis::Gdp, Share::Fraction(1, 2));
    grouping.rule = DecisionRule::Custom(Box::new(CustomRule { criteria: vec![half], ..CustomRule::default() }));
    let id = grouping.id;
    app.run(Command::Edit(Edit::AddGrouping(Box::new(grouping), None)));
    app.end_gesture();
    id
}

#[test]
fn rounded_weights_are_refined_in_the_background() {
    let mut app = app();
    let id = large(&mut app);
    let live = app.results.of(id).unwrap().report.clone();
    let rough = live.deadlock.as_ref().unwrap();
    assert!(rough.error_bound.unwrap() >= 0.1 && live.unsettled().is_some(), "{:?}", rough.error_bound);
    let (wake, rung) = bell();
    app.start_worker(wake).unwrap();
    until(&mut app, &rung, |app| app.standing() == Standing::UpToDate);
    let fine = app.results.of(id).unwrap().report.clone();
    let settled = fine.deadlock.as_ref().unwrap();
    assert!(fine.unsettled().is_none() && settled.error_bound.unwrap() < 0.1);
    assert!((settled.risk - rough.risk).abs() <= rough.error_bound.unwrap());
    // An edit elsewhere keeps it, and so does undo.
    app.run(Command::Select(Some(app.results.board[0].grouping.id)));
    add(&mut app, "BRA");
    assert!(Arc::ptr_eq(&app.results.of(id).unwrap().report, &fine));
    app.run(Command::Do(convenor::app::Named::Undo));
    assert!(Arc::ptr_eq(&app.results.of(id).unwrap().report, &fine));
    // The command line takes the same figures.
    assert_eq!(engine().settled(&app.results.of(id).unwrap().case), *fine);
}

/// A case that the engine fails on: an actor that there is not.
fn faulty(case: &Case) -> Case {
    let mut faulty = case.clone();
    faulty.voters.last_mut().unwrap().actor = 9999;
    faulty
}

#[test]
fn a_fault_on_one_case_is_told_and_all_others_are_answered() {
    let good = board_cases(&app());
    let bad = faulty(&good[0]);
    let (wake, rung) = bell();
    let worker = Worker::start(engine().clone(), wake).unwrap();
    let request = |refine: Vec<(Case, u32)>, batches: Vec<Vec<Case>>| Request { refine, batches, draws: 10, seed: 1 };
    let answers = |asked: Request| {
        worker.ask(asked);
        let start = Instant::now();
        let mut answers = Vec::new();
        while worker.is_busy() || answers.is_empty() {
            assert!(start.elapsed() < Duration::from_mins(1), "no answer");
            let _ = rung.recv_timeout(Duration::from_millis(200));
            answers.extend(worker.take());
        }
        answers.extend(worker.take());
        answers
    };
    let weighted = |case: &Case| {
        let criterion = Criterion::new(Basis::Gdp, Share::Fraction(1, 2));
        let rule = CustomRule { criteria: vec![criterion], ..CustomRule::default() };
        Case { rule: convenor::analysis::Rule::new(rule), ..case.clone() }
    };
    let found =
        answers(request(vec![(weighted(&bad), 256)], vec![vec![good[0].clone(), bad.clone(), good[1].clone()]]));
    let mut told: Vec<(bool, bool)> = Vec::new();
    for answer in &found {
        match answer {
            Answer::Failed { case, refining, why } => {
                assert!(case.voters.last().unwrap().actor == 9999 && why.contains("out of"), "{why}");
                told.push((true, *refining));
            }
            Answer::Intervals { intervals, .. } => {
                assert!(intervals.iter().all(|intervals| good.contains(intervals.case())));
                told.push((false, false));
            }
            Answer::Refined(..) => panic!("{answer:?}"),
        }
    }
    assert_eq!(told, [(true, true), (false, false), (true, false), (false, false)]);
    // The next request is served.
    assert!(matches!(&answers(request(Vec::new(), vec![good.clone()]))[..], [Answer::Intervals { .. }]));
}

#[test]
fn a_fault_in_the_background_becomes_a_notice() {
    let mut app = app();
    let large = large(&mut app);
    app.run(Command::Select(Some(large)));
    // An engine that fails on every actor.
    let mut broken = Engine::embedded().unwrap();
    let mut atlas = (*broken.atlas).clone();
    atlas.countries.truncate(1);
    broken.atlas = Arc::new(atlas);
    let good = std::mem::replace(&mut app.engine, Arc::new(broken));
    let (wake, rung) = bell();
    app.start_worker(wake.clone()).unwrap();
    until(&mut app, &rung, |app| app.standing() == Standing::UpToDate);
    let told = |app: &App, words: &str| app.notices.list().iter().any(|notice| notice.text.contains(words));
    assert!(told(&app, "could not be computed: a fault of this program"), "{:?}", app.notices.list());
    let id = app.results.board[0].grouping.id;
    assert!(app.results.interval(id, &measures::LEGITIMACY).is_none());
    // The what-if and the study of charts, each on a thread of its own.
    app.set_wake(wake);
    for (ask, has_failed, words) in [
        ((|app| app.moves().is_some()) as fn(&App) -> bool, App::has_no_moves as fn(&App) -> bool, "change of a seat"),
        (|app| app.study().is_some(), App::has_no_study, "charts"),
    ] {
        assert!(!ask(&app));
        until(&mut app, &rung, has_failed);
        assert!(!ask(&app), "it is not asked again each frame");
        app.poll(false);
        assert!(told(&app, words), "{:?}", app.notices.list());
    }
    // With the fault gone, what is asked next is answered.
    app.engine = good;
    let (wake, rung) = bell();
    app.start_worker(wake).unwrap();
    add(&mut app, "NOR");
    until(&mut app, &rung, |app| app.results.draws(app.session.view.selected.unwrap()).is_some());
}

#[test]
fn many_other_answers_do_not_make_refined_figures_coarse_again() {
    let mut app = app();
    let id = large(&mut app);
    let coarse = app.results.of(id).unwrap().report.clone();
    let (wake, rung) = bell();
    app.start_worker(wake).unwrap();
    until(&mut app, &rung, |app| app.standing() == Standing::UpToDate);
    let fine = app.results.of(id).unwrap().report.clone();
    assert!(!Arc::ptr_eq(&coarse, &fine));
    // As many answers as a long drag over many cards asks for, then an edit elsewhere.
    let mut other = board_cases(&app)[0].clone();
    other.voters.truncate(2);
    let (mut oldest, mut newest) = (None, None);
    for months in 1..2200 {
        other.mandate.months = Some(months);
        let report = app.results.report(&app.engine, &other);
        oldest.get_or_insert_with(|| report.clone());
        newest = Some(report);
    }
    app.run(Command::Select(Some(app.results.board[0].grouping.id)));
    add(&mut app, "BRA");
    assert!(Arc::ptr_eq(&app.results.of(id).unwrap().report, &fine));
    until(&mut app, &rung, |app| app.standing() == Standing::UpToDate);
    // The newest of the others are kept, the oldest are not.
    assert!(Arc::ptr_eq(&newest.unwrap(), &app.results.report(&app.engine, &other)));
    other.mandate.months = Some(1);
    assert!(!Arc::ptr_eq(&oldest.unwrap(), &app.results.report(&app.engine, &other)), "computed anew");
}

fn table(app: &App) -> chart::Beside {
    let entries: Vec<Entry<'_>> =
        app.results.board.iter().map(|evaluated| Entry { row: row(evaluated), case: &evaluated.case }).collect();
    let baseline = app.results.board.baseline(Baseline::G20).map(|beside| (beside.baseline, &*beside.report));
    chart::beside(&entries, baseline, &app.engine, &|id, measure| {
        app.results.interval(id, measure).map(|shown| (shown.interval, shown.stale))
    })
}

#[test]
fn the_compare_table_says_what_the_reports_say() {
    let mut app = app();
    app.compute_intervals();
    let table = table(&app);
    assert_eq!(table.lines.len(), app.results.board.len());
    for (line, evaluated) in table.lines.iter().zip(&app.results.board) {
        assert_eq!(line.name, evaluated.grouping.name);
        let cell = |label: &str| {
            line.cells[table.columns.iter().position(|column| column.label == label).expect("there is the column")]
        };
        for measure in measures::ALL {
            let cell = cell(measure.label);
            assert_eq!(cell.value, evaluated.report.value(measure).ok());
            assert_eq!(cell.interval, app.results.interval(line.of, measure).map(|shown| shown.interval));
            if *measure == measures::MICROLATERAL {
                assert!(cell.baseline.is_none());
                continue;
            }
            // One baseline for all figures, never the nearest.
            let (baseline, figure) = cell.baseline.unwrap();
            assert_eq!(baseline, Baseline::G20);
            let g20 = app.results.board.baseline(Baseline::G20).unwrap();
            assert_eq!(g20.report.value(measure), Ok(figure));
        }
        let legitimacy = evaluated.report.legitimacy.as_ref().unwrap();
        for (component, part) in Component::ALL.into_iter().zip(&legitimacy.parts) {
            assert_eq!(cell(component.label()).value, part.value.ok());
        }
        assert_eq!(cell("Members").value, Some(f64::from(u32::try_from(evaluated.report.voters).unwrap())));
        let coverage = cell("Coverage").value.unwrap();
        assert!(coverage > 50.0 && coverage <= 100.0);
    }
    let plain = table.table();
    assert!(plain.rows.iter().all(|row| row.cells.len() == plain.head.len()));
    assert!(plain.csv().lines().count() == plain.rows.len() + 1);
}

#[test]
fn coverage_falls_with_a_member_whose_figures_are_estimated() {
    let mut app = app();
    let coverage = |app: &App| chart::coverage(&app.results.board[0].report, &app.engine.facts);
    let before = coverage(&app);
    assert!(before.published < before.needed, "T-12 has cautions");
    add(&mut app, "TWN");
    let after = coverage(&app);
    assert!(after.per_cent() < before.per_cent(), "{before:?} {after:?}");
}

#[test]
fn csv_and_tabbed_text_keep_every_cell_whole() {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    let table = Table {
        head: texts(&["grouping", "Cost, alone = 100"]),
        rows: vec![
            TableRow::new(Of::Line, "Say \"yes\"\nnow").text("-3.5"),
            TableRow::new(Of::Line, "tab\there").text(" padded "),
        ],
    };
    assert_eq!(
        table.csv(),
        "grouping,\"Cost, alone = 100\"\r\n\"Say \"\"yes\"\"\nnow\",-3.5\r\ntab\there,\" padded \"\r\n"
    );
    assert_eq!(table.tabbed(), "grouping\tCost, alone = 100\nSay \"yes\" now\t-3.5\ntab here\t padded \n");
    let mut reader = csv::Reader::from_reader(table.csv().into_bytes().leak() as &[u8]);
    let first = reader.records().next().unwrap().unwrap();
    assert_eq!(&first[0], "Say \"yes\"\nnow");
}

#[test]
fn a_pair_is_compared_in_words() {
    let mut app = app();
    let [first, second] = [0, 1].map(|at| app.results.board[at].grouping.id);
    let reports = [0, 1].map(|at| app.results.board[at].report.clone());
    let lines = chart::against(["A", "B"], [&reports[0], &reports[1]], None);
    assert!(lines.iter().all(|line| line.verdict == "intervals are not there yet"));
    app.compute_intervals();
    let draws = [first, second].map(|id| app.results.draws(id).unwrap());
    let both = Some((&draws[0].intervals, &draws[1].intervals));
    for line in chart::against(["A", "B"], [&reports[0], &reports[1]], both) {
        let comparison = uncertainty::beats(&draws[0].intervals, &draws[1].intervals, line.measure);
        assert_eq!(line.comparison, comparison);
        assert!(line.verdict.contains("of draws"), "{}", line.verdict);
    }
    let words =
        |first, second, ties, measure| chart::verdict_words(measure, Comparison { first, second, ties }, ["A", "B"]);
    assert_eq!(words(0.97, 0.03, 0.0, &measures::LEGITIMACY), "A is higher in 97 % of draws");
    assert_eq!(words(0.0, 1.0, 0.0, &measures::COST), "B is lower in 100 % of draws");
    assert_eq!(words(0.0, 0.0, 1.0, &measures::REACH), "equal in 100 % of draws");
    assert_eq!(words(0.7, 0.3, 0.0, &measures::DEADLOCK), "not distinguishable: A lower in 70 %, B in 30 % of draws");
    let members = |at: usize| -> Vec<(CountryId, Role)> {
        app.results.board[at].grouping.seats.iter().map(|seat| (seat.country, seat.role)).collect()
    };
    let only = chart::only_in(&members(0), &members(1));
    assert!(only.iter().any(|(country, _)| *country == id("SWE")));
    assert!(!only.iter().any(|(country, _)| *country == id("USA")));
}

/// The numbers in a text, in order.
fn numbers(text: &str) -> Vec<f64> {
    text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.' || letter == ','))
        .filter_map(|word| word.trim_matches(|letter| letter == '.' || letter == ',').replace(',', "").parse().ok())
        .collect()
}

#[test]
fn about_a_number_its_formula_gives_the_figure() {
    let mut app = app();
    app.compute_intervals();
    for evaluated in &app.results.board {
        let all = |measure| {
            let shown = app.results.interval(evaluated.grouping.id, measure).unwrap();
            let around =
                Around::Known { interval: shown.interval, draws: shown.draws, stale: shown.stale, still: None };
            chart::about(measure, &row(evaluated), &evaluated.case, &app.engine, around)
        };
        for measure in measures::ALL {
            let sections = all(measure);
            let titles: Vec<&str> = sections.iter().map(|section| section.title).collect();
            let wanted = ["What it is", "Interval", "How it comes about", "Figures behind it", "Estimated or missing"];
            assert_eq!(titles, wanted);
            let number = chart::figure(measure, evaluated.report.value(measure));
            let title = chart::figure_title(Figure::Measure(measure), &row(evaluated), &app.engine, &number);
            let text = chart::about_text(&title, &sections);
            assert!(text.contains(measure.meaning) && text.contains(&evaluated.grouping.name));
            assert!(text.contains("licence: "), "{text}");
            let value = evaluated.report.value(measure).unwrap();
            assert!(sections[2].lines[1].contains(&format!("= {value:.1}")), "{:?}", sections[2].lines);
        }
        // Legitimacy: Σ weight × component, and the points add up.
        let legitimacy = &all(&measures::LEGITIMACY)[2].lines;
        let found = numbers(&legitimacy[1]);
        let sum: f64 = found[1..found.len() - 1].chunks(2).map(|pair| 100.0 * pair[0] * pair[1]).sum();
        assert!((sum - found[found.len() - 1]).abs() < 0.2, "{}", legitimacy[1]);
        // Cost: 100 · [K·s + B·((1 − D)·s ÷ τ + D)] ÷ B.
        let cost = &all(&measures::COST)[2].lines;
        let [hundred, k, s, b, one, d, s2, tau, d2, b2, c] = numbers(&cost[1])[..] else { panic!("{}", cost[1]) };
        assert!((hundred * (k * s + b * ((one - d) * s2 / tau + d2)) / b2 - c).abs() < 0.1, "{}", cost[1]);
        let [coordination, own, fallback, sum] = numbers(&cost[2])[..] else { panic!("{}", cost[2]) };
        assert!((coordination + own + fallback - sum).abs() < 0.02, "{}", cost[2]);
    }
}

#[cfg(feature = "gui")]
mod window {
    use super::*;
    use convenor::ui::Shell;
    use eframe::egui::{self, Key, Modifiers};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    fn window() -> Harness<'static, Shell> {
        let mut app = app();
        app.compute_intervals();
        let mut harness = Harness::builder()
            .with_size([1280.0, 900.0])
            .with_max_steps(12)
            .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
        harness.run_ok();
        harness
    }

    /// What a click puts on the clipboard.
    fn copied(harness: &mut Harness<'_, Shell>) -> String {
        for _ in 0..8 {
            harness.step();
            for command in &harness.output().platform_output.commands {
                if let egui::OutputCommand::CopyText(text) = command {
                    return text.clone();
                }
            }
        }
        panic!("nothing was copied");
    }

    #[test]
    fn compare_opens_by_key_and_by_tab_and_copies() {
        let mut harness = window();
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
        harness.run_ok();
        assert!(harness.query_by_label("Copy CSV").is_some());
        harness.get_by_label("Plots").click();
        harness.run_ok();
        assert!(harness.query_by_label("Copy CSV").is_none());
        harness.get_by_label("Compare").click();
        harness.run_ok();
        assert!(harness.query_by_label_contains("T-12, Legitimacy: 55").is_some());
        assert!(harness.query_by_label_contains("In A but not in B: 3").is_some());
        harness.get_by_label("Copy CSV").click();
        assert!(copied(&mut harness).starts_with("grouping,Legitimacy"));
        harness.run_ok();
        assert_eq!(harness.run_ok(), Some(1), "nothing is drawn again while nothing changes");
    }

    #[test]
    fn a_click_on_a_figure_tells_all_about_it() {
        let mut harness = window();
        let report = harness.state().app.results.board[0].report.clone();
        let text = chart::figure(&measures::COST, report.cost.as_ref().map(|cost| cost.index).map_err(|e| *e));
        harness.get_by_label(&format!("Cost {text} of T-12")).click();
        harness.run_ok();
        let cost = report.cost.as_ref().unwrap();
        let formula = harness.get_all_by_label_contains("C = 100 · [").last();
        assert!(formula.is_some(), "the formula is there");
        assert!(harness.query_by_label_contains(&format!("÷ 1,000 = {:.1}", cost.index)).is_some());
        let place = harness.get_by_label("Copy").rect();
        for _ in 0..4 {
            harness.step();
        }
        assert_eq!(harness.get_by_label("Copy").rect(), place, "the popup keeps still");
        harness.get_by_label("Copy").click();
        assert!(copied(&mut harness).contains("licence: "));
        harness.run_ok();
        harness.key_press(Key::Escape);
        harness.run_ok();
        assert!(harness.query_by_label_contains("C = 100 · [").is_none());
    }

    #[test]
    fn every_cell_of_the_table_tells_about_itself_and_the_table_is_saved() {
        let mut harness = window();
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
        harness.run_ok();
        harness.get_by_label_contains("T-12, Fallback: ").focus();
        harness.run_ok();
        harness.key_press(Key::Enter);
        harness.run_ok();
        assert!(harness.query_by_label_contains("100 · D = ").is_some(), "a part of cost");
        harness.key_press(Key::Escape);
        harness.run_ok();
        harness.get_by_label("Save CSV…").click();
        harness.step();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all");
        let file = SideFile::text("the table of all groupings", "all", "csv", "a,b\r\n");
        let before = harness.state().app.workspace().clone();
        harness.state_mut().app.run(Command::WriteFileBeside(path.clone(), file.clone()));
        assert_eq!(std::fs::read_to_string(path.with_extension("csv")).unwrap(), "a,b\r\n");
        assert!(harness.state().app.notices.list()[0].text.contains("all.csv"));
        assert!(harness.state().app.document.path.is_none(), "the document belongs to no other file because of that");
        assert_eq!(*harness.state().app.workspace(), before);
        harness.state_mut().app.run(Command::WriteFileBeside(folder.path().join("nowhere/all"), file));
        assert!(harness.state().app.notices.list().iter().any(|notice| notice.text.contains("nowhere")));
    }

    #[test]
    fn what_moves_a_figure_most_stands_behind_its_interval() {
        let mut harness = window();
        let report = harness.state().app.results.board[0].report.clone();
        let risk = report.deadlock.as_ref().unwrap().risk;
        let text = chart::figure(&measures::DEADLOCK, Ok(risk));
        harness.get_by_label(&format!("Deadlock risk {text} of T-12")).click();
        harness.run_ok();
        assert!(harness.query_by_label_contains("Which roll calls count, ").is_some());
        // Microlateral fit is the same in every draw: nothing moves it.
        let app = &harness.state().app;
        let known = app.results.draws(app.results.board[0].grouping.id).unwrap();
        let found = known.sensitivity(&measures::MICROLATERAL);
        assert!(chart::movers(found, known.intervals.noise(), &measures::MICROLATERAL, app.atlas()).is_none());
    }

    #[test]
    fn a_figure_is_reached_and_opened_by_keyboard() {
        let mut harness = window();
        let deadlock = harness.state().app.results.board[1].report.deadlock.clone().unwrap();
        let text = chart::figure(&measures::DEADLOCK, Ok(deadlock.risk));
        harness.get_by_label(&format!("Deadlock risk {text} of D-10")).focus();
        harness.run_ok();
        harness.key_press(Key::Enter);
        harness.run_ok();
        assert!(harness.query_by_label_contains("D = 1 − (1 − D₁)^k").is_some());
        harness.key_press(Key::Escape);
        harness.run_ok();
        assert!(harness.query_by_label_contains("D = 1 − (1 − D₁)^k").is_none());
    }

    #[test]
    fn cards_show_intervals_and_mark_stale_ones() {
        let mut harness = window();
        let id = harness.state().app.results.board[0].grouping.id;
        let shown = harness.state().app.results.interval(id, &measures::LEGITIMACY).unwrap();
        let range = chart::range_words(shown.interval.low, shown.interval.high, 0);
        assert!(harness.query_all_by_label(&range).next().is_some(), "{range}");
        add(&mut harness.state_mut().app, "BRA");
        harness.run_ok();
        assert!(harness.query_all_by_label(&format!("{range} …")).next().is_some(), "the old one is marked");
        harness.state_mut().app.compute_intervals();
        harness.run_ok();
        assert!(harness.query_all_by_label(&format!("{range} …")).next().is_none());
    }
}
