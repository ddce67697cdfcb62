//! Designs drawn at random from all that a search asks about: what most of them are like.

use std::sync::atomic::Ordering;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

use super::choose::subsets;
use super::exact::fixed;
use super::{Best, Design, Progress, Search};
use crate::analysis::engine::Engine;

/// So many designs, each as likely as any other and perhaps more than once, whatever the bounds; the same for the same seed. Fewer
/// where the search is given up.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "chances of being drawn")]
pub fn cloud(engine: &Engine, search: &Search, designs: usize, seed: u64, progress: &Progress) -> Vec<Best> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut kinds: Vec<(Option<usize>, usize, f64)> = Vec::new();
    let mut all = 0.0;
    for convenor in &search.convenors {
        let (n, free) = (fixed(search, *convenor).len(), search.free(*convenor).len());
        let [least, most] = search.size;
        for size in least.max(1).max(n)..=most {
            all += subsets(free, size - n) as f64;
            kinds.push((*convenor, size, all));
        }
    }
    let mut found = Vec::with_capacity(designs);
    while found.len() < designs && all > 0.0 && !progress.cancel.load(Ordering::Relaxed) {
        let at = rng.random_range(0.0..all);
        let Some((convenor, size, _)) = kinds.iter().find(|(.., upto)| at < *upto) else { break };
        let mut members = fixed(search, *convenor);
        let mut free = search.free(*convenor);
        while members.len() < *size && !free.is_empty() {
            members.push(free.swap_remove(rng.random_range(0..free.len())));
        }
        members.sort_unstable();
        let design = Design { members, convenor: *convenor };
        found.push(Best::of(&engine.report(&search.case(&design)), design));
    }
    found
}
