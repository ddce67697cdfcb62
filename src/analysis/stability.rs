//! Who gains, who would leave, who would join (*Who gains, who would leave* in `METHODS.md`).

use super::case::Case;
use super::diagram::LANES;
use super::diagram::joint::{self, Chances, Room, Tabling};
use super::engine::Engine;
use super::measures::{self, DEADLOCK, Power};
use super::report::Report;
use super::undefined::{Defined, Undefined};
use super::view::View;
use super::whatif::{self, Move};

/// What the decisions of a grouping are to a member, over what is tabled for one question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The actor's number.
    pub actor: usize,
    /// The chance that it votes no and the proposal passes, 0 to 1.
    pub overruled: f64,
    /// The chance that it votes yes and the proposal fails, 0 to 1.
    pub frustrated: f64,
}

impl Outcome {
    /// The chance of neither, 0 to 1: who abstains counts as content (after Rae 1969).
    #[must_use]
    pub fn success(&self) -> f64 {
        (1.0 - self.overruled - self.frustrated).clamp(0.0, 1.0)
    }
}

/// What the decisions are to each voting member, in the order of the voters; votes as they count, after domestic backing.
///
/// # Errors
/// As deadlock risk.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
pub fn outcomes(engine: &Engine, case: &Case) -> Defined<Vec<Outcome>> {
    let power = Power::new(&engine.atlas, &View::silent(&engine.facts_of(case)), case)?;
    let outcome = |actor, overruled: f64, frustrated: f64| Outcome {
        actor,
        overruled: overruled.clamp(0.0, 1.0),
        frustrated: frustrated.clamp(0.0, 1.0),
    };
    if case.settings.a_priori {
        // A coin flip decides between no and yes.
        let passes = power.passes_given();
        let found = case.actors().zip(passes).map(|(actor, [with, against])| {
            let fails = 0.5 * (1.0 - with);
            outcome(actor, 0.5 * against, fails)
        });
        return Ok(found.collect());
    }
    let agenda = engine.agenda_of(case);
    let tabling = Tabling::new(case, &agenda)?.not_idle()?;
    let (diagram, veto) = (power.diagram(), &power.game().veto);
    let mut sums = vec![[0.0; 2]; case.voters.len()];
    let (mut chances, mut room) = (Chances::default(), Room::default());
    for from in (0..agenda.columns()).step_by(LANES) {
        tabling.fill(veto, diagram, from, &mut chances);
        joint::fill(diagram, &chances, &mut room);
        // What all table together, for one question.
        let mut tabled = [0.0; LANES];
        for tables in &chances.tables {
            for lane in 0..LANES {
                tabled[lane] += tables[0][lane];
            }
        }
        joint::derivatives(diagram, diagram.roots[0], &chances, &mut room, |voter, [with, _, against]| {
            let no = &agenda.no(case.voters[voter].actor)[from..from + LANES];
            let (yes, own) = (&chances.yes[voter], &chances.tables[voter][0]);
            for lane in 0..LANES {
                let anyway = if veto[voter] { 0.0 } else { against[1][lane] };
                sums[voter][0] += no[lane] * anyway;
                // What others table, and what it tables itself: there it never votes no.
                sums[voter][1] += yes[lane] * (tabled[lane] - own[lane] - with[1][lane]);
                sums[voter][1] += chances.backing[voter] * own[lane] * (1.0 - with[0][lane]);
            }
        });
    }
    let count = tabling.count as f64;
    let each = case.actors().zip(sums);
    Ok(each.map(|(actor, [overruled, frustrated])| outcome(actor, overruled / count, frustrated / count)).collect())
}

/// Whether a member gains by leaving and living off what the others do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exit {
    /// The actor's number.
    pub actor: usize,
    /// Its share of the burden, 0 to 1.
    pub share: f64,
    /// C with it as the sponsor, going alone = 100.
    pub cost: f64,
    /// D⁻ⁱ: the deadlock risk of the mandate if it leaves, 0 to 1.
    pub without: Defined<f64>,
    /// ε: from which share of the benefit outsiders must be shut out for it to stay. At most 0: it stays even if they share
    /// everything; above 1: it leaves even a closed club.
    pub needed: Defined<f64>,
}

/// Whether a grouping holds together.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// Every voting member that bears a burden share, in the order of the voters.
    pub exits: Vec<Exit>,
    /// E: from which share of the benefit outsiders must be shut out for all to stay, per cent, at least 0; less is better.
    pub exclusion_needed: Defined<f64>,
    /// Who is first to leave, by number; nobody where the exclusion needed is 0.
    pub first_to_leave: Option<usize>,
}

/// Whether members gain by leaving (d'Aspremont and others 1983, Carraro and Siniscalco 1993, Barrett 1994); `report` is that of
/// the case.
///
/// ```
/// use convenor::analysis::{Case, Engine, stability};
/// use convenor::model::{Assumptions, Grouping, GroupingId, Role, Seat};
///
/// let engine = Engine::embedded().unwrap();
/// let mut grouping = Grouping::new(GroupingId(1), "Two", 0);
/// grouping.seats = ["USA", "EST"].map(|code| Seat::new(code.parse().unwrap(), Role::Member)).to_vec();
/// let case = Case::of(&engine.atlas, &grouping, &Assumptions::default());
/// let found = stability::stability(&engine, &case, &engine.settled(&case));
/// // The one that pays nearly all of it would rather let the other do it.
/// assert_eq!(found.first_to_leave, engine.atlas.actor("USA".parse().unwrap()));
/// ```
#[must_use]
pub fn stability(engine: &Engine, case: &Case, report: &Report) -> Stability {
    let payers = report.cost.as_ref().map_or(&[][..], |cost| &cost.payers);
    let rows = if payers.is_empty() { Vec::new() } else { whatif::removals(engine, case) };
    let without = |actor: usize| {
        let row = rows.iter().find(|row| row.change == Move::Remove(actor)).ok_or(Undefined::NoVotingMember)?;
        row.estimates.get(&DEADLOCK).map(|risk| risk / 100.0)
    };
    let exits: Vec<Exit> = payers
        .iter()
        .map(|payer| {
            let without = without(payer.actor);
            let needed = without.and_then(|risk| needed(payer.index / 100.0, risk));
            Exit { actor: payer.actor, share: payer.share, cost: payer.index, without, needed }
        })
        .collect();
    let most = exits.iter().filter_map(|exit| Some((exit.actor, exit.needed.ok()?)));
    let most = most.fold(None, |most: Option<(usize, f64)>, (actor, needed)| match most {
        Some((_, held)) if held >= needed => most,
        _ => Some((actor, needed)),
    });
    let undefined = report.cost.as_ref().err().copied().unwrap_or(Undefined::NoExit);
    Stability {
        exclusion_needed: most.map(|(_, needed)| 100.0 * needed.max(0.0)).ok_or(undefined),
        first_to_leave: most.filter(|(_, needed)| *needed > 0.0).map(|(actor, _)| actor),
        exits,
    }
}

/// ε: outside, the cost is D⁻ⁱ + ε·(1 − D⁻ⁱ); inside it is `cost`, both of going alone = 1.
fn needed(cost: f64, without: f64) -> Defined<f64> {
    if without < 1.0 { Ok((cost - without) / (1.0 - without)) } else { Err(Undefined::NoExit) }
}

/// What an outsider would gain by joining.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joiner {
    /// The actor's number.
    pub actor: usize,
    /// C with it as the sponsor once it is a member, going alone = 100.
    pub cost: f64,
    /// By how many points that is less than what it costs to stay outside; below 0 it stays out.
    pub margin: f64,
}

impl Joiner {
    /// Whether it would join.
    #[must_use]
    pub fn would_join(&self) -> bool {
        self.margin > 0.0
    }
}

/// What each outsider would gain by joining as a member, in the order of the atlas, where outsiders are shut out of a share
/// `exclusion` of the benefit, 0 to 1. Those for whom the cost has no meaning are left out. `report` is that of the case.
///
/// # Errors
/// Deadlock risk is not defined.
pub fn joiners(engine: &Engine, case: &Case, report: &Report, exclusion: f64) -> Defined<Vec<Joiner>> {
    joiners_among(engine, case, report, &whatif::additions(engine, case), exclusion)
}

/// The same from what every addition would do, where that is known; other changes among the rows do not matter.
///
/// # Errors
/// Deadlock risk is not defined.
pub fn joiners_among(
    engine: &Engine,
    case: &Case,
    report: &Report,
    rows: &[whatif::Row],
    exclusion: f64,
) -> Defined<Vec<Joiner>> {
    let risk = report.value(&DEADLOCK)? / 100.0;
    let outside = 100.0 * (risk + exclusion * (1.0 - risk));
    let facts = engine.facts_of(case);
    let view = View::silent(&facts);
    let joiner = |row: &whatif::Row| {
        let Move::AddMember(actor) = row.change else { return None };
        let after = row.change.applied(case)?;
        let risk = row.estimates.get(&DEADLOCK).ok()? / 100.0;
        let cost = measures::cost(&engine.atlas, &view, &after, risk).ok()?;
        let cost = cost.payers.iter().find(|payer| payer.actor == actor)?.index;
        Some(Joiner { actor, cost, margin: outside - cost })
    };
    Ok(rows.iter().filter_map(joiner).collect())
}
