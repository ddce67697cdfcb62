//! What a grouping is to settle, for how long, and in which form.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Months that an open-ended mandate counts as (*Microlateral fit* in `METHODS.md`).
pub const OPEN_ENDED_MONTHS: u32 = 240;

/// The mandate of a grouping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mandate {
    /// How many contested questions it must settle, at least 1; 1 is a niche.
    pub questions: u32,
    /// After how many months it ends, at least 1; `None` is open-ended.
    pub months: Option<u32>,
}

impl Default for Mandate {
    fn default() -> Self {
        Self { questions: 1, months: Some(24) }
    }
}

impl Mandate {
    /// The months that count: [`OPEN_ENDED_MONTHS`] where there is no end.
    #[must_use]
    pub fn counted_months(self) -> f64 {
        f64::from(self.months.unwrap_or(OPEN_ENDED_MONTHS))
    }

    /// In words, such as “one question · 24 months”.
    #[must_use]
    pub fn words(self) -> String {
        let questions = match self.questions {
            1 => "one question".to_owned(),
            2 => "two questions".to_owned(),
            3 => "three questions".to_owned(),
            n => format!("{n} questions"),
        };
        match self.months {
            Some(1) => format!("{questions} · one month"),
            Some(months) => format!("{questions} · {months} months"),
            None => format!("{questions} · open-ended"),
        }
    }
}

/// How much of an apparatus a grouping has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Meetings without a secretariat.
    AdHoc,
    /// A light secretariat.
    #[default]
    Light,
    /// A standing organisation.
    Standing,
}

impl Form {
    /// All forms, from the cheapest.
    pub const ALL: [Self; 3] = [Self::AdHoc, Self::Light, Self::Standing];

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::AdHoc => "Ad hoc",
            Self::Light => "Light secretariat",
            Self::Standing => "Standing organisation",
        }
    }
}
