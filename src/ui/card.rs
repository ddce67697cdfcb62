//! The card of a grouping.

use eframe::egui::{
    self, Align, Button, Frame, Key, Layout, Margin, Popup, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind,
    TextEdit, Ui, Vec2, WidgetInfo,
};

use super::board_view::BoardView;
use super::choose::focus_ring;
use super::field::Field;
use super::release::{self, Outcome, Over};
use super::{assumed, chip, drag, facts, figures, marquee, notes, section, theme};
use crate::analysis::cautions;
use crate::app::{App, Ask, Command, Evaluated, Named};
use crate::chart;
use crate::data::CountryId;
use crate::model::{Edit, Grouping, GroupingId, Role, visible};

/// Members beyond which a card shows counts by region and a searchable list.
const MANY: usize = 40;
const LABELS: f32 = 72.0;
/// How high the last line of a card is, whatever it says.
const LAST_LINE: f32 = 20.0;

/// Where the rows of a card are, so that a drop knows its role.
#[derive(Default)]
struct Zones {
    convenor: Option<Rect>,
    members: Option<Rect>,
    observers: Option<Rect>,
}

/// One card. Returns whether something is carried over it.
pub fn card_ui(
    ui: &mut Ui,
    app: &App,
    evaluated: &Evaluated,
    view: &mut BoardView,
    over: &mut Over,
    commands: &mut Vec<Command>,
) -> bool {
    let t = theme::tokens(ui);
    let grouping = &*evaluated.grouping;
    let is_selected = app.session.view.selected == Some(grouping.id);
    back_ui(ui, app, grouping, commands);
    let mut zones = Zones::default();
    let stroke = if is_selected { Stroke::new(1.5, t.accent) } else { Stroke::new(1.0, t.hairline) };
    let frame = Frame::new().fill(t.panel).stroke(stroke).corner_radius(10).inner_margin(Margin::symmetric(16, 12));
    // What is under the pointer is known from the last frame: cards do not move while something is carried.
    let outcome = hovered_target(ui, app, grouping).map(|edit| release::outcome(app, evaluated, &edit));
    let looked_at = over.preview.as_ref().filter(|preview| preview.on == grouping.id);
    let outcome = outcome.or_else(|| Some(release::outcome_of(app, evaluated, looked_at?)));
    let inner = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 5.0);
        ui.push_id(grouping.id, |ui| {
            let observe = title_ui(ui, app, grouping, view, commands);
            facts::facts_ui(ui, grouping, commands);
            ui.add_space(3.0);
            zones = rows_ui(ui, app, grouping, view, commands);
            zones.observers = zones.observers.or(observe);
            ui.separator();
            let after = outcome.as_ref().and_then(|outcome| outcome.after.as_deref());
            figures::figures_ui(ui, app, evaluated, after, commands);
            stuck_ui(ui, app, evaluated, commands);
            match &outcome {
                Some(outcome) => outcome_ui(ui, outcome, over),
                None => last_line_ui(ui, app, evaluated, commands),
            }
        });
    });
    let rect = inner.response.rect;
    ui.data_mut(|data| data.insert_temp(place_id(grouping.id), rect));
    let response = ui.interact(rect, ui.scope_id().with(("card", grouping.id)), Sense::hover());
    if view.scroll_to == Some(grouping.id) {
        view.scroll_to = None;
        response.scroll_to_me(None);
    }
    if response.contains_pointer() && ui.input(|input| input.pointer.primary_pressed()) {
        commands.push(Command::Select(Some(grouping.id)));
    }
    drop_ui(ui, app, grouping, &response, &zones, over, commands)
}

/// Under which the place of a card is kept for the next frame.
pub fn place_id(id: GroupingId) -> egui::Id {
    egui::Id::unique(("place of the card", id))
}

/// What lies under everything on a card, where it was in the frame before; the keyboard passes over it. The other button opens its menu, a drag selects the
/// members in a rectangle.
fn back_ui(ui: &mut Ui, app: &App, grouping: &Grouping, commands: &mut Vec<Command>) {
    let Some(rect) = ui.data(|data| data.get_temp::<Rect>(place_id(grouping.id))) else { return };
    let back = ui.interact(rect, place_id(grouping.id).with("back"), Sense::CLICK | Sense::DRAG);
    back.context_menu(|ui| menu_ui(ui, app, grouping, commands));
    marquee::marquee_ui(ui, app, grouping.id, &back, commands);
}

fn zones_id(grouping: &Grouping) -> egui::Id {
    egui::Id::unique(("card role", grouping.id))
}

/// The edit that a release would be, as of the last frame; `None` if nothing is carried over this card.
fn hovered_target(ui: &Ui, app: &App, grouping: &Grouping) -> Option<Edit> {
    let carried = drag::payload(ui.ctx())?;
    let role: Option<Role> = ui.data(|data| data.get_temp(zones_id(grouping)))?;
    Some(app.drop_edit(&carried.picked, grouping.id, role, drag::is_copy(ui)))
}

fn drop_ui(
    ui: &mut Ui,
    app: &App,
    grouping: &Grouping,
    response: &egui::Response,
    zones: &Zones,
    over: &mut Over,
    commands: &mut Vec<Command>,
) -> bool {
    let carried = drag::payload(ui.ctx());
    let Some(carried) = carried.filter(|_| response.contains_pointer()) else {
        ui.data_mut(|data| data.remove::<Option<Role>>(zones_id(grouping)));
        return false;
    };
    let pointer = ui.ctx().pointer_interact_pos().unwrap_or_default();
    let is_over = |zone: Option<Rect>| zone.is_some_and(|rect| rect.contains(pointer));
    let role = if is_over(zones.convenor) {
        Some(Role::Convenor)
    } else if is_over(zones.observers) {
        Some(Role::Observer)
    } else if is_over(zones.members) && carried.picked.on == Some(grouping.id) {
        Some(Role::Member)
    } else {
        None
    };
    ui.data_mut(|data| data.insert_temp(zones_id(grouping), role));
    let zone = match role {
        Some(Role::Convenor) => zones.convenor,
        Some(Role::Observer) => zones.observers,
        _ => None,
    };
    if let (Some(colour), Some(zone)) = (over.grouping_ui(ui, app, grouping, response, role, commands), zone) {
        ui.painter().rect_stroke(zone.expand(2.0), 5, Stroke::new(1.0, colour), StrokeKind::Inside);
    }
    true
}

/// The letter of a grouping on its colour.
pub fn paint_badge(ui: &Ui, rect: Rect, grouping: &Grouping) {
    let colour = theme::grouping(grouping.colour);
    ui.painter().rect_filled(rect, 5, colour);
    if theme::is_patterned(grouping.colour) {
        ui.painter().rect_stroke(rect.shrink(2.0), 3, Stroke::new(1.0, theme::on(colour)), StrokeKind::Inside);
    }
    let font = egui::FontId::new(theme::SMALL + 0.5, theme::semibold());
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, grouping.letter(), font, theme::on(colour));
}

/// Badge, name, count and menu. While something is carried, a place to drop observers stands where the count was;
/// its rectangle is returned.
fn title_ui(
    ui: &mut Ui,
    app: &App,
    grouping: &Grouping,
    view: &mut BoardView,
    commands: &mut Vec<Command>,
) -> Option<Rect> {
    let carrying = drag::payload(ui.ctx()).is_some();
    let mut observe = None;
    ui.horizontal(|ui| {
        let (badge, _) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::hover());
        paint_badge(ui, badge, grouping);
        let renaming = view.renaming.as_ref().is_some_and(|(id, _)| *id == grouping.id);
        if renaming {
            rename_ui(ui, grouping, view, commands);
        } else {
            let title = Button::new(theme::strong(visible(&grouping.name), theme::TITLE)).frame(false).truncate();
            let title = title.sense(Sense::click_and_drag());
            let width = ui.available_width() - 180.0;
            let response = ui.add_sized_left(Vec2::new(width.max(80.0), 22.0), title);
            response
                .widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Grouping {}", grouping.name)));
            focus_ring(ui, &response);
            if app.session.view.selected == Some(grouping.id) {
                view.title_id = Some(response.id);
            }
            if response.clicked() {
                commands.push(Command::Select(Some(grouping.id)));
            }
            if response.drag_started() {
                egui::DragAndDrop::set_payload(ui.ctx(), drag::Card(grouping.id));
            }
            if response.double_clicked() {
                view.renaming = Some((grouping.id, grouping.name.clone()));
                view.rename_started = false;
            }
            response.context_menu(|ui| menu_ui(ui, app, grouping, commands));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let more = ui.add(Button::new("…").frame(false).min_size(Vec2::new(24.0, 22.0)));
            more.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Menu of {}", grouping.name)));
            Popup::menu(&more).show(|ui| menu_ui(ui, app, grouping, commands));
            notes::notes_button(ui, grouping, commands);
            let has_observers = grouping.with_role(Role::Observer).next().is_some();
            if carrying && !has_observers {
                let t = theme::tokens(ui);
                let place = Frame::new().stroke(Stroke::new(1.0, t.hairline)).corner_radius(5);
                let place = place.inner_margin(Margin::symmetric(8, 2));
                let words = RichText::new("drop here to observe").small().weak();
                observe = Some(place.show(ui, |ui| ui.label(words)).response.rect);
            } else if ui.available_width() > 70.0 {
                ui.label(RichText::new(chart::count(grouping.voters(), "member")).small().weak());
            }
        });
    });
    observe
}

/// Puts a widget at the left of a given size.
trait AddLeft {
    fn add_sized_left(&mut self, size: Vec2, widget: impl egui::Widget) -> egui::Response;
}

impl AddLeft for Ui {
    fn add_sized_left(&mut self, size: Vec2, widget: impl egui::Widget) -> egui::Response {
        let layout = Layout::left_to_right(Align::Center);
        self.allocate_ui_with_layout(size, layout, |ui| ui.add(widget)).inner
    }
}

fn rename_ui(ui: &mut Ui, grouping: &Grouping, view: &mut BoardView, commands: &mut Vec<Command>) {
    let Some((_, text)) = &mut view.renaming else { return };
    let response = ui.add(TextEdit::singleline(text).desired_width(ui.available_width() - 180.0));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Name of the grouping"));
    if !view.rename_started {
        view.rename_started = true;
        response.request_focus();
    } else if response.lost_focus() {
        let cancelled = ui.input(|input| input.key_pressed(Key::Escape));
        if !cancelled && *text != grouping.name {
            commands.push(Command::Edit(Edit::Rename(grouping.id, text.clone())));
        }
        view.renaming = None;
    }
}

/// Everything that can be done with a grouping as a whole.
pub fn menu_ui(ui: &mut Ui, app: &App, grouping: &Grouping, commands: &mut Vec<Command>) {
    for named in [Named::Rename, Named::Duplicate, Named::CopyGrouping, Named::MoveUp, Named::MoveDown, Named::Delete] {
        let entry = named.entry();
        let button = Button::new(entry.label).shortcut_text(entry.keys.first().copied().unwrap_or_default());
        let position = app.workspace().position(grouping.id).unwrap_or(0);
        let possible = match named {
            Named::MoveUp => position > 0,
            Named::MoveDown => position + 1 < app.workspace().groupings.len(),
            _ => true,
        };
        if ui.add_enabled(possible, button).clicked() {
            commands.push(Command::Select(Some(grouping.id)));
            commands.push(Command::Do(named));
        }
    }
}

fn rows_ui(ui: &mut Ui, app: &App, grouping: &Grouping, view: &mut BoardView, commands: &mut Vec<Command>) -> Zones {
    let mut zones = Zones::default();
    for role in Role::ALL {
        let countries: Vec<CountryId> = grouping.with_role(role).collect();
        if role == Role::Observer && countries.is_empty() {
            continue;
        }
        let label = match (role, countries.len()) {
            (Role::Convenor, 0 | 1) => "Convenor",
            (Role::Convenor, _) => "Convenors",
            (Role::Member, _) => "Members",
            (Role::Observer, _) => "Observers",
        };
        let rect = ui
            .horizontal_top(|ui| {
                let (place, _) = ui.allocate_exact_size(Vec2::new(LABELS, 25.0), Sense::hover());
                let font = egui::FontId::proportional(theme::SMALL + 0.5);
                let t = theme::tokens(ui);
                ui.painter().text(place.left_center(), egui::Align2::LEFT_CENTER, label, font, t.muted);
                ui.vertical(|ui| {
                    ui.set_min_width(ui.available_width());
                    if role == Role::Member && countries.len() > MANY {
                        many_ui(ui, app, grouping, &countries, view, commands);
                    } else {
                        chips_ui(ui, app, grouping, role, &countries, commands);
                    }
                });
            })
            .response
            .rect;
        match role {
            Role::Convenor => zones.convenor = Some(rect),
            Role::Member => zones.members = Some(rect),
            Role::Observer => zones.observers = Some(rect),
        }
    }
    zones
}

fn chips_ui(
    ui: &mut Ui,
    app: &App,
    grouping: &Grouping,
    role: Role,
    countries: &[CountryId],
    commands: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 5.0);
        ui.set_min_height(25.0);
        for country in countries {
            chip::chip_ui(ui, app, grouping, *country, commands);
        }
        if countries.is_empty() {
            let words = match role {
                Role::Convenor => "none: members table in turn",
                Role::Member | Role::Observer => "drag countries here",
            };
            let width = ui.available_width().min(220.0);
            ui.add_sized_left(Vec2::new(width, 25.0), egui::Label::new(RichText::new(words).weak()).truncate());
        }
    });
}

/// Counts by region and a searchable list, instead of a crowd of chips.
fn many_ui(
    ui: &mut Ui,
    app: &App,
    grouping: &Grouping,
    countries: &[CountryId],
    view: &mut BoardView,
    commands: &mut Vec<Command>,
) {
    let regions = &app.engine.facts.region_names;
    let in_region = |name: &String| {
        let is_there = |id: &&CountryId| app.atlas().country(**id).is_some_and(|country| country.region == *name);
        countries.iter().filter(is_there).count()
    };
    let counts: Vec<String> = regions
        .iter()
        .map(|name| (name, in_region(name)))
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    ui.add_sized_left(Vec2::new(ui.available_width(), 25.0), egui::Label::new(counts.join("  ·  ")).truncate());
    let search = view.searches.entry(grouping.id).or_default();
    let hint = format!("Find among {} members", countries.len());
    let name = format!("{hint} of {}", grouping.name);
    let width = ui.available_width().min(220.0);
    Field { salt: "members", hint: &hint, name: &name, width }.ui(ui, search, false);
    if search.trim().is_empty() {
        return;
    }
    let hits = app.atlas().names.ranked(search);
    let ids = hits.iter().map(|hit| app.atlas().countries[hit.actor].id);
    let found: Vec<CountryId> = ids.filter(|id| countries.contains(id)).collect();
    ScrollArea::vertical().max_height(110.0).id_salt(("found", grouping.id)).show(ui, |ui| {
        if found.is_empty() {
            ui.weak("No member has that name.");
        }
        chips_ui(ui, app, grouping, Role::Member, &found[..found.len().min(MANY)], commands);
    });
}

/// What a release would do, or why it is not possible.
fn outcome_ui(ui: &mut Ui, outcome: &Outcome, over: &mut Over) {
    let t = theme::tokens(ui);
    let colour = if outcome.after.is_some() { t.ink } else { t.error };
    // In the room of the line that stands there otherwise: nothing moves while something is carried.
    let size = Vec2::new(ui.available_width(), LAST_LINE);
    let font = egui::FontId::proportional(theme::BODY);
    let wide = ui.painter().layout_no_wrap(outcome.words.clone(), font, colour).size().x > size.x;
    let text = egui::Label::new(RichText::new(&outcome.words).color(colour)).truncate();
    let response = ui.add_sized_left(size, text);
    // All of it is read before anything is released, also where the card is cut off.
    if drag::payload(ui.ctx()).is_some() && (wide || !ui.clip_rect().contains(response.rect.center())) {
        over.words = Some(outcome.words.clone());
    }
}

/// Whose no stops most; a click leads to why proposals fail, another to the roll calls behind it. Its room is always there.
fn stuck_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, commands: &mut Vec<Command>) {
    const RECORD: f32 = 62.0;
    let (place, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), LAST_LINE), Sense::hover());
    let layout = Layout::left_to_right(Align::Center);
    let mut line = ui.new_child(egui::UiBuilder::new().max_rect(place).layout(layout));
    let Some(found) = app.stops_most(evaluated) else { return };
    line.spacing_mut().button_padding = Vec2::ZERO;
    let words = chart::stuck_words(app.atlas(), found);
    let id = evaluated.grouping.id;
    line.allocate_ui_with_layout(Vec2::new(place.width() - RECORD, LAST_LINE), layout, |ui| {
        let button = Button::new(RichText::new(&words).small()).frame_when_inactive(false).truncate();
        let response = ui.add(button);
        let name = format!("{words}, {}", evaluated.grouping.name);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        if response.on_hover_text(format!("{words}\nA click shows why proposals fail.")).clicked() {
            commands.push(Command::Select(Some(id)));
            commands.push(Command::ShowChart(chart::FAILING_ID));
        }
    });
    line.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let button = ui.add(Button::new(RichText::new("roll calls").small().weak()).frame_when_inactive(false));
        let name = format!("Roll calls behind the deadlock risk of {}", evaluated.grouping.name);
        button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        if button.on_hover_text("The roll calls that weigh most").clicked() {
            commands.push(Command::ShowHeaviest(id));
        }
    });
}

/// What must stand beside the figures.
fn last_line_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, commands: &mut Vec<Command>) {
    let text = RichText::new(rest_words(app, evaluated)).small().weak();
    let label = egui::Label::new(text).truncate().sense(Sense::click());
    let response = ui.add_sized_left(Vec2::new(ui.available_width(), LAST_LINE), label);
    if response.clicked() {
        commands.push(Command::ShowSection(evaluated.grouping.id, section::CAUTIONS));
    }
    let found = cautions(&evaluated.report.flags, app.atlas());
    if !found.is_empty() {
        let lines: Vec<&str> = found.iter().map(|caution| caution.words.as_str()).collect();
        response.on_hover_text(format!("{}\nA click shows them in the inspector.", lines.join("\n")));
    }
}

fn rest_words(app: &App, evaluated: &Evaluated) -> String {
    let report = &*evaluated.report;
    let mut words = vec!["Estimates, not forecasts".to_owned()];
    if let Ok(deadlock) = &report.deadlock
        && !report.a_priori
    {
        words.push(deadlock.rests_on());
    }
    match report.deadlock.as_ref().map(|deadlock| (deadlock.units, deadlock.error_bound)) {
        Ok((_, Some(bound))) if bound >= 0.05 => words.push(format!("deadlock within {bound:.1} by rounded weights")),
        Ok((Some(_), None)) => words.push("deadlock roughly, by coarsely rounded weights".to_owned()),
        _ => {}
    }
    if report.a_priori {
        words.push("a priori".to_owned());
    }
    if !report.flags.is_empty() {
        words.push(chart::count(cautions(&report.flags, app.atlas()).len(), "caution"));
    }
    let changed = assumed::changed(&app.workspace().assumptions);
    if changed > 0 {
        words.push(format!("{} changed", chart::count(changed, "assumption")));
    }
    if figures::is_updating(app, evaluated.grouping.id) {
        words.push("updating".to_owned());
    }
    words.join(" · ")
}

/// Carries out what the shell is asked for on the board.
pub fn answer(ask: &Ask, app: &App, view: &mut BoardView) -> bool {
    let Ask::Rename(id) = ask else { return false };
    if let Some(grouping) = app.workspace().grouping(*id) {
        view.renaming = Some((*id, grouping.name.clone()));
        view.rename_started = false;
        view.scroll_to = Some(*id);
    }
    true
}
