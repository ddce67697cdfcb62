//! Tables as spreadsheets take them: plain numbers with their unit in the head, both ends of a range in columns of their own, and
//! texts that no spreadsheet takes for a formula.

use std::fmt::Write as _;

use super::table::{Table, TableCell, TableRow, comma_separated, tab_separated};

/// A number as it stands on the screen: its plain digits and its unit.
fn number(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let (before, rest) = text.strip_prefix("US$ ").map_or(("", text), |rest| ("US$", rest));
    let end = rest
        .find(|letter: char| !matches!(letter, '0'..='9' | '.' | ',' | '−' | '-' | '+' | '±'))
        .unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    let plain = digits.replace('−', "-").replace([',', '+', '±'], "");
    plain.parse::<f64>().ok()?;
    // A year, a share, a count: what follows is its unit, and no sentence.
    let unit = unit.trim();
    let is_unit = unit.len() <= 12 && !unit.contains([' ', '·', '–']);
    let unit = if before.is_empty() { unit.to_owned() } else { format!("{before} {unit}").trim_end().to_owned() };
    is_unit.then_some((plain, unit))
}

/// Both ends of a range, “45–61”.
fn range(text: &str) -> Option<[String; 2]> {
    let text = text.split(',').next().unwrap_or(text).trim();
    let (low, high) = text.split_once('–')?;
    let ends = [number(low)?, number(high)?];
    (ends[0].1.is_empty()).then(|| ends.map(|(plain, _)| plain))
}

/// A text that a spreadsheet does not take for a formula: one that begins with = + - @ or a control character, also after blanks,
/// is marked as text by an apostrophe. What turns the order of letters and is not seen is written out. Numbers are never asked.
#[must_use]
pub fn harmless(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}']).chars().next();
    let is_formula = first.is_some_and(|letter| matches!(letter, '=' | '+' | '-' | '@') || letter.is_control());
    let turns =
        |letter: char| matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let mut told = if is_formula { "'".to_owned() } else { String::new() };
    for letter in text.chars() {
        if turns(letter) {
            let _ = write!(told, "⟨U+{:04X}⟩", u32::from(letter));
        } else {
            told.push(letter);
        }
    }
    told
}

/// What a column consists of.
enum Column {
    Texts,
    /// Numbers of one unit.
    Numbers(String),
    Ranges,
}

impl Table {
    /// Comma-separated values (RFC 4180) with plain numbers; texts with commas, quotes or line ends are quoted, and none is taken for a
    /// formula.
    #[must_use]
    pub fn csv(&self) -> String {
        comma_separated(&plain(self))
    }

    /// The same separated by tabs, as spreadsheets take it from the clipboard.
    #[must_use]
    pub fn tabbed(&self) -> String {
        tab_separated(&plain(self))
    }
}

/// The same table with plain numbers.
fn plain(table: &Table) -> Table {
    let columns: Vec<Column> = (0..table.head.len()).map(|at| column_of(table, at)).collect();
    let mut head = Vec::new();
    for (name, column) in table.head.iter().zip(&columns) {
        let name = harmless(name);
        match column {
            Column::Texts => head.push(name),
            Column::Numbers(unit) if unit.is_empty() || name.contains(unit.as_str()) => head.push(name),
            Column::Numbers(unit) => head.push(format!("{name} ({unit})")),
            Column::Ranges => head.extend(["low", "high"].map(|end| format!("{name}, {end}"))),
        }
    }
    let rows = table.rows.iter().map(|row| {
        let mut cells = Vec::new();
        for (cell, column) in row.cells.iter().zip(&columns) {
            let with = |text: String| TableCell { text, figure: cell.figure };
            match column {
                // Names are texts, also where they look like a number.
                Column::Texts if cells.is_empty() || number(&cell.text).is_none() => {
                    cells.push(with(harmless(&cell.text)));
                }
                Column::Texts => cells.push(with(cell.text.clone())),
                // What is not defined has no number.
                Column::Numbers(_) => cells.push(with(number(&cell.text).map(|(plain, _)| plain).unwrap_or_default())),
                Column::Ranges => {
                    let ends =
                        range(&cell.text).or_else(|| number(&cell.text).map(|(plain, _)| [plain.clone(), plain]));
                    cells.extend(ends.unwrap_or_default().map(with));
                }
            }
        }
        TableRow { of: row.of, cells }
    });
    Table { head, rows: rows.collect() }
}

fn column_of(table: &Table, at: usize) -> Column {
    let is_told = |text: &&str| !matches!(text.trim(), "" | "–" | "-") && !text.starts_with("not defined");
    let texts: Vec<&str> =
        table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.text.as_str()).filter(is_told).collect();
    // The first column has names, also where these are years.
    if at == 0 || texts.is_empty() {
        return Column::Texts;
    }
    if texts.iter().any(|text| range(text).is_some())
        && texts.iter().all(|text| range(text).is_some() || number(text).is_some() || text.starts_with("the same"))
    {
        return Column::Ranges;
    }
    let units: Option<Vec<String>> = texts.iter().map(|text| number(text).map(|(_, unit)| unit)).collect();
    match units {
        Some(units) if units.windows(2).all(|pair| pair[0] == pair[1]) => Column::Numbers(units[0].clone()),
        _ => Column::Texts,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Of;
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_text() {
        for text in ["=HYPERLINK(\"x\")", "+1", "-2", "@SUM(A1)", "\tx", "\rx", "  =1", "\u{7}bell"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["Norway", "T-12", "1+1", "", "−3", "’tis"] {
            assert_eq!(harmless(text), text);
        }
        assert_eq!(harmless("Nor\u{202E}yaw"), "Nor⟨U+202E⟩yaw");
    }

    #[test]
    fn numbers_are_plain_and_units_stand_in_the_head() {
        let row =
            |cells: &[&str]| cells[1..].iter().fold(TableRow::new(Of::Line, cells[0]), |row, text| row.text(*text));
        let table = Table {
            head: ["grouping", "deadlock", "reach", "90 % of the draws", "a year", "words"].map(str::to_owned).to_vec(),
            rows: vec![
                row(&["=A", "20 %", "−1,234.5", "15–31", "US$ 12.5 m", "fine"]),
                row(&["+1", "not defined: nobody votes", "3", "", "US$ 1.0 m", "-fine"]),
            ],
        };
        let plain = plain(&table);
        let heads = [
            "grouping",
            "deadlock (%)",
            "reach",
            "90 % of the draws, low",
            "90 % of the draws, high",
            "a year (US$ m)",
            "words",
        ];
        assert_eq!(plain.head, heads);
        assert_eq!(plain.rows[0].texts(), ["'=A", "20", "-1234.5", "15", "31", "12.5", "fine"]);
        assert_eq!(plain.rows[1].texts(), ["'+1", "", "3", "", "", "1.0", "'-fine"]);
    }
}
