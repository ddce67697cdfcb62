//! Organisations that exist, groupings that were proposed around 2021, and those formed since.

/// What kind of body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// From `memberships.csv`.
    Organisation,
    /// Proposed or active around 2021, from `proposals.csv`.
    Proposal,
    /// Formed or enlarged since 2021, from `minilaterals.csv`.
    Minilateral,
}

/// A seat in a body, as the table has it.
#[derive(Clone, Debug)]
pub struct Seat {
    /// ISO 3166-1 alpha-3, or one of the codes that are no actors (EUU, AFU, PYF, NCL).
    pub code: String,
    /// The role as the table words it, such as `permanent_member`.
    pub role: String,
    /// What the table notes about this seat.
    pub note: String,
    /// Who says so; “general knowledge, unverified” where nobody was asked.
    pub source: String,
    /// Since when, as the table has it: a year, a month or a day; empty where it does not say.
    pub since: String,
    /// When the list was as it is here; empty where the table does not say.
    pub as_of: String,
}

impl Seat {
    /// Whether it was written down, at least in part, without opening a source.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.source.contains("unverified") || self.source.contains("general knowledge")
    }
}

/// An organisation or a grouping with its seats.
#[derive(Clone, Debug)]
pub struct Body {
    /// The code in the tables, such as `NATO` or `T12`.
    pub code: String,
    /// A short name for chips.
    pub short: String,
    /// The full name.
    pub label: String,
    /// Where it comes from.
    pub kind: BodyKind,
    /// In the order of the table.
    pub seats: Vec<Seat>,
}

impl Body {
    /// When the first of its members joined; empty where the table does not say.
    #[must_use]
    pub fn since(&self) -> &str {
        let known = self.seats.iter().map(|seat| seat.since.as_str()).filter(|since| !since.is_empty());
        known.min().unwrap_or_default()
    }

    /// When the list of members was as it is here; empty where the table does not say.
    #[must_use]
    pub fn as_of(&self) -> &str {
        self.seats.iter().map(|seat| seat.as_of.as_str()).max().unwrap_or_default()
    }
}
