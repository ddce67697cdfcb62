//! The program without a screen.

pub mod batch;
pub mod cli;
pub mod power;
