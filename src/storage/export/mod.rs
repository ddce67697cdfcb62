//! Pictures and pages as files: SVG, PNG, PDF, slides for other programs, a briefing. Everything is drawn from the frames that the
//! window shows, or from the same report.

pub mod letters;
mod png;
mod svg;

pub use letters::Letters;
pub use png::{PngError, png};
pub use svg::svg;
