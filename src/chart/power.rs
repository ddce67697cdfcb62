//! Voting power under the grouping's own rule, and whose no decides.

use super::members::{self, Member, named, nothing, reach};
use super::scale::scale_to;
use super::words::percent;
use super::{Axis, Chart, Figure, MemberFigure, Of, Selected, Table, TableRow};
use crate::analysis::Engine;

const TITLE: &str = "Voting power";

/// Each member's share of voting power, with how often its no is decisive.
#[must_use]
pub fn power(engine: &Engine, of: Selected<'_>) -> Chart {
    let Some(study) = of.study else { return Chart::empty(TITLE, of.without_study()) };
    let shares = match study.power(engine) {
        Ok(shares) => shares,
        Err(reason) => return nothing(TITLE, reason),
    };
    let noes = study.decisive_noes(engine).ok();
    let mut voters: Vec<(usize, f64, Option<f64>)> = of
        .case
        .actors()
        .zip(shares)
        .enumerate()
        .map(|(at, (actor, share))| (actor, *share, noes.and_then(|noes| noes.get(at).copied())))
        .collect();
    voters.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.2.unwrap_or(0.0).total_cmp(&a.2.unwrap_or(0.0))));
    let no = |no: Option<f64>| no.map_or_else(|| "–".to_owned(), percent);
    let members: Vec<Member> = voters
        .iter()
        .map(|(actor, share, decisive)| Member {
            actor: *actor,
            figure: MemberFigure::Power,
            to: Some(100.0 * share),
            point: decisive.map(|no| 100.0 * no),
            label: format!("{} · decides {}", percent(*share), no(*decisive)),
            tip: vec![
                format!("{} of voting power under this rule", percent(*share)),
                format!("its no decides {} of what is tabled: it would pass with its yes", no(*decisive)),
            ],
        })
        .collect();
    let (marks, rows) = members::marks(&engine.atlas, &members, of.grouping.colour, 0);
    let equal = voters.windows(2).all(|pair| (pair[0].1 - pair[1].1).abs() < 1e-9);
    let name = |actor: usize| engine.atlas.countries[actor].in_sentence();
    let strongest = voters.first().map_or_else(String::new, |(actor, share, _)| {
        if equal {
            format!("equal, {} each", percent(*share))
        } else {
            format!("{} has most, {}", name(*actor), percent(*share))
        }
    });
    let nays = voters.iter().filter_map(|(actor, _, no)| Some((actor, (*no)?))).max_by(|a, b| a.1.total_cmp(&b.1));
    let nays = nays.map_or_else(String::new, |(actor, no)| {
        format!("; the no of {} decides most often, on {}", name(*actor), percent(no))
    });
    Chart {
        title: TITLE.to_owned(),
        caption: "bar: share of power; diamond: its no decides".to_owned(),
        sentence: format!(
            "Voting power in {} under {}: {strongest}{nays}.",
            of.grouping.name,
            of.grouping.rule.words()
        ),
        x: Axis { label: "%".to_owned(), from: 0.0, to: scale_to(reach(&marks, 10.0), 10.0) },
        y: Axis { label: "members".to_owned(), from: 0.0, to: f64::from(u32::try_from(rows).unwrap_or(0)) },
        marks,
        table: Table {
            head: ["member", "share of voting power (Banzhaf)", "its no decides"].map(str::to_owned).to_vec(),
            rows: voters
                .iter()
                .map(|(actor, share, decisive)| {
                    let country = &engine.atlas.countries[*actor];
                    TableRow::new(Of::Country(country.id), named(country))
                        .number(Figure::Member(MemberFigure::Power, *actor), format!("{:.2} %", 100.0 * share))
                        .number(Figure::Member(MemberFigure::DecisiveNo, *actor), no(*decisive))
                })
                .collect(),
        },
    }
}
