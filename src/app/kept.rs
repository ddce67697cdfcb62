//! Answers that are kept, the oldest of which are forgotten.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Answers by what was asked, with when each was last asked for.
#[derive(Debug)]
pub struct Kept<K, V> {
    by_key: HashMap<K, (u64, V)>,
    asked: u64,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self { by_key: HashMap::new(), asked: 0 }
    }
}

impl<K: Hash + Eq, V: Clone> Kept<K, V> {
    /// An answer, which counts as asked for now.
    pub fn get(&mut self, key: &K) -> Option<V> {
        self.asked += 1;
        let (asked, value) = self.by_key.get_mut(key)?;
        *asked = self.asked;
        Some(value.clone())
    }

    /// An answer, without counting as asked for.
    #[must_use]
    pub fn peek(&self, key: &K) -> Option<&V> {
        self.by_key.get(key).map(|(_, value)| value)
    }

    /// Counts as asked for now.
    pub fn touch(&mut self, key: &K) {
        self.asked += 1;
        if let Some((asked, _)) = self.by_key.get_mut(key) {
            *asked = self.asked;
        }
    }

    /// Keeps an answer.
    pub fn insert(&mut self, key: K, value: V) {
        self.asked += 1;
        self.by_key.insert(key, (self.asked, value));
    }

    /// Whether there is an answer.
    #[must_use]
    pub fn has(&self, key: &K) -> bool {
        self.by_key.contains_key(key)
    }

    /// Any of the answers.
    #[must_use]
    pub fn any(&self) -> Option<&V> {
        self.by_key.values().next().map(|(_, value)| value)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.by_key.clear();
    }

    /// Forgets those that were asked for the longest ago until `most` are left beside those of `needed`, which all stay.
    pub fn forget_oldest(&mut self, most: usize, needed: &HashSet<&K>) {
        let mut others: Vec<u64> =
            self.by_key.iter().filter(|(key, _)| !needed.contains(key)).map(|(_, (asked, _))| *asked).collect();
        let Some(surplus) = others.len().checked_sub(most).filter(|surplus| *surplus > 0) else { return };
        let (_, newest_gone, _) = others.select_nth_unstable(surplus - 1);
        let newest_gone = *newest_gone;
        self.by_key.retain(|key, (asked, _)| *asked > newest_gone || needed.contains(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_and_what_is_needed_stays() {
        let mut kept: Kept<u32, u32> = Kept::default();
        (0..10).for_each(|key| kept.insert(key, 10 * key));
        // Asked for again, the first is the newest.
        assert_eq!(kept.get(&0), Some(0));
        let needed = [1, 2];
        let needed: HashSet<&u32> = needed.iter().collect();
        kept.forget_oldest(8, &needed);
        assert_eq!(kept.len(), 10, "there is room for all");
        kept.forget_oldest(3, &needed);
        let left: Vec<u32> = (0..10).filter(|key| kept.has(key)).collect();
        assert_eq!(left, [0, 1, 2, 8, 9]);
        kept.forget_oldest(0, &HashSet::new());
        assert_eq!(kept.len(), 0);
    }
}
