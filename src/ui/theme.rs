//! Tokens, fonts and style of the window; the colours are those of `chart::palette`.

use crate::chart::frame::Tone;
use crate::chart::palette::{self, Palette, Rgb};
use crate::storage::export::letters;
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
    /// The same as plain numbers.
    pub palette: &'static Palette,
}

impl Tokens {
    const fn of(palette: &'static Palette) -> Self {
        Self {
            background: colour_of(palette.background),
            panel: colour_of(palette.panel),
            ink: colour_of(palette.ink),
            muted: colour_of(palette.muted),
            hairline: colour_of(palette.hairline),
            edge: colour_of(palette.edge),
            soft: colour_of(palette.soft),
            selection: colour_of(palette.selection),
            accent: colour_of(palette.accent),
            warning: colour_of(palette.warning),
            error: colour_of(palette.error),
            palette,
        }
    }
}

/// Light.
pub const LIGHT: Tokens = Tokens::of(&palette::LIGHT);

/// Dark.
pub const DARK: Tokens = Tokens::of(&palette::DARK);

/// Light, with higher contrast.
pub const LIGHT_HIGH: Tokens = Tokens::of(&palette::LIGHT_HIGH);

/// Dark, with higher contrast.
pub const DARK_HIGH: Tokens = Tokens::of(&palette::DARK_HIGH);

/// Nothing at all.
pub const CLEAR: Color32 = Color32::TRANSPARENT;

/// A wall without a picture.
pub const BLACK: Color32 = Color32::BLACK;

/// A wall with light alone.
pub const WHITE: Color32 = Color32::WHITE;

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

/// Whether nothing moves by itself.
pub fn set_still(ctx: &egui::Context, still: bool) {
    ctx.all_styles_mut(|style| {
        style.animation_time = if still { 0.0 } else { egui::Style::default().animation_time };
    });
}

/// The colour of a grouping.
#[must_use]
pub fn grouping(colour: u8) -> Color32 {
    colour_of(palette::grouping(colour))
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
    colour_of(palette::on(numbers_of(colour)))
}

/// A magnitude from 0 to 1 on Cividis.
#[must_use]
pub fn magnitude(share: f64) -> Color32 {
    colour_of(palette::magnitude(share))
}

/// Contrast ratio as WCAG 2 defines it, from 1 to 21.
#[must_use]
pub fn contrast(one: Color32, other: Color32) -> f64 {
    palette::contrast(numbers_of(one), numbers_of(other))
}

/// A tone as a colour.
#[must_use]
pub fn tone(t: &Tokens, tone: Tone) -> Color32 {
    colour_of(t.palette.colour(tone))
}

const fn colour_of([red, green, blue]: Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

fn numbers_of(colour: Color32) -> Rgb {
    [colour.r(), colour.g(), colour.b()]
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
    ctx.options_mut(|options| {
        options.fallback_theme = Theme::Light;
        // A press elsewhere ends what is typed before anything is selected by it.
        options.input_options.surrender_focus_on = egui::SurrenderFocusOn::Presses;
    });
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
    let regular: &[u8] = letters::REGULAR;
    let bold: &[u8] = letters::SEMIBOLD;
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
