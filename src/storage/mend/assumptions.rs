//! Mending assumptions.

use serde_json::Value;

use super::{Fields, Mender, is_amount, shown, take_bad, take_bad_entries};
use crate::analysis::uncertainty::MOST_DRAWS;
use crate::data::CountryId;
use crate::model::{Assumptions, Burden, Component, Issue, MOST_AMOUNT, UnitCosts, Weights};

/// A number and the range it must be in.
struct Bound {
    key: &'static str,
    words: &'static str,
    holds: fn(f64) -> bool,
    must: &'static str,
    default: fn(&Assumptions) -> f64,
}

const BOUNDS: [Bound; 7] = [
    Bound {
        key: "model_share",
        words: "The model's share of a vote",
        holds: |value| (0.0..=1.0).contains(&value),
        must: "a number from 0 to 1",
        default: |assumptions| assumptions.model_share,
    },
    Bound {
        key: "half_life",
        words: "The half-life of roll calls",
        holds: |value| value > 0.0 && value <= MOST_AMOUNT,
        must: "a number above 0, up to 1e15",
        default: |assumptions| assumptions.half_life,
    },
    Bound {
        key: "related_weight",
        words: "The weight of related roll calls",
        holds: |value| (0.0..=1.0).contains(&value),
        must: "a number from 0 to 1",
        default: |assumptions| assumptions.related_weight,
    },
    Bound {
        key: "pair_cost",
        words: "The cost of a pair of members",
        holds: |value| (0.0..=MOST_AMOUNT).contains(&value),
        must: "a number from 0 to 1e15",
        default: |assumptions| assumptions.pair_cost,
    },
    Bound {
        key: "hub_factor",
        words: "What a convenor leaves of the cost of pairs",
        holds: |value| (0.0..=MOST_AMOUNT).contains(&value),
        must: "a number from 0 to 1e15",
        default: |assumptions| assumptions.hub_factor,
    },
    Bound {
        key: "small_population",
        words: "The population that counts as half small",
        holds: |value| value > 0.0 && value <= MOST_AMOUNT,
        must: "a number above 0, up to 1e15",
        default: |assumptions| assumptions.small_population,
    },
    Bound {
        key: "equidistance_steepness",
        words: "The steepness of equidistance",
        holds: |value| (0.0..=MOST_AMOUNT).contains(&value),
        must: "a number from 0 to 1e15",
        default: |assumptions| assumptions.equidistance_steepness,
    },
];

impl Mender<'_> {
    pub(super) fn assumptions(&mut self, workspace: &mut Fields) {
        if let Some(bad) = take_bad::<Fields>(workspace, "assumptions", |_| true) {
            self.tell(format!("The assumptions were {}; all are at their defaults now.", shown(&bad)));
        }
        let Some(Value::Object(fields)) = workspace.get_mut("assumptions") else { return };
        let default = Assumptions::default();
        self.capitals(fields, &default);
        for bound in &BOUNDS {
            let holds = |value: &f64| (bound.holds)(*value);
            if let Some(bad) = take_bad(fields, bound.key, holds) {
                self.out_of_range(bound.words, &bad, bound.must, &(bound.default)(&default).to_string());
            }
        }
        if let Some(bad) = take_bad(fields, "draws", |draws: &u32| (1..=MOST_DRAWS).contains(draws)) {
            let must = format!("a whole number from 1 to {MOST_DRAWS}");
            self.out_of_range("The number of draws", &bad, &must, &default.draws.to_string());
        }
        if let Some(bad) = take_bad(fields, "seed", |_: &u64| true) {
            self.out_of_range("The seed of the draws", &bad, "a whole number not below 0", &default.seed.to_string());
        }
        if let Some(bad) = take_bad(fields, "a_priori", |_: &bool| true) {
            self.out_of_range("The switch “a priori”", &bad, "true or false", &default.a_priori.to_string());
        }
        self.programme(fields);
        self.burden(fields);
        self.unit_costs(fields, default.unit_costs);
        self.weights(fields);
        self.questions(fields);
    }

    fn out_of_range(&mut self, what: &str, bad: &Value, must: &str, now: &str) {
        self.tell(format!("{what} was {}, but must be {must}; it is {now} now.", shown(bad)));
    }

    fn capitals(&mut self, fields: &mut Fields, default: &Assumptions) {
        let atlas = self.atlas;
        let known = |id: &CountryId| atlas.actor(*id).is_some();
        for (key, words, now) in [("sponsor", "The sponsor", default.sponsor), ("rival", "The rival", default.rival)] {
            if let Some(bad) = take_bad(fields, key, known) {
                self.out_of_range(words, &bad, "the code of a country that this program knows", now.as_str());
            }
        }
        let apart = |poles: &[CountryId; 2]| poles.iter().all(known) && poles[0] != poles[1];
        if take_bad(fields, "poles", apart).is_some() {
            let [first, second] = default.poles.map(|id| atlas.name(id));
            let must = "the codes of two different countries that this program knows";
            self.tell(format!("The poles were not {must}; they are {first} and {second} now."));
        }
    }

    fn programme(&mut self, fields: &mut Fields) {
        if let Some(bad) = take_bad::<Fields>(fields, "programme", |_| true) {
            self.tell(format!("The programmes were {}; all are at their defaults now.", shown(&bad)));
        }
        let Some(Value::Object(entries)) = fields.get_mut("programme") else { return };
        let good = |key: &str, value: &Value| {
            Issue::from_name(key).is_some()
                && value.as_f64().is_some_and(|programme| programme > 0.0 && programme <= MOST_AMOUNT)
        };
        for (key, bad) in take_bad_entries(entries, good) {
            self.tell(match Issue::from_name(&key) {
                None => format!("The programme of “{key}” was left out, because there is no such issue."),
                Some(issue) => format!(
                    "The programme of the issue “{}” was {}, but must be a number above 0, up to {MOST_AMOUNT:e}; it is {} now.",
                    issue.label(),
                    shown(&bad),
                    issue.default_programme()
                ),
            });
        }
    }

    fn burden(&mut self, fields: &mut Fields) {
        if let Some(Value::Object(parts)) = fields.get_mut("burden").and_then(|burden| burden.get_mut("custom")) {
            let good = |key: &str, part: &Value| key.parse::<CountryId>().is_ok() && is_amount(part);
            for (key, bad) in take_bad_entries(parts, good) {
                let bad = shown(&bad);
                self.tell(format!(
                    "In the shares of the programme, “{key}” with {bad} is not a country code with a number from 0 to {MOST_AMOUNT:e}; it was left out."
                ));
            }
        }
        if let Some(bad) = take_bad::<Burden>(fields, "burden", |_| true) {
            let bad = shown(&bad);
            self.tell(format!(
                "How the programme is shared was {bad}, which is not known; it is by UN assessment rate now."
            ));
        }
    }

    fn unit_costs(&mut self, fields: &mut Fields, default: UnitCosts) {
        if let Some(bad) = take_bad::<Fields>(fields, "unit_costs", |_| true) {
            self.tell(format!("The unit costs were {}; all are at their defaults now.", shown(&bad)));
        }
        let Some(Value::Object(costs)) = fields.get_mut("unit_costs") else { return };
        let forms = [("ad_hoc", default.ad_hoc), ("light", default.light), ("standing", default.standing)];
        for (key, now) in forms {
            if let Some(bad) = take_bad(costs, key, |cost: &f64| (0.0..=MOST_AMOUNT).contains(cost)) {
                let what = format!("The unit cost “{key}”");
                self.out_of_range(&what, &bad, "a number from 0 to 1e15", &now.to_string());
            }
        }
    }

    fn weights(&mut self, fields: &mut Fields) {
        if let Some(bad) = take_bad::<Fields>(fields, "weights", |_| true) {
            self.tell(format!("The weights of legitimacy were {}; all are at their defaults now.", shown(&bad)));
        }
        let Some(Value::Object(weights)) = fields.get_mut("weights") else { return };
        for component in Component::ALL {
            if let Some(bad) = take_bad(weights, component.name(), |weight: &f64| (0.0..=MOST_AMOUNT).contains(weight))
            {
                let what = format!("The weight “{}”", component.label());
                let now = Weights::default().of(component).to_string();
                self.out_of_range(&what, &bad, "a number from 0 to 1e15", &now);
            }
        }
        let is_zero = |component: Component| weights.get(component.name()).is_some_and(|weight| weight == 0.0);
        if Component::ALL.into_iter().all(is_zero) {
            weights.retain(|key, _| Component::ALL.into_iter().all(|component| component.name() != key));
            self.tell("All weights of legitimacy were 0; they are at their defaults now.".to_owned());
        }
    }
}
