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

pub mod analysis;
pub mod app;
pub mod chart;
pub mod data;
pub mod model;
pub mod storage;
#[cfg(feature = "gui")]
pub mod ui;
