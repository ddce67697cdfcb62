//! A frame as PNG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use super::svg::outlined;
use crate::chart::frame::Frame;
use crate::chart::palette::Palette;
use crate::data::flags;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// It would be too large.
    #[error("A picture of {0} × {1} pixels is too large: choose a smaller scale.")]
    TooLarge(u32, u32),
    /// A fault of the program.
    #[error("The picture could not be drawn: {0}.")]
    Drawing(String),
}

/// The most pixels of a picture.
const MOST: u64 = 120_000_000;

/// A frame as PNG, `scale` pixels a point.
///
/// # Errors
/// The picture would be too large.
pub fn png(frame: &Frame, palette: &Palette, scale: f32) -> Result<Vec<u8>, PngError> {
    let pixmap = drawn(frame, palette, scale)?;
    pixmap.encode_png().map_err(|error| PngError::Drawing(error.to_string()))
}

/// A flag as PNG, large enough for a wall.
pub(super) fn pixels_of_flag(code: &str) -> Result<Vec<u8>, PngError> {
    const SIDE: u32 = 144;
    let fault = |error: String| PngError::Drawing(error);
    let svg = flags::svg(code).ok_or_else(|| fault(format!("no flag {code}")))?;
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).map_err(|error| fault(error.to_string()))?;
    let mut pixmap = Pixmap::new(SIDE, SIDE).ok_or(PngError::TooLarge(SIDE, SIDE))?;
    resvg::render(&tree, Transform::from_scale(4.0, 4.0), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| fault(error.to_string()))
}

/// The pixels of a frame, four bytes each, with how many there are across and down.
///
/// # Errors
/// As [`png`].
pub fn pixels(frame: &Frame, palette: &Palette, scale: f32) -> Result<(Vec<u8>, usize, usize), PngError> {
    let pixmap = drawn(frame, palette, scale)?;
    let size = |pixels: u32| usize::try_from(pixels).unwrap_or(usize::MAX);
    let (width, height) = (size(pixmap.width()), size(pixmap.height()));
    // The ground is opaque, so that no colour is mixed with what lies behind.
    Ok((pixmap.take(), width, height))
}

fn drawn(frame: &Frame, palette: &Palette, scale: f32) -> Result<Pixmap, PngError> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked below")]
    let size = |points: f32| (points * scale).ceil().max(1.0) as u32;
    let (width, height) = (size(frame.width), size(frame.height));
    if u64::from(width) * u64::from(height) > MOST {
        return Err(PngError::TooLarge(width, height));
    }
    let fault = |error: String| PngError::Drawing(error);
    let text = outlined(frame, palette);
    let tree = usvg::Tree::from_str(&text, &usvg::Options::default()).map_err(|error| fault(error.to_string()))?;
    let mut pixmap = Pixmap::new(width, height).ok_or(PngError::TooLarge(width, height))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}
