//! What each member does: what it adds to the measures, what the rule leaves to it, how often its no is decisive.

use crate::analysis::case::Case;
use crate::analysis::diagram::LANES;
use crate::analysis::diagram::joint::{self, Chances, Room, Tabling};
use crate::analysis::engine::Engine;
use crate::analysis::measures::{self, Measure, Power};
use crate::analysis::power::{self, Indices, PowerError};
use crate::analysis::undefined::Defined;
use crate::analysis::view::View;
use crate::analysis::whatif::{self, Estimates};

/// What a voting member adds to the measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The actor's number.
    pub actor: usize,
    /// The measures as they are.
    pub with: Estimates,
    /// The measures if it leaves: the rule applied to those who stay.
    pub without: Estimates,
}

impl Contribution {
    /// By how much the measure is higher because of this member; `None` where one of the figures is not defined.
    #[must_use]
    pub fn adds(&self, measure: &Measure) -> Option<f64> {
        self.with.change_of(measure, &self.without)
    }
}

/// What each voting member adds to each measure, by leaving it out; in the order of the voters.
#[must_use]
pub fn contributions(engine: &Engine, case: &Case) -> Vec<Contribution> {
    let now = whatif::now(engine, case);
    let contribution = |row: whatif::Row| Contribution {
        actor: row.change.actor(),
        with: row.before.unwrap_or(now),
        without: row.estimates,
    };
    whatif::removals(engine, case).into_iter().map(contribution).collect()
}

/// The voting power of the rule itself, yes and no only, in the order of the voters.
///
/// # Errors
/// The rule has no meaning for these voters, or exact indices are out of reach.
pub fn indices(engine: &Engine, case: &Case) -> Result<Indices, PowerError> {
    power::indices(&measures::game_of(&engine.atlas, &View::silent(&engine.facts_of(case)), case)?)
}

/// How often each voter's no is decisive, 0 to 1, in the order of the voters: the chance that it votes no and the proposal
/// fails, but would pass with its yes, the others as they are. Over what is tabled; its own proposals included, on which
/// it never votes no.
///
/// # Errors
/// As deadlock risk.
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
pub fn decisive_noes(engine: &Engine, case: &Case) -> Defined<Vec<f64>> {
    let power = Power::new(&engine.atlas, &View::silent(&engine.facts_of(case)), case)?;
    if case.settings.a_priori {
        // A coin flip decides between no and yes.
        return Ok(power.swings().into_iter().map(|swing| 0.5 * swing).collect());
    }
    let agenda = engine.agenda_of(case);
    let tabling = Tabling::new(case, &agenda)?.not_idle()?;
    let (diagram, veto) = (power.diagram(), &power.game().veto);
    let mut sums = vec![0.0; case.voters.len()];
    let (mut chances, mut room) = (Chances::default(), Room::default());
    for from in (0..agenda.columns()).step_by(LANES) {
        tabling.fill(veto, diagram, from, &mut chances);
        joint::fill(diagram, &chances, &mut room);
        joint::derivatives(diagram, diagram.roots[0], &chances, &mut room, |voter, [with, _, against]| {
            let no = &agenda.no(case.voters[voter].actor)[from..from + LANES];
            for lane in 0..LANES {
                let anyway = if veto[voter] { 0.0 } else { against[1][lane] };
                sums[voter] += no[lane] * (with[1][lane] - anyway);
            }
        });
    }
    let count = tabling.count as f64;
    Ok(sums.into_iter().map(|sum| (sum / count).clamp(0.0, 1.0)).collect())
}
