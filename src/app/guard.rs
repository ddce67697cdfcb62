//! Faults of the program on a thread in the background: told, not fatal.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What stands in the place of an answer on which the program failed.
pub const FAULT: &str = "Not computed, because of a fault of this program.";

/// What was computed, or what the program says about its own fault. What it shared with others stays usable: caches are
/// only ever added to, and locks are taken although a thread that held them failed.
///
/// # Errors
/// The computation panicked.
pub fn guarded<T>(compute: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(compute)).map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no words for it".to_owned())
    })
}

/// What to tell of a fault: “The intervals of T-12” could not be computed.
#[must_use]
pub fn fault_words(what: &str, why: &str) -> String {
    format!(
        "{what} could not be computed: a fault of this program ({why}). All else goes on. Save the workspace and report it \
         with this sentence."
    )
}
