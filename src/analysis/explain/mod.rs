//! What brings the measures about (*Voting power and explanations* in `METHODS.md`): who adds what, whose no is
//! decisive, which criterion fails, and every headline figure taken apart.

mod causes;
mod members;
mod waterfall;

pub use causes::{Cause, Failing, failing};
pub use members::{Contribution, contributions, decisive_noes, indices};
pub use waterfall::{Step, Waterfall, waterfalls};
