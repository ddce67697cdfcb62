//! What roll calls are about.

/// The topics of a roll call: a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Topics(u16);

impl Topics {
    /// No topic.
    pub const NONE: Self = Self(0);
    /// Palestine and the Israeli–Arab conflict.
    pub const ME: Self = Self(1);
    /// Nuclear weapons and nuclear material.
    pub const NUCLEAR: Self = Self(1 << 1);
    /// Arms control and disarmament.
    pub const ARMS: Self = Self(1 << 2);
    /// Wars, occupations and peace.
    pub const CONFLICT: Self = Self(1 << 3);
    /// Human rights.
    pub const RIGHTS: Self = Self(1 << 4);
    /// Colonialism and self-determination.
    pub const COLONIAL: Self = Self(1 << 5);
    /// Environment and climate.
    pub const ENVIRONMENT: Self = Self(1 << 6);
    /// Science and technology, information, outer space.
    pub const TECHNOLOGY: Self = Self(1 << 7);
    /// Health.
    pub const HEALTH: Self = Self(1 << 8);
    /// Trade, finance and debt.
    pub const TRADE: Self = Self(1 << 9);
    /// Sanctions and other measures of coercion.
    pub const SANCTIONS: Self = Self(1 << 10);
    /// Economic and social development.
    pub const DEVELOPMENT: Self = Self(1 << 11);
    /// The United Nations itself: budget, organs, law.
    pub const GOVERNANCE: Self = Self(1 << 12);

    /// All topics, by the names of the table and in its order.
    pub const NAMES: [(&'static str, Self); 13] = [
        ("me", Self::ME),
        ("nuclear", Self::NUCLEAR),
        ("arms", Self::ARMS),
        ("conflict", Self::CONFLICT),
        ("rights", Self::RIGHTS),
        ("colonial", Self::COLONIAL),
        ("environment", Self::ENVIRONMENT),
        ("technology", Self::TECHNOLOGY),
        ("health", Self::HEALTH),
        ("trade", Self::TRADE),
        ("sanctions", Self::SANCTIONS),
        ("development", Self::DEVELOPMENT),
        ("governance", Self::GOVERNANCE),
    ];

    /// The six codes of older tables of votes, and the topics that they stand for.
    const OLDER: [(&'static str, Self); 6] = [
        ("me", Self::ME),
        ("nu", Self::NUCLEAR),
        ("di", Self::ARMS),
        ("hr", Self::RIGHTS),
        ("co", Self::COLONIAL),
        ("ec", Self::DEVELOPMENT),
    ];

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two share a topic.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is no topic at all.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names of the topics, in the order of the table.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(_, topic)| self.meets(*topic)).map(|(name, _)| name)
    }

    /// Reads topics joined by a bar; empty and `?` are none.
    ///
    /// # Errors
    /// The first word that is no topic.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::read(text, &Self::NAMES)
    }

    /// The same from the codes of older tables: me nu di hr co ec.
    ///
    /// # Errors
    /// The first word that is no code.
    pub fn parse_older(text: &str) -> Result<Self, String> {
        Self::read(text, &Self::OLDER)
    }

    fn read(text: &str, known: &[(&str, Self)]) -> Result<Self, String> {
        if text.is_empty() || text == "?" {
            return Ok(Self::NONE);
        }
        text.split('|').map(str::trim).try_fold(Self::NONE, |set, word| {
            let topic = known.iter().find(|(name, _)| *name == word);
            topic.map(|(_, topic)| set.union(*topic)).ok_or_else(|| word.to_owned())
        })
    }
}
