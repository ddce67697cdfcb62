//! The board: one card a grouping, and room for new ones.

use eframe::egui::{self, Button, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::board_view::BoardView;
use super::dialogs::entry_button;
use super::release::Over;
use super::{card, drag, theme};
use crate::app::{App, Command, Named};
use crate::model::Edit;

/// The panel.
pub fn board_ui(ui: &mut Ui, app: &App, view: &mut BoardView, over: &mut Over, commands: &mut Vec<Command>) {
    if view.last_selected != app.session.view.selected {
        view.last_selected = app.session.view.selected;
        view.scroll_to = app.session.view.selected;
    }
    let board = ui.max_rect();
    let back = ui.interact(board, ui.scope_id().with("board back"), Sense::CLICK);
    back.context_menu(|ui| {
        for named in [Named::NewGrouping, Named::NewFromPicked, Named::PasteGrouping, Named::Undo, Named::Redo] {
            let button = ui.add_enabled(named.is_possible(app), entry_button(app, named));
            if button.clicked() {
                commands.push(Command::Do(named));
            }
        }
    });
    let mut any_card = false;
    let area = ScrollArea::vertical().auto_shrink(false).id_salt("board");
    area.content_margin(egui::Margin { right: 10, ..egui::Margin::ZERO }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        ui.add_space(2.0);
        for evaluated in &app.results.board {
            any_card |= card::card_ui(ui, app, evaluated, view, over, commands);
        }
        if app.results.board.is_empty() {
            empty_ui(ui, commands);
        }
        if drag::payload(ui.ctx()).is_none() {
            footer_ui(ui, app, commands);
        }
        drag::scroll_at_edges(ui, board, drag::Axis::Down);
    });
    reorder_ui(ui, app, board, commands);
    if !any_card {
        drop_on_board(ui, app, board, commands);
    }
}

/// A card that is carried by its head: a line where it would stand, and the new order when it is released.
fn reorder_ui(ui: &Ui, app: &App, board: egui::Rect, commands: &mut Vec<Command>) {
    let Some(id) = drag::card(ui.ctx()) else { return };
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    let groupings = &app.workspace().groupings;
    let rects: Vec<egui::Rect> =
        groupings.iter().filter_map(|of| ui.data(|data| data.get_temp(card::place_id(of.id)))).collect();
    if rects.len() != groupings.len() || rects.is_empty() {
        return;
    }
    let to = rects.iter().filter(|rect| rect.center().y < pointer.y).count();
    let y = rects.get(to).map_or_else(|| rects[rects.len() - 1].bottom() + 6.0, |rect| rect.top() - 6.0);
    let t = theme::tokens(ui);
    let painter = ui.painter().with_clip_rect(board);
    painter.hline(rects[0].x_range(), y, Stroke::new(3.0, t.accent));
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    if ui.input(|input| input.pointer.any_released()) {
        egui::DragAndDrop::clear_payload(ui.ctx());
        let from = app.workspace().position(id).unwrap_or(0);
        let to = if to > from { to - 1 } else { to };
        if board.contains(pointer) && to != from {
            commands.push(Command::Edit(Edit::Reorder(id, to)));
        }
    }
}

fn empty_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.add_space(48.0);
    ui.vertical_centered(|ui| {
        ui.label(theme::strong("No grouping yet", theme::FIGURE));
        ui.weak("Drag countries or a bundle here, or start with an empty grouping.");
        if ui.button("New grouping").clicked() {
            commands.push(Command::Do(Named::NewGrouping));
        }
    });
}

fn footer_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let entry = Named::NewGrouping.entry();
        if ui.add(Button::new(format!("+ {}", entry.label))).on_hover_text(entry.keys.join(", ")).clicked() {
            commands.push(Command::Do(Named::NewGrouping));
        }
        if !app.results.board.is_empty() {
            ui.label(RichText::new("or drag countries onto the empty board").small().weak());
        }
    });
    ui.add_space(24.0);
}

/// Countries released on the empty board become a grouping of their own.
fn drop_on_board(ui: &mut Ui, app: &App, board: egui::Rect, commands: &mut Vec<Command>) {
    if drag::payload(ui.ctx()).is_none() {
        return;
    }
    let zone = ui.interact(board, ui.scope_id().with("empty board"), Sense::hover());
    let Some(words) = Over::new_ui(ui, app, &zone, commands) else { return };
    let t = theme::tokens(ui);
    let galley = ui.painter().layout_no_wrap(words, egui::FontId::proportional(theme::BODY), t.ink);
    let size = galley.size() + Vec2::new(24.0, 16.0);
    let place = egui::Rect::from_center_size(board.center_bottom() - Vec2::new(0.0, 40.0), size);
    ui.painter().rect(place, 6, t.panel, Stroke::new(1.5, t.accent), StrokeKind::Inside);
    ui.painter().galley(place.min + Vec2::new(12.0, 8.0), galley, t.ink);
}
