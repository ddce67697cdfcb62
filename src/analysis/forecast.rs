//! What a vote on one question would bring (*Questions of your own* in `METHODS.md`).

use super::case::Case;
use super::diagram::joint::fill_chances;
use super::diagram::{LANES, Scratch, VoteChances};
use super::engine::Engine;
use super::measures::Power;
use super::own::{OwnAgenda, OwnQuestion};
use super::undefined::{Defined, Undefined};
use super::view::View;

/// How many vote in one way: the expected number, and the smallest range from the 5th to the 95th per cent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// The mean.
    pub expected: f64,
    /// At most 5 % lie below.
    pub low: usize,
    /// At most 5 % lie above.
    pub high: usize,
}

/// A vote on one question as votes stand: a convenor votes yes, nobody else is made to.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The chance that it passes, 0 to 1.
    pub pass: f64,
    /// Who votes yes.
    pub yes: Count,
    /// Who votes no.
    pub no: Count,
    /// Who abstains.
    pub abstain: Count,
    /// By voting member, in the order of the case: the chances of a yes and of a no, after domestic backing, 0 to 1.
    pub chances: Vec<[f64; 2]>,
    /// By voting member: the chance that it votes no and the proposal fails, but would pass with its yes, 0 to 1.
    pub decisive: Vec<f64>,
}

/// The forecast of a question in a case, whose own issue does not matter.
///
/// # Errors
/// Nobody votes, votes are coin flips, or the rule has no meaning for these voters.
pub fn forecast(engine: &Engine, case: &Case, question: &OwnQuestion) -> Defined<Forecast> {
    if case.settings.a_priori {
        return Err(Undefined::APriori);
    }
    let own = OwnAgenda::new(vec![question.clone()], true);
    if own.questions.is_empty() {
        return Err(Undefined::OwnQuestions);
    }
    let case = Case { own: Some(own), ..case.clone() };
    let power = Power::new(&engine.atlas, &View::silent(&engine.facts_of(&case)), &case)?;
    let agenda = engine.agenda_of(&case);
    let (n, veto, diagram) = (case.voters.len(), &power.game().veto, power.diagram());
    let mut yes = vec![[0.0; LANES]; n];
    let mut stay = vec![[0.0; LANES]; n];
    let mut no = vec![[0.0; LANES]; if diagram.tells_no() { n } else { 0 }];
    fill_chances(&case, veto, &agenda, 0, [&mut yes, &mut stay, &mut no]);
    let mut chances = Vec::with_capacity(n);
    for (at, voter) in case.voters.iter().enumerate() {
        let against = if voter.convenor {
            let backing = voter.backing.get();
            (yes[at], stay[at]) = ([backing; LANES], [1.0 - backing; LANES]);
            if let Some(no) = no.get_mut(at) {
                *no = [0.0; LANES];
            }
            0.0
        } else {
            agenda.no(voter.actor)[0]
        };
        chances.push([yes[at][0], against]);
    }
    let votes = VoteChances { yes: &yes, stay: &stay, no: &no };
    let mut scratch = Scratch::default();
    let pass = diagram.chance(votes, &mut scratch)[0].clamp(0.0, 1.0);
    let mut decisive = vec![0.0; n];
    diagram.cofactors(votes, &mut scratch, |voter, [with, _, against]| {
        let anyway = if veto[voter] { 0.0 } else { against[0] };
        decisive[voter] = (chances[voter][1] * (with[0] - anyway)).clamp(0.0, 1.0);
    });
    let of = |chance: fn(&[f64; 2]) -> f64| count(&chances.iter().map(chance).collect::<Vec<f64>>());
    Ok(Forecast {
        pass,
        yes: of(|[yes, _]| *yes),
        no: of(|[_, no]| *no),
        abstain: of(|[yes, no]| 1.0 - yes - no),
        decisive,
        chances,
    })
}

/// The exact distribution of how many of independent events happen, in its mean and range.
fn count(chances: &[f64]) -> Count {
    let mut distribution = vec![1.0];
    for chance in chances {
        let mut next = vec![0.0; distribution.len() + 1];
        for (happened, weight) in distribution.iter().enumerate() {
            next[happened] += weight * (1.0 - chance);
            next[happened + 1] += weight * chance;
        }
        distribution = next;
    }
    let mut below = 0.0;
    let (mut low, mut high) = (None, None);
    for (happened, weight) in distribution.iter().enumerate() {
        below += weight;
        if low.is_none() && below > 0.05 {
            low = Some(happened);
        }
        if high.is_none() && below >= 0.95 - 1e-12 {
            high = Some(happened);
        }
    }
    Count { expected: chances.iter().sum(), low: low.unwrap_or(0), high: high.unwrap_or(chances.len()) }
}
