//! The decision rule, criterion by criterion.

use eframe::egui::{Button, RichText, Ui};

use super::choose::{Choice, Place, choose, option};
use super::facts::whole;
use super::number::{self, Number};
use super::votes::{veto_ui as holders_ui, votes_ui};
use crate::app::{App, Command};
use crate::model::{
    Basis, Criterion, CustomRule, DecisionRule, Edit, Grouping, NamedRule, NumberKind, Of, Role, Share, Veto,
};

/// The rule of a grouping: a named one, or criteria that can be changed.
pub fn rule_ui(ui: &mut Ui, app: &App, grouping: &Grouping, commands: &mut Vec<Command>) {
    let set = |ui: &Ui, rule: DecisionRule, commands: &mut Vec<Command>| {
        commands.push(number::edit(ui, Edit::SetRule(grouping.id, Box::new(rule))));
    };
    let chosen = match &grouping.rule {
        DecisionRule::Named(rule) => rule.words(),
        DecisionRule::Custom(_) => "Own criteria",
    };
    ui.horizontal(|ui| {
        ui.label("Rule");
        let label = format!("Decision rule: {chosen}");
        let place = Place { salt: "rule", name: &label, width: 190.0 };
        let named =
            NamedRule::ALL.map(|rule| Choice { value: Some(rule), label: rule.words().into(), tip: rule.meaning() });
        let options = named.into_iter().chain([option(None, "Own criteria")]);
        let now = match &grouping.rule {
            DecisionRule::Named(rule) => Some(*rule),
            DecisionRule::Custom(_) => None,
        };
        match choose(ui, &place, chosen, Some(&now), options) {
            Some(Some(rule)) => set(ui, DecisionRule::Named(rule), commands),
            Some(None) => set(ui, DecisionRule::Custom(Box::new(grouping.rule.in_full())), commands),
            None => {}
        }
    });
    match &grouping.rule {
        DecisionRule::Named(rule) => {
            ui.label(RichText::new(format!("Passes when {}.", rule.meaning())).small().weak());
            let words = "Own criteria, starting from these";
            if ui.button(words).on_hover_text("The rule becomes one of your own, criterion by criterion").clicked() {
                set(ui, DecisionRule::Custom(Box::new(rule.in_full())), commands);
            }
        }
        DecisionRule::Custom(rule) => {
            let mut next = (**rule).clone();
            // What is typed belongs to this grouping.
            ui.push_id((grouping.id, app.document_number()), |ui| {
                criteria_ui(ui, app, grouping, &mut next);
                veto_ui(ui, app, grouping, &mut next);
                minority_ui(ui, &mut next);
            });
            if next != **rule {
                set(ui, DecisionRule::Custom(Box::new(next)), commands);
            }
        }
    }
}

fn criteria_ui(ui: &mut Ui, app: &App, grouping: &Grouping, rule: &mut CustomRule) {
    ui.label(RichText::new("All of these must be met by those who vote yes:").small().weak());
    let mut removed = None;
    for (at, criterion) in rule.criteria.iter_mut().enumerate() {
        ui.push_id(at, |ui| {
            ui.horizontal_wrapped(|ui| {
                criterion_ui(ui, criterion);
                let remove = ui.add(Button::new("Remove").small());
                if remove.clicked() {
                    removed = Some(at);
                }
            });
            if criterion.basis == Basis::Custom {
                votes_ui(ui, app, grouping, criterion);
            }
        });
    }
    if let Some(at) = removed {
        rule.criteria.remove(at);
    }
    if ui.button("Add a criterion").clicked() {
        rule.criteria.push(Criterion::new(Basis::Members, Share::Fraction(1, 2)).exceeded());
    }
}

/// Who counts, in a sentence.
fn counted(of: Of) -> &'static str {
    match of {
        Of::All => "The share is of all members: who abstains counts like a no.",
        Of::Voting => "The share is of those who vote yes or no: who abstains does not count. Not met if nobody votes.",
    }
}

fn criterion_ui(ui: &mut Ui, criterion: &mut Criterion) {
    let bound = if criterion.strict { "more than" } else { "at least" };
    if ui.button(bound).on_hover_text("click to switch between reaching and exceeding the share").clicked() {
        criterion.strict = !criterion.strict;
    }
    let (name, kind, range) = ("Share of the total", NumberKind::Percent, 0.0..=100.0);
    let field = Number { name, kind, range, decimals: 2, speed: 0.25, suffix: " %", ..Number::default() };
    if let Some(percent) = field.edit_ui(ui, criterion.share.value() * 100.0) {
        criterion.share = Share::Number(percent / 100.0);
    }
    ui.label("of the");
    let before = criterion.basis;
    let place = Place { salt: "basis", name: "Basis of the criterion", width: 110.0 };
    let options = Basis::ALL.map(|basis| option(basis, basis.words()));
    if let Some(basis) = choose(ui, &place, before.words(), Some(&before), options) {
        criterion.basis = basis;
    }
    ui.label("counting");
    let place = Place { salt: "of", name: "Who counts in the criterion", width: 160.0 };
    let options = Of::ALL.map(|of| Choice { value: of, label: of.words().into(), tip: counted(of) });
    if let Some(of) = choose(ui, &place, criterion.of.words(), Some(&criterion.of), options) {
        criterion.of = of;
    }
    if before == Basis::Custom && criterion.basis != Basis::Custom {
        criterion.custom.clear();
    }
}

fn veto_ui(ui: &mut Ui, app: &App, grouping: &Grouping, rule: &mut CustomRule) {
    ui.horizontal_wrapped(|ui| {
        ui.label("Whose no blocks:");
        if ui.radio(rule.veto == Veto::None, "nobody's").clicked() {
            rule.veto = Veto::None;
        }
        if ui.radio(rule.veto == Veto::All, "everybody's").clicked() {
            rule.veto = Veto::All;
        }
        let listed = matches!(rule.veto, Veto::List(_));
        if ui.radio(listed, "these").clicked() && !listed {
            let first = grouping.with_role(Role::Convenor).chain(grouping.with_role(Role::Member)).next();
            rule.veto = first.map_or(Veto::None, |first| Veto::List(vec![first]));
        }
    });
    if let Veto::List(holders) = &mut rule.veto {
        holders_ui(ui, app, grouping, holders);
    }
}

fn minority_ui(ui: &mut Ui, rule: &mut CustomRule) {
    ui.horizontal(|ui| {
        let mut wanted = rule.blocking_minority.is_some();
        let words = "Blocking minority: weights are waived unless so many fail to vote yes";
        if ui.checkbox(&mut wanted, "Blocking minority").on_hover_text(words).changed() {
            rule.blocking_minority = wanted.then_some(4);
        }
        if let Some(minority) = &mut rule.blocking_minority {
            let (name, kind, range) = ("Members of a blocking minority", NumberKind::Whole, 1.0..=200.0);
            let field = Number { name, kind, range, decimals: 0, ..Number::default() };
            if let Some(members) = field.edit_ui(ui, f64::from(*minority)) {
                *minority = whole(members);
            }
        }
    });
}
