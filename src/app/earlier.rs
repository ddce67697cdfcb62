//! Earlier versions of the document: what was saved before, with what changed since.

use std::path::PathBuf;

use super::day::told;
use super::notice::Weight;
use super::{App, Ask, Document, Help};
use crate::chart;
use crate::model::Workspace;
use crate::storage::{self, versions};

/// A version that was saved.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// Where it is.
    pub copy: PathBuf,
    /// When it was saved, by the clock where the window stands.
    pub when: String,
    /// What changed from the version before it, in sentences.
    pub changes: Vec<String>,
    /// The version, or why it cannot be read.
    pub opened: Result<Workspace, String>,
}

impl App {
    /// Keeps what is saved in a folder from now on.
    pub fn use_versions(&mut self, folder: PathBuf) {
        self.versions = Some(folder);
    }

    /// The versions that were looked up last, newest first.
    #[must_use]
    pub fn earlier(&self) -> &[Earlier] {
        &self.earlier
    }

    /// Looks up the versions of the document's file, and shows them.
    pub(super) fn show_earlier(&mut self) {
        let (Some(folder), Some(path)) = (&self.versions, &self.document.path) else { return };
        let atlas = &self.engine.atlas;
        let mut found: Vec<Earlier> = versions::list(folder, path)
            .into_iter()
            .map(|version| {
                let opened = storage::open(&version.copy, atlas);
                let opened = opened.map(|opened| opened.workspace).map_err(|error| error.to_string());
                Earlier { when: told(version.saved), copy: version.copy, changes: Vec::new(), opened }
            })
            .collect();
        for at in 1..found.len() {
            let (newer, older) = found.split_at_mut(at);
            if let (Some(newer), Some(older)) = (newer.last_mut(), older.first())
                && let (Ok(is), Ok(was)) = (&newer.opened, &older.opened)
            {
                newer.changes = chart::differences(was, is, atlas);
            }
        }
        self.earlier = found;
        self.asks.push(Ask::Help(Help::Earlier));
    }

    /// Puts a version in place of what the window shows, unsaved.
    pub(super) fn restore(&mut self, at: usize) {
        let Some(Earlier { opened: Ok(workspace), when, .. }) = self.earlier.get(at).cloned() else { return };
        let Document { path, seen } = self.document.clone();
        self.replace(workspace, Document { path, seen });
        self.history.mark_edited();
        let words = format!("The version of {when} is on the board. It is not saved: the file is still what it was.");
        self.notices.tell(Weight::Info, words);
    }

    /// Asks for a second window with a version.
    pub(super) fn open_earlier(&mut self, at: usize) {
        if let Some(Earlier { opened: Ok(_), copy, .. }) = self.earlier.get(at) {
            self.asks.push(Ask::OpenBeside(copy.clone()));
        }
    }

    /// What differs from a version to what the window shows.
    pub(super) fn compare_earlier(&mut self, at: usize) {
        let Some(Earlier { opened: Ok(workspace), when, .. }) = self.earlier.get(at) else { return };
        let found = chart::differences(workspace, self.workspace(), self.atlas());
        self.compared = Some((format!("the version of {when}"), found));
        self.asks.push(Ask::Help(Help::Differences));
    }

    /// Removes all versions of the document's file.
    pub(super) fn clear_earlier(&mut self) {
        let (Some(folder), Some(path)) = (&self.versions, &self.document.path) else { return };
        match versions::clear(folder, path) {
            Ok(()) => {
                self.earlier.clear();
                self.notices.tell(Weight::Info, "The earlier versions of this file were removed.".to_owned());
            }
            Err(error) => {
                self.notices.tell(Weight::Error, format!("The earlier versions could not be removed: {error}."));
            }
        }
    }
}
