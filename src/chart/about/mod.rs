//! About a number: what it is, how it comes about with the figures in it, how far it can be trusted, and where the figures
//! behind it come from.

mod figure;
mod terms;

pub use figure::{CostFigure, Factor, Figure, MemberFigure, about_figure, figure_title};

use std::fmt::Write as _;

use super::inputs::{Need, needs};
use super::words::{count, figured};
use super::{Row, figure};
use crate::analysis::measures::{self, Measure};
use crate::analysis::uncertainty::{Driver, Interval, Sensitivity};
use crate::analysis::{BurdenShares, Case, ConvenorPart, Cost, Deadlock, Engine, Legitimacy, Microlateral, Report};
use crate::data::{Atlas, Country};

/// Lines under a title.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The title.
    pub title: &'static str,
    /// One sentence or formula a line.
    pub lines: Vec<String>,
}

/// The interval beside a number, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Around {
    /// Nobody computed it yet.
    Unknown,
    /// It is known.
    Known {
        /// The interval.
        interval: Interval,
        /// From how many draws.
        draws: usize,
        /// Whether it is that of the grouping before the last edit.
        stale: bool,
    },
    /// This number has none of its own.
    None,
}

/// How many cautions and convenors are listed one by one.
const LISTED: usize = 12;

/// Everything about a measure of a grouping.
#[must_use]
pub fn about(measure: &Measure, row: &Row<'_>, case: &Case, engine: &Engine, around: Around) -> Vec<Section> {
    let value = (measure.value)(row.report);
    let mut what = vec![measure.meaning.to_owned(), format!("Scale: {}.", measure.scale)];
    if let Err(reason) = value {
        what.push(format!("It is not defined here: {reason}."));
    }
    let mut sections = vec![Section { title: "What it is", lines: what }];
    if value.is_ok() {
        sections.push(interval(measure, around));
    }
    sections.push(Section { title: "How it comes about", lines: formula(measure, row, case, engine) });
    let needs = needs(measure, case);
    sections.push(figures_behind(&needs, case, engine));
    sections.push(cautions(&needs, case, engine, measure));
    sections
}

/// What moves a measure most over the draws; `found` is in order, strongest first, and `noise` the correlation that chance
/// alone brings about. `None` where nothing moves it beyond chance.
#[must_use]
pub fn movers(found: &[Sensitivity], noise: f64, measure: &Measure, atlas: &Atlas) -> Option<Section> {
    const MOST: usize = 4;
    let real = found.iter().filter(|found| found.correlation.abs() > noise).take(MOST);
    let lines: Vec<String> = real
        .map(|found| {
            let size = figured(found.correlation, 2);
            let label = found.driver.label(atlas);
            if found.driver == Driver::RollCalls {
                return format!("{label} (rank correlation {size})");
            }
            let way = if found.correlation > 0.0 { "higher" } else { "lower" };
            format!("{label}: higher goes with {way} {} (rank correlation {size})", measure.short)
        })
        .collect();
    (!lines.is_empty()).then_some(Section { title: "What moves it most", lines })
}

/// The title of the answer, such as “Legitimacy of T-12: 64”.
#[must_use]
pub fn about_title(measure: &Measure, row: &Row<'_>) -> String {
    format!("{} of {}: {}", measure.label, row.grouping.name, figure(measure, (measure.value)(row.report)))
}

/// The same as plain text, to be copied.
#[must_use]
pub fn about_text(title: &str, sections: &[Section]) -> String {
    let mut text = format!("{title}\n");
    for section in sections {
        let _ = write!(text, "\n{}\n", section.title);
        for line in &section.lines {
            let _ = writeln!(text, "{line}");
        }
    }
    text.push_str("\nEstimates, not forecasts. Convenor.\n");
    text
}

fn formula(measure: &Measure, row: &Row<'_>, case: &Case, engine: &Engine) -> Vec<String> {
    let mut lines = vec![measure.formula.to_owned()];
    let report = row.report;
    let of_deadlock = report.deadlock.as_ref();
    let found = match measure.name {
        "legitimacy" => report.legitimacy.as_ref().map(legitimacy),
        "cost" => report.cost.as_ref().map(|found| cost(found, report, case, engine)),
        "deadlock" => of_deadlock.map(|found| deadlock(found, case, engine)),
        "reach" => of_deadlock.map(|found| reach(found, report, engine)),
        _ => report.microlateral.as_ref().map(|fit| microlateral(fit, case)),
    };
    lines.extend(found.unwrap_or_default());
    lines
}

fn legitimacy(legitimacy: &Legitimacy) -> Vec<String> {
    let products: Vec<String> = legitimacy
        .parts
        .iter()
        .filter_map(|part| Some(format!("{:.3} × {:.3}", part.weight, part.value.ok()?)))
        .collect();
    let mut lines = vec![format!("L = 100 · ({}) = {:.1}", products.join(" + "), legitimacy.score)];
    for part in &legitimacy.parts {
        let label = part.component.label();
        lines.push(match part.value {
            Ok(value) => format!(
                "{label}: weight {:.3} × {value:.3} gives {:.2} points ({})",
                part.weight,
                100.0 * part.weight * value,
                part.component.meaning()
            ),
            Err(reason) => format!("{label}: left out, {reason}"),
        });
    }
    lines.push(format!("Sum of the points: {:.2}", legitimacy.score));
    lines
}

fn cost(cost: &Cost, report: &Report, case: &Case, engine: &Engine) -> Vec<String> {
    let sponsor = engine.atlas.country(report.sponsor).map_or_else(|| report.sponsor.to_string(), Country::in_sentence);
    let deadlock = cost.fallback / 100.0;
    let own = cost.payers.iter().find(|payer| engine.atlas.countries[payer.actor].id == report.sponsor);
    let share = own.map_or(0.0, |payer| payer.share);
    let delivered = delivered(cost, case, report, engine);
    let (k, b) = (cost.coordination_musd, cost.programme_musd);
    let mut lines = vec![
        format!(
            "C = 100 · [{k:.1} × {share:.4} + {} × ((1 − {deadlock:.4}) × {share:.4} ÷ {delivered:.4} + {deadlock:.4})] ÷ {} = {:.1}",
            thousands(b),
            thousands(b),
            cost.index
        ),
        format!(
            "Coordination {:.2} + own share {:.2} + going alone after a deadlock {:.2} = {:.2}",
            cost.coordination, cost.own_share, cost.fallback, cost.index
        ),
        format!("K, coordination of all members: US$ {k:.1} m a year"),
        format!("B, the programme: US$ {} m a year, {}", thousands(b), programme_origin(case)),
        format!("s, the share that {sponsor} pays: {share:.4}, {}", burden_words(&case.settings.burden)),
        format!("τ, the share delivered after losses at home: {delivered:.4}"),
        format!("D, deadlock risk: {deadlock:.4}"),
    ];
    if cost.stays_out {
        lines.push(format!("As {sponsor} does not vote here, it pays only if the grouping fails."));
    }
    lines
}

fn delivered(cost: &Cost, case: &Case, report: &Report, engine: &Engine) -> f64 {
    cost.payers
        .iter()
        .zip(&case.voters)
        .map(|(payer, voter)| {
            // The sponsor's own share counts in full.
            let is_sponsor = engine.atlas.countries[payer.actor].id == report.sponsor;
            payer.share * if is_sponsor { 1.0 } else { voter.backing.get() }
        })
        .sum()
}

fn programme_origin(case: &Case) -> &'static str {
    let programme = case.settings.programme.get();
    #[expect(clippy::float_cmp, reason = "the default itself")]
    let is_default = programme == case.issue.default_programme();
    match case.issue.programme_source() {
        _ if !is_default => "as set for this workspace",
        Some(source) => source,
        None => "an assumption without a source",
    }
}

fn burden_words(burden: &BurdenShares) -> &'static str {
    match burden {
        BurdenShares::Assessment => "by UN assessment rates among the members",
        BurdenShares::Equal => "in equal parts",
        BurdenShares::Gdp => "by GDP among the members",
        BurdenShares::Custom(_) => "as set in the file",
    }
}

fn deadlock(found: &Deadlock, case: &Case, engine: &Engine) -> Vec<String> {
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
    lines.push(format!(
        "From {} on {}, worth {:.0} of equal weight",
        count(found.calls, "roll call"),
        case.issue.label().to_lowercase(),
        found.effective_calls
    ));
    lines.extend(mean_of(found, engine, "D₁", |part| part.deadlock));
    if let Some(units) = found.units {
        lines.push(format!("Decision weights are rounded to {units} units."));
    }
    lines
}

fn reach(found: &Deadlock, report: &Report, engine: &Engine) -> Vec<String> {
    let Ok(reach) = report.reach else { return Vec::new() };
    let mut lines = vec![format!("R = {reach:.1} %")];
    lines.extend(mean_of(found, engine, "R", |part| part.reach));
    lines
}

/// The mean over those who table proposals, with its terms.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn mean_of(found: &Deadlock, engine: &Engine, symbol: &str, share: impl Fn(&ConvenorPart) -> f64) -> Vec<String> {
    let n = found.parts.len();
    if n == 0 {
        return Vec::new();
    }
    let mean = 100.0 * found.parts.iter().map(&share).sum::<f64>() / n as f64;
    let term = |part: &ConvenorPart| format!("{:.1}", 100.0 * share(part));
    let names = |part: &ConvenorPart| format!("{} {} %", engine.atlas.countries[part.actor].name, term(part));
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

fn microlateral(fit: &Microlateral, case: &Case) -> Vec<String> {
    let rest = format!("{:.3} × {:.3} × {:.3}", fit.participation, fit.niche, fit.timebound);
    let (first, lead) = match fit.small_lead {
        Some(small) => (
            format!("M = 100 · ({small:.3} × {rest})^¼ = {:.1}", fit.score),
            format!("Small lead {small:.3}: how small those who lead are, 0.5 at the half-way population"),
        ),
        None => (
            format!("M = 100 · ({rest})^⅓ = {:.1}", fit.score),
            "Small lead: left out, nobody who leads has a population figure".to_owned(),
        ),
    };
    vec![
        first,
        lead,
        format!(
            "Participation {:.3}: share of world GDP of members that do not convene ÷ ½, at most 1",
            fit.participation
        ),
        format!("Niche {:.3}: 1 ÷ {}", fit.niche, count(case.mandate.questions as usize, "question")),
        format!("Time-bound {:.3}: 24 ÷ {:.0} months, at most 1", fit.timebound, case.mandate.counted_months()),
    ]
}

fn interval(measure: &Measure, around: Around) -> Section {
    let unit = if measure.unit.is_empty() { String::new() } else { format!(" {}", measure.unit) };
    let lines = match around {
        Around::Unknown => vec!["Not computed yet.".to_owned()],
        Around::None => vec!["This number has no interval of its own.".to_owned()],
        Around::Known { interval: Interval { low, middle, high, defined }, draws, stale } => {
            let mut lines = Vec::new();
            if stale {
                lines.push("Updating: this is the interval before the last edit.".to_owned());
            }
            if high - low < 0.05 {
                lines.push("The same in every draw: nothing that is drawn enters it.".to_owned());
            } else {
                lines.push(format!("{low:.1} to {high:.1}{unit}: 90 % of {draws} draws lie between them."));
            }
            if !stale && (middle < low || middle > high) && high - low >= 0.05 {
                lines.push(
                    "The figure itself lies outside: it rests on the defaults, the draws on wider ranges.".to_owned(),
                );
            }
            if defined < 1.0 {
                lines.push(format!("It has a meaning in {:.0} % of the draws.", 100.0 * defined));
            }
            lines
        }
    };
    Section { title: "Interval", lines }
}

fn figures_behind(needs: &[Need], case: &Case, engine: &Engine) -> Section {
    let mut lines = Vec::new();
    for Need { input, actors } in needs {
        let published = actors.iter().filter(|actor| input.caution(engine, case, **actor).is_none()).count();
        let years = match input.years(engine, case, actors) {
            Some((from, to)) if from == to => format!(", {from}"),
            Some((from, to)) => format!(", {from}–{to}"),
            None => String::new(),
        };
        let sources: Vec<String> = input
            .sources(engine, actors)
            .iter()
            .map(|source| format!("{}, {}; licence: {}", source.title, source.publisher, source.licence))
            .collect();
        lines.push(format!(
            "{}: {published} of {} published{years}. {}.",
            input.label(),
            actors.len(),
            sources.join(" / ")
        ));
    }
    if lines.is_empty() {
        lines.push("No figure of a member enters it.".to_owned());
    }
    Section { title: "Figures behind it", lines }
}

fn cautions(needs: &[Need], case: &Case, engine: &Engine, measure: &Measure) -> Section {
    let mut lines = Vec::new();
    for Need { input, actors } in needs {
        for actor in actors {
            if let Some(caution) = input.caution(engine, case, *actor) {
                let name = &engine.atlas.countries[*actor].name;
                lines.push(format!("{name}: {}, {caution}", input.label().to_lowercase().replace("gdp", "GDP")));
            }
        }
    }
    let all = lines.len();
    if all > LISTED {
        lines.truncate(LISTED);
        lines.push(format!("and {} more: see the inspector", all - LISTED));
    }
    let rests_on_votes = [&measures::DEADLOCK, &measures::REACH, &measures::COST].contains(&measure);
    if rests_on_votes
        && !case.settings.a_priori
        && let Some(caution) = case.issue.caution()
    {
        lines.push(format!("{}: {caution}", case.issue.label()));
    }
    lines.insert(
        0,
        match all {
            0 => "None of the figures is estimated or missing.".to_owned(),
            n => format!("{} estimated, counted as 0 or left out:", count(n, "figure")),
        },
    );
    Section { title: "Estimated or missing", lines }
}

/// A whole number with its thousands separated.
fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 && text != "-" {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
