//! Cases as they are asked for on the command line.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde_json::{Map, Value};

use crate::analysis::{Case, Engine, OwnAgenda, OwnQuestion};
use crate::data::CountryId;
use crate::model::{
    Assumptions, Basis, CustomRule, DecisionRule, Form, Grouping, GroupingId, Issue, MOST_AMOUNT, MOST_CRITERIA,
    MOST_WEIGHT, Mandate, Role, Seat, Stance, Veto, WhipRow,
};

/// What is wrong with a batch: the case and the key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("case {number}{}{}: {message}", named(name.as_deref()), keyed(key))]
pub struct BatchError {
    /// Position in the array, from 1.
    pub number: usize,
    /// The case's name, if it has one.
    pub name: Option<String>,
    /// The key that is wrong; empty where the case itself is.
    pub key: String,
    /// What is wrong with it.
    pub message: String,
}

fn named(name: Option<&str>) -> String {
    name.map(|name| format!(" (“{name}”)")).unwrap_or_default()
}

fn keyed(key: &str) -> String {
    if key.is_empty() { String::new() } else { format!(", key “{key}”") }
}

/// Half-lives that make sense, in years.
const HALF_LIVES: std::ops::RangeInclusive<f64> = 0.05..=1000.0;
/// What a programme may cost, US$ million a year.
const PROGRAMMES: std::ops::RangeInclusive<f64> = 1e-6..=1e12;

/// A case as it was asked for.
#[derive(Debug)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// What to compute.
    pub case: Case,
}

/// A key, and what is wrong with it.
pub(super) type Fault = (String, String);

const KEYS: [&str; 16] = [
    "name",
    "members",
    "leads",
    "observers",
    "issue",
    "own_questions",
    "rule",
    "questions",
    "months",
    "form",
    "sponsor",
    "rival",
    "programme",
    "backing",
    "half_life",
    "related_weight",
];

/// The word for an issue of the user's own.
const OWN: &str = "own";
/// How much a question may weigh; a roll call of the latest year on the issue itself weighs 1.
const WEIGHTS: std::ops::RangeInclusive<f64> = 1e-6..=MOST_WEIGHT;

/// A stance as it is written; `None` where nothing is stated.
fn stance(value: &Value) -> Result<Option<Stance>, String> {
    let words = || Stance::NAMED.into_iter().filter_map(Stance::name).collect::<Vec<_>>().join(", ");
    let read = || serde_json::from_value::<WhipRow>(value.clone()).ok().map(|row| row.stance);
    match value {
        Value::Array(_) => read()
            .filter(|stance| stance.is_none_or(Stance::is_possible))
            .ok_or_else(|| format!("{value} is no pair of chances of a yes and a no, which are 0 to 1 together")),
        _ => value
            .as_str()
            .and_then(|_| read())
            .ok_or_else(|| format!("{value} is none of {}, {}, and no pair of chances", words(), Stance::UNDECIDED)),
    }
}

/// Reads one case.
///
/// # Errors
/// Names the case and the key.
pub fn parse_case(engine: &Engine, number: usize, value: &Value) -> Result<Asked, BatchError> {
    let name = value.get("name").and_then(Value::as_str).map(str::to_owned);
    read_case(engine, number, value).map_err(|(key, message)| BatchError { number, name, key, message })
}

/// Something is wrong with a key.
pub(super) fn fault<T>(key: &str, message: impl Display) -> Result<T, Fault> {
    Err((key.to_owned(), message.to_string()))
}

fn read_case(engine: &Engine, number: usize, value: &Value) -> Result<Asked, Fault> {
    let Value::Object(fields) = value else { return fault("", "a case is an object") };
    if let Some(unknown) = fields.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return fault(unknown, format!("unknown key; known are {}", KEYS.join(", ")));
    }
    let reader = Reader { engine, fields };
    let mut grouping = Grouping::new(GroupingId(1), reader.name()?.unwrap_or_else(|| format!("case {number}")), 0);
    grouping.seats = reader.seats()?;
    let mut assumptions = Assumptions::default();
    reader.design(&mut grouping, &mut assumptions)?;
    let own = reader.own()?;
    let case = Case::of(&engine.atlas, &grouping, &assumptions);
    let case = Case { own: own.or(case.own.clone()), ..case };
    Ok(Asked { name: grouping.name, case })
}

/// Reads the fields of what is asked for.
pub(super) struct Reader<'a> {
    pub engine: &'a Engine,
    pub fields: &'a Map<String, Value>,
}

impl Reader<'_> {
    /// The name, if there is one.
    pub fn name(&self) -> Result<Option<String>, Fault> {
        match self.fields.get("name") {
            None => Ok(None),
            Some(Value::String(name)) => Ok(Some(name.clone())),
            Some(_) => fault("name", "a text is expected"),
        }
    }

    /// Issue, rule, mandate, form and assumptions, where they are given.
    pub fn design(&self, grouping: &mut Grouping, assumptions: &mut Assumptions) -> Result<(), Fault> {
        // An issue of the user's own has capability, people and programme of “general”.
        let issue = |word: &str| if word == OWN { Some(Issue::General) } else { Issue::from_name(word) };
        let known: Vec<&str> = Issue::ALL.map(Issue::name).into_iter().chain([OWN]).collect();
        if let Some(issue) = self.word("issue", issue, &known)? {
            grouping.issue = issue;
        }
        if self.fields.contains_key("rule") {
            grouping.rule = self.rule()?;
        }
        self.mandate(&mut grouping.mandate)?;
        let form = |word: &str| match word {
            "ad_hoc" => Some(Form::AdHoc),
            "light" => Some(Form::Light),
            "standing" => Some(Form::Standing),
            _ => None,
        };
        if let Some(form) = self.word("form", form, &["ad_hoc", "light", "standing"])? {
            grouping.form = form;
        }
        assumptions.sponsor = self.actor("sponsor")?.unwrap_or(assumptions.sponsor);
        assumptions.rival = self.actor("rival")?.unwrap_or(assumptions.rival);
        if let Some(programme) = self.number("programme")? {
            if !PROGRAMMES.contains(&programme) {
                let (least, most) = (PROGRAMMES.start(), PROGRAMMES.end());
                let words = format!("{programme} is not between {least} and {most} (US$ million a year)");
                return fault("programme", words);
            }
            assumptions.programme.insert(grouping.issue, programme);
        }
        if let Some(half_life) = self.number("half_life")? {
            if !HALF_LIVES.contains(&half_life) {
                let (least, most) = (HALF_LIVES.start(), HALF_LIVES.end());
                return fault("half_life", format!("{half_life} is not between {least} and {most} (years)"));
            }
            assumptions.half_life = half_life;
        }
        if let Some(weight) = self.number("related_weight")? {
            if !(0.0..=1.0).contains(&weight) {
                return fault("related_weight", format!("{weight} is not between 0 and 1"));
            }
            assumptions.related_weight = weight;
        }
        Ok(())
    }

    /// The questions of the user's own: those of an issue of their own, or added to a built-in one.
    pub fn own(&self) -> Result<Option<OwnAgenda>, Fault> {
        let key = "own_questions";
        let alone = self.fields.get("issue").and_then(Value::as_str) == Some(OWN);
        let list = match self.fields.get(key) {
            None if alone => return fault("issue", "“own” needs “own_questions”"),
            None => return Ok(None),
            Some(Value::Array(list)) if list.is_empty() => {
                return fault(key, "a list of at least one question is expected");
            }
            Some(Value::Array(list)) => list,
            Some(_) => return fault(key, "a list of questions is expected"),
        };
        let questions: Result<Vec<OwnQuestion>, Fault> =
            list.iter().enumerate().map(|(at, value)| self.own_question(at + 1, value)).collect();
        Ok(Some(OwnAgenda::new(questions?, alone)))
    }

    fn own_question(&self, number: usize, value: &Value) -> Result<OwnQuestion, Fault> {
        let key = "own_questions";
        let Value::Object(fields) = value else { return fault(key, format!("question {number} is not an object")) };
        let title = match fields.get("title") {
            Some(Value::String(title)) if !title.trim().is_empty() => title.trim().to_owned(),
            _ => return fault(key, format!("question {number} has no title")),
        };
        let wrong = |message: String| fault(key, format!("question {number} (“{title}”): {message}"));
        if let Some(unknown) = fields.keys().find(|key| !["title", "weight", "stances"].contains(&key.as_str())) {
            return wrong(format!("unknown key “{unknown}”; known are title, weight, stances"));
        }
        let weight = match fields.get("weight") {
            None => 1.0,
            Some(value) => match value.as_f64() {
                Some(weight) if WEIGHTS.contains(&weight) => weight,
                _ => {
                    return wrong(format!(
                        "the weight {value} is not between {} and {}",
                        WEIGHTS.start(),
                        WEIGHTS.end()
                    ));
                }
            },
        };
        let Some(Value::Object(stated)) = fields.get("stances") else {
            return wrong("stances are an object of country codes and stances".to_owned());
        };
        let mut stances = Vec::with_capacity(stated.len());
        for (code, value) in stated {
            let id = match self.known(key, &Value::String(code.clone())) {
                Ok(id) => id,
                Err((_, why)) => return wrong(why),
            };
            let Some(actor) = self.engine.atlas.actor(id) else { return wrong(format!("{id} is not an actor")) };
            match stance(value) {
                Ok(Some(stance)) => stances.push((actor, stance)),
                Ok(None) => {}
                Err(why) => return wrong(format!("{code}: {why}")),
            }
        }
        if stances.is_empty() {
            return wrong("no actor has a stance, so nothing is known of it".to_owned());
        }
        stances.sort_by_key(|(actor, _)| *actor);
        Ok(OwnQuestion { title, weight, stances })
    }

    pub fn known(&self, key: &str, value: &Value) -> Result<CountryId, Fault> {
        let Value::String(code) = value else { return fault(key, format!("{value} is not a country code")) };
        match code.parse::<CountryId>() {
            Ok(id) if self.engine.atlas.actor(id).is_some() => Ok(id),
            Ok(id) => fault(key, format!("{id} is not an actor; `convenor data` lists them")),
            Err(error) => fault(key, error),
        }
    }

    pub fn actor(&self, key: &str) -> Result<Option<CountryId>, Fault> {
        self.fields.get(key).map(|value| self.known(key, value)).transpose()
    }

    pub fn actors(&self, key: &str) -> Result<Vec<CountryId>, Fault> {
        let list = match self.fields.get(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(_) => return fault(key, "a list of country codes is expected"),
        };
        let mut actors = Vec::with_capacity(list.len());
        for value in list {
            let id = self.known(key, value)?;
            if actors.contains(&id) {
                return fault(key, format!("{id} is listed twice"));
            }
            actors.push(id);
        }
        Ok(actors)
    }

    fn seats(&self) -> Result<Vec<Seat>, Fault> {
        let (members, leads, observers) = (self.actors("members")?, self.actors("leads")?, self.actors("observers")?);
        if let Some(lead) = leads.iter().find(|lead| !members.contains(lead)) {
            return fault("leads", format!("{lead} is not among the members"));
        }
        if let Some(observer) = observers.iter().find(|observer| members.contains(observer)) {
            return fault("observers", format!("{observer} is among the members too"));
        }
        let backing = self.backing(&members)?;
        let mut seats: Vec<Seat> = members
            .iter()
            .map(|id| {
                let role = if leads.contains(id) { Role::Convenor } else { Role::Member };
                Seat { backing: backing.get(id).copied().unwrap_or(1.0), ..Seat::new(*id, role) }
            })
            .collect();
        seats.extend(observers.iter().map(|id| Seat::new(*id, Role::Observer)));
        Ok(seats)
    }

    fn backing(&self, members: &[CountryId]) -> Result<BTreeMap<CountryId, f64>, Fault> {
        let fields = match self.fields.get("backing") {
            None => return Ok(BTreeMap::new()),
            Some(Value::Object(fields)) => fields,
            Some(_) => return fault("backing", "an object of country codes and numbers is expected"),
        };
        let mut backing = BTreeMap::new();
        for (code, value) in fields {
            let id = self.known("backing", &Value::String(code.clone()))?;
            if !members.contains(&id) {
                return fault("backing", format!("{id} is not among the members"));
            }
            match value.as_f64() {
                Some(share) if share > 0.0 && share <= 1.0 => backing.insert(id, share),
                _ => return fault("backing", format!("{value} for {id} is not above 0 and at most 1")),
            };
        }
        Ok(backing)
    }

    pub fn number(&self, key: &str) -> Result<Option<f64>, Fault> {
        match self.fields.get(key) {
            None => Ok(None),
            Some(value) => match value.as_f64().filter(|number| number.is_finite()) {
                Some(number) => Ok(Some(number)),
                None => fault(key, format!("{value} is not a number")),
            },
        }
    }

    pub fn whole(key: &str, value: &Value) -> Result<u32, Fault> {
        let whole = value.as_u64().or_else(|| {
            let number = value.as_f64().filter(|number| number.fract() == 0.0 && *number >= 0.0 && *number < 4e9)?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked to be whole and small"
            )]
            Some(number as u64)
        });
        match whole.and_then(|whole| u32::try_from(whole).ok()) {
            Some(whole) if whole >= 1 => Ok(whole),
            _ => fault(key, format!("{value} is not a whole number of at least 1")),
        }
    }

    fn mandate(&self, mandate: &mut Mandate) -> Result<(), Fault> {
        if let Some(value) = self.fields.get("questions") {
            mandate.questions = Self::whole("questions", value)?;
        }
        match self.fields.get("months") {
            None => {}
            Some(Value::Null) => mandate.months = None,
            Some(value) => mandate.months = Some(Self::whole("months", value)?),
        }
        Ok(())
    }

    fn word<T>(&self, key: &str, read: impl Fn(&str) -> Option<T>, known: &[&str]) -> Result<Option<T>, Fault> {
        match self.fields.get(key) {
            None => Ok(None),
            Some(value) => match value.as_str().and_then(read) {
                Some(found) => Ok(Some(found)),
                None => fault(key, format!("{value} is none of {}", known.join(", "))),
            },
        }
    }

    fn rule(&self) -> Result<DecisionRule, Fault> {
        let Some(value) = self.fields.get("rule") else { return Ok(DecisionRule::default()) };
        let rule: DecisionRule = match serde_json::from_value(value.clone()) {
            Ok(rule) => rule,
            Err(error) => return fault("rule", error),
        };
        if let DecisionRule::Custom(custom) = &rule {
            self.check_rule(custom)?;
        }
        Ok(rule)
    }

    fn check_rule(&self, rule: &CustomRule) -> Result<(), Fault> {
        if let Some(unknown) = rule.extra.first() {
            return fault(&format!("rule.{unknown}"), "unknown key; known are criteria, veto, blocking_minority");
        }
        if rule.criteria.is_empty() && rule.veto == Veto::None {
            return fault("rule.criteria", "a rule needs at least one criterion or a veto");
        }
        if rule.criteria.len() > MOST_CRITERIA {
            return fault("rule.criteria", format!("{} criteria: at most {MOST_CRITERIA}", rule.criteria.len()));
        }
        for criterion in &rule.criteria {
            if let Some(unknown) = criterion.extra.first() {
                return fault(
                    &format!("rule.criteria.{unknown}"),
                    "unknown key; known are basis, share, of, strict, custom",
                );
            }
            for (id, votes) in &criterion.custom {
                self.known("rule.criteria.custom", &Value::String(id.to_string()))?;
                if !(0.0..=MOST_AMOUNT).contains(votes) {
                    return fault(
                        "rule.criteria.custom",
                        format!("{votes} votes for {id}: 0 to {MOST_AMOUNT} expected"),
                    );
                }
            }
            if criterion.custom.is_empty() == (criterion.basis == Basis::Custom) {
                return fault("rule.criteria.custom", "votes go with the basis “custom”, and only with it");
            }
        }
        if let Veto::List(holders) = &rule.veto {
            for holder in holders {
                self.known("rule.veto", &Value::String(holder.to_string()))?;
            }
        }
        Ok(())
    }
}
