//! The groupings side by side: charts of the measures, and what cannot be told apart.

use super::{Block, Material, between};
use crate::analysis::measures::{self, Measure};
use crate::analysis::uncertainty::Verdict;
use crate::chart::slide::{self, Extras, told_measures};
use crate::chart::words::listed;
use crate::chart::{Chart, Picture, by_id, scorecard};

/// Charts of the measures, and what can be told apart.
pub(super) fn comparison(of: &Material<'_>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(2, "Side by side".to_owned()));
    let sponsor = of.sponsor();
    let venues = of.other_venues();
    let mut words = "A thin line through the end of a bar is the range that holds 90 % of the draws.".to_owned();
    if !venues.is_empty() {
        words.push_str(" Dotted lines are the venues for comparison; the thin lines below are their ranges.");
    }
    blocks.push(Block::Small(words));
    slide::with_scene(
        of.engine,
        (of.groupings, &venues),
        (of.groupings.first(), Extras::default()),
        &sponsor,
        |scene| {
            for measure in told_measures() {
                let (chart, picture) = match by_id(measure.name) {
                    Some(kind) => (kind.chart(scene), kind.picture),
                    None => {
                        (scorecard(measure, scene.rows, scene.baselines, scene.ranges, scene.sponsor), Picture::Rows)
                    }
                };
                blocks.push(Block::Heading(3, of.label(measure)));
                blocks.push(Block::Picture(Box::new(by_itself(measure, chart)), picture));
            }
        },
    );
    blocks.push(Block::Heading(3, "What cannot be told apart".to_owned()));
    let close = indistinct(of);
    if close.is_empty() {
        let words = "Nothing: of every two groupings, at least 95 % of the draws agree on every measure which is better, or that \
                     they are equal.";
        blocks.push(Block::Paragraph(words.to_owned()));
    } else {
        blocks.push(Block::Paragraph("Fewer than 95 % of the draws agree which of these is better:".to_owned()));
        blocks.push(Block::Points(close));
    }
}

/// The chart of deadlock risk without reach, which has its own beside it.
fn by_itself(measure: &Measure, mut chart: Chart) -> Chart {
    if *measure == measures::DEADLOCK {
        for mark in &mut chart.marks {
            if let Some((risk, _)) = mark.label.split_once(" · reach") {
                mark.label = risk.to_owned();
            }
        }
        chart.caption = chart.caption.replace("; reach beside it", "");
    }
    chart
}

/// On every measure, who is within the noise of whom: each with all of those after it.
fn indistinct(of: &Material<'_>) -> Vec<String> {
    let mut told = Vec::new();
    for measure in told_measures() {
        let mut pairs = Vec::new();
        for (at, (one, first)) in of.groupings.iter().enumerate() {
            let close: Vec<&str> = of.groupings[at + 1..]
                .iter()
                .filter(|(_, second)| between(first, second, measure) == Some(Verdict::NotDistinguishable))
                .map(|(other, _)| other.name.as_str())
                .collect();
            if !close.is_empty() {
                pairs.push(format!("{} from {}", one.name, listed(&close)));
            }
        }
        if !pairs.is_empty() {
            told.push(format!("{}: {}.", of.label(measure), pairs.join("; ")));
        }
    }
    told
}
