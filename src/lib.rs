//! Convenor: design international coalitions and see estimated legitimacy, cost and deadlock risk.
//!
//! The layers, each using only those above it:
//!
//! - [`data`]: what is known about the world.
//! - [`model`]: what the user makes.
//! - [`analysis`]: what follows from it.
//! - [`chart`]: pictures before they are drawn.
//! - [`storage`]: bytes to workspace and back.
//! - [`app`]: the program without a screen.
//! - `ui`: the window (feature `gui`).
//!
//! A grouping, and what follows from it:
//!
//! ```
//! use convenor::analysis::{Case, Engine, measures};
//! use convenor::model::{Assumptions, Grouping, GroupingId, Issue, Role, Seat};
//!
//! let engine = Engine::embedded()?;
//! let mut grouping = Grouping::new(GroupingId(1), "Nordic lead", 0);
//! grouping.issue = Issue::Technology;
//! grouping.seats = vec![
//!     Seat::new("SWE".parse().unwrap(), Role::Convenor),
//!     Seat::new("FIN".parse().unwrap(), Role::Member),
//!     Seat::new("JPN".parse().unwrap(), Role::Member),
//! ];
//! let case = Case::of(&engine.atlas, &grouping, &Assumptions::default());
//! let report = engine.report(&case);
//! assert!(report.value(&measures::DEADLOCK)? < 50.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod analysis;
pub mod app;
pub mod chart;
pub mod data;
pub mod model;
pub mod storage;
#[cfg(feature = "gui")]
pub mod ui;
