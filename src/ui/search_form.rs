//! What a search asks: convenor, candidates, who must and must not be in, sizes, measures and bounds.

use eframe::egui::{self, Button, Grid, RichText, Sense, Ui};

use super::choose::{Place, choose, id_of, option};
use super::facts::whole;
use super::field::Field;
use super::number::Number;
use super::tray::bundle_members;
use super::{drag, name, theme};
use crate::analysis::search::Objective;
use crate::app::searching::{Among, Asking, BOUNDS, Convening, SearchStep};
use crate::app::{App, Command};
use crate::data::{CountryId, Meant};
use crate::model::NumberKind;

/// The form. `first`: what takes the keyboard first.
pub fn form_ui(ui: &mut Ui, app: &App, first: &mut Option<egui::Id>, commands: &mut Vec<Command>) {
    let now = &app.searching.asking;
    let mut next = now.clone();
    let like = app.selected();
    let words = like.map_or_else(
        || "General, by consensus: select a grouping for another issue, rule or mandate.".to_owned(),
        |like| {
            format!(
                "Issue, rule and mandate of {}: {} · {} · {}",
                like.name,
                like.issue_words(),
                like.rule.words(),
                like.mandate.words()
            )
        },
    );
    ui.add(egui::Label::new(RichText::new(words).weak()).wrap());
    ui.add_space(4.0);
    Grid::new("search form").num_columns(2).spacing([10.0, 7.0]).show(ui, |ui| {
        ui.label("Convenor");
        ui.vertical(|ui| convening_ui(ui, app, &mut next, first, commands));
        ui.end_row();
        ui.label("Members from");
        ui.vertical(|ui| among_ui(ui, app, &mut next, commands));
        ui.end_row();
        ui.label("Must be in");
        ui.vertical(|ui| countries_ui(ui, app, "Must be in", &mut next.must, commands));
        ui.end_row();
        ui.label("Never in");
        ui.vertical(|ui| countries_ui(ui, app, "Never in", &mut next.never, commands));
        ui.end_row();
        ui.label("Size");
        ui.horizontal(|ui| size_ui(ui, &mut next.size));
        ui.end_row();
        ui.label("Best for");
        ui.vertical(|ui| objectives_ui(ui, &mut next.objectives));
        ui.end_row();
        ui.label("Only with");
        ui.vertical(|ui| bounds_ui(ui, &mut next));
        ui.end_row();
    });
    if next != *now {
        commands.push(Command::Search(SearchStep::Ask(Box::new(next))));
    }
}

fn convening_ui(ui: &mut Ui, app: &App, next: &mut Asking, first: &mut Option<egui::Id>, commands: &mut Vec<Command>) {
    let kind = match next.convening {
        Convening::Nobody => 0,
        Convening::Small(_) => 1,
        Convening::Listed(_) => 2,
    };
    let labels = ["nobody", "any small state", "one of a list"];
    let place = Place { salt: "search convenor", name: "Who may convene", width: 150.0 };
    let options = labels.into_iter().enumerate().map(|(at, label)| option(at, label));
    let chosen = choose(ui, &place, labels[kind], Some(&kind), options);
    *first = id_of(ui, place.salt);
    match chosen {
        Some(0) => next.convening = Convening::Nobody,
        Some(1) => next.convening = Convening::Small(25e6),
        Some(_) => next.convening = Convening::Listed(Vec::new()),
        None => {}
    }
    match &mut next.convening {
        Convening::Nobody => {}
        Convening::Small(people) => {
            ui.horizontal(|ui| {
                ui.label("under");
                let field = Number {
                    name: "Convenor under so many million people",
                    range: 0.01..=2000.0,
                    decimals: 2,
                    suffix: " m people",
                    ..Number::default()
                };
                if let Some(millions) = field.ui(ui, *people / 1e6) {
                    *people = millions * 1e6;
                }
            });
        }
        Convening::Listed(listed) => countries_ui(ui, app, "May convene", listed, commands),
    }
}

fn among_ui(ui: &mut Ui, app: &App, next: &mut Asking, commands: &mut Vec<Command>) {
    #[derive(PartialEq)]
    enum From {
        All,
        Grouping(crate::model::GroupingId),
        Bundle(usize),
        Picked,
        List,
    }
    let picked = app.acting().countries;
    let mut options = vec![option(From::All, "all countries")];
    options.extend(
        app.workspace().groupings.iter().map(|of| option(From::Grouping(of.id), format!("members of {}", of.name))),
    );
    if !picked.is_empty() {
        options.push(option(From::Picked, format!("the {} picked countries", picked.len())));
    }
    options.push(option(From::List, "a list of my own"));
    options
        .extend(app.atlas().bodies.iter().enumerate().map(|(at, body)| option(From::Bundle(at), body.label.clone())));
    let place = Place { salt: "search candidates", name: "Members from", width: 220.0 };
    if let Some(from) = choose(ui, &place, &next.among.words, None, options) {
        let listed = |words: String, countries| Among { words, countries: Some(countries) };
        next.among = match from {
            From::All => Among { words: "all countries".to_owned(), countries: None },
            From::Grouping(id) => match app.workspace().grouping(id) {
                Some(of) => {
                    let voters = of.seats.iter().filter(|seat| seat.role.votes()).map(|seat| seat.country).collect();
                    listed(format!("members of {}", of.name), voters)
                }
                None => return,
            },
            From::Bundle(at) => listed(app.atlas().bodies[at].label.clone(), bundle_members(app, at)),
            From::Picked => listed(format!("{} picked countries", picked.len()), picked),
            From::List => listed("a list of my own".to_owned(), next.among.countries.clone().unwrap_or_default()),
        };
    }
    if let Some(countries) = &mut next.among.countries {
        let before = countries.clone();
        countries_ui(ui, app, "Members from", countries, commands);
        if *countries != before {
            "a list of my own".clone_into(&mut next.among.words);
        }
    }
}

/// A list of countries: chips that a click takes out, a field that takes names and lists, and a place to drop others.
fn countries_ui(ui: &mut Ui, app: &App, what: &str, list: &mut Vec<CountryId>, commands: &mut Vec<Command>) {
    const MANY: usize = 24;
    let t = theme::tokens(ui);
    let mut add: Vec<CountryId> = Vec::new();
    let carried = drag::payload(ui.ctx());
    let stroke = if carried.is_some() { egui::Stroke::new(1.0, t.accent) } else { egui::Stroke::NONE };
    let frame = egui::Frame::new().stroke(stroke).corner_radius(4).inner_margin(2);
    let shown = frame.show(ui, |ui| {
        ui.set_max_width(300.0);
        if !list.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(4.0, 3.0);
                let mut out = None;
                for country in list.iter().take(MANY) {
                    let words = app.atlas().country(*country).map_or_else(
                        || country.to_string(),
                        |of| {
                            if list.len() > 6 {
                                format!("{} {}", of.flag(), of.id)
                            } else {
                                format!("{} {}", of.flag(), of.name)
                            }
                        },
                    );
                    let chip = ui.add(Button::new(RichText::new(format!("{words} ×")).small()));
                    name(&chip, egui::Role::Button, &format!("{what}: take out {}", app.atlas().name(*country)));
                    if chip.on_hover_text(format!("{}: a click takes it out", app.atlas().name(*country))).clicked() {
                        out = Some(*country);
                    }
                }
                if list.len() > MANY {
                    ui.weak(format!("and {} more", list.len() - MANY));
                }
                list.retain(|country| Some(*country) != out);
            });
        }
        let id = ui.scope_id().with(("typed", what));
        let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let hint = "name or list, then Enter";
        let label = format!("Add to: {what}");
        let written = Field { salt: what, hint, name: &label, width: 170.0 }.ui(ui, &mut text, false);
        if written.entered && !text.trim().is_empty() {
            let names = &app.atlas().names;
            if let Meant::One(country) = names.meant(text.trim()) {
                add.push(country);
                text.clear();
            } else if let Some(found) = names.list(&text).filter(|found| !found.found.is_empty()) {
                let mut left: Vec<String> = found.not_understood.clone();
                left.extend(found.uncertain.iter().map(|(text, _)| text.clone()));
                add.extend(&found.found);
                // What is not understood stays in the field.
                text = left.join(", ");
                if !left.is_empty() {
                    commands.push(Command::Tell(format!("Not understood, and left in the field: {text}.")));
                }
            } else {
                commands.push(Command::Tell(format!("“{}” is no country: type its name or code.", text.trim())));
            }
            written.response.request_focus();
        }
        ui.data_mut(|data| data.insert_temp(id, text));
    });
    let area = ui.interact(shown.response.rect, ui.scope_id().with(("drop", what)), Sense::hover());
    if let Some(carried) = area.dnd_release_payload::<drag::Carried>() {
        add.extend(&carried.picked.countries);
    }
    for country in add {
        if !list.contains(&country) {
            list.push(country);
        }
    }
}

fn size_ui(ui: &mut Ui, size: &mut [u32; 2]) {
    let [least, most] = *size;
    let field =
        |name, range| Number { name, kind: NumberKind::Whole, range, decimals: 0, speed: 0.1, ..Number::default() };
    if let Some(value) = field("Least number of members", 1.0..=202.0).ui(ui, f64::from(least)) {
        let value: u32 = whole(value);
        *size = [value, most.max(value)];
    }
    ui.label("to");
    if let Some(value) = field("Greatest number of members", 1.0..=202.0).ui(ui, f64::from(most)) {
        let value: u32 = whole(value);
        *size = [least.min(value), value];
    }
    ui.weak("members, the convenor counted");
}

fn objectives_ui(ui: &mut Ui, objectives: &mut Vec<Objective>) {
    ui.horizontal_wrapped(|ui| {
        for objective in Objective::ALL {
            let mut is_on = objectives.contains(&objective);
            let room = is_on || objectives.len() < 3;
            let text = objective.measure().label;
            let response = ui.add_enabled(room, egui::Checkbox::new(&mut is_on, text));
            if response.on_disabled_hover_text("At most three at once.").changed() {
                objectives.retain(|other| *other != objective);
                if is_on {
                    objectives.push(objective);
                }
            }
        }
    });
}

fn bounds_ui(ui: &mut Ui, next: &mut Asking) {
    ui.spacing_mut().item_spacing.y = 2.0;
    for (bound, of) in BOUNDS {
        let (what, words, at_first) = match bound {
            "legitimacy_above" => ("legitimacy", "above", 50.0),
            "cost_below" => ("cost", "below", 80.0),
            "deadlock_below" => ("deadlock risk", "below", 40.0),
            "reach_above" => ("reach", "above", 20.0),
            "microlateral_above" => ("microlateral fit", "above", 60.0),
            _ => ("exclusion needed", "below", 50.0),
        };
        ui.horizontal(|ui| {
            let value = of(&mut next.bounds);
            let mut is_on = value.is_some();
            if ui.checkbox(&mut is_on, format!("{what} {words}")).changed() {
                *value = is_on.then_some(at_first);
            }
            if let Some(number) = value {
                let label = format!("Bound: {what} {words}");
                let is_share = ["deadlock_below", "reach_above", "exclusion_below"].contains(&bound);
                let suffix = if is_share { " %" } else { "" };
                let kind = if is_share { NumberKind::Percent } else { NumberKind::Any };
                let field = Number {
                    name: &label,
                    kind,
                    range: 0.0..=1000.0,
                    decimals: 1,
                    speed: 0.5,
                    suffix,
                    ..Number::default()
                };
                if let Some(to) = field.ui(ui, *number) {
                    *number = to;
                }
            }
        });
    }
}
