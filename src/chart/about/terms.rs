//! How a number comes about: its formula with the figures in it.

use super::figure::{CostFigure, Factor, Figure, MemberFigure};
use crate::analysis::measures::{Broker, DEADLOCK, burden_words, delivered, single_terms, small};
use crate::analysis::stability;
use crate::analysis::view::View;
use crate::analysis::{BurdenShares, Case, Cost, Engine, Payer};
use crate::chart::Row;
use crate::chart::inputs::coverage;
use crate::chart::words::{count, money, percent, quantity, thousands};
use crate::data::{Country, Subject};
use crate::model::Component;

/// The formula of a number with the figures in it, line by line.
pub(super) fn terms(figure: Figure, row: &Row<'_>, case: &Case, engine: &Engine) -> Vec<String> {
    let report = row.report;
    match figure {
        Figure::Measure(measure) => vec![measure.formula.to_owned()],
        Figure::Component(component) => component_lines(component, row, case, engine),
        Figure::OneQuestion => match &report.deadlock {
            Ok(_) => single_terms(&report.explained(&DEADLOCK, case, &engine.atlas)),
            Err(reason) => vec![format!("Not defined here: {reason}.")],
        },
        Figure::Step(measure) => vec![
            "what passes all parts above − what passes this part as well, the others left out".to_owned(),
            format!("{}: {}", measure.label, measure.formula),
        ],
        Figure::Cost(part) => match &report.cost {
            Ok(cost) => cost_lines(part, cost, row, case, engine),
            Err(reason) => vec![format!("Not defined here: {reason}.")],
        },
        Figure::Factor(factor) => factor_lines(factor, row, case, engine),
        Figure::Members => {
            let convenors = case.convenors().count();
            vec![format!(
                "{} and {}",
                count(convenors, "convenor"),
                count(case.voters.len() - convenors, "other member")
            )]
        }
        Figure::Coverage => {
            let found = coverage(report, &engine.facts_of(case));
            vec![format!("{} of {} figures are published", found.published, found.needed)]
        }
        Figure::TrackRecord => vec![
            "observed: share of the roll calls on which those present all voted yes, or none voted no".to_owned(),
            "model: the product of the members' fitted chances, averaged over the roll calls".to_owned(),
        ],
        Figure::ByYear => vec![
            "predicted: 1 − Σ ω · P(pass) over the roll calls before the year, fitted without it".to_owned(),
            "happened: the same over the year's own questions, with the votes as cast".to_owned(),
            "always one question, whatever the mandate; related questions count by their weight".to_owned(),
        ],
        Figure::Member(part, actor) => member_lines(part, actor, row, case, engine),
    }
}

/// What a component is made of, and what it adds to legitimacy.
fn component_lines(component: Component, row: &Row<'_>, case: &Case, engine: &Engine) -> Vec<String> {
    let parts = row.report.legitimacy.as_ref().map(|legitimacy| legitimacy.parts);
    let part = parts.ok().and_then(|parts| parts.into_iter().find(|part| part.component == component));
    let Some(part) = part else { return vec!["Legitimacy is not defined here.".to_owned()] };
    let value = match part.value {
        Ok(value) => value,
        Err(reason) => return vec![format!("It is left out of legitimacy: {reason}.")],
    };
    let mut lines = made_of(component, value, case, engine);
    lines.push(format!(
        "{value:.3} × weight {:.3} × 100 = {:.2} points of legitimacy",
        part.weight,
        100.0 * part.weight * value
    ));
    lines
}

fn made_of(component: Component, value: f64, case: &Case, engine: &Engine) -> Vec<String> {
    let facts = &*engine.facts_of(case);
    let share = |subject: Subject| {
        let what = if subject == Subject::Population { "people" } else { subject.label() };
        let sum: f64 = case.actors().filter_map(|actor| facts.value(subject, actor)).sum();
        let unit = subject.unit();
        let world = facts.world(subject);
        vec![format!("{what}: {} {unit} of {} {unit} in the world = {value:.3}", quantity(sum), quantity(world))]
    };
    match component {
        Component::People => share(case.issue.affected()),
        Component::Capability => share(case.issue.capability()),
        Component::Regions => regions(value, case, engine),
        Component::Accountability => {
            let of = |actor: usize| facts.value(Subject::Polyarchy, actor);
            spread("mean", value, case, engine, &of)
        }
        Component::Parity => {
            let gdp = |actor: usize| facts.value(Subject::Gdp, actor).unwrap_or(0.0);
            let total: f64 = case.actors().map(gdp).sum();
            let largest = case.actors().max_by(|a, b| gdp(*a).total_cmp(&gdp(*b)));
            let name = largest.map_or_else(String::new, |actor| engine.atlas.countries[actor].in_sentence());
            let most = largest.map_or(0.0, gdp);
            vec![format!("1 − US$ {} of {name} ÷ US$ {} together = {value:.3}", quantity(most), quantity(total))]
        }
        Component::Convenor => broker(value, case, engine),
        Component::Independence => {
            let of = |actor: usize| facts.value(Subject::TradeWith(case.settings.rival), actor);
            let mut lines = vec![format!("1 − mean exposure {:.3} = {value:.3}", 1.0 - value)];
            lines.extend(spread("exposure", 1.0 - value, case, engine, &of));
            lines
        }
    }
}

/// The mean of a figure of the members, with both ends.
fn spread(what: &str, mean: f64, case: &Case, engine: &Engine, of: &dyn Fn(usize) -> Option<f64>) -> Vec<String> {
    let mut found: Vec<(f64, usize)> = case.actors().filter_map(|actor| Some((of(actor)?, actor))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let name = |at: &(f64, usize)| format!("{} {:.3}", engine.atlas.countries[at.1].name, at.0);
    match (found.first(), found.last()) {
        (Some(low), Some(high)) if found.len() > 1 => vec![format!(
            "{what} over {} = {mean:.3}: from {} to {}",
            count(found.len(), "member"),
            name(low),
            name(high)
        )],
        (Some(only), _) => vec![name(only)],
        _ => Vec::new(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn regions(value: f64, case: &Case, engine: &Engine) -> Vec<String> {
    let facts = &*engine.facts_of(case);
    let n = case.voters.len().max(1) as f64;
    let mut lines = vec![format!("1 − ½ · Σ |share of members − share of UN members| = {value:.3}")];
    let terms = facts.region_names.iter().enumerate().filter_map(|(at, name)| {
        let here = case.actors().filter(|actor| usize::from(facts.regions[*actor]) == at).count() as f64 / n;
        let un = facts.un_region_shares[at];
        (here > 0.0 || un > 0.0).then(|| format!("{name} {} against {}", percent(here), percent(un)))
    });
    lines.push(terms.collect::<Vec<String>>().join(", "));
    lines
}

fn broker(value: f64, case: &Case, engine: &Engine) -> Vec<String> {
    const LISTED: usize = 6;
    let settings = &case.settings;
    let poles = settings.poles.map(|pole| engine.atlas.actor(pole));
    let [Some(one), Some(other)] = poles else { return Vec::new() };
    let (half, steepness) = (settings.small_population.get(), settings.equidistance_steepness.get());
    let broker = Broker { poles: [one, other], half, steepness };
    let facts = engine.facts_of(case);
    let view = View::silent(&facts);
    let term = |actor: usize| {
        let [small, between, governance] = broker.parts(&view, actor)?;
        let score = (small * between * governance).cbrt();
        let name = &engine.atlas.countries[actor].name;
        Some(format!("{name}: (small {small:.3} × mid-way {between:.3} × governance {governance:.3})^⅓ = {score:.3}"))
    };
    if case.is_convened() {
        let mut lines: Vec<String> = case.convenors().filter_map(term).take(LISTED).collect();
        lines.push(format!("mean over {} = {value:.3}", count(case.convenors().count(), "convenor")));
        return lines;
    }
    let score = |actor: usize| broker.score(&view, actor);
    let mut lines = vec![format!("no convenor: mean of the members weighted by GDP = {value:.3}")];
    lines.extend(spread("honest-broker score", value, case, engine, &score).into_iter().map(|line| {
        // The mean shown above is the weighted one.
        line.split_once(": ").map_or(line.clone(), |(_, ends)| ends.to_owned())
    }));
    lines
}

fn sponsor_of<'a>(cost: &'a Cost, row: &Row<'_>, engine: &Engine) -> Option<&'a Payer> {
    cost.payers.iter().find(|payer| engine.atlas.countries[payer.actor].id == row.report.sponsor)
}

fn cost_lines(part: CostFigure, cost: &Cost, row: &Row<'_>, case: &Case, engine: &Engine) -> Vec<String> {
    let own = sponsor_of(cost, row, engine).map_or(0.0, |payer| payer.share);
    let (k, b) = (cost.coordination_musd, cost.programme_musd);
    let (deadlock, months) = (cost.fallback / 100.0, cost.months);
    let sponsor = engine.atlas.in_sentence(row.report.sponsor);
    let share = format!("s, the share that {sponsor} pays: {own:.4}, {}", burden_words(&case.settings.burden));
    match part {
        CostFigure::Coordination => vec![
            format!("100 · K · s ÷ B = 100 × {k:.2} × {own:.4} ÷ {} = {:.2}", thousands(b), cost.coordination),
            format!("K, coordination of all members: US$ {k:.2} m a year; B, the programme: US$ {} m", thousands(b)),
            share,
        ],
        CostFigure::OwnShare => vec![
            format!(
                "100 · (1 − D) · s ÷ τ = 100 × (1 − {deadlock:.4}) × {own:.4} ÷ {:.4} = {:.2}",
                delivered(cost, case, row.report.sponsor, &engine.atlas),
                cost.own_share
            ),
            "τ, the share delivered after losses at home; D, deadlock risk".to_owned(),
            share,
        ],
        CostFigure::Fallback => vec![
            format!("100 · D = {:.2}, with D the deadlock risk", cost.fallback),
            format!("If the grouping deadlocks, {sponsor} has to go alone after all."),
        ],
        CostFigure::Yearly => vec![format!(
            "C ÷ 100 · B = {:.2} ÷ 100 × US$ {} m = {}",
            cost.index,
            thousands(b),
            money(cost.expected_musd)
        )],
        CostFigure::Mandate => vec![format!(
            "{} a year × {months:.0} ÷ 12 months = {}",
            money(cost.expected_musd),
            money(cost.expected_musd * months / 12.0)
        )],
        CostFigure::CoordinationYearly => coordination_lines(cost, case),
        CostFigure::CoordinationMandate => {
            vec![format!("{} a year × {months:.0} ÷ 12 months = {}", money(k), money(k * months / 12.0))]
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn coordination_lines(cost: &Cost, case: &Case) -> Vec<String> {
    let n = case.voters.len();
    if n == 1 {
        return vec!["K = 0: one member has nobody to coordinate with.".to_owned()];
    }
    let settings = &case.settings;
    let (unit, pair, hub) = (settings.unit_cost.get(), settings.pair_cost.get(), settings.hub_factor.get());
    let pairs = (n * (n - 1)) as f64 / 2.0;
    let factor = if case.is_convened() { hub } else { 1.0 };
    // What the pairs cost, taken apart: 1 + σ is what is left.
    let spread = (cost.coordination_musd - unit * n as f64) / (pair * pairs * factor) - 1.0;
    let sigma = if pair * pairs * factor > 0.0 { format!("{spread:.3}") } else { "σ".to_owned() };
    let hub_words = if case.is_convened() { format!(" × {hub} with a convenor") } else { String::new() };
    vec![
        format!(
            "K = {unit} × {n} members + {pair} × {pairs:.0} pairs × (1 + {sigma}){hub_words} = US$ {:.2} m",
            cost.coordination_musd
        ),
        "σ, the standard deviation of the members' ideal points: talks among those far apart take longer".to_owned(),
        "The cost of a pair, and what a convenor spares, are assumptions without a source.".to_owned(),
    ]
}

fn factor_lines(factor: Factor, row: &Row<'_>, case: &Case, engine: &Engine) -> Vec<String> {
    const LISTED: usize = 6;
    let fit = match &row.report.microlateral {
        Ok(fit) => fit,
        Err(reason) => return vec![format!("Not defined here: {reason}.")],
    };
    let facts = &*engine.facts_of(case);
    match factor {
        Factor::SmallLead => {
            let half = case.settings.small_population.get();
            let Some(mean) = fit.small_lead else {
                return vec!["Left out: nobody who leads has a population figure.".to_owned()];
            };
            let term = |actor: usize| {
                let (people, small) =
                    (facts.value(Subject::Population, actor)?, small(&View::silent(facts), actor, half)?);
                let name = &engine.atlas.countries[actor].name;
                Some(format!("{name}: 1 ÷ (1 + ({} ÷ {})²) = {small:.3}", quantity(people), quantity(half)))
            };
            if case.is_convened() {
                let mut lines: Vec<String> = case.convenors().filter_map(term).take(LISTED).collect();
                lines.push(format!("mean over {} = {mean:.3}", count(case.convenors().count(), "convenor")));
                return lines;
            }
            vec![format!("no convenor: mean over {} weighted by GDP = {mean:.3}", count(case.voters.len(), "member"))]
        }
        Factor::Participation => {
            let others = case.voters.iter().filter(|voter| !voter.convenor);
            let gdp: f64 = others.filter_map(|voter| facts.value(Subject::Gdp, voter.actor)).sum();
            let world = facts.world(Subject::Gdp);
            vec![format!("US$ {} of US$ {} ÷ ½ = {:.3}, at most 1", quantity(gdp), quantity(world), fit.participation)]
        }
        Factor::Niche => {
            vec![format!("1 ÷ {} = {:.3}", count(case.mandate.questions as usize, "question"), fit.niche)]
        }
        Factor::TimeBound => {
            vec![format!("24 ÷ {:.0} months = {:.3}, at most 1", case.mandate.counted_months(), fit.timebound)]
        }
    }
}

/// Members beyond which figures that take a while are told as a formula alone: this is asked while the window waits.
const MOST_COMPUTED: usize = 40;

fn exclusion_lines(actor: usize, row: &Row<'_>, case: &Case, engine: &Engine) -> Vec<String> {
    if case.voters.len() > MOST_COMPUTED {
        return vec!["ε = (C ÷ 100 − Q) ÷ (1 − Q), with Q the deadlock risk of the mandate without it".to_owned()];
    }
    let found = stability::stability(engine, case, row.report);
    let Some(exit) = found.exits.iter().find(|exit| exit.actor == actor) else {
        return vec!["Cost is not defined here.".to_owned()];
    };
    let mut lines = vec![format!("C, what it pays inside: {:.1}, going alone = 100", exit.cost)];
    match (exit.without, exit.needed) {
        (Ok(without), Ok(needed)) => {
            lines.push(format!("Q, the deadlock risk of the mandate without it: {without:.4}"));
            lines.push(format!("ε = ({:.4} − {without:.4}) ÷ (1 − {without:.4}) = {needed:.4}", exit.cost / 100.0));
            lines.push(match needed {
                needed if needed <= 0.0 => "At most 0: it stays even if outsiders share all of the benefit.".to_owned(),
                needed if needed > 1.0 => "Above 1: it leaves even if outsiders get nothing.".to_owned(),
                _ => "Where outsiders are shut out of less, leaving is cheaper.".to_owned(),
            });
        }
        (Err(reason), _) | (_, Err(reason)) => lines.push(format!("Not defined: {reason}.")),
    }
    lines
}

fn member_lines(part: MemberFigure, actor: usize, row: &Row<'_>, case: &Case, engine: &Engine) -> Vec<String> {
    let country = &engine.atlas.countries[actor];
    let rival = engine.atlas.country(case.settings.rival).map_or_else(String::new, Country::in_sentence);
    let payer = |cost: &'_ Cost| cost.payers.iter().find(|payer| payer.actor == actor).copied();
    match part {
        MemberFigure::Burden | MemberFigure::OwnCost => {
            let Some((cost, payer)) = row.report.cost.as_ref().ok().and_then(|cost| Some((cost, payer(cost)?))) else {
                return vec!["Cost is not defined here.".to_owned()];
            };
            if part == MemberFigure::Burden {
                return burden_lines(cost, payer, case, engine);
            }
            let (k, b) = (cost.coordination_musd, cost.programme_musd);
            let deadlock = cost.fallback / 100.0;
            vec![
                format!("C with s = {:.4}, its own share, in place of the sponsor's: {:.1}", payer.share, payer.index),
                format!("K = US$ {k:.2} m, B = US$ {} m, D = {deadlock:.4}", thousands(b)),
            ]
        }
        MemberFigure::Convening => {
            let parts = row.report.deadlock.as_ref().map(|found| found.parts.as_slice()).unwrap_or_default();
            let Some(part) = parts.iter().find(|part| part.actor == actor) else {
                return vec!["It would table nothing.".to_owned()];
            };
            vec![
                format!("tables Σ u · yes ÷ Σ u = {:.1} % of the agenda", 100.0 * part.tables),
                format!("one proposal fails: D₁ = {:.1} %", 100.0 * part.deadlock),
                format!(
                    "reach {:.1} % = {:.1} % × (1 − {:.3})",
                    100.0 * part.reach,
                    100.0 * part.tables,
                    part.deadlock
                ),
            ]
        }
        MemberFigure::Position => {
            let fact = engine.facts_of(case).fact(Subject::IdealPoint, actor);
            let value = fact.value.map_or_else(|| "no figure".to_owned(), |value| format!("{value:.3}"));
            let how = fact.provenance.flag().map_or_else(|| "published".to_owned(), str::to_owned);
            vec![format!("{}: {value}, {how}", country.name)]
        }
        MemberFigure::Power => vec![
            "its swings ÷ all swings; a swing is a set of yes votes that passes with its yes and fails without"
                .to_owned(),
            format!("Rule: {}", row.grouping.rule.words().to_lowercase()),
        ],
        MemberFigure::DecisiveNo => vec![
            "mean over what is tabled of no · (P(pass given its yes) − P(pass as it is without its yes))".to_owned(),
        ],
        MemberFigure::Exclusion => exclusion_lines(actor, row, case, engine),
        MemberFigure::Success => {
            if case.voters.len() > MOST_COMPUTED {
                return vec!["1 − overruled − frustrated, mean over what is tabled".to_owned()];
            }
            let found = stability::outcomes(engine, case).ok();
            let Some(outcome) = found.and_then(|found| found.into_iter().find(|outcome| outcome.actor == actor)) else {
                return vec!["Deadlock risk is not defined here.".to_owned()];
            };
            vec![
                format!("overruled: mean over what is tabled of no · P(pass given its no) = {:.4}", outcome.overruled),
                format!(
                    "frustrated: mean of yes · (1 − P(pass given its yes)) = {:.4}, votes after losses at home",
                    outcome.frustrated
                ),
                format!("1 − {:.4} − {:.4} = {:.4}", outcome.overruled, outcome.frustrated, outcome.success()),
            ]
        }
        MemberFigure::Exposure => exposure_lines(actor, case, engine, &rival),
        MemberFigure::Alignment => vec![
            format!("Σ u · [voted like {rival}] ÷ Σ u, over roll calls on which both were present"),
            "u is smaller for older roll calls, and for those that are only related to the issue".to_owned(),
        ],
    }
}

fn burden_lines(cost: &Cost, payer: Payer, case: &Case, engine: &Engine) -> Vec<String> {
    let subject = match case.settings.burden {
        BurdenShares::Assessment => Some((Subject::Assessment, " %")),
        BurdenShares::Gdp => Some((Subject::Gdp, " US$")),
        BurdenShares::Equal | BurdenShares::Custom(_) => None,
    };
    let mut lines = Vec::new();
    match subject {
        Some((subject, unit)) => {
            let facts = engine.facts_of(case);
            let value = |actor: usize| facts.value(subject, actor).unwrap_or(0.0);
            let sum: f64 = case.actors().map(value).sum();
            lines.push(format!(
                "{}: {}{unit} of {}{unit} of all members = {:.4}",
                subject.label(),
                quantity(value(payer.actor)),
                quantity(sum),
                payer.share
            ));
        }
        None => lines.push(format!("{}: {:.4}", burden_words(&case.settings.burden), payer.share)),
    }
    lines.push(format!(
        "{:.4} × (K + B) = {:.4} × US$ {} m = {} a year",
        payer.share,
        payer.share,
        thousands(cost.coordination_musd + cost.programme_musd),
        money(payer.musd)
    ));
    lines
}

fn exposure_lines(actor: usize, case: &Case, engine: &Engine, rival: &str) -> Vec<String> {
    if engine.atlas.countries[actor].id == case.settings.rival {
        return vec!["It is the rival itself: 1.".to_owned()];
    }
    let Some(found) = engine.facts_of(case).value(Subject::TradeWith(case.settings.rival), actor) else {
        return vec!["No trading partner is listed: left out.".to_owned()];
    };
    let flows = [("exports", &engine.atlas.exports[actor]), ("imports", &engine.atlas.imports[actor])];
    let mut lines: Vec<String> = flows
        .into_iter()
        .map(|(name, flow)| {
            let share = flow.iter().find(|partner| partner.id == case.settings.rival).map(|partner| partner.share_pct);
            match share {
                _ if flow.is_empty() => format!("{name}: no partner listed, left out"),
                Some(share) => format!("{name}: {share:.1} % with {rival}"),
                None => format!("{name}: {rival} is not among the partners listed, counted as 0"),
            }
        })
        .collect();
    lines.push(format!("mean {:.1} %", 100.0 * found));
    lines
}
