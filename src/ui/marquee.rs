//! A rectangle drawn over a card selects the members in it.

use eframe::egui::{self, Id, Rect, Response, Stroke, StrokeKind, Ui};

use super::theme;
use crate::app::{App, Command, Picked};
use crate::data::CountryId;
use crate::model::GroupingId;

/// Where the chips of a card were in the frame before.
type Chips = Vec<(CountryId, Rect)>;

fn chips_id(on: GroupingId) -> Id {
    Id::unique(("chips of the card", on))
}

/// Remembers where a chip is.
pub fn chip_is_at(ui: &Ui, on: GroupingId, country: CountryId, rect: Rect) {
    ui.data_mut(|data| {
        let chips: &mut Chips = data.get_temp_mut_or_default(chips_id(on));
        match chips.iter_mut().find(|(id, _)| *id == country) {
            Some((_, place)) => *place = rect,
            None => chips.push((country, rect)),
        }
    });
}

/// Draws the rectangle while the ground of a card is dragged, and picks what is in it; with Shift besides what is picked already.
pub fn marquee_ui(ui: &Ui, app: &App, on: GroupingId, back: &Response, commands: &mut Vec<Command>) {
    // Where chips were in this frame; those of the next are remembered anew, so that none outlives what is seen.
    let chips: Chips = ui.data_mut(|data| data.remove_temp(chips_id(on))).unwrap_or_default();
    let start_id = back.id.with("marquee");
    if back.drag_started()
        && let Some(start) = ui.input(|input| input.pointer.press_origin())
    {
        ui.data_mut(|data| data.insert_temp(start_id, start));
    }
    if !back.dragged() {
        if back.drag_stopped() {
            ui.data_mut(|data| data.remove::<egui::Pos2>(start_id));
        }
        return;
    }
    let start: Option<egui::Pos2> = ui.data(|data| data.get_temp(start_id));
    let (Some(start), Some(now)) = (start, ui.ctx().pointer_interact_pos()) else { return };
    let area = Rect::from_two_pos(start, now);
    let t = theme::tokens(ui);
    let layer = egui::LayerId::new(egui::Order::Tooltip, Id::unique("marquee"));
    let painter = ui.ctx().layer_painter(layer);
    painter.rect(area, 2, t.accent.gamma_multiply(0.12), Stroke::new(1.0, t.accent), StrokeKind::Inside);
    let seats = app.workspace().grouping(on);
    let is_seated = |id: CountryId| seats.is_some_and(|grouping| grouping.seat(id).is_some());
    let mut countries = if ui.input(|input| input.modifiers.shift) && app.session.picked.on == Some(on) {
        app.session.picked.countries.clone()
    } else {
        Vec::new()
    };
    for (id, rect) in chips {
        if rect.intersects(area) && is_seated(id) && !countries.contains(&id) {
            countries.push(id);
        }
    }
    let picked = Picked { on: Some(on), countries };
    if picked != app.session.picked {
        commands.push(Command::Pick(picked));
    }
}
