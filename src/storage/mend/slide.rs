//! Mending slides.

use std::collections::BTreeSet;

use serde_json::Value;

use super::grouping::Taken;
use super::{Fields, Mender, free_number, shown, take_bad};
use crate::model::{MOST_STATED, SlideFigure, SlideKind, View};

impl Mender<'_> {
    /// Mends all slides; what is none is left out.
    pub(super) fn slides(&mut self, entries: Vec<Value>) -> Vec<Value> {
        let id = |entry: &Value| entry.get("id").and_then(Value::as_u64).and_then(|id| u32::try_from(id).ok());
        let mut taken: BTreeSet<u32> = entries.iter().filter_map(id).collect();
        let mut seen = BTreeSet::new();
        let mut kept = Vec::with_capacity(entries.len());
        for (at, mut entry) in entries.into_iter().enumerate() {
            let old = id(&entry).filter(|id| *id < u32::MAX);
            let Value::Object(fields) = &mut entry else {
                self.tell(format!("Slide {} was {} and was left out.", at + 1, shown(&entry)));
                continue;
            };
            if !old.is_some_and(|id| seen.insert(id)) {
                let free = free_number(&taken);
                taken.insert(free);
                seen.insert(free);
                fields.insert("id".to_owned(), free.into());
                self.tell(format!("Slide {} had no key of its own; its key is {free} now.", at + 1));
            }
            self.slide(fields, at + 1);
            kept.push(entry);
        }
        kept
    }

    fn slide(&mut self, fields: &mut Fields, position: usize) {
        for (key, what) in [
            ("title", "statement"),
            ("caption", "caption"),
            ("notes", "speaker notes"),
            ("chart", "chart"),
            ("baseline", "venue"),
            ("data", "date of the data"),
        ] {
            if let Some(bad) = take_bad::<String>(fields, key, |_| true) {
                self.tell(format!("The {what} of slide {position} was {}, not text; it is empty now.", shown(&bad)));
            }
        }
        self.cut(fields, "title", MOST_STATED, &format!("The statement of slide {position}"));
        if let Some(bad) = take_bad::<SlideKind>(fields, "kind", |_| true) {
            let now = SlideKind::default().label();
            self.tell(format!(
                "The kind of slide {position} was {}, which is not known; it is “{now}” now.",
                shown(&bad)
            ));
        }
        for (key, what) in [("own_title", "whose statement it is"), ("hides_figures", "whether figures are hidden")] {
            if take_bad::<bool>(fields, key, |_| true).is_some() {
                self.tell(format!("Of slide {position} it could not be read {what}; it is as usual now."));
            }
        }
        if take_bad::<View>(fields, "view", |_| true).is_some() {
            self.tell(format!("What slide {position} looked at could not be read; it is as usual now."));
        }
        if take_bad::<Vec<SlideFigure>>(fields, "figures", |_| true).is_some() {
            self.tell(format!("The figures noted on slide {position} could not be read; they are computed anew."));
        }
        let before = self.repairs.len();
        self.assumptions(fields);
        if let Some(bad) = take_bad::<Vec<Value>>(fields, "groupings", |_| true) {
            self.tell(format!("The groupings were {}, not a list; there are none now.", shown(&bad)));
        }
        if let Some(Value::Array(entries)) = fields.get_mut("groupings") {
            // The two states of one grouping share its key and its letter.
            for (at, entry) in entries.iter_mut().enumerate() {
                let mut taken = Taken::of(&[]);
                if let Value::Object(fields) = entry {
                    self.grouping(fields, at + 1, &mut taken);
                }
            }
            let all = entries.len();
            entries.retain(Value::is_object);
            if entries.len() < all {
                self.tell("What was no grouping was left out.".to_owned());
            }
        }
        for repair in &mut self.repairs[before..] {
            repair.sentence = format!("On slide {position}: {}", repair.sentence);
        }
    }
}
