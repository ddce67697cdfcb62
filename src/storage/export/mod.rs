//! Pictures and pages as files: SVG, PNG, PDF, slides for other programs, a briefing. Everything is drawn from the frames that the
//! window shows, or from the same report.

mod html;
pub mod letters;
mod markdown;
pub mod pdf;
mod png;
mod pptx;
mod svg;

pub use html::html;
pub use letters::Letters;
pub use markdown::markdown;
pub use png::{PngError, pixels, png};
pub use pptx::{PptxError, PptxSlide, pptx};
pub use svg::svg;
