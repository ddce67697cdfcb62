//! Tables: the figures of a picture, or of all groupings, as texts; each row knows what it stands for.

use std::fmt::Write as _;

use super::{Figure, Of};

/// The same figures as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The heads of the columns.
    pub head: Vec<String>,
    /// The rows, from the top.
    pub rows: Vec<TableRow>,
}

/// One row of a table. What it stands for is told by `of`, never by its name: two groupings may have the same name, and a
/// grouping that of a baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// What it stands for, as the mark whose figures it has.
    pub of: Of,
    /// Its name, then one cell a column.
    pub cells: Vec<TableCell>,
}

/// One text of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCell {
    /// The text.
    pub text: String,
    /// Which number it is, so that it can be asked about.
    pub figure: Option<Figure>,
}

impl TableRow {
    /// A row that begins with a name.
    #[must_use]
    pub fn new(of: Of, name: impl Into<String>) -> Self {
        Self { of, cells: Vec::new() }.text(name)
    }

    /// The row with one more text.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.cell(text.into(), None)
    }

    /// The row with one more number that can be asked about.
    #[must_use]
    pub fn number(self, figure: Figure, text: impl Into<String>) -> Self {
        self.cell(text.into(), Some(figure))
    }

    fn cell(mut self, text: String, figure: Option<Figure>) -> Self {
        self.cells.push(TableCell { text, figure });
        self
    }

    /// The name that it begins with.
    #[must_use]
    pub fn name(&self) -> &str {
        self.cells.first().map_or("", |cell| &cell.text)
    }

    /// The texts of its cells.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.cells.iter().map(|cell| cell.text.as_str()).collect()
    }
}

/// Separated values.
fn separated(table: &Table, between: &str, end: &str, text: impl Fn(&str) -> String) -> String {
    let mut written = String::new();
    let head = table.head.iter().map(String::as_str).collect();
    for row in std::iter::once(head).chain(table.rows.iter().map(TableRow::texts)) {
        let texts: Vec<String> = row.into_iter().map(&text).collect();
        let _ = write!(written, "{}{end}", texts.join(between));
    }
    written
}

/// Comma-separated values (RFC 4180): texts with commas, quotes or line ends are quoted.
pub(super) fn comma_separated(table: &Table) -> String {
    let quoted = |text: &str| {
        if text.contains([',', '"', '\n', '\r']) || text.trim() != text {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    separated(table, ",", "\r\n", quoted)
}

/// Separated by tabs.
pub(super) fn tab_separated(table: &Table) -> String {
    separated(table, "\t", "\n", |text| text.replace(['\t', '\n', '\r'], " "))
}
