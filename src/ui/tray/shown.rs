//! Which actors the list shows, and in which order.

use std::collections::HashMap;
use std::sync::Arc;

use super::bundles::bundle_members;
use super::{Sort, TrayView};
use crate::analysis::measures::{Better, Measure};
use crate::analysis::whatif::{Estimates, Row};
use crate::app::App;
use crate::data::{CountryId, Subject};

/// The rows of the list.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// The actors, sorted.
    pub(super) actors: Vec<usize>,
    /// By actor: what moves would do to the chosen measure, in the order of [`Sort::columns`].
    pub(super) changes: HashMap<usize, Changes>,
}

/// What the moves of both what-if columns would do, each with all five figures after it.
pub(super) type Changes = [Option<(f64, Estimates)>; 2];

/// The rows of the list, and what they were made of. It keeps the moves that it was made of, so that no others can stand at their
/// place in memory.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) of: String,
    moves: Option<Arc<Vec<Row>>>,
    rows: Arc<Shown>,
}

/// The rows that search and filters let through, sorted; computed anew only when something changed.
pub(super) fn shown(app: &App, view: &mut TrayView) -> Arc<Shown> {
    let settings = &app.workspace().assumptions;
    let moves = if view.sort.is_what_if() { app.moves() } else { None };
    let measure = view.measure();
    let members: Vec<CountryId> = if view.only_members {
        app.selected().map(|grouping| grouping.seats.iter().map(|seat| seat.country).collect()).unwrap_or_default()
    } else {
        Vec::new()
    };
    let scores = (settings.poles, settings.small_population, settings.equidistance_steepness);
    let filters = (&view.region, view.body, view.range, view.only_members, &members);
    // Of whom it is known what it would gain, and for which grouping.
    let joins = (view.sort == Sort::WouldJoin).then(|| app.joins().map(|joins| Arc::as_ptr(&joins).addr()));
    let of = format!("{:?}", (&view.search, view.sort, filters, scores, measure.name, joins));
    if let Some(made) = &view.cache
        && made.of == of
        && match (&made.moves, &moves) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (before, now) => before.is_none() && now.is_none(),
        }
    {
        return made.rows.clone();
    }
    let mut actors = let_through(app, view, &members);
    let mut changes: HashMap<usize, Changes> = HashMap::new();
    let columns = view.sort.columns();
    if let Some((moves, now)) = moves.as_ref().zip(app.session.view.selected.and_then(|id| app.results.of(id))) {
        let now = Estimates::of(&now.report);
        for row in moves.iter() {
            let Some(at) = columns.iter().position(|column| column.shows(row.change)) else { continue };
            if let Some(change) = row.change_of(measure, &now) {
                changes.entry(row.change.actor()).or_default()[at] = Some((change, row.estimates));
            }
        }
    }
    sort(app, view.sort, measure, &changes, &mut actors);
    let rows = Arc::new(Shown { actors, changes });
    view.cache = Some(Made { of, moves, rows: rows.clone() });
    rows
}

pub(super) fn let_through(app: &App, view: &TrayView, members: &[CountryId]) -> Vec<usize> {
    let in_body: Option<Vec<CountryId>> = view.body.map(|at| bundle_members(app, at));
    searched(app, &view.search)
        .into_iter()
        .filter(|actor| {
            let country = &app.atlas().countries[*actor];
            view.region.as_ref().is_none_or(|region| country.region == *region)
                && (!view.only_members || members.contains(&country.id))
                && in_body.as_ref().is_none_or(|members| members.contains(&country.id))
                && view.range.is_none_or(|(at, low, high)| {
                    app.atlas().indicators[at].figures[*actor]
                        .is_some_and(|figure| figure.value >= low && figure.value <= high)
                })
        })
        .collect()
}

/// The actors that the search finds, best first; of a list those that it names, in its order.
pub(super) fn searched(app: &App, search: &str) -> Vec<usize> {
    let names = &app.atlas().names;
    names.list(search).map_or_else(
        || names.ranked(search).into_iter().map(|hit| hit.actor).collect(),
        |listed| listed.found.into_iter().filter_map(|id| app.atlas().actor(id)).collect(),
    )
}

/// As the search ranks them; by a figure, largest first; or by what would follow, best first. Those without a figure come
/// last, and where figures do not tell, the search does.
pub(super) fn sort(app: &App, sort: Sort, measure: &Measure, changes: &HashMap<usize, Changes>, actors: &mut [usize]) {
    if sort == Sort::Name {
        return;
    }
    let value = |actor: usize| {
        let value = if sort.is_what_if() {
            let sign = if measure.better == Better::More { 1.0 } else { -1.0 };
            let at = sort.columns().iter().position(|column| *column == sort);
            at.and_then(|at| changes.get(&actor)?[at]).map(|(change, _)| sign * change)
        } else {
            sort_value(app, sort, actor)
        };
        value.unwrap_or(f64::NEG_INFINITY)
    };
    actors.sort_by(|a, b| value(*b).total_cmp(&value(*a)));
}

pub(super) fn sort_value(app: &App, sort: Sort, actor: usize) -> Option<f64> {
    match sort {
        Sort::Name | Sort::IfAdded | Sort::IfConvenor | Sort::IfLeaves => None,
        Sort::Population => app.engine.facts.value(Subject::Population, actor),
        Sort::Gdp => app.engine.facts.value(Subject::Gdp, actor),
        Sort::Broker => app.broker(actor),
        Sort::WouldJoin => app.joins()?.get(&actor).copied(),
    }
}
