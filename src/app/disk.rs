//! Saving on a thread of its own: a slow disk never holds the window. What would leave the document waits until it is known whether it
//! was saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::elsewhere::{Conflict, File};
use super::guard::guarded;
use super::notice::Weight;
use super::table::Named;
use super::{App, Command, Document};
use crate::analysis::Engine;
use crate::model::{StoredFigures, Workspace};
use crate::storage::{self, Seen, versions};

/// How long a save, or opening, takes before it is told that it goes on.
pub(super) const SOON: Duration = Duration::from_millis(300);

/// What is to be saved.
struct Job {
    engine: Arc<Engine>,
    file: File,
    workspace: Arc<Workspace>,
    figures: StoredFigures,
    /// Where earlier versions are kept.
    versions: Option<PathBuf>,
}

/// What became of it.
enum Done {
    /// Another program changed the file: nothing was written.
    Conflict(Conflict),
    /// It is on the disk; what went wrong beside it.
    Saved(Seen, Option<String>),
    /// Nothing was written.
    Failed(String),
}

/// What is being saved on a thread.
pub(super) struct Saving {
    path: PathBuf,
    workspace: Arc<Workspace>,
    since: Instant,
    answer: Receiver<Result<Done, String>>,
}

impl Job {
    fn done(&self) -> Done {
        if let Some(conflict) = self.file.changed_elsewhere(&self.engine.atlas, true) {
            return Done::Conflict(conflict);
        }
        let path = &self.file.path;
        let mut fault = self.keep_what_was_there(path);
        match storage::save_with(path, &self.workspace, Some(&self.figures)) {
            Ok(seen) => {
                fault = self.keep(path, &self.workspace).or(fault);
                Done::Saved(seen, fault)
            }
            Err(error) => Done::Failed(error.to_string()),
        }
    }

    /// Keeps what a file held before this program saved to it for the first time.
    fn keep_what_was_there(&self, path: &Path) -> Option<String> {
        let folder = self.versions.as_ref()?;
        if !versions::list(folder, path).is_empty() {
            return None;
        }
        // What is no workspace, or cannot be read, is no version.
        let opened = storage::open(path, &self.engine.atlas).ok()?;
        self.keep(path, &opened.workspace)
    }

    /// Keeps what was saved to a file; why not, in a sentence.
    fn keep(&self, path: &Path, workspace: &Workspace) -> Option<String> {
        let folder = self.versions.as_ref()?;
        let text = storage::to_text(workspace).ok()?;
        let error = versions::keep(folder, path, &text).err()?;
        Some(format!("It was saved, but not kept among the earlier versions: {error}"))
    }
}

impl App {
    /// From now on the window goes on while a disk is slow.
    pub fn never_wait(&mut self) {
        self.patience = Duration::ZERO;
    }

    /// Whether a save is under way.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// The file that is being saved, where that takes long.
    #[must_use]
    pub fn saving(&self) -> Option<&Path> {
        let saving = self.saving.as_ref().filter(|saving| saving.since.elapsed() >= SOON)?;
        Some(saving.path.as_path())
    }

    /// Whether a command has to wait until it is known what became of the save, or of the file that is being opened.
    pub(super) fn waits_for_disk(&self, command: &Command) -> bool {
        (self.saving.is_some() || self.is_opening())
            && matches!(
                command,
                Command::SaveTo(_)
                    | Command::OpenPath(_)
                    | Command::OpenExample(_)
                    | Command::Restore(_)
                    | Command::Recover(_)
                    | Command::Discard(_)
                    | Command::LookAtFile
                    | Command::Reload
                    | Command::Overwrite
                    | Command::Do(Named::New | Named::Open | Named::Quit | Named::Save | Named::SaveAs)
            )
    }

    /// Saves to a file, which the document then belongs to.
    pub(super) fn save_to(&mut self, path: &Path) {
        let path = storage::with_extension(path);
        if self.held_elsewhere(&path) {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            let words = format!(
                "“{name}” was not saved: it is open in another window. Save it under another name, or close that window."
            );
            self.notices.tell(Weight::Error, words);
            return;
        }
        let workspace = self.workspace().clone();
        let job = Job {
            engine: self.engine.clone(),
            file: self.file_at(path.clone()),
            workspace: workspace.clone(),
            figures: self.figures_to_store(),
            versions: self.versions.clone(),
        };
        let wake = self.wake.clone();
        let (send, answer) = channel();
        let work = move || {
            let _ = send.send(guarded(|| job.done()));
            wake();
        };
        if let Err(error) = std::thread::Builder::new().name("save".to_owned()).spawn(work) {
            let words = format!(
                "Nothing was saved: the system gives no thread for it ({error}). Close other programs and try again."
            );
            self.notices.tell(Weight::Error, words);
            return;
        }
        self.saving = Some(Saving { path, workspace, since: Instant::now(), answer });
        self.take_save(self.patience);
    }

    /// Takes in what became of the save, and then what waited for it.
    pub(super) fn poll_save(&mut self) {
        self.take_save(Duration::ZERO);
    }

    fn take_save(&mut self, patience: Duration) {
        let Some(saving) = &self.saving else { return };
        let answer = match saving.answer.recv_timeout(patience) {
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => Err("the thread ended".to_owned()),
            Ok(answer) => answer,
        };
        let Some(Saving { path, workspace, .. }) = self.saving.take() else { return };
        match answer {
            Ok(Done::Conflict(conflict)) => self.conflict = Some(conflict),
            Ok(Done::Saved(seen, fault)) => {
                if let Some(words) = fault {
                    self.notices.tell(Weight::Warning, words);
                }
                self.history.mark_saved(workspace);
                self.remember(&path);
                self.notices.tell(Weight::Info, format!("Saved to {}.", path.display()));
                self.document = Document { path: Some(path), seen: Some(seen) };
                (self.conflict, self.kept_against) = (None, None);
                if self.patience.is_zero() {
                    self.keep_copy();
                } else {
                    self.write_copy();
                }
            }
            Ok(Done::Failed(words)) => self.notices.tell(Weight::Error, words),
            Err(why) => {
                let words = format!(
                    "“{}” was not saved: a fault of this program ({why}). Save it under another name.",
                    path.display()
                );
                self.notices.tell(Weight::Error, words);
            }
        }
        self.run_put_off();
    }

    /// Goes on with what waited for the disk.
    pub(super) fn run_put_off(&mut self) {
        for command in std::mem::take(&mut self.put_off) {
            self.run(command);
        }
    }
}
