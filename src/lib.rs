//! Convenor: design international coalitions and see estimated legitimacy, cost and deadlock risk.
//!
//! The layers, each using only those above it:
//!
//! - [`data`]: what is known about the world.
//! - [`model`]: what the user makes.

pub mod data;
pub mod model;
