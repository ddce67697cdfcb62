//! Choosing files: the system's dialog on a thread of its own where there is one, else a small one of ours.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use eframe::egui::{self, Button, Key, Modal, RichText, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::theme;
use crate::app::{App, Command, SideFile};
use crate::storage;

/// What a file is chosen for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Purpose {
    Open,
    /// A workspace to compare with.
    Compare,
    Save,
    /// Saving a text that is not the document.
    Text(SideFile),
}

impl Purpose {
    fn title(&self) -> String {
        match self {
            Self::Open => "Open a workspace".to_owned(),
            Self::Compare => "Compare with a workspace".to_owned(),
            Self::Save => "Save the workspace".to_owned(),
            Self::Text(file) => format!("Save {}", file.what),
        }
    }

    fn extension(&self) -> &'static str {
        match self {
            Self::Open | Self::Compare | Self::Save => storage::EXTENSION,
            Self::Text(file) => file.extension,
        }
    }

    /// The name that is suggested.
    fn name(&self, app: &App) -> String {
        match self {
            Self::Open | Self::Compare => String::new(),
            Self::Save => suggested_name(app),
            Self::Text(file) => format!("{}.{}", plain(&file.name), file.extension),
        }
    }
}

/// The dialogs, and what to do once a file is chosen.
#[derive(Default)]
pub struct FileDialogs {
    native: Option<Native>,
    own: Option<Own>,
    /// A command to go on with after a file was saved.
    after: Option<Command>,
}

struct Native {
    purpose: Purpose,
    answer: Receiver<Option<PathBuf>>,
    started: Instant,
}

struct Own {
    purpose: Purpose,
    folder: PathBuf,
    entries: Vec<(String, bool)>,
    text: String,
    fault: Option<String>,
    confirm: Option<PathBuf>,
    started: bool,
}

impl FileDialogs {
    /// Whether a dialog is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.native.is_some() || self.own.is_some()
    }

    /// Asks for a file to open.
    pub fn ask_open(&mut self, ctx: &egui::Context, app: &App) {
        self.ask(ctx, app, Purpose::Open, None);
    }

    /// Asks for a workspace to compare with.
    pub fn ask_compare(&mut self, ctx: &egui::Context, app: &App) {
        self.ask(ctx, app, Purpose::Compare, None);
    }

    /// Asks where to save, and goes on with `after` once that is done.
    pub fn ask_save(&mut self, ctx: &egui::Context, app: &App, after: Option<Command>) {
        self.ask(ctx, app, Purpose::Save, after);
    }

    /// Asks where to save a text.
    pub fn ask_text(&mut self, ctx: &egui::Context, app: &App, file: SideFile) {
        self.ask(ctx, app, Purpose::Text(file), None);
    }

    fn ask(&mut self, ctx: &egui::Context, app: &App, purpose: Purpose, after: Option<Command>) {
        if self.is_open() {
            return;
        }
        self.after = after;
        let folder = folder_of(app);
        let name = purpose.name(app);
        if !native_is_there() {
            self.own = Some(Own::new(purpose, folder, name));
            return;
        }
        let (send, answer) = channel();
        let (ctx, asked) = (ctx.clone(), purpose.clone());
        std::thread::spawn(move || {
            let extension = asked.extension();
            let kind = if extension == storage::EXTENSION { "Convenor workspace" } else { extension };
            let dialog = rfd::FileDialog::new().add_filter(kind, &[extension]).set_directory(&folder);
            let dialog = dialog.set_title(asked.title());
            let chosen = match asked {
                Purpose::Open | Purpose::Compare => dialog.pick_file(),
                Purpose::Save | Purpose::Text(_) => dialog.set_file_name(name).save_file(),
            };
            let _ = send.send(chosen);
            ctx.request_repaint();
        });
        self.native = Some(Native { purpose, answer, started: Instant::now() });
    }

    /// Shows what is open; a chosen file becomes commands.
    pub fn ui(&mut self, ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
        self.poll_native(app, commands);
        let Some(own) = &mut self.own else { return };
        let mut chosen = None;
        let mut close = false;
        let modal = Modal::new(egui::Id::unique("file dialog")).show(ui.ctx(), |ui| {
            ui.set_width(560.0);
            own.ui(ui, &mut chosen, &mut close);
        });
        if let Some(path) = chosen {
            self.choose(path, commands);
        } else if close || modal.should_close() {
            self.own = None;
            self.after = None;
        }
    }

    fn choose(&mut self, path: PathBuf, commands: &mut Vec<Command>) {
        let purpose = self.own.take().map(|own| own.purpose).or(self.native.take().map(|native| native.purpose));
        match purpose {
            Some(Purpose::Save) => {
                commands.push(Command::SaveTo(path));
                commands.extend(self.after.take());
            }
            Some(Purpose::Text(file)) => commands.push(Command::WriteFileBeside(path, file)),
            Some(Purpose::Compare) => commands.push(Command::CompareWith(path)),
            _ => commands.push(Command::OpenPath(path)),
        }
    }

    fn poll_native(&mut self, app: &App, commands: &mut Vec<Command>) {
        let Some(native) = &self.native else { return };
        match native.answer.try_recv() {
            Ok(Some(path)) => self.choose(path, commands),
            Err(TryRecvError::Empty) => {}
            Ok(None) | Err(TryRecvError::Disconnected) => {
                let (purpose, took) = (native.purpose.clone(), native.started.elapsed());
                self.native = None;
                // Nobody cancels that fast: there is no dialog service after all.
                if took < Duration::from_millis(150) {
                    let name = purpose.name(app);
                    self.own = Some(Own::new(purpose, folder_of(app), name));
                } else {
                    self.after = None;
                }
            }
        }
    }
}

/// Whether the system has a dialog to offer: zenity, or a session bus with a portal.
fn native_is_there() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if cfg!(not(target_os = "linux")) || std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file()) {
        return true;
    }
    let service = Path::new("/usr/share/dbus-1/services/org.freedesktop.portal.Desktop.service");
    std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some() && service.exists()
}

fn folder_of(app: &App) -> PathBuf {
    let own = app.document.path.as_ref().or(app.recent.first()).and_then(|path| path.parent());
    own.map(Path::to_owned)
        .filter(|folder| folder.is_dir())
        .or_else(|| directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned()))
        .or_else(|| std::env::current_dir().ok())
        .unwrap_or_else(|| PathBuf::from("/"))
}

/// The file's own name, or one made of the title.
fn suggested_name(app: &App) -> String {
    if let Some(name) = app.document.path.as_ref().and_then(|path| path.file_name()) {
        return name.to_string_lossy().into_owned();
    }
    format!("{}.convenor", plain(&app.workspace().title))
}

/// A name that every system takes.
fn plain(text: &str) -> String {
    let text: String =
        text.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    text.trim_matches('-').to_owned()
}

impl Own {
    fn new(purpose: Purpose, folder: PathBuf, text: String) -> Self {
        let mut own = Self { purpose, folder, entries: Vec::new(), text, fault: None, confirm: None, started: false };
        own.read();
        own
    }

    /// Reads the folder: folders first, then workspaces.
    fn read(&mut self) {
        self.entries.clear();
        self.fault = None;
        let list = match std::fs::read_dir(&self.folder) {
            Ok(list) => list,
            Err(error) => {
                self.fault = Some(format!("“{}” could not be read: {error}.", self.folder.display()));
                return;
            }
        };
        let ending = format!(".{}", self.purpose.extension());
        for entry in list.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = entry.path().is_dir();
            if !name.starts_with('.') && (is_folder || name.ends_with(&ending)) {
                self.entries.push((name, is_folder));
            }
        }
        self.entries.sort_by_key(|(name, is_folder)| (!is_folder, name.to_lowercase()));
    }

    fn enter(&mut self, folder: PathBuf) {
        self.folder = folder;
        self.read();
    }

    fn ui(&mut self, ui: &mut Ui, chosen: &mut Option<PathBuf>, close: &mut bool) {
        ui.label(theme::strong(self.purpose.title(), theme::TITLE));
        ui.horizontal(|ui| {
            if ui.button("Up").on_hover_text("the folder above").clicked()
                && let Some(parent) = self.folder.parent().map(Path::to_owned)
            {
                self.enter(parent);
            }
            ui.add(egui::Label::new(RichText::new(self.folder.display().to_string()).weak()).truncate());
        });
        let mut entered = None;
        ScrollArea::vertical().max_height(260.0).min_scrolled_height(200.0).auto_shrink(false).show(ui, |ui| {
            for (name, is_folder) in &self.entries {
                let label = if *is_folder { format!("{name}/") } else { name.clone() };
                let response = ui.add(Button::selectable(self.text == *name, label));
                if response.clicked() && *is_folder {
                    entered = Some(self.folder.join(name));
                } else if response.clicked() {
                    self.text.clone_from(name);
                }
                if response.double_clicked() && !*is_folder {
                    *chosen = Some(self.folder.join(name));
                }
            }
            if self.entries.is_empty() {
                ui.weak("Nothing of this kind is here. Go up, or type a path below.");
            }
        });
        if let Some(folder) = entered {
            self.enter(folder);
        }
        let field =
            ui.add(TextEdit::singleline(&mut self.text).desired_width(f32::INFINITY).hint_text("File name or path"));
        field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "File name or path"));
        if !std::mem::replace(&mut self.started, true) {
            field.request_focus();
        }
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        self.buttons_ui(ui, enter, chosen, close);
    }

    fn buttons_ui(&mut self, ui: &mut Ui, enter: bool, chosen: &mut Option<PathBuf>, close: &mut bool) {
        if let Some(fault) = &self.fault {
            ui.colored_label(theme::tokens(ui).error, fault);
        }
        if let Some(path) = self.confirm.clone() {
            ui.label(format!("“{}” is there already. Replace it?", path.display()));
            ui.horizontal(|ui| {
                if ui.button("Replace").clicked() {
                    *chosen = Some(path);
                }
                if ui.button("Choose another name").clicked() {
                    self.confirm = None;
                }
            });
            return;
        }
        ui.horizontal(|ui| {
            let word = match self.purpose {
                Purpose::Open => "Open",
                Purpose::Compare => "Compare",
                Purpose::Save | Purpose::Text(_) => "Save",
            };
            if ui.add_enabled(!self.text.trim().is_empty(), Button::new(word)).clicked()
                || (enter && !self.text.trim().is_empty())
            {
                self.accept(chosen);
            }
            if ui.button("Cancel").clicked() {
                *close = true;
            }
        });
    }

    fn accept(&mut self, chosen: &mut Option<PathBuf>) {
        let path = self.folder.join(self.text.trim());
        if path.is_dir() {
            self.text.clear();
            self.enter(path);
            return;
        }
        match &self.purpose {
            Purpose::Open | Purpose::Compare if path.is_file() => *chosen = Some(path),
            Purpose::Open | Purpose::Compare => {
                self.fault =
                    Some(format!("There is no file “{}”. Check the spelling, or choose one above.", path.display()));
            }
            Purpose::Save | Purpose::Text(_) => {
                let path = storage::with_this_extension(&path, self.purpose.extension());
                if path.exists() {
                    self.confirm = Some(path);
                } else {
                    *chosen = Some(path);
                }
            }
        }
    }
}
