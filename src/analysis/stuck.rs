//! Whose no stops most: the member without which a grouping would deadlock least.

use super::measures;
use super::whatif::{Estimates, Move, Row};

/// From how many points of deadlock risk on a single member is named.
pub const NAMED: f64 = 1.0;

/// The member whose leaving lowers deadlock risk most, as a number in the atlas, with the change in points (below 0). `removals`
/// are the moves of a case, those of members that leave among them; `now` is the case as it is. `None` where no single departure
/// lowers the risk by [`NAMED`] points or more.
#[must_use]
pub fn stops_most(removals: &[Row], now: &Estimates) -> Option<(usize, f64)> {
    let leaving = removals.iter().filter_map(|row| match row.change {
        Move::Remove(actor) => Some((actor, row.change_of(&measures::DEADLOCK, now)?)),
        _ => None,
    });
    leaving.filter(|(_, change)| *change <= -NAMED).min_by(|a, b| a.1.total_cmp(&b.1))
}
