//! Votes of each member, where the user gives them: a table with a search, starting values, and a list from a spreadsheet.

use eframe::egui::{self, Button, CollapsingHeader, Grid, Id, RichText, ScrollArea, TextEdit, Ui, Vec2};

use super::field::Field;
use super::number::Number;
use super::{name, theme};
use crate::app::App;
use crate::chart;
use crate::data::{CountryId, Subject};
use crate::model::{Criterion, Grouping, VotesList, read_votes};

/// How much is shown at a time.
const HEIGHT: f32 = 220.0;

/// The votes of all members that vote.
pub fn votes_ui(ui: &mut Ui, app: &App, grouping: &Grouping, criterion: &mut Criterion) {
    let voters: Vec<CountryId> =
        grouping.seats.iter().filter(|seat| seat.role.votes()).map(|seat| seat.country).collect();
    let votes_of = |criterion: &Criterion, id: &CountryId| criterion.custom.get(id).copied().unwrap_or(0.0);
    let total: f64 = voters.iter().map(|id| votes_of(criterion, id)).sum();
    let t = theme::tokens(ui);
    starts_ui(ui, app, &voters, criterion);
    if total <= 0.0 {
        let words = "All votes are 0: nothing can pass. Give at least one member votes.";
        ui.add(egui::Label::new(RichText::new(words).small().color(t.error)).wrap());
    } else {
        let words = format!("{} in all", chart::quantity(total));
        ui.label(RichText::new(words).small().weak());
    }
    let shown = found_ui(ui, app, grouping, "votes", &voters);
    ScrollArea::vertical().max_height(HEIGHT).id_salt(("votes", grouping.id)).show(ui, |ui| {
        Grid::new(("votes table", grouping.id)).num_columns(3).spacing(Vec2::new(12.0, 3.0)).show(ui, |ui| {
            for id in shown {
                let label = ui.label(app.atlas().name(id));
                let votes = votes_of(criterion, &id);
                let field = Number { label: Some(label.id), range: 0.0..=1e9, speed: 0.2, ..Number::default() };
                if let Some(votes) = field.edit_ui(ui, votes) {
                    criterion.custom.insert(id, votes);
                }
                let share = if total > 0.0 { format!("{:.1} %", 100.0 * votes / total) } else { "–".to_owned() };
                ui.label(RichText::new(share).small().weak());
                ui.end_row();
            }
        });
    });
    paste_ui(ui, app, grouping, &voters, criterion);
}

/// Whose no blocks, of all members that vote.
pub fn veto_ui(ui: &mut Ui, app: &App, grouping: &Grouping, holders: &mut Vec<CountryId>) {
    let voters: Vec<CountryId> =
        grouping.seats.iter().filter(|seat| seat.role.votes()).map(|seat| seat.country).collect();
    let held = holders.iter().filter(|holder| voters.contains(holder)).count();
    let words = format!("{held} of {} can block", voters.len());
    ui.label(RichText::new(words).small().weak());
    let shown = found_ui(ui, app, grouping, "a veto", &voters);
    ScrollArea::vertical().max_height(HEIGHT).id_salt(("veto", grouping.id)).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for id in shown {
                let mut holds = holders.contains(&id);
                if ui.checkbox(&mut holds, app.atlas().name(id)).changed() {
                    if holds {
                        holders.push(id);
                    } else {
                        holders.retain(|holder| *holder != id);
                    }
                }
            }
        });
    });
}

/// A field to search members by where they are many; those that it finds, in their order.
fn found_ui(ui: &mut Ui, app: &App, grouping: &Grouping, of: &str, voters: &[CountryId]) -> Vec<CountryId> {
    if voters.len() <= 8 {
        return voters.to_vec();
    }
    let searched = Id::unique(("members searched", of, grouping.id));
    let mut text: String = ui.data(|data| data.get_temp(searched)).unwrap_or_default();
    let hint = format!("Find among {} members", voters.len());
    Field { salt: of, hint: &hint, name: &format!("{hint} with {of}"), width: 200.0 }.ui(ui, &mut text, false);
    ui.data_mut(|data| data.insert_temp(searched, text.clone()));
    if text.trim().is_empty() {
        return voters.to_vec();
    }
    let hits: Vec<CountryId> =
        app.atlas().names.ranked(&text).iter().map(|hit| app.atlas().countries[hit.actor].id).collect();
    let shown: Vec<CountryId> = voters.iter().copied().filter(|id| hits.contains(id)).collect();
    if shown.is_empty() {
        ui.weak("No member has that name.");
    }
    shown
}

/// Values to start from.
fn starts_ui(ui: &mut Ui, app: &App, voters: &[CountryId], criterion: &mut Criterion) {
    let of = |subject: Subject| {
        voters.iter().map(move |id| app.atlas().actor(*id).and_then(|actor| app.engine.facts.value(subject, actor)))
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Start with").small().weak());
        let mut set = |values: Vec<f64>| criterion.custom = voters.iter().copied().zip(values).collect();
        if ui.add(Button::new("equal votes").small()).clicked() {
            set(vec![1.0; voters.len()]);
        }
        for (words, subject, unit, digits) in
            [("population, millions", Subject::Population, 1e6, 1e3), ("GDP, US$ billion", Subject::Gdp, 1e9, 10.0)]
        {
            let missing = of(subject).filter(Option::is_none).count();
            let button = ui.add_enabled(missing == 0, Button::new(words).small());
            let why = format!("{} without that figure.", chart::count_of(missing, "member is", "members are"));
            if button.on_disabled_hover_text(why).clicked() {
                set(of(subject).map(|value| (value.unwrap_or(0.0) / unit * digits).round() / digits).collect());
            }
        }
    });
}

/// Two columns from a spreadsheet, shown as they were understood before they count.
fn paste_ui(ui: &mut Ui, app: &App, grouping: &Grouping, voters: &[CountryId], criterion: &mut Criterion) {
    CollapsingHeader::new("Paste from a spreadsheet").id_salt(("paste votes", grouping.id)).show(ui, |ui| {
        let kept = Id::unique(("pasted votes", grouping.id));
        let mut text: String = ui.data(|data| data.get_temp(kept)).unwrap_or_default();
        let area = TextEdit::multiline(&mut text).hint_text("Two columns: country, votes").desired_rows(4);
        let field =
            ScrollArea::vertical().max_height(120.0).show(ui, |ui| ui.add(area.desired_width(f32::INFINITY))).inner;
        name(&field, egui::Role::MultilineTextInput, "Votes to paste");
        let VotesList { found, left_out } = read_votes(&text, app.atlas());
        ui.data_mut(|data| data.insert_temp(kept, text.clone()));
        if text.trim().is_empty() {
            return;
        }
        let (members, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|(id, _)| voters.contains(id));
        let without = voters.iter().filter(|id| !members.iter().any(|(other, _)| other == *id)).count();
        let mut words = format!("{} understood.", chart::count_of(members.len(), "member", "members"));
        if without > 0 {
            words = format!(
                "{words} {} not in the list and keep their votes.",
                chart::count_of(without, "member is", "members are")
            );
        }
        ui.add(egui::Label::new(RichText::new(words).small()).wrap());
        let not_in: Vec<String> = others
            .iter()
            .map(|(id, _)| format!("{} has no vote in {}.", app.atlas().name(*id), grouping.name))
            .collect();
        let t = theme::tokens(ui);
        ScrollArea::vertical().max_height(90.0).id_salt("left out").show(ui, |ui| {
            for line in left_out.iter().chain(&not_in) {
                ui.add(egui::Label::new(RichText::new(line).small().color(t.warning)).wrap());
            }
        });
        if ui.add_enabled(!members.is_empty(), Button::new("Use these votes")).clicked() {
            criterion.custom.extend(members);
            ui.data_mut(|data| data.remove::<String>(kept));
        }
    });
}
