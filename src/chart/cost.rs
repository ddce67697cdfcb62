//! What cost is made of, and who pays how much.

use super::members::{self, Member, named, nothing, reach};
use super::scale::scale_to;
use super::words::{money, percent, rounded};
use super::{Axis, Chart, CostFigure, Figure, Ink, Mark, MemberFigure, Of, Shape, Table, TableRow};
use crate::analysis::{Cost, Report, measures};
use crate::data::Atlas;
use crate::model::Grouping;

/// The three parts of cost to the sponsor as bars that each begin where the last ended, and the sum.
#[must_use]
pub fn cost_in_parts(grouping: &Grouping, report: &Report, sponsor: &str) -> Chart {
    let title = format!("Cost to {sponsor} in parts");
    let cost = match &report.cost {
        Ok(cost) => cost,
        Err(reason) => return nothing(&title, reason),
    };
    let mut at = 0.0;
    let (mut marks, mut rows) = (Vec::with_capacity(4), Vec::with_capacity(4));
    for (row, (name, part, meaning, figure)) in parts(cost).into_iter().enumerate() {
        let paid = money(part / 100.0 * cost.programme_musd);
        marks.push(Mark {
            shape: Shape::Bar { row, from: at, to: at + part, whisker: None },
            ink: Ink::Part(grouping.colour),
            of: Of::Line,
            figure: Some(Figure::Cost(figure)),
            name: name.to_owned(),
            label: format!("{part:.1}"),
            tip: vec![name.to_owned(), meaning.to_owned(), format!("{part:.1} of 100, {paid} a year")],
        });
        rows.push(TableRow::new(Of::Line, name).number(Figure::Cost(figure), format!("{part:.1}")).text(paid));
        at += part;
    }
    let expected = money(cost.expected_musd);
    let stays_out = if cost.stays_out { " · stays out" } else { "" };
    marks.push(Mark {
        shape: Shape::bar(3, cost.index),
        ink: Ink::Grouping(grouping.colour),
        of: Of::Grouping(grouping.id),
        figure: Some(Figure::Measure(&measures::COST)),
        name: "Cost".to_owned(),
        label: format!("{:.1}{stays_out}", cost.index),
        tip: vec![grouping.name.clone(), format!("cost {:.1}, {expected} a year expected", cost.index)],
    });
    rows.push(
        TableRow::new(Of::Grouping(grouping.id), "Cost")
            .number(Figure::Measure(&measures::COST), format!("{:.1}", cost.index))
            .number(Figure::Cost(CostFigure::Yearly), &expected),
    );
    marks.push(Mark {
        shape: Shape::Guide { x: 100.0, whisker: None },
        ink: Ink::Baseline,
        of: Of::Line,
        figure: None,
        name: "going alone".to_owned(),
        label: "100".to_owned(),
        tip: vec!["going alone: 100".to_owned()],
    });
    Chart {
        title,
        caption: "going alone = 100".to_owned(),
        sentence: format!(
            "{} costs {sponsor} {:.1} where going alone costs 100, {expected} a year: coordination {:.1}, own share \
             {:.1}, fallback after a deadlock {:.1}.",
            grouping.name, cost.index, cost.coordination, cost.own_share, cost.fallback
        ),
        x: Axis { label: "going alone = 100".to_owned(), from: 0.0, to: scale_to(reach(&marks, 100.0), 100.0) },
        y: Axis { label: "parts".to_owned(), from: 0.0, to: 4.0 },
        marks,
        table: Table { head: ["part", "going alone = 100", "a year"].map(str::to_owned).to_vec(), rows },
    }
}

fn parts(cost: &Cost) -> [(&'static str, f64, &'static str, CostFigure); 3] {
    [
        (
            "Coordination",
            cost.coordination,
            "its share of serving the members and of their talks",
            CostFigure::Coordination,
        ),
        ("Own share", cost.own_share, "its share of the programme, if the grouping delivers", CostFigure::OwnShare),
        ("Fallback", cost.fallback, "going alone after all, if the grouping deadlocks", CostFigure::Fallback),
    ]
}

/// What each member pays, largest first.
#[must_use]
pub fn cost_by_member(atlas: &Atlas, grouping: &Grouping, report: &Report) -> Chart {
    const TITLE: &str = "Who pays what";
    let cost = match &report.cost {
        Ok(cost) => cost,
        Err(reason) => return nothing(TITLE, reason),
    };
    let mut payers = cost.payers.clone();
    payers.sort_by(|a, b| b.share.total_cmp(&a.share));
    let members: Vec<Member> = payers
        .iter()
        .map(|payer| Member {
            actor: payer.actor,
            figure: MemberFigure::Burden,
            to: Some(100.0 * payer.share),
            point: None,
            label: format!("{} · {}", percent(payer.share), money(payer.musd)),
            tip: vec![
                format!("pays {} of the burden, {} a year", percent(payer.share), money(payer.musd)),
                format!("as the sponsor, its cost would be {} (going alone = 100)", rounded(payer.index)),
            ],
        })
        .collect();
    let (marks, rows) = members::marks(atlas, &members, grouping.colour, 0);
    let top = payers.first().map_or_else(String::new, |payer| {
        let name = atlas.countries[payer.actor].in_sentence();
        format!(": {name} pays most, {} or {} a year", percent(payer.share), money(payer.musd))
    });
    Chart {
        title: TITLE.to_owned(),
        caption: "share of the burden, US$ a year".to_owned(),
        sentence: format!("What the {} voting members of {} pay{top}.", payers.len(), grouping.name),
        x: Axis { label: "%".to_owned(), from: 0.0, to: scale_to(reach(&marks, 10.0), 10.0) },
        y: Axis { label: "members".to_owned(), from: 0.0, to: f64::from(u32::try_from(rows).unwrap_or(0)) },
        marks,
        table: Table {
            head: ["member", "share", "a year", "its own cost, going alone = 100"].map(str::to_owned).to_vec(),
            rows: payers
                .iter()
                .map(|payer| {
                    let country = &atlas.countries[payer.actor];
                    let figure = |figure| Figure::Member(figure, payer.actor);
                    TableRow::new(Of::Country(country.id), named(country))
                        .number(figure(MemberFigure::Burden), format!("{:.1} %", 100.0 * payer.share))
                        .text(money(payer.musd))
                        .number(figure(MemberFigure::OwnCost), format!("{:.1}", payer.index))
                })
                .collect(),
        },
    }
}
