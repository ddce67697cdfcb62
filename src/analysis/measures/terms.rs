//! The formulas of deadlock risk and reach with the figures in them.

use super::measure::Explained;
use crate::analysis::parts::{ConvenorPart, Deadlock};
use crate::data::Atlas;

/// How many convenors are listed one by one.
const LISTED: usize = 12;

/// The formula of deadlock risk with the figures in it.
#[must_use]
pub fn single_terms(&Explained { deadlock, case, atlas, .. }: &Explained<'_>) -> Vec<String> {
    let Ok(found) = deadlock else { return Vec::new() };
    let k = case.mandate.questions;
    let mut lines = vec![
        format!("D = 1 − (1 − {:.3})^{k} = {:.1} %", found.single / 100.0, found.risk),
        format!(
            "D₁ = {:.1} %: the chance that one question fails; k = {k}, the number of contested questions",
            found.single
        ),
    ];
    if case.settings.a_priori {
        lines.push("A priori: every vote is a coin flip, only the rule counts.".to_owned());
        return lines;
    }
    lines.push(if case.is_own_alone() {
        format!("From {}", found.rests_on())
    } else {
        format!("From {} of equal weight, on {}", found.rests_on(), case.issue.label().to_lowercase())
    });
    lines.extend(mean_of(found, atlas, "D₁", |part| part.deadlock));
    if let Some(units) = found.units {
        lines.push(format!("Decision weights are rounded to {units} units."));
    }
    lines
}

/// The formula of reach with the figures in it.
pub(super) fn reach_terms(&Explained { deadlock, value, atlas, .. }: &Explained<'_>) -> Vec<String> {
    let Ok(found) = deadlock else { return Vec::new() };
    let Ok(reach) = value else { return Vec::new() };
    let mut lines = vec![format!("R = {reach:.1} %")];
    lines.extend(mean_of(found, atlas, "R", |part| part.reach));
    lines
}

/// The mean over those who table proposals, with its terms.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn mean_of(found: &Deadlock, atlas: &Atlas, symbol: &str, share: impl Fn(&ConvenorPart) -> f64) -> Vec<String> {
    let n = found.parts.len();
    if n == 0 {
        return Vec::new();
    }
    let mean = 100.0 * found.parts.iter().map(&share).sum::<f64>() / n as f64;
    let term = |part: &ConvenorPart| format!("{:.1}", 100.0 * share(part));
    let names = |part: &ConvenorPart| format!("{} {} %", atlas.countries[part.actor].name, term(part));
    if n == 1 {
        return vec![format!("Tabled by {}", names(&found.parts[0]))];
    }
    if n <= LISTED {
        let terms: Vec<String> = found.parts.iter().map(term).collect();
        let list: Vec<String> = found.parts.iter().map(names).collect();
        return vec![
            format!("{symbol} = ({}) ÷ {n} = {mean:.1} %", terms.join(" + ")),
            format!("By who tables: {}", list.join(", ")),
        ];
    }
    let mut sorted: Vec<_> = found.parts.iter().collect();
    sorted.sort_by(|a, b| share(a).total_cmp(&share(b)));
    vec![format!(
        "{symbol} = mean over {n} members that table in turn = {mean:.1} %: from {} to {}",
        names(sorted[0]),
        names(sorted[n - 1])
    )]
}
