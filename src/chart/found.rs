//! What a search found, as tables and words.

use super::words::{count_of, figure};
use super::{Of, Table, TableRow};
use crate::analysis::Defined;
use crate::analysis::search::{Best, Found, Objective, Search};
use crate::data::Atlas;

/// What the field has to the right and upward: the second objective and the first; beside one alone, deadlock risk or legitimacy.
#[must_use]
pub fn axes(objectives: &[Objective]) -> [Objective; 2] {
    let up = objectives.first().copied().unwrap_or(Objective::Legitimacy);
    let beside = if up == Objective::Deadlock { Objective::Legitimacy } else { Objective::Deadlock };
    [objectives.get(1).copied().unwrap_or(beside), up]
}

/// A number of designs, in digits while they can be read.
#[must_use]
pub fn designs_words(designs: u128) -> String {
    if designs >= 10_000_000_000 {
        #[expect(clippy::cast_precision_loss, reason = "told as about so many")]
        let about = designs as f64;
        return match about {
            about if about < 1e12 => format!("about {:.0} billion", about / 1e9),
            about if about < 1e15 => format!("about {:.0} trillion", about / 1e12),
            about => format!("about 10^{:.0}", about.log10()),
        };
    }
    let digits = designs.to_string();
    let mut words = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// What was found, in a sentence that says whether it is proven.
#[must_use]
pub fn sentence(found: &Found) -> String {
    let considered = designs_words(u128::from(found.considered));
    let front = count_of(found.front.len(), "design", "designs");
    match (found.exact, found.front.len()) {
        (true, 0) => format!("No design keeps these bounds: all {} were gone through.", designs_words(found.designs)),
        (true, _) => {
            format!("{front} that none of all {} beats: proven, all were gone through.", designs_words(found.designs))
        }
        (false, 0) => format!(
            "None found that keeps these bounds, of {considered} considered out of {}: not proven.",
            designs_words(found.designs)
        ),
        (false, _) => {
            format!(
                "Best found: {front}, of {considered} considered out of {}. Not proven.",
                designs_words(found.designs)
            )
        }
    }
}

/// Flags and names of a design, the convenor first: “led by Sweden with France, Japan”.
#[must_use]
pub fn design_words(atlas: &Atlas, best: &Best) -> String {
    let others: Vec<&str> = best
        .design
        .members
        .iter()
        .filter(|actor| Some(**actor) != best.design.convenor)
        .map(|actor| atlas.countries[*actor].name.as_str())
        .collect();
    match best.design.convenor.map(|actor| &atlas.countries[actor].name) {
        None => others.join(", "),
        Some(convenor) if others.is_empty() => format!("{convenor} alone"),
        Some(convenor) => format!("{convenor} with {}", others.join(", ")),
    }
}

/// The front, a design a row: its number, convenor, the others, the measures, and which exclusion of outsiders it needs. `exclusion`
/// may be empty where that is not known.
#[must_use]
pub fn front_table(atlas: &Atlas, front: &[Best], exclusion: &[Defined<f64>]) -> Table {
    let mut head: Vec<String> = ["no.", "convenor", "with"].map(str::to_owned).to_vec();
    head.extend(Objective::ALL.map(|objective| objective.measure().label.to_owned()));
    head.push("exclusion needed".to_owned());
    let code = |actor: &usize| atlas.countries[*actor].id.to_string();
    let rows = front.iter().enumerate().map(|(at, best)| {
        let convenor = best.design.convenor;
        let others: Vec<String> =
            best.design.members.iter().filter(|actor| Some(**actor) != convenor).map(code).collect();
        let named = convenor.map_or_else(|| "none".to_owned(), |actor| atlas.countries[actor].name.clone());
        let row = TableRow::new(Of::Design(at), (at + 1).to_string()).text(named).text(others.join(" "));
        let row = Objective::ALL
            .into_iter()
            .fold(row, |row, objective| row.text(figure(objective.measure(), best.value(objective))));
        row.text(exclusion.get(at).map_or_else(
            || "–".to_owned(),
            |needed| needed.as_ref().map_or_else(|_| "–".to_owned(), |needed| format!("{needed:.1} %")),
        ))
    });
    Table { head, rows: rows.collect() }
}

/// In how many designs of a front each actor is, and in how many it convenes; most often first.
#[must_use]
pub fn frequencies(front: &[Best]) -> Vec<(usize, usize, usize)> {
    let mut counts = std::collections::BTreeMap::<usize, (usize, usize)>::new();
    for best in front {
        for actor in &best.design.members {
            let count = counts.entry(*actor).or_default();
            count.0 += 1;
            count.1 += usize::from(best.design.convenor == Some(*actor));
        }
    }
    let mut found: Vec<(usize, usize, usize)> =
        counts.into_iter().map(|(actor, (all, leads))| (actor, all, leads)).collect();
    found.sort_by_key(|(actor, all, leads)| (std::cmp::Reverse(*all), std::cmp::Reverse(*leads), *actor));
    found
}

/// The same as a table.
#[must_use]
pub fn frequency_table(atlas: &Atlas, search: &Search, front: &[Best]) -> Table {
    let convened = search.convenors.iter().any(Option::is_some);
    let mut head = vec!["country".to_owned(), "in designs of the front".to_owned()];
    if convened {
        head.push("convenes in".to_owned());
    }
    let row = |(actor, all, leads): (usize, usize, usize)| {
        let country = &atlas.countries[actor];
        let row = TableRow::new(Of::Country(country.id), country.name.clone()).text(all.to_string());
        if convened { row.text(leads.to_string()) } else { row }
    };
    Table { head, rows: frequencies(front).into_iter().map(row).collect() }
}
