//! Opening and saving.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::keeper::{Job, Keeper, Outcome};
use super::notice::Weight;
use super::{App, Ask, Command, Document, Help, Picked, SideFile};
use crate::analysis::edition;
use crate::chart;
use crate::data::Atlas;
use crate::model::{Edit, Grouping, History, StoredFigures, Workspace};
use crate::storage::autosave::{self, Found};
use crate::storage::{self, Opened, Seen, examples, holds};

impl App {
    /// Starts with an empty board.
    pub(super) fn start_new(&mut self) {
        self.replace(Workspace::new("New workspace"), Document::default());
    }

    /// Puts another document in place of this one.
    pub(super) fn replace(&mut self, workspace: Workspace, document: Document) {
        if document.path.as_ref().is_none_or(|path| self.hold.as_ref().is_some_and(|hold| !hold.is_of(path))) {
            self.hold = None;
        }
        self.history = History::new(workspace, true);
        self.notices.dismiss_all();
        self.opened += 1;
        self.forget_search();
        self.results.forget_board();
        self.document = document;
        self.session.view.selected = self.workspace().groupings.first().map(|grouping| grouping.id);
        self.session.picked = Picked::default();
        self.session.roll_call = None;
        self.session.slide = None;
        self.session.live = None;
        (self.conflict, self.kept_against) = (None, None);
    }

    /// Takes in a file that was read to be opened, unless that could not be done or work was done meanwhile that would be lost.
    pub(super) fn take_opened(&mut self, path: &Path, opened: Result<Opened, String>, shown: &Arc<Workspace>) {
        match opened {
            Ok(_) if self.history.is_edited() && !Arc::ptr_eq(shown, self.workspace()) => {
                self.asks.push(Ask::Unsaved(Box::new(Command::OpenPath(path.to_owned()))));
            }
            Ok(opened) => {
                let repaired = opened.is_changed();
                let held = self.held_elsewhere(path);
                if held {
                    self.replace(opened.workspace, Document::default());
                    self.history.mark_edited();
                    self.notices.tell(Weight::Warning, copy_words(path));
                } else {
                    self.replace(opened.workspace, Document { path: Some(path.to_owned()), seen: Some(opened.seen) });
                    if repaired {
                        self.history.mark_edited();
                    }
                }
                for repair in &opened.repairs {
                    self.notices.tell(Weight::Warning, repair.to_string());
                }
                if let Some(stored) = &opened.as_saved {
                    for words in self.moved_since(stored) {
                        self.notices.tell(Weight::Warning, words);
                    }
                }
                self.remember(path);
            }
            Err(error) => {
                self.notices.tell(Weight::Error, error);
                if !path.exists() {
                    self.recent.retain(|recent| recent != path);
                }
            }
        }
        self.refresh();
    }

    /// The document becomes one that belongs to no file, unsaved: what it was opened from stays as it is.
    pub fn make_copy(&mut self) {
        if self.document.path.is_some() {
            self.hold = None;
            self.document = Document::default();
            self.history.mark_edited();
            let words = "This is a copy that belongs to no file: save it under a name of its own.";
            self.notices.tell(Weight::Info, words.to_owned());
        }
    }

    /// What moved since figures were stored with the document, a sentence each.
    fn moved_since(&self, stored: &StoredFigures) -> Vec<String> {
        let board = self.results.board_of(&self.engine, self.workspace(), None);
        let report = |grouping: &Grouping| board.find(grouping.id).map(|of| &*of.report);
        let mut words = chart::moved_words(stored, &edition::moved(self.workspace(), stored, report));
        if words.len() > MOST_MOVED {
            let more = words.len() - MOST_MOVED;
            words.truncate(MOST_MOVED);
            words.push(format!("And {more} more figures: “convenor assess” lists them all."));
        }
        words
    }

    /// The figures of the document as they are now.
    pub(super) fn figures_to_store(&self) -> StoredFigures {
        let board = self.results.board_of(&self.engine, self.workspace(), None);
        edition::stored(self.workspace(), |grouping| board.find(grouping.id).map(|of| &*of.report))
    }

    /// Notes from now on which file is open, so that a second window knows.
    pub fn use_holds(&mut self, folder: PathBuf) {
        self.holds = Some(folder);
    }

    /// Holds a file open for this window; whether another window does. Where nothing can be noted, nobody does.
    pub(super) fn held_elsewhere(&mut self, path: &Path) -> bool {
        let Some(folder) = &self.holds else { return false };
        if self.hold.as_ref().is_some_and(|hold| hold.is_of(path)) {
            return false;
        }
        match holds::hold(folder, path) {
            Ok(Some(hold)) => {
                self.hold = Some(hold);
                false
            }
            Ok(None) => true,
            Err(_) => false,
        }
    }

    /// Tells what differs from a workspace on disk, which stays what it is.
    pub(super) fn compare_with(&mut self, path: &Path) {
        match storage::open(path, &self.engine.atlas) {
            Ok(opened) => {
                let name = path
                    .file_name()
                    .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
                let found = chart::differences(&opened.workspace, self.workspace(), self.atlas());
                self.compared = Some((name, found));
                self.asks.push(Ask::Help(Help::Differences));
            }
            Err(error) => self.notices.tell(Weight::Error, error.to_string()),
        }
    }

    /// Opens an example. It belongs to no file: saving asks where.
    pub(super) fn open_example(&mut self, at: usize) {
        let Some(example) = examples::ALL.get(at) else { return };
        match example.open(&self.engine.atlas) {
            Ok(workspace) => self.replace(workspace, Document::default()),
            Err(error) => self.notices.tell(Weight::Error, error.to_string()),
        }
    }

    /// Writes files beside the document: one, or several into a folder of that name.
    pub(super) fn write_beside(&mut self, path: &Path, file: &SideFile) {
        let written = match file.files.as_slice() {
            [(_, bytes)] => {
                let path = storage::with_this_extension(path, file.extension);
                storage::save_bytes(&path, bytes).map(|()| path).map_err(|error| error.to_string())
            }
            several => {
                let is_named = path.extension().is_some_and(|ending| ending == file.extension);
                let folder = free_folder(&if is_named { path.with_extension("") } else { path.to_owned() });
                write_all(&folder, several, file.extension).map(|()| folder)
            }
        };
        match written {
            Ok(path) => self.notices.tell(Weight::Info, format!("Saved {} to {}.", file.what, path.display())),
            Err(error) => self.notices.tell(Weight::Error, error),
        }
    }

    /// Keeps recovery copies in a folder from now on, and looks there for work of sessions that did not end well.
    pub fn use_autosave(&mut self, folder: PathBuf) {
        match autosave::find(&folder, &self.engine.atlas) {
            Ok(found) => {
                self.found = found;
                for found in &mut self.found {
                    found.differs = differs(found, &self.engine.atlas);
                }
            }
            Err(error) => {
                let text = format!("Recovery copies in “{}” could not be read: {error}.", folder.display());
                self.notices.tell(Weight::Warning, text);
            }
        }
        self.copies = Some(folder);
    }

    /// Whether there is unsaved work that has no recovery copy yet, or a copy that is not needed any more.
    #[must_use]
    pub fn wants_copy(&self) -> bool {
        let (wanted, edited) = self.with_half_typed();
        let copied = self.copied.as_ref().is_some_and(|copied| Arc::ptr_eq(copied, wanted));
        self.copies.is_some() && if edited { !copied } else { self.copied.is_some() }
    }

    /// What is being typed and is no edit yet: recovery copies hold it as if it were.
    pub fn set_half_typed(&mut self, edit: Option<Edit>) {
        let base = self.history.workspace();
        let same = |half: &HalfTyped| Arc::ptr_eq(&half.base, base) && Some(&half.edit) == edit.as_ref();
        if self.half_typed.as_ref().map_or(edit.is_none(), same) {
            return;
        }
        self.half_typed = edit.filter(|edit| edit.check(base).is_ok()).and_then(|edit| {
            let mut with = (**base).clone();
            edit.apply(&mut with);
            (with != **base).then(|| HalfTyped { edit, base: base.clone(), with: Arc::new(with) })
        });
    }

    /// The document with what is being typed, and whether it differs from what the disk has.
    fn with_half_typed(&self) -> (&Arc<Workspace>, bool) {
        match &self.half_typed {
            Some(half) if Arc::ptr_eq(&half.base, self.workspace()) => (&half.with, true),
            _ => (self.workspace(), self.history.is_edited()),
        }
    }

    fn copy_job(&self) -> Job {
        let (workspace, edited) = self.with_half_typed();
        Job { workspace: workspace.clone(), origin: self.document.path.clone(), edited }
    }

    /// Asks for a recovery copy where one is wanted, and takes in what became of those that were asked for. What fails is told at
    /// once, and tried again until it is done.
    pub fn keep_copy(&mut self) {
        if let Some(outcome) = self.keeper.as_ref().and_then(Keeper::outcome) {
            self.copy_done(outcome);
        }
        if !self.wants_copy() {
            return;
        }
        let job = self.copy_job();
        let is_asked = self
            .asked_copy
            .as_ref()
            .is_some_and(|(workspace, edited)| Arc::ptr_eq(workspace, &job.workspace) && *edited == job.edited);
        let asked = Some((job.workspace.clone(), job.edited));
        if !is_asked && let Some(keeper) = self.keeper() {
            keeper.keep(job);
            self.asked_copy = asked;
        }
    }

    /// The thread that keeps copies; it begins with the first.
    fn keeper(&mut self) -> Option<&mut Keeper> {
        let folder = self.copies.clone()?;
        let wake = self.wake.clone();
        Some(self.keeper.get_or_insert_with(|| Keeper::new(folder, wake)))
    }

    /// Writes the recovery copy at once, or removes it where nothing is unsaved; whether that was done.
    pub fn write_copy(&mut self) -> bool {
        let job = self.copy_job();
        let outcome = self.keeper().and_then(|keeper| keeper.keep_now(job));
        outcome.is_some_and(|outcome| self.copy_done(outcome))
    }

    fn copy_done(&mut self, Outcome { job, fault }: Outcome) -> bool {
        if fault.is_none() {
            self.copied = job.edited.then_some(job.workspace);
            if self.copy_fault.take().is_some() {
                self.notices.tell(Weight::Info, "Recovery copies are written again.".to_owned());
            }
            return true;
        }
        // It is asked for again.
        self.asked_copy = None;
        if self.copy_fault != fault
            && let Some(words) = &fault
        {
            self.notices.tell(Weight::Warning, words.clone());
        }
        self.copy_fault = fault;
        false
    }

    /// The session ends as it should: what is still unsaved was given up on purpose.
    pub fn end_session(&mut self) {
        let job = Job { edited: false, ..self.copy_job() };
        if let Some(keeper) = &mut self.keeper {
            // Nobody is left to be told; a copy that stays is offered at the next start.
            let _ = keeper.keep_now(job);
        }
    }

    /// Opens a recovery copy in place of the document. It remains unsaved until it is saved.
    pub(super) fn recover(&mut self, at: usize) {
        if at >= self.found.len() {
            return;
        }
        let found = self.found.remove(at);
        let seen = found.origin.as_ref().and_then(|origin| Seen::now(origin).ok().flatten());
        match &found.opened {
            Ok(opened) => {
                let held = found.origin.as_ref().filter(|origin| self.held_elsewhere(origin));
                if let Some(origin) = held {
                    self.notices.tell(Weight::Warning, copy_words(origin));
                }
                let origin = found.origin.clone().filter(|_| held.is_none());
                self.replace(opened.workspace.clone(), Document { path: origin, seen });
                self.history.mark_edited();
                // What was found goes only after what takes its place is on the disk.
                if self.write_copy() {
                    self.discard(&found);
                } else {
                    let copy = found.copy.display();
                    let words = format!("The copy that was found stays until another can be written: {copy}.");
                    self.notices.tell(Weight::Warning, words);
                }
            }
            Err(error) => self.notices.tell(Weight::Error, error.to_string()),
        }
    }

    /// Throws a recovery copy away.
    pub(super) fn drop_recovery(&mut self, at: usize) {
        if at < self.found.len() {
            let found = self.found.remove(at);
            self.discard(&found);
        }
    }

    fn discard(&mut self, found: &Found) {
        if let Err(error) = found.discard() {
            self.notices.tell(Weight::Warning, format!("The recovery copy could not be removed: {error}."));
        }
    }

    /// Reads the list of recent files, and keeps it there from now on.
    pub fn use_recent_list(&mut self, list: PathBuf) {
        let recent = storage::recent::load(&list);
        self.recent = recent.files;
        if let Some(complaint) = recent.complaint {
            self.notices.tell(Weight::Warning, complaint);
        }
        self.recent_file = Some(list);
    }

    pub(super) fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        match self.recent_file.as_ref().map(|list| storage::recent::remember(list, &path)) {
            Some(Ok(recent)) => self.recent = recent,
            Some(Err(error)) => self.notices.tell(Weight::Warning, error.to_string()),
            None => {
                self.recent.retain(|recent| *recent != path);
                self.recent.insert(0, path);
                self.recent.truncate(storage::recent::MOST);
            }
        }
    }
}

/// How many sentences about what moved since a file was saved are told at once.
const MOST_MOVED: usize = 9;

/// What is told of a file that another window has open.
fn copy_words(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    format!(
        "“{name}” is open in another window. This is a copy that belongs to no file: save it under another name, or go on there."
    )
}

/// What is being typed, the document without it and with it.
#[derive(Debug)]
pub(super) struct HalfTyped {
    edit: Edit,
    base: Arc<Workspace>,
    with: Arc<Workspace>,
}

/// The folder, or where there is something already, one with a number behind its name: nothing is replaced unasked.
fn free_folder(wanted: &Path) -> PathBuf {
    let name = wanted.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let numbered = (2..1000).map(|n| wanted.with_file_name(format!("{name} {n}")));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|path| !path.exists()).unwrap_or_else(|| wanted.to_owned())
}

/// Several files into a folder, which is made where it is not there.
fn write_all(folder: &Path, files: &[(String, Vec<u8>)], extension: &str) -> Result<(), String> {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("“{}” is no folder and cannot be made one: {error}.", folder.display()))?;
    for (name, bytes) in files {
        let path = folder.join(format!("{name}.{extension}"));
        storage::save_bytes(&path, bytes).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// What a copy that was found holds beyond the file that it belongs to.
fn differs(found: &Found, atlas: &Atlas) -> Vec<String> {
    let (Ok(copy), Some(origin)) = (&found.opened, &found.origin) else { return Vec::new() };
    match storage::open(origin, atlas) {
        Ok(file) => chart::differences(&file.workspace, &copy.workspace, atlas),
        Err(error) => vec![error.to_string()],
    }
}
