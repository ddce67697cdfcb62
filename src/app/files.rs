//! Opening and saving.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::notice::Weight;
use super::{App, Document, Picked};
use crate::model::{History, Workspace};
use crate::storage::{self, examples};

impl App {
    /// Starts with an empty board.
    pub(super) fn start_new(&mut self) {
        self.replace(Workspace::new("New workspace"), Document::default());
    }

    /// Puts another document in place of this one.
    fn replace(&mut self, workspace: Workspace, document: Document) {
        self.history = History::new(workspace, true);
        self.document = document;
        self.session.grouping = self.workspace().groupings.first().map(|grouping| grouping.id);
        self.session.picked = Picked::default();
    }

    /// Opens a file; if that is not possible, everything stays as it is.
    pub(super) fn open_path(&mut self, path: &Path) {
        match storage::open(path, &self.engine.atlas) {
            Ok(opened) => {
                let repaired = opened.is_changed();
                self.replace(opened.workspace, Document { path: Some(path.to_owned()), saved_at: None });
                if repaired {
                    self.history.mark_edited();
                }
                for repair in &opened.repairs {
                    self.notices.tell(Weight::Warning, repair.to_string());
                }
                self.remember(path);
            }
            Err(error) => {
                self.notices.tell(Weight::Error, error.to_string());
                if !path.exists() {
                    self.recent.retain(|recent| recent != path);
                }
            }
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

    /// Saves to a file, which the document then belongs to.
    pub(super) fn save_to(&mut self, path: &Path) {
        let path = storage::with_extension(path);
        let workspace = self.workspace().clone();
        match storage::save(&path, &workspace) {
            Ok(()) => {
                self.history.mark_saved(workspace);
                self.remember(&path);
                self.notices.tell(Weight::Info, format!("Saved to {}.", path.display()));
                self.document = Document { path: Some(path), saved_at: Some(SystemTime::now()) };
            }
            Err(error) => self.notices.tell(Weight::Error, error.to_string()),
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

    fn remember(&mut self, path: &Path) {
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
