//! Next moves: the best additions, convenors and removals for a measure, each an edit away.

use eframe::egui::{self, Button, RichText, ScrollArea, Ui, Vec2};

use super::choose::{Place, choose, focus_ring, option};
use super::move_tip::tip_ui;
use super::suggest::{SuggestView, suggest_ui};
use super::{name, theme};
use crate::analysis::measures::{self, Better, Measure};
use crate::analysis::whatif::{Estimates, Move, Row};
use crate::app::{App, Command, Evaluated, FAULT};
use crate::chart;

/// How many moves of a kind are shown.
const SHOWN: usize = 10;

/// What the panel keeps between frames.
#[derive(Default)]
pub struct MovesView {
    measure: Option<&'static Measure>,
    suggest: SuggestView,
    /// The group whose first row takes the keyboard, after a move was made by it.
    refocus: Option<&'static str>,
}

/// A kind of move, with its title.
type Group = (&'static str, fn(Move) -> bool);

const GROUPS: [Group; 4] = [
    ("Members that could convene instead", |change| matches!(change, Move::Convene(_))),
    ("Countries that could join as members", |change| matches!(change, Move::AddMember(_))),
    ("Countries that could join as convenors", |change| matches!(change, Move::AddConvenor(_))),
    ("Members that could leave", |change| matches!(change, Move::Remove(_))),
];

/// The panel.
pub fn moves_ui(ui: &mut Ui, app: &App, view: &mut MovesView, commands: &mut Vec<Command>) {
    let Some(now) = app.session.view.selected.and_then(|id| app.results.of(id)) else {
        ui.weak("Select a grouping to see what could be done next.");
        return;
    };
    let measure = view.measure.unwrap_or(&measures::DEADLOCK);
    ui.horizontal(|ui| {
        ui.label(theme::strong(format!("{}  {}", now.grouping.letter(), now.grouping.name), theme::TITLE));
    });
    ui.horizontal(|ui| {
        ui.label("best for");
        let place = Place { salt: "moves measure", name: "Measure of the next moves", width: 130.0 };
        let options = measures::ALL.map(|other| option(other, other.label));
        if let Some(other) = choose(ui, &place, measure.label, Some(&measure), options) {
            view.measure = Some(other);
        }
        let better = if measure.better == Better::More { "more is better" } else { "less is better" };
        ui.label(RichText::new(better).small().weak());
    });
    let area = ScrollArea::vertical().auto_shrink(false).id_salt("moves");
    area.content_margin(egui::Margin { right: 10, ..egui::Margin::ZERO }).show(ui, |ui| {
        let Some(rows) = app.moves() else {
            ui.weak(if app.has_no_moves() { FAULT } else { "Computing what every change would do…" });
            return;
        };
        let words = "A click makes the move; Ctrl+Z takes it back. Right: the change, then the figure after it.";
        ui.label(RichText::new(words).small().weak());
        suggest_ui(ui, app, now, &mut view.suggest, commands);
        let before = Estimates::of(&now.report);
        for (group, is_kind) in GROUPS {
            let all = rows.iter().filter(|row| is_kind(row.change)).count();
            // Nobody is replaced where nobody convenes.
            let title = if now.case.is_convened() { group } else { group.trim_end_matches(" instead") };
            let best = best(&rows, measure, &before, is_kind);
            let title =
                if best.len() < all { format!("{title}: best {} of {all}", best.len()) } else { title.to_owned() };
            let focus = view.refocus == Some(group);
            if focus {
                view.refocus = None;
            }
            if group_ui(ui, app, now, (measure, &before), (&title, &best, focus), commands) {
                view.refocus = Some(group);
            }
        }
        ui.label(RichText::new("Estimates, not forecasts.").small().weak());
    });
}

/// The best moves of a kind: change of the measure, and the row.
fn best<'a>(rows: &'a [Row], measure: &Measure, before: &Estimates, is_kind: fn(Move) -> bool) -> Vec<(f64, &'a Row)> {
    let mut found: Vec<(f64, &Row)> = rows
        .iter()
        .filter(|row| is_kind(row.change))
        .filter_map(|row| Some((row.change_of(measure, before)?, row)))
        .collect();
    let sign = if measure.better == Better::More { -1.0 } else { 1.0 };
    found.sort_by(|a, b| (sign * a.0).total_cmp(&(sign * b.0)));
    found.truncate(SHOWN);
    found
}

/// One kind of moves. `focus`: the first row takes the keyboard. Returns whether a move was made by the keyboard.
fn group_ui(
    ui: &mut Ui,
    app: &App,
    now: &Evaluated,
    (measure, before): (&'static Measure, &Estimates),
    (title, rows, focus): (&str, &[(f64, &Row)], bool),
    commands: &mut Vec<Command>,
) -> bool {
    let mut by_keyboard = false;
    ui.add_space(6.0);
    ui.label(theme::strong(title, theme::BODY));
    if rows.is_empty() {
        ui.weak("none");
    }
    for (at, (change, row)) in rows.iter().enumerate() {
        let country = &app.atlas().countries[row.change.actor()];
        let after = chart::figure(measure, row.estimates.get(measure));
        let button = Button::new(format!("{}  {}", country.flag(), country.name))
            .right_text(RichText::new("0".repeat(16)).color(theme::CLEAR))
            .fill(theme::CLEAR)
            .stroke(egui::Stroke::NONE)
            .truncate()
            .min_size(Vec2::new(ui.available_width(), 24.0));
        let response = ui.push_id((row.change.name(), country.id), |ui| ui.add(button)).inner;
        if focus && at == 0 {
            response.request_focus();
        }
        focus_ring(ui, &response);
        figures_ui(ui, response.rect, measure, *change, &after);
        let words = row.change.words(app.atlas());
        let label = format!("{words}: {} {}", measure.label, chart::signed_tenth(*change));
        name(&response, egui::Role::Button, &label);
        if response.clicked()
            && let Some(edit) = app.edit_of(row.change)
        {
            by_keyboard = response.has_focus();
            commands.push(Command::Edit(edit));
            commands.push(Command::Tell(format!("{words}, {}. Ctrl+Z takes it back.", now.grouping.name)));
        }
        response.on_hover_ui(|ui| tip_ui(ui, now, &words, before, &row.estimates));
    }
    by_keyboard
}

/// The change, coloured by whether it helps, and the figure after it, each in a column of its own.
fn figures_ui(ui: &Ui, rect: egui::Rect, measure: &Measure, change: f64, after: &str) {
    let t = theme::tokens(ui);
    let text = chart::signed_tenth(change);
    let better = (change > 0.0) == (measure.better == Better::More);
    let colour = match text.as_str() {
        "±0.0" => t.muted,
        _ if better => t.accent,
        _ => t.warning,
    };
    let font = egui::FontId::proportional(theme::BODY);
    for (from_right, text, colour) in [(64.0, text.as_str(), colour), (8.0, after, t.muted)] {
        let place = egui::pos2(rect.right() - from_right, rect.center().y);
        ui.painter().text(place, egui::Align2::RIGHT_CENTER, text, font.clone(), colour);
    }
}
