//! Who could capture a grouping: trade with the rival, votes like the rival, members that tower over the rest.

use super::members::{self, Member, named, nothing, reach};
use super::scale::scale_to;
use super::words::percent;
use super::{Axis, Chart, Figure, Ink, Mark, MemberFigure, Of, Selected, Shape, Table, TableRow};
use crate::analysis::Engine;
use crate::analysis::capture::{Closeness, Largest};

/// Leverage of the rival over each member.
#[must_use]
pub fn leverage(engine: &Engine, of: Selected<'_>) -> Chart {
    let atlas = &engine.atlas;
    let Some(study) = of.study else { return Chart::empty("Leverage of the rival", of.without_study()) };
    let capture = study.capture(engine);
    let rival = atlas.in_sentence(capture.rival);
    let title = format!("Leverage of {rival}");
    if capture.members.is_empty() {
        return nothing(&title, "no voting member");
    }
    let mut ranked: Vec<&Closeness> = capture.members.iter().collect();
    ranked.sort_by(|a, b| b.exposure.unwrap_or(-1.0).total_cmp(&a.exposure.unwrap_or(-1.0)));
    let members: Vec<Member> = ranked.iter().map(|member| drawn(member, &rival)).collect();
    let (mut marks, mut rows) = members::marks(atlas, &members, of.grouping.colour, 0);
    let sizes =
        [("Largest economy", &capture.largest_gdp, "GDP"), ("Largest vote", &capture.largest_power, "voting power")];
    for (name, largest, what) in sizes {
        let Some(largest) = largest else { continue };
        let holders = holders(engine, largest);
        marks.push(Mark {
            shape: Shape::bar(rows, 100.0 * largest.share),
            ink: Ink::Baseline,
            of: Of::Line,
            figure: None,
            name: name.to_owned(),
            label: format!("{} · {holders}", percent(largest.share)),
            tip: vec![name.to_owned(), format!("{} of the grouping's {what}: {holders}", percent(largest.share))],
        });
        rows += 1;
    }
    let mean = |share: Option<f64>| share.map_or_else(|| "no figure".to_owned(), percent);
    Chart {
        title,
        caption: "bar: share of trade; diamond: votes alike".to_owned(),
        sentence: format!(
            "Members of {} trade {} with {rival} on average and vote like it on {} of the issue's roll calls.",
            of.grouping.name,
            mean(capture.mean_exposure),
            mean(capture.mean_alignment)
        ),
        x: Axis { label: "%".to_owned(), from: 0.0, to: scale_to(reach(&marks, 10.0), 10.0) },
        y: Axis { label: "members".to_owned(), from: 0.0, to: f64::from(u32::try_from(rows).unwrap_or(0)) },
        marks,
        table: Table {
            head: ["member", "share of trade", "votes alike"].map(str::to_owned).to_vec(),
            rows: ranked
                .iter()
                .map(|member| {
                    let country = &atlas.countries[member.actor];
                    let figure = |figure| Figure::Member(figure, member.actor);
                    TableRow::new(Of::Country(country.id), named(country))
                        .number(figure(MemberFigure::Exposure), exposure(member))
                        .number(figure(MemberFigure::Alignment), mean(member.alignment))
                })
                .collect(),
        },
    }
}

fn drawn(member: &Closeness, rival: &str) -> Member {
    let alike = member.alignment.map_or_else(|| "–".to_owned(), percent);
    let mut tip = vec![
        format!("{} of its trade is with {rival}", exposure(member)),
        format!("voted like {rival} on {alike} of the issue's roll calls"),
    ];
    if member.below_fifth {
        tip.push("not among the five partners listed for a flow, counted as 0 there".to_owned());
    }
    Member {
        actor: member.actor,
        figure: MemberFigure::Exposure,
        to: member.exposure.map(|share| 100.0 * share),
        point: member.alignment.map(|share| 100.0 * share),
        label: format!("{} · alike {alike}", exposure(member)),
        tip,
    }
}

fn exposure(member: &Closeness) -> String {
    member.exposure.map_or_else(|| "no figure".to_owned(), percent)
}

fn holders(engine: &Engine, largest: &Largest) -> String {
    match largest.holders.as_slice() {
        [only] => engine.atlas.countries[*only].name.clone(),
        several => format!("{} equal", several.len()),
    }
}
