//! One measure for every grouping, side by side, with the baselines behind.

use super::members::reach;
use super::scale::scale_to;
use super::words::{figure, rounded};
use super::{Axis, Chart, Figure, Ink, Mark, Of, Ranges, Row, Shape, Table, TableRow};
use crate::analysis::measures::{self, Better, Measure};
use crate::analysis::{Baseline, Report};

/// The bars of a measure. Deadlock risk is never shown without reach; `sponsor` is the name of who pays.
#[must_use]
pub fn scorecard(
    measure: &'static Measure,
    rows: &[Row<'_>],
    baselines: &[(Baseline, &Report)],
    ranges: Ranges<'_>,
    sponsor: &str,
) -> Chart {
    let mut marks = Vec::with_capacity(rows.len() + baselines.len());
    for (baseline, report) in baselines {
        if let Ok(x) = report.value(measure) {
            marks.push(Mark {
                shape: Shape::Guide { x, whisker: None },
                ink: Ink::Baseline,
                of: Of::Baseline(*baseline),
                figure: None,
                name: baseline.short().to_owned(),
                label: label(measure, report),
                tip: vec![format!("{}: {}", baseline.label(), label(measure, report)), baseline.meaning().to_owned()],
            });
        }
    }
    for (row, Row { grouping, report }) in rows.iter().enumerate() {
        let value = report.value(measure);
        marks.push(Mark {
            shape: value.map_or(Shape::Empty { row }, |to| Shape::bar(row, to)),
            ink: Ink::Grouping(grouping.colour),
            of: Of::Grouping(grouping.id),
            figure: Some(Figure::Measure(measure)),
            name: grouping.name.clone(),
            label: label(measure, report),
            tip: tip(measure, grouping.name.as_str(), report),
        });
    }
    let mut chart = Chart {
        title: if *measure == measures::COST { format!("Cost to {sponsor}") } else { measure.label.to_owned() },
        caption: measure.scale.to_owned(),
        sentence: sentence(measure, rows, baselines),
        x: Axis { label: measure.scale.to_owned(), from: 0.0, to: measure.top },
        y: Axis { label: "groupings".to_owned(), from: 0.0, to: f64::from(u32::try_from(rows.len()).unwrap_or(0)) },
        marks,
        table: table(measure, rows, baselines),
    };
    chart.set_whiskers(|of| ranges.of(of, measure));
    // From 0 to 100 the scale is always the same; that of the cost steps rarely, and says so.
    chart.x.to = scale_to(reach(&chart.marks, measure.top), measure.top);
    if chart.x.to > measure.top {
        chart.caption = format!("{}, scale to {}", measure.scale, rounded(chart.x.to));
    }
    chart
}

/// “64”, “52 %, reach 35 %”, “38, stays out”, or why there is none.
fn label(measure: &Measure, report: &Report) -> String {
    let value = report.value(measure);
    if let Err(reason) = value {
        return format!("not defined: {reason}");
    }
    let mut label = figure(measure, value);
    if *measure == measures::DEADLOCK && report.value(&measures::REACH).is_ok() {
        label = format!("{label} · reach {}", figure(&measures::REACH, report.value(&measures::REACH)));
    }
    if *measure == measures::COST && report.cost.as_ref().is_ok_and(|cost| cost.stays_out) {
        label.push_str(" · stays out");
    }
    label
}

/// The same with what becomes of it: “45 → 52 % · reach 31 → 35 %”; what stays the same is said once.
#[must_use]
pub fn label_after(measure: &Measure, before: &Report, after: &Report) -> String {
    let change = |measure: &Measure| {
        let [now, then] = [before, after].map(|report| figure(measure, report.value(measure)));
        match now.strip_suffix(" %").filter(|_| then.ends_with('%')) {
            _ if now == then => then,
            Some(number) => format!("{number} → {then}"),
            None => format!("{now} → {then}"),
        }
    };
    let mut label = change(measure);
    if *measure == measures::DEADLOCK && after.value(&measures::REACH).is_ok() {
        label = format!("{label} · reach {}", change(&measures::REACH));
    }
    if *measure == measures::COST && after.cost.as_ref().is_ok_and(|cost| cost.stays_out) {
        label.push_str(" · stays out");
    }
    label
}

fn tip(measure: &Measure, name: &str, report: &Report) -> Vec<String> {
    let mut lines = vec![name.to_owned()];
    match report.value(measure) {
        Err(reason) => lines.push(format!("{} is not defined: {reason}", measure.label)),
        Ok(value) => lines.push(format!("{} {value:.1}{}", measure.label, suffix(measure))),
    }
    if *measure == measures::DEADLOCK
        && let Ok(reach) = report.value(&measures::REACH)
    {
        lines.push(format!("Reach {reach:.1} %"));
    }
    if *measure == measures::COST
        && let Ok(cost) = &report.cost
    {
        lines.push(format!(
            "coordination {:.1}, own share {:.1}, fallback {:.1}",
            cost.coordination, cost.own_share, cost.fallback
        ));
    }
    lines
}

fn suffix(measure: &Measure) -> String {
    if measure.unit.is_empty() { String::new() } else { format!(" {}", measure.unit) }
}

fn sentence(measure: &'static Measure, rows: &[Row<'_>], baselines: &[(Baseline, &Report)]) -> String {
    let best = rows.iter().filter_map(|row| row.report.value(measure).ok().map(|value| (value, row))).max_by(|a, b| {
        match measure.better {
            Better::More => a.0.total_cmp(&b.0),
            Better::Less => b.0.total_cmp(&a.0),
        }
    });
    let Some((_, best)) = best else {
        return format!("{}: no grouping has a figure.", measure.label);
    };
    let word = if measure.better == Better::More { "highest" } else { "lowest" };
    // Figures that read the same are level.
    let figure_of = |row: &Row<'_>| figure(measure, row.report.value(measure));
    let level: Vec<&str> =
        rows.iter().filter(|row| figure_of(row) == figure_of(best)).map(|row| row.grouping.name.as_str()).collect();
    let mut sentence = format!(
        "{} of {}: {word} {} {} with {}",
        measure.label,
        super::count(rows.len(), "grouping"),
        if level.len() == 1 { "is" } else { "are" },
        level.join(" and "),
        if level.len() == 1 { label(measure, best.report) } else { figure_of(best) },
    );
    let venues: Vec<String> =
        baselines.iter().map(|(baseline, report)| format!("{} {}", baseline.label(), label(measure, report))).collect();
    if !venues.is_empty() {
        sentence.push_str("; beside it ");
        sentence.push_str(&venues.join(", "));
    }
    sentence.push('.');
    sentence
}

fn table(measure: &'static Measure, rows: &[Row<'_>], baselines: &[(Baseline, &Report)]) -> Table {
    let has_reach = *measure == measures::DEADLOCK;
    let stays_out = |report: &Report| report.cost.as_ref().is_ok_and(|cost| cost.stays_out);
    let has_note = *measure == measures::COST
        && (rows.iter().any(|row| stays_out(row.report)) || baselines.iter().any(|(_, report)| stays_out(report)));
    let of_measure = |measure: &Measure, report: &Report| match report.value(measure) {
        Ok(value) => figure(measure, Ok(value)),
        Err(reason) => format!("not defined: {reason}"),
    };
    let line = |of: Of, name: &str, report: &Report| {
        let mut row = TableRow::new(of, name).number(Figure::Measure(measure), of_measure(measure, report));
        if has_reach {
            row = row.number(Figure::Measure(&measures::REACH), of_measure(&measures::REACH, report));
        }
        if has_note {
            row = row.text(if stays_out(report) { "stays out" } else { "" });
        }
        row
    };
    let mut head = vec!["grouping".to_owned(), measure.label.to_owned()];
    if has_reach {
        head.push(measures::REACH.label.to_owned());
    }
    if has_note {
        head.push("the sponsor".to_owned());
    }
    Table {
        head,
        rows: rows
            .iter()
            .map(|row| line(Of::Grouping(row.grouping.id), &row.grouping.name, row.report))
            .chain(baselines.iter().map(|(of, report)| line(Of::Baseline(*of), of.label(), report)))
            .collect(),
    }
}
