//! Where the members stand in Assembly votes, and the span that consensus must bridge.

use super::members::{named, nothing};
use super::words::figured;
use super::{Axis, Chart, Figure, Ink, Mark, MemberFigure, Of, Selected, Shape, Stands, Table, TableRow};
use crate::analysis::Engine;
use crate::data::Subject;
use crate::model::Veto;

const TITLE: &str = "Who has to be bridged";

struct Standing {
    actor: usize,
    x: f64,
    stands: Stands,
    estimated: bool,
}

/// The members and the poles on one axis; those that matter most come last.
#[must_use]
pub fn strip(engine: &Engine, of: Selected<'_>) -> Chart {
    let standing = standing(engine, of);
    let members = || standing.iter().filter(|one| one.stands != Stands::Pole);
    let (Some(left), Some(right)) =
        (members().min_by(|a, b| a.x.total_cmp(&b.x)), members().max_by(|a, b| a.x.total_cmp(&b.x)))
    else {
        return nothing(TITLE, "no voting member with a voting position");
    };
    let mut marks = vec![Mark {
        shape: Shape::Span { from: left.x, to: right.x },
        ink: Ink::Grouping(of.grouping.colour),
        of: Of::Line,
        figure: None,
        name: "span".to_owned(),
        label: format!("{:.1}", right.x - left.x),
        tip: Vec::new(),
    }];
    let mut order: Vec<&Standing> = standing.iter().collect();
    order.sort_by_key(|one| {
        let end = one.actor == left.actor || one.actor == right.actor;
        (one.stands == Stands::Convenor, end, one.stands == Stands::Pole, one.stands == Stands::Veto)
    });
    marks.extend(order.into_iter().map(|one| mark(engine, of, one)));
    let ends = standing.iter().fold((f64::MAX, f64::MIN), |(low, high), one| (low.min(one.x), high.max(one.x)));
    let pad = 0.06 * (ends.1 - ends.0).max(0.5);
    Chart {
        title: TITLE.to_owned(),
        caption: "position in Assembly votes".to_owned(),
        sentence: sentence(engine, of, &standing, (left, right)),
        x: Axis { label: "ideal point".to_owned(), from: ends.0 - pad, to: ends.1 + pad },
        y: Axis { label: String::new(), from: 0.0, to: 1.0 },
        marks,
        table: table(engine, &standing),
    }
}

fn standing(engine: &Engine, of: Selected<'_>) -> Vec<Standing> {
    let case = of.case;
    let point = |actor: usize| {
        let fact = engine.facts.fact(Subject::IdealPoint, actor);
        Some((fact.value?, fact.provenance.flag().is_some()))
    };
    let vetoes = |actor: usize| match &case.rule.full.veto {
        Veto::List(holders) => holders.contains(&engine.atlas.countries[actor].id),
        Veto::All | Veto::None => false,
    };
    let mut standing: Vec<Standing> = case
        .voters
        .iter()
        .filter_map(|voter| {
            let (x, estimated) = point(voter.actor)?;
            let stands = match voter {
                voter if voter.convenor => Stands::Convenor,
                voter if vetoes(voter.actor) => Stands::Veto,
                _ => Stands::Member,
            };
            Some(Standing { actor: voter.actor, x, stands, estimated })
        })
        .collect();
    for pole in case.settings.poles {
        let Some(actor) = engine.atlas.actor(pole) else { continue };
        if !standing.iter().any(|one| one.actor == actor)
            && let Some((x, estimated)) = point(actor)
        {
            standing.push(Standing { actor, x, stands: Stands::Pole, estimated });
        }
    }
    standing
}

fn word(stands: Stands) -> &'static str {
    match stands {
        Stands::Member => "member",
        Stands::Veto => "member with a veto",
        Stands::Convenor => "convenor",
        Stands::Pole => "pole, not a member",
    }
}

fn mark(engine: &Engine, of: Selected<'_>, one: &Standing) -> Mark {
    let country = &engine.atlas.countries[one.actor];
    let label = match one.stands {
        Stands::Member => country.name.clone(),
        Stands::Veto => format!("{}, veto", country.name),
        Stands::Convenor => format!("{}, convenor", country.name),
        Stands::Pole => format!("{}, pole", country.name),
    };
    let mut tip = vec![named(country), format!("{} at {}", word(one.stands), place(one.x))];
    if one.estimated {
        tip.push("estimated from neighbours".to_owned());
    }
    Mark {
        shape: Shape::Place { x: one.x, stands: one.stands },
        ink: if one.stands == Stands::Pole { Ink::Baseline } else { Ink::Grouping(of.grouping.colour) },
        of: Of::Country(country.id),
        figure: Some(Figure::Member(MemberFigure::Position, one.actor)),
        name: country.name.clone(),
        label,
        tip,
    }
}

fn place(x: f64) -> String {
    figured(x, 2)
}

fn sentence(engine: &Engine, of: Selected<'_>, standing: &[Standing], (left, right): (&Standing, &Standing)) -> String {
    let name = |one: &Standing| format!("{} ({})", engine.atlas.countries[one.actor].in_sentence(), place(one.x));
    let all = |which: Stands| -> Vec<String> { standing.iter().filter(|one| one.stands == which).map(name).collect() };
    let mut words = if left.actor == right.actor {
        format!("{} has one voting member with a position, {}", of.grouping.name, name(left))
    } else {
        format!("{} spans {:.1} points, from {} to {}", of.grouping.name, right.x - left.x, name(left), name(right))
    };
    let convenors = all(Stands::Convenor);
    if !convenors.is_empty() {
        words = format!("{words}; convened by {}", convenors.join(", "));
    }
    let poles = all(Stands::Pole);
    if !poles.is_empty() {
        let which = if poles.len() == 1 { "the pole" } else { "the poles" };
        words = format!("{words}; outside of it {which} {}", poles.join(", "));
    }
    words.push('.');
    words
}

fn table(engine: &Engine, standing: &[Standing]) -> Table {
    let mut order: Vec<&Standing> = standing.iter().collect();
    order.sort_by(|a, b| a.x.total_cmp(&b.x));
    let row = |one: &&Standing| {
        let flag = if one.estimated { ", estimated from neighbours" } else { "" };
        let country = &engine.atlas.countries[one.actor];
        TableRow::new(Of::Country(country.id), named(country))
            .number(Figure::Member(MemberFigure::Position, one.actor), place(one.x))
            .text(format!("{}{flag}", word(one.stands)))
    };
    Table {
        head: ["actor", "position", "stands as"].map(str::to_owned).to_vec(),
        rows: order.iter().map(row).collect(),
    }
}
