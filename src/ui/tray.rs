//! Countries: the list of all actors, with search, filters, sorting and organisations as bundles.

use std::collections::HashMap;

use eframe::egui::{
    self, Button, Color32, ComboBox, DragValue, Event, EventFilter, Key, Layout, Popup, PopupCloseBehavior, RichText,
    ScrollArea, Sense, TextEdit, TextWrapMode, Ui, Vec2, WidgetInfo,
};

use super::{drag, name, theme};
use crate::analysis::Subject;
use crate::app::{App, Command, Named, Picked};
use crate::chart;
use crate::data::{BodyKind, CountryId};
use crate::model::{Edit, Role, Shift};

const ROW: f32 = 26.0;
/// Organisations that are shown without asking, by code.
const FAVOURITES: [&str; 4] = ["EU", "NATO", "ASEAN", "G7"];

/// How the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// By population, largest first.
    Population,
    /// By GDP, largest first.
    Gdp,
    /// By honest-broker score, best first.
    Broker,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Name, Self::Population, Self::Gdp, Self::Broker];

    fn label(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Population => "population",
            Self::Gdp => "GDP",
            Self::Broker => "broker score",
        }
    }
}

/// What the list keeps between frames.
#[derive(Debug, Default)]
pub struct TrayView {
    /// The text in the search field.
    pub search: String,
    /// How the list is sorted.
    pub sort: Sort,
    region: Option<String>,
    body: Option<usize>,
    range: Option<(usize, f64, f64)>,
    filters_open: bool,
    anchor: Option<CountryId>,
    wants_focus: Option<CountryId>,
    /// Whether the search field asks for the keyboard.
    pub focus_search: bool,
    /// The search field, for going from pane to pane.
    pub search_id: Option<egui::Id>,
    cache: Option<(String, Vec<usize>)>,
}

/// The panel.
pub fn tray_ui(ui: &mut Ui, app: &App, view: &mut TrayView, commands: &mut Vec<Command>) {
    search_ui(ui, app, view);
    bundles_ui(ui, app, view, commands);
    if view.filters_open {
        filters_ui(ui, app, view);
    }
    let shown = shown(app, view);
    head_ui(ui, app, view, shown.len());
    rows_ui(ui, app, view, &shown, commands);
    drop_ui(ui, app, commands);
}

fn search_ui(ui: &mut Ui, app: &App, view: &mut TrayView) {
    let hint = format!("Search {} countries", app.atlas().countries.len());
    let field = TextEdit::singleline(&mut view.search)
        .hint_text(&hint)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 6))
        .id_salt("country search");
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, &hint));
    view.search_id = Some(response.id);
    if std::mem::take(&mut view.focus_search) {
        response.request_focus();
    }
    // Down, or Enter, goes from the field into the list.
    let down = response.has_focus() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowDown));
    let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if down || enter {
        let shown = shown(app, view);
        view.wants_focus = shown.first().map(|actor| app.atlas().countries[*actor].id);
    }
}

fn bundles_ui(ui: &mut Ui, app: &App, view: &mut TrayView, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing = Vec2::new(6.0, 6.0);
    ui.horizontal_wrapped(|ui| {
        for code in FAVOURITES {
            let of_code = |body: &crate::data::Body| body.kind == BodyKind::Organisation && body.code == code;
            if let Some(at) = app.atlas().bodies.iter().position(of_code) {
                bundle_ui(ui, app, at, commands);
            }
        }
        let more = ui.button("All bundles");
        Popup::menu(&more).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
            ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                for (kind, title) in
                    [(BodyKind::Organisation, "Organisations"), (BodyKind::Proposal, "Proposed around 2021")]
                {
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

/// The actors of an organisation or proposal that vote in it.
fn bundle_members(app: &App, at: usize) -> Vec<CountryId> {
    let seats = &app.atlas().bodies[at].seats;
    seats
        .iter()
        .filter(|seat| Role::from_table(&seat.role).is_some_and(Role::votes))
        .filter_map(|seat| seat.code.parse().ok().filter(|id| app.atlas().actor(*id).is_some()))
        .collect()
}

fn bundle_ui(ui: &mut Ui, app: &App, at: usize, commands: &mut Vec<Command>) {
    let body = &app.atlas().bodies[at];
    let members = bundle_members(app, at);
    let text = format!("{} {}", body.short, members.len());
    let response = ui.add(Button::new(&text).sense(Sense::click_and_drag()).wrap_mode(TextWrapMode::Extend));
    drag::source(&response, || drag::Carried {
        picked: Picked { on: None, countries: members.clone() },
        words: text.clone(),
        body: Some(at),
    });
    let response = response.on_hover_text(format!("{}: drag onto a grouping, or click for more", body.label));
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

impl TrayView {
    fn is_filtered(&self) -> bool {
        self.region.is_some() || self.body.is_some() || self.range.is_some()
    }
}

fn filters_ui(ui: &mut Ui, app: &App, view: &mut TrayView) {
    let atlas = app.atlas();
    egui::Grid::new("filters").num_columns(2).show(ui, |ui| {
        ui.label("Region");
        let any = "anywhere";
        let shown = ComboBox::from_id_salt("region")
            .width(150.0)
            .selected_text(view.region.as_deref().unwrap_or(any))
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut view.region, None, any);
                for region in &app.engine.facts.region_names {
                    ui.selectable_value(&mut view.region, Some(region.clone()), region);
                }
            });
        name(&shown.response, egui::Role::ComboBox, "Region");
        ui.end_row();
        ui.label("Member of");
        let chosen = view.body.map_or("anything", |at| atlas.bodies[at].short.as_str());
        let shown = ComboBox::from_id_salt("body").width(150.0).selected_text(chosen).show_ui(ui, |ui| {
            ui.selectable_value(&mut view.body, None, "anything");
            for (at, body) in atlas.bodies.iter().enumerate() {
                ui.selectable_value(&mut view.body, Some(at), &body.short);
            }
        });
        name(&shown.response, egui::Role::ComboBox, "Member of");
        ui.end_row();
        ui.label("Figure");
        let chosen = view.range.map_or("any", |(at, ..)| atlas.indicators[at].label.as_str());
        let combo = ComboBox::from_id_salt("indicator").width(150.0).selected_text(chosen).truncate();
        let shown = combo.show_ui(ui, |ui| {
            if ui.selectable_label(view.range.is_none(), "any").clicked() {
                view.range = None;
            }
            for (at, indicator) in atlas.indicators.iter().enumerate() {
                let is_chosen = view.range.is_some_and(|(chosen, ..)| chosen == at);
                if ui.selectable_label(is_chosen, &indicator.label).clicked() {
                    let values = || indicator.figures.iter().flatten().map(|figure| figure.value);
                    let (low, high) =
                        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
                    view.range = Some((at, low, high));
                }
            }
        });
        name(&shown.response, egui::Role::ComboBox, "Figure");
        ui.end_row();
        if let Some((at, low, high)) = &mut view.range {
            ui.label("from, to");
            ui.horizontal(|ui| {
                let step = (*high - *low).abs().max(1e-6) / 200.0;
                let field = ui.add(DragValue::new(low).speed(step).custom_formatter(|value, _| chart::quantity(value)));
                name(&field, egui::Role::SpinButton, "from");
                let field =
                    ui.add(DragValue::new(high).speed(step).custom_formatter(|value, _| chart::quantity(value)));
                name(&field, egui::Role::SpinButton, "to");
            });
            ui.end_row();
            ui.label("");
            ui.label(RichText::new(&atlas.indicators[*at].unit).small().weak());
            ui.end_row();
        }
    });
    if view.is_filtered() && ui.button("Clear filters").clicked() {
        view.region = None;
        view.body = None;
        view.range = None;
    }
}

fn head_ui(ui: &mut Ui, app: &App, view: &mut TrayView, shown: usize) {
    ui.horizontal(|ui| {
        let all = app.atlas().countries.len();
        let words = if shown == all { chart::count(all, "actor") } else { format!("{shown} of {all}") };
        ui.label(RichText::new(words).small().weak());
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            let combo = ComboBox::from_id_salt("sort").selected_text(format!("by {}", view.sort.label())).width(116.0);
            let shown = combo.show_ui(ui, |ui| {
                for sort in Sort::ALL {
                    ui.selectable_value(&mut view.sort, sort, sort.label());
                }
            });
            name(&shown.response, egui::Role::ComboBox, "Sort the list");
        });
    });
}

/// The actors that search and filters let through, sorted; computed anew only when something changed.
fn shown(app: &App, view: &mut TrayView) -> Vec<usize> {
    let settings = &app.workspace().assumptions;
    let key = format!(
        "{:?}",
        (
            &view.search,
            view.sort,
            &view.region,
            view.body,
            view.range,
            settings.poles,
            settings.small_population,
            settings.equidistance_steepness
        )
    );
    if let Some((of, shown)) = &view.cache
        && *of == key
    {
        return shown.clone();
    }
    let wanted = fold(view.search.trim());
    let in_body: Option<Vec<CountryId>> = view.body.map(|at| bundle_members(app, at));
    let mut shown: Vec<usize> = (0..app.atlas().countries.len())
        .filter(|actor| {
            let country = &app.atlas().countries[*actor];
            view.region.as_ref().is_none_or(|region| country.region == *region)
                && in_body.as_ref().is_none_or(|members| members.contains(&country.id))
                && view.range.is_none_or(|(at, low, high)| {
                    app.atlas().indicators[at].figures[*actor]
                        .is_some_and(|figure| figure.value >= low && figure.value <= high)
                })
                && matches_search(country, &wanted)
        })
        .collect();
    let value: HashMap<usize, f64> =
        shown.iter().map(|actor| (*actor, sort_value(app, view.sort, *actor).unwrap_or(f64::NEG_INFINITY))).collect();
    let name = |actor: usize| fold(&app.atlas().countries[actor].name);
    if view.sort == Sort::Name {
        shown.sort_by_key(|actor| name(*actor));
    } else {
        shown.sort_by(|a, b| value[b].total_cmp(&value[a]));
    }
    view.cache = Some((key, shown.clone()));
    shown
}

fn sort_value(app: &App, sort: Sort, actor: usize) -> Option<f64> {
    match sort {
        Sort::Name => None,
        Sort::Population => app.engine.facts.value(Subject::Population, actor),
        Sort::Gdp => app.engine.facts.value(Subject::Gdp, actor),
        Sort::Broker => app.broker(actor),
    }
}

fn sort_words(sort: Sort, value: f64) -> String {
    match sort {
        Sort::Name => String::new(),
        Sort::Population => short(value),
        Sort::Gdp => format!("${}", short(value)),
        Sort::Broker => format!("{value:.2}"),
    }
}

/// “5.6 m”, “1.4 bn”.
fn short(value: f64) -> String {
    match value {
        _ if value >= 1e12 => format!("{:.1} tn", value / 1e12),
        _ if value >= 1e9 => format!("{:.1} bn", value / 1e9),
        _ if value >= 1e6 => format!("{:.1} m", value / 1e6),
        _ => format!("{:.0} k", value / 1e3),
    }
}

fn matches_search(country: &crate::data::Country, wanted: &str) -> bool {
    wanted.is_empty()
        || fold(&country.name).contains(wanted)
        || country.id.as_str().to_lowercase() == wanted
        || country.iso2.to_lowercase() == wanted
        || fold(&country.official_name).contains(wanted)
        || country.alt_names.iter().any(|name| fold(name).starts_with(wanted))
}

/// Lower case, without the accents of Latin letters.
fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ē' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ç' | 'č' => 'c',
            'ñ' => 'n',
            'š' | 'ş' => 's',
            'ž' => 'z',
            'ğ' => 'g',
            other => other,
        })
        .collect()
}

fn rows_ui(ui: &mut Ui, app: &App, view: &mut TrayView, shown: &[usize], commands: &mut Vec<Command>) {
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
    let output = area.show_rows(ui, ROW, shown.len(), |ui, range| {
        for at in range {
            row_ui(ui, app, view, shown, at, commands);
        }
    });
    ui.data_mut(|data| data.insert_temp(egui::Id::unique("countries offset"), output.state.clamped_offset().y));
}

fn view_offset(ui: &Ui) -> Option<f32> {
    ui.data(|data| data.get_temp(egui::Id::unique("countries offset")))
}

fn row_ui(ui: &mut Ui, app: &App, view: &mut TrayView, shown: &[usize], at: usize, commands: &mut Vec<Command>) {
    let actor = shown[at];
    let country = &app.atlas().countries[actor];
    let t = theme::tokens(ui);
    let is_picked = app.session.picked.on.is_none() && app.session.picked.countries.contains(&country.id);
    let right = match sort_value(app, view.sort, actor) {
        _ if view.sort == Sort::Name => country.id.to_string(),
        Some(value) => sort_words(view.sort, value),
        None => "no figure".to_owned(),
    };
    let seated = app.selected().is_some_and(|grouping| grouping.seat(country.id).is_some());
    let name = RichText::new(format!("{}  {}", country.flag(), country.name));
    let name = if seated { name.color(t.muted) } else { name };
    let row = Button::new(name)
        .right_text(RichText::new(right).small().color(t.muted))
        .sense(Sense::click_and_drag())
        .fill(if is_picked { t.selection } else { Color32::TRANSPARENT })
        .stroke(egui::Stroke::NONE)
        .corner_radius(4)
        .truncate()
        .min_size(Vec2::new(ui.available_width(), ROW));
    let response = ui.push_id(country.id, |ui| ui.add(row)).inner;
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_picked, &country.name));
    drag::source(&response, || drag::carried(app, country.id, None));
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
    if response.has_focus() {
        keys(ui, app, view, shown, at, &response, commands);
    }
    row_menu(&response, app, country.id, commands);
}

/// A click picks one; with Ctrl one more or fewer; with Shift all from the last one.
fn click(ui: &Ui, app: &App, view: &mut TrayView, shown: &[usize], at: usize, commands: &mut Vec<Command>) {
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
fn extend(app: &App, view: &TrayView, shown: &[usize], at: usize, countries: &mut Vec<CountryId>) {
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
fn keys(
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
    ui.input(|input| {
        for event in &input.events {
            if let Event::Key { key, pressed: true, modifiers, .. } = event {
                let next = match key {
                    Key::ArrowDown if !modifiers.alt => (at + 1).min(last),
                    Key::ArrowUp if !modifiers.alt => at.saturating_sub(1),
                    Key::PageDown if !modifiers.command => (at + 15).min(last),
                    Key::PageUp if !modifiers.command => at.saturating_sub(15),
                    Key::Home => 0,
                    Key::End => last,
                    Key::A if modifiers.command => {
                        all = true;
                        continue;
                    }
                    _ => continue,
                };
                to = Some(next);
                shift = modifiers.shift;
            }
        }
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
fn row_menu(response: &egui::Response, app: &App, country: CountryId, commands: &mut Vec<Command>) {
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
        if ui.button(Named::NewFromPicked.entry().label).clicked() {
            commands.push(Command::Pick(Picked { on: None, countries }));
            commands.push(Command::Do(Named::NewFromPicked));
        }
    });
}

/// Countries dragged from a card onto the list leave the card.
fn drop_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    let rect = ui.max_rect();
    let Some(carried) = drag::payload(ui.ctx()) else { return };
    let Some(on) = carried.picked.on else { return };
    let Some(grouping) = app.workspace().grouping(on) else { return };
    let zone = ui.interact(rect, ui.scope_id().with("take off"), Sense::hover());
    if !zone.contains_pointer() {
        return;
    }
    let t = theme::tokens(ui);
    ui.painter().rect_stroke(rect, 6, egui::Stroke::new(2.0, t.accent), egui::StrokeKind::Inside);
    let words = format!("Release to take {} off {}", carried.words, grouping.name);
    let galley = ui.painter().layout(words, egui::FontId::proportional(theme::BODY), t.ink, rect.width() - 24.0);
    let place = egui::Rect::from_min_size(
        rect.left_bottom() + Vec2::new(8.0, -galley.size().y - 20.0),
        galley.size() + Vec2::splat(12.0),
    );
    ui.painter().rect_filled(place, 5, t.panel);
    ui.painter().galley(place.min + Vec2::splat(6.0), galley, t.ink);
    if zone.dnd_release_payload::<drag::Carried>().is_some() {
        commands.push(Command::Edit(Edit::Remove(on, carried.picked.countries.clone())));
    }
}
