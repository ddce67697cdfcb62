//! The scene that charts are made from, of groupings and venues that are on a slide or in a briefing.

use super::super::{Failed, Of, Ranges, Row, Scene, Selected, Whisker};
use super::{Extras, Staged};
use crate::analysis::measures::Measure;
use crate::analysis::{Baseline, Engine, Report};
use crate::model::Grouping;

/// Groupings, and the venues beside them.
type Shown<'a> = (&'a [(&'a Grouping, Staged<'a>)], &'a [(Baseline, Staged<'a>)]);

/// The interval of a measure of what a mark stands for.
fn range((groupings, venues): Shown<'_>, of: Of, measure: &Measure) -> Option<Whisker> {
    let draws = match of {
        Of::Grouping(id) => groupings.iter().find(|(grouping, _)| grouping.id == id)?.1.draws,
        Of::Baseline(baseline) => venues.iter().find(|(other, _)| *other == baseline)?.1.draws,
        _ => None,
    };
    let interval = draws?.of(measure).ok()?;
    Some(Whisker { low: interval.low, high: interval.high, stale: false })
}

/// Makes something of the scene in which `main` is selected.
pub fn with_scene<T>(
    engine: &Engine,
    shown: Shown<'_>,
    (main, extras): (Option<&(&Grouping, Staged<'_>)>, Extras<'_>),
    sponsor: &str,
    then: impl FnOnce(Scene<'_>) -> T,
) -> T {
    let rows: Vec<Row<'_>> = shown.0.iter().map(|(grouping, staged)| Row { grouping, report: staged.report }).collect();
    let baselines: Vec<(Baseline, &Report)> =
        shown.1.iter().map(|(baseline, staged)| (*baseline, staged.report)).collect();
    let ranges = |of: Of, measure: &Measure| range(shown, of, measure);
    let selected = main.map(|(grouping, staged)| Selected {
        grouping,
        report: staged.report,
        case: staged.case,
        study: extras.study,
        years: extras.years,
        moves: extras.moves,
        failed: Failed::default(),
    });
    then(Scene { engine, rows: &rows, baselines: &baselines, ranges: Ranges(&ranges), sponsor, selected })
}
