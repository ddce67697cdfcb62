//! Pure functions from a [`Case`] to a [`Report`]: the measures that the page *Methods* defines.
//!
//! The layer knows no clock, no file and no screen. [`Engine`] holds what all cases share: the facts, the fitted
//! roll calls and the vote tables.

pub mod backtest;
mod baseline;
pub mod capture;
mod case;
mod cautions;
mod diagram;
pub mod draws;
mod drift;
pub mod edition;
mod engine;
pub mod explain;
mod fit;
mod flag;
pub mod forecast;
mod game;
pub mod measures;
mod normal;
mod own;
mod parts;
pub mod power;
mod real;
pub mod record;
mod report;
pub mod search;
pub mod stability;
pub mod stats;
pub mod stuck;
pub mod suggest;
mod threshold;
pub mod track;
mod turnout;
pub mod uncertainty;
mod undefined;
pub mod view;
mod votes;
pub mod whatif;
pub mod words;
pub mod years;

pub use baseline::Baseline;
pub use case::{BurdenShares, Case, Rule, Settings, Voter};
pub use cautions::{Caution, cautions};
pub use diagram::{Diagram, LANES, Scratch, TooLarge, VoteChances};
pub use drift::{Drift, YearDrift, clipped, expit, logit, parse_drift, write_drift};
pub use engine::{Engine, World};
pub use fit::{FittedCall, fit_roll_calls, parse_fit, write_fit};
pub use flag::{FEW_CALLS, Flag};
pub use game::{Game, Resolution};
pub use normal::{NormalTable, normal_cdf, normal_pdf};
pub use own::{OwnAgenda, OwnQuestion};
pub use parts::{ComponentPart, ConvenorPart, Cost, Deadlock, Legitimacy, Microlateral, Payer, SETTLED};
pub use real::Real;
pub use report::Report;
pub use threshold::Threshold;
pub use turnout::Turnout;
pub use undefined::{Defined, Undefined};
pub use votes::{Agenda, Used, VoteSettings, Votes};
