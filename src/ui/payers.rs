//! What each member pays.

use eframe::egui::{Grid, RichText, ScrollArea, Ui, Vec2};

use super::about;
use crate::analysis::{Cost, Payer};
use crate::app::{App, Command, Evaluated};
use crate::chart::{self, Figure, MemberFigure};

/// The members by what they pay, largest first.
pub fn payers_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, cost: &Cost, commands: &mut Vec<Command>) {
    let mut payers = cost.payers.clone();
    payers.sort_by(|a, b| b.share.total_cmp(&a.share));
    let area = ScrollArea::vertical().max_height(320.0).id_salt("payers");
    area.show(ui, |ui| rows_ui(ui, app, evaluated, &payers, commands));
}

fn rows_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, payers: &[Payer], commands: &mut Vec<Command>) {
    Grid::new("payers").num_columns(4).striped(true).spacing(Vec2::new(12.0, 2.0)).show(ui, |ui| {
        for head in ["member", "share", "a year", "its own cost"] {
            ui.label(RichText::new(head).small().weak());
        }
        ui.end_row();
        for payer in payers {
            let country = &app.atlas().countries[payer.actor];
            ui.label(format!("{} {}", country.flag(), country.name));
            let member = |figure| Figure::Member(figure, payer.actor);
            let share = format!("{:.1} %", payer.share * 100.0);
            about::figure_ui(ui, app, evaluated, (member(MemberFigure::Burden), &share), commands);
            ui.label(chart::money(payer.musd));
            let own = format!("{:.1}", payer.index);
            about::figure_ui(ui, app, evaluated, (member(MemberFigure::OwnCost), &own), commands);
            ui.end_row();
        }
    });
}
