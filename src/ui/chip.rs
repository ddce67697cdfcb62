//! A country as a chip: the thing that is clicked, dragged and asked for its menu.

use eframe::egui::{self, Button, Response, Sense, Stroke, TextWrapMode, Ui, WidgetInfo};

use super::choose::focus_ring;
use super::{drag, marquee, theme};
use crate::app::{App, Command, Named, Picked};
use crate::data::CountryId;
use crate::model::{Edit, Grouping, Role, Shift};

/// A chip on a card.
pub fn chip_ui(ui: &mut Ui, app: &App, grouping: &Grouping, country: CountryId, commands: &mut Vec<Command>) {
    let Some(seat) = grouping.seat(country) else { return };
    let t = theme::tokens(ui);
    let on = Some(grouping.id);
    let is_picked = app.session.picked.on == on && app.session.picked.countries.contains(&country);
    let (flag, name) = app
        .atlas()
        .country(country)
        .map_or_else(|| (String::new(), format!("{country}, unknown")), |known| (known.flag(), known.name.clone()));
    let backing = if seat.backing < 1.0 { format!("  {:.0} %", seat.backing * 100.0) } else { String::new() };
    let text = if flag.is_empty() { format!("{name}{backing}") } else { format!("{flag} {name}{backing}") };
    let chip = Button::new(text)
        .sense(Sense::click_and_drag())
        .wrap_mode(TextWrapMode::Extend)
        .fill(if is_picked { t.selection } else { t.panel })
        .stroke(Stroke::new(1.0, if is_picked { t.accent } else { t.hairline }))
        .corner_radius(5)
        .min_size(egui::Vec2::new(0.0, 25.0));
    let response = ui.add(chip);
    marquee::chip_is_at(ui, grouping.id, country, response.rect);
    let label = format!("{name}, {} of {}", seat.role.word(), grouping.name);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_picked, &label));
    focus_ring(ui, &response);
    drag::source(&response, || drag::carried(app, country, on));
    if response.clicked() {
        commands.push(Command::Pick(pick(ui, app, country, on)));
    }
    chip_menu(&response, app, grouping, country, commands);
    if seat.backing < 1.0 {
        response.on_hover_text(format!(
            "domestic backing {:.0} %: the chance that a yes survives at home",
            seat.backing * 100.0
        ));
    }
}

/// What a click picks: one country, or with Ctrl one more or one fewer.
fn pick(ui: &Ui, app: &App, country: CountryId, on: Option<crate::model::GroupingId>) -> Picked {
    let more = ui.input(|input| input.modifiers.command || input.modifiers.shift);
    let before = &app.session.picked;
    if !more || before.on != on {
        return Picked { on, countries: vec![country] };
    }
    let mut countries = before.countries.clone();
    if let Some(at) = countries.iter().position(|picked| *picked == country) {
        countries.remove(at);
    } else {
        countries.push(country);
    }
    Picked { on, countries }
}

/// Everything that dragging the chip does, as a menu.
fn chip_menu(response: &Response, app: &App, grouping: &Grouping, country: CountryId, commands: &mut Vec<Command>) {
    response.context_menu(|ui| {
        let carried = drag::carried(app, country, Some(grouping.id));
        let countries = carried.picked.countries;
        ui.label(theme::strong(carried.words, theme::BODY));
        ui.separator();
        for (role, named) in [
            (Role::Convenor, Named::MakeConvenor),
            (Role::Member, Named::MakeMember),
            (Role::Observer, Named::MakeObserver),
        ] {
            let shift =
                Shift { countries: countries.clone(), from: Some(grouping.id), into: grouping.id, role: Some(role) };
            let edit = Edit::Place(shift);
            let possible = edit.check(app.workspace()).is_ok();
            let entry = named.entry();
            let button = Button::new(entry.label).shortcut_text(entry.keys.first().copied().unwrap_or_default());
            if ui.add_enabled(possible, button).clicked() {
                commands.push(Command::Edit(edit));
            }
        }
        for (title, copy) in [("Move to", false), ("Copy to", true)] {
            ui.menu_button(title, |ui| {
                let others = app.workspace().groupings.iter().filter(|other| other.id != grouping.id);
                let mut any = false;
                for other in others {
                    any = true;
                    let from = if copy { None } else { Some(grouping.id) };
                    let shift = Shift { countries: countries.clone(), from, into: other.id, role: None };
                    let edit = Edit::Place(shift);
                    let possible = edit.check(app.workspace());
                    let button = ui.add_enabled(possible.is_ok(), Button::new(&other.name));
                    if let Err(refusal) = &possible {
                        button.on_disabled_hover_text(refusal.sentence(app.atlas()));
                    } else if button.clicked() {
                        commands.push(Command::Edit(edit));
                    }
                }
                if !any {
                    ui.weak("no other grouping");
                }
            });
        }
        ui.separator();
        let entry = Named::RemovePicked.entry();
        let remove = Button::new(entry.label).shortcut_text(entry.keys.first().copied().unwrap_or_default());
        if ui.add(remove).clicked() {
            commands.push(Command::Edit(Edit::Remove(grouping.id, countries)));
        }
    });
}
