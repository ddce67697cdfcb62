//! Questions and pages above the board.

use eframe::egui::{self, Button, Grid, Key, Modal, RichText, ScrollArea, Ui, Vec2};

use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::{status, theme};
use crate::app::{App, Command, Help, Menu, Named};

/// The methods page, as the repository has it.
const METHODS: &str = include_str!("../../assets/METHODS.md");

/// What is open.
#[derive(Default)]
pub struct Dialogs {
    /// The command that would lose unsaved work.
    pub unsaved: Option<Command>,
    /// The page of help.
    pub help: Option<Help>,
    /// The page that was shown in the frame before.
    shown: Option<Help>,
    pages: CommonMarkCache,
}

/// An answer to “Save your work first?”.
#[derive(Debug, PartialEq)]
pub enum Unsaved {
    /// Save, then go on.
    Save(Command),
    /// Go on without.
    Discard(Command),
}

impl Dialogs {
    /// Whether anything is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.unsaved.is_some() || self.help.is_some()
    }

    /// Shows what is open.
    pub fn ui(&mut self, ui: &Ui, app: &App, commands: &mut Vec<Command>) -> Option<Unsaved> {
        if let Some(page) = self.help {
            if page == Help::Notices && app.notices.unread() > 0 {
                commands.push(Command::ReadNotices);
            }
            let modal = Modal::new(egui::Id::unique("help")).show(ui.ctx(), |ui| {
                ui.set_width((ui.ctx().content_rect().width() - 120.0).clamp(300.0, 720.0));
                let height = ui.ctx().content_rect().height() - 170.0;
                let area =
                    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
                // A page opens at its top.
                let area = if self.shown == Some(page) { area } else { area.vertical_scroll_offset(0.0) };
                area.id_salt(page).show(ui, |ui| {
                    scroll_by_keys(ui, height);
                    help_ui(ui, app, page, &mut self.pages, commands);
                });
                self.shown = Some(page);
                ui.add_space(8.0);
                ui.button("Close").clicked()
            });
            let restores = commands.iter().any(|command| matches!(command, Command::Restore(_)));
            if modal.inner || restores || modal.should_close() {
                self.help = None;
                self.shown = None;
            }
        }
        self.unsaved_ui(ui, app)
    }

    /// Offers the work of sessions that did not end well, one after another.
    pub fn recovery_ui(ui: &Ui, app: &App, commands: &mut Vec<Command>) {
        let Some(found) = app.found.first() else { return };
        Modal::new(egui::Id::unique("recovery")).show(ui.ctx(), |ui| {
            ui.set_width(460.0);
            ui.label(theme::strong("Unsaved work was found", theme::TITLE));
            let what = match &found.opened {
                Ok(opened) => format!("“{}” was not saved when the program ended.", opened.workspace.title),
                Err(error) => error.to_string(),
            };
            ui.label(what);
            if let Some(origin) = &found.origin {
                ui.label(RichText::new(format!("It belongs to {}.", origin.display())).small().weak());
            }
            lines_ui(ui, "It differs from that file:", &found.differs);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                if ui.add_enabled(found.opened.is_ok(), Button::new("Recover it")).clicked() {
                    commands.push(Command::Recover(0));
                }
                if ui.button("Throw it away").clicked() {
                    commands.push(Command::DropRecovery(0));
                }
            });
        });
    }

    /// Asks what becomes of a file that another program changed.
    pub fn conflict_ui(ui: &Ui, app: &App, commands: &mut Vec<Command>) {
        let Some(conflict) = app.conflict() else { return };
        let edited = app.history.is_edited();
        let modal = Modal::new(egui::Id::unique("conflict")).show(ui.ctx(), |ui| {
            ui.set_width(480.0);
            let name = conflict.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            ui.label(theme::strong(format!("“{name}” was changed outside of this window"), theme::TITLE));
            lines_ui(ui, "Since it was opened or saved here:", &conflict.told);
            if edited {
                ui.add_space(4.0);
                ui.label("This window has changes of its own that are not saved.");
            }
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                let words = if edited { "Reload, and lose mine" } else { "Reload" };
                if ui.button(words).on_hover_text("Shows what is in the file now").clicked() {
                    commands.push(Command::Reload);
                }
                let save_as = ui.button("Save mine as…").on_hover_text("Both are kept");
                if ui.memory(|memory| memory.focused().is_none()) {
                    save_as.request_focus();
                }
                if save_as.clicked() {
                    commands.extend([Command::KeepMine, Command::Do(Named::SaveAs)]);
                }
                if conflict.saving
                    && ui.button("Overwrite the file").on_hover_text("What was changed there is lost").clicked()
                {
                    commands.push(Command::Overwrite);
                }
                if ui.button("Not now").on_hover_text("Nothing is saved; saving asks again").clicked() {
                    commands.push(Command::KeepMine);
                }
            });
        });
        if modal.should_close() {
            commands.push(Command::KeepMine);
        }
    }

    fn unsaved_ui(&mut self, ui: &Ui, app: &App) -> Option<Unsaved> {
        let command = self.unsaved.clone()?;
        let mut answer = None;
        let modal = Modal::new(egui::Id::unique("unsaved")).show(ui.ctx(), |ui| {
            ui.set_width(420.0);
            ui.label(theme::strong(format!("Save the changes to “{}”?", app.workspace().title), theme::TITLE));
            ui.label("They are lost otherwise.");
            ui.add_space(8.0);
            let mut keep = false;
            ui.horizontal(|ui| {
                let save = ui.button("Save");
                if ui.memory(|memory| memory.focused().is_none()) {
                    save.request_focus();
                }
                if save.clicked() {
                    answer = Some(Unsaved::Save(command.clone()));
                }
                if ui.button("Don’t save").clicked() {
                    answer = Some(Unsaved::Discard(command.clone()));
                }
                keep = ui.button("Keep working").clicked();
            });
            keep
        });
        if answer.is_some() || modal.inner || modal.should_close() {
            self.unsaved = None;
        }
        answer
    }
}

/// What differs, in lines; of many the first.
fn lines_ui(ui: &mut Ui, head: &str, lines: &[String]) {
    const MOST: usize = 8;
    if lines.is_empty() {
        return;
    }
    ui.add_space(4.0);
    ui.label(head);
    for line in lines.iter().take(MOST) {
        ui.label(RichText::new(format!("• {line}")).small());
    }
    if lines.len() > MOST {
        ui.label(RichText::new(format!("and {} more", lines.len() - MOST)).small().weak());
    }
}

/// Scrolls by the keys of a reader.
fn scroll_by_keys(ui: &Ui, height: f32) {
    const LINE: f32 = 40.0;
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    let page = (height - LINE).max(LINE);
    for (key, by) in [
        (Key::ArrowDown, -LINE),
        (Key::ArrowUp, LINE),
        (Key::PageDown, -page),
        (Key::Space, -page),
        (Key::PageUp, page),
        (Key::Home, f32::MAX),
        (Key::End, f32::MIN),
    ] {
        if pressed(key) {
            ui.scroll_with_delta_animation(Vec2::new(0.0, by.clamp(-1e6, 1e6)), egui::style::ScrollAnimation::none());
        }
    }
}

fn help_ui(ui: &mut Ui, app: &App, page: Help, pages: &mut CommonMarkCache, commands: &mut Vec<Command>) {
    match page {
        Help::Keys => keys_ui(ui),
        Help::Methods => {
            CommonMarkViewer::new().show(ui, pages, METHODS);
        }
        Help::Notices => status::told_ui(ui, app, commands),
        Help::Earlier => earlier_ui(ui, app, commands),
        Help::Differences => differences_ui(ui, app, commands),
        Help::Sources => sources_ui(ui, app),
        Help::About => about_ui(ui),
    }
}

fn keys_ui(ui: &mut Ui) {
    ui.label(theme::strong("Keys", theme::FIGURE));
    for menu in Menu::ALL {
        ui.add_space(6.0);
        ui.label(theme::strong(menu.label(), theme::BODY));
        Grid::new(("keys", menu.label())).num_columns(2).spacing(Vec2::new(24.0, 3.0)).show(ui, |ui| {
            for named in Named::ALL.into_iter().filter(|named| named.entry().menu == menu) {
                let entry = named.entry();
                if !entry.keys.is_empty() {
                    key_ui(ui, &entry.keys.join(" or "), entry.label);
                }
            }
        });
    }
    ui.add_space(6.0);
    ui.label(theme::strong("In the list and on cards", theme::BODY));
    Grid::new("more keys").num_columns(2).spacing(Vec2::new(24.0, 3.0)).show(ui, |ui| {
        for (keys, what) in [
            ("Tab, Shift+Tab", "next, previous control"),
            ("Up, Down, Home, End", "move through the list, or the record"),
            ("Enter on a roll call", "tell every member’s vote"),
            ("Esc in the field of the record", "clear it"),
            ("Space", "select the country under the keyboard"),
            ("Shift+Up, Shift+Down", "select several"),
            ("Ctrl+A", "select all that are shown"),
            ("Ctrl+click, Shift+click", "select one more, select a range"),
            ("Alt while dragging", "copy instead of move"),
            ("Esc while dragging", "let go of everything"),
            ("Ctrl + and Ctrl −", "larger, smaller"),
        ] {
            key_ui(ui, keys, what);
        }
    });
}

/// A line of the list of keys.
fn key_ui(ui: &mut Ui, keys: &str, what: &str) {
    let (place, _) = ui.allocate_exact_size(Vec2::new(190.0, 18.0), egui::Sense::hover());
    let label = egui::Label::new(RichText::new(keys).weak());
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.new_child(egui::UiBuilder::new().max_rect(place).layout(layout)).add(label);
    ui.label(what);
    ui.end_row();
}

fn differences_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    let Some((name, found)) = &app.compared else { return };
    ui.label(theme::strong(format!("From “{name}” to this workspace"), theme::FIGURE));
    if found.is_empty() {
        ui.label("Nothing differs.");
        return;
    }
    for line in found {
        ui.add_space(3.0);
        ui.label(line);
    }
    ui.add_space(8.0);
    if ui.button("Copy all").clicked() {
        commands.push(Command::Copy { what: "What differs".to_owned(), text: found.join("\n") });
    }
}

/// What was saved before, and what changed with each.
fn earlier_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    const MOST: usize = 4;
    ui.label(theme::strong("Earlier versions", theme::FIGURE));
    let found = app.earlier();
    if found.is_empty() {
        ui.label("Nothing was saved to this file yet by this program. The last ten saved versions are kept here.");
        return;
    }
    for (at, version) in found.iter().enumerate() {
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(theme::strong(&version.when, theme::BODY));
            if at == 0 {
                ui.label(RichText::new("saved last").small().weak());
            }
            for (words, command) in [
                ("Open beside", Command::OpenEarlier(at)),
                ("Restore, unsaved", Command::Restore(at)),
                ("What differs from now", Command::CompareEarlier(at)),
            ] {
                let button = ui.add_enabled(version.opened.is_ok(), Button::new(words).small());
                super::name(&button, egui::Role::Button, &format!("{words}: version of {}", version.when));
                if button.clicked() {
                    commands.push(command);
                }
            }
        });
        if let Err(error) = &version.opened {
            ui.label(RichText::new(error).small());
        }
        for line in version.changes.iter().take(MOST) {
            ui.label(RichText::new(format!("• {line}")).small());
        }
        if version.changes.len() > MOST {
            ui.label(RichText::new(format!("and {} more changes", version.changes.len() - MOST)).small().weak());
        }
    }
    ui.add_space(10.0);
    if ui.button("Remove all earlier versions of this file").clicked() {
        commands.push(Command::ClearEarlier);
    }
}

fn sources_ui(ui: &mut Ui, app: &App) {
    ui.label(theme::strong("Sources and licences", theme::FIGURE));
    ui.label(
        "The code is under MIT or Apache-2.0. The data keep their own terms: UN votes are for non-commercial use \
         with attribution, V-Dem is share-alike, flags ask for attribution.",
    );
    for source in &app.atlas().sources {
        ui.add_space(6.0);
        ui.label(theme::strong(&source.title, theme::BODY));
        let words = format!("{} · {} · {}", source.publisher, source.vintage, source.licence_words());
        ui.label(RichText::new(words).small().weak());
        if !source.notes.is_empty() {
            ui.label(RichText::new(&source.notes).small());
        }
    }
}

fn about_ui(ui: &mut Ui) {
    ui.label(theme::strong(format!("Convenor {}", env!("CARGO_PKG_VERSION")), theme::FIGURE));
    ui.label(
        "Design international coalitions, and see estimated legitimacy, cost and deadlock risk beside those of going \
         alone, the Security Council, the G20 and the General Assembly.",
    );
    ui.add_space(6.0);
    ui.label("Estimates from recorded votes and published figures. They do not predict what a grouping would do.");
}

/// A button with its shortcut, for menus.
pub fn entry_button(app: &App, named: Named) -> Button<'static> {
    Button::new(named.words(app)).shortcut_text(named.entry().keys.first().copied().unwrap_or_default())
}
