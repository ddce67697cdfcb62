//! What is carried while dragging, and how it is shown.
//!
//! The payload is always a list: the selection, if the dragged chip is in it. A target asks the model whether the edit
//! is possible and says so, before anything is released. Esc lets go of everything.

use std::sync::Arc;

use eframe::egui::style::ScrollAnimation;
use eframe::egui::{self, DragAndDrop, LayerId, Order, Response, Stroke, StrokeKind, Ui, Vec2};

use super::theme;
use crate::app::{App, Picked};
use crate::data::CountryId;
use crate::model::GroupingId;

/// What is carried.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The countries, and the card that they come from.
    pub picked: Picked,
    /// What the ghost says.
    pub words: String,
    /// The organisation or proposal that is carried as a whole, by its position in the atlas.
    pub body: Option<usize>,
}

/// What dragging a country carries: the selection, if the country is in it.
#[must_use]
pub fn carried(app: &App, country: CountryId, on: Option<GroupingId>) -> Carried {
    // What search and filter hide is not carried along.
    let picked = app.acting();
    let picked = if picked.on == on && picked.countries.contains(&country) {
        picked
    } else {
        Picked { on, countries: vec![country] }
    };
    let words = match picked.countries.as_slice() {
        [one] => app.atlas().country(*one).map_or_else(|| one.to_string(), |c| format!("{} {}", c.flag(), c.name)),
        many => format!("{} countries", many.len()),
    };
    Carried { picked, words, body: None }
}

/// A card that is carried to another place on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card(pub GroupingId);

/// The card that is being carried.
#[must_use]
pub fn card(ctx: &egui::Context) -> Option<GroupingId> {
    DragAndDrop::payload::<Card>(ctx).map(|card| card.0)
}

/// Makes a widget a source of dragging. Clicks on it still count.
pub fn source(response: &Response, what: impl FnOnce() -> Carried) {
    if response.drag_started() {
        DragAndDrop::set_payload(&response.ctx, what());
    }
}

/// What is being carried, wherever the pointer is.
#[must_use]
pub fn payload(ctx: &egui::Context) -> Option<Arc<Carried>> {
    DragAndDrop::payload::<Carried>(ctx)
}

/// Whether a copy is asked for rather than a move.
#[must_use]
pub fn is_copy(ui: &Ui) -> bool {
    ui.input(|input| input.modifiers.alt)
}

/// Draws what is carried at the pointer, above everything. `words` is what a release would do, where the target cannot say so.
pub fn ghost_ui(ui: &Ui, words: Option<&str>) {
    let Some(carried) = payload(ui.ctx()) else { return };
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    let t = theme::tokens(ui);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, egui::Id::unique("drag ghost")));
    let name = if is_copy(ui) { format!("{} (copy)", carried.words) } else { carried.words.clone() };
    let galley = painter.layout_no_wrap(name, egui::FontId::proportional(theme::BODY), t.ink);
    let rect = egui::Rect::from_min_size(pointer + Vec2::new(10.0, -6.0), galley.size() + Vec2::new(16.0, 10.0));
    let shadow = ui.visuals().popup_shadow;
    painter.add(shadow.as_shape(rect, 5));
    painter.rect(rect, 5, t.panel, Stroke::new(1.0, t.accent), StrokeKind::Inside);
    painter.galley(rect.min + Vec2::new(8.0, 5.0), galley, t.ink);
    if let Some(words) = words {
        words_ui(ui, rect, words);
    }
}

/// What a release would do, above what is carried; below it where there is no room above.
fn words_ui(ui: &Ui, carried: egui::Rect, words: &str) {
    const WIDTH: f32 = 320.0;
    let t = theme::tokens(ui);
    let font = egui::FontId::proportional(theme::SMALL);
    let height = ui.painter().layout(words.to_owned(), font, t.ink, WIDTH).size().y + 10.0;
    let window = ui.ctx().content_rect();
    let above = carried.top() - 4.0 - height;
    let top = if above > window.top() { above } else { carried.bottom() + 4.0 };
    let area = egui::Area::new(egui::Id::unique("what a release does")).order(Order::Tooltip).interactable(false);
    area.fixed_pos(egui::pos2(carried.left(), top)).constrain_to(window).show(ui.ctx(), |ui| {
        let frame = egui::Frame::new().fill(t.panel).stroke(Stroke::new(1.0, t.hairline)).corner_radius(5);
        frame.inner_margin(egui::Margin::symmetric(8, 5)).show(ui, |ui| {
            ui.set_max_width(WIDTH);
            ui.label(egui::RichText::new(words).size(theme::SMALL).color(t.ink));
        });
    });
}

/// Which way an area scrolls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Up and down.
    Down,
    /// Sideways.
    Across,
}

/// Scrolls the area around `ui` while something is carried near one of its two edges.
pub fn scroll_at_edges(ui: &Ui, visible: egui::Rect, axis: Axis) {
    const EDGE: f32 = 36.0;
    if payload(ui.ctx()).is_none() && card(ui.ctx()).is_none() {
        return;
    }
    let Some(pointer) = ui.ctx().pointer_interact_pos().filter(|pointer| visible.contains(*pointer)) else { return };
    // Areas do not listen to the wheel while something is dragged.
    let wheel = ui.input(egui::InputState::smooth_scroll_delta);
    let turned = if axis == Axis::Across && wheel.x == 0.0 { Vec2::new(wheel.y, 0.0) } else { wheel };
    if turned != Vec2::ZERO {
        ui.scroll_with_delta_animation(turned, ScrollAnimation::none());
    }
    let (before, after) = match axis {
        Axis::Down => (pointer.y - visible.top(), visible.bottom() - pointer.y),
        Axis::Across => (pointer.x - visible.left(), visible.right() - pointer.x),
    };
    let step = if before < EDGE {
        EDGE - before
    } else if after < EDGE {
        after - EDGE
    } else {
        return;
    };
    ui.scroll_with_delta_animation(
        match axis {
            Axis::Down => Vec2::new(0.0, step * 0.4),
            Axis::Across => Vec2::new(step * 0.4, 0.0),
        },
        ScrollAnimation::none(),
    );
    ui.ctx().request_repaint();
}
