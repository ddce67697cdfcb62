//! Where figures come from.

/// A publication that figures were taken from: a row of `sources.csv`.
#[derive(Clone, Debug, Default)]
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

    /// Which edition was taken, for people: without the marks by which collections number their states.
    #[must_use]
    pub fn edition(&self) -> String {
        let is_mark = |word: &str| {
            let word = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
            word.len() == 7 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let words: Vec<&str> =
            self.vintage.split_whitespace().filter(|word| !is_mark(word) && *word != "commit").collect();
        match words.join(" ").trim_matches([';', ' ']) {
            "" | "n/a" => String::new(),
            words => words.to_owned(),
        }
    }

    /// Whether figures rest on it; otherwise it gives letters, flags, outlines or names.
    #[must_use]
    pub fn is_evidence(&self) -> bool {
        !DRESS.contains(&self.id.as_str())
    }
}

/// The sources of letters, flags, outlines and names.
const DRESS: [&str; 4] = ["natural_earth", "twemoji", "ibm_plex", "cldr"];

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn the_edition_is_told_without_marks() {
        let edition = |vintage: &str| Source { vintage: vintage.to_owned(), ..Source::default() }.edition();
        assert_eq!(edition("caa72d1 2026-05-15"), "2026-05-15");
        assert_eq!(
            edition("accessed by that project 2024-06-06; commit 088271d 2024-12-02"),
            "accessed by that project 2024-06-06; 2024-12-02"
        );
        assert_eq!(edition("a1f17e3 2025-06-25; 26c955c 2022-11-02;"), "2025-06-25; 2022-11-02");
        assert_eq!([edition("n/a"), edition("17.0.2"), edition("2024 to 2025")], ["", "17.0.2", "2024 to 2025"]);
    }
}
