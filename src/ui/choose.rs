//! Choosing one of several.

use eframe::egui::{self, ComboBox, Role, Ui, WidgetText};

use super::name;

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

fn known_id(salt: &str) -> egui::Id {
    egui::Id::unique(("the button that opens a list", salt))
}

/// What takes the keyboard of a list of choices, once it was shown.
pub fn id_of(ui: &Ui, salt: &str) -> Option<egui::Id> {
    ui.data(|data| data.get_temp(known_id(salt)))
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
    ui.data_mut(|data| data.insert_temp(known_id(place.salt), combo.response.id));
    if chosen.is_some() {
        combo.response.request_focus();
    }
    chosen.filter(|(_, is_now)| !is_now).map(|(value, _)| value)
}

/// A line around what has the keyboard, for what is drawn without a frame.
pub fn focus_ring(ui: &Ui, response: &egui::Response) {
    if response.has_focus() {
        let t = super::theme::tokens(ui);
        let stroke = egui::Stroke::new(2.0, t.accent);
        ui.painter().rect_stroke(response.rect.shrink(1.0), 4, stroke, egui::StrokeKind::Inside);
    }
}
