//! A field to search or filter by: it has a × that clears it, Esc clears it before it leaves, and a key that leads to it selects
//! what stands in it.

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::{self, Button, EventFilter, Id, Key, Modifiers, Response, RichText, TextEdit, Ui, Vec2};

use super::{name, theme};

/// A field to search or filter by.
pub struct Field<'a> {
    /// Tells it apart from others in the same panel.
    pub salt: &'a str,
    /// What stands in it while it is empty.
    pub hint: &'a str,
    /// By which screen readers and tests know it.
    pub name: &'a str,
    /// How wide it is.
    pub width: f32,
}

/// What became of a field in this frame.
pub struct Written {
    /// The field itself.
    pub response: Response,
    /// Whether Enter left it.
    pub entered: bool,
}

impl Field<'_> {
    /// Shows it. `wanted`: a key or a command leads to it.
    pub fn ui(&self, ui: &mut Ui, text: &mut String, wanted: bool) -> Written {
        const CROSS: f32 = 20.0;
        let right = if text.is_empty() { 8 } else { 28 };
        let margin = egui::Margin { left: 8, right, top: 6, bottom: 6 };
        let keys = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
        let field = TextEdit::singleline(text).hint_text(self.hint).desired_width(self.width).margin(margin);
        let output = field.event_filter(keys).id_salt(self.salt).show(ui);
        let (mut response, state) = (output.response.response, output.state);
        name(&response, egui::Role::TextInput, self.name);
        if wanted {
            response.request_focus();
            select_all(ui, response.id, state, text);
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            // The first Esc clears, the next one leaves.
            if text.is_empty() {
                response.surrender_focus();
            } else {
                text.clear();
                response.mark_changed();
            }
        }
        if !text.is_empty() {
            let centre = egui::pos2(response.rect.right() - 16.0, response.rect.center().y);
            let place = egui::Rect::from_center_size(centre, Vec2::splat(CROSS));
            let t = theme::tokens(ui);
            let cross =
                Button::new(RichText::new("×").color(t.muted)).frame_when_inactive(false).min_size(Vec2::splat(18.0));
            let cross = ui.put(place, cross);
            name(&cross, egui::Role::Button, &format!("Clear: {}", self.name));
            if cross.on_hover_text("Clear").clicked() {
                text.clear();
                response.request_focus();
                response.mark_changed();
            }
        }
        Written { response, entered }
    }
}

/// Selects all that stands in a field, so that typing replaces it.
pub fn select_all(ui: &Ui, id: Id, mut state: egui::text_edit::TextEditState, text: &str) {
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    state.store(ui.ctx(), id);
}
