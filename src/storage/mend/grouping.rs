//! Mending groupings and their seats.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Fields, Mender, free_number, shown, take_bad};
use crate::data::CountryId;
use crate::model::{Form, Issue, MOST_LETTERS, Role};

/// Keys and colours in use: all that are good in the file, so that a new one clashes with none.
pub(super) struct Taken {
    ids: BTreeSet<u32>,
    colours: BTreeSet<u32>,
    seen_ids: BTreeSet<u32>,
    seen_colours: BTreeSet<u32>,
}

impl Taken {
    pub(super) fn of(entries: &[Value]) -> Self {
        let all = |read: fn(&Value) -> Option<u32>| entries.iter().filter_map(read).collect();
        Self {
            ids: all(|entry| id(entry.get("id"))),
            colours: all(|entry| colour(entry.get("colour"))),
            seen_ids: BTreeSet::new(),
            seen_colours: BTreeSet::new(),
        }
    }
}

/// A key; the largest number is none, as no new key could follow it.
fn id(value: Option<&Value>) -> Option<u32> {
    value?.as_u64().and_then(|id| u32::try_from(id).ok()).filter(|id| *id < u32::MAX)
}

/// A colour number; without the field it is 0.
fn colour(value: Option<&Value>) -> Option<u32> {
    let Some(value) = value else { return Some(0) };
    value.as_u64().and_then(|colour| u8::try_from(colour).ok()).map(u32::from)
}

impl Mender<'_> {
    /// Mends the grouping at a position, counted from 1.
    pub(super) fn grouping(&mut self, fields: &mut Fields, position: usize, taken: &mut Taken) {
        if fields.get("name").and_then(Value::as_str).is_none_or(|name| name.trim().is_empty()) {
            let name = format!("Grouping {position}");
            self.tell(format!("Grouping {position} had no name; it is called “{name}” now."));
            fields.insert("name".to_owned(), name.into());
        }
        self.cut(fields, "name", MOST_LETTERS, &format!("The name of grouping {position}"));
        let name = fields.get("name").map(shown).unwrap_or_default();
        self.id(fields, &name, taken);
        self.colour(fields, &name, taken);
        self.choice::<Issue>(fields, "issue", &name, Issue::default().label());
        self.choice::<Form>(fields, "form", &name, Form::default().words());
        self.rule(fields, &name);
        self.mandate(fields, &name);
        self.own(fields, &name);
        if let Some(bad) = take_bad::<String>(fields, "notes", |_| true) {
            self.tell(format!("The notes of {name} were {}, not text; they are empty now.", shown(&bad)));
        }
        if let Some(bad) = take_bad::<Vec<Value>>(fields, "members", |_| true) {
            self.tell(format!("The members of {name} were {}, not a list; it has none now.", shown(&bad)));
        }
        if let Some(Value::Array(seats)) = fields.get_mut("members") {
            self.seats(seats, &name);
        }
    }

    fn id(&mut self, fields: &mut Fields, name: &str, taken: &mut Taken) {
        let old = id(fields.get("id"));
        if old.is_some_and(|id| taken.seen_ids.insert(id)) {
            return;
        }
        let next = taken.ids.last().map_or(1, |most| most + 1);
        let free = if next < u32::MAX { next } else { free_number(&taken.ids) };
        taken.ids.insert(free);
        taken.seen_ids.insert(free);
        self.tell(match old {
            Some(id) => format!("{name} had the key {id} of another grouping; its key is {free} now."),
            None => format!("{name} had no usable key; its key is {free} now."),
        });
        fields.insert("id".to_owned(), free.into());
    }

    fn colour(&mut self, fields: &mut Fields, name: &str, taken: &mut Taken) {
        let old = colour(fields.get("colour"));
        if old.is_some_and(|colour| taken.seen_colours.insert(colour)) {
            return;
        }
        let free = free_number(&taken.colours);
        // With more groupings than colours, some must share.
        let Ok(letter) = u8::try_from(free).map(crate::model::letter) else {
            if old.is_none() {
                fields.insert("colour".to_owned(), 0.into());
                self.tell(format!("{name} had no usable colour; it has that of A now."));
            }
            return;
        };
        taken.colours.insert(free);
        taken.seen_colours.insert(free);
        self.tell(match old {
            Some(_) => format!("{name} had the colour of another grouping; it has that of {letter} now."),
            None => format!("{name} had no usable colour; it has that of {letter} now."),
        });
        fields.insert("colour".to_owned(), free.into());
    }

    fn choice<T: serde::de::DeserializeOwned>(&mut self, fields: &mut Fields, key: &str, name: &str, now: &str) {
        if let Some(bad) = take_bad::<T>(fields, key, |_| true) {
            self.tell(format!("The {key} of {name} was {}, which is not known; it is “{now}” now.", shown(&bad)));
        }
    }

    fn mandate(&mut self, fields: &mut Fields, name: &str) {
        if let Some(bad) = take_bad(fields, "questions", |questions: &u32| *questions > 0) {
            let bad = shown(&bad);
            self.tell(format!(
                "The questions of {name} were {bad}, but must be a whole number above 0; there is one now."
            ));
        }
        if let Some(bad) = take_bad(fields, "months", |months: &Option<u32>| *months != Some(0)) {
            let bad = shown(&bad);
            self.tell(format!(
                "The months of {name} were {bad}, but must be a whole number above 0, or null for open-ended; there are 24 now."
            ));
        }
    }

    fn seats(&mut self, seats: &mut Vec<Value>, name: &str) {
        let mut seated = BTreeSet::new();
        seats.retain_mut(|seat| {
            let Some(country) = self.seat(seat, name) else { return false };
            if !seated.insert(country) {
                let who = self.atlas.name(country);
                self.tell(format!("{who} stood in {name} more than once; only its first seat was kept."));
                return false;
            }
            if self.atlas.actor(country).is_none() {
                self.note(format!(
                    "{country} in {name} is not a country that this program knows: its seat is kept, but counts in no measure."
                ));
            }
            true
        });
    }

    /// Mends a seat and tells whose it is; nobody's is to be left out.
    fn seat(&mut self, seat: &mut Value, name: &str) -> Option<CountryId> {
        let code = match seat {
            Value::Object(fields) => {
                self.role_and_backing(fields, name);
                fields.get_mut("country")
            }
            other => Some(other),
        };
        let Some(code) = code else {
            self.tell(format!("A seat in {name} named no country and was left out."));
            return None;
        };
        if let Some(id) = code.as_str().and_then(|text| text.parse().ok()) {
            return Some(id);
        }
        let bad = shown(code);
        let Some(id) = code.as_str().and_then(|text| self.meant(text)) else {
            self.tell(format!("A seat in {name} was {bad}, not a country code, and was left out."));
            return None;
        };
        self.tell(format!("A seat in {name} was {bad}; it was read as {id}."));
        *code = id.as_str().into();
        Some(id)
    }

    /// The country that a person meant who wrote its name, or its code in small letters.
    fn meant(&self, text: &str) -> Option<CountryId> {
        let by_code = || text.to_ascii_uppercase().parse().ok().filter(|id| self.atlas.actor(*id).is_some());
        let by_name = || self.atlas.countries.iter().find(|country| country.name == text).map(|country| country.id);
        by_name().or_else(by_code)
    }

    fn role_and_backing(&mut self, seat: &mut Fields, name: &str) {
        let who = seat.get("country").and_then(Value::as_str).unwrap_or("a seat").to_owned();
        if let Some(bad) = take_bad::<Role>(seat, "role", |_| true) {
            let bad = shown(&bad);
            self.tell(format!("The role of {who} in {name} was {bad}, which is not known; it is a member now."));
        }
        if let Some(bad) = take_bad(seat, "backing", |backing: &f64| *backing > 0.0 && *backing <= 1.0) {
            let bad = shown(&bad);
            self.tell(format!(
                "The backing of {who} in {name} was {bad}, but must be above 0 and at most 1; it is 1 now."
            ));
        }
    }
}
