//! The inspector: what the figures of the selected grouping are made of, and the figures of a country.

use eframe::egui::{self, CollapsingHeader, Grid, ProgressBar, RichText, ScrollArea, TextEdit, Ui, Vec2, WidgetInfo};

use super::assumed::{assume, assumptions_ui, changed_ui};
use super::facts::mandate_ui;
use super::number::{self, Number};
use super::section::{CAUTIONS, RULE, section, section_of};
use super::{about, adds, country, payers, roll_call, rule_editor, theme};
use crate::analysis::{Caution, Cost, Deadlock, Legitimacy, Microlateral, cautions, measures};
use crate::app::{App, Command, Evaluated};
use crate::chart::{self, CostFigure, Factor, Figure, MemberFigure};
use crate::model::{Assumptions, Component, DecisionRule, Edit, NumberKind};

/// What the inspector keeps between frames.
#[derive(Debug, Default)]
pub struct InspectorView {
    /// Whether notes are being written: what is typed until the field is left is one step to undo.
    pub is_writing: bool,
    /// The section to open, bring into view and put the keyboard on, once.
    pub goto: Option<&'static str>,
}

/// The panel.
pub fn inspector_ui(ui: &mut Ui, app: &App, view: &mut InspectorView, commands: &mut Vec<Command>) {
    let area = ScrollArea::vertical().auto_shrink(false).id_salt("inspector");
    area.content_margin(egui::Margin { right: 10, ..egui::Margin::ZERO }).show(ui, |ui| {
        let is_call = roll_call::roll_call_ui(ui, app, commands);
        if is_call {
            ui.add_space(12.0);
        }
        if let [one] = app.session.picked.countries.as_slice() {
            country::country_ui(ui, app, *one);
            ui.add_space(8.0);
            ui.separator();
        }
        if is_call {
            return;
        }
        let Some(evaluated) = app.session.view.selected.and_then(|id| app.results.of(id)) else {
            ui.weak("Select a grouping or a country to see what its figures are made of.");
            return;
        };
        grouping_ui(ui, app, evaluated, view, commands);
    });
}

fn grouping_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, view: &mut InspectorView, commands: &mut Vec<Command>) {
    let (grouping, report) = (&*evaluated.grouping, &*evaluated.report);
    ui.label(theme::strong(format!("{}  {}", grouping.letter(), grouping.name), theme::TITLE));
    section(ui, "Legitimacy", true, |ui| match &report.legitimacy {
        Ok(legitimacy) => legitimacy_ui(ui, app, evaluated, legitimacy, commands),
        Err(reason) => undefined_ui(ui, reason),
    });
    section(ui, "Cost", true, |ui| match &report.cost {
        Ok(cost) => cost_ui(ui, app, evaluated, cost, commands),
        Err(reason) => undefined_ui(ui, reason),
    });
    section(ui, "Deadlock risk and reach", true, |ui| match &report.deadlock {
        Ok(deadlock) => deadlock_ui(ui, app, evaluated, deadlock, commands),
        Err(reason) => undefined_ui(ui, reason),
    });
    section(ui, "Microlateral fit", true, |ui| match &report.microlateral {
        Ok(fit) => fit_ui(ui, app, evaluated, fit, commands),
        Err(reason) => undefined_ui(ui, reason),
    });
    section(ui, "What each member adds", false, |ui| adds::adds_ui(ui, app, evaluated, commands));
    section(ui, "What stops proposals", false, |ui| adds::failing_ui(ui, app, evaluated));
    let open = matches!(grouping.rule, DecisionRule::Custom(_));
    section_of(ui, &mut view.goto, RULE, RULE, open, |ui| {
        rule_editor::rule_ui(ui, app, grouping, commands);
        mandate_ui(ui, grouping, commands);
    });
    section(ui, "Domestic backing", false, |ui| backing_ui(ui, app, evaluated, commands));
    section(ui, "Assumptions of the workspace", false, |ui| assumptions_ui(ui, app, commands));
    let found = cautions(&report.flags, app.atlas());
    let title = format!("{CAUTIONS} ({})", found.len());
    section_of(ui, &mut view.goto, CAUTIONS, &title, false, |ui| {
        for caution in &found {
            caution_ui(ui, app, caution);
        }
        if found.is_empty() {
            ui.weak("Every figure used is published.");
        }
    });
    section(ui, "Notes", !grouping.notes.is_empty(), |ui| notes_ui(ui, evaluated, view, commands));
}

/// A caution, with those that it is about to unfold.
fn caution_ui(ui: &mut Ui, app: &App, caution: &Caution) {
    let words = RichText::new(&caution.words).small();
    if caution.actors.is_empty() {
        ui.add(egui::Label::new(words).wrap());
        return;
    }
    CollapsingHeader::new(words).id_salt(&caution.words).show(ui, |ui| {
        let names: Vec<String> = caution.actors.iter().map(|id| app.atlas().name(*id)).collect();
        ui.add(egui::Label::new(RichText::new(names.join(", ")).small()).wrap());
    });
}

fn undefined_ui(ui: &mut Ui, reason: &dyn std::fmt::Display) {
    ui.weak(format!("Not defined: {reason}."));
}

/// How wide a bar is.
const BAR: f32 = 70.0;

/// A share as a bar in the colour of its grouping.
fn bar(ui: &mut Ui, share: f64, colour: u8, width: f32) {
    #[expect(clippy::cast_possible_truncation, reason = "a share for a bar")]
    let share = share.clamp(0.0, 1.0) as f32;
    let fill = theme::grouping(colour);
    ui.add(ProgressBar::new(share).desired_width(width).desired_height(8.0).fill(fill).corner_radius(2));
}

fn legitimacy_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, legitimacy: &Legitimacy, commands: &mut Vec<Command>) {
    /// What stands beside the bars.
    const BESIDE: f32 = 276.0;
    // On a narrow pane the bars make room for the weights.
    let width = (ui.available_width() - BESIDE).clamp(20.0, BAR);
    Grid::new("legitimacy").num_columns(5).spacing(Vec2::new(10.0, 3.0)).show(ui, |ui| {
        for head in ["component", "", "0–1", "points", "weight"] {
            ui.label(RichText::new(head).small().weak());
        }
        ui.end_row();
        for part in &legitimacy.parts {
            let label = ui.label(part.component.label()).on_hover_text(part.component.meaning());
            match part.value {
                Ok(value) => {
                    bar(ui, value, evaluated.grouping.colour, width);
                    let (figure, text) = (Figure::Component(part.component), format!("{value:.2}"));
                    about::figure_ui(ui, app, evaluated, (figure, &text), commands);
                    ui.label(format!("{:.1}", 100.0 * part.weight * value));
                }
                Err(reason) => {
                    ui.label("");
                    ui.label("–").on_hover_text(format!("Dropped: {reason}."));
                    ui.label("–");
                }
            }
            weight_ui(ui, app, part.component, label.id, commands);
            ui.end_row();
        }
        ui.label(theme::strong("Legitimacy", theme::BODY));
        ui.label("");
        ui.label("");
        let score = format!("{:.1}", legitimacy.score);
        about::figure_ui(ui, app, evaluated, (Figure::Measure(&measures::LEGITIMACY), &score), commands);
        ui.label(RichText::new("of 100").small().weak());
        ui.end_row();
    });
    let weights = &app.workspace().assumptions.weights;
    let sum: f64 = Component::ALL.into_iter().map(|component| weights.of(component)).sum();
    if (sum - 1.0).abs() > 1e-9 {
        let t = theme::tokens(ui);
        let words = if sum > 0.0 {
            format!("The weights sum to {}: each counts as its share of that.", chart::quantity(sum))
        } else {
            "All weights are 0: give at least one part a weight.".to_owned()
        };
        ui.add(egui::Label::new(RichText::new(words).small().color(t.warning)).wrap());
    }
}

fn weight_ui(ui: &mut Ui, app: &App, component: Component, label: egui::Id, commands: &mut Vec<Command>) {
    let weight = app.workspace().assumptions.weights.of(component);
    let field = Number { label: Some(label), range: 0.0..=1.0, speed: 0.005, ..Number::default() };
    ui.horizontal(|ui| {
        let set = |ui: &Ui, weight: f64, commands: &mut Vec<Command>| {
            assume(ui, app, "weights", |assumptions| *assumptions.weights.of_mut(component) = weight, commands);
        };
        if let Some(weight) = field.edit_ui(ui, weight) {
            set(ui, weight, commands);
        }
        let default = Assumptions::default().weights.of(component);
        if changed_ui(ui, component.label(), weight, default) {
            set(ui, default, commands);
        }
    });
}

fn line(ui: &mut Ui, name: &str, value: &str) {
    ui.label(name);
    ui.add(egui::Label::new(value).truncate()).on_hover_text(value);
    ui.end_row();
}

fn cost_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, cost: &Cost, commands: &mut Vec<Command>) {
    let issue = evaluated.grouping.issue;
    if cost.stays_out {
        let sponsor = app.atlas().name(evaluated.report.sponsor);
        ui.label(format!("{sponsor} does not vote here: it stays out, and pays only if the grouping fails."));
    }
    Grid::new("cost").num_columns(2).spacing(Vec2::new(16.0, 3.0)).show(ui, |ui| {
        let mut part = |ui: &mut Ui, name: RichText, figure: Figure, text: String| {
            ui.label(name);
            about::figure_ui(ui, app, evaluated, (figure, &text), commands);
            ui.end_row();
        };
        for (name, figure, value) in [
            ("Coordination", CostFigure::Coordination, cost.coordination),
            ("Own share of the programme", CostFigure::OwnShare, cost.own_share),
            ("Fallback: going alone after a deadlock", CostFigure::Fallback, cost.fallback),
        ] {
            part(ui, RichText::new(name), Figure::Cost(figure), format!("{value:.2}"));
        }
        let whole = theme::strong("Cost, going alone = 100", theme::BODY);
        part(ui, whole, Figure::Measure(&measures::COST), format!("{:.1}", cost.index));
        // An open-ended mandate is counted as 240 months.
        let open = evaluated.grouping.mandate.months.is_none();
        for (name, figure) in [
            ("Expected, a year", CostFigure::Yearly),
            (if open { "Expected, 20 years" } else { "Expected, whole mandate" }, CostFigure::Mandate),
            ("Coordination of all members, a year", CostFigure::CoordinationYearly),
            (
                if open { "Coordination, 20 years" } else { "Coordination, whole mandate" },
                CostFigure::CoordinationMandate,
            ),
        ] {
            let value = Figure::Cost(figure).value(&evaluated.report).map_or_else(String::new, chart::money);
            part(ui, RichText::new(name), Figure::Cost(figure), value);
        }
        let dagger = if issue.programme_source().is_none() { " †" } else { "" };
        let label =
            ui.label(format!("Programme, US$ million a year{dagger}")).on_hover_text(match issue.programme_source() {
                Some(source) => format!("Default {}: {source}.", issue.default_programme()),
                None => format!("Default {}: an assumption without a source.", issue.default_programme()),
            });
        let default = issue.default_programme();
        let programme = app.workspace().assumptions.programme_of(issue);
        let field = Number { label: Some(label.id), range: 1.0..=1e7, speed: programme / 100.0, ..Number::default() };
        ui.horizontal(|ui| {
            let mut set = |ui: &Ui, value: f64| {
                assume(
                    ui,
                    app,
                    "programme",
                    |assumptions| {
                        assumptions.programme.insert(issue, value);
                    },
                    commands,
                );
            };
            if let Some(programme) = field.edit_ui(ui, programme) {
                set(ui, programme);
            }
            if changed_ui(ui, "programme", programme, default) {
                set(ui, default);
            }
        });
        ui.end_row();
    });
    let payers = CollapsingHeader::new("What each member pays").id_salt("payers");
    payers.show(ui, |ui| payers::payers_ui(ui, app, evaluated, cost, commands));
}

fn deadlock_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, deadlock: &Deadlock, commands: &mut Vec<Command>) {
    Grid::new("deadlock").num_columns(2).spacing(Vec2::new(16.0, 3.0)).show(ui, |ui| {
        ui.label("One question fails");
        let single = format!("{:.1} %", deadlock.single);
        about::figure_ui(ui, app, evaluated, (Figure::OneQuestion, &single), commands);
        ui.end_row();
        ui.label(theme::strong("The mandate fails", theme::BODY));
        let risk = format!("{:.1} %", deadlock.risk);
        about::figure_ui(ui, app, evaluated, (Figure::Measure(&measures::DEADLOCK), &risk), commands);
        ui.end_row();
        match evaluated.report.value(&measures::REACH) {
            Ok(reach) => {
                ui.label(theme::strong("Reach: tabled and passed", theme::BODY));
                let reach = format!("{reach:.1} %");
                about::figure_ui(ui, app, evaluated, (Figure::Measure(&measures::REACH), &reach), commands);
                ui.end_row();
            }
            Err(reason) => line(ui, "Reach: tabled and passed", &format!("not defined: {reason}")),
        }
        if !evaluated.report.a_priori {
            line(ui, "Rests on", &deadlock.rests_on());
        }
        if let Some(units) = deadlock.units {
            line(ui, "Weights rounded to", &format!("{units} units"));
            let moves = deadlock.error_bound.map_or("not known yet".to_owned(), |bound| format!("{bound:.2} points"));
            line(ui, "which moves deadlock risk by at most", &moves);
        }
    });
    let mut coin = app.workspace().assumptions.a_priori;
    let words = "A priori: the rule alone, every vote a coin flip";
    if ui.checkbox(&mut coin, words).changed() {
        assume(ui, app, "a-priori mode", |assumptions| assumptions.a_priori = coin, commands);
    }
    if deadlock.parts.is_empty() {
        return;
    }
    let title =
        if deadlock.parts.len() == 1 { "What the convenor brings about" } else { "By who tables the proposals" };
    CollapsingHeader::new(title).id_salt("by convenor").show(ui, |ui| {
        let mut parts = deadlock.parts.clone();
        parts.sort_by(|a, b| b.reach.total_cmp(&a.reach));
        Grid::new("parts").num_columns(4).striped(true).spacing(Vec2::new(12.0, 2.0)).show(ui, |ui| {
            for head in ["convenor", "tables", "one fails", "reach"] {
                ui.label(RichText::new(head).small().weak());
            }
            ui.end_row();
            for part in &parts {
                let country = &app.atlas().countries[part.actor];
                ui.label(format!("{} {}", country.flag(), country.name));
                let convening = Figure::Member(MemberFigure::Convening, part.actor);
                for share in [part.tables, part.deadlock, part.reach] {
                    let share = format!("{:.1} %", share * 100.0);
                    about::figure_ui(ui, app, evaluated, (convening, &share), commands);
                }
                ui.end_row();
            }
        });
    });
}

fn fit_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, fit: &Microlateral, commands: &mut Vec<Command>) {
    Grid::new("fit").num_columns(3).spacing(Vec2::new(10.0, 3.0)).show(ui, |ui| {
        let mut factor = |factor: Factor, value: Option<f64>, meaning: &str| {
            let figure = Figure::Factor(factor);
            ui.label(figure.label()).on_hover_text(meaning);
            bar(ui, value.unwrap_or(0.0), evaluated.grouping.colour, BAR);
            let text = value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
            about::figure_ui(ui, app, evaluated, (figure, &text), commands);
            ui.end_row();
        };
        factor(
            Factor::SmallLead,
            fit.small_lead,
            "mean smallness of those who convene; 0.5 at 25 million people (an assumption)",
        );
        factor(
            Factor::Participation,
            Some(fit.participation),
            "share of world GDP held by members that do not convene, full at one half",
        );
        factor(Factor::Niche, Some(fit.niche), "1 divided by the number of questions");
        factor(Factor::TimeBound, Some(fit.timebound), "24 divided by the months, at most 1");
        ui.label(theme::strong("Microlateral fit", theme::BODY));
        ui.label("");
        let score = format!("{:.1}", fit.score);
        about::figure_ui(ui, app, evaluated, (Figure::Measure(&measures::MICROLATERAL), &score), commands);
        ui.end_row();
    });
}

fn backing_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, commands: &mut Vec<Command>) {
    ui.weak("The chance that a yes survives at home: ratification, legislature.");
    let grouping = &evaluated.grouping;
    // What is typed belongs to this grouping.
    Grid::new(("backing", grouping.id, app.document_number())).num_columns(2).spacing(Vec2::new(16.0, 3.0)).show(
        ui,
        |ui| {
            for seat in grouping.seats.iter().filter(|seat| seat.role.votes()) {
                let label = ui.label(app.atlas().name(seat.country));
                let percent = seat.backing * 100.0;
                let (kind, range) = (NumberKind::Percent, 1.0..=100.0);
                let field = Number {
                    label: Some(label.id),
                    kind,
                    range,
                    decimals: 0,
                    speed: 0.5,
                    suffix: " %",
                    ..Number::default()
                };
                if let Some(percent) = field.edit_ui(ui, percent) {
                    let edit = Edit::SetBacking(grouping.id, seat.country, percent / 100.0);
                    commands.push(number::edit(ui, edit));
                }
                ui.end_row();
            }
        },
    );
}

fn notes_ui(ui: &mut Ui, evaluated: &Evaluated, view: &mut InspectorView, commands: &mut Vec<Command>) {
    let grouping = &evaluated.grouping;
    let mut text = grouping.notes.clone();
    let field = TextEdit::multiline(&mut text).desired_width(f32::INFINITY).desired_rows(3);
    let response = ui.add(field.id_salt(("notes", grouping.id)));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::MultilineTextInput, true, "Notes of the grouping"));
    view.is_writing = response.has_focus();
    // With every letter: nothing typed waits outside the document, where saving or closing would not see it.
    if response.changed() {
        commands.push(Command::Edit(Edit::SetNotes(grouping.id, text)));
    }
}
