//! Actors.

use super::CountryId;

/// What an actor is in the United Nations' eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One of the 193 members of the United Nations.
    UnMember,
    /// Holy See, Palestine.
    UnObserver,
    /// In free association with a member: Cook Islands, Niue.
    AssociatedState,
    /// On the UN list of non-self-governing territories.
    NonSelfGoverning,
    /// Hong Kong, Macao.
    SpecialRegion,
    /// Taiwan, Kosovo.
    Other,
}

impl Kind {
    pub(super) fn from_table(text: &str) -> Option<Self> {
        Some(match text {
            "un_member" => Self::UnMember,
            "un_observer" => Self::UnObserver,
            "associated_state" => Self::AssociatedState,
            "non_self_governing" => Self::NonSelfGoverning,
            "special_region" => Self::SpecialRegion,
            "other" => Self::Other,
            _ => return None,
        })
    }

    /// In words, for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::UnMember => "UN member",
            Self::UnObserver => "UN observer state",
            Self::AssociatedState => "associated state",
            Self::NonSelfGoverning => "non-self-governing territory",
            Self::SpecialRegion => "special administrative region",
            Self::Other => "not a UN member",
        }
    }
}

/// One actor: a row of `countries.csv`.
#[derive(Clone, Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-3.
    pub id: CountryId,
    /// ISO 3166-1 alpha-2, for flags.
    pub iso2: String,
    /// The short English name.
    pub name: String,
    /// The official English name.
    pub official_name: String,
    /// Other names that people type.
    pub alt_names: Vec<String>,
    /// UN M49 region: Africa, Americas, Asia, Europe, Oceania.
    pub region: String,
    /// UN M49 subregion.
    pub subregion: String,
    /// Standing in the United Nations.
    pub kind: Kind,
    /// The capital; empty if none is listed.
    pub capital: String,
    /// Reference point, degrees north.
    pub lat: f64,
    /// Reference point, degrees east.
    pub lon: f64,
    /// World Bank income group of 2024; empty if not classified.
    pub income_group: String,
}

impl Country {
    /// Whether the actor has a seat in the General Assembly.
    #[must_use]
    pub fn is_un_member(&self) -> bool {
        self.kind == Kind::UnMember
    }

    /// The name as it stands inside a sentence: with “the” where English has it.
    #[must_use]
    pub fn in_sentence(&self) -> String {
        const WITH_ARTICLE: [&str; 22] = [
            "ARE", "BHS", "CAF", "COD", "COG", "COK", "COM", "CZE", "DOM", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL",
            "SLB", "SYC", "USA", "VAT", "ESH", "FSM", "CYM",
        ];
        let plain = ["Czechia", "Western Sahara", "Micronesia", "Congo"].iter().any(|name| self.name.starts_with(name));
        if WITH_ARTICLE.contains(&self.id.as_str()) && !plain {
            format!("the {}", self.name)
        } else {
            self.name.clone()
        }
    }

    /// The two regional-indicator characters that show as the actor's flag.
    #[must_use]
    pub fn flag(&self) -> String {
        self.iso2.bytes().filter_map(|byte| char::from_u32(0x1F1E6 + u32::from(byte.wrapping_sub(b'A')))).collect()
    }
}
