//! What tests of files share.

pub mod examples;
pub mod workspaces;
