//! What each member of the selected grouping adds to the measures, and which parts of its rule stop proposals.

use eframe::egui::{Grid, RichText, ScrollArea, Ui, Vec2};

use super::{about, theme};
use crate::analysis::measures;
use crate::analysis::whatif::{Estimates, Move};
use crate::app::{App, Command, Evaluated, FAULT};
use crate::chart::{self, Figure, MemberFigure};

/// Members that are listed; the chart of voting power and its table have all of them.
const LISTED: usize = 60;

/// Every member with what it adds: the measures as they are, less those if it left.
pub fn adds_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, commands: &mut Vec<Command>) {
    let Some(moves) = app.moves() else {
        ui.weak(if app.has_no_moves() { FAULT } else { "Computing what each member adds…" });
        return;
    };
    let now = Estimates::of(&evaluated.report);
    let study = app.study();
    let noes = study.as_ref().and_then(|study| study.decisive_noes(&app.engine).ok());
    let left = moves.iter().filter_map(|row| match row.change {
        Move::Remove(actor) => Some((actor, row)),
        _ => None,
    });
    ScrollArea::horizontal().id_salt("adds").auto_shrink([false, true]).show(ui, |ui| {
        Grid::new("adds").num_columns(7).striped(true).spacing(Vec2::new(10.0, 2.0)).show(ui, |ui| {
            ui.label(RichText::new("member").small().weak());
            for measure in measures::ALL {
                ui.label(RichText::new(short(measure)).small().weak()).on_hover_text(measure.meaning);
            }
            ui.label(RichText::new("its no decides").small().weak());
            ui.end_row();
            for (actor, row) in left.take(LISTED) {
                let country = &app.atlas().countries[actor];
                ui.label(format!("{} {}", country.flag(), country.name));
                for measure in measures::ALL {
                    // Leaving takes away what it adds.
                    let added = row.change_of(measure, &now).map(|change| -change);
                    ui.label(added.map_or_else(|| "–".to_owned(), chart::signed_tenth));
                }
                let at = evaluated.case.actors().position(|voter| voter == actor);
                let no = noes.zip(at).and_then(|(noes, at)| noes.get(at));
                match no {
                    Some(no) => {
                        let figure = Figure::Member(MemberFigure::DecisiveNo, actor);
                        about::figure_ui(ui, app, evaluated, (figure, &chart::percent(*no)), commands);
                    }
                    None => {
                        ui.label("–");
                    }
                }
                ui.end_row();
            }
        });
    });
    ui.label(
        RichText::new("The measures as they are, less those if it left: the rule applied to those who stay.")
            .small()
            .weak(),
    );
}

fn short(measure: &measures::Measure) -> &'static str {
    if *measure == measures::MICROLATERAL { "fit" } else { measure.short }
}

/// Every part of the rule with how often it is what fails.
pub fn failing_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated) {
    let Some(study) = app.study() else {
        ui.weak(if app.has_no_study() { FAULT } else { "Computing what stops proposals…" });
        return;
    };
    match study.failing(&app.engine) {
        Err(reason) => {
            ui.weak(format!("Not defined: {reason}."));
        }
        Ok(causes) => {
            let worst = causes.iter().map(|failing| failing.fails).fold(0.0, f64::max);
            Grid::new("failing").num_columns(3).striped(true).spacing(Vec2::new(14.0, 3.0)).show(ui, |ui| {
                for head in ["part of the rule", "fails on", "alone on"] {
                    ui.label(RichText::new(head).small().weak());
                }
                ui.end_row();
                for failing in causes {
                    let words = failing.cause.words(&evaluated.case.rule.full);
                    let is_worst = failing.fails >= worst && worst > 0.0 && causes.len() > 1;
                    ui.label(if is_worst { theme::strong(words, theme::BODY) } else { RichText::new(words) });
                    ui.label(chart::percent(failing.fails));
                    ui.label(chart::percent(failing.alone));
                    ui.end_row();
                }
            });
            let words = "Shares of what is tabled. Several parts may fail at once; “alone” is where nothing else does.";
            ui.label(RichText::new(words).small().weak());
        }
    }
}
