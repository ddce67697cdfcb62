//! Where figures come from.

/// A publication that figures were taken from: a row of `sources.csv`.
#[derive(Clone, Debug)]
pub struct Source {
    /// The key used in the tables.
    pub id: String,
    /// The title of the publication.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Its licence, as far as known.
    pub licence: String,
    /// Which edition was taken.
    pub vintage: String,
    /// What reuse asks for: open, attribution, share-alike, non-commercial.
    pub reuse: String,
    /// Cautions.
    pub notes: String,
}

impl Source {
    /// The licence as it is told: where nobody opened it at its source, that is said.
    #[must_use]
    pub fn licence_words(&self) -> String {
        let words = self.licence.replace("(licence from general knowledge)", "(as commonly stated, not checked)");
        words.replace("(from general knowledge)", "(as commonly stated, not checked)")
    }
}
