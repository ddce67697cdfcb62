//! Tokens, fonts and style: the only place with colour literals.

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Shadow, Stroke,
    TextStyle, Theme, Vec2, Visuals,
};

/// The colours of one theme.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names are those of the visual direction")]
pub struct Tokens {
    pub background: Color32,
    pub panel: Color32,
    pub ink: Color32,
    pub muted: Color32,
    pub hairline: Color32,
    /// Around what can be pressed or written in: 3:1 against what it stands on.
    pub edge: Color32,
    pub soft: Color32,
    pub selection: Color32,
    pub accent: Color32,
    pub warning: Color32,
    pub error: Color32,
}

/// Light.
pub const LIGHT: Tokens = Tokens {
    background: Color32::from_rgb(0xF6, 0xF5, 0xF1),
    panel: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    ink: Color32::from_rgb(0x1C, 0x21, 0x26),
    muted: Color32::from_rgb(0x5E, 0x68, 0x70),
    hairline: Color32::from_rgb(0xDE, 0xDC, 0xD4),
    edge: Color32::from_rgb(0x84, 0x89, 0x8E),
    soft: Color32::from_rgb(0xEF, 0xED, 0xE6),
    selection: Color32::from_rgb(0xE7, 0xF0, 0xF6),
    accent: Color32::from_rgb(0x00, 0x72, 0xB2),
    warning: Color32::from_rgb(0x8A, 0x56, 0x00),
    error: Color32::from_rgb(0xB0, 0x22, 0x22),
};

/// Dark.
pub const DARK: Tokens = Tokens {
    background: Color32::from_rgb(0x15, 0x18, 0x1B),
    panel: Color32::from_rgb(0x1C, 0x20, 0x24),
    ink: Color32::from_rgb(0xE9, 0xE7, 0xE1),
    muted: Color32::from_rgb(0x9A, 0xA3, 0xAB),
    hairline: Color32::from_rgb(0x30, 0x36, 0x3C),
    edge: Color32::from_rgb(0x70, 0x79, 0x82),
    soft: Color32::from_rgb(0x25, 0x2A, 0x2F),
    selection: Color32::from_rgb(0x1E, 0x31, 0x40),
    accent: Color32::from_rgb(0x56, 0xB4, 0xE9),
    warning: Color32::from_rgb(0xE6, 0xB4, 0x50),
    error: Color32::from_rgb(0xF0, 0x8A, 0x80),
};

/// Light, with higher contrast.
pub const LIGHT_HIGH: Tokens = Tokens {
    background: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    panel: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    ink: Color32::from_rgb(0x00, 0x00, 0x00),
    muted: Color32::from_rgb(0x33, 0x38, 0x3D),
    hairline: Color32::from_rgb(0x6B, 0x6B, 0x6B),
    edge: Color32::from_rgb(0x4A, 0x4A, 0x4A),
    soft: Color32::from_rgb(0xE6, 0xE6, 0xE6),
    selection: Color32::from_rgb(0xD0, 0xE6, 0xF7),
    accent: Color32::from_rgb(0x00, 0x4F, 0x8A),
    warning: Color32::from_rgb(0x6B, 0x3F, 0x00),
    error: Color32::from_rgb(0x8F, 0x00, 0x0F),
};

/// Dark, with higher contrast.
pub const DARK_HIGH: Tokens = Tokens {
    background: Color32::from_rgb(0x00, 0x00, 0x00),
    panel: Color32::from_rgb(0x00, 0x00, 0x00),
    ink: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    muted: Color32::from_rgb(0xD6, 0xDA, 0xDE),
    hairline: Color32::from_rgb(0x9A, 0x9A, 0x9A),
    edge: Color32::from_rgb(0xC0, 0xC0, 0xC0),
    soft: Color32::from_rgb(0x26, 0x26, 0x26),
    selection: Color32::from_rgb(0x00, 0x3A, 0x66),
    accent: Color32::from_rgb(0x7C, 0xC8, 0xFF),
    warning: Color32::from_rgb(0xFF, 0xCF, 0x6B),
    error: Color32::from_rgb(0xFF, 0xA0, 0x98),
};

/// Okabe–Ito, in the order of the letters.
const GROUPINGS: [Color32; 6] = [
    Color32::from_rgb(0x00, 0x72, 0xB2),
    Color32::from_rgb(0xD5, 0x5E, 0x00),
    Color32::from_rgb(0x00, 0x9E, 0x73),
    Color32::from_rgb(0xCC, 0x79, 0xA7),
    Color32::from_rgb(0xE6, 0x9F, 0x00),
    Color32::from_rgb(0x56, 0xB4, 0xE9),
];

const INK_ON_LIGHT: Color32 = Color32::from_rgb(0x12, 0x16, 0x1A);

/// Nothing at all.
pub const CLEAR: Color32 = Color32::TRANSPARENT;

/// Points of Cividis, from low to high.
const CIVIDIS: [[f32; 3]; 6] = [
    [0.0, 34.0, 78.0],
    [53.0, 69.0, 108.0],
    [102.0, 105.0, 112.0],
    [148.0, 142.0, 119.0],
    [200.0, 182.0, 102.0],
    [254.0, 232.0, 56.0],
];

/// The tokens of the theme that is shown.
#[must_use]
pub fn tokens(ui: &egui::Ui) -> &'static Tokens {
    let visuals = ui.visuals();
    // Each theme has an ink of its own.
    of(visuals.dark_mode, visuals.widgets.noninteractive.fg_stroke.color == of(visuals.dark_mode, true).ink)
}

/// The tokens of light or dark, with contrast as usual or higher.
#[must_use]
pub fn of(dark: bool, high: bool) -> &'static Tokens {
    match (dark, high) {
        (false, false) => &LIGHT,
        (true, false) => &DARK,
        (false, true) => &LIGHT_HIGH,
        (true, true) => &DARK_HIGH,
    }
}

/// Shows both themes with contrast as usual, or higher.
pub fn set_contrast(ctx: &egui::Context, high: bool) {
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| style.visuals = visuals(theme, high));
    }
}

/// The colour of a grouping.
#[must_use]
pub fn grouping(colour: u8) -> Color32 {
    GROUPINGS[usize::from(colour) % GROUPINGS.len()]
}

/// Text of an answer that is being computed anew: there, but not to be relied on.
#[must_use]
pub fn dimmed(t: &Tokens) -> Color32 {
    t.muted.lerp_to_gamma(t.panel, 0.2)
}

/// Whether the colour has come round, so that a pattern tells the groupings apart.
#[must_use]
pub fn is_patterned(colour: u8) -> bool {
    crate::chart::frame::is_patterned(colour)
}

/// What is readable on a colour.
#[must_use]
pub fn on(colour: Color32) -> Color32 {
    if contrast(INK_ON_LIGHT, colour) > contrast(Color32::WHITE, colour) { INK_ON_LIGHT } else { Color32::WHITE }
}

/// A magnitude from 0 to 1 on Cividis.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "within 0 to 5"
)]
pub fn magnitude(share: f64) -> Color32 {
    let place = share.clamp(0.0, 1.0) as f32 * (CIVIDIS.len() - 1) as f32;
    let below = (place as usize).min(CIVIDIS.len() - 2);
    let t = place - below as f32;
    let mix = |channel: usize| (CIVIDIS[below][channel] * (1.0 - t) + CIVIDIS[below + 1][channel] * t).round() as u8;
    Color32::from_rgb(mix(0), mix(1), mix(2))
}

/// Relative luminance as WCAG 2 defines it.
#[must_use]
pub fn luminance(colour: Color32) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
}

/// Contrast ratio as WCAG 2 defines it, from 1 to 21.
#[must_use]
pub fn contrast(one: Color32, other: Color32) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The family of the semi-bold cut.
#[must_use]
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// A text in the semi-bold cut.
#[must_use]
pub fn strong(text: impl Into<String>, size: f32) -> RichText {
    RichText::new(text).family(semibold()).size(size)
}

/// Size of small print.
pub const SMALL: f32 = 11.5;
/// Size of body text.
pub const BODY: f32 = 13.0;
/// Size of card titles.
pub const TITLE: f32 = 15.0;
/// Size of figures.
pub const FIGURE: f32 = 21.0;

/// Installs fonts and both themes.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, FontId::proportional(SMALL)),
            (TextStyle::Body, FontId::proportional(BODY)),
            (TextStyle::Button, FontId::proportional(BODY)),
            (TextStyle::Heading, FontId::new(TITLE, semibold())),
            (TextStyle::Monospace, FontId::monospace(12.0)),
        ]
        .into();
        style.spacing.item_spacing = Vec2::new(8.0, 6.0);
        style.spacing.button_padding = Vec2::new(8.0, 4.0);
        style.spacing.interact_size = Vec2::new(32.0, 25.0);
        style.spacing.menu_margin = Margin::same(6);
        style.spacing.window_margin = Margin::same(16);
        style.spacing.combo_height = 420.0;
        style.spacing.scroll.floating = true;
        style.interaction.selectable_labels = false;
    });
    set_contrast(ctx, false);
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let regular: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf");
    let bold: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf");
    fonts.font_data.insert("plex".to_owned(), FontData::from_static(regular).into());
    fonts.font_data.insert("plex-semibold".to_owned(), FontData::from_static(bold).into());
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    fonts.families.entry(FontFamily::Proportional).or_default().insert(0, "plex".to_owned());
    let semibold_family = std::iter::once("plex-semibold".to_owned()).chain(fallback).collect();
    fonts.families.insert(semibold(), semibold_family);
    fonts
}

fn visuals(theme: Theme, high: bool) -> Visuals {
    let dark = theme == Theme::Dark;
    let t = of(dark, high);
    let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(t.muted);
    visuals.panel_fill = t.panel;
    visuals.window_fill = t.panel;
    visuals.extreme_bg_color = if dark { t.background } else { t.panel };
    visuals.faint_bg_color = t.soft;
    visuals.code_bg_color = t.soft;
    visuals.window_stroke = Stroke::new(1.0, t.hairline);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.selection.bg_fill = t.selection;
    visuals.selection.stroke = Stroke::new(1.0, t.accent);
    visuals.hyperlink_color = t.accent;
    visuals.warn_fg_color = t.warning;
    visuals.error_fg_color = t.error;
    visuals.window_shadow = Shadow { offset: [0, 6], blur: 18, spread: 0, color: Color32::from_black_alpha(40) };
    visuals.popup_shadow = visuals.window_shadow;
    visuals.indent_has_left_vline = false;
    let radius = CornerRadius::same(5);
    let set = |widget: &mut egui::style::WidgetVisuals, fill, weak, stroke, text| {
        widget.bg_fill = fill;
        widget.weak_bg_fill = weak;
        widget.bg_stroke = Stroke::new(1.0, stroke);
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    };
    set(&mut visuals.widgets.noninteractive, t.panel, t.panel, t.hairline, t.ink);
    set(&mut visuals.widgets.inactive, t.soft, t.panel, t.edge, t.ink);
    set(&mut visuals.widgets.hovered, t.soft, t.soft, t.muted, t.ink);
    set(&mut visuals.widgets.active, t.selection, t.selection, t.accent, t.ink);
    set(&mut visuals.widgets.open, t.soft, t.soft, t.edge, t.ink);
    // What has the keyboard is drawn as what is pressed.
    visuals.widgets.active.bg_stroke = Stroke::new(2.0, t.accent);
    visuals
}
