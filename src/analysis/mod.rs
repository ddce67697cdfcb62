//! Pure functions from a [`Case`] to a [`Report`]: the measures of `model.md`.
//!
//! The layer knows no clock, no file and no screen. [`Engine`] holds what all cases share: the facts, the fitted
//! roll calls and the vote tables.

pub mod backtest;
mod baseline;
pub mod capture;
mod case;
mod diagram;
pub mod draws;
mod engine;
pub mod explain;
mod facts;
mod fit;
mod game;
mod joint;
pub mod measures;
mod normal;
pub mod power;
mod report;
pub mod stats;
pub mod suggest;
pub mod track;
pub mod uncertainty;
mod votes;
pub mod whatif;

pub use baseline::Baseline;
pub use case::{BurdenShares, Case, Real, Rule, Settings, Voter};
pub use diagram::{Diagram, LANES, Scratch, TooLarge};
pub use engine::Engine;
pub use facts::{Exposure, Fact, Facts, Provenance, Subject, exposure};
pub use fit::{FittedCall, fit_roll_calls, fit_with_points, parse_fit, write_fit};
pub use game::{Game, Resolution, Threshold};
pub use normal::{NormalTable, normal_cdf, normal_pdf};
pub use report::{
    ComponentPart, ConvenorPart, Cost, Deadlock, Defined, Flag, Legitimacy, Microlateral, Payer, Report, SETTLED,
    Undefined,
};
pub use votes::{Agenda, Votes};
