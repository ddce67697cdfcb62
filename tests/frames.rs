//! Pictures laid out: scales hold still, bars end where their value is, labels cover nothing, and what is under the pointer is what
//! is drawn there. Texts are measured by a rule that every machine agrees on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::cast_precision_loss)]

#[path = "common/engine.rs"]
mod engine;

use convenor::analysis::measures::{self, Measure};
use convenor::app::App;
use convenor::chart::frame::{
    After, Area, Item, Look, Op, Point, Role, Target, TextMeasure, Tone, elided, elided_middle, layout,
};
use convenor::chart::{CATALOGUE, Chart, Kind, Mark, Of, Picture, Ranges, Row, Scene, Selected, Shape, Study, Whisker};
use convenor::model::{Edit, GroupingId};
use convenor::storage::examples;
use engine::engine;
use proptest::prelude::*;

/// Every letter is half as wide as it is high.
struct Plain;

impl TextMeasure for Plain {
    fn width(&self, words: &str, size: f32, bold: bool) -> f32 {
        words.chars().count() as f32 * size * if bold { 0.55 } else { 0.5 }
    }
}

fn app() -> App {
    let mut app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
    let first = app.workspace().groupings[0].id;
    app.run(convenor::app::Command::Edit(Edit::Convene(first, "SWE".parse().unwrap())));
    app
}

/// The chart of a kind, with intervals of some width around every figure.
fn chart_of(app: &App, kind: &Kind, half: f64) -> Chart {
    let rows: Vec<Row<'_>> =
        app.results.board.iter().map(|of| Row { grouping: &of.grouping, report: &of.report }).collect();
    let baselines: Vec<_> = app.results.board.baselines.iter().map(|of| (of.baseline, &*of.report)).collect();
    let value = |of: Of, measure: &Measure| match of {
        Of::Grouping(id) => app.results.of(id)?.report.value(measure).ok(),
        Of::Baseline(baseline) => app.results.board.baseline(baseline)?.report.value(measure).ok(),
        _ => None,
    };
    let range = |of: Of, measure: &Measure| {
        let value = value(of, measure).filter(|_| half > 0.0)?;
        Some(Whisker { low: (value - half).max(0.0), high: (value + half).min(100.0_f64.max(value)), stale: false })
    };
    let selected = &app.results.board[0];
    let study = Study::new(selected.case.clone());
    let moves = app.moves();
    kind.chart(Scene {
        engine: engine(),
        rows: &rows,
        baselines: &baselines,
        ranges: Ranges(&range),
        sponsor: "the United States",
        selected: Some(Selected {
            grouping: &selected.grouping,
            report: &selected.report,
            case: &selected.case,
            study: Some(&study),
            years: None,
            moves: moves.as_deref().map(Vec::as_slice),
            failed: convenor::chart::Failed::default(),
        }),
    })
}

fn of(id: &str) -> &'static Kind {
    convenor::chart::by_id(id).unwrap()
}

/// Where the bars of groupings end, by grouping.
fn bar_ends(chart: &Chart, look: &Look<'_>) -> Vec<f32> {
    let frame = layout(Picture::Rows, chart, look, &Plain);
    let bars = frame.ops().filter_map(|op| match op {
        Op::Rect { area, fill: Some(Tone::Grouping(_)), .. } => Some(area.right),
        _ => None,
    });
    bars.collect()
}

/// The place of a text.
fn place(text: &convenor::chart::frame::Text) -> Area {
    use convenor::chart::frame::Anchor;
    let width = Plain.width(&text.words, text.size, text.bold);
    let left = match text.anchor {
        Anchor::Left => text.at.x,
        Anchor::Middle => text.at.x - width / 2.0,
        Anchor::Right => text.at.x - width,
    };
    Area::new(left, text.at.y - text.size * 0.4, left + width, text.at.y + text.size * 0.4)
}

#[test]
fn every_picture_is_laid_out_within_its_bounds_and_no_text_covers_another() {
    let app = app();
    for kind in CATALOGUE.iter().filter(|kind| kind.picture != Picture::Years) {
        for half in [0.0, 9.0] {
            let chart = chart_of(&app, kind, half);
            for width in [300.0, 400.0, 700.0, 1400.0] {
                let frame = layout(kind.picture, &chart, &Look::plain(width), &Plain);
                assert!(frame.height > 20.0, "{}", kind.id);
                let bounds = Area::new(-1.0, -1.0, width + 1.0, frame.height + 1.0);
                let texts: Vec<_> = frame.texts().filter(|text| !text.turned).collect();
                assert!(texts.len() > 2, "{}", kind.id);
                for (at, text) in texts.iter().enumerate() {
                    assert!(place(text).is_within(&bounds), "{} {width}: {text:?}", kind.id);
                    for other in &texts[at + 1..] {
                        let covers = place(text).meets(&place(other));
                        // The letter of a disc may lie on another disc, as the discs themselves do.
                        let are_letters = text.bold && other.bold && kind.picture == Picture::Field;
                        assert!(!covers || are_letters, "{} {width}: “{}” and “{}”", kind.id, text.words, other.words);
                    }
                }
            }
        }
    }
}

#[test]
fn a_picture_says_what_it_shows_and_is_read_in_order() {
    let app = app();
    for kind in CATALOGUE.iter().filter(|kind| kind.picture != Picture::Years) {
        let chart = chart_of(&app, kind, 5.0);
        let frame = layout(kind.picture, &chart, &Look::plain(500.0), &Plain);
        let Some(Item::Open(Role::Figure(words))) = frame.items.first() else { panic!("{}", kind.id) };
        assert!(words.contains(&chart.sentence));
        let mut depth = 0_i32;
        for item in &frame.items {
            depth += match item {
                Item::Open(_) => 1,
                Item::Close => -1,
                Item::Draw(_) => 0,
            };
            assert!(depth >= 0);
        }
        assert_eq!(depth, 0, "{}", kind.id);
    }
    let chart = chart_of(&app, of("legitimacy"), 0.0);
    let frame = layout(Picture::Rows, &chart, &Look::plain(500.0), &Plain);
    let words: Vec<&str> = frame.texts().map(|text| text.words.as_str()).collect();
    let at =
        |wanted: &str| words.iter().position(|word| *word == wanted).unwrap_or_else(|| panic!("{wanted}: {words:?}"));
    assert!(at("T-12") < at("D-10") && at("D-10") < at("Digital Nations") && at("Digital Nations") < at("0"));
}

#[test]
fn what_is_under_the_pointer_is_what_is_drawn_there() {
    let app = app();
    for kind in CATALOGUE.iter().filter(|kind| kind.picture != Picture::Years) {
        let chart = chart_of(&app, kind, 5.0);
        let frame = layout(kind.picture, &chart, &Look::plain(600.0), &Plain);
        for hit in &frame.hits {
            let (Target::Mark(at) | Target::Figure(at)) = hit.target else { panic!("{}", kind.id) };
            assert!(at < chart.marks.len(), "{}", kind.id);
        }
        for (at, mark) in chart.marks.iter().enumerate() {
            let answers = matches!(
                mark.shape,
                Shape::Bar { .. } | Shape::Empty { .. } | Shape::Disc { .. } | Shape::Place { .. }
            );
            assert!(!answers || frame.area_of(Target::Mark(at)).is_some(), "{}: {}", kind.id, mark.name);
        }
        assert_eq!(frame.hit(Point { x: -50.0, y: -50.0 }), None);
    }
    let chart = chart_of(&app, of("deadlock"), 5.0);
    let frame = layout(Picture::Rows, &chart, &Look::plain(600.0), &Plain);
    let figure = frame.hits.iter().find(|hit| matches!(hit.target, Target::Figure(_))).unwrap();
    let inside = Point { x: figure.area.left + 3.0, y: figure.area.top + 3.0 };
    assert_eq!(frame.hit(inside), Some(figure.target), "the figure lies on its row");
}

#[test]
fn bars_end_where_their_value_is_whatever_the_label_needs() {
    let app = app();
    for measure in [&measures::LEGITIMACY, &measures::DEADLOCK, &measures::MICROLATERAL] {
        let mut chart = chart_of(&app, of(measure.name), 0.0);
        assert!((chart.x.to - 100.0).abs() < 1e-9 && chart.x.from.abs() < 1e-9);
        // 46 % and 53 % with long labels.
        for (mark, value) in
            chart.marks.iter_mut().filter(|mark| matches!(mark.of, Of::Grouping(_))).zip([46.0, 53.0, 100.0])
        {
            mark.shape = match mark.shape {
                Shape::Bar { row, from, whisker, .. } => Shape::Bar { row, from, to: value, whisker },
                other => other,
            };
            mark.label = format!("{value:.0} % · reach 33 %, and more than that");
        }
        for width in [300.0, 400.0, 700.0] {
            let ends = bar_ends(&chart, &Look::plain(width));
            let zero = ends[0] - (ends[1] - ends[0]) * 46.0 / 7.0;
            assert!(ends[1] - ends[0] > 4.0, "{width}: {ends:?}");
            assert!(((ends[2] - zero) / (ends[0] - zero) - 100.0 / 46.0).abs() < 0.01, "in proportion: {ends:?}");
        }
    }
}

#[test]
fn nothing_on_a_scale_moves_while_something_is_carried() {
    let app = app();
    let id = app.results.board[0].grouping.id;
    for measure in [&measures::LEGITIMACY, &measures::COST, &measures::DEADLOCK] {
        let chart = chart_of(&app, of(measure.name), 6.0);
        let before = bar_ends(&chart, &Look::plain(420.0));
        for value in [5.0, 60.0, 99.0, 480.0] {
            let after =
                After {
                    of: id, value: [value, 0.0], label: "20 → 35 % · reach 41 → 44 %, which is long".to_owned()
                };
            let look = Look { after: Some(after), ..Look::plain(420.0) };
            assert_eq!(bar_ends(&chart, &look), before, "{} at {value}", measure.name);
        }
    }
}

#[test]
fn two_charts_of_the_cost_agree_and_a_longer_scale_is_said() {
    let mut app = app();
    let bars = chart_of(&app, of("cost"), 0.0);
    assert!((bars.x.to - chart_of(&app, of("trade-off"), 0.0).x.to).abs() < 1e-9);
    // A dear programme of many: the scale steps, and the caption says so.
    let first = app.workspace().groupings[0].id;
    for id in app
        .workspace()
        .groupings
        .iter()
        .map(|grouping| grouping.id)
        .filter(|id| *id != first)
        .collect::<Vec<GroupingId>>()
    {
        app.run(convenor::app::Command::Edit(Edit::DeleteGrouping(id)));
    }
    let mut assumptions = (*app.workspace().assumptions).clone();
    assumptions.pair_cost = 1.0;
    assumptions.hub_factor = 1.0;
    app.run(convenor::app::Command::Edit(Edit::Assume(Box::new(assumptions), "costs")));
    let dear = chart_of(&app, of("cost"), 0.0);
    assert!(dear.x.to > 100.0, "{:?}", app.results.board[0].report.cost);
    assert!(dear.caption.contains("scale to"), "{}", dear.caption);
    assert!((dear.x.to - chart_of(&app, of("trade-off"), 0.0).x.to).abs() < 1e-9);
}

#[test]
fn a_chosen_row_is_bold_and_figures_clear_the_guides() {
    let app = app();
    let chart = chart_of(&app, of("deadlock"), 0.0);
    let first = app.results.board[0].grouping.id;
    let chosen = |mark: &Mark| mark.of == Of::Grouping(first);
    let frame = layout(Picture::Rows, &chart, &Look { is_chosen: &chosen, ..Look::plain(420.0) }, &Plain);
    assert!(frame.texts().any(|text| text.bold && text.words == "T-12"));
    assert!(!frame.texts().any(|text| text.bold && text.words == "D-10"));
    // Behind each figure that stands beside its bar is a ground that no guide runs through.
    let grounds = frame.ops().filter(|op| matches!(op, Op::Rect { fill: Some(Tone::Row(_)), .. })).count();
    assert_eq!(grounds, 3);
}

proptest! {
    #[test]
    fn shortened_texts_fit_and_keep_their_ends(text in "[a-zA-Zäöü ]{1,60}", width in 8.0_f32..300.0) {
        for (is_middle, short) in [
            (false, elided(&text, width, 13.0, false, &Plain)),
            (true, elided_middle(&text, width, 13.0, false, &Plain)),
        ] {
            if short == text {
                continue;
            }
            prop_assert!(short.contains('…'));
            prop_assert!(short.chars().count() <= 2 || Plain.width(&short, 13.0, false) <= width);
            prop_assert!(text.starts_with(short.split('…').next().unwrap().trim_end()));
            if is_middle {
                prop_assert!(text.ends_with(short.split('…').nth(1).unwrap()));
            }
        }
    }
}
