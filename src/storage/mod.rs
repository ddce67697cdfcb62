//! Bytes to workspace and back.
//!
//! - [`open`] and [`parse`] read a `.convenor` file: JSON with the fields of [`Workspace`](crate::model::Workspace)
//!   after `format` and `version`. Fields that this version does not know are kept and written back. A bad field loses
//!   only itself, and a [`Repair`] tells of it; a file that cannot be read is answered with an [`OpenError`].
//! - [`save`] replaces a file as a whole or not at all; [`save_text`] does so with a table or another text.
//! - [`read_text`] reads any other file, or standard input: everything from outside comes through one place.
//! - [`recent`], [`autosave`] and [`examples`] are the other places where documents are found.

mod atomic;
pub mod autosave;
mod error;
pub mod examples;
pub mod export;
pub mod holds;
mod mend;
mod migrate;
mod open;
mod outside;
pub mod recent;
mod repeats;
mod save;
mod schema;
mod seen;
pub mod versions;

pub use error::{OpenError, SaveError, plain_words};
pub use mend::Repair;
pub use open::{Opened, open, parse};
pub use outside::{MOST_BYTES, TextError, read_text, without_mark};
pub use repeats::repeated_keys;
pub use save::{save, save_bytes, save_text, save_with, to_text, to_text_with, with_extension, with_this_extension};
pub use schema::schema;
pub use seen::Seen;

/// What the field `format` says in every workspace file.
pub const FORMAT: &str = "convenor-workspace";

/// The version of the format that this program writes.
pub const VERSION: u32 = 1;

/// How many groupings a workspace may hold: more could not be computed in sensible time.
pub const MOST_GROUPINGS: usize = 1000;

/// The extension of workspace files, without the dot.
pub const EXTENSION: &str = "convenor";
