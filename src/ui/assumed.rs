//! The assumptions of the workspace: each with its default, marked where it differs from it, and what rests on judgement.

use eframe::egui::{Button, Grid, RichText, Ui, Vec2};

use super::actors::actor_combo;
use super::choose::{Place, choose, option};
use super::number::{self, Number};
use super::{name, theme};
use crate::app::{App, Command};
use crate::chart::assumed::{NUMBERS, burden_words};
use crate::model::{Assumptions, Burden, Edit};

/// Pushes a change of the assumptions.
pub fn assume(
    ui: &Ui,
    app: &App,
    what: &'static str,
    change: impl FnOnce(&mut Assumptions),
    commands: &mut Vec<Command>,
) {
    let mut assumptions = (*app.workspace().assumptions).clone();
    change(&mut assumptions);
    commands.push(number::edit(ui, Edit::Assume(Box::new(assumptions), what)));
}

/// The mark of an assumption that differs from its default; whether it is to be reset.
pub fn changed_ui(ui: &mut Ui, what: &str, now: f64, default: f64) -> bool {
    if (now - default).abs() <= 1e-12 * default.abs().max(1.0) {
        return false;
    }
    let t = theme::tokens(ui);
    let reset = ui.add(Button::new(RichText::new("changed ×").small().color(t.warning)).small());
    name(&reset, eframe::egui::Role::Button, &format!("Reset {what}"));
    reset.on_hover_text(format!("The default is {}. A click resets it.", crate::chart::quantity(default))).clicked()
}

/// How many of the assumptions behind figures differ from their defaults.
#[must_use]
pub fn changed(assumptions: &Assumptions) -> usize {
    let defaults = assumptions.reset();
    let differs = |get: &dyn Fn(&Assumptions) -> f64| get(assumptions).to_bits() != get(&defaults).to_bits();
    let numbers = NUMBERS.iter().filter(|assumed| differs(&assumed.get)).count();
    let weights = crate::model::Component::ALL.into_iter().filter(|one| differs(&|a| a.weights.of(*one))).count();
    let programmes = assumptions
        .programme
        .iter()
        .filter(|(issue, value)| defaults.programme_of(**issue).to_bits() != value.to_bits())
        .count();
    let burden = usize::from(assumptions.burden != defaults.burden);
    numbers + weights + programmes + burden + usize::from(assumptions.a_priori)
}

/// All of them, each with its mark.
pub fn assumptions_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    let now = &app.workspace().assumptions;
    let defaults = now.reset();
    Grid::new("assumptions").num_columns(2).spacing(Vec2::new(16.0, 4.0)).show(ui, |ui| {
        actors_ui(ui, app, now, commands);
        for assumed in &NUMBERS {
            let dagger = if assumed.is_unsourced() { " †" } else { "" };
            let label = ui.label(format!("{}{dagger}", assumed.name)).on_hover_text(assumed.tip);
            let (low, high) = assumed.range;
            let field =
                Number { label: Some(label.id), range: low..=high, speed: (high - low) / 400.0, ..Number::default() };
            let value = (assumed.get)(now);
            ui.horizontal(|ui| {
                if let Some(next) = field.edit_ui(ui, value) {
                    assume(ui, app, assumed.what, |assumptions| (assumed.set)(assumptions, next), commands);
                }
                let default = (assumed.get)(&defaults);
                if changed_ui(ui, assumed.name, value, default) {
                    assume(ui, app, assumed.what, |assumptions| (assumed.set)(assumptions, default), commands);
                }
            });
            ui.end_row();
        }
    });
    let words = "† rests on judgement: no source gives it.";
    ui.label(RichText::new(words).small().weak());
    if **now != defaults && ui.button("Reset to defaults").clicked() {
        assume(ui, app, "assumptions", |assumptions| *assumptions = defaults, commands);
    }
}

fn actors_ui(ui: &mut Ui, app: &App, now: &Assumptions, commands: &mut Vec<Command>) {
    ui.label("Sponsor").on_hover_text("the capital whose costs are watched, the same for every grouping");
    if let Some(id) = actor_combo(ui, app, "Sponsor", now.sponsor) {
        assume(ui, app, "sponsor", |assumptions| assumptions.sponsor = id, commands);
    }
    ui.end_row();
    ui.label("Rival").on_hover_text("whose leverage over members is watched");
    if let Some(id) = actor_combo(ui, app, "Rival", now.rival) {
        assume(ui, app, "rival", |assumptions| assumptions.rival = id, commands);
    }
    ui.end_row();
    for (at, name) in ["First pole", "Second pole"].into_iter().enumerate() {
        ui.label(name).on_hover_text("one of the two great powers between which an honest broker stands");
        if let Some(id) = actor_combo(ui, app, name, now.poles[at]) {
            assume(ui, app, "poles", |assumptions| assumptions.poles[at] = id, commands);
        }
        ui.end_row();
    }
    ui.label("Burden shared by");
    let words = burden_words;
    let place = Place { salt: "burden", name: "Burden shared by", width: 170.0 };
    let options = [Burden::Assessment, Burden::Equal, Burden::Gdp].map(|burden| {
        let label = words(&burden);
        option(burden, label)
    });
    if let Some(burden) = choose(ui, &place, words(&now.burden), Some(&now.burden), options) {
        assume(ui, app, "burden sharing", |assumptions| assumptions.burden = burden, commands);
    }
    ui.end_row();
}
