//! Next moves: the best additions, convenors and removals for a measure, each an edit away.

use eframe::egui::{self, Button, RichText, ScrollArea, Ui, Vec2};

use super::choose::{Place, choose, focus_ring, option};
use super::move_tip::tip_ui;
use super::release::Preview;
use super::suggest::{SuggestView, suggest_ui};
use super::{name, theme};
use crate::analysis::Case;
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
    /// The move that is looked at, of which case.
    chosen: Option<(Case, Move)>,
}

impl MovesView {
    /// The move that is looked at, to be shown on the card before anything is done.
    #[must_use]
    pub fn preview(&self, app: &App) -> Option<Preview> {
        let now = app.session.view.selected.and_then(|id| app.results.of(id))?;
        let (_, change) = self.chosen.as_ref().filter(|(case, _)| *case == now.case)?;
        Some(Preview { on: now.grouping.id, edit: app.edit_of(*change)?, words: change.words(app.atlas()) })
    }
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
    chosen_ui(ui, app, now, view, commands);
    // Another list begins at its top.
    let area = ScrollArea::vertical().auto_shrink(false).id_salt(("moves", now.grouping.id, measure.name));
    area.content_margin(egui::Margin { right: 10, ..egui::Margin::ZERO }).show(ui, |ui| {
        let Some(rows) = app.moves() else {
            ui.weak(if app.has_no_moves() { FAULT } else { "Computing what every change would do…" });
            return;
        };
        suggest_ui(ui, app, now, &mut view.suggest, commands);
        let before = Estimates::of(&now.report);
        let mut groups: Vec<(Group, Vec<(f64, &Row)>)> =
            GROUPS.map(|group| (group, best(&rows, measure, &before, group.1))).into();
        // The kind with the best move comes first, whichever it is.
        let sign = if measure.better == Better::More { -1.0 } else { 1.0 };
        let first = |moves: &[(f64, &Row)]| moves.first().map_or(f64::INFINITY, |(change, _)| sign * change);
        groups.sort_by(|a, b| first(&a.1).total_cmp(&first(&b.1)));
        for ((group, is_kind), best) in groups {
            let all = rows.iter().filter(|row| is_kind(row.change)).count();
            // Nobody is replaced where nobody convenes.
            let title = if now.case.is_convened() { group } else { group.trim_end_matches(" instead") };
            let title =
                if best.len() < all { format!("{title}: best {} of {all}", best.len()) } else { title.to_owned() };
            let focus = view.refocus == Some(group);
            if focus {
                view.refocus = None;
            }
            if group_ui(ui, app, now, view, (measure, &before), (&title, &best, focus), commands) {
                view.refocus = Some(group);
            }
        }
        ui.label(RichText::new("Estimates, not forecasts.").small().weak());
    });
}

/// What the move that is looked at would do, and the button that makes it. Its room is there from the start: nothing jumps.
fn chosen_ui(ui: &mut Ui, app: &App, now: &Evaluated, view: &mut MovesView, commands: &mut Vec<Command>) {
    const HEIGHT: f32 = 66.0;
    if view.chosen.as_ref().is_some_and(|(case, _)| *case != now.case) {
        view.chosen = None;
    }
    let change = view.chosen.as_ref().map(|(_, change)| *change);
    let size = Vec2::new(ui.available_width(), HEIGHT);
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        let Some((change, preview)) = change.zip(view.preview(app)) else {
            let words = "Choose a move to see what it would do, here and on the card; Enter or the button makes it. Each line has the \
                         change, then the figure after it.";
            ui.add(egui::Label::new(RichText::new(words).small().weak()).wrap());
            return;
        };
        let after = app.preview(&preview.edit, now.grouping.id);
        let changes = after.map(|after| chart::changes_words(&now.report, &after)).unwrap_or_default();
        let words = if changes.is_empty() { preview.words } else { format!("{}: {changes}", preview.words) };
        ui.add(egui::Label::new(&words).truncate()).on_hover_text(&words);
        let button = ui.add(Button::new("Make this move").shortcut_text("Enter"));
        if button.clicked() {
            make(app, now, change, commands);
        }
    });
}

/// Makes a move.
fn make(app: &App, now: &Evaluated, change: Move, commands: &mut Vec<Command>) {
    if let Some(edit) = app.edit_of(change) {
        let words = change.words(app.atlas());
        commands.push(Command::Edit(edit));
        commands.push(Command::Tell(format!("{words}, {}. Ctrl+Z takes it back.", now.grouping.name)));
    }
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
    view: &mut MovesView,
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
            .fill(if view.chosen.as_ref().is_some_and(|(_, chosen)| *chosen == row.change) {
                theme::tokens(ui).selection
            } else {
                theme::CLEAR
            })
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
        let is_chosen = view.chosen.as_ref().is_some_and(|(_, chosen)| *chosen == row.change);
        let by_pointer = response.clicked_by(egui::PointerButton::Primary);
        if response.double_clicked() || (response.clicked() && !by_pointer && is_chosen) {
            by_keyboard = response.has_focus() && !by_pointer;
            make(app, now, row.change, commands);
        } else if by_pointer || (response.has_focus() && !is_chosen) {
            // Looking at a move changes nothing.
            view.chosen = Some((now.case.clone(), row.change));
            response.request_focus();
            ui.request_repaint();
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
