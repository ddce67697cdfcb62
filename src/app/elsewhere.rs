//! The file of the document, changed by another program or another window since it was opened or saved.

use std::path::PathBuf;
use std::sync::Arc;

use super::App;
use super::notice::Weight;
use crate::chart;
use crate::data::Atlas;
use crate::model::Workspace;
use crate::storage::{self, Seen};

/// A file that is not what it was when this document was opened from it, or saved to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The file.
    pub path: PathBuf,
    /// What was changed there, in sentences.
    pub told: Vec<String>,
    /// Whether it was found while saving.
    pub saving: bool,
    now: Seen,
}

/// A file, and what the document knows of it.
pub(super) struct File {
    /// Where it is.
    pub path: PathBuf,
    /// What it held when it was opened or saved; `None` where the document does not belong to it.
    pub seen: Option<Seen>,
    /// What the window shows.
    pub now: Arc<Workspace>,
    /// What was opened or saved.
    pub before: Arc<Workspace>,
}

impl Conflict {
    /// What the file holds.
    pub(super) fn now(&self) -> Seen {
        self.now
    }
}

impl File {
    /// How it differs from what it was; `None` where it does not, is gone, or holds what the window shows.
    pub fn changed_elsewhere(&self, atlas: &Atlas, saving: bool) -> Option<Conflict> {
        let path = &self.path;
        let seen = self.seen?;
        let now = Seen::now(path).ok().flatten().filter(|now| *now != seen)?;
        let told = match storage::open(path, atlas) {
            Ok(opened) if opened.workspace == *self.now => return None,
            Ok(opened) => {
                let told = chart::differences(&self.before, &opened.workspace, atlas);
                if told.is_empty() { vec!["Only how it is written differs.".to_owned()] } else { told }
            }
            Err(error) => vec![error.to_string()],
        };
        Some(Conflict { path: path.clone(), told, saving, now })
    }
}

impl App {
    /// What another program did to the file, and is not answered yet.
    #[must_use]
    pub fn conflict(&self) -> Option<&Conflict> {
        self.conflict.as_ref()
    }

    /// A file as the document knows it.
    pub(super) fn file_at(&self, path: PathBuf) -> File {
        let seen = self.document.seen.filter(|_| self.document.path.as_ref() == Some(&path));
        let now = self.workspace().clone();
        let before = self.history.saved().cloned().unwrap_or_else(|| now.clone());
        File { path, seen, now, before }
    }

    /// Takes the file as it is in place of what the window shows.
    pub(super) fn reload(&mut self) {
        if let Some(conflict) = self.conflict.take() {
            self.open_path(&conflict.path);
        }
    }

    /// Saves over what another program wrote.
    pub(super) fn overwrite(&mut self) {
        if let Some(conflict) = self.conflict.take() {
            self.document.seen = Some(conflict.now);
            self.save_to(&conflict.path);
        }
    }

    /// Leaves both as they are: saving asks again.
    pub(super) fn keep_mine(&mut self) {
        if let Some(conflict) = self.conflict.take() {
            self.kept_against = Some(conflict.now);
            if conflict.saving {
                self.notices
                    .tell(Weight::Warning, "Nothing was saved: the changes are in this window alone.".to_owned());
            }
        }
    }
}
