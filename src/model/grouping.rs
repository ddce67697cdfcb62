//! A proposed coalition.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{DecisionRule, Extra, Form, Issue, Mandate, Own, QuestionId, Role};
use crate::data::{Atlas, Body, CountryId};

/// The key of a grouping within its workspace; never used again after the grouping is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct GroupingId(pub u32);

/// An actor in a grouping.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    /// The actor.
    pub country: CountryId,
    /// What it does there.
    pub role: Role,
    /// Domestic backing, in (0, 1]: the chance that a yes survives at home.
    pub backing: f64,
    /// Fields of a later version.
    pub extra: Extra,
}

impl Seat {
    /// A seat with full backing.
    #[must_use]
    pub fn new(country: CountryId, role: Role) -> Self {
        Self { country, role, backing: 1.0, extra: Extra::default() }
    }
}

/// A seat in full.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(super) struct WrittenSeat {
    /// Who sits there.
    country: CountryId,
    /// As what.
    #[serde(default, skip_serializing_if = "is_member")]
    role: Role,
    /// How likely its yes survives at home, above 0 and at most 1.
    #[serde(default = "full_backing", skip_serializing_if = "is_full_backing")]
    #[schemars(extend("exclusiveMinimum" = 0, "maximum" = 1))]
    backing: f64,
    #[serde(flatten)]
    extra: Extra,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_member(role: &Role) -> bool {
    *role == Role::Member
}

fn full_backing() -> f64 {
    1.0
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::float_cmp, reason = "the signature serde asks for; 1 is exact")]
fn is_full_backing(backing: &f64) -> bool {
    *backing == 1.0
}

/// A plain member is written as its code alone.
impl Serialize for Seat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if is_member(&self.role) && is_full_backing(&self.backing) && self.extra.0.is_empty() {
            return self.country.serialize(serializer);
        }
        let Self { country, role, backing, extra } = self.clone();
        WrittenSeat { country, role, backing, extra }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Seat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let value = Value::deserialize(deserializer)?;
        if value.is_string() {
            return serde_json::from_value(value).map(|id| Self::new(id, Role::Member)).map_err(D::Error::custom);
        }
        let WrittenSeat { country, role, backing, extra } = serde_json::from_value(value).map_err(D::Error::custom)?;
        if backing > 0.0 && backing <= 1.0 {
            Ok(Self { country, role, backing, extra })
        } else {
            Err(D::Error::custom(format!("the backing of {country} is {backing}: it must be above 0 and at most 1")))
        }
    }
}

/// A proposed coalition: members with roles, an issue, a decision rule, a mandate.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouping {
    /// Its key.
    pub id: GroupingId,
    /// Its name.
    pub name: String,
    /// Which letter and colour it has: 0 is A.
    pub colour: u8,
    /// The actors, each at most once, in the order in which they came.
    pub seats: Vec<Seat>,
    /// What it is about.
    pub issue: Issue,
    /// Questions of the user's own that it is about, alone or besides.
    pub own: Own,
    /// How it decides.
    pub rule: DecisionRule,
    /// What it is to settle, and for how long.
    pub mandate: Mandate,
    /// How much of an apparatus it has.
    pub form: Form,
    /// Free text.
    pub notes: String,
    /// Fields of a later version.
    pub extra: Extra,
}

impl Grouping {
    /// An empty grouping with the defaults: issue general, by consensus, one question within 24 months, a light secretariat.
    #[must_use]
    pub fn new(id: GroupingId, name: impl Into<String>, colour: u8) -> Self {
        Self {
            id,
            name: name.into(),
            colour,
            seats: Vec::new(),
            issue: Issue::default(),
            own: Own::default(),
            rule: DecisionRule::default(),
            mandate: Mandate::default(),
            form: Form::default(),
            notes: String::new(),
            extra: Extra::default(),
        }
    }

    /// The seat of an actor.
    #[must_use]
    pub fn seat(&self, country: CountryId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.country == country)
    }

    /// The seat of an actor, to be changed.
    pub fn seat_mut(&mut self, country: CountryId) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|seat| seat.country == country)
    }

    /// The actors with a role, in order.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = CountryId> + '_ {
        self.seats.iter().filter(move |seat| seat.role == role).map(|seat| seat.country)
    }

    /// The number of voting members, convenors among them.
    #[must_use]
    pub fn voters(&self) -> usize {
        self.seats.iter().filter(|seat| seat.role.votes()).count()
    }

    /// What it is about, in words.
    #[must_use]
    pub fn issue_words(&self) -> Cow<'static, str> {
        match (self.own.questions.is_empty(), self.own.alone) {
            (_, true) => "Own questions".into(),
            (true, false) => self.issue.label().into(),
            (false, false) => format!("{} and own questions", self.issue.label()).into(),
        }
    }

    /// The letter that goes with its colour: A, B, …, Z, AA, AB, …
    #[must_use]
    pub fn letter(&self) -> String {
        letter(self.colour)
    }

    /// Takes the seats of an organisation or proposal, in the roles that [`Role::from_table`] reads; those that are no
    /// actors (such as the European Union) go into the notes.
    pub fn seat_body(&mut self, body: &Body, atlas: &Atlas) {
        let mut others = Vec::new();
        for seat in &body.seats {
            let Some(role) = Role::from_table(&seat.role) else { continue };
            match seat.code.parse::<CountryId>().ok().filter(|id| atlas.actor(*id).is_some()) {
                Some(id) if self.seat(id).is_none() => self.seats.push(Seat::new(id, role)),
                Some(_) => {}
                None => others.push(non_actor(&seat.code)),
            }
        }
        if !others.is_empty() {
            if !self.notes.is_empty() {
                self.notes.push_str("\n\n");
            }
            self.notes.push_str("Also takes part: ");
            self.notes.push_str(&others.join(", "));
            self.notes.push('.');
        }
    }
}

fn non_actor(code: &str) -> &str {
    match code {
        "EUU" => "European Union",
        "AFU" => "African Union",
        "PYF" => "French Polynesia",
        "NCL" => "New Caledonia",
        other => other,
    }
}

/// The letter for a colour number.
#[must_use]
pub fn letter(colour: u8) -> String {
    let (round, at) = (colour / 26, colour % 26);
    let last = char::from(b'A' + at);
    if round == 0 { last.to_string() } else { format!("{}{last}", char::from(b'A' + round - 1)) }
}

/// A grouping: who is in it, what for, and how it decides.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(super) struct WrittenGrouping {
    /// Its key, its own within the file.
    id: GroupingId,
    /// The name.
    name: String,
    /// The number of its colour and letter, from 0.
    #[serde(default)]
    colour: u8,
    /// What it is about.
    #[serde(default, skip_serializing_if = "is_default")]
    issue: Issue,
    /// Questions of the workspace that are added to the issue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    own_questions: Vec<QuestionId>,
    /// Whether it is about these alone; the issue gives capability, people and programme.
    #[serde(default, skip_serializing_if = "is_default")]
    own_alone: bool,
    /// How it decides.
    #[serde(default, skip_serializing_if = "is_default")]
    rule: DecisionRule,
    /// How many questions it is to settle.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schemars(range(min = 1))]
    questions: u32,
    /// For how many months; null for no end.
    #[serde(default = "default_months", skip_serializing_if = "is_default_months")]
    #[schemars(range(min = 1))]
    months: Option<u32>,
    /// How it is served.
    #[serde(default, skip_serializing_if = "is_default")]
    form: Form,
    /// Its seats, in order.
    #[serde(default)]
    members: Vec<Seat>,
    /// Free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    notes: String,
    #[serde(flatten)]
    extra: Extra,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn one() -> u32 {
    Mandate::default().questions
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_one(questions: &u32) -> bool {
    *questions == one()
}

fn default_months() -> Option<u32> {
    Mandate::default().months
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_default_months(months: &Option<u32>) -> bool {
    *months == default_months()
}

impl Serialize for Grouping {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, name, colour, seats, issue, own, rule, mandate, form, notes, extra } = self.clone();
        let Mandate { questions, months } = mandate;
        let Own { questions: own_questions, alone: own_alone } = own;
        WrittenGrouping {
            id,
            name,
            colour,
            issue,
            own_questions,
            own_alone,
            rule,
            questions,
            months,
            form,
            members: seats,
            notes,
            extra,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Grouping {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let written = WrittenGrouping::deserialize(deserializer)?;
        let WrittenGrouping {
            id,
            name,
            colour,
            issue,
            own_questions,
            own_alone,
            rule,
            questions,
            months,
            form,
            members,
            notes,
            extra,
        } = written;
        if questions == 0 {
            return Err(D::Error::custom(format!("“{name}”: questions must be at least 1")));
        }
        if months == Some(0) {
            return Err(D::Error::custom(format!("“{name}”: months must be at least 1, or null for open-ended")));
        }
        let mandate = Mandate { questions, months };
        let own = Own { questions: own_questions, alone: own_alone };
        Ok(Self { id, name, colour, seats: members, issue, own, rule, mandate, form, notes, extra })
    }
}
