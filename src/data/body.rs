//! Organisations that exist and groupings that were proposed around 2021.

/// Whether a body exists as an organisation or was proposed as a grouping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// From `memberships.csv`.
    Organisation,
    /// From `proposals.csv`.
    Proposal,
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
}

/// An organisation or a proposed grouping with its seats.
#[derive(Clone, Debug)]
pub struct Body {
    /// The code in the tables, such as `NATO` or `T12`.
    pub code: String,
    /// A short name for chips.
    pub short: String,
    /// The full name.
    pub label: String,
    /// Organisation or proposal.
    pub kind: BodyKind,
    /// In the order of the table.
    pub seats: Vec<Seat>,
}
