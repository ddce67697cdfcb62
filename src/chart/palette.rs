//! The colours of the program, as plain numbers: the window, pictures, slides and pages take them from here.

use super::frame::Tone;

/// A colour: red, green, blue.
pub type Rgb = [u8; 3];

/// The colours of one theme.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names are those of the visual direction")]
pub struct Palette {
    pub background: Rgb,
    pub panel: Rgb,
    pub ink: Rgb,
    pub muted: Rgb,
    pub hairline: Rgb,
    pub edge: Rgb,
    pub soft: Rgb,
    pub selection: Rgb,
    pub accent: Rgb,
    pub warning: Rgb,
    pub error: Rgb,
}

/// Light.
pub const LIGHT: Palette = Palette {
    background: [0xF6, 0xF5, 0xF1],
    panel: [0xFF, 0xFF, 0xFF],
    ink: [0x1C, 0x21, 0x26],
    muted: [0x5E, 0x68, 0x70],
    hairline: [0xDE, 0xDC, 0xD4],
    edge: [0x84, 0x89, 0x8E],
    soft: [0xEF, 0xED, 0xE6],
    selection: [0xE7, 0xF0, 0xF6],
    accent: [0x00, 0x72, 0xB2],
    warning: [0x8A, 0x56, 0x00],
    error: [0xB0, 0x22, 0x22],
};

/// Dark.
pub const DARK: Palette = Palette {
    background: [0x15, 0x18, 0x1B],
    panel: [0x1C, 0x20, 0x24],
    ink: [0xE9, 0xE7, 0xE1],
    muted: [0x9A, 0xA3, 0xAB],
    hairline: [0x30, 0x36, 0x3C],
    edge: [0x70, 0x79, 0x82],
    soft: [0x25, 0x2A, 0x2F],
    selection: [0x1E, 0x31, 0x40],
    accent: [0x56, 0xB4, 0xE9],
    warning: [0xE6, 0xB4, 0x50],
    error: [0xF0, 0x8A, 0x80],
};

/// Light, with higher contrast.
pub const LIGHT_HIGH: Palette = Palette {
    background: [0xFF, 0xFF, 0xFF],
    panel: [0xFF, 0xFF, 0xFF],
    ink: [0x00, 0x00, 0x00],
    muted: [0x33, 0x38, 0x3D],
    hairline: [0x6B, 0x6B, 0x6B],
    edge: [0x4A, 0x4A, 0x4A],
    soft: [0xE6, 0xE6, 0xE6],
    selection: [0xD0, 0xE6, 0xF7],
    accent: [0x00, 0x4F, 0x8A],
    warning: [0x6B, 0x3F, 0x00],
    error: [0x8F, 0x00, 0x0F],
};

/// Dark, with higher contrast.
pub const DARK_HIGH: Palette = Palette {
    background: [0x00, 0x00, 0x00],
    panel: [0x00, 0x00, 0x00],
    ink: [0xFF, 0xFF, 0xFF],
    muted: [0xD6, 0xDA, 0xDE],
    hairline: [0x9A, 0x9A, 0x9A],
    edge: [0xC0, 0xC0, 0xC0],
    soft: [0x26, 0x26, 0x26],
    selection: [0x00, 0x3A, 0x66],
    accent: [0x7C, 0xC8, 0xFF],
    warning: [0xFF, 0xCF, 0x6B],
    error: [0xFF, 0xA0, 0x98],
};

/// Okabe–Ito, in the order of the letters.
const GROUPINGS: [Rgb; 6] = [
    [0x00, 0x72, 0xB2],
    [0xD5, 0x5E, 0x00],
    [0x00, 0x9E, 0x73],
    [0xCC, 0x79, 0xA7],
    [0xE6, 0x9F, 0x00],
    [0x56, 0xB4, 0xE9],
];

const INK_ON_LIGHT: Rgb = [0x12, 0x16, 0x1A];
const WHITE: Rgb = [0xFF, 0xFF, 0xFF];

/// Points of Cividis, from low to high.
const CIVIDIS: [[f32; 3]; 6] = [
    [0.0, 34.0, 78.0],
    [53.0, 69.0, 108.0],
    [102.0, 105.0, 112.0],
    [148.0, 142.0, 119.0],
    [200.0, 182.0, 102.0],
    [254.0, 232.0, 56.0],
];

impl Palette {
    /// The colours of light or dark, with contrast as usual or higher.
    #[must_use]
    pub fn of(dark: bool, high: bool) -> &'static Self {
        match (dark, high) {
            (false, false) => &LIGHT,
            (true, false) => &DARK,
            (false, true) => &LIGHT_HIGH,
            (true, true) => &DARK_HIGH,
        }
    }

    /// The colour of a tone; no row is lit.
    #[must_use]
    pub fn colour(&self, tone: Tone) -> Rgb {
        let pale = |colour: u8| mixed(grouping(colour), self.panel, 0.42);
        match tone {
            Tone::Ink => self.ink,
            Tone::Muted => self.muted,
            Tone::Faint => mixed(self.muted, self.panel, 0.4),
            Tone::Hairline => self.hairline,
            Tone::Panel | Tone::Row(_) => self.panel,
            Tone::Background => self.background,
            Tone::Soft => self.soft,
            Tone::Accent => self.accent,
            Tone::Warning => self.warning,
            Tone::Selection => self.selection,
            Tone::Grouping(colour) => grouping(colour),
            Tone::Pale(colour) => pale(colour),
            Tone::On(colour, is_pale) => on(if is_pale { pale(colour) } else { grouping(colour) }),
            Tone::Magnitude(share) => magnitude(share),
            Tone::OnMagnitude(share) => on(magnitude(share)),
        }
    }
}

/// A colour on the way to another, `share` of the way, 0 to 1.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0 to 255")]
pub fn mixed(from: Rgb, to: Rgb, share: f32) -> Rgb {
    let mix = |at: usize| (f32::from(from[at]) * (1.0 - share) + f32::from(to[at]) * share).round() as u8;
    [mix(0), mix(1), mix(2)]
}

/// The colour of a grouping.
#[must_use]
pub fn grouping(colour: u8) -> Rgb {
    GROUPINGS[usize::from(colour) % GROUPINGS.len()]
}

/// What is readable on a colour.
#[must_use]
pub fn on(colour: Rgb) -> Rgb {
    if contrast(INK_ON_LIGHT, colour) > contrast(WHITE, colour) { INK_ON_LIGHT } else { WHITE }
}

/// A magnitude from 0 to 1 on Cividis.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "within 0 to 5"
)]
pub fn magnitude(share: f64) -> Rgb {
    let place = share.clamp(0.0, 1.0) as f32 * (CIVIDIS.len() - 1) as f32;
    let below = (place as usize).min(CIVIDIS.len() - 2);
    let t = place - below as f32;
    let mix = |channel: usize| (CIVIDIS[below][channel] * (1.0 - t) + CIVIDIS[below + 1][channel] * t).round() as u8;
    [mix(0), mix(1), mix(2)]
}

/// Relative luminance as WCAG 2 defines it.
#[must_use]
pub fn luminance(colour: Rgb) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

/// Contrast ratio as WCAG 2 defines it, from 1 to 21.
#[must_use]
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
