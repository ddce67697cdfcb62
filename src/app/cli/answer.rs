//! The answer to a case, as the command line gives it.

use serde_json::{Map, Value, json};

use super::cases::Asked;
use crate::analysis::{Case, Defined, Engine, Report, measures};

/// The answer to a case, in the form of `convenor batch --json`.
#[must_use]
pub fn answer(engine: &Engine, asked: &Asked) -> Value {
    let report = engine.settled(&asked.case);
    let number = |value: &Defined<f64>| value.as_ref().map_or(Value::Null, |value| json!(value));
    let mut fields = Map::new();
    fields.insert("name".to_owned(), json!(asked.name));
    for measure in measures::ALL {
        fields.insert(measure.name.to_owned(), number(&report.value(measure)));
    }
    let components = report.legitimacy.as_ref().map_or_else(
        |_| Map::new(),
        |legitimacy| {
            legitimacy.parts.iter().map(|part| (part.component.name().to_owned(), number(&part.value))).collect()
        },
    );
    fields.insert("components".to_owned(), Value::Object(components));
    fields.insert("sponsor".to_owned(), json!(report.sponsor));
    fields.insert("stays_out".to_owned(), json!(stays_out(engine, &asked.case)));
    fields.insert("coordination_musd".to_owned(), number(&report.coordination_musd));
    let parts = report.cost.as_ref().map_or(
        Value::Null,
        |cost| json!({ "coordination": cost.coordination, "own_share": cost.own_share, "fallback": cost.fallback }),
    );
    fields.insert("cost_parts".to_owned(), parts);
    let deadlock = report.deadlock.as_ref().ok().filter(|_| !report.a_priori);
    fields.insert("roll_calls".to_owned(), json!(deadlock.map(|found| found.calls)));
    fields.insert("direct_roll_calls".to_owned(), json!(deadlock.map(|found| found.direct)));
    fields.insert("related_roll_calls".to_owned(), json!(deadlock.map(|found| found.related)));
    fields.insert("effective_roll_calls".to_owned(), json!(deadlock.map(|found| found.effective_calls)));
    fields.insert("flags".to_owned(), json!(flags(engine, &report)));
    Value::Object(fields)
}

/// Whether the sponsor does not vote in a case.
pub(super) fn stays_out(engine: &Engine, case: &Case) -> bool {
    case.actors().all(|actor| engine.atlas.countries[actor].id != case.settings.sponsor)
}

/// Every flag in words, and every measure that is not defined with its reason.
pub(super) fn flags(engine: &Engine, report: &Report) -> Vec<String> {
    let undefined = measures::ALL.into_iter().filter_map(|measure| {
        let reason = report.value(measure).err()?;
        Some(format!("{} is not defined: {reason}", measure.name))
    });
    undefined.chain(report.flags.iter().map(|flag| flag.words(&engine.atlas))).collect()
}
