//! What the program has to tell.

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

/// The notices that are shown.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    next: u64,
}

impl Notices {
    /// From how many on news makes room.
    const SHOWN: usize = 4;

    /// Tells something. The same sentence is not told twice at a time.
    pub fn tell(&mut self, weight: Weight, text: impl Into<String>) {
        let text = text.into();
        self.list.retain(|notice| notice.text != text);
        self.next += 1;
        self.list.push(Notice { id: self.next, weight, text });
        // What is only news makes room; what went wrong stays until it is dismissed.
        if self.list.len() > Self::SHOWN
            && let Some(at) = self.list.iter().position(|notice| notice.weight == Weight::Info)
        {
            self.list.remove(at);
        }
    }

    /// Forgets a notice.
    pub fn dismiss(&mut self, id: u64) {
        self.list.retain(|notice| notice.id != id);
    }

    /// The notices, oldest first.
    #[must_use]
    pub fn list(&self) -> &[Notice] {
        &self.list
    }
}
