//! Undo and redo by snapshots.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Edit, Refusal, Workspace};

/// The number of a gesture: edits of one gesture (a slider held down) make one step.
pub type Gesture = u64;

struct Step {
    before: Arc<Workspace>,
    label: String,
    gesture: Option<Gesture>,
}

/// The document with what it was before each step.
pub struct History {
    now: Arc<Workspace>,
    undo: VecDeque<Step>,
    redo: Vec<Step>,
    saved: Option<Arc<Workspace>>,
}

impl History {
    /// How many steps are kept.
    pub const KEPT: usize = 1000;

    /// The document as it is on disk, where it was saved or opened.
    #[must_use]
    pub fn saved(&self) -> Option<&Arc<Workspace>> {
        self.saved.as_ref()
    }

    /// A document without a past. `saved`: whether it is as on disk.
    #[must_use]
    pub fn new(workspace: Workspace, saved: bool) -> Self {
        let now = Arc::new(workspace);
        Self { saved: saved.then(|| now.clone()), now, undo: VecDeque::new(), redo: Vec::new() }
    }

    /// The document as it is.
    #[must_use]
    pub fn workspace(&self) -> &Arc<Workspace> {
        &self.now
    }

    /// Checks an edit and applies it. An edit that changes nothing leaves no step.
    ///
    /// Edits with the same `gesture` as the step before are merged into that step.
    ///
    /// ```
    /// use convenor::model::{Edit, History, Workspace};
    ///
    /// let mut history = History::new(Workspace::default(), true);
    /// assert_eq!(history.apply(&Edit::SetTitle("Pandemic treaty".to_owned()), None), Ok(true));
    /// assert_eq!(history.workspace().title, "Pandemic treaty");
    /// assert!(history.undo().is_some());
    /// assert_eq!(**history.workspace(), Workspace::default());
    /// ```
    ///
    /// # Errors
    /// The refusal, with the document as it was.
    pub fn apply(&mut self, edit: &Edit, gesture: Option<Gesture>) -> Result<bool, Refusal> {
        self.apply_as(edit, edit.label(), gesture)
    }

    /// The same, where the step has a name of its own.
    ///
    /// # Errors
    /// As [`Self::apply`].
    pub fn apply_as(&mut self, edit: &Edit, label: String, gesture: Option<Gesture>) -> Result<bool, Refusal> {
        edit.check(&self.now)?;
        let mut next = (*self.now).clone();
        edit.apply(&mut next);
        if next == *self.now {
            return Ok(false);
        }
        let merges =
            gesture.is_some() && self.redo.is_empty() && self.undo.back().is_some_and(|last| last.gesture == gesture);
        let before = std::mem::replace(&mut self.now, Arc::new(next));
        self.redo.clear();
        if merges {
            // A gesture that comes back to where it began leaves no step either.
            if self.undo.back().is_some_and(|last| *last.before == *self.now) {
                if let Some(step) = self.undo.pop_back() {
                    self.now = step.before;
                }
                return Ok(true);
            }
        } else {
            self.undo.push_back(Step { before, label, gesture });
            if self.undo.len() > Self::KEPT {
                self.undo.pop_front();
            }
        }
        Ok(true)
    }

    /// Takes the last step back; tells what it was.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.undo.pop_back()?;
        let after = std::mem::replace(&mut self.now, step.before);
        let label = step.label.clone();
        self.redo.push(Step { before: after, ..step });
        Some(label)
    }

    /// Does the last undone step again; tells what it was.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.redo.pop()?;
        let before = std::mem::replace(&mut self.now, step.before);
        let label = step.label.clone();
        self.undo.push_back(Step { before, label: step.label, gesture: None });
        Some(label)
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.back().map(|step| step.label.as_str())
    }

    /// What redo would do again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }

    /// How many steps can be undone.
    #[must_use]
    pub fn len(&self) -> usize {
        self.undo.len()
    }

    /// Whether there is nothing to undo.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.undo.is_empty()
    }

    /// Notes that `workspace` is what the disk has.
    pub fn mark_saved(&mut self, workspace: Arc<Workspace>) {
        self.saved = Some(workspace);
    }

    /// Notes that the disk has something else: a file that was repaired while it was opened.
    pub fn mark_edited(&mut self) {
        self.saved = None;
    }

    /// Whether the document differs from what the disk has.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        !self.saved.as_ref().is_some_and(|saved| Arc::ptr_eq(saved, &self.now) || **saved == *self.now)
    }
}
