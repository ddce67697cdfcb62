//! Mending questions of the user's own.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Fields, Mender, shown, take_bad, take_bad_entries};
use crate::data::CountryId;
use crate::model::{MOST_STATED, MOST_WEIGHT, QuestionId, WhipRow};

impl Mender<'_> {
    /// Mends the questions among assumptions.
    pub(super) fn questions(&mut self, fields: &mut Fields) {
        if let Some(bad) = take_bad::<Vec<Value>>(fields, "questions", |_| true) {
            self.tell(format!("The questions of your own were {}, not a list; there are none now.", shown(&bad)));
        }
        let Some(Value::Array(list)) = fields.get_mut("questions") else { return };
        let mut seen: BTreeSet<u64> = BTreeSet::new();
        let mut most =
            list.iter().filter_map(|entry| entry.get("id")?.as_u64()).filter(|id| *id < 1 << 31).max().unwrap_or(0);
        let mut position = 0;
        list.retain_mut(|entry| {
            position += 1;
            let Value::Object(of) = entry else {
                self.tell(format!("Question {position} of your own was {}; it was left out.", shown(entry)));
                return false;
            };
            if of.get("title").and_then(Value::as_str).is_none_or(|title| title.trim().is_empty()) {
                let title = format!("Question {position}");
                self.tell(format!("Question {position} of your own had no title; it is called “{title}” now."));
                of.insert("title".to_owned(), title.into());
            }
            self.cut(of, "title", MOST_STATED, &format!("The title of question {position}"));
            let title = of.get("title").map(shown).unwrap_or_default();
            let id = of.get("id").and_then(Value::as_u64).filter(|id| *id < 1 << 31);
            if id.is_none_or(|id| !seen.insert(id)) {
                most += 1;
                seen.insert(most);
                self.tell(format!("The question {title} had no key of its own; its key is {most} now."));
                of.insert("id".to_owned(), most.into());
            }
            if let Some(bad) = take_bad(of, "weight", |weight: &f64| *weight > 0.0 && *weight <= MOST_WEIGHT) {
                let must = format!("a number above 0, up to {MOST_WEIGHT:e}");
                self.tell(format!("The weight of {title} was {}, but must be {must}; it is 1 now.", shown(&bad)));
            }
            self.stances(of, &title);
            true
        });
    }

    fn stances(&mut self, of: &mut Fields, title: &str) {
        if let Some(bad) = take_bad::<Fields>(of, "stances", |_| true) {
            self.tell(format!("The stances on {title} were {}; there are none now.", shown(&bad)));
        }
        let Some(Value::Object(entries)) = of.get_mut("stances") else { return };
        let good = |key: &str, value: &Value| {
            let row = serde_json::from_value::<WhipRow>(value.clone());
            key.parse::<CountryId>().is_ok()
                && row.is_ok_and(|row| row.stance.is_none_or(crate::model::Stance::is_possible))
        };
        for (key, bad) in take_bad_entries(entries, good) {
            self.tell(format!("The stance of “{key}” on {title} was {}, which is none; it was left out.", shown(&bad)));
        }
        for (key, row) in entries.iter_mut() {
            if let Value::Object(row) = row {
                for field in ["note", "contact", "date"] {
                    self.cut(row, field, MOST_STATED, &format!("The {field} of {key} on {title}"));
                }
            }
        }
    }

    /// Mends which questions a grouping is about.
    pub(super) fn own(&mut self, fields: &mut Fields, name: &str) {
        if let Some(bad) = take_bad::<Vec<QuestionId>>(fields, "own_questions", |_| true) {
            self.tell(format!(
                "The own questions of {name} were {}, not a list of keys; there are none now.",
                shown(&bad)
            ));
        }
        if let Some(bad) = take_bad::<bool>(fields, "own_alone", |_| true) {
            self.tell(format!("Whether {name} is about own questions alone was {}; it is not now.", shown(&bad)));
        }
    }
}
