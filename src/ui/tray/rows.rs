//! The rows of the list, by mouse and by keyboard.

use eframe::egui::{self, Button, Color32, Event, EventFilter, Key, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo};

use super::super::choose::focus_ring;
use super::super::{drag, theme};
use super::shown::{Shown, sort_value};
use super::{Sort, TrayView};
use crate::analysis::measures::{self, Better};
use crate::analysis::whatif::Estimates;
use crate::app::{App, Command, Named, Picked};
use crate::chart;
use crate::data::CountryId;
use crate::model::{Edit, Role, Shift};

pub(super) const ROW: f32 = 26.0;

pub(super) fn sort_words(sort: Sort, value: f64) -> String {
    match sort {
        Sort::Name | Sort::IfAdded | Sort::IfConvenor | Sort::IfLeaves => String::new(),
        Sort::Population => short(value),
        Sort::Gdp => format!("${}", short(value)),
        Sort::Broker => format!("{value:.2}"),
        Sort::WouldJoin if value > 0.0 => format!("joins {}", chart::signed_tenth(value)),
        Sort::WouldJoin => chart::signed_tenth(value),
    }
}

/// “5.6 m”, “1.4 bn”.
pub(super) fn short(value: f64) -> String {
    match value {
        _ if value >= 1e12 => format!("{:.1} tn", value / 1e12),
        _ if value >= 1e9 => format!("{:.1} bn", value / 1e9),
        _ if value >= 1e6 => format!("{:.1} m", value / 1e6),
        _ => format!("{:.0} k", value / 1e3),
    }
}

pub(super) fn rows_ui(ui: &mut Ui, app: &App, view: &mut TrayView, rows: &Shown, commands: &mut Vec<Command>) {
    let shown = &rows.actors;
    if shown.is_empty() {
        ui.add_space(12.0);
        ui.weak("No country fits. Try another spelling, a code such as NOR, or clear the filters.");
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("countries");
    if let Some(at) =
        view.wants_focus.and_then(|id| shown.iter().position(|actor| app.atlas().countries[*actor].id == id))
    {
        let height = ui.available_height();
        let offset = view_offset(ui).unwrap_or(0.0);
        #[expect(clippy::cast_precision_loss, reason = "a couple of hundred rows")]
        let top = at as f32 * ROW;
        if top < offset || top + ROW > offset + height {
            area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
        }
    }
    // Other rows begin at their top.
    if let Some(made) = view.cache.as_ref().filter(|made| made.of != view.rows_of) {
        view.rows_of.clone_from(&made.of);
        if view.wants_focus.is_none() {
            area = area.vertical_scroll_offset(0.0);
        }
    }
    let visible = ui.available_rect_before_wrap();
    let output = area.show_rows(ui, ROW, shown.len(), |ui, range| {
        for at in range {
            row_ui(ui, app, view, rows, at, commands);
        }
        drag::scroll_at_edges(ui, visible, drag::Axis::Down);
    });
    ui.data_mut(|data| data.insert_temp(egui::Id::unique("countries offset"), output.state.clamped_offset().y));
}

pub(super) fn view_offset(ui: &Ui) -> Option<f32> {
    ui.data(|data| data.get_temp(egui::Id::unique("countries offset")))
}

pub(super) fn row_ui(
    ui: &mut Ui,
    app: &App,
    view: &mut TrayView,
    rows: &Shown,
    at: usize,
    commands: &mut Vec<Command>,
) {
    let shown = &rows.actors;
    let actor = shown[at];
    let country = &app.atlas().countries[actor];
    let t = theme::tokens(ui);
    let is_picked = app.session.picked.on.is_none() && app.session.picked.countries.contains(&country.id);
    let right = right_words(app, view, actor, t);
    let seated = app.selected().is_some_and(|grouping| grouping.seat(country.id).is_some());
    let name = RichText::new(format!("{}  {}", country.flag(), country.name));
    let name = if seated { name.color(t.muted) } else { name };
    let row = Button::new(name)
        .right_text(right)
        .sense(Sense::click_and_drag())
        .fill(if is_picked { t.selection } else { Color32::TRANSPARENT })
        .stroke(egui::Stroke::NONE)
        .corner_radius(4)
        .truncate()
        .min_size(Vec2::new(ui.available_width(), ROW));
    let response = ui.push_id(country.id, |ui| ui.add(row)).inner;
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_picked, &country.name));
    focus_ring(ui, &response);
    sweep(ui, app, view, shown, at, &response, commands);
    if view.swept_from.is_none() {
        drag::source(&response, || drag::carried(app, country.id, None));
    }
    if view.wants_focus == Some(country.id) {
        view.wants_focus = None;
        response.request_focus();
    }
    if response.clicked() {
        click(ui, app, view, shown, at, commands);
    }
    if response.double_clicked() {
        commands.push(Command::Do(Named::AddPicked));
    }
    if response.clicked() {
        // The keyboard goes on from where the pointer was.
        response.request_focus();
    }
    if response.has_focus() {
        view.row = Some(country.id);
        keys(ui, app, view, shown, at, &response, commands);
    }
    row_menu(&response, app, country.id, commands);
    if view.sort.is_what_if() {
        changes_ui(ui, view, rows, actor, response.rect);
        let pointer = response.hover_pos();
        if let Some((column, after)) = change_under(view, rows, actor, response.rect, pointer) {
            response.on_hover_ui(|ui| after_ui(ui, app, column, &after));
        }
    }
}

/// Width of a what-if column.
pub(super) const COLUMN: f32 = 58.0;

/// Where a what-if column ends.
pub(super) fn column_right(right: f32, at: usize) -> f32 {
    right - 8.0 - if at == 0 { COLUMN } else { 0.0 }
}

/// The figures of both what-if columns, over the row.
fn changes_ui(ui: &Ui, view: &TrayView, rows: &Shown, actor: usize, rect: egui::Rect) {
    let Some(changes) = rows.changes.get(&actor) else { return };
    let t = theme::tokens(ui);
    for (at, (column, change)) in view.sort.columns().into_iter().zip(changes).enumerate() {
        let Some((change, _)) = change else { continue };
        let text = chart::signed_tenth(*change);
        let better = (*change > 0.0) == (view.measure().better == Better::More);
        let colour = match text.as_str() {
            "±0.0" => t.muted,
            _ if better => t.accent,
            _ => t.warning,
        };
        let family = if view.sort == column { theme::semibold() } else { egui::FontFamily::Proportional };
        let place = egui::pos2(column_right(rect.right(), at), rect.center().y);
        let font = egui::FontId::new(theme::BODY, family);
        ui.painter().text(place, egui::Align2::RIGHT_CENTER, text, font, colour);
    }
}

/// The column under the pointer with all figures after its move; else that of the column sorted by, or the one there is.
fn change_under(
    view: &TrayView,
    rows: &Shown,
    actor: usize,
    rect: egui::Rect,
    pointer: Option<egui::Pos2>,
) -> Option<(Sort, Estimates)> {
    let changes = rows.changes.get(&actor)?;
    let columns = view.sort.columns();
    let found = |at: usize| changes[at].map(|(_, after)| (columns[at], after));
    let under = pointer.and_then(|pointer| {
        (0..2).find(|at| {
            let right = column_right(rect.right(), *at);
            (right - COLUMN + 4.0..=right + 4.0).contains(&pointer.x)
        })
    });
    let chosen = columns.iter().position(|column| *column == view.sort);
    under.and_then(found).or_else(|| chosen.and_then(found)).or_else(|| (0..2).find_map(found))
}

/// The right side of a row: code, figure, or what would follow.
pub(super) fn right_words(app: &App, view: &TrayView, actor: usize, t: &theme::Tokens) -> RichText {
    let quiet = |text: String| RichText::new(text).small().color(t.muted);
    if view.sort == Sort::Name {
        return quiet(app.atlas().countries[actor].id.to_string());
    }
    if view.sort.is_what_if() {
        // Room for the figures, which are drawn over it.
        return RichText::new("0".repeat(16)).small().color(Color32::TRANSPARENT);
    }
    let nothing = || match view.sort {
        Sort::WouldJoin if app.joins().is_none() => String::new(),
        Sort::WouldJoin => "–".to_owned(),
        _ => "no figure".to_owned(),
    };
    quiet(sort_value(app, view.sort, actor).map_or_else(nothing, |value| sort_words(view.sort, value)))
}

/// All five figures after a move.
pub(super) fn after_ui(ui: &mut Ui, app: &App, sort: Sort, after: &Estimates) {
    let Some(now) = app.session.view.selected.and_then(|id| app.results.of(id)) else { return };
    ui.label(theme::strong(format!("{}, {}", now.grouping.name, sort.label()), theme::BODY));
    let before = Estimates::of(&now.report);
    for measure in measures::ALL {
        let change = after.change_of(measure, &before).map_or_else(String::new, chart::signed_tenth);
        ui.label(format!("{} {} ({change})", measure.label, chart::figure(measure, after.get(measure))));
    }
}

/// With Shift, a drag over the rows picks all from the first to the one under the pointer.
fn sweep(
    ui: &Ui,
    app: &App,
    view: &mut TrayView,
    shown: &[usize],
    at: usize,
    response: &egui::Response,
    commands: &mut Vec<Command>,
) {
    if response.drag_started() && ui.input(|input| input.modifiers.shift) {
        view.swept_from = Some(app.atlas().countries[shown[at]].id);
        view.anchor = view.swept_from;
    }
    if view.swept_from.is_none() {
        return;
    }
    if !ui.input(|input| input.pointer.any_down()) {
        view.swept_from = None;
        return;
    }
    let pointer = ui.ctx().pointer_interact_pos();
    if pointer.is_some_and(|pointer| response.rect.y_range().contains(pointer.y)) {
        let mut countries = Vec::new();
        extend(app, view, shown, at, &mut countries);
        let picked = Picked { on: None, countries };
        if picked != app.session.picked {
            commands.push(Command::Pick(picked));
        }
    }
}

/// A click picks one; with Ctrl one more or fewer; with Shift all from the last one.
pub(super) fn click(ui: &Ui, app: &App, view: &mut TrayView, shown: &[usize], at: usize, commands: &mut Vec<Command>) {
    let id = app.atlas().countries[shown[at]].id;
    let modifiers = ui.input(|input| input.modifiers);
    let before = &app.session.picked;
    let mut countries = if before.on.is_none() && (modifiers.command || modifiers.shift) {
        before.countries.clone()
    } else {
        Vec::new()
    };
    if modifiers.shift {
        extend(app, view, shown, at, &mut countries);
    } else if let Some(found) = countries.iter().position(|picked| *picked == id) {
        countries.remove(found);
        view.anchor = Some(id);
    } else {
        countries.push(id);
        view.anchor = Some(id);
    }
    commands.push(Command::Pick(Picked { on: None, countries }));
}

/// Adds all rows from the anchor to `at`.
pub(super) fn extend(app: &App, view: &TrayView, shown: &[usize], at: usize, countries: &mut Vec<CountryId>) {
    let place = |id: CountryId| shown.iter().position(|actor| app.atlas().countries[*actor].id == id);
    let from = view.anchor.and_then(place).unwrap_or(at);
    for actor in &shown[from.min(at)..=from.max(at)] {
        let id = app.atlas().countries[*actor].id;
        if !countries.contains(&id) {
            countries.push(id);
        }
    }
}

/// Arrows, Home, End and page keys move through the list; with Shift they pick; Ctrl+A picks all.
pub(super) fn keys(
    ui: &Ui,
    app: &App,
    view: &mut TrayView,
    shown: &[usize],
    at: usize,
    response: &egui::Response,
    commands: &mut Vec<Command>,
) {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let last = shown.len() - 1;
    let (mut to, mut shift, mut all) = (None, false, false);
    // Taken out, so that the row that they lead to does not read them again in this frame.
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            // Keys that come in one frame go on from each other.
            let now: usize = to.unwrap_or(at);
            let next = match key {
                Key::ArrowDown if !modifiers.alt => (now + 1).min(last),
                Key::ArrowUp if !modifiers.alt => now.saturating_sub(1),
                Key::PageDown if !modifiers.command => (now + 15).min(last),
                Key::PageUp if !modifiers.command => now.saturating_sub(15),
                Key::Home => 0,
                Key::End => last,
                Key::A if modifiers.command => {
                    all = true;
                    return false;
                }
                _ => return true,
            };
            to = Some(next);
            shift = modifiers.shift;
            false
        });
    });
    let id_at = |at: usize| app.atlas().countries[shown[at]].id;
    if all {
        commands.push(Command::Pick(Picked { on: None, countries: (0..shown.len()).map(id_at).collect() }));
    }
    if let Some(to) = to.filter(|to| *to != at) {
        view.wants_focus = Some(id_at(to));
        if shift {
            if view.anchor.is_none() {
                view.anchor = Some(id_at(at));
            }
            let mut countries = Vec::new();
            extend(app, view, shown, to, &mut countries);
            commands.push(Command::Pick(Picked { on: None, countries }));
        } else {
            view.anchor = None;
        }
        ui.request_repaint();
    }
}

/// What dragging a country onto a card does, as a menu.
pub(super) fn row_menu(response: &egui::Response, app: &App, country: CountryId, commands: &mut Vec<Command>) {
    response.context_menu(|ui| {
        let carried = drag::carried(app, country, None);
        let countries = carried.picked.countries;
        ui.label(theme::strong(carried.words, theme::BODY));
        ui.separator();
        for (title, role) in
            [("Add to", None), ("Make convenor of", Some(Role::Convenor)), ("Make observer of", Some(Role::Observer))]
        {
            ui.menu_button(title, |ui| {
                for grouping in &app.workspace().groupings {
                    let shift = Shift { countries: countries.clone(), from: None, into: grouping.id, role };
                    let edit = Edit::Place(shift);
                    let possible = edit.check(app.workspace());
                    let button = ui.add_enabled(possible.is_ok(), Button::new(&grouping.name));
                    if let Err(refusal) = &possible {
                        button.on_disabled_hover_text(refusal.sentence(app.atlas()));
                    } else if button.clicked() {
                        commands.push(Command::Edit(edit));
                    }
                }
                if app.workspace().groupings.is_empty() {
                    ui.weak("no grouping yet");
                }
            });
        }
        if let Some(on) = app.selected().filter(|grouping| countries.iter().any(|id| grouping.seat(*id).is_some()))
            && ui.button(format!("Remove from {}", on.name)).clicked()
        {
            commands.push(Command::Edit(Edit::Remove(on.id, countries.clone())));
        }
        let several = if countries.len() == 1 { "New grouping of it" } else { "New grouping of them" };
        if ui.button(several).clicked() {
            commands.push(Command::Pick(Picked { on: None, countries }));
            commands.push(Command::Do(Named::NewFromPicked));
        }
    });
}
