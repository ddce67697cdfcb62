//! The designs that no other beats.

use std::cmp::Ordering;

/// A set of voting members with its convenor; actors by number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Design {
    /// All voting members in order, the convenor among them.
    pub members: Vec<usize>,
    /// Who convenes.
    pub convenor: Option<usize>,
}

impl Design {
    /// Fewer members first, then by codes.
    fn before(&self, other: &Self) -> bool {
        self.members.len().cmp(&other.members.len()).then_with(|| self.cmp(other)) == Ordering::Less
    }
}

/// Values of the objectives, more is better, in steps of 1e-9: so that it does not matter in which order designs are compared.
pub type Keys = Vec<i64>;

/// The key of a value where more is better.
#[must_use]
pub fn key(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "measures are far below 1e9")]
    let key = (value * 1e9).round() as i64;
    key
}

/// Designs of which none is at least as good as another on every objective and better on one. Of those that are equal on all,
/// the one with fewer members stays, then the first by codes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Front {
    entries: Vec<(Keys, Design)>,
}

impl Front {
    /// Whether a design with these keys may belong to it: nothing there beats it. `design` decides between equals.
    pub fn accepts(&mut self, keys: &[i64], design: impl FnOnce() -> Design) -> Option<Design> {
        let beats = |held: &Keys| held.iter().zip(keys).all(|(held, key)| held >= key);
        let beaten = self.entries.iter().position(|(held, _)| beats(held));
        let Some(at) = beaten else { return Some(design()) };
        if self.entries[at].0 == keys {
            let design = design();
            return design.before(&self.entries[at].1).then_some(design);
        }
        // What beats one beats its neighbours: it is asked sooner next time.
        self.entries.swap(at, at / 2);
        None
    }

    /// Puts a design in that was accepted; those that it beats go.
    pub fn insert(&mut self, keys: Keys, design: Design) {
        self.entries.retain(|(held, _)| held.iter().zip(&keys).any(|(held, key)| held > key));
        self.entries.push((keys, design));
    }

    /// Takes in all of another front.
    pub fn merge(&mut self, other: Self) {
        for (keys, design) in other.entries {
            if let Some(design) = self.accepts(&keys, || design) {
                self.insert(keys, design);
            }
        }
    }

    /// The designs, best on the first objective first.
    #[must_use]
    pub fn into_designs(mut self) -> Vec<Design> {
        self.entries.sort_by(|(one, first), (other, second)| other.cmp(one).then_with(|| first.cmp(second)));
        self.entries.into_iter().map(|(_, design)| design).collect()
    }
}
