//! What a card says below its title: issue, rule, mandate and form, each a menu.

use eframe::egui::{self, Button, Popup, PopupCloseBehavior, RichText, Ui, WidgetInfo};

use super::number::{self, Number};
use super::section::RULE;
use super::theme;
use crate::app::Command;
use crate::model::{DecisionRule, Edit, Form, Grouping, Issue, Mandate, NamedRule, NumberKind};

/// A quiet button that opens a menu.
fn quiet_menu<R>(ui: &mut Ui, text: &str, name: &str, content: impl FnOnce(&mut Ui) -> R) {
    let t = theme::tokens(ui);
    let response = ui.add(Button::new(RichText::new(text).color(t.muted)).frame_when_inactive(false));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{name}: {text}")));
    Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(content);
}

/// Issue, rule, mandate and form, each a menu.
pub fn facts_ui(ui: &mut Ui, grouping: &Grouping, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.spacing_mut().button_padding.x = 3.0;
        let id = grouping.id;
        quiet_menu(ui, &grouping.issue_words(), "Issue", |ui| {
            for issue in Issue::ALL {
                if ui.selectable_label(issue == grouping.issue, issue.label()).clicked() {
                    commands.push(Command::Edit(Edit::SetIssue(id, issue)));
                    ui.close();
                }
            }
        });
        ui.weak("·");
        quiet_menu(ui, &grouping.rule.words(), "Rule", |ui| {
            for rule in NamedRule::ALL {
                let is_chosen = grouping.rule == DecisionRule::Named(rule);
                if ui.selectable_label(is_chosen, rule.words()).on_hover_text(rule.meaning()).clicked() {
                    commands.push(Command::Edit(Edit::SetRule(id, Box::new(DecisionRule::Named(rule)))));
                    ui.close();
                }
            }
            ui.separator();
            if ui.button("Change criteria…").clicked() {
                commands.push(Command::ShowSection(id, RULE));
                ui.close();
            }
        });
        ui.weak("·");
        quiet_menu(ui, &grouping.mandate.words(), "Mandate", |ui| mandate_ui(ui, grouping, commands));
        ui.weak("·");
        quiet_menu(ui, grouping.form.words(), "Form", |ui| {
            for form in Form::ALL {
                if ui.selectable_label(form == grouping.form, form.words()).clicked() {
                    commands.push(Command::Edit(Edit::SetForm(id, form)));
                    ui.close();
                }
            }
        });
    });
}

/// A whole number that a field has read.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and within range: the field sees to it"
)]
pub fn whole<T: TryFrom<u64> + Default>(value: f64) -> T {
    T::try_from(value.round() as u64).unwrap_or_default()
}

/// Questions and months.
pub fn mandate_ui(ui: &mut Ui, grouping: &Grouping, commands: &mut Vec<Command>) {
    let mut mandate = grouping.mandate;
    egui::Grid::new(("mandate", grouping.id)).num_columns(2).show(ui, |ui| {
        let label = ui.label("Contested questions");
        let field = Number {
            label: Some(label.id),
            kind: NumberKind::Whole,
            range: 1.0..=50.0,
            decimals: 0,
            ..Number::default()
        };
        if let Some(questions) = field.edit_ui(ui, f64::from(mandate.questions)) {
            mandate.questions = whole(questions);
        }
        ui.end_row();
        let label = ui.label("Months until it ends");
        ui.horizontal(|ui| {
            let months = mandate.months.unwrap_or(24);
            ui.add_enabled_ui(mandate.months.is_some(), |ui| {
                let (kind, range) = (NumberKind::Whole, 1.0..=600.0);
                let field = Number { label: Some(label.id), kind, range, decimals: 0, ..Number::default() };
                if let Some(months) = field.edit_ui(ui, f64::from(months)) {
                    mandate.months = Some(whole(months));
                }
            });
            let mut open = mandate.months.is_none();
            if ui.checkbox(&mut open, "open-ended").changed() {
                mandate.months = if open { None } else { Some(Mandate::default().months.unwrap_or(months)) };
            }
        });
        ui.end_row();
    });
    if mandate != grouping.mandate {
        commands.push(number::edit(ui, Edit::SetMandate(grouping.id, mandate)));
    }
}
