//! Reading the document's file on a thread of its own: a drive that does not answer never holds the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::App;
use super::disk::SOON;
use super::elsewhere::Conflict;
use super::guard::guarded;
use super::notice::Weight;
use crate::model::Workspace;
use crate::storage::{self, Opened, Seen};

/// What was read.
enum Read {
    /// A file that is to be opened.
    Opened(Box<Result<Opened, String>>),
    /// The document's own file: what another program did to it.
    Looked(Option<Conflict>),
}

/// What is being read on a thread.
pub(super) struct Reading {
    path: PathBuf,
    /// Whether it is to be opened; if not, it is looked at.
    opens: bool,
    /// What the window showed when it was asked.
    shown: Arc<Workspace>,
    /// What the document knew of its file when it was asked.
    seen: Option<Seen>,
    since: Instant,
    answer: Receiver<Result<Read, String>>,
}

impl App {
    /// Whether a file is being read that is to be opened.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.opens)
    }

    /// The file that is being opened, where that takes long.
    #[must_use]
    pub fn opening(&self) -> Option<&Path> {
        let reading = self.reading.as_ref().filter(|reading| reading.opens && reading.since.elapsed() >= SOON)?;
        Some(reading.path.as_path())
    }

    /// Opens a file; if that is not possible, everything stays as it is.
    pub(super) fn open_path(&mut self, path: &Path) {
        let engine = self.engine.clone();
        let wanted = path.to_owned();
        let work = move || {
            let opened = storage::open(&wanted, &engine.atlas).map_err(|error| error.to_string());
            Read::Opened(Box::new(opened))
        };
        self.read(path.to_owned(), true, work);
    }

    /// Looks whether the file was changed since it was opened or saved, and asks once what is to be done.
    pub(super) fn look_at_file(&mut self) {
        let Some(path) = self.document.path.clone().filter(|_| self.conflict.is_none()) else { return };
        if self.reading.is_some() {
            return;
        }
        let (engine, file) = (self.engine.clone(), self.file_at(path.clone()));
        self.read(path, false, move || Read::Looked(file.changed_elsewhere(&engine.atlas, false)));
    }

    fn read(&mut self, path: PathBuf, opens: bool, job: impl FnOnce() -> Read + Send + 'static) {
        let wake = self.wake.clone();
        let (send, answer) = channel();
        let work = move || {
            let _ = send.send(guarded(job));
            wake();
        };
        if let Err(error) = std::thread::Builder::new().name("read".to_owned()).spawn(work) {
            let words = format!(
                "“{}” was not read: the system gives no thread for it ({error}). Close other programs and try again.",
                path.display()
            );
            self.notices.tell(Weight::Error, words);
            return;
        }
        let (shown, seen) = (self.workspace().clone(), self.document.seen);
        self.reading = Some(Reading { path, opens, shown, seen, since: Instant::now(), answer });
        self.take_reading(self.patience);
    }

    /// Takes in what was read.
    pub(super) fn poll_reading(&mut self) {
        self.take_reading(Duration::ZERO);
    }

    fn take_reading(&mut self, patience: Duration) {
        let Some(reading) = &self.reading else { return };
        let answer = match reading.answer.recv_timeout(patience) {
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => Err("the thread ended".to_owned()),
            Ok(answer) => answer,
        };
        let Some(Reading { path, shown, seen, .. }) = self.reading.take() else { return };
        match answer {
            Ok(Read::Opened(opened)) => self.take_opened(&path, *opened, &shown),
            // What was seen of the file before a save, or of another document's, says nothing.
            Ok(Read::Looked(found)) if self.document.seen == seen && self.saving.is_none() => {
                self.conflict = found.filter(|conflict| self.kept_against != Some(conflict.now()));
            }
            Ok(Read::Looked(_)) => {}
            Err(why) => {
                let words = format!("“{}” was not read: a fault of this program ({why}).", path.display());
                self.notices.tell(Weight::Error, words);
            }
        }
        self.run_put_off();
    }
}
