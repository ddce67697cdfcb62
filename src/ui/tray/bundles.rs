//! Organisations, proposals and groupings since 2021, to be dragged as a whole.

use std::collections::BTreeSet;

use eframe::egui::{self, Button, Popup, PopupCloseBehavior, ScrollArea, Sense, TextWrapMode, Ui, Vec2};

use super::super::{drag, name, theme};
use super::TrayView;
use crate::app::{App, Command, Picked};
use crate::chart;
use crate::data::{Body, BodyKind, CountryId};
use crate::model::{Edit, Role, Shift};

/// Organisations that are shown without asking, by code.
pub(super) const FAVOURITES: [&str; 4] = ["EU", "NATO", "ASEAN", "G7"];

/// The headings under which bundles are listed.
const KINDS: [(BodyKind, &str); 3] = [
    (BodyKind::Organisation, "Organisations"),
    (BodyKind::Minilateral, "Formed or enlarged since 2021"),
    (BodyKind::Proposal, "Proposed around 2021"),
];

pub(super) fn bundles_ui(ui: &mut Ui, app: &App, view: &mut TrayView, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing = Vec2::new(6.0, 6.0);
    ui.horizontal_wrapped(|ui| {
        for code in FAVOURITES {
            let of_code = |body: &Body| body.kind == BodyKind::Organisation && body.code == code;
            if let Some(at) = app.atlas().bodies.iter().position(of_code) {
                bundle_ui(ui, app, at, commands);
            }
        }
        let more = ui.button("All bundles");
        Popup::menu(&more).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
            ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                for (kind, title) in KINDS {
                    ui.label(theme::strong(title, theme::BODY));
                    for (at, body) in app.atlas().bodies.iter().enumerate() {
                        if body.kind == kind {
                            bundle_ui(ui, app, at, commands);
                        }
                    }
                }
            });
        });
        let filter = if view.is_filtered() { "Filter: on" } else { "Filter" };
        if ui.add(Button::selectable(view.filters_open, filter).frame_when_inactive(true)).clicked() {
            view.filters_open = !view.filters_open;
        }
    });
}

/// The actors of a bundle that vote in it.
pub fn bundle_members(app: &App, at: usize) -> Vec<CountryId> {
    let seats = &app.atlas().bodies[at].seats;
    seats
        .iter()
        .filter(|seat| Role::from_table(&seat.role).is_some_and(Role::votes))
        .filter_map(|seat| seat.code.parse().ok().filter(|id| app.atlas().actor(*id).is_some()))
        .collect()
}

/// Since when, as of when, and what nobody checked: what the tables say of a bundle, a line each.
fn told(body: &Body) -> String {
    let mut text = String::new();
    if body.kind == BodyKind::Minilateral {
        let since = body.since();
        let since = if since.is_empty() { String::new() } else { format!("Since {since}. ") };
        let notes: BTreeSet<&str> = body.seats.iter().map(|seat| seat.note.as_str()).collect();
        text = format!("\n{since}Members as of {}.", body.as_of());
        for note in notes.into_iter().filter(|note| !note.is_empty()) {
            text.push('\n');
            text.push_str(note);
        }
    }
    let unverified = body.seats.iter().filter(|seat| seat.is_unverified()).count();
    text + match unverified {
        0 => "",
        all if all == body.seats.len() => "\nCommonly stated, not checked against a source.",
        _ => "\nIn part commonly stated, not checked against a source.",
    }
}

pub(super) fn bundle_ui(ui: &mut Ui, app: &App, at: usize, commands: &mut Vec<Command>) {
    let body = &app.atlas().bodies[at];
    let members = bundle_members(app, at);
    let text = format!("{}, {}", body.short, chart::count(members.len(), "member"));
    let response = ui.add(Button::new(&body.short).sense(Sense::click_and_drag()).wrap_mode(TextWrapMode::Extend));
    drag::source(&response, || drag::Carried {
        picked: Picked { on: None, countries: members.clone() },
        words: text.clone(),
        body: Some(at),
    });
    name(&response, egui::Role::Button, &text);
    let response = response.on_hover_text(format!(
        "{}, {}. Drag it onto a grouping; a click, or Enter, adds it or makes a grouping of it.{}",
        body.label,
        chart::count(members.len(), "member"),
        told(body)
    ));
    Popup::menu(&response).show(|ui| {
        ui.label(theme::strong(&body.label, theme::BODY));
        if ui.button("New grouping of it").clicked() {
            commands.push(Command::AddBody(at));
        }
        if let Some(into) = app.selected() {
            let edit = Edit::Place(Shift { countries: members.clone(), from: None, into: into.id, role: None });
            let add = Button::new(format!("Add all to {}", into.name));
            if ui.add_enabled(edit.check(app.workspace()).is_ok(), add).clicked() {
                commands.push(Command::Edit(edit));
            }
        }
        if ui.button("Select them in the list").clicked() {
            commands.push(Command::Pick(Picked { on: None, countries: members }));
        }
    });
}
