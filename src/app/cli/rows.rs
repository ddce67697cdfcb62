//! Changes of a seat with the measures after them: as JSON, and as lines of a table.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::analysis::measures::{self, Measure};
use crate::analysis::whatif::{Estimates, Move};
use crate::analysis::{Case, Defined, Engine};
use crate::chart::fixed;

/// What stands below a table of changes.
pub const NOTE: &str = "Estimates, not forecasts. In brackets: the change. “–”: not defined.\n";

fn figure(value: Defined<f64>) -> Value {
    value.map_or(Value::Null, |value| json!(value))
}

/// The measures by name.
#[must_use]
pub fn figures(estimates: &Estimates) -> Map<String, Value> {
    measures::ALL.into_iter().map(|measure| (measure.name.to_owned(), figure(estimates.get(measure)))).collect()
}

/// How the measures change, by name.
#[must_use]
pub fn changes(estimates: &Estimates, before: &Estimates) -> Value {
    let change = |measure: &Measure| json!(estimates.change_of(measure, before));
    Value::Object(measures::ALL.into_iter().map(|measure| (measure.name.to_owned(), change(measure))).collect())
}

/// A change of a seat with the measures after it.
#[must_use]
pub fn row_json(engine: &Engine, change: Move, estimates: &Estimates, before: &Estimates) -> Map<String, Value> {
    let country = &engine.atlas.countries[change.actor()];
    let mut fields = Map::new();
    fields.insert("move".to_owned(), json!(change.name()));
    fields.insert("actor".to_owned(), json!(country.id));
    fields.insert("name".to_owned(), json!(country.name));
    fields.extend(figures(estimates));
    fields.insert("change".to_owned(), changes(estimates, before));
    fields
}

/// Who the sponsor is, and what a star means.
#[must_use]
pub fn sponsor_note(engine: &Engine, case: &Case) -> String {
    let sponsor = engine.atlas.name(case.settings.sponsor);
    format!("Cost is that of the sponsor, {sponsor}. *: the sponsor stays out, and pays only if the grouping fails.\n")
}

/// The head of a table, and the measures as they are.
#[must_use]
pub fn heading(title: &str, now: &Estimates) -> String {
    let mut text = " ".repeat(WIDTH);
    for measure in measures::ALL {
        let _ = write!(text, "{:>18}", measure.label);
    }
    text.push('\n');
    text + &line(title, now, None)
}

/// Columns for names.
const WIDTH: usize = 44;

/// A line of a table: a name, the measures, and their changes against those before.
#[must_use]
pub fn line(name: &str, estimates: &Estimates, before: Option<&Estimates>) -> String {
    let mut text: String = name.chars().take(WIDTH - 1).collect();
    text = format!("{text:WIDTH$}");
    for measure in measures::ALL {
        let value = estimates.get(measure).map_or_else(|_| "–".to_owned(), |value| fixed(value, 1));
        let change = before.and_then(|before| estimates.change_of(measure, before));
        let change = change.map_or_else(String::new, |change| {
            let words = fixed(change, 1);
            if words.starts_with('-') { format!("({words})") } else { format!("(+{words})") }
        });
        let _ = write!(text, "{value:>9} {change:<8}");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
