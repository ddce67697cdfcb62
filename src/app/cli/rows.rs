//! Changes of a seat with the measures after them: as answers, and as lines of a table.

use std::fmt::Write as _;

use serde::Serialize;

use super::failure::on_one_line;
use super::fields::Fields;
use crate::analysis::measures;
use crate::analysis::whatif::{Estimates, Move};
use crate::analysis::{Case, Engine};
use crate::chart::fixed;
use crate::data::CountryId;

/// What stands below a table of changes.
pub const NOTE: &str = "Estimates, not forecasts. In brackets: the change. “–”: not defined.\n";

/// A figure a measure, by name; null where it has no meaning.
pub type Figures = Fields<Option<f64>>;

/// A change of a seat with the measures after it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// What kind of change it is.
    #[serde(rename = "move")]
    pub change_of_seat: &'static str,
    /// Whose seat.
    pub actor: CountryId,
    /// Its name.
    pub name: String,
    /// The measures after it.
    #[serde(flatten)]
    pub figures: Figures,
    /// How they change.
    pub change: Figures,
}

/// The measures by name.
#[must_use]
pub fn figures(estimates: &Estimates) -> Figures {
    Fields::of_measures(|measure| estimates.get(measure).ok())
}

/// How the measures change, by name.
#[must_use]
pub fn changes(estimates: &Estimates, before: &Estimates) -> Figures {
    Fields::of_measures(|measure| estimates.change_of(measure, before))
}

/// A change of a seat with the measures after it.
#[must_use]
pub fn changed(engine: &Engine, change: Move, estimates: &Estimates, before: &Estimates) -> Changed {
    let country = &engine.atlas.countries[change.actor()];
    Changed {
        change_of_seat: change.name(),
        actor: country.id,
        name: country.name.clone(),
        figures: figures(estimates),
        change: changes(estimates, before),
    }
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
    let mut text: String = on_one_line(name).chars().take(WIDTH - 1).collect();
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
