//! Suggestions: up to five moves towards a target, each an edit away.

use std::sync::Arc;

use eframe::egui::{self, Button, CollapsingHeader, RichText, Ui, Vec2};

use super::move_tip::tip_ui;
use super::number::Number;
use super::{name, theme};
use crate::analysis::measures::{self, Measure};
use crate::analysis::suggest::{Suggestion, Target, proven_until, suggest_until};
use crate::analysis::{Case, Real};
use crate::app::{App, Command, Evaluated, FAULT, Later, fault_words};
use crate::chart;
use crate::data::CountryId;
use crate::model::NumberKind;

/// What a suggestion depends on.
type Question = (Case, [Option<Real>; 3], Vec<CountryId>);

/// What the panel keeps between frames.
#[derive(Default)]
pub struct SuggestView {
    aims: [Option<f64>; 3],
    locked: Vec<CountryId>,
    asked: Option<Question>,
    /// Down to which step the moves are looked at, of which question.
    chosen: Option<(Question, usize)>,
    answers: Later<Question, Suggestion>,
    proofs: Later<Question, Suggestion>,
}

/// An aim: its words, the measure, and the value it has at first.
const AIMS: [(&str, &Measure, f64); 3] = [
    ("deadlock risk below", &measures::DEADLOCK, 40.0),
    ("reach above", &measures::REACH, 40.0),
    ("legitimacy above", &measures::LEGITIMACY, 60.0),
];

/// The section of the panel.
pub fn suggest_ui(ui: &mut Ui, app: &App, now: &Evaluated, view: &mut SuggestView, commands: &mut Vec<Command>) {
    let title = theme::strong("Suggest moves towards a target", theme::BODY);
    CollapsingHeader::new(title).id_salt("suggest").show(ui, |ui| {
        aims_ui(ui, view);
        locked_ui(ui, app, view);
        let question = question(now, view);
        let possible = view.aims.iter().any(Option::is_some);
        if ui.add_enabled(possible, Button::new("Suggest")).on_disabled_hover_text("choose an aim first").clicked() {
            view.asked = Some(question.clone());
        }
        if view.asked.as_ref() == Some(&question) {
            match answer(app, view, &question) {
                Some(found) => {
                    let proven = proven(app, view, &question, &found);
                    let is_proving = proven.is_none() && !view.proofs.has_failed(&question);
                    let found = proven.unwrap_or(found);
                    steps_ui(ui, app, now, (&found, is_proving), (view, &question), commands);
                }
                None if view.answers.has_failed(&question) => {
                    ui.weak(FAULT);
                }
                None => {
                    ui.weak("Looking for moves…");
                }
            }
        }
        if let Some(why) = view.answers.take_fault().or_else(|| view.proofs.take_fault()) {
            commands.push(Command::TellFault(fault_words("A suggestion of moves", &why)));
        }
    });
}

fn aims_ui(ui: &mut Ui, view: &mut SuggestView) {
    for ((words, measure, first), aim) in AIMS.into_iter().zip(&mut view.aims) {
        ui.horizontal(|ui| {
            let mut wanted = aim.is_some();
            if ui.checkbox(&mut wanted, words).changed() {
                *aim = wanted.then_some(first);
            }
            if let Some(aim) = aim {
                let suffix = if measure.unit.is_empty() { String::new() } else { format!(" {}", measure.unit) };
                let kind = if measure.unit == "%" { NumberKind::Percent } else { NumberKind::Any };
                let (range, suffix) = (0.0..=100.0, suffix.as_str());
                let field = Number { name: words, kind, range, decimals: 1, speed: 0.5, suffix, ..Number::default() };
                if let Some(next) = field.ui(ui, *aim) {
                    *aim = next;
                }
            }
        });
    }
}

/// The seats that must stay as they are.
fn locked_ui(ui: &mut Ui, app: &App, view: &mut SuggestView) {
    ui.horizontal_wrapped(|ui| {
        let picked = app.acting().countries;
        let lock = Button::new("Lock the selected countries");
        let hint = "select countries in the list or on the card first";
        if ui.add_enabled(!picked.is_empty(), lock).on_disabled_hover_text(hint).clicked() {
            for id in picked {
                if !view.locked.contains(&id) {
                    view.locked.push(id);
                }
            }
        }
        let mut freed = None;
        for id in &view.locked {
            let label =
                app.atlas().country(*id).map_or_else(|| id.to_string(), |c| format!("{} {}  ×", c.flag(), c.name));
            let chip = ui.button(label).on_hover_text("locked: click to free it");
            name(&chip, egui::Role::Button, &format!("Free {}", app.atlas().name(*id)));
            if chip.clicked() {
                freed = Some(*id);
            }
        }
        if let Some(freed) = freed {
            view.locked.retain(|id| *id != freed);
        }
    });
}

fn question(now: &Evaluated, view: &SuggestView) -> Question {
    (now.case.clone(), view.aims.map(|aim| aim.map(Real::from)), view.locked.clone())
}

fn answer(app: &App, view: &SuggestView, question: &Question) -> Option<Arc<Suggestion>> {
    let (engine, (case, _, locked)) = (app.engine.clone(), question.clone());
    let [deadlock_below, reach_above, legitimacy_above] = view.aims;
    let target = Target { deadlock_below, reach_above, legitimacy_above };
    view.answers.ask(question, &app.wake(), move |cancel| {
        let locked: Vec<usize> = locked.iter().filter_map(|id| engine.atlas.actor(*id)).collect();
        suggest_until(&engine, &case, &target, &locked, cancel)
    })
}

/// The same, once it is proven how few moves there must be.
fn proven(app: &App, view: &SuggestView, question: &Question, found: &Arc<Suggestion>) -> Option<Arc<Suggestion>> {
    let (engine, (case, _, locked), found) = (app.engine.clone(), question.clone(), found.clone());
    let [deadlock_below, reach_above, legitimacy_above] = view.aims;
    let target = Target { deadlock_below, reach_above, legitimacy_above };
    view.proofs.ask(question, &app.wake(), move |cancel| {
        let locked: Vec<usize> = locked.iter().filter_map(|id| engine.atlas.actor(*id)).collect();
        proven_until(&engine, &case, &target, &locked, &found, cancel)
    })
}

fn steps_ui(
    ui: &mut Ui,
    app: &App,
    now: &Evaluated,
    (found, is_proving): (&Suggestion, bool),
    (view, question): (&mut SuggestView, &Question),
    commands: &mut Vec<Command>,
) {
    let words = match (found.met, found.steps.len()) {
        (true, 0) => "The target is met already.".to_owned(),
        (true, 1) => "1 move meets the target.".to_owned(),
        (true, n) => format!("{} meet the target.", chart::count(n, "move")),
        (false, 0) => "No move helps. Try another aim, or free a country.".to_owned(),
        (false, n) => format!("Not reached: the best {} come closest.", chart::count(n, "move")),
    };
    ui.label(words);
    // Its room is there from the start.
    let proof = match found.proof_words() {
        _ if is_proving => "Looking whether fewer changes do it…",
        Some(words) => words,
        None if found.is_fewest() => "No fewer can be.",
        None => "Whether fewer changes do it is not proven.",
    };
    ui.label(RichText::new(proof).small().weak());
    let t = theme::tokens(ui);
    // All of them, unless a line was chosen.
    let chosen = view.chosen.as_ref().filter(|(of, _)| of == question).map(|(_, at)| *at);
    let last = chosen.unwrap_or(usize::MAX).min(found.steps.len().saturating_sub(1));
    for (at, step) in found.steps.iter().enumerate() {
        let words = step.change.words(app.atlas());
        let figures: Vec<String> =
            AIMS.iter().map(|(_, measure, _)| chart::figure(measure, step.estimates.get(measure))).collect();
        let button = Button::new(format!("{}. {words}", at + 1))
            .right_text(RichText::new(figures.join(" · ")).small().color(t.muted))
            .truncate()
            .selected(at <= last)
            .min_size(Vec2::new(ui.available_width(), 25.0));
        let response = ui.add(button);
        if response.clicked() {
            view.chosen = Some((question.clone(), at));
        }
        response.on_hover_ui(|ui| tip_ui(ui, now, &words, &found.start, &step.estimates));
    }
    if !found.steps.is_empty() {
        let words = if last == 0 { "Make the first move".to_owned() } else { format!("Make moves 1 to {}", last + 1) };
        if ui.button(words).on_hover_text("A click on a line chooses how far").clicked() {
            let edits = found.steps[..=last].iter().filter_map(|step| app.edit_of(step.change)).collect();
            commands.push(Command::Steps(edits));
        }
        ui.label(
            RichText::new("Each line ends with deadlock risk, reach and legitimacy after the move.").small().weak(),
        );
    }
}
