//! Country flags as glyphs: the two regional-indicator characters of an actor show as its flag.

use std::collections::HashMap;

use eframe::egui;
use egui_extras::SvgGlyph;

static FLAGS: &str = include_str!("../../assets/flags/flags.tsv");

/// Teaches the context to draw the flags that the binary carries.
pub fn install(ctx: &egui::Context) {
    let by_code: HashMap<&'static str, &'static str> = FLAGS.lines().filter_map(|line| line.split_once('\t')).collect();
    let rasterizer =
        egui::GlyphRasterizer::new("convenor::flags", move |request: &egui::GlyphRasterizerRequest<'_>| {
            let svg = by_code.get(code_of(request.cluster)?.as_str())?;
            SvgGlyph::from_bytes(svg.as_bytes())
                .ok()?
                .with_height(1.2)
                .with_baseline_offset(-0.22)
                .with_color(true)
                .rasterize(request.font_size_px)
        });
    ctx.add_glyph_rasterizer(rasterizer.with_priority(egui::FontPriority::Highest));
}

/// The two letters behind two regional-indicator characters.
fn code_of(cluster: &str) -> Option<String> {
    if cluster.is_ascii() {
        return None;
    }
    let letter = |character: char| {
        let at = u32::from(character).checked_sub(0x1F1E6).filter(|at| *at < 26)?;
        char::from_u32(u32::from('A') + at)
    };
    let code: Option<String> = cluster.chars().map(letter).collect();
    code.filter(|code| code.len() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_indicators_are_a_code_and_nothing_else_is() {
        assert_eq!(code_of("\u{1F1F3}\u{1F1F4}").as_deref(), Some("NO"));
        assert_eq!(code_of("é"), None);
        assert_eq!(code_of("NO"), None);
        assert_eq!(code_of("\u{1F1F3}"), None);
    }
}
