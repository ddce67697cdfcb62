//! Country flags as glyphs: the two regional-indicator characters of an actor show as its flag.

use eframe::egui;
use egui_extras::SvgGlyph;

use crate::data::flags;

/// Teaches the context to draw the flags that the binary carries.
pub fn install(ctx: &egui::Context) {
    let rasterizer = egui::GlyphRasterizer::new("convenor::flags", |request: &egui::GlyphRasterizerRequest<'_>| {
        let svg = flags::svg(flags::code(request.cluster)?.as_str())?;
        SvgGlyph::from_bytes(svg.as_bytes())
            .ok()?
            .with_height(1.2)
            .with_baseline_offset(-0.22)
            .with_color(true)
            .rasterize(request.font_size_px)
    });
    ctx.add_glyph_rasterizer(rasterizer.with_priority(egui::FontPriority::Highest));
}
