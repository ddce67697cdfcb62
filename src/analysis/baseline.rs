//! The baselines that are drawn thin behind the user's groupings (*Words* in `METHODS.md`).

use super::case::{Case, Rule, Voter};
use super::real::Real;
use crate::data::{Atlas, BodyKind, CountryId};
use crate::model::{CustomRule, NamedRule, Role};

/// A venue that exists, or going alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Baseline {
    /// The sponsor by itself, its own convenor.
    Alone,
    /// The Security Council of 2026 under its rule.
    SecurityCouncil,
    /// The G20, its 19 states, by consensus.
    G20,
    /// The 193 UN members by a majority of those present and voting: it agrees on texts, it commits nobody.
    GeneralAssembly,
}

impl Baseline {
    /// All baselines.
    pub const ALL: [Self; 4] = [Self::Alone, Self::SecurityCouncil, Self::G20, Self::GeneralAssembly];

    /// The name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Alone => "going alone",
            Self::SecurityCouncil => "Security Council",
            Self::G20 => "G20",
            Self::GeneralAssembly => "General Assembly",
        }
    }

    /// The code by which slides and files know it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::SecurityCouncil => "security_council",
            Self::G20 => "g20",
            Self::GeneralAssembly => "general_assembly",
        }
    }

    /// The baseline with a code.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|baseline| baseline.code() == code)
    }

    /// The name where space is scarce.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::SecurityCouncil => "Sec. Council",
            Self::G20 => "G20",
            Self::GeneralAssembly => "Assembly",
        }
    }

    /// The abbreviation where there is hardly any room.
    #[must_use]
    pub fn abbreviation(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::SecurityCouncil => "UNSC",
            Self::G20 => "G20",
            Self::GeneralAssembly => "UNGA",
        }
    }

    /// What it stands for, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Alone => "The sponsor by itself, its own convenor.",
            Self::SecurityCouncil => "The fifteen members of 2026: nine votes, and no veto by a permanent member.",
            Self::G20 => "Its 19 states by consensus; the European Union and the African Union count in no measure.",
            Self::GeneralAssembly => {
                "The 193 UN members by a majority of those present and voting: who abstains does not count. It agrees on \
                 texts and commits nobody."
            }
        }
    }

    fn rule(self) -> CustomRule {
        match self {
            Self::Alone | Self::G20 => NamedRule::Consensus,
            Self::SecurityCouncil => NamedRule::SecurityCouncil,
            Self::GeneralAssembly => NamedRule::PresentAndVoting,
        }
        .in_full()
    }

    /// The baseline beside a case: it takes issue, mandate, form and sponsor from it.
    #[must_use]
    pub fn beside(self, atlas: &Atlas, case: &Case) -> Case {
        let member = |actor| Voter { actor, convenor: false, backing: Real::from(1.0) };
        let voters = match self {
            Self::Alone => {
                let sponsor = atlas.actor(case.settings.sponsor);
                sponsor.map(|actor| Voter { convenor: true, ..member(actor) }).into_iter().collect()
            }
            Self::SecurityCouncil => seats(atlas, "UNSC_2026").map(member).collect(),
            Self::G20 => seats(atlas, "G20").map(member).collect(),
            Self::GeneralAssembly => {
                (0..atlas.countries.len()).filter(|actor| atlas.countries[*actor].is_un_member()).map(member).collect()
            }
        };
        let mut voters: Vec<Voter> = voters;
        voters.sort_by_key(|voter| voter.actor);
        Case { voters, rule: Rule::new(self.rule()), ..case.clone() }
    }
}

/// The voting actors of an organisation.
fn seats<'a>(atlas: &'a Atlas, code: &str) -> impl Iterator<Item = usize> + 'a {
    atlas.body(BodyKind::Organisation, code).into_iter().flat_map(|body| &body.seats).filter_map(|seat| {
        Role::from_table(&seat.role).filter(|role| role.votes())?;
        atlas.actor(seat.code.parse::<CountryId>().ok()?)
    })
}
