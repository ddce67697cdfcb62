//! What the program has to tell.

use crate::model::visible;
use crate::storage::plain_words;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Something was done.
    Info,
    /// Something was not as expected; nothing is lost.
    Warning,
    /// Something could not be done.
    Error,
}

/// One thing to tell: a sentence that names the thing and the cure.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its key, to dismiss it by.
    pub id: u64,
    /// How much it matters.
    pub weight: Weight,
    /// The sentence.
    pub text: String,
}

/// The notices: those that are shown, and all that was told.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    told: Vec<Notice>,
    next: u64,
    /// The number of the newest notice when the list of all was last read.
    read: u64,
}

impl Notices {
    /// From how many on news makes room.
    const SHOWN: usize = 4;
    /// How many are kept in the list of all.
    const KEPT: usize = 2000;

    /// Tells something. The same sentence is not told twice at a time.
    pub fn tell(&mut self, weight: Weight, text: impl Into<String>) {
        let text = text.into();
        let text = plain_words(&text).lines().map(visible).collect::<Vec<_>>().join("\n");
        self.list.retain(|notice| notice.text != text);
        self.next += 1;
        let notice = Notice { id: self.next, weight, text };
        self.told.push(notice.clone());
        if self.told.len() > Self::KEPT {
            self.told.remove(0);
        }
        self.list.push(notice);
        // What is only news makes room; what went wrong stays for its time.
        if self.list.len() > Self::SHOWN
            && let Some(at) = self.list.iter().position(|notice| notice.weight == Weight::Info)
        {
            self.list.remove(at);
        }
    }

    /// Shows a notice no longer; it stays in the list of all.
    pub fn dismiss(&mut self, id: u64) {
        self.list.retain(|notice| notice.id != id);
    }

    /// Shows none of them any longer: they speak of a document that is closed.
    pub fn dismiss_all(&mut self) {
        self.list.clear();
    }

    /// Shows news no longer: it speaks of what has been changed since.
    pub fn dismiss_news(&mut self) {
        self.list.retain(|notice| notice.weight != Weight::Info);
    }

    /// The notices that are shown, oldest first.
    #[must_use]
    pub fn list(&self) -> &[Notice] {
        &self.list
    }

    /// All that was told since the program started, oldest first.
    #[must_use]
    pub fn told(&self) -> &[Notice] {
        &self.told
    }

    /// How many warnings and errors left the screen before the list of all was read.
    #[must_use]
    pub fn unread(&self) -> usize {
        let shown = |id| self.list.iter().any(|notice| notice.id == id);
        let missed = |notice: &&Notice| notice.weight != Weight::Info && notice.id > self.read && !shown(notice.id);
        self.told.iter().filter(missed).count()
    }

    /// The list of all was read.
    pub fn mark_read(&mut self) {
        self.read = self.next;
    }
}
