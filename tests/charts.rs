//! Charts: their figures are those of the report, nothing panics on thin or huge groupings, and the window opens each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

use convenor::analysis::measures::Measure;
use convenor::analysis::years::{Years, by_year};
use convenor::analysis::{Baseline, Case, Defined, Report, measures, whatif};
use convenor::chart::{
    self, Around, CATALOGUE, Chart, CostFigure, Figure, MOST_ROWS, Of, Ranges, Row, Scene, Selected, Shape, Stands,
    Study, TableRow, Whisker,
};
use convenor::model::{Assumptions, DecisionRule, Grouping, GroupingId, NamedRule, Role, Seat};
use convenor::storage::examples;
use engine::engine;

/// A board with its answers; the first grouping is selected.
struct Board {
    groupings: Vec<Grouping>,
    reports: Vec<Report>,
    baselines: Vec<(Baseline, Report)>,
    study: Option<Study>,
    years: Option<Defined<Years>>,
    moves: Option<Vec<whatif::Row>>,
    /// What takes longer is not there yet.
    computing: bool,
}

impl Board {
    fn new(groupings: Vec<Grouping>, assumptions: &Assumptions) -> Self {
        let engine = engine();
        let cases: Vec<Case> =
            groupings.iter().map(|grouping| Case::of(&engine.atlas, grouping, assumptions)).collect();
        let beside = |case: &Case| {
            let report = |baseline: Baseline| (baseline, engine.report(&baseline.beside(&engine.atlas, case)));
            Baseline::ALL.into_iter().map(report).collect()
        };
        Self {
            reports: cases.iter().map(|case| engine.report(case)).collect(),
            baselines: cases.first().map_or_else(Vec::new, beside),
            study: cases.first().cloned().map(Study::new),
            years: cases.first().and_then(|case| by_year(engine, case, 20, 1, &AtomicBool::new(false))),
            moves: cases.first().map(|case| whatif::all(engine, case)),
            computing: false,
            groupings,
        }
    }

    fn example() -> Self {
        let workspace = examples::ALL[0].open(&engine().atlas).unwrap();
        let groupings = workspace.groupings.iter().map(|grouping| (**grouping).clone()).collect();
        Self::new(groupings, &workspace.assumptions)
    }

    fn chart(&self, id: &str) -> Chart {
        self.chart_with(id, |_, _| None)
    }

    /// The chart, where the intervals of a measure of what a mark stands for are known.
    fn chart_with(&self, id: &str, ranges: impl Fn(Of, &Measure) -> Option<Whisker>) -> Chart {
        let engine = engine();
        let rows: Vec<Row<'_>> =
            self.groupings.iter().zip(&self.reports).map(|(grouping, report)| Row { grouping, report }).collect();
        let baselines: Vec<(Baseline, &Report)> =
            self.baselines.iter().map(|(baseline, report)| (*baseline, report)).collect();
        let selected = self.study.as_ref().map(|study| Selected {
            grouping: &self.groupings[0],
            report: &self.reports[0],
            case: &study.case,
            study: Some(study).filter(|_| !self.computing),
            years: self.years.as_ref(),
            moves: self.moves.as_deref(),
            failed: convenor::chart::Failed::default(),
        });
        let sponsor = "the United States";
        let scene = Scene { engine, rows: &rows, baselines: &baselines, ranges: Ranges(&ranges), sponsor, selected };
        chart::by_id(id).unwrap().chart(scene)
    }
}

fn grouping(codes: &[&str]) -> Grouping {
    let mut grouping = Grouping::new(GroupingId(1), "Test", 0);
    grouping.seats = codes.iter().map(|code| Seat::new(code.parse().unwrap(), Role::Member)).collect();
    grouping
}

#[test]
fn every_number_in_a_chart_tells_about_itself() {
    let board = Board::example();
    let engine = engine();
    let study = board.study.as_ref().unwrap();
    let row = Row { grouping: &board.groupings[0], report: &board.reports[0] };
    let mut asked = 0;
    for kind in CATALOGUE.iter().filter(|kind| kind.of_one) {
        for mark in board.chart(kind.id).marks {
            let Some(figure) = mark.figure else { continue };
            let sections = chart::about_figure(figure, &row, &study.case, engine, Around::None);
            let titles: Vec<&str> = sections.iter().map(|section| section.title).collect();
            for title in ["What it is", "How it comes about", "Interval", "Figures behind it"] {
                assert!(titles.contains(&title), "{}, {}: {titles:?}", kind.id, mark.name);
            }
            let text = chart::about_text(&chart::figure_title(figure, &row, engine, &mark.label), &sections);
            assert!(text.contains(figure.label()) && text.contains("T-12"), "{text}");
            assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
            assert!(sections.iter().all(|section| !section.lines.is_empty()), "{text}");
            asked += 1;
        }
    }
    assert!(asked > 60, "{asked}");
}

#[test]
fn parts_of_cost_and_of_legitimacy_are_computed_before_the_readers_eyes() {
    let board = Board::example();
    let engine = engine();
    let case = &board.study.as_ref().unwrap().case;
    let row = Row { grouping: &board.groupings[0], report: &board.reports[0] };
    let lines = |figure| {
        let sections = chart::about_figure(figure, &row, case, engine, Around::None);
        sections.into_iter().find(|section| section.title == "How it comes about").unwrap().lines
    };
    let cost = board.reports[0].cost.as_ref().unwrap();
    let own = &lines(Figure::Cost(CostFigure::OwnShare))[0];
    assert!(own.ends_with(&format!("= {:.2}", cost.own_share)), "{own}");
    let together = &lines(Figure::Cost(CostFigure::CoordinationYearly))[0];
    assert!(together.contains("12 members") && together.contains("66 pairs"), "{together}");
    let legitimacy = board.reports[0].legitimacy.as_ref().unwrap();
    for part in &legitimacy.parts {
        let lines = lines(Figure::Component(part.component));
        let value = format!("{:.3}", part.value.unwrap());
        assert!(lines[0].contains(&value), "{}: {lines:?}", part.component.label());
        let points = format!("= {:.2} points", 100.0 * part.weight * part.value.unwrap());
        assert!(lines.last().unwrap().contains(&points), "{lines:?}");
    }
}

#[test]
fn what_stops_proposals_adds_up_to_deadlock_risk_and_what_is_left_to_reach() {
    let board = Board::example();
    let report = &board.reports[0];
    let (risk, reach) = (report.deadlock.as_ref().unwrap().risk, report.value(&measures::REACH).unwrap());
    let failing = board.chart("failing");
    let found = bars(&failing);
    let (total, parts) = found.split_last().unwrap();
    assert!(near(total.1, risk) && near(parts.iter().map(|(from, to)| to - from).sum::<f64>(), risk), "{found:?}");
    // By consensus it is vetoes that stop nearly all.
    assert!(failing.sentence.contains("no veto"), "{}", failing.sentence);
    assert_eq!(failing.table.head[2..], ["fails on", "alone on"]);
    let left = board.chart("agenda");
    let found = bars(&left);
    let (total, parts) = found.split_last().unwrap();
    assert!(near(total.1, reach) && near(100.0 - parts.iter().map(|(from, to)| to - from).sum::<f64>(), reach));
    // While it is computed in the background, the chart says so.
    let mut waiting = Board::example();
    waiting.computing = true;
    for id in ["failing", "agenda", "power", "stay", "gets", "track-record", "leverage"] {
        assert!(waiting.chart(id).sentence.contains("computed"), "{id}");
    }
}

#[test]
fn baselines_and_discs_have_intervals_in_picture_and_table() {
    let board = Board::example();
    let range = Whisker { low: 40.0, high: 50.0, stale: false };
    let chart = board.chart_with("legitimacy", |of, _| matches!(of, Of::Baseline(_)).then_some(range));
    let drawn = |mark: &&chart::Mark| matches!(mark.shape, Shape::Guide { whisker: Some(found), .. } if found == range);
    assert_eq!(chart.marks.iter().filter(drawn).count(), 4);
    assert_eq!(chart.table.head.last().unwrap(), "90 % of the draws");
    let rows = chart.table.rows.iter().filter(|row| row.texts().last() == Some(&"40–50"));
    assert_eq!(rows.count(), 4, "{:?}", chart.table.rows);
    let first = Of::Grouping(board.groupings[0].id);
    let field = board.chart_with("trade-off", |of, measure| {
        (of == first && *measure == convenor::analysis::measures::COST).then_some(range)
    });
    assert!(field.table.head.last().unwrap().starts_with("cost, 90 %"));
    let tip = field.marks.iter().find(|mark| mark.of == Of::Grouping(board.groupings[0].id)).unwrap().tip.join(" ");
    assert!(tip.contains("cost, 90 % of the draws: 40–50"), "{tip}");
}

/// Two groupings of one name, which is that of a baseline.
fn namesakes() -> Vec<Grouping> {
    let mut first = grouping(&["SWE", "NOR", "DNK"]);
    let mut second = grouping(&["BRA", "IND", "ZAF", "KEN"]);
    second.id = GroupingId(2);
    for of in [&mut first, &mut second] {
        Baseline::G20.label().clone_into(&mut of.name);
    }
    vec![first, second]
}

#[test]
fn each_row_has_the_interval_of_what_it_stands_for_whatever_its_name() {
    let board = Board::new(namesakes(), &Assumptions::default());
    let range = |low: f64| Some(Whisker { low, high: low + 5.0, stale: false });
    let of = |of: Of| match of {
        Of::Grouping(GroupingId(1)) => range(10.0),
        Of::Grouping(_) => range(20.0),
        Of::Baseline(Baseline::G20) => range(30.0),
        Of::Baseline(Baseline::GeneralAssembly) => range(40.0),
        _ => None,
    };
    let ranges = |chart: &Chart, at: usize| -> Vec<(String, String)> {
        let rows = chart.table.rows.iter().map(TableRow::texts);
        rows.map(|row| (row[0].to_owned(), row[row.len() - at].to_owned())).collect()
    };
    let assembly = Baseline::GeneralAssembly.label();
    let expected = [("G20", "10–15"), ("G20", "20–25"), ("G20", "30–35"), (assembly, "40–45")];
    let check = |found: Vec<(String, String)>| {
        for (name, range) in expected {
            assert!(found.contains(&(name.to_owned(), range.to_owned())), "{name} {range} is not in {found:?}");
        }
        assert_eq!(found.iter().filter(|(_, range)| !range.is_empty()).count(), expected.len(), "{found:?}");
        assert_eq!(found[0].1, "10–15");
        assert_eq!(found[1].1, "20–25");
    };
    let bars = board.chart_with("legitimacy", |one, _| of(one));
    check(ranges(&bars, 1));
    let field = board.chart_with("trade-off", |one, _| of(one));
    check(ranges(&field, 1));
    check(ranges(&field, 2));
}

#[test]
fn what_a_release_makes_of_a_figure_is_said_once() {
    let board = Board::example();
    let [a, b] = [&board.reports[0], &board.reports[2]];
    assert_eq!(chart::label_after(&measures::DEADLOCK, a, b), "20 → 10 % · reach 41 → 46 %");
    assert_eq!(chart::label_after(&measures::LEGITIMACY, a, a), "55");
    let words = chart::changes_words(a, b);
    assert!(words.starts_with("legitimacy −4") && words.contains("fit "), "{words}");
}

/// Bars as (from, to), in the order of the rows.
fn bars(chart: &Chart) -> Vec<(f64, f64)> {
    let bar = |shape: Shape| match shape {
        Shape::Bar { from, to, .. } => Some((from, to)),
        _ => None,
    };
    chart.marks.iter().filter_map(|mark| bar(mark.shape)).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn names_of_charts_are_unique_and_all_are_explained() {
    let names: HashSet<&str> = CATALOGUE.iter().map(|kind| kind.id).collect();
    assert_eq!(names.len(), CATALOGUE.len());
    for kind in &CATALOGUE {
        for words in [kind.title, kind.about.meaning, kind.about.formula, kind.about.reading] {
            assert!(words.len() >= 4, "{}: {words:?}", kind.id);
        }
    }
    assert!(CATALOGUE.iter().any(|kind| kind.opens));
}

#[test]
fn every_chart_has_marks_a_sentence_and_a_table_of_full_rows() {
    let board = Board::example();
    for kind in &CATALOGUE {
        let chart = board.chart(kind.id);
        assert!(!chart.marks.is_empty(), "{}", kind.id);
        assert!(chart.sentence.ends_with('.'), "{}: {}", kind.id, chart.sentence);
        assert!(!chart.table.rows.is_empty(), "{}", kind.id);
        for row in &chart.table.rows {
            assert_eq!(row.cells.len(), chart.table.head.len(), "{}: {row:?}", kind.id);
        }
        for mark in &chart.marks {
            assert!(!mark.name.is_empty(), "{}", kind.id);
        }
    }
}

#[test]
fn scorecards_show_the_figures_of_the_reports() {
    let board = Board::example();
    for measure in [&measures::LEGITIMACY, &measures::COST, &measures::DEADLOCK, &measures::MICROLATERAL] {
        let chart = board.chart(measure.name);
        let values: Vec<f64> = board.reports.iter().map(|report| report.value(measure).unwrap()).collect();
        assert_eq!(bars(&chart).iter().map(|bar| bar.1).collect::<Vec<_>>(), values);
        for (at, report) in board.reports.iter().enumerate() {
            let figure = chart::figure(measure, report.value(measure));
            assert!(chart.table.rows[at].cells[1].text.starts_with(&figure), "{:?}", chart.table.rows[at]);
        }
    }
}

#[test]
fn whiskers_go_to_the_bars_of_the_groupings() {
    let range = Whisker { low: 40.0, high: 60.0, stale: false };
    let chart = Board::example().chart_with("legitimacy", |of, _| matches!(of, Of::Grouping(_)).then_some(range));
    let whiskers = chart.marks.iter().filter(|mark| matches!(mark.shape, Shape::Bar { whisker: Some(_), .. })).count();
    assert_eq!(whiskers, 3);
    assert!(chart.table.rows[0].texts().last().unwrap().contains("40"), "{:?}", chart.table.rows[0]);
    assert!(chart.table.rows.iter().all(|row| row.cells.len() == chart.table.head.len()));
}

#[test]
fn the_parts_of_legitimacy_float_and_sum_to_the_score() {
    let board = Board::example();
    let bars = bars(&board.chart("composition"));
    let score = board.reports[0].legitimacy.as_ref().unwrap().score;
    assert_eq!(bars.len(), 8);
    for pair in bars[..7].windows(2) {
        assert!(near(pair[0].1, pair[1].0));
    }
    assert!(near(bars[0].0, 0.0) && near(bars[6].1, score) && near(bars[7].1, score));
}

#[test]
fn the_parts_of_cost_float_and_sum_to_the_cost() {
    let board = Board::example();
    let cost = board.reports[0].cost.as_ref().unwrap();
    let bars = bars(&board.chart("cost-parts"));
    assert!(near(bars[0].1, cost.coordination));
    assert!(near(bars[2].1 - bars[2].0, cost.fallback));
    assert!(near(bars[2].1, cost.index) && near(bars[3].1, cost.index));
}

#[test]
fn members_pay_all_of_it_and_hold_all_of_the_power() {
    let board = Board::example();
    for id in ["cost-members", "power"] {
        let chart = board.chart(id);
        let sum: f64 = bars(&chart).iter().map(|bar| bar.1).sum();
        assert!((sum - 100.0).abs() < 1e-6, "{id}: {sum}");
        assert_eq!(chart.table.rows.len(), board.reports[0].voters);
    }
}

#[test]
fn the_strip_spans_the_members_and_shows_the_poles_outside() {
    let mut of = grouping(&["SWE", "IND", "JPN"]);
    of.seats[0].role = Role::Convenor;
    let chart = Board::new(vec![of], &Assumptions::default()).chart("bridge");
    let places: Vec<(f64, Stands)> = chart
        .marks
        .iter()
        .filter_map(|mark| match mark.shape {
            Shape::Place { x, stands } => Some((x, stands)),
            _ => None,
        })
        .collect();
    assert_eq!(places.iter().filter(|place| place.1 == Stands::Pole).count(), 2);
    assert_eq!(places.last().unwrap().1, Stands::Convenor);
    let members = || places.iter().filter(|place| place.1 != Stands::Pole).map(|place| place.0);
    let Shape::Span { from, to } = chart.marks[0].shape else { panic!("no span") };
    assert!(near(from, members().fold(f64::MAX, f64::min)) && near(to, members().fold(f64::MIN, f64::max)));
    assert!(chart.sentence.contains("India") && chart.sentence.contains("convened by Sweden"), "{}", chart.sentence);
}

#[test]
fn a_veto_that_others_lack_is_ringed() {
    let mut of = grouping(&["FRA", "IND", "KEN"]);
    of.rule = DecisionRule::Named(NamedRule::SecurityCouncil);
    let chart = Board::new(vec![of], &Assumptions::default()).chart("bridge");
    let ringed: Vec<&str> = chart
        .marks
        .iter()
        .filter(|mark| matches!(mark.shape, Shape::Place { stands: Stands::Veto, .. }))
        .map(|mark| mark.name.as_str())
        .collect();
    assert_eq!(ringed, ["France"]);
}

#[test]
fn the_track_record_and_leverage_are_those_of_the_engine() {
    let board = Board::example();
    let (engine, study) = (engine(), board.study.as_ref().unwrap());
    let record = study.track(engine).unwrap();
    let bars_of = bars(&board.chart("track-record"));
    assert!(near(bars_of[0].1, 100.0 * record.observed.unanimous_yes));
    assert!(near(bars_of[3].1, 100.0 * record.model.no_objection));
    let leverage = board.chart("leverage");
    let largest = study.capture(engine).members.iter().filter_map(|member| member.exposure).fold(0.0, f64::max);
    assert!(near(bars(&leverage)[0].1, 100.0 * largest));
    assert_eq!(leverage.title, "Leverage of China");
}

#[test]
fn the_moves_shown_are_the_best_there_are() {
    let board = Board::example();
    let before = whatif::Estimates::of(&board.reports[0]);
    let moves = board.moves.as_ref().unwrap();
    let best = |measure, sign: f64| {
        let gain = |row: &whatif::Row| row.estimates.change_of(measure, &before).map(|change| sign * change);
        moves.iter().filter_map(gain).fold(0.0, f64::max)
    };
    let bars = bars(&board.chart("moves"));
    assert_eq!(bars.len(), 12);
    assert!(near(bars[0].1, best(&measures::DEADLOCK, -1.0)));
    assert!(near(bars[4].1, best(&measures::LEGITIMACY, 1.0)));
    assert!(near(bars[8].1, best(&measures::COST, -1.0)));
}

#[test]
fn the_line_of_the_trade_off_is_beaten_by_none() {
    let board = Board::example();
    let rows: Vec<Row<'_>> =
        board.groupings.iter().zip(&board.reports).map(|(grouping, report)| Row { grouping, report }).collect();
    let line = chart::undominated(&rows);
    assert!(!line.is_empty());
    for report in &board.reports {
        let (x, y) = (report.cost.as_ref().unwrap().index, report.legitimacy.as_ref().unwrap().score);
        assert!(line.iter().all(|point| !(x < point.0 && y > point.1)));
        assert!(line.iter().any(|point| point.0 <= x && point.1 >= y));
    }
}

#[test]
fn nothing_panics_without_groupings_members_or_figures() {
    let empty = Board::new(Vec::new(), &Assumptions::default());
    let nobody = Board::new(vec![grouping(&[])], &Assumptions::default());
    let mut assumptions = Assumptions { a_priori: true, ..Assumptions::default() };
    assumptions.poles = ["USA".parse().unwrap(); 2];
    let odd = Board::new(vec![grouping(&["FSM", "VAT"])], &assumptions);
    for board in [&empty, &nobody, &odd] {
        for kind in &CATALOGUE {
            let chart = board.chart(kind.id);
            assert!(!chart.sentence.is_empty(), "{}", kind.id);
        }
    }
    assert!(nobody.chart("power").sentence.contains("no voting member"));
}

/// A minus before a number that is zero as it is written.
fn minus_zero(text: &str) -> bool {
    text.match_indices(['-', '−']).any(|(at, minus)| {
        let number = text[at + minus.len()..].split(|letter: char| !letter.is_ascii_digit() && letter != '.').next();
        let digits = number.unwrap_or_default();
        // Not within a date, a range or a name.
        let begins = !text[..at].ends_with(|letter: char| letter.is_alphanumeric());
        begins && digits.contains('0') && digits.chars().all(|letter| matches!(letter, '0' | '.'))
    })
}

#[test]
fn no_zero_has_a_minus() {
    assert!(minus_zero("from −0.0 to 1.0") && minus_zero("(-0)") && !minus_zero("−0.1, 2020-01, +0.0, -10"));
    let engine = engine();
    let mut boards: Vec<Board> = Vec::new();
    for example in &examples::ALL {
        let workspace = example.open(&engine.atlas).unwrap();
        let groupings = workspace.groupings.iter().map(|grouping| (**grouping).clone()).collect();
        boards.push(Board::new(groupings, &workspace.assumptions));
    }
    // Nobody convenes, one alone, everybody alike, nothing to pay.
    for (codes, rule) in [
        (&["NOR"][..], NamedRule::Unanimity),
        (&["USA", "CHN"], NamedRule::Consensus),
        (&["LIE", "MCO", "SMR", "AND"], NamedRule::SimpleMajority),
    ] {
        let mut odd = grouping(codes);
        odd.rule = DecisionRule::Named(rule);
        boards.push(Board::new(vec![odd], &Assumptions { pair_cost: 0.0, ..Assumptions::default() }));
    }
    for board in &boards {
        let name = &board.groupings[0].name;
        for kind in &CATALOGUE {
            let chart = board.chart(kind.id);
            assert!(!minus_zero(&chart.sentence), "{name}, {}: {}", kind.id, chart.sentence);
            let table = chart.table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| &cell.text));
            let marks = chart.marks.iter().flat_map(|mark| mark.tip.iter().chain([&mark.label, &mark.name]));
            for text in table.chain(marks) {
                assert!(!minus_zero(text), "{name}, {}: {text}", kind.id);
            }
        }
    }
}

#[test]
fn of_193_members_the_largest_are_drawn_and_all_are_in_the_table() {
    let engine = engine();
    let mut of = grouping(&[]);
    let members = engine.atlas.countries.iter().filter(|country| country.is_un_member());
    of.seats = members.map(|country| Seat::new(country.id, Role::Member)).collect();
    of.rule = DecisionRule::Named(NamedRule::SimpleMajority);
    let board = Board::new(vec![of], &Assumptions::default());
    for id in ["cost-members", "power", "leverage"] {
        let chart = board.chart(id);
        assert_eq!(chart.table.rows.len(), 193, "{id}");
        let drawn = chart.marks.iter().filter(|mark| matches!(mark.shape, Shape::Bar { .. } | Shape::Empty { .. }));
        assert!(drawn.count() <= MOST_ROWS + 3, "{id}");
        assert!(chart.marks.iter().any(|mark| mark.name == "and 173 more"), "{id}");
    }
    for kind in &CATALOGUE {
        assert!(!board.chart(kind.id).marks.is_empty(), "{}", kind.id);
    }
}

#[cfg(feature = "gui")]
mod window {
    use std::sync::Arc;

    use super::{CATALOGUE, GroupingId, engine, examples};

    use convenor::app::{App, Command, Named, Tab};
    use convenor::ui::Shell;
    use convenor::ui::layout::Layout;
    use eframe::egui;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    fn window() -> Harness<'static, Shell> {
        let app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
        let mut harness = Harness::builder()
            .with_size([1280.0, 3000.0])
            .with_max_steps(12)
            .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
        harness.run_ok();
        harness
    }

    #[test]
    fn every_chart_opens_speaks_its_sentence_and_shows_its_table() {
        let mut harness = window();
        for kind in &CATALOGUE {
            for other in &CATALOGUE {
                harness.state_mut().app.session.view.set_open(other.id, other.id == kind.id);
            }
            harness.run_ok();
            // What takes longer is computed in the background.
            let start = std::time::Instant::now();
            while kind.id == super::chart::YEARS && harness.state().app.years().is_none() {
                assert!(start.elapsed() < std::time::Duration::from_mins(2), "the track record by year never came");
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            harness.run_ok();
            let state = harness.state_mut();
            let chart = state.plots.chart(&state.app, kind);
            let spoken = format!("{}. {}", chart.title, chart.sentence);
            assert!(harness.query_by_label(&spoken).is_some(), "{spoken}");
            harness.get_by_label(&format!("Show {} as table", chart.title)).click();
            harness.run_ok();
            let first = &chart.table.rows[0].cells[1].text;
            // A number that can be asked about is a button, and says of what.
            assert!(harness.query_all_by_label_contains(first).next().is_some(), "{}: {first}", kind.id);
            harness.get_by_label(&format!("Explain {}", chart.title)).click();
            harness.run_ok();
            assert!(harness.query_by_label(kind.about.reading).is_some(), "{}", kind.id);
            harness.key_press(egui::Key::Escape);
            harness.run_ok();
        }
    }

    #[test]
    fn a_click_in_a_table_is_about_the_grouping_of_its_row_whatever_its_name() {
        let mut harness = window();
        let mut workspace = examples::ALL[0].open(&engine().atlas).unwrap();
        workspace.groupings = super::namesakes().into_iter().map(Arc::new).collect();
        let ids: Vec<GroupingId> = workspace.groupings.iter().map(|grouping| grouping.id).collect();
        harness.state_mut().app = App::new(engine().clone(), workspace);
        for other in &CATALOGUE {
            harness.state_mut().app.session.view.set_open(other.id, other.id == "cost");
        }
        harness.state_mut().app.session.view.set_table("cost", true);
        harness.run_ok();
        let costs: Vec<f64> =
            harness.state().app.results.board.iter().map(|of| of.report.cost.as_ref().unwrap().index).collect();
        assert!((costs[0] - costs[1]).abs() > 1.0, "{costs:?}");
        for (at, cost) in costs.iter().enumerate() {
            let numbers: Vec<_> = harness.get_all_by_label_contains("Cost, ").collect();
            assert_eq!(numbers.len(), 2, "a venue that exists is no grouping on the board");
            numbers[at].click();
            harness.run_ok();
            let formula = format!("÷ 1,000 = {cost:.1}");
            assert!(harness.query_by_label_contains(&formula).is_some(), "row {at}: {formula}");
            harness.key_press(egui::Key::Escape);
            harness.run_ok();
        }
        for (at, id) in ids.iter().enumerate() {
            let names: Vec<_> = harness.get_all_by_role_and_label(egui::Role::Button, "G20").collect();
            assert_eq!(names.len(), 2, "a venue that exists is not selected");
            names[at].click();
            harness.run_ok();
            assert_eq!(harness.state().app.session.view.selected, Some(*id));
        }
    }

    #[test]
    fn the_menu_opens_a_chart_and_a_click_on_a_bar_picks_the_country() {
        let mut harness = window();
        harness.get_by_label("Charts: which are open").click();
        harness.run_ok();
        harness.get_by_label("Who pays what").click();
        harness.run_ok();
        assert!(harness.state().app.session.view.is_open("cost-members"));
        harness.key_press(egui::Key::Escape);
        for kind in &CATALOGUE {
            harness.state_mut().app.session.view.set_open(kind.id, kind.id == "cost-members");
        }
        harness.run_ok();
        let kind = convenor::chart::by_id("cost-members").unwrap();
        let state = harness.state_mut();
        let chart = state.plots.chart(&state.app, kind);
        let rect = harness.get_by_label(&format!("{}. {}", chart.title, chart.sentence)).rect();
        let first = rect.left_top() + egui::vec2(20.0, 11.0);
        harness.hover_at(first);
        harness.step();
        harness.drag_at(first);
        harness.step();
        harness.drop_at(first);
        harness.run_ok();
        let picked = &harness.state().app.session.picked;
        assert_eq!(picked.countries, ["USA".parse().unwrap()]);
        assert_eq!(picked.on, harness.state().app.session.view.selected);
    }

    #[test]
    fn the_layout_comes_back_and_a_damaged_one_is_told() {
        let mut harness = window();
        harness.state_mut().app.session.view.set_open("power", true);
        harness.state_mut().app.session.view.set_table("cost", true);
        let kept = harness.state().layout().text();
        let mut other = window();
        let ctx = other.ctx.clone();
        other.state_mut().restore(&ctx, Some(&kept));
        assert!(other.state().app.session.view.is_open("power") && other.state().app.session.view.is_table("cost"));
        assert_eq!(other.state().layout().text(), kept);
        other.state_mut().app.run(Command::Do(Named::ResetLayout));
        other.run_ok();
        other.step();
        other.state_mut().restore(&ctx, Some("{\"charts\": 5}"));
        assert!(!other.state().app.notices.list().is_empty());
        let layout = Layout { charts: Some(vec!["gone".to_owned()]), tab: Tab::Inspector, ..Layout::default() };
        other.state_mut().restore(&ctx, Some(&layout.text()));
        other.run_ok();
        assert!(!other.state().app.session.view.is_open("power"));
    }
}

#[test]
fn who_would_stay_and_who_gets_what_are_told_by_member() {
    let board = Board::example();
    let stay = board.chart("stay");
    assert_eq!(stay.table.rows.len(), board.reports[0].voters);
    assert!(stay.sentence.contains("holds if outsiders are shut out of") && stay.sentence.contains("leaves first"));
    // The line stands where the one that leaves first would stay.
    let line = stay.marks.iter().find_map(|mark| match mark.shape {
        Shape::Guide { x, .. } => Some(x),
        _ => None,
    });
    let most = bars(&stay).iter().map(|bar| bar.1).fold(0.0, f64::max);
    assert!((line.unwrap() - most).abs() < 1e-9);
    let gets = board.chart("gets");
    assert_eq!(gets.table.rows.len(), board.reports[0].voters);
    assert!(bars(&gets).iter().all(|bar| bar.1 > 0.0 && bar.1 <= 100.0));
    assert!(gets.sentence.contains("most often content"));
}
