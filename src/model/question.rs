//! Where actors stand on a question of the user's own (*Questions of your own* in `METHODS.md`).

/// Where an actor stands on a question, on the scale that whips use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stance {
    /// It will vote yes.
    Yes,
    /// It will rather vote yes.
    LeanYes,
    /// It will abstain.
    Abstain,
    /// It will rather vote no.
    LeanNo,
    /// It will vote no.
    No,
    /// The chances of a yes and of a no, each 0 to 1 and together at most 1; the rest is the chance of an abstention.
    Chances(f64, f64),
}

impl Stance {
    /// The stances that have a name, from yes to no.
    pub const NAMED: [Self; 5] = [Self::Yes, Self::LeanYes, Self::Abstain, Self::LeanNo, Self::No];
    /// The chances that a leaning actor votes as it leans, and against it: assumptions without a source.
    pub const LEANING: [f64; 2] = [0.7, 0.05];
    /// The word for an actor of which nothing is known: as if it were not listed.
    pub const UNDECIDED: &'static str = "undecided";

    /// The chances of a yes and of a no, each 0 to 1.
    ///
    /// ```
    /// use convenor::model::Stance;
    ///
    /// assert_eq!(Stance::LeanNo.chances(), [0.05, 0.7]);
    /// assert_eq!(Stance::from_name("abstain").map(Stance::chances), Some([0.0, 0.0]));
    /// ```
    #[must_use]
    pub fn chances(self) -> [f64; 2] {
        let [with, against] = Self::LEANING;
        match self {
            Self::Yes => [1.0, 0.0],
            Self::LeanYes => [with, against],
            Self::Abstain => [0.0, 0.0],
            Self::LeanNo => [against, with],
            Self::No => [0.0, 1.0],
            Self::Chances(yes, no) => [yes, no],
        }
    }

    /// The word used in files; none for chances.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Yes => Some("yes"),
            Self::LeanYes => Some("lean_yes"),
            Self::Abstain => Some("abstain"),
            Self::LeanNo => Some("lean_no"),
            Self::No => Some("no"),
            Self::Chances(..) => None,
        }
    }

    /// The stance by the word used in files.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|stance| stance.name() == Some(name))
    }
}
