//! What is known about the world: actors, figures, bodies, roll calls and where each comes from.
//!
//! This layer knows nothing of groupings or measures. Everything is read from the tables under `assets/`, which are
//! embedded in the binary; a table that does not parse is answered with a [`Complaint`] that names file and row.

mod atlas;
mod body;
mod country;
mod facts;
pub mod flags;
mod id;
mod indicator;
mod names;
mod roll_calls;
mod source;
mod subject;
mod table;
mod topics;
mod votes_file;

pub use atlas::{Atlas, IdealPoints, Partner, Tables};
pub use body::{Body, BodyKind, Seat};
pub use country::{Country, Kind};
pub use facts::{Facts, FiguresId, OwnFigure};
pub use id::CountryId;
pub use indicator::{Figure, Indicator};
pub use names::{Fit, Hit, Listed, Meant, Names, fit, fold, key};
pub use roll_calls::{Ballot, RollCall, RollCalls};
pub use source::Source;
pub use subject::{Fact, Provenance, Subject};
pub use table::Complaint;
pub use topics::Topics;
pub use votes_file::VotesFile;
