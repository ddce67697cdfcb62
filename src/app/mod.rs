//! The program without a screen.

pub mod assess;
pub mod batch;
pub mod check;
pub mod cli;
pub mod contents;
pub mod intervals;
pub mod open;
pub mod stream;
