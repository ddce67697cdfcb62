//! The switch between what the middle of the window can hold.

use eframe::egui::{self, Button, Frame, Margin, RichText, Stroke, Ui, Vec2, WidgetInfo};

use super::choose::focus_ring;
use super::theme;
use crate::app::{Command, Named, Place};

/// All places in a row, the one that is shown raised.
pub fn switch_ui(ui: &mut Ui, shown: Place, commands: &mut Vec<Command>) {
    /// Below this there is room for short words alone.
    const NARROW: f32 = 470.0;
    let t = theme::tokens(ui);
    let narrow = ui.available_width() < NARROW;
    let label = |place: Place| if narrow { place.label().split(' ').next().unwrap_or_default() } else { place.label() };
    let frame = Frame::new().fill(t.soft).corner_radius(6).inner_margin(Margin::same(2));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = if narrow { 4.0 } else { 12.0 };
        for place in Place::ALL {
            let is_shown = place == shown;
            let text = if is_shown {
                theme::strong(label(place), theme::BODY).color(t.ink)
            } else {
                RichText::new(label(place)).color(t.muted)
            };
            let fill = if is_shown { t.panel } else { theme::CLEAR };
            let button =
                Button::new(text).fill(fill).stroke(Stroke::NONE).corner_radius(5).min_size(Vec2::new(0.0, 22.0));
            let response = ui.add(button);
            let name = format!("Show {}", place.label().to_lowercase());
            response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_shown, &name));
            focus_ring(ui, &response);
            let command = match place {
                Place::Board => Named::ShowBoard,
                Place::Record => Named::ShowRecord,
                Place::Slides => Named::ShowSlides,
                Place::Search => Named::ShowSearch,
                Place::Whip => Named::ShowWhip,
            };
            let keys = command.entry().keys.join(", ");
            if response.on_hover_text(format!("{}\n{keys}", place.meaning())).clicked() {
                commands.push(Command::Do(command));
            }
        }
    });
}
