//! The last pages: assumptions, methods, sources and how to cite.

use super::{Block, Imprint, Material};
use crate::chart::assumed::{NUMBERS, burden_words};
use crate::chart::differences::number;
use crate::chart::slide::told_measures;
use crate::chart::words::fixed;
use crate::chart::{Of, Table, TableRow, assumption_differences};
use crate::data::Source;
use crate::model::{Assumptions, Component, Issue};

/// How it was computed, with which assumptions, from which data.
pub(super) fn methods(of: &Material<'_>, imprint: &Imprint, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(2, "What it rests on".to_owned()));
    blocks.push(Block::Heading(3, "Methods in short".to_owned()));
    let sponsor = of.sponsor();
    let points = told_measures().filter_map(|measure| {
        let how = measure.spoken?.how.replace("{sponsor}", &sponsor);
        Some(format!("{}. {how}", of.label(measure)))
    });
    blocks.push(Block::Points(points.collect()));
    if !of.groupings.is_empty() {
        blocks.push(Block::Heading(3, "Components of legitimacy".to_owned()));
        blocks.push(Block::Small(
            "Each from 0 to 1. Where a component has no figure it is left out and the others count for it.".to_owned(),
        ));
        blocks.push(Block::Table(components(of)));
    }
    blocks.push(Block::Heading(3, "Assumptions that differ from the defaults".to_owned()));
    let differ = assumption_differences(&Assumptions::default(), &of.workspace.assumptions, &of.engine.atlas);
    if differ.is_empty() {
        blocks.push(Block::Paragraph("None: all assumptions are the program’s defaults.".to_owned()));
    } else {
        blocks.push(Block::Points(differ));
    }
    blocks.push(Block::Heading(3, "All assumptions but the weights of legitimacy".to_owned()));
    blocks.push(Block::Small("† rests on judgement: no source gives it.".to_owned()));
    blocks.push(Block::Table(assumptions(of)));
    blocks.push(Block::Heading(3, "Sources and terms".to_owned()));
    blocks.push(Block::Paragraph(imprint.source.clone()));
    blocks.push(Block::Paragraph(imprint.terms.clone()));
    let (evidence, dress): (Vec<&Source>, Vec<&Source>) =
        of.engine.atlas.sources.iter().partition(|source| source.is_evidence());
    blocks.push(Block::Table(sources("Figures and facts", &evidence)));
    blocks.push(Block::Table(sources("Letters, flags, outlines, names", &dress)));
    blocks.push(Block::Heading(3, "How to cite".to_owned()));
    blocks.push(Block::Paragraph(imprint.cite.clone()));
}

/// The seven components of legitimacy, with weights and the values of every grouping.
fn components(of: &Material<'_>) -> Table {
    let mut head = vec!["Component".to_owned(), "Weight".to_owned()];
    head.extend(of.groupings.iter().map(|(grouping, _)| grouping.letter()));
    let weights = &of.workspace.assumptions.weights;
    let rival = of.engine.atlas.in_sentence(of.workspace.assumptions.rival);
    let rows = Component::ALL.into_iter().map(|component| {
        let meaning = component.meaning().replace("the rival", &rival);
        let name = format!("{}: {meaning}", component.label());
        let row = TableRow::new(Of::Line, name).text(fixed(weights.of(component), 2));
        of.groupings.iter().fold(row, |row, (_, staged)| {
            let part = staged.report.legitimacy.as_ref().ok();
            let value = part.and_then(|found| found.parts.iter().find(|part| part.component == component)?.value.ok());
            row.text(value.map_or_else(|| "–".to_owned(), |value| fixed(value, 2)))
        })
    });
    Table { head, rows: rows.collect() }
}

/// Every assumption with its value and its default.
fn assumptions(of: &Material<'_>) -> Table {
    let (now, default) = (&of.workspace.assumptions, Assumptions::default());
    let name = |id| of.engine.atlas.name(id);
    let mut rows: Vec<[String; 3]> = vec![
        ["Sponsor: whose costs are watched".to_owned(), name(now.sponsor), name(default.sponsor)],
        ["Rival: whose leverage is watched".to_owned(), name(now.rival), name(default.rival)],
        [
            "Poles: the great powers between which an honest broker stands".to_owned(),
            now.poles.map(name).join(", "),
            default.poles.map(name).join(", "),
        ],
        ["Burden shared by".to_owned(), burden_words(&now.burden).to_owned(), burden_words(&default.burden).to_owned()],
    ];
    let mut issues: Vec<Issue> = Vec::new();
    for (grouping, _) in of.groupings {
        if !issues.contains(&grouping.issue) {
            issues.push(grouping.issue);
        }
    }
    rows.extend(issues.into_iter().map(|issue| {
        let what = format!("Programme on {}, US$ m a year", issue.label().to_lowercase());
        [what, number(now.programme_of(issue)), number(issue.default_programme())]
    }));
    rows.extend(NUMBERS.iter().map(|assumed| {
        let (mark, tip) =
            if assumed.is_unsourced() { (" †", String::new()) } else { ("", format!(": {}", assumed.tip)) };
        [format!("{}{mark}{tip}", assumed.name), number((assumed.get)(now)), number((assumed.get)(&default))]
    }));
    let yes = |value: bool| if value { "yes" } else { "no" }.to_owned();
    let a_priori = "Votes as coin flips, the rule alone".to_owned();
    rows.push([a_priori, yes(now.a_priori), yes(default.a_priori)]);
    rows.push(["Draws for ranges".to_owned(), now.draws.to_string(), default.draws.to_string()]);
    rows.push(["Seed of the draws".to_owned(), now.seed.to_string(), default.seed.to_string()]);
    let row = |[what, now, default]: [String; 3]| {
        let default = if now == default { "the same".to_owned() } else { default };
        TableRow::new(Of::Line, what).text(now).text(default)
    };
    Table {
        head: ["Assumption", "Here", "Default"].map(str::to_owned).to_vec(),
        rows: rows.into_iter().map(row).collect(),
    }
}

fn sources(what: &str, of: &[&Source]) -> Table {
    let head = [what, "Publisher", "Edition", "Terms"].map(str::to_owned).to_vec();
    let or_dash = |text: &str| if matches!(text, "" | "n/a") { "–".to_owned() } else { text.to_owned() };
    let rows = of.iter().map(|source| {
        TableRow::new(Of::Line, source.title.clone())
            .text(or_dash(&source.publisher))
            .text(or_dash(&source.edition()))
            .text(source.licence_words())
    });
    Table { head, rows: rows.collect() }
}
