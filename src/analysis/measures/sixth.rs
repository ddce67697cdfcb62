//! A sixth measure, there in tests only: what one file and one line in the list bring about everywhere.

use super::measure::{Better, Explained, Measure};
use crate::analysis::undefined::Undefined;
use crate::data::Subject;

/// The members' share of the world's internet users, per cent.
pub const SIXTH: Measure = Measure {
    name: "sixth",
    label: "Users",
    short: "users",
    unit: "%",
    scale: "%, more is better",
    better: Better::More,
    top: 100.0,
    meaning: "The members' share of the world's internet users.",
    spoken: None,
    formula: "U = 100 · Σ internet users ÷ those of the world",
    builds_on: &[],
    drawn: &[],
    value: |of| {
        let view = of.view.reading_for(SIXTH.name, "users");
        let users: f64 = of.case.actors().map(|actor| view.or_zero(Subject::InternetUsers, actor)).sum();
        if of.case.voters.is_empty() {
            return Err(Undefined::NoVotingMember);
        }
        Ok(100.0 * users / view.world(Subject::InternetUsers))
    },
    terms,
};

fn terms(of: &Explained<'_>) -> Vec<String> {
    of.value.map(|users| vec![format!("U = {users:.3} % of the world's users")]).unwrap_or_default()
}
