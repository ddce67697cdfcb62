//! Mending decision rules.

use serde::Deserialize;
use serde_json::Value;

use super::{Fields, Mender, is_amount, shown, take_bad, take_bad_entries, unknown};
use crate::data::CountryId;
use crate::model::{Criterion, DecisionRule, MOST_AMOUNT, MOST_CRITERIA, Of, Veto};

impl Mender<'_> {
    /// Mends the rule of a grouping; `name` is what sentences call it.
    pub(super) fn rule(&mut self, grouping: &mut Fields, name: &str) {
        let emptied = match grouping.get_mut("rule") {
            Some(Value::Object(rule)) => self.custom_rule(rule, name),
            _ => false,
        };
        if emptied {
            grouping.shift_remove("rule");
            self.tell(format!("Nothing of the rule of {name} could be kept; it decides by consensus now."));
        } else if let Some(bad) = take_bad::<DecisionRule>(grouping, "rule", |_| true) {
            let bad = shown(&bad);
            self.tell(format!("The rule of {name} was {bad}, which is not known; it decides by consensus now."));
        }
    }

    /// Mends a rule in full; true if that left it without any condition.
    fn custom_rule(&mut self, rule: &mut Fields, name: &str) -> bool {
        let mended = |of: &Self| of.repairs.iter().filter(|repair| repair.changes).count();
        let before = mended(self);
        if !rule.contains_key("criteria") && !rule.contains_key("veto") {
            let unknown: Vec<String> =
                unknown(rule, &["blocking_minority"]).into_iter().map(|key| shown(&key.into())).collect();
            let unknown =
                if unknown.is_empty() { String::new() } else { format!(" ({} is not known)", unknown.join(", ")) };
            self.tell(format!("The rule of {name} had neither criteria nor a veto{unknown}."));
            return true;
        }
        if let Some(Value::Array(criteria)) =
            rule.get_mut("criteria").filter(|list| list.as_array().is_some_and(|list| list.len() > MOST_CRITERIA))
        {
            let n = criteria.len();
            criteria.clear();
            rule.shift_remove("veto");
            self.tell(format!("The rule of {name} had {n} criteria: at most {MOST_CRITERIA} are taken."));
            return true;
        }
        self.not_known(rule, &["criteria", "veto", "blocking_minority"], name);
        if let Some(bad) = take_bad::<Vec<Value>>(rule, "criteria", |_| true) {
            self.tell(format!("The criteria of the rule of {name} were {}, not a list.", shown(&bad)));
        }
        if let Some(Value::Array(criteria)) = rule.get_mut("criteria") {
            criteria.retain_mut(|criterion| self.criterion(criterion, name));
        }
        self.veto(rule, name);
        if let Some(bad) = take_bad::<Option<u32>>(rule, "blocking_minority", |_| true) {
            let bad = shown(&bad);
            self.tell(format!("The blocking minority of {name} was {bad}, not a whole number; it has none now."));
        }
        let is_empty = |key: &str| rule.get(key).is_none_or(|part| part.as_array().is_some_and(Vec::is_empty));
        mended(self) > before && is_empty("criteria") && is_empty("veto")
    }

    /// Tells of keys of a rule that are not known: a rule that a later version reads otherwise gives other figures.
    fn not_known(&mut self, rule: &Fields, known: &[&str], name: &str) {
        let keys: Vec<String> = unknown(rule, known).into_iter().map(|key| shown(&key.into())).collect();
        if !keys.is_empty() {
            let (is, it) = if keys.len() == 1 { ("is", "it is") } else { ("are", "they are") };
            let keys = keys.join(", ");
            self.note(format!("In the rule of {name}, {keys} {is} not known: {it} kept, but the figures are without."));
        }
    }

    /// Mends a criterion; false if it is to be left out.
    fn criterion(&mut self, criterion: &mut Value, name: &str) -> bool {
        if let Value::Object(fields) = criterion {
            self.not_known(fields, &["basis", "share", "strict", "of", "custom"], name);
            if let Some(bad) = take_bad::<bool>(fields, "strict", |_| true) {
                let bad = shown(&bad);
                self.tell(format!("“strict” in the rule of {name} was {bad}, not true or false; it is false now."));
            }
            if let Some(bad) = take_bad::<Of>(fields, "of", |_| true) {
                let bad = shown(&bad);
                self.tell(format!(
                    "“of” in the rule of {name} was {bad}, not “all” or “voting”; the share is of all members now."
                ));
            }
            if let Some(bad) = take_bad::<Fields>(fields, "custom", |_| true) {
                self.tell(format!("The votes in the rule of {name} were {}; nobody has any now.", shown(&bad)));
            }
            if let Some(Value::Object(votes)) = fields.get_mut("custom") {
                let good = |key: &str, votes: &Value| key.parse::<CountryId>().is_ok() && is_amount(votes);
                for (key, bad) in take_bad_entries(votes, good) {
                    let bad = shown(&bad);
                    self.tell(format!(
                        "In the votes of {name}, “{key}” with {bad} is not a country code with a number from 0 to {MOST_AMOUNT:e}; it was left out."
                    ));
                }
            }
        }
        let read = Criterion::deserialize(&*criterion);
        if let Err(error) = &read {
            self.tell(format!("A criterion of the rule of {name} was left out: {error}."));
        }
        read.is_ok()
    }

    fn veto(&mut self, rule: &mut Fields, name: &str) {
        if let Some(Value::Array(holders)) = rule.get_mut("veto") {
            holders.retain(|holder| {
                let good = holder.as_str().is_some_and(|code| code.parse::<CountryId>().is_ok());
                if !good {
                    let bad = shown(holder);
                    self.tell(format!("A veto holder of {name} was {bad}, not a country code, and was left out."));
                }
                good
            });
        }
        if let Some(bad) = take_bad::<Veto>(rule, "veto", |_| true) {
            let bad = shown(&bad);
            self.tell(format!("The veto of {name} was {bad}, not “all” or a list; nobody has a veto now."));
        }
    }
}
