//! The ideal-point model of a roll call (*Votes* in `METHODS.md`).
//!
//! For an actor with ideal point θ, η = a + b·θ; the chance of a yes is Φ(η), of a no Φ(−g − η), and of an
//! abstention the rest. (a, b) is the maximum a posteriori estimate for each roll call. The logarithm of the posterior
//! is concave, so Newton steps that are halved when they do not help find its top.

use rayon::prelude::*;

use super::normal::{NormalTable, normal_cdf, normal_pdf};
use crate::data::{Atlas, Ballot, Complaint, Facts, RollCalls, Subject};

/// g: the width of the band of abstention.
pub const ABSTENTION_BAND: f64 = 1.6;
const PRIOR_MEAN: [f64; 2] = [1.54, -1.10];
const PRIOR_VARIANCE: [f64; 2] = [1.35, 3.30];

/// The estimate for one roll call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FittedCall {
    /// a: how readily an actor in the middle votes yes.
    pub a: f64,
    /// b: how that changes with the ideal point.
    pub b: f64,
}

impl FittedCall {
    /// The chances of a yes and of a no for an actor at ideal point `theta`.
    #[must_use]
    pub fn chances(self, theta: f64) -> (f64, f64) {
        let eta = self.a + self.b * theta;
        (normal_cdf(eta), normal_cdf(-ABSTENTION_BAND - eta))
    }

    /// The same from a table of Φ.
    pub(super) fn drawn_chances(self, theta: f64, table: &NormalTable) -> (f64, f64) {
        let eta = self.a + self.b * theta;
        (table.cdf(eta), table.cdf(-ABSTENTION_BAND - eta))
    }
}

/// How much of a vote is a yes, an abstention and a no: all of one for a ballot that was cast.
pub(super) type Shares = [f64; 3];

fn shares(ballot: Ballot) -> Shares {
    match ballot {
        Ballot::Yes => [1.0, 0.0, 0.0],
        Ballot::Abstain => [0.0, 1.0, 0.0],
        Ballot::No => [0.0, 0.0, 1.0],
        Ballot::Absent => [0.0; 3],
    }
}

/// The expected logarithm of the likelihood of a vote at η, with its first and second derivative.
fn vote_terms(shares: Shares, eta: f64) -> (f64, f64, f64) {
    let mut sum = (0.0, 0.0, 0.0);
    for (share, ballot) in shares.into_iter().zip([Ballot::Yes, Ballot::Abstain, Ballot::No]) {
        if share > 0.0 {
            let (log, first, second) = ballot_terms(ballot, eta);
            sum = (sum.0 + share * log, sum.1 + share * first, sum.2 + share * second);
        }
    }
    sum
}

/// Logarithm of the likelihood of one ballot at η, with its first and second derivative.
fn ballot_terms(ballot: Ballot, eta: f64) -> (f64, f64, f64) {
    const TINY: f64 = 1e-300;
    match ballot {
        Ballot::Yes => {
            let chance = normal_cdf(eta).max(TINY);
            let ratio = normal_pdf(eta) / chance;
            (chance.ln(), ratio, -ratio * (eta + ratio))
        }
        Ballot::No => {
            let z = -ABSTENTION_BAND - eta;
            let chance = normal_cdf(z).max(TINY);
            let ratio = normal_pdf(z) / chance;
            (chance.ln(), -ratio, -ratio * (z + ratio))
        }
        Ballot::Abstain => {
            let top = ABSTENTION_BAND + eta;
            // The difference of two tails, taken on the side where both are small.
            let chance =
                if eta > 0.0 { normal_cdf(-eta) - normal_cdf(-top) } else { normal_cdf(top) - normal_cdf(eta) }
                    .max(TINY);
            let (at_top, at_eta) = (normal_pdf(top), normal_pdf(eta));
            let slope = (at_top - at_eta) / chance;
            (chance.ln(), slope, -(top * at_top - eta * at_eta) / chance - slope * slope)
        }
        Ballot::Absent => (0.0, 0.0, 0.0),
    }
}

/// Logarithm of the posterior (up to a constant), gradient, and the three entries of the Hessian.
fn posterior(votes: &[(f64, Shares)], call: FittedCall) -> (f64, [f64; 2], [f64; 3]) {
    let off = [call.a - PRIOR_MEAN[0], call.b - PRIOR_MEAN[1]];
    let mut value = -0.5 * (off[0] * off[0] / PRIOR_VARIANCE[0] + off[1] * off[1] / PRIOR_VARIANCE[1]);
    let mut gradient = [-off[0] / PRIOR_VARIANCE[0], -off[1] / PRIOR_VARIANCE[1]];
    let mut hessian = [-1.0 / PRIOR_VARIANCE[0], 0.0, -1.0 / PRIOR_VARIANCE[1]];
    for &(theta, shares) in votes {
        let (log, first, second) = vote_terms(shares, call.a + call.b * theta);
        value += log;
        gradient[0] += first;
        gradient[1] += first * theta;
        hessian[0] += second;
        hessian[1] += second * theta;
        hessian[2] += second * theta * theta;
    }
    (value, gradient, hessian)
}

/// The maximum a posteriori estimate from ideal points and votes, which may be expected ones.
pub(super) fn fit_shares(votes: &[(f64, Shares)]) -> FittedCall {
    let mut call = FittedCall { a: PRIOR_MEAN[0], b: PRIOR_MEAN[1] };
    let (mut value, mut gradient, mut hessian) = posterior(votes, call);
    for _ in 0..100 {
        let determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
        let step = [
            -(hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant,
            -(hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant,
        ];
        let mut length = 1.0;
        let next = loop {
            let next = FittedCall { a: call.a + length * step[0], b: call.b + length * step[1] };
            let terms = posterior(votes, next);
            if terms.0 >= value || length < 1e-6 {
                break (next, terms);
            }
            length *= 0.5;
        };
        let moved = (next.0.a - call.a).abs() + (next.0.b - call.b).abs();
        call = next.0;
        (value, gradient, hessian) = next.1;
        if moved < 1e-12 {
            break;
        }
    }
    call
}

/// Fits every roll call of an atlas to the ballots of its actors. Absent actors, and those without an ideal point, are left out.
#[must_use]
pub fn fit_roll_calls(atlas: &Atlas, facts: &Facts) -> Vec<FittedCall> {
    let calls = &atlas.roll_calls;
    let actors: Vec<Option<usize>> = calls.voters.iter().map(|id| atlas.actor(*id)).collect();
    let of_call = |call: usize| {
        let subject = Subject::IdealPointIn(calls.list[call].year);
        let cast = |(voter, actor): (usize, &Option<usize>)| {
            let theta = facts.value(subject, (*actor)?)?;
            let ballot = calls.ballots(voter)[call];
            (ballot != Ballot::Absent).then_some((theta, shares(ballot)))
        };
        let votes: Vec<(f64, Shares)> = actors.iter().enumerate().filter_map(cast).collect();
        fit_shares(&votes)
    };
    (0..calls.list.len()).into_par_iter().map(of_call).collect()
}

/// Writes a fit as the asset `roll_call_fit.csv`.
#[must_use]
pub fn write_fit(calls: &RollCalls, fit: &[FittedCall]) -> String {
    use std::fmt::Write as _;
    let mut text = String::from("resolution,a,b\n");
    for (call, fitted) in calls.list.iter().zip(fit) {
        let _ = writeln!(text, "{},{:.9},{:.9}", call.resolution, fitted.a, fitted.b);
    }
    text
}

/// Reads the asset `roll_call_fit.csv`, which must go with the roll calls row by row.
///
/// # Errors
/// Names the row that does not parse or belongs to another resolution.
pub fn parse_fit(text: &str, calls: &RollCalls) -> Result<Vec<FittedCall>, Complaint> {
    let complain = |row: usize, message: &str| Complaint {
        file: "roll_call_fit.csv".to_owned(),
        row,
        message: message.to_owned(),
    };
    let mut fit = Vec::with_capacity(calls.list.len());
    for (at, line) in text.lines().skip(1).enumerate() {
        let mut fields = line.split(',');
        let resolution = fields.next().unwrap_or_default();
        if calls.list.get(at).is_none_or(|call| call.resolution != resolution) {
            return Err(complain(at + 2, "the resolution is not the one of roll_calls.csv"));
        }
        let mut number = || fields.next()?.parse().ok().filter(|value: &f64| value.is_finite());
        let (Some(a), Some(b)) = (number(), number()) else {
            return Err(complain(at + 2, "a and b are not numbers"));
        };
        fit.push(FittedCall { a, b });
    }
    if fit.len() == calls.list.len() { Ok(fit) } else { Err(complain(0, "rows are missing")) }
}
