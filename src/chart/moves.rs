//! What to do next: the changes of one seat that help a measure most.

use super::members::{named, nothing, reach};
use super::scale::scale_to;
use super::words::signed_tenth;
use super::{Axis, Chart, Ink, Mark, Of, Selected, Shape, Table, TableRow};
use crate::analysis::Engine;
use crate::analysis::measures::{self, Better, Measure};
use crate::analysis::whatif::{self, Estimates, Move};

const TITLE: &str = "What to do next";
/// Moves shown for each measure.
const EACH: usize = 4;

/// The moves that raise legitimacy most, lower cost most, and lower deadlock risk most.
#[must_use]
pub fn moves(engine: &Engine, of: Selected<'_>) -> Chart {
    let Some(all) = of.moves else {
        return Chart::empty(TITLE, of.without_moves());
    };
    let before = Estimates::of(of.report);
    let (mut marks, mut rows, mut words) = (Vec::new(), Vec::new(), Vec::new());
    let mut row = 0;
    for (measure, head) in [
        (&measures::DEADLOCK, "Less deadlock risk"),
        (&measures::LEGITIMACY, "More legitimacy"),
        (&measures::COST, "Less cost"),
    ] {
        let best = best(all, &before, measure);
        if let Some((first, gain)) = best.first() {
            words.push(format!("{} {gain:.1} if {}", measure.short, first.change.words(&engine.atlas)));
        }
        marks.push(heading(row, head, best.is_empty()));
        row += 1;
        for (found, gain) in best {
            marks.push(mark(engine, of, row, found, &before, (measure, gain)));
            rows.push(line(engine, head, found, &before));
            row += 1;
        }
    }
    if rows.is_empty() {
        return nothing(TITLE, "no change of one seat helps");
    }
    let mut head = vec!["move".to_owned(), "towards".to_owned()];
    head.extend(measures::ALL.map(|measure| measure.short.to_owned()));
    Chart {
        title: TITLE.to_owned(),
        caption: "one seat changed; bar: points gained".to_owned(),
        sentence: format!("Of all changes of one seat in {}, these help most: {}.", of.grouping.name, words.join("; ")),
        x: Axis { label: "points gained".to_owned(), from: 0.0, to: scale_to(reach(&marks, 1.0), 1.0) },
        y: Axis { label: "moves".to_owned(), from: 0.0, to: f64::from(u32::try_from(row).unwrap_or(0)) },
        marks,
        table: Table { head, rows },
    }
}

/// The moves that help a measure most, each with the points gained; none that changes less than is shown.
fn best<'a>(all: &'a [whatif::Row], before: &Estimates, measure: &Measure) -> Vec<(&'a whatif::Row, f64)> {
    let gain = |found: &whatif::Row| {
        let change = found.change_of(measure, before)?;
        Some(if measure.better == Better::More { change } else { -change })
    };
    let mut ranked: Vec<(&whatif::Row, f64)> =
        all.iter().filter_map(|found| Some((found, gain(found)?))).filter(|(_, gain)| *gain >= 0.05).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked.truncate(EACH);
    ranked
}

fn heading(row: usize, head: &str, is_empty: bool) -> Mark {
    Mark {
        shape: Shape::Empty { row },
        ink: Ink::Baseline,
        of: Of::Line,
        figure: None,
        name: head.to_owned(),
        label: if is_empty { "no single move helps".to_owned() } else { String::new() },
        tip: Vec::new(),
    }
}

fn mark(
    engine: &Engine,
    of: Selected<'_>,
    row: usize,
    found: &whatif::Row,
    before: &Estimates,
    (measure, gain): (&Measure, f64),
) -> Mark {
    let country = &engine.atlas.countries[found.change.actor()];
    let mut tip = vec![found.change.words(&engine.atlas)];
    for other in measures::ALL {
        if let Some(change) = found.change_of(other, before) {
            tip.push(format!("{} {}", other.short, signed_tenth(change)));
        }
    }
    let change = if measure.better == Better::More { gain } else { -gain };
    Mark {
        shape: Shape::bar(row, gain),
        ink: Ink::Grouping(of.grouping.colour),
        of: Of::Country(country.id),
        figure: None,
        name: short(engine, found.change),
        label: signed_tenth(change),
        tip,
    }
}

/// A move in few words.
fn short(engine: &Engine, change: Move) -> String {
    let name = named(&engine.atlas.countries[change.actor()]);
    match change {
        Move::AddMember(_) => format!("{name} joins"),
        Move::AddConvenor(_) => format!("{name} joins to lead"),
        Move::Remove(_) => format!("{name} leaves"),
        Move::Convene(_) => format!("{name} convenes"),
    }
}

fn line(engine: &Engine, towards: &str, found: &whatif::Row, before: &Estimates) -> TableRow {
    let country = engine.atlas.countries[found.change.actor()].id;
    let row = TableRow::new(Of::Country(country), found.change.words(&engine.atlas)).text(towards.to_lowercase());
    let change = |measure| found.change_of(measure, before).map_or_else(|| "–".to_owned(), signed_tenth);
    measures::ALL.into_iter().fold(row, |row, measure| row.text(change(measure)))
}
