//! Who would stay, and who gets what.

use super::members::{self, Member, named, nothing, reach};
use super::scale::scale_to;
use super::words::{fixed, percent};
use super::{Axis, Chart, Figure, Ink, Mark, MemberFigure, Of, Selected, Shape, Table, TableRow};
use crate::analysis::Engine;
use crate::analysis::stability::Exit;
use crate::data::Atlas;

const STAY: &str = "Who would stay";
const GETS: &str = "Who gets what";

/// From which exclusion of outsiders on each member stays.
#[must_use]
pub fn stay(engine: &Engine, of: Selected<'_>) -> Chart {
    let Some(study) = of.study else { return Chart::empty(STAY, of.without_study()) };
    let found = study.stability(engine);
    let exclusion = match found.exclusion_needed {
        Ok(exclusion) => exclusion,
        Err(reason) => return nothing(STAY, reason),
    };
    let mut exits: Vec<&Exit> = found.exits.iter().collect();
    let order = |exit: &Exit| exit.needed.unwrap_or(f64::NEG_INFINITY);
    exits.sort_by(|one, other| order(other).total_cmp(&order(one)));
    let words = |exit: &Exit| match exit.needed {
        Err(_) => "not defined".to_owned(),
        Ok(needed) if needed <= 0.0 => "stays anyway".to_owned(),
        Ok(needed) if needed > 1.0 => "leaves even a closed club".to_owned(),
        Ok(needed) => format!("from {} on", percent(needed)),
    };
    let member = |exit: &&Exit| Member {
        actor: exit.actor,
        figure: MemberFigure::Exclusion,
        to: exit.needed.ok().map(|needed| (100.0 * needed).max(0.0)),
        point: None,
        label: words(exit),
        tip: vec![
            format!("inside: cost {:.1}, burden {}", exit.cost, percent(exit.share)),
            exit.without.map_or_else(
                |reason| format!("without it: {reason}"),
                |risk| format!("without it the others fail on {}", percent(risk)),
            ),
        ],
    };
    let list: Vec<Member> = exits.iter().map(member).collect();
    let (mut marks, rows) = members::marks(&engine.atlas, &list, of.grouping.colour, 0);
    marks.push(Mark {
        shape: Shape::Guide { x: exclusion, whisker: None },
        ink: Ink::Baseline,
        of: Of::Line,
        figure: None,
        name: "all stay".to_owned(),
        label: format!("{exclusion:.0}"),
        tip: vec![format!("from {exclusion:.1} % on all stay")],
    });
    let sentence = holds_words(&engine.atlas, &of.grouping.name, exclusion, found.first_to_leave);
    let head = ["member", "exclusion needed", "burden share", "cost inside", "deadlock risk without it"];
    Chart {
        title: STAY.to_owned(),
        caption: "bar: exclusion of outsiders from which on the member stays; line: all stay".to_owned(),
        sentence,
        x: Axis { label: "% of the benefit".to_owned(), from: 0.0, to: scale_to(reach(&marks, 10.0), 10.0) },
        y: Axis { label: "members".to_owned(), from: 0.0, to: f64::from(u32::try_from(rows).unwrap_or(0)) },
        marks,
        table: Table {
            head: head.map(str::to_owned).to_vec(),
            rows: exits
                .iter()
                .map(|exit| {
                    let country = &engine.atlas.countries[exit.actor];
                    let figure = |of| Figure::Member(of, exit.actor);
                    let needed =
                        exit.needed.map_or_else(|_| "–".to_owned(), |needed| format!("{} %", fixed(100.0 * needed, 1)));
                    let without = exit.without.map_or_else(|_| "–".to_owned(), percent);
                    TableRow::new(Of::Country(country.id), named(country))
                        .number(figure(MemberFigure::Exclusion), needed)
                        .number(figure(MemberFigure::Burden), percent(exit.share))
                        .number(figure(MemberFigure::OwnCost), format!("{:.1}", exit.cost))
                        .number(figure(MemberFigure::Exclusion), without)
                })
                .collect(),
        },
    }
}

/// Whether a grouping holds, in a sentence: `exclusion` per cent of the benefit, and who leaves first below it.
#[must_use]
pub fn holds_words(atlas: &Atlas, name: &str, exclusion: f64, first: Option<usize>) -> String {
    match first.map(|actor| atlas.countries[actor].in_sentence()) {
        None => format!("{name} holds even if outsiders share all of the benefit."),
        Some(first) if exclusion > 100.0 => {
            format!("{name} does not hold even as a closed club: {first} gains by leaving.")
        }
        Some(first) => {
            format!(
                "{name} holds if outsiders are shut out of {exclusion:.0} % of the benefit; below that {first} leaves first."
            )
        }
    }
}

/// What the decisions are to each member, beside what it pays and its power.
#[must_use]
pub fn gets(engine: &Engine, of: Selected<'_>) -> Chart {
    let Some(study) = of.study else { return Chart::empty(GETS, of.without_study()) };
    let outcomes = match study.outcomes(engine) {
        Ok(outcomes) => outcomes,
        Err(reason) => return nothing(GETS, reason),
    };
    let (exits, shares) = (&study.stability(engine).exits, study.power(engine).ok());
    let mut order: Vec<usize> = (0..outcomes.len()).collect();
    order.sort_by(|one, other| outcomes[*other].success().total_cmp(&outcomes[*one].success()));
    let burden = |actor: usize| exits.iter().find(|exit| exit.actor == actor).map(|exit| exit.share);
    let power = |at: usize| shares.and_then(|shares| shares.get(at).copied());
    let or_none = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), percent);
    let member = |at: &usize| {
        let outcome = outcomes[*at];
        Member {
            actor: outcome.actor,
            figure: MemberFigure::Success,
            to: Some(100.0 * outcome.success()),
            point: burden(outcome.actor).map(|share| 100.0 * share),
            label: percent(outcome.success()),
            tip: vec![
                format!("pays {} of the programme", or_none(burden(outcome.actor))),
                format!("overruled {}: votes no, and it passes", percent(outcome.overruled)),
                format!("frustrated {}: votes yes, and it fails", percent(outcome.frustrated)),
                format!("{} of voting power", or_none(power(*at))),
            ],
        }
    };
    let list: Vec<Member> = order.iter().map(member).collect();
    let (marks, rows) = members::marks(&engine.atlas, &list, of.grouping.colour, 0);
    let name = |at: usize| engine.atlas.countries[outcomes[at].actor].in_sentence();
    let sentence = match (order.first(), order.last()) {
        (Some(first), Some(last)) if first != last => format!(
            "In {}, {} is most often content, on {} of what is tabled; {} least, on {}.",
            of.grouping.name,
            name(*first),
            percent(outcomes[*first].success()),
            name(*last),
            percent(outcomes[*last].success()),
        ),
        _ => format!("{} has one voting member.", of.grouping.name),
    };
    let head = ["member", "success", "overruled", "frustrated", "burden share", "voting power"];
    Chart {
        title: GETS.to_owned(),
        caption: "bar: how often content; diamond: share of the burden".to_owned(),
        sentence,
        x: Axis { label: "%".to_owned(), from: 0.0, to: 100.0 },
        y: Axis { label: "members".to_owned(), from: 0.0, to: f64::from(u32::try_from(rows).unwrap_or(0)) },
        marks,
        table: Table {
            head: head.map(str::to_owned).to_vec(),
            rows: order
                .iter()
                .map(|at| {
                    let outcome = outcomes[*at];
                    let country = &engine.atlas.countries[outcome.actor];
                    let figure = |of| Figure::Member(of, outcome.actor);
                    TableRow::new(Of::Country(country.id), named(country))
                        .number(figure(MemberFigure::Success), percent(outcome.success()))
                        .number(figure(MemberFigure::Success), percent(outcome.overruled))
                        .number(figure(MemberFigure::Success), percent(outcome.frustrated))
                        .number(figure(MemberFigure::Burden), or_none(burden(outcome.actor)))
                        .number(figure(MemberFigure::Power), or_none(power(*at)))
                })
                .collect(),
        },
    }
}
