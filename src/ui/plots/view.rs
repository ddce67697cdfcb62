//! What the plots keep between frames: the charts that were made.

use std::collections::HashMap;
use std::sync::Arc;

use crate::analysis::measures::{self, Measure};
use crate::analysis::years::Years;
use crate::analysis::{Baseline, Defined, Report, whatif};
use crate::app::{App, Beside, Evaluated};
use crate::chart::{self, Chart, Failed, Kind, Of, Ranges, Row, Scene, Selected, Study, Whisker};
use crate::model::GroupingId;

/// What the plots keep between frames.
#[derive(Debug, Default)]
pub struct PlotsView {
    made: HashMap<&'static str, Arc<Chart>>,
    made_of: Option<Origin>,
    /// The chart to scroll to, once.
    pub scroll_to: Option<&'static str>,
}

/// What is computed in the background, as far as it is there.
#[derive(Clone, Debug)]
struct Computed {
    moves: Option<Arc<Vec<whatif::Row>>>,
    study: Option<Arc<Study>>,
    years: Option<Arc<Defined<Years>>>,
}

/// All that the charts were made from; as long as it is the same, so are they.
#[derive(Debug)]
struct Origin {
    board: Vec<Evaluated>,
    baselines: Vec<Beside>,
    selected: Option<GroupingId>,
    moves: Option<Arc<Vec<whatif::Row>>>,
    study: Option<Arc<Study>>,
    years: Option<Arc<Defined<Years>>>,
    failed: Failed,
    intervals: Vec<Option<Whisker>>,
}

/// The intervals of everything on the board and beside it, measure by measure.
fn intervals(app: &App) -> impl Iterator<Item = Option<Whisker>> + '_ {
    let board = app.results.board.iter().map(|evaluated| Of::Grouping(evaluated.grouping.id));
    let baselines = app.results.board.baselines.iter().map(|beside| Of::Baseline(beside.baseline));
    board.chain(baselines).flat_map(move |of| measures::ALL.into_iter().map(move |measure| whisker(app, of, measure)))
}

fn whisker(app: &App, of: Of, measure: &Measure) -> Option<Whisker> {
    let shown = match of {
        Of::Grouping(id) => app.results.interval(id, measure),
        Of::Baseline(baseline) => app.results.baseline_interval(baseline, measure),
        Of::Country(_) | Of::Design(_) | Of::Line => None,
    }?;
    Some(Whisker { low: shown.interval.low, high: shown.interval.high, stale: shown.stale })
}

/// What will not come.
fn failed(app: &App) -> Failed {
    Failed { study: app.has_no_study(), years: app.has_no_years(), moves: app.has_no_moves() }
}

/// Whether both are the same answer, or both are not there yet.
fn same<T>(kept: Option<&Arc<T>>, now: Option<&Arc<T>>) -> bool {
    match (kept, now) {
        (Some(kept), Some(now)) => Arc::ptr_eq(kept, now),
        (None, None) => true,
        _ => false,
    }
}

impl Origin {
    fn of(app: &App, computed: Computed) -> Self {
        let Computed { moves, study, years } = computed;
        Self {
            moves,
            study,
            years,
            failed: failed(app),
            intervals: intervals(app).collect(),
            board: app.results.board.to_vec(),
            baselines: app.results.board.baselines.clone(),
            selected: app.session.view.selected,
        }
    }

    fn is_still(&self, app: &App, computed: &Computed) -> bool {
        let unchanged = |(kept, now): (&Evaluated, &Evaluated)| {
            Arc::ptr_eq(&kept.grouping, &now.grouping) && Arc::ptr_eq(&kept.report, &now.report)
        };
        same(self.moves.as_ref(), computed.moves.as_ref())
            && same(self.study.as_ref(), computed.study.as_ref())
            && same(self.years.as_ref(), computed.years.as_ref())
            && self.failed == failed(app)
            && self.intervals.iter().copied().eq(intervals(app))
            && self.selected == app.session.view.selected
            && self.board.len() == app.results.board.len()
            && self.baselines.len() == app.results.board.baselines.len()
            && self.board.iter().zip(&app.results.board).all(unchanged)
            && self
                .baselines
                .iter()
                .zip(&app.results.board.baselines)
                .all(|(kept, now)| Arc::ptr_eq(&kept.report, &now.report))
    }
}

impl PlotsView {
    /// A chart, made anew only after something changed.
    pub fn chart(&mut self, app: &App, kind: &Kind) -> Arc<Chart> {
        // Computed in the background, and only if somebody looks.
        let computed = Computed {
            moves: if app.session.view.is_open(chart::MOVES) { app.moves() } else { None },
            study: app.study(),
            years: if app.session.view.is_open(chart::YEARS) { app.years() } else { None },
        };
        if !self.made_of.as_ref().is_some_and(|origin| origin.is_still(app, &computed)) {
            self.made.clear();
            self.made_of = Some(Origin::of(app, computed.clone()));
        }
        if let Some(chart) = self.made.get(kind.id) {
            return chart.clone();
        }
        let chart = Arc::new(make(app, kind, &computed));
        self.made.insert(kind.id, chart.clone());
        chart
    }
}

fn make(app: &App, kind: &Kind, computed: &Computed) -> Chart {
    let row = |evaluated: &'_ Evaluated| (evaluated.grouping.clone(), evaluated.report.clone());
    let kept: Vec<_> = app.results.board.iter().map(row).collect();
    let rows: Vec<Row<'_>> = kept.iter().map(|(grouping, report)| Row { grouping, report }).collect();
    let baselines: Vec<(Baseline, &Report)> =
        app.results.board.baselines.iter().map(|beside| (beside.baseline, &*beside.report)).collect();
    let selected = app.session.view.selected.and_then(|id| app.results.of(id));
    let of = selected.map(|evaluated| Selected {
        grouping: &evaluated.grouping,
        report: &evaluated.report,
        case: &evaluated.case,
        study: computed.study.as_deref(),
        years: computed.years.as_deref(),
        moves: computed.moves.as_deref().map(Vec::as_slice),
        failed: failed(app),
    });
    let sponsor = sponsor_name(app);
    let of_mark = |of: Of, measure: &Measure| whisker(app, of, measure);
    let ranges = Ranges(&of_mark);
    kind.chart(Scene {
        engine: &app.engine,
        rows: &rows,
        baselines: &baselines,
        ranges,
        sponsor: &sponsor,
        selected: of,
    })
}

fn sponsor_name(app: &App) -> String {
    let id = app.workspace().assumptions.sponsor;
    app.atlas().in_sentence(id)
}
