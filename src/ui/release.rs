//! What a release would do: the same for a card on the board, for one in the strip, and for the place of a new grouping.
//!
//! A target asks [`Over::grouping_ui`] or [`Over::new_ui`] once its rectangle is known. What is carried over it is kept until
//! the next frame, so that plots can show the ghost; the words stand where the target has room for them, else at the pointer.

use std::sync::Arc;

use eframe::egui::{Color32, Response, Stroke, StrokeKind, Ui};

use super::{drag, theme};
use crate::analysis::Report;
use crate::app::{App, Command, Evaluated};
use crate::chart;
use crate::model::{Edit, Grouping, GroupingId, Role, Seat};

/// A change that is looked at before anything is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The grouping that it is on.
    pub on: GroupingId,
    /// The change.
    pub edit: Edit,
    /// What it is, in words: “Norway joins as a member”.
    pub words: String,
}

/// What is under the pointer while something is carried.
#[derive(Debug, Default)]
pub struct Over {
    /// The change that is looked at, while nothing is carried.
    pub preview: Option<Preview>,
    /// The edit that a release would be, with the grouping that it is on.
    pub edit: Option<(GroupingId, Edit)>,
    /// What a release would do, to be said at the pointer: the target has no room for it.
    pub words: Option<String>,
}

impl Over {
    /// A grouping as a target: framed while something is carried over it, and changed when it is released. Returns the colour of
    /// the frame, which tells whether the grouping takes it; `None` while nothing is carried over it.
    pub fn grouping_ui(
        &mut self,
        ui: &Ui,
        app: &App,
        grouping: &Grouping,
        response: &Response,
        role: Option<Role>,
        commands: &mut Vec<Command>,
    ) -> Option<Color32> {
        let carried = drag::payload(ui.ctx()).filter(|_| response.contains_pointer())?;
        let t = theme::tokens(ui);
        let edit = app.drop_edit(&carried.picked, grouping.id, role, drag::is_copy(ui));
        let colour = if edit.check(app.workspace()).is_ok() { t.accent } else { t.error };
        ui.painter().rect_stroke(response.rect, 10, Stroke::new(2.0, colour), StrokeKind::Inside);
        if response.dnd_release_payload::<drag::Carried>().is_some() {
            commands.push(Command::Edit(edit));
            commands.push(Command::Select(Some(grouping.id)));
        } else {
            self.edit = Some((grouping.id, edit));
        }
        Some(colour)
    }

    /// The place of a new grouping: countries released there become its members, a bundle keeps its roles. Returns what a release
    /// would do; `None` while nothing is carried over it.
    pub fn new_ui(ui: &Ui, app: &App, response: &Response, commands: &mut Vec<Command>) -> Option<String> {
        let carried = drag::payload(ui.ctx()).filter(|_| response.contains_pointer())?;
        if response.dnd_release_payload::<drag::Carried>().is_some() {
            new_grouping(app, &carried, drag::is_copy(ui), commands);
        }
        Some(format!("Release to make a new grouping of {}", carried.words))
    }

    /// What a release would make of a grouping, to be drawn as a ghost.
    #[must_use]
    pub fn ghost(&self, app: &App) -> Option<(GroupingId, Arc<Report>)> {
        let (id, edit) = self.edit.as_ref()?;
        Some((*id, app.preview(edit, *id)?))
    }
}

fn new_grouping(app: &App, carried: &drag::Carried, copy: bool, commands: &mut Vec<Command>) {
    if let Some(body) = carried.body {
        commands.push(Command::AddBody(body));
        return;
    }
    let workspace = app.workspace();
    let mut grouping = Grouping::new(workspace.free_id(), workspace.free_name("New grouping"), workspace.free_colour());
    if let Some(like) = app.selected() {
        grouping.issue = like.issue;
    }
    grouping.seats = carried.picked.countries.iter().map(|id| Seat::new(*id, Role::Member)).collect();
    let id = grouping.id;
    commands.push(Command::Edit(Edit::AddGrouping(Box::new(grouping), None)));
    if let Some(on) = carried.picked.on.filter(|_| !copy) {
        commands.push(Command::Edit(Edit::Remove(on, carried.picked.countries.clone())));
    }
    commands.push(Command::Select(Some(id)));
}

/// What would follow from an edit.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The report after it; `None` where it is refused.
    pub after: Option<Arc<Report>>,
    /// What a release would do, or why it is not possible.
    pub words: String,
}

/// What would follow from a change that is looked at.
#[must_use]
pub fn outcome_of(app: &App, evaluated: &Evaluated, preview: &Preview) -> Outcome {
    if let Err(refusal) = preview.edit.check(app.workspace()) {
        return Outcome { after: None, words: refusal.sentence(app.atlas()) };
    }
    let after = app.preview(&preview.edit, evaluated.grouping.id);
    let changes = after.as_ref().map(|after| chart::changes_words(&evaluated.report, after)).unwrap_or_default();
    let words = if changes.is_empty() { preview.words.clone() } else { format!("{}: {changes}", preview.words) };
    Outcome { after, words }
}

/// What would follow from an edit for a grouping.
#[must_use]
pub fn outcome(app: &App, evaluated: &Evaluated, edit: &Edit) -> Outcome {
    if let Err(refusal) = edit.check(app.workspace()) {
        return Outcome { after: None, words: refusal.sentence(app.atlas()) };
    }
    let after = app.preview(edit, evaluated.grouping.id);
    let words = after.as_ref().map_or_else(String::new, |after| words(app, edit, &evaluated.report, after));
    Outcome { after, words }
}

/// “Release to add China: legitimacy +7, cost −2, deadlock +6, reach −4”.
fn words(app: &App, edit: &Edit, before: &Report, after: &Report) -> String {
    let Edit::Place(shift) = edit else { return String::new() };
    let into = app.workspace().grouping(shift.into);
    let who = match shift.countries.as_slice() {
        [one] => app.atlas().in_sentence(*one),
        many => {
            // Those that have the seat already stay as they are.
            let there = many.iter().filter(|id| into.is_some_and(|into| into.seat(**id).is_some())).count();
            match (shift.role, there) {
                (None, there) if there > 0 => format!(
                    "{} ({there} {} in already)",
                    chart::count_of(many.len() - there, "country", "countries"),
                    if there == 1 { "is" } else { "are" }
                ),
                _ => format!("{} countries", many.len()),
            }
        }
    };
    let other = shift.from.filter(|from| *from != shift.into);
    let verb = match (shift.role, shift.from) {
        (Some(Role::Convenor), _) => format!("let {who} convene"),
        (Some(Role::Observer), _) => format!("make {who} an observer"),
        (_, Some(_)) if other.is_some() => format!("move {who}"),
        (Some(Role::Member), Some(_)) => format!("make {who} a member"),
        _ => format!("add {who}"),
    };
    let mut words = format!("Release to {verb}");
    let changes = chart::changes_words(before, after);
    if !changes.is_empty() {
        words = format!("{words}: {changes}");
    }
    // What is moved is missing where it came from.
    if let Some(from) = other.and_then(|from| app.results.of(from))
        && let Some(left) = app.preview(edit, from.grouping.id)
    {
        words = format!("{words}. {}: {}", from.grouping.name, chart::changes_words(&from.report, &left));
    }
    words
}
