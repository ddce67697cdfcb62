//! The title of the workspace, edited where it stands; and the page with title and notes.

use eframe::egui::{self, Id, Key, Label, Modal, RichText, Sense, TextEdit, Ui};

use super::choose::focus_ring;
use super::field::select_all;
use super::notes;
use super::{name, theme};
use crate::app::{App, Command};
use crate::model::Edit;

/// The title while it is being edited.
#[derive(Debug, Default)]
pub struct TitleView {
    /// The text so far; `None` while nobody writes.
    pub editing: Option<String>,
    started: bool,
    /// Whether the page with title and notes is open, and which title stands in it.
    page: Option<String>,
    /// Whether notes are being written.
    pub is_writing: bool,
}

impl TitleView {
    /// Opens the page with title and notes.
    pub fn open(&mut self, app: &App) {
        self.page = Some(app.workspace().title.clone());
    }

    /// Whether the page is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.page.is_some()
    }

    /// Takes a title that is being typed as it stands, as leaving its field does.
    pub fn finish(&mut self, app: &mut App) {
        self.started = false;
        if let Some(text) = self.editing.take()
            && let Some(command) = renamed(app, &text)
        {
            app.run(command);
        }
    }

    /// The title in the bar: a click, or Enter, edits it there.
    pub fn ui(&mut self, ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
        let Some(text) = &mut self.editing else {
            let label = Label::new(RichText::new(app.title())).truncate().sense(Sense::click());
            let response = ui.add(label);
            name(&response, egui::Role::Button, &format!("Title of the workspace: {}", app.workspace().title));
            focus_ring(ui, &response);
            if response.on_hover_text("Click to change the title").clicked() {
                self.editing = Some(app.workspace().title.clone());
                self.started = false;
            }
            return;
        };
        let output = TextEdit::singleline(text).desired_width(ui.available_width().min(280.0)).show(ui);
        let response = output.response.response;
        name(&response, egui::Role::TextInput, "Title of the workspace");
        if !self.started {
            self.started = true;
            response.request_focus();
            select_all(ui, response.id, output.state, text);
        } else if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.editing = None;
        } else if response.lost_focus() {
            commands.extend(renamed(app, text));
            self.editing = None;
        }
    }

    /// The page with title and notes.
    pub fn page_ui(&mut self, ui: &Ui, app: &App, commands: &mut Vec<Command>) {
        self.is_writing = false;
        let Some(title) = &mut self.page else { return };
        let modal = Modal::new(Id::unique("title and notes")).show(ui.ctx(), |ui| {
            ui.set_width((ui.ctx().content_rect().width() - 120.0).clamp(300.0, 560.0));
            ui.label(theme::strong("Title and notes of the workspace", theme::TITLE));
            ui.add_space(4.0);
            let label = ui.label(RichText::new("Title").small().weak());
            let field = ui.add(TextEdit::singleline(title).desired_width(f32::INFINITY)).labelled_by(label.id);
            if ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            if title.trim().is_empty() {
                let t = theme::tokens(ui);
                ui.label(RichText::new("A workspace has a title: the old one stays.").small().color(t.error));
            }
            let label = ui.label(RichText::new("Notes").small().weak());
            let mut notes = app.workspace().notes.clone();
            let salt = ("notes", app.document_number());
            let area = TextEdit::multiline(&mut notes).id_salt(salt).desired_width(f32::INFINITY).desired_rows(10);
            let height = (ui.ctx().content_rect().height() - 320.0).clamp(90.0, 320.0);
            let written = egui::ScrollArea::vertical().max_height(height).show(ui, |ui| ui.add(area)).inner;
            let written = written.labelled_by(label.id);
            notes::hidden_ui(ui, &app.workspace().notes);
            self.is_writing = field.has_focus() || written.has_focus();
            // With every letter: nothing typed waits outside the document.
            if field.changed() {
                commands.extend(renamed(app, title));
            }
            if written.changed() {
                commands.push(Command::Edit(Edit::SetWorkspaceNotes(notes)));
            }
            ui.add_space(8.0);
            ui.button("Close").clicked()
        });
        if modal.inner || modal.should_close() {
            self.page = None;
        }
    }
}

/// The command that a new title is; `None` where it is the old one, or none.
fn renamed(app: &App, text: &str) -> Option<Command> {
    let text = text.trim();
    let is_new = !text.is_empty() && text != app.workspace().title;
    is_new.then(|| Command::Edit(Edit::SetTitle(text.to_owned())))
}
