//! The notes of a grouping, on its card.

use eframe::egui::{self, Button, Popup, PopupCloseBehavior, RichText, ScrollArea, TextEdit, Ui};

use super::{name, theme};
use crate::app::Command;
use crate::model::{Edit, Grouping, hidden_words};

/// Set while the notes of a card are being written, so that all that is typed there is one step.
pub fn writing_id() -> egui::Id {
    egui::Id::unique("notes of a card are written")
}

/// Tells of letters that are not seen.
pub fn hidden_ui(ui: &mut Ui, text: &str) {
    if let Some(words) = hidden_words(text) {
        ui.label(RichText::new(words).small().color(theme::tokens(ui).warning));
    }
}

/// A quiet button that opens the notes; it says whether there are any.
pub fn notes_button(ui: &mut Ui, grouping: &Grouping, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let has_any = !grouping.notes.trim().is_empty();
    let words = RichText::new("notes").small().color(if has_any { t.accent } else { t.muted });
    let button = ui.add(Button::new(words).frame_when_inactive(false));
    let label = if has_any { "Read the notes of" } else { "Write notes on" };
    name(&button, egui::Role::Button, &format!("{label} {}", grouping.name));
    let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        ui.set_width(300.0);
        ui.label(theme::strong(format!("Notes of {}", grouping.name), theme::BODY));
        let mut text = grouping.notes.clone();
        let area = TextEdit::multiline(&mut text).desired_width(f32::INFINITY).desired_rows(6);
        let field = ScrollArea::vertical().max_height(260.0).show(ui, |ui| ui.add(area)).inner;
        name(&field, egui::Role::MultilineTextInput, &format!("Notes of {} on its card", grouping.name));
        if field.has_focus() {
            ui.data_mut(|data| data.insert_temp(writing_id(), ()));
        }
        hidden_ui(ui, &grouping.notes);
        // With every letter: nothing typed waits outside the document.
        if field.changed() {
            commands.push(Command::Edit(Edit::SetNotes(grouping.id, text)));
        }
    });
    if has_any {
        button.on_hover_text(&grouping.notes);
    }
}
