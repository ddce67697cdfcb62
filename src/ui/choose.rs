//! Choosing one of several, and numbers that keep what was not typed.

use eframe::egui::{self, ComboBox, DragValue, Role, Ui, WidgetText};

use super::name;
use crate::chart;

/// One of the things to choose from.
pub struct Choice<T> {
    /// What is chosen.
    pub value: T,
    /// In words.
    pub label: String,
    /// What a hover tells; nothing where empty.
    pub tip: &'static str,
}

/// A thing to choose from, without a tip.
pub fn option<T>(value: T, label: impl Into<String>) -> Choice<T> {
    Choice { value, label: label.into(), tip: "" }
}

/// How a list of choices stands in a panel.
pub struct Place<'a> {
    /// Tells it apart from others in the same panel.
    pub salt: &'a str,
    /// By which screen readers and tests know it.
    pub name: &'a str,
    /// Of the button.
    pub width: f32,
}

/// A button that opens a list. Choosing, by mouse or by Enter, closes it and gives the keyboard back to the button. Returns
/// what was chosen anew.
pub fn choose<T: PartialEq>(
    ui: &mut Ui,
    place: &Place<'_>,
    shown: impl Into<WidgetText>,
    now: Option<&T>,
    options: impl IntoIterator<Item = Choice<T>>,
) -> Option<T> {
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(place.salt).selected_text(shown).width(place.width).truncate();
    let combo = combo.show_ui(ui, |ui| {
        for option in options {
            let is_now = now == Some(&option.value);
            let mut response = ui.selectable_label(is_now, &option.label);
            if !option.tip.is_empty() {
                response = response.on_hover_text(option.tip);
            }
            if response.clicked() {
                chosen = Some((option.value, is_now));
                ui.close();
            }
        }
    });
    name(&combo.response, Role::ComboBox, place.name);
    if chosen.is_some() {
        combo.response.request_focus();
    }
    chosen.filter(|(_, is_now)| !is_now).map(|(value, _)| value)
}

/// A number to be dragged or typed, shown with some decimals. As long as nothing else is typed it keeps the decimals that are
/// not shown.
pub fn number(value: &mut f64, decimals: usize) -> DragValue<'_> {
    typed(value, move |value| shown(value, decimals), |text| text.trim().replace('−', "-").parse().ok())
}

/// With no more decimals than there are.
fn shown(value: f64, decimals: usize) -> String {
    let text = chart::fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// The same with words of its own.
pub fn typed<'a>(
    value: &'a mut f64,
    words: impl Fn(f64) -> String + Copy + 'a,
    read: impl Fn(&str) -> Option<f64> + 'a,
) -> DragValue<'a> {
    let now = *value;
    DragValue::new(value)
        .custom_formatter(move |value, _| words(value))
        .custom_parser(move |text| if text == words(now) { Some(now) } else { read(text) })
}

/// A line around what has the keyboard, for what is drawn without a frame.
pub fn focus_ring(ui: &Ui, response: &egui::Response) {
    if response.has_focus() {
        let t = super::theme::tokens(ui);
        let stroke = egui::Stroke::new(2.0, t.accent);
        ui.painter().rect_stroke(response.rect.shrink(1.0), 4, stroke, egui::StrokeKind::Inside);
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn no_more_decimals_than_there_are() {
        assert_eq!(shown(66.666_67, 2), "66.67");
        assert_eq!(shown(50.0, 2), "50");
        assert_eq!(shown(0.2, 3), "0.2");
        assert_eq!(shown(100.0, 0), "100");
    }
}
