//! Where actors stand on a question of the user's own (*Questions of your own* in `METHODS.md`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Extra;
use crate::data::CountryId;

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

    /// Whether chances are such: neither below 0, together at most 1.
    #[must_use]
    pub fn is_possible(self) -> bool {
        let [yes, no] = self.chances();
        yes >= 0.0 && no >= 0.0 && yes + no <= 1.0 + 1e-9
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

/// How much a question may weigh at most.
pub const MOST_WEIGHT: f64 = 1e6;

/// The key of a question within its workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct QuestionId(pub u32);

/// What a whip keeps of one actor on a question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "WrittenRow", into = "WrittenRow")]
#[schemars(with = "WrittenRow")]
pub struct WhipRow {
    /// Where it stands; `None` while it is undecided or nobody knows.
    pub stance: Option<Stance>,
    /// Free text.
    pub note: String,
    /// Who speaks to it.
    pub contact: String,
    /// As of when, as the user writes it.
    pub date: String,
    /// Fields of a later version.
    pub extra: Extra,
}

impl WhipRow {
    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A question that the user states, with where actors stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// Its key, its own within the workspace.
    pub id: QuestionId,
    /// What it is called.
    pub title: String,
    /// How much it weighs beside a roll call of the latest year on the issue itself, above 0.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub weight: f64,
    /// Where actors stand, by code: members of a grouping or not.
    #[serde(default)]
    pub stances: BTreeMap<CountryId, WhipRow>,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Question {
    /// Every text that people write.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let rows = self.stances.values_mut().flat_map(|row| [&mut row.note, &mut row.contact, &mut row.date]);
        rows.chain([&mut self.title])
    }

    /// A question without any stance.
    #[must_use]
    pub fn new(id: QuestionId, title: impl Into<String>) -> Self {
        Self { id, title: title.into(), weight: 1.0, stances: BTreeMap::new(), extra: Extra::default() }
    }
}

/// Which questions of the user's own a grouping is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// The questions, by key.
    pub questions: Vec<QuestionId>,
    /// Whether it is about nothing else; otherwise they are added to its issue.
    pub alone: bool,
}

fn one() -> f64 {
    1.0
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::float_cmp, reason = "the signature serde asks for; 1 is exact")]
fn is_one(weight: &f64) -> bool {
    *weight == 1.0
}

/// A stance by its word.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Word {
    Yes,
    LeanYes,
    Abstain,
    LeanNo,
    No,
    Undecided,
}

/// A stance: a word, or the chances of a yes and of a no.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum WrittenStance {
    Word(Word),
    Chances(f64, f64),
}

/// A stance alone, or with what is kept beside it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum WrittenRow {
    Stance(WrittenStance),
    Row {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stance: Option<WrittenStance>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        contact: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        date: String,
        #[serde(flatten)]
        extra: Extra,
    },
}

impl From<Stance> for WrittenStance {
    fn from(stance: Stance) -> Self {
        Self::Word(match stance {
            Stance::Yes => Word::Yes,
            Stance::LeanYes => Word::LeanYes,
            Stance::Abstain => Word::Abstain,
            Stance::LeanNo => Word::LeanNo,
            Stance::No => Word::No,
            Stance::Chances(yes, no) => return Self::Chances(yes, no),
        })
    }
}

fn stance_of(written: WrittenStance) -> Option<Stance> {
    Some(match written {
        WrittenStance::Word(Word::Yes) => Stance::Yes,
        WrittenStance::Word(Word::LeanYes) => Stance::LeanYes,
        WrittenStance::Word(Word::Abstain) => Stance::Abstain,
        WrittenStance::Word(Word::LeanNo) => Stance::LeanNo,
        WrittenStance::Word(Word::No) => Stance::No,
        WrittenStance::Word(Word::Undecided) => return None,
        WrittenStance::Chances(yes, no) => Stance::Chances(yes, no),
    })
}

impl From<WhipRow> for WrittenRow {
    fn from(row: WhipRow) -> Self {
        let plain = WhipRow { stance: row.stance, ..WhipRow::default() } == row;
        let WhipRow { stance, note, contact, date, extra } = row;
        match stance {
            _ if !plain => Self::Row { stance: stance.map(Into::into), note, contact, date, extra },
            Some(stance) => Self::Stance(stance.into()),
            None => Self::Stance(WrittenStance::Word(Word::Undecided)),
        }
    }
}

impl From<WrittenRow> for WhipRow {
    fn from(row: WrittenRow) -> Self {
        match row {
            WrittenRow::Stance(stance) => Self { stance: stance_of(stance), ..Self::default() },
            WrittenRow::Row { stance, note, contact, date, extra } => {
                Self { stance: stance.and_then(stance_of), note, contact, date, extra }
            }
        }
    }
}
